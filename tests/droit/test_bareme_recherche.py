"""Searching the barème as people type."""

from __future__ import annotations

from datetime import date

import pytest

from permis.droit.bareme import is_approximate, rows, search
from permis.droit.bareme.recherche import split_words

LE = date(2026, 11, 22)


def first(mots: str) -> str:
    return search(mots, LE)[0].bareme


@pytest.mark.parametrize(
    ("mots", "bareme"),
    [
        ("feu rouge", "feu-rouge"),
        ("FEUX ROUGES", "feu-rouge"),
        ("rouge feu", "feu-rouge"),
        ("grillé un feu", "feu-rouge"),
        ("téléphone", "telephone-tenu-en-main"),
        ("telephon", "telephone-tenu-en-main"),
        ("telefone", "telephone-tenu-en-main"),
        ("portable", "telephone-tenu-en-main"),
        ("smartphone au volant", "telephone-tenu-en-main"),
        ("oreillette", "oreillette"),
        ("ceinture", "ceinture"),
        ("ceintures", "ceinture"),
        ("stop", "stop"),
        ("clignotant", "clignotant"),
        ("alcootest", "alcool-0-50"),
        ("ivresse", "ivresse-manifeste"),
        ("cannabis", "stupefiants"),
        ("ligne blanche", "ligne-continue-franchissement"),
        ("sens interdit", "sens-interdit"),
        ("priorité à droite", "priorite-a-droite"),
        ("rond-point", "giratoire"),
        ("passage clouté", "pieton-engage"),
        ("sans permis", "conduite-sans-permis"),
        ("excès 30 40", "exces-30-40"),
        ("exces-20-30", "exces-20-30"),
        ("manœuvre acrobatique", "position-acrobatique"),
    ],
)
def test_words(mots: str, bareme: str) -> None:
    assert first(mots) == bareme


@pytest.mark.parametrize(
    ("mots", "bareme"),
    [
        ("feu rouje", "feu-rouge"),
        ("rouje feu", "feu-rouge"),
        ("telefone", "telephone-tenu-en-main"),
        ("telefone volant", "telephone-tenu-en-main"),
        ("seinture", "ceinture"),
        ("clignotent", "clignotant"),
        ("canabis", "stupefiants"),
        ("sens interdi", "sens-interdit"),
        ("sens imterdit", "sens-interdit"),
        ("oreiette", "oreillette"),
    ],
)
def test_a_typing_mistake_is_forgiven(mots: str, bareme: str) -> None:
    assert first(mots) == bareme
    assert is_approximate(mots, LE) is (mots != "sens interdi"), "an unfinished word is not a mistake"


@pytest.mark.parametrize("mots", ["feu rouge", "210", "R412-30", "xyzxyz", "", "feu téléphone"])
def test_words_that_match_and_nonsense_are_not_mistakes(mots: str) -> None:
    assert not is_approximate(mots, LE)


def test_a_mistake_is_corrected_by_the_words_of_the_day() -> None:
    """The barème is not established before July 2014: it has no word to be near to."""
    assert search("canabis", date(2010, 1, 1)) == []
    assert not is_approximate("canabis", date(2010, 1, 1))
    assert is_approximate("canabis")


def test_only_the_unknown_word_is_replaced() -> None:
    """« feu » stays itself beside a word that is misspelt; no row is found by a word that looks like it."""
    assert {ligne.bareme for ligne in search("feu rouje", LE)} >= {ligne.bareme for ligne in search("feu rouge", LE)}
    assert all("feu" in split_words(f"{ligne.libelle} {ligne.mots}") for ligne in search("feu rouje", LE))


def test_a_known_word_is_never_replaced() -> None:
    """« voiture » looks like « vitre », and no row about a car speaks of tinted glass."""
    assert search("vitre teintée", LE)
    assert search("voiture teintée", LE) == []
    assert search("voiture teimtée", LE) == []


@pytest.mark.parametrize("mots", ["radar", "flashé", "excès de vitesse"])
def test_speeding_in_everyday_words(mots: str) -> None:
    assert {ligne.bareme for ligne in search(mots, LE, limite=5)} >= {"exces-50", "exces-20-30"}


@pytest.mark.parametrize("mots", ["210", " 210 ", "natinf 210", "NATINF 210"])
def test_natinf(mots: str) -> None:
    assert first(mots) == "feu-rouge"


def test_an_unfinished_natinf() -> None:
    assert [ligne.natinf for ligne in search("1130", LE)] == ["11301", "11302"]


def test_a_short_number_is_also_a_word() -> None:
    """« 50 » is the NATINF code of a refusal to stop, and a speed."""
    trouvees = [ligne.bareme for ligne in search("50", LE)]
    assert trouvees[0] == "refus-obtemperer"
    assert "exces-50" in trouvees


@pytest.mark.parametrize(
    "mots", ["R412-30", "r412-30", "R. 412-30", "412-30", "art. R. 412-30", "C. route, art. R. 412-30"]
)
def test_article(mots: str) -> None:
    assert [ligne.bareme for ligne in search(mots, LE)] == ["feu-rouge"]


def test_an_article_before_those_that_begin_like_it() -> None:
    assert {ligne.bareme for ligne in search("R412-6", LE)} >= {"telephone-tenu-en-main", "ecran-champ-de-vision"}
    assert [ligne.bareme for ligne in search("R431-1", LE)][-1] == "gants"


def test_only_the_bareme_of_the_day() -> None:
    assert [ligne.points for ligne in search("piéton engagé", date(2018, 9, 18))] == [4]
    assert [ligne.points for ligne in search("piéton engagé", date(2018, 9, 19))] == [6]
    assert [ligne.points for ligne in search("piéton engagé")] == [6, 4]
    assert search("feu rouge", date(2010, 1, 1)) == []


@pytest.mark.parametrize(
    "mots",
    [
        "",
        "   ",
        "de la",
        "'",
        "xyzxyz",
        "999999",
        "feu 999",
        "feu 211",
        "pizza",
        "fromage",
        "banane",
        "bonjour",
        "azerty",
        "toto",
        "chien",
        "bidule",
        "musique",
        "tracteur",
        "feu bidule",
    ],
)
def test_nothing_found(mots: str) -> None:
    assert search(mots, LE) == []


def test_limit() -> None:
    assert len(search("refus", LE)) == 10
    assert len(search("refus", LE, limite=3)) == 3


def test_every_label_finds_its_row() -> None:
    for ligne in rows():
        assert ligne in search(ligne.libelle, limite=140)
        assert ligne in search(ligne.bareme, limite=140)


@pytest.mark.parametrize("mots", ["alcool 0,5", "alcool 0.5", "alcool 0,50 g", "taux 0,80"])
def test_a_decimal_number_is_one_word(mots: str) -> None:
    assert any("0,50" in ligne.libelle for ligne in search(mots, date(2026, 11, 22)))
