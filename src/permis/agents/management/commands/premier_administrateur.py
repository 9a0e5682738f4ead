"""Let the first administrator in: nobody is there yet to enter him in the table, nor to link his identity.

    premier_administrateur ADRESSE --siret SIRET --service SERVICE     then he tries to sign in by ProConnect
    premier_administrateur ADRESSE --siret SIRET --relier              once he has tried

Refused as soon as an administrator can sign in: from then on, administrators do both.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from permis.identites.agents import AgentInvalideError, decide_agent_case, enrol_agent, list_agent_cases
from permis.identites.habilitations import has_administrator
from permis.identites.models import Agent, Rapprochement
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.roles import Role


class Command(BaseCommand):
    """Enter the first administrator, then link him."""

    help = "Inscrit le premier administrateur, puis relie sa première identité ProConnect."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("courriel", help="adresse que ProConnect transmettra")
        parser.add_argument("--siret", default="", help="SIRET que ProConnect transmettra, s'il en transmet un")
        parser.add_argument("--service", default="", help="service de l'administrateur")
        parser.add_argument("--relier", action="store_true", help="relie la connexion qu'il vient d'essayer")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if has_administrator():
            raise CommandError("Un administrateur peut déjà se connecter : c'est à lui d'habiliter les agents.")
        identite = IdentiteAgent(options["courriel"].strip().lower(), options["siret"].strip())
        if options["relier"]:
            self._link(identite)
        elif options["service"]:
            self._enrol(identite, options["service"])
        else:
            raise CommandError("--service ou --relier est attendu.")

    def _enrol(self, identite: IdentiteAgent, service: str) -> None:
        try:
            enrol_agent(identite, service, [Role.ADMINISTRATION], par=None, at=timezone.now())
        except AgentInvalideError:
            raise CommandError("Cette adresse et ce SIRET sont déjà dans la table : --relier ?") from None
        self.stdout.write("Inscrit. Qu'il se connecte par ProConnect, puis relancez avec --relier.")

    def _link(self, identite: IdentiteAgent) -> None:
        cas = [demande for demande in list_agent_cases() if _is_of(demande, identite)]
        if len(cas) != 1:
            raise CommandError(f"{len(cas)} connexions attendent sous cette adresse et ce SIRET ; une est attendue.")
        decide_agent_case(cas[0].pk, relier=True, par=None, at=timezone.now())
        self.stdout.write("Relié. Il peut se connecter et habiliter les autres.")


def _is_of(demande: Rapprochement, identite: IdentiteAgent) -> bool:
    agent = Agent.objects.filter(pk=UUID(demande.candidats[0]), actif=True).first()
    return agent is not None and agent.unseal_column("courriel") == identite.cle
