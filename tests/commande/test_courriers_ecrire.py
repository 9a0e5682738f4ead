"""`permis courriers devoir` and `ecrire`: what they print, and their exit status."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import pytest

from permis.commande import courriers_ecrire
from permis.commande.comptes import count
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
    assert fin.sortie == "3 courriers dus ajoutés, 0 repris, 0 dû de nouveau ; 2 dossiers lus.\n"
    fin = permis("courriers", "ecrire")
    assert (fin.statut, fin.erreurs) == (0, "")
    rien = "0 qui en reprend un autre, 0 abandonné avant son départ, 0 que la loi ne veut plus (à trancher)"
    assert fin.sortie == f"3 courriers écrits, {rien} ; 0 dossier laissé à un autre.\n"
    assert permis("courriers", "devoir").sortie.startswith("0 courrier dû ajouté,")
    assert permis("courriers", "ecrire").sortie.startswith("0 courrier écrit,")
    assert Courrier.objects.count() == 3


def test_devoir_les_dossiers_nommes_seulement(permis: Lancer) -> None:
    dossiers = [un_retrait() for _ in range(3)]
    fin = permis("courriers", "devoir", "--dossier", str(dossiers[0]), "--dossier", str(dossiers[2]))
    assert fin.sortie.endswith("2 dossiers lus.\n")
    assert set(CourrierDu.objects.values_list("dossier", flat=True)) == {dossiers[0], dossiers[2]}


def test_un_dossier_inconnu_est_dit_et_les_autres_sont_lus(permis: Lancer) -> None:
    fin = permis("courriers", "devoir", "--dossier", str(un_retrait()), "--dossier", str(INCONNU))
    assert (fin.statut, fin.erreurs) == (2, "permis courriers: 1 dossier inconnu de ce registre\n")
    assert CourrierDu.objects.count() == 1


def test_un_dossier_illisible_est_nomme(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    bilan = Rapprochement(dossiers=1, illisibles=[INCONNU])
    monkeypatch.setattr("permis.courriers.dus.owe_all", lambda *_, **__: bilan)
    fin = permis("courriers", "devoir")
    assert fin.statut == 1
    assert fin.erreurs == f"permis courriers: 1 dossier illisible (« permis registre verifier ») : {INCONNU}\n"


def test_un_dossier_en_echec_est_nomme_et_reste_en_attente(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = un_retrait()
    permis("courriers", "devoir")
    monkeypatch.setattr(ecriture, "seal_courrier", lambda _: 1 // 0)
    fin = permis("courriers", "ecrire")
    assert fin.statut == 1
    assert f"1 dossier en échec (voir le journal) ; ses courriers attendent : {dossier}\n" in fin.erreurs
    assert CourrierDu.objects.get().a_ecrire


UN: Final = (
    "1 courrier dû ajouté, 1 repris, 1 dû de nouveau ; 1 dossier lu.\n",
    (
        "1 courrier écrit, 1 qui en reprend un autre, 1 abandonné avant son départ, "
        "1 que la loi ne veut plus (à trancher) ; 1 dossier laissé à un autre.\n"
    ),
    "1 dossier illisible (",
    "1 dossier en échec (voir le journal) ; ses courriers attendent : ",
)
DEUX: Final = (
    "2 courriers dus ajoutés, 2 repris, 2 dus de nouveau ; 2 dossiers lus.\n",
    (
        "2 courriers écrits, 2 qui en reprennent un autre, 2 abandonnés avant leur départ, "
        "2 que la loi ne veut plus (à trancher) ; 2 dossiers laissés à un autre.\n"
    ),
    "2 dossiers illisibles (",
    "2 dossiers en échec (voir le journal) ; leurs courriers attendent : ",
)


@pytest.mark.parametrize(("n", "dits"), [(1, UN), (2, DEUX)])
def test_un_seul_est_au_singulier(
    permis: Lancer, monkeypatch: pytest.MonkeyPatch, n: int, dits: tuple[str, ...]
) -> None:
    du = Rapprochement(dossiers=n, ajoutes=n, repris=n, retablis=n, illisibles=[INCONNU] * n)
    ecrit = ecriture.Bilan(notifications=n, reprises=n, abandonnes=n, refuses=n, laisses=n, echecs=[INCONNU] * n)
    monkeypatch.setattr("permis.courriers.dus.owe_all", lambda *_, **__: du)
    monkeypatch.setattr("permis.courriers.ecriture.write_due", lambda *_, **__: ecrit)
    devoir, ecrire = permis("courriers", "devoir"), permis("courriers", "ecrire")
    assert (devoir.sortie, ecrire.sortie) == dits[:2]
    assert dits[2] in devoir.erreurs
    assert dits[3] in ecrire.erreurs


@pytest.mark.parametrize(
    ("nombre", "dit"),
    [(0, "0 étape notée"), (1, "1 étape notée"), (2, "2 étapes notées"), (2000, "2\u202f000 étapes notées")],
)
def test_un_compte_et_ses_mots(nombre: int, dit: str) -> None:
    assert count(nombre, "étape notée") == dit
    assert count(nombre, "dû", "dus").endswith(" dus") is (nombre > 1)


def test_l_aide_dit_chaque_travail_sur_une_ligne(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    aide = permis("courriers", "--help").sortie
    assert "Les lettres que la loi fait écrire" in aide
    lignes = aide.partition("  TRAVAIL\n")[2].partition("\n\n")[0].splitlines()
    travaux = ["prendre", "devoir", "ecrire", "remettre", "recevoir", "constater", "veille", "oublier"]
    assert [ligne.split()[0] for ligne in lignes if not ligne.startswith(" " * 5)] == travaux
    assert len(lignes) == len(travaux) + 1, "the longest name stands alone, its help under it"


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
    assert (fin.statut, fin.sortie, fin.erreurs) == (0, "0 courrier effacé, 0 document, 0 adresse.\n", "")
    monkeypatch.setattr("permis.courriers.oubli.forget_erased", lambda _: Oubli(2, 1, 1, [INCONNU]))
    fin = permis("courriers", "oublier")
    assert (fin.statut, fin.sortie) == (1, "2 courriers effacés, 1 document, 1 adresse.\n")
    assert f"1 dossier en échec (voir le journal) : {INCONNU}" in fin.erreurs
