"""Change the keys while the site runs: row by row, each in a short transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from permis.registre.chiffrement import key_of
from permis.registre.scelles import LigneScellee, sealed_models
from permis.registre.trousseau import add_cle, read_trousseau

LOT = 500


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did: the current key, how many rows were sealed again."""

    courante: str
    lignes: int


def rotate_cles() -> Rotation:
    """Add a key, make it the current one, and seal every row of every room again with it. Writers go on meanwhile.

    The former keys stay in the ring: backups are sealed with them, and the references of facts, which never change,
    are indexed with them.
    """
    add_cle()
    return reseal_all()


def reseal_all() -> Rotation:
    """Seal again with the current key whatever another key sealed: what an interrupted rotation left, too."""
    lignes = 0
    while passe := sum(_reseal_table(modele) for modele in sealed_models()):  # a writer may have held the former key
        lignes += passe
    return Rotation(read_trousseau().courante.nom, lignes)


def _reseal_table(modele: type[LigneScellee]) -> int:
    return sum(_reseal_row(modele, pk) for pk in _outdated(modele))


def _outdated(modele: type[LigneScellee]) -> Iterator[Any]:
    """Keys of the rows that something else than the current key seals or indexes, read by pages."""
    gestionnaire, derniere = modele._default_manager, None  # noqa: SLF001
    courante = read_trousseau().courante.nom
    while True:
        suite = gestionnaire.all() if derniere is None else gestionnaire.filter(pk__gt=derniere)
        page = list(suite.order_by("pk")[:LOT])
        yield from (ligne.pk for ligne in page if not _is_current(ligne, courante))
        if len(page) < LOT:
            return
        derniere = page[-1].pk


def _is_current(ligne: LigneScellee, courante: str) -> bool:
    scelles = [getattr(ligne, colonne) for colonne in ligne.COLONNES_SCELLEES]
    return all(octets is None or key_of(bytes(octets)) == courante for octets in scelles)


@transaction.atomic
def _reseal_row(modele: type[LigneScellee], pk: object) -> int:
    """Seal one row again; 1, or 0 if it is gone meanwhile."""
    ligne = modele._default_manager.select_for_update(no_key=True).filter(pk=pk).first()  # noqa: SLF001
    if ligne is None:
        return 0
    avant = {champ.attname: getattr(ligne, champ.attname) for champ in ligne._meta.concrete_fields}  # noqa: SLF001
    ligne.seal_columns(**{colonne: ligne.unseal_column(colonne) for colonne in ligne.COLONNES_SCELLEES})
    ligne.save(update_fields=[nom for nom, valeur in avant.items() if getattr(ligne, nom) != valeur])
    return 1
