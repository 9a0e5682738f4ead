"""What a year did to the licences of a file, counted on the kernel's ledger as the yearly report counts it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import numpy.typing as npt

from permis.droit.mouvements import Motif
from permis.national import codes
from permis.national.loi import Loi, day_number
from permis.national.noyau import Detail, Lot, ask, detailler, solder

Masque = npt.NDArray[np.bool_]
STAGE = codes.TYPES.index("stage")
SANS_PERMIS = codes.VALIDITES.index("sans_permis")
DERNIER_CAS_AVEC_POINTS = 2


def count_figures(lot: Lot, loi: Loi, annee: int, connu_le: date) -> Counter[str]:
    """The figures of a year, knowing what was known on a day after it; those of several batches add up.

    `points` and `un_point` are points withdrawn, in all and by offences of one point; `reconstitutions` are terms that
    matured, `reconstitutions_utiles` those that gave points; `stages` give points or could, the others follow from a
    court; `titulaires`, and `solde_0` to `solde_12`, are licences at the end of the last day of the year.
    """
    premier, suivant = day_number(date(annee, 1, 1)), day_number(date(annee + 1, 1, 1))
    question = ask(suivant - 1, day_number(connu_le))
    fin = solder(lot, loi, question)
    tenus = fin.validite != SANS_PERMIS
    stages = (lot.type == STAGE) & (lot.date >= premier) & (lot.date < suivant)
    chiffres = _count_mouvements(detailler(lot, loi, question), premier, suivant)
    chiffres["stages"] = _count(stages & (lot.nature <= DERNIER_CAS_AVEC_POINTS))
    chiffres["stages_de_justice"] = _count(stages & (lot.nature > DERNIER_CAS_AVEC_POINTS))
    chiffres["titulaires"], chiffres["faits"] = _count(tenus), len(lot.type)
    for solde, nombre in enumerate(np.bincount(np.maximum(fin.solde[tenus], 0), minlength=13).tolist()):
        chiffres[f"solde_{solde}"] = nombre
    return chiffres


def _count_mouvements(detail: Detail, premier: int, suivant: int) -> Counter[str]:
    mouvements = detail.mouvements
    dans = (mouvements.date >= premier) & (mouvements.date < suivant)

    def during(motif: Motif) -> Masque:
        masque: Masque = dans & (mouvements.motif == codes.MOTIFS.index(motif.value))
        return masque

    retraits, termes = during(Motif.RETRAIT), during(Motif.RECONSTITUTION_INTEGRALE)
    pertes = during(Motif.INVALIDATION)
    maximum = int(mouvements.plafond.max(initial=0))
    return Counter(
        retraits=_count(retraits),
        points=-int(mouvements.variation[retraits].sum()),
        un_point=_count(retraits & (mouvements.variation == -1)),
        retours_d_un_point=_count(during(Motif.REATTRIBUTION_SIX_MOIS)),
        reconstitutions=_count(termes),
        reconstitutions_utiles=_count(termes & (mouvements.variation > 0)),
        invalidations=_count(pertes),
        invalidations_probatoires=_count(pertes & (mouvements.plafond < maximum)),
    )


def _count(masque: Masque) -> int:
    return int(np.count_nonzero(masque))
