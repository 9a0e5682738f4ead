"""The barème: every row is read strictly, and each offence finds the wording of its day."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from permis.droit import bareme
from permis.droit.bareme import BAREME_ETABLI_LE, BaremeIntrouvableError, LigneBareme, find, rows
from permis.droit.faits import Classe

JOUR = timedelta(days=1)
TYPES = {
    "bareme": str, "natinf": str, "libelle": str, "article": str, "classe": str, "points": int,
    "amende_forfaitaire": int, "since": date, "until": date, "couvre": list, "hors_code": bool, "courante": bool,
    "mots": str, "source": str, "certitude": str, "doute": str,
}  # fmt: skip
FICHIERS = sorted(Path(bareme.__file__).parent.glob("*.toml"))


def test_every_row_is_there() -> None:
    assert len(rows()) == 140
    assert sum(ligne.points > 0 for ligne in rows()) == 129
    assert sum(ligne.points == 0 for ligne in rows()) == 11
    assert Counter(ligne.certitude for ligne in rows()) == {"élevée": 117, "moyenne": 18, "faible": 5}
    assert sum(ligne.natinf is not None for ligne in rows()) == 86


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda fichier: fichier.stem)
def test_files_hold_known_keys_of_the_right_type(fichier: Path) -> None:
    for table in tomllib.loads(fichier.read_text("utf-8"))["ligne"]:
        assert {cle: type(valeur) for cle, valeur in table.items()} == {cle: TYPES[cle] for cle in table}


def test_every_row_is_possible() -> None:
    for ligne in rows():
        check_row(ligne)


def check_row(ligne: LigneBareme) -> None:
    assert ligne.bareme == ligne.bareme.lower().strip()
    assert ligne.natinf is None or ligne.natinf.isdecimal()
    assert ligne.article.startswith(("C. route, art. ", "C. pénal, art. "))
    assert ligne.hors_code == ("C. pénal" in ligne.article)
    assert ligne.articles
    assert ligne.certitude in {"élevée", "moyenne", "faible"}
    assert ligne.certitude == "élevée" or ligne.doute
    assert "test négatif" not in ligne.libelle
    assert ligne.until is None or (ligne.since or date.min) <= ligne.until


def test_points_stay_within_the_law() -> None:
    for ligne in rows():
        check_points(ligne)


def check_points(ligne: LigneBareme) -> None:
    """L. 223-2: a délit takes half of the maximum, a contravention at most half; L. 235-1 three quarters."""
    if ligne.bareme == "alcool-et-stupefiants" and ligne.since == date(2025, 7, 11):
        assert ligne.points == 9
    elif ligne.classe is Classe.DELIT:
        assert ligne.points in {0, 6}
    else:
        assert 0 <= ligne.points <= 6


def _lignes_par_identifiant() -> dict[str, list[LigneBareme]]:
    groupes: dict[str, list[LigneBareme]] = defaultdict(list)
    for ligne in rows():
        for identifiant in (ligne.bareme, *ligne.couvre, *([f"natinf {ligne.natinf}"] if ligne.natinf else [])):
            groupes[identifiant].append(ligne)
    return groupes


def test_no_two_wordings_on_one_day() -> None:
    for identifiant, lignes in _lignes_par_identifiant().items():
        periodes = sorted((ligne.since or date.min, ligne.until or date.max) for ligne in lignes)
        assert all(fin < debut for (_, fin), (debut, _) in pairwise(periodes)), identifiant


def test_what_a_row_covers_exists() -> None:
    connus = {ligne.bareme for ligne in rows()}
    assert all(connus.issuperset(ligne.couvre) for ligne in rows())


REFORMES = [
    # reference, first day of the new wording, what was before (class, points; None: not in the barème), what is since
    ("telephone-tenu-en-main", "2012-01-05", ("contravention_2", 2), ("contravention_4", 3)),
    ("23800", "2012-01-05", ("contravention_2", 2), ("contravention_4", 3)),
    ("ecran-champ-de-vision", "2012-01-05", None, ("contravention_5", 3)),
    ("oreillette", "2015-07-01", None, ("contravention_4", 3)),
    ("alcool-0-20-probatoire", "2015-07-01", None, ("contravention_4", 6)),
    ("gants", "2016-11-20", None, ("contravention_3", 1)),
    ("vitres-teintees", "2017-01-01", None, ("contravention_4", 3)),
    ("rodeo", "2018-08-05", None, ("delit", 6)),
    ("pieton-engage", "2018-09-19", ("contravention_4", 4), ("contravention_4", 6)),
    ("28031", "2018-09-19", ("contravention_4", 4), ("contravention_4", 6)),
    ("corridor-securite", "2018-09-19", None, ("contravention_4", 0)),
    ("exces-moins-5-limite-plus-de-50", "2024-01-01", ("contravention_3", 1), ("contravention_3", 0)),
    ("exces-moins-5-limite-50-ou-moins", "2024-01-01", ("contravention_4", 1), ("contravention_4", 0)),
    ("exces-5-20-limite-plus-de-50", "2024-01-01", ("contravention_3", 1), ("contravention_3", 1)),
    ("25386", "2024-01-01", ("contravention_4", 1), ("contravention_4", 1)),
    ("position-acrobatique", "2024-06-12", None, ("contravention_3", 2)),
    ("detecteur-radars", "2024-06-12", ("contravention_5", 6), ("contravention_5", 6)),
    ("26963", "2024-06-12", ("contravention_5", 3), ("contravention_5", 3)),
    ("inter-files", "2025-01-11", None, ("contravention_4", 3)),
    ("alcool-et-stupefiants", "2025-07-11", ("delit", 6), ("delit", 9)),
    ("homicide-routier", "2025-07-11", None, ("delit", 6)),
    ("blessures-routieres-plus-3-mois", "2025-07-11", None, ("delit", 6)),
    ("blessures-routieres-3-mois-au-plus", "2025-07-11", None, ("delit", 6)),
    ("exces-50", "2025-12-29", ("contravention_5", 6), ("delit", 6)),
    ("exces-50-recidive", "2025-12-29", ("delit", 6), ("delit", 6)),
    ("ivresse-manifeste", "2026-08-20", ("delit", 6), ("delit", 6)),
]


@pytest.mark.parametrize(("reference", "premier", "avant", "depuis"), REFORMES)
def test_eve_day_and_morrow_of_each_reform(
    reference: str, premier: str, avant: tuple[str, int] | None, depuis: tuple[str, int]
) -> None:
    jour = date.fromisoformat(premier)
    if avant is None:
        with pytest.raises(BaremeIntrouvableError):
            find(reference, jour - JOUR)
    else:
        ligne = find(reference, jour - JOUR)
        assert (ligne.classe, ligne.points, ligne.until) == (*avant, jour - JOUR)
    for le in (jour, jour + JOUR):
        ligne = find(reference, le)
        assert (ligne.classe, ligne.points, ligne.since) == (*depuis, jour)


def test_a_reform_changes_the_article_and_the_fine() -> None:
    assert find("ivresse-manifeste", date(2026, 8, 19)).article == "C. route, art. L. 234-1 II et IV"
    assert find("ivresse-manifeste", date(2026, 8, 20)).article == "C. route, art. L. 237-1"
    assert find("detecteur-radars", date(2024, 6, 11)).amende_forfaitaire is None
    assert find("detecteur-radars", date(2024, 6, 12)).amende_forfaitaire == 200
    assert find("exces-50", date(2025, 12, 29)).amende_forfaitaire == 300


def test_before_july_2014_the_bareme_is_not_guessed() -> None:
    assert find("feu-rouge", BAREME_ETABLI_LE).points == 4
    with pytest.raises(BaremeIntrouvableError, match=r"avant juillet 2014 .* donnez la classe et les points"):
        find("feu-rouge", BAREME_ETABLI_LE - JOUR)
    with pytest.raises(BaremeIntrouvableError, match="donnez la classe et les points"):
        find("telephone-tenu-en-main", date(2003, 3, 31))


def test_an_explicit_start_before_july_2014_is_used() -> None:
    assert find("ceinture", date(2003, 4, 1)).points == 3
    assert find("exces-moins-5-limite-plus-de-50", date(2004, 12, 8)).points == 1


def test_unknown_reference() -> None:
    with pytest.raises(BaremeIntrouvableError, match="« trottinette » n'est ni un code NATINF ni un identifiant"):
        find("trottinette", date(2026, 1, 1))


def test_known_on_other_days_only() -> None:
    with pytest.raises(BaremeIntrouvableError, match="le 10 janvier 2025, mais depuis le 11 janvier 2025"):
        find("inter-files", date(2025, 1, 10))
    with pytest.raises(BaremeIntrouvableError, match="portait alors « homicide-involontaire »") as erreur:
        find("homicide-routier", date(2025, 7, 10))
    assert "homicide-involontaire" in erreur.value.choix


def test_several_rows_name_the_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    deux = tuple(ligne for ligne in rows() if ligne.bareme in {"ceinture", "stop"})
    doubles = tuple(replace(ligne, natinf="999") for ligne in deux)
    monkeypatch.setattr(bareme, "rows", lambda: doubles)
    with pytest.raises(
        BaremeIntrouvableError, match=r"plusieurs lignes .* choisissez « ceinture » ou « stop »"
    ) as erreur:
        find("999", date(2026, 1, 1))
    assert erreur.value.choix == ("ceinture", "stop")


def test_importing_reads_no_file() -> None:
    code = "import sys, permis.droit.bareme; sys.exit('tomllib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
