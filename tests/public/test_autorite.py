"""The certificates are published, without a key, and enough to check a letter with."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from permis.courriers.autorite import read_pem
from permis.courriers.emission import create_autorite, withdraw
from permis.courriers.lecture_sceau import check_2ddoc
from permis.courriers.sceau import seal_courrier
from tests.courriers.scelles import LETTRE, MIDI, use

ADRESSE = "/.well-known/permis-autorite.pem"


@pytest.fixture(autouse=True)
def autorite(settings: Settings, tmp_path: Path) -> Path:
    dossier = use(settings, tmp_path / "autorite")
    create_autorite(dossier)
    return dossier


def test_les_certificats_publies(client: Client) -> None:
    reponse = client.get(ADRESSE)
    assert reponse.status_code == 200
    assert reponse.headers["Content-Type"] == "application/x-pem-file"
    assert reponse.headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in reponse.headers
    assert b"PRIVATE" not in reponse.content
    assert check_2ddoc(seal_courrier(LETTRE), at=MIDI, autorite=read_pem(reponse.content)).is_authentique


def test_un_certificat_retire_n_y_est_plus(client: Client, autorite: Path) -> None:
    avant = client.get(ADRESSE).content
    withdraw(autorite, "signature-0001")
    apres = client.get(ADRESSE).content
    assert avant.count(b"BEGIN") == 3
    assert apres.count(b"BEGIN") == 2


def test_on_ne_fait_que_lire(client: Client) -> None:
    assert client.post(ADRESSE).status_code == 405
    assert client.head(ADRESSE).content == b""
