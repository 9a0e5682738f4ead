"""What follows from the movements on a day: letters owed, duties and their time-limits, the next useful course."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from permis.droit.capital import capital_maximal
from permis.droit.connaissance import Connus
from permis.droit.delais import add_months
from permis.droit.faits import Nature, Notification, RemiseTitre
from permis.droit.information import (
    SIMPLE,
    article_of_retrait,
    courrier_retrait,
    is_valid_form,
    known_on,
    mode_courrier,
    seuil_alerte,
)
from permis.droit.mouvements import (
    Courrier,
    Motif,
    Mouvement,
    Obligation,
    SansEffet,
    StagePossible,
    TypeObligation,
    Validite,
)
from permis.droit.options import Borne, Options
from permis.droit.ouverture import origin_of
from permis.droit.phrases import OBLIGATIONS, Phrase
from permis.droit.reconstitution import in_delay
from permis.droit.retrait import RetraitEtabli
from permis.droit.stage import (
    CAS_AVEC_POINTS,
    delai_stage_obligatoire,
    intervalle_stage,
    is_too_early,
    seuil_stage_obligatoire,
    stage_credit,
    takes_effect_on,
)
from permis.droit.titre import Titre
from permis.droit.validite import (
    NOMS_EEE,
    PAYS_EEE,
    echange_obligatoire,
    handed_in_by,
    new_licence_from,
    practical_exempt_until,
)
from permis.droit.vie import Vie

LETTRES_DE_RETOUR = {
    Motif.RECONSTITUTION_INTEGRALE: ("46", "C. route, art. R. 223-3 III"),
    Motif.FIN_PROBATOIRE: ("46", "C. route, art. R. 223-3 III"),
    Motif.REATTRIBUTION_DIX_ANS: ("46B", "C. route, art. R. 223-3 III"),
    Motif.REATTRIBUTION_SIX_MOIS: ("46D", "C. route, art. R. 223-3 III"),
    Motif.STAGE: ("47", "C. route, art. R. 223-8 III"),
}

TENUES = frozenset({Validite.VALIDE, Validite.NUL_NON_NOTIFIE})
PERTES = frozenset({Motif.INVALIDATION, Motif.ANNULATION_PERMIS})
ARTICLE_ATTENTE = "C. route, art. L. 223-5 II"
ARTICLE_REMISE = "C. route, art. L. 223-5 I"
ARTICLE_EPREUVES = "C. route, art. R. 224-20"
INTERDITS = frozenset({Nature.ANNULATION_JUDICIAIRE, Nature.INTERDICTION})
"""Measures that forbid a new licence until they end (C. route, art. R. 224-20)."""


def titre_on(titres: Sequence[Titre], jour: date) -> Titre | None:
    """The licence of a day: the last one opened by then."""
    return next((titre for titre in reversed(titres) if titre.debut <= jour), None)


# Letters


def letters_owed(vie: Vie, mouvements: Sequence[Mouvement], options: Options) -> list[Courrier]:
    """One letter for each withdrawal and each return (C. route, art. R. 223-3 III, R. 223-4 I, R. 223-8 III)."""
    retraits = {retrait.fait: retrait for retrait in vie.retraits}
    courriers: list[Courrier] = []
    for mouvement in mouvements:
        if mouvement.motif is Motif.RETRAIT:
            titre = titre_on(vie.titres, mouvement.date)
            courriers.append(_letter_of_retrait(mouvement, retraits[mouvement.fait], titre, options))
        elif mouvement.motif in LETTRES_DE_RETOUR and mouvement.variation:
            reference, article = LETTRES_DE_RETOUR[mouvement.motif]
            courriers.append(Courrier(reference, mouvement.fait, mouvement.date, SIMPLE, article))
    return courriers


def _letter_of_retrait(
    mouvement: Mouvement, retrait: RetraitEtabli, titre: Titre | None, options: Options
) -> Courrier:
    stage_du = titre is not None and is_course_due(titre, retrait, options)
    francais = titre is None or titre.is_french_on(mouvement.date)
    alerte = francais and not _in_probation(titre, mouvement.date) and _is_alerting(mouvement.date, mouvement.solde)
    nul = francais and mouvement.solde_algebrique <= 0
    reference = courrier_retrait(mouvement.date, nul, stage_du, alerte).value
    article = article_of_retrait(reference)
    return Courrier(reference, retrait.fait, mouvement.date, mode_courrier(reference), article)


def _is_alerting(jour: date, solde: int) -> bool:
    """Whether the balance is low enough for the letter 48M; never before that form existed."""
    return seuil_alerte.exists_on(jour) and solde <= seuil_alerte(jour, capital_maximal(jour).value).value


def _in_probation(titre: Titre | None, jour: date) -> bool:
    return titre is not None and titre.probation is not None and jour < titre.probation.fin


def is_course_due(titre: Titre, retrait: RetraitEtabli, options: Options) -> bool:
    """Whether one offence, committed in probation, cost enough to make a course a duty (C. route, art. L. 223-6, al.
    4).
    """
    probation = titre.probation
    if probation is None or not titre.is_french_on(retrait.commise_le):
        return False
    seuil = seuil_stage_obligatoire(probation.debut, capital_maximal(retrait.commise_le).value).value
    incluse = options.borne is Borne.ECHEANCE_INCLUSE
    return retrait.points >= seuil and in_delay(retrait.commise_le, probation.debut, probation.fin, incluse)


def receipts_owed(vie: Vie, connus: Connus, le: date) -> list[Courrier]:
    """The receipt (44) of each invalidated licence that is handed in by `le` (C. route, art. L. 223-5 I).

    Of a licence handed in twice, the first time counts; what is handed in after the next licence is not this one.
    """
    pertes = {m.date for m in vie.compte.mouvements if m.motif is Motif.INVALIDATION}
    courriers: list[Courrier] = []
    for titre in vie.titres:
        if titre.fin in pertes:
            remise = next((r for r in connus.remises if titre.fin <= r.date <= le and titre.covers(r.date)), None)
            if remise is not None:
                courriers.append(Courrier("44", remise.id, remise.date, SIMPLE, ARTICLE_REMISE))
    return courriers


# Duties


def duties_on(
    vie: Vie, connus: Connus, mouvements: Sequence[Mouvement], le: date, options: Options
) -> list[Obligation]:
    """The duties and rights with a time-limit that run on `le`."""
    titre = titre_on(vie.titres, le)
    if titre is None:
        return []
    if titre.fin is not None and titre.fin <= le:
        return list(_after_loss(vie, titre, titre.fin, connus, mouvements[-1].validite, le))
    return [*_courses_due(vie, titre, connus, le, options), *_exchange_due(titre, mouvements, vie, le)]


def _courses_due(vie: Vie, titre: Titre, connus: Connus, le: date, options: Options) -> Iterator[Obligation]:
    for lettre, jour in letters_known(connus, "48N", le):
        if not titre.covers(jour) or _why_unfounded(vie, lettre, jour, options) is not None:
            continue
        suivi = any(s.cas in CAS_AVEC_POINTS and s.debut >= jour and s.fin <= le for s in connus.stages)
        if not suivi:
            mois, version = delai_stage_obligatoire(jour)
            echeance = add_months(jour, mois)
            phrase = Phrase(OBLIGATIONS["stage_obligatoire"], {"date": jour, "echeance": echeance})
            yield Obligation(TypeObligation.STAGE_OBLIGATOIRE, lettre.id, jour, echeance, None, version.cite, phrase)


def letters_unfounded(vie: Vie, connus: Connus, options: Options) -> Iterator[SansEffet]:
    """The 48N letters that make nothing a duty: not registered, or no withdrawal of the licence calls for them."""
    for lettre in connus.notifications:
        jour = known_on(lettre)
        if lettre.reference == "48N" and jour is not None:
            cle = _why_unfounded(vie, lettre, jour, options)
            if cle is not None:
                yield SansEffet(lettre.id, jour, cle, "C. route, art. R. 223-4 I", {})


def _why_unfounded(vie: Vie, lettre: Notification, jour: date, options: Options) -> str | None:
    """Why a 48N founds no duty; one whose offence fell, or emptied the licence, leaves none behind."""
    if not is_valid_form(lettre.reference, lettre.mode):
        return "courrier_sans_forme"
    titre = titre_on(vie.titres, jour)
    if titre is None:
        return "courrier_sans_retrait"
    poses = {m.fait for m in vie.compte.mouvements if m.date <= jour and m.solde_algebrique > 0}
    dus = (r for r in titre.retraits if r.fait in poses and r.effet_le <= jour)
    return None if any(is_course_due(titre, r, options) for r in dus) else "courrier_sans_retrait"


def letters_known(connus: Connus, reference: str, le: date) -> list[tuple[Notification, date]]:
    """The letters of that form known to the driver by `le`, with the day, in order."""
    connues = [(lettre, known_on(lettre)) for lettre in connus.notifications if lettre.reference == reference]
    return sorted(
        ((lettre, jour) for lettre, jour in connues if jour is not None and jour <= le),
        key=lambda couple: (couple[1], couple[0].id),
    )


def _exchange_due(titre: Titre, mouvements: Sequence[Mouvement], vie: Vie, le: date) -> Iterator[Obligation]:
    pays = titre.ouverture.delivrance.pays
    for mouvement in mouvements:
        if (
            mouvement.motif is Motif.RETRAIT
            and mouvement.date >= titre.debut
            and not titre.is_french_on(mouvement.date)
        ):
            retrait = next(r for r in vie.retraits if r.fait == mouvement.fait)
            due, version = echange_obligatoire(retrait.commise_le, is_european(pays or ""))
            if due and not titre.is_french_on(le):
                phrase = Phrase(OBLIGATIONS["echange_obligatoire"], {"commise_le": retrait.commise_le})
                yield Obligation(
                    TypeObligation.ECHANGE_OBLIGATOIRE, retrait.fait, mouvement.date, None, None, version.cite, phrase
                )
                return


def is_european(pays: str) -> bool:
    """Whether a country, by its ISO code or its French name, is in the European Economic Area."""
    plat = unicodedata.normalize("NFKD", pays).encode("ascii", "ignore").decode().strip()
    return plat.upper() in PAYS_EEE or plat.lower().replace(" ", "-") in NOMS_EEE


def _after_loss(
    vie: Vie, titre: Titre, perte: date, connus: Connus, validite: Validite, le: date
) -> Iterator[Obligation]:
    if validite is Validite.INTERDIT:
        return
    fait = next(m.fait for m in vie.compte.mouvements if m.date == perte and m.motif in PERTES)
    if validite is Validite.ANNULE:
        yield _after_annulment(titre, perte, connus, fait)
        return
    remise = next((r for r in connus.remises if perte <= r.date <= le), None)
    if remise is None:
        echeance, version = handed_in_by(perte)
        phrase = Phrase(OBLIGATIONS["remise_titre"], {"date": perte, "echeance": echeance})
        yield Obligation(TypeObligation.REMISE_TITRE, fait, perte, echeance, None, version.cite, phrase)
        phrase = Phrase(OBLIGATIONS["nouveau_permis_attente"], {})
        yield Obligation(TypeObligation.NOUVEAU_PERMIS, fait, perte, None, None, ARTICLE_ATTENTE, phrase)
    else:
        yield _new_licence(vie, titre, perte, remise, connus, fait)


def _after_annulment(titre: Titre, perte: date, connus: Connus, fait: str) -> Obligation:
    mesure = next(mesure for mesure in connus.mesures if mesure.id == fait)
    if mesure.fin is None:
        phrase = Phrase(OBLIGATIONS["nouveau_permis_annulation"], {})
        return Obligation(TypeObligation.NOUVEAU_PERMIS, fait, perte, None, None, ARTICLE_EPREUVES, phrase)
    possible_le = mesure.fin + timedelta(days=1)
    return _right_to_new_licence(titre, fait, perte, (perte, possible_le), ARTICLE_EPREUVES, connus)


def _new_licence(vie: Vie, titre: Titre, perte: date, remise: RemiseTitre, connus: Connus, fait: str) -> Obligation:
    precedentes = [t.nul_le for t in vie.titres if t.nul_le is not None and t.debut < titre.debut]
    possible_le = new_licence_from(remise.date, titre.nul_le or perte, max(precedentes, default=None))
    bans = [m.fin + timedelta(days=1) for m in connus.mesures if m.nature in INTERDITS and m.fin and m.debut >= perte]
    attente = remise.date, max([possible_le, *bans])
    return _right_to_new_licence(titre, fait, perte, attente, ARTICLE_ATTENTE, connus)


def _right_to_new_licence(
    titre: Titre, fait: str, perte: date, attente: tuple[date, date], article: str, connus: Connus
) -> Obligation:
    """The right to a new licence after a wait; which tests must be taken again (C. route, art. R. 224-20)."""
    interdit_le, possible_le = attente
    obtention = origin_of(titre.ouverture.delivrance, connus.delivrances)
    echeance = practical_exempt_until(obtention, perte, attente)
    cle = "nouveau_permis" if echeance is None else "nouveau_permis_dispense"
    phrase = Phrase(OBLIGATIONS[cle], {"possible_le": possible_le, "echeance": echeance})
    return Obligation(TypeObligation.NOUVEAU_PERMIS, fait, interdit_le, echeance, possible_le, article, phrase)


# The next course


def next_course(vie: Vie, le: date) -> StagePossible | None:
    """The first day, from `le`, on which one more course may begin, and its gain then if nothing else happens.

    None when the licence is not held then. The interval is that of the new course, counted from the last one known.
    """
    jour = _first_free_day(le, max(vie.compte.stages, default=None))
    etat = state_on(vie, takes_effect_on(jour, jour + timedelta(days=1)))
    if etat is None or etat.validite not in TENUES or state_validity(vie, le) not in TENUES:
        return None
    gain = stage_credit(jour, etat.solde_algebrique, etat.plafond)
    return StagePossible(jour, gain, intervalle_stage.on(jour).cite)


def _first_free_day(le: date, dernier: date | None) -> date:
    """The first day from `le` that comes late enough after the last course, under the wording of that day."""
    if dernier is None:
        return le
    debuts = [le, *(version.since for version in intervalle_stage.versions if version.since > le)]
    apres = [add_months(dernier, intervalle_stage(jour).value) + timedelta(days=1) for jour in debuts]
    return min(jour for jour in (*debuts, *apres) if jour >= le and not is_too_early(jour, dernier))


def state_on(vie: Vie, jour: date) -> Mouvement | None:
    """The last movement by a day, with the state it leaves; None before any."""
    return next((mouvement for mouvement in reversed(vie.compte.mouvements) if mouvement.date <= jour), None)


def state_validity(vie: Vie, jour: date) -> Validite:
    """What the licence is worth on a day."""
    etat = state_on(vie, jour)
    return etat.validite if etat else Validite.SANS_PERMIS
