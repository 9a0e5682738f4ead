"""What a reader is told of a faulty dossier, of a faulty hypothesis: word for word, and nothing else."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from permis.droit.dossier import Dossier, DossierInvalideError, parse_dossier, read_dossier, read_options
from permis.droit.dossier.hypotheses import apply_hypotheses
from permis.droit.faits import Annulation, Autorite, Infraction, Realite, Stage
from tests.droit.casses import octets_de

CAS = tomllib.loads((Path(__file__).parent / "dossiers_casses" / "messages.toml").read_text("utf-8"))["cas"]
LE = date(2026, 11, 22)
JOUR = "2024-03-10"
UNE_DATE = 'une date AAAA-MM-JJ entre 1900-01-01 et 2200-12-31, comme "2026-03-10"'
INFRACTION: dict[str, Any] = {"type": "infraction", "id": "i", "commise_le": JOUR, "classe": "delit", "points": 6}
AVEC_HEURE = {**INFRACTION, "commise_le": "2024-03-10T18:14"}
REALITE: dict[str, Any] = {"type": "realite", "id": "r", "infraction": "i", "date": "2024-04-02", "mode": "paiement"}
RETRAIT: dict[str, Any] = {"type": "retrait", "id": "p", "infraction": "i", "decide_le": "2024-06-01"}
ANNULATION: dict[str, Any] = {"type": "annulation", "vise": "i", "date": "2025-06-01", "autorite": "juge_penal"}
REMISE: dict[str, Any] = {"type": "remise_titre", "date": "2025-03-10"}
STAGE: dict[str, Any] = {"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11", "cas": 1}
MESURE: dict[str, Any] = {"type": "mesure", "nature": "suspension", "debut": "2025-03-10"}
PERMIS: dict[str, Any] = {"type": "delivrance", "date": "2015-06-01", "categorie": "B"}
LETTRE: dict[str, Any] = {"type": "notification", "reference": "48SI"}


def lit(*faits: dict[str, Any]) -> Dossier:
    return read_dossier({"version": 1, "faits": list(faits)})


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["dites"][0][:40])
def test_ce_qui_est_dit_d_un_dossier_casse(cas: dict[str, Any]) -> None:
    with pytest.raises(DossierInvalideError) as refus:
        parse_dossier(octets_de(cas))
    assert [str(faute) for faute in refus.value.fautes] == cas["dites"]


BONS: list[dict[str, Any]] = [
    {**MESURE, "fin": "2025-03-10"},
    {**PERMIS, "filiere": "echange", "obtention_origine": "2015-06-01"},
    {**PERMIS, "filiere": "conversion", "obtention_origine": "2015-05-31"},
    {**LETTRE, "presentee_le": "2025-03-10", "retiree_le": "2025-03-10"},
    {**LETTRE, "mise_a_disposition_le": "2025-03-10", "consultee_le": "2025-03-10"},
    {**LETTRE, "mode": "electronique", "date": "2025-03-10"},
    {**LETTRE, "mode": "simple", "date": "2025-03-10"},
    {**LETTRE, "mode": "recommande", "presentee_le": "2025-03-10", "date": "2025-03-12"},
    {**LETTRE, "date": "2025-03-25", "mise_a_disposition_le": "2025-03-10"},
    {**LETTRE, "date": "2025-03-10", "retour": "AP"},
    {**LETTRE, "presentee_le": "2025-03-10", "retour": "NPAI"},
]


@pytest.mark.parametrize("fait", BONS)
def test_un_fait_a_la_limite_de_la_faute(fait: dict[str, Any]) -> None:
    assert len(lit(fait).faits) == 1


ACCORDES: list[list[dict[str, Any]]] = [
    [INFRACTION, {**REALITE, "date": JOUR}],
    [INFRACTION, {**REALITE, "date": "2024-03-10T00:00"}],
    [AVEC_HEURE, {**REALITE, "date": JOUR}],
    [AVEC_HEURE, {**REALITE, "date": "2024-03-10T18:14"}],
    [AVEC_HEURE, {**RETRAIT, "decide_le": JOUR}],
    [AVEC_HEURE, {**ANNULATION, "date": JOUR}],
    [INFRACTION, {**RETRAIT, "decide_le": None}, {**ANNULATION, "vise": "p", "date": "2020-01-01"}],
    [{**STAGE, "id": "i"}, {**ANNULATION, "date": "2020-01-01"}],
    [{**INFRACTION, "ensemble": "e"}, {**INFRACTION, "id": "j", "ensemble": "e"}],
    [{**INFRACTION, "ensemble": "e"}, {**INFRACTION, "id": "j", "commise_le": "2024-03-11", "ensemble": "f"}],
    [{**INFRACTION}, {**INFRACTION, "id": "j", "commise_le": "2024-03-11", "ensemble": "e"}],
]


@pytest.mark.parametrize("faits", ACCORDES)
def test_des_faits_qui_s_accordent_tout_juste(faits: list[dict[str, Any]]) -> None:
    assert len(lit(*faits).faits) == len(faits)


def test_les_fautes_des_options() -> None:
    with pytest.raises(DossierInvalideError) as refus:
        read_options({"borne": "x", "effet": "realite"})
    questions = "« effet_retrait », « credit_indu », « borne », « redemarrage_realite_posterieure »"
    assert [str(faute) for faute in refus.value.fautes] == [
        "options.borne : valeur inconnue : « x » ; attendu : « echeance_incluse », « echeance_exclue »",
        f"options : clé inconnue « effet » ; attendu : {questions}",
    ]


# ---------------------------------------------------------------------------------------------------------- hypotheses


def suppose(textes: list[str], *faits: dict[str, Any]) -> Dossier:
    return apply_hypotheses(lit(*faits), textes, LE)


def refusees(textes: list[str], *faits: dict[str, Any]) -> list[str]:
    with pytest.raises(DossierInvalideError) as refus:
        suppose(textes, *faits)
    return [str(faute) for faute in refus.value.fautes]


@pytest.mark.parametrize(
    ("vise", "autorite"),
    [
        ("i", Autorite.JUGE_PENAL),
        ("r", Autorite.JUGE_PENAL),
        ("p", Autorite.JUGE_ADMINISTRATIF),
        ("s", Autorite.JUGE_ADMINISTRATIF),
        ("l", Autorite.JUGE_ADMINISTRATIF),
    ],
)
def test_le_juge_de_l_annulation_supposee(vise: str, autorite: Autorite) -> None:
    lettre = {**LETTRE, "id": "l", "date": "2024-07-01"}
    dossier = suppose([f"annulation:{vise}:2026-01-02"], INFRACTION, REALITE, RETRAIT, {**STAGE, "id": "s"}, lettre)
    annulation = dossier.faits[-1]
    assert isinstance(annulation, Annulation)
    assert (annulation.vise, annulation.autorite, annulation.date) == (vise, autorite, date(2026, 1, 2))


def test_le_stage_suppose_est_volontaire() -> None:
    (stage,) = suppose(["stage:2024-02-28"]).faits
    assert isinstance(stage, Stage)
    assert (stage.cas, stage.fin, stage.connu_le) == (1, date(2024, 2, 29), date(2024, 2, 29))


@pytest.mark.parametrize("nombre", [8, 9])
def test_huit_identifiants_au_plus_sont_proposes(nombre: int) -> None:
    faits = [{**REMISE, "id": f"f{rang}"} for rang in range(nombre)]
    propose = "f0, f1, f2, f3, f4, f5, f6, f7" + ("…" if nombre > 8 else "")
    assert refusees(["annulation:x:2026-01-02"], *faits) == [
        "hypothèse « annulation:x:2026-01-02 » : aucun fait n'a l'identifiant « x » ; attendu : l'un de : " + propose
    ]


def test_ce_qui_manque_a_une_hypothese() -> None:
    formes = "stage:DEBUT, infraction:DATE:NATINF-ou-BAREME, paiement:ID:DATE ou annulation:ID:DATE"
    infraction = "infraction:DATE:NATINF-ou-BAREME, DATE sous la forme AAAA-MM-JJ"
    aucun = "aucun fait n'a l'identifiant « x » ; attendu : un fait du dossier, qui n'en a aucun"
    assert refusees(["rien", "paiement:x", "annulation:x:2026-01-02", "infraction:x", "stage:x"]) == [
        f"hypothèse « rien » : hypothèse inconnue ; attendu : {formes}",
        f"hypothèse « paiement:x » : il manque l'identifiant ou la date ; attendu : {formes}",
        f"hypothèse « annulation:x:2026-01-02 » : {aucun}",
        f"hypothèse « infraction:x » : infraction mal écrite ; attendu : {infraction}",
        f"hypothèse « stage:x » : « x » n'est pas une date ; attendu : {UNE_DATE}",
    ]
    assert refusees(["annulation:i:demain"], INFRACTION) == [
        f"hypothèse « annulation:i:demain » : « demain » n'est pas une date ; attendu : {UNE_DATE}"
    ]


def test_une_infraction_supposee_s_ecrit_en_chiffres_d_ici() -> None:
    assert " : infraction mal écrite ; " in refusees(["infraction:٢٠٢٦-١٢-٠١:25387"])[0]
    assert " : « a\\nb » n'est ni un code NATINF " in " ".join(refusees(["infraction:2026-12-01:a\nb"]))


def test_une_faute_dite_deux_fois_ne_l_est_qu_une() -> None:
    assert len(refusees(["infraction:2026-02-30:25387"])) == 2
    assert len(refusees(["rien", "rien"])) == 1


def test_le_nom_d_une_infraction_supposee_a_60_caracteres_au_plus() -> None:
    texte = "infraction:2026-10-12T18:14:accompagnement-alcool-contravention"
    (infraction, realite) = suppose([texte]).faits
    assert isinstance(infraction, Infraction)
    assert isinstance(realite, Realite)
    assert infraction.id == realite.infraction == texte[:60] != texte
