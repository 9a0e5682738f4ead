"""The first administrator enters by the command line, once; the others by him."""

from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from permis.identites.agents import decide_agent_case, list_agent_cases, recognise_agent
from permis.identites.models import Agent
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.oidc.refus import ConnexionRefuseeError
from tests.agents.fabrique import ISSUER, now

pytestmark = pytest.mark.django_db

LUI = IdentiteAgent("alice@service.example", "13009999900026")
ARGUMENTS = ["premier_administrateur", "Alice@service.example", "--siret", LUI.siret]


def test_il_s_inscrit_essaie_puis_entre() -> None:
    call_command(*ARGUMENTS, "--service", "Service national")
    with pytest.raises(CommandError, match="0 connexions"):
        call_command(*ARGUMENTS, "--relier")
    with pytest.raises(ConnexionRefuseeError):
        recognise_agent(ISSUER, "s1", LUI, now())
    call_command(*ARGUMENTS, "--relier")
    compte = recognise_agent(ISSUER, "s1", LUI, now())
    assert Agent.objects.get(pk=compte.pk).roles == ["administration"]
    with pytest.raises(CommandError, match="peut déjà se connecter"):
        call_command("premier_administrateur", "autre@service.example", "--relier")


def test_seul_il_peut_faire_inscrire_un_second_mais_non_un_troisieme() -> None:
    """He alone may link nobody whom he entered: the machine enters the second, he links him."""
    second = IdentiteAgent("bob@service.example", "13009999900026")
    premier = _entrer_seul()
    call_command("premier_administrateur", second.courriel, "--siret", second.siret, "--service", "Ailleurs")
    with pytest.raises(ConnexionRefuseeError):
        recognise_agent(ISSUER, "s2", second, now())
    assert decide_agent_case(list_agent_cases()[0].pk, relier=True, par=premier, at=now())
    with pytest.raises(CommandError, match="Deux administrateurs peuvent déjà se connecter"):
        call_command("premier_administrateur", "trois@service.example", "--service", "Ailleurs")


def _entrer_seul() -> UUID:
    call_command(*ARGUMENTS, "--service", "Service national")
    with pytest.raises(ConnexionRefuseeError):
        recognise_agent(ISSUER, "s1", LUI, now())
    call_command(*ARGUMENTS, "--relier")
    return recognise_agent(ISSUER, "s1", LUI, now()).pk


def test_le_second_inscrit_par_la_commande_est_relie_par_le_premier() -> None:
    """From two on, each links whom the other entered."""
    second = IdentiteAgent("bob@service.example", "13009999900026")
    call_command(*ARGUMENTS, "--service", "Service national")
    call_command("premier_administrateur", second.courriel, "--siret", second.siret, "--service", "Service national")
    for sub, lui in (("s1", LUI), ("s2", second)):
        with pytest.raises(ConnexionRefuseeError):
            recognise_agent(ISSUER, sub, lui, now())
    call_command(*ARGUMENTS, "--relier")
    premier = recognise_agent(ISSUER, "s1", LUI, now())
    assert decide_agent_case(list_agent_cases()[0].pk, relier=True, par=premier.pk, at=now())
    assert recognise_agent(ISSUER, "s2", second, now()) != premier


def test_on_ne_s_inscrit_pas_deux_fois() -> None:
    call_command(*ARGUMENTS, "--service", "Service national")
    with pytest.raises(CommandError, match="déjà dans la table"):
        call_command(*ARGUMENTS, "--service", "Service national")
    with pytest.raises(CommandError, match="attendu"):
        call_command(*ARGUMENTS)
