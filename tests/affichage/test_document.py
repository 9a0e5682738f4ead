"""The twin of a letter's page: every block is there, tables have their headers, nothing written is read as markup."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template.loader import render_to_string

TEXTES: dict[str, Any] = {
    "titre": "Un titre",
    "objet": "retrait de <3> points",
    "blocs": [
        {"type": "paragraphe", "texte": "L’essentiel & le <reste>."},
        {"type": "paragraphe", "texte": "Ne conduisez plus.", "role": "alerte"},
        {"type": "titre", "texte": "Ensuite"},
        {"type": "liste", "titre": "Si vous n’êtes pas d’accord", "elements": ["un", "deux"], "role": "recours"},
        {"type": "chiffres", "lignes": [["Solde", "9 sur 12"]]},
        {"type": "tableau", "titre": "Le compte", "colonnes": ["Date", "Points"], "lignes": [["2 avril", "−3"]]},
    ],
    "mentions": ["En petit."],
}


def dessiner(**contexte: object) -> str:
    return " ".join(render_to_string("affichage/document.html", {"textes": TEXTES} | contexte).split())


def test_chaque_bloc_est_dessine_dans_l_ordre() -> None:
    page = dessiner(langue="fr")
    morceaux = ["Objet", "L’essentiel", "Ensuite", "Si vous", "<li>un</li>", "9 sur 12", "Le compte", "En petit."]
    places = [page.index(morceau) for morceau in morceaux]
    assert places == sorted(places)


def test_un_tableau_a_son_titre_ses_en_tetes_et_se_fait_defiler_au_clavier() -> None:
    page = dessiner(langue="fr")
    assert "<caption>Le compte</caption>" in page
    assert '<th scope="col">Date</th><th scope="col">Points</th>' in page.replace("> <", "><")
    assert '<th scope="row">2 avril</th>' in page
    assert 'tabindex="0" role="region" aria-label="Le compte"' in page


def test_les_titres_commencent_au_troisieme_rang() -> None:
    assert set(re.findall(r"<h(\d)", dessiner(langue="fr"))) == {"3"}


def test_un_texte_n_est_jamais_lu_comme_du_html() -> None:
    page = dessiner(langue="fr")
    assert "retrait de &lt;3&gt; points" in page
    assert "&amp; le &lt;reste&gt;" in page


def test_les_mots_cites_en_francais_sont_marques_et_le_reste_non() -> None:
    nom = "Usage d'un <téléphone>"
    marque = '<span lang="fr">Usage d&#x27;un &lt;téléphone&gt;</span>'
    blocs = [
        {"type": "paragraphe", "texte": f"Withdrawal ({nom}) & {nom}."},
        {"type": "liste", "elements": [nom]},
        {"type": "tableau", "titre": "T", "colonnes": ["A", "B"], "lignes": [[nom, f"{nom} (NATINF)"]]},
    ]
    page = dessiner(langue="en", textes={"blocs": blocs, "francais": [nom, "Usage"]})
    assert f"<p>Withdrawal ({marque}) &amp; {marque}.</p>" in page
    assert f"<li>{marque}</li>" in page
    assert f'<th scope="row">{marque}</th>' in page
    assert f"<td>{marque} (NATINF)</td>" in page
    sans = dessiner(langue="fr", textes={"blocs": blocs, "francais": []})
    assert "<span" not in sans


@pytest.mark.parametrize(("langue", "objet"), [("fr", "Objet"), ("en", "Subject")])
def test_la_langue_est_celle_de_la_lettre_pas_de_la_page(langue: str, objet: str) -> None:
    page = dessiner(langue=langue)
    assert f'lang="{langue}"' in page
    assert objet in page


def test_ce_qu_il_faut_faire_est_mis_a_part() -> None:
    assert page_encarts() == ["encart grave", "encart calme"]


def page_encarts() -> list[str]:
    return [classe.strip() for classe in re.findall(r'class="(encart[^"]*)"', dessiner(langue="fr"))]
