"""The letter that takes back another one: which, why, what is worth today; never while the law still owes the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from permis.courriers.contenu.blocs import cite_paragraphe, write_chiffres, write_paragraphe
from permis.courriers.contenu.causes import say_cause
from permis.courriers.contenu.etat import EMPECHENT, etat_de
from permis.courriers.contenu.formes import Bloc, Donnees
from permis.courriers.contenu.langues import Deux, format_solde, say
from permis.courriers.contenu.machines import write_jour
from permis.courriers.contenu.recours import echeance_recours, write_recours
from permis.courriers.contenu.sujet import (
    MOTIFS,
    REFERENCES_DE_RETRAIT,
    Envoi,
    RienADireError,
    find_courrier,
    find_mouvement,
    saved_by,
)
from permis.courriers.contenu.validites import say_mesure
from permis.courriers.models import CourrierDu
from permis.droit.mouvements import Correction, Motif, Mouvement, TypeObligation, Validite
from permis.droit.releve import Releve
from permis.registre.lecture import DossierLu
from permis.typographie import write

RETIREE = Deux(
    "La lettre {reference} du {ecrite_le}, numéro {numero}, est retirée. Elle ne produit plus aucun effet : faites comme si "
    "elle n'avait pas été écrite.",
    "Letter {reference} of {ecrite_le}, number {numero}, is withdrawn. It has no effect any more: treat it as never written.",
)
RETIREE_SANS_NUMERO = Deux(
    "La lettre {reference} qui vous a été adressée pour un fait du {date} est retirée. Elle ne produit plus aucun effet : "
    "faites comme si elle n'avait pas été écrite.",
    "The letter {reference} sent to you for an event of {date} is withdrawn. It has no effect any more: treat it as never "
    "written.",
)
ELLE_DISAIT = Deux("Elle vous annonçait ceci : {explication}", "It told you this: {explication}")
AUJOURD_HUI = Deux("Votre solde au {le}", "Your balance on {le}")
POINTS_RENDUS = Deux(
    "Les points que l'ancienne lettre disait retirés sont comptés comme s'ils n'avaient jamais été retirés.",
    "The points that the former letter said were withdrawn are counted as if they had never been withdrawn.",
)
POINTS_REPRIS = Deux(
    "Les points que l'ancienne lettre disait rendus ne le sont pas.",
    "The points that the former letter said were given back are not.",
)
ENCORE_RETIRES = Deux(
    "Le retrait de points lui-même demeure ; seule la lettre change.",
    "The withdrawal of points itself stands; only the letter changes.",
)
PERMIS_VALIDE = Deux(
    "Votre permis n'a pas perdu sa validité. Si vous l'avez remis à la préfecture, demandez-lui de vous le rendre : "
    "présentez la présente lettre, elle suffit.",
    "Your licence has not lost its validity. If you handed it in at the prefecture, ask for it back: show the present letter, it is "
    "enough.",
)
PERMIS_VALIDE_MAIS = Deux(
    "Votre permis n'a pas perdu sa validité, mais vous ne pouvez pas conduire tant que court une autre mesure : {mesure}.",
    "Your licence has not lost its validity, but you may not drive while another measure runs: {mesure}.",
)
SAUVE = Deux(
    "Ce qui a changé : votre solde n'est plus nul depuis le {date}, avant que la lettre 48SI vous soit notifiée. {explication}",
    "What has changed: your balance has not been nil since {date}, before letter 48SI was notified to you. {explication}",
)
STAGE_TOMBE = Deux("L'obligation de suivre un stage tombe avec elle.", "The duty to take a course falls with it.")
STAGE_DEMEURE = Deux(
    "Une autre lettre 48N vous oblige encore à suivre un stage.",
    "Another letter 48N still obliges you to take a course.",
)
AUTRE_LETTRE = Deux(
    "Pour le même fait, la loi appelle désormais une lettre {reference} : elle vous est adressée par ailleurs.",
    "For the same event, the law now calls for a letter {reference}: it is sent to you separately.",
)


@dataclass(frozen=True, slots=True)
class Reprise:
    """A letter to take back: its duty, the statement of today, the correction that undid it if it is known."""

    lu: DossierLu
    releve: Releve
    du: CourrierDu
    envoi: Envoi

    @property
    def motifs(self) -> frozenset[Motif]:
        """The reasons of the movements that the form speaks of; none for a receipt."""
        return MOTIFS.get(self.du.reference, frozenset())

    @property
    def tient(self) -> bool:
        """Whether the movement still stands today, under another form or on another day."""
        return any(m.fait == self.du.fait and m.motif in self.motifs for m in self.releve.mouvements)

    @property
    def reprend_des_points(self) -> bool:
        """Whether it takes away points that a letter said were given back: remedies are then those of a withdrawal."""
        return bool(self.motifs) and self.du.reference not in REFERENCES_DE_RETRAIT and not self.tient

    @property
    def autre(self) -> str | None:
        """The other form that the law owes today for the same movement."""
        autres = (c for c in self.releve.courriers if c.fait == self.du.fait and MOTIFS[c.reference] == self.motifs)
        return next((c.reference for c in autres if (c.reference, c.date) != (self.du.reference, self.du.date)), None)

    @property
    def correction(self) -> Correction | None:
        """What the register said of the movement, and no longer does."""
        return next((c for c in self.releve.corrections if self._is_of(c.mouvement)), None)

    @property
    def cause(self) -> str | None:
        """The fact that changed it: what undid the movement, else what was last learned since the letter was owed."""
        if self.correction is not None:
            return self.correction.cause
        depuis = [c for c in self.releve.corrections if c.cesse_le > self.du.vu_le]
        return max(depuis, key=lambda c: c.cesse_le).cause if depuis else None

    @property
    def salut(self) -> Mouvement | None:
        """What saved the licence after a 48SI was owed, before it was known."""
        courrier = find_courrier(self.releve, self.du) if self.du.reference == "48SI" else None
        return saved_by(self.releve, find_mouvement(self.releve, courrier)) if courrier else None

    def _is_of(self, m: Mouvement) -> bool:
        return (m.fait, m.date) == (self.du.fait, self.du.date) and m.motif in self.motifs


def find_reprise(lu: DossierLu, du: CourrierDu, envoi: Envoi) -> Reprise:
    """What a taking back speaks of; RienADireError while the law still owes the letter.

    A 48SI whose licence was saved before it was known (a course, a return) may be taken back too: it is unfounded.
    """
    reprise = Reprise(lu, lu.replay(envoi.le), du, envoi)
    if find_courrier(reprise.releve, du) is not None and reprise.salut is None:
        raise RienADireError(
            f"la loi appelle toujours la lettre {du.reference} du {du.date} : elle n'est pas à reprendre"
        )
    return reprise


def write_reprise(reprise: Reprise) -> Iterator[Bloc]:
    """Which letter, what it said, what changed, the balance now, what follows, the remedies."""
    releve = reprise.releve
    yield _which(reprise.du, reprise.envoi.vise)
    if reprise.correction is not None:
        yield write_paragraphe(ELLE_DISAIT, explication=write(reprise.correction.mouvement.explication))
    if reprise.salut is not None:
        yield write_paragraphe(SAUVE, date=reprise.salut.date, explication=write(reprise.salut.explication))
    else:
        yield cite_paragraphe(say_cause(reprise.lu, reprise.cause))
    yield from _motif_of_law(reprise)
    yield write_chiffres([(say(AUJOURD_HUI, le=reprise.envoi.le), format_solde(releve.solde, releve.plafond))])
    yield from _consequences(reprise)
    yield write_recours(reprise.envoi, prefet=reprise.du.reference in {"47", "44"}, retrait=reprise.reprend_des_points)


def _which(du: CourrierDu, vise: Mapping[str, Any] | None) -> Bloc:
    if vise is None:
        return write_paragraphe(RETIREE_SANS_NUMERO, reference=du.reference, date=du.date)
    ecrite_le = date.fromisoformat(vise["ecrit_le"])
    return write_paragraphe(RETIREE, reference=du.reference, ecrite_le=ecrite_le, numero=vise["numero"])


def _motif_of_law(reprise: Reprise) -> Iterator[Bloc]:
    """Why the fact moves nothing today, as the page says it."""
    for element in reprise.releve.sans_effet:
        if element.fait == reprise.du.fait and not reprise.tient and element.cle != "annule":
            yield cite_paragraphe(write(element.explication))


def _consequences(reprise: Reprise) -> Iterator[Bloc]:
    reference, tient = reprise.du.reference, reprise.tient
    if reference in REFERENCES_DE_RETRAIT:
        yield write_paragraphe(ENCORE_RETIRES if tient else POINTS_RENDUS)
    elif reprise.reprend_des_points:
        yield write_paragraphe(POINTS_REPRIS)
    if reference == "48SI" and reprise.releve.validite is Validite.VALIDE:
        yield _licence_valid(reprise)
    if reference == "48N" and reprise.autre != "48N":
        oblige = any(o.type is TypeObligation.STAGE_OBLIGATOIRE for o in reprise.releve.obligations)
        yield write_paragraphe(STAGE_DEMEURE if oblige else STAGE_TOMBE)
    if reprise.autre is not None:
        yield write_paragraphe(AUTRE_LETTRE, reference=reprise.autre)


def _licence_valid(reprise: Reprise) -> Bloc:
    """The licence is held; it is not given back while a measure forbids to drive."""
    mesures = etat_de(reprise.lu, reprise.envoi.le)["mesures"]
    empechent = [mesure for mesure in mesures if mesure["nature"] in EMPECHENT]
    if not empechent:
        return write_paragraphe(PERMIS_VALIDE)
    return write_paragraphe(PERMIS_VALIDE_MAIS, mesure=say_mesure(empechent[0]))


def donnees_reprise(reprise: Reprise) -> Donnees:
    """The letter taken back and the balance of the day, for machines; no point moves by a letter."""
    du, releve, vise = reprise.du, reprise.releve, reprise.envoi.vise
    return {
        "reference": du.reference,
        "nature": reprise.envoi.nature,
        "fait": du.fait,
        "date": du.date.isoformat(),
        "motif": None,
        "points": None,
        "variation": 0,
        "solde": releve.solde,
        "plafond": releve.plafond,
        "validite": str(releve.validite),
        "mode": reprise.envoi.voie,
        "articles": [],
        "redaction_depuis": None,
        "lettre_reprise": {
            "numero": vise["numero"] if vise else None,
            "ecrit_le": vise["ecrit_le"] if vise else None,
            "reference": du.reference,
        },
        "cause": reprise.cause,
        "cesse_le": write_jour(reprise.correction.cesse_le if reprise.correction else None),
        "infraction": None,
        "retraits": [],
        "echeances": [echeance_recours(reprise.envoi)],
    }
