"""A page asks the database a fixed number of questions, however long the file."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from permis.demarches.aide import ask_question
from tests.usagers.fabrique import MIDI, PERMIS_2015, Conducteur, Fait, conducteur, enregistrer, infraction, realite

AU_PLUS = {
    "": 8,
    "/historique": 8,
    "/historique.csv": 8,
    "/dossier.json": 8,
    "/releve-integral": 8,
    "/a-venir": 8,
    "/et-si": 8,
    "/consultations": 6,
    "/coordonnees": 8,
    "/aide": 6,
}


def longue_vie() -> Conducteur:
    """Thirty offences of one point, each paid: sixty-one facts."""
    faits: list[Fait] = []
    for rang in range(30):
        jour = f"{2016 + rang // 3}-{1 + 4 * (rang % 3):02d}-10"
        faits += [infraction(f"i{rang}", jour, 1), realite(f"i{rang}", jour)]
    angele = conducteur(PERMIS_2015, *faits)
    for rang in range(4):
        ask_question(angele.dossier, f"Question {rang}", compte=angele.compte, at=MIDI)
    return angele


@pytest.mark.parametrize("page", AU_PLUS)
def test_le_nombre_de_requetes_ne_depend_pas_du_dossier(page: str) -> None:
    comptes = []
    for angele in (conducteur(PERMIS_2015), longue_vie()):
        angele.client.get(f"/mon-permis{page}")  # templates and the ring of keys are read once
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            assert angele.client.get(f"/mon-permis{page}").status_code == 200
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1] <= AU_PLUS[page]


def test_les_faits_ajoutes_se_voient_aussitot() -> None:
    angele = conducteur(PERMIS_2015)
    assert "sur 12" in angele.client.get("/mon-permis").content.decode()
    enregistrer(angele.dossier, infraction("feu", "2026-01-05", 4), realite("feu", "2026-02-01"))
    assert 'grand-nombre">8<' in angele.client.get("/mon-permis").content.decode()
