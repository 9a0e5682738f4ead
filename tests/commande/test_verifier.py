"""`permis verifier`: a sentence and a status, from a PDF, a picture or a text, with or without the site."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from permis.courriers.autorite import published_pem
from permis.courriers.emission import create_autorite
from permis.courriers.sceau import seal_courrier, seal_document
from permis.courriers.signature import sign_pdf
from tests.commande.conftest import Lancer
from tests.courriers.scelles import LETTRE, MIDI, RELEVE, draw_matrice, page, use


@pytest.fixture(autouse=True)
def autorite(settings: Settings, tmp_path: Path) -> Path:
    """The authority of the site."""
    dossier = use(settings, tmp_path / "autorite")
    create_autorite(dossier)
    return dossier


@pytest.fixture
def pem(tmp_path: Path) -> str:
    (tmp_path / "publie.pem").write_bytes(published_pem())
    return str(tmp_path / "publie.pem")


def ecrire(dossier: Path, octets: bytes) -> str:
    chemin = dossier / "document"
    chemin.write_bytes(octets)
    return str(chemin)


def image_de(*codes: str) -> bytes:
    """The seals on one sheet."""
    feuille = Image.new("L", (600, 400 * len(codes)), 255)
    for rang, code in enumerate(codes):
        feuille.paste(draw_matrice(code, 5), (40, 400 * rang + 40))
    sortie = io.BytesIO()
    feuille.save(sortie, "PNG")
    return sortie.getvalue()


def test_un_pdf(permis: Lancer, tmp_path: Path, pem: str) -> None:
    signe = ecrire(tmp_path, sign_pdf(page(), at=MIDI))
    for mots in ((signe,), (signe, "--autorite", pem)):
        resultat = permis("verifier", *mots)
        assert (resultat.statut, resultat.erreurs) == (0, "")
        assert resultat.sortie == (
            "Authentique, signé le 01/06/2026 à 12:00 UTC, numéro ABCD-EFGH-JKMN-PQRS, SPÉCIMEN sans valeur.\n"
        )


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (LETTRE, "Authentique, lettre 48, solde 9, numéro ABCD-EFGH-JKMN-PQRS, SPÉCIMEN sans valeur.\n"),
        (RELEVE, "Authentique, relevé ADC, numéro ABCD-EFGH-JKMN-PQRS, SPÉCIMEN sans valeur.\n"),
    ],
)
def test_le_texte_ou_l_image_d_un_sceau(
    permis: Lancer, tmp_path: Path, contenu: dict[str, object], phrase: str
) -> None:
    code = seal_courrier(contenu) if "reference" in contenu else seal_document(contenu)
    for octets in (code.encode(), f"{code}\n".encode(), image_de(code)):
        resultat = permis("verifier", ecrire(tmp_path, octets))
        assert (resultat.statut, resultat.sortie) == (0, phrase)
    assert permis("verifier", "-", entree=code.encode()).sortie == phrase


def test_une_image_dont_un_sceau_est_faux(permis: Lancer, tmp_path: Path) -> None:
    vrai = seal_courrier(LETTRE)
    resultat = permis("verifier", ecrire(tmp_path, image_de(vrai, vrai.replace("AG9", "AGC"))))
    assert resultat.statut == 1
    assert "authentique" in resultat.sortie.lower()
    assert "modifié" in resultat.sortie


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"%PDF-1.7 rien", "Sans signature.\n"),
        (b"", "Ni un PDF signé, ni un sceau 2D-Doc que nous écrivons.\n"),
        (b"\x00\xff\xfe" * 100, "Ni un PDF signé, ni un sceau 2D-Doc que nous écrivons.\n"),
        (b"\x89PNG\r\n\x1a\nrien", "Image illisible, ou trop grande (JPEG, PNG, WebP).\n"),
        (b"RIFF", "Image illisible"),
    ],
)
def test_ce_qui_n_est_pas_un_document(permis: Lancer, tmp_path: Path, octets: bytes, phrase: str) -> None:
    resultat = permis("verifier", ecrire(tmp_path, octets))
    assert (resultat.statut, resultat.erreurs) == (1, "")
    assert resultat.sortie.startswith(phrase)


def test_une_image_sans_sceau(permis: Lancer, tmp_path: Path) -> None:
    sortie = io.BytesIO()
    Image.new("L", (90, 90), 255).save(sortie, "PNG")
    resultat = permis("verifier", ecrire(tmp_path, sortie.getvalue()))
    assert (resultat.statut, resultat.sortie[:12]) == (1, "Aucun 2D-Doc")


def test_un_document_change_ou_d_une_autre_autorite(
    permis: Lancer, settings: Settings, tmp_path: Path, pem: str
) -> None:
    signe = sign_pdf(page(), at=MIDI)
    change = permis("verifier", ecrire(tmp_path, signe.replace(b"/Type", b"/Tipe", 1)))
    assert (change.statut, change.sortie[:7]) == (1, "Modifié")
    use(settings, tmp_path / "autre")
    create_autorite(tmp_path / "autre")
    autre = ecrire(tmp_path, sign_pdf(page(), at=MIDI))
    assert permis("verifier", autre).statut == 0
    refus = permis("verifier", autre, "--autorite", pem)
    assert (refus.statut, refus.sortie[:25]) == (1, "Signé par quelqu'un d'aut")


@pytest.mark.parametrize("mots", [(), ("nulle-part",), ("{doc}", "--autorite", "nulle-part"), ("{doc}", "-x"), (".",)])
def test_une_demande_inutilisable(permis: Lancer, tmp_path: Path, mots: tuple[str, ...]) -> None:
    document = ecrire(tmp_path, b"%PDF-1.7")
    resultat = permis("verifier", *(mot.format(doc=document) for mot in mots))
    assert (resultat.statut, resultat.sortie) == (2, "")
    assert resultat.erreurs.count("\n") == 1


def test_des_certificats_qui_n_en_sont_pas(permis: Lancer, tmp_path: Path) -> None:
    document = ecrire(tmp_path, b"%PDF-1.7")
    resultat = permis("verifier", document, "--autorite", document)
    assert resultat.statut == 2
    assert resultat.erreurs == "permis verifier: autorité : this is not a file of certificates (PEM)\n"


def test_verifier_ne_fait_pas_d_autorite(permis: Lancer, settings: Settings, tmp_path: Path) -> None:
    use(settings, tmp_path / "absente")
    resultat = permis("verifier", ecrire(tmp_path, b"%PDF-1.7"))
    assert resultat.statut == 2
    assert "give --autorite" in resultat.erreurs
    assert not (tmp_path / "absente").exists()


def test_sans_reglages_ni_base_avec_les_certificats_publies(tmp_path: Path, pem: str) -> None:
    """As a process elsewhere: no settings, no Django started, no network."""
    code = (
        "import socket, sys; socket.socket.connect = socket.getaddrinfo = None;"
        "from permis.commande.__main__ import main; statut = main(sys.argv[1:]);"
        "print([m for m in ('django.db', 'django.apps', 'typst') if m in sys.modules]); sys.exit(statut)"
    )
    signe = ecrire(tmp_path, sign_pdf(page(), at=MIDI))
    mots = [sys.executable, "-c", code, "verifier", signe, "--autorite", pem]
    fini = subprocess.run(mots, capture_output=True, check=False, env={"PATH": ""}, cwd=tmp_path)
    assert fini.returncode == 0, fini.stderr
    assert fini.stdout.decode().startswith("Authentique")
    assert fini.stdout.endswith(b"[]\n")
