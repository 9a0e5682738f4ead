"""What opens a capital: a first licence, a return, an exchange, a conversion, a foreign licence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from permis.droit.faits import Delivrance, Fait
from permis.droit.ouverture import is_exempt, opens_on, origin_of
from tests.droit.fabrique import annulation, infraction, jour, mesure, permis, releve, sans_effet, vie


def une(faits: list[Fait]) -> Delivrance:
    (delivrance,) = faits
    assert isinstance(delivrance, Delivrance)
    return delivrance


@pytest.mark.parametrize(
    ("obtenu", "filiere", "ouvre"),
    [
        ("1985-01-01", "traditionnelle", "1992-07-01"), ("1992-06-30", "traditionnelle", "1992-07-01"),
        ("1992-07-01", "traditionnelle", "1992-07-01"), ("1992-07-02", "traditionnelle", "1992-07-02"),
        ("2010-01-01", "etranger", "2016-11-20"), ("2016-11-21", "etranger", "2016-11-21"),
    ],
)  # fmt: skip
def test_the_first_day_of_a_capital(obtenu: str, filiere: str, ouvre: str) -> None:
    assert str(opens_on(une(permis(obtenu, filiere)))) == ouvre


@pytest.mark.parametrize(
    ("obtenu", "attendu", "cle"),
    [
        ("1985-01-01", [("1992-07-01", "capital_initial", 6, 6), ("1992-12-01", "majoration", 6, 12)], "capital_1992"),
        (
            "1992-07-01",
            [("1992-07-01", "capital_initial", 6, 6), ("1992-12-01", "majoration", 6, 12)],
            "capital_entier",
        ),
        (
            "1992-11-30",
            [("1992-11-30", "capital_initial", 6, 6), ("1992-12-01", "majoration", 6, 12)],
            "capital_entier",
        ),
        ("1992-12-01", [("1992-12-01", "capital_initial", 12, 12)], "capital_entier"),
        ("2004-02-29", [("2004-02-29", "capital_initial", 12, 12)], "capital_entier"),
    ],
)
def test_before_the_probation(obtenu: str, attendu: list[tuple[str, str, int, int]], cle: str) -> None:
    assert vie(permis(obtenu)) == attendu
    ouverture = releve(permis(obtenu), "2005-01-01").mouvements[0]
    assert (ouverture.cle, ouverture.fait) == (cle, "d")
    assert ouverture.article == (
        "loi n° 89-469 du 10 juillet 1989" if obtenu < "1992-12-01" else "C. route, art. R. 223-1 I"
    )


def test_the_points_lost_in_the_summer_of_1992() -> None:
    faits = [*permis("1985-01-01"), *infraction("i", "1992-08-01", 2, "1992-09-01")]
    assert vie(faits)[:3] == [
        ("1992-07-01", "capital_initial", 6, 6), ("1992-09-01", "retrait", -2, 6), ("1992-12-01", "majoration", 6, 12),
    ]  # fmt: skip
    douze = releve(faits, "1992-12-01").mouvements[-1]
    assert (douze.cle, douze.solde, douze.fait) == ("majoration_1992", 10, "d")
    assert str(douze.explication) == "Le maximum passe à 12 points pour tous les permis : 6 points de plus."


def test_the_sentence_of_a_probation() -> None:
    assert str(releve(permis("2024-01-01"), "2024-01-01").mouvements[0].explication) == (
        "Permis obtenu le 1er janvier 2024 : il est probatoire jusqu'au 1er janvier 2027 et commence avec 6 points, "
        "la moitié du maximum."
    )
    assert (
        releve(permis("2024-01-01"), "2024-01-01").mouvements[0].article
        == "C. route, art. L. 223-1, al. 2 ; R. 223-1 II"
    )


# Exchange and conversion


@pytest.mark.parametrize("filiere", ["echange", "conversion"])
@pytest.mark.parametrize(
    ("origine", "attendu"),
    [
        ("2021-06-10", [("2024-06-10", "capital_initial", 12, 12)]),
        ("2021-06-11", [("2024-06-10", "capital_initial", 10, 10), ("2024-06-11", "fin_probatoire", 2, 12)]),
        ("2022-06-10", [
            ("2024-06-10", "capital_initial", 10, 10), ("2025-06-10", "fin_probatoire", 2, 12),
        ]),
        ("2022-06-11", [
            ("2024-06-10", "capital_initial", 8, 8), ("2024-06-11", "majoration", 2, 10),
            ("2025-06-11", "fin_probatoire", 2, 12),
        ]),
        ("2024-06-10", [
            ("2024-06-10", "capital_initial", 6, 6), ("2025-06-10", "majoration", 2, 8),
            ("2026-06-10", "majoration", 2, 10), ("2027-06-10", "fin_probatoire", 2, 12),
        ]),
        (None, [
            ("2024-06-10", "capital_initial", 6, 6), ("2025-06-10", "majoration", 2, 8),
            ("2026-06-10", "majoration", 2, 10), ("2027-06-10", "fin_probatoire", 2, 12),
        ]),
    ],
)  # fmt: skip
def test_an_exchange_keeps_its_seniority(
    filiere: str, origine: str | None, attendu: list[tuple[str, str, int, int]]
) -> None:
    assert vie(permis("2024-06-10", filiere, origine=origine)) == attendu


@pytest.mark.parametrize(
    ("obtenu", "origine", "cle"),
    [
        ("2024-06-10", "2010-01-01", "capital_echange"), ("2024-06-10", "2023-01-01", "capital_echange_probatoire"),
        ("2024-06-10", "2024-06-10", "capital_probatoire"), ("2024-06-10", None, "capital_probatoire"),
        ("2004-06-10", "2004-02-29", "capital_echange"), ("2004-06-10", "2004-03-01", "capital_echange_probatoire"),
        ("1990-01-01", "1985-01-01", "capital_echange"),
    ],
)  # fmt: skip
def test_how_an_exchange_is_told(obtenu: str, origine: str | None, cle: str) -> None:
    mouvement = releve(permis(obtenu, "echange", origine=origine), "2030-01-01").mouvements[0]
    assert (mouvement.motif, mouvement.cle) == ("capital_initial", cle)
    assert mouvement.cle == "capital_probatoire" or "dont l'origine remonte au" in str(mouvement.explication)


def test_no_yearly_gain_before_2007_for_an_exchange() -> None:
    assert vie(permis("2008-01-10", "echange", origine="2006-02-01")) == [
        ("2008-01-10", "capital_initial", 6, 6), ("2009-02-01", "fin_probatoire", 6, 12),
    ]  # fmt: skip


def test_the_origin_is_told_or_in_the_file() -> None:
    echange = une(permis("2024-06-10", "echange"))
    anciens = [une(permis(le, "etranger", pays="DE")) for le in ("2020-01-01", "2015-01-01", "2024-06-11")]
    assert str(origin_of(echange, anciens)) == "2015-01-01"
    assert str(origin_of(echange, [])) == "2024-06-10"
    assert str(origin_of(une(permis("2024-06-10", "echange", origine="2019-01-01")), anciens)) == "2019-01-01"
    assert str(origin_of(une(permis("2024-06-10")), anciens)) == "2024-06-10"
    assert str(origin_of(une(permis("2024-06-10", "echange", retour=True)), anciens)) == "2024-06-10"
    assert str(origin_of(echange, [une(permis("2015-01-01"))])) == "2024-06-10"


def test_only_an_exchange_is_exempt() -> None:
    assert is_exempt(une(permis("2024-06-10", "echange")), jour("2021-06-10"))
    assert is_exempt(une(permis("2024-06-10", "conversion")), jour("2021-06-10"))
    assert not is_exempt(une(permis("2024-06-10", "echange")), jour("2021-06-11"))
    assert not is_exempt(une(permis("2024-06-10", "echange", retour=True)), jour("2010-01-01"))
    assert not is_exempt(une(permis("2024-06-10")), jour("2010-01-01"))


@pytest.mark.parametrize(
    ("origine", "echange", "dispense"),
    [
        ("2021-06-10", "2024-06-09", False), ("2021-06-10", "2024-06-10", True), ("2021-06-10", "2024-06-11", True),
        ("2020-02-29", "2023-02-27", False), ("2020-02-29", "2023-02-28", True),
        ("2004-02-29", "2004-02-29", True), ("2004-02-29", "2006-01-10", True), ("2004-03-01", "2006-01-10", False),
        ("2004-03-01", "2007-02-28", False), ("2004-03-01", "2007-03-01", True), ("1980-01-01", "1985-01-01", True),
    ],
)  # fmt: skip
def test_three_years_of_seniority_or_none_to_serve(origine: str, echange: str, dispense: bool) -> None:
    """The eve and the day: three years at the exchange, or an origin from before the probation existed."""
    for filiere in ("echange", "conversion"):
        assert is_exempt(une(permis(echange, filiere)), jour(origine)) is dispense
        ouverture = vie(permis(echange, filiere, origine=origine))[0]
        assert (ouverture[2] == 12) is (dispense and echange >= "1992-12-01")


# A return, further categories


def test_a_return_closes_the_former_licence_even_if_the_loss_falls() -> None:
    faits = [
        *permis("2010-01-01"),
        mesure("annulation_judiciaire", "2023-01-01"),
        *permis("2024-01-15", retour=True, id="r"),
    ]
    faits.append(annulation("m-annulation_judiciaire-2023-01-01", "2025-01-01"))
    assert [m[:2] for m in vie(faits)][-4:-2] == [("2024-01-15", "nouveau_permis"), ("2025-01-15", "majoration")]
    nouveau = releve(faits, "2024-01-15", "2026-01-01").mouvements[-1]
    assert (nouveau.cle, nouveau.fait, nouveau.solde, nouveau.plafond) == ("nouveau_permis", "r", 6, 6)


def test_a_return_before_the_probation_existed() -> None:
    faits = [
        *permis("1995-01-01"),
        mesure("annulation_judiciaire", "2000-01-01"),
        *permis("2003-01-01", retour=True, id="r"),
    ]
    nouveau = releve(faits, "2003-01-01").mouvements[-1]
    assert (nouveau.motif, nouveau.cle, nouveau.solde) == ("nouveau_permis", "nouveau_permis_entier", 12)


@pytest.mark.parametrize(
    ("obtenu", "raison"),
    [("2022-12-31", None), ("2023-01-01", "delivrance_permis_perdu"), ("2024-01-15", "delivrance_permis_perdu")],
)
def test_a_category_on_a_lost_licence_is_said(obtenu: str, raison: str | None) -> None:
    faits = [
        *permis("2010-01-01"),
        mesure("annulation_judiciaire", "2023-01-01"),
        *permis(obtenu, categorie="C", id="c"),
    ]
    assert sans_effet(faits) == ([("c", obtenu, raison)] if raison else [])
    if raison:
        assert releve(faits, "2030-01-01").sans_effet[0].article == "C. route, art. L. 223-5"


def test_am_is_not_a_points_licence() -> None:
    assert vie(permis("2024-01-15", categorie="AM")) == []
    (element,) = releve(permis("2024-01-15", categorie="AM"), "2025-01-01").sans_effet
    assert (element.cle, element.article) == ("categorie_sans_points", "C. route, art. L. 221-1, al. 2")
    assert releve(permis("2024-01-15", categorie="AM"), "2025-01-01").validite == "sans_permis"
    faits = [*permis("2020-01-15", categorie="AM", id="am"), *permis("2024-01-15")]
    assert vie(faits) == vie(permis("2024-01-15"))


def test_a_return_on_the_first_day_is_no_second_licence() -> None:
    """Nothing can be lost and obtained again before there is a first licence."""
    premiere = une(permis("2015-01-15"))
    jumelle = replace(premiere, id="second", categorie="A", retour=True)
    assert len(vie([premiere, jumelle])) == len(vie([premiere]))


def test_no_licence_at_all() -> None:
    reponse = releve([], "2025-01-01")
    assert (reponse.validite, reponse.solde, reponse.plafond, reponse.solde_algebrique) == ("sans_permis", 0, 0, 0)
    assert (reponse.mouvements, reponse.a_venir, reponse.obligations, reponse.courriers) == ((), (), (), ())
    faits = infraction("i", "2024-03-10", 3, "2024-04-02")
    (element,) = releve(faits, "2025-01-01").sans_effet
    assert (element.cle, str(element.date), element.article) == (
        "commise_sans_permis", "2024-04-02", "C. route, art. L. 223-1",
    )  # fmt: skip


# Foreign and French together


def test_a_foreign_licence_beside_a_french_one() -> None:
    faits = [*permis("2010-01-01"), *permis("2020-01-01", "etranger", pays="DE", id="e")]
    assert vie(faits) == vie(permis("2010-01-01"))
    (element,) = [e for e in releve(faits, "2021-01-01").sans_effet if e.cle == "delivrance_etrangere"]
    assert (element.fait, str(element.date), element.article) == ("e", "2020-01-01", "C. route, art. L. 223-10")


def test_before_l_223_10_the_french_licence_is_the_first() -> None:
    """A foreign licence of 2010 gives points from 20 November 2016 only: the French one of 2012 came before."""
    faits = [*permis("2010-01-01", "etranger", pays="DE", id="e"), *permis("2012-01-10", "echange", id="f")]
    assert vie(faits)[0] == ("2012-01-10", "capital_initial", 10, 10)
    assert releve(faits, "2012-01-10").mouvements[0].cle == "capital_echange_probatoire"


def test_a_foreign_driver_who_obtains_a_first_french_licence() -> None:
    faits = [*permis("2018-05-01", "etranger", pays="DE", id="e"), *permis("2024-06-01", id="f")]
    assert vie(faits) == [
        ("2018-05-01", "capital_initial", 12, 12), ("2024-06-01", "capital_initial", 0, 12),
        ("2027-06-01", "fin_probatoire", 0, 12),
    ]  # fmt: skip
    assert releve(faits, "2024-05-31").probatoire is None
    periode = releve(faits, "2024-06-01").probatoire
    assert periode is not None
    assert (str(periode.debut), str(periode.fin), periode.en_cours) == ("2024-06-01", "2027-06-01", True)
    assert {m.fait for m in releve(faits, "2030-01-01").mouvements[1:]} == {"f"}


def test_ten_years_are_for_foreign_licences_too() -> None:
    faits = [*permis("2018-05-01", "etranger", pays="DE", id="e")]
    for annee in range(2019, 2031, 2):
        faits += infraction(f"i{annee}", f"{annee}-01-10", 2, f"{annee}-02-01")
    assert ("2029-02-01", "reattribution_dix_ans", 2, 12) in vie(faits)
    francais = [*faits, *permis("2026-06-01", "echange", id="f")]
    assert ("2029-02-01", "reattribution_dix_ans", 2, 12) in vie(francais)
