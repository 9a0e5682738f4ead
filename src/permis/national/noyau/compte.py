"""Writing the account: each movement with the state it leaves, each fact that moves nothing with its reason.

As `droit.compte`. A table that is full is said (`DEBORDE`), and the batch refused: nothing is written past its end.
"""

from __future__ import annotations

import numpy as np

from permis.national import codes
from permis.national.noyau import places as p
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.places import Travail

DEBUTS_DES_MOTIFS = {
    "capital": "capital_initial",
    "reprise": "capital_initial",
    "nouveau": "nouveau_permis",
    "majoration": "majoration",
    "fin": "fin_probatoire",
    "retrait": "retrait",
    "reattribution_six": "reattribution_six_mois",
    "reattribution_dix": "reattribution_dix_ans",
    "reconstitution": "reconstitution_integrale",
    "stage": "stage",
    "invalidation": "invalidation",
    "interdiction": "invalidation",
    "annulation": "annulation_permis",
}
"""The motif of a movement, by how the name of its reason begins."""
MOTIF_DE = np.array(
    [
        codes.MOTIFS.index(next(motif for debut, motif in DEBUTS_DES_MOTIFS.items() if cle.startswith(debut)))
        for cle in codes.CLES
    ]
)

SANS_PERMIS = rank(codes.VALIDITES, "sans_permis")
VALIDE = rank(codes.VALIDITES, "valide")
NUL_NON_NOTIFIE = rank(codes.VALIDITES, "nul_non_notifie")


@compile_noyau
def open_compte(t: Travail, points: int, plafond: int) -> None:
    """Begin a capital: what the former licence left does not count any more."""
    c = t.compte
    c[p.K_SOLDE], c[p.K_PLAFOND] = points, plafond
    c[p.K_VALIDITE], c[p.K_NUL_DEPUIS] = VALIDE, ABSENT


@compile_noyau
def credit(t: Travail, points: int) -> int:
    """Add points within the ceiling; the number that really came."""
    c = t.compte
    gain: int = min(points, c[p.K_PLAFOND] - c[p.K_SOLDE])
    c[p.K_SOLDE] += gain
    return gain


@compile_noyau
def post(t: Travail, jour: int, variation: int, cle: int, version: int, fait: int) -> int:
    """Write a movement whose effect is already in the state; its row, for the values of its sentence."""
    c, m = t.compte, t.mouvements
    _revalidate(t, jour)
    i: int = c[p.N_MOUVEMENTS]
    if i >= len(m):
        c[p.DEBORDE] = 1
        return 0
    c[p.N_MOUVEMENTS] = i + 1
    perdu = c[p.K_VALIDITE] != VALIDE and c[p.K_VALIDITE] != NUL_NON_NOTIFIE
    m[i, p.M_DATE], m[i, p.M_VARIATION] = jour, variation
    m[i, p.M_SOLDE] = 0 if perdu else max(0, c[p.K_SOLDE])
    m[i, p.M_PLAFOND], m[i, p.M_ALGEBRIQUE], m[i, p.M_VALIDITE] = c[p.K_PLAFOND], c[p.K_SOLDE], c[p.K_VALIDITE]
    m[i, p.M_MOTIF], m[i, p.M_CLE], m[i, p.M_VERSION], m[i, p.M_FAIT] = MOTIF_DE[cle], cle, version, fait
    m[i, p.M_COURRIER], m[i, p.M_RETRAIT] = 0, -1
    tell(t, i, ABSENT, ABSENT, 0)
    return i


@compile_noyau
def _revalidate(t: Travail, jour: int) -> None:
    c = t.compte
    if c[p.K_VALIDITE] == VALIDE and c[p.K_SOLDE] <= 0:
        c[p.K_VALIDITE], c[p.K_NUL_DEPUIS] = NUL_NON_NOTIFIE, jour
    elif c[p.K_VALIDITE] == NUL_NON_NOTIFIE and c[p.K_SOLDE] > 0:
        c[p.K_VALIDITE], c[p.K_NUL_DEPUIS] = VALIDE, ABSENT


@compile_noyau
def tell(t: Travail, mouvement: int, jour_1: int, jour_2: int, valeur: int) -> None:
    """Add to a movement the values of its sentence that its fact does not hold."""
    m = t.mouvements
    m[mouvement, p.M_JOUR_1], m[mouvement, p.M_JOUR_2], m[mouvement, p.M_VALEUR] = jour_1, jour_2, valeur


@compile_noyau
def ignore(t: Travail, fait: int, jour: int, cle: int) -> int:
    """Say that a fact moves nothing, and why; the row, for the values of its sentence."""
    s = t.sans_effet
    i: int = t.compte[p.N_SANS_EFFET]
    if i >= len(s):
        t.compte[p.DEBORDE] = 1
        return 0
    t.compte[p.N_SANS_EFFET] = i + 1
    s[i, p.S_FAIT], s[i, p.S_DATE], s[i, p.S_CLE] = fait, jour, cle
    tell_sans_effet(t, i, -1, ABSENT, 0)
    return i


@compile_noyau
def tell_sans_effet(t: Travail, ligne: int, version: int, jour_1: int, valeur: int) -> None:
    """Add to what moves nothing the values of its sentence that its fact does not hold."""
    s = t.sans_effet
    s[ligne, p.S_VERSION], s[ligne, p.S_JOUR_1], s[ligne, p.S_VALEUR] = version, jour_1, valeur
