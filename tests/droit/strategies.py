"""Whole lives of a licence, read from a tape of bytes (tirage.py), and how Hypothesis draws them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from hypothesis import strategies as st

from permis.droit.faits import Delivrance, Fait, Filiere, Infraction, Mode, Realite, Stage
from permis.droit.options import Borne, CreditIndu, EffetRetrait, Options, RedemarrageRealitePosterieure
from tests.droit.tirage import (
    ACTES,
    CLASSES,
    JOUR,
    LONGUEUR,
    POINTS,
    PREMIER,
    Bande,
    Question,
    Trame,
    add_premiere,
)

DEBUT: Final = date(2011, 4, 1)
"""The first day of the oracle's world."""


def read_vie(octets: bytes) -> Question:
    """The life that a tape tells, and what is asked about it."""
    trame = Trame(Bande(octets))
    add_premiere(trame)
    for _ in range(trame.bande.entier(10)):
        trame.bande.choix(ACTES)(trame)
    le = trame.jour() if trame.bande.rarement(2) else max(trame.jour(), *trame.jours)
    le = max(le, PREMIER)
    connu_le = trame.jour(date(1985, 1, 1)) if trame.bande.rarement(3) else le
    faits = without(trame.faits, trame.faits[0]) if trame.bande.rarement(32) else trame.faits
    return Question(tuple(faits), le, connu_le)


def without(faits: Sequence[Fait], fait: Fait) -> list[Fait]:
    """The facts less one, and less those that point at it."""
    partis = {fait.id}
    for autre in faits:  # a fact is drawn after what it points at
        if {getattr(autre, "vise", None), getattr(autre, "infraction", None)} & partis:
            partis.add(autre.id)
    return [autre for autre in faits if autre.id not in partis]


def read_petite_vie(octets: bytes) -> Question:
    """A life of the oracle's world: licence, offences paid, courses."""
    trame = Trame(Bande(octets))
    bande = trame.bande
    obtenu = date(2008 + bande.entier(12), 1 + bande.entier(12), 1) + bande.entier(31) * JOUR
    filiere = bande.choix((Filiere.TRADITIONNELLE, Filiere.AAC))
    trame.jours.append(obtenu)
    trame.add(Delivrance(id="d", connu_le=obtenu, date=obtenu, categorie="B", filiere=filiere))
    for _ in range(bande.entier(9)):
        if bande.entier(4) == 3:
            fin = max(trame.jour(), DEBUT)
            cas = bande.choix((1, 2, 3))
            trame.add(Stage(id=trame.id("s"), connu_le=fin, debut=fin - JOUR, fin=fin, cas=cas))
            continue
        commise = trame.jour(max(obtenu, DEBUT))
        nom, classe, points = trame.id("i"), bande.choix(CLASSES), bande.choix(POINTS)
        trame.add(Infraction(id=nom, connu_le=commise, commise_le=commise, classe=classe, points=points))
        jour, mode = trame.jour(commise), bande.choix(tuple(Mode))
        trame.add(Realite(id=trame.id("r"), connu_le=jour, infraction=nom, date=jour, mode=mode))
    fin = max(trame.jours)
    return Question(tuple(trame.faits), fin, fin)


def read_options(bande: Bande) -> Options:
    """The default options, or others."""
    if not bande.rarement(2):
        return Options()
    return Options(
        effet_retrait=bande.choix(tuple(EffetRetrait)),
        credit_indu=bande.choix(tuple(CreditIndu)),
        borne=bande.choix(tuple(Borne)),
        redemarrage_realite_posterieure=bande.choix(tuple(RedemarrageRealitePosterieure)),
    )


def tapes() -> st.SearchStrategy[bytes]:
    return st.binary(min_size=LONGUEUR, max_size=LONGUEUR)


def questions() -> st.SearchStrategy[Question]:
    """A life, a day and a day of knowledge."""
    return tapes().map(read_vie)


def all_options() -> st.SearchStrategy[Options]:
    """The defaults first, then every other set of choices."""
    return st.builds(
        Options,
        effet_retrait=st.sampled_from(EffetRetrait),
        credit_indu=st.sampled_from(CreditIndu),
        borne=st.sampled_from(Borne),
        redemarrage_realite_posterieure=st.sampled_from(RedemarrageRealitePosterieure),
    )
