"""The kernel answers as `droit`: balance, validity, what comes next, and every line of the ledger, in its sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from permis.droit.dossier import DossierInvalideError, read_dossier, read_options
from permis.droit.faits import Fait
from permis.national.colonnes import encode_dossier
from permis.national.demande import Demande
from permis.national.lignes import decode_dossier
from tests.cas.lecture import Cas, fichiers, read_cas
from tests.droit.tirage import PREMIER
from tests.national.egalite import differences, shrink
from tests.national.situations import (
    TOUTES_OPTIONS,
    expected,
    situations_of,
    wordings_expected,
    wordings_of,
)
from tests.national.vies import Vie, draw_many
from tests.national.vies_choisies import vies_choisies

GRAINE = 0
VIES, TRANCHE = 50_000, 2_500
POUR_LES_SITUATIONS, POUR_LES_REDACTIONS = 5_000, 1_000
CHOISIES = dict(vies_choisies())


def assert_alike(vies: Iterable[Vie]) -> None:
    premiere = next(differences(vies), None)
    assert premiere is None, f"kernel and droit differ:\n{shrink(premiere)}"


@pytest.mark.parametrize("debut", range(0, VIES, TRANCHE))
def test_fifty_thousand_lives(debut: int) -> None:
    assert_alike(draw_many(GRAINE, debut, debut + TRANCHE))


@pytest.mark.parametrize("nom", CHOISIES)
def test_lives_made_by_hand(nom: str) -> None:
    assert_alike([CHOISIES[nom]])


def test_every_choice_on_every_question() -> None:
    for options in TOUTES_OPTIONS:
        vies = draw_many(GRAINE + 1, 0, 60)
        assert_alike(Vie(v.lignes, [d._replace(options=options) for d in v.demandes]) for v in vies)


@pytest.mark.parametrize("chemin", fichiers(), ids=lambda chemin: chemin.stem)
def test_every_case(chemin: Path) -> None:
    for cas in read_cas(chemin):
        faits = facts_of(cas)
        if faits is not None:
            assert_alike([Vie(encode_dossier(faits), list(ask(cas)))])


def facts_of(cas: Cas) -> tuple[Fait, ...] | None:
    """None for a story that must be refused."""
    try:
        return read_dossier({"version": 1, "faits": cas.faits}).faits
    except DossierInvalideError:
        return None


def ask(cas: Cas) -> Iterable[Demande]:
    for attendu in cas.attendus:
        le = max(date.fromisoformat(attendu["le"]), PREMIER)
        su = date.fromisoformat(attendu.get("connu_le", attendu["le"]))
        yield Demande(le, su, read_options(attendu.get("options", {})))
        yield from (Demande(le, su, options) for options in TOUTES_OPTIONS)


def test_lives_meet_everything() -> None:
    """Every reason, letter, state, choice and kind of fact; corrections of every reason."""
    vies = [*draw_many(GRAINE, 0, POUR_LES_SITUATIONS), *CHOISIES.values()]
    assert expected() - situations_of(vies) == set()


def test_lives_meet_every_wording_that_moves_points() -> None:
    vies = [*draw_many(GRAINE, 0, POUR_LES_REDACTIONS), *CHOISIES.values()]
    assert wordings_expected() - wordings_of(vies) == set()


def test_a_difference_is_told_as_a_dossier_that_can_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison itself: a law that `droit` does not have must be seen, and told on the smallest life."""
    from tests.national import egalite  # noqa: PLC0415

    loi = egalite.read_law()
    fausse = loi._replace(valeurs=(loi.valeurs + (loi.valeurs == 24)).astype(loi.valeurs.dtype))
    monkeypatch.setattr(egalite, "read_law", lambda: fausse)
    premiere = next(differences(draw_many(GRAINE, 0, 200)))
    petite = shrink(premiere)
    assert len(petite.lignes) <= len(premiere.lignes)
    dossier, *ecarts = str(petite).splitlines()
    lu = json.loads(dossier)
    assert read_dossier({"version": lu["version"], "faits": lu["faits"]}).faits == decode_dossier(petite.lignes)
    assert (lu["le"], lu["connu_le"]) == (str(petite.demande.le), str(petite.demande.connu_le))
    assert read_options(lu["options"]) == petite.demande.options
    assert ecarts
    assert all(" | droit " in ecart for ecart in ecarts)
