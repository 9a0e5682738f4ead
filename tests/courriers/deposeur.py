"""A process that makes drops until it ends or is killed: `python -m tests.courriers.deposeur DOSSIER`.

Pages are small ones: what is tried here is who puts what down, not how a page looks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import django

from tests.registre.ecrivain import PRET, say

PAR_REMISE: Final = 3
CONTENU: Final = {"destinataire": {"nom": "Essai", "prenoms": "Angèle"}}


def petit_pdf(texte: str) -> bytes:
    """A PDF of one empty page, with a comment of its own."""
    objets = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    corps, places = f"%PDF-1.7\n% {texte}\n".encode(), []
    for rang, objet in enumerate(objets, 1):
        places.append(len(corps))
        corps += b"%d 0 obj\n%s\nendobj\n" % (rang, objet)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    fin = b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(corps)
    return corps + b"xref\n0 4\n0000000000 65535 f \n" + table + fin


SIMPLES: Final[dict[str, Callable[..., Any]]] = {
    "pdf_of": lambda courrier, **_: petit_pdf(str(courrier.pk)),
    "read_courrier": lambda _: CONTENU,
}


def simplify() -> None:
    """Have the print house take small pages."""
    imprimerie = import_module("permis.courriers.voies.imprimerie")  # Django is started by whoever calls
    for nom, simple in SIMPLES.items():
        setattr(imprimerie, nom, simple)


if __name__ == "__main__":
    django.setup()
    from permis.courriers.voies.imprimerie import drop
    from tests.courriers.plis import plus

    simplify()
    say(PRET)
    depot = drop(Path(sys.argv[1]), at=plus(1), nombre=PAR_REMISE)
    say(sum(remise.nombre for remise in depot.faites))
