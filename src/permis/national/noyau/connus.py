"""What is known on a day: the facts learned by then, less those that an annulment known by then has undone.

As `droit.connaissance`.
"""

from __future__ import annotations

from permis.national import codes
from permis.national.noyau import places as p
from permis.national.noyau.compilation import compile_noyau, inline_noyau, rank
from permis.national.noyau.entrees import ABSENT, Lot
from permis.national.noyau.places import Travail

DELIVRANCE = rank(codes.TYPES, "delivrance")
INFRACTION = rank(codes.TYPES, "infraction")
REALITE = rank(codes.TYPES, "realite")
RETRAIT = rank(codes.TYPES, "retrait")
STAGE = rank(codes.TYPES, "stage")
ANNULATION = rank(codes.TYPES, "annulation")


@inline_noyau
def load_faits(lot: Lot, rang: int, t: Travail) -> None:
    """Copy the facts of one licence where the kernel reads them; each gets its own day and that of its lesson."""
    premier = lot.debuts[rang]
    nombre = lot.debuts[rang + 1] - premier
    t.compte[p.N_FAITS] = nombre
    for i in range(nombre):
        t.faits[i, p.F_TYPE] = lot.type[premier + i]
        t.faits[i, p.F_DATE] = lot.date[premier + i]
        t.faits[i, p.F_CONNU] = lot.connu_le[premier + i]
        t.faits[i, p.F_SECONDE] = lot.seconde_date[premier + i]
        t.faits[i, p.F_DECIDE] = lot.decide_le[premier + i]
        t.faits[i, p.F_NATURE] = lot.nature[premier + i]
        t.faits[i, p.F_VALEUR] = lot.valeur[premier + i]
        t.faits[i, p.F_MODE] = lot.mode[premier + i]
        t.faits[i, p.F_MARQUES] = lot.marques[premier + i]
        t.faits[i, p.F_HEURE] = lot.heure[premier + i]
        t.faits[i, p.F_SECONDE_HEURE] = lot.seconde_heure[premier + i]
        t.faits[i, p.F_ENSEMBLE] = lot.ensemble[premier + i]
        t.faits[i, p.F_VISE] = lot.vise[premier + i]
    _look_over(t)


@compile_noyau
def _look_over(t: Travail) -> None:
    """Give each fact its own day and that of its lesson; note which rare facts there are."""
    c, f = t.compte, t.faits
    c[p.A_REALITES] = c[p.A_DECISIONS] = c[p.A_ANNULATIONS] = c[p.A_AUTRES] = c[p.A_ENSEMBLES] = 0
    for i in range(c[p.N_FAITS]):
        genre, connu = f[i, p.F_TYPE], f[i, p.F_CONNU]
        propre = f[i, p.F_SECONDE] if genre == STAGE else f[i, p.F_DATE]
        f[i, p.F_CONNU] = propre if connu == ABSENT else connu
        f[i, p.F_PROPRE] = connu if propre == ABSENT else propre
        if genre == INFRACTION:
            c[p.A_ENSEMBLES] |= f[i, p.F_ENSEMBLE]
        elif genre == REALITE:
            c[p.A_REALITES] = 1
        elif genre == RETRAIT:
            c[p.A_DECISIONS] = 1
        elif genre == ANNULATION:
            c[p.A_ANNULATIONS] = 1
        elif genre != DELIVRANCE:
            c[p.A_AUTRES] = 1


@compile_noyau
def know_faits(t: Travail, connu_le: int) -> None:
    """Tell the facts that the register knew at the end of `connu_le`, annulments applied."""
    f = t.faits
    for i in range(t.compte[p.N_FAITS]):
        f[i, p.F_DEBOUT] = p.DEBOUT if f[i, p.F_CONNU] <= connu_le else p.IGNORE
    if t.compte[p.A_ANNULATIONS]:
        _apply_annulments(t)


@compile_noyau
def _apply_annulments(t: Travail) -> None:
    """An annulment that is itself annulled undoes nothing; of several that stand, the first one is told."""
    f = t.faits
    for i in range(t.compte[p.N_FAITS]):
        f[i, p.F_ANNULE_LE] = ABSENT
    reste = True
    while reste:
        reste = False
        for i in range(t.compte[p.N_FAITS]):
            if f[i, p.F_TYPE] == ANNULATION and f[i, p.F_DEBOUT] == p.DEBOUT and _effect_is_due(t, i):
                _undo(t, i)
                reste = True
    for i in range(t.compte[p.N_FAITS]):
        f[i, p.F_DEBOUT] = min(f[i, p.F_DEBOUT], p.DEBOUT)


APPLIQUEE = p.DEBOUT + 1
"""An annulment that stands and has been looked at."""


@compile_noyau
def _effect_is_due(t: Travail, i: int) -> bool:
    """Whether no annulment that might still stand aims at this one; what those that stand undo was undone already."""
    f = t.faits
    for j in range(t.compte[p.N_FAITS]):
        if f[j, p.F_TYPE] == ANNULATION and f[j, p.F_DEBOUT] == p.DEBOUT and f[j, p.F_VISE] == i:
            return False
    return True


@compile_noyau
def _undo(t: Travail, i: int) -> None:
    f = t.faits
    f[i, p.F_DEBOUT] = APPLIQUEE
    cible = f[i, p.F_VISE]
    if f[cible, p.F_DEBOUT] == p.IGNORE:
        return
    f[cible, p.F_DEBOUT] = p.ANNULE
    if f[cible, p.F_ANNULE_LE] == ABSENT or f[i, p.F_DATE] < f[cible, p.F_ANNULE_LE]:
        f[cible, p.F_ANNULE_LE] = f[i, p.F_DATE]


@compile_noyau
def stands(t: Travail, i: int, genre: int) -> bool:
    """Whether a fact is of that type, known, and not undone."""
    debout: bool = t.faits[i, p.F_TYPE] == genre and t.faits[i, p.F_DEBOUT] == p.DEBOUT
    return debout
