"""An agent may act on a question about any file but his own; of a question that does not exist, nothing is said."""

from uuid import uuid4

import pytest

from permis.demarches.droits import judge_question
from permis.identites.acteur import Acteur, Nature
from permis.identites.models import Agent, Compte
from permis.identites.permissions import Verdict
from permis.identites.roles import Genre, Moyen, Role
from tests.demarches.fabrique import MIDI, dossier, poser

pytestmark = pytest.mark.django_db
SIEN, AUTRE = "170392100012", "170392100013"


@pytest.fixture
def agent() -> Acteur:
    """An agent of reception, who declared the number of his own licence."""
    compte = Compte.objects.create(genre=Genre.AGENT, ouvert_at=MIDI)
    ligne = Agent(compte=compte, service="Centre", roles=[Role.ACCUEIL], habilite_at=MIDI)
    ligne.seal_columns(courriel="agent@service.permis.example", neph=SIEN)
    ligne.save(force_insert=True)
    return Acteur(Nature.AGENT, compte.pk, None, Moyen.PROCONNECT, frozenset({Role.ACCUEIL}), "Centre")


def test_la_question_d_un_autre(agent: Acteur) -> None:
    assert judge_question(agent, poser(dossier(AUTRE)).id) is Verdict.OUI


def test_la_sienne(agent: Acteur) -> None:
    assert judge_question(agent, poser(dossier(SIEN)).id) is Verdict.LE_SIEN


def test_aucune(agent: Acteur) -> None:
    assert judge_question(agent, uuid4()) is Verdict.INCONNU
