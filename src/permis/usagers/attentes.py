"""What may still cost points: offences that the register knows and whose points are not withdrawn yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from permis.affichage.cartes import name_fact
from permis.affichage.libelles import Texte
from permis.droit.faits import Fait, Infraction
from permis.droit.phrases import Phrase
from permis.droit.releve import Releve

EN_ATTENTE: Final = frozenset({"non_etablie", "non_decide"})
"""Why an offence that is known takes no point yet."""


class Attente(NamedTuple):
    """An offence that waits: what it is, what it would cost, and why it costs nothing yet."""

    nom: Texte
    points: int
    explication: Phrase


def list_attentes(releve: Releve, faits: Sequence[Fait]) -> list[Attente]:
    """The offences that wait on that day, in the order of the law; one that costs no point is not waited for."""
    infractions = {fait.id: fait for fait in faits if isinstance(fait, Infraction) and fait.points}
    return [
        Attente(name_fact(infractions[element.fait]), infractions[element.fait].points, element.explication)
        for element in releve.sans_effet
        if element.cle in EN_ATTENTE and element.fait in infractions
    ]
