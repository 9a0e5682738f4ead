"""What if, on one's own file: the numbers of the public simulator, and nothing kept but the line of access."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from permis.registre.models import Consultation
from tests.usagers.fabrique import PERMIS_2015, Conducteur, conducteur, infraction, realite
from tests.usagers.visite import lire, mots, solde


def angele() -> Conducteur:
    return conducteur(
        PERMIS_2015,
        infraction("feu", "2026-01-05", 4, libelle="Feu rouge"),
        realite("feu", "2026-02-01"),
        infraction("tel", "2026-11-01", 3, libelle="Téléphone"),
    )


def supposer(client: Client, quoi: str, **champs: object) -> Any:
    return client.post("/mon-permis/et-si", {"faire": "supposer", "quoi": quoi, **champs})


def etat_de_la_base() -> dict[str, list[Any]]:
    return {
        modele._meta.db_table: list(modele._default_manager.order_by("pk").values_list())
        for modele in apps.get_models()
        if modele is not Consultation
    }


def test_un_stage_une_infraction_un_paiement_une_annulation() -> None:
    client = angele().client
    page = mots(supposer(client, "stage", stage_le="2026-12-01"))
    assert "Un stage qui commence le 1er décembre 2026" in page
    assert "3 décembre 2026 8 12 +4" in page
    assert "1er décembre 2026 8 5 −3" in mots(
        supposer(client, "paiement", paiement_id="tel", paiement_le="2026-12-01")
    )
    assert "22 novembre 2026 8 12 +4" in mots(
        supposer(client, "annulation", annulation_id="feu", annulation_le="2026-11-22")
    )
    page = mots(supposer(client, "infraction", infraction_ref="feu-rouge", infraction_le="2026-12-01"))
    assert "1er décembre 2026 8 4 −4" in page


def test_les_suppositions_s_ajoutent_et_s_oublient() -> None:
    client = angele().client
    page = lire(supposer(client, "stage", stage_le="2026-12-01", si="paiement:tel:2026-11-30"))
    assert page.count('name="si" value="stage:2026-12-01"') > 1
    assert 'name="si" value="paiement:tel:2026-11-30"' in page
    page = lire(
        client.post(
            "/mon-permis/et-si", {"si": ["stage:2026-12-01", "paiement:tel:2026-11-30"], "oublier": "stage:2026-12-01"}
        )
    )
    assert "stage:2026-12-01" not in page
    assert "paiement:tel:2026-11-30" in page


def test_un_autre_jour() -> None:
    client = angele().client
    assert solde(client.post("/mon-permis/et-si", {"faire": "voir", "le": "2026-01-31"})) == 12
    assert solde(client.post("/mon-permis/et-si", {"faire": "voir", "le": "2026-02-01"})) == 8
    assert solde(client.post("/mon-permis/et-si", {"faire": "voir", "le": "2029-01-31"})) == 8
    assert solde(client.post("/mon-permis/et-si", {"faire": "voir", "le": "2029-02-01"})) == 12


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"faire": "supposer", "quoi": "stage", "stage_le": "demain"}, "Indiquez une date comme 22/11/2026"),
        ({"faire": "voir", "le": "1980-01-01"}, "attendu"),
        ({"faire": "voir", "si": "paiement:d-un-autre:2026-12-01"}, "d-un-autre"),
    ],
)
def test_ce_qui_est_refuse_est_dit(champs: dict[str, str], dit: str) -> None:
    reponse = angele().client.post("/mon-permis/et-si", champs)
    assert reponse.status_code == 422
    assert dit in mots(reponse)
    assert "<title>Erreur" in reponse.content.decode()


def test_une_supposition_inconnue_ne_suppose_rien() -> None:
    assert solde(supposer(angele().client, "licorne")) == 8


def test_rien_n_est_garde_sauf_la_ligne_d_acces() -> None:
    conductrice = angele()
    conductrice.client.get("/mon-permis/et-si")
    avant = etat_de_la_base()
    supposer(conductrice.client, "infraction", infraction_ref="feu-rouge", infraction_le="2026-12-01")
    supposer(conductrice.client, "stage", stage_le="2026-12-01", si="paiement:tel:2026-11-30")
    conductrice.client.post("/mon-permis/et-si", {"faire": "voir", "le": "2029-02-01"})
    assert etat_de_la_base() == avant
    assert conductrice.acces() == 4
    assert solde(conductrice.client.get("/mon-permis")) == 8


def test_ce_qu_on_suppose_n_est_dans_aucune_adresse() -> None:
    page = lire(supposer(angele().client, "stage", stage_le="2026-12-01"))
    assert "?si=" not in page
    assert 'formaction="/en/mon-permis/et-si"' in page


def test_un_formulaire_venu_d_ailleurs_est_refuse() -> None:
    conductrice = angele()
    client = Client(enforce_csrf_checks=True)
    client.cookies = conductrice.client.cookies
    assert client.post("/mon-permis/et-si", {"faire": "voir"}).status_code == 403
    assert conductrice.acces() == 0


def test_a_venir_dit_ce_qui_vient_et_le_meilleur_jour() -> None:
    texte = mots(angele().client.get("/mon-permis/a-venir"))
    assert "1er février 2029 Reconstitution intégrale +4 solde : 12 points" in texte
    assert "Commencez un stage le 23 novembre 2026 ou juste après : 4 points de plus" in texte
