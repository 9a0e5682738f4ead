"""The barème at its edges: July 2014, the first and last day of a wording, what is said when no row answers."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import pytest

from permis.droit.bareme import (
    BAREME_ETABLI_LE,
    BaremeIntrouvableError,
    LigneBareme,
    find,
    ligne,
    recherche,
    rows,
    search,
)
from permis.droit.faits import Classe

JOUR = timedelta(days=1)
JUILLET_2014 = date(2014, 7, 1)
LE = date(2026, 11, 22)
NON_ETABLI = (
    "avant juillet 2014 les sources n'établissent pas le barème, donnez la classe et les points de l'infraction"
)


def refus(reference: str, jour: date) -> BaremeIntrouvableError:
    with pytest.raises(BaremeIntrouvableError) as erreur:
        find(reference, jour)
    assert str(erreur.value) == f"{erreur.value.message}."
    return erreur.value


def row(since: date | None = None, until: date | None = None, article: str = "C. route, art. R. 1-2") -> LigneBareme:
    return LigneBareme(
        bareme="x", libelle="X", article=article, classe=Classe.DELIT, points=6, source="s", since=since, until=until
    )


# ----------------------------------------------------------------------------------------------------- a row by itself


def test_the_sources_settle_from_the_first_of_july_2014() -> None:
    assert BAREME_ETABLI_LE == JUILLET_2014


@pytest.mark.parametrize(("ecart", "vaut", "inconnu"), [(-1, False, True), (0, True, False), (1, True, False)])
def test_a_row_without_a_start_on_the_eve_day_and_morrow_of_july_2014(ecart: int, vaut: bool, inconnu: bool) -> None:
    jour = JUILLET_2014 + ecart * JOUR
    assert (row().applies_on(jour), row().is_unsettled_on(jour)) == (vaut, inconnu)


@pytest.mark.parametrize("ecart", [-1, 0, 1])
def test_a_row_with_a_start_is_never_unsettled(ecart: int) -> None:
    depuis = date(2010, 1, 1)
    assert not row(since=depuis).is_unsettled_on(depuis + ecart * JOUR)
    assert not row(since=LE).is_unsettled_on(JUILLET_2014 + ecart * JOUR)
    assert row(since=depuis).applies_on(depuis + ecart * JOUR) == (ecart >= 0)


@pytest.mark.parametrize("ecart", [-1, 0, 1])
def test_the_last_day_is_included(ecart: int) -> None:
    assert row(until=LE).applies_on(LE + ecart * JOUR) == (ecart <= 0)


def test_the_bare_numbers_of_the_articles() -> None:
    article = "C. pénal, art. 221-6-1 ; C. route, art. L. 232-3 et R. 413-14 I et III, 4°"
    assert row(article=article).articles == {"221-6-1", "232-3", "413-14"}


def test_a_row_cannot_be_changed_nor_built_by_position() -> None:
    with pytest.raises(FrozenInstanceError):
        row().points = 0  # type: ignore[misc]
    with pytest.raises(TypeError):
        LigneBareme("x", "X", "R. 1-2", Classe.DELIT, 6, "s")  # type: ignore[call-arg]


def test_what_a_row_is_by_default() -> None:
    par_defaut = row()
    assert (par_defaut.natinf, par_defaut.amende_forfaitaire, par_defaut.doute) == (None, None, None)
    assert (par_defaut.certitude, par_defaut.hors_code, par_defaut.courante) == ("élevée", False, False)
    assert (par_defaut.couvre, par_defaut.mots) == ((), "")


def test_the_files_are_read_once() -> None:
    assert rows() is rows()
    assert recherche._fiches() is recherche._fiches()


def test_what_a_row_covers_is_a_tuple_like_the_rest_of_it() -> None:
    assert {type(une.couvre) for une in rows()} == {tuple}
    assert len({*rows()}) == len(rows())


def test_only_the_next_wording_ends_the_former() -> None:
    premiere, deuxieme, troisieme = row(), row(since=date(2020, 1, 1)), row(since=date(2024, 3, 1))
    fermees = ligne._close([premiere, deuxieme, troisieme])
    assert [une.until for une in fermees] == [date(2019, 12, 31), date(2024, 2, 29), None]


def test_a_next_wording_without_a_start_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^barème : la rédaction suivante de « x » n'a pas de date de début\.$"):
        ligne._close([row(), row()])


# ---------------------------------------------------------------------------------------------- what find says instead


@pytest.mark.parametrize("reference", ["FEU-ROUGE", "  feu-rouge ", "210", " 210 "])
def test_neither_case_nor_blanks_matter(reference: str) -> None:
    assert find(reference, LE).bareme == "feu-rouge"


@pytest.mark.parametrize(
    ("reference", "jour", "mots"),
    [
        ("trottinette", LE, "« trottinette » n'est ni un code NATINF ni un identifiant connus du barème"),
        ("feu-rouge", JUILLET_2014 - JOUR, f"« feu-rouge » le 30 juin 2014 : {NON_ETABLI}"),
        (
            "detecteur-radars",
            date(2012, 1, 4),
            f"« detecteur-radars » le 4 janvier 2012 : {NON_ETABLI}",
        ),
        (
            "telephone-tenu-en-main",
            date(2003, 3, 31),
            (
                "« telephone-tenu-en-main » n'est pas au barème le 31 mars 2003, mais du 1er avril 2003 au 4 "
                f"janvier 2012 et depuis le 5 janvier 2012 ; {NON_ETABLI}"
            ),
        ),
        (
            "rodeo",
            JUILLET_2014 - JOUR,
            f"« rodeo » n'est pas au barème le 30 juin 2014, mais depuis le 5 août 2018 ; {NON_ETABLI}",
        ),
        ("rodeo", JUILLET_2014, "« rodeo » n'est pas au barème le 1er juillet 2014, mais depuis le 5 août 2018"),
        ("rodeo", JUILLET_2014 + JOUR, "« rodeo » n'est pas au barème le 2 juillet 2014, mais depuis le 5 août 2018"),
    ],
)
def test_what_is_known_instead(reference: str, jour: date, mots: str) -> None:
    erreur = refus(reference, jour)
    assert erreur.message == mots
    assert erreur.choix == ()


def test_the_rows_that_the_same_article_carried_then() -> None:
    erreur = refus("homicide-routier", date(2025, 7, 10))
    assert erreur.choix == (
        "homicide-involontaire",
        "blessures-involontaires-plus-3-mois",
        "blessures-involontaires-3-mois-au-plus",
    )
    assert erreur.message == (
        "« homicide-routier » n'est pas au barème le 10 juillet 2025, mais depuis le 11 juillet 2025 ; le même "
        "article portait alors « homicide-involontaire » ou « blessures-involontaires-plus-3-mois » ou "
        "« blessures-involontaires-3-mois-au-plus »"
    )


# ----------------------------------------------------------------------------------------------------------- searching


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("Feux rouges", ["feu", "rouge"]),
        ("gants", ["gant"]),
        ("bus", ["bus"]),
        ("croix", ["croi"]),
        ("Cédez-le-passage", ["cedez", "passage"]),
        ("manœuvre à l’arrêt", ["manoeuvre", "arret"]),
        ("C. route, art. R. 412-30", ["c", "route", "art", "r", "412", "30"]),
        ("natinf 210 de la", ["210"]),
        ("0,5 ou 0.50 gramme, 1,05", ["0v5", "0v5", "gramme", "1v05"]),
    ],
)
def test_words_lose_accents_case_and_plural(texte: str, mots: list[str]) -> None:
    assert recherche.split_words(texte) == mots


@pytest.mark.parametrize(
    ("mots", "premiers"),
    [
        # the whole article first, then what begins like it: common, dearest, alphabet
        ("412-6", ["telephone-tenu-en-main", "ecran-champ-de-vision", "oreillette", "position-acrobatique"]),
        ("431-1", ["casque-motocyclette", "casque-cyclomoteur", "casque-tricycle-quadricycle", "gants"]),
        # a NATINF code that begins so, from three figures on
        ("113", ["exces-30-40", "ligne-continue-franchissement", "exces-20-30", "ligne-continue-chevauchement"]),
        ("11", []),
        # words side by side in the label come before words apart
        ("feu", ["feu-rouge", "feu-jaune", "circulation-sans-eclairage", "arret-sans-eclairage"]),
        ("stop", ["stop", "stop-refus-priorite"]),
        ("exces 50", ["exces-50", "exces-40-50", "exces-5-20-limite-50-ou-moins", "exces-5-20-limite-plus-de-50",
                      "exces-moins-5-limite-50-ou-moins", "exces-moins-5-limite-plus-de-50"]),
        # a word may be unfinished, a number not; a whole word comes before an unfinished one
        ("dang", ["arret-dangereux", "refus-obtemperer-danger", "acces-interdit-descente-tunnel",
                  "fermeture-descente-tunnel"]),
        ("accès", ["acces-interdit-descente-tunnel", "acceleration-depasse"]),
        ("arrêt refus", ["stop-refus-priorite", "refus-obtemperer"]),
        ("alcool 0 2", []),
        # a wrong letter is forgiven, a wrong figure is not
        ("ceinturre", ["ceinture", "passagers-surnombre", "passager-mineur-non-retenu"]),
        ("alcool 0 51", []),
        ("telefone 50", []),
    ],
)  # fmt: skip
def test_the_order_of_what_is_found(mots: str, premiers: list[str]) -> None:
    assert [une.bareme for une in search(mots, LE)] == premiers


def test_a_code_of_three_figures_need_not_be_whole_but_one_of_two_must() -> None:
    assert search("113", LE)[0].natinf == "11301"
    assert [une.natinf for une in search("50", LE)][:1] == ["50"]
    assert all("11" not in (une.natinf or "") for une in search("11", LE))


def test_the_latest_wording_comes_first() -> None:
    assert [une.since for une in search("écran dans le champ de vision")] == [date(2024, 6, 12), date(2012, 1, 5)]
    depuis = [une.since for une in search("detecteur-radars") if une.points == 6]
    assert depuis == [date(2024, 6, 12), date(2012, 1, 5)]


def test_ten_rows_unless_told() -> None:
    assert (len(search("refus", LE)), len(search("refus", LE, 11)), len(search("refus", LE, 1))) == (10, 11, 1)
    assert search("refus", LE, 0) == []
