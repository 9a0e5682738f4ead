"""Under a draft law the kernel answers as `droit` does when its rules are given the same wordings."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

import pytest

from permis.national import codes
from permis.national.loi import read_loi
from permis.national.reforme.domaines import REFORMABLES, Domaine
from permis.national.reforme.lecture import parse_projet, read_projet
from permis.national.reforme.lois import EN_VIGUEUR
from permis.national.reforme.projet import Projet
from permis.national.reforme.regles import combinations_of
from permis.national.reforme.table import OUI_NON, ProjetInutilisableError
from tests.national.reformes import differences_of, draft_of, law_changed, name_offences
from tests.national.vies import draw

EXEMPLES: Final = sorted((Path(__file__).parents[2] / "docs" / "national" / "reformes").glob("*.toml"))
GRAINE: Final = 20261122
VIES_PAR_EXEMPLE: Final = 150
VIES_PAR_HASARD: Final = 20
HASARDS: Final = 12
JOURS: Final = (
    "1995-03-01",
    "2004-03-01",
    "2008-02-29",
    "2011-01-01",
    "2013-05-01",
    "2019-07-15",
    "2024-01-01",
    "2026-01-31",
)


def check(projet: Projet, debut: int, combien: int, groupe: int = 10) -> None:
    for rang in range(debut, debut + combien, groupe):
        vies = [name_offences(draw(GRAINE, rang + place), rang + place) for place in range(groupe)]
        difference = next(differences_of(projet, vies), None)
        assert difference is None, f"{projet}\n{difference}"


@pytest.mark.parametrize("exemple", EXEMPLES, ids=lambda chemin: chemin.stem)
def test_chaque_exemple_repond_comme_le_droit_change(exemple: Path) -> None:
    check(read_projet(exemple), 0, VIES_PAR_EXEMPLE)


@pytest.mark.parametrize("rang", range(HASARDS))
def test_une_reforme_au_hasard_repond_comme_le_droit_change(rang: int) -> None:
    check(draw_projet(rang), 1_000 + rang * VIES_PAR_HASARD, VIES_PAR_HASARD)


@pytest.mark.epreuve
def test_des_centaines_de_reformes_au_hasard() -> None:
    for rang in range(HASARDS, HASARDS + 300):
        check(draw_projet(rang), 10_000 + rang * 100, 100)


@pytest.mark.epreuve
@pytest.mark.parametrize("exemple", EXEMPLES, ids=lambda chemin: chemin.stem)
def test_chaque_exemple_sur_des_milliers_de_vies(exemple: Path) -> None:
    check(read_projet(exemple), 100_000, 5_000)


@pytest.mark.parametrize("exemple", EXEMPLES, ids=lambda chemin: chemin.stem)
def test_les_tables_d_un_projet_sont_celles_du_droit_change(exemple: Path) -> None:
    loi = draft_of(read_projet(exemple))
    with law_changed(loi.redactions):
        lues = read_loi()
    for nom in ("debuts", "bases", "valeurs", "listes"):
        assert (getattr(lues, nom) == getattr(loi.loi, nom)).all(), nom


def test_le_droit_revient_quand_le_bloc_finit() -> None:
    avant = [(regle.versions, regle._starts, regle.bodies) for regle in codes.regles().values()]
    loi = draft_of(read_projet(EXEMPLES[0]))
    with pytest.raises(ZeroDivisionError), law_changed(loi.redactions):
        _ = 1 // 0
    assert [(regle.versions, regle._starts, regle.bodies) for regle in codes.regles().values()] == avant
    assert loi.nom != EN_VIGUEUR


# Random drafts


def draw_projet(graine: int) -> Projet:
    """A usable draft of one to four changes; those that the reader refuses are drawn again."""
    hasard = random.Random(f"reforme/{graine}")  # noqa: S311
    while True:
        changes = [
            hasard.choice((write_regle, write_regle, write_bareme))(hasard) for _ in range(hasard.randint(1, 4))
        ]
        try:
            return parse_projet('version = 1\ntitre = "Au hasard"\n' + "\n".join(changes))
        except ProjetInutilisableError:
            continue


def write_regle(hasard: random.Random) -> str:
    nom = hasard.choice(sorted(REFORMABLES))
    domaine, versions = REFORMABLES[nom], [version.nom for version in codes.regles()[nom].versions]
    lignes = ["[[regle]]", f'regle = "{nom}"']
    sorte = hasard.randrange(5)
    if sorte:
        lignes.append(f'redaction = "{hasard.choice(versions)}"')
    if sorte == 4:
        return "\n".join([*lignes, "supprimee = true"])
    if sorte in (0, 3):
        lignes.append(f"depuis = {hasard.choice(JOURS)}")
    if sorte < 3:
        lignes += write_valeurs(domaine, hasard)
    return "\n".join(lignes)


def write_valeurs(domaine: Domaine, hasard: random.Random) -> list[str]:
    if not domaine.arguments or hasard.random() < 0.3:
        return [f"valeur = {write_valeur(domaine, hasard)}"]
    lignes: list[str] = []
    for donnes in combinations_of(domaine):
        quand = ", ".join(
            f'{n} = "{m}"' if isinstance(m, str) else f"{n} = {str(m).lower()}" for n, m in donnes.items()
        )
        lignes += ["[[regle.cas]]", f"quand = {{ {quand} }}", f"valeur = {write_valeur(domaine, hasard)}"]
    return lignes


def write_mot(mot: bool | str) -> str:
    return f'"{mot}"' if isinstance(mot, str) else str(mot).lower()


def write_valeur(domaine: Domaine, hasard: random.Random) -> str:
    if domaine.valeurs is OUI_NON:
        return hasard.choice(("true", "false"))
    essais: list[object] = [
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        8,
        9,
        10,
        12,
        14,
        18,
        24,
        30,
        36,
        60,
        120,
        [3, 9],
        [6, 18],
        *codes.REFERENCES,
    ]
    acceptes = [essai for essai in essais if domaine.valeurs.accepts(essai)]
    choisi = hasard.choice(acceptes)
    return f'"{choisi}"' if isinstance(choisi, str) else str(choisi)


def write_bareme(hasard: random.Random) -> str:
    noms = hasard.sample(codes.bareme()[1:], 30)
    lignes = ["[[bareme]]", f"lignes = {noms}"]
    if hasard.random() < 0.7:
        lignes.append(f"points = {hasard.choice((0, 1, 1, 2, 4, 6, 9))}")
    else:
        lignes.append(f"classe = '{hasard.choice(codes.CLASSES)}'")
    if hasard.random() < 0.5:
        lignes.append(f"depuis = {hasard.choice(JOURS)}")
    return "\n".join(lignes)
