"""Share codes in one's space: made, seen with each check, cancelled; a stranger who has some touches none of mine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from permis.courriers.models import Partage
from permis.courriers.partage import Champ, check_partage, list_partages
from permis.identites.roles import Moyen
from tests.usagers.fabrique import MIDI, PERMIS_2015, Conducteur, conducteur
from tests.usagers.visite import lire, mots

PAGE = "/mon-permis/partages"
BON: dict[str, Any] = {
    "objet": "Location d’une voiture",
    "champs": ["validite", "categories"],
    "jours": "3",
    "usages": "2",
}


def creer(qui: Conducteur, **autres: Any) -> Any:
    donnees = {cle: valeur for cle, valeur in (BON | autres).items() if valeur is not None}
    return qui.client.post(PAGE, donnees)


def annuler(qui: Conducteur, partage: UUID) -> Any:
    return qui.client.post(f"{PAGE}/{partage}/annuler")


@pytest.fixture
def angele() -> Conducteur:
    return conducteur(PERMIS_2015)


def test_un_code_se_cree_et_se_montre(angele: Conducteur) -> None:
    reponse = creer(angele)
    (partage,) = list_partages(angele.dossier)
    assert (reponse.status_code, reponse.headers["Location"]) == (302, f"{PAGE}#partage-{partage.id}")
    assert (partage.objet, partage.champs) == ("Location d’une voiture", (Champ.VALIDITE, Champ.CATEGORIES))
    assert (partage.expire_at - MIDI, partage.usages_max) == (timedelta(days=3), 2)
    page = angele.client.get(PAGE)
    texte = mots(page)
    assert partage.code in texte
    assert "0 sur 2" in texte
    assert "25 novembre 2026 à 12:00" in texte.replace("\u00a0", " ")
    assert angele.acces() == 0


def test_le_titulaire_voit_qui_a_verifie(angele: Conducteur) -> None:
    creer(angele)
    (partage,) = list_partages(angele.dossier)
    check_partage(partage.code, "<b>Loueur</b>", at=MIDI, par_api=True)
    page = angele.client.get(PAGE)
    assert "1 sur 2" in mots(page)
    assert "&lt;b&gt;Loueur&lt;/b&gt;" in lire(page)
    assert "(par un logiciel)" in mots(page)
    texte = mots(angele.client.get("/mon-permis/consultations"))
    assert "Quelqu’un à qui vous avez donné un code de partage , par un logiciel" in texte
    assert "Droits à conduire, par un code de partage" in texte


def test_annule_il_n_ouvre_plus_et_ne_se_montre_plus(angele: Conducteur) -> None:
    creer(angele)
    (partage,) = list_partages(angele.dossier)
    assert annuler(angele, partage.id).status_code == 302
    assert check_partage(partage.code, "L", at=MIDI, par_api=False) is None
    texte = mots(angele.client.get(PAGE))
    assert partage.code not in texte
    assert "annulé" in texte
    assert annuler(angele, partage.id).status_code == 302


def test_sans_nombre_de_fois_il_ne_compte_pas(angele: Conducteur) -> None:
    assert creer(angele, usages="").status_code == 302
    assert list_partages(angele.dossier)[0].usages_max is None


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("objet", ""),
        ("objet", "x" * 101),
        ("champs", None),
        ("champs", ["validite", "points"]),
        ("jours", "0"),
        ("jours", "22"),
        ("jours", "trois"),
        ("usages", "0"),
        ("usages", "1001"),
    ],
)
def test_ce_qui_ne_se_partage_pas_est_dit_a_cote_du_champ(angele: Conducteur, champ: str, valeur: Any) -> None:
    reponse = creer(angele, **{champ: valeur})
    assert reponse.status_code == 422
    assert f'href="#{champ}"' in reponse.content.decode()
    assert not Partage.objects.exists()


def test_vingt_codes_ouverts(angele: Conducteur) -> None:
    for _ in range(20):
        assert creer(angele).status_code == 302
    assert "Vingt codes sont déjà ouverts" in mots(creer(angele))


def test_une_etrangere_qui_a_ses_codes_n_annule_pas_celui_d_un_autre(angele: Conducteur) -> None:
    autre = conducteur(PERMIS_2015)
    creer(angele)
    creer(autre)
    (le_mien,) = list_partages(angele.dossier)
    for ident in (le_mien.id, uuid4()):
        assert annuler(autre, ident).status_code == 404
    assert list_partages(angele.dossier)[0].is_open(MIDI)
    assert le_mien.code not in mots(autre.client.get(PAGE))


def test_par_code_on_ne_partage_pas() -> None:
    qui, autre = conducteur(PERMIS_2015, moyen=Moyen.NEPH_CODE), conducteur(PERMIS_2015)
    creer(autre)
    for reponse in (qui.client.get(PAGE), creer(qui), annuler(qui, list_partages(autre.dossier)[0].id)):
        assert reponse.status_code == 403
    assert Partage.objects.count() == 1
