"""A letter kept is read again as it was, its page made again is the same, and its number finds it."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from permis.courriers import lettres
from permis.courriers.adresses import lignes_du_pli, receive_adresse
from permis.courriers.dus import owe
from permis.courriers.ecriture import write_due
from permis.courriers.etapes import abandon, note
from permis.courriers.lettres import EmpreinteError, find_courrier, list_to_send, pdf_of, read_courrier
from permis.courriers.models import Courrier, CourrierDu, Remise, SourceAdresse, Statut, Voie
from permis.courriers.numeros import make_numero, normalise_numero
from permis.courriers.signature import check_pdf
from permis.registre.chiffrement import ScelleError
from permis.registre.rotation import rotate_cles
from tests.courriers.test_dus import ouvert
from tests.registre.fabrique import MIDI, infraction, realite

pytestmark = pytest.mark.django_db
JOUR = date(2026, 3, 10)


@pytest.fixture
def courrier(settings: Any, tmp_path: Path) -> Courrier:
    """A letter 48, whole, under a ring that the test may change."""
    settings.PERMIS_TROUSSEAU = tmp_path / "trousseau.json"
    dossier = ouvert(infraction("i1"), realite("i1"))
    receive_adresse(dossier, ["12 RUE DES LILAS", "75011 PARIS"], SourceAdresse.TITRE, JOUR, at=MIDI)
    owe(dossier, at=MIDI)
    assert write_due(at=MIDI).notifications == 1
    return Courrier.objects.get()


def test_ce_qui_est_garde_se_relit(courrier: Courrier) -> None:
    contenu = read_courrier(courrier)
    assert contenu["reference"] == "48"
    assert contenu["ecrit_le"] == "2026-03-10"
    assert contenu["donnees"]["points"] == 3
    assert set(contenu["textes"]) == {"fr", "en"}
    assert contenu["numero"] == courrier.unseal_column("numero") == normalise_numero(contenu["numero"])
    assert (courrier.unseal_column("sceau") or "").startswith("DC04")
    assert courrier.specimen


def test_la_base_ne_montre_ni_le_numero_ni_le_nom(courrier: Courrier) -> None:
    contenu = read_courrier(courrier)
    octets = b"".join(bytes(getattr(courrier, colonne)) for colonne in Courrier.COLONNES_SCELLEES)
    assert contenu["numero"].encode() not in octets
    assert contenu["destinataire"]["nom"].encode() not in octets
    assert contenu["numero"] not in courrier.numero_index


def test_la_page_refaite_est_celle_qui_fut_ecrite(courrier: Courrier) -> None:
    page = pdf_of(courrier, at=MIDI, signe=False)
    assert hashlib.sha256(page).hexdigest() == courrier.empreinte
    assert pdf_of(courrier, at=MIDI + timedelta(days=4000), signe=False) == page


def test_chaque_forme_est_une_autre_page(courrier: Courrier) -> None:
    assert courrier.adresse is not None
    pli = lignes_du_pli(courrier, read_courrier(courrier)["destinataire"])
    formes: list[dict[str, Any]] = [
        {},
        {"langue": "en"},
        {"gros": True},
        {"langue": "en", "gros": True},
        {"adresse": pli},
    ]
    pages = [pdf_of(courrier, at=MIDI, signe=False, **forme) for forme in formes]
    assert len(set(pages)) == len(formes)


def test_ce_qu_une_personne_telecharge_est_signe(courrier: Courrier) -> None:
    controle = check_pdf(pdf_of(courrier, at=MIDI, langue="en"), at=MIDI)
    assert controle.issue == "authentique"
    assert controle.donnees is not None
    assert controle.donnees["numero"] == courrier.unseal_column("numero")


@pytest.mark.parametrize("forme", [{}, {"langue": "en"}, {"gros": True}, {"signe": False}])
def test_un_gabarit_qui_a_change_est_dit(courrier: Courrier, forme: dict[str, Any]) -> None:
    courrier.empreinte = "0" * 64
    with pytest.raises(EmpreinteError, match=str(courrier.pk)):
        pdf_of(courrier, at=MIDI, **forme)


def test_le_specimen_est_celui_du_jour_de_l_ecriture(courrier: Courrier, monkeypatch: pytest.MonkeyPatch) -> None:
    demandes: list[bool] = []

    def page(*_: object, specimen: bool, **__: object) -> bytes:
        demandes.append(specimen)
        return b""

    monkeypatch.setattr(lettres, "render_pdf", page)
    courrier.empreinte = hashlib.sha256(b"").hexdigest()
    for specimen in (True, False):
        courrier.specimen = specimen
        pdf_of(courrier, at=MIDI, signe=False)
    assert demandes == [True, False]


def test_un_contenu_deplace_ne_s_ouvre_pas(courrier: Courrier) -> None:
    courrier.contenu = courrier.sceau
    with pytest.raises(ScelleError):
        read_courrier(courrier)


def test_le_numero_tape_trouve_sa_lettre_et_un_autre_aucune(courrier: Courrier) -> None:
    numero = read_courrier(courrier)["numero"]
    for saisie in (
        numero,
        numero.lower(),
        numero.replace("-", " "),
        f" {numero.replace('0', 'O').replace('1', 'l')} ",
    ):
        assert find_courrier(saisie) == courrier
    for saisie in (make_numero(), numero[:-1], "", "n'importe quoi"):
        assert find_courrier(saisie) is None


def test_le_numero_trouve_encore_sa_lettre_quand_les_cles_ont_tourne(courrier: Courrier) -> None:
    numero = read_courrier(courrier)["numero"]
    rotate_cles()
    garde = Courrier.objects.get()
    assert garde.numero_index != courrier.numero_index
    assert find_courrier(numero) == garde
    assert hashlib.sha256(pdf_of(garde, at=MIDI, signe=False)).hexdigest() == garde.empreinte


# What may leave


def test_une_lettre_ecrite_peut_partir_par_sa_voie(courrier: Courrier) -> None:
    assert list(list_to_send(Voie.SIMPLE)) == [courrier]
    assert not list_to_send(Voie.RECOMMANDE).exists()


def test_dont_le_du_attend_elle_reste(courrier: Courrier) -> None:
    CourrierDu.objects.update(a_ecrire=True)
    assert not list_to_send(Voie.SIMPLE).exists()


def test_abandonnee_elle_reste(courrier: Courrier) -> None:
    abandon(courrier, JOUR, at=MIDI)
    assert not list_to_send(Voie.SIMPLE).exists()


def test_partie_elle_ne_part_plus(courrier: Courrier) -> None:
    note(courrier, Statut.REMIS, JOUR, at=MIDI)
    assert not list_to_send(Voie.SIMPLE).exists()


def test_dans_une_remise_elle_ne_part_plus(courrier: Courrier) -> None:
    remise = Remise.objects.create(numero=1, voie="simple", le=JOUR, faite_at=MIDI, fichier="r.zip", nombre=1)
    Courrier.objects.update(remise=remise)
    assert not list_to_send(Voie.SIMPLE).exists()
