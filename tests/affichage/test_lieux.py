"""Codes of places: a name where the law or the code itself gives one, else the code with a word for it."""

from __future__ import annotations

import pytest
from django.utils import translation

from permis.affichage.lieux import PAYS, name_insee, name_pays
from permis.droit.suites import is_european
from permis.droit.validite import PAYS_EEE


@pytest.mark.parametrize(
    ("pays", "dit"),
    [
        ("DE", "Allemagne"),
        (" it ", "Italie"),
        ("Allemagne", "Allemagne"),
        ("ZZ", "code de pays ZZ"),
        ("ZZZ", "ZZZ"),
        ("", ""),
    ],
)
def test_le_pays_d_un_permis_se_lit_en_mots(pays: str, dit: str) -> None:
    with translation.override("fr"):
        assert name_pays(pays) == dit


@pytest.mark.parametrize(
    ("code", "dit"),
    [("99100", "France"), ("99109", "code Insee 99109"), ("2A004", "code Insee 2A004"), ("", "")],
)
def test_le_lieu_d_une_naissance_dit_ce_qu_est_son_code(code: str, dit: str) -> None:
    with translation.override("fr"):
        assert name_insee(code) == dit


def test_chaque_etat_que_la_loi_nomme_a_son_nom_et_reste_europeen() -> None:
    assert PAYS.keys() == PAYS_EEE | {"FR"}
    with translation.override("fr"):
        assert all(is_european(name_pays(code)) for code in PAYS_EEE)
