"""Bring the table of letters owed to what the law owes, file by file: replayed or run twice, it changes nothing more.

The lots of the national file do the same for everybody at once (`prise`); this is for one file that something has
just reached, for a register without the national run, and for whoever is about to write.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from permis.courriers.attendus import DossierTenu, Ecarts, LettreDue, Origine, compare, identify
from permis.courriers.models import CourrierDu, LotQuotidien
from permis.courriers.relais import let_others_write
from permis.droit.delais import UN_JOUR
from permis.droit.dossier.fautes import DossierInvalideError
from permis.droit.faits import Fait as FaitDuDroit
from permis.registre.contenu import read_contenus, read_faits
from permis.registre.exportation import DossierIllisibleError
from permis.registre.models import Dossier, Effacement, Fait
from permis.registre.temps import jour_legal
from permis.registre.verrou import DossierInconnuError

journal = logging.getLogger(__name__)

SOURCE = "courriers"
"""Under which we record in the register what became of our own letters."""
TRANCHE = 100
NON_FONDEE = "le solde n'est plus nul : la lettre 48SI ne serait pas fondée"
"""Why a 48SI is not sent, or is given up while it is still here (CE, 29 sept. 2023, n° 461479)."""


@dataclass(slots=True)
class Rapprochement:
    """What one run did: files read, those that do not open; letters added, taken back, owed again."""

    dossiers: int = 0
    ajoutes: int = 0
    repris: int = 0
    retablis: int = 0
    illisibles: list[UUID] = field(default_factory=list)

    def add(self, ecarts: Ecarts) -> None:
        """Count one file."""
        self.dossiers += 1
        self.ajoutes += len(ecarts.ajoutes)
        self.repris += len(ecarts.repris)
        self.retablis += len(ecarts.retablis)


def owe(dossier_id: UUID, *, at: datetime) -> Rapprochement:
    """Bring the letters of one file to what it owes; DossierInconnuError, DossierIllisibleError."""
    bilan = Rapprochement()
    _owe_some([dossier_id], at, bilan)
    if bilan.illisibles:
        raise DossierIllisibleError(f"dossier {dossier_id}")
    if not bilan.dossiers:
        raise DossierInconnuError(f"no file {dossier_id}")
    return bilan


def owe_all(dossiers: Iterable[UUID] | None = None, *, at: datetime) -> Rapprochement:
    """Bring the letters of these files (by default all) to what they owe, a hundred files a transaction.

    Interrupted, it is only to be run again. A file that does not open is told and left.
    """
    bilan, suite = Rapprochement(), iter(_all_dossiers() if dossiers is None else dossiers)
    while tranche := list(islice(suite, TRANCHE)):
        _owe_some(tranche, at, bilan)
        let_others_write()
    return bilan


def _all_dossiers() -> Iterator[UUID]:
    """Every file, in order; no cursor stays open: once another process wrote, SQLite lets none that reads write."""
    tous = Dossier.objects.order_by("pk").values_list("pk", flat=True)
    tranche = list(tous[:TRANCHE])
    while tranche:
        yield from tranche
        tranche = list(tous.filter(pk__gt=tranche[-1])[:TRANCHE])


def origin_of_letters() -> Origine | None:
    """From when letters are ours: as set (`PERMIS_COURRIERS_DEPUIS`), else from the first lot taken; None: always."""
    depuis: date | None = settings.PERMIS_COURRIERS_DEPUIS
    if depuis is not None:
        return Origine(depuis - UN_JOUR, depuis - UN_JOUR)
    premier = LotQuotidien.objects.order_by("numero").first()
    return Origine(premier.depuis, premier.connu_depuis) if premier else None


@transaction.atomic
def _owe_some(dossiers: Sequence[UUID], at: datetime, bilan: Rapprochement) -> None:
    """One transaction; the files are locked in order, as one that records a fact locks its own."""
    verrou = Dossier.objects.select_for_update(no_key=True).filter(pk__in=dossiers).order_by("pk")
    presents = list(verrou.values_list("pk", flat=True))
    contenus, gardes, origine = _load_contenus(presents), load_dus(presents), origin_of_letters()
    effaces = last_erasures(presents)
    for dossier in presents:
        try:
            faits, siens = _read(contenus[dossier])
        except DossierInvalideError:
            journal.exception("dossier %s illisible : ses courriers ne sont pas revus", dossier)
            bilan.illisibles.append(dossier)
            continue
        tenu = DossierTenu(faits, siens, gardes[dossier], effaces.get(dossier))
        bilan.add(reconcile(dossier, tenu, origine, at=at))


def reconcile(dossier: UUID, tenu: DossierTenu, origine: Origine | None, *, at: datetime) -> Ecarts:
    """Write what brings the rows of a file, locked by whoever calls, to what it owes on the day of `at`."""
    jour = jour_legal(at)
    ecarts = compare(tenu, jour, origine)
    rang = len(tenu.faits)
    CourrierDu.objects.bulk_create(
        CourrierDu(dossier_id=dossier, **due._asdict(), vu_le=jour, **_circumstances(due, "", ecarts, rang))
        for due in ecarts.ajoutes
    )
    _mark(ecarts.repris, jour)
    _mark(ecarts.retablis, None)
    for du in tenu.gardes:
        circonstances = _circumstances(identify(du), du.refus, ecarts, rang)
        if any(getattr(du, colonne) != valeur for colonne, valeur in circonstances.items()):
            CourrierDu.objects.filter(pk=du.pk).update(a_ecrire=True, **circonstances)
    return ecarts


def _circumstances(due: LettreDue, refus: str, ecarts: Ecarts, rang: int) -> dict[str, str | int | None]:
    """What else decides whether a letter is written; another refusal than ours stands until it is asked again."""
    refus = NON_FONDEE if due in ecarts.sauves else "" if refus == NON_FONDEE else refus
    return {"notifie_par": ecarts.notifies.get(due, ""), "refus": refus, "refus_rang": rang if refus else None}


def _mark(dus: Sequence[CourrierDu], repris_le: date | None) -> None:
    if dus:
        cles = [du.pk for du in dus]
        CourrierDu.objects.filter(pk__in=cles).update(repris_le=repris_le, repris_par=None, a_ecrire=True)


def load_dus(dossiers: Sequence[UUID]) -> defaultdict[UUID, list[CourrierDu]]:
    """The rows of letters owed, by file."""
    par_dossier: defaultdict[UUID, list[CourrierDu]] = defaultdict(list)
    for du in CourrierDu.objects.filter(dossier__in=dossiers).order_by("pk"):
        par_dossier[du.dossier_id].append(du)
    return par_dossier


def last_erasures(dossiers: Sequence[UUID]) -> dict[UUID, date]:
    """The day of the last erasure (art. L. 225-2) of the files that had one."""
    groupes = Effacement.objects.filter(fait__dossier__in=dossiers).values("fait__dossier_id").order_by()
    derniers = groupes.annotate(dernier=Max("efface_at")).values_list("fait__dossier_id", "dernier")
    return {dossier: jour_legal(moment) for dossier, moment in derniers}


def _load_contenus(dossiers: Sequence[UUID]) -> defaultdict[UUID, list[tuple[str, str]]]:
    """The facts kept, by file, in order: content and source. The register's own work: nobody reads a file here."""
    par_dossier: defaultdict[UUID, list[tuple[str, str]]] = defaultdict(list)
    lignes = Fait.objects.filter(dossier__in=dossiers, contenu__isnull=False).order_by("dossier_id", "rang")
    for dossier, contenu, source in lignes.values_list("dossier_id", "contenu", "source").iterator():
        par_dossier[dossier].append((contenu or "", source or ""))
    return par_dossier


def _read(lignes: Sequence[tuple[str, str]]) -> tuple[tuple[FaitDuDroit, ...], frozenset[str]]:
    """The facts, and the identifiers of those that we recorded ourselves."""
    faits = read_faits(read_contenus(contenu for contenu, _ in lignes))
    return faits, frozenset(_own(zip(faits, (source for _, source in lignes), strict=True)))


def _own(couples: Iterable[tuple[FaitDuDroit, str]]) -> Iterator[str]:
    return (fait.id for fait, source in couples if source == SOURCE)
