"""The table of agents: entered, changed, closed, linked again; by another administrator, never by oneself."""

import pytest

from permis.identites.agents import SeulAdministrateurError, decide_agent_case, enrol_agent
from permis.identites.habilitations import set_service
from permis.identites.models import Agent, Decision, Etat, IdentiteFederee
from permis.identites.objets import is_own_file
from permis.identites.oidc.claims import IdentiteAgent
from permis.identites.roles import Role
from tests.agents.fabrique import agent, agent_entre, cas_agent, dossier, entrer, mots, now

pytestmark = pytest.mark.django_db

NOUVEL: dict[str, object] = {
    "courriel": "Nouvelle.Agente@service.example",
    "siret": "130 099 999 00026",
    "service": "Préfecture d’Ailleurs",
    "roles": ["accueil", "instruction"],
    "permis": "sans_permis",
}


def test_ajouter_un_agent() -> None:
    client = agent_entre(Role.ADMINISTRATION)
    assert client.post("/agents/habilitations/nouvelle", NOUVEL)["Location"] == "/agents/habilitations?fait=agent"
    page = mots(client.get("/agents/habilitations"))
    assert "nouvelle.agente@service.example Préfecture d’Ailleurs accueil, instruction sans permis ouvert" in page
    reponse = client.post("/agents/habilitations/nouvelle", NOUVEL)
    assert reponse.status_code == 422
    assert "Un agent est déjà enregistré" in mots(reponse)


@pytest.mark.parametrize(
    ("champ", "valeur"), [("courriel", "personne"), ("siret", "123"), ("service", ""), ("roles", ["roi"])]
)
def test_une_saisie_fautive_est_dite_a_son_champ(champ: str, valeur: object) -> None:
    avant = Agent.objects.count() + 1
    reponse = agent_entre(Role.ADMINISTRATION).post("/agents/habilitations/nouvelle", NOUVEL | {champ: valeur})
    assert reponse.status_code == 422
    assert f'id="id_{champ}-faute"' in reponse.content.decode()
    assert Agent.objects.count() == avant


def test_changer_service_roles_et_dossier_propre() -> None:
    ident, ligne = dossier(neph="170333333333"), agent(Role.ACCUEIL, declare=False)
    client = agent_entre(Role.ADMINISTRATION)
    adresse = f"/agents/habilitations/{ligne.pk}"
    faux = client.post(adresse, {"service": "CERT", "roles": ["instruction"], "permis": "neph", "neph": "12"})
    assert faux.status_code == 422
    client.post(adresse, {"service": "CERT", "roles": ["instruction"], "permis": "neph", "neph": "170333333333"})
    ligne.refresh_from_db()
    assert (ligne.service, ligne.roles) == ("CERT", ["instruction"])
    assert is_own_file(ligne.pk, ident)
    assert not is_own_file(ligne.pk, dossier())
    assert "170333333333" not in client.get(adresse).content.decode(), "the number is declared, never shown"


def test_sans_declaration_un_agent_n_ouvre_aucun_dossier() -> None:
    ident = dossier()
    assert agent_entre(Role.ACCUEIL, declare=False).get(f"/agents/dossiers/{ident}").status_code == 403


def test_fermer_un_acces_se_confirme_et_coupe_les_sessions() -> None:
    ligne, client = agent(Role.ACCUEIL), agent_entre(Role.ADMINISTRATION)
    lui = entrer(ligne.compte)
    adresse = f"/agents/habilitations/{ligne.pk}"
    assert "ne pourra plus entrer" in mots(client.post(adresse, {"acces": "fermer"}))
    assert lui.get("/agents/").status_code == 200
    client.post(adresse, {"acces": "fermer", "confirme": "oui"})
    assert lui.get("/agents/").status_code == 302
    client.post(adresse, {"acces": "rouvrir"})
    assert entrer(ligne.compte).get("/agents/").status_code == 200


def test_personne_ne_change_ses_propres_droits() -> None:
    soi = agent(Role.ADMINISTRATION)
    adresse = f"/agents/habilitations/{soi.pk}"
    assert entrer(soi.compte).post(adresse, {"service": "Partout", "roles": list(Role)}).status_code == 403
    soi.refresh_from_db()
    assert soi.roles == ["administration"]


def test_relier_un_agent_apres_un_nouveau_sub() -> None:
    ligne = agent(Role.ACCUEIL)
    demande, client = cas_agent(ligne), agent_entre(Role.ADMINISTRATION)
    adresse = f"/agents/reliaisons/{demande.pk}"
    assert str(demande.pk) in client.get("/agents/").content.decode()
    choix = {"decision": "relier", "motif": "Rappelé au numéro du service."}
    assert client.post(adresse, choix).status_code == 200
    assert not IdentiteFederee.objects.filter(compte=ligne.pk).exists()
    client.post(adresse, choix | {"confirme": "oui"})
    assert IdentiteFederee.objects.get(compte=ligne.pk).pk == demande.identite_id
    assert Decision.objects.get().unseal_column("motif") == choix["motif"]


def test_le_second_administrateur_l_apprend() -> None:
    demande, premier = cas_agent(agent(Role.ACCUEIL)), agent(Role.ADMINISTRATION)
    decide_agent_case(demande.pk, relier=False, par=premier.pk, at=now())
    choix = {"decision": "relier", "motif": "Moi aussi.", "confirme": "oui"}
    reponse = agent_entre(Role.ADMINISTRATION).post(f"/agents/reliaisons/{demande.pk}", choix)
    assert reponse.status_code == 409
    demande.refresh_from_db()
    assert demande.etat == Etat.REFUSE


def test_qui_inscrit_un_agent_ne_le_relie_pas() -> None:
    """One person, two e-mails: he would give his second self every role."""
    soi, autre = agent(Role.ADMINISTRATION), agent(Role.ADMINISTRATION)
    entrer(soi.compte).post("/agents/habilitations/nouvelle", NOUVEL)
    ligne = Agent.objects.get(inscrit_par=soi.compte)
    demande = cas_agent(ligne)
    adresse, choix = f"/agents/reliaisons/{demande.pk}", {"decision": "relier", "motif": "Je le connais."}
    set_service(ligne.pk, "Ailleurs", par=autre.pk, at=now())
    for lui in (soi, autre):
        for confirme in ({}, {"confirme": "oui"}):
            reponse = entrer(lui.compte).post(adresse, choix | confirme)
            assert reponse.status_code == 422
            assert "un autre administrateur doit le relier" in mots(reponse)
        with pytest.raises(SeulAdministrateurError):
            decide_agent_case(demande.pk, relier=True, par=lui.pk, at=now())
    assert not IdentiteFederee.objects.filter(compte=ligne.pk).exists()
    agent_entre(Role.ADMINISTRATION).post(adresse, choix | {"confirme": "oui"})
    assert IdentiteFederee.objects.get(compte=ligne.pk).pk == demande.identite_id


COMMANDE = "python -m django premier_administrateur"


def peut_entrer(ligne: Agent) -> Agent:
    """The agent, whom ProConnect has named and whose identity is linked."""
    demande = cas_agent(ligne)
    assert decide_agent_case(demande.pk, relier=True, par=None, at=now())
    return ligne


def test_la_page_dit_qui_peut_relier_a_sa_place() -> None:
    soi = peut_entrer(agent(Role.ADMINISTRATION))
    ligne = enrol_agent(IdentiteAgent("collegue@service.example", ""), "S", [Role.ACCUEIL], par=soi.pk, at=now())
    adresse = f"/agents/reliaisons/{cas_agent(ligne).pk}"
    seul = mots(entrer(soi.compte).get(adresse))
    assert COMMANDE in seul
    agent(Role.ADMINISTRATION)  # entered, but never signed in: he can link nobody
    assert COMMANDE in mots(entrer(soi.compte).get(adresse))
    peut_entrer(agent(Role.ACCUEIL))
    assert COMMANDE in mots(entrer(soi.compte).get(adresse))
    autre = peut_entrer(agent(Role.ADMINISTRATION, service="Ailleurs"))
    page = mots(entrer(soi.compte).get(adresse))
    assert "Demandez à l’un de ceux-ci : agent" in page
    assert "(Ailleurs)" in page
    assert COMMANDE not in page
    assert "Un autre administrateur, de n’importe quel service" not in mots(entrer(autre.compte).get(adresse))
    set_service(ligne.pk, "T", par=autre.pk, at=now())
    for lui in (soi, autre):
        bloque = mots(entrer(lui.compte).get(adresse))
        assert "Inscrivez un nouvel administrateur" in bloque
        assert COMMANDE not in bloque


def test_qui_inscrit_un_agent_peut_refuser_une_identite() -> None:
    soi = agent(Role.ADMINISTRATION)
    ligne = enrol_agent(IdentiteAgent("double@service.example", ""), "S", [Role.ACCUEIL], par=soi.pk, at=now())
    demande = cas_agent(ligne)
    choix = {"decision": "refuser", "motif": "Ce n’est pas lui.", "confirme": "oui"}
    assert entrer(soi.compte).post(f"/agents/reliaisons/{demande.pk}", choix).status_code == 302
    demande.refresh_from_db()
    assert demande.etat == Etat.REFUSE


def test_nul_ne_se_relie_soi_meme() -> None:
    soi = agent(Role.ADMINISTRATION)
    demande = cas_agent(soi)
    choix = {"decision": "relier", "motif": "C’est moi.", "confirme": "oui"}
    assert entrer(soi.compte).post(f"/agents/reliaisons/{demande.pk}", choix).status_code == 403
