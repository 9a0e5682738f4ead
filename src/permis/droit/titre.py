"""The life of one licence: what falls due in it and what ends it, each movement posted in the order of its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from permis.droit.capital import (
    Probation,
    capital_maximal,
    delai_probatoire_reduit,
    fin_probatoire,
    majoration_annuelle,
)
from permis.droit.compte import Cause, Compte
from permis.droit.connaissance import Connus
from permis.droit.delais import add_months
from permis.droit.faits import Delivrance, Filiere, Mesure, Nature, Notification, Stage
from permis.droit.information import INVALIDATIONS, is_valid_form, known_on
from permis.droit.mouvements import Motif, Validite
from permis.droit.options import Options
from permis.droit.ordre import Rang
from permis.droit.ouverture import ECHANGES, Ouverture, is_exempt, open_capital, origin_of, take_over
from permis.droit.phrases import Mois, Points
from permis.droit.probation import is_clean, probation_of
from permis.droit.reconstitution import Terme, schedule_full
from permis.droit.retours import RetourDu, post_retrait, returns_due
from permis.droit.retrait import RetraitEtabli
from permis.droit.stage import (
    CAS_AVEC_POINTS,
    gain_stage,
    intervalle_stage,
    is_too_early,
    plafond_stage,
    stage_credit,
    takes_effect_on,
)
from permis.droit.validite import annulation_judiciaire, interdiction_etranger, invalidation


class Evenement(NamedTuple):
    """What falls on a day: its rank among the movements of that day, how it is posted, and the fact behind it."""

    date: date
    rang: Rang
    ordre: int
    happen: Callable[[], None]
    objet: object


class Titre:
    """One licence while it is replayed.

    `fin` is the day it was lost, None while it runs; `suivant` the day a new licence takes its place; `nul_le` the day
    its balance fell to nil before it was lost; `renouvele_le` the end of a ban that gives a fresh capital (L. 223-10).
    """

    def __init__(
        self,
        compte: Compte,
        ouverture: Ouverture,
        suivant: date | None,
        connus: Connus,
        retraits: Sequence[RetraitEtabli],
        options: Options,
    ) -> None:
        self.compte, self.ouverture, self.suivant = compte, ouverture, suivant
        self.connus, self.options = connus, options
        self.debut = ouverture.date
        self.fin: date | None = None
        self.nul_le: date | None = None
        self.renouvele_le: date | None = None
        self.retraits = [retrait for retrait in retraits if self.covers(retrait.commise_le)]
        self.etranger = ouverture.delivrance.filiere is Filiere.ETRANGER
        self.delivrances = [delivrance for delivrance in connus.delivrances if self.covers(delivrance.date)]
        self.reprise = self._first_french() if self.etranger else None
        self.probation = self._find_probation()
        self.rendus: set[str] = set()
        self.dus: dict[str, RetourDu] = {}
        self.evenements: list[Evenement] = []

    def covers(self, jour: date) -> bool:
        """Whether a day belongs to this licence or to the time between it and the next one."""
        return jour >= self.debut and (self.suivant is None or jour < self.suivant)

    @property
    def takes_training(self) -> bool:
        """Whether the complementary training was looked at for this licence: a first one, with a probation."""
        return self.probation is not None and self.probation.premier

    @property
    def francais_des(self) -> date | None:
        """The day from which the licence is French; None if it never is."""
        if not self.etranger:
            return self.debut
        return self.reprise.date if self.reprise else None

    def is_french_on(self, jour: date) -> bool:
        """Whether the licence was a French one on that day; else C. route, art. L. 223-10 governs it."""
        return self.francais_des is not None and jour >= self.francais_des

    def play(self) -> None:
        """Open the capital, then post all that falls due until the licence is lost or replaced."""
        probation = None if self.etranger else self.probation
        origine = origin_of(self.ouverture.delivrance, self.connus.delivrances)
        open_capital(self.compte, self.ouverture, origine, probation, self.retraits, self.options)
        self._schedule()
        for evenement in sorted(self.evenements):
            if self.fin is None and (self.suivant is None or evenement.date < self.suivant):
                evenement.happen()
            else:
                self._refuse(evenement)

    def _first_french(self) -> Delivrance | None:
        return next((d for d in self.delivrances if d.filiere is not Filiere.ETRANGER), None)

    def _find_probation(self) -> Probation | None:
        source = self.reprise if self.etranger else self.ouverture.delivrance
        if source is None:
            return None
        origine = origin_of(source, self.connus.delivrances)
        if is_exempt(source, origine):
            return None
        premieres: list[Delivrance] = []
        if not source.retour and source.filiere not in ECHANGES:
            premieres = [source, *(d for d in self.delivrances if d is not source)]
        return probation_of(origine, premieres, self.connus, self.retraits, self.options, self.compte)

    # What falls due

    def _add(self, jour: date, rang: Rang, happen: Callable[[], None], objet: object = None) -> None:
        self.evenements.append(Evenement(jour, rang, len(self.evenements), happen, objet))

    def _schedule(self) -> None:
        self._schedule_capital()
        termes = schedule_full(self.retraits, self._after_probation, self.options) if self.retraits else []
        for terme in termes:
            self._add(terme.echeance, Rang.RECONSTITUTION_INTEGRALE, partial(self._reconstitute, terme))
        for retrait in self.retraits:
            self._add(retrait.effet_le, Rang.RETRAIT, partial(self._withdraw, retrait), retrait)
            self._schedule_returns(retrait, termes)
        for stage in self.connus.stages:
            if self.covers(stage.debut):
                self._add(
                    takes_effect_on(stage.debut, stage.fin), Rang.STAGE, partial(self._take_course, stage), stage
                )
        self._schedule_losses()

    def _schedule_capital(self) -> None:
        if self.debut < capital_maximal.versions[-1].since and not self.etranger:
            self._add(capital_maximal.versions[-1].since, Rang.MAJORATION, self._raise_to_twelve)
        if self.reprise is not None:
            self._add(self.reprise.date, Rang.OUVERTURE, partial(self._take_over, self.reprise))
        if self.probation is None or self.francais_des is None:
            return
        if majoration_annuelle.exists_on(self.probation.debut):
            for jour in self.probation.anniversaires():
                if jour > self.francais_des and is_clean(self.retraits, self.probation.debut, jour, self.options):
                    self._add(jour, Rang.MAJORATION, partial(self._gain, self.probation, jour))
        self._add(self.probation.fin, Rang.FIN_PROBATOIRE, partial(self._end_probation, self.probation))

    def _schedule_returns(self, retrait: RetraitEtabli, termes: Sequence[Terme]) -> None:
        for du in returns_due(retrait, self.retraits, termes, self.options):
            if du.date > retrait.effet_le:
                if du.motif is not Motif.RECONSTITUTION_INTEGRALE:
                    self._add(du.date, du.rang, partial(self._give_back, retrait, du))
            else:
                self.dus.setdefault(retrait.fait, du)

    def _schedule_losses(self) -> None:
        for lettre in self.connus.notifications:
            jour = known_on(lettre)
            if lettre.reference in INVALIDATIONS and jour is not None and self.covers(jour):
                self._add(jour, Rang.INVALIDATION, partial(self._invalidate, lettre, jour), lettre)
        for mesure in self.connus.mesures:
            if self.covers(mesure.debut):
                if mesure.nature is Nature.ANNULATION_JUDICIAIRE:
                    self._add(mesure.debut, Rang.ANNULATION_PERMIS, partial(self._annul, mesure))
                elif mesure.nature is Nature.INTERDICTION and not self.is_french_on(mesure.debut):
                    self._add(mesure.debut, Rang.INVALIDATION, partial(self._ban, mesure))

    def _after_probation(self, echeance: date) -> date:
        """No full reconstitution in probation: a term inside it waits for its end (L. 223-1, last al.; choice [P])."""
        if self.probation is None or not self.is_french_on(echeance):
            return echeance
        return max(echeance, self.probation.fin)

    # What happens

    def _raise_to_twelve(self) -> None:
        maximum, version = capital_maximal(capital_maximal.versions[-1].since)
        gain = maximum - self.compte.plafond
        self.compte.plafond = maximum
        self.compte.solde_algebrique += gain
        contexte = {"points": Points(gain), "plafond": Points(maximum)}
        fait = self.ouverture.delivrance.id
        self.compte.post(version.since, gain, Cause(Motif.MAJORATION, fait, version, "majoration_1992", contexte))

    def _take_over(self, delivrance: Delivrance) -> None:
        take_over(self.compte, delivrance, self.probation, self.retraits, self.options)

    def _gain(self, probation: Probation, jour: date) -> None:
        aac = probation.aac_des is not None and jour >= probation.aac_des
        maximum = capital_maximal(jour).value
        gain, version = majoration_annuelle(probation.debut, maximum, aac)
        ancien, self.compte.plafond = self.compte.plafond, min(maximum, self.compte.plafond + gain)
        gain = self.compte.credit(gain)
        if not gain and self.compte.plafond == ancien:  # points taken over above the ceiling: L. 223-11
            return
        contexte = {"obtention": probation.debut, "points": Points(gain), "date": jour}
        fait = (self.reprise or self.ouverture.delivrance).id
        self.compte.post(jour, gain, Cause(Motif.MAJORATION, fait, version, "majoration", contexte))

    def _end_probation(self, probation: Probation) -> None:
        propre = is_clean(self.retraits, probation.debut, probation.fin, self.options)
        maximum = capital_maximal(probation.fin).value
        cible, version = fin_probatoire(probation.debut, propre, maximum, self.compte.solde_algebrique)
        variation = cible - self.compte.solde_algebrique
        self.compte.plafond, self.compte.solde_algebrique = maximum, cible
        contexte = {"obtention": probation.debut, "points": Points(variation), "plafond": Points(maximum)}
        cle = "fin_probatoire" if propre else "fin_probatoire_sans_gain"
        if propre and probation.version in delai_probatoire_reduit.versions:
            cle = "fin_probatoire_formation"
        fait = (self.reprise or self.ouverture.delivrance).id
        self.compte.post(probation.fin, variation, Cause(Motif.FIN_PROBATOIRE, fait, version, cle, contexte))

    def _withdraw(self, retrait: RetraitEtabli) -> None:
        post_retrait(self.compte, retrait)
        if retrait.fait in self.dus:
            self._give_back(retrait, self.dus[retrait.fait])

    def _give_back(self, retrait: RetraitEtabli, du: RetourDu) -> None:
        if retrait.fait in self.rendus:
            return
        self.rendus.add(retrait.fait)
        jour = max(du.date, retrait.effet_le)
        gain = self.compte.credit(retrait.points)
        if gain:
            contexte = {**du.contexte, "points": Points(gain)}
            self.compte.post(jour, gain, Cause(du.motif, retrait.fait, du.version, du.cle, contexte, du.article))
        else:
            self.compte.ignore(retrait.fait, jour, "retour_plafond", du.article, commise_le=retrait.commise_le)

    def _reconstitute(self, terme: Terme) -> None:
        partis = [r for r in self.retraits if r.effet_le < terme.echeance and r.fait not in self.rendus]
        dehors = sum(r.points for r in partis if r.fait not in terme.membres)
        gain = max(0, self.compte.plafond - dehors - self.compte.solde_algebrique)
        self.compte.solde_algebrique += gain
        self.rendus.update(r.fait for r in partis if r.fait in terme.membres)
        du = RetourDu.full(terme, self.options.borne)
        contexte = {**du.contexte, "points": Points(gain)}
        self.compte.post(
            terme.echeance, gain, Cause(du.motif, terme.depart.fait, terme.version, du.cle, contexte, du.article)
        )

    def _take_course(self, stage: Stage) -> None:
        jour = takes_effect_on(stage.debut, stage.fin)
        if stage.cas not in CAS_AVEC_POINTS:
            self.compte.ignore(
                stage.id, stage.fin, "stage_sans_points", "arrêté du 26 juin 2012, art. 1er", cas=stage.cas
            )
            return
        precedent = max(self.compte.stages, default=None)
        if is_too_early(stage.debut, precedent):
            mois, version = intervalle_stage(stage.debut)
            self.compte.ignore(
                stage.id, stage.fin, "stage_trop_tot", version.cite, precedent=precedent, mois=Mois(mois)
            )
            return
        self.compte.stages.append(stage.fin)
        gain = stage_credit(stage.debut, self.compte.solde_algebrique, self.compte.plafond)
        version = gain_stage.on(stage.debut)
        if not gain:
            limite = plafond_stage(stage.debut, self.compte.plafond).value
            self.compte.ignore(stage.id, jour, "stage_plafond", version.cite, plafond=Points(limite))
            return
        self.compte.solde_algebrique += gain
        contexte = {"debut": stage.debut, "fin": stage.fin, "points": Points(gain), "date": jour}
        self.compte.post(jour, gain, Cause(Motif.STAGE, stage.id, version, "stage", contexte))

    # What ends it

    def _invalidate(self, lettre: Notification, jour: date) -> None:
        perdu, version = invalidation(jour, self.compte.solde_algebrique)
        if not self.is_french_on(jour):
            self.compte.ignore(lettre.id, jour, "invalidation_etranger", "CE, 10 mars 2025, n° 471761")
        elif not is_valid_form(lettre.reference, lettre.mode):
            self.compte.ignore(lettre.id, jour, "courrier_sans_forme", "C. route, art. R. 223-3 III")
        elif not perdu:
            self.compte.ignore(lettre.id, jour, "invalidation_non_fondee", version.cite)
        else:
            self._lose(jour, Validite.INVALIDE)
            contexte = {"date": jour, "nul_le": self.nul_le}
            self.compte.post(jour, 0, Cause(Motif.INVALIDATION, lettre.id, version, "invalidation", contexte))

    def _annul(self, mesure: Mesure) -> None:
        self._lose(mesure.debut, Validite.ANNULE)
        version = annulation_judiciaire.on(mesure.debut)
        contexte = {"date": mesure.debut}
        self.compte.post(
            mesure.debut, 0, Cause(Motif.ANNULATION_PERMIS, mesure.id, version, "annulation_permis", contexte)
        )

    def _ban(self, mesure: Mesure) -> None:
        if self.compte.solde_algebrique > 0:
            return
        self._lose(mesure.debut, Validite.INTERDIT)
        mois, version = interdiction_etranger(mesure.debut)
        self.renouvele_le = add_months(mesure.debut, mois)
        contexte = {"date": mesure.debut, "fin": self.renouvele_le}
        self.compte.post(mesure.debut, 0, Cause(Motif.INVALIDATION, mesure.id, version, "interdiction", contexte))

    def _lose(self, jour: date, validite: Validite) -> None:
        self.nul_le = self.compte.nul_depuis
        self.fin, self.compte.validite = jour, validite

    def _refuse(self, evenement: Evenement) -> None:
        """What would have fallen on a licence that is lost or replaced: facts are said, dues die."""
        jour, objet = evenement.date, evenement.objet
        if isinstance(objet, RetraitEtabli):
            hors = self.fin is not None and objet.commise_le > self.fin
            cle = "commise_sans_permis" if hors else "permis_perdu"
            self.compte.ignore(objet.fait, jour, cle, "C. route, art. L. 223-1", commise_le=objet.commise_le)
        elif isinstance(objet, Stage):
            self.compte.ignore(objet.id, objet.fin, "stage_permis_perdu", "CE, 17 avr. 2025, n° 492072")
        elif isinstance(objet, Notification):
            self.compte.ignore(objet.id, jour, "courrier_permis_perdu", "C. route, art. L. 223-5")
