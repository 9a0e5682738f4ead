"""`permis verifier`: whether a letter or a statement is genuine, without the site: its PDF, its seal (picture, text).

Exit status: 0 genuine, 1 not, 2 unusable request.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from permis.commande.sortie import INUTILISABLE

if TYPE_CHECKING:
    from permis.courriers.autorite import AutoriteDeCertification
    from permis.courriers.controle_pdf import ControlePdf
    from permis.courriers.lecture_sceau import ControleSceau

FAUX: Final = 1
LU_AU_PLUS: Final = 10 * 1024 * 1024 + 1
IMAGES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
PHRASES: Final = {
    "authentique": "authentique",
    "altere": "modifié, ou ajouté après coup : il n'est plus ce qui a été signé",
    "perime": "signé un jour où le certificat ne valait pas",
    "retire": "signé par un certificat que l'autorité a retiré",
    "etranger": "signé par quelqu'un d'autre, ou par un certificat absent de l'autorité donnée",
    "sans_signature": "sans signature",
    "illisible": "ni un PDF signé, ni un sceau 2D-Doc que nous écrivons",
}


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    analyseur.epilog = (
        "Sans réseau : l'autorité est celle du site (PERMIS_AUTORITE), ou le fichier donné, que le site publie à "
        "/.well-known/permis-autorite.pem. Ne dit pas si un document a été repris ou révoqué depuis : le site le dit. "
        "Statut : 0 authentique, 1 non, 2 demande inutilisable."
    )
    analyseur.add_argument(
        "fichier", metavar="FICHIER", help="le PDF, l'image du 2D-Doc ou son texte (- : entrée standard)"
    )
    analyseur.add_argument("--autorite", metavar="PEM", help="les certificats publiés, au lieu de ceux du site")


def run(lus: Namespace) -> int:
    """Check the file; the exit status."""
    from permis.courriers.autorite import AutoriteError  # noqa: PLC0415  loaded only when this subcommand runs

    try:
        octets, autorite = _read_octets(lus.fichier), _open_autorite(lus.autorite)
    except OSError as erreur:
        return _refuse(f"{erreur.filename or lus.fichier} : {erreur.strerror}")
    except AutoriteError as erreur:
        return _refuse(f"autorité : {erreur}")
    phrase, authentique = _check(octets, autorite, datetime.now(UTC))
    print(f"{phrase[0].upper()}{phrase[1:]}.")
    return 0 if authentique else FAUX


def _refuse(message: str) -> int:
    print(f"permis verifier: {message}", file=sys.stderr)
    return INUTILISABLE


def _read_octets(fichier: str) -> bytes:
    if fichier == "-":
        return sys.stdin.buffer.read(LU_AU_PLUS)
    with Path(fichier).open("rb") as entree:
        return entree.read(LU_AU_PLUS)


def _open_autorite(pem: str | None) -> AutoriteDeCertification:
    """The published certificates that are given, else those of the site; none is made here. AutoriteError, OSError."""
    from permis.commande.registre import REGLAGES  # noqa: PLC0415
    from permis.courriers.autorite import REMEDE, AutoriteError, autorite_path, read_autorite, read_pem  # noqa: PLC0415

    if pem is not None:
        return read_pem(Path(pem).read_bytes())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", REGLAGES)
    if not autorite_path().exists():
        raise AutoriteError(f"{autorite_path()} does not exist; give --autorite, or {REMEDE}")
    return read_autorite()


def _check(octets: bytes, autorite: AutoriteDeCertification, at: datetime) -> tuple[str, bool]:
    """One sentence, and whether it is genuine."""
    from permis.courriers.signature import check_pdf  # noqa: PLC0415

    if octets.startswith(b"%PDF-"):
        controle = check_pdf(octets, at=at, autorite=autorite)
        return _say_pdf(controle), controle.is_authentique
    return _check_sceaux(octets, autorite, at)


def _check_sceaux(octets: bytes, autorite: AutoriteDeCertification, at: datetime) -> tuple[str, bool]:
    """The seals of a picture, or the one that a text is: a picture is genuine if each of its seals is."""
    from permis.courriers.lecture_sceau import ImageIllisibleError, check_2ddoc, read_image  # noqa: PLC0415

    if not octets.startswith(IMAGES):
        textes = [octets.decode("utf-8", "replace")]
    else:
        try:
            textes = [texte for texte in read_image(octets) if texte.startswith("DC")]
        except ImageIllisibleError:
            return "image illisible, ou trop grande (JPEG, PNG, WebP)", False
        if not textes:
            return "aucun 2D-Doc dans cette image : prenez-le de plus près, bien à plat", False
    controles = [check_2ddoc(texte, at=at, autorite=autorite) for texte in textes]
    return " ; ".join(map(_say_sceau, controles)), all(controle.is_authentique for controle in controles)


def _say_pdf(controle: ControlePdf) -> str:
    parts = [PHRASES[controle.issue]]
    if controle.signe_at is not None:
        parts.append(f"signé le {controle.signe_at:%d/%m/%Y à %H:%M} UTC")
    if controle.donnees and "numero" in controle.donnees:
        parts.append(f"numéro {_printable(str(controle.donnees['numero']))}")
    return ", ".join(parts + _say_specimen(specimen=controle.specimen))


def _say_sceau(controle: ControleSceau) -> str:
    parts = [PHRASES[controle.issue]]
    if controle.sceau is not None and controle.certificat:
        donnees = controle.sceau.donnees
        parts += [f"{nom} {donnees[cle]}" for nom, cle in (("lettre", "AB"), ("relevé", "E4")) if cle in donnees]
        parts += [f"solde {int(donnees['AG'], 36)}"] if "AG" in donnees else []
        parts += [f"numéro {controle.numero}"] if controle.numero else []
    return ", ".join(parts + _say_specimen(specimen=controle.specimen))


def _say_specimen(*, specimen: bool) -> list[str]:
    return ["SPÉCIMEN sans valeur"] if specimen else []


def _printable(texte: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in texte)
