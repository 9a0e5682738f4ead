"""Addresses as the post reads them; which one a letter goes to, and which is never chosen again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permis.courriers.adresses import choose_adresse, mark_npai, read_lignes, receive_adresse
from permis.courriers.lignes_postales import (
    LARGEUR,
    AdresseRefuseeError,
    line_of_name,
    normalise_lignes,
    to_postal,
    write_pli,
)
from permis.courriers.models import AdressePostale, SourceAdresse
from permis.registre.ecriture import DossierInconnuError
from tests.courriers.plis import JOUR, plus
from tests.registre.fabrique import MIDI, ouvrir

CONTROLE, CERTIFICAT, TITULAIRE = SourceAdresse.CONTROLE, SourceAdresse.CERTIFICAT, SourceAdresse.TITULAIRE


@pytest.mark.parametrize(
    ("texte", "lignes"),
    [
        ("12 bis, rue de l’Église\n75012 Paris", ["12 BIS RUE DE L EGLISE", "75012 PARIS"]),
        (
            "  Bât. C — 2e étage \n\n 1-3 quai d'Œuvre\r\n13001  Marseille Cedex 01",
            ["BAT C 2E ETAGE", "1 3 QUAI D OEUVRE", "13001 MARSEILLE CEDEX 01"],
        ),
        ("1 rue X\n97400 Saint-Denis\nFrance", ["1 RUE X", "97400 SAINT DENIS"]),
        ("Łódzka 5\n00-001 Warszawa\nPologne", ["LODZKA 5", "00 001 WARSZAWA", "POLOGNE"]),
        ("Rue Haute 1\n1000 Bruxelles\nBelgique", ["RUE HAUTE 1", "1000 BRUXELLES", "BELGIQUE"]),
        ("5 place A\n2A004 Ajaccio\nCôte d’Ivoire", ["5 PLACE A", "2A004 AJACCIO", "COTE D IVOIRE"]),
        ("1/2 rue n° 5\n75001 PARIS", ["1/2 RUE N 5", "75001 PARIS"]),
        (f"{'a' * 38}\n75001 PARIS", ["A" * 38, "75001 PARIS"]),
        ("1\n2\n3\n4\n75001 PARIS", ["1", "2", "3", "4", "75001 PARIS"]),
        ("75001 PARIS", ["75001 PARIS"]),
    ],
)
def test_une_adresse_comme_la_poste_la_lit(texte: str, lignes: list[str]) -> None:
    assert normalise_lignes(texte) == lignes


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("", "Indiquez une adresse."),
        (" \n \n", "Indiquez une adresse."),
        ("1\n2\n3\n4\n5\n75001 PARIS", "Cinq lignes au plus, sans votre nom : il y en a 6."),
        (f"{'a' * 39}\n75001 PARIS", "Ligne 1 : 39 caractères, 38 au plus."),
        ("1 rue X\n" + "75001 " + "P" * 33, "Ligne 2 : 39 caractères"),
        ("1 rue X\nParis", "Finissez par le code postal et la ville"),
        ("1 rue X\n7501 Paris", "Finissez par le code postal"),
        ("1 rue X\n750123 Paris", "Finissez par le code postal"),
        ("1 rue X\n75012", "Finissez par le code postal"),
        ("1 rue X\n75012 12", "Finissez par le code postal"),
        ("France", "Finissez par le code postal"),
        ("Belgique", "Finissez par le code postal"),
        ("1 rue X\nBruxelles\nBELGIE", "Finissez par le code postal"),
        ("Λεωφόρος 1\n75001 PARIS", "Ligne 1 : la poste ne lit que les lettres latines ; « Λ"),
        ("1 rue X\n*** !\n75001 PARIS", "Ligne 2 : la poste ne lit que les lettres latines ; « *** ! »"),
    ],
)
def test_une_adresse_que_la_poste_ne_lirait_pas(texte: str, dit: str) -> None:
    with pytest.raises(AdresseRefuseeError) as refus:
        normalise_lignes(texte)
    assert dit in str(refus.value)


def test_toutes_les_fautes_sont_dites_a_la_fois() -> None:
    with pytest.raises(AdresseRefuseeError) as refus:
        normalise_lignes(f"{'a' * 39}\n…\nParis")
    assert [faute in str(refus.value) for faute in ("Ligne 1 : 39", "Ligne 2 :", "code postal")] == [True] * 3
    assert "Ligne 3" not in str(refus.value)


@given(st.text(max_size=120))
def test_ce_qui_est_accepte_tient_dans_cinq_lignes_sures(texte: str) -> None:
    try:
        lignes = normalise_lignes(texte)
    except AdresseRefuseeError:
        return
    assert 1 <= len(lignes) <= 5
    assert all(1 <= len(ligne) <= LARGEUR for ligne in lignes)
    assert all(ligne.isascii() and ligne == ligne.upper() for ligne in lignes)
    assert normalise_lignes("\n".join(lignes)) == lignes


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=3))
def test_le_nom_tient_sur_une_ligne_et_ne_commence_jamais_une_formule(nom: str, prenoms: list[str]) -> None:
    ligne = line_of_name(nom, prenoms)
    assert len(ligne) <= LARGEUR
    assert not ligne.startswith(("=", "+", "-", "@", "\t"))
    assert ligne == to_postal(ligne)


def test_un_nom_trop_long_garde_l_initiale_puis_se_coupe() -> None:
    assert line_of_name("Dûbois-L'Essai", ["Angèle", "Claire"]) == "ANGELE DUBOIS L ESSAI"
    assert line_of_name("X" * 34, ["Angèle"]) == "A " + "X" * 34
    assert line_of_name("X" * 38, ["Angèle"]) == "X" * 38
    assert line_of_name("X" * 50, ["Angèle"]) == "X" * 38
    assert line_of_name("Essai", []) == "ESSAI"


def test_le_pli_a_six_lignes_au_plus() -> None:
    assert write_pli("Essai", ["Angèle"], ["1", "2", "3", "4", "75001 PARIS"])[-1] == "75001 PARIS"
    assert len(write_pli("Essai", ["Angèle"], ["1", "2", "3", "4", "75001 PARIS"])) == 6


# Which one


pytest_db = pytest.mark.django_db


def lieu(nom: str) -> list[str]:
    return [f"1 rue {nom}", "75001 Paris"]


def rue(adresse: AdressePostale | None) -> str | None:
    return read_lignes(adresse)[0].removeprefix("1 RUE ") if adresse else None


@pytest_db
def test_sans_adresse_rien() -> None:
    assert choose_adresse(ouvrir(), "i1") is None


@pytest_db
def test_celle_du_controle_puis_la_derniere() -> None:
    dossier = ouvrir()
    receive_adresse(dossier, lieu("A"), CONTROLE, JOUR, at=MIDI, fait="i1")
    receive_adresse(dossier, lieu("B"), CERTIFICAT, JOUR, at=plus(1), fait="i2")
    assert [rue(choose_adresse(dossier, fait)) for fait in ("i1", "i2", "i3", "")] == ["A", "B", "B", "B"]


@pytest_db
def test_celle_que_le_titulaire_dit_ensuite_l_emporte_celle_qu_il_disait_avant_non() -> None:
    dossier = ouvrir()
    receive_adresse(dossier, lieu("AVANT"), TITULAIRE, JOUR, at=MIDI)
    receive_adresse(dossier, lieu("PV"), CONTROLE, JOUR, at=plus(1), fait="i1")
    assert rue(choose_adresse(dossier, "i1")) == "PV"
    receive_adresse(dossier, lieu("APRES"), TITULAIRE, JOUR + timedelta(days=2), at=plus(2))
    assert rue(choose_adresse(dossier, "i1")) == "APRES"
    receive_adresse(dossier, lieu("AUTRE"), CONTROLE, JOUR + timedelta(days=3), at=plus(3), fait="i2")
    assert rue(choose_adresse(dossier, "i1")) == "APRES"
    assert rue(choose_adresse(dossier, "i2")) == "AUTRE"


@pytest_db
def test_jamais_celle_ou_personne_n_etait() -> None:
    dossier = ouvrir()
    un = receive_adresse(dossier, lieu("A"), CONTROLE, JOUR, at=MIDI, fait="i1")
    autre = receive_adresse(dossier, lieu("B"), TITULAIRE, JOUR, at=MIDI)
    mark_npai(un.pk, JOUR)
    assert rue(choose_adresse(dossier, "i1")) == "B"
    mark_npai(autre.pk, JOUR)
    assert choose_adresse(dossier, "i1") is None


@pytest_db
def test_le_premier_jour_ou_personne_n_etait_est_garde() -> None:
    adresse = receive_adresse(ouvrir(), lieu("A"), TITULAIRE, JOUR, at=MIDI)
    for jours in (3, 1, 5):
        mark_npai(adresse.pk, JOUR + timedelta(days=jours))
    adresse.refresh_from_db()
    assert adresse.npai_le == JOUR + timedelta(days=3)


@pytest_db
def test_les_memes_lignes_dites_ailleurs_sont_le_meme_lieu() -> None:
    dossier = ouvrir()
    un = receive_adresse(dossier, lieu("A"), CONTROLE, JOUR, at=MIDI, fait="i1")
    receive_adresse(dossier, lieu("a"), TITULAIRE, JOUR, at=MIDI)
    receive_adresse(dossier, lieu("B"), SourceAdresse.TITRE, JOUR - timedelta(days=300), at=MIDI)
    receive_adresse(ouvrir(), lieu("A"), TITULAIRE, JOUR, at=MIDI)
    mark_npai(un.pk, JOUR + timedelta(days=5))
    assert AdressePostale.objects.exclude(npai_le=None).count() == 2
    assert rue(choose_adresse(dossier, "i1")) == "B"
    receive_adresse(dossier, lieu("A"), CONTROLE, JOUR + timedelta(days=6), at=plus(6), fait="i2")
    assert rue(choose_adresse(dossier, "i2")) == "A"


@pytest_db
def test_la_meme_adresse_redite_est_la_meme_sauf_si_personne_n_y_etait() -> None:
    dossier = ouvrir()
    un = receive_adresse(dossier, lieu("A"), TITULAIRE, JOUR, at=MIDI)
    assert receive_adresse(dossier, lieu("a"), TITULAIRE, JOUR, at=plus(1)) == un
    assert receive_adresse(dossier, lieu("A"), CONTROLE, JOUR, at=plus(1), fait="i1") != un
    mark_npai(un.pk, JOUR)
    assert receive_adresse(dossier, lieu("A"), TITULAIRE, JOUR, at=plus(2)) != un


@pytest_db
def test_une_adresse_est_scellee_et_celle_d_un_autre_n_est_jamais_choisie() -> None:
    dossier, autre = ouvrir(), ouvrir()
    adresse = receive_adresse(dossier, lieu("SECRET"), TITULAIRE, JOUR, at=MIDI)
    assert b"SECRET" not in bytes(adresse.lignes)
    assert choose_adresse(autre, "") is None


@pytest_db
def test_ni_demain_ni_personne() -> None:
    with pytest.raises(AdresseRefuseeError, match="à venir"):
        receive_adresse(ouvrir(), lieu("A"), TITULAIRE, JOUR + timedelta(days=1), at=MIDI)
    with pytest.raises(DossierInconnuError):
        receive_adresse(uuid4(), lieu("A"), TITULAIRE, JOUR, at=MIDI)
