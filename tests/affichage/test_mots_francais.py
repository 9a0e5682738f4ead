"""On an English page, the names that exist in French only are marked as French (RGAA 8.7); as text they stay plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape

from permis.affichage.cartes import names_of
from permis.affichage.question import Question
from permis.affichage.reponse import Reponse
from permis.affichage.supposer import list_supposer
from permis.affichage.suppositions import tell_supposition
from permis.droit.dossier import read_dossier
from permis.droit.phrases import EXPLICATIONS, Mot, Phrase, Points
from permis.typographie import write, write_marked

S = "\u00a0"
JOUR = date(2026, 11, 22)
PIEGE = "Feu <b>rouge</b> & {l'orange}"
MARQUE = '<span lang="fr">Feu &lt;b&gt;rouge&lt;/b&gt; &amp; {l&#x27;orange}</span>'
FAITS: list[dict[str, Any]] = [
    {"type": "delivrance", "id": "p", "date": "2015-06-01", "categorie": "B", "filiere": "traditionnelle"},
    {"type": "infraction", "id": "feu", "commise_le": "2026-03-10", "bareme": "feu-rouge", "libelle": PIEGE},
    {"type": "realite", "id": "r", "infraction": "feu", "date": "2026-04-02", "mode": "paiement"},
    {"type": "infraction", "id": "autre", "commise_le": "2026-10-01", "classe": "contravention_4", "points": 3},
]


@pytest.fixture
def _en_anglais() -> Iterator[None]:
    with translation.override("en"):
        yield


def reponse(*si: str) -> Reponse:
    return Reponse(Question(read_dossier({"version": 1, "faits": FAITS}).faits, JOUR, JOUR, si=si))


def retrait(libelle: str) -> Phrase:
    jours = {"commise_le": date(2026, 3, 10), "realite_le": date(2026, 4, 2)}
    valeurs = {**jours, "points": Points(4), "libelle": libelle, "mode": Mot("paiement de l'amende")}
    return Phrase(EXPLICATIONS["retrait"], valeurs)


@pytest.mark.usefixtures("_en_anglais")
def test_une_phrase_marque_le_libelle_et_lui_seul() -> None:
    page = Template("{% load affichage %}{{ p|phrase }}").render(Context({"p": retrait(PIEGE)}))
    assert f"for the offence of 10{S}March{S}2026 ({MARQUE})" in page
    assert page.count("<") == 2, "the mark is all the HTML there is"
    assert "payment of the fine" in page
    assert "<" not in Template("{% load affichage %}{{ p|phrase }}").render(Context({"p": retrait(Mot("délit"))}))


@pytest.mark.usefixtures("_en_anglais")
def test_en_texte_rien_n_est_marque() -> None:
    for texte in (write(retrait(PIEGE)), str(write_marked(retrait(PIEGE)))):
        assert f"({PIEGE})" in texte
        assert "span" not in texte
    assert names_of(read_dossier({"version": 1, "faits": FAITS}).faits)["feu"] == f"{PIEGE}, 10{S}March{S}2026"


def test_en_francais_il_n_y_a_rien_a_marquer() -> None:
    assert "<span" not in conditional_escape(write_marked(retrait(PIEGE)))
    assert 'lang="fr">Feu' not in render_to_string("affichage/releve/faits.html", {"r": reponse()})


@pytest.mark.usefixtures("_en_anglais")
@pytest.mark.parametrize("nom", ["faits", "mouvements", "venir", "solde"])
def test_chaque_part_marque_le_nom_de_l_infraction(nom: str) -> None:
    page = render_to_string(f"affichage/releve/{nom}.html", {"r": reponse(), "formulaire": "etat"})
    assert MARQUE in page
    reste = page.replace(MARQUE, "")
    assert "rouge" not in reste, "it is written nowhere without its mark"


@pytest.mark.usefixtures("_en_anglais")
def test_une_infraction_sans_nom_n_est_pas_dite_francaise() -> None:
    page = render_to_string("affichage/releve/faits.html", {"r": reponse()})
    assert re.findall(r"<h3>(.*?)</h3>", page) == ["Licence B", MARQUE, "Offence"]


@pytest.mark.usefixtures("_en_anglais")
def test_une_supposition_et_les_listes_qui_la_proposent() -> None:
    r = reponse()
    assert f"paid on 1{S}December{S}2026: {MARQUE}, 10{S}March{S}2026" in conditional_escape(
        tell_supposition("paiement:feu:2026-12-01", r.noms)
    )
    assert '<span lang="fr">' in conditional_escape(tell_supposition("infraction:2026-12-01:feu-rouge", r.noms))
    page = render_to_string(
        "affichage/releve/supposer.html",
        {"r": r, "supposables": list_supposer(r), "adresse": "/", "porteur": "affichage/parts/langue.html"},
    )
    options = dict(re.findall(r'<option value="(feu|autre)"([^>]*)>', page))
    assert options == {"feu": ' lang="fr"', "autre": ""}
    assert "span" not in " ".join(re.findall(r"<option.*?</option>", page))
