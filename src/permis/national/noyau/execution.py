"""One batch through the kernel: the state of each licence, or its state and its whole ledger."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from permis.national.loi import Loi
from permis.national.noyau import places as p
from permis.national.noyau.compilation import compile_noyau, inline_noyau
from permis.national.noyau.connus import load_faits
from permis.national.noyau.entrees import ABSENT, Lot, Question
from permis.national.noyau.places import Tables, Travail, make_tables
from permis.national.noyau.relectures import correct
from permis.national.noyau.reponses import Corrections, Detail, Mouvements, SansEffet, Soldes
from permis.national.noyau.suites import explain_unfounded, owe_letters
from permis.national.noyau.titre import RETOUR_PLAFOND
from permis.national.noyau.vie import explain_leftovers, fold

T = TypeVar("T")

TYPES_SOLDES = (np.int8, np.int16, np.int8, np.int8, np.int32, np.int8, np.int8)
TYPES_MOUVEMENTS = (
    np.int32, np.int8, np.int8, np.int8, np.int16, np.int8, np.int8, np.int8, np.int16, np.int16, np.int8,
    np.int32, np.int32, np.int16,
)  # fmt: skip
TYPES_SANS_EFFET = (np.int16, np.int32, np.int8, np.int16, np.int32, np.int16)


def solder(lot: Lot, loi: Loi, question: Question) -> Soldes:
    """The state of each licence on the day asked, and what comes next.

    The batch was read by `controle`; the day is not before the law began. OverflowError if a life outgrew its tables.
    """
    soldes = Soldes(*_empty(len(lot.debuts) - 1, TYPES_SOLDES))
    tables = make_tables(loi, question, _largest(lot))
    _check(_solder(_frozen(lot), tables, soldes))
    return soldes


def detailler(lot: Lot, loi: Loi, question: Question) -> Detail:
    """The state of each licence, every movement past and to come, what moves nothing, what was taken back.

    As `solder`.
    """
    licences, faits, plus_grand = len(lot.debuts) - 1, int(lot.debuts[-1] - lot.debuts[0]), _largest(lot)
    lignes = p.PAR_FAIT * faits + p.PAR_LICENCE * licences
    debuts = [np.zeros(licences + 1, np.int32) for _ in range(3)]
    detail = Detail(
        Soldes(*_empty(licences, TYPES_SOLDES)),
        debuts[0],
        Mouvements(*_empty(lignes, TYPES_MOUVEMENTS)),
        debuts[1],
        SansEffet(*_empty(lignes, TYPES_SANS_EFFET)),
        debuts[2],
        Corrections(Mouvements(*_empty(lignes, TYPES_MOUVEMENTS)), *_empty(lignes, (np.int32, np.int16))),
    )
    tables, relues = make_tables(loi, question, plus_grand), make_tables(loi, question, plus_grand)
    _check(_detailler(_frozen(lot), tables, relues, detail))
    return _cut(detail)


def _frozen(colonnes: T) -> T:
    """The same arrays, read only: what comes from Arrow is, and the kernel is compiled once for both."""
    vues = []
    for colonne in cast("tuple[npt.NDArray[np.generic], ...]", colonnes):
        vue = colonne.view()
        vue.flags.writeable = False
        vues.append(vue)
    return type(colonnes)(*vues)


def _empty(nombre: int, types: tuple[type[np.signedinteger[Any]], ...]) -> list[npt.NDArray[Any]]:
    return [np.empty(nombre, genre) for genre in types]


def _largest(lot: Lot) -> int:
    return int(np.diff(lot.debuts).max(initial=0))


def _check(deborde: int) -> None:
    if deborde:
        raise OverflowError("A life outgrew the tables of the kernel (`places.make_travail`).")


def _cut(detail: Detail) -> Detail:
    """The columns of the ledger, as long as they are full."""
    m, s, x = int(detail.debuts_mouvements[-1]), int(detail.debuts_sans_effet[-1]), int(detail.debuts_corrections[-1])
    return detail._replace(
        mouvements=_head(detail.mouvements, m),
        sans_effet=_head(detail.sans_effet, s),
        corrections=Corrections(
            _head(detail.corrections.mouvements, x),
            detail.corrections.cesse_le[:x],
            detail.corrections.cause[:x],
        ),
    )


def _head(colonnes: T, lignes: int) -> T:
    vues = [colonne[:lignes] for colonne in cast("tuple[npt.NDArray[Any], ...]", colonnes)]
    return type(colonnes)(*vues)


@compile_noyau
def _solder(lot: Lot, tables: Tables, soldes: Soldes) -> int:
    t = tables[0]
    t.compte[p.DEBORDE] = 0
    for rang in range(len(lot.debuts) - 1):
        load_faits(lot, rang, t)
        fold(t, t.question[p.Q_CONNU_LE])
        _write_state(t, soldes, rang)
    return int(t.compte[p.DEBORDE])


@inline_noyau
def _write_state(t: Travail, soldes: Soldes, rang: int) -> None:
    """The state that the last movement of the day leaves, and the first one after it."""
    m, suivant = t.mouvements, _count_by(t, t.question[p.Q_LE])
    dernier = suivant - 1
    soldes.solde[rang] = m[dernier, p.M_SOLDE] if suivant else 0
    soldes.solde_algebrique[rang] = m[dernier, p.M_ALGEBRIQUE] if suivant else 0
    soldes.plafond[rang] = m[dernier, p.M_PLAFOND] if suivant else 0
    soldes.validite[rang] = m[dernier, p.M_VALIDITE] if suivant else 0
    a_venir = suivant < t.compte[p.N_MOUVEMENTS]
    soldes.prochain_le[rang] = m[suivant, p.M_DATE] if a_venir else ABSENT
    soldes.prochaine_variation[rang] = m[suivant, p.M_VARIATION] if a_venir else 0
    soldes.prochain_motif[rang] = m[suivant, p.M_MOTIF] if a_venir else -1


@compile_noyau
def _count_by(t: Travail, le: int) -> int:
    """How many movements there are to the end of a day: they are in order."""
    bas, haut = 0, t.compte[p.N_MOUVEMENTS]
    while bas < haut:
        milieu = (bas + haut) // 2
        if le < t.mouvements[milieu, p.M_DATE]:
            haut = milieu
        else:
            bas = milieu + 1
    return bas


@compile_noyau
def _detailler(lot: Lot, tables: Tables, relues: Tables, detail: Detail) -> int:
    t, avant = tables[0], relues[0]
    t.compte[p.DEBORDE] = avant.compte[p.DEBORDE] = 0
    for rang in range(len(lot.debuts) - 1):
        load_faits(lot, rang, t)
        fold(t, t.question[p.Q_CONNU_LE])
        explain_leftovers(t)
        owe_letters(t)
        if t.compte[p.A_AUTRES]:
            explain_unfounded(t)
        _sort_sans_effet(t)
        _write_state(t, detail.soldes, rang)
        correct(t, avant)
        _write_ledger(t, detail, rang)
    return int(t.compte[p.DEBORDE] + avant.compte[p.DEBORDE])


@compile_noyau
def _sort_sans_effet(t: Travail) -> None:
    """By day, fact and reason; what came back for nothing is no fact, and is told from its day on only."""
    s, garde = t.sans_effet, 0
    for haut in range(t.compte[p.N_SANS_EFFET]):
        if s[haut, p.S_CLE] == RETOUR_PLAFOND and s[haut, p.S_DATE] > t.question[p.Q_LE]:
            continue
        bas = garde
        garde += 1
        for place in range(p.S_VALEUR + 1):
            s[bas, place] = s[haut, place]
        while bas > 0 and _is_before(s[bas], s[bas - 1]):
            for place in range(p.S_VALEUR + 1):
                s[bas, place], s[bas - 1, place] = s[bas - 1, place], s[bas, place]
            bas -= 1
    t.compte[p.N_SANS_EFFET] = garde


@compile_noyau
def _is_before(a: p.Table, b: p.Table) -> bool:
    if a[p.S_DATE] != b[p.S_DATE]:
        avant: bool = a[p.S_DATE] < b[p.S_DATE]
    elif a[p.S_FAIT] != b[p.S_FAIT]:
        avant = a[p.S_FAIT] < b[p.S_FAIT]
    else:
        avant = a[p.S_CLE] < b[p.S_CLE]
    return avant


@inline_noyau
def _write_ledger(t: Travail, detail: Detail, rang: int) -> None:
    fin = detail.debuts_mouvements[rang]
    for i in range(t.compte[p.N_MOUVEMENTS]):
        _write_mouvement(detail.mouvements, fin + i, t.mouvements[i])
    detail.debuts_mouvements[rang + 1] = fin + t.compte[p.N_MOUVEMENTS]
    fin = detail.debuts_sans_effet[rang]
    for i in range(t.compte[p.N_SANS_EFFET]):
        _write_sans_effet(detail.sans_effet, fin + i, t.sans_effet[i])
    detail.debuts_sans_effet[rang + 1] = fin + t.compte[p.N_SANS_EFFET]
    fin = detail.debuts_corrections[rang]
    if fin + t.compte[p.N_CORRECTIONS] > len(detail.corrections.cause):
        t.compte[p.DEBORDE] = 1
        return
    for i in range(t.compte[p.N_CORRECTIONS]):
        _write_mouvement(detail.corrections.mouvements, fin + i, t.corrections[i])
        detail.corrections.cesse_le[fin + i] = t.corrections[i, p.C_CESSE_LE]
        detail.corrections.cause[fin + i] = t.corrections[i, p.C_CAUSE]
    detail.debuts_corrections[rang + 1] = fin + t.compte[p.N_CORRECTIONS]


@inline_noyau
def _write_mouvement(m: Mouvements, i: int, ligne: p.Table) -> None:
    m.date[i], m.variation[i], m.solde[i] = ligne[p.M_DATE], ligne[p.M_VARIATION], ligne[p.M_SOLDE]
    m.plafond[i], m.solde_algebrique[i] = ligne[p.M_PLAFOND], ligne[p.M_ALGEBRIQUE]
    m.validite[i], m.motif[i], m.cle[i] = ligne[p.M_VALIDITE], ligne[p.M_MOTIF], ligne[p.M_CLE]
    m.version[i], m.fait[i], m.courrier[i] = ligne[p.M_VERSION], ligne[p.M_FAIT], ligne[p.M_COURRIER]
    m.jour_1[i], m.jour_2[i], m.valeur[i] = ligne[p.M_JOUR_1], ligne[p.M_JOUR_2], ligne[p.M_VALEUR]


@inline_noyau
def _write_sans_effet(s: SansEffet, i: int, ligne: p.Table) -> None:
    s.fait[i], s.date[i], s.cle[i] = ligne[p.S_FAIT], ligne[p.S_DATE], ligne[p.S_CLE]
    s.version[i], s.jour_1[i], s.valeur[i] = ligne[p.S_VERSION], ligne[p.S_JOUR_1], ligne[p.S_VALEUR]
