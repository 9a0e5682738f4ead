"""The limits of each value of a dossier: the last one taken, the first one refused."""

import json
from collections.abc import Callable
from dataclasses import Field, FrozenInstanceError, fields
from datetime import date, time
from enum import StrEnum
from typing import Any

import pytest

from permis.droit.dossier import (
    FAITS_MAXIMUM,
    TAILLE_MAXIMALE,
    Dossier,
    DossierInvalideError,
    Titulaire,
    parse_dossier,
    read_dossier,
    read_options,
)
from permis.droit.dossier import valeurs as lecteurs
from permis.droit.dossier.brouillon import Brouillon
from permis.droit.dossier.controles import date_notification, read_natinf
from permis.droit.dossier.fautes import NonJson, RefusError, show_valeur, suggest
from permis.droit.dossier.formes import FORMES
from permis.droit.dossier.identifiants import free_name, write_moment
from permis.droit.faits import Autorite, Classe, Delivrance, Infraction, Retour, Stage
from permis.droit.options import Options

VIDE = b'{"version": 1, "faits": []}'
INFRACTION: dict[str, Any] = {"type": "infraction", "commise_le": "2024-03-10", "classe": "delit", "points": 6}
DELIVRANCE: dict[str, Any] = {"type": "delivrance", "date": "2015-06-01", "categorie": "B", "filiere": "etranger"}
ANNULATION: dict[str, Any] = {"type": "annulation", "vise": "i", "date": "2025-06-01", "autorite": "juge_penal"}
STAGE: dict[str, Any] = {"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11"}


def lit(*faits: dict[str, Any], **autres: Any) -> Dossier:
    return read_dossier({"version": 1, "faits": list(faits), **autres})


def lit_titulaire(titulaire: dict[str, Any]) -> Dossier:
    return lit(titulaire=titulaire)


def fautes(*faits: dict[str, Any], **autres: Any) -> list[str]:
    with pytest.raises(DossierInvalideError) as refus:
        lit(*faits, **autres)
    assert str(refus.value) == "\n".join(map(str, refus.value.fautes))
    return [str(faute) for faute in refus.value.fautes]


def fautes_octets(octets: bytes) -> list[str]:
    with pytest.raises(DossierInvalideError) as refus:
        parse_dossier(octets)
    return [str(faute) for faute in refus.value.fautes]


def est_lu(lire: Callable[..., object], *valeurs: object) -> bool:
    try:
        lire(*valeurs)
    except (DossierInvalideError, RefusError):
        return False
    return True


# -------------------------------------------------------------------------------------------------- lengths and counts


@pytest.mark.parametrize(
    ("fait", "cle", "longueur"),
    [
        (DELIVRANCE, "pays", 80),
        (INFRACTION, "libelle", 500),
        (INFRACTION, "article", 200),
        (INFRACTION, "ensemble", 64),
        (INFRACTION, "id", 64),
        ({**ANNULATION, "vise": "x"}, "motif", 500),
    ],
)
def test_la_longueur_d_un_texte(fait: dict[str, Any], cle: str, longueur: int) -> None:
    cible = {**INFRACTION, "id": "x"}
    for nombre, bon in ((0, False), (1, True), (longueur - 1, True), (longueur, True), (longueur + 1, False)):
        assert est_lu(lit, {**fait, cle: "é" * nombre}, cible) is bon, nombre


@pytest.mark.parametrize(("cle", "longueur"), [("nom", 200), ("prenoms", 200)])
def test_la_longueur_d_un_nom(cle: str, longueur: int) -> None:
    for nombre, bon in ((0, False), (1, True), (longueur - 1, True), (longueur, True), (longueur + 1, False)):
        assert est_lu(lit_titulaire, {cle: "é" * nombre}) is bon, nombre


@pytest.mark.parametrize(("chiffres", "bon"), [(11, False), (12, True), (13, False)])
def test_la_longueur_d_un_neph(chiffres: int, bon: bool) -> None:
    assert est_lu(lit_titulaire, {"neph": "1" * chiffres}) is bon


def test_cinq_cents_faits_et_pas_un_de_plus() -> None:
    remises = [{"type": "remise_titre", "date": "2024-01-01", "id": str(rang)} for rang in range(501)]
    assert FAITS_MAXIMUM == 500
    assert [len(lit(*remises[:nombre]).faits) for nombre in (0, 1, 499, 500)] == [0, 1, 499, 500]
    assert fautes(*remises) == ["faits : 501 faits ; attendu : au plus 500 faits"]


def test_un_million_d_octets_et_pas_un_de_plus() -> None:
    assert TAILLE_MAXIMALE == 1_000_000
    assert parse_dossier(VIDE.ljust(999_999)) == parse_dossier(VIDE.ljust(1_000_000)) == Dossier(None, ())
    assert fautes_octets(VIDE.ljust(1_000_001)) == ["dossier : trop volumineux ; attendu : au plus 1000000 octets"]


@pytest.mark.parametrize(
    ("octets", "faute"),
    [
        (VIDE.decode().encode("utf-16-le"), "dossier : encodé en UTF-16 ou UTF-32"),
        (VIDE.decode().encode("utf-16-be"), "dossier : encodé en UTF-16 ou UTF-32"),
        (VIDE.decode().encode("utf-32-be"), "dossier : encodé en UTF-16 ou UTF-32"),
        (b"\xfe\xff" + VIDE, "dossier : encodé en UTF-16 ou UTF-32"),
        (b"\xff\xfe", "dossier : encodé en UTF-16 ou UTF-32"),
        (b"{\x00" + VIDE, "dossier, ligne 1, colonne 2 : le nom d'une clé manque"),
        (b"{   \x00\x00\x00", "dossier, ligne 1, colonne 5 : le nom d'une clé manque"),
        (b"{  \x00\x00", "dossier, ligne 1, colonne 4 : le nom d'une clé manque"),
        (b'{"nom": "\xe9"}', "dossier, ligne 1, octet 10 : l'octet 0xe9 n'est pas de l'UTF-8"),
        (b"\x0a\x80", "dossier, ligne 2, octet 1 : l'octet 0x80 n'est pas de l'UTF-8"),
        (b'{\n\n  "a": \xff}', "dossier, ligne 3, octet 8 : l'octet 0xff n'est pas de l'UTF-8"),
    ],
)
def test_le_codage_du_fichier(octets: bytes, faute: str) -> None:
    (dite,) = fautes_octets(octets)
    assert dite.startswith(faute)


# ------------------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("valeur", "natinf"),
    [(0, "0"), (1, "1"), (999_999, "999999"), ("0", "0"), ("999999", "999999"), ("alcool-0-50", "alcool-0-50")],
)
def test_un_code_natinf(valeur: object, natinf: str) -> None:
    assert read_natinf(valeur) == natinf


@pytest.mark.parametrize("lieu", ["", "faits[0]"])
def test_le_mot_voulu_est_cherche_pour_les_cent_premieres_cles(lieu: str) -> None:
    """A file of sixty thousand unknown keys is answered at once, and names them all."""
    proches = {f"{'dat' if lieu else 'fait'}{rang}": 1 for rang in range(101)}
    stage = {"type": "remise_titre", "date": "2024-01-01"}
    dossier = {"version": 1, "faits": [{**stage, **proches}]} if lieu else {"version": 1, "faits": [stage], **proches}
    inconnues = [faute for faute in fautes_octets(json.dumps(dossier).encode()) if "clé inconnue" in faute]
    assert len(inconnues) == 101
    assert ["vouliez-vous dire" in faute for faute in inconnues] == [True] * 100 + [False]


@pytest.mark.parametrize("valeur", [-1, 1_000_000, "1000000", "", "-", "a-", "A", True, 25387.0, None, ["1"]])
def test_ce_qui_n_est_pas_un_code_natinf(valeur: object) -> None:
    with pytest.raises(RefusError) as refus:
        read_natinf(valeur)
    assert refus.value.faute == f"{show_valeur(valeur)} n'est ni un code NATINF ni un identifiant du barème"
    assert refus.value.attendu == 'un code de 1 à 6 chiffres, comme "25387"'


@pytest.mark.parametrize("cas", [1, 2, 3, 4])
def test_les_quatre_cas_de_stage(cas: int) -> None:
    (stage,) = lit({**STAGE, "cas": cas}).faits
    assert isinstance(stage, Stage)
    assert stage.cas == cas


@pytest.mark.parametrize("cas", [-1, 0, 5])
def test_les_autres_cas_de_stage(cas: int) -> None:
    attendu = f"faits[0].cas : {cas} est hors des bornes ; attendu : le cas du stage, un nombre entier de 1 à 4"
    assert fautes({**STAGE, "cas": cas}) == [attendu]


@pytest.mark.parametrize(("points", "bon"), [(-1, False), (0, True), (1, True), (8, True), (9, True), (10, False)])
def test_les_points(points: int, bon: bool) -> None:
    assert est_lu(lit, {**INFRACTION, "points": points}) is bon


def test_la_version() -> None:
    lus = [est_lu(read_dossier, {"version": version, "faits": []}) for version in (-1, 0, 1, 2)]
    assert lus == [False, False, True, False]


# ----------------------------------------------------------------------------------------------------- dates and hours


@pytest.mark.parametrize(
    ("jour", "bon"),
    [("1899-12-31", False), ("1900-01-01", True), ("2200-12-31", True), ("2201-01-01", False), ("2024-02-29", True)],
)
def test_les_dates(jour: str, bon: bool) -> None:
    for lire in (lecteurs.read_date, lecteurs.read_date_ou_null, lecteurs.read_moment):
        assert est_lu(lire, jour) is bon


def test_un_moment() -> None:
    assert lecteurs.read_moment("2024-03-10") == (date(2024, 3, 10), None)
    assert lecteurs.read_moment("2024-03-10T00:00") == (date(2024, 3, 10), time(0, 0))
    assert lecteurs.read_moment("2024-03-10T23:59") == (date(2024, 3, 10), time(23, 59))
    for faux in ("2024-03-10T23:60", "2024-03-10T", "T23:59", "2024-03-10T8:00", "2024-3-10T08:00", None, 20240310):
        with pytest.raises(RefusError):
            lecteurs.read_moment(faux)


def test_null_n_est_une_date_que_pour_un_retrait() -> None:
    assert lecteurs.read_date_ou_null(None) is None
    with pytest.raises(RefusError) as refus:
        lecteurs.read_date_ou_null("demain")
    assert refus.value.attendu == (
        'une date AAAA-MM-JJ entre 1900-01-01 et 2200-12-31, comme "2026-03-10", ou null si rien n\'est encore décidé'
    )


@pytest.mark.parametrize(
    ("identifiant", "bon"),
    [(" a", False), ("a ", False), ("a b", True), ("\u200e", False), ("é", True), ("", False), ("\n", False)],
)
def test_un_identifiant(identifiant: str, bon: bool) -> None:
    assert est_lu(lecteurs.read_identifiant, identifiant) is bon


def test_true_et_false_seulement() -> None:
    assert (lecteurs.read_booleen(True), lecteurs.read_booleen(False)) == (True, False)
    for faux in (0, 1, "true", None):
        with pytest.raises(RefusError, match="n'est ni true ni false"):
            lecteurs.read_booleen(faux)


@pytest.mark.parametrize(("jour", "bon"), [("00", True), ("01", True), ("31", True), ("32", False)])
def test_le_jour_de_naissance(jour: str, bon: bool) -> None:
    assert est_lu(lit_titulaire, {"naissance": f"1992-05-{jour}"}) is bon


def test_un_moment_s_ecrit_a_la_minute() -> None:
    jour = date(2024, 3, 10)
    assert (write_moment(jour, time(8, 5)), write_moment(jour, None)) == ("2024-03-10T08:05", "2024-03-10")


# ------------------------------------------------------------------------------------------------------- quoted values


def test_une_valeur_citee_a_48_caracteres_au_plus() -> None:
    assert show_valeur("a" * 47) == f"« {'a' * 47} »"
    assert show_valeur("a" * 48) == f"« {'a' * 48} »"
    assert show_valeur("a" * 49) == f"« {'a' * 47}… »"
    assert show_valeur("a" * 5000) == f"« {'a' * 47}… »"
    assert show_valeur("\x07" * 12) == "« " + r"\x07" * 12 + " »"
    assert show_valeur("\x07" * 13) == "« " + (r"\x07" * 13)[:47] + "… »"


@pytest.mark.parametrize(
    ("valeur", "dite"),
    [
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (NonJson("NaN"), "NaN"),
        (3, "3"),
        (-3, "-3"),
        (1.0, "le nombre 1.0"),
        (1e300, "le nombre 1e+300"),
        (10**15, "1000000000000000"),
        (-(10**15), "-1000000000000000"),
        (10**15 + 1, "un nombre entier démesuré"),
        (-(10**15) - 1, "un nombre entier démesuré"),
        ([], "une liste"),
        ((), "une liste"),
        ({}, "un objet"),
    ],
)
def test_une_valeur_refusee_se_reconnait(valeur: object, dite: str) -> None:
    assert show_valeur(valeur) == dite


def test_une_suggestion() -> None:
    assert suggest("STAJE", ["stage", "mesure"]) == " (vouliez-vous dire « stage » ?)"
    assert suggest("stag", ["mesure", "stages", "stage"]) == " (vouliez-vous dire « stage » ?)"
    assert suggest("xyz", ["stage"]) == suggest(3, ["stage"]) == suggest(None, ["stage"]) == ""
    assert suggest("a" * 48, ["a" * 48]) == f" (vouliez-vous dire « {'a' * 48} » ?)"
    assert suggest("a" * 49, ["a" * 49]) == ""


# ------------------------------------------------------------------------------------------ what is made of the values


@pytest.mark.parametrize("nombre", [0, 1, 2, 3])
def test_un_nom_libre(nombre: int) -> None:
    pris = ["a", "a#2", "a#3"][:nombre]
    assert free_name("a", pris) == ["a", "a#2", "a#3", "a#4"][nombre]


def test_les_jumeaux_prennent_rang_dans_l_ordre_de_leur_contenu() -> None:
    premier, second = ({**DELIVRANCE, "pays": "Suisse", "categorie": categorie} for categorie in ("A", "B"))
    for faits in ([premier, second], [second, premier]):
        noms = {fait.id: fait.categorie for fait in lit(*faits).faits if isinstance(fait, Delivrance)}
        assert noms == {"delivrance:2015-06-01": "A", "delivrance:2015-06-01#2": "B"}


def test_ce_qui_est_lu_ne_change_plus() -> None:
    dossier = lit(INFRACTION, titulaire={"nom": "Été"})
    assert {dossier} == {lit(INFRACTION, titulaire={"nom": "Été"})}
    assert dossier.titulaire == Titulaire(nom="Été")
    with pytest.raises(FrozenInstanceError):
        dossier.faits = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        dossier.titulaire.nom = ""  # type: ignore[misc]


def test_deux_brouillons_semblables_restent_deux() -> None:
    un, autre = (Brouillon("faits[0]", "", None, {}) for _ in range(2))
    assert un != autre
    assert (un.id, un.jour) == (None, None)
    with pytest.raises(TypeError, match=r"^faits\[0\] : un brouillon sans type ne fait pas un fait\.$"):
        un.build()


def test_le_bareme_donne_classe_points_libelle_et_article() -> None:
    hors, dans = lit(
        {"type": "infraction", "commise_le": "2025-01-01", "bareme": "homicide-involontaire", "hors_code": True},
        {"type": "infraction", "commise_le": "2025-01-01", "natinf": 210, "hors_code": False, "article": "autre"},
    ).faits
    assert isinstance(hors, Infraction)
    assert isinstance(dans, Infraction)
    assert (hors.classe, hors.points, hors.hors_code, hors.natinf) == (Classe.DELIT, 6, True, None)
    assert hors.article == "C. pénal, art. 221-6-1 ; C. route, art. L. 232-3"
    assert (dans.classe, dans.points, dans.hors_code, dans.natinf) == (Classe.CONTRAVENTION_4, 4, False, "210")
    assert dans.article == "autre"
    assert dans.libelle


@pytest.mark.parametrize(
    ("valeurs", "jour"),
    [
        ({}, None),
        ({"presentee_le": date(2025, 3, 10), "retour": Retour.NPAI}, date(2025, 3, 10)),
        (
            {"presentee_le": date(2025, 3, 10), "retiree_le": date(2025, 3, 9), "retour": Retour.NPAI},
            date(2025, 3, 10),
        ),
        ({"consultee_le": date(2025, 3, 12), "retour": Retour.NPAI}, date(2025, 3, 12)),
        ({"presentee_le": date(2025, 3, 10), "retiree_le": date(2025, 3, 12)}, date(2025, 3, 12)),
        ({"date": date(2025, 3, 1), "presentee_le": date(2025, 3, 10)}, date(2025, 3, 1)),
    ],
)
def test_la_date_d_une_lettre(valeurs: dict[str, Any], jour: date | None) -> None:
    assert date_notification(valeurs) == jour


def test_ce_qui_est_facultatif_l_est() -> None:
    requis = {type_fait: sorted(forme.requis) for type_fait, forme in FORMES.items()}
    assert requis == {
        "delivrance": ["categorie", "date", "filiere"],
        "formation_complementaire": ["date"],
        "infraction": ["commise_le"],
        "realite": ["date", "infraction", "mode"],
        "retrait": ["decide_le", "infraction"],
        "stage": ["cas", "debut", "fin"],
        "notification": ["reference"],
        "mesure": ["debut", "nature"],
        "remise_titre": ["date"],
        "annulation": ["autorite", "date", "vise"],
    }
    assert {type_fait for type_fait, forme in FORMES.items() if forme.partiel} == {"stage", "mesure"}


@pytest.mark.parametrize("autorite", list(Autorite))
def test_chaque_autorite_annule(autorite: Autorite) -> None:
    assert len(lit({**INFRACTION, "id": "i"}, {**ANNULATION, "autorite": autorite.value}).faits) == 2


@pytest.mark.parametrize("question", fields(Options), ids=lambda question: question.name)
def test_chaque_reponse_a_chaque_question(question: Field[StrEnum]) -> None:
    for reponse in type(getattr(Options(), question.name)):
        assert getattr(read_options({question.name: reponse.value}), question.name) is reponse


def test_une_cle_repetee_est_dite_autant_de_fois_qu_il_y_a_de_cles() -> None:
    octets = json.dumps({"version": 1, "faits": []})[:-1] + ', "version": 1, "faits": [], "version": 1}'
    assert fautes_octets(octets.encode()) == [
        "dossier : clé répétée « version » ; attendu : chaque clé une seule fois",
        "dossier : clé répétée « faits » ; attendu : chaque clé une seule fois",
    ]
