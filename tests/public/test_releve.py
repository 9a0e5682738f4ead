"""The answer: the examples, the balance of any day, what is supposed, what is known, in both languages."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from permis.public.exemples import EXEMPLES
from tests.public.visite import FEU_ROUGE, PAYEE, dossier, emporte, lire, mots, poster, solde

ATTENDUS = {
    "conducteur-tranquille": 11,
    "jeune-conductrice": 5,
    "feu-rouge-et-telephone": 9,
    "solde-nul-sauve": 3,
    "conduite-accompagnee": 12,
    "credit-repris": 7,
}


def test_six_exemples() -> None:
    assert {exemple.slug for exemple in EXEMPLES} == set(ATTENDUS)


@pytest.mark.parametrize(("slug", "attendu"), ATTENDUS.items())
@pytest.mark.parametrize("racine", ["", "/en"])
def test_un_exemple(client: Client, slug: str, attendu: int, racine: str) -> None:
    assert solde(client.get(f"{racine}/exemples/{slug}")) == attendu


def test_la_correction_est_montree(client: Client) -> None:
    page = mots(client.get("/exemples/credit-repris"))
    assert "Ce que le fichier a montré, et qui ne tient plus" in page
    assert "Ne tient plus depuis le 8 septembre 2026" in page


def test_le_stage_obligatoire_a_son_delai(client: Client) -> None:
    page = mots(client.get("/exemples/jeune-conductrice"))
    assert "Faire un stage, au plus tard le 4 janvier 2027" in page
    assert "probatoire jusqu’au 10 avril 2028" in page


def test_n_importe_quel_jour(client: Client) -> None:
    texte = dossier(FEU_ROUGE, PAYEE)
    jours = {"2016-05-31": 6, "2016-06-01": 8, "2026-04-01": 12, "2026-04-02": 8, "2029-04-01": 8, "2029-04-02": 12}
    assert {jour: solde(poster(client, texte, le=jour)) for jour in jours} == jours


def test_avant_tout_permis(client: Client) -> None:
    reponse = poster(client, dossier(), le="2010-01-01")
    assert "Aucun permis n’est encore délivré" in mots(reponse)
    assert "Aucun mouvement à cette date" in mots(client.post("/calcul", {"dossier": '{"version": 1, "faits": []}'}))


def test_ce_que_l_on_savait(client: Client) -> None:
    apprise = {**FEU_ROUGE, "connu_le": "2026-09-01"}, {**PAYEE, "connu_le": "2026-09-01"}
    assert solde(poster(client, dossier(*apprise))) == 8
    assert solde(poster(client, dossier(*apprise), savoir_le="2026-08-31")) == 12


def test_supposer_puis_oublier(client: Client) -> None:
    texte = dossier(FEU_ROUGE)
    reponse = poster(
        client,
        texte,
        faire="supposer",
        quoi="paiement",
        paiement_id="feu",
        paiement_le="2026-12-01",
        si="stage:2026-12-10",
    )
    page = mots(reponse)
    assert "L’amende payée le 1er décembre 2026" in page
    assert re.search(r"1er décembre 2026 12 8 −4", page)
    assert re.search(r"12 décembre 2026 12 12 =", page)
    assert emporte(reponse)["faits"][1:] == [FEU_ROUGE], "a supposition never enters the dossier"
    suite = poster(
        client, texte, si=["stage:2026-12-10", "paiement:feu:2026-12-01"], oublier="paiement:feu:2026-12-01"
    )
    assert "L’amende payée" not in mots(suite)
    assert "Un stage qui commence le 10 décembre 2026" in mots(suite)


def test_une_annulation_supposee(client: Client) -> None:
    reponse = poster(client, dossier(FEU_ROUGE, PAYEE), si="annulation:feu:2026-11-22")
    assert "22 novembre 2026 8 12 +4" in mots(reponse)
    plus_tard = mots(poster(client, dossier(FEU_ROUGE, PAYEE), si="annulation:feu:2026-12-24"))
    assert "22 novembre 2026 8 12 +4" in plus_tard
    assert "est réputé n’avoir jamais existé : le solde change dès maintenant" in plus_tard
    assert "dès maintenant" not in mots(poster(client, dossier(FEU_ROUGE, PAYEE), si="stage:2026-12-05"))


def test_une_question_ouverte_est_nommee_ou_elle_compte(client: Client) -> None:
    decide = {"type": "retrait", "infraction": "feu", "decide_le": "2026-05-20"}
    page = poster(client, dossier(FEU_ROUGE, PAYEE, decide), le="2026-05-01")
    assert solde(page) == 12
    assert "change quelque chose ici" in mots(page)
    assert solde(poster(client, dossier(FEU_ROUGE, PAYEE, decide), le="2026-05-01", effet_retrait="realite")) == 8


def test_le_dossier_a_emporter_se_relit(client: Client) -> None:
    reponse = client.post("/dossier", {"dossier": dossier(FEU_ROUGE, PAYEE), "si": "stage:2026-12-10"})
    assert reponse.headers["Content-Disposition"] == 'attachment; filename="permis-2026-11-22.json"'
    assert [fait["id"] for fait in reponse.json()["faits"]] == ["permis-1", "feu", "realite-1"]
    assert solde(client.post("/calcul", {"faire": "ouvrir", "texte": lire(reponse)})) == 8


@pytest.mark.parametrize(
    "adresse",
    ["/", "/la-loi", "/mentions", "/accessibilite", "/bareme?q=alcool", *(f"/exemples/{s}" for s in ATTENDUS)],
)
def test_les_espaces_du_francais(client: Client, adresse: str) -> None:
    """No line may begin with « : ; ! ? » », nor end with « « »."""
    page = re.sub(r"<(script|style)[^>]*>.*?</\1>|<option.*?</option>", "", lire(client.get(adresse)), flags=re.DOTALL)
    texte = re.sub(r"<[^>]+>", "\n", page).replace("&nbsp;", "\u00a0").replace("&#x27;", "'")
    fautes = re.findall(r"[^\n]{0,30}(?:\w [;:!?»]|« \w|\w'\w)[^\n]{0,20}", texte)
    assert not fautes


@pytest.mark.parametrize("slug", ATTENDUS)
def test_l_anglais_est_entier(client: Client, slug: str) -> None:
    """What is left in French in the English page says that it is French."""
    page = re.sub(r'<(\w+)[^>]*lang="fr"[^>]*>.*?</\1>', "", lire(client.get(f"/en/exemples/{slug}")), flags=re.DOTALL)
    restes = re.findall(
        r"\b(?:vous|est|depuis|retrait de|jusqu|permis est|points de)\b", re.sub(r"<[^>]+>", " ", page)
    )
    assert not restes


@pytest.mark.parametrize("slug", ATTENDUS)
def test_chaque_identifiant_est_seul(client: Client, slug: str) -> None:
    """A name given twice would tie a label, or a title, to the wrong place."""
    noms = re.findall(r'\sid="([^"]*)"', lire(client.get(f"/exemples/{slug}")))
    assert len(noms) == len(set(noms)), {nom for nom in noms if noms.count(nom) > 1}
