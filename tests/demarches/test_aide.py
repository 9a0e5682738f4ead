"""A question on one's file: asked, answered, closed, in that order and no other; sealed; its delay measured."""

from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest

from permis.demarches import aide
from permis.demarches.aide import (
    OUVERTES_AU_PLUS,
    TAILLE_TEXTE,
    QuestionInconnueError,
    TexteInvalideError,
    TransitionRefuseeError,
    TropDeQuestionsError,
)
from permis.demarches.models import EtatQuestion, Question
from permis.registre.verrou import DossierInconnuError
from tests.demarches.fabrique import AGENT, COMPTE, MIDI, dossier, poser, repondre

pytestmark = pytest.mark.django_db


def amener(etat: EtatQuestion) -> tuple[UUID, UUID, int]:
    """A question in a state: its file, itself, its number."""
    ident = dossier()
    question = poser(ident)
    if etat is EtatQuestion.REPONDUE:
        repondre(question.id)
    if etat is EtatQuestion.CLOSE:
        aide.close_question(ident, question.numero, at=MIDI)
    return ident, question.id, question.numero


def test_une_question_posee_puis_repondue_puis_close() -> None:
    ident = dossier()
    question = poser(ident, "  Pourquoi 9 points ?\r\nMerci.  ")
    assert (question.numero, question.etat, question.texte) == (1, EtatQuestion.POSEE, "Pourquoi 9 points ?\nMerci.")
    repondue = repondre(question.id, at=MIDI + timedelta(days=2))
    assert (repondue.etat, repondue.reponse, repondue.service) == ("repondue", "Un feu rouge.", "Centre de contact")
    close = aide.close_question(ident, 1, at=MIDI + timedelta(days=3))
    assert (close.etat, close.reponse, close.close_at) == ("close", "Un feu rouge.", MIDI + timedelta(days=3))


@pytest.mark.parametrize(("geste", "etat"), list(product(["answer_question", "close_question"], EtatQuestion)))
def test_chaque_geste_dans_chaque_etat(geste: str, etat: EtatQuestion) -> None:
    ident, question, numero = amener(etat)

    def agir() -> aide.QuestionLue:
        return repondre(question) if geste == "answer_question" else aide.close_question(ident, numero, at=MIDI)

    if (geste, etat) in aide.TRANSITIONS:
        assert agir().etat is aide.TRANSITIONS[geste, etat]
    else:
        with pytest.raises(TransitionRefuseeError):
            agir()
        assert aide.read_question(question).etat is etat


@pytest.mark.parametrize("texte", ["", "  \r\n ", "a" * (TAILLE_TEXTE + 1)])
def test_un_texte_vide_ou_trop_long_est_refuse(texte: str) -> None:
    ident = dossier()
    with pytest.raises(TexteInvalideError):
        poser(ident, texte)
    question = poser(ident, "a" * TAILLE_TEXTE)
    with pytest.raises(TexteInvalideError):
        repondre(question.id, texte)


def test_pas_plus_de_cinq_questions_en_attente() -> None:
    ident = dossier()
    posees = [poser(ident) for _ in range(OUVERTES_AU_PLUS)]
    with pytest.raises(TropDeQuestionsError):
        poser(ident)
    repondre(posees[0].id)
    assert poser(ident).numero == OUVERTES_AU_PLUS + 1


def test_ce_qui_est_ecrit_est_scelle() -> None:
    question = poser(dossier(), "Je m'appelle Angèle.")
    repondre(question.id, "Bonjour Angèle.")
    ligne = Question.objects.get()
    assert b"Ang" not in bytes(ligne.texte) + bytes(ligne.reponse or b"")
    ligne.texte, ligne.reponse = ligne.reponse, ligne.texte
    with pytest.raises(ValueError, match="demarches_question"):
        ligne.unseal_column("texte")


def test_on_ne_clot_pas_la_question_d_un_autre() -> None:
    poser(dossier())
    autre = dossier("170392100013")
    with pytest.raises(QuestionInconnueError):
        aide.close_question(autre, 1, at=MIDI)
    assert aide.list_questions_of(autre) == []
    assert aide.count_questions() == 1


def test_un_dossier_ou_une_question_qui_n_existe_pas() -> None:
    with pytest.raises(DossierInconnuError):
        poser(uuid4())
    with pytest.raises(QuestionInconnueError):
        repondre(uuid4())
    with pytest.raises(QuestionInconnueError):
        aide.read_question(uuid4())


def test_la_file_des_agents_commence_par_qui_attend_depuis_le_plus_longtemps() -> None:
    premier, second = dossier(), dossier("170392100013")
    tard = poser(premier, "tard", at=MIDI + timedelta(hours=2))
    tot = poser(second, "tôt", at=MIDI)
    repondue = poser(premier, "répondue", at=MIDI - timedelta(days=1))
    repondre(repondue.id)
    assert [question.id for question in aide.list_questions()] == [tot.id, tard.id]
    assert [question.id for question in aide.list_questions(combien=1, depuis=1)] == [tard.id]
    assert [question.id for question in aide.list_questions(None)] == [repondue.id, tot.id, tard.id]
    assert [question.texte for question in aide.list_questions_of(premier)] == ["répondue", "tard"]


def test_le_delai_moyen_est_celui_des_quatre_vingt_dix_derniers_jours() -> None:
    ident = dossier()
    assert aide.average_delay(MIDI) is None
    for heures in (10, 20):
        repondre(poser(ident, at=MIDI - timedelta(days=10)).id, at=MIDI - timedelta(days=10, hours=-heures))
    ancienne = poser(ident, at=MIDI - timedelta(days=200))
    repondre(ancienne.id, at=MIDI - timedelta(days=90))
    assert aide.average_delay(MIDI) == timedelta(hours=15)
    assert aide.average_delay(MIDI + timedelta(days=100)) is None


def test_l_agent_n_est_jamais_dans_ce_que_lit_le_titulaire() -> None:
    ident = dossier()
    repondre(poser(ident).id)
    (lue,) = aide.list_questions_of(ident)
    assert str(AGENT) not in repr(lue)
    assert str(COMPTE) not in repr(lue)
