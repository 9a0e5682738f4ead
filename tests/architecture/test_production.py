"""The production settings: refused without their variables, and without a warning of `check --deploy`."""

import os
import subprocess
import sys

import pytest

COMMANDE = [sys.executable, "-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
VARIABLES = {
    "PERMIS_SECRET_KEY": "a key of the tests, long and with enough 0123456789 letters in it",
    "PERMIS_HOSTS": "permis.example",
    "DATABASE_URL": "postgres://permis@base.example/permis",
    "PERMIS_TROUSSEAU": "/etc/permis/trousseau.json",
    "PERMIS_AUTORITE": "/etc/permis/autorite",
    "PERMIS_COURRIERS_DEPUIS": "2027-01-04",
    "FRANCECONNECT_ISSUER": "https://oidc.franceconnect.gouv.fr/api/v2",
    "FRANCECONNECT_CLIENT_ID": "client",
    "FRANCECONNECT_CLIENT_SECRET": "secret",
    "PROCONNECT_ISSUER": "https://auth.agentconnect.gouv.fr/api/v2",
    "PROCONNECT_CLIENT_ID": "client",
    "PROCONNECT_CLIENT_SECRET": "secret",
}
PREFIXES = ("DJANGO_", "PERMIS_", "DATABASE_", "FRANCECONNECT_", "PROCONNECT_")


def verifier(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(PREFIXES)}
    environnement = propre | {"DJANGO_SETTINGS_MODULE": "permis.config.settings.prod"} | variables
    return subprocess.run(COMMANDE, env=environnement, capture_output=True, text=True, check=False)


def test_les_reglages_de_production_passent_check_deploy() -> None:
    resultat = verifier(VARIABLES)
    assert resultat.returncode == 0, resultat.stderr


@pytest.mark.parametrize("absente", VARIABLES)
def test_la_production_refuse_de_demarrer_sans_ses_variables(absente: str) -> None:
    resultat = verifier({nom: valeur for nom, valeur in VARIABLES.items() if nom != absente})
    assert resultat.returncode != 0
    assert absente in resultat.stderr


@pytest.mark.parametrize("issuer", ["http://oidc.exemple/api/v2", "https://oidc.exemple/api/v2/", "oidc.exemple"])
def test_la_production_refuse_un_fournisseur_mal_nomme(issuer: str) -> None:
    resultat = verifier(VARIABLES | {"FRANCECONNECT_ISSUER": issuer})
    assert resultat.returncode != 0
    assert "FRANCECONNECT_ISSUER must be the https address" in resultat.stderr


def test_un_jour_illisible_est_refuse() -> None:
    resultat = verifier(VARIABLES | {"PERMIS_COURRIERS_DEPUIS": "4 janvier 2027"})
    assert resultat.returncode != 0
    assert "PERMIS_COURRIERS_DEPUIS is not a day" in resultat.stderr
