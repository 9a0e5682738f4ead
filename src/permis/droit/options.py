"""The open legal questions, each a named choice with its default (docs/law/questions/)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EffetRetrait(StrEnum):
    """From which day a withdrawal takes the points: the minister's decision, or the day the offence is established."""

    DECISION = "decision"
    REALITE = "realite"


class CreditIndu(StrEnum):
    """What becomes of a credit when an offence inside its window is learned later: taken back, or kept."""

    REPRISE = "reprise"
    QUATRE_MOIS = "quatre_mois"
    MAINTIEN = "maintien"


class Borne(StrEnum):
    """Whether an offence committed on the last day of a delay still blocks it."""

    ECHEANCE_INCLUSE = "echeance_incluse"
    ECHEANCE_EXCLUE = "echeance_exclue"


class RedemarrageRealitePosterieure(StrEnum):
    """Whether an offence committed before a clock started, but established while it runs, restarts that clock."""

    OUI = "oui"
    NON = "non"


@dataclass(frozen=True, slots=True)
class Options:
    """One choice for each open question; the first value of each is its default."""

    effet_retrait: EffetRetrait = EffetRetrait.DECISION
    credit_indu: CreditIndu = CreditIndu.REPRISE
    borne: Borne = Borne.ECHEANCE_INCLUSE
    redemarrage_realite_posterieure: RedemarrageRealitePosterieure = RedemarrageRealitePosterieure.OUI
