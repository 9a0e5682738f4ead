"""What opens a capital of points: a first licence, a new one, an exchange, a foreign licence (C. route, art. L.
223-1 s.).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from permis.droit.capital import (
    Probation,
    capital_maximal,
    capital_obtention,
    delai_probatoire,
    dispense_echange,
    majoration_annuelle,
)
from permis.droit.compte import Cause, Compte
from permis.droit.delais import add_months
from permis.droit.faits import Delivrance, Filiere
from permis.droit.mouvements import Motif
from permis.droit.options import Options
from permis.droit.phrases import Points
from permis.droit.probation import is_clean
from permis.droit.retrait import RetraitEtabli
from permis.droit.validite import capital_etranger, reprise_etranger

ECHANGES = frozenset({Filiere.ECHANGE, Filiere.CONVERSION})


class Ouverture(NamedTuple):
    """The day a capital begins, the deliverance behind it, and whether it is the fresh one after a ban (L. 223-10)."""

    date: date
    delivrance: Delivrance
    renouvele: bool = False


def opens_on(delivrance: Delivrance) -> date:
    """The day a deliverance gives points: its own, or the day this law began."""
    regle = capital_etranger if delivrance.filiere is Filiere.ETRANGER else capital_maximal
    return max(delivrance.date, regle.versions[0].since)


def origin_of(delivrance: Delivrance, toutes: Sequence[Delivrance]) -> date:
    """The day from which seniority runs: that of the licence behind an exchange, told or in the file."""
    if delivrance.filiere not in ECHANGES or delivrance.retour:
        return delivrance.date
    if delivrance.obtention_origine is not None:
        return delivrance.obtention_origine
    etrangeres = [d.date for d in toutes if d.filiere is Filiere.ETRANGER and d.date <= delivrance.date]
    return min(etrangeres, default=delivrance.date)


def is_exempt(delivrance: Delivrance, origine: date) -> bool:
    """Whether an exchanged licence is old enough to have no probation."""
    if delivrance.filiere not in ECHANGES or delivrance.retour:
        return False
    mois = dispense_echange(opens_on(delivrance)).value
    return not delai_probatoire.exists_on(origine) or delivrance.date >= add_months(origine, mois)


def open_capital(
    compte: Compte,
    ouverture: Ouverture,
    origine: date,
    probation: Probation | None,
    retraits: Sequence[RetraitEtabli],
    options: Options,
) -> None:
    """Post the first movement of a licence."""
    delivrance = ouverture.delivrance
    maximum, version = capital_maximal(ouverture.date)
    contexte: dict[str, object] = {"date": ouverture.date, "obtention": delivrance.date}
    motif = Motif.NOUVEAU_PERMIS if delivrance.retour else Motif.CAPITAL_INITIAL
    points = plafond = maximum
    if delivrance.filiere is Filiere.ETRANGER:
        points, version = capital_etranger(ouverture.date, maximum)
        cle, motif = ("capital_renouvele" if ouverture.renouvele else "capital_etranger"), Motif.CAPITAL_INITIAL
    elif probation is not None:
        points, version = capital_obtention(probation.debut, maximum)
        points = plafond = points + gains_before(ouverture.date, probation, maximum, retraits, options)
        contexte["fin"] = probation.fin
        cle = "nouveau_permis" if delivrance.retour else "capital_probatoire"
        if probation.debut != delivrance.date:
            cle = "capital_echange_probatoire"
            contexte["origine"] = probation.debut
    else:
        cle = _cle_sans_probation(delivrance, ouverture.date)
        contexte["origine"] = origine
    compte.open(points, plafond)
    contexte["points"] = Points(points)
    compte.post(ouverture.date, points, Cause(motif, delivrance.id, version, cle, contexte))


def _cle_sans_probation(delivrance: Delivrance, jour: date) -> str:
    if delivrance.retour:
        return "nouveau_permis_entier"
    if delivrance.filiere in ECHANGES:
        return "capital_echange"
    return "capital_1992" if jour > delivrance.date else "capital_entier"


def gains_before(
    jour: date, probation: Probation, maximum: int, retraits: Sequence[RetraitEtabli], options: Options
) -> int:
    """Yearly gains already earned when an exchanged licence opens on `jour` (they run from the first licence)."""
    if not majoration_annuelle.exists_on(probation.debut):
        return 0
    acquis = [
        anniversaire
        for anniversaire in probation.anniversaires()
        if anniversaire <= jour and is_clean(retraits, probation.debut, anniversaire, options)
    ]
    return len(acquis) * majoration_annuelle(probation.debut, maximum, False).value


def take_over(
    compte: Compte,
    delivrance: Delivrance,
    probation: Probation | None,
    retraits: Sequence[RetraitEtabli],
    options: Options,
) -> None:
    """A foreign driver obtains a French licence: the points held are taken over (C. route, art. L. 223-11)."""
    maximum = capital_maximal(delivrance.date).value
    plafond = maximum
    if probation is not None:
        plafond = capital_obtention(probation.debut, maximum).value
        plafond += gains_before(delivrance.date, probation, maximum, retraits, options)
    (solde, plafond), version = reprise_etranger(delivrance.date, compte.solde_algebrique, plafond)
    variation = solde - compte.solde_algebrique
    compte.solde_algebrique, compte.plafond = solde, plafond
    contexte = {"date": delivrance.date, "points": Points(max(0, solde))}
    cause = Cause(Motif.CAPITAL_INITIAL, delivrance.id, version, "reprise_etranger", contexte)
    compte.post(delivrance.date, variation, cause)
