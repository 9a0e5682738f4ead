"""The public format says how a third party writes a file: what it shows is run here."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from permis.droit.options import Options
from permis.national import noyau, schema
from permis.national.demande import Demande
from permis.national.solder import solder_fichier
from tests.architecture.arbre import RACINE
from tests.national.fabrique import lire, solder_en_comptant

PAGE = (RACINE / "docs" / "formats" / "national.md").read_text(encoding="utf-8")


def test_l_exemple_de_la_page_ecrit_un_fichier_que_l_on_solde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lots = []

    def note(lot: noyau.Lot, tables: object, question: noyau.Question) -> noyau.Soldes:
        lots.append(lot)
        return solder_en_comptant(lot, None, question)  # type: ignore[arg-type]

    monkeypatch.setattr(noyau, "solder", note)
    monkeypatch.chdir(tmp_path)
    (exemple,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(exemple, {})  # noqa: S102  the page's own code
    le = date(2026, 11, 22)
    total = solder_fichier(tmp_path / "permis.arrow", tmp_path / "soldes.arrow", Demande(le, le, Options()), 1)
    assert (total.permis, total.faits, total.rejets) == (1, 2, 0)
    (lot,) = lots
    assert [lot.nature.tolist(), lot.valeur.tolist(), lot.mode.tolist()] == [[0, 3], [5, 3], [-1, 2]]
    assert lire(tmp_path / "soldes.arrow").column("cle").to_pylist() == [1]


def colonnes_de_la_page(titre: str) -> set[str]:
    partie = PAGE.partition(f"\n## {titre}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"`(\w+)`", partie))


@pytest.mark.parametrize(
    ("titre", "noms"),
    [
        ("Licences", {*schema.COLONNES, *schema.listes_des_faits()}),
        ("Answers", {*schema.SOLDES, *schema.listes_des_reponses(())}),
        (
            "Ledgers",
            {"mouvements", "sans_effet", "corrections", *schema.MOUVEMENT, *schema.SANS_EFFET, "cesse_le", "cause"},
        ),
    ],
)
def test_la_page_nomme_chaque_colonne_et_chaque_liste(titre: str, noms: set[str]) -> None:
    assert noms <= colonnes_de_la_page(titre)


@pytest.mark.parametrize("liste", ["filieres", "modes", "natures", "autorites", "references", "categories"])
def test_les_listes_de_la_page_sont_celles_du_programme(liste: str) -> None:
    (rangee,) = re.findall(rf"^\| `{liste}` \| (.*) \|$", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", rangee) == [mot for mot in schema.listes_des_faits()[liste] if mot]
