"""The page that checks a share code, without JavaScript; and the one that tells whether a letter is ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from permis.courriers.etapes import note
from permis.courriers.frein import PORTES
from permis.courriers.models import Controle, Courrier, Partage, Statut
from permis.courriers.partage import REVOIR, Champ, PartageLu, list_partages, open_partage, revoke_partage
from permis.registre.temps import jour_legal
from tests.courriers.plis import lettre_simple
from tests.registre.fabrique import MIDI as MIDI_DES_PLIS
from tests.usagers.fabrique import MIDI, PERMIS_2015, Conducteur, Fait, conducteur, enregistrer
from tests.usagers.visite import fiche, mots

pytestmark = pytest.mark.django_db
FAUX = "2345-6789-ABCD-EFGH"


@pytest.fixture(autouse=True)
def _midi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI)


def verifier(code: str, nom: str = "Loueur d’Exemple", client: Client | None = None, langue: str = "") -> Any:
    """What the browser shows: it follows where a good code leads."""
    donnees = {"code": code, "verificateur": nom}
    return (client or Client()).post(f"{langue}/partage/reponse", donnees, follow=True)


def adresse_de(reponse: Any) -> str:
    """Where a good code led."""
    return str(reponse.redirect_chain[-1][0])


def ouvrir(*champs: Champ, jours: int = 7, usages_max: int | None = None, qui: Conducteur | None = None) -> PartageLu:
    dossier = (qui or conducteur(PERMIS_2015)).dossier
    return open_partage(dossier, "Location", champs or tuple(Champ), jours=jours, usages_max=usages_max, at=MIDI)


def partage(*champs: Champ) -> str:
    return ouvrir(*champs).code


def avancer(monkeypatch: pytest.MonkeyPatch, delai: timedelta) -> None:
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI + delai)


def test_le_code_se_tape_et_la_reponse_dit_le_droit_pas_les_points() -> None:
    reponse = verifier(partage())
    texte = mots(reponse)
    assert reponse.status_code == 200
    assert reponse.headers["Cache-Control"] == "no-store"
    assert "Cette personne peut conduire" in texte
    assert "Angèle Claire ESSAI" in texte
    assert "B , depuis le 1er juin 2015" in texte.replace("\u00a0", " ")
    assert "12" not in texte.split("Vérifié le")[0]
    assert Controle.objects.get().nom == "Loueur d’Exemple"


def mesure(nature: str, fin: str) -> Fait:
    return {"type": "mesure", "id": nature, "nature": nature, "debut": "2026-11-22", "fin": fin}


def test_les_categories_et_les_restrictions_chacune_avec_son_jour() -> None:
    qui = conducteur(PERMIS_2015)
    code = ouvrir(qui=qui).code
    avant = fiche(verifier(code))
    enregistrer(qui.dossier, mesure("restriction", "2026-12-22"))
    apres = fiche(verifier(code))
    assert avant["Catégories"] == apres["Catégories"] == "B , depuis le 1er juin 2015"
    assert (avant["Restrictions"], apres["Restrictions"].rpartition(", ")[2]) == (
        "aucune",
        "jusqu’au 22 décembre 2026",
    )


def test_ce_qui_n_est_pas_partage_n_est_pas_ecrit() -> None:
    texte = mots(verifier(partage(Champ.CATEGORIES)))
    assert "Ce code est bon" in texte
    assert "Droit de conduire" not in texte
    assert "Restrictions" not in texte


@pytest.mark.parametrize("code", [FAUX, "zut", "é" * 16])
def test_un_code_qui_n_ouvre_rien(code: str) -> None:
    reponse = verifier(code)
    assert reponse.status_code == 404
    assert "Ce code n’ouvre rien" in mots(reponse)
    assert not Controle.objects.exists()


def test_il_faut_un_code_et_un_nom() -> None:
    reponse = verifier("", "")
    texte = mots(reponse)
    assert reponse.status_code == 422
    assert "Tapez le code" in texte
    assert "Dites qui vous êtes" in texte


def test_trop_de_demandes() -> None:
    code = partage()
    for _ in range(PORTES["partage"].nombre):
        verifier(FAUX)
    reponse = verifier(code)
    assert reponse.status_code == 429
    assert 0 < int(reponse.headers["Retry-After"]) <= 60
    assert f"Attendez {reponse.headers['Retry-After']} seconde" in mots(reponse)
    assert not Controle.objects.exists()


# Seen again


@pytest.mark.parametrize("langue", ["", "/en"])
def test_recharger_la_reponse_ne_prend_pas_d_autre_usage(langue: str) -> None:
    qui = conducteur(PERMIS_2015)
    lu, client = ouvrir(usages_max=1, qui=qui), Client()
    reponse = verifier(lu.code, client=client, langue=langue)
    assert [statut for _, statut in reponse.redirect_chain] == [302]
    assert qui.acces() == 1, "one reading a page shown"
    for _ in range(2):
        encore = client.get(adresse_de(reponse))
        assert encore.status_code == 200
        assert encore.headers["Cache-Control"] == "no-store"
        assert "Angèle Claire ESSAI" in mots(encore)
    assert Partage.objects.get().usages == Controle.objects.count() == 1
    assert len(list_partages(qui.dossier)[0].controles) == 1
    assert qui.acces() == 3, "each is written down"
    assert verifier(lu.code, client=client).status_code == 404, "its only use is spent"


def test_la_reponse_se_revoit_dans_l_autre_langue() -> None:
    client = Client()
    reponse = verifier(partage(), client=client)
    autre = f"/en{adresse_de(reponse)}"
    assert f'href="{autre}"' in reponse.content.decode()
    assert "Angèle Claire ESSAI" in mots(client.get(autre))


def test_l_adresse_seule_n_ouvre_rien() -> None:
    adresse = adresse_de(verifier(partage()))
    reponse = Client().get(adresse)
    assert reponse.status_code == 410
    assert reponse.headers["Cache-Control"] == "no-store"
    assert "Cette réponse n’est plus montrée" in mots(reponse)
    assert "ESSAI" not in mots(reponse)


@pytest.mark.parametrize("valeur", ["1", "1:x", "", "zut", "{pk}", "{pk}:{fin}"])
def test_un_cookie_qui_n_est_pas_de_nous_n_ouvre_rien(valeur: str) -> None:
    client = Client()
    adresse = adresse_de(verifier(partage(), client=client))
    ((nom, vrai),) = ((nom, c.value) for nom, c in client.cookies.items() if nom.startswith("controle-"))
    autre = Client()
    autre.cookies[nom] = valeur.format(pk=Controle.objects.get().pk, fin=vrai.rpartition(":")[2][::-1])
    assert autre.get(adresse).status_code == 410
    autre.cookies["controle-0123456789abcdef"] = vrai
    assert autre.get("/partage/droits/0123456789abcdef").status_code == 410, "it opens its own address only"


def test_le_cookie_ne_dit_rien_et_ne_dure_pas() -> None:
    client, lu = Client(), ouvrir()
    verifier(lu.code, client=client)
    (cookie,) = (cookie for nom, cookie in client.cookies.items() if nom.startswith("controle-"))
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (300, True, "Strict")
    assert lu.code not in cookie.value
    assert cookie.value.startswith(f"{Controle.objects.get().pk}:")


def test_deux_verifications_ne_se_montrent_pas_l_une_pour_l_autre() -> None:
    client = Client()
    un, autre = (verifier(partage(*champs), client=client) for champs in (tuple(Champ), (Champ.CATEGORIES,)))
    assert "Cette personne peut conduire" in mots(client.get(adresse_de(un)))
    assert "Ce code est bon" in mots(client.get(adresse_de(autre)))


@pytest.mark.parametrize(("delai", "statut"), [(-1, 200), (0, 404), (1, 404)])
def test_la_reponse_se_revoit_cinq_minutes(delai: int, statut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    adresse = adresse_de(verifier(partage(), client=client))
    avancer(monkeypatch, REVOIR + timedelta(seconds=delai))
    assert client.get(adresse).status_code == statut


def test_un_code_annule_ou_expire_depuis_ne_se_revoit_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    client, qui = Client(), conducteur(PERMIS_2015)
    annule, expire = ouvrir(qui=qui), ouvrir(jours=1, qui=qui)
    adresse = adresse_de(verifier(annule.code, client=client))
    revoke_partage(annule.id, at=MIDI)
    avancer(monkeypatch, timedelta(days=1, seconds=-1))
    autre = adresse_de(verifier(expire.code, client=client))
    assert client.get(autre).status_code == 200
    avancer(monkeypatch, timedelta(days=1))
    lectures = qui.acces()
    reponses = [client.get(adresse), client.get(autre), verifier(FAUX)]
    assert [reponse.status_code for reponse in reponses] == [404] * 3
    assert len({mots(reponse) for reponse in reponses}) == 1
    assert qui.acces() == lectures


def test_une_suspension_inscrite_depuis_se_voit_en_rechargeant(monkeypatch: pytest.MonkeyPatch) -> None:
    client, qui = Client(), conducteur(PERMIS_2015)
    reponse = verifier(ouvrir(usages_max=1, qui=qui).code, client=client)
    assert "Cette personne peut conduire" in mots(reponse)
    enregistrer(qui.dossier, mesure("suspension", "2027-02-22"))
    avancer(monkeypatch, timedelta(minutes=1))
    texte = mots(client.get(adresse_de(reponse)))
    assert "Cette personne ne peut pas conduire aujourd’hui" in texte
    assert "12:01" in texte


def test_recharger_se_compte_a_part() -> None:
    client = Client()
    adresse = adresse_de(verifier(partage(), client=client))
    for _ in range(PORTES["partage_revu"].nombre - 1):
        assert client.get(adresse).status_code == 200
    assert client.get(adresse).status_code == 429
    assert verifier(partage(Champ.VALIDITE), client=Client(REMOTE_ADDR="192.0.2.9")).status_code == 200


@pytest.mark.parametrize("page", ["/partage", "/lettre"])
def test_la_page_se_lit_sans_compte_et_sans_cookie_de_session(page: str) -> None:
    reponse = Client().get(page)
    assert reponse.status_code == 200
    assert "sessionid" not in reponse.cookies
    assert Client().get(f"/en{page}").status_code == 200


@pytest.mark.parametrize("page", ["/partage/reponse", "/lettre/reponse"])
def test_la_reponse_ne_vient_que_d_un_formulaire_du_site(page: str) -> None:
    assert Client().get(page).status_code == 405
    assert Client(enforce_csrf_checks=True).post(page, {"numero": FAUX, "code": FAUX}).status_code == 403


def demander(numero: str) -> Any:
    return Client().post("/lettre/reponse", {"numero": numero})


def numero_de(courrier: Courrier) -> str:
    return courrier.unseal_column("numero") or ""


def test_une_lettre_de_chez_nous_et_rien_de_ce_qu_elle_dit() -> None:
    courrier = lettre_simple()
    reponse = demander(numero_de(courrier).lower().replace("-", " "))
    texte = mots(reponse)
    assert "Oui, ce numéro est celui d’une lettre que nous avons écrite" in texte
    assert "ESSAI" not in texte
    assert "48" not in texte
    assert numero_de(courrier) not in reponse.content.decode()


def test_un_numero_inconnu() -> None:
    texte = mots(demander(FAUX))
    assert "Non, nous n’avons écrit aucune lettre sous ce numéro" in texte


@pytest.mark.parametrize(
    ("numero", "dit"),
    [
        ("7", "Vous avez tapé 1 signe."),
        (FAUX[:-1], "Vous avez tapé 15 signes."),
        (f"{FAUX}0", "Vous avez tapé 17 signes."),
        ("n'importe quoi", "Vous avez tapé 13 signes."),
        (" - ", "Vous avez tapé 0 signe"),
        (FAUX.replace("A", "U"), "Un de ces signes n’est jamais dans nos numéros"),
        (FAUX.replace("A", "é"), "Un de ces signes n’est jamais dans nos numéros"),
        ("9" * 101, "Seize lettres et chiffres sont attendus"),
    ],
)
def test_ce_qui_n_est_pas_un_numero_est_dit_sans_chercher_de_lettre(numero: str, dit: str) -> None:
    courrier = lettre_simple()
    assert dit in demander(numero).content.decode()
    for mal in (numero_de(courrier)[:-1], numero_de(courrier)[:-1] + "U"):
        reponse = demander(mal)
        assert reponse.status_code == demander(numero).status_code == 422
        assert "imprimé en haut de la première page" in mots(reponse)
        assert "Oui" not in mots(reponse)
        assert "Non, nous" not in mots(reponse)
        assert 'aria-invalid="true"' in reponse.content.decode()
        assert mal in reponse.content.decode(), "what was typed is there to be mended"


@pytest.mark.parametrize(
    "copie", ["23456789abcdefgh", " 2345 6789 abcd efgh ", "2345.6789.ABCD.EFGH", "Z345-6789-ABCD-OILo"]
)
def test_une_copie_d_un_numero_en_a_la_forme(copie: str) -> None:
    reponse = demander(copie)
    assert reponse.status_code == 200
    assert "Non, nous n’avons écrit aucune lettre sous ce numéro" in mots(reponse)


def test_une_lettre_abandonnee_n_est_jamais_partie() -> None:
    courrier = lettre_simple()
    note(courrier, Statut.ABANDONNE, jour_legal(MIDI_DES_PLIS), at=MIDI_DES_PLIS)
    assert "Non, nous" in mots(demander(numero_de(courrier)))


def test_une_lettre_reprise_le_dit() -> None:
    courrier = lettre_simple()
    type(courrier.du).objects.filter(pk=courrier.du_id).update(repris_le=jour_legal(MIDI_DES_PLIS))
    texte = mots(demander(numero_de(courrier)))
    assert "Oui, ce numéro" in texte
    assert "Elle ne vaut plus" in texte


def test_il_faut_un_numero() -> None:
    assert demander("").status_code == 422


def test_la_lettre_aussi_se_demande_tant_de_fois() -> None:
    for _ in range(PORTES["lettre"].nombre):
        assert demander(FAUX).status_code == 200
    assert demander(FAUX).status_code == 429
