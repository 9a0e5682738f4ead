"""Rows with sealed columns: what key rotation must know of them, in whatever room they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.apps import apps
from django.db import models

from permis.registre.chiffrement import ScelleError, blind_index, blind_indexes, seal, unseal


class LigneScellee(models.Model):
    """A table with sealed columns (binary) and blind indexes of what they hold. Its primary key is known before it is
    written (a UUID), since a sealed value is bound to its row.
    """

    COLONNES_SCELLEES: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def index_columns(self, ouverts: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
        """For each column of blind index, its domain and the text that it indexes, from the sealed columns opened."""
        del ouverts
        return {}

    def unseal_column(self, colonne: str) -> str | None:
        """The text of one sealed column; None where there is none."""
        octets = getattr(self, colonne)
        return None if octets is None else unseal(self._meta.db_table, colonne, self.pk, bytes(octets))

    def seal_columns(self, **textes: str | None) -> None:
        """Seal the texts into their columns, and index what is found by them, under the current key."""
        for colonne, texte in textes.items():
            scelle = None if texte is None else seal(self._meta.db_table, colonne, self.pk, texte)
            setattr(self, colonne, scelle)
        if set(textes) == set(self.COLONNES_SCELLEES):
            for colonne, (domaine, texte) in self.index_columns(textes).items():
                setattr(self, colonne, blind_index(domaine, texte))

    def find_altered(self) -> list[str]:
        """The columns of this row that do not open, or whose index is not that of what they seal."""
        ouverts: dict[str, str | None] = {}
        for colonne in self.COLONNES_SCELLEES:
            try:
                ouverts[colonne] = self.unseal_column(colonne)
            except ScelleError:
                continue
        if fermees := [colonne for colonne in self.COLONNES_SCELLEES if colonne not in ouverts]:
            return fermees
        index = self.index_columns(ouverts).items()
        return [colonne for colonne, attendu in index if getattr(self, colonne) not in blind_indexes(*attendu)]


def sealed_models() -> list[type[LigneScellee]]:
    """The tables with sealed columns, in every room."""
    return [modele for modele in apps.get_models() if issubclass(modele, LigneScellee)]
