"""A confidential code: after the identity check only, shown once, the former replaced, in no cache and no log."""

import re

import pytest

from permis.identites.codes import Reponse, check_code
from permis.identites.emission import CodeDejaEmisError, issue_after_check
from permis.identites.models import CodeConfidentiel, ControleIdentite, Lieu, Piece
from permis.identites.roles import Role
from tests.agents.fabrique import agent, agent_entre, dossier, entrer, lectures, mots, now

pytestmark = pytest.mark.django_db

CONTROLE = {"piece": "passeport", "lieu": "guichet", "verifie": "on"}
NEPH = "170344444444"


def lire_code(page: str) -> str:
    trouve = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    assert trouve
    return trouve.group()


def test_le_code_emis_ouvre_le_dossier_et_n_est_montre_qu_une_fois() -> None:
    ident, client = dossier(neph=NEPH), agent_entre(Role.INSTRUCTION)
    adresse = f"/agents/dossiers/{ident}/code"
    assert client.get(adresse).status_code == 200
    reponse = client.post(adresse, CONTROLE)
    assert reponse["Cache-Control"] == "no-store"
    code = lire_code(mots(reponse))
    assert "http://testserver/connexion/code" in mots(reponse), "the paper says where to type it"
    assert check_code(NEPH, code, now()).reponse is Reponse.OUVERT
    rechargee = client.post(adresse, CONTROLE)
    assert rechargee.status_code == 409
    for page in (rechargee, client.get(adresse)):
        assert code not in page.content.decode()
        assert not re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", mots(page))
    assert check_code(NEPH, code, now()).reponse is Reponse.OUVERT, "sending the form again replaced it"


def test_un_nouveau_code_remplace_le_premier() -> None:
    ident, client = dossier(neph=NEPH), agent_entre(Role.INSTRUCTION)
    adresse = f"/agents/dossiers/{ident}/code"
    premier = lire_code(mots(client.post(adresse, CONTROLE)))
    page = client.get(adresse)
    assert "Un code est en vigueur" in mots(page)
    remplace = re.search(r'name="remplace" value="([^"]+)"', page.content.decode())
    assert remplace
    second = lire_code(mots(client.post(adresse, CONTROLE | {"remplace": remplace.group(1)})))
    assert check_code(NEPH, premier, now()).reponse is Reponse.REFUSE
    assert check_code(NEPH, second, now()).reponse is Reponse.OUVERT


@pytest.mark.parametrize("oublie", CONTROLE)
def test_sans_verification_aucun_code(oublie: str) -> None:
    ident = dossier()
    champs = {nom: valeur for nom, valeur in CONTROLE.items() if nom != oublie}
    reponse = agent_entre(Role.INSTRUCTION).post(f"/agents/dossiers/{ident}/code", champs)
    assert reponse.status_code == 422
    assert not CodeConfidentiel.objects.exists()


def test_la_verification_est_ecrite_et_la_lecture_aussi() -> None:
    ident = dossier()
    agent_entre(Role.INSTRUCTION).post(f"/agents/dossiers/{ident}/code", CONTROLE)
    assert ControleIdentite.objects.values_list("piece", "lieu").get() == (Piece.PASSEPORT, Lieu.GUICHET)
    assert [acte for *_, acte in lectures(ident)] == ["emettre_un_code"]


def test_deux_agents_a_la_fois_un_seul_code() -> None:
    ident = dossier()
    premier, second = agent_entre(Role.INSTRUCTION), agent_entre(Role.INSTRUCTION)
    adresse = f"/agents/dossiers/{ident}/code"
    premier.get(adresse)
    second.get(adresse)
    assert premier.post(adresse, CONTROLE).status_code == 200
    reponse = second.post(adresse, CONTROLE)
    assert reponse.status_code == 409
    assert "Un code a été émis" in mots(reponse)
    assert CodeConfidentiel.objects.count() == 1


def test_jamais_pour_soi() -> None:
    ident = dossier(neph=NEPH)
    lui = entrer(agent(Role.INSTRUCTION, neph=NEPH).compte)
    assert lui.post(f"/agents/dossiers/{ident}/code", CONTROLE).status_code == 403
    assert not CodeConfidentiel.objects.exists()


def test_le_numero_n_est_jamais_dans_l_adresse() -> None:
    ident, client = dossier(neph=NEPH), agent_entre(Role.INSTRUCTION)
    reponse = client.post("/agents/dossiers", {"neph": "1703 4444 4444"})
    assert reponse["Location"] == f"/agents/dossiers/{ident}"
    inconnu = client.post("/agents/dossiers", {"neph": "170300000000"})
    assert inconnu.status_code == 422
    assert "Aucun dossier ne porte ce numéro" in mots(inconnu)


def test_un_code_remplace_entre_temps_se_dit_sous_la_vue() -> None:
    ident, qui = dossier(), agent(Role.INSTRUCTION)
    acteur = entrer(qui.compte).get("/agents/").wsgi_request.acteur  # type: ignore[attr-defined]
    issue_after_check(ident, acteur, (Piece.PASSEPORT, Lieu.GUICHET), remplace=None, at=now())
    with pytest.raises(CodeDejaEmisError):
        issue_after_check(ident, acteur, (Piece.PASSEPORT, Lieu.GUICHET), remplace=None, at=now())
