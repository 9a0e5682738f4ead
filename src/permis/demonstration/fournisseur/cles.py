"""The signing keys: made on first use, kept in an ignored file that every worker reads."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from django.conf import settings
from joserfc.jwk import ECKey

from permis.demonstration.fournisseur.regles import Fournisseur


def signing_key(fournisseur: Fournisseur) -> ECKey:
    """The private key of a provider (ES256). Read each time: a key that was replaced is used at once."""
    fichier = _path(fournisseur)
    if not fichier.exists():
        _make(fichier)
    return ECKey.import_key(json.loads(fichier.read_text(encoding="ascii")))


def _path(fournisseur: Fournisseur) -> Path:
    return Path(settings.RACINE) / "var" / f"demonstration-{fournisseur.nom}.json"


def _make(fichier: Path) -> None:
    """Write a key whole, then give it its name: of two workers that start together, the first one wins."""
    fichier.parent.mkdir(exist_ok=True)
    cle = ECKey.generate_key("P-256", auto_kid=True)
    descripteur, provisoire = tempfile.mkstemp(dir=fichier.parent)  # 0600
    try:
        with os.fdopen(descripteur, "w", encoding="ascii") as sortie:
            json.dump(cle.as_dict(private=True), sortie)
        os.link(provisoire, fichier)
    except FileExistsError:
        pass
    finally:
        Path(provisoire).unlink()
