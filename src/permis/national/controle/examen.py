"""Reads a record batch before the kernel does: which licences it must not see, and why."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from permis.national import schema
from permis.national.controle import griefs, passe
from permis.national.controle.limites import COLONNES, FAITS_MAXIMUM, read_limites
from permis.national.lots import LotLu
from permis.national.noyau.entrees import ABSENT

CLE, FAITS = "cle", "faits"


class Constat(NamedTuple):
    """The first fault of one licence: its row in the batch, its key, the fact (-1 for none), the column, the words."""

    ligne: int
    cle: str
    fait: int
    colonne: str
    faute: str
    attendu: str


Masque = npt.NDArray[np.bool_]


class Examen(NamedTuple):
    """What was found: a row of `constats` a licence (fault, fact, column), nought where all is well."""

    paquet: pa.RecordBatch
    lu: LotLu
    constats: npt.NDArray[np.int32]

    @property
    def fautives(self) -> Masque:
        """The licences that the kernel must not see."""
        masque: Masque = self.constats[:, 0] != 0
        return masque

    def tell(self, maximum: int | None = None) -> list[Constat]:
        """The first fault of each faulty licence, in the order of rows."""
        lignes = np.flatnonzero(self.fautives)[:maximum]
        return [_tell(self, int(ligne)) for ligne in lignes]


def examine_paquet(paquet: pa.RecordBatch, lu: LotLu, desordre: Masque | None = None) -> Examen:
    """Find the first fault of each licence of a record batch; `desordre` are the rows whose key is out of order."""
    constats = np.zeros((paquet.num_rows, 3), np.int32)
    fautes, nombre, cache = passe.find_faults(lu.lot, lu.nuls, read_limites())
    if nombre:
        _first_of_each(lu, fautes, constats)
    longues = np.diff(lu.lot.debuts) > FAITS_MAXIMUM
    if longues.any():
        _mark(constats, longues, griefs.TROP_DE_FAITS, FAITS)
    if any(nombre for nom, nombre in lu.nuls.items() if nom not in schema.NULLABLES) or cache:
        _mark_nulls(paquet, lu, constats)
    if desordre is not None:
        _mark(constats, desordre, griefs.DESORDRE, CLE)
    return Examen(paquet, lu, constats)


RANGS = {nom: rang for rang, nom in enumerate(COLONNES)} | {CLE: -1, FAITS: -2, "": -3}
"""The number of a column in what is found; those of the licence itself are below nought."""
NOMS = {rang: nom for nom, rang in RANGS.items()}


def _first_of_each(lu: LotLu, fautes: passe.Fautes, constats: npt.NDArray[np.int32]) -> None:
    """The fault of a licence is that of its first faulty fact."""
    faits = np.flatnonzero(fautes[:, 0])
    lignes, premiers = np.unique(np.searchsorted(lu.lot.debuts, faits, side="right") - 1, return_index=True)
    faits = faits[premiers]
    constats[lignes, 0], constats[lignes, 2] = fautes[faits, 0], fautes[faits, 1]
    constats[lignes, 1] = faits - lu.lot.debuts[lignes]


def _mark(constats: npt.NDArray[np.int32], lignes: Masque, faute: int, colonne: str) -> None:
    constats[lignes] = faute, 0, RANGS[colonne]


def _mark_nulls(paquet: pa.RecordBatch, lu: LotLu, constats: npt.NDArray[np.int32]) -> None:
    """Nulls are rare: they are looked for again, column by column, only where some were counted."""
    faits = paquet.column(FAITS).filter(paquet.column(FAITS).is_valid())
    struct = faits.flatten()
    licences = np.repeat(np.arange(paquet.num_rows), np.diff(lu.lot.debuts))
    for nom in (*reversed(COLONNES), ""):
        nuls = _wrong_nulls(struct, nom)
        for rang in np.flatnonzero(nuls)[::-1]:
            faute = passe.BORNES if nom in schema.NULLABLES else griefs.NUL
            constats[licences[rang]] = faute, rang - lu.lot.debuts[licences[rang]], RANGS[nom]
    for nom in (FAITS, CLE):
        _mark(constats, _to_mask(paquet.column(nom).is_null()), griefs.NUL, nom)


def _wrong_nulls(struct: pa.StructArray, nom: str) -> Masque:
    """The facts whose column is null where it must not be, or holds as a day the number that stands for none."""
    if not nom:
        return _to_mask(struct.is_null())
    rang = struct.type.get_field_index(nom)
    if rang < 0:
        return np.zeros(len(struct), np.bool_)
    champ = struct.field(rang)
    nuls = _to_mask(champ.is_null())
    if nom not in schema.NULLABLES:
        return nuls
    return _to_mask(pc.equal(champ.view(pa.int32()), ABSENT).fill_null(False)) & ~nuls


def _to_mask(booleens: pa.BooleanArray) -> Masque:
    masque: Masque = booleens.to_numpy(zero_copy_only=False)
    return masque


def _tell(examen: Examen, ligne: int) -> Constat:
    faute, fait, colonne = map(int, examen.constats[ligne])
    cle, lot = show_cle(examen.paquet.column(CLE)[ligne]), examen.lu.lot
    if colonne < 0:
        du_fait = NOMS[colonne] == ""
        return Constat(ligne, cle, fait if du_fait else -1, NOMS[colonne] or FAITS, *griefs.PHRASES[faute])
    rang = int(lot.debuts[ligne]) + fait
    return Constat(ligne, cle, fait, f"{FAITS}.{COLONNES[colonne]}", *griefs.tell_grief(faute, colonne, lot, rang))


def show_cle(cle: pa.Scalar) -> str:
    """A key as text: a number, or the UUID's hexadecimal digits; nothing where it is null."""
    valeur = cle.as_py()
    return "" if valeur is None else valeur.hex() if isinstance(valeur, bytes) else str(valeur)


class Ordre:
    """Follows the keys of a whole file, from one record batch to the next: each must be greater than all before."""

    def __init__(self, derniere: int | bytes | None = None) -> None:
        self.derniere = derniere

    def check(self, cles: pa.Array) -> Masque | None:
        """The rows whose key does not follow; None where all do."""
        if not len(cles):
            return None
        if not cles.null_count and self._follows(cles):
            self.derniere = cles[-1].as_py()
            return None
        return self._check_slowly(cles)

    def _follows(self, cles: pa.Array) -> bool:
        nombres = _comparable(cles)
        premiere = cles[0].as_py()
        return (self.derniere is None or premiere > self.derniere) and bool((nombres[1:] > nombres[:-1]).all())

    def _check_slowly(self, cles: pa.Array) -> Masque:
        fautives = np.zeros(len(cles), np.bool_)
        for ligne, cle in enumerate(cles.to_pylist()):
            if cle is None:
                continue
            if self.derniere is not None and cle <= self.derniere:
                fautives[ligne] = True
            else:
                self.derniere = cle
        return fautives


def _comparable(cles: pa.Array) -> npt.NDArray[Any]:
    """Keys that NumPy compares as Arrow orders them: numbers, or bytes one after the other."""
    if cles.type == schema.CLE_ENTIERE:
        nombres: npt.NDArray[np.int64] = cles.to_numpy(zero_copy_only=True)
        return nombres
    octets = np.frombuffer(cles.buffers()[1], np.uint8)
    return octets[cles.offset * 16 : (cles.offset + len(cles)) * 16].view("S16")
