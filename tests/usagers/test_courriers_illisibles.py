"""A letter whose row does not open: said so, its days kept; the others are there, and the log knows."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from permis.courriers.dus import owe
from permis.courriers.ecriture import write_due
from permis.courriers.etapes import note
from permis.courriers.models import AdressePostale, Courrier, Statut
from permis.identites.roles import Role
from permis.registre.temps import jour_legal
from tests.agents.fabrique import agent_entre, now
from tests.courriers.conducteurs import sceau_de
from tests.courriers.plis import donner_adresse
from tests.usagers.fabrique import MIDI, Conducteur, conducteur, infraction, realite
from tests.usagers.test_courriers import ANCIEN, LISTE, deposee, destinataire, lettre, page, statuts
from tests.usagers.visite import mots

pytestmark = pytest.mark.django_db


def abimer(courrier: Courrier, *colonnes: str) -> None:
    """What another row sealed stands there now."""
    autre = lettre(destinataire())
    valeurs = {colonne: bytes(getattr(autre, colonne)) for colonne in colonnes or ("contenu",)}
    Courrier.objects.filter(pk=courrier.pk).update(**valeurs)


def deux_lettres() -> tuple[Conducteur, Courrier, Courrier]:
    qui = conducteur(
        ANCIEN,
        *(infraction("feu", "2026-08-05", 3), realite("feu", "2026-10-10")),
        *(infraction("stop", "2026-08-06", 4), realite("stop", "2026-10-11")),
        at=MIDI,
    )
    donner_adresse(qui.dossier, MIDI)
    owe(qui.dossier, at=MIDI)
    write_due(at=MIDI)
    premiere, seconde = Courrier.objects.filter(dossier=qui.dossier).order_by("pk")[:2]
    return qui, premiere, seconde


def test_les_autres_lettres_restent_la(caplog: pytest.LogCaptureFixture) -> None:
    qui, abimee, entiere = deux_lettres()
    abimer(abimee)
    with caplog.at_level(logging.ERROR):
        reponse = qui.client.get(LISTE)
    assert reponse.status_code == 200
    texte = mots(reponse)
    assert "Courrier illisible" in texte
    assert page(entiere) in reponse.content.decode()
    assert str(abimee.pk) in caplog.text
    assert "ESSAIS" not in caplog.text
    assert qui.client.get(page(entiere)).status_code == 200


@pytest.mark.parametrize("colonnes", [("contenu",), ("numero", "contenu"), ("sceau",)])
def test_sa_page_le_dit_et_son_pdf_n_est_pas_donne(colonnes: tuple[str, ...]) -> None:
    qui = destinataire()
    courrier = lettre(qui)
    abimer(courrier, *colonnes)
    vue = qui.client.get(page(courrier))
    assert vue.status_code == 200
    assert ("Nous n’arrivons pas à relire cette lettre." in mots(vue)) is ("contenu" in colonnes)
    assert "La preuve des dates" in mots(vue)
    reponse = qui.client.get(page(courrier, "/pdf"))
    assert reponse.status_code == 500
    assert "panne de notre côté, qui est signalée" in mots(reponse)
    assert not reponse.content.startswith(b"%PDF")


def test_close_elle_ne_s_ouvre_pas_et_ne_dit_pas_de_quoi_il_s_agit() -> None:
    qui, courrier = deposee(3)
    abimer(courrier)
    texte = mots(qui.client.get(page(courrier)))
    assert "Nous n’arrivons pas à relire cette lettre." in texte
    assert f"Lettre {courrier.reference}" not in texte
    assert qui.client.post(page(courrier)).status_code == 500
    assert "lu" not in statuts(courrier)
    assert qui.client.get(LISTE).status_code == 200


def test_une_adresse_qui_ne_s_ouvre_pas_ne_cache_pas_la_lettre() -> None:
    qui = destinataire()
    donner_adresse(ailleurs := destinataire().dossier, MIDI, ["1 rue Autre", "75001 Paris"])
    etrangere = AdressePostale.objects.filter(dossier=ailleurs).latest("recue_at")
    AdressePostale.objects.filter(dossier=qui.dossier).update(lignes=bytes(etrangere.lignes))
    vue = qui.client.get(page(lettre(qui)))
    assert vue.status_code == 200
    assert "RUE" not in mots(vue)


def test_l_agent_la_voit_telle_et_lit_les_autres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permis.config.horloge.now", now)
    qui, abimee, _ = deux_lettres()
    abimer(abimee)
    reponse = agent_entre(Role.INSTRUCTION).get(f"/agents/dossiers/{qui.dossier}/courriers")
    assert reponse.status_code == 200
    assert "Cette lettre ne se relit pas" in mots(reponse).replace("\u00a0", " ")
    assert mots(reponse).count("Lire la lettre") == Courrier.objects.filter(dossier=qui.dossier).count() - 1


def test_la_verification_dit_qu_elle_ne_peut_pas_et_n_accuse_pas_le_document(caplog: pytest.LogCaptureFixture) -> None:
    courrier = lettre(destinataire())
    note(courrier, Statut.REMIS, jour_legal(MIDI), at=MIDI)
    sceau = sceau_de(courrier)
    abimer(courrier, "sceau")
    with caplog.at_level(logging.ERROR):
        reponse = Client().post("/verifier/sceau", {"sceau": sceau})
    assert reponse.status_code == 503
    assert "panne de notre côté" in mots(reponse)
    assert "modifié" not in mots(reponse)
    assert "courriers_courrier" in caplog.text
