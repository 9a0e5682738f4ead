"""Names that say nothing, and places that the tree must not name."""

import re

from tests.architecture.arbre import PAQUET, RACINE, fichiers, ou

VIDES = frozenset({"utils", "core", "common", "helpers", "misc", "base"})
REGLAGES_COMMUNS = PAQUET / "config" / "settings" / "base.py"

# Written in two pieces, so that this file does not name them either.
REGISTRES = tuple(
    debut + fin
    for debut, fin in (
        ("pypi.", "org"),
        ("pythonhosted", ".org"),
        ("npmjs", ".org"),
        ("npmjs", ".com"),
        ("deb.debian", ".org"),
        ("snapshot.debian", ".org"),
        ("proxy.golang", ".org"),
        ("crates", ".io"),
    )
)
CHEMINS_DE_MACHINE = re.compile(r"(?<![\w.~}/-])/(?:wo" + r"rk|ro" + r"ot|op" + r"t|ho" + r"me)/\w")


def test_aucune_piece_n_a_un_nom_vide() -> None:
    vides = [
        ou(chemin)
        for chemin in fichiers()
        if PAQUET in chemin.parents and chemin.suffix == ".py" and chemin != REGLAGES_COMMUNS
        if VIDES & {*chemin.relative_to(PAQUET).parts[:-1], chemin.stem}
    ]
    assert not vides, f"{sorted(VIDES)} say nothing: what does it understand?\n" + "\n".join(vides)


def test_l_arbre_ne_nomme_ni_registre_de_paquets_ni_machine() -> None:
    trouves: list[str] = []
    for chemin in fichiers():
        try:
            texte = chemin.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font
        if any(hote in texte for hote in REGISTRES) or CHEMINS_DE_MACHINE.search(texte):
            trouves.append(ou(chemin))
    assert not trouves, "these name a package registry or a path of one machine:\n" + "\n".join(trouves)


def test_les_verrous_ne_disent_pas_ou_telecharger_et_portent_des_empreintes() -> None:
    for verrou in (RACINE / "requirements").glob("*.txt"):
        texte = verrou.read_text(encoding="utf-8")
        assert not re.search(r"^\s*--(?!hash)|://", texte, re.MULTILINE), f"{ou(verrou)} names an address"
        blocs = re.split(r"^(?=[a-z])", texte, flags=re.MULTILINE | re.IGNORECASE)[1:]
        sans = [bloc.splitlines()[0] for bloc in blocs if "--hash=sha256:" not in bloc]
        assert not sans, f"{ou(verrou)}: no hash for {sans}"
