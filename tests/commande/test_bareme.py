"""`permis bareme`: by words, by NATINF code, on a day."""

import pytest

from permis.droit.bareme import rows
from tests.commande.conftest import Lancer

LE = ("--le", "2026-11-22")
CLES = [
    "bareme", "natinf", "libelle", "article", "classe", "points", "hors_code", "amende_forfaitaire", "depuis",
    "jusqu_au", "certitude", "doute", "source",
]  # fmt: skip


def test_par_mots_sans_accents(permis: Lancer) -> None:
    lignes = permis("bareme", "telephone", *LE, "--json").json
    assert lignes[0]["bareme"] == "telephone-tenu-en-main"
    assert (list(lignes[0]), lignes[0]["points"], lignes[0]["classe"]) == (CLES, 3, "contravention_4")


def test_la_page_dit_points_article_et_code(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    page = permis("bareme", "téléphone", *LE)
    assert page.statut == 0
    assert all(mot in page.sortie for mot in ("3 pts", "R. 412-6-1", "4e classe", "NATINF 23800"))


def test_une_faute_de_frappe_est_dite(permis: Lancer) -> None:
    proches = "voici les plus proches"
    assert proches in permis("bareme", "feu", "rouje", *LE).sortie
    assert proches not in permis("bareme", "feu", "rouge", *LE).sortie
    assert proches not in permis("bareme", *LE).sortie
    assert [ligne["bareme"] for ligne in permis("bareme", "feu", "rouje", *LE, "--json").json][:1] == ["feu-rouge"]


@pytest.mark.parametrize("reference", ["25387", "exces-5-20-limite-plus-de-50"])
def test_par_natinf_ou_par_identifiant(reference: str, permis: Lancer) -> None:
    (ligne,) = permis("bareme", "--natinf", reference, *LE, "--json").json
    assert (ligne["natinf"], ligne["points"], ligne["depuis"]) == ("25387", 1, "2024-01-01")


def test_le_jour_choisit_la_redaction(permis: Lancer) -> None:
    (ligne,) = permis("bareme", "--natinf", "25387", "--le", "2023-12-31", "--json").json
    assert ligne["jusqu_au"] == "2023-12-31"


def test_sans_mot_tout_le_bareme_du_jour(permis: Lancer) -> None:
    lignes = permis("bareme", *LE, "--json").json
    noms = [ligne["bareme"] for ligne in lignes]
    assert noms == sorted(noms)
    assert 100 < len(noms) <= len(rows())


def test_rien_ne_repond(permis: Lancer) -> None:
    assert permis("bareme", "xyzzyx", *LE, "--json").json == []
    page = permis("bareme", "xyzzyx", *LE)
    assert page.statut == 0
    assert "Aucune infraction ne répond" in page.sortie


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        (("--natinf", "999999"), "--natinf : « 999999 »"),
        (("--natinf", "25387", "feu"), "--natinf : donné avec des mots"),
        (("feu", "--le", "2026-02-30"), "--le : « 2026-02-30 »"),
        (("feu", "--le", "1990-01-01"), "--le : le permis à points n'existait pas"),
        (("feu", "--le", "2014-06-30"), "--le : les sources n'établissent pas"),
    ],
)
def test_ce_qui_ne_peut_pas_servir(mots: tuple[str, ...], dit: str, permis: Lancer) -> None:
    resultat = permis("bareme", *LE, *mots, "--json")
    assert (resultat.statut, resultat.sortie) == (2, "")
    assert dit in resultat.erreurs
    assert resultat.erreurs.count("\n") == 1
