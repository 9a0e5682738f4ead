"""What expired goes every night; what still serves stays."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command

from permis.courriers.models import Controle, Partage
from permis.courriers.partage import CONSERVATION, Champ, check_partage, open_partage
from permis.identites.menage import forget_expired
from permis.identites.models import DemandeConnexion, EssaiCode, PreuveUtilisee, SessionOuverte
from permis.identites.roles import Moyen, Role
from permis.identites.sessions import open_session
from tests.agents.fabrique import agent, now, usager
from tests.usagers.fabrique import conducteur

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


@pytest.mark.parametrize(
    ("moyen", "inactivite", "duree"),
    [
        (Moyen.PROCONNECT, timedelta(minutes=15), timedelta(hours=8)),
        (Moyen.FRANCECONNECT, timedelta(minutes=30), timedelta(hours=12)),
    ],
)
def test_une_session_qui_ne_vit_plus_se_ferme_et_perd_son_jeton(
    moyen: Moyen, inactivite: timedelta, duree: timedelta
) -> None:
    compte, at, seconde = agent().compte if moyen is Moyen.PROCONNECT else usager(), now(), timedelta(seconds=1)
    seances = {
        (ouverte, vue): open_session(compte, moyen, at=at - ouverte, id_token="scelle")  # noqa: S106
        for ouverte, vue in (
            (inactivite, inactivite), (inactivite - seconde, inactivite - seconde),
            (duree, seconde), (duree - seconde, seconde),
        )
    }  # fmt: skip
    for (_, vue), seance in seances.items():
        SessionOuverte.objects.filter(pk=seance.pk).update(vue_at=at - vue)
    forget_expired(at)
    for seance in seances.values():
        seance.refresh_from_db()
    assert [seance.fermee_at for seance in seances.values()] == [at, None, at, None]
    assert [seance.id_token is None for seance in seances.values()] == [True, False, True, False]


def test_un_partage_fini_depuis_un_an_part_avec_le_nom_de_qui_l_a_verifie() -> None:
    fin = now() - CONSERVATION
    _, reste = (_share(fin - timedelta(days=jours)) for jours in (8, 6))
    call_command("oublier")
    assert Partage.objects.get().pk == reste
    assert Controle.objects.get().partage_id == reste


def _share(at: datetime) -> UUID:
    """A share of seven days, checked at once."""
    lu = open_partage(conducteur().dossier, "Location", (Champ.VALIDITE,), jours=7, usages_max=None, at=at)
    assert check_partage(lu.code, "Loueur d’Exemple", at=at, par_api=False)
    return lu.id
