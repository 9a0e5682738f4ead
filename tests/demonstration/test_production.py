"""Production has no demonstration: neither its application, nor an address, nor its people."""

import os
import subprocess
import sys

from tests.architecture.test_production import VARIABLES

PROGRAMME = """
import django
from django.apps import apps
django.setup()
assert not apps.is_installed("permis.demonstration")
from django.urls import Resolver404, get_resolver
import permis.config.urls
for debut in ("/", "/en/"):
    for reste in ("", "franceconnect/api/v2/jwks", "proconnect/api/v2/authorize"):
        try:
            get_resolver().resolve(f"{debut}demonstration/{reste}")
        except Resolver404:
            continue
        raise SystemExit(f"{debut}demonstration/{reste} answers")
import sys
print([module for module in sys.modules if module.startswith("permis.demonstration")])
"""


def test_la_production_ne_charge_pas_la_demonstration() -> None:
    propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("PERMIS_", "DATABASE_"))}
    environnement = propre | {"DJANGO_SETTINGS_MODULE": "permis.config.settings.prod"} | VARIABLES
    resultat = subprocess.run(
        [sys.executable, "-c", PROGRAMME], env=environnement, capture_output=True, text=True, check=False
    )
    assert resultat.returncode == 0, resultat.stderr
    assert resultat.stdout.strip() == "[]"
