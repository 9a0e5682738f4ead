"""`permis courriers devoir` and `ecrire`: what they print, and their exit status."""

from __future__ import annotations

from uuid import UUID

import pytest

from permis.commande import courriers_ecrire
from permis.courriers import ecriture
from permis.courriers.dus import Rapprochement
from permis.courriers.models import Courrier, CourrierDu
from permis.courriers.oubli import Oubli
from tests.commande.conftest import Lancer
from tests.courriers.depots import lettres_nues
from tests.courriers.test_dus import nul, ouvert
from tests.registre.fabrique import MIDI, infraction, realite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lettres_nues")]
__all__ = ["lettres_nues"]
INCONNU = UUID(int=7)


@pytest.fixture(autouse=True)
def midi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courriers_ecrire, "_now", lambda: MIDI)


def un_retrait() -> UUID:
    return ouvert(infraction("i1"), realite("i1"))


def test_devoir_puis_ecrire_puis_plus_rien(permis: Lancer) -> None:
    un_retrait()
    nul()
    fin = permis("courriers", "devoir")
    assert (fin.statut, fin.erreurs) == (0, "")
    assert fin.sortie == "3 courriers dus ajoutés, 0 repris, 0 dus de nouveau ; 2 dossiers lus.\n"
    fin = permis("courriers", "ecrire")
    assert (fin.statut, fin.erreurs) == (0, "")
    rien = "0 qui en reprennent un autre, 0 abandonnés avant leur départ, 0 que la loi ne veut plus (à trancher)"
    assert fin.sortie == f"3 courriers écrits, {rien} ; 0 dossiers laissés à un autre.\n"
    assert permis("courriers", "devoir").sortie.startswith("0 courriers dus ajoutés")
    assert permis("courriers", "ecrire").sortie.startswith("0 courriers écrits")
    assert Courrier.objects.count() == 3


def test_devoir_les_dossiers_nommes_seulement(permis: Lancer) -> None:
    dossiers = [un_retrait() for _ in range(3)]
    fin = permis("courriers", "devoir", "--dossier", str(dossiers[0]), "--dossier", str(dossiers[2]))
    assert fin.sortie.endswith("2 dossiers lus.\n")
    assert set(CourrierDu.objects.values_list("dossier", flat=True)) == {dossiers[0], dossiers[2]}


def test_un_dossier_inconnu_est_dit_et_les_autres_sont_lus(permis: Lancer) -> None:
    fin = permis("courriers", "devoir", "--dossier", str(un_retrait()), "--dossier", str(INCONNU))
    assert (fin.statut, fin.erreurs) == (2, "permis courriers: 1 dossiers inconnus de ce registre\n")
    assert CourrierDu.objects.count() == 1


def test_un_dossier_illisible_est_nomme(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    bilan = Rapprochement(dossiers=1, illisibles=[INCONNU])
    monkeypatch.setattr("permis.courriers.dus.owe_all", lambda *_, **__: bilan)
    fin = permis("courriers", "devoir")
    assert fin.statut == 1
    assert fin.erreurs == f"permis courriers: 1 dossiers illisibles (« permis registre verifier ») : {INCONNU}\n"


def test_un_dossier_en_echec_est_nomme_et_reste_en_attente(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = un_retrait()
    permis("courriers", "devoir")
    monkeypatch.setattr(ecriture, "seal_courrier", lambda _: 1 // 0)
    fin = permis("courriers", "ecrire")
    assert fin.statut == 1
    assert f"1 dossiers en échec (voir le journal) ; leurs courriers attendent : {dossier}\n" in fin.erreurs
    assert CourrierDu.objects.get().a_ecrire


def test_une_limite(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ecriture, "TRANCHE", 1)
    for _ in range(3):
        un_retrait()
    permis("courriers", "devoir")
    assert permis("courriers", "ecrire", "--limite", "2").sortie.startswith("2 courriers écrits")


@pytest.mark.parametrize(
    ("mots", "faute"),
    [
        (("devoir", "--dossier", "42"), "'42' ; attendu : l'identifiant d'un dossier"),
        (("ecrire", "--limite", "0"), "'0' ; attendu : un nombre entier, 1 au moins"),
        (("ecrire", "--limite", "-1"), "'-1' ; attendu : un nombre entier, 1 au moins"),
        (("ecrire", "--limite", "dix"), "'dix' ; attendu : un nombre entier, 1 au moins"),
        (("ecrire", "tout"), "argument inconnu : tout"),
    ],
)
def test_des_mots_refuses(permis: Lancer, mots: tuple[str, ...], faute: str) -> None:
    fin = permis("courriers", *mots)
    assert fin.statut == 2
    assert faute in fin.erreurs


def test_oublier_le_dit_et_nomme_ce_qui_echoue(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    fin = permis("courriers", "oublier")
    assert (fin.statut, fin.sortie, fin.erreurs) == (0, "0 courriers effacés, 0 documents, 0 adresses.\n", "")
    monkeypatch.setattr("permis.courriers.oubli.forget_erased", lambda _: Oubli(2, 1, 1, [INCONNU]))
    fin = permis("courriers", "oublier")
    assert (fin.statut, fin.sortie) == (1, "2 courriers effacés, 1 documents, 1 adresses.\n")
    assert f"1 dossiers en échec (voir le journal) : {INCONNU}" in fin.erreurs
