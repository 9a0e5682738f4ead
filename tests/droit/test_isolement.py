"""The law stands alone: it loads without Django, and `make test-droit` runs where Django is not installed."""

import importlib.util
import os
import subprocess
import sys

CHARGER = """
import pkgutil, sys
avant = set(sys.modules)
import permis.droit
for module in pkgutil.walk_packages(permis.droit.__path__, "permis.droit."):
    __import__(module.name)
etrangers = {nom.partition(".")[0] for nom in set(sys.modules) - avant} - sys.stdlib_module_names - {"permis"}
sys.exit(f"permis.droit loads {sorted(etrangers)}" if etrangers else 0)
"""


if "PERMIS_DROIT_SEUL" in os.environ:

    def test_django_n_est_pas_installe() -> None:
        assert importlib.util.find_spec("django") is None


def test_charger_tout_le_droit_ne_charge_que_la_bibliotheque_standard() -> None:
    resultat = subprocess.run([sys.executable, "-c", CHARGER], capture_output=True, text=True, check=False)
    assert resultat.returncode == 0, resultat.stderr
