"""What can happen to a licence: frozen facts, each with the day the register learned it.

A fact is never edited; a decision that falls is another fact (`Annulation`). Every fact carries `id`, unique in its
dossier, and `connu_le`, the day from which it is known. The other dates are the days that the law counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TypeAlias

Jour: TypeAlias = date
"""A day of the law, in French legal time."""


class Filiere(StrEnum):
    """How a licence was obtained (C. route, art. L. 223-1, R. 211-5, R. 222-1 to R. 222-3)."""

    TRADITIONNELLE = "traditionnelle"
    AAC = "aac"
    SUPERVISEE = "supervisee"
    ENCADREE = "encadree"
    ECHANGE = "echange"
    CONVERSION = "conversion"
    ETRANGER = "etranger"


class Classe(StrEnum):
    """Class of an offence: five classes of contraventions, and délits (C. pénal, art. 131-13 and 131-3)."""

    CONTRAVENTION_1 = "contravention_1"
    CONTRAVENTION_2 = "contravention_2"
    CONTRAVENTION_3 = "contravention_3"
    CONTRAVENTION_4 = "contravention_4"
    CONTRAVENTION_5 = "contravention_5"
    DELIT = "delit"


class Mode(StrEnum):
    """The four events that establish an offence (C. route, art. L. 223-1, al. 4)."""

    PAIEMENT = "paiement"
    TITRE_EXECUTOIRE = "titre_executoire"
    COMPOSITION_PENALE = "composition_penale"
    CONDAMNATION_DEFINITIVE = "condamnation_definitive"


class Nature(StrEnum):
    """Measures on the right to drive (C. route, art. L. 224-1 s., L. 223-10; C. pénal, art. 131-6)."""

    RETENTION = "retention"
    SUSPENSION = "suspension"
    RESTRICTION = "restriction"
    ANNULATION_JUDICIAIRE = "annulation_judiciaire"
    INTERDICTION = "interdiction"


class Autorite(StrEnum):
    """Who annulled a decision."""

    JUGE_PENAL = "juge_penal"
    JUGE_ADMINISTRATIF = "juge_administratif"
    MINISTERE_PUBLIC = "ministere_public"
    ADMINISTRATION = "administration"


class ModeNotification(StrEnum):
    """How a letter reaches the driver (C. route, art. R. 223-3, R. 223-3-1, R. 223-4, R. 223-8)."""

    SIMPLE = "simple"
    RECOMMANDE = "recommande"
    ELECTRONIQUE = "electronique"


class Retour(StrEnum):
    """What the post says of a registered letter: signed for, unclaimed, addressee unknown."""

    AR = "AR"
    AP = "AP"
    NPAI = "NPAI"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fait:
    """What every fact has: an identifier, and the day from which the register knows it."""

    id: str
    connu_le: Jour


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivrance(Fait):
    """A licence, or one more category of it, is obtained on `date` (C. route, art. L. 223-1, R. 223-1 V)."""

    date: Jour
    categorie: str
    filiere: Filiere
    pays: str | None = None
    obtention_origine: Jour | None = None
    retour: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormationComplementaire(Fait):
    """The one-day training that shortens the first probation (C. route, art. R. 223-1 II, R. 223-4-1)."""

    date: Jour


@dataclass(frozen=True, slots=True, kw_only=True)
class Infraction(Fait):
    """An offence as committed; it costs nothing until a `Realite` establishes it (C. route, art. L. 223-1, al. 4).

    `points` is 0 to 9 and `classe` decides the delays; `ensemble` names the offences committed simultaneously
    (art. L. 223-2 III). `heure` is the French legal time, where it is known.
    """

    commise_le: Jour
    classe: Classe
    points: int
    heure: time | None = None
    natinf: str | None = None
    bareme: str | None = None
    libelle: str | None = None
    article: str | None = None
    ensemble: str | None = None
    hors_code: bool = False
    vehicule_sans_permis: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Realite(Fait):
    """One of the four events that establish an offence (C. route, art. L. 223-1, al. 4)."""

    infraction: str
    date: Jour
    mode: Mode
    heure: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrait(Fait):
    """The minister's decision to withdraw the points of an offence; `decide_le` is None while there is none."""

    infraction: str
    decide_le: Jour | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Fait):
    """A two-day awareness course; `cas` is 1 voluntary, 2 compulsory (48N), 3 alternative or composition, 4
    penalty.
    """

    debut: Jour
    fin: Jour
    cas: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification(Fait):
    """A letter; the day it is known follows from `date` or from what the post or the account says (`information`)."""

    reference: str
    mode: ModeNotification | None = None
    date: Jour | None = None
    presentee_le: Jour | None = None
    retiree_le: Jour | None = None
    mise_a_disposition_le: Jour | None = None
    consultee_le: Jour | None = None
    retour: Retour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesure(Fait):
    """A measure on the right to drive, from `debut` to `fin` included; `fin` is None while it is not known."""

    nature: Nature
    debut: Jour
    fin: Jour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemiseTitre(Fait):
    """The invalidated licence is handed in (C. route, art. L. 223-5)."""

    date: Jour


@dataclass(frozen=True, slots=True, kw_only=True)
class Annulation(Fait):
    """The fact `vise` falls as if it had never been; an annulled annulment gives its target back."""

    vise: str
    date: Jour
    autorite: Autorite
    motif: str | None = None
