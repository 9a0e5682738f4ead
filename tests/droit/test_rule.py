"""How a rule keeps its wordings: only the start is stored, the next one ends it, nothing governs before the first."""

from collections.abc import Iterator
from datetime import date

import pytest

from permis.droit.rule import Certitude, Conclusion, RegleInexistanteError, Rule


@pytest.fixture
def regle() -> Iterator[Rule[[int], int]]:
    avant = list(Rule.registry)
    regle = Rule[[int], int]("Délai d'essai", "date de la réalité")

    @regle.version(since="2004-07-12", cite="art. 1", certitude=Certitude.MEMOIRE)
    def ancien(mois: int) -> int:
        """As it was.

        A second paragraph.
        """
        return mois

    @regle.version(since="2011-01-01", in_force="2011-03-16", cite="art. 2", read_with="CE, n° 1")
    def nouveau(mois: int) -> int:
        """As it is."""
        return mois * 2

    yield regle
    Rule.registry[:] = avant


def test_a_rule_enters_the_registry(regle: Rule[[int], int]) -> None:
    assert Rule.registry[-1] is regle
    assert (regle.titre, regle.pivot) == ("Délai d'essai", "date de la réalité")


def test_a_wording_keeps_all_that_is_said_of_it(regle: Rule[[int], int]) -> None:
    ancien, nouveau = regle.versions
    assert (ancien.nom, ancien.titre, ancien.since) == ("ancien", "Délai d'essai", date(2004, 7, 12))
    assert (ancien.cite, ancien.in_force, ancien.read_with) == ("art. 1", None, None)
    assert ancien.certitude is Certitude.MEMOIRE
    assert ancien.doc.startswith("As it was.")
    assert not ancien.doc[-1].isspace()
    assert (nouveau.in_force, nouveau.read_with) == (date(2011, 3, 16), "CE, n° 1")
    assert nouveau.certitude is Certitude.TEXTE


@pytest.mark.parametrize(
    ("jour", "rang"),
    [
        (date(2004, 7, 12), 0), (date(2004, 7, 13), 0), (date(2010, 12, 31), 0),
        (date(2011, 1, 1), 1), (date(2011, 1, 2), 1), (date(2011, 3, 16), 1), (date(2100, 1, 1), 1),
    ],
)  # fmt: skip
def test_the_wording_of_a_day(regle: Rule[[int], int], jour: date, rang: int) -> None:
    assert regle.on(jour) is regle.versions[rang]
    assert regle.exists_on(jour)
    conclusion = regle(jour, 18)
    assert isinstance(conclusion, Conclusion)
    assert conclusion == (18 * (rang + 1), regle.versions[rang])


def test_before_the_first_day_the_rule_does_not_exist(regle: Rule[[int], int]) -> None:
    veille = date(2004, 7, 11)
    assert not regle.exists_on(veille)
    attendu = "« Délai d'essai » n'existait pas le 2004-07-11 : la règle commence le 2004-07-12."
    for ask in (regle.on, lambda jour: regle(jour, 1)):
        with pytest.raises(RegleInexistanteError) as refus:
            ask(veille)
        assert str(refus.value) == attendu
        assert (refus.value.titre, refus.value.jour, refus.value.debut) == (regle.titre, veille, date(2004, 7, 12))


@pytest.mark.parametrize("since", ["2011-01-01", "2010-12-31", "2004-07-12"])
def test_wordings_are_written_in_order(regle: Rule[[int], int], since: str) -> None:
    with pytest.raises(ValueError, match=f"the wording of {since} does not follow that of 2011-01-01"):
        regle.version(since=since, cite="art. 3")(lambda mois: mois)
    assert len(regle.versions) == 2


def test_the_wording_named_in_the_refusal_is_the_last(regle: Rule[[int], int]) -> None:
    regle.version(since="2026-01-01", cite="art. 3")(lambda mois: mois)
    with pytest.raises(ValueError, match="the wording of 2025-12-31 does not follow that of 2026-01-01"):
        regle.version(since="2025-12-31", cite="art. 4")(lambda mois: mois)


def test_a_rule_without_wording_never_exists(regle: Rule[[int], int]) -> None:
    vide = Rule[[], int]("Vide", "jour")
    assert not vide.exists_on(date.max)


def test_the_body_stays_a_plain_function() -> None:
    avant = list(Rule.registry)
    regle = Rule[[], int]("Nue", "jour")

    @regle.version(since="2000-01-01", cite="art. 1")
    def sans_doc() -> int:
        return 7

    assert sans_doc() == 7
    assert regle.versions[0].doc == ""
    Rule.registry[:] = avant
