"""A case: the identity given beside each file, differences in words, one decision and its reason, never one's own."""

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from permis.identites.decisions import DejaDecideError, attach_file, refuse_files
from permis.identites.models import Cause, Decision, Etat, Rapprochement, Rattachement
from permis.identites.rapprochement import prove_neph
from permis.identites.roles import Moyen, Role
from permis.registre.etat_civil import EtatCivil
from permis.registre.recherche import find_by_neph
from tests.agents.fabrique import (
    ANGELE,
    AUTRE,
    PAUL,
    agent,
    agent_entre,
    cas,
    dossier,
    entrer,
    lectures,
    mots,
    now,
    usager,
)

pytestmark = pytest.mark.django_db

CONFIRME = {"motif": "Même personne, prénom mal saisi.", "confirme": "oui"}


def adresse(ligne: Rapprochement) -> str:
    return f"/agents/rapprochements/{ligne.pk}"


def test_l_identite_donnee_est_a_cote_de_chaque_dossier() -> None:
    meme, autre = dossier(etat_civil=ANGELE), dossier(etat_civil=AUTRE)
    client, ligne = agent_entre(Role.INSTRUCTION), cas(meme, autre)
    page = mots(client.get(adresse(ligne)))
    assert "code Insee 75107 code Insee 75107 = identique code Insee 75108 ≠ différent" in page
    assert "Angèle Claire Angèle Claire = identique Angele Marie ≠ différent" in page
    for ident in (meme, autre):
        assert [acte for *_, acte in lectures(ident)] == ["traiter_un_rapprochement"]


@pytest.mark.parametrize(
    ("etat_civil", "dit"),
    [
        (ANGELE, None),
        (replace(ANGELE, lieu_naissance="75108"), "Un champ diffère : Commune de naissance ."),
        (
            replace(ANGELE, prenoms=("Marie",), lieu_naissance="", pays_naissance="99109"),
            "3 champs diffèrent : Prénoms , Commune de naissance , Pays de naissance .",
        ),
    ],
)
def test_la_confirmation_nomme_les_champs_qui_different(etat_civil: EtatCivil, dit: str | None) -> None:
    ident = dossier(etat_civil=etat_civil)
    page = mots(agent_entre(Role.INSTRUCTION).post(adresse(cas(ident)), {"decision": str(ident), "motif": "Vu."}))
    assert "sera reliée au dossier A" in page
    assert (dit in page) if dit else "diffère" not in page


def test_un_ecart_d_ecriture_n_est_pas_une_difference() -> None:
    sans_accent = dossier(etat_civil=replace(ANGELE, nom_naissance="dubois", prenoms=("ANGELE", "Claire")))
    page = mots(agent_entre(Role.INSTRUCTION).get(adresse(cas(sans_accent))))
    assert page.count("= identique, écrit autrement") == 2
    assert "≠" not in page


def test_relier_se_confirme_puis_s_enregistre_avec_son_motif() -> None:
    ident = dossier(etat_civil=ANGELE)
    ligne, qui = cas(ident), agent(Role.INSTRUCTION)
    client = entrer(qui.compte)
    choix = {"decision": str(ident), "motif": CONFIRME["motif"]}
    avant = client.post(adresse(ligne), choix)
    assert avant.status_code == 200
    assert "sera reliée au dossier A" in mots(avant)
    assert not Rattachement.objects.exists()
    apres = client.post(adresse(ligne), choix | CONFIRME)
    assert apres["Location"] == "/agents/rapprochements?fait=decision"
    assert Rattachement.objects.get().dossier == ident
    decision = Decision.objects.get()
    assert (decision.dossier, decision.decidee_par_id) == (ident, qui.pk)
    assert decision.unseal_column("motif") == CONFIRME["motif"]
    assert b"prenom" not in bytes(decision.motif)


def test_sans_motif_rien_n_est_decide() -> None:
    ident = dossier()
    ligne = cas(ident)
    reponse = agent_entre(Role.INSTRUCTION).post(adresse(ligne), {"decision": str(ident), "confirme": "oui"})
    assert reponse.status_code == 422
    assert 'id="id_motif-faute"' in reponse.content.decode()
    assert not Rattachement.objects.exists()


def test_aucun_dossier() -> None:
    ligne = cas(dossier())
    agent_entre(Role.INSTRUCTION).post(adresse(ligne), CONFIRME | {"decision": "aucun"})
    ligne.refresh_from_db()
    assert ligne.etat == Etat.REFUSE
    assert not Rattachement.objects.exists()


def test_demander_le_neph_rend_la_main_a_la_personne() -> None:
    ident = dossier(neph="170388888888")
    ligne = cas(ident)
    agent_entre(Role.INSTRUCTION).post(adresse(ligne), CONFIRME | {"decision": "neph"})
    ligne.refresh_from_db()
    assert ligne.etat == Etat.NEPH_DEMANDE
    compte = ligne.identite.compte_id
    assert compte is not None
    assert prove_neph(compte, "170388888888", now()) is not None
    assert Rattachement.objects.get().dossier == ident


@pytest.mark.parametrize(
    ("decision", "dit"),
    [
        ("aucun", "n’a pas trouvé de dossier à votre nom"),
        ("neph", "donnez le numéro inscrit sur votre permis"),
    ],
)
def test_la_page_de_la_personne_le_dit(decision: str, dit: str) -> None:
    ligne = cas(dossier())
    compte = ligne.identite.compte
    assert compte is not None
    personne = entrer(compte, Moyen.FRANCECONNECT)
    assert dit not in mots(personne.get("/mon-compte/demande"))
    agent_entre(Role.INSTRUCTION).post(adresse(ligne), CONFIRME | {"decision": decision})
    assert dit in mots(personne.get("/mon-compte/demande"))


def test_une_fois_reliee_la_personne_lit_son_dossier() -> None:
    ident = dossier(etat_civil=ANGELE)
    ligne = cas(ident)
    compte = ligne.identite.compte
    assert compte is not None
    agent_entre(Role.INSTRUCTION).post(adresse(ligne), CONFIRME | {"decision": str(ident)})
    assert entrer(compte, Moyen.FRANCECONNECT).get("/mon-permis").status_code == 200


def test_sans_candidat_on_ne_peut_pas_demander_le_neph() -> None:
    ligne = cas(cause=Cause.AUCUN)
    client = agent_entre(Role.INSTRUCTION)
    assert 'value="neph"' not in client.get(adresse(ligne)).content.decode()
    assert client.post(adresse(ligne), CONFIRME | {"decision": "neph"}).status_code == 422


def test_un_autre_dossier_entre_dans_la_comparaison_par_son_neph() -> None:
    ident = dossier(neph="170377777777", etat_civil=ANGELE)
    ligne, client = cas(cause=Cause.AUCUN), agent_entre(Role.INSTRUCTION)
    assert client.post(adresse(ligne), {"neph": "1703 7777 9999"}).status_code == 422
    assert client.post(adresse(ligne), {"neph": "1703 7777 7777"})["Location"] == adresse(ligne)
    assert "170377777777" in mots(client.get(adresse(ligne)))
    client.post(adresse(ligne), CONFIRME | {"decision": str(ident)})
    assert Rattachement.objects.get().dossier == ident


def test_un_dossier_qui_n_est_pas_compare_ne_se_relie_pas() -> None:
    ligne, etranger = cas(dossier()), dossier()
    reponse = agent_entre(Role.INSTRUCTION).post(adresse(ligne), CONFIRME | {"decision": str(etranger)})
    assert reponse.status_code == 422
    assert not Rattachement.objects.exists()


def test_le_second_l_apprend_et_n_ecrase_rien() -> None:
    ident = dossier()
    ligne, second = cas(ident), agent_entre(Role.INSTRUCTION)
    second.get(adresse(ligne))
    refuse_files(ligne.pk, "Autre personne.", par=agent(Role.INSTRUCTION).pk, at=now())
    reponse = second.post(adresse(ligne), CONFIRME | {"decision": str(ident)})
    assert reponse.status_code == 409
    assert "rien n’a été remplacé" in mots(reponse)
    assert "Autre personne." in mots(reponse)
    assert not Rattachement.objects.exists()


def test_son_propre_dossier_ne_se_compare_ni_ne_s_ajoute() -> None:
    ident = dossier(neph="170366666666")
    lui = entrer(agent(Role.INSTRUCTION, neph="170366666666").compte)
    ligne = cas(ident)
    assert lui.get(adresse(ligne)).status_code == 403
    assert lui.post(adresse(ligne), CONFIRME | {"decision": str(ident)}).status_code == 403
    vide = cas(cause=Cause.AUCUN, donnee=PAUL)
    reponse = lui.post(adresse(vide), {"neph": "170366666666"})
    assert reponse.status_code == 422
    assert "Ce dossier est le vôtre" in mots(reponse)
    assert lectures(ident) == []


def test_une_fois_decide_aucun_dossier_n_est_plus_lu() -> None:
    ident = dossier()
    ligne, client = cas(ident), agent_entre(Role.INSTRUCTION)
    refuse_files(ligne.pk, "Autre personne.", par=agent(Role.INSTRUCTION).pk, at=now())
    assert "Autre personne." in mots(client.get(adresse(ligne)))
    assert lectures(ident) == []


@pytest.mark.django_db(transaction=True)
def test_deux_agents_au_meme_instant_un_seul_decide() -> None:
    ident = dossier()
    ligne, qui = cas(ident), agent(Role.INSTRUCTION).pk
    ensemble, sorts = Barrier(2), []

    def decider(geste: Callable[..., None], *arguments: Any) -> None:
        ensemble.wait()
        try:
            geste(ligne.pk, *arguments, par=qui, at=now())
            sorts.append("decide")
        except DejaDecideError:
            sorts.append("appris")
        finally:
            connection.close()

    fils = [
        Thread(target=decider, args=(attach_file, ident, "C’est elle.")),
        Thread(target=decider, args=(refuse_files, "Ce n’est pas elle.")),
    ]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(sorts) == ["appris", "decide"]
    assert Decision.objects.count() == 1


def test_un_dossier_deja_tenu_est_dit() -> None:
    ident: UUID = dossier(neph="170355555555")
    Rattachement.objects.create(compte=usager(), dossier=ident, preuve="pivot", rattache_at=now())
    trouve = find_by_neph("170355555555")
    assert trouve is not None
    page = mots(agent_entre(Role.INSTRUCTION).get(adresse(cas(trouve.pk))))
    assert "déjà relié à une personne" in page
