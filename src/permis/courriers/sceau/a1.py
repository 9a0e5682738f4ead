"""Type A1, « courrier permis à points »: what a letter says that its reader checks first.

Of `contenu`: `reference`, `nature`, `numero`, `ecrit_le`, `destinataire` {`nom`, `prenoms`, `naissance`, `neph`}; of
`contenu["donnees"]`, where the letter has them: `solde`, `points` (withdrawn, unless `variation` is positive),
`infraction` {`date`, `heure`}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from permis.courriers.sceau import identite
from permis.courriers.sceau.champs import ALPHANUMERIQUE, write_base36, write_jour, write_texte
from permis.courriers.sceau.scellement import seal

GENRE: Final = "A1"
REPRISE: Final = "REP"
"""After the reference of a letter that takes another one back: 48SIREP."""


def seal_courrier(contenu: Mapping[str, Any]) -> str:
    """The seal of a letter, dated of the day it is written; AutoriteError."""
    return seal(GENRE, [*_write_donnees(contenu)], date.fromisoformat(contenu["ecrit_le"]))


def _write_donnees(contenu: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Fixed data first; the number last, for the readers that take all that follows it for its own."""
    destinataire, donnees = contenu["destinataire"], contenu.get("donnees") or {}
    if naissance := identite.write_naissance(destinataire):
        yield "69", naissance
    if infraction := donnees.get("infraction"):
        retires = donnees.get("points") if donnees.get("variation", -1) < 0 else None
        yield from _write_infraction(infraction, retires)
    if (solde := donnees.get("solde")) is not None:
        yield "AG", write_base36(solde)
    yield "AB", _write_type(contenu)
    yield "AC", identite.write_neph(destinataire) or identite.write_numero(contenu)
    yield "60", identite.write_prenoms(destinataire)
    yield "6G", identite.write_nom(destinataire)
    yield "6H", identite.CIVILITE
    yield "01", identite.write_numero(contenu)


def _write_infraction(infraction: Mapping[str, Any], points: int | None) -> Iterator[tuple[str, str]]:
    jour = infraction.get("date")
    if jour and date.fromisoformat(jour) >= date(2000, 1, 1):  # a 2D-Doc counts its days from there
        yield "AD", write_jour(date.fromisoformat(jour))
    if heure := infraction.get("heure"):
        yield "AE", heure[:2] + heure[3:5]
    if points:
        yield "AF", write_base36(points)


def _write_type(contenu: Mapping[str, Any]) -> str:
    reference = write_texte(str(contenu["reference"]), ALPHANUMERIQUE)
    return reference + (REPRISE if contenu.get("nature") == "reprise" else "")
