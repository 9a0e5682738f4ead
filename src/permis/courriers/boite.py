"""A holder's letters as he finds them in his space: what has come, what waits to be opened, the days that prove it.

An electronic letter is there once it is made available, and shut until it is opened or deemed known: opening it has an
effect in law (C. route, art. R. 223-3-1 III). A letter given up never left: it is not there.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from permis.courriers.adresses import read_lignes
from permis.courriers.etapes import RANGS, DelaiRecours, delai_recours, known_on, term_of
from permis.courriers.lettres import ILLISIBLES, read_courrier
from permis.courriers.lettres import find_courrier as find_by_numero
from permis.courriers.models import AdressePostale, Courrier, Etape, NatureCourrier, Statut, Voie

journal = logging.getLogger(__name__)

CONNUES: Final = frozenset({Statut.LU, Statut.REPUTE_CONNU})
POSTALES: Final = frozenset({Voie.SIMPLE, Voie.RECOMMANDE})


class CourrierInconnuError(LookupError):
    """No letter of this file bears this identifier, or it has not come yet: the answer does not tell which."""


@dataclass(frozen=True, slots=True)
class EtapeLue:
    """One dated step: `le` is the day that the law counts, `note_at` when we learned it."""

    statut: Statut
    le: date
    note_at: datetime
    reference: str


@dataclass(frozen=True, slots=True)
class AdresseLue:
    """Where a letter was sent, who had said so, and when."""

    lignes: Sequence[str]
    source: str
    le: date
    npai_le: date | None


class CourrierClos(NamedTuple):
    """A letter that waits to be opened: the day it was made available, the one on which it is deemed known."""

    le: date
    terme: date


@dataclass(frozen=True)
class CourrierLu:
    """A letter with its proofs. Shut (`a_ouvrir`), nothing says what it is about, nor once it is erased (`efface_le`),
    nor where its row does not open (`illisible`): `contenu` is empty.
    """

    ligne: Courrier
    contenu: Mapping[str, Any]
    etapes: Sequence[EtapeLue]
    adresse: AdresseLue | None
    a_ouvrir: bool
    terme: date | None
    connu_le: date | None
    recours: DelaiRecours | None
    reprise_le: date | None
    """The day a later letter took this one back."""
    illisible: bool = False

    @property
    def id(self) -> UUID:
        return self.ligne.pk

    @property
    def efface_le(self) -> date | None:
        """The day what it said was erased (C. route, art. L. 225-2)."""
        return self.ligne.efface_le

    @property
    def numero(self) -> str:
        """The number printed on it; empty where it does not open."""
        try:
            return self.ligne.unseal_column("numero") or ""
        except ILLISIBLES:
            return ""

    @property
    def statut(self) -> Statut:
        """The last step."""
        return self.etapes[-1].statut if self.etapes else Statut.ECRIT

    @property
    def le(self) -> date:
        """The day it was made available, or written."""
        return next((e.le for e in self.etapes if e.statut is Statut.DISPONIBLE), self.ligne.ecrit_le)

    def textes(self, langue: str) -> Mapping[str, Any]:
        """What it says in a language; empty while it is shut, and once it is erased."""
        textes: Mapping[str, Any] = self.contenu.get("textes", {}).get(langue, {})
        return textes


def list_courriers(dossier_id: UUID, le: date) -> list[CourrierLu]:
    """The letters of a file on a day: those to open first, then the latest."""
    lus = [_read(ligne, le) for ligne in _lines(dossier_id)]
    lus = [lu for lu in lus if _has_come(lu)]
    return sorted(lus, key=lambda lu: (not lu.a_ouvrir, -lu.le.toordinal(), -lu.ligne.ecrit_at.timestamp()))


def list_a_ouvrir(dossier_id: UUID, le: date) -> list[CourrierClos]:
    """The letters of a file that wait to be opened, the oldest first; none is read, none is unsealed."""
    finis = [*CONNUES, Statut.ABANDONNE]
    etapes = Etape.objects.filter(courrier__dossier=dossier_id, statut=Statut.DISPONIBLE)
    jours = etapes.exclude(courrier__etapes__statut__in=finis).order_by("le").values_list("le", flat=True)
    return [clos for clos in (CourrierClos(jour, term_of(jour)) for jour in jours) if le <= clos.terme]


def find_courrier(dossier_id: UUID, courrier_id: UUID, le: date) -> CourrierLu:
    """One letter of a file; CourrierInconnuError."""
    ligne = _lines(dossier_id).filter(pk=courrier_id).first()
    if ligne is None:
        raise CourrierInconnuError("no such letter of this file")
    lu = _read(ligne, le)
    if not _has_come(lu):
        raise CourrierInconnuError("this letter has not come")
    return lu


def list_all(dossier_id: UUID, le: date) -> list[CourrierLu]:
    """Every letter of a file for an agent, the latest first: opened, since his reading has no effect."""
    lus = [_read(ligne, le, ouvert=True) for ligne in _lines(dossier_id)]
    return sorted(lus, key=lambda lu: lu.ligne.ecrit_at, reverse=True)


class Provenance(StrEnum):
    """What is said of a number typed from a letter: ours, ours but taken back since, or not ours."""

    NOTRE = "notre"
    REPRISE = "reprise"
    INCONNUE = "inconnue"


def trace_numero(numero: str) -> Provenance:
    """Whether a letter that left bears this number; nothing of what it says."""
    ligne = find_by_numero(numero)
    if ligne is None or Statut.ABANDONNE in {etape.statut for etape in ligne.etapes.all()}:
        return Provenance.INCONNUE
    tombee = ligne.nature != NatureCourrier.REPRISE and (ligne.du.repris_le is not None or _taken_back(ligne))
    return Provenance.REPRISE if tombee else Provenance.NOTRE


def wants_adresse(dossier_id: UUID) -> bool:
    """Whether a letter found nobody at the last address known, or waits for one: the holder is asked for it."""
    derniere = AdressePostale.objects.filter(dossier=dossier_id).order_by("-le", "-recue_at", "-pk").first()
    if derniere is not None:
        return derniere.npai_le is not None
    attendent = Courrier.objects.filter(dossier=dossier_id, voie__in=POSTALES, adresse=None, efface_le=None)
    return attendent.exclude(etapes__statut=Statut.ABANDONNE).exists()


def _lines(dossier_id: UUID) -> QuerySet[Courrier]:
    lignes = Courrier.objects.filter(dossier=dossier_id).select_related("adresse", "du")
    return lignes.prefetch_related("etapes", "du__courriers")


def _has_come(lu: CourrierLu) -> bool:
    statuts = {etape.statut for etape in lu.etapes}
    if Statut.ABANDONNE in statuts:
        return False
    return lu.ligne.voie != Voie.ELECTRONIQUE or Statut.DISPONIBLE in statuts


def _read(ligne: Courrier, le: date, *, ouvert: bool = False) -> CourrierLu:
    etapes = _steps(ligne)
    jours = {etape.statut: etape.le for etape in etapes}
    terme = term_of(jours[Statut.DISPONIBLE]) if Statut.DISPONIBLE in jours else None
    a_ouvrir = not ouvert and terme is not None and le <= terme and not CONNUES & jours.keys()
    contenu = _contents(ligne)
    return CourrierLu(
        ligne=ligne,
        contenu={} if a_ouvrir or contenu is None else contenu,
        etapes=etapes,
        adresse=_address(ligne.adresse),
        a_ouvrir=a_ouvrir,
        terme=terme,
        connu_le=_known(ligne, terme, le),
        recours=delai_recours(ligne, le),
        reprise_le=_taken_back(ligne),
        illisible=contenu is None,
    )


def _contents(ligne: Courrier) -> Mapping[str, Any] | None:
    """What it says; None where its row does not open: its holder keeps its days, and his other letters."""
    if ligne.efface_le is not None:
        return {}
    try:
        return read_courrier(ligne)
    except ILLISIBLES:
        journal.exception("courrier %s : il ne se lit pas", ligne.pk)
        return None


def _steps(ligne: Courrier) -> list[EtapeLue]:
    """In the order of their days; of one day, in that of a letter's way."""
    etapes = [EtapeLue(Statut(e.statut), e.le, e.note_at, e.reference) for e in ligne.etapes.all()]
    return sorted(etapes, key=lambda etape: (etape.le, RANGS[etape.statut]))


def _known(ligne: Courrier, terme: date | None, le: date) -> date | None:
    """The day it is known; past its term an electronic letter is, even before the step is noted."""
    connu_le = known_on(ligne)
    return terme if connu_le is None and terme is not None and le > terme else connu_le


def _address(adresse: AdressePostale | None) -> AdresseLue | None:
    if adresse is None:
        return None
    try:
        return AdresseLue(read_lignes(adresse), adresse.source, adresse.le, adresse.npai_le)
    except ILLISIBLES:
        journal.exception("adresse %s : elle ne se lit pas", adresse.pk)
        return None


def _taken_back(ligne: Courrier) -> date | None:
    if ligne.nature == NatureCourrier.REPRISE:
        return None
    suivants = [autre for autre in ligne.du.courriers.all() if autre.rang > ligne.rang]
    return min((autre.ecrit_le for autre in suivants if autre.nature == NatureCourrier.REPRISE), default=None)
