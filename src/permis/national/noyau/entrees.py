"""What the kernel is given: the facts of some licences in columns, and the question put to all of them."""

from __future__ import annotations

from dataclasses import fields
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from permis.droit.options import Options
from permis.national.noyau.compilation import constant

ABSENT = constant(np.iinfo(np.int32).min)
"""A day that is not told."""

Jours = npt.NDArray[np.int32]
Octets = npt.NDArray[np.int8]
Nombres = npt.NDArray[np.int16]


class Lot(NamedTuple):
    """Facts in columns, licence after licence; `debuts` has one number more than there are licences.

    Days are numbers since 1970, `ABSENT` where there is none; words are ranks in `codes`. What each column means for
    each type of fact is in docs/formats/national.md. The kernel trusts its input: `controle` has read it before.
    """

    debuts: Jours
    type: Octets
    date: Jours
    connu_le: Jours
    seconde_date: Jours
    decide_le: Jours
    nature: Octets
    valeur: Octets
    mode: Octets
    marques: Octets
    bareme: Nombres
    heure: Nombres
    seconde_heure: Nombres
    ensemble: Nombres
    vise: Nombres


class Question(NamedTuple):
    """The day asked, the day of knowledge (numbers since 1970), and the rank of each option's value in its list."""

    le: int
    connu_le: int
    effet_retrait: int = 0
    credit_indu: int = 0
    borne: int = 0
    redemarrage_realite_posterieure: int = 0


def ask(le: int, connu_le: int, options: Options | None = None) -> Question:
    """The question of a day, a knowledge and named options."""
    choix = options or Options()
    valeurs = [getattr(choix, champ.name) for champ in fields(Options)]
    rangs = [list(type(valeur).__members__.values()).index(valeur) for valeur in valeurs]
    return Question(le, connu_le, *rangs)
