"""The offences that drivers are given, with their shares; class, points and marks are those of the barème."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from permis.droit.bareme import BAREME_ETABLI_LE, LigneBareme, find, rows
from permis.national import codes
from permis.national.loi import JAMAIS, day_number

PETITS: Final = {
    "exces-moins-5-limite-plus-de-50": 0.49,
    "exces-moins-5-limite-50-ou-moins": 0.13,
    "exces-5-20-limite-plus-de-50": 0.29,
    "exces-5-20-limite-50-ou-moins": 0.09,
}
"""Excesses under 20 km/h. In 2021, 78 % of their points came from limits above 50 km/h; from 2016 to 2020, 63 % of
those recorded there were under 5 km/h, and 58 % elsewhere (ONISR ; DSR, réponse à une question du Sénat).
"""
AUTRES: Final = {
    "exces-20-30": 500, "exces-30-40": 165, "exces-40-50": 60, "exces-50": 13,
    "telephone-tenu-en-main": 540, "oreillette": 25, "ceinture": 98,
    "feu-rouge": 300, "stop": 90, "cedez-le-passage": 20, "priorite-a-droite": 15, "pieton-engage": 15,
    "pieton-manifestant": 15,
    "ligne-continue-franchissement": 150, "ligne-continue-chevauchement": 60, "clignotant": 40,
    "distance-securite": 40, "sens-interdit": 45, "depassement-interdit": 15, "depassement-par-la-droite": 10,
    "bande-arret-urgence": 15, "vitres-teintees": 8, "gants": 4, "casque-motocyclette": 6,
    "alcool-0-50": 45, "etat-alcoolique": 50, "alcool-0-20-probatoire": 7,
    "stupefiants": 48, "alcool-et-stupefiants": 2,
    "refus-obtemperer": 6, "delit-de-fuite": 4, "conduite-malgre-suspension": 4, "detecteur-radars": 1,
}  # fmt: skip
"""The others, in thousands a year: the points of 2024 by subject (ONISR), shared out within each by choice."""


E_DEBUT, E_CLASSE, E_POINTS, E_MARQUES, E_RANG = range(5)
"""The columns of a wording: its first day, `JAMAIS` where there is none, and what the barème then says."""


def read_parts(familles: Sequence[Mapping[str, float]]) -> npt.NDArray[np.float64]:
    """The shares of the offences of each family, added up and ended by ones."""
    parts = np.ones((len(familles), max(map(len, familles))))
    for rang, famille in enumerate(familles):
        cumul = np.cumsum(np.array([*famille.values()], np.float64))
        parts[rang, : len(famille) - 1] = cumul[:-1] / cumul[-1]
    return parts


def read_eventail(familles: Sequence[Mapping[str, float]]) -> npt.NDArray[np.int32]:
    """The wordings of the offences of each family, in order of time: `[famille, infraction, redaction, colonne]`."""
    suites = [[_wordings(nom) for nom in famille] for famille in familles]
    largeur = max(len(suite) for famille in suites for suite in famille)
    eventail = np.zeros((len(familles), max(map(len, familles)), largeur, 5), np.int32)
    eventail[..., E_DEBUT] = JAMAIS
    for rang, famille in enumerate(familles):
        for infraction, nom in enumerate(famille):
            for redaction, (jour, ligne) in enumerate(suites[rang][infraction]):
                eventail[rang, infraction, redaction] = _describe(jour, ligne, nom)
    return eventail


def _describe(jour: date, ligne: LigneBareme, nom: str) -> tuple[int, int, int, int, int]:
    classe, marques = codes.CLASSES.index(ligne.classe.value), codes.HORS_CODE if ligne.hors_code else 0
    return day_number(jour), classe, ligne.points, marques, codes.bareme().index(nom)


def _wordings(nom: str) -> list[tuple[date, LigneBareme]]:
    """The wordings of an offence, also those that held it together with another; the first serves earlier days."""
    lignes = [ligne for ligne in rows() if nom == ligne.bareme or nom in ligne.couvre]
    jours = sorted({max(ligne.since or BAREME_ETABLI_LE, BAREME_ETABLI_LE) for ligne in lignes})
    return [(jour, find(nom, jour)) for jour in jours]
