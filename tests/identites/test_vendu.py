"""The files of others are those that their authors released."""

import re
from hashlib import sha256

from tests.architecture.arbre import PAQUET

VENDU = PAQUET / "identites" / "static" / "identites" / "vendu"


def test_les_fichiers_vendus_sont_ceux_de_leurs_auteurs() -> None:
    notes = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (VENDU / "README.md").read_text(), re.MULTILINE))
    presents = {
        str(fichier.relative_to(VENDU)): sha256(fichier.read_bytes()).hexdigest()
        for fichier in VENDU.rglob("*")
        if fichier.is_file() and fichier.name != "README.md"
    }
    assert presents == notes
