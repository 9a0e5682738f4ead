"""The order of what falls on one day, declared once (law of the house n° 8; law/points.md 3.12, choice [P])."""

from __future__ import annotations

from enum import IntEnum


class Rang(IntEnum):
    """Rank of a movement among those of its day.

    Credits that are due come before withdrawals, so that a late decision is taken from what the driver had earned; a
    course comes after the withdrawals, which it is there to make good (CE, 29 sept. 2023, n° 461479); the letter that
    ends the licence comes after the course, which takes effect at 00:00; the judge comes last.
    """

    OUVERTURE = 0
    MAJORATION = 1
    FIN_PROBATOIRE = 2
    RECONSTITUTION_INTEGRALE = 3
    REATTRIBUTION_SIX_MOIS = 4
    REATTRIBUTION_DIX_ANS = 5
    RETRAIT = 6
    STAGE = 7
    INVALIDATION = 8
    ANNULATION_PERMIS = 9
