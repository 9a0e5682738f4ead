"""The tables of a comparison, as data: what CSV files, JSON and the page all say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeAlias

from permis.national import codes
from permis.national.reforme.mesures import (
    ECHEANCES,
    EGAL,
    GAGNE,
    PERD,
    PREMIERE_ANNEE,
    Cadre,
    Comptes,
    Mesures,
)
from permis.national.reforme.projet import Couts
from permis.national.reforme.situations import FAMILLES

Valeur: TypeAlias = int | float | str | Decimal
CENTIME = Decimal("0.01")
VALIDE, NUL, INVALIDE = (codes.VALIDITES.index(mot) for mot in ("valide", "nul_non_notifie", "invalide"))


class Tableau(NamedTuple):
    """A table: its file name, its title, what to know to read it, its headers, its rows. The first `cles` columns
    name a row.
    """

    nom: str
    titre: str
    lecture: str
    entetes: Sequence[str]
    lignes: Sequence[Sequence[Valeur]]
    cles: int = 1


class Compte(NamedTuple):
    """All that tables are made of."""

    cadre: Cadre
    mesures: Mesures
    couts: Couts
    livres: bool


def build_tableaux(compte: Compte) -> list[Tableau]:
    """Every table, in the order of the page; those that need ledgers only where they were computed."""
    faits: list[Callable[[Compte], Tableau]] = [_synthese, _soldes, _situations, _validites, _echeances]
    if compte.livres:
        faits += [_pertes, _stages, _demande, _courriers, _couts, _mouvements]
    return [fait(compte) for fait in faits]


def annee_of(cadre: Cadre, rang: int) -> str:
    """The year of a rank; the last rank is all that comes later."""
    annee = PREMIERE_ANNEE + rang
    return str(annee) if annee <= cadre.derniere_annee else f"après {cadre.derniere_annee}"


def issues_of(mesures: Mesures) -> tuple[int, int, int]:
    """How many lose, stay, win."""
    perdants, egaux, gagnants = mesures.situations[0].sum(axis=0).tolist()
    return perdants, egaux, gagnants


def saved_and_lost(mesures: Mesures) -> tuple[int, int]:
    """Licences valid after and not before; licences valid before and not after, that a driver held (or would)."""
    perdues = (NUL, INVALIDE)
    sauves = int(mesures.validites[perdues, VALIDE].sum())
    return sauves, int(mesures.validites[VALIDE, perdues].sum())


def expected_demand(mesures: Mesures) -> tuple[int, int]:
    """Useful courses of the last twelve months, and how many if drivers of each balance went as often as before."""
    avant, apres = mesures.tenus
    suivis = mesures.stages_utiles[0]
    attendus = [int(s) * int(b) / int(a) if a else int(s) for s, a, b in zip(suivis, avant, apres, strict=True)]
    return int(suivis.sum()), round(sum(attendus))


def cost_by_year(compte: Compte) -> list[tuple[Decimal, Decimal]]:
    """Euros of letters by year, before and after."""
    prix = [compte.couts.courriers.get(reference, Decimal(0)) for reference in codes.REFERENCES]

    def cost(nombres: Comptes) -> Decimal:
        total = sum((int(n) * p for n, p in zip(nombres, prix, strict=True)), Decimal(0))
        return total.quantize(CENTIME, ROUND_HALF_UP)

    avant, apres = compte.mesures.courriers
    return [(cost(avant[rang]), cost(apres[rang])) for rang in range(compte.cadre.largeur)]


def _synthese(compte: Compte) -> Tableau:
    mesures = compte.mesures
    perdants, egaux, gagnants = issues_of(mesures)
    sauves, perdus = saved_and_lost(mesures)
    rangs = range(len(mesures.soldes))
    moyennes = [_mean(mesures.soldes.sum(axis=axe), rangs) for axe in (1, 0)]
    lignes: list[tuple[Valeur, ...]] = [
        ("permis", int(mesures.permis)),
        ("faits", int(mesures.faits)),
        ("permis mieux lotis", gagnants),
        ("permis moins bien lotis", perdants),
        ("permis dont l'état ne change pas", egaux),
        ("permis sauvés", sauves),
        ("permis perdus, ou de solde nul sans lettre encore connue", perdus),
        ("solde moyen avant", moyennes[0]),
        ("solde moyen après", moyennes[1]),
        ("infractions sans ligne du barème, qu'aucune table [[bareme]] n'atteint", int(mesures.sans_ligne)),
    ]
    if compte.livres:
        lignes.extend(_synthese_livres(compte))
    return Tableau("synthese", "En bref", "Tous les permis du fichier, au jour demandé.", ("mesure", "valeur"), lignes)


def _synthese_livres(compte: Compte) -> Iterator[tuple[Valeur, ...]]:
    mesures, couts = compte.mesures, cost_by_year(compte)
    lettres = mesures.courriers[:, :, 1:].sum(axis=(1, 2)).tolist()
    suivis, attendus = expected_demand(mesures)
    yield ("courriers avant, toutes années", lettres[0])
    yield ("courriers après, toutes années", lettres[1])
    yield ("coût des courriers avant, en euros", sum((avant for avant, _ in couts), Decimal(0)))
    yield ("coût des courriers après, en euros", sum((apres for _, apres in couts), Decimal(0)))
    yield ("stages utiles des douze derniers mois", suivis)
    yield ("stages utiles attendus après, à conduite égale", attendus)
    yield ("lettres d'invalidation du fichier non fondées avant", int(mesures.non_fondees[0]))
    yield ("lettres d'invalidation du fichier non fondées après", int(mesures.non_fondees[1]))


def _mean(nombres: Comptes, rangs: range) -> Valeur:
    total = int(nombres.sum())
    return round(sum(int(n) * r for n, r in zip(nombres, rangs, strict=True)) / total, 4) if total else "sans objet"


def _soldes(compte: Compte) -> Tableau:
    points = range(compte.cadre.maximum + 1)
    lignes = [(rang, *ligne) for rang, ligne in enumerate(compte.mesures.soldes.tolist())]
    return Tableau(
        "soldes",
        "Qui passe de quel solde à quel solde",
        "Une ligne par solde avant, une colonne par solde après ; sur la diagonale, rien ne change.",
        ("avant \\ après", *map(str, points)),
        lignes,
    )


def _situations(compte: Compte) -> Tableau:
    lignes: list[tuple[Valeur, ...]] = []
    for rang, (famille, categories) in enumerate(FAMILLES.items()):
        for place, categorie in enumerate(categories):
            issues = compte.mesures.situations[rang, place].tolist()
            points = compte.mesures.points_de[rang, place].tolist()
            total = sum(issues)
            lignes.append((famille, categorie, total, issues[PERD], issues[GAGNE], issues[EGAL], *points))
    entetes = (
        "classement",
        "situation avant",
        "permis",
        "perdants",
        "gagnants",
        "inchangés",
        "points perdus",
        "points gagnés",
    )
    lecture = "Chaque classement compte tous les permis, selon leur situation sous la première loi."
    return Tableau("situations", "Perdants et gagnants selon leur situation", lecture, entetes, lignes, 2)


def _validites(compte: Compte) -> Tableau:
    lignes = [(mot, *nombres) for mot, nombres in zip(codes.VALIDITES, compte.mesures.validites.tolist(), strict=True)]
    lecture = (
        "Nul, non notifié : le solde est nul et aucune lettre 48SI du fichier ne l'a dit au conducteur ; sous une loi "
        "plus sévère, c'est un permis qui serait perdu. D'invalidé à valide : la lettre 48SI n'est plus fondée."
    )
    return Tableau("validites", "Permis sauvés, permis perdus", lecture, ("avant \\ après", *codes.VALIDITES), lignes)


def _echeances(compte: Compte) -> Tableau:
    lignes = list(zip(ECHEANCES, compte.mesures.echeances.tolist(), strict=True))
    lecture = "Parmi les permis dont l'état ne change pas : leur prochain mouvement, si rien d'autre n'arrive."
    return Tableau("echeances", "Le prochain mouvement", lecture, ("il vient", "permis"), lignes)


def _pertes(compte: Compte) -> Tableau:
    motifs = [codes.MOTIFS.index(mot) for mot in ("invalidation", "annulation_permis", "nouveau_permis")]
    lignes: list[tuple[Valeur, ...]] = [
        (annee_of(compte.cadre, rang), *compte.mesures.motifs[:, rang, motifs].T.flatten().tolist())
        for rang in _years(compte.mesures.motifs[:, :, motifs])
    ]
    entetes = (
        "année",
        *(
            f"{mot}, {quand}"
            for mot in ("invalidations", "annulations", "nouveaux permis")
            for quand in ("avant", "après")
        ),
    )
    lecture = "Un nouveau permis du fichier reste un fait, même si la loi du projet aurait sauvé le précédent."
    return Tableau("pertes", "Permis perdus et repassés, par année", lecture, entetes, lignes)


def _stages(compte: Compte) -> Tableau:
    gains = compte.mesures.gains
    cote = range(len(gains))

    def count(garde: Callable[[int, int], bool]) -> tuple[int, int]:
        retenus = [(a, b) for a in cote for b in cote if garde(a, b)]
        return sum(int(gains[a, b]) for a, b in retenus), sum(int(gains[a, b]) * (b - a) for a, b in retenus)

    lignes = [
        ("le même gain", *count(lambda a, b: a == b > 0)),
        ("un gain plus grand", *count(lambda a, b: b > a > 0)),
        ("un gain plus petit", *count(lambda a, b: a > b > 0)),
        ("devenu utile", *count(lambda a, b: b > a == 0)),
        ("devenu inutile", *count(lambda a, b: a > b == 0)),
        ("sans gain sous les deux lois", *count(lambda a, b: a == b == 0)),
    ]
    lecture = "Stages du fichier qui peuvent rendre des points (cas 1 et 2), terminés au jour demandé."
    entetes = ("le stage a", "stages", "points rendus en plus")
    return Tableau("stages", "Ce que les stages suivis auraient rendu", lecture, entetes, lignes)


def _demande(compte: Compte) -> Tableau:
    avant, apres = compte.mesures.tenus.tolist()
    suivis = compte.mesures.stages_utiles[0].tolist()
    lignes: list[tuple[Valeur, ...]] = []
    for solde, (nombre, devenu, stages) in enumerate(zip(avant, apres, suivis, strict=True)):
        taux = stages / nombre if nombre else 0.0
        lignes.append((solde, nombre, devenu, stages, round(taux, 6), round(taux * devenu) if nombre else stages))
    lecture = (
        "Hypothèse : à solde égal, on va aussi souvent en stage qu'avant (stages utiles des douze derniers mois, "
        "rangés par solde juste avant le stage, rapportés aux permis de ce solde au jour demandé)."
    )
    entetes = (
        "solde",
        "permis tenus avant",
        "permis tenus après",
        "stages utiles en un an",
        "stages par permis",
        "stages attendus après",
    )
    return Tableau("demande_de_stages", "La demande de stages", lecture, entetes, lignes)


def _courriers(compte: Compte) -> Tableau:
    lignes: list[tuple[Valeur, ...]] = []
    for rang in _years(compte.mesures.courriers[:, :, 1:]):
        for numero, reference in enumerate(codes.REFERENCES):
            avant, apres = compte.mesures.courriers[:, rang, numero].tolist()
            if reference and (avant or apres):
                lignes.append((annee_of(compte.cadre, rang), reference, avant, apres, apres - avant))
    lecture = (
        "Lettres que chaque loi fait devoir, l'année du mouvement. À venir : ce que les faits déjà au fichier feront, "
        "si rien d'autre n'arrive ; les infractions à venir n'y sont pas."
    )
    return Tableau(
        "courriers",
        "Lettres, par année et référence",
        lecture,
        ("année", "lettre", "avant", "après", "écart"),
        lignes,
        2,
    )


def _couts(compte: Compte) -> Tableau:
    lignes = [
        (annee_of(compte.cadre, rang), avant, apres, apres - avant)
        for rang, (avant, apres) in enumerate(cost_by_year(compte))
        if avant or apres
    ]
    lecture = f"En euros. {say_prix(compte.couts)}"
    return Tableau("couts", "Coût des lettres, par année", lecture, ("année", "avant", "après", "écart"), lignes)


def say_prix(couts: Couts) -> str:
    """The unit costs, and which of them are assumptions."""
    prix = ", ".join(f"{reference} {montant} €" for reference, montant in couts.courriers.items())
    if not couts.supposes:
        return f"Prix donnés par le projet : {prix}, stage {couts.stage} €."
    supposes = ", ".join(sorted(couts.supposes))
    return f"Prix : {prix}, stage {couts.stage} €. Hypothèses, que le projet ne donne pas : {supposes}."


def _mouvements(compte: Compte) -> Tableau:
    lignes: list[tuple[Valeur, ...]] = []
    for rang in _years(compte.mesures.motifs):
        for numero, motif in enumerate(codes.MOTIFS):
            nombres = compte.mesures.motifs[:, rang, numero].tolist()
            if any(nombres):
                points = compte.mesures.points[:, rang, numero].tolist()
                lignes.append((annee_of(compte.cadre, rang), motif, *nombres, *points))
    entetes = ("année", "motif", "mouvements avant", "mouvements après", "points avant", "points après")
    lecture = "Tous les mouvements, passés et à venir, que chaque loi tire des mêmes faits."
    return Tableau("mouvements", "Mouvements, par année et motif", lecture, entetes, lignes, 2)


def _years(comptes: Comptes) -> list[int]:
    """The ranks of the years in which something is counted, under one law or the other."""
    return [rang for rang in range(comptes.shape[1]) if comptes[:, rang].any()]
