"""The page of a comparison: French, self-contained, readable without colour, script or mouse, on paper too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from importlib.resources import files
from typing import NamedTuple

from permis.droit.faits import Jour
from permis.droit.phrases import format_valeur
from permis.national.reforme.exemples import Cas, Etape
from permis.national.reforme.figures import Image, say
from permis.national.reforme.tableaux import (
    Compte,
    Tableau,
    Valeur,
    expected_demand,
    issues_of,
    saved_and_lost,
    say_prix,
)

ANNEES_MONTREES = 8
"""Tables by year show the last ones; the CSV files hold all."""
LONGS = frozenset({"courriers", "mouvements", "pertes"})
CHAPITRES: Sequence[tuple[str, str, Sequence[str], Sequence[str]]] = (
    ("soldes", "Qui passe de quel solde à quel solde", ("carte-soldes",), ("soldes", "echeances")),
    ("gagnants", "Gagnants et perdants", ("barres-situations",), ("situations",)),
    ("permis", "Permis sauvés, permis perdus", (), ("validites", "pertes")),
    ("stages", "Stages", (), ("stages", "demande_de_stages")),
    ("lettres", "Lettres et coûts", ("courbe-lettres", "barres-couts"), ("courriers", "couts")),
    ("mouvements", "Mouvements de points", (), ("mouvements",)),
)


LIBELLES: Mapping[str, str] = {
    "sans_permis": "sans permis",
    "valide": "valide",
    "nul_non_notifie": "nul, non notifié",
    "invalide": "invalidé",
    "annule": "annulé",
    "interdit": "interdit de conduire",
    "capital_initial": "capital initial",
    "majoration": "gain annuel de la probation",
    "fin_probatoire": "fin de la probation",
    "retrait": "retrait",
    "reattribution_six_mois": "retour d'un point seul",
    "reattribution_dix_ans": "retour après dix ans",
    "reconstitution_integrale": "reconstitution du capital",
    "stage": "stage",
    "invalidation": "invalidation",
    "annulation_permis": "annulation par le juge",
    "nouveau_permis": "nouveau permis",
}
"""How the words of the files are shown."""


class Entete(NamedTuple):
    """What the page says first: the draft, its two laws, the day, the file, and what a reader should know."""

    titre: str
    resume: str
    avant: str
    apres: str
    le: Jour
    fichier: str
    remarques: Sequence[str]


def write_page(
    entete: Entete,
    compte: Compte,
    tableaux: Sequence[Tableau],
    images: Sequence[Image],
    cas: Mapping[str, Sequence[Cas]],
) -> str:
    """The whole page."""
    par_nom, par_image = {t.nom: t for t in tableaux}, {image.nom: image for image in images}
    chapitres = [
        (ancre, titre, [par_image[n] for n in figures if n in par_image], [par_nom[n] for n in noms if n in par_nom])
        for ancre, titre, figures, noms in CHAPITRES
    ]
    presents = [chapitre for chapitre in chapitres if chapitre[2] or chapitre[3]]
    corps = [
        *_opening(entete, compte),
        *_contents([(ancre, titre) for ancre, titre, _, _ in presents]),
        *(morceau for chapitre in presents for morceau in _chapter(*chapitre)),
        *_examples(cas),
        *_method(compte),
    ]
    style = (files(__package__) / "static" / "style.css").read_text("utf-8")
    tete = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(entete.titre)} : ce que la réforme changerait</title>"
    )
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="fr">',
            f"<head>{tete}<style>{style}</style></head>",
            "<body>",
            *corps,
            "</body>",
            "</html>",
            "",
        ]
    )


def _opening(entete: Entete, compte: Compte) -> Iterator[str]:
    yield f"<header><h1>{escape(entete.titre)}</h1>"
    if entete.resume:
        yield f"<p>{escape(entete.resume)}</p>"
    yield (
        f"<p>Avant : <strong>{escape(entete.avant)}</strong>. Après : <strong>{escape(entete.apres)}</strong>. Au "
        f"{format_valeur(entete.le)}, sur {say(int(compte.mesures.permis))} permis et "
        f"{say(int(compte.mesures.faits))} faits ({escape(entete.fichier)}).</p></header><main>"
    )
    yield "<h2>En bref</h2>"
    yield '<ul class="chiffres">'
    yield from (f"<li><strong>{nombre}</strong> {escape(mot)}</li>" for nombre, mot in _figures(compte))
    yield "</ul>"
    yield from (f'<p class="note">{escape(remarque)}</p>' for remarque in [*entete.remarques, *_warn(compte)])


def _figures(compte: Compte) -> Iterator[tuple[str, str]]:
    perdants, _, gagnants = issues_of(compte.mesures)
    sauves, perdus = saved_and_lost(compte.mesures)
    yield say(gagnants), "permis mieux lotis"
    yield say(perdants), "permis moins bien lotis"
    yield say(sauves), "permis sauvés"
    yield say(perdus), "permis perdus, ou de solde nul sans lettre connue"
    if compte.livres:
        suivis, attendus = expected_demand(compte.mesures)
        lettres = compte.mesures.courriers[:, :, 1:].sum(axis=(1, 2)).tolist()
        yield f"{say(suivis)} → {say(attendus)}", "stages utiles par an, à conduite égale"
        yield f"{lettres[1] - lettres[0]:+,}".replace(",", "\u202f"), "lettres, toutes années"


def _warn(compte: Compte) -> Iterator[str]:
    """What a reader would get wrong."""
    perdants, _, gagnants = issues_of(compte.mesures)
    if perdants and gagnants:
        moindre = "plus bas" if perdants < gagnants else "plus haut"
        nombre = min(perdants, gagnants)
        yield (
            f"Cette réforme ne va pas dans un seul sens : {say(nombre)} permis en sortent {moindre}, au rebours des "
            "autres. Les exemples disent pourquoi."
        )
    if sans := int(compte.mesures.sans_ligne):
        yield f"{say(sans)} infractions ne disent pas leur ligne du barème : une table [[bareme]] ne les atteint pas."


def _contents(chapitres: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield '<nav aria-label="Sommaire"><ul>'
    yield from (f'<li><a href="#{ancre}">{escape(titre)}</a></li>' for ancre, titre in chapitres)
    yield '<li><a href="#exemples">Exemples</a></li>'
    yield '<li><a href="#methode">Comment lire ces nombres</a></li></ul></nav>'


def _chapter(ancre: str, titre: str, images: Sequence[Image], tableaux: Sequence[Tableau]) -> Iterator[str]:
    yield f'<section><h2 id="{ancre}">{escape(titre)}</h2>'
    for image in images:
        yield f"<figure>{image.svg}<figcaption>{escape(image.texte)}</figcaption></figure>"
    for tableau in tableaux:
        yield from _table(tableau)
    yield "</section>"


def _table(tableau: Tableau) -> Iterator[str]:
    lignes = _shown(tableau)
    coupe = tableau.nom in LONGS and len(lignes) < len(tableau.lignes)
    lecture = tableau.lecture + (f" Les années d'avant sont dans {tableau.nom}.csv." if coupe else "")
    yield f"<p>{escape(lecture)}</p>"
    yield f'<div class="defile" tabindex="0" role="region" aria-labelledby="t-{tableau.nom}"><table>'
    yield f'<caption id="t-{tableau.nom}">{escape(tableau.titre)}</caption><thead><tr>'
    yield "".join(f'<th scope="col">{escape(LIBELLES.get(entete, entete))}</th>' for entete in tableau.entetes)
    yield "</tr></thead><tbody>"
    for rang, ligne in enumerate(lignes):
        yield f"<tr>{''.join(_cells(tableau, rang, ligne))}</tr>"
    yield "</tbody></table></div>"


def _shown(tableau: Tableau) -> Sequence[Sequence[Valeur]]:
    if tableau.nom == "situations":
        return [ligne for ligne in tableau.lignes if ligne[tableau.cles]]
    if tableau.nom not in LONGS:
        return tableau.lignes
    annees = list(dict.fromkeys(ligne[0] for ligne in tableau.lignes))[-ANNEES_MONTREES:]
    return [ligne for ligne in tableau.lignes if ligne[0] in annees]


def _cells(tableau: Tableau, rang: int, ligne: Sequence[Valeur]) -> Iterator[str]:
    for place, valeur in enumerate(ligne):
        texte = escape(_write(valeur))
        if place < tableau.cles:
            yield f'<th scope="row">{texte}</th>'
        elif tableau.nom in {"soldes", "validites"} and place == rang + 1:
            yield f'<td class="egal">{texte}</td>'
        else:
            yield f'<td class="nul">{texte}</td>' if valeur == 0 else f"<td>{texte}</td>"


def _write(valeur: Valeur) -> str:
    if isinstance(valeur, Decimal):
        entiers, _, centimes = f"{valeur:,.2f}".partition(".")
        return f"{entiers.replace(',', chr(0x202F))},{centimes}"
    if isinstance(valeur, float):
        return f"{valeur:g}".replace(".", ",")
    return say(valeur) if isinstance(valeur, int) else LIBELLES.get(valeur, valeur)


def _examples(cas: Mapping[str, Sequence[Cas]]) -> Iterator[str]:
    yield '<section><h2 id="exemples">Exemples</h2>'
    yield "<p>Les plus grands écarts, puis l'ordre des clés. Les phrases sont celles que le conducteur lirait.</p>"
    for sens, suite in cas.items():
        yield f"<h3>{escape(sens.capitalize())}</h3>"
        if not suite:
            yield "<p>Aucun permis du fichier.</p>"
        for un in suite:
            yield from _example(un)
    yield "</section>"


def _example(cas: Cas) -> Iterator[str]:
    yield f'<dl class="exemple"><dt>Permis {escape(cas.cle)}</dt>'
    yield (
        f"<dd>{cas.solde_avant} points avant ({LIBELLES[cas.validite_avant]}), {cas.solde_apres} après "
        f"({LIBELLES[cas.validite_apres]}).</dd>"
    )
    if cas.premiere is not None:
        yield from _step("Premier écart", cas.premiere)
    if cas.bascule is not None:
        yield from _step("Ce qui fait l'écart d'aujourd'hui", cas.bascule)
    for quand, perdus in (("avant", cas.perdus_avant), ("après", cas.perdus_apres)):
        if perdus:
            yield f"<dt>Ce qui n'a rien rendu {quand}, et aurait rendu sous l'autre loi</dt>"
            yield from (f"<dd>{escape(perdu)}</dd>" for perdu in perdus)
    yield "</dl>"


def _step(titre: str, etape: Etape) -> Iterable[str]:
    yield f"<dt>{titre}, le {format_valeur(etape.date)}</dt>"
    yield f"<dd>Avant : {escape(etape.avant)}</dd><dd>Après : {escape(etape.apres)}</dd>"


def _method(compte: Compte) -> Iterator[str]:
    yield '<section><h2 id="methode">Comment lire ces nombres</h2><ul>'
    yield "<li>Les deux lois sont appliquées aux mêmes faits, permis par permis ; aucune conduite n'y change.</li>"
    yield (
        "<li>Un permis est mieux loti s'il est tenu (valide, puis nul mais non notifié, puis perdu) ou, à validité "
        "égale, s'il a plus de points.</li>"
    )
    yield (
        "<li>Les lettres 48SI et les nouveaux permis du fichier sont des faits : sous une loi plus douce une lettre "
        "devient non fondée et le permis est sauvé ; sous une loi plus sévère, le solde tombe à zéro sans lettre.</li>"
    )
    if compte.livres:
        yield f"<li>{escape(say_prix(compte.couts))}</li>"
    yield "</ul></section></main>"
