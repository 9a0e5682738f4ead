"""Let the first two administrators in: nobody is there yet to enter them in the table, nor to link the first one.

    premier_administrateur ADRESSE --siret SIRET --service SERVICE     then he tries to sign in by ProConnect
    premier_administrateur ADRESSE --siret SIRET --relier              once he has tried

The second is entered in the same way and linked by the first, who alone links nobody whom he entered. Linking is
refused as soon as one administrator can sign in, entering as soon as two can: from then on, administrators do it.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from permis.identites.agents import AgentInvalideError, decide_agent_case, enrol_agent, list_agent_cases
from permis.identites.habilitations import list_administrators
from permis.identites.models import Agent, Rapprochement
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.roles import Role

DEUX: Final = 2
"""How many administrators it takes to link an agent's identity: whoever entered him does not."""


class Command(BaseCommand):
    """Enter the first administrators, and link the very first."""

    help = "Inscrit les deux premiers administrateurs, et relie la première identité ProConnect du premier."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("courriel", help="adresse que ProConnect transmettra")
        parser.add_argument("--siret", default="", help="SIRET que ProConnect transmettra, s'il en transmet un")
        parser.add_argument("--service", default="", help="service de l'administrateur")
        parser.add_argument("--relier", action="store_true", help="relie la connexion qu'il vient d'essayer")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        administrateurs = len(list_administrators())
        if administrateurs >= DEUX:
            raise CommandError("Deux administrateurs peuvent déjà se connecter : c'est à eux d'habiliter les agents.")
        if administrateurs and options["relier"]:
            raise CommandError("Un administrateur peut déjà se connecter : c'est à lui de relier le second.")
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
        suite = "l'administrateur en place le reliera" if list_administrators() else "relancez avec --relier"
        self.stdout.write(f"Inscrit. Qu'il se connecte par ProConnect, puis {suite}.")

    def _link(self, identite: IdentiteAgent) -> None:
        cas = [demande for demande in list_agent_cases() if _is_of(demande, identite)]
        if len(cas) != 1:
            raise CommandError(f"{len(cas)} connexions attendent sous cette adresse et ce SIRET ; une est attendue.")
        decide_agent_case(cas[0].pk, relier=True, par=None, at=timezone.now())
        self.stdout.write("Relié. Il peut se connecter et habiliter les autres.")


def _is_of(demande: Rapprochement, identite: IdentiteAgent) -> bool:
    agent = Agent.objects.filter(pk=UUID(demande.candidats[0]), actif=True).first()
    return agent is not None and agent.unseal_column("courriel") == identite.cle
