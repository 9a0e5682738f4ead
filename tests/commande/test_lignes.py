"""JSON Lines: one dossier a line in, one answer a line and date out, in order."""

import json
from typing import Any

import pytest

from permis.droit.dossier.texte_json import TAILLE_MAXIMALE
from permis.droit.releve import replay
from tests.commande.conftest import DOSSIER, Lancer, Resultat


def lance(permis: Lancer, *objets: Any, mots: tuple[str, ...] = ()) -> Resultat:
    entree = "".join(f"{json.dumps(objet)}\n" for objet in objets).encode()
    return permis("releve", "-", "--json", "--le", "2026-11-22", *mots, entree=entree)


def test_une_reponse_par_ligne_et_par_date(permis: Lancer) -> None:
    dates = ["2024-04-02", "2015-06-01", "2024-04-02"]
    resultat = lance(permis, {**DOSSIER, "ref": "a", "le": dates}, DOSSIER, {**DOSSIER, "le": "2024-04-01", "ref": 7})
    assert resultat.statut == 0
    assert [ligne["le"] for ligne in resultat.lignes] == [*dates, "2026-11-22", "2024-04-01"]
    assert [ligne.get("ref") for ligne in resultat.lignes] == ["a", "a", "a", None, 7]
    assert "ref" not in resultat.lignes[3]
    assert [ligne["solde"] for ligne in resultat.lignes] == [9, 6, 9, 12, 12]


def test_une_ligne_repond_comme_le_fichier(permis: Lancer, dossier: str) -> None:
    assert lance(permis, DOSSIER).lignes == [permis("releve", dossier, "--le", "2026-11-22", "--json").json]


def test_connu_le_suit_chaque_date_sauf_si_la_ligne_ou_la_commande_le_dit(permis: Lancer) -> None:
    objet = {**DOSSIER, "le": ["2024-04-02", "2024-04-03"]}
    assert [ligne["connu_le"] for ligne in lance(permis, objet).lignes] == objet["le"]
    mots = ("--connu-le", "2024-04-01")
    assert {ligne["connu_le"] for ligne in lance(permis, objet, mots=mots).lignes} == {"2024-04-01"}
    ligne = lance(permis, {**objet, "connu_le": "2024-03-01"}, mots=mots).lignes[0]
    assert (ligne["connu_le"], ligne["solde"]) == ("2024-03-01", 12)


def test_les_options_d_une_ligne_completent_celles_de_la_commande(permis: Lancer) -> None:
    retrait = {"type": "retrait", "infraction": "i1", "decide_le": "2024-05-20"}
    objet = {**DOSSIER, "faits": [*DOSSIER["faits"], retrait], "le": "2024-05-01", "connu_le": "2024-06-01"}
    realite = {"effet_retrait": "realite"}
    resultat = lance(permis, objet, {**objet, "options": realite}, {**objet, "options": {"borne": "echeance_exclue"}})
    assert [ligne["solde"] for ligne in resultat.lignes] == [12, 9, 12]
    autre = {**objet, "options": {"effet_retrait": "decision"}}
    resultat = lance(permis, objet, autre, mots=("--option", "effet_retrait=realite"))
    assert [ligne["solde"] for ligne in resultat.lignes] == [9, 12]


@pytest.mark.parametrize(
    ("cles", "lieux"),
    [
        ({"le": "2026-02-30"}, ["le"]),
        ({"le": []}, ["le"]),
        ({"le": ["2026-01-01"] * 1001}, ["le"]),
        ({"le": ["2026-01-01", "1992-06-30", 3]}, ["le[1]", "le[2]"]),
        ({"connu_le": None}, ["connu_le"]),
        ({"options": {"borne": "x", "z": 1}}, ["options.borne", "options"]),
        ({"options": []}, ["options"]),
        ({"ref": []}, ["ref"]),
        ({"ref": 1.5}, ["ref"]),
        ({"ref": "x" * 201}, ["ref"]),
        ({"ref": "\ud800"}, ["ref"]),
        ({"autre": 1}, ["dossier"]),
        ({"le": 3, "faits": [4], "version": 0}, ["le", "version", "faits[0]"]),
    ],
)
def test_une_ligne_fautive_dit_toutes_ses_fautes(cles: dict[str, Any], lieux: list[str], permis: Lancer) -> None:
    resultat = lance(permis, DOSSIER, {**DOSSIER, **cles}, DOSSIER)
    assert resultat.statut == 2
    assert [erreur["lieu"] for erreur in resultat.lignes[1]["erreurs"]] == lieux
    assert [ligne["solde"] for ligne in resultat.lignes[::2]] == [12, 12]
    assert [ligne.split(" : ")[0] for ligne in resultat.erreurs.splitlines()] == [
        f"-: ligne 2, {lieu}" for lieu in lieux
    ]


def test_une_ligne_fautive_garde_sa_reference(permis: Lancer) -> None:
    bonne, mauvaise = lance(permis, {"ref": "r", "version": 1}, {"ref": [], "version": 1}).lignes
    assert (bonne["ref"], mauvaise["ref"]) == ("r", None)


def test_une_ligne_vide_est_une_faute_a_sa_place(permis: Lancer) -> None:
    resultat = permis("releve", "-", "--json", entree=b'\n{"version": 1, "faits": []}\r\n  \n')
    assert [list(ligne) == ["ref", "erreurs"] for ligne in resultat.lignes] == [True, False, True]
    assert resultat.erreurs.startswith("-: ligne 1 : vide ; attendu : ")
    assert resultat.statut == 2


def test_aucune_ligne_aucune_reponse(permis: Lancer) -> None:
    assert permis("releve", "-", "--json", entree=b"") == Resultat(0, "", "")


def test_la_derniere_ligne_peut_ne_pas_finir(permis: Lancer) -> None:
    assert permis("releve", "-", "--json", entree=b'{"version": 1, "faits": []}').lignes[0]["solde"] == 0


def test_une_ligne_trop_longue_ne_cache_pas_la_suivante(permis: Lancer) -> None:
    longue = b'{"version": 1, "faits": [' + b" " * (3 * TAILLE_MAXIMALE) + b"]}\n"
    resultat = permis("releve", "-", "--json", entree=longue + b'{"version": 1, "faits": [], "ref": 2}\n')
    assert [ligne["ref"] for ligne in resultat.lignes] == [None, 2]
    assert "trop volumineux" in resultat.erreurs


def test_une_cle_de_ligne_repetee(permis: Lancer) -> None:
    resultat = permis("releve", "-", "--json", entree=b'{"version": 1, "faits": [], "ref": 1, "ref": 2}\n')
    assert resultat.lignes[0]["erreurs"][0]["faute"] == "clé répétée « ref »"


def test_un_defaut_sur_une_ligne_ne_fait_pas_taire_les_autres(permis: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    def tombe_sur_vide(faits: Any, *reste: Any) -> Any:
        if not faits:
            raise KeyError("Zoé")
        return replay(faits, *reste)

    monkeypatch.setattr("permis.commande.lignes.replay", tombe_sur_vide)
    monkeypatch.delenv("PERMIS_TRACE", raising=False)
    resultat = lance(permis, DOSSIER, {"ref": "r", "version": 1, "faits": []}, DOSSIER)
    assert resultat.statut == 1
    assert [ligne.get("ref") for ligne in resultat.lignes] == [None, "r", None]
    assert "Zoé" not in resultat.sortie + resultat.erreurs
