"""The same facts read again: with an earlier knowledge (corrections), or with another answer to an open question."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta

from permis.droit.capital import capital_maximal
from permis.droit.connaissance import own_day
from permis.droit.faits import Annulation, Fait, Infraction, Mesure, Notification, Realite, Retrait
from permis.droit.mouvements import Correction, Motif, Mouvement
from permis.droit.options import Options
from permis.droit.suites import letters_owed
from permis.droit.vie import Vie

MOTIFS = tuple(Motif)


def corrections_of(
    faits: Sequence[Fait], mouvements: Sequence[Mouvement], le: date, connu_le: date, lire: Callable[[date], Vie]
) -> list[Correction]:
    """Read what was known on the eve of each lesson, and keep what it showed by `le` that does not stand any more."""
    debout = {_identity(mouvement) for mouvement in mouvements}
    corrections: dict[tuple[object, ...], Correction] = {}
    for jour in sorted(_days_of_lessons(faits, connu_le)):
        veille = jour - timedelta(days=1)
        if not capital_maximal.exists_on(veille):
            continue
        for mouvement in lire(veille).compte.mouvements:
            if mouvement.date > min(veille, le):
                break
            cle = _identity(mouvement)
            if cle not in debout:
                corrections[cle] = Correction(mouvement, jour, _cause(faits, jour, mouvement))
    return sorted(corrections.values(), key=_order_of_reading)


def _order_of_reading(correction: Correction) -> tuple[object, ...]:
    """By the day of the movement, then by that on which it ceased to stand; two of both, by motif and fact."""
    mouvement = correction.mouvement
    return mouvement.date, correction.cesse_le, MOTIFS.index(mouvement.motif), mouvement.fait


def _identity(mouvement: Mouvement) -> tuple[object, ...]:
    return mouvement.date, mouvement.motif, mouvement.fait, mouvement.variation


def _days_of_lessons(faits: Iterable[Fait], connu_le: date) -> set[date]:
    """The days on which something was learned that may undo what was shown: an annulment, an offence, or late news.

    An offence teaches nothing before its réalité: it counts only where it was learned after it.
    """
    etablies: dict[str, date] = {}
    for fait in faits:
        if isinstance(fait, Realite):
            etablies[fait.infraction] = min(fait.connu_le, etablies.get(fait.infraction, fait.connu_le))
    return {
        fait.connu_le
        for fait in faits
        if fait.connu_le <= connu_le and _may_change_the_past(fait, etablies.get(fait.id))
    }


def _may_change_the_past(fait: Fait, etablie_le: date | None) -> bool:
    if isinstance(fait, Annulation | Realite | Retrait):
        return True
    if isinstance(fait, Infraction):
        return etablie_le is not None and fait.connu_le > etablie_le
    return isinstance(fait, Notification) or fait.connu_le > (
        fait.debut if isinstance(fait, Mesure) else own_day(fait)
    )


def _cause(faits: Sequence[Fait], jour: date, mouvement: Mouvement) -> str:
    """The fact learned that day that explains best why a movement fell.

    An annulment of what it rests on; else an offence committed by its day; else another annulment; else another fact.
    """
    appris = [fait for fait in faits if fait.connu_le == jour]
    annulations = [fait for fait in appris if isinstance(fait, Annulation)]
    visees = [annulation.id for annulation in annulations if mouvement.fait in _what_it_undoes(annulation, faits)]
    nommees = {fait.infraction for fait in appris if isinstance(fait, Realite | Retrait)}
    nommees |= {fait.id for fait in appris if isinstance(fait, Infraction)}
    commises = [
        f.id for f in faits if isinstance(f, Infraction) and f.id in nommees and f.commise_le <= mouvement.date
    ]
    return min(visees or commises or [annulation.id for annulation in annulations] or [fait.id for fait in appris])


def _what_it_undoes(annulation: Annulation, faits: Iterable[Fait]) -> set[str]:
    vise = next((fait for fait in faits if fait.id == annulation.vise), None)
    return {annulation.vise, vise.infraction} if isinstance(vise, Realite | Retrait) else {annulation.vise}


def decisive_options(vie: Vie, options: Options, lire: Callable[[Options], Vie]) -> dict[str, str]:
    """The open questions that matter: another choice would change the movements or the letters, past or to come."""
    ici = _signature(vie, options)
    return {
        champ.name: str(getattr(options, champ.name))
        for champ in fields(Options)
        if MAY_MATTER[champ.name](vie)
        and any(_signature(lire(autre), autre) != ici for autre in _others(options, champ.name))
    }


def _others(options: Options, nom: str) -> Iterator[Options]:
    for choix in type(getattr(options, nom)):
        autre: Options = replace(options, **{nom: choix})
        if autre != options:
            yield autre


def _signature(vie: Vie, options: Options) -> list[tuple[object, ...]]:
    """What a reader sees: not which of two offences of one day a common term is counted from."""
    mouvements = vie.compte.mouvements
    lettres = letters_owed(vie, mouvements, options)
    return [
        *((m.date, m.motif, m.fait if m.motif is Motif.RETRAIT else "", m.variation, m.plafond) for m in mouvements),
        *((lettre.date, lettre.reference) for lettre in lettres),
    ]


# What each question needs to arise at all; where it cannot, nothing is read again.


def _decided_late(vie: Vie) -> bool:
    return any(retrait.decide_le != retrait.realite_le for retrait in vie.retraits)


def _learned_late(vie: Vie) -> bool:
    return any(retrait.commise_le < retrait.su_le for retrait in vie.retraits)


def _established_after_another(vie: Vie) -> bool:
    return any(a.commise_le <= b.realite_le <= a.realite_le for a in vie.retraits for b in vie.retraits if a is not b)


def _on_a_last_day(vie: Vie) -> bool:
    actes = {*(retrait.commise_le for retrait in vie.retraits), *(mesure.debut for mesure in vie.mesures)}
    return any(_ends_months_from(acte, jour) for acte in actes for jour in _starts(vie))


def _starts(vie: Vie) -> set[date]:
    """Every day from which some delay runs."""
    probations = [titre.probation for titre in vie.titres if titre.probation is not None]
    debuts = {jour for probation in probations for jour in (probation.debut, probation.fin)}
    return debuts | {retrait.realite_le for retrait in vie.retraits}


def _ends_months_from(jour: date, debut: date) -> bool:
    """Whether `jour` may be the last day of a number of months counted from `debut` (see `delais.add_months`)."""
    dernier = monthrange(jour.year, jour.month)[1]
    return jour >= debut and jour.day == min(debut.day, dernier)


MAY_MATTER: dict[str, Callable[[Vie], bool]] = {
    "effet_retrait": _decided_late,
    "credit_indu": _learned_late,
    "borne": _on_a_last_day,
    "redemarrage_realite_posterieure": _established_after_another,
}
