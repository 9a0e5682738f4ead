"""The glossary holds every public word of the law, and no identifier is a word that it rejects.

Public words: the classes, rules and enumeration values of `permis.droit` and `permis.registre`, their functions that
another room imports, the functions of the register's public modules, the classes of `permis.identites` that are kept
or that the table of rights names, and the keys of the JSON contract.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tests.architecture.arbre import DROIT, PAQUET, RACINE, arbre, ou, sources

REGISTRE: Final = PAQUET / "registre"
MODULES_PUBLICS: Final = frozenset(
    {"chiffrement", "conservation", "contacts", "ecriture", "lecture", "projection", "recherche", "rotation"}
    | {"verification"}
)
GLOSSAIRE: Final = RACINE / "docs" / "glossaire.md"

CLES_DU_CONTRAT: Final = """
    version titulaire neph nom prenoms naissance faits type id connu_le
    delivrance date categorie filiere pays obtention_origine retour formation_complementaire
    infraction commise_le natinf bareme classe points libelle article ensemble hors_code vehicule_sans_permis
    realite mode retrait decide_le stage debut fin cas
    notification reference presentee_le retiree_le mise_a_disposition_le consultee_le
    mesure nature remise_titre annulation vise autorite motif
    le options ref erreurs
    solde solde_algebrique plafond validite probatoire en_cours
    mouvements variation fait depuis explication a_venir condition
    corrections sans_effet obligations mesures courriers possible_a_partir_du gain
    effet_retrait credit_indu borne redemarrage_realite_posterieure
    releve simuler paiement
""".split()  # noqa: SIM905 - a list to read


class Ligne(NamedTuple):
    """One row: the words it settles, and those it rejects."""

    identifiants: list[str]
    rejetes: list[str]


@cache
def lignes() -> tuple[Ligne, ...]:
    """The rows of every table of the glossary; a row has five cells."""
    trouvees = []
    for ligne in GLOSSAIRE.read_text(encoding="utf-8").splitlines():
        cases = [case.strip() for case in ligne.strip().strip("|").split("|")]
        if ligne.startswith("|") and not cases[0].startswith(("Terme", "---")):
            assert len(cases) == 5, f"five cells are expected: {ligne}"
            trouvees.append(Ligne(*(re.findall(r"`([^`]+)`", case) for case in cases[3:])))
    return tuple(trouvees)


def valeurs_d_enum(classe: ast.ClassDef) -> Iterator[str]:
    """The words of a StrEnum: they are values of the contract."""
    if any(ast.unparse(base) == "StrEnum" for base in classe.bases):
        for noeud in classe.body:
            match noeud:
                case ast.Assign(value=ast.Constant(value=str() as valeur)):
                    yield valeur


def mots_d_un_module(chemin: Path) -> Iterator[tuple[str, str]]:
    for noeud in arbre(chemin).body:
        match noeud:
            case ast.ClassDef(name=nom) if not nom.startswith("_"):
                yield nom, ou(chemin, noeud)
                yield from ((valeur, ou(chemin, noeud)) for valeur in valeurs_d_enum(noeud))
            case ast.Assign(targets=[ast.Name(id=nom)], value=ast.Call(func=ast.Subscript(value=ast.Name(id="Rule")))):
                yield nom, ou(chemin, noeud)


def fonctions_importees_d_ailleurs(piece: Path) -> Iterator[tuple[str, str]]:
    """Functions of a room that another one imports: verbs are English, and settled too."""
    fonctions = {n.name for f in sources(piece) for n in arbre(f).body if isinstance(n, ast.FunctionDef)}
    for chemin in sources(PAQUET):
        if piece in chemin.parents:
            continue
        for noeud in ast.walk(arbre(chemin)):
            if isinstance(noeud, ast.ImportFrom) and (noeud.module or "").startswith(f"permis.{piece.name}"):
                yield from ((a.name, ou(chemin, noeud)) for a in noeud.names if a.name in fonctions)


def fonctions_publiques_du_registre() -> Iterator[tuple[str, str]]:
    """What the register's public modules decide or do."""
    for chemin in sources(REGISTRE):
        if chemin.stem in MODULES_PUBLICS:
            fonctions = [n for n in arbre(chemin).body if isinstance(n, ast.FunctionDef)]
            yield from ((n.name, ou(chemin, n)) for n in fonctions if not n.name.startswith("_"))


def test_chaque_mot_public_du_droit_et_du_registre_est_au_glossaire() -> None:
    connus = {mot for ligne in lignes() for mot in ligne.identifiants}
    manquants: dict[str, str] = {}
    for piece in (DROIT, REGISTRE):
        for chemin in sources(piece):
            if chemin.stem != "apps" and chemin.parent.name != "migrations":
                manquants |= {mot: lieu for mot, lieu in mots_d_un_module(chemin) if mot not in connus}
        manquants |= {mot: lieu for mot, lieu in fonctions_importees_d_ailleurs(piece) if mot not in connus}
    manquants |= {mot: lieu for mot, lieu in fonctions_publiques_du_registre() if mot not in connus}
    manquants |= {cle: "key of the JSON contract" for cle in CLES_DU_CONTRAT if cle not in connus}
    liste = "\n".join(f"  {mot:32} {lieu}" for mot, lieu in sorted(manquants.items()))
    assert not manquants, f"give each a row (or a place in one) in docs/glossaire.md:\n{liste}"


def en_mots(identifiant: str) -> str:
    """`RemiseTitre` and `remise_titre` are one word: `_remise_titre_`."""
    return f"_{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', identifiant).lower().strip('_')}_"


def identifiants(chemin: Path) -> Iterator[tuple[str, ast.AST]]:
    """What the authors of a file name: definitions, arguments, assigned names and attributes."""
    for noeud in ast.walk(arbre(chemin)):
        match noeud:
            case ast.FunctionDef(name=nom) | ast.ClassDef(name=nom) | ast.arg(arg=nom):
                yield nom, noeud
            case ast.Name(id=nom, ctx=ast.Store()) | ast.Attribute(attr=nom, ctx=ast.Store()):
                yield nom, noeud


def test_aucun_identifiant_n_est_un_mot_rejete() -> None:
    rejetes = {en_mots(mot): ligne.identifiants[0] for ligne in lignes() for mot in ligne.rejetes}
    fautes: dict[str, list[str]] = defaultdict(list)
    for chemin in sources(PAQUET):
        for nom, noeud in identifiants(chemin):
            for rejete, a_ecrire in rejetes.items():
                if rejete in en_mots(nom):
                    fautes[f"{nom}: the word is {a_ecrire}"].append(ou(chemin, noeud))
    liste = "\n".join(f"  {faute}  ({', '.join(lieux)})" for faute, lieux in sorted(fautes.items()))
    assert not fautes, f"docs/glossaire.md rejects these words:\n{liste}"


def test_chaque_classe_de_ceux_qui_demandent_est_au_glossaire() -> None:
    connus = {mot for ligne in lignes() for mot in ligne.identifiants}
    manquants = {
        noeud.name: ou(chemin, noeud)
        for nom in ("models", "roles", "acteur", "permissions")
        for chemin in [PAQUET / "identites" / f"{nom}.py"]
        for noeud in arbre(chemin).body
        if isinstance(noeud, ast.ClassDef) and noeud.name not in connus
    }
    assert not manquants, f"give each a row in docs/glossaire.md: {manquants}"
