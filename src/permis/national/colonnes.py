"""From the facts of `droit` to the rows of one licence.

`lignes.decode_dossier` gives back facts of which `droit` says the same, under other names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeVar

from permis.droit.bareme import BaremeIntrouvableError, find
from permis.droit.connaissance import own_day
from permis.droit.faits import (
    Annulation,
    Delivrance,
    Fait,
    FormationComplementaire,
    Infraction,
    Mesure,
    Notification,
    Realite,
    RemiseTitre,
    Retrait,
    Stage,
)
from permis.droit.information import known_on
from permis.national import codes
from permis.national.lignes import (
    ANNULATION,
    DELIVRANCE,
    FORMATION,
    INFRACTION,
    MESURE,
    NOTIFICATION,
    REALITE,
    REMISE,
    RETRAIT,
    SANS_HEURE,
    SANS_MODE,
    STAGE,
    Ligne,
)

F = TypeVar("F", bound=Realite | Retrait)

FAITS_MAXIMUM: Final = 32_767
"""A fact's number is a signed 16-bit integer."""


class ColonnesError(ValueError):
    """The columns cannot hold these facts; the message says which one and why, in French."""


def encode_dossier(faits: Iterable[Fait]) -> list[Ligne]:
    """The rows of one licence, in the order of the ids of its facts; ColonnesError where they cannot hold them.

    Left out: names, countries, reasons, and the words of an offence that no row of the barème describes.
    """
    tous = sorted(faits, key=lambda fait: fait.id)
    portes = _Portes(tous)
    ecrits = [fait for fait in tous if fait.id not in portes.ids]
    if len(ecrits) > FAITS_MAXIMUM:
        raise ColonnesError(f"{len(ecrits)} faits pour un seul permis : {FAITS_MAXIMUM} au plus sont attendus.")
    numeros = {fait.id: rang for rang, fait in enumerate(ecrits)}
    if len({fait.id for fait in tous}) < len(tous):
        raise ColonnesError("Deux faits portent le même identifiant : un identifiant unique par fait est attendu.")
    noms = dict.fromkeys(f.ensemble for f in ecrits if isinstance(f, Infraction) and f.ensemble)
    contexte = _Contexte(portes, numeros, {nom: rang for rang, nom in enumerate(noms, start=1)})
    return [_encode(fait, contexte) for fait in ecrits]


def name_lignes(faits: Iterable[Fait]) -> list[str]:
    """The id of the fact of each row that `encode_dossier` makes, in the order of their numbers."""
    tous = sorted(faits, key=lambda fait: fait.id)
    portes = _Portes(tous).ids
    return [fait.id for fait in tous if fait.id not in portes]


class _Portes:
    """The réalités and the decisions that offences carry: known on their own day, and that no annulment names."""

    def __init__(self, faits: Sequence[Fait]) -> None:
        infractions = {fait.id for fait in faits if isinstance(fait, Infraction)}
        vises = {fait.vise for fait in faits if isinstance(fait, Annulation)}
        self.realites = _first_of_each(Realite, faits, infractions, vises)
        self.retraits = _first_of_each(Retrait, faits, infractions, vises)
        self.ids = {fait.id for fait in self.realites.values()} | {fait.id for fait in self.retraits.values()}


def _first_of_each(
    classe: type[F], faits: Iterable[Fait], infractions: Collection[str], vises: Collection[str]
) -> dict[str, F]:
    portes: dict[str, F] = {}
    for fait in faits:
        if isinstance(fait, classe) and fait.infraction in infractions and fait.id not in vises:
            jour = fait.date if isinstance(fait, Realite) else fait.decide_le
            if jour == fait.connu_le:
                portes.setdefault(fait.infraction, fait)
    return portes


class _Contexte(NamedTuple):
    """What a row says of other rows: what offences carry, the numbers of facts, and those of simultaneous offences."""

    portes: _Portes
    numeros: Mapping[str, int]
    ensembles: Mapping[str, int]

    def number(self, fait: Fait, vise: str) -> int:
        """The number of the fact that another one names."""
        numero = self.numeros.get(vise)
        if numero is None:
            raise ColonnesError(f"Le fait « {fait.id} » vise « {vise} », qu'aucun fait de ce permis ne porte.")
        return numero


def _encode(fait: Fait, contexte: _Contexte) -> Ligne:
    if isinstance(fait, Infraction):
        return _encode_infraction(fait, contexte)
    if isinstance(fait, Realite):
        vise, mode = contexte.number(fait, fait.infraction), codes.MODES.index(fait.mode)
        return Ligne(REALITE, fait.date, _learned(fait), nature=mode, heure=_minutes(fait, fait.heure), vise=vise)
    if isinstance(fait, Retrait):
        connu_le = fait.connu_le if fait.decide_le is None else _learned(fait)
        return Ligne(RETRAIT, fait.decide_le, connu_le, vise=contexte.number(fait, fait.infraction))
    if isinstance(fait, Annulation):
        vise, autorite = contexte.number(fait, fait.vise), codes.AUTORITES.index(fait.autorite)
        return Ligne(ANNULATION, fait.date, _learned(fait), nature=autorite, vise=vise)
    return _encode_rare(fait)


def _encode_rare(fait: Fait) -> Ligne:
    if isinstance(fait, Delivrance):
        return _encode_delivrance(fait)
    if isinstance(fait, Stage):
        return Ligne(STAGE, fait.debut, _learned(fait), fait.fin, nature=fait.cas)
    if isinstance(fait, Notification):
        return _encode_notification(fait)
    if isinstance(fait, Mesure):
        nature = codes.NATURES.index(fait.nature)
        return Ligne(MESURE, fait.debut, _learned(fait), fait.fin, nature=nature)
    if isinstance(fait, FormationComplementaire):
        return Ligne(FORMATION, fait.date, _learned(fait))
    if isinstance(fait, RemiseTitre):
        return Ligne(REMISE, fait.date, _learned(fait))
    raise TypeError(f"Fait inconnu : {type(fait).__name__}.")


def _encode_delivrance(fait: Delivrance) -> Ligne:
    return Ligne(
        DELIVRANCE,
        fait.date,
        _learned(fait),
        fait.obtention_origine,
        nature=codes.FILIERES.index(fait.filiere),
        valeur=codes.CATEGORIES.index(fait.categorie),
        marques=codes.RETOUR * fait.retour,
    )


def _encode_infraction(fait: Infraction, contexte: _Contexte) -> Ligne:
    realite, retrait = contexte.portes.realites.get(fait.id), contexte.portes.retraits.get(fait.id)
    return Ligne(
        INFRACTION,
        fait.commise_le,
        _learned(fait),
        seconde_date=realite.date if realite else None,
        decide_le=retrait.decide_le if retrait else None,
        nature=codes.CLASSES.index(fait.classe),
        valeur=fait.points,
        mode=codes.MODES.index(realite.mode) if realite else SANS_MODE,
        marques=codes.HORS_CODE * fait.hors_code + codes.VEHICULE_SANS_PERMIS * fait.vehicule_sans_permis,
        bareme=_number_in_bareme(fait),
        heure=_minutes(fait, fait.heure),
        seconde_heure=_minutes(realite, realite.heure) if realite else SANS_HEURE,
        ensemble=contexte.ensembles[fait.ensemble] if fait.ensemble else 0,
    )


def _encode_notification(fait: Notification) -> Ligne:
    jour = known_on(fait)
    return Ligne(
        NOTIFICATION,
        jour,
        fait.connu_le if jour is None else _learned(fait),
        nature=codes.REFERENCES.index(fait.reference),
        valeur=codes.MODES_NOTIFICATION.index(fait.mode or ""),
    )


def _learned(fait: Fait) -> date | None:
    """The day a fact was learned, None where it is its own date (the contract's default)."""
    return None if fait.connu_le == own_day(fait) else fait.connu_le


def _minutes(fait: Fait, heure: time | None) -> int:
    if heure is None:
        return SANS_HEURE
    if heure.second or heure.microsecond:
        raise ColonnesError(f"Le fait « {fait.id} » dit {heure} : une heure à la minute est attendue.")
    return heure.hour * 60 + heure.minute


def _number_in_bareme(fait: Infraction) -> int:
    """The number of the offence's row of the barème on its day, by its identifier or its NATINF code; 0 for none."""
    reference = fait.bareme or fait.natinf
    if reference is None:
        return 0
    try:
        return _number_on(reference, fait.commise_le)
    except BaremeIntrouvableError as erreur:
        if fait.bareme is None:
            return 0
        raise ColonnesError(f"Le fait « {fait.id} » : {erreur}") from None


@lru_cache(maxsize=4096)
def _number_on(reference: str, jour: date) -> int:
    return _numbers()[find(reference, jour).bareme]


@cache
def _numbers() -> dict[str, int]:
    return {nom: rang for rang, nom in enumerate(codes.bareme())}
