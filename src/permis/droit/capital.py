"""Capital, probation and its yearly gains (C. route, art. L. 223-1, R. 223-1, R. 223-4-1)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from permis.droit.delais import add_months
from permis.droit.rule import Certitude, Rule, Version

capital_maximal = Rule[[], int]("Nombre maximal de points du permis", "jour considéré")


@capital_maximal.version(
    since="1992-07-01",
    cite="loi n° 89-469 du 10 juillet 1989",
    read_with="C. route, art. R. 223-1 I, pour la suite",
    certitude=Certitude.MEMOIRE,
)
def six_points() -> int:
    """Six points when the points licence began."""
    return 6


@capital_maximal.version(since="1992-12-01", cite="C. route, art. R. 223-1 I", certitude=Certitude.MEMOIRE)
def douze_points() -> int:
    """Twelve points; the day is from memory, the number is in the text."""
    return 12


capital_obtention = Rule[[int], int]("Capital à l'obtention d'un permis probatoire", "date d'obtention")


@capital_obtention.version(
    since="2004-03-01",
    cite="C. route, art. L. 223-1, al. 2 ; R. 223-1 II",
    read_with="loi n° 2003-495 du 12 juin 2003 ; décret n° 2003-642 du 11 juillet 2003",
)
def moitie_du_maximum(maximum: int) -> int:
    """Half of the maximum, for the time of the probation."""
    return maximum // 2


delai_probatoire = Rule[[bool], int]("Durée du délai probatoire, en mois", "date d'obtention")


@delai_probatoire.version(
    since="2004-03-01", cite="C. route, art. L. 223-1, al. 2", read_with="loi n° 2003-495 du 12 juin 2003"
)
def trois_ans_ou_deux(aac: bool) -> int:
    """Three years; two after apprentissage anticipé de la conduite. Supervised or accompanied driving changes
    nothing.
    """
    return 24 if aac else 36


delai_probatoire_reduit = Rule[[bool], int](
    "Durée du délai probatoire après la formation complémentaire, en mois", "date de la formation"
)


@delai_probatoire_reduit.version(
    since="2019-01-01",
    cite="C. route, art. L. 223-1, al. 2 ; R. 223-1 II, al. 3 à 5",
    read_with="décret n° 2018-715 du 3 août 2018",
)
def deux_ans_ou_dix_huit_mois(aac: bool) -> int:
    """Two years; eighteen months after AAC; without offence nor suspension or restriction in that time."""
    return 18 if aac else 24


fenetre_formation = Rule[[], tuple[int, int]](
    "Mois d'ouverture et de fermeture de la formation complémentaire", "date de la formation"
)


@fenetre_formation.version(since="2019-01-01", cite="C. route, art. R. 223-4-1 II")
def sixieme_au_douzieme_mois() -> tuple[int, int]:
    """Between the sixth and the twelfth month after the licence was obtained."""
    return 6, 12


@fenetre_formation.version(
    since="2026-01-02",
    cite="C. route, art. R. 223-4-1 ; arrêté d'application",
    read_with="décret n° 2025-1437 du 31 décembre 2025",
    certitude=Certitude.LECTURE_OFFICIELLE,
)
def fenetre_par_arrete() -> tuple[int, int]:
    """The window is sent to an arrêté; service-public still gives the sixth to the twelfth month."""
    return 6, 12


majoration_annuelle = Rule[[int, bool], int]("Majoration à la fin de chaque année de probation", "date d'obtention")


@majoration_annuelle.version(
    since="2007-12-31",
    cite="C. route, art. L. 223-1, al. 2 ; R. 223-1 II",
    read_with="loi n° 2007-297 du 5 mars 2007, art. 23",
    certitude=Certitude.LECTURE_OFFICIELLE,
)
def sixieme_ou_quart(maximum: int, aac: bool) -> int:
    """One sixth of the maximum; one quarter after AAC; if no offence that cost points was committed since the
    start.
    """
    return maximum // 4 if aac else maximum // 6


fin_probatoire = Rule[[bool, int, int], int]("Capital à la fin du délai probatoire", "date d'obtention")


@fin_probatoire.version(since="2004-03-01", cite="C. route, art. R. 223-1 IV", read_with="CE, avis, 31 mai 2013")
def maximum_ou_solde(sans_infraction: bool, maximum: int, solde: int) -> int:
    """The maximum if no offence that cost points was committed; else the balance stays. Never prolonged."""
    return maximum if sans_infraction else solde


aac_posterieure = Rule[[], int](
    "Délai probatoire quand le permis B est obtenu plus tard par AAC, en mois", "date d'obtention"
)


@aac_posterieure.version(since="2004-03-01", cite="C. route, art. R. 223-1 V")
def deux_ans_depuis_la_premiere() -> int:
    """Two years from the first licence; it ends on the day B is obtained if they have already run."""
    return 24


dispense_echange = Rule[[], int](
    "Ancienneté d'un permis échangé ou converti qui dispense de probation, en mois", "date de l'échange"
)


@dispense_echange.version(
    since="1992-07-01", cite="C. route, art. R. 223-1 ; R. 222-2 et R. 222-3", certitude=Certitude.MEMOIRE
)
def trois_ans_d_anciennete() -> int:
    """Twelve points at once when the first licence is three years old, or from before the probation existed."""
    return 36


MOIS_DES_ANNIVERSAIRES = (12, 24)
"""The ends of the years of a probation, in months, while it runs (C. route, art. L. 223-1, al. 2)."""


class Probation(NamedTuple):
    """A probation: its first day, the day it ends, and what shortened it.

    `aac_des` is the day from which yearly gains are those of AAC, None where they never are; `premier` tells a first
    licence, the only one open to the complementary training.
    """

    debut: date
    fin: date
    aac_des: date | None
    premier: bool
    version: Version

    def anniversaires(self) -> list[date]:
        """The ends of each year that come before the end of the probation."""
        jours = (add_months(self.debut, mois) for mois in MOIS_DES_ANNIVERSAIRES)
        return [jour for jour in jours if jour < self.fin]
