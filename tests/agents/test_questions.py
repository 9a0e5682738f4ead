"""Questions: the oldest first, beside a file whose reading is written, answered once, closed after a confirmation."""

from datetime import timedelta
from uuid import UUID

import pytest

from permis.demarches.aide import QuestionLue, answer_question, ask_question, read_question
from permis.identites.roles import Role
from tests.agents.fabrique import PREFECTURE, agent, agent_entre, dossier, entrer, lectures, mots, now, usager

pytestmark = pytest.mark.django_db


def poser(ident: UUID, texte: str = "Pourquoi 9 points ?", **avant: int) -> QuestionLue:
    return ask_question(ident, texte, compte=usager().pk, at=now() - timedelta(**avant))


def test_la_plus_ancienne_vient_en_premier_avec_son_attente() -> None:
    recente, ancienne = poser(dossier(), hours=3), poser(dossier(), days=4)
    client = agent_entre(Role.ACCUEIL)
    for adresse in ("/agents/", "/agents/questions"):
        page = client.get(adresse).content.decode()
        assert page.index(str(ancienne.id)) < page.index(str(recente.id))
        assert "4 jours" in page
        assert "3 heures" in page


def test_au_dela_de_cinquante_il_y_a_des_pages() -> None:
    client = agent_entre(Role.ACCUEIL)
    for _ in range(11):
        ident = dossier()
        for heures in range(5):
            poser(ident, hours=heures)
    derniere = poser(dossier())
    premiere = client.get("/agents/questions").content.decode()
    assert premiere.count('href="/agents/questions/') == 50
    assert str(derniere.id) not in premiere
    assert 'href="?page=2"' in premiere
    seconde = client.get("/agents/questions?page=2").content.decode()
    assert seconde.count('href="/agents/questions/') == 6
    assert str(derniere.id) in seconde
    assert "page 2 sur 2" in mots(client.get("/agents/questions?page=99"))
    assert '<span class="pastille">56</span>' in client.get("/agents/").content.decode()


def test_lire_une_question_ecrit_qui_a_lu_le_dossier() -> None:
    ident = dossier()
    question = poser(ident)
    page = mots(agent_entre(Role.ACCUEIL).get(f"/agents/questions/{question.id}"))
    assert "Pourquoi 9 points ?" in page
    assert "Angèle Claire" in page
    assert lectures(ident) == [("accueil", PREFECTURE, "consulter_un_dossier")]


def test_une_reponse_part_une_fois_puis_renvoie_a_la_file() -> None:
    question = poser(dossier())
    client = agent_entre(Role.ACCUEIL, service="Centre de contact")
    adresse = f"/agents/questions/{question.id}"
    reponse = client.post(adresse, {"reponse": "Un feu rouge."})
    assert (reponse.status_code, reponse["Location"]) == (302, "/agents/questions?fait=reponse")
    assert "La réponse est envoyée" in mots(client.get(reponse["Location"]))
    lue = read_question(question.id)
    assert (lue.reponse, lue.service) == ("Un feu rouge.", "Centre de contact")


def test_le_second_agent_l_apprend_et_ne_remplace_rien() -> None:
    question = poser(dossier())
    premier, client = agent(Role.ACCUEIL), agent_entre(Role.ACCUEIL)
    answer_question(question.id, "La première.", compte=premier.pk, service="A", at=now())
    reponse = client.post(f"/agents/questions/{question.id}", {"reponse": "La seconde."})
    assert reponse.status_code == 409
    assert "Un autre agent a déjà répondu" in mots(reponse)
    assert "La seconde." in mots(reponse), "what he wrote is not lost"
    assert read_question(question.id).reponse == "La première."


def test_une_reponse_vide_est_dite_a_cote_de_son_champ() -> None:
    question = poser(dossier())
    reponse = agent_entre(Role.ACCUEIL).post(f"/agents/questions/{question.id}", {"reponse": "  "})
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert 'id="id_reponse-faute"' in page
    assert 'aria-invalid="true"' in page


def test_une_fin_de_ligne_compte_pour_un_caractere() -> None:
    question = poser(dossier())
    reponse = "a" * 1999 + "\r\n" + "b" * 2000
    assert agent_entre(Role.ACCUEIL).post(f"/agents/questions/{question.id}", {"reponse": reponse}).status_code == 302
    assert len(read_question(question.id).reponse) == 4000


def test_clore_demande_une_confirmation() -> None:
    question = poser(dossier())
    client = agent_entre(Role.ACCUEIL)
    adresse = f"/agents/questions/{question.id}/clore"
    assert "ne se rouvre pas" in mots(client.get(adresse))
    assert read_question(question.id).close_at is None
    assert client.post(adresse)["Location"] == "/agents/questions?fait=close"
    assert read_question(question.id).close_at is not None
    assert client.post(adresse).status_code == 409


def test_jamais_son_propre_dossier() -> None:
    ident = dossier(neph="170399999999")
    question = poser(ident)
    lui = entrer(agent(Role.ACCUEIL, neph="170399999999").compte)
    for adresse in (f"/agents/questions/{question.id}", f"/agents/dossiers/{ident}"):
        assert lui.get(adresse).status_code == 403
    assert lectures(ident) == []
