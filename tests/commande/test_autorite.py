"""`permis autorite`: make the keys of trials, show them, renew, withdraw."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from permis.courriers.autorite import published_pem
from tests.commande.conftest import Lancer
from tests.courriers.scelles import use


@pytest.fixture(autouse=True)
def dossier(settings: Settings, tmp_path: Path) -> Path:
    """Where the authority will be; as in production, it is not made by itself."""
    chemin = use(settings, tmp_path / "autorite")
    settings.PERMIS_AUTORITE_A_CREER = False
    return chemin


def test_faire_montrer_renouveler_retirer(permis: Lancer) -> None:
    faite = permis("autorite", "creer")
    assert (faite.statut, faite.erreurs) == (0, "")
    assert permis("autorite", "montrer").sortie == faite.sortie
    assert [ligne.split()[:4] for ligne in faite.sortie.splitlines()[:2]] == [
        ["sceau-0001", "sceau", "en", "service"],
        ["signature-0001", "signature", "en", "service"],
    ]
    assert faite.sortie.splitlines()[2].startswith("SPÉCIMEN")
    renouvelee = permis("autorite", "renouveler").sortie
    assert "sceau-0001           sceau      gardé" in renouvelee
    assert "sceau-0002           sceau      en service   2000-01-01 au 2049-12-31  XX00 0002" in renouvelee
    retiree = permis("autorite", "retirer", "sceau-0002").sortie
    assert "sceau-0001           sceau      en service" in retiree
    assert "sceau-0002           sceau      retiré" in retiree


def test_ce_que_l_on_publie(permis: Lancer) -> None:
    permis("autorite", "creer")
    assert permis("autorite", "montrer", "--pem").sortie == published_pem().decode()


@pytest.mark.parametrize("mots", [("montrer",), ("renouveler",), ("retirer", "sceau-0001")])
def test_sans_autorite(permis: Lancer, mots: tuple[str, ...]) -> None:
    resultat = permis("autorite", *mots)
    assert (resultat.statut, resultat.sortie) == (1, "")
    assert "does not exist; `permis autorite creer` makes one" in resultat.erreurs
    assert resultat.erreurs.count("\n") == 1


def test_faire_deux_fois(permis: Lancer) -> None:
    permis("autorite", "creer")
    resultat = permis("autorite", "creer")
    assert resultat.statut == 1
    assert "exists" in resultat.erreurs


def test_retirer_ce_qui_n_y_est_pas(permis: Lancer) -> None:
    permis("autorite", "creer")
    resultat = permis("autorite", "retirer", "sceau-9999")
    assert resultat.statut == 1
    assert "one of sceau-0001, signature-0001 is expected" in resultat.erreurs


def test_des_cles_ouvertes_a_d_autres(permis: Lancer, dossier: Path) -> None:
    permis("autorite", "creer")
    dossier.chmod(0o750)
    (dossier / "neuf").touch()
    resultat = permis("autorite", "montrer")
    assert resultat.statut == 1
    assert "chmod 700" in resultat.erreurs


@pytest.mark.parametrize("mots", [(), ("detruire",), ("retirer",), ("montrer", "--cles")])
def test_une_demande_inutilisable(permis: Lancer, mots: tuple[str, ...]) -> None:
    assert permis("autorite", *mots).statut == 2
