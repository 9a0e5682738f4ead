"""Random lives in columns, and what is asked of each: days that they meet, known before, then, or after."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Final, NamedTuple

from permis.droit.delais import add_months
from permis.droit.faits import Fait
from permis.national.colonnes import encode_dossier
from permis.national.demande import Demande
from permis.national.lignes import Ligne
from tests.droit.strategies import read_options, read_vie
from tests.droit.tirage import DELAIS, DERNIER, JOUR, PREMIER, Bande, Question

BANDE_VIE: Final = 320
BANDE_CHOIX: Final = 64


class Vie(NamedTuple):
    """The rows of one licence, and what is asked about it."""

    lignes: Sequence[Ligne]
    demandes: Sequence[Demande]


def draw(graine: int, rang: int) -> Vie:
    """The life of that rank, always the same for one seed: its own question, and every other time another one."""
    octets = _tape(graine, rang)
    question, bande = read_vie(octets[:BANDE_VIE]), Bande(octets[BANDE_VIE:])
    options, jours = read_options(bande), sorted(days_of(question.faits)) or [question.le]
    le, su = near(bande, jours), near(bande, jours)
    autres = (
        Demande(le, le, options),
        Demande(le, su, options),
        Demande(question.le, su, read_options(bande)),
    )
    demandes = [Demande(question.le, question.connu_le, options), autres[rang % len(autres)]]
    return Vie(encode_dossier(question.faits), demandes[: 1 + rang % 2])


def draw_question(graine: int, rang: int) -> Question:
    """The same life as facts, before it is in columns."""
    return read_vie(_tape(graine, rang)[:BANDE_VIE])


def _tape(graine: int, rang: int) -> bytes:
    return random.Random(f"{graine}/{rang}").randbytes(BANDE_VIE + BANDE_CHOIX)  # noqa: S311


def draw_many(graine: int, debut: int, fin: int) -> Iterator[Vie]:
    """The lives of these ranks."""
    return (draw(graine, rang) for rang in range(debut, fin))


def near(bande: Bande, jours: Sequence[date]) -> date:
    """A day of the life or a legal delay after it, its eve or its morrow."""
    jour = add_months(bande.choix(jours), bande.choix(DELAIS) if bande.rarement(2) else 0)
    return min(max(jour + bande.choix((0, -1, 1)) * JOUR, PREMIER), DERNIER)


def days_of(faits: Iterable[Fait]) -> set[date]:
    """Every day that the facts tell."""
    valeurs = (getattr(fait, champ.name) for fait in faits for champ in fields(fait))
    return {valeur for valeur in valeurs if isinstance(valeur, date)}
