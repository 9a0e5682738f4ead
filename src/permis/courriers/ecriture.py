"""Write the letters owed: exactly one for each duty, whatever is replayed, killed or run twice.

Nothing is written from an event. A file whose letters wait is locked, read and replayed; its duties are brought to
what the law owes that minute (`dus`), then its letters to its duties, in one transaction. A page may be made ahead: it
is kept only if nothing moved. What its driver was last
told is its last letter that is not abandoned; where that is not what is owed, the next letter says it:

    told        owed    the last letter is still here       it has left
    nothing     yes                                         a notification
    notified    no      it is abandoned                     a reprise, which takes it back
    taken back  yes     the reprise is abandoned            a notification

A 48SI stays owed for its withdrawal when a course brings points back before it is known, and would be unlawful: still
here, it is abandoned; on its way, it waits for what the post says, since known first it would have ended the licence.

A letter tells the day of its movement: where only that day moves, the old letter is taken back and another written,
for the letter, the page and the register never disagree.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from permis.courriers.adresses import choose_adresse
from permis.courriers.attendus import DossierTenu, Origine
from permis.courriers.autorite import is_specimen
from permis.courriers.consentement import current_consentement
from permis.courriers.contenu import RienADireError, compose, write_contenu
from permis.courriers.dus import NON_FONDEE, SOURCE, last_erasures, load_dus, origin_of_letters, owe, reconcile
from permis.courriers.etapes import ISSUES, abandon, has_left, steps_of
from permis.courriers.lettres import cite_courrier
from permis.courriers.models import AdressePostale, Courrier, CourrierDu, Etape, NatureCourrier, Statut, Voie
from permis.courriers.models.dus import TAILLE_REFUS
from permis.courriers.numeros import make_numero
from permis.courriers.relais import let_others_write
from permis.courriers.rendu import GABARIT_COURANT, empreinte, render_pdf
from permis.courriers.sceau import seal_courrier
from permis.courriers.voies.choix import choose_voie
from permis.registre.lecture import DossierLu, Lecteur, read_dossier
from permis.registre.models import Dossier, Fait
from permis.registre.temps import jour_legal
from permis.registre.verrou import lock_dossier

journal = logging.getLogger(__name__)

LECTEUR: Final = Lecteur(
    "systeme", "courriers", "C. route, art. L. 225-4, R. 223-3, R. 223-4, R. 223-8", "ecrire_un_courrier"
)
TRANCHE: Final = 10
"""Files in a transaction: other writers wait a quarter of a second at most, and one flush to disk serves many."""
POSTALES: Final = frozenset({Voie.SIMPLE, Voie.RECOMMANDE})


class RenvoiRefuseError(ValueError):
    """The letter is not one to send again: it did not come back, or it says no more what is owed."""


class Suite(NamedTuple):
    """The letter that comes next for a duty, and the one that it takes back."""

    nature: NatureCourrier
    vise: Courrier | None = None


@dataclass(slots=True)
class Prets:
    """A file as it was read, and the letters made from it ahead, by duty and rank."""

    lu: DossierLu
    courriers: dict[tuple[int, int], Courrier] = field(default_factory=dict)

    def still_hold(self) -> bool:
        """Whether the file, now locked, holds the facts that were read."""
        gardes = Fait.objects.filter(dossier=self.lu.id, contenu__isnull=False).values_list("rang", flat=True)
        return list(gardes.order_by("rang")) == [ligne.rang for ligne in self.lu.lignes]

    def take(self, du: CourrierDu, suite: Suite, at: datetime) -> Courrier:
        """The letter made ahead if it is still the one to write, else made now; RienADireError."""
        pret = self.courriers.get((du.pk, du.courriers.count() + 1))
        voie = _choose_voie(du, suite.nature)
        if pret is not None and (pret.nature, pret.vise, pret.voie) == (*suite, voie):
            return pret
        return prepare_courrier(self.lu, du, *suite, at=at)


@dataclass(slots=True)
class Bilan:
    """What one run did: letters written by nature, abandoned, refused by the law; files left to whoever held them,
    those that failed.
    """

    notifications: int = 0
    reprises: int = 0
    abandonnes: int = 0
    refuses: int = 0
    laisses: int = 0
    echecs: list[UUID] = field(default_factory=list)

    @property
    def ecrits(self) -> int:
        """How many letters were written."""
        return self.notifications + self.reprises

    def add(self, autre: Bilan) -> None:
        """Count what another one did."""
        self.notifications += autre.notifications
        self.reprises += autre.reprises
        self.abandonnes += autre.abandonnes
        self.refuses += autre.refuses


def write_due(*, at: datetime, limite: int | None = None) -> Bilan:
    """Write what waits, `limite` letters or a little more; interrupted, it is only to be run again.

    Several at once share the work: none writes what another holds. A file that fails is logged and stays in the queue.
    """
    bilan, origine = Bilan(), origin_of_letters()
    file = list_waiting()
    dossiers = list(file[:TRANCHE])
    while dossiers and (limite is None or bilan.ecrits < limite):
        _write_some(dossiers, origine, at, bilan)
        let_others_write()
        dossiers = list(file.filter(dossier__gt=dossiers[-1])[:TRANCHE])
    return bilan


@transaction.atomic
def write_file(dossier_id: UUID, *, at: datetime) -> Bilan:
    """Bring one file to what it owes and write it at once: a receipt handed over at a counter cannot wait for a run.

    DossierInconnuError, DossierIllisibleError.
    """
    dossier = lock_dossier(dossier_id).pk
    owe(dossier, at=at)
    return _write_of(dossier, origin_of_letters(), at)


def list_waiting() -> QuerySet[CourrierDu, UUID]:
    """The files that the writer must look at, in order."""
    return (
        CourrierDu.objects.filter(a_ecrire=True).order_by("dossier_id").values_list("dossier_id", flat=True).distinct()
    )


def _write_some(dossiers: Sequence[UUID], origine: Origine | None, at: datetime, bilan: Bilan) -> None:
    """One transaction; files that another one holds are left to it.

    SQLite has one writer for all, so pages are made before it is asked for; PostgreSQL locks these files only.
    """
    prets = {dossier: _prepare(dossier, origine, at) for dossier in dossiers if connection.vendor == "sqlite"}
    with transaction.atomic():
        verrou = Dossier.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=dossiers)
        libres = list(verrou.order_by("pk").values_list("pk", flat=True))
        bilan.laisses += len(dossiers) - len(libres)
        for dossier in libres:
            try:
                with transaction.atomic():
                    bilan.add(_write_of(dossier, origine, at, prets.get(dossier)))
            except DatabaseError:
                raise
            except Exception:  # noqa: BLE001  logged: one file must not stop all the others, whatever is wrong with it
                journal.exception("dossier %s : ses courriers ne sont pas écrits", dossier)
                bilan.echecs.append(dossier)


def _prepare(dossier: UUID, origine: Origine | None, at: datetime) -> Prets | None:
    """The letters of a file, made ahead; None where something is wrong: whoever holds the lock will meet it too."""
    try:
        with transaction.atomic():
            lock_dossier(dossier)
            lu = _read(dossier, origine, at)
        prets = Prets(lu)
        for du in _waiting_of(dossier):
            suite = next_letter(du)
            if suite is not None:
                with suppress(RienADireError):
                    courrier = prepare_courrier(lu, du, *suite, at=at)
                    prets.courriers[du.pk, courrier.rang] = courrier
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001
        return None
    return prets


def _write_of(dossier: UUID, origine: Origine | None, at: datetime, prets: Prets | None = None) -> Bilan:
    """The letters of one file, which is locked. What another run wrote meanwhile is seen here: nothing is left."""
    bilan = Bilan()
    if not _waiting_of(dossier):
        return bilan
    if prets is None or not prets.still_hold():
        prets = Prets(_read(dossier, origine, at))
    for du in _waiting_of(dossier):
        _settle(prets, du, at, bilan)
    CourrierDu.objects.filter(dossier=dossier, a_ecrire=True).update(a_ecrire=False)
    return bilan


def _read(dossier: UUID, origine: Origine | None, at: datetime) -> DossierLu:
    """Read a file, which is locked, and bring its duties to what it owes."""
    lu = read_dossier(dossier, LECTEUR, at=at)
    siens = frozenset(ligne.id for ligne in lu.lignes if ligne.source == SOURCE)
    tenu = DossierTenu(lu.faits, siens, load_dus([dossier])[dossier], last_erasures([dossier]).get(dossier))
    reconcile(dossier, tenu, origine, at=at)
    return lu


def _waiting_of(dossier: UUID) -> list[CourrierDu]:
    """What waits in a file: what takes back before what is owed, each in the order of their days."""
    attendent = CourrierDu.objects.filter(dossier=dossier, a_ecrire=True)
    return sorted(attendent, key=lambda du: (du.repris_le is None, du.date, du.pk))


def _settle(prets: Prets, du: CourrierDu, at: datetime, bilan: Bilan) -> None:
    """Bring the letters of a duty to it: nothing, letters abandoned, at most one letter written."""
    derniere = last_told(du)
    while derniere is not None and is_told(derniere) != _is_due(du) and abandon(derniere, jour_legal(at), at=at):
        bilan.abandonnes += 1
        derniere = last_told(du)
    suite = next_letter(du)
    if suite is not None and suite.nature is NatureCourrier.REPRISE:
        keep_courrier(prets.take(du, suite, at), at=at)
        bilan.reprises += 1
    elif suite is not None:
        _write_notification(prets, du, suite, at, bilan)


def _write_notification(prets: Prets, du: CourrierDu, suite: Suite, at: datetime, bilan: Bilan) -> None:
    """Write it, or keep why it must not be: asked again when the file has changed (`dus`)."""
    refus = ""
    try:
        keep_courrier(prets.take(du, suite, at), at=at)
        bilan.notifications += 1
    except RienADireError as erreur:
        refus = erreur.raison[:TAILLE_REFUS]
        bilan.refuses += 1
    if refus != du.refus:
        rang = len(prets.lu.lignes) if refus else None
        CourrierDu.objects.filter(pk=du.pk).update(refus=refus, refus_rang=rang)


def next_letter(du: CourrierDu) -> Suite | None:
    """The letter that a duty calls for once what is still here and says otherwise is abandoned; None: all is said."""
    derniere = last_told(du)
    if is_told(derniere) == _is_due(du) or (derniere is not None and not has_left(derniere)):
        return None
    if derniere is None or not is_told(derniere):
        return None if du.notifie_par else Suite(NatureCourrier.NOTIFICATION)
    return None if _is_undecided(du, derniere) else Suite(NatureCourrier.REPRISE, derniere)


def _is_due(du: CourrierDu) -> bool:
    return du.repris_le is None and du.refus != NON_FONDEE


def _is_undecided(du: CourrierDu, derniere: Courrier) -> bool:
    """Whether a 48SI on its way may yet have been known before the balance rose: only the post will say."""
    return du.repris_le is None and not ISSUES & steps_of(derniere).keys()


def last_told(du: CourrierDu) -> Courrier | None:
    """The last letter of a duty that is not abandoned: what its driver was told, or is about to be."""
    lettres = du.courriers.order_by("-rang").prefetch_related("etapes")
    return next((lettre for lettre in lettres if Statut.ABANDONNE not in steps_of(lettre)), None)


def is_told(derniere: Courrier | None) -> bool:
    """Whether a last letter says that something is owed; a letter sent again says what it said."""
    return derniere is not None and derniere.nature != NatureCourrier.REPRISE


def prepare_courrier(
    lu: DossierLu, du: CourrierDu, nature: NatureCourrier, vise: Courrier | None = None, *, at: datetime
) -> Courrier:
    """Make the next letter of a duty, sealed, not kept yet; RienADireError."""
    le, voie, numero = jour_legal(at), _choose_voie(du, nature), make_numero()
    visee = cite_courrier(vise) if vise is not None else None
    contenu = compose(lu, du, nature, numero=numero, le=le, voie=voie, vise=visee)
    sceau, specimen = seal_courrier(contenu), is_specimen()
    courrier = Courrier(
        du=du,
        rang=du.courriers.count() + 1,
        nature=nature,
        vise=vise,
        dossier_id=du.dossier_id,
        reference=du.reference,
        gabarit=GABARIT_COURANT,
        specimen=specimen,
        empreinte=empreinte(render_pdf(contenu, sceau=sceau, specimen=specimen)),
        voie=voie,
        ecrit_le=le,
        ecrit_at=at,
    )
    courrier.seal_columns(numero=numero, contenu=write_contenu(contenu), sceau=sceau)
    return courrier


def keep_courrier(courrier: Courrier, adresse: AdressePostale | None = None, *, at: datetime) -> Courrier:
    """Keep a letter, whose file is locked, with where it goes and its first step."""
    if courrier.voie in POSTALES:
        courrier.adresse = adresse or choose_adresse(courrier.dossier_id, courrier.du.fait)
    courrier.save(force_insert=True)
    Etape.objects.create(courrier=courrier, statut=Statut.ECRIT, le=courrier.ecrit_le, note_at=at)
    return courrier


def _choose_voie(du: CourrierDu, nature: NatureCourrier) -> Voie:
    """The way of the form; what takes back a receipt given by hand goes by post, its holder is not there any more."""
    voie = choose_voie(du.reference, current_consentement(du.dossier_id))
    return Voie.SIMPLE if voie is Voie.MAIN_PROPRE and nature is NatureCourrier.REPRISE else voie


@transaction.atomic
def write_renvoi(courrier: Courrier, adresse: AdressePostale, *, at: datetime) -> Courrier:
    """Send again, to a new address, a letter that came back; asked twice, the same. RenvoiRefuseError.

    What waits for the file is written first: a letter that has fallen is not sent again.
    """
    dossier = lock_dossier(courrier.dossier_id).pk
    _write_of(dossier, origin_of_letters(), at)
    du = CourrierDu.objects.get(pk=courrier.du_id)
    derniere = last_told(du)
    nature, vise = NatureCourrier.RENVOI, courrier
    if courrier.nature == NatureCourrier.REPRISE and courrier.vise is not None:
        nature, vise = NatureCourrier.REPRISE, courrier.vise
    if derniere is not None and derniere.rang > courrier.rang and (derniere.nature, derniere.vise) == (nature, vise):
        return derniere
    if derniere != courrier or derniere.efface_le is not None or Statut.INCONNU not in steps_of(courrier):
        raise RenvoiRefuseError("cette lettre n'est pas revenue, ne dit plus ce qui est dû, ou est effacée")
    try:
        renvoi = prepare_courrier(read_dossier(dossier, LECTEUR, at=at), du, nature, vise, at=at)
    except RienADireError as erreur:
        raise RenvoiRefuseError(erreur.raison) from None
    return keep_courrier(renvoi, adresse, at=at)
