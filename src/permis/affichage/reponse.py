"""What a page shows of one licence: a question replayed, its picture, what is supposed, the best day for a course.

The templates `affichage/releve/*.html` draw each part of it; each says what it expects. A surface makes a `Question`
and gives a template the `Reponse` as `r`.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_  # noqa: N812  the name that catalogues know

from permis.affichage.cartes import Carte, make_cartes, names_of
from permis.affichage.frise import ETROIT, LARGE, MAXIMUM, MOYEN, Frise, draw
from permis.affichage.meilleur_stage import JourDeStage, best_day, compare_days, solde_on
from permis.affichage.options import OptionAffichee, describe_options
from permis.affichage.question import Question
from permis.affichage.suppositions import Supposition, courantes_on, tell_suppositions
from permis.droit.bareme import LigneBareme
from permis.droit.delais import add_months
from permis.droit.faits import Delivrance, Infraction, Mesure, Notification, Realite, Retrait, Stage
from permis.droit.mouvements import Motif, Mouvement, TypeObligation, Validite
from permis.droit.phrases import Phrase
from permis.droit.releve import Releve, replay
from permis.typographie import INSECABLE, format_date, format_points

AUCUN_PERMIS: Final = N_("Aucun permis n'est encore délivré à cette date.")
ANNULABLES: Final = (Infraction, Realite, Retrait, Notification, Mesure)
AVANCE: Final = 120
"""How far a picture of the future may reach, in months."""


class Ligne(NamedTuple):
    """A movement with the name of its fact."""

    mouvement: Mouvement
    fait: str


class Ecart(NamedTuple):
    """A day of the comparison: the balance as things are, and as supposed."""

    jour: date
    sans: int
    avec: int

    @property
    def difference(self) -> int:
        return self.avec - self.sans


class Montee(NamedTuple):
    """How the ceiling of a probation still rises (C. route, art. L. 223-1, L. 223-11).

    `annuelle`: at a year of it; else at its end alone, to `maximum`, None where it does not rise any more. `empechee`:
    an offence that cost points, committed in the probation, holds it down till then.
    """

    annuelle: bool
    maximum: int | None
    empechee: bool


class Reponse:
    """Everything that the page says of one question, computed when the template asks for it."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.releve = question.answer()

    @cached_property
    def noms(self) -> dict[str, str]:
        """The name of each fact, by its identifier."""
        return names_of(self.question.faits)

    @cached_property
    def pourquoi(self) -> Phrase:
        """The one sentence that says why: that of the last movement, or of the withdrawal that left nothing."""
        mouvements = self.releve.mouvements
        if not mouvements:
            return Phrase(AUCUN_PERMIS, {})
        if self.releve.validite == Validite.NUL_NON_NOTIFIE:
            mouvements = tuple(m for m in mouvements if m.motif == Motif.RETRAIT) or mouvements
        return mouvements[-1].explication

    @property
    def prochain(self) -> Mouvement | None:
        """The movement that ends the next day on which the balance shown is another."""
        derniers = {m.date: m for m in self.releve.a_venir}
        return next((m for m in derniers.values() if m.solde != self.releve.solde), None)

    @cached_property
    def pips(self) -> list[str]:
        """The twelve points: held, lost, or not yet within reach."""
        solde, plafond = self.releve.solde, self.releve.plafond
        return ["tenu" if i < solde else "perdu" if i < plafond else "ferme" for i in range(MAXIMUM)]

    @property
    def noun(self) -> str:
        """« point » or « points », for the large figure."""
        return format_points(self.releve.solde).split(INSECABLE)[1]

    @cached_property
    def vivant(self) -> bool:
        """Whether the licence is held on that day."""
        return self.releve.validite in {Validite.VALIDE, Validite.NUL_NON_NOTIFIE}

    @property
    def existe(self) -> bool:
        """Whether there is a licence, held or lost, on that day."""
        return self.releve.validite != Validite.SANS_PERMIS

    @property
    def permis_a_venir(self) -> date | None:
        """The day on which the first licence of the facts is obtained, where it is later."""
        jours = [fait.date for fait in self.question.faits if isinstance(fait, Delivrance)]
        return min((jour for jour in jours if jour > self.question.le), default=None)

    @cached_property
    def montee(self) -> Montee:
        """How the ceiling rises until the probation ends, as things are known."""
        probatoire, plafond = self.releve.probatoire, self.releve.plafond
        fin = probatoire.fin if probatoire else self.question.le
        montees = [m for m in self.releve.a_venir if m.date <= fin and m.plafond > plafond]
        annuelle = any(m.motif == Motif.MAJORATION for m in montees)
        maximum = max((m.plafond for m in montees), default=None)
        return Montee(annuelle, maximum, any(m.cle == "fin_probatoire_sans_gain" for m in montees))

    @cached_property
    def frises(self) -> list[Frise]:
        """The picture, for three widths."""
        mouvements, a_venir = self.releve.mouvements, self.releve.a_venir
        autres = (*self.supposee.mouvements, *self.supposee.a_venir) if self.supposee else ()
        return [draw(mouvements, a_venir, self.question.le, forme, autres) for forme in (LARGE, MOYEN, ETROIT)]

    @cached_property
    def frise_texte(self) -> str:
        """What the picture shows, in words."""
        tous = [
            m
            for m in (*self.releve.mouvements, *self.releve.a_venir)
            if m.variation or m.motif == Motif.CAPITAL_INITIAL
        ]
        etapes = [
            _("%(points)s le %(jour)s") % {"points": format_points(m.solde), "jour": format_date(m.date)} for m in tous
        ]
        return _("Le solde : %(etapes)s.") % {"etapes": ", ".join(etapes) or _("aucun mouvement")}

    @cached_property
    def lignes(self) -> list[Ligne]:
        """What happened, the latest first."""
        return [self._line(mouvement) for mouvement in reversed(self.releve.mouvements)]

    @cached_property
    def a_venir(self) -> list[Ligne]:
        """What is to come."""
        return [self._line(mouvement) for mouvement in self.releve.a_venir]

    @cached_property
    def tableau(self) -> list[tuple[Mouvement, bool]]:
        """The table of the picture: each movement, and whether it is to come."""
        return [*((m, False) for m in self.releve.mouvements), *((m, True) for m in self.releve.a_venir)]

    def _line(self, mouvement: Mouvement) -> Ligne:
        return Ligne(mouvement, self.noms.get(mouvement.fait, ""))

    @cached_property
    def sans_effet(self) -> list[tuple[object, str]]:
        return [(element, self.noms.get(element.fait, "")) for element in self.releve.sans_effet]

    @cached_property
    def corrections(self) -> list[tuple[object, str]]:
        return [(correction, self.noms.get(correction.cause, "")) for correction in self.releve.corrections]

    @cached_property
    def courriers(self) -> list[tuple[object, str]]:
        return [(courrier, self.noms.get(courrier.fait, "")) for courrier in self.releve.courriers]

    @cached_property
    def cartes(self) -> list[Carte]:
        return make_cartes(self.question.faits)

    @cached_property
    def options(self) -> list[OptionAffichee]:
        return describe_options(self.question.options, self.releve.options_decisives)

    # Courses

    @cached_property
    def essais(self) -> list[JourDeStage]:
        """The days tried for a course, where one may be followed; nothing is tried for a day that is past."""
        if not self.releve.stage or self.question.le < self.question.aujourdhui:
            return []
        return compare_days(self._replay_with_course, max(self.releve.stage.possible_a_partir_du, self.demain))

    @cached_property
    def meilleur_jour(self) -> JourDeStage | None:
        presse = self.releve.validite == Validite.NUL_NON_NOTIFIE
        return best_day(self.essais, self.limite_stage, presse=presse)

    @cached_property
    def limite_stage(self) -> date | None:
        """The last day of the shortest delay that runs for a course that must be followed."""
        echeances = [o.echeance for o in self.releve.obligations if o.type == TypeObligation.STAGE_OBLIGATOIRE]
        return min((jour for jour in echeances if jour and jour >= self.demain), default=None)

    @property
    def demain(self) -> date:
        """The first day on which anything may still be decided."""
        return self.question.aujourdhui + timedelta(days=1)

    def _replay_with_course(self, debut: date | None) -> tuple[Mouvement, ...]:
        faits = list(self.question.faits)
        if debut:
            fin = debut + timedelta(days=1)
            faits.append(Stage(id="stage essayé", connu_le=self.question.connaissance, debut=debut, fin=fin, cas=1))
        horizon = add_months(self.question.le, AVANCE)
        return replay(faits, horizon, self.question.connaissance, self.question.options).mouvements

    # Suppositions

    @cached_property
    def suppositions(self) -> list[Supposition]:
        return tell_suppositions(self.question.si, self.noms)

    @cached_property
    def supposee(self) -> Releve | None:
        """The same day with the suppositions; None where nothing is supposed."""
        return self.question.suppose() if self.question.si else None

    @cached_property
    def ecarts(self) -> list[Ecart]:
        """The day asked, then each later day on which one of the two balances moves."""
        if not self.supposee:
            return []
        sans = (*self.releve.mouvements, *self.releve.a_venir)
        avec = (*self.supposee.mouvements, *self.supposee.a_venir)
        jours = sorted({self.question.le, *(m.date for m in (*sans, *avec) if m.date > self.question.le)})
        return [Ecart(jour, solde_on(sans, jour), solde_on(avec, jour)) for jour in jours]

    @property
    def annule_sur_le_champ(self) -> bool:
        """Whether an annulment that is supposed changes the balance of the day asked, before its own day."""
        annule = any(code.startswith("annulation:") for code in self.question.si)
        return annule and bool(self.ecarts[0].difference)

    @cached_property
    def courantes(self) -> list[LigneBareme]:
        """The offences that are supposed most."""
        return courantes_on(self.demain)

    @cached_property
    def a_etablir(self) -> list[tuple[str, str]]:
        """The offences that a payment would establish."""
        etablies = {fait.infraction for fait in self.question.faits if isinstance(fait, Realite)}
        libres = [f for f in self.question.faits if isinstance(f, Infraction) and f.id not in etablies]
        return [(fait.id, self.noms[fait.id]) for fait in libres]

    @cached_property
    def annulables(self) -> list[tuple[str, str]]:
        """The facts that a decision could annul."""
        return [(fait.id, self.noms[fait.id]) for fait in self.question.faits if isinstance(fait, ANNULABLES)]
