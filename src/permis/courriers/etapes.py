"""The dated steps of a letter: which may follow which, when it is known to the driver, how long he may contest it.

A step is noted once. Told again with the same day, it is the same; with another day it is refused, since that day has
effects in law. Steps may be learnt in any order: their days may not contradict each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction

from permis.courriers.models import Courrier, Etape, Statut, Voie
from permis.droit.faits import ModeNotification, Notification, Retour
from permis.droit.information import delai_consultation, is_valid_form
from permis.droit.information import known_on as known_by_law
from permis.droit.recours import recours_open_until
from permis.registre.temps import jour_legal

POSTALES: Final = (Statut.ECRIT, Statut.REMIS, Statut.POSTE)
SUITES: Final[Mapping[Voie, tuple[Statut, ...]]] = {
    Voie.SIMPLE: (*POSTALES, Statut.INCONNU),
    Voie.RECOMMANDE: (*POSTALES, Statut.PRESENTE, Statut.DISTRIBUE, Statut.NON_RECLAME, Statut.INCONNU),
    Voie.ELECTRONIQUE: (Statut.ECRIT, Statut.DISPONIBLE, Statut.LU, Statut.REPUTE_CONNU),
    Voie.MAIN_PROPRE: (Statut.ECRIT, Statut.DISTRIBUE),
}
"""The steps of each way; `ABANDONNE` may end any before it leaves."""
RANGS: Final[Mapping[Statut, int]] = {
    Statut.ECRIT: 0,
    Statut.REMIS: 1,
    Statut.DISPONIBLE: 1,
    Statut.POSTE: 2,
    Statut.PRESENTE: 3,
    Statut.DISTRIBUE: 4,
    Statut.NON_RECLAME: 4,
    Statut.INCONNU: 4,
    Statut.LU: 4,
    Statut.REPUTE_CONNU: 4,
    Statut.ABANDONNE: 5,
}
"""A step of a lower rank has no later day."""
SUITE_POSTALE: Final = frozenset({Statut.POSTE, Statut.PRESENTE, Statut.DISTRIBUE, Statut.NON_RECLAME, Statut.INCONNU})
"""What the print house and the post tell."""
ISSUES: Final = frozenset({Statut.DISTRIBUE, Statut.NON_RECLAME, Statut.INCONNU})
"""What the post says at the end, one only."""
RETOURS: Final[Mapping[Statut, Retour]] = {
    Statut.DISTRIBUE: Retour.AR,
    Statut.NON_RECLAME: Retour.AP,
    Statut.INCONNU: Retour.NPAI,
}


class EtapeImpossibleError(ValueError):
    """A step that the letter cannot have, or not on that day; the message says why, in French."""


@transaction.atomic
def note(courrier: Courrier, statut: Statut, le: date, *, at: datetime, reference: str = "") -> Etape:
    """Note a step of a letter; told again, the row that is there. EtapeImpossibleError.

    The letter is locked first: of two that note at once, one waits, then agrees or is refused.
    """
    garde = Courrier.objects.select_for_update(of=("self",)).get(pk=courrier.pk)
    connues = steps_of(garde)
    if statut in connues:
        return _same(connues[statut], le)
    _infer_remis(garde, connues, statut, at)
    _check(garde, connues, statut, le, jour_legal(at))
    return Etape.objects.create(courrier=garde, statut=statut, le=le, note_at=at, reference=reference)


def _infer_remis(courrier: Courrier, connues: dict[Statut, Etape], statut: Statut, at: datetime) -> None:
    """Cut off once its file was out, a drop is not noted as put down: what the post says of its letters shows it."""
    remise = courrier.remise
    if statut in SUITE_POSTALE and Statut.REMIS not in connues and remise is not None and remise.empreinte:
        connues[Statut.REMIS] = Etape.objects.create(
            courrier=courrier, statut=Statut.REMIS, le=remise.le, note_at=at, reference=remise.fichier
        )


def steps_of(courrier: Courrier) -> dict[Statut, Etape]:
    """The steps of a letter by what they say."""
    return {Statut(etape.statut): etape for etape in courrier.etapes.all()}


def _same(connue: Etape, le: date) -> Etape:
    if connue.le != le:
        raise EtapeImpossibleError(f"« {_say(connue.statut)} » est déjà noté au {connue.le}, et non au {le}")
    return connue


def _say(statut: str) -> str:
    return Statut(statut).value.replace("_", " ")


def _check(courrier: Courrier, connues: Mapping[Statut, Etape], statut: Statut, le: date, jour: date) -> None:
    if le > jour:
        raise EtapeImpossibleError(f"{le} est à venir : une étape est notée quand elle a eu lieu")
    if Statut.ABANDONNE in connues:
        raise EtapeImpossibleError("ce courrier est abandonné : il n'est jamais parti")
    if statut is Statut.ABANDONNE:
        _check_still_here(courrier, connues)
    elif statut not in SUITES[Voie(courrier.voie)]:
        raise EtapeImpossibleError(f"un courrier « {courrier.voie} » n'est jamais « {_say(statut)} »")
    _check_left(courrier, connues, statut, le)
    _check_issue(connues, statut, le)
    _check_days(courrier, connues, statut, le)


def _check_still_here(courrier: Courrier, connues: Mapping[Statut, Etape]) -> None:
    if has_left(courrier, connues):
        raise EtapeImpossibleError("ce courrier est parti : il se reprend par un autre, il ne s'abandonne pas")


def has_left(courrier: Courrier, connues: Mapping[Statut, Etape] | None = None) -> bool:
    """Whether the letter is out of our hands: in a drop (even one on its way), made available, or handed over."""
    connues = steps_of(courrier) if connues is None else connues
    return courrier.remise_id is not None or bool(connues.keys() - {Statut.ECRIT, Statut.ABANDONNE})


def _check_left(courrier: Courrier, connues: Mapping[Statut, Etape], statut: Statut, le: date) -> None:
    """What the post says of a letter that was not handed to it is said of another one."""
    postal = courrier.voie in {Voie.SIMPLE, Voie.RECOMMANDE}
    if postal and statut in SUITE_POSTALE and Statut.REMIS not in connues:
        raise EtapeImpossibleError("ce courrier n'a pas été remis à l'imprimeur")
    if statut in {Statut.LU, Statut.REPUTE_CONNU} and Statut.DISPONIBLE not in connues:
        raise EtapeImpossibleError("ce courrier n'a pas été mis à disposition")
    if statut is Statut.REPUTE_CONNU and le != (terme := term_of(connues[Statut.DISPONIBLE].le)):
        raise EtapeImpossibleError(f"ce courrier est réputé connu le {terme}, et non le {le}")


def _check_issue(connues: Mapping[Statut, Etape], statut: Statut, le: date) -> None:
    if statut in ISSUES and (autres := ISSUES & connues.keys()):
        autre = connues[min(autres)]
        raise EtapeImpossibleError(f"la poste a déjà dit « {_say(autre.statut)} » au {autre.le}")
    presentes = {Statut.PRESENTE: Statut.NON_RECLAME, Statut.NON_RECLAME: Statut.PRESENTE}
    autre_dite = connues.get(presentes.get(statut, statut))
    if autre_dite is not None and autre_dite.le != le:
        raise EtapeImpossibleError(f"présenté le {autre_dite.le} selon « {_say(autre_dite.statut)} », et non le {le}")


def _check_days(courrier: Courrier, connues: Mapping[Statut, Etape], statut: Statut, le: date) -> None:
    if le < courrier.ecrit_le:
        raise EtapeImpossibleError(f"{le} est avant le jour où ce courrier est écrit, le {courrier.ecrit_le}")
    for autre in connues.values():
        ecart = RANGS[statut] - RANGS[Statut(autre.statut)]
        if ecart > 0 and le < autre.le:
            raise EtapeImpossibleError(f"{le} est avant « {_say(autre.statut)} », noté au {autre.le}")
        if ecart < 0 and le > autre.le:
            raise EtapeImpossibleError(f"{le} est après « {_say(autre.statut)} », noté au {autre.le}")


@transaction.atomic
def abandon(courrier: Courrier, le: date, *, at: datetime) -> bool:
    """Give up a letter that is still here; False if it has left: another letter must then take it back."""
    garde = Courrier.objects.select_for_update(of=("self",)).get(pk=courrier.pk)
    connues = steps_of(garde)
    if Statut.ABANDONNE in connues:
        return True
    if has_left(garde, connues):
        return False
    note(garde, Statut.ABANDONNE, le, at=at)
    return True


def known_on(courrier: Courrier) -> date | None:
    """The day the letter is known to the driver, as the law counts it; None while it is not, or nothing proves it.

    A simple letter leaves no proof of its day. A registered one: collected, else presented if unclaimed (CE, 17 avr.
    2025, n° 492072); online: read, at the latest fifteen days after it was made available (art. R. 223-3-1 III).
    """
    connues = {statut: etape.le for statut, etape in steps_of(courrier).items()}
    if courrier.voie == Voie.MAIN_PROPRE:
        return connues.get(Statut.DISTRIBUE)
    if courrier.voie == Voie.ELECTRONIQUE and not connues.keys() & {Statut.LU, Statut.REPUTE_CONNU}:
        return None
    mode = ModeNotification(courrier.voie)
    return known_by_law(_letter(courrier, connues, mode)) if is_valid_form(courrier.reference, mode) else None


def _letter(courrier: Courrier, connues: Mapping[Statut, date], mode: ModeNotification) -> Notification:
    """The letter as the law reads one; an unclaimed one is dated by its presentation."""
    retour = next((RETOURS[statut] for statut in connues if statut in RETOURS), None)
    return Notification(
        id=str(courrier.pk),
        connu_le=courrier.ecrit_le,
        reference=courrier.reference,
        mode=mode,
        presentee_le=connues.get(Statut.NON_RECLAME, connues.get(Statut.PRESENTE)),
        retiree_le=connues.get(Statut.DISTRIBUE),
        mise_a_disposition_le=connues.get(Statut.DISPONIBLE),
        consultee_le=connues.get(Statut.LU),
        retour=retour,
    )


def term_of(disponible_le: date) -> date:
    """The day on which a letter made available is deemed known, if nobody reads it (art. R. 223-3-1 III)."""
    return disponible_le + timedelta(days=delai_consultation(disponible_le).value)


class DelaiRecours(NamedTuple):
    """The time to go to court against a letter: since when, the last day, how many days are left (0 on the last)."""

    connu_le: date
    dernier_jour: date
    jours_restants: int
    article: str

    @property
    def ferme(self) -> bool:
        """Whether the last day is over."""
        return self.jours_restants < 0


def delai_recours(courrier: Courrier, le: date) -> DelaiRecours | None:
    """Until when a letter may be contested, seen from `le`; None while nothing proves the day it was known."""
    connu_le = known_on(courrier)
    if connu_le is None or connu_le > le:
        return None
    dernier_jour, version = recours_open_until(connu_le)
    return DelaiRecours(connu_le, dernier_jour, (dernier_jour - le).days, version.cite)
