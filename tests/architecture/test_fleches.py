"""What a room may import, beyond what import-linter says of layers."""

import sys

from tests.architecture.arbre import DROIT, PAQUET, importes, ou, sources


def test_le_droit_n_importe_que_la_bibliotheque_standard() -> None:
    permis = sys.stdlib_module_names | {"permis"}
    intrus = [
        f"{ou(chemin, noeud)} imports {module}"
        for chemin in sources(DROIT)
        for module, noeud in importes(chemin)
        if module.partition(".")[0] not in permis or (module.startswith("permis") and "permis.droit" not in module)
    ]
    assert not intrus, "the law imports nothing but the standard library and itself:\n" + "\n".join(intrus)


def test_l_affichage_n_importe_que_le_droit_et_la_typographie() -> None:
    intrus = [
        f"{ou(chemin, noeud)} imports {module}"
        for chemin in sources(PAQUET / "affichage")
        for module, noeud in importes(chemin)
        if module.startswith("permis.")
        and not module.startswith(("permis.droit", "permis.typographie", "permis.affichage"))
    ]
    assert not intrus, "affichage draws what the law answers and knows no other room:\n" + "\n".join(intrus)


def test_personne_n_importe_les_reglages() -> None:
    intrus = [
        f"{ou(chemin, noeud)} imports {module}"
        for chemin in sources(PAQUET)
        if PAQUET / "config" not in chemin.parents
        for module, noeud in importes(chemin)
        if module.startswith("permis.config")
    ]
    assert not intrus, "config assembles the rooms; none imports it (django.conf.settings is the way):\n" + "\n".join(
        intrus
    )
