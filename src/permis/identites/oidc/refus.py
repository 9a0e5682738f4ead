"""Why a sign-in did not end: each cause has a page that says what to do. Nothing here quotes what was received."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Refus(StrEnum):
    """What the person is told."""

    ABANDON = "abandon"
    INDISPONIBLE = "indisponible"
    NOTRE_FAUTE = "notre_faute"
    RETOUR_INCONNU = "retour_inconnu"
    RETOUR_DEJA_SERVI = "retour_deja_servi"
    REPONSE_REFUSEE = "reponse_refusee"
    NIVEAU = "niveau"
    IDENTITE_INCOMPLETE = "identite_incomplete"
    AGENT_INCONNU = "agent_inconnu"
    AGENT_A_RELIER = "agent_a_relier"


STATUTS: Final = {Refus.INDISPONIBLE: 503, Refus.NOTRE_FAUTE: 502, Refus.REPONSE_REFUSEE: 502}
STATUT: Final = 403

# The errors of a callback (RFC 6749, OpenID Connect, FranceConnect). What is not here is a fault of ours, too.
ERREURS: Final = {
    "access_denied": Refus.ABANDON,
    "login_required": Refus.ABANDON,
    "interaction_required": Refus.ABANDON,
    "consent_required": Refus.ABANDON,
    "server_error": Refus.INDISPONIBLE,
    "temporarily_unavailable": Refus.INDISPONIBLE,
}


class ConnexionRefuseeError(Exception):
    """A sign-in stops here. `detail` is ours: it names a check or a claim, never what came in it."""

    def __init__(self, refus: Refus, detail: str) -> None:
        super().__init__(f"{refus}: {detail}")
        self.refus = refus
        self.detail = detail
