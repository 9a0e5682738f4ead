"""What lives meet in a ledger: reasons, letters, states, wordings, choices; and what some life must meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import product
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from permis.droit.options import Borne, CreditIndu, EffetRetrait, Options, RedemarrageRealitePosterieure
from permis.droit.releve import Lectures, Releve
from permis.droit.suites import LETTRES_DE_RETOUR
from permis.national import codes
from permis.national.assemblage import build_lot
from permis.national.demande import Demande
from permis.national.lignes import DELIVRANCE, decode_dossier
from permis.national.loi import REGLES
from permis.national.noyau import detailler
from tests.epreuve.millions import REDACTIONS, _wordings_applied
from tests.national.egalite import read_law
from tests.national.vies import Vie

Situation = tuple[str, str]

LETTRES: Final = {"48", "48M", "48N", "48S", "48SI"} | {reference for reference, _ in LETTRES_DE_RETOUR.values()}
TOUTES_OPTIONS: Final = tuple(
    Options(*choix) for choix in product(EffetRetrait, CreditIndu, Borne, RedemarrageRealitePosterieure)
)


def expected() -> set[Situation]:
    """What some life must meet."""
    return {
        *(("mouvement", cle) for cle in codes.CLES),
        *(("correction", cle) for cle in codes.CLES),
        *(("sans effet", cle) for cle in codes.CLES_SANS_EFFET),
        *(("motif", motif) for motif in codes.MOTIFS),
        *(("validité", validite) for validite in codes.VALIDITES),
        *(("courrier", lettre) for lettre in LETTRES),
        *((nom, str(valeur)) for options in TOUTES_OPTIONS for nom, valeur in asdict(options).items()),
        *(("type", nom) for nom in codes.TYPES),
        *(("filière", nom) for nom in codes.FILIERES),
        *(("mode", nom) for nom in codes.MODES),
    }


def situations_of(vies: Iterable[Vie]) -> set[Situation]:
    """What the kernel writes of these lives, each asked its own questions."""
    return {situation for vie in vies for demande in vie.demandes for situation in _situations(vie, demande)}


def _situations(vie: Vie, demande: Demande) -> Iterator[Situation]:
    lot = build_lot([vie.lignes])
    detail = detailler(lot, read_law(), demande.question)
    yield "validité", codes.VALIDITES[detail.soldes.validite[0]]
    yield from ((nom, str(valeur)) for nom, valeur in asdict(demande.options).items())
    yield from _words("mouvement", detail.mouvements.cle, codes.CLES)
    yield from _words("motif", detail.mouvements.motif, codes.MOTIFS)
    yield from _words("courrier", detail.mouvements.courrier, codes.REFERENCES)
    yield from _words("sans effet", detail.sans_effet.cle, codes.CLES_SANS_EFFET)
    yield from _words("correction", detail.corrections.mouvements.cle, codes.CLES)
    yield from _words("type", lot.type, codes.TYPES)
    yield from _words("filière", lot.nature[lot.type == DELIVRANCE], codes.FILIERES)
    yield from _words("mode", lot.mode[lot.mode >= 0], codes.MODES)


def _words(sorte: str, rangs: npt.NDArray[Any], mots: Sequence[str]) -> Iterator[Situation]:
    for rang in np.unique(rangs):
        yield sorte, mots[rang]


def wordings_of(vies: Iterable[Vie]) -> set[str]:
    """The wordings that `droit` applies to these lives."""
    with _wordings_applied() as appliquees:
        for vie in vies:
            lectures = Lectures(decode_dossier(vie.lignes))
            for demande in vie.demandes:
                releve = Releve(lectures, demande.le, demande.connu_le, demande.options)
                _ = releve.courriers, releve.sans_effet
    return {REDACTIONS[cle] for cle in appliquees if cle in REDACTIONS}


def wordings_expected() -> set[str]:
    """Those of the rules that move points; the others say duties, which no ledger holds."""
    return {nom for nom in REDACTIONS.values() if nom.split(".")[0] in REGLES}
