"""The parts that show an answer: any surface draws them from facts alone, with nothing of its own."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from permis.affichage.question import Question
from permis.affichage.reponse import Reponse
from permis.affichage.supposer import list_supposer
from permis.droit.dossier import read_dossier

JOUR = date(2026, 11, 22)
FAITS = [
    {"type": "delivrance", "id": "p", "date": "2015-06-01", "categorie": "B", "filiere": "traditionnelle"},
    {"type": "infraction", "id": "feu", "commise_le": "2026-03-10", "bareme": "feu-rouge"},
    {"type": "realite", "id": "r", "infraction": "feu", "date": "2026-04-02", "mode": "paiement"},
]


def reponse(*si: str) -> Reponse:
    return Reponse(Question(read_dossier({"version": 1, "faits": FAITS}).faits, JOUR, JOUR, si=si))


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("solde", "solde-pourquoi"), ("frise", "Le tableau de cette image"), ("devoirs", "Lettres et délais"),
        ("venir", "Reconstitution intégrale"), ("stage", "Commencez un stage le"), ("mouvements", "Retrait de points"),
        ("faits", "Permis B"),
    ],
)  # fmt: skip
def test_chaque_part_se_dessine_seule(nom: str, dit: str) -> None:
    page = render_to_string(f"affichage/releve/{nom}.html", {"r": reponse()})
    assert dit in page
    assert "<button" not in page, "a surface that lets nothing be changed has no button"


def test_les_suppositions_disent_ou_elles_vont() -> None:
    r = reponse("stage:2026-12-05")
    contexte = {
        "r": r,
        "supposables": list_supposer(r),
        "adresse": "/chez-soi",
        "porteur": "affichage/parts/langue.html",
    }
    page = render_to_string("affichage/releve/supposer.html", contexte)
    assert page.count('action="/chez-soi#titre-si"') == page.count("<form") == 4, "to forget, and three to suppose"
    assert re.findall(r'name="quoi" value="(\w+)"', page) == ["stage", "infraction", "annulation"]
