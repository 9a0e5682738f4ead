"""What is wrong is said beside its field, on the page where it was typed, and all the rest stays."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.public.visite import FEU_ROUGE, PAYEE, dossier, emporte, lire, mots, poster, solde

DECIDE = {"type": "retrait", "infraction": "feu", "decide_le": "2026-05-20"}


def champ(reponse: Any, nom: str) -> str:
    """The tag of a field."""
    (balise,) = re.findall(rf'<(?:input|select)[^>]*\sid="{nom}"[^>]*>', lire(reponse))
    return unescape(balise)


def en_faute(reponse: Any, nom: str, dit: str) -> None:
    """The field is marked, tied to its fault, and the summary leads to it."""
    assert 'aria-invalid="true"' in champ(reponse, nom)
    assert f"{nom}-faute" in champ(reponse, nom)
    assert re.search(rf'<p class="faute" id="{nom}-faute">[^<]*{re.escape(dit)}', unescape(lire(reponse)))
    assert re.search(rf'<a href="#{nom}">[^<]*{re.escape(dit)}', unescape(lire(reponse)))


@pytest.mark.parametrize("ecrit", ["31/02/2026", "hier", "2026-02-30", "0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("nom", ["le", "savoir_le"])
def test_un_jour_impossible_reste_sur_la_page(client: Client, nom: str, ecrit: str) -> None:
    choix = {"effet_retrait": "realite", "si": "stage:2026-12-05"}
    reponse = poster(client, dossier(FEU_ROUGE, PAYEE), faire="voir", **{nom: ecrit}, **choix)
    assert reponse.status_code == 422
    assert solde(reponse) == 8, "the answer stays"
    en_faute(reponse, nom, "Indiquez une date")
    assert f'value="{ecrit}"' in champ(reponse, nom)
    genre = "date" if ecrit == "9999-12-31" else "text"
    assert re.findall(r'\stype="(\w+)"', champ(reponse, nom)) == [genre], "a picker shows what is no day as nothing"
    assert "Un stage qui commence le 5 décembre 2026" in mots(reponse)
    assert re.search(r'name="effet_retrait" value="realite"[^>]*checked', lire(reponse))


def test_un_jour_avant_les_points(client: Client) -> None:
    reponse = poster(client, dossier(FEU_ROUGE, PAYEE), faire="voir", le="1991-01-01", savoir_le="2026-08-31")
    en_faute(reponse, "le", "la règle commence le")
    assert 'value="2026-08-31"' in champ(reponse, "savoir_le")


@pytest.mark.parametrize("ecrit", ["01/04/2026", "2026-04-01", "01.04.2026"])
def test_le_jour_s_ecrit_comme_en_france(client: Client, ecrit: str) -> None:
    reponse = poster(client, dossier(FEU_ROUGE, PAYEE), faire="voir", le=ecrit)
    assert solde(reponse) == 12
    assert 'value="2026-04-01"' in champ(reponse, "le")


def test_un_jour_juste_reste_ecrit_quand_l_autre_est_faux(client: Client) -> None:
    reponse = poster(client, dossier(), faire="voir", le="01/04/2026", savoir_le="hier")
    assert 'value="2026-04-01"' in champ(reponse, "le")
    assert 'type="date"' in champ(reponse, "le")


SUPPOSER = {
    "stage": ("stage_le", {"stage_le": ""}, "Indiquez cette date."),
    "infraction": ("infraction_le", {"infraction_le": "hier", "infraction_ref": "feu-rouge"}, "Indiquez une date"),
    "paiement": ("paiement_le", {"paiement_le": "", "paiement_id": "feu"}, "Indiquez cette date."),
    "annulation": ("annulation_id", {"annulation_le": "2026-12-01"}, "Choisissez une réponse."),
}


@pytest.mark.parametrize("quoi", SUPPOSER)
def test_une_supposition_vide_reste_sur_la_page(client: Client, quoi: str) -> None:
    nom, champs, dit = SUPPOSER[quoi]
    reponse = poster(
        client, dossier(FEU_ROUGE), faire="supposer", quoi=quoi, le="2026-12-24", si="stage:2026-12-05", **champs
    )
    assert reponse.status_code == 422
    en_faute(reponse, nom, dit)
    assert "Le 24 décembre 2026" in mots(reponse)
    assert "Un stage qui commence le 5 décembre 2026" in mots(reponse)


def test_une_supposition_impossible_est_dite_pres_de_son_jour(client: Client) -> None:
    envoi = {"faire": "supposer", "quoi": "paiement", "paiement_id": "feu", "paiement_le": "01/01/2020"}
    reponse = poster(client, dossier(FEU_ROUGE), **envoi)
    assert reponse.status_code == 422
    en_faute(reponse, "paiement_le", "attendu")
    assert 'value="2020-01-01"' in champ(reponse, "paiement_le")


def test_douze_suppositions_au_plus(client: Client) -> None:
    si = [f"annulation:feu:2027-01-{jour:02}" for jour in range(1, 2)] + [
        f"infraction:2027-01-{j:02}:feu-rouge" for j in range(1, 12)
    ]
    reponse = poster(client, dossier(FEU_ROUGE), faire="supposer", quoi="stage", stage_le="2027-05-01", si=si)
    assert reponse.status_code == 422
    assert "Au plus douze suppositions" in mots(reponse)
    assert lire(reponse).count('name="oublier"') == 12


def test_retirer_un_fait_retire_ce_qu_on_en_supposait(client: Client) -> None:
    si = ["stage:2026-12-05", "paiement:feu:2026-12-01"]
    reponse = poster(client, dossier(FEU_ROUGE), retirer="feu", le="2026-12-24", si=si)
    assert reponse.status_code == 200
    assert [fait["type"] for fait in emporte(reponse)["faits"]] == ["delivrance"]
    page = mots(reponse)
    assert "Une supposition ne tient plus, elle a été retirée" in page
    assert "L’amende payée le 1er décembre 2026 : Inobservation" in page
    assert "le fait qu’elle nomme n’est plus dans votre dossier" in page
    assert "Le 24 décembre 2026" in page
    assert 'value="stage:2026-12-05"' in lire(reponse)
    assert lire(reponse).count('value="paiement:feu:2026-12-01"') == 1, "only the button that undoes the change has it"


def test_changer_un_fait_retire_ce_qui_ne_tient_plus(client: Client) -> None:
    envoi = {"type": "infraction", "cible": "feu", "bareme": "feu-rouge", "commise_le": "2026-11-20", "etablie": "non"}
    reponse = poster(client, dossier(FEU_ROUGE), faire="enregistrer", si="paiement:feu:2026-11-10", **envoi)
    assert reponse.status_code == 200
    assert "Une supposition ne tient plus" in mots(reponse)


INFRACTION = {"type": "infraction", "faire": "enregistrer", "commise_le": "2026-03-10", "etablie": "paiement",
              "etablie_le": "2026-04-02", "bareme": "feu-rouge", "decision": "inconnue"}  # fmt: skip
DELIVRANCE = {"type": "delivrance", "faire": "enregistrer", "date": "2015-06-01", "filiere": "traditionnelle"}


@pytest.mark.parametrize(
    ("champs", "nom", "dit"),
    [
        ({"decide_le": "20/05/2026"}, "decide_le", "choisissez-la, ou effacez-le"),
        ({"decide_le": "2026-05-20", "decision": "aucune"}, "decide_le", "choisissez-la, ou effacez-le"),
        ({"etablie": "non"}, "etablie_le", "dites comment, ou effacez-le"),
        ({"classe": "delit", "points": "6"}, "classe", "effacez ceci, ou cochez"),
        ({"points": "0"}, "points", "effacez ceci, ou cochez"),
        ({"bareme": "", "classe": "delit"}, "points", "la classe et les points, ensemble"),
        ({"bareme": "", "points": "3"}, "classe", "la classe et les points, ensemble"),
    ],
)
def test_une_infraction_qui_se_contredit(client: Client, champs: dict[str, str], nom: str, dit: str) -> None:
    reponse = poster(client, dossier(), **{**INFRACTION, **champs})
    assert reponse.status_code == 422
    en_faute(reponse, f"champ-{nom}", dit)
    assert emporte(reponse)["faits"][1:] == []


@pytest.mark.parametrize(
    ("champs", "nom", "dit"),
    [
        ({"pays": "Espagne"}, "pays", "choisissez-le, ou effacez"),
        ({"pays": "Espagne", "filiere": "echange"}, "pays", "choisissez-le, ou effacez"),
        ({"obtention_origine": "2001-02-03"}, "obtention_origine", "choisissez-en un, ou effacez-la"),
    ],
)
@pytest.mark.parametrize("faire", ["enregistrer", "commencer"])
def test_un_permis_qui_se_contredit(client: Client, faire: str, champs: dict[str, str], nom: str, dit: str) -> None:
    reponse = poster(client, dossier(), **{**DELIVRANCE, **champs, "faire": faire})
    assert reponse.status_code == 422
    en_faute(reponse, f"champ-{nom}", dit)


def test_ce_qui_reste_d_une_reponse_changee_part_avec_elle(client: Client) -> None:
    """Answers that nobody typed now are not reproached: they belonged to the answer that was changed."""
    faits = FEU_ROUGE, {**PAYEE, "id": "r"}, {**DECIDE, "id": "d"}
    envoi = {**INFRACTION, "cible": "feu", "etablie": "non", "decide_le": "2026-05-20"}
    reponse = poster(client, dossier(*faits), **envoi)
    assert reponse.status_code == 200
    assert [fait["type"] for fait in emporte(reponse)["faits"]] == ["delivrance", "infraction"]


def test_le_nom_ecrit_pres_d_une_ligne_du_bareme_est_garde(client: Client) -> None:
    reponse = poster(client, dossier(), **INFRACTION, libelle="Feu rouge, rue de la Gare")
    assert emporte(reponse)["faits"][1]["libelle"] == "Feu rouge, rue de la Gare"
    autre = poster(
        client, dossier({**FEU_ROUGE, "libelle": "Rue de la Gare"}, PAYEE),
        **{**INFRACTION, "cible": "feu", "bareme": "telephone-tenu-en-main"}, libelle="Rue de la Gare",
    )  # fmt: skip
    assert "libelle" not in emporte(autre)["faits"][1], "it named the former offence"


def test_une_ligne_choisie_se_decoche(client: Client) -> None:
    page = lire(poster(client, dossier(FEU_ROUGE, PAYEE), modifier="feu"))
    assert re.search(r'name="bareme"\s+value="feu-rouge"\s+checked', page)
    assert re.search(r'name="bareme"\s+value=""\s*>', page)


@pytest.mark.parametrize(
    ("champs", "cherche"),
    [
        ({"q": "telephone", "cherche": ""}, True),
        ({"q": "telephone", "cherche": "feu"}, True),
        ({"q": "telephone", "cherche": "telephone"}, False),
        ({"q": "", "cherche": "telephone"}, False),
    ],
)
def test_entree_cherche_des_mots_nouveaux_et_enregistre_sinon(
    client: Client, champs: dict[str, str], cherche: bool
) -> None:
    reponse = poster(client, dossier(), **{**INFRACTION, **champs, "faire": "entree"})
    assert reponse.status_code == 200
    assert ("infractions trouvées" in mots(reponse)) is cherche
    assert len(emporte(reponse)["faits"]) == (1 if cherche else 3)


@pytest.mark.parametrize(
    ("nom", "type_", "longueur"),
    [("libelle", "infraction", 500), ("motif", "annulation", 500), ("pays", "delivrance", 80)],
)
def test_les_textes_ont_la_longueur_du_contrat(client: Client, nom: str, type_: str, longueur: int) -> None:
    formulaires = {
        "infraction": {**INFRACTION, "bareme": "", "classe": "delit", "points": "6"},
        "annulation": {"vise": "feu", "date": "2026-06-01", "autorite": "juge_penal"},
        "delivrance": {**DELIVRANCE, "filiere": "etranger", "date": "2012-01-01"},
    }
    for texte, statut in (("x" * longueur, 200), ("x" * (longueur + 1), 422)):
        envoi = {**formulaires[type_], "type": type_, "faire": "enregistrer", nom: texte}
        reponse = poster(client, dossier(FEU_ROUGE, PAYEE), **envoi)
        assert reponse.status_code == statut, mots(reponse)
        assert statut != 200 or texte in [fait.get(nom) for fait in emporte(reponse)["faits"]]


def annuler(reponse: Any) -> dict[str, list[str]]:
    """What the button « Annuler ce changement » sends."""
    (formulaire,) = [f for f in re.findall(r"<form.*?</form>", lire(reponse), re.DOTALL) if "Annuler ce ch" in f]
    champs: dict[str, list[str]] = {}
    for nom, valeur in re.findall(r'name="(\w+)"\s+value="([^"]*)"', formulaire):
        champs.setdefault(nom, []).append(unescape(valeur))
    return champs


def test_un_changement_s_annule_sans_le_bouton_du_navigateur(client: Client) -> None:
    si = ["stage:2026-12-05", "paiement:feu:2026-12-01"]
    sans = poster(client, dossier(FEU_ROUGE), retirer="feu", le="2026-12-24", si=si)
    avec = client.post("/calcul", annuler(sans))
    assert emporte(avec)["faits"][1] == FEU_ROUGE
    assert lire(avec).count('name="oublier"') == 2, "what was supposed comes back too"
    assert "Le 24 décembre 2026" in mots(avec)
    assert "Annuler ce changement" not in mots(avec)
    assert "Annuler ce changement" in mots(poster(client, dossier(), **INFRACTION))
    assert "Annuler ce changement" not in mots(poster(client, dossier(), retirer="personne"))


def test_la_page_dit_quel_bouton_prendre(client: Client) -> None:
    dit = "Le bouton « Retour » du navigateur ne retrouve pas cette page"
    assert dit in mots(poster(client, dossier()))
    assert dit not in mots(client.get("/exemples/credit-repris")), "this one has an address"
