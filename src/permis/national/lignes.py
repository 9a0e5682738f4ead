"""The row of one fact in columns, and the facts that the rows of one licence hold.

A fact's number is its rank among the rows of its licence. `droit` decides between facts of one day by their `id`, so
rows are in the order of the ids, and a fact read back is named by its number. An offence carries in its own row the
one réalité and the one decision that nearly every offence has, where nothing singular has to be said of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from functools import cache
from typing import Final, NamedTuple

from permis.droit.bareme import LigneBareme, rows
from permis.droit.faits import (
    Annulation,
    Autorite,
    Classe,
    Delivrance,
    Fait,
    Filiere,
    FormationComplementaire,
    Infraction,
    Jour,
    Mesure,
    Mode,
    ModeNotification,
    Nature,
    Notification,
    Realite,
    RemiseTitre,
    Retrait,
    Stage,
)
from permis.national import codes

SANS_HEURE: Final = -1
SANS_MODE: Final = -1
SANS_CIBLE: Final = -1
(
    DELIVRANCE, FORMATION, INFRACTION, REALITE, RETRAIT, STAGE, NOTIFICATION, MESURE, REMISE, ANNULATION,
) = range(len(codes.TYPES))  # fmt: skip
PAYS_NON_DIT: Final = "inconnu"
"""A foreign licence names its country; the columns do not."""

_FILIERES, _CLASSES, _MODES = [*map(Filiere, codes.FILIERES)], [*map(Classe, codes.CLASSES)], [*map(Mode, codes.MODES)]
_NATURES, _AUTORITES = [*map(Nature, codes.NATURES)], [*map(Autorite, codes.AUTORITES)]
_MODES_NOTIFICATION = [ModeNotification(mode) if mode else None for mode in codes.MODES_NOTIFICATION]


class Ligne(NamedTuple):
    """One fact in columns (docs/formats/national.md): words are ranks in `codes`, times are minutes of the day.

    `connu_le` is None where the fact is known on its own date. `seconde_date` with `mode`, and `decide_le`, of an
    offence are the réalité and the decision that it carries.
    """

    type: int
    date: Jour | None
    connu_le: Jour | None = None
    seconde_date: Jour | None = None
    decide_le: Jour | None = None
    nature: int = 0
    valeur: int = 0
    mode: int = SANS_MODE
    marques: int = 0
    bareme: int = 0
    heure: int = SANS_HEURE
    seconde_heure: int = SANS_HEURE
    ensemble: int = 0
    vise: int = SANS_CIBLE


def decode_dossier(lignes: Sequence[Ligne]) -> tuple[Fait, ...]:
    """The facts that the rows of one licence hold, each named by its number (`00003`); `controle` has read the rows.

    What an offence carries bears its number and a letter: `00003r` its réalité, `00003d` its decision.
    """
    return tuple(fait for rang, ligne in enumerate(lignes) for fait in _decode(rang, ligne))


def name_of(rang: int) -> str:
    """The id of the fact of that number."""
    return f"{rang:05d}"


def _decode(rang: int, ligne: Ligne) -> Iterator[Fait]:
    yield LECTEURS[ligne.type](name_of(rang), ligne)
    if ligne.type != INFRACTION:
        return
    if ligne.seconde_date is not None:
        yield Realite(
            id=f"{rang:05d}r",
            connu_le=ligne.seconde_date,
            infraction=name_of(rang),
            date=ligne.seconde_date,
            heure=_heure(ligne.seconde_heure),
            mode=_MODES[ligne.mode],
        )
    if ligne.decide_le is not None:
        decide_le = ligne.decide_le
        yield Retrait(id=f"{rang:05d}d", connu_le=decide_le, infraction=name_of(rang), decide_le=decide_le)


def _decode_delivrance(nom: str, ligne: Ligne) -> Delivrance:
    jour, filiere = _day(ligne), _FILIERES[ligne.nature]
    return Delivrance(
        id=nom,
        connu_le=_learned(ligne),
        date=jour,
        categorie=codes.CATEGORIES[ligne.valeur],
        filiere=filiere,
        pays=PAYS_NON_DIT if filiere is Filiere.ETRANGER else None,
        obtention_origine=ligne.seconde_date,
        retour=bool(ligne.marques & codes.RETOUR),
    )


def _decode_infraction(nom: str, ligne: Ligne) -> Infraction:
    jour = _day(ligne)
    rangee = row_on(ligne.bareme, jour)
    return Infraction(
        id=nom,
        connu_le=_learned(ligne),
        commise_le=jour,
        classe=_CLASSES[ligne.nature],
        points=ligne.valeur,
        heure=_heure(ligne.heure),
        bareme=rangee.bareme if rangee else None,
        libelle=rangee.libelle if rangee else None,
        article=rangee.article if rangee else None,
        ensemble=f"e{ligne.ensemble}" if ligne.ensemble else None,
        hors_code=bool(ligne.marques & codes.HORS_CODE),
        vehicule_sans_permis=bool(ligne.marques & codes.VEHICULE_SANS_PERMIS),
    )


def _decode_realite(nom: str, ligne: Ligne) -> Realite:
    jour = _day(ligne)
    return Realite(
        id=nom,
        connu_le=_learned(ligne),
        infraction=name_of(ligne.vise),
        date=jour,
        heure=_heure(ligne.heure),
        mode=_MODES[ligne.nature],
    )


def _decode_retrait(nom: str, ligne: Ligne) -> Retrait:
    return Retrait(id=nom, connu_le=_learned(ligne), infraction=name_of(ligne.vise), decide_le=ligne.date)


def _decode_stage(nom: str, ligne: Ligne) -> Stage:
    fin = ligne.seconde_date or _day(ligne)
    return Stage(id=nom, connu_le=ligne.connu_le or fin, debut=_day(ligne), fin=fin, cas=ligne.nature)


def _decode_notification(nom: str, ligne: Ligne) -> Notification:
    """A letter known on its date; one that is not known was presented when it was learned, and never collected."""
    connu_le = _learned(ligne)
    return Notification(
        id=nom,
        connu_le=connu_le,
        reference=codes.REFERENCES[ligne.nature],
        mode=_MODES_NOTIFICATION[ligne.valeur],
        date=ligne.date,
        presentee_le=connu_le if ligne.date is None else None,
    )


def _decode_mesure(nom: str, ligne: Ligne) -> Mesure:
    debut = _day(ligne)
    nature = _NATURES[ligne.nature]
    return Mesure(id=nom, connu_le=_learned(ligne), nature=nature, debut=debut, fin=ligne.seconde_date)


def _decode_annulation(nom: str, ligne: Ligne) -> Annulation:
    jour, autorite = _day(ligne), _AUTORITES[ligne.nature]
    return Annulation(id=nom, connu_le=_learned(ligne), vise=name_of(ligne.vise), date=jour, autorite=autorite)


def _decode_formation(nom: str, ligne: Ligne) -> FormationComplementaire:
    return FormationComplementaire(id=nom, connu_le=_learned(ligne), date=_day(ligne))


def _decode_remise(nom: str, ligne: Ligne) -> RemiseTitre:
    return RemiseTitre(id=nom, connu_le=_learned(ligne), date=_day(ligne))


LECTEURS: Final[dict[int, Callable[[str, Ligne], Fait]]] = {
    DELIVRANCE: _decode_delivrance,
    FORMATION: _decode_formation,
    INFRACTION: _decode_infraction,
    REALITE: _decode_realite,
    RETRAIT: _decode_retrait,
    STAGE: _decode_stage,
    NOTIFICATION: _decode_notification,
    MESURE: _decode_mesure,
    REMISE: _decode_remise,
    ANNULATION: _decode_annulation,
}


def _day(ligne: Ligne) -> date:
    if ligne.date is None:
        raise TypeError(f"Un fait « {codes.TYPES[ligne.type]} » sans date : controle l'aurait refusé.")
    return ligne.date


def _learned(ligne: Ligne) -> date:
    """The day a fact was learned: as told, or its own date."""
    return ligne.connu_le or _day(ligne)


def _heure(minutes: int) -> time | None:
    return None if minutes == SANS_HEURE else time(*divmod(minutes, 60))


# The barème


def row_on(numero: int, jour: date) -> LigneBareme | None:
    """The row of the barème of that number that governs an offence of that day; None for none."""
    return next((ligne for ligne in _wordings()[numero] if ligne.applies_on(jour)), None)


@cache
def _wordings() -> list[list[LigneBareme]]:
    """The wordings of each number of the barème; none for 0."""
    return [[ligne for ligne in rows() if ligne.bareme == nom] for nom in codes.bareme()]
