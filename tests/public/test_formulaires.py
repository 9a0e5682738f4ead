"""The forms of facts: what they write in the dossier, what they refuse, and that changing gives back what was said."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from django.test import Client

from permis.droit.options import Options
from permis.public.forms.faits import FORMULAIRES
from permis.public.forms.infraction import InfractionForm
from tests.public.visite import FEU_ROUGE, PAYEE, dossier, emporte, lire, mots, poster, solde

INFRACTION = {"type": "infraction", "faire": "enregistrer", "commise_le": "2026-03-10", "etablie": "paiement",
              "etablie_le": "2026-04-02", "bareme": "feu-rouge"}  # fmt: skip


NON_RECLAMEE = {"reference": "48SI", "mode": "recommande", "presentee_le": "2026-06-01", "retour": "AP"}


def ecrits(client: Client, *faits: Any, **champs: object) -> list[dict[str, object]]:
    """The facts after the licence, once a form is sent."""
    reponse = poster(client, dossier(*faits), **champs)
    assert reponse.status_code == 200, mots(reponse)
    return emporte(reponse)["faits"][1:]  # type: ignore[no-any-return]


def test_commencer(client: Client) -> None:
    reponse = client.post("/calcul", {"faire": "commencer", "date": "01/06/2015", "filiere": "aac"})
    assert emporte(reponse)["faits"] == [
        {"type": "delivrance", "id": "permis-1", "date": "2015-06-01", "filiere": "aac", "categorie": "B"}
    ]
    assert solde(reponse) == 12


@pytest.mark.parametrize(
    ("champs", "faute"),
    [
        ({}, "Indiquez cette date."),
        ({"date": "30/02/2015"}, "Indiquez une date comme"),
        ({"date": "2015-06-01", "filiere": "loterie"}, "Choisissez une des réponses proposées."),
        ({"date": "2015-06-01", "filiere": "etranger"}, "Indiquez le pays"),
    ],
)
def test_commencer_mal(client: Client, champs: dict[str, str], faute: str) -> None:
    reponse = client.post("/calcul", {"faire": "commencer", "filiere": "traditionnelle", **champs})
    assert reponse.status_code == 422
    assert mots(reponse).count(faute) >= 2, "once in the summary, once near the field"
    assert 'aria-invalid="true"' in lire(reponse)


def test_une_infraction_payee(client: Client) -> None:
    assert ecrits(client, **INFRACTION) == [
        {"type": "infraction", "id": "infraction-1", "commise_le": "2026-03-10", "bareme": "feu-rouge"},
        {"type": "realite", "id": "realite-1", "infraction": "infraction-1", "date": "2026-04-02", "mode": "paiement"},
    ]


def test_une_infraction_par_classe_et_points(client: Client) -> None:
    champs = {
        **INFRACTION,
        "bareme": "",
        "classe": "contravention_4",
        "points": "0",
        "heure": "18:14",
        "etablie": "non",
        "etablie_le": "",
    }
    assert ecrits(client, **champs) == [
        {
            "type": "infraction",
            "id": "infraction-1",
            "commise_le": "2026-03-10T18:14",
            "classe": "contravention_4",
            "points": 0,
        }
    ]


@pytest.mark.parametrize(
    ("champs", "faute"),
    [
        ({"bareme": ""}, "Cherchez l’infraction et choisissez-la"),
        ({"bareme": "licorne"}, "n’est pas au barème de ce jour"),
        ({"commise_le": ""}, "Indiquez cette date."),
        ({"etablie_le": ""}, "Indiquez depuis quel jour."),
        ({"decision": "prise"}, "Indiquez le jour de la décision."),
        ({"heure": "25:00"}, "Indiquez une heure"),
        ({"bareme": "", "classe": "delit", "points": "10"}, "Au plus 9 points"),
        ({"commise_le": "2026-05-01"}, "attendu"),
    ],
)
def test_une_infraction_mal_dite(client: Client, champs: dict[str, str], faute: str) -> None:
    reponse = poster(client, dossier(), **{**INFRACTION, **champs})
    assert reponse.status_code == 422
    assert faute in mots(reponse)
    assert emporte(reponse)["faits"][1:] == [], "the dossier is as it was"


def test_chercher_ne_reproche_rien(client: Client) -> None:
    reponse = poster(client, dossier(), faire="chercher", type="infraction", q="telephone", commise_le="2026-03-10")
    assert reponse.status_code == 200
    assert "2 infractions trouvées" in mots(reponse)
    assert 'value="telephone-tenu-en-main"' in lire(reponse)
    assert "Il manque quelque chose" not in lire(reponse)
    assert 'value="2026-03-10"' in lire(reponse)


def test_le_bareme_est_celui_du_jour(client: Client) -> None:
    def points(jour: str) -> str:
        return mots(client.post("/bareme/resultats", {"q": "piéton engagé", "commise_le": jour}))

    assert "4 points" in points("2018-09-18")
    assert "6 points" in points("2018-09-19")


def test_modifier_garde_ce_qui_n_est_pas_au_formulaire(client: Client) -> None:
    exacte = {**PAYEE, "id": "r", "date": "2026-04-02T18:20", "connu_le": "2026-05-01"}
    formulaire = poster(client, dossier(FEU_ROUGE, exacte), modifier="feu")
    assert 'value="2026-04-02"' in lire(formulaire)
    assert ecrits(client, FEU_ROUGE, exacte, **INFRACTION, cible="feu") == [FEU_ROUGE, exacte]


def test_nier_l_etablissement_le_retire(client: Client) -> None:
    assert ecrits(client, FEU_ROUGE, {**PAYEE, "id": "r"}, **{**INFRACTION, "cible": "feu", "etablie": "non"}) == [
        FEU_ROUGE
    ]


def test_la_decision_de_retrait(client: Client) -> None:
    champs = {**INFRACTION, "cible": "feu", "decision": "prise", "decide_le": "2026-05-20"}
    prise = ecrits(client, FEU_ROUGE, {**PAYEE, "id": "r"}, **champs)[-1]
    assert prise == {"type": "retrait", "id": "retrait-1", "infraction": "feu", "decide_le": "2026-05-20"}
    aucune = ecrits(client, FEU_ROUGE, {**PAYEE, "id": "r"}, prise, **{**champs, "decision": "aucune"})[-1]
    assert aucune == {**prise, "decide_le": None}
    inconnue = {**champs, "decision": "inconnue", "decide_le": ""}
    assert ecrits(client, FEU_ROUGE, {**PAYEE, "id": "r"}, aucune, **inconnue)[-1]["id"] == "r"


def test_deux_infractions_au_meme_instant(client: Client) -> None:
    faits = ecrits(client, FEU_ROUGE, **{**INFRACTION, "bareme": "telephone-tenu-en-main", "ensemble_avec": "feu"})
    assert {fait.get("ensemble") for fait in faits if fait["type"] == "infraction"} == {"ensemble-feu"}


def test_retirer_emporte_ce_qui_en_depend(client: Client) -> None:
    annulation = {"type": "annulation", "vise": "r", "date": "2026-06-01", "autorite": "juge_penal"}
    assert ecrits(client, FEU_ROUGE, {**PAYEE, "id": "r"}, annulation, retirer="feu") == []


@pytest.mark.parametrize(
    ("champs", "fait"),
    [
        ({"type": "stage", "debut": "2026-06-01", "cas": "1"}, {"debut": "2026-06-01", "fin": "2026-06-02", "cas": 1}),
        ({"type": "notification", "reference": "48", "date": "2026-06-01"}, {"reference": "48", "date": "2026-06-01"}),
        (
            {"type": "notification", **NON_RECLAMEE},
            NON_RECLAMEE,
        ),
        (
            {"type": "mesure", "nature": "suspension", "debut": "2026-06-01"},
            {"nature": "suspension", "debut": "2026-06-01"},
        ),
        ({"type": "remise_titre", "date": "2026-06-01"}, {"date": "2026-06-01"}),
        ({"type": "formation_complementaire", "date": "2016-02-01"}, {"date": "2016-02-01"}),
        (
            {"type": "annulation", "vise": "feu", "date": "2026-06-01", "autorite": "juge_penal"},
            {"vise": "feu", "date": "2026-06-01", "autorite": "juge_penal"},
        ),
        (
            {"type": "delivrance", "date": "2026-06-01", "filiere": "traditionnelle", "categorie": "A2"},
            {"date": "2026-06-01", "filiere": "traditionnelle", "categorie": "A2"},
        ),
    ],
)  # fmt: skip
def test_chaque_fait_s_ecrit_et_se_modifie(client: Client, champs: dict[str, str], fait: dict[str, object]) -> None:
    assert poster(client, dossier(FEU_ROUGE), ajouter=champs["type"]).status_code == 200
    ecrit = ecrits(client, FEU_ROUGE, **champs, faire="enregistrer")[-1]
    assert {cle: valeur for cle, valeur in ecrit.items() if cle not in {"id", "type"}} == fait
    formulaire = poster(client, dossier(FEU_ROUGE, ecrit), modifier=ecrit["id"])
    assert formulaire.status_code == 200
    assert all(f'value="{valeur}"' in lire(formulaire) for valeur in fait.values())


def test_le_jour_de_savoir_de_la_page_n_est_pas_celui_d_un_fait(client: Client) -> None:
    """Both travel in the form of a fact: neither may take the place of the other."""
    appris = dossier({**FEU_ROUGE, "connu_le": "2026-05-20"}, PAYEE)
    assert "solde-savoir" not in lire(poster(client, appris, faire="voir", connu_le="2024-05-20"))
    page = mots(poster(client, appris, faire="voir", savoir_le="2026-04-02"))
    assert "Avec ce que l’administration savait le 2 avril 2026." in page.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("form", [*FORMULAIRES.values(), InfractionForm], ids=lambda form: form.genre)
def test_aucun_champ_d_un_fait_ne_porte_le_nom_d_un_champ_de_la_page(form: Any) -> None:
    etat = {"dossier", "le", "si", "savoir_le", "faire", "type", "cible", *(f.name for f in fields(Options))}
    assert not etat & set(form.base_fields)


@pytest.mark.parametrize(
    "fait",
    [
        {**FEU_ROUGE, "libelle": "Feu rouge, rue de la Gare", "article": "C. route, art. R. 412-30"},
        {"type": "infraction", "id": FEU_ROUGE["id"], "commise_le": "2026-03-10", "classe": "contravention_4",
         "points": 4, "libelle": "À la main", "article": "C. route, art. R. 412-30"},
    ],
)  # fmt: skip
def test_changer_une_infraction_garde_ce_que_le_formulaire_ne_montre_pas(client: Client, fait: dict[str, Any]) -> None:
    champs = {cle: fait[cle] for cle in ("bareme", "classe", "points", "libelle") if cle in fait}
    garde = ecrits(
        client, fait, PAYEE, type="infraction", faire="enregistrer", cible=fait["id"], **champs,
        commise_le=fait["commise_le"][:10], etablie="paiement", etablie_le=PAYEE["date"][:10],
    )  # fmt: skip
    (infraction,) = [f for f in garde if f["type"] == "infraction"]
    assert {cle: infraction.get(cle) for cle in fait} == fait
