"""The statement as a page of the terminal: the balance and why, the curve, each movement, what comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from permis.commande.courbe import Trace, draw_courbe
from permis.commande.ecran import Ecran, pad
from permis.commande.libelles import CERTITUDES, OPTIONS, VALIDITES, format_court, name_movement
from permis.commande.suites import list_suites
from permis.droit.dossier import Dossier
from permis.droit.mouvements import Mouvement, Validite
from permis.droit.phrases import format_valeur
from permis.droit.releve import Releve

AVIS = "Calcul d'après les faits donnés ; ce n'est pas un document officiel et la lettre notifiée l'emporte."
DATE, POINTS, SOLDE = 15, 5, 7
RETRAIT = 2 + DATE + 2
ETROIT = 64


def show_releve(dossier: Dossier, releve: Releve) -> None:
    """Write the page on standard output."""
    ecran = Ecran.detect()
    ecran.show([*draw_entete(ecran, dossier, releve), *_draw_corps(ecran, releve)])


def draw_entete(ecran: Ecran, dossier: Dossier, releve: Releve) -> list[str]:
    """Who, when, the balance, what the licence is worth and the sentence that says why."""
    lignes = ["", *ecran.wrap(f"Permis à points · relevé au {format_valeur(releve.le)}", 2, "gras")]
    lignes += ecran.wrap(" · ".join(_identify(dossier, releve)), 2, "pale")
    lignes += ["  " + "─" * (ecran.largeur - 4), "", *draw_solde(ecran, releve), ""]
    for phrase in explain_solde(releve):
        lignes += ecran.wrap(phrase)
    return [*lignes, ""]


def _identify(dossier: Dossier, releve: Releve) -> Iterator[str]:
    if dossier.titulaire is not None:
        nom = " ".join(filter(None, (dossier.titulaire.prenoms, dossier.titulaire.nom)))
        yield from [nom] if nom else []
        if dossier.titulaire.neph:
            yield f"NEPH {dossier.titulaire.neph}"
    if releve.connu_le != releve.le:
        yield f"d'après ce qui était connu le {format_valeur(releve.connu_le)}"


def draw_solde(ecran: Ecran, releve: Releve) -> list[str]:
    """The balance in figures and in dots, and the validity; on two lines where the screen is narrow."""
    couleur = "vert" if releve.validite is Validite.VALIDE and releve.solde > releve.plafond / 2 else "jaune"
    couleur = "rouge" if releve.solde == 0 and releve.validite is not Validite.SANS_PERMIS else couleur
    points = f"{'●' * releve.solde}{'○' * (releve.plafond - releve.solde)}"
    chiffres = ecran.style(f"{releve.solde} / {releve.plafond} points", "gras", couleur)
    validite = ecran.style(VALIDITES[releve.validite][0], "gras")
    ligne = f"  {chiffres}   {ecran.style(points, couleur)}"
    return [f"{ligne}   {validite}"] if ecran.largeur >= ETROIT else [ligne, f"  {validite}"]


def explain_solde(releve: Releve) -> list[str]:
    """Why the balance is what it is: what the licence is worth, then the last movement."""
    phrases = [VALIDITES[releve.validite][1]] if VALIDITES[releve.validite][1] else []
    if releve.solde_algebrique < 0:
        phrases.append(f"Les retraits dépassent le capital : le solde algébrique est de {releve.solde_algebrique}.")
    if releve.mouvements:
        dernier = releve.mouvements[-1]
        phrases.append(f"Dernier mouvement, le {format_valeur(dernier.date)} : {dernier.explication}")
    return phrases


def _draw_corps(ecran: Ecran, releve: Releve) -> Iterator[str]:
    if releve.mouvements:
        yield from draw_periode(ecran, releve)
        yield from draw_mouvements(ecran, "Mouvements", releve.mouvements)
    if releve.a_venir:
        yield from draw_mouvements(ecran, "À venir, si rien de nouveau n'est commis", releve.a_venir, futurs=True)
    for titre, suites in list_suites(releve):
        yield from ecran.head(titre)
        for suite in suites:
            yield from ecran.wrap(suite.entete, 2, "gras") if suite.entete else []
            yield from ecran.wrap(suite.phrase, 4) if suite.phrase else []
            yield from ecran.wrap(suite.article, 4, "pale") if suite.article else []
    for nom, choix in sorted(releve.options_decisives.items()):
        yield from ["", *ecran.wrap(f"Question ouverte qui compte ici : {OPTIONS[nom]} ({nom}={choix}).", 2, "jaune")]
    yield from ["", *ecran.wrap(AVIS, 2, "pale"), ""]


def draw_periode(ecran: Ecran, releve: Releve) -> Iterator[str]:
    """The curve of the balance, from the first movement to the last one to come."""
    tous = [*releve.mouvements, *releve.a_venir]
    soldes = [(mouvement.date, mouvement.solde) for mouvement in tous]
    trace = Trace(soldes, tous[0].date, max(releve.le, tous[-1].date), releve.le)
    if trace.fin > trace.debut:
        yield from draw_courbe(trace, ecran.largeur - 2, unicode=ecran.unicode)


def draw_mouvements(
    ecran: Ecran, titre: str, mouvements: Iterable[Mouvement], *, futurs: bool = False
) -> Iterator[str]:
    """A table of movements: date, points, balance, reason; under each, its sentence and its article."""
    yield from ecran.head(titre)
    for mouvement in mouvements:
        yield ""
        yield _draw_rangee(ecran, mouvement)
        retrait = RETRAIT if ecran.largeur >= ETROIT else 4
        yield from ecran.wrap(str(mouvement.condition if futurs else mouvement.explication), retrait)
        yield from ecran.wrap(cite(mouvement), retrait, "pale")


def _draw_rangee(ecran: Ecran, mouvement: Mouvement) -> str:
    variation = f"{mouvement.variation:+d}".replace("-", "−") if mouvement.variation else "="
    couleurs = {True: ("vert",), False: ("rouge",)}[mouvement.variation > 0] if mouvement.variation else ()
    jour = pad(format_court(mouvement.date), DATE, droite=True)
    points = ecran.style(pad(variation, POINTS, droite=True), "gras", *couleurs)
    solde = pad(f"{mouvement.solde}/{mouvement.plafond}", SOLDE, droite=True)
    motif = ecran.style(name_movement(mouvement), "gras")
    if ecran.largeur >= ETROIT:
        return f"  {jour}{points}{solde}  {motif}"
    return f"  {jour.strip()} {points.strip()} {solde.strip()}\n  {motif}"


def cite(mouvement: Mouvement) -> str:
    """The article, since when its wording governs, and how sure it is."""
    doute = CERTITUDES[mouvement.version.certitude]
    return f"{mouvement.article} · depuis le {format_valeur(mouvement.depuis)}{f' · {doute}' if doute else ''}"
