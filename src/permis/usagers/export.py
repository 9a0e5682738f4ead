"""The history as CSV, for the spreadsheets that French administrations and people use."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from permis.typographie import write
from permis.usagers.historique import Genre, Ligne

BOM: Final = "\ufeff"
NOMBRE: Final = re.compile(r"-?\d+")
DANGEREUX: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters that a spreadsheet takes for a formula."""


def write_csv(lignes: Iterable[Ligne]) -> str:
    """One row a line, the latest first: UTF-8 with its mark, semicolons, nothing that a spreadsheet would run."""
    sortie = io.StringIO()
    tableau = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    tableau.writerow(_entete())
    tableau.writerows([neutralise(case) for case in _row(ligne)] for ligne in lignes)
    return BOM + sortie.getvalue()


def neutralise(case: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain number stays one."""
    return f"'{case}" if case.startswith(DANGEREUX) and not NOMBRE.fullmatch(case) else case


def _entete() -> list[str]:
    return [
        _("Nature"),
        _("Commis ou accompli le"),
        _("Prend effet le"),
        _("Connu du fichier le"),
        _("Motif"),
        _("Fait"),
        _("Points"),
        _("Solde"),
        _("Plafond"),
        _("Ne tient plus depuis le"),
        _("Article"),
        _("Explication"),
    ]


def _row(ligne: Ligne) -> list[str]:
    return [
        _nature(ligne),
        _day(ligne.commise_le),
        _day(ligne.effet_le),
        _day(ligne.connu_le),
        str(ligne.motif),
        ligne.fait,
        _number(ligne.points),
        _number(ligne.solde),
        _number(ligne.plafond),
        _day(ligne.cesse_le),
        ligne.article,
        write(ligne.explication),
    ]


def _nature(ligne: Ligne) -> str:
    if ligne.genre is Genre.CORRECTION:
        return _("Correction")
    return _("Pas encore effectif") if ligne.genre is Genre.EN_ATTENTE else _("Mouvement")


def _day(jour: date | None) -> str:
    return jour.isoformat() if jour else ""


def _number(nombre: int | None) -> str:
    return "" if nombre is None else str(nombre)
