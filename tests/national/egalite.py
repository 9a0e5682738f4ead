"""The kernel beside `droit` on lives: what differs, told so that a person can play it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import NamedTuple

from permis.droit.releve import Lectures
from permis.national.assemblage import build_lot
from permis.national.colonnes import encode_dossier
from permis.national.demande import Demande
from permis.national.ecarts import Ecart, compare_permis, read_etat
from permis.national.lignes import Ligne, decode_dossier
from permis.national.loi import Loi, read_loi
from permis.national.noyau import detailler, solder
from tests.droit.strategies import without
from tests.droit.tirage import write_fait
from tests.national.vies import Vie

GROUPE = 16
"""Licences given to the kernel at once: none must leave anything to the next."""


class Difference(NamedTuple):
    """A life on which the two answers differ, what was asked, and where they differ."""

    lignes: Sequence[Ligne]
    demande: Demande
    ecarts: Sequence[Ecart]

    def __str__(self) -> str:
        ecarts = "\n".join(f"  {e.colonne}: noyau {e.noyau} | droit {e.droit}" for e in self.ecarts)
        return f"{write_life(self.lignes, self.demande)}\n{ecarts}"


def differences(vies: Iterable[Vie]) -> Iterator[Difference]:
    """Every question on which the kernel does not answer as `droit`, group after group."""
    groupe: list[Vie] = []
    for vie in vies:
        groupe.append(vie)
        if len(groupe) == GROUPE:
            yield from _differences_of_group(groupe)
            groupe = []
    yield from _differences_of_group(groupe)


def _differences_of_group(vies: Sequence[Vie]) -> Iterator[Difference]:
    lot, loi = build_lot(vie.lignes for vie in vies), read_law()
    for rang, vie in enumerate(vies):
        lectures = Lectures(decode_dossier(vie.lignes))
        for demande in vie.demandes:
            detail, soldes = detailler(lot, loi, demande.question), solder(lot, loi, demande.question)
            ecarts = compare_permis(lectures, detail, rang, demande)
            seul, avec = read_etat(soldes, rang), read_etat(detail.soldes, rang)
            if seul != avec:
                ecarts.append(Ecart("solder", str(seul), f"detailler: {avec}"))
            if ecarts:
                yield Difference(vie.lignes, demande, ecarts)


def shrink(difference: Difference) -> Difference:
    """A smaller life on which they differ: facts are left out one after the other while they do."""
    faits = decode_dossier(difference.lignes)
    for fait in reversed(faits):
        lignes = encode_dossier(without(faits, fait))
        autre = next(differences([Vie(lignes, [difference.demande])]), None)
        if autre is not None:
            return shrink(autre)
    return difference


@cache
def read_law() -> Loi:
    """The tables of the law in force, read once."""
    return read_loi()


def write_life(lignes: Sequence[Ligne], demande: Demande) -> str:
    """One line that `permis releve -` reads."""
    faits = [write_fait(fait) for fait in decode_dossier(lignes)]
    jours = {"le": demande.le, "connu_le": demande.connu_le}
    dossier = {"version": 1, "faits": faits, **jours, "options": asdict(demande.options)}
    return json.dumps(dossier, default=_write, ensure_ascii=False)


def _write(valeur: date) -> str:
    return valeur.isoformat()
