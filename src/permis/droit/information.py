"""Letters: when one is known to the driver, and which one a movement calls for (C. route, art. R. 223-3 to R. 223-8).

Only the articles are law; the numbers (48, 48M, 48N, 48SI, 46, 46B, 46D, 47) are the ministry's forms.
"""

from __future__ import annotations

from datetime import date, timedelta

from permis.droit.faits import ModeNotification, Notification, Retour
from permis.droit.rule import Certitude, Rule

INVALIDATIONS = frozenset({"48SI", "48S"})
"""Letters that tell the driver that the licence is no longer valid; 48S is the form used before 48SI."""

SIMPLE, RECOMMANDE = ModeNotification.SIMPLE.value, ModeNotification.RECOMMANDE.value

delai_consultation = Rule[[], int](
    "Délai au terme duquel un courrier électronique est réputé connu", "mise à disposition du courrier"
)


@delai_consultation.version(
    since="2016-10-31", cite="C. route, art. R. 223-3-1 III", certitude=Certitude.LECTURE_OFFICIELLE
)
def quinze_jours() -> int:
    """Fifteen days from the day the document was made available, unless it was read before."""
    return 15


courrier_retrait = Rule[[bool, bool, bool], str](
    "Courrier qui notifie un retrait de points", "effet du retrait, ou infraction pour la lettre 48N"
)


@courrier_retrait.version(since="1992-07-01", cite="C. route, art. R. 223-3 III", certitude=Certitude.MEMOIRE)
def lettre_ancienne(nul: bool, stage_du: bool, alerte: bool) -> str:
    """A simple letter, and the invalidation letter 48S at nil; the order to hand in the licence came apart (49)."""
    return "48S" if nul else "48"


@courrier_retrait.version(since="2004-03-01", cite="C. route, art. R. 223-3 III et R. 223-4 I")
def lettre_avec_48n(nul: bool, stage_du: bool, alerte: bool) -> str:
    """A registered 48N where the offence was committed in probation and cost three points or more."""
    return "48S" if nul else "48N" if stage_du else "48"


@courrier_retrait.version(
    since="2007-07-01", cite="C. route, art. R. 223-3 III et R. 223-4 I", certitude=Certitude.COMMENTAIRE
)
def lettre_avec_48m(nul: bool, stage_du: bool, alerte: bool) -> str:
    """Since July 2007 the ministry also warns by 48M, out of probation, when six points or fewer are left."""
    return "48S" if nul else "48N" if stage_du else "48M" if alerte else "48"


@courrier_retrait.version(since="2011-09-08", cite="C. route, art. R. 223-3 III et R. 223-4 I")
def lettre_avec_48si(nul: bool, stage_du: bool, alerte: bool) -> str:
    """At nil, one registered letter (48SI) recalls every withdrawal, invalidates, and orders to hand in the
    licence.
    """
    return "48SI" if nul else "48N" if stage_du else "48M" if alerte else "48"


def article_of_retrait(reference: str) -> str:
    """The text behind a form that tells a withdrawal (L. 223-3, al. 3): the novice's registered letter has its own."""
    return "C. route, art. R. 223-4 I" if reference == "48N" else "C. route, art. R. 223-3 III"


seuil_alerte = Rule[[int], int]("Solde à partir duquel la lettre 48M alerte", "effet du retrait")


@seuil_alerte.version(
    since="2007-07-01",
    cite="C. route, art. R. 223-3 III",
    read_with="lettre 48M, formulaire du ministère que le code ne nomme pas",
    certitude=Certitude.COMMENTAIRE,
)
def moitie_du_maximum(maximum: int) -> int:
    """Six points or fewer."""
    return maximum // 2


def mode_courrier(reference: str) -> str:
    """Registered where the form is mandatory or practised (48M, 48N, 48S, 48SI), simple otherwise."""
    return RECOMMANDE if reference in {"48M", "48N", "48S", "48SI"} else SIMPLE


def known_on(lettre: Notification) -> date | None:
    """The day a letter is known to the driver; None when it is not (or not yet).

    Registered: collected, else presented when unclaimed (CE, 17 avr. 2025, n° 492072); unknown addressee: never.
    Electronic: first consultation, at the latest fifteen days after it was made available (R. 223-3-1 III).
    """
    if lettre.retour is Retour.NPAI:
        return None
    if lettre.date is not None:
        return lettre.date
    if lettre.mise_a_disposition_le is not None:
        return _known_online(lettre.mise_a_disposition_le, lettre.consultee_le)
    if lettre.retiree_le is not None:
        return lettre.retiree_le
    return lettre.presentee_le if lettre.retour is not None else lettre.consultee_le


def _known_online(mise_a_disposition: date, consultation: date | None) -> date:
    jours = delai_consultation(max(mise_a_disposition, delai_consultation.versions[0].since)).value
    terme = mise_a_disposition + timedelta(days=jours)
    return terme if consultation is None else min(terme, consultation)


def is_valid_form(reference: str, mode: ModeNotification | None) -> bool:
    """Whether a letter came in a form that notifies: 48N and 48SI are registered, never online nor by simple letter.

    C. route, art. R. 223-3 III al. 3, R. 223-3-1, R. 223-4 I. A form that is not told is taken as right.
    """
    return mode in (None, ModeNotification.RECOMMANDE) or reference not in {"48N", "48SI", "48S"}
