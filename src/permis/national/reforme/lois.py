"""The two laws of a comparison: their tables, what they make of the barème, and how many points they may give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from permis.droit.rule import Version
from permis.national.loi import Loi, Redaction, catalogue, read_loi, wordings
from permis.national.noyau.entrees import Lot
from permis.national.reforme.bareme import apply_bareme
from permis.national.reforme.projet import Projet, ReformeBareme
from permis.national.reforme.redactions import write_redactions

EN_VIGUEUR = "loi en vigueur"
MAJORATIONS = 2
"""Yearly gains of a probation at most (`droit.capital.Probation.anniversaires`)."""


class LoiComparee(NamedTuple):
    """One law: its name, its tables, its changes to the barème, its wordings by rule and by number in a ledger."""

    nom: str
    loi: Loi
    bareme: Sequence[ReformeBareme]
    redactions: Mapping[str, Sequence[Redaction]]
    textes: Sequence[Version]

    def read(self, lot: Lot) -> Lot:
        """The facts as this law's barème reads them."""
        return apply_bareme(lot, self.bareme)


class DeuxLois(NamedTuple):
    """The law before and the law after, as tables are read."""

    avant: LoiComparee
    apres: LoiComparee


def read_lois(projet: Projet) -> DeuxLois:
    """Today's law and the draft, in the order that the draft asks for."""
    actuelle = LoiComparee(EN_VIGUEUR, read_loi(), (), wordings(), catalogue())
    redactions = write_redactions(projet).suites
    reformee = LoiComparee(projet.titre, read_loi(redactions), projet.bareme, redactions, catalogue(redactions))
    return DeuxLois(reformee, actuelle) if projet.est_avant else DeuxLois(actuelle, reformee)


def capital_on(loi: LoiComparee, jour: date) -> int:
    """What a licence out of probation may hold on a day (C. route, art. R. 223-1 I)."""
    textes = [redaction for redaction in loi.redactions["capital_maximal"] if redaction.since <= jour]
    capital: int = textes[-1].repond()
    return capital


def most_points(lois: DeuxLois) -> int:
    """What no balance exceeds under either law: the capital, or that of a probation with its yearly gains."""
    return max(max(_capitals(loi)) for loi in lois)


def _capitals(loi: LoiComparee) -> list[int]:
    maximaux = [redaction.repond() for redaction in loi.redactions["capital_maximal"]]
    plus_grand = max(maximaux)
    majorations = [r.repond(plus_grand, aac) for r in loi.redactions["majoration_annuelle"] for aac in (False, True)]
    gains = MAJORATIONS * max(majorations, default=0)
    probatoires = [redaction.repond(plus_grand) + gains for redaction in loi.redactions["capital_obtention"]]
    return [*maximaux, *probatoires, *(r.repond(plus_grand) for r in loi.redactions["capital_etranger"])]
