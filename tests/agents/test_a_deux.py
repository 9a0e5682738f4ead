"""Nobody decides who he is himself, and nobody alone attaches a file that the identity did not find."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.core import mail

from permis.identites.agents import recognise_agent
from permis.identites.codes import PropreDossierError
from permis.identites.decisions import (
    DejaDecideError,
    TropDifferentError,
    add_candidate,
    ask_neph,
    attach_file,
    refuse_files,
)
from permis.identites.models import Cause, Decision, Etat, IdentiteFederee, NatureDecision, Rapprochement, Rattachement
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.rapprochement import prove_neph
from permis.identites.ressemblance import write_nom
from permis.identites.roles import Moyen, Role
from permis.registre.contacts import Contacts, update_contacts
from permis.registre.etat_civil import EtatCivil
from tests.agents.fabrique import (
    ANGELE,
    ISSUER,
    PAUL,
    agent,
    agent_entre,
    cas,
    dossier,
    entrer,
    mots,
    nomme,
    now,
    usager,
)

pytestmark = pytest.mark.django_db
NEPH, SIEN, MOTIF = "170344444444", "170333333333", "Acte de mariage vu."
# Born that day too, and not found by the identity.
JUMELLE = replace(ANGELE, nom_naissance="MARTIN", prenoms=("Claire",))


def adresse(ligne: Rapprochement) -> str:
    return f"/agents/rapprochements/{ligne.pk}"


def main_posee(etat_civil: EtatCivil = JUMELLE) -> tuple[Rapprochement, UUID, UUID]:
    """A case without candidate, the agent who adds a file to it by its number, the file."""
    ident, ligne, qui = dossier(neph=NEPH, etat_civil=etat_civil), cas(cause=Cause.AUCUN), agent(Role.INSTRUCTION).pk
    assert add_candidate(ligne.pk, NEPH, par=qui)
    return ligne, qui, ident


@pytest.mark.parametrize(
    "donnee",
    [
        ANGELE,
        replace(ANGELE, nom_naissance="DUBOIS MARTIN", lieu_naissance=""),
        replace(ANGELE, prenoms=("Marie",)),
        replace(ANGELE, naissance="1962-08-25"),
        replace(ANGELE, nom_naissance="MERCIER", nom_usage="dubois", naissance="1962-00-00"),
    ],
)
def test_personne_ne_decide_qui_il_est(donnee: EtatCivil) -> None:
    dossier(neph=SIEN, etat_civil=ANGELE)
    victime = dossier(neph=NEPH, etat_civil=PAUL)
    lui, ligne = agent(Role.INSTRUCTION, neph=SIEN), cas(victime, cause=Cause.AUCUN, donnee=donnee)
    assert entrer(lui.compte).get(adresse(ligne)).status_code == 403
    gestes = (
        lambda: add_candidate(ligne.pk, NEPH, par=lui.pk),
        lambda: attach_file(ligne.pk, victime, MOTIF, par=lui.pk, at=now()),
        lambda: ask_neph(ligne.pk, MOTIF, par=lui.pk, at=now()),
        lambda: refuse_files(ligne.pk, MOTIF, par=lui.pk, at=now()),
    )
    for geste in gestes:
        with pytest.raises(PropreDossierError):
            geste()
    assert not Rattachement.objects.exists()


def test_un_homonyme_n_est_pas_lui() -> None:
    dossier(neph=SIEN, etat_civil=replace(ANGELE, prenoms=("Zoé",), naissance="1990-03-03"))
    lui = agent(Role.INSTRUCTION, neph=SIEN)
    assert entrer(lui.compte).get(adresse(cas(dossier()))).status_code == 200


@pytest.mark.parametrize(
    ("prenoms", "nom", "statut"),
    [
        ("Angele Claire", "Dubois", 403),
        ("Angèle", "DUBOIS-MERCIER", 403),
        ("Angela", "DUBOIS", 200),
        ("Angèle", "DUBOISSON", 200),
        ("Paule", "GUICHET", 200),
    ],
)
def test_sans_permis_proconnect_dit_qui_il_est(prenoms: str, nom: str, statut: int) -> None:
    lui = nomme(agent(Role.INSTRUCTION), prenoms, nom)
    assert entrer(lui.compte).get(adresse(cas(dossier()))).status_code == statut


@pytest.mark.parametrize("neph", [None, "170300000000"])
def test_ou_rien_ne_dit_qui_il_est_il_ne_decide_pas(neph: str | None) -> None:
    """Without licence, or of a file that the register does not hold, and ProConnect gave no name."""
    lui = agent(Role.INSTRUCTION, neph=neph)
    lui.seal_columns(nom=None)
    lui.save()
    assert entrer(lui.compte).get(adresse(cas(dossier()))).status_code == 403


def test_le_nom_de_proconnect_est_garde_scelle_a_chaque_connexion() -> None:
    ligne = agent(Role.INSTRUCTION)
    identite = IdentiteFederee(compte=ligne.compte, issuer=ISSUER, sub="elle", liee_at=now())
    identite.seal_columns(pivot="x")
    identite.save(force_insert=True)
    courriel, _, siret = (ligne.unseal_column("courriel") or "").partition("|")
    for prenoms, nom, garde in (("Ada", "B", ("Ada", "B")), ("", "", ("Ada", "B")), ("Ada", "C", ("Ada", "C"))):
        recognise_agent(ISSUER, "elle", IdentiteAgent(courriel, siret, prenoms, nom), now())
        ligne.refresh_from_db()
        assert ligne.unseal_column("nom") == write_nom(*garde)


def test_un_dossier_pose_a_la_main_attend_un_second_agent() -> None:
    ligne, premier, ident = main_posee()
    assert attach_file(ligne.pk, ident, MOTIF, par=premier, at=now()) is False
    assert not Rattachement.objects.exists()
    with pytest.raises(DejaDecideError):
        attach_file(ligne.pk, ident, MOTIF, par=premier, at=now())
    second = agent(Role.INSTRUCTION).pk
    assert attach_file(ligne.pk, ident, "Vu aussi.", par=second, at=now()) is True
    assert Rattachement.objects.get().dossier == ident
    ligne.refresh_from_db()
    assert (ligne.etat, ligne.decide_par_id) == (Etat.RATTACHE, second)
    natures = Decision.objects.order_by("decidee_at").values_list("nature", "decidee_par")
    assert list(natures) == [(NatureDecision.PROPOSER, premier), (NatureDecision.RATTACHER, second)]


def test_le_second_peut_en_proposer_un_autre_ou_refuser() -> None:
    ligne, premier, ident = main_posee()
    autre = dossier(neph="170322222222", etat_civil=replace(JUMELLE, nom_naissance="PETIT"))
    attach_file(ligne.pk, ident, MOTIF, par=premier, at=now())
    second = agent(Role.INSTRUCTION).pk
    add_candidate(ligne.pk, "170322222222", par=second)
    assert attach_file(ligne.pk, autre, MOTIF, par=second, at=now()) is False, "his own choice waits for another too"
    refuse_files(ligne.pk, MOTIF, par=premier, at=now())
    assert not Rattachement.objects.exists()


def test_une_proposition_d_avant_ne_sert_plus_apres_une_question() -> None:
    ligne, premier, ident = main_posee()
    second = agent(Role.INSTRUCTION).pk
    attach_file(ligne.pk, ident, MOTIF, par=premier, at=now())
    ask_neph(ligne.pk, MOTIF, par=second, at=now())
    Rapprochement.objects.filter(pk=ligne.pk).update(etat=Etat.OUVERT)
    assert attach_file(ligne.pk, ident, MOTIF, par=second, at=now()) is False


@pytest.mark.parametrize("champs", [{"naissance": "1962-08-25"}, {"sexe": "male"}])
def test_une_autre_naissance_ou_un_autre_sexe_ne_se_relie_jamais(champs: dict[str, str]) -> None:
    ligne, premier, ident = main_posee(replace(JUMELLE, **champs))  # type: ignore[arg-type]
    with pytest.raises(TropDifferentError):
        attach_file(ligne.pk, ident, MOTIF, par=premier, at=now())
    reponse = agent_entre(Role.INSTRUCTION).post(adresse(ligne), {"decision": str(ident), "motif": MOTIF})
    assert reponse.status_code == 422
    assert "il ne peut pas être relié" in mots(reponse)
    ask_neph(ligne.pk, MOTIF, par=premier, at=now())
    assert ligne.identite.compte_id is not None
    assert prove_neph(ligne.identite.compte_id, NEPH, now()) is None
    assert not Rattachement.objects.exists()


def test_la_personne_qui_donne_le_neph_dispense_du_second() -> None:
    ligne, premier, ident = main_posee()
    ask_neph(ligne.pk, MOTIF, par=premier, at=now())
    assert ligne.identite.compte_id is not None
    assert prove_neph(ligne.identite.compte_id, NEPH, now()) is not None
    assert Rattachement.objects.get().dossier == ident


def test_les_pages_le_disent() -> None:
    ligne, _, ident = main_posee()
    premier, second = agent_entre(Role.INSTRUCTION), agent_entre(Role.INSTRUCTION)
    choix = {"decision": str(ident), "motif": MOTIF}
    assert "un autre agent devra confirmer votre choix" in mots(premier.post(adresse(ligne), choix))
    fait = premier.post(adresse(ligne), choix | {"confirme": "oui"})
    assert "Un autre agent doit la confirmer" in mots(premier.get(fait["Location"]))
    assert "un autre agent doit le confirmer" in mots(premier.get(adresse(ligne)))
    assert premier.post(adresse(ligne), choix | {"confirme": "oui"}).status_code == 409
    personne = ligne.identite.compte
    assert personne is not None
    assert "Un agent cherche le vôtre" in mots(entrer(personne, Moyen.FRANCECONNECT).get("/mon-compte/demande"))
    assert "à confirmer" in mots(second.get("/agents/rapprochements"))
    page = mots(second.get(adresse(ligne)))
    assert "Proposer ce dossier" in page
    assert MOTIF in page
    assert "devra confirmer" not in mots(second.post(adresse(ligne), choix))
    assert second.post(adresse(ligne), choix | {"confirme": "oui"})["Location"].endswith("fait=decision")
    assert Rattachement.objects.get().dossier == ident


@pytest.mark.django_db(transaction=True)
def test_qui_tenait_le_dossier_est_prevenu() -> None:
    ident = dossier(etat_civil=ANGELE)
    Rattachement.objects.create(compte=usager(), dossier=ident, preuve="pivot", rattache_at=now())
    update_contacts(ident, Contacts(courriel="angele@permis.example", alertes=frozenset({"courriel"})), at=now())
    ligne = cas(ident, cause=Cause.SUB_CHANGE)
    choix = {"decision": str(ident), "motif": MOTIF, "confirme": "oui"}
    assert agent_entre(Role.INSTRUCTION).post(adresse(ligne), choix).status_code == 302
    assert [message.to for message in mail.outbox] == [["angele@permis.example"]]
