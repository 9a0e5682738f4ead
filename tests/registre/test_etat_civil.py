"""Civil status as FranceConnect gives it, and how a person is found by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from permis.registre.etat_civil import EtatCivil, EtatCivilInvalideError, normalise_nom, read_etat_civil
from permis.registre.recherche import find_by_neph, find_by_pivot
from tests.registre.fabrique import ANGELE, ouvrir


def autre(**champs: Any) -> EtatCivil:
    return EtatCivil(**{**{nom: getattr(ANGELE, nom) for nom in ANGELE.__slots__}, **champs})


@pytest.mark.parametrize(
    ("nom", "normalise"),
    [
        ("Dûbois-L'Essai", "DUBOIS L ESSAI"),
        ("  de   la Tour ", "DE LA TOUR"),
        ("D’Œuvre", "D OEUVRE"),
        ("ÆGIR", "ÆGIR"),
        ("ﬁn", "FIN"),
        ("Ñuñez", "NUNEZ"),
        ("Lætitia‑Anne", "LÆTITIA ANNE"),
        ("Strauß", "STRAUSS"),
        ("", ""),
    ],
)
def test_un_nom_normalise(nom: str, normalise: str) -> None:
    assert normalise_nom(nom) == normalise
    assert normalise_nom(normalise) == normalise


@pytest.mark.parametrize(
    "champs",
    [
        {"naissance": "1992-00-00"},
        {"naissance": "1992-11-00"},
        {"naissance": "1977-00-03"},
        {"prenoms": ()},
        {"nom_naissance": ""},
        {"lieu_naissance": "", "pays_naissance": "99352"},
        {"sexe": "unspecified"},
    ],
)
def test_ce_que_france_connect_envoie_se_garde_tel_quel(champs: dict[str, Any]) -> None:
    personne = autre(**champs)
    assert read_etat_civil(personne.write()) == personne


@pytest.mark.parametrize(
    "champs",
    [
        {"naissance": "1992-1-1"},
        {"naissance": ""},
        {"naissance": "1992-13-01"},
        {"naissance": "24/08/1962"},
        {"sexe": "F"},
        {"pays_naissance": "FR"},
        {"nom_naissance": "", "prenoms": ()},
    ],
)
def test_ce_qui_n_est_pas_un_etat_civil_est_refuse_sans_etre_cite(champs: dict[str, Any]) -> None:
    with pytest.raises(EtatCivilInvalideError) as refus:
        autre(**champs)
    assert "24/08" not in str(refus.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("champs", "strict", "souple"),
    [
        ({}, True, False),
        ({"nom_naissance": "DUBOIS L ESSAI", "prenoms": ("ANGELE", "claire")}, True, False),
        ({"nom_usage": "Martin"}, True, False),
        ({"prenoms": ("Claire", "Angèle")}, False, False),
        ({"prenoms": ("Angèle",)}, False, True),
        ({"prenoms": ("Angèle Claire",)}, False, False),
        ({"lieu_naissance": "75108"}, False, True),
        ({"pays_naissance": "99352"}, False, True),
        ({"naissance": "1962-08-25"}, False, False),
        ({"sexe": "male"}, False, False),
        ({"nom_naissance": "Dubois"}, False, False),
    ],
)
def test_trouver_par_l_identite_pivot(champs: dict[str, Any], strict: bool, souple: bool) -> None:
    ouvrir(etat_civil=autre(nom_naissance="Autre"))
    dossier = ouvrir()
    trouve = find_by_pivot(autre(**champs))
    assert trouve == ((dossier,) if strict else (), (dossier,) if souple else ())


@pytest.mark.django_db
def test_plusieurs_homonymes() -> None:
    memes, proche = {ouvrir(), ouvrir()}, ouvrir(etat_civil=autre(lieu_naissance="69123"))
    trouve = find_by_pivot(ANGELE)
    assert (set(trouve.strictes), trouve.souples) == (memes, (proche,))


@pytest.mark.django_db
def test_trouver_par_le_neph() -> None:
    dossier = ouvrir(neph="170392100012")
    trouve = find_by_neph("17.03.92 100012")
    assert trouve is not None
    assert trouve.pk == dossier
    assert find_by_neph("170392100013") is None
    assert find_by_neph("") is None


@pytest.mark.django_db
def test_la_table_ne_laisse_lire_ni_numero_ni_nom() -> None:
    ouvrir(neph="170392100012")
    with connection.cursor() as curseur:
        curseur.execute("SELECT * FROM registre_dossier")
        cellules = [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in curseur.fetchall()[0]]
    for secret in (b"170392100012", b"Angele", b"ANGELE", "Angèle".encode(), b"DUBOIS", b"1962-08-24", b"75107"):
        assert not any(secret in cellule for cellule in cellules)
