"""A share: what is chosen and nothing else, for its time and its uses; each check is told to the holder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from permis.courriers.models import Controle, Partage
from permis.courriers.partage import (
    OUVERTS_AU_PLUS,
    Champ,
    PartageLu,
    PartageRefuseError,
    check_partage,
    list_partages,
    open_partage,
    revoke_partage,
)
from permis.registre.lecture import list_consultations
from tests.usagers.fabrique import MIDI, PERMIS_2015, Conducteur, conducteur, enregistrer, infraction, realite

pytestmark = pytest.mark.django_db
SEPT_JOURS = timedelta(days=7)


@pytest.fixture
def angele() -> Conducteur:
    return conducteur(
        PERMIS_2015, infraction("feu", "2026-01-05", 4, libelle="Feu rouge"), realite("feu", "2026-02-01")
    )


def partager(qui: Conducteur, *champs: Champ, **autres: Any) -> PartageLu:
    reglages: dict[str, Any] = {"jours": 7, "usages_max": 1, "at": MIDI} | autres
    return open_partage(qui.dossier, "Location d’une voiture", champs or tuple(Champ), **reglages)


def read_partage(ident: UUID) -> PartageLu:
    """The share as its holder's list has it."""
    (lu,) = (p for p in list_partages(Partage.objects.get(pk=ident).dossier_id) if p.id == ident)
    return lu


def voir(code: str, at: datetime = MIDI, *, par_api: bool = False) -> Any:
    return check_partage(code, "Loueur d’Exemple", at=at, par_api=par_api)


def mesure(nature: str, fin: str) -> dict[str, object]:
    return {"type": "mesure", "id": nature, "nature": nature, "debut": "2026-11-22", "fin": fin}


def test_le_code_montre_le_droit_et_jamais_les_points(angele: Conducteur) -> None:
    droits = voir(partager(angele).code)
    assert (droits.prenoms, droits.nom, droits.objet) == ("Angèle Claire", "ESSAI", "Location d’une voiture")
    assert droits.valide is True
    assert [(c.categorie, c.depuis.isoformat()) for c in droits.categories] == [("B", "2015-06-01")]
    assert droits.restrictions == ()
    assert not {"8", "12", "Feu"} & set(str(droits).replace("'", " ").split())


@pytest.mark.parametrize("champ", list(Champ))
def test_ce_qui_n_est_pas_choisi_ne_se_voit_pas(angele: Conducteur, champ: Champ) -> None:
    droits = voir(partager(angele, champ).code)
    vus = {
        Champ.VALIDITE: droits.valide,
        Champ.CATEGORIES: droits.categories,
        Champ.RESTRICTIONS: droits.restrictions,
    }
    assert {autre for autre, valeur in vus.items() if valeur is not None} == {champ}


def test_une_suspension_inscrite_apres_se_voit_a_la_verification_suivante(angele: Conducteur) -> None:
    partage = partager(angele, usages_max=None)
    assert voir(partage.code).valide is True
    enregistrer(angele.dossier, mesure("suspension", "2027-02-22"), mesure("restriction", "2026-12-22"))
    droits = voir(partage.code, MIDI + timedelta(seconds=30))
    assert droits.valide is False
    assert [(r.nature, r.jusqu_au.isoformat()) for r in droits.restrictions] == [("restriction", "2026-12-22")]


def test_un_solde_nul_pas_encore_notifie_ne_se_devine_pas() -> None:
    """Saying « not valid » before the letter would tell the points (art. L. 223-7)."""
    faits = [infraction(f"i{n}", f"2026-0{n}-05", 6) for n in (2, 4)]
    paul = conducteur(PERMIS_2015, *faits, realite("i2", "2026-03-01"), realite("i4", "2026-05-01"))
    assert voir(partager(paul).code).valide is True


@pytest.mark.parametrize(
    ("ecrit", "bon"),
    [
        (lambda code: code.lower(), True),
        (lambda code: code.replace("-", ""), True),
        (lambda code: f" {code.replace('-', ' ')} ", True),
        (lambda code: code[:-1], False),
        (lambda code: code + "0", False),
        (lambda code: code[:-1] + ("0" if code[-1] != "0" else "2"), False),
        (lambda _: "", False),
        (lambda _: "0000-0000-0000-0000", False),
        (lambda _: "\0" * 16, False),
    ],
)
def test_le_code_se_recopie_comme_on_veut_mais_juste(angele: Conducteur, ecrit: Any, bon: bool) -> None:
    assert (voir(ecrit(partager(angele).code)) is not None) is bon


def test_chaque_code_qui_n_ouvre_rien_a_la_meme_reponse_et_ne_laisse_rien(angele: Conducteur) -> None:
    epuise, annule, expire = (partager(angele) for _ in range(3))
    assert voir(epuise.code)
    revoke_partage(annule.id, at=MIDI)
    avant = angele.acces(), Controle.objects.count()
    reponses = [
        voir(epuise.code),
        voir(annule.code),
        voir(expire.code, MIDI + SEPT_JOURS),
        voir("2345-6789-ABCD-EFGH"),
    ]
    assert reponses == [None] * 4
    assert (angele.acces(), Controle.objects.count()) == avant
    assert read_partage(expire.id).usages == 0


def test_le_dernier_instant(angele: Conducteur) -> None:
    partage = partager(angele, usages_max=None)
    fin = MIDI + SEPT_JOURS
    assert partage.expire_at == fin
    assert voir(partage.code, fin - timedelta(microseconds=1))
    assert voir(partage.code, fin) is None
    lu = read_partage(partage.id)
    assert (lu.is_open(fin - timedelta(microseconds=1)), lu.is_open(fin)) == (True, False)


def test_sept_jours_font_sept_fois_vingt_quatre_heures_meme_quand_l_heure_change(angele: Conducteur) -> None:
    at = datetime(2026, 10, 22, 10, 0, tzinfo=UTC)  # the clocks change on the 25th
    assert partager(angele, at=at).expire_at - at == SEPT_JOURS


def test_le_nombre_de_fois(angele: Conducteur) -> None:
    deux = partager(angele, usages_max=2)
    assert [voir(deux.code) is not None for _ in range(3)] == [True, True, False]
    assert not read_partage(deux.id).is_open(MIDI)
    sans = partager(angele, usages_max=None)
    assert all(voir(sans.code) for _ in range(5))


@pytest.mark.django_db(transaction=True)
def test_de_deux_qui_prennent_le_dernier_usage_un_seul_l_a(angele: Conducteur) -> None:
    code = partager(angele).code

    def prendre(_: int) -> bool:
        try:
            return voir(code) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as ouvriers:
        assert sum(ouvriers.map(prendre, range(4))) == 1
    assert Controle.objects.count() == 1


def test_le_titulaire_voit_chaque_verification(angele: Conducteur) -> None:
    partage = partager(angele, usages_max=None)
    voir(partage.code)
    voir(partage.code, MIDI + timedelta(minutes=1), par_api=True)
    (lu,) = list_partages(angele.dossier)
    vus = [(c.controle_at - MIDI, c.par_api, c.nom) for c in lu.controles]
    assert vus == [(timedelta(minutes=1), True, "Loueur d’Exemple"), (timedelta(), False, "Loueur d’Exemple")]
    lectures = list_consultations(angele.dossier, pour_titulaire=True)
    assert [(ligne.role, ligne.service, ligne.acte) for ligne in lectures] == [
        ("tiers", "partage_api", "verifier_un_partage"),
        ("tiers", "partage", "verifier_un_partage"),
    ]


def refus() -> Iterator[dict[str, Any]]:
    yield {"objet": " "}
    yield {"objet": "x" * 101}
    yield {"champs": ()}
    yield {"jours": 0}
    yield {"jours": 22}
    yield {"usages_max": 0}
    yield {"usages_max": 1001}


@pytest.mark.parametrize("autres", list(refus()))
def test_ce_qui_ne_se_partage_pas(angele: Conducteur, autres: dict[str, Any]) -> None:
    bons: dict[str, Any] = {"objet": "Location", "champs": (Champ.VALIDITE,), "jours": 1, "usages_max": None}
    with pytest.raises(PartageRefuseError):
        open_partage(angele.dossier, **(bons | autres), at=MIDI)
    assert not Partage.objects.exists()


def test_vingt_codes_ouverts_au_plus(angele: Conducteur) -> None:
    ouverts = [partager(angele) for _ in range(OUVERTS_AU_PLUS)]
    with pytest.raises(PartageRefuseError):
        partager(angele)
    revoke_partage(ouverts[0].id, at=MIDI)
    partager(angele)
    partager(conducteur(PERMIS_2015))


def test_rien_de_clair_dans_la_base(angele: Conducteur) -> None:
    partage = partager(angele)
    ligne = Partage.objects.values().get()
    assert partage.code not in str(ligne)
    assert "Location" not in str(ligne)
    assert not Partage.objects.get().find_altered()


def test_annuler_deux_fois_garde_le_premier_jour(angele: Conducteur) -> None:
    partage = partager(angele)
    revoke_partage(partage.id, at=MIDI)
    revoke_partage(partage.id, at=MIDI + SEPT_JOURS)
    assert read_partage(partage.id).revoque_at == MIDI
