"""From an identity to a file: one strict match links, one loose match asks for the NEPH, the rest is an agent's."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from permis.identites.models import Cause, Compte, Etat, IdentiteFederee, Preuve, Rapprochement, Rattachement
from permis.identites.rapprochement import compte_of, decide_case, list_cases, read_pivot, recognise_usager
from permis.identites.roles import Role
from permis.registre.models import Dossier
from tests.identites.fournisseur import Fournisseur
from tests.identites.gens import AUTRE_NEPH, NEPH, etat_civil, is_signed_in, make_agent, open_angela, sign_in

pytestmark = pytest.mark.django_db
ISSUER = "https://fc.example/api/v2"


def case(at: datetime, **claims: Any) -> Rapprochement | None:
    recognise_usager(ISSUER, "sub", etat_civil(**claims), at)
    return Rapprochement.objects.exclude(cause=Cause.AGENT_CHANGE).first()


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"family_name": "Dubois"},
        {"family_name": "dubôis"},
        {"given_name_array": ["ANGELA", "claire", "Louise"]},
        {"given_name_array": None, "given_name": "Angela, Claire, Louise"},
        {"gender": "Female"},
        {"preferred_username": "MERCIER"},
    ],
)
def test_une_correspondance_stricte_lie(at: datetime, claims: dict[str, Any]) -> None:
    dossier = open_angela(at)
    assert case(at, **claims) is None
    assert (Rattachement.objects.get().dossier, Rattachement.objects.get().preuve) == (dossier.pk, Preuve.PIVOT)


@pytest.mark.parametrize(
    "claims",
    [{"given_name_array": ["Angela"]}, {"birthplace": ""}, {"birthplace": "2A004"}, {"birthcountry": "99352"}],
)
def test_une_correspondance_souple_demande_le_neph(at: datetime, claims: dict[str, Any]) -> None:
    dossier = open_angela(at)
    cas = case(at, **claims)
    assert cas is not None
    assert (cas.etat, cas.cause, cas.candidats) == (Etat.NEPH_DEMANDE, Cause.SOUPLE, [str(dossier.pk)])
    assert not Rattachement.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"gender": "male"},
        {"birthdate": "1962-08-00"},
        {"family_name": "DUBOIS-MERCIER"},
        {"given_name_array": ["Claire"]},
    ],
)
def test_aucune_correspondance_ouvre_un_cas(at: datetime, claims: dict[str, Any]) -> None:
    open_angela(at)
    cas = case(at, **claims)
    assert cas is not None
    assert (cas.etat, cas.cause, cas.candidats) == (Etat.OUVERT, Cause.AUCUN, [])


def test_deux_dossiers_ouvrent_un_cas(at: datetime) -> None:
    dossiers = [open_angela(at), open_angela(at, AUTRE_NEPH)]
    cas = case(at)
    assert cas is not None
    assert (cas.etat, cas.cause) == (Etat.OUVERT, Cause.PLUSIEURS)
    assert set(cas.candidats) == {str(dossier.pk) for dossier in dossiers}


def test_une_stricte_l_emporte_sur_une_souple(at: datetime) -> None:
    dossier = open_angela(at)
    open_angela(at, AUTRE_NEPH, birthplace="2A004")
    assert case(at) is None
    assert Rattachement.objects.get().dossier == dossier.pk


def test_un_cas_reste_un(at: datetime) -> None:
    for _ in range(3):
        case(at)
    assert Rapprochement.objects.count() == 1
    assert Compte.objects.count() == 1


def test_un_dossier_ouvert_plus_tard_est_trouve_au_retour(at: datetime) -> None:
    case(at)
    open_angela(at)
    cas = case(at)
    assert cas is not None
    assert cas.etat == Etat.RATTACHE
    assert Rattachement.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"birthdate": "1962-08-00"},
        {"birthdate": "1962-00-00"},
        {"given_name_array": [], "given_name": ""},
        {"family_name": ""},
        {"family_name": "-"},
        {"birthplace": ""},
        {"birthplace": "LYON"},
        {"birthplace": "BOUAKE", "birthcountry": "99326"},
    ],
)
def test_six_champs_egaux_qui_disent_trop_peu_demandent_le_neph(at: datetime, claims: dict[str, Any]) -> None:
    dossier = open_angela(at, **claims)
    cas = case(at, **claims)
    assert cas is not None
    assert (cas.etat, cas.cause, cas.candidats) == (Etat.NEPH_DEMANDE, Cause.SOUPLE, [str(dossier.pk)])
    assert not Rattachement.objects.exists()


@pytest.mark.parametrize("claims", [{"birthplace": "2a004"}, {"birthplace": "", "birthcountry": "99326"}])
def test_une_commune_ou_un_pays_seul_est_un_lieu(at: datetime, claims: dict[str, Any]) -> None:
    open_angela(at, **claims)
    assert case(at, **claims) is None
    assert Rattachement.objects.exists()


def test_un_lieu_en_toutes_lettres_n_egale_pas_l_absence_de_lieu(at: datetime) -> None:
    """A namesake born abroad: the text that FranceConnect gives is not thrown away before comparing."""
    open_angela(at, birthplace="", birthcountry="99326")
    cas = case(at, birthplace="BOUAKE", birthcountry="99326")
    assert cas is not None
    assert (cas.etat, cas.cause) == (Etat.NEPH_DEMANDE, Cause.SOUPLE)


def test_le_neph_prouve_par_la_page(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    dossier = open_angela(at, birthplace="2A004")
    assert sign_in(client, franceconnect).headers["Location"] == "/mon-compte/demande"
    page = client.get("/mon-compte/demande").content.decode()
    assert 'name="neph"' in page
    assert "à gauche de la photo" in page
    assert client.post("/mon-compte/demande", {"neph": AUTRE_NEPH}).status_code == 422
    reponse = client.post("/mon-compte/demande", {"neph": "8409 7510 1234"})
    assert reponse.status_code == 302
    assert Rattachement.objects.get().dossier == dossier.pk
    assert is_signed_in(client)


def test_apres_cinq_nephs_faux_un_agent_decide(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    open_angela(at, birthplace="2A004")
    sign_in(client, franceconnect)
    for _ in range(5):
        assert Rapprochement.objects.get().etat == Etat.NEPH_DEMANDE
        client.post("/mon-compte/demande", {"neph": AUTRE_NEPH})
    assert Rapprochement.objects.get().etat == Etat.OUVERT
    client.post("/mon-compte/demande", {"neph": NEPH})
    assert not Rattachement.objects.exists()
    page = client.get("/mon-compte/demande").content.decode()
    assert Rapprochement.objects.get().reference in page
    assert 'name="neph"' not in page


def test_le_neph_d_un_autre_dossier_ne_lie_pas(at: datetime) -> None:
    open_angela(at, birthplace="2A004")
    open_angela(at, AUTRE_NEPH, family_name="MARTIN")
    cas = case(at)
    assert cas is not None
    compte = cas.identite.compte
    assert compte is not None
    from permis.identites.rapprochement import prove_neph  # noqa: PLC0415

    assert prove_neph(compte.pk, AUTRE_NEPH, at) is None
    assert not Rattachement.objects.exists()


def test_un_autre_sub_pour_le_meme_dossier_est_prouve(
    client: Client, franceconnect: Fournisseur, at: datetime
) -> None:
    open_angela(at)
    sign_in(client, franceconnect)
    ancien = Rattachement.objects.get().compte
    franceconnect.sub = "c" * 64 + "v1"
    autre = Client()
    assert is_signed_in(client)
    assert sign_in(autre, franceconnect).headers["Location"] == "/mon-compte/demande"
    assert Rapprochement.objects.get().cause == Cause.SUB_CHANGE
    assert autre.post("/mon-compte/demande", {"neph": NEPH}).status_code == 302
    assert Rattachement.objects.get().compte == ancien
    assert IdentiteFederee.objects.get(remplacee_at=None).sub == franceconnect.sub
    assert Compte.objects.filter(ferme_at=None).get() == ancien
    assert is_signed_in(autre)
    assert not is_signed_in(client), "the identity replaced keeps no session"


def test_un_sub_remplace_qui_revient_est_prouve_aussi(at: datetime) -> None:
    open_angela(at)
    case(at)
    IdentiteFederee.objects.update(remplacee_at=at)
    recognise_usager(ISSUER, "nouveau", etat_civil(), at)
    revenu = recognise_usager(ISSUER, "sub", etat_civil(), at)
    assert not Rattachement.objects.filter(compte=revenu).exists()
    assert Rapprochement.objects.get(identite__sub="sub").cause == Cause.SUB_CHANGE


def test_franceconnect_rejoint_le_compte_ouvert_par_le_code(at: datetime) -> None:
    dossier = open_angela(at)
    compte = compte_of(dossier.pk, at)
    assert recognise_usager(ISSUER, "sub", etat_civil(), at) == compte


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("par_code", [True, False])
def test_quatre_premieres_connexions_au_meme_instant_une_seule_entre(at: datetime, par_code: bool) -> None:
    dossier = open_angela(at)
    if par_code:
        compte_of(dossier.pk, at)
    ensemble, comptes = Barrier(4), []

    def entrer(sub: str) -> None:
        try:
            ensemble.wait()
            comptes.append(recognise_usager(ISSUER, sub, etat_civil(), at).pk)
        finally:
            connection.close()

    fils = [Thread(target=entrer, args=(f"sub{n}",)) for n in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert len(comptes) == 4
    assert comptes.count(Rattachement.objects.get().compte_id) == 1
    assert sorted(Rapprochement.objects.values_list("cause", flat=True)) == [Cause.SUB_CHANGE] * 3
    assert not IdentiteFederee.objects.filter(remplacee_at__isnull=False).exists()


def test_un_agent_decide(at: datetime) -> None:
    dossier = open_angela(at, family_name="MARTIN")
    agent = make_agent(at, Role.INSTRUCTION, neph=None)
    cas = case(at)
    assert cas is not None
    assert list_cases() == [cas]
    assert read_pivot(cas) == etat_civil()
    decide = decide_case(cas.pk, dossier.pk, agent.pk, at)
    assert decide is not None
    assert (decide.etat, decide.dossier, decide.decide_par_id) == (Etat.RATTACHE, dossier.pk, agent.pk)
    assert Rattachement.objects.get().preuve == Preuve.AGENT
    assert decide_case(cas.pk, None, agent.pk, at) is None


def test_un_refus_reste_et_se_dit(client: Client, franceconnect: Fournisseur, at: datetime) -> None:
    agent = make_agent(at, Role.INSTRUCTION, neph=None)
    sign_in(client, franceconnect)
    decide_case(Rapprochement.objects.exclude(cause=Cause.AGENT_CHANGE).get().pk, None, agent.pk, at)
    sign_in(client, franceconnect)
    assert "n’a pas trouvé" in client.get("/mon-compte/demande").content.decode()
    assert Rapprochement.objects.exclude(cause=Cause.AGENT_CHANGE).count() == 1


@pytest.mark.parametrize("relier", [False, True])
def test_un_dossier_qu_un_agent_a_ecarte_ne_se_lie_plus_seul(at: datetime, relier: bool) -> None:
    """Two files of one pivot, both refused; one is corrected, the other is then the one strict match."""
    dossier, autre = open_angela(at), open_angela(at, AUTRE_NEPH)
    agent = make_agent(at, Role.INSTRUCTION, neph=None)
    cas = case(at)
    assert cas is not None
    decide_case(cas.pk, None, agent.pk, at)
    corriger(autre, family_name="MARTIN")
    for minutes in (1, 2):
        recognise_usager(ISSUER, "sub", etat_civil(), at + timedelta(minutes=minutes))
    assert not Rattachement.objects.exists()
    (nouveau,) = list_cases()
    assert (nouveau.cause, nouveau.candidats) == (Cause.ECARTE, [str(dossier.pk)])
    decide_case(nouveau.pk, dossier.pk if relier else None, agent.pk, at + timedelta(minutes=3))
    recognise_usager(ISSUER, "sub", etat_civil(), at + timedelta(minutes=4))
    assert list_cases() == [], "asked again, once"
    assert Rattachement.objects.exists() is relier


def corriger(dossier: Dossier, **claims: Any) -> None:
    """The civil status of a file, as its services correct it."""
    dossier.seal_columns(neph=dossier.unseal_column("neph"), etat_civil=etat_civil(**claims).write(), contacts=None)
    dossier.save()


def test_jamais_par_l_adresse_electronique(at: datetime) -> None:
    open_angela(at, email="angela@example.org")
    cas = case(at, family_name="AUTRE", email="angela@example.org")
    assert cas is not None
    assert cas.cause == Cause.AUCUN
