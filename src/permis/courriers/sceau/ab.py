"""Type AB, « relevé d'information permis de conduire »: statements and attestations.

Of `contenu`: `genre` (rii, rir, adc), `numero`, `ecrit_le`, `destinataire`; of
`contenu["donnees"]`: `etat` {`validite`, `categories`, `mesures`}, `valable_jusqu_au` where it has one, `donnees_at`
(ISO, the time of the data; else midnight of `ecrit_le`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from permis.courriers.sceau import identite
from permis.courriers.sceau.champs import ALPHANUMERIQUE_ESPACE, CHAMPS, write_jour, write_texte
from permis.courriers.sceau.scellement import seal

GENRE: Final = "AB"
DEMANDEUR: Final = "000000000"
"""The holder asked for it himself: he has no SIREN."""
ETATS: Final[Mapping[str, str]] = {
    "valide": "01",
    "nul_non_notifie": "01",  # L. 223-1: the right to drive is lost from the letter, not before
    "suspendu": "02",
    "invalide": "03",
    "annule": "04",
    "interdit": "05",
    "sans_permis": "06",
}
"""Two digits that the specification leaves to the issuer."""
AVEC_RESTRICTION: Final = "07"
"""Valid, with limits that the document tells: whoever rubs them out no longer agrees with the seal."""
INCONNU: Final = "00"


def seal_document(contenu: Mapping[str, Any]) -> str:
    """The seal of a statement, dated of the day it is made; AutoriteError."""
    return seal(GENRE, [*_write_donnees(contenu)], date.fromisoformat(contenu["ecrit_le"]))


def _write_donnees(contenu: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    destinataire, donnees = contenu["destinataire"], contenu.get("donnees") or {}
    etat = donnees.get("etat") or {}
    yield "E4", write_texte(str(contenu["genre"]))
    yield "E5", _write_etat(etat)
    yield "E7", DEMANDEUR
    yield "E8", _write_moment(str(donnees.get("donnees_at") or contenu["ecrit_le"]))
    if expire_le := donnees.get("valable_jusqu_au"):
        yield "08", write_jour(date.fromisoformat(expire_le))
    neph = identite.write_neph(destinataire)
    if CHAMPS["86"].accepts(neph):  # older numbers are longer, or shorter
        yield "86", neph
    yield "E6", _write_categories(etat.get("categories") or ())
    yield "80", identite.write_nom(destinataire)
    yield "81", identite.write_prenoms(destinataire)
    yield "01", identite.write_numero(contenu)


def _write_etat(etat: Mapping[str, Any]) -> str:
    code = ETATS.get(str(etat.get("validite")), INCONNU)
    limite = any(mesure["nature"] == "restriction" for mesure in etat.get("mesures") or ())
    return AVEC_RESTRICTION if limite and code == ETATS["valide"] else code


def _write_categories(categories: Iterable[Any]) -> str:
    codes = [c if isinstance(c, str) else c["categorie"] for c in categories]
    return write_texte(" ".join(codes), ALPHANUMERIQUE_ESPACE)


def _write_moment(texte: str) -> str:
    return f"{datetime.fromisoformat(texte):%d%m%Y%H%M}"
