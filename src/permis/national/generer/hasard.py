"""Numbers drawn for one licence: they depend on the seed and on its number, never on what was drawn for others.

The generator is xoroshiro64** (Blackman and Vigna), of two words of 32 bits held in whole numbers of 64, so that the
interpreted function draws exactly what the compiled one does. It is no source of secrets.
"""

from __future__ import annotations

from math import cos, exp, log, pi, sqrt

import numpy as np
import numpy.typing as npt

from permis.national.noyau.compilation import compile_noyau

Hasard = npt.NDArray[np.int64]
"""A table whose row `SEMIS` holds the two words of a licence, changed by every draw."""
SEMIS = 1

MASQUE = 0xFFFFFFFF
CINQ_LETTRES = 0x9E3779BB
MELANGE_1, MELANGE_2 = 0x21F0AAAD, 0x735A2D97
"""Constants of xoroshiro64**, and of a mixer of 32 bits whose two steps can be undone: no two licences draw alike."""


def read_graine(graine: int) -> tuple[int, int]:
    """The two words of a seed, any whole number."""
    mots = np.random.SeedSequence(graine).generate_state(2)
    return int(mots[0]), int(mots[1])


@compile_noyau
def sow(hasard: Hasard, graine: tuple[int, int], numero: int) -> None:
    """Make ready the draws of the licence `numero`, below 2**32."""
    premier = mix(numero ^ graine[0])
    hasard[SEMIS, 0] = premier
    hasard[SEMIS, 1] = mix((premier * CINQ_LETTRES + graine[1]) & MASQUE) | 1


@compile_noyau
def mix(mot: int) -> int:
    """Another word of 32 bits, as different from this one as can be; two words never give the same."""
    mot ^= mot >> 16
    mot = (mot * MELANGE_1) & MASQUE
    mot ^= mot >> 15
    mot = (mot * MELANGE_2) & MASQUE
    return mot ^ (mot >> 15)


@compile_noyau
def draw(hasard: Hasard) -> float:
    """A number above 0 and below 1."""
    a, b = int(hasard[SEMIS, 0]), int(hasard[SEMIS, 1])
    mot = (a * CINQ_LETTRES) & MASQUE
    mot = (turn(mot, 5) * 5) & MASQUE
    b ^= a
    hasard[SEMIS, 0] = turn(a, 26) ^ b ^ ((b << 9) & MASQUE)
    hasard[SEMIS, 1] = turn(b, 13)
    return (mot + 0.5) / 4294967296.0


@compile_noyau
def turn(mot: int, rang: int) -> int:
    """A word of 32 bits, its bits turned to the left."""
    return ((mot << rang) & MASQUE) | (mot >> (32 - rang))


@compile_noyau
def draw_below(hasard: Hasard, nombre: int) -> int:
    """A whole number from 0 to `nombre` - 1."""
    return int(draw(hasard) * nombre)


@compile_noyau
def draw_wait(hasard: Hasard, moyenne: float) -> float:
    """An exponential wait."""
    return -log(draw(hasard)) * moyenne


@compile_noyau
def draw_gamma(hasard: Hasard, forme: float) -> float:
    """A gamma variable of mean 1 (Marsaglia and Tsang, 2000); `forme` is small where drivers differ much."""
    haute = forme if forme >= 1.0 else forme + 1.0
    d = haute - 1.0 / 3.0
    c = 1.0 / sqrt(9.0 * d)
    v = 0.0
    while v <= 0.0:
        x = sqrt(-2.0 * log(draw(hasard))) * cos(2.0 * pi * draw(hasard))
        v = (1.0 + c * x) ** 3
        if v > 0.0 and log(draw(hasard)) >= 0.5 * x * x + d * (1.0 - v + log(v)):
            v = 0.0
    if forme < 1.0:
        v *= exp(log(draw(hasard)) / forme)
    return d * v / forme


@compile_noyau
def draw_rank(hasard: Hasard, cumuls: npt.NDArray[np.float64], ligne: int) -> int:
    """The rank of one of several things, drawn by their shares added up in a row; the last of them is 1."""
    part = draw(hasard)
    rang = 0
    while cumuls[ligne, rang] < part:
        rang += 1
    return rang
