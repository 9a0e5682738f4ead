"""Prove that nothing was changed: each chain walked, each digest computed again, a day's root compared.

docs/formats/registre.md says how a third party does the same from an export.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from permis.registre.bilan import Anomalie, Bilan
from permis.registre.chaine import (
    ORIGINE,
    Maillon,
    digest_fait,
    leaf,
    leaf_effacement,
    link,
    root,
    write_effacement,
)
from permis.registre.effacements import verify_effacements
from permis.registre.gardes import missing_guards, unknown_triggers
from permis.registre.models import Dossier, Effacement, Fait, Racine
from permis.registre.scelles import LigneScellee, sealed_models
from permis.registre.temps import ECART_D_HORLOGE, HEURE_LEGALE, jour_legal
from permis.registre.verrou import wait_for_writers

LOT = 2000
DERNIERES = 7
"""How many roots are compared unless told: each costs a reading of every chain."""


class JourNonEchuError(ValueError):
    """The root of a day is computed once the day is over."""


@dataclass(frozen=True, slots=True)
class RacineDuJour:
    """The root of every chain and erasure at the end of a legal day, as it is published."""

    le: date
    racine: str
    dossiers: int
    faits: int
    effacements: int


def verify_chains(*, at: datetime) -> Bilan:
    """Walk every chain: ranks without a hole, digests, links, moments in order, none to come, erasures named and
    possible; guards in place.
    """
    effacements, impossibles = verify_effacements(at)
    bilan = Bilan(effacements=effacements, anomalies=[*_check_guards(), *impossibles])
    nomme = Exists(Effacement.objects.filter(fait=OuterRef("pk")))
    lignes = Fait.objects.annotate(nomme=nomme).order_by("dossier_id", "rang").iterator(LOT)
    for dossier_id, faits in groupby(lignes, key=lambda ligne: ligne.dossier_id):
        bilan.dossiers += 1
        bilan.anomalies += _walk(dossier_id, faits, bilan, at + ECART_D_HORLOGE)
    return bilan


def verify_scelles() -> list[Anomalie]:
    """Open every sealed column of every room, and compute again the indexes by which rows are found."""
    return [
        _altered(ligne, colonne)
        for modele in sealed_models()
        for ligne in modele._default_manager.order_by("pk").iterator(LOT)  # noqa: SLF001
        for colonne in ligne.find_altered()
    ]


def _altered(ligne: LigneScellee, colonne: str) -> Anomalie:
    constat = f"{colonne} ne s'ouvre pas, ou n'est pas de cette ligne"
    if isinstance(ligne, Dossier):
        return Anomalie(ligne.pk, None, constat)
    return Anomalie(None, None, f"{ligne._meta.db_table} {ligne.pk} : {constat}")  # noqa: SLF001


def _check_guards() -> Iterator[Anomalie]:
    for nom in missing_guards():
        yield Anomalie(None, None, f"déclencheur absent, ou autre que celui du logiciel : {nom}")
    for nom in unknown_triggers():
        yield Anomalie(None, None, f"déclencheur que le logiciel n'a pas posé : {nom}")


def _walk(dossier_id: UUID, faits: Iterator[Any], bilan: Bilan, fin: datetime) -> Iterator[Anomalie]:
    precedente: Fait | None = None
    for fait in faits:
        bilan.faits += 1
        bilan.effaces += fait.contenu is None
        yield from (Anomalie(dossier_id, fait.rang, constat) for constat in _check(fait, precedente, nomme=fait.nomme))
        if fait.enregistre_at > fin:
            yield Anomalie(dossier_id, fait.rang, "enregistré à un moment qui n'est pas venu")
        precedente = fait


def _check(fait: Fait, precedente: Fait | None, *, nomme: bool) -> Iterator[str]:
    attendu = precedente.rang + 1 if precedente else 1
    if fait.rang != attendu:
        yield f"le rang {attendu} manque avant lui"
    if precedente and fait.enregistre_at < precedente.enregistre_at:
        yield "enregistré avant le fait qu'il suit"
    avant, empreinte = bytes(precedente.chaine) if precedente else ORIGINE, bytes(fait.empreinte)
    maillon = Maillon(fait.dossier_id, fait.rang, fait.enregistre_at, fait.anciennete, empreinte)
    if bytes(fait.chaine) != link(avant, maillon):
        yield "la chaîne ne suit pas du fait précédent et de cette empreinte"
    if fait.contenu is None:
        if not nomme:
            yield "effacé, et aucun effacement ne le nomme"
    elif empreinte != digest_fait(bytes(fait.sel or b""), fait.contenu, fait.source or "", fait.reference or ""):
        yield "l'empreinte n'est pas celle du contenu"


def build_racine(le: date) -> RacineDuJour:
    """The root of every chain and erasure as they stood at the end of the legal day `le`, from the rows themselves."""
    fin = datetime.combine(le + timedelta(days=1), time.min, HEURE_LEGALE)
    tetes = Fait.objects.filter(enregistre_at__lt=fin).order_by("dossier_id", "-rang")
    lignes = tetes.values_list("dossier_id", "rang", "chaine").iterator(LOT)
    effaces = Effacement.objects.filter(efface_at__lt=fin).order_by("fait__dossier_id", "fait__rang")
    places = effaces.values_list("fait__dossier_id", "fait__rang", "efface_at", "le", "regle", "article").iterator(LOT)
    dossiers = faits = effacements = 0

    def leaves() -> Iterator[bytes]:
        nonlocal dossiers, faits, effacements
        for dossier_id, siens in groupby(lignes, key=lambda ligne: ligne[0]):
            _, rang, chaine = next(siens)  # the last one; the others only precede it
            dossiers, faits = dossiers + 1, faits + rang
            yield leaf(dossier_id, rang, bytes(chaine))
        for dossier_id, rang, efface_at, jour, regle, article in places:
            effacements += 1
            yield leaf_effacement(dossier_id, rang, write_effacement(efface_at, jour, regle, article))

    racine = root(leaves()).hex()
    return RacineDuJour(le, racine, dossiers, faits, effacements)


@transaction.atomic
def publish_racine(le: date, *, at: datetime) -> RacineDuJour:
    """Compute the root of a day that is over, and keep it: from then on nothing can be recorded in that day. Already
    kept, it is computed again, and must be the same (`verify_racine`); JourNonEchuError.
    """
    if le >= jour_legal(at):
        raise JourNonEchuError(f"{le} is not over: its root can be computed from the day after")
    gardee = Racine.objects.filter(pk=le).first()
    if gardee:
        return _read(gardee)
    wait_for_writers()
    calculee = build_racine(le)
    Racine.objects.create(
        le=le,
        calculee_at=at,
        dossiers=calculee.dossiers,
        faits=calculee.faits,
        effacements=calculee.effacements,
        racine=bytes.fromhex(calculee.racine),
    )
    return calculee


def verify_racine(publiee: RacineDuJour) -> list[Anomalie]:
    """Compare a published root with the facts of today: what was altered since, or cut off the end of a chain."""
    calculee = build_racine(publiee.le)
    if calculee == publiee:
        return []
    ecarts = [
        f"{nom} : {valeur} aujourd'hui, {attendue} à sa publication"
        for nom, valeur, attendue in (
            ("dossiers", calculee.dossiers, publiee.dossiers),
            ("faits", calculee.faits, publiee.faits),
            ("effacements", calculee.effacements, publiee.effacements),
        )
        if valeur != attendue
    ]
    detail = "; ".join(ecarts) or "autant de dossiers, de faits et d'effacements, mais d'autres"
    return [Anomalie(None, None, f"la racine du {publiee.le} n'est pas celle qui fut publiée ({detail})")]


def verify_racines(dernieres: int | None = DERNIERES) -> list[Anomalie]:
    """Compare the last roots that the register keeps with the facts of today; None for all of them."""
    gardees = Racine.objects.order_by("-le")[:dernieres]
    return [anomalie for gardee in reversed(gardees) for anomalie in verify_racine(_read(gardee))]


def _read(gardee: Racine) -> RacineDuJour:
    return RacineDuJour(gardee.le, bytes(gardee.racine).hex(), gardee.dossiers, gardee.faits, gardee.effacements)
