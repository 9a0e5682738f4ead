"""Take in the letters that a file of the day says are owed: each exactly once, replayed, killed or run twice.

The file goes in some hundreds of lines a transaction, which also moves how far it was read; a second one waits for
the first and finds nothing left. Whoever calls has checked the file: here a lot is its name, its days and its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple, TypeAlias
from uuid import UUID

from django.db import connection, transaction

from permis.courriers.attendus import LettreDue, identify
from permis.courriers.dus import last_erasures
from permis.courriers.models import CourrierDu, LotQuotidien
from permis.registre.models import Dossier

TRANCHE = 500
VERROU_LOTS = 0x636F757272  # « courr »


class LettresDuDossier(NamedTuple):
    """Of one file, the letters owed anew and those that were owed before and still are."""

    dossier: UUID
    nouvelles: Sequence[LettreDue]
    anterieures: Sequence[LettreDue]


class LotRecu(NamedTuple):
    """A lot to take: the digest that names it, the days it compares (`permis.national.journee`), its lines."""

    empreinte: str
    le: date
    depuis: date
    connu_le: date
    connu_depuis: date
    lignes: int


@dataclass(slots=True)
class Prise:
    """What one run did: lines read, those that another one had taken; letters added, taken back, owed again."""

    lignes: int = 0
    deja_prises: int = 0
    ajoutes: int = 0
    repris: int = 0
    retablis: int = 0


class LotRefuseError(ValueError):
    """The lot does not follow the last one, or is of another register; the message says what to do, in French."""


Identite: TypeAlias = tuple[UUID, str, str, date]
"""What a letter is known by: file, form, fact, day."""


def take_lot(lot: LotRecu, lignes: Iterable[LettresDuDossier], *, at: datetime) -> Prise:
    """Take a lot in, or what is left of it; LotRefuseError, before anything is written, if it does not follow.

    `lignes` are all those of the lot, in order. Once this returns, each letter of the lot is there exactly once.
    """
    debut = _open_lot(lot, at)
    prise, suite = Prise(deja_prises=debut), iter(lignes)
    for _ in islice(suite, debut):
        pass
    while tranche := list(islice(suite, TRANCHE)):
        _take_some(lot, debut, tranche, prise)
        debut += len(tranche)
    if debut != lot.lignes:
        raise LotRefuseError(
            f"lignes lues : {debut}, annoncées : {lot.lignes} ; le fichier a changé pendant sa lecture"
        )
    return prise


def list_unknown(dossiers: Iterable[UUID]) -> list[UUID]:
    """Those of these files that the register does not have, in order: a lot that names one is of another register."""
    inconnus: list[UUID] = []
    suite = iter(dossiers)
    while tranche := list(islice(suite, TRANCHE)):
        connus = set(Dossier.objects.filter(pk__in=tranche).values_list("pk", flat=True))
        inconnus += [dossier for dossier in tranche if dossier not in connus]
    return inconnus


@transaction.atomic
def _open_lot(lot: LotRecu, at: datetime) -> int:
    """How many of its lines were taken already; the row of a new one is made if it follows the last."""
    _lock_lots()
    connu = LotQuotidien.objects.filter(pk=lot.empreinte).first()
    if connu is not None:
        return connu.prises
    dernier = LotQuotidien.objects.order_by("-numero").first()
    if dernier is not None:
        _check_follows(dernier, lot)
    numero = dernier.numero + 1 if dernier else 1
    LotQuotidien.objects.create(numero=numero, commence_at=at, **lot._asdict())
    return 0


def _lock_lots() -> None:
    """One lot opened at a time; on SQLite this transaction already is the only writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU_LOTS])


def _check_follows(dernier: LotQuotidien, lot: LotRecu) -> None:
    if dernier.prises < dernier.lignes:
        raise LotRefuseError(
            f"le lot du {dernier.le} n'est pris qu'en partie (lignes prises : {dernier.prises} sur {dernier.lignes})"
            " : reprenez d'abord son fichier"
        )
    if (lot.depuis, lot.connu_depuis) != (dernier.le, dernier.connu_le):
        raise LotRefuseError(
            f"ce lot part du {lot.depuis} (connu le {lot.connu_depuis}) et le dernier pris va au {dernier.le} "
            f"(connu le {dernier.connu_le}) : un courrier manquerait, ou serait deux fois dû ; refaites le fichier "
            f"avec --depuis {dernier.le} --connu-depuis {dernier.connu_le}"
        )


@transaction.atomic
def _take_some(lot: LotRecu, debut: int, tranche: Sequence[LettresDuDossier], prise: Prise) -> None:
    """One transaction: the letters of some lines, and how far the lot was read."""
    ligne = LotQuotidien.objects.select_for_update().get(pk=lot.empreinte)
    restent = tranche[max(0, ligne.prises - debut) :]
    prise.deja_prises += len(tranche) - len(restent)
    if not restent:
        return
    _reconcile(lot, restent, prise)
    ligne.prises = debut + len(tranche)
    ligne.save(update_fields=["prises"])
    prise.lignes += len(restent)


def _reconcile(lot: LotRecu, lignes: Sequence[LettresDuDossier], prise: Prise) -> None:
    """Bring the table to what is owed: what is new comes in, what is owed no more is taken back.

    What was learned after the lot was made, it does not undo. Of a file where facts were erased, it cannot tell what
    fell from what was forgotten: whoever writes will look (`dus`).
    """
    _lock_dossiers(lignes)
    gardes = {(du.dossier_id, *identify(du)): du for du in _kept(lignes)}
    nouvelles = {identite: None for ligne in lignes for identite in _identities(ligne.dossier, ligne.nouvelles)}
    dues = {*nouvelles, *(i for ligne in lignes for i in _identities(ligne.dossier, ligne.anterieures))}
    ajoutes = [_due(identite, lot) for identite in nouvelles if identite not in gardes]
    changes = [du for identite, du in gardes.items() if (du.repris_le is None) != (identite in dues)]
    effaces = last_erasures([du.dossier_id for du in changes])
    a_revoir = [du for du in changes if du.dossier_id in effaces]
    repris = [du for du in changes if du.dossier_id not in effaces and _may_take_back(du, lot)]
    retablis = [du for du in changes if du.dossier_id not in effaces and _may_give_back(du, lot)]
    CourrierDu.objects.bulk_create(ajoutes)
    _update(a_revoir)
    _update(repris, repris_le=lot.le, repris_par=lot.empreinte)
    _update(retablis, repris_le=None, repris_par=None)
    prise.ajoutes += len(ajoutes)
    prise.repris += len(repris)
    prise.retablis += len(retablis)


def _lock_dossiers(lignes: Sequence[LettresDuDossier]) -> None:
    """As one that records a fact locks its own, in order: nobody else brings these files to what they owe."""
    cles = [ligne.dossier for ligne in lignes]
    list(Dossier.objects.select_for_update(no_key=True).filter(pk__in=cles).order_by("pk").values_list("pk"))


def _may_take_back(du: CourrierDu, lot: LotRecu) -> bool:
    """A lot speaks of what it knew; receipts (44) are no part of it."""
    return du.repris_le is None and du.vu_le <= lot.connu_le and du.reference != "44"


def _may_give_back(du: CourrierDu, lot: LotRecu) -> bool:
    """Nor does it give back what a later reading of the file took back."""
    return du.repris_le is not None and (du.repris_par_id is not None or du.repris_le <= lot.connu_le)


def _kept(lignes: Sequence[LettresDuDossier]) -> Iterator[CourrierDu]:
    yield from CourrierDu.objects.filter(dossier__in=[ligne.dossier for ligne in lignes])


def _identities(dossier: UUID, lettres: Sequence[LettreDue]) -> Iterator[Identite]:
    return ((dossier, *lettre) for lettre in lettres)


def _due(identite: Identite, lot: LotRecu) -> CourrierDu:
    dossier, reference, fait, jour = identite
    return CourrierDu(
        dossier_id=dossier, reference=reference, fait=fait, date=jour, vu_le=lot.connu_le, lot_id=lot.empreinte
    )


def _update(dus: Sequence[CourrierDu], **valeurs: date | str | None) -> None:
    if dus:
        CourrierDu.objects.filter(pk__in=[du.pk for du in dus]).update(a_ecrire=True, **valeurs)
