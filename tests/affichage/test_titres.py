"""What a movement is called: by its reason, save where the reason's words do not fit."""

from __future__ import annotations

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from permis.affichage.libelles import MOTIFS, MOTIFS_PARTICULIERS, name_movement
from permis.affichage.question import Question
from permis.affichage.reponse import Reponse
from permis.droit.dossier import read_dossier
from permis.droit.mouvements import Motif
from permis.droit.phrases import EXPLICATIONS

JOUR = date(2026, 11, 22)
ANCIEN = {"type": "delivrance", "id": "p", "date": "1985-03-01", "categorie": "B", "filiere": "traditionnelle"}
NOVICE = {"type": "delivrance", "id": "p", "date": "2022-03-01", "categorie": "B", "filiere": "traditionnelle"}


def reponse(permis: dict[str, str]) -> Reponse:
    return Reponse(Question(read_dossier({"version": 1, "faits": [permis]}).faits, JOUR, JOUR))


@pytest.mark.parametrize(
    ("langue", "titre"), [("fr", "Passage du maximum à 12 points"), ("en", "The maximum becomes 12 points")]
)
@pytest.mark.parametrize("part", ["mouvements", "frise"])
def test_le_premier_decembre_1992_n_est_pas_un_gain_de_probation(part: str, langue: str, titre: str) -> None:
    with translation.override(langue):
        page = render_to_string(f"affichage/releve/{part}.html", {"r": reponse(ANCIEN)}).replace("\u00a0", " ")
        assert titre in page
        assert str(MOTIFS["majoration"]) not in page


def test_les_autres_gains_gardent_leur_titre() -> None:
    titres = {str(name_movement(m)) for m in reponse(NOVICE).releve.mouvements if m.motif == Motif.MAJORATION}
    assert titres == {"Gain annuel de la période probatoire"}


def test_chaque_titre_particulier_est_celui_d_un_mouvement() -> None:
    assert set(EXPLICATIONS) >= set(MOTIFS_PARTICULIERS)
