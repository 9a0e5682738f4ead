"""Help: a question asked, followed, answered, closed, by its owner only."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from permis.demarches.aide import OUVERTES_AU_PLUS, TAILLE_TEXTE, answer_question, list_questions_of
from permis.usagers.views.aide import say_delay
from tests.usagers.fabrique import MIDI, PERMIS_2015, Conducteur, conducteur
from tests.usagers.visite import lire, mots

PAGE = "/mon-permis/aide"


@pytest.fixture
def angele() -> Conducteur:
    return conducteur(PERMIS_2015)


def poser(angele: Conducteur, texte: str = "Pourquoi <8> points ?") -> None:
    reponse = angele.client.post(PAGE, {"texte": texte})
    assert (reponse.status_code, reponse.headers["Location"].partition("#")[0]) == (302, PAGE)


def repondre(angele: Conducteur) -> None:
    question = list_questions_of(angele.dossier)[0]
    at = MIDI + timedelta(hours=30)
    answer_question(question.id, "À cause du feu.", compte=uuid4(), service="Centre d’Exemple", at=at)


def test_posee_puis_repondue_puis_close(angele: Conducteur, monkeypatch: pytest.MonkeyPatch) -> None:
    poser(angele)
    texte = mots(angele.client.get(PAGE))
    assert "Question 1 en attente Posée le 22 novembre 2026 à 12:00 Pourquoi <8> points ?" in texte
    assert "le délai moyen n’est pas connu" in texte
    repondre(angele)
    angele.client.post(PAGE, {"clore": "1"})
    texte = mots(angele.client.get(PAGE))
    assert "Question 1 close" in texte
    assert "Réponse – Centre d’Exemple, 23 novembre 2026 à 18:00 À cause du feu." in texte
    assert 'name="clore"' not in lire(angele.client.get(PAGE))


def test_le_delai_moyen_est_montre(angele: Conducteur, monkeypatch: pytest.MonkeyPatch) -> None:
    poser(angele)
    repondre(angele)
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI + timedelta(hours=31))
    angele.client.cookies = conducteur(PERMIS_2015).client.cookies
    monkeypatch.setattr("permis.identites.sessions.is_alive", lambda *_: True)
    assert "une réponse est venue en 2 jours en moyenne" in mots(angele.client.get(PAGE))


@pytest.mark.parametrize(
    ("delai", "dit"),
    [
        (timedelta(seconds=1), "1 heure"),
        (timedelta(hours=2), "2 heures"),
        (timedelta(hours=2, seconds=1), "3 heures"),
        (timedelta(days=1), "1 jour"),
        (timedelta(days=1, seconds=1), "2 jours"),
        (None, ""),
    ],
)
def test_le_delai_en_mots(delai: timedelta | None, dit: str) -> None:
    assert say_delay(delai) == dit


@pytest.mark.parametrize(
    ("texte", "dit"),
    [("  ", "Écrivez votre question."), ("a" * (TAILLE_TEXTE + 1), "Quatre mille caractères au plus.")],
)
def test_une_question_vide_ou_trop_longue(angele: Conducteur, texte: str, dit: str) -> None:
    reponse = angele.client.post(PAGE, {"texte": texte})
    assert reponse.status_code == 422
    assert dit in mots(reponse)
    assert list_questions_of(angele.dossier) == []


def test_pas_plus_de_cinq_en_attente(angele: Conducteur) -> None:
    for rang in range(OUVERTES_AU_PLUS):
        poser(angele, f"Question {rang}")
    reponse = angele.client.post(PAGE, {"texte": "Une de trop"})
    assert reponse.status_code == 422
    assert "Cinq de vos questions attendent déjà" in mots(reponse)
    assert "Une de trop</textarea>" in reponse.content.decode()


def test_on_ne_voit_ni_ne_clot_que_les_siennes(angele: Conducteur) -> None:
    autre = conducteur(PERMIS_2015)
    poser(angele, "Rien que pour moi")
    assert "Rien que pour moi" not in mots(autre.client.get(PAGE))
    assert autre.client.post(PAGE, {"clore": "1"}).status_code == 404
    assert list_questions_of(angele.dossier)[0].close_at is None


@pytest.mark.parametrize("numero", ["", "0", "-1", "zut", "1 OR 1", "9" * 30])
def test_un_numero_qui_n_en_est_pas_un(angele: Conducteur, numero: str) -> None:
    assert angele.client.post(PAGE, {"clore": numero}).status_code == 404


def test_clore_deux_fois_revient_a_la_page(angele: Conducteur) -> None:
    poser(angele)
    for _ in range(2):
        assert angele.client.post(PAGE, {"clore": "1"}).headers["Location"] == f"{PAGE}#question-1"
