"""A share by code: the holder lets whoever he gives the code to see that he may drive, for a purpose and a time.

Three fields at most, never a point nor an offence (C. route, art. L. 223-7). What a check answers is computed at that
very moment. A code that is wrong, expired, used up or revoked has one answer: nothing.

Whoever used a code may have its answer again for a few minutes, by the check that he made: computed anew each time, it
costs no use, and it ends with the share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from permis.courriers.contenu.etat import etat_de
from permis.courriers.models import Controle, Partage
from permis.courriers.models.titres import DOMAINE_PARTAGE
from permis.courriers.numeros import make_numero, normalise_numero
from permis.droit.faits import Nature
from permis.registre.chiffrement import blind_indexes
from permis.registre.lecture import DossierLu, Lecteur, read_dossier
from permis.registre.temps import jour_legal
from permis.registre.verrou import lock_dossier

JOURS_AU_PLUS: Final = 21
OUVERTS_AU_PLUS: Final = 20
"""Shares of one file that may be open at once."""
USAGES_AU_PLUS: Final = 1000
TAILLE_OBJET, TAILLE_NOM = 100, 100
REVOIR: Final = timedelta(minutes=5)
"""For how long a check made on a page may be shown again: that of a page reloaded, not of another check."""
CONSERVATION: Final = timedelta(days=366)
"""For how long a holder finds who checked a share, after its last day: nothing is owed for longer."""
FONDEMENT: Final = "RGPD, art. 6, 1, a (consentement) ; C. route, art. L. 223-7"
ACTE: Final = "verifier_un_partage"


class Champ(StrEnum):
    """What may be shared."""

    VALIDITE = "validite"
    CATEGORIES = "categories"
    RESTRICTIONS = "restrictions"


class PartageRefuseError(ValueError):
    """A share that cannot be: no purpose, no field, a time or a number of uses out of bounds, too many open."""


@dataclass(frozen=True, slots=True)
class PartageLu:
    """A share as its holder sees it, with the checks made of it, the latest first."""

    id: UUID
    code: str
    objet: str
    champs: tuple[Champ, ...]
    cree_at: datetime
    expire_at: datetime
    usages: int
    usages_max: int | None
    revoque_at: datetime | None
    controles: Sequence[Controle]

    def is_open(self, at: datetime) -> bool:
        """Whether the code still opens."""
        epuise = self.usages_max is not None and self.usages >= self.usages_max
        return self.revoque_at is None and not epuise and at < self.expire_at


@dataclass(frozen=True, slots=True)
class CategorieTenue:
    """A category held, and since when."""

    categorie: str
    depuis: date


@dataclass(frozen=True, slots=True)
class RestrictionTenue:
    """A restriction of the right to drive that runs, and its last day where it is known."""

    nature: str
    depuis: date
    jusqu_au: date | None


@dataclass(frozen=True, slots=True)
class DroitsPartages:
    """What a check shows: whose licence, what stands of each field at that moment; None where it was not chosen."""

    prenoms: str
    nom: str
    objet: str
    etabli_at: datetime
    expire_at: datetime
    valide: bool | None
    categories: tuple[CategorieTenue, ...] | None
    restrictions: tuple[RestrictionTenue, ...] | None


@transaction.atomic
def open_partage(
    dossier_id: UUID, objet: str, champs: Iterable[Champ], *, jours: int, usages_max: int | None, at: datetime
) -> PartageLu:
    """Make a code for one's own file; PartageRefuseError, DossierInconnuError."""
    objet, choisis = objet.strip(), [champ for champ in Champ if champ in set(champs)]
    _check(objet, choisis, jours, usages_max)
    lock_dossier(dossier_id)
    if sum(partage.is_open(at) for partage in list_partages(dossier_id)) >= OUVERTS_AU_PLUS:
        raise PartageRefuseError(f"{OUVERTS_AU_PLUS} shares of this file are open already: revoke one")
    partage = Partage(dossier_id=dossier_id, champs=" ".join(choisis), cree_at=at, usages_max=usages_max)
    partage.expire_at = at + timedelta(days=jours)
    partage.seal_columns(code=make_numero(), objet=objet)
    partage.save(force_insert=True)
    return _open(partage)


def _check(objet: str, champs: Sequence[Champ], jours: int, usages_max: int | None) -> None:
    if not 0 < len(objet) <= TAILLE_OBJET:
        raise PartageRefuseError(f"a purpose of 1 to {TAILLE_OBJET} characters is expected")
    if not champs:
        raise PartageRefuseError("one field at least is expected")
    if not 1 <= jours <= JOURS_AU_PLUS:
        raise PartageRefuseError(f"1 to {JOURS_AU_PLUS} days are expected")
    if usages_max is not None and not 1 <= usages_max <= USAGES_AU_PLUS:
        raise PartageRefuseError(f"1 to {USAGES_AU_PLUS} uses are expected, or none said")


@transaction.atomic
def revoke_partage(partage_id: UUID, *, at: datetime) -> None:
    """Close a share; closed already, it stays as it was."""
    Partage.objects.filter(pk=partage_id, revoque_at=None).update(revoque_at=at)


def forget(at: datetime) -> int:
    """Drop the shares that ended more than a year ago, and the names of those who checked them; how many rows."""
    return Partage.objects.filter(expire_at__lt=at - CONSERVATION).delete()[0]


def list_partages(dossier_id: UUID) -> list[PartageLu]:
    """The shares of a file, the latest first."""
    partages = Partage.objects.filter(dossier=dossier_id).prefetch_related("controles").order_by("-cree_at", "-pk")
    return [_open(partage) for partage in partages]


@transaction.atomic
def check_partage(code: str, nom: str, *, at: datetime, par_api: bool) -> DroitsPartages | None:
    """What a code opens at this moment, noted for its holder to see; None where it opens nothing, whatever the reason.

    A use is counted before anything is read: of two at once on the last one, one is answered.
    """
    controle = note_controle(code, nom, at=at, par_api=par_api)
    return None if controle is None else _read(controle, at)


@transaction.atomic
def note_controle(code: str, nom: str, *, at: datetime, par_api: bool) -> Controle | None:
    """One use of a code, noted for its holder to see; nothing is read yet. None where the code opens nothing."""
    partage = _use(normalise_numero(code), at)
    if partage is None:
        return None
    return Controle.objects.create(partage=partage, controle_at=at, par_api=par_api, nom=nom.strip()[:TAILLE_NOM])


@transaction.atomic
def read_controle(controle_id: int, *, at: datetime) -> DroitsPartages | None:
    """What stands at this moment of what a check opened; None once it is old, or its share is over or revoked."""
    ouverts = Controle.objects.filter(partage__revoque_at=None, partage__expire_at__gt=at, controle_at__gt=at - REVOIR)
    controle = ouverts.select_related("partage").filter(pk=controle_id).first()
    return None if controle is None else _read(controle, at)


def _read(controle: Controle, at: datetime) -> DroitsPartages:
    """Read the file, which is written down: its holder sees each reading."""
    lecteur = Lecteur("tiers", "partage_api" if controle.par_api else "partage", FONDEMENT, ACTE)
    return _show(controle.partage, read_dossier(controle.partage.dossier_id, lecteur, at=at), at)


def _use(code: str | None, at: datetime) -> Partage | None:
    """The share of a code that still opens, one use less."""
    if code is None:
        return None
    restent = Q(usages_max=None) | Q(usages__lt=F("usages_max"))
    ouverts = Partage.objects.filter(
        restent, code_index__in=blind_indexes(DOMAINE_PARTAGE, code), revoque_at=None, expire_at__gt=at
    )
    if not ouverts.update(usages=F("usages") + 1):
        return None
    return Partage.objects.get(code_index__in=blind_indexes(DOMAINE_PARTAGE, code))


def _show(partage: Partage, lu: DossierLu, at: datetime) -> DroitsPartages:
    champs, etat = partage.champs.split(), etat_de(lu, jour_legal(at))
    return DroitsPartages(
        prenoms=" ".join(lu.etat_civil.prenoms),
        nom=lu.etat_civil.nom_usage or lu.etat_civil.nom_naissance,
        objet=partage.unseal_column("objet") or "",
        etabli_at=at,
        expire_at=partage.expire_at,
        valide=_is_valid(etat) if Champ.VALIDITE in champs else None,
        categories=_categories(etat) if Champ.CATEGORIES in champs else None,
        restrictions=_restrictions(etat) if Champ.RESTRICTIONS in champs else None,
    )


def _is_valid(etat: Mapping[str, Any]) -> bool:
    """Whether the holder may drive: a licence that holds, and no suspension that runs."""
    return bool(etat["valide"])


def _categories(etat: Mapping[str, Any]) -> tuple[CategorieTenue, ...]:
    return tuple(CategorieTenue(c["categorie"], date.fromisoformat(c["depuis"])) for c in etat["categories"])


def _restrictions(etat: Mapping[str, Any]) -> tuple[RestrictionTenue, ...]:
    return tuple(
        RestrictionTenue(m["nature"], date.fromisoformat(m["debut"]), m["fin"] and date.fromisoformat(m["fin"]))
        for m in etat["mesures"]
        if m["nature"] == Nature.RESTRICTION
    )


def _open(partage: Partage) -> PartageLu:
    return PartageLu(
        id=partage.pk,
        code=partage.unseal_column("code") or "",
        objet=partage.unseal_column("objet") or "",
        champs=tuple(Champ(champ) for champ in partage.champs.split()),
        cree_at=partage.cree_at,
        expire_at=partage.expire_at,
        usages=partage.usages,
        usages_max=partage.usages_max,
        revoque_at=partage.revoque_at,
        controles=sorted(partage.controles.all(), key=lambda controle: controle.controle_at, reverse=True),
    )
