"""Who looked: every reading, by role and service, never by name; what is reserved stays so, and the page says it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from permis.identites.permissions import TABLE, Objet
from permis.identites.roles import Role
from permis.registre.lecture import Lecteur, list_consultations, read_dossier
from permis.usagers.mots import ACTES, ROLES
from tests.usagers.fabrique import MIDI, PERMIS_2015, Conducteur, conducteur
from tests.usagers.visite import lire, mots

AGENT = Lecteur(
    "instruction", "Centre d’Exemple", "C. route, art. L. 225-4, R. 225-4", "consulter_un_dossier", compte=uuid4()
)
JUGE = Lecteur("accueil", "Tribunal d’Exemple", "C. pr. pén., art. 60-1", "consulter_un_dossier", reserve=True)


def lu(angele: Conducteur, lecteur: Lecteur, at: datetime = MIDI, fois: int = 1) -> None:
    for rang in range(fois):
        read_dossier(angele.dossier, lecteur, at=at - timedelta(minutes=rang))


@pytest.fixture
def angele() -> Conducteur:
    return conducteur(PERMIS_2015)


def test_un_agent_apparait_par_son_role_et_son_service(angele: Conducteur) -> None:
    lu(angele, AGENT, datetime.fromisoformat("2026-07-01T22:30:00+00:00"))
    reponse = angele.client.get("/mon-permis/consultations")
    texte = mots(reponse)
    assert "1 lecture" in texte
    assert "2 juillet 2026 à 00:30 Agent instructeur , Centre d’Exemple A lu : Dossier complet" in texte  # legal time
    assert "Fondement : C. route, art. L. 225-4, R. 225-4" in texte
    assert str(AGENT.compte) not in lire(reponse)


def test_ses_propres_lectures_y_sont_et_se_cachent(angele: Conducteur) -> None:
    lu(angele, AGENT)
    angele.client.get("/mon-permis")
    texte = mots(angele.client.get("/mon-permis/consultations"))
    assert "2 lectures" in texte
    assert "Vous , avec FranceConnect A lu : Page « Mon permis »" in texte
    texte = mots(angele.client.get("/mon-permis/consultations?qui=autres"))
    assert "1 lecture" in texte
    assert "avec FranceConnect" not in texte


def test_ce_qui_est_reserve_n_apparait_pas_et_la_page_dit_que_cela_existe(angele: Conducteur) -> None:
    lu(angele, JUGE)
    reponse = angele.client.get("/mon-permis/consultations")
    texte = mots(reponse)
    assert "Tribunal" not in lire(reponse)
    assert "0 lecture" in texte
    assert "peuvent exister sans apparaître ici" in texte
    assert list_consultations(angele.dossier, pour_titulaire=False).count() == 1


def test_la_phrase_est_la_meme_qu_il_y_en_ait_ou_non(angele: Conducteur) -> None:
    avant = lire(angele.client.get("/mon-permis/consultations"))
    lu(angele, JUGE, fois=30)
    apres = lire(angele.client.get("/mon-permis/consultations"))
    assert _sans_jeton(avant) == _sans_jeton(apres)


def _sans_jeton(page: str) -> str:
    return "\n".join(ligne for ligne in page.splitlines() if "csrfmiddlewaretoken" not in ligne)


def test_vingt_par_page_les_plus_recentes_d_abord(angele: Conducteur) -> None:
    lu(angele, AGENT, fois=41)
    pages = [lire(angele.client.get(f"/mon-permis/consultations?page={n}")) for n in (1, 2, 3)]
    assert [page.count("Agent instructeur") for page in pages] == [20, 20, 1]
    assert "page 2 sur 3" in pages[1]
    assert 'href="?page=3"' in pages[1]
    assert 'href="?page=1"' in pages[1]
    assert "12:00" in pages[0]
    for ailleurs in ("99", "zut", "-1"):
        assert "sur 3" in lire(angele.client.get(f"/mon-permis/consultations?page={ailleurs}"))
    page = lire(angele.client.get("/mon-permis/consultations?qui=autres&page=2"))
    assert 'href="?qui=autres&amp;page=3"' in page


def test_un_role_ou_un_acte_inconnu_se_lit_quand_meme(angele: Conducteur) -> None:
    lu(angele, Lecteur("accueil+instruction", "Centre", "art. X", "verifier_une_attestation"))
    texte = mots(angele.client.get("/mon-permis/consultations"))
    assert "Agent d’accueil, Agent instructeur , Centre A lu : verifier une attestation" in texte


def test_chaque_lecture_que_la_table_permet_a_ses_mots() -> None:
    lisent = {Objet.SON_DOSSIER, Objet.DOSSIER_D_AUTRUI, Objet.QUESTION, Objet.RAPPROCHEMENT}
    sans_lire = {"voir_ses_consultations", "poser_une_question", "gerer_ses_partages", "choisir_la_voie_electronique"}
    muets = [nom for nom, ligne in TABLE.items() if ligne.objet in lisent and nom not in ACTES]
    assert set(muets) == sans_lire
    assert {role.value for role in Role} | {"titulaire", "traitement"} <= set(ROLES)
