"""Mon permis: the balance of today and why, what is next, what one must do, what is particular, how fresh it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.usagers.fabrique import MIDI, PERMIS_2015, Fait, conducteur, enregistrer, infraction, realite
from tests.usagers.visite import fiche, lire, mots, situation, solde

FEU = (infraction("feu", "2026-01-05", 4), realite("feu", "2026-02-01"))


def permis(jour: str, **autres: object) -> Fait:
    return {**PERMIS_2015, "date": jour, **autres}


def test_le_solde_le_plafond_et_pourquoi() -> None:
    reponse = conducteur(PERMIS_2015, *FEU).client.get("/mon-permis")
    texte = mots(reponse)
    assert solde(reponse) == 8  # 12 since June 2018, less 4
    assert "points sur 12" in texte
    assert "Retrait de 4 points pour l’infraction du 5 janvier 2026" in texte
    assert "12 points le 1er février 2029" in texte  # class 4: three years from 1 February 2026
    assert fiche(reponse)["Période probatoire"] == "finie depuis le 1er juin 2018"
    assert fiche(reponse)["Catégories"].startswith("B , depuis le 1er juin 2015")
    assert situation(reponse) == ""
    assert "Angèle Claire ESSAI" in texte


def test_une_novice() -> None:
    reponse = conducteur(permis("2026-06-22")).client.get("/mon-permis")
    assert (solde(reponse), fiche(reponse)["Plafond"]) == (6, "6 points")
    assert situation(reponse) == "Vous êtes en période probatoire jusqu’au 22 juin 2029"
    assert "8 points le 22 juin 2027" in mots(reponse)  # two more after a year without offence


INFRACTION = (infraction("tel", "2026-08-01", 3), realite("tel", "2026-09-01"))
ETRANGER = permis("2018-01-10", id="de", filiere="etranger", pays="DE")
VOIR = "Voir quand vos points montent"


@pytest.mark.parametrize(
    ("faits", "dit", "lien"),
    [
        ((permis("2026-06-22"),), "Le plafond est de 6 points aujourd’hui. Il monte à chaque année sans", True),
        ((permis("2024-06-22"),), "Le plafond est de 10 points aujourd’hui. Il passe à 12 points à la fin", True),
        (
            (permis("2024-06-22"), *INFRACTION),
            "le plafond, de 10 points aujourd’hui, ne monte plus avant qu’elle finisse. Il passe alors à 12 points.",
            True,
        ),
        ((ETRANGER, permis("2026-06-22")), "Le plafond est de 12 points : il ne monte plus.", False),
        ((ETRANGER, permis("2026-06-22"), *INFRACTION), "Le plafond est de 12 points : il ne monte plus.", False),
    ],
    ids=["première année", "dernière année", "infraction", "points repris", "points repris et infraction"],
)
def test_le_plafond_d_une_novice_monte_comme_dit(faits: tuple[Fait, ...], dit: str, lien: bool) -> None:
    texte = mots(conducteur(*faits).client.get("/mon-permis"))
    assert dit in texte
    assert (VOIR in texte) == lien
    assert ("Il monte à chaque année" in texte) == ("Il monte" in dit)


def test_une_novice_qui_doit_suivre_un_stage() -> None:
    lettre: Fait = {
        "type": "notification",
        "id": "48N",
        "reference": "48N",
        "mode": "recommande",
        "presentee_le": "2026-10-10",
        "retiree_le": "2026-10-12",
        "retour": "AR",
    }
    faits = (infraction("tel", "2026-08-01", 3), realite("tel", "2026-09-01"), lettre)
    texte = mots(reponse := conducteur(permis("2026-06-22"), *faits).client.get("/mon-permis"))
    assert solde(reponse) == 3
    assert "Faire un stage, au plus tard le 12 février 2027" in texte  # four months from 12 October 2026
    assert texte.index("au plus tard le 12 février 2027") < texte.index("Le solde au fil du temps")


def nul() -> tuple[Fait, ...]:
    return (
        infraction("alcool", "2026-01-05", 6, classe="delit"),
        realite("alcool", "2026-02-01"),
        infraction("vitesse", "2026-03-05", 6, classe="contravention_5"),
        realite("vitesse", "2026-04-01"),
    )


def lettre_48si(**autres: object) -> Fait:
    return {"type": "notification", "id": "48SI", "reference": "48SI", "mode": "recommande", **autres}


def test_un_solde_nul_pas_encore_notifie() -> None:
    reponse = conducteur(PERMIS_2015, *nul()).client.get("/mon-permis")
    assert solde(reponse) == 0
    assert situation(reponse) == "Il ne vous reste aucun point, et le permis est encore valable"
    assert "Un stage ajouterait 4 points au compte, aujourd’hui à" in mots(reponse)


def test_un_solde_nul_dont_la_lettre_est_revenue() -> None:
    revenue = lettre_48si(presentee_le="2026-11-10", retour="NPAI")
    reponse = conducteur(PERMIS_2015, *nul(), revenue).client.get("/mon-permis")
    assert situation(reponse) == "Il ne vous reste aucun point, et le permis est encore valable"
    assert "vous n’êtes pas connu à cette adresse" in mots(reponse)
    assert 'href="/mon-permis/coordonnees">Vérifier mon adresse' in lire(reponse)
    assert "vous n’êtes pas connu" not in mots(conducteur(PERMIS_2015, *nul()).client.get("/mon-permis"))


def test_un_permis_invalide() -> None:
    lettre = lettre_48si(presentee_le="2026-11-10", retiree_le="2026-11-16", retour="AR")
    reponse = conducteur(PERMIS_2015, *nul(), lettre).client.get("/mon-permis")
    texte = mots(reponse)
    assert solde(reponse) == 0
    assert situation(reponse) == "Vous n’avez plus le droit de conduire"
    assert "Remettez le permis au préfet" in texte
    assert "Remettre le permis au préfet, au plus tard le 27 novembre 2026" in texte  # ten clear days
    assert fiche(reponse)["Catégories perdues"].startswith("B")
    assert "un stage s’ajoute" not in texte


def test_un_permis_invalide_et_remis() -> None:
    lettre = lettre_48si(presentee_le="2026-11-10", retiree_le="2026-11-12", retour="AR")
    remise: Fait = {"type": "remise_titre", "id": "remise", "date": "2026-11-18"}
    texte = mots(conducteur(PERMIS_2015, *nul(), lettre, remise).client.get("/mon-permis"))
    assert "Remettez le permis au préfet" not in texte
    assert "Un nouveau permis peut être obtenu à partir du 18 mai 2027" in texte  # six months from the handing-in


def test_un_permis_annule() -> None:
    mesure: Fait = {"type": "mesure", "id": "m", "nature": "annulation_judiciaire", "debut": "2026-09-01"}
    reponse = conducteur(PERMIS_2015, mesure).client.get("/mon-permis")
    assert (solde(reponse), situation(reponse)) == (0, "Un juge a annulé votre permis")


def suspension(fin: str | None) -> Fait:
    fait: Fait = {"type": "mesure", "id": "m", "nature": "suspension", "debut": "2026-10-01", "connu_le": "2026-10-01"}
    return fait if fin is None else {**fait, "fin": fin}


@pytest.mark.parametrize(
    ("fin", "attendu"),
    [
        ("2026-11-22", "Votre permis est suspendu jusqu’au 22 novembre 2026 inclus"),
        ("2026-11-21", ""),
        (None, "Votre permis est suspendu"),
    ],
)
def test_un_permis_suspendu_jusqu_au_dernier_jour(fin: str | None, attendu: str) -> None:
    reponse = conducteur(PERMIS_2015, suspension(fin)).client.get("/mon-permis")
    assert (solde(reponse), situation(reponse)) == (12, attendu)


def test_une_suspension_n_est_pas_un_permis_au_vert_et_sa_fin_est_a_venir() -> None:
    client = conducteur(PERMIS_2015, suspension("2026-12-31")).client
    assert 'pastille gain">Permis valide' not in lire(client.get("/mon-permis"))
    assert "Suspension : dernier jour le 31 décembre 2026" in mots(client.get("/mon-permis/a-venir"))
    assert 'pastille gain">Permis valide' in lire(conducteur(PERMIS_2015).client.get("/mon-permis"))


def test_suspendu_et_sans_point() -> None:
    reponse = conducteur(PERMIS_2015, *nul(), suspension("2026-12-31")).client.get("/mon-permis")
    assert situation(reponse).startswith("Votre permis est suspendu")
    assert "un stage peut encore sauver le permis" in mots(reponse)


def test_un_permis_etranger_puis_echange() -> None:
    etranger = permis("2016-05-01", id="de", filiere="etranger", pays="DE")
    reponse = conducteur(etranger, *FEU).client.get("/mon-permis")
    assert (solde(reponse), situation(reponse)) == (8, "Votre permis est étranger")
    assert "(Allemagne)" in fiche(reponse)["Catégories"]
    echange = permis("2026-06-01", id="fr", filiere="echange", obtention_origine="2016-05-01")
    reponse = conducteur(etranger, *FEU, echange).client.get("/mon-permis")
    assert (solde(reponse), situation(reponse)) == (8, "")  # an exchange keeps the points
    assert "DE" not in fiche(reponse)["Catégories"]


def test_une_interdiction_de_conduire_en_france() -> None:
    etranger = permis("2016-05-01", id="de", filiere="etranger", pays="DE")
    mesure: Fait = {"type": "mesure", "id": "m", "nature": "interdiction", "debut": "2026-10-01", "fin": "2027-09-30"}
    mesure |= {"connu_le": "2026-10-01"}
    reponse = conducteur(etranger, *nul(), mesure).client.get("/mon-permis")
    assert situation(reponse) == "Vous n’avez plus le droit de conduire en France"


def test_un_dossier_sans_permis() -> None:
    reponse = conducteur().client.get("/mon-permis")
    assert situation(reponse) == "Aucun permis n’est encore délivré"
    assert "grand-nombre" not in lire(reponse)
    assert "Aucune source n’a encore rien transmis." in mots(reponse)


def test_deux_categories_et_un_nouveau_permis() -> None:
    moto = permis("2020-03-03", id="moto", categorie="A2")
    texte = fiche(conducteur(PERMIS_2015, moto).client.get("/mon-permis"))["Catégories"]
    assert texte.index("B , depuis le 1er juin 2015") < texte.index("A2 , depuis le 3 mars 2020")


def test_la_fraicheur_de_chaque_source() -> None:
    angele = conducteur(PERMIS_2015, at=MIDI - timedelta(days=30))
    feu = infraction("feu", "2026-11-20", 4) | {"connu_le": "2026-11-22"}
    enregistrer(angele.dossier, feu, at=MIDI - timedelta(hours=1), source="antai")
    lues = fiche(angele.client.get("/mon-permis"))
    assert lues["ANTAI (amendes)"] == "22 novembre 2026 à 11:00"
    assert lues["Ancien fichier, repris"] == "23 octobre 2026 à 13:00"  # summer time until the 25th


def test_en_anglais() -> None:
    reponse = conducteur(PERMIS_2015, *FEU).client.get("/en/mon-permis")
    assert solde(reponse) == 8
    assert "12 points on 1 February 2029" in mots(reponse)
    assert fiche(reponse)["Ceiling"] == "12 points"
