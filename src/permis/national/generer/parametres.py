"""The named numbers of the generated France: each with where it comes from, or that it was calibrated.

docs/national/figures.md sets what they give beside what was published, and names the sources in full.
"""

from __future__ import annotations

from typing import Final, NamedTuple

CALIBRE: Final = "calibré sur les chiffres publiés"
CHOIX: Final = "choix, sans source"
ONISR_2024: Final = "ONISR, bilan du permis à points 2024"

TITULAIRES: Final = 48_000_000
"""Holders behind the yearly numbers of offences: 36 918 366 drivers were 77 % of them (Intérieur, 2017)."""

PETITS_EXCES: Final = {
    2006: 2.6, 2007: 3.6, 2008: 4.4, 2009: 5.0, 2010: 5.6, 2011: 6.2, 2012: 6.6, 2013: 6.1, 2014: 5.8, 2015: 6.9,
    2016: 8.1, 2017: 8.8, 2018: 8.3, 2019: 7.0, 2020: 6.2, 2021: 8.24, 2022: 9.4, 2023: 11.4, 2024: 7.45,
}  # fmt: skip
"""Millions of excesses under 20 km/h committed a year that are treated for points, those under 5 km/h included.

2014, 2018 and 2021 are published (46.2 %, 55.8 % and 56.3 % of 12.5, 14.9 and 14.6 million points); 2020 follows
from the points of all excesses (7.6 million); 2023 (12.1 million for all excesses) and 2024 are calibrated on what was
given back and withdrawn in 2024; the others lie in between.
"""
AUTRES: Final = {
    2006: 2.4, 2007: 2.5, 2008: 2.6, 2009: 2.6, 2010: 2.6, 2011: 2.6, 2012: 2.6, 2013: 2.4, 2014: 2.3, 2015: 2.2,
    2016: 2.1, 2017: 2.05, 2018: 2.05, 2019: 2.05, 2020: 1.75, 2021: 2.1, 2022: 2.3, 2023: 2.5, 2024: 2.45,
}  # fmt: skip
"""Millions of the other offences that cost points, a year: what is left of the points, at about three each."""
PREMIERE_ANNEE: Final = min(PETITS_EXCES)


class Parametres(NamedTuple):
    """What a driver is drawn from; shares are between 0 and 1, delays are in days, and `SOURCES` says whence."""

    plateau_anciennete: float = 43.0
    fin_anciennete: float = 70.0
    part_aac: float = 0.2
    part_supervisee: float = 0.03
    part_encadree: float = 0.003
    part_echange: float = 0.015
    part_etranger: float = 0.002
    part_moto: float = 0.03
    part_autre_categorie: float = 0.04
    part_am: float = 0.004
    part_formation: float = 0.02
    forme_commune: float = 20.0
    forme_petits: float = 20.0
    forme_autres: float = 0.22
    part_abstention: float = 0.02
    declin: float = 0.3
    ardeur_des_jeunes: float = 1.0
    relevement_petits: float = 1.13
    relevement_autres: float = 1.95
    prudence: float = 6.5
    part_titre_executoire: float = 0.14
    part_composition: float = 0.25
    part_afd: float = 0.15
    envoi: float = 12.0
    paiement: float = 22.0
    titre: float = 95.0
    justice: float = 170.0
    decision: float = 14.0
    part_ensemble: float = 0.03
    part_annulation: float = 0.003
    part_reclamation: float = 0.001
    part_en_attente: float = 0.2
    part_suspension: float = 0.6
    part_annulation_judiciaire: float = 0.04
    part_stage_judiciaire: float = 0.2
    solde_bas: float = 3.0
    solde_moyen: float = 6.0
    solde_haut: float = 9.0
    attente_stage: float = 60.0
    stage_avant_lettre: float = 0.3
    stage_solde_bas: float = 0.35
    stage_solde_moyen: float = 0.18
    stage_solde_haut: float = 0.04
    stage_obligatoire: float = 0.6
    part_sans_lettre: float = 0.06
    lettre: float = 25.0
    part_remise: float = 0.8
    part_nouveau_permis: float = 0.7
    nouveau_permis: float = 240.0


SOURCES: Final = {
    "plateau_anciennete": f"{CHOIX} ; 48 M de titulaires à environ 850 000 premiers permis par an",
    "fin_anciennete": f"{CHOIX} ; idem",
    "part_aac": f"{CHOIX} ; ordre de grandeur",
    "part_supervisee": CHOIX,
    "part_encadree": CHOIX,
    "part_echange": CHOIX,
    "part_etranger": CHOIX,
    "part_moto": f"{CHOIX} ; {ONISR_2024} : 122 857 permis A1 et A2 pour 912 601 permis B, dont beaucoup en second",
    "part_autre_categorie": CHOIX,
    "part_am": CHOIX,
    "part_formation": CHOIX,
    "forme_commune": CALIBRE,
    "forme_petits": CALIBRE,
    "forme_autres": CALIBRE,
    "part_abstention": CALIBRE,
    "declin": CHOIX,
    "ardeur_des_jeunes": CALIBRE,
    "relevement_petits": f"{CALIBRE} ; rend ce que la prudence retient",
    "relevement_autres": f"{CALIBRE} ; idem",
    "prudence": f"{CALIBRE} ; un conducteur qui a peu de points en perd moins",
    "part_titre_executoire": CHOIX,
    "part_composition": CHOIX,
    "part_afd": CHOIX,
    "envoi": CHOIX,
    "paiement": f"{CHOIX} ; amende forfaitaire due en 45 jours (CPP, art. 529-1)",
    "titre": f"{CHOIX} ; après les 45 jours de l'amende forfaitaire",
    "justice": CHOIX,
    "decision": CHOIX,
    "part_ensemble": CHOIX,
    "part_annulation": CHOIX,
    "part_reclamation": CHOIX,
    "part_en_attente": CHOIX,
    "part_suspension": CHOIX,
    "part_annulation_judiciaire": CHOIX,
    "part_stage_judiciaire": f"{ONISR_2024} : 17 549 stagiaires",
    "solde_bas": CHOIX,
    "solde_moyen": f"{CHOIX} ; seuil de la lettre 48M",
    "solde_haut": CHOIX,
    "attente_stage": CHOIX,
    "stage_avant_lettre": CHOIX,
    "stage_solde_bas": f"{ONISR_2024} : 302 853 stagiaires",
    "stage_solde_moyen": f"{ONISR_2024} : idem",
    "stage_solde_haut": f"{ONISR_2024} : idem",
    "stage_obligatoire": CHOIX,
    "part_sans_lettre": CHOIX,
    "lettre": CHOIX,
    "part_remise": CHOIX,
    "part_nouveau_permis": CHOIX,
    "nouveau_permis": CHOIX,
}
"""Where each number comes from, in the words of the page."""
