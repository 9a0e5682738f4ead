"""What a comparison leaves in a folder: one CSV a table, all of it as JSON, and a page to read."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

from permis.national.fichiers.ecriture import writable
from permis.national.reforme.exemples import Cas, Etape
from permis.national.reforme.tableaux import Tableau, Valeur

FORMAT = "permis/reforme/1"


def write_sorties(
    dossier: Path, tableaux: Sequence[Tableau], resume: Mapping[str, Any], page: str | None
) -> list[Path]:
    """Write everything; a file appears whole or not at all. The files; EcritureImpossibleError where one cannot."""
    with writable(dossier):
        dossier.mkdir(parents=True, exist_ok=True)
    textes = {f"{tableau.nom}.csv": write_csv(tableau) for tableau in tableaux}
    textes["reforme.json"] = json.dumps(resume, ensure_ascii=False, indent=1) + "\n"
    if page is not None:
        textes["rapport.html"] = page
    return [_write(dossier / nom, texte) for nom, texte in textes.items()]


def _write(chemin: Path, texte: str) -> Path:
    provisoire = chemin.with_name(f".{chemin.name}.{os.getpid()}")
    with writable(chemin):
        try:
            provisoire.write_text(texte, encoding="utf-8", newline="")
            provisoire.replace(chemin)
        finally:
            provisoire.unlink(missing_ok=True)
    return chemin


def write_csv(tableau: Tableau) -> str:
    """A table as CSV: commas, a header, no formula that a spreadsheet would run."""
    flux = StringIO()
    ecrivain = csv.writer(flux, lineterminator="\n")
    ecrivain.writerow(tableau.entetes)
    ecrivain.writerows([_safe(valeur) for valeur in ligne] for ligne in tableau.lignes)
    return flux.getvalue()


def _safe(valeur: object) -> object:
    """A text that a spreadsheet would read as a formula is quoted."""
    return f"'{valeur}" if isinstance(valeur, str) and valeur.startswith(("=", "+", "-", "@")) else valeur


def summarize(
    entete: Mapping[str, Any], tableaux: Sequence[Tableau], cas: Mapping[str, Sequence[Cas]]
) -> dict[str, Any]:
    """Everything as one JSON value."""
    return {
        "format": FORMAT,
        **entete,
        "tableaux": {
            tableau.nom: {"titre": tableau.titre, "entetes": tableau.entetes, "lignes": _rows(tableau)}
            for tableau in tableaux
        },
        "exemples": {sens: [_cas(un) for un in suite] for sens, suite in cas.items()},
    }


def _rows(tableau: Tableau) -> list[list[int | float | str]]:
    return [[_plain(valeur) for valeur in ligne] for ligne in tableau.lignes]


def _cas(cas: Cas) -> dict[str, Any]:
    return {**cas._asdict(), "premiere": _etape(cas.premiere), "bascule": _etape(cas.bascule)}


def _etape(etape: Etape | None) -> dict[str, str] | None:
    return None if etape is None else {"date": str(etape.date), "avant": etape.avant, "apres": etape.apres}


def table_exemples(cas: Mapping[str, Sequence[Cas]]) -> Tableau:
    """The examples as a table."""
    lignes: list[Sequence[str | int]] = []
    for sens, suite in cas.items():
        for un in suite:
            premiere = un.premiere
            jour, avant, apres = (str(premiere.date), premiere.avant, premiere.apres) if premiere else ("", "", "")
            lignes.append(
                (
                    sens,
                    un.cle,
                    un.solde_avant,
                    un.solde_apres,
                    un.validite_avant,
                    un.validite_apres,
                    jour,
                    avant,
                    apres,
                )
            )
    entetes = (
        "sens", "clé", "solde avant", "solde après", "validité avant", "validité après",
        "premier écart", "avant ce jour-là", "après ce jour-là",
    )  # fmt: skip
    lecture = "Les plus grands écarts, puis l'ordre des clés."
    return Tableau("exemples", "Exemples", lecture, entetes, lignes, 2)


def _plain(valeur: Valeur) -> int | float | str:
    """A value that JSON has; euros keep their cents as text."""
    return str(valeur) if isinstance(valeur, Decimal) else valeur
