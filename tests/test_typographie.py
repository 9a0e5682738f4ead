"""Dates, points and sentences, in French and in English, with the spaces of each."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from permis.droit.phrases import EXPLICATIONS, Message, Mois, Mot, Phrase, Points, in_full, quote
from permis.typographie import (
    format_date,
    format_mois,
    format_naissance,
    format_points,
    format_variation,
    space,
    write,
    write_message,
)

S, F = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("brut", "compose"),
    [
        ("Et si ? Non ; voici : oui !", f"Et si{F}? Non{F}; voici{S}: oui{F}!"),
        ("l'arrêt dit « stop » là", f"l’arrêt dit «{S}stop{S}» là"),
        ("C. route, art. L. 223-6, al. 2", f"C.{S}route, art.{S}L.{S}223-6, al.{S}2"),
        ("3 points, 2 ans, 6 mois, 50 km/h", f"3{S}points, 2{S}ans, 6{S}mois, 50{S}km/h"),
        ("18:14", "18:14"),
        ("", ""),
    ],
)
def test_espaces(brut: str, compose: str) -> None:
    assert space(brut) == compose
    assert space(compose) == compose, "a text already composed, shown once more"


def test_en_francais() -> None:
    with translation.override("fr"):
        assert format_date(date(2026, 4, 1)) == f"1er{S}avril{S}2026"
        assert [format_points(n) for n in (0, 1, 2, -3)] == [f"0{S}point", f"1{S}point", f"2{S}points", f"−3{S}points"]
        assert [format_mois(n) for n in (6, 12, 36)] == [f"6{S}mois", f"1{S}an", f"3{S}ans"]


def test_en_anglais() -> None:
    with translation.override("en"):
        assert format_date(date(2026, 4, 1)) == f"1{S}April{S}2026"
        assert [format_points(n) for n in (0, 1, 2, -1)] == [f"0{S}points", f"1{S}point", f"2{S}points", f"−1{S}point"]
        assert [format_mois(n) for n in (1, 6, 12, 36)] == [f"1{S}month", f"6{S}months", f"1{S}year", f"3{S}years"]


def test_variation() -> None:
    assert [format_variation(n) for n in (4, 0, -3)] == ["+4", "0", "−3"]


def test_une_phrase_dans_les_deux_langues() -> None:
    jours = {"commise_le": date(2026, 3, 10), "realite_le": date(2026, 4, 2)}
    valeurs = {**jours, "points": Points(3), "libelle": "feu rouge", "mode": Mot("paiement de l'amende")}
    phrase = Phrase(EXPLICATIONS["retrait"], valeurs)
    with translation.override("fr"):
        assert write(phrase).startswith(f"Retrait de 3{S}points pour l’infraction du 10{S}mars{S}2026 (feu rouge)")
    with translation.override("en"):
        assert write(phrase).startswith(f"Withdrawal of 3{S}points for the offence of 10{S}March{S}2026 (feu rouge)")
        assert "payment of the fine" in write(phrase)
        assert write(Phrase("{mois}", {"mois": Mois(24)})) == f"2{S}years"


def test_une_faute_s_ecrit_dans_la_langue_de_la_page_et_cite_sans_rien_changer() -> None:
    titre, jour = Mot("Capital à l'obtention d'un permis probatoire"), date(1990, 1, 1)
    regle = Message(
        "« {titre} » n'existait pas le {jour} : la règle commence le {debut}", titre=titre, jour=jour, debut=1
    )
    cite = Message("{valeur} n'est pas une date", valeur=quote("l'été : { 2 points }"))
    bareme = Message("depuis le {debut}", debut=in_full(date(2026, 4, 1)))
    with translation.override("fr"):
        assert write_message(regle).startswith(
            f"«{S}Capital à l’obtention d’un permis probatoire{S}» n’existait pas le 1990-01-01{S}:"
        )
        assert write_message(cite) == f"«{S}l'été : {{ 2 points }}{S}» n’est pas une date"
        assert write_message(bareme) == f"depuis le 1er{S}avril{S}2026"
    with translation.override("en"):
        anglais = "Capital when a probationary licence is obtained"
        assert write_message(regle).startswith(f"“{anglais}” did not exist on 1990-01-01")
        assert write_message(cite) == "“l'été : { 2 points }” is not a date"
        assert write_message(bareme) == f"since 1{S}April{S}2026"


@pytest.mark.parametrize(
    ("naissance", "fr", "en"),
    [
        ("1962-08-24", f"24{S}août{S}1962", f"24{S}August{S}1962"),
        ("1992-11-00", "en 11/1992 (jour inconnu)", "in 11/1992 (day unknown)"),
        ("1971-00-00", "en 1971 (jour et mois inconnus)", "in 1971 (day and month unknown)"),
        ("1977-00-03", "en 1977 (jour et mois inconnus)", "in 1977 (day and month unknown)"),
    ],
)
def test_une_naissance_dit_ce_qui_en_est_connu(naissance: str, fr: str, en: str) -> None:
    with translation.override("fr"):
        assert format_naissance(naissance) == fr
    with translation.override("en"):
        assert format_naissance(naissance) == en
