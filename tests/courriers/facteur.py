"""A process that does one work of the outbox until it ends or is killed: `python -m tests.courriers.facteur TRAVAIL`.

Around each thing that must not be half done it says a line, for whoever kills it to choose the moment.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import django

from tests.registre.ecrivain import PRET, say

POINT: Final = "."
FINI: Final = "fini"
TOURNEE: Final = timedelta(days=10)
"""How long after a drop the post has said all it has to say."""


def dire_autour(module: Any, nom: str) -> None:
    """Say a line before and after each call."""
    vrai: Callable[..., Any] = getattr(module, nom)

    def dit(*arguments: Any, **autres: Any) -> Any:
        say(POINT)
        try:
            return vrai(*arguments, **autres)
        finally:
            say(POINT)

    setattr(module, nom, dit)


def devoir(dossier: Path, at: datetime) -> None:
    from permis.courriers import dus  # noqa: PLC0415

    dus.TRANCHE = 10
    dire_autour(dus, "reconcile")
    dus.owe_all(at=at)


def ecrire(dossier: Path, at: datetime) -> None:
    from permis.courriers import ecriture  # noqa: PLC0415

    ecriture.TRANCHE = 3  # type: ignore[misc]
    dire_autour(ecriture, "prepare_courrier")
    dire_autour(ecriture, "keep_courrier")
    assert not ecriture.write_due(at=at).echecs


def remettre(dossier: Path, at: datetime) -> None:
    from permis.courriers.voies import imprimerie  # noqa: PLC0415

    for nom in ("decide", "pdf_of", "_keep_digest", "publish", "_note_remis"):
        dire_autour(imprimerie, nom)
    assert not imprimerie.drop(dossier, at=at, nombre=200).refusees


def recevoir(dossier: Path, at: datetime) -> None:
    """The post answers for each drop that it found: posted, and signed for where there is something to sign."""
    from permis.courriers import recepisses  # noqa: PLC0415

    dire_autour(recepisses, "_take_one")
    for remise in sorted(dossier.glob("remise-*.zip")):
        bilan = recepisses.take(repondre(remise, at), at=at + TOURNEE)
        assert not bilan.rejets, bilan.rejets[:3]


def repondre(remise: Path, at: datetime) -> Iterator[str]:
    """The same lines whenever they are asked: dated from the drop."""
    from permis.courriers.models import Remise  # noqa: PLC0415

    poste = Remise.objects.get(fichier=remise.name).le + timedelta(days=1)
    yield "courrier;evenement;date;reference"
    for pli in lire_manifeste(remise):
        yield f"{pli['courrier']};poste;{poste};{remise.name}"
        if pli["voie"] == "recommande":
            yield f"{pli['courrier']};AR;{poste + timedelta(days=2)};{remise.name}"


def lire_manifeste(remise: Path) -> list[dict[str, str]]:
    """The lines of the manifest of a drop."""
    with zipfile.ZipFile(remise) as archive:
        texte = archive.read("manifeste.csv").decode()
    return list(csv.DictReader(io.StringIO(texte), delimiter=";"))


def tout(dossier: Path, at: datetime) -> None:
    for travail in (devoir, ecrire, remettre, recevoir):
        travail(dossier, at)


TRAVAUX: Final = {"devoir": devoir, "ecrire": ecrire, "remettre": remettre, "recevoir": recevoir, "tout": tout}

if __name__ == "__main__":
    django.setup()
    travail, ou, quand = sys.argv[1:]
    say(PRET)
    TRAVAUX[travail](Path(ou), datetime.fromisoformat(quand))
    say(FINI)
