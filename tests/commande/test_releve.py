"""`permis releve`: the JSON answer, the days, the options, and what cannot be used."""

import json
from datetime import date
from pathlib import Path

import pytest

from permis.commande import entree, releve
from permis.droit.dossier import read_dossier
from permis.droit.dossier.reponse import answer
from permis.droit.releve import replay
from tests.commande.conftest import DOSSIER, Lancer

CLES = [
    "le", "connu_le", "solde", "solde_algebrique", "plafond", "validite", "probatoire", "mouvements", "a_venir",
    "corrections", "sans_effet", "obligations", "mesures", "courriers", "stage",
]  # fmt: skip
MOUVEMENT = ["date", "variation", "solde", "plafond", "motif", "fait", "article", "depuis", "explication"]


def test_la_reponse_a_les_cles_du_contrat_dans_leur_ordre(permis: Lancer, dossier: str) -> None:
    reponse = permis("releve", dossier, "--le", "2024-11-22", "--json").json
    assert [cle for cle in reponse if cle != "options"] == CLES
    assert list(reponse["probatoire"]) == ["debut", "fin", "en_cours"]
    assert list(reponse["mouvements"][0]) == MOUVEMENT
    assert list(reponse["a_venir"][0]) == [*MOUVEMENT[:7], "condition"]
    assert list(reponse["courriers"][0]) == ["reference", "fait", "date", "mode"]
    assert list(reponse["stage"]) == ["possible_a_partir_du", "gain", "article"]


def test_le_solde_et_ce_qui_est_sans_effet(permis: Lancer, dossier: str) -> None:
    reponse = permis("releve", dossier, "--le", "2026-11-22", "--json").json
    assert (reponse["solde"], reponse["plafond"], reponse["validite"]) == (12, 12, "valide")
    assert [list(fait) for fait in reponse["sans_effet"]] == [["fait", "date", "article", "explication"]]
    assert reponse["sans_effet"][0]["fait"] == "stage:2025-06-10"


def test_le_json_est_en_utf8_et_lisible(permis: Lancer, dossier: str) -> None:
    sortie = permis("releve", dossier, "--le", "2026-11-22", "--json").sortie
    assert "pénal" in sortie or "période" in sortie
    assert sortie.count("\n") > 20


def test_sans_jour_c_est_aujourd_hui(permis: Lancer, dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entree, "today", lambda: date(2024, 4, 1))
    reponse = permis("releve", dossier, "--json").json
    assert (reponse["le"], reponse["connu_le"], reponse["solde"]) == ("2024-04-01", "2024-04-01", 12)


def test_aujourd_hui_est_une_date() -> None:
    assert isinstance(entree.today(), date)


def test_connu_le_est_le_jour_demande_sauf_si_l_on_dit_autrement(permis: Lancer, dossier: str) -> None:
    assert permis("releve", dossier, "--le", "2024-04-02", "--json").json["solde"] == 9
    avant = permis("releve", dossier, "--le", "2024-04-02", "--connu-le", "2024-04-01", "--json").json
    assert (avant["solde"], avant["connu_le"]) == (12, "2024-04-01")


def test_une_option_change_la_reponse(permis: Lancer, tmp_path: Path) -> None:
    faits = [*DOSSIER["faits"], {"type": "retrait", "infraction": "i1", "decide_le": "2024-05-20"}]
    chemin = tmp_path / "d.json"
    chemin.write_text(json.dumps({"version": 1, "faits": faits}))
    mots = ("releve", str(chemin), "--le", "2024-05-01", "--connu-le", "2024-06-01", "--json")
    assert permis(*mots).json["solde"] == 12
    reponse = permis(*mots, "--option", "effet_retrait=realite").json
    assert reponse["solde"] == 9
    assert reponse["options"]["effet_retrait"] == "realite"


def test_un_dossier_par_l_entree_standard(permis: Lancer) -> None:
    page = permis("releve", "-", "--le", "2026-11-22", entree=json.dumps(DOSSIER).encode())
    assert page.statut == 0
    assert "12 / 12 points" in page.sortie


def test_la_commande_dit_la_meme_chose_que_la_loi(permis: Lancer, dossier: str) -> None:
    faits = read_dossier(DOSSIER).faits
    for jour in ("1992-07-01", "2015-05-31", "2015-06-01", "2024-04-01", "2024-04-02", "2200-12-31"):
        reponse = permis("releve", dossier, "--le", jour, "--json").json
        assert reponse == answer(replay(faits, date.fromisoformat(jour)))


# ------------------------------------------------------------------------------------------------------ unusable input


@pytest.mark.parametrize(
    ("mots", "dites"),
    [
        (("--le", "2026-02-30"), ["--le : « 2026-02-30 » n'existe pas"]),
        (("--le", "demain"), ["--le : « demain » n'est pas une date"]),
        (("--le", "1992-06-30"), ["--le : le permis à points n'existait pas le 1992-06-30"]),
        (("--connu-le", "hier"), ["--connu-le : « hier »"]),
        (("--option", "borne"), ["--option : « borne » sans signe égal"]),
        (("--option", "bornes=x"), ["--option : clé inconnue « bornes » (vouliez-vous dire « borne » ?)"]),
        (("--option", "borne=x"), ["--option borne : valeur inconnue : « x »"]),
        (("--option", "borne=echeance_incluse", "--option", "borne=echeance_exclue"), ["« borne » donnée deux fois"]),
        (("--le", "x", "--connu-le", "y", "--option", "z"), ["--le", "--connu-le", "--option"]),
    ],
)
def test_toutes_les_fautes_de_la_ligne_de_commande(
    mots: tuple[str, ...], dites: list[str], permis: Lancer, dossier: str
) -> None:
    resultat = permis("releve", dossier, "--json", *mots)
    assert (resultat.statut, resultat.sortie) == (2, "")
    lignes = resultat.erreurs.splitlines()
    assert len(lignes) == len(dites)
    for ligne, dite in zip(lignes, dites, strict=True):
        assert ligne.startswith("permis: ")
        assert dite in ligne


def test_les_fautes_de_la_commande_et_du_fichier_ensemble(permis: Lancer, tmp_path: Path) -> None:
    chemin = tmp_path / "d.json"
    chemin.write_text('{"version": 1}')
    lignes = permis("releve", str(chemin), "--le", "x").erreurs.splitlines()
    assert [ligne.split(" : ")[0] for ligne in lignes] == ["permis: --le", f"{chemin}: faits"]


@pytest.mark.parametrize(("nom", "mot"), [("absent.json", "introuvable"), (".", "répertoire"), ("a\0b", "illisible")])
def test_un_fichier_illisible(nom: str, mot: str, permis: Lancer, tmp_path: Path) -> None:
    resultat = permis("releve", f"{tmp_path}/{nom}", "--le", "2026-01-01")
    assert (resultat.statut, resultat.sortie) == (2, "")
    assert f"fichier : {mot}" in resultat.erreurs or "c'est un répertoire" in resultat.erreurs
    assert resultat.erreurs.count("\n") == 1


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        ((), "il manque la commande"),
        (("relve",), "choix inconnu, 'relve'"),
        (("releve",), "il manque : DOSSIER.json"),
        (("releve", "a", "--truc"), "argument inconnu : --truc"),
        (("releve", "a", "--l", "2026-01-01"), "argument inconnu : --l"),
        (("releve", "a", "--le"), "--le : une valeur est attendue"),
        (("releve", "a", "--json=oui"), "cette option ne prend pas de valeur"),
        (("simuler", "a"), "il manque : --si"),
    ],
)
def test_une_commande_mal_ecrite_est_refusee_en_francais(mots: tuple[str, ...], dit: str, permis: Lancer) -> None:
    resultat = permis(*mots)
    assert (resultat.statut, resultat.sortie) == (2, "")
    assert dit in resultat.erreurs
    assert resultat.erreurs.startswith("permis")
    assert resultat.erreurs.count("\n") == 1
    assert " ; attendu : " in resultat.erreurs


@pytest.mark.parametrize("mots", [("-h",), ("releve", "-h"), ("simuler", "-h"), ("bareme", "--help")])
def test_l_aide_est_en_francais(mots: tuple[str, ...], permis: Lancer) -> None:
    aide = permis(*mots)
    assert aide.statut == 0
    assert "montre cette aide et s'arrête" in aide.sortie
    assert not {"show", "positional", "usage: "} & set(aide.sortie.split())


def test_la_version(permis: Lancer) -> None:
    assert permis("--version").sortie.startswith("permis ")


def test_un_defaut_du_logiciel_ne_montre_ni_trace_ni_dossier(
    permis: Lancer, dossier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tombe(*_: object) -> None:
        raise KeyError("Zoé Été, 170392100012")

    monkeypatch.setattr(releve, "replay", tombe)
    monkeypatch.delenv("PERMIS_TRACE", raising=False)
    resultat = permis("releve", dossier, "--le", "2026-01-01")
    assert (resultat.statut, resultat.sortie) == (1, "")
    assert "défaut du logiciel" in resultat.erreurs
    assert "KeyError, test_releve.py ligne" in resultat.erreurs
    assert "Zoé" not in resultat.erreurs
    assert resultat.erreurs.count("\n") == 1


def test_la_trace_est_montree_a_qui_la_demande(permis: Lancer, dossier: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def tombe(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(releve, "replay", tombe)
    monkeypatch.setenv("PERMIS_TRACE", "1")
    with pytest.raises(KeyError):
        permis("releve", dossier, "--le", "2026-01-01")
