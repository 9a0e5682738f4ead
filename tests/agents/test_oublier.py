"""What expired goes every night; what still serves stays."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from permis.identites.models import DemandeConnexion, EssaiCode, PreuveUtilisee, SessionOuverte
from permis.identites.roles import Moyen, Role
from permis.identites.sessions import open_session
from tests.agents.fabrique import agent, now

pytestmark = pytest.mark.django_db


def test_ce_qui_est_perime_part_et_le_reste_demeure() -> None:
    hier, demain = now() - timedelta(days=1), now() + timedelta(days=1)
    for fin, expire_at in (("hier", hier), ("demain", demain)):
        PreuveUtilisee.objects.create(empreinte=fin, expire_at=expire_at)
        DemandeConnexion.objects.create(
            etat=fin, nonce="n", navigateur="b", fournisseur="proconnect", trajet="connexion", langue="fr",
            expire_at=expire_at,
        )  # fmt: skip
    EssaiCode.objects.create(index="vieux", dernier_at=now() - timedelta(days=8))
    EssaiCode.objects.create(index="frais", dernier_at=hier)
    compte = agent(Role.ACCUEIL).compte
    open_session(compte, Moyen.PROCONNECT, at=now() - timedelta(days=31))
    vivante = open_session(compte, Moyen.PROCONNECT, at=now())
    call_command("oublier")
    assert PreuveUtilisee.objects.get().empreinte == "demain"
    assert DemandeConnexion.objects.get().etat == "demain"
    assert EssaiCode.objects.get().index == "frais"
    assert SessionOuverte.objects.get() == vivante
