"""Whatever the JSON, it is a dossier or a list of faults: never another error, never a fault without a place."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from permis.droit.dossier import Dossier, DossierInvalideError, Faute, parse_dossier, read_dossier
from permis.droit.dossier.brouillon import CHAMPS
from permis.droit.faits import Autorite, Classe, Filiere, Mode, ModeNotification, Nature, Retour
from permis.droit.phrases import Message

BON = Faute("aucun", Message("aucune"), Message("rien d'autre"))
QUELCONQUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda valeurs: st.lists(valeurs) | st.dictionaries(st.text(), valeurs),
    max_leaves=20,
)
DATES = st.dates().map(str) | st.sampled_from(
    ["2024-02-30", "2024-03-10T18:14", "2024-03-10", "2024-03-11", "2030-13-01"]
)
MOTS = st.sampled_from(
    [str(mot) for enum in (Autorite, Classe, Filiere, Mode, ModeNotification, Nature, Retour) for mot in enum]
)
NOMS = st.sampled_from(["a", "b", "c", "48SI", "B", "25387", "alcool-0-50"])
VALEURS = DATES | MOTS | NOMS | st.integers(-1, 10) | st.booleans() | QUELCONQUE


def fait_presque_bon(type_fait: str) -> st.SearchStrategy[dict[str, Any]]:
    cles = [cle for cle in CHAMPS[type_fait] if cle != "type"]
    return st.dictionaries(st.sampled_from(cles), VALEURS).map(lambda valeurs: {**valeurs, "type": type_fait})


FAITS = st.sampled_from(sorted(CHAMPS)).flatmap(fait_presque_bon)
DOSSIERS = st.fixed_dictionaries(
    {"version": st.just(1), "faits": st.lists(FAITS | QUELCONQUE, max_size=8)}, optional={"titulaire": QUELCONQUE}
)


def fautes_de(lire: Callable[[Any], Dossier], entree: Any) -> tuple[Faute, ...]:
    try:
        lu = lire(entree)
    except DossierInvalideError as refus:
        return refus.fautes
    assert len({fait.id for fait in lu.faits}) == len(lu.faits)
    return (BON,)


def est_dossier_ou_fautes(lire: Callable[[Any], Dossier], entree: Any) -> None:
    fautes = fautes_de(lire, entree)
    assert fautes
    for faute in fautes:
        assert all(faute)
        assert str(faute).isprintable()


@given(QUELCONQUE)
def test_une_valeur_json_quelconque(valeur: object) -> None:
    est_dossier_ou_fautes(read_dossier, valeur)


@given(DOSSIERS)
def test_un_dossier_presque_bon(dossier: object) -> None:
    est_dossier_ou_fautes(read_dossier, dossier)
    est_dossier_ou_fautes(parse_dossier, json.dumps(dossier).encode())


@given(st.binary())
def test_des_octets_quelconques(octets: bytes) -> None:
    est_dossier_ou_fautes(parse_dossier, octets)


@given(DOSSIERS, st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_un_dossier_abime(dossier: object, rang: int, octets: bytes) -> None:
    bon = json.dumps(dossier).encode()
    est_dossier_ou_fautes(parse_dossier, bon[:rang] + octets + bon[rang:])
