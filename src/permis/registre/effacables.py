"""What L. 225-2 lets go of a file without its balance changing. Pure functions over the facts of the law.

Facts go by groups: an offence with what establishes, withdraws or annuls it, and those committed with it. A group that
today's state still rests on stays, and says so: an invalid licence does not become valid again because time passed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from permis.droit.connaissance import effective_annulments, own_day
from permis.droit.delais import add_months
from permis.droit.faits import (
    Annulation,
    Classe,
    Delivrance,
    Fait,
    FormationComplementaire,
    Infraction,
    Mesure,
    Mode,
    Nature,
    Notification,
    Realite,
    Retrait,
)
from permis.droit.releve import Releve, replay
from permis.droit.rule import Certitude


@dataclass(frozen=True, slots=True)
class RegleConservation:
    """One rule of retention: how many months, since when, its article; `certitude` of that start."""

    nom: str
    titre: str
    mois: int
    since: date
    cite: str
    certitude: Certitude = Certitude.MEMOIRE


CODE: Final = date(2001, 6, 1)
"""The Code de la route of ordonnance n° 2000-930 (from memory): no wording is known here before it."""
DIX_ANS: Final = RegleConservation(
    "dix_ans",
    "Dix ans sans décision de justice, mesure ni réalité nouvelle",
    mois=120,
    since=CODE,
    cite="C. route, art. L. 225-2",
)
MESURE_ANNULEE: Final = RegleConservation(
    "mesure_annulee", "Mesure annulée, le jour de l'annulation", mois=0, since=CODE, cite="C. route, art. L. 225-2"
)
INTERDICTION_DEFINITIVE: Final = RegleConservation(
    "interdiction_definitive",
    "Interdiction sans terme, aux quatre-vingts ans du titulaire",
    mois=960,
    since=CODE,
    cite="C. route, art. L. 225-2",
)
REGLES: Final = {regle.nom: regle for regle in (DIX_ANS, MESURE_ANNULEE, INTERDICTION_DEFINITIVE)}

DU_PERMIS: Final = (Delivrance, FormationComplementaire)
"""Information on the licence itself (L. 225-1, 1°): kept as long as the licence."""
INVALIDATIONS: Final = frozenset({"48SI", "48S"})

PORTE_LE_SOLDE: Final = "l'état d'aujourd'hui en découle"
RECENT: Final = "daté de moins de dix ans"
INTERDIT: Final = "interdiction sans terme, gardée jusqu'aux quatre-vingts ans"


@dataclass(slots=True)
class Effacables:
    """What may be erased of a file, by rule; and what the delay would let go, and why it stays."""

    effacables: dict[str, RegleConservation] = field(default_factory=dict)
    gardes: dict[str, str] = field(default_factory=dict)


def select(faits: Sequence[Fait], naissance: str, le: date) -> Effacables:
    """The facts that may be erased on a day, by identifier; `naissance` is that of the holder, perhaps presumed."""
    choix = Effacables()
    if le < CODE:
        return choix
    candidats = _candidates(faits, naissance, le, choix.gardes)
    groupes = [groupe for groupe in _groups(faits) if _may_go(groupe, candidats, choix.gardes)]
    partis = _let_go(faits, groupes, le)
    for groupe in groupes:
        for fait in groupe:
            if fait.id in partis:
                choix.effacables[fait.id] = candidats[fait.id]
            else:
                choix.gardes[fait.id] = PORTE_LE_SOLDE
    return choix


def _candidates(
    faits: Sequence[Fait], naissance: str, le: date, gardes: dict[str, str]
) -> dict[str, RegleConservation]:
    """Each fact whose delay is over, with the rule that says so; in `gardes`, those that ten years would let go."""
    annules = effective_annulments(fait for fait in faits if isinstance(fait, Annulation))
    depart = last_acte(faits, annules)
    dix_ans = depart is not None and add_months(depart, DIX_ANS.mois) <= le
    candidats: dict[str, RegleConservation] = {}
    for fait in faits:
        if isinstance(fait, Mesure) and fait.id in annules and annules[fait.id].date <= le:
            candidats[fait.id] = MESURE_ANNULEE
        elif _is_endless_ban(fait) and le >= latest_birthday(naissance, INTERDICTION_DEFINITIVE.mois):
            candidats[fait.id] = INTERDICTION_DEFINITIVE
        elif dix_ans and not isinstance(fait, DU_PERMIS):
            _sort_old(fait, le, candidats, gardes)
    return _with_annulments(faits, candidats, gardes)


def _sort_old(fait: Fait, le: date, candidats: dict[str, RegleConservation], gardes: dict[str, str]) -> None:
    if _is_endless_ban(fait):
        gardes[fait.id] = INTERDIT
    elif add_months(own_day(fait), DIX_ANS.mois) <= le:
        candidats[fait.id] = DIX_ANS
    else:
        gardes[fait.id] = RECENT


def _with_annulments(
    faits: Sequence[Fait], candidats: dict[str, RegleConservation], gardes: dict[str, str]
) -> dict[str, RegleConservation]:
    """An annulment goes with the measure that it annulled."""
    restantes = [fait for fait in faits if isinstance(fait, Annulation)]
    while suivantes := [a for a in restantes if candidats.get(a.vise) is MESURE_ANNULEE and a.id not in candidats]:
        for annulation in suivantes:
            candidats[annulation.id] = MESURE_ANNULEE
            gardes.pop(annulation.id, None)
    return candidats


def last_acte(faits: Iterable[Fait], annules: Mapping[str, Annulation]) -> date | None:
    """The day from which the ten years run: the last establishing event, measure or invalidation that stands.

    A measure counts to its end where that is known. None where there is no such event: nothing runs.
    """
    return max((_acte_day(fait) for fait in faits if _is_acte(fait) and fait.id not in annules), default=None)


def _is_acte(fait: Fait) -> bool:
    return isinstance(fait, Realite | Mesure) or (isinstance(fait, Notification) and fait.reference in INVALIDATIONS)


def _acte_day(fait: Fait) -> date:
    return fait.fin if isinstance(fait, Mesure) and fait.fin else own_day(fait)


def _is_endless_ban(fait: Fait) -> bool:
    return isinstance(fait, Mesure) and fait.nature is Nature.INTERDICTION and fait.fin is None


def latest_birthday(naissance: str, mois: int) -> date:
    """The latest day on which someone reaches an age, where month or day of birth is presumed (00)."""
    annee, rang, jour = (int(partie) for partie in naissance.split("-"))
    if not rang:
        return add_months(date(annee, 12, 31), mois)
    dernier = monthrange(annee, rang)[1]
    return add_months(date(annee, rang, min(jour or dernier, dernier)), mois)


def _groups(faits: Sequence[Fait]) -> list[list[Fait]]:
    """The facts that can only go together, oldest group first."""
    groupe_de: dict[str, list[Fait]] = {fait.id: [fait] for fait in faits}
    for un, autre in _ties(faits):
        ensemble, absorbe = groupe_de[un], groupe_de[autre]
        if ensemble is not absorbe:
            ensemble += absorbe
            groupe_de |= dict.fromkeys((fait.id for fait in absorbe), ensemble)
    uniques = {id(groupe): groupe for groupe in groupe_de.values()}
    return sorted(uniques.values(), key=lambda groupe: (max(map(own_day, groupe)), min(fait.id for fait in groupe)))


def _ties(faits: Sequence[Fait]) -> Iterator[tuple[str, str]]:
    ensembles: dict[str, str] = {}
    for fait in faits:
        if isinstance(fait, Realite | Retrait):
            yield fait.id, fait.infraction
        elif isinstance(fait, Annulation):
            yield fait.id, fait.vise
        elif isinstance(fait, Infraction) and fait.ensemble:
            yield fait.id, ensembles.setdefault(fait.ensemble, fait.id)


def _may_go(groupe: list[Fait], candidats: Mapping[str, RegleConservation], gardes: dict[str, str]) -> bool:
    """Whether every fact of a group may go; if only some, those stay with the others."""
    restent = [fait for fait in groupe if fait.id not in candidats]
    if restent:
        gardes |= {fait.id: RECENT for fait in groupe if fait.id in candidats}
    return not restent


def _let_go(faits: Sequence[Fait], groupes: Sequence[list[Fait]], le: date) -> frozenset[str]:
    """The largest set of groups found without which the state of the day is the same: all, else one after another."""
    tous = frozenset(fait.id for groupe in groupes for fait in groupe)
    if not tous:
        return tous
    etat = state_on(faits, le)
    if state_on(_without(faits, tous), le) == etat:
        return tous
    partis: frozenset[str] = frozenset()
    restants = list(groupes)
    while True:
        encore = []
        for groupe in restants:
            essai = partis | {fait.id for fait in groupe}
            if state_on(_without(faits, essai), le) == etat:
                partis = essai
            else:
                encore.append(groupe)
        if len(encore) == len(restants):
            return partis
        restants = encore


def _without(faits: Sequence[Fait], identifiants: frozenset[str]) -> list[Fait]:
    return [fait for fait in faits if fait.id not in identifiants]


def state_on(faits: Sequence[Fait], le: date) -> object:
    """What must not change: the state of the day and what is to come, as things stand and if an offence came today."""
    releve = replay(faits, le)
    return _state(releve), releve.probatoire, releve.mesures, releve.stage, _duties(releve), _state(_probe(faits, le))


def _state(releve: Releve) -> object:
    a_venir = [(m.date, m.variation, m.solde, m.plafond, m.validite) for m in releve.a_venir]
    return releve.solde, releve.solde_algebrique, releve.plafond, releve.validite, a_venir


def _duties(releve: Releve) -> object:
    return sorted(repr(obligation) for obligation in releve.obligations)


def _probe(faits: Sequence[Fait], le: date) -> Releve:
    """The statement if a small offence were committed and paid today: what the past still weighs on it must stay."""
    infraction = Infraction(id="\0infraction", connu_le=le, commise_le=le, classe=Classe.CONTRAVENTION_2, points=2)
    realite = Realite(id="\0realite", connu_le=le, infraction=infraction.id, date=le, mode=Mode.PAIEMENT)
    return replay([*faits, infraction, realite], le + timedelta(days=1), le)
