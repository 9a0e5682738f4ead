"""Why a licence fares differently under two laws: the first movement that differs, and the one that decides.

The sentences are those of `droit`. A more generous law can leave a driver lower: a point that comes back earlier, when
the balance is full, comes back for nothing; so the losers are shown, never assumed away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from permis.droit.mouvements import Mouvement
from permis.droit.options import Options
from permis.droit.phrases import format_valeur
from permis.national import codes
from permis.national.assemblage import read_lignes
from permis.national.contextes import day_of
from permis.national.explication import Explication, Explique
from permis.national.lignes import decode_dossier
from permis.national.livre import read_livre
from permis.national.noyau import detailler
from permis.national.noyau.entrees import Lot, Question
from permis.national.reforme.comparaison import Exemple
from permis.national.reforme.lois import DeuxLois, LoiComparee

RIEN = "Rien ce jour-là."
POUR_RIEN = frozenset({"retour_plafond", "stage_plafond", "stage_trop_tot"})
"""Reasons for which something that was due, or done, gave nothing."""


class Etape(NamedTuple):
    """What each law says of a day on which they part."""

    date: date
    avant: str
    apres: str


class Cas(NamedTuple):
    """An example explained: the key, balance and validity under both laws, where they part first, and where the final
    gap begins (None where it is the same day); `perdus_avant` and `perdus_apres` are the returns and courses that gave
    nothing under one law only.
    """

    cle: str
    solde_avant: int
    solde_apres: int
    validite_avant: str
    validite_apres: str
    premiere: Etape | None
    bascule: Etape | None
    perdus_avant: Sequence[str]
    perdus_apres: Sequence[str]


def explain_exemples(exemples: Iterable[Exemple], lois: DeuxLois, question: Question, options: Options) -> list[Cas]:
    """Each example, explained."""
    return [_explain(exemple, lois, question, options) for exemple in exemples]


def _explain(exemple: Exemple, lois: DeuxLois, question: Question, options: Options) -> Cas:
    avant, apres = (_replay(exemple.lot, loi, question, options) for loi in lois)
    le = day_of(question.le)
    (solde_avant, validite_avant), (solde_apres, validite_apres) = _state(avant, le), _state(apres, le)
    premiere, bascule = _first(avant, apres), _decisive(avant, apres, le)
    suite = None if premiere is None or bascule is None or bascule.date == premiere.date else bascule
    perdus = [_wasted(vie, autre, le) for vie, autre in ((avant, apres), (apres, avant))]
    return Cas(exemple.cle, solde_avant, solde_apres, validite_avant, validite_apres, premiere, suite, *perdus)


def _wasted(vie: Explique, autre: Explique, le: date) -> list[str]:
    """What gave nothing under this law and not under the other: points that came back too early for good, courses."""
    ailleurs = {(s.fait, s.cle) for s in autre.sans_effet}
    return [
        f"Le {format_valeur(s.date)} : {s.explication}"
        for s in vie.sans_effet
        if s.cle in POUR_RIEN and s.date <= le and (s.fait, s.cle) not in ailleurs
    ]


def _replay(lot: Lot, loi: LoiComparee, question: Question, options: Options) -> Explique:
    lu = loi.read(lot)
    livre = read_livre(detailler(lu, loi.loi, question), 0)
    faits = decode_dossier(read_lignes(lu, 0))
    return Explication(faits, options.borne, loi.textes).explain(livre, day_of(question.le))


def _state(vie: Explique, jour: date) -> tuple[int, str]:
    """Balance and validity at the end of a day."""
    passes = [mouvement for mouvement in vie.mouvements if mouvement.date <= jour]
    if not passes:
        return 0, codes.VALIDITES[0]
    return passes[-1].solde, passes[-1].validite.value


def _all(vie: Explique) -> Sequence[Mouvement]:
    return [*vie.mouvements, *vie.a_venir]


def _first(avant: Explique, apres: Explique) -> Etape | None:
    """The first movement that one law has and the other has not."""
    for un, autre in zip_longest(_all(avant), _all(apres)):
        if un is None or autre is None or _marks(un) != _marks(autre):
            jour = min(mouvement.date for mouvement in (un, autre) if mouvement is not None)
            return _step(avant, apres, jour)
    return None


def _marks(mouvement: Mouvement) -> tuple[object, ...]:
    """What makes two movements the same, whatever the wording behind them."""
    return mouvement.date, mouvement.motif, mouvement.fait, mouvement.variation, mouvement.plafond


def _decisive(avant: Explique, apres: Explique, le: date) -> Etape | None:
    """The day from which the gap of the day asked goes one way without a break."""
    jours = sorted({m.date for vie in (avant, apres) for m in vie.mouvements if m.date <= le}, reverse=True)
    fin = _sign(avant, apres, le)
    decisif: date | None = None
    for jour in jours:
        if _sign(avant, apres, jour) != fin:
            break
        decisif = jour
    return _step(avant, apres, decisif) if decisif is not None and fin else None


def _sign(avant: Explique, apres: Explique, jour: date) -> int:
    un, autre = _state(avant, jour), _state(apres, jour)
    return (_worth(autre) > _worth(un)) - (_worth(autre) < _worth(un))


def _worth(etat: tuple[int, str]) -> tuple[int, int]:
    """Whether a licence is held, then its balance, as `mesures.rank_issue` ranks them."""
    solde, validite = etat
    return {"valide": 2, "nul_non_notifie": 1}.get(validite, 0), solde


def _step(avant: Explique, apres: Explique, jour: date) -> Etape:
    faits = {m.fait for vie in (avant, apres) for m in _all(vie) if m.date == jour}
    return Etape(jour, _say(avant, jour, faits), _say(apres, jour, faits))


def _say(vie: Explique, jour: date, faits: set[str]) -> str:
    """What a law says of a day: its movements, else why the facts that moved under the other law move nothing."""
    dits = [_sentence(mouvement) for mouvement in _all(vie) if mouvement.date == jour]
    dits = dits or [f"Aucun mouvement. {s.explication}" for s in vie.sans_effet if s.fait in faits]
    return " ".join(dict.fromkeys(dits)) or " ".join(_later(vie, faits, jour)) or RIEN


def _sentence(mouvement: Mouvement) -> str:
    return f"{mouvement.explication} ({mouvement.variation:+d}, solde {mouvement.solde})"


def _later(vie: Explique, faits: set[str], jour: date) -> Iterator[str]:
    """The next return that the same facts have, where nothing happened that day."""
    suite = next((m for m in _all(vie) if m.fait in faits and m.date > jour and m.variation > 0), None)
    if suite is not None:
        yield f"{RIEN} Plus tard : {_sentence(suite)}"
