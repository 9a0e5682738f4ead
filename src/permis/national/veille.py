"""The answers of a day: what they say that they answer, and how they are spread over the licences of a batch."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from permis.droit.options import Options
from permis.national import journee, schema
from permis.national.accompagnement import Prises, refuse
from permis.national.demande import digest_loi
from permis.national.fichiers.execution import MANIFESTE, beside
from permis.national.loi import Loi
from permis.national.noyau import ABSENT

DEMANDE: Final = b"permis.demande"
"""In the schema of the answers that a run leaves: what they answer, for the run that starts from them."""
VIDES: Final = {"prochain_motif": -1}
"""What the kernel says where nothing is to come, beside `ABSENT` and 0."""


def spread(prises: Prises, nom: str, longueur: int) -> npt.NDArray[Any]:
    """A column of answers, licence by licence; null, or not answered, is what the kernel says of nothing."""
    colonne = prises.lignes.column(nom)
    if schema.SOLDES[nom] == pa.date32():
        colonne = colonne.view(pa.int32())
    vide = ABSENT if schema.SOLDES[nom] == pa.date32() else VIDES.get(nom, 0)
    nombres = colonne.fill_null(vide).to_numpy(zero_copy_only=False)
    etalee = np.full(longueur, vide, nombres.dtype)
    etalee[prises.places] = nombres
    return etalee


def describe_reponses(le: date, options: Options, tables: Loi) -> dict[str, Any]:
    """What the answers of a day answer, as the manifest of a run says it."""
    return {
        "le": str(le),
        "connu_le": str(le),
        "options": journee.describe_options(options),
        "loi": digest_loi(tables),
    }


def read_demande(chemin: Path, forme: pa.Schema) -> dict[str, Any]:
    """What answers say that they answer: in themselves, or in the manifest beside them; nothing where neither does."""
    metadonnees = forme.metadata or {}
    if DEMANDE in metadonnees:
        lue: dict[str, Any] = json.loads(metadonnees[DEMANDE])
        return lue
    manifeste = beside(chemin, MANIFESTE)
    if not manifeste.is_file():
        return {}
    objet = json.loads(manifeste.read_bytes())
    if not objet.get("finie"):
        raise refuse(chemin, "ces réponses ne sont pas finies", "une exécution de « permis national solder » achevée")
    parametres: dict[str, Any] = objet["parametres"]
    return parametres


def check_listes(chemin: Path, forme: pa.Schema) -> None:
    """Answers count as we do: what they say of validities and of what comes next is kept as it is."""
    notres = schema.listes_des_reponses(())
    lues = json.loads((forme.metadata or {}).get(schema.LISTES, b"{}"))
    for nom in ("validites", "motifs"):
        if lues.get(nom) != notres[nom]:
            raise refuse(chemin, f"la liste {nom} n'est pas celle de cette version", "des réponses de cette version")
