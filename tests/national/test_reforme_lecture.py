"""A draft law is read strictly: what it says becomes wordings, what is wrong is told with its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from permis.national import codes
from permis.national.loi import REDACTIONS, REGLES, read_loi, wordings
from permis.national.reforme.domaines import REFORMABLES, REFUSEES
from permis.national.reforme.lecture import parse_projet, read_projet
from permis.national.reforme.redactions import write_redactions
from permis.national.reforme.table import ProjetInutilisableError

TETE: Final = 'version = 1\ntitre = "Essai"\n'
EXEMPLES: Final = sorted((Path(__file__).parents[2] / "docs" / "national" / "reformes").glob("*.toml"))


def regle(texte: str) -> str:
    return f"{TETE}[[regle]]\n{texte}\n"


def fautes(texte: str) -> list[str]:
    with pytest.raises(ProjetInutilisableError) as refus:
        parse_projet(texte)
    assert str(refus.value) == "\n".join(map(str, refus.value.fautes))
    return [str(faute) for faute in refus.value.fautes]


def test_une_redaction_nouvelle_commence_son_jour_et_la_precedente_finit_la_veille() -> None:
    projet = parse_projet(regle('regle = "delai_point_unique"\ndepuis = 2027-01-01\nvaleur = 3'))
    redactions = write_redactions(projet)
    suite = redactions.suites["delai_point_unique"]
    assert [r.since for r in suite] == [date(2007, 1, 1), date(2011, 1, 1), date(2027, 1, 1)]
    assert suite[-1].repond() == 3
    assert suite[-1].version.cite == "projet « Essai »"
    assert redactions.remarques == ()


def test_les_autres_regles_gardent_leurs_redactions() -> None:
    projet = parse_projet(regle('regle = "delai_point_unique"\ndepuis = 2027-01-01\nvaleur = 3'))
    suites = write_redactions(projet).suites
    assert {r: s for r, s in suites.items() if r != "delai_point_unique"} == {
        r: s for r, s in wordings().items() if r != "delai_point_unique"
    }


def test_une_redaction_changee_garde_son_jour() -> None:
    projet = parse_projet(regle('regle = "gain_stage"\nredaction = "quatre_points"\nvaleur = 6\nnom = "six"'))
    (seule,) = write_redactions(projet).suites["gain_stage"]
    assert (seule.since, seule.repond(), seule.version.nom) == (date(1992, 7, 1), 6, "six")


def test_une_redaction_deplacee_garde_sa_valeur_et_son_article() -> None:
    projet = parse_projet(regle('regle = "delai_point_unique"\nredaction = "six_mois"\ndepuis = 2013-05-01'))
    suite = write_redactions(projet).suites["delai_point_unique"]
    assert [(r.since, r.repond()) for r in suite] == [(date(2007, 1, 1), 12), (date(2013, 5, 1), 6)]
    assert suite[1].version.cite == "C. route, art. L. 223-6, al. 3"


def test_une_redaction_supprimee_laisse_durer_la_precedente() -> None:
    projet = parse_projet(regle('regle = "delai_reconstitution"\nredaction = "deux_ou_trois_ans"\nsupprimee = true'))
    (seule,) = write_redactions(projet).suites["delai_reconstitution"]
    assert [seule.repond(grave) for grave in (False, True)] == [36, 36]


def test_les_cas_nomment_les_arguments() -> None:
    texte = regle(
        'regle = "delai_reconstitution"\ndepuis = 2027-01-01\n'
        "[[regle.cas]]\nquand = { grave = true }\nvaleur = 24\n[[regle.cas]]\nvaleur = 12"
    )
    suite = write_redactions(parse_projet(texte)).suites["delai_reconstitution"]
    assert [suite[-1].repond(grave) for grave in (False, True)] == [12, 24]


def test_un_mode_est_un_argument() -> None:
    texte = regle(
        'regle = "etablissement"\ndepuis = 2027-01-01\n'
        '[[regle.cas]]\nquand = { mode = "titre_executoire" }\nvaleur = false\n[[regle.cas]]\nvaleur = true'
    )
    loi = read_loi(write_redactions(parse_projet(texte)).suites)
    base = loi.bases[REGLES.index("etablissement"), 2]
    assert loi.valeurs[base : base + 4].tolist() == [int(mode != "titre_executoire") for mode in codes.MODES]


def test_un_plafond_de_cumul_laisse_la_plus_forte_et_celui_d_un_stage_le_plafond_du_permis() -> None:
    texte = regle('regle = "plafond_cumul"\ndepuis = 2027-01-01\nvaleur = 6') + (
        '[[regle]]\nregle = "plafond_stage"\ndepuis = 2027-01-01\nvaleur = 10\n'
    )
    suites = write_redactions(parse_projet(texte)).suites
    assert [suites["plafond_cumul"][-1].repond(12, forte) for forte in (4, 6, 9)] == [6, 6, 9]
    assert [suites["plafond_stage"][-1].repond(plafond) for plafond in (6, 12)] == [6, 10]


def test_une_redaction_nouvelle_avant_une_ancienne_est_signalee() -> None:
    projet = parse_projet(regle('regle = "delai_point_unique"\ndepuis = 2009-01-01\nvaleur = 3'))
    (remarque,) = write_redactions(projet).remarques
    assert "s'arrête le 1er janvier 2011" in remarque
    assert "« six_mois »" in remarque


@pytest.mark.parametrize("nom", sorted(REFORMABLES))
def test_chaque_regle_qui_se_reforme_donne_des_tables(nom: str) -> None:
    """The wording of today, written again by a draft with the smallest value it takes."""
    domaine, redaction = REFORMABLES[nom], wordings()[nom][-1].version.nom
    petites: dict[str, str] = {"courrier_retrait": '"48"', "fenetre_formation": "[0, 0]", "etablissement": "true"}
    valeur = petites.get(nom) or ("0" if domaine.valeurs.accepts(0) else "1")
    projet = parse_projet(regle(f'regle = "{nom}"\nredaction = "{redaction}"\nvaleur = {valeur}'))
    assert read_loi(write_redactions(projet).suites).debuts.shape == read_loi().debuts.shape


def test_chaque_regle_du_droit_se_reforme_ou_se_refuse_avec_sa_raison() -> None:
    assert set(REFORMABLES) | set(REFUSEES) == set(codes.regles())
    assert not set(REFORMABLES) & set(REFUSEES)
    for nom, raison in REFUSEES.items():
        (faute,) = fautes(regle(f'regle = "{nom}"\nredaction = "x"\nvaleur = 1'))
        assert faute.startswith(
            f"regle[1].regle : « {nom} » ne se réforme pas par des données : {raison} ; attendu : "
        )


@pytest.mark.parametrize(
    ("texte", "debut"),
    [
        ("", "version : clé absente ; attendu : "),
        ('version = 2\ntitre = "x"', "version : 2 ; attendu : un nombre entier de 1 à 1"),
        (TETE, "fichier : le projet ne change rien ; attendu : au moins une table [[regle]] ou [[bareme]]"),
        ("titre = ", "fin du fichier : ce n'est pas du TOML ; attendu : "),
        ('titre = "a"\ntitre = "b"', "fin du fichier : ce n'est pas du TOML"),
        ('titre = "a"\ntitre = "b"\nresume = ""', "ligne 2, colonne 12 : ce n'est pas du TOML"),
        (f"{TETE}regle = 3", "regle : 3 ; attendu : des tables, écrites [[…]]"),
        (f"{TETE}regles = 3", "regles : clé inconnue (vouliez-vous dire « regle » ?) ; attendu : "),
        (regle("depuis = 2020-01-01\nvaleur = 1"), "regle[1].regle : clé absente"),
        (regle('regle = "delai_reconstitutoin"'), "regle[1].regle : « delai_reconstitutoin » n'est pas une règle du "),
        (regle('regle = "gain_stage"\nvaleur = 6'), "regle[1].depuis : clé absente ; attendu : une date"),
        (regle('regle = "gain_stage"\ndepuis = 2020-01-01'), "regle[1].valeur : rien n'est changé ; attendu : valeur"),
        (
            regle('regle = "gain_stage"\ndepuis = 2020-01-01\nvaleur = 21'),
            "regle[1].valeur : 21 ; attendu : un nombre ",
        ),
        (regle('regle = "gain_stage"\ndepuis = 2020-01-01\nvaleur = true'), "regle[1].valeur : true ; attendu : un "),
        (
            regle('regle = "gain_stage"\ndepuis = 2020-01-01\nvaleur = 4.5'),
            "regle[1].valeur : 4.5 ; attendu : un nombr",
        ),
        (
            regle('regle = "gain_stage"\ndepuis = "2020-01-01"\nvaleur = 4'),
            "regle[1].depuis : « 2020-01-01 » ; attend",
        ),
        (
            regle('regle = "gain_stage"\ndepuis = 1991-01-01\nvaleur = 4'),
            "regle[1].depuis : 1991-01-01 ; attendu : un",
        ),
        (
            regle('regle = "gain_stage"\ndepuis = 2020-01-01T10:00:00\nvaleur = 4'),
            "regle[1].depuis : le moment 2020-01-01T10:00:00 ; attendu : une date",
        ),
        (
            regle('regle = "delai_reconstitution"\nredaction = "deux_ou_trois"\nvaleur = 12'),
            "regle[1].redaction : « deux_ou_trois » inconnu (vouliez-vous dire « deux_ou_trois_ans » ?) ; attendu : ",
        ),
        (
            regle('regle = "delai_reconstitution"\ndepuis = 2020-01-01\nvaleur = 0'),
            "regle[1].valeur : 0 ; attendu : un nombre entier de 1 à 1200",
        ),
        (
            regle('regle = "gain_stage"\ndepuis = 1992-07-01\nvaleur = 4'),
            "regle[1].depuis : deux rédactions commenceraient le 1992-07-01",
        ),
        (
            regle('regle = "gain_stage"\nredaction = "quatre_points"\nsupprimee = true'),
            "regle[1] : la règle « gain_stage » manquerait à partir du 1992-07-01",
        ),
        (
            regle('regle = "gain_stage"\nredaction = "quatre_points"\ndepuis = 1993-01-01'),
            "regle[1] : la règle « gain_stage » manquerait à partir du 1992-07-01",
        ),
        (
            regle('regle = "gain_stage"\nredaction = "quatre_points"\nsupprimee = true\nvaleur = 3'),
            "regle[1].supprimee : une rédaction supprimée n'a plus ni valeur ni début",
        ),
        (
            regle('regle = "delai_probatoire"\nredaction = "trois_ans_ou_deux"\ndepuis = 2000-01-01'),
            "regle[1] : la règle « delai_probatoire » commencerait avant « capital_obtention », dont elle a besoin",
        ),
        (
            regle('regle = "capital_maximal"\ndepuis = 2027-01-01\nvaleur = 10'),
            "regle[1].regle : seule la valeur de cette règle se réforme",
        ),
        (
            regle('regle = "gain_stage"\ndepuis = 2020-01-01\n[[regle.cas]]\nquand = { cas = 3 }\nvaleur = 1'),
            "regle[1].cas[1].quand.cas : « cas » n'est pas un argument de gain_stage",
        ),
        (
            regle('regle = "plafond_cumul"\ndepuis = 2020-01-01\n[[regle.cas]]\nquand = { maximum = 3 }\nvaleur = 1'),
            "regle[1].cas[1].quand.maximum : cet argument est un nombre",
        ),
        (
            regle(
                'regle = "delai_reconstitution"\ndepuis = 2020-01-01\n[[regle.cas]]\nquand = {grave=true}\nvaleur=1'
            ),
            "regle[1].cas : aucun ne répond quand grave = false ; attendu : un dernier cas sans « quand »",
        ),
        (
            regle("regle = 'delai_reconstitution'\ndepuis = 2020-01-01\n" + "[[regle.cas]]\nvaleur = 1\n" * 2),
            "regle[1].cas[2] : ce cas ne sert jamais",
        ),
        (
            regle("regle = 'gain_stage'\nredaction = 'quatre_points'\nvaleur = 5\n" * 1)
            + "[[regle]]\nregle = 'gain_stage'\nredaction = 'quatre_points'\nvaleur = 6\n",
            "regle[2].redaction : « quatre_points » est déjà changée plus haut",
        ),
        (f"{TETE}[[bareme]]\npoints = 2", "bareme[1].lignes : clé absente"),
        (f"{TETE}[[bareme]]\nlignes = []\npoints = 2", "bareme[1].lignes : une liste ; attendu : une liste de textes"),
        (
            f"{TETE}[[bareme]]\nlignes = ['feu-roug']\npoints = 2",
            "bareme[1].lignes[1] : « feu-roug » n'est pas au bar",
        ),
        (f"{TETE}[[bareme]]\nlignes = ['feu-rouge']", "bareme[1] : rien n'est changé"),
        (
            f"{TETE}[[bareme]]\nlignes = ['feu-rouge']\npoints = 10",
            "bareme[1].points : 10 ; attendu : un nombre entie",
        ),
        (
            f"{TETE}[[bareme]]\nlignes = ['feu-rouge']\nclasse = 'contravention_6'",
            "bareme[1].classe : « contravention_6 » inconnu (vouliez-vous dire « contravention_5 » ?)",
        ),
        (
            f"{TETE}[[bareme]]\nlignes = ['feu-rouge']\npoints = 1\ndepuis = 2020-01-02\njusqu_au = 2020-01-01",
            "bareme[1].jusqu_au : 2020-01-01 vient avant « depuis »",
        ),
        (
            f"{TETE}[couts.courriers]\n'48X' = 1\n[[bareme]]\nlignes = ['feu-rouge']\npoints = 1",
            "couts.courriers.48X : clé inconnue",
        ),
        (
            f"{TETE}[couts]\nstage = -1\n[[bareme]]\nlignes = ['feu-rouge']\npoints = 1",
            "couts.stage : -1 ; attendu : un montant en euros",
        ),
    ],
)
def test_ce_qui_est_refuse_l_est_avec_son_lieu(texte: str, debut: str) -> None:
    assert any(faute.startswith(debut) for faute in fautes(texte)), fautes(texte)


def test_toutes_les_fautes_sont_dites_ensemble() -> None:
    dites = fautes(f"{TETE}[[regle]]\nregle = 'gain'\n[[bareme]]\nlignes = ['x']\npoints = -1\n[couts]\nhorizon = 99")
    assert [faute.split(" : ")[0] for faute in dites] == [
        "regle[1].regle",
        "bareme[1].lignes[1]",
        "bareme[1].points",
        "couts.horizon",
    ]


def test_une_regle_n_a_pas_plus_de_redactions_que_le_noyau_n_en_lit() -> None:
    nouvelles = [
        f'[[regle]]\nregle = "gain_stage"\ndepuis = {2000 + rang}-01-01\nvaleur = 3' for rang in range(REDACTIONS)
    ]
    assert parse_projet(TETE + "\n".join(nouvelles[1:]))
    dites = fautes(TETE + "\n".join(nouvelles))
    assert dites[0] == (
        f"regle[1] : la règle « gain_stage » aurait {REDACTIONS + 1} rédactions ; attendu : "
        f"{REDACTIONS} rédactions au plus"
    )


def test_un_debut_de_ligne_avec_une_etoile_les_designe_toutes() -> None:
    projet = parse_projet(
        f"{TETE}[[bareme]]\nlignes = ['exces-moins-5-*', 'exces-moins-5-limite-plus-de-50']\npoints = 1"
    )
    assert projet.bareme[0].lignes == ("exces-moins-5-limite-plus-de-50", "exces-moins-5-limite-50-ou-moins")


def test_une_ligne_supprimee_ne_coute_plus_rien() -> None:
    projet = parse_projet(f"{TETE}[[bareme]]\nlignes = ['feu-rouge']\nsupprimee = true")
    assert (projet.bareme[0].points, projet.bareme[0].classe) == (0, None)


def test_les_couts_non_donnes_sont_des_hypotheses() -> None:
    projet = parse_projet(f"{TETE}[[bareme]]\nlignes = ['feu-rouge']\npoints = 1\n[couts.courriers]\n'48SI' = 7.35")
    assert projet.couts.courriers["48SI"] == Decimal("7.35")
    assert "48SI" not in projet.couts.supposes
    assert {"48", "46", "stage"} <= projet.couts.supposes


def test_un_fichier_qui_n_est_pas_de_l_utf8(tmp_path: Path) -> None:
    chemin = tmp_path / "r.toml"
    chemin.write_bytes(TETE.encode() + b'resume = "\xe9"\n')
    with pytest.raises(ProjetInutilisableError, match=r"octet \d+ : ce n'est pas de l'UTF-8"):
        read_projet(chemin)


def test_un_fichier_demesure(tmp_path: Path) -> None:
    chemin = tmp_path / "r.toml"
    chemin.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ProjetInutilisableError, match="trop long"):
        read_projet(chemin)


@pytest.mark.parametrize("exemple", EXEMPLES, ids=lambda chemin: chemin.stem)
def test_les_exemples_se_lisent(exemple: Path) -> None:
    projet = read_projet(exemple)
    assert projet.resume
    assert write_redactions(projet).remarques == ()
