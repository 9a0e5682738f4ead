"""A number is drawn at random, and read as people copy it from paper: what is not one is not read."""

from __future__ import annotations

import re

import pytest

from permis.courriers.numeros import LONGUEUR, SIGNES, make_numero, normalise_numero

NUMERO = "0123-4567-89AB-CDEF"


def test_un_numero_porte_quatre_vingts_bits() -> None:
    assert len(set(SIGNES)) == 32
    assert 5 * LONGUEUR == 80
    assert re.fullmatch(rf"[{SIGNES}]{{4}}(-[{SIGNES}]{{4}}){{3}}", make_numero())


def test_les_numeros_viennent_du_generateur_du_systeme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permis.courriers.numeros.secrets.choice", lambda signes: signes[-1])
    assert make_numero() == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"


def test_vingt_mille_numeros_sont_tous_differents_et_se_relisent() -> None:
    tires = {make_numero() for _ in range(20_000)}
    assert len(tires) == 20_000
    assert all(normalise_numero(numero) == numero for numero in tires)
    assert set("".join(tires)) == {*SIGNES, "-"}


@pytest.mark.parametrize(
    "saisie",
    [
        NUMERO,
        "0123456789abcdef",
        " 0123 4567 89ab cdef ",
        "0123\u00a04567\u202f89AB\u2009CDEF",
        "0123\u20134567\u201189AB\u2010CDEF\n",
        "0123.4567.89AB.CDEF",
        "O123-4567-89AB-CDEF",
        "o1 23 4567 89abcdef",
        "0I23-4567-89AB-CDEF",
        "0l23-4567-89AB-CDEF",
        "0L23-4567-89AB-CDEF",
        "0i23-4567-89AB-CDEF",
    ],
)
def test_une_copie_se_lit(saisie: str) -> None:
    assert normalise_numero(saisie) == NUMERO


@pytest.mark.parametrize(
    "saisie",
    [
        "",
        "-",
        NUMERO[:-1],
        NUMERO + "0",
        NUMERO.replace("F", "U"),
        NUMERO.replace("F", "É"),
        NUMERO.replace("0", "\u0660"),
        NUMERO.replace("1", "\u0131"),
        NUMERO.replace("5", "\u017f"),
        NUMERO.replace("F", "\uff26"),
        NUMERO.replace("F", "%"),
        NUMERO.replace("-", "/"),
        NUMERO + "\0",
        NUMERO + " " * 100,
    ],
)
def test_ce_qui_n_est_pas_un_numero_n_est_pas_lu(saisie: str) -> None:
    assert normalise_numero(saisie) is None
