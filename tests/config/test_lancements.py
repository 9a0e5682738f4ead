"""Two runs of the tests in one tree each have their database, shared with what they start, and leave nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

DIRE = """
import json, os, subprocess, sys
from django.conf import settings
from django.db import connection
connection.ensure_connection()
nom = connection.settings_dict["NAME"]
open(nom + "_gw0", "w").close()
enfant = sys.argv[1:] and subprocess.check_output([sys.executable, "-c", sys.argv[1]], text=True)
print(json.dumps([nom, json.loads(enfant)[0] if enfant else "", os.path.exists(nom)]))
"""


def lancer() -> tuple[Path, Path, bool]:
    """A run without DATABASE_URL, and a process that it starts."""
    propre = {nom: valeur for nom, valeur in os.environ.items() if nom not in {"DATABASE_URL", "PERMIS_LANCEMENT"}}
    environnement = propre | {"DJANGO_SETTINGS_MODULE": "permis.config.settings.test"}
    sortie = subprocess.check_output([sys.executable, "-c", DIRE, DIRE], env=environnement, text=True)
    nom, enfant, existe = json.loads(sortie)
    return Path(nom), Path(enfant), existe


def test_deux_lancements_ont_chacun_leur_base_et_ne_laissent_rien() -> None:
    (une, enfant, existait), (autre, *_) = lancer(), lancer()
    assert une != autre
    assert (enfant, existait) == (une, True)  # the end of a process that a run started removes nothing
    assert not [*une.parent.glob(f"{une.stem}*"), *autre.parent.glob(f"{autre.stem}*")]
