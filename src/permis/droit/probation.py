"""The probation of one licence: whether there is one, when it ends, what shortens it (C. route, art. L. 223-1, R.
223-1).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from permis.droit.capital import (
    Probation,
    aac_posterieure,
    delai_probatoire,
    delai_probatoire_reduit,
    fenetre_formation,
)
from permis.droit.compte import Compte
from permis.droit.connaissance import Connus
from permis.droit.delais import add_months
from permis.droit.faits import Delivrance, Filiere, FormationComplementaire, Mesure, Nature
from permis.droit.options import Borne, Options
from permis.droit.reconstitution import in_delay, is_opposable
from permis.droit.retrait import RetraitEtabli

MESURES_QUI_PRIVENT = frozenset({Nature.SUSPENSION, Nature.RESTRICTION})
"""Measures that cancel the benefit of the complementary training (C. route, art. R. 223-1 II)."""


def is_clean(retraits: Sequence[RetraitEtabli], debut: date, echeance: date, options: Options) -> bool:
    """Whether no offence that cost points was committed from `debut` to `echeance` (C. route, art. R. 223-1 II and
    IV).
    """
    incluse = options.borne is Borne.ECHEANCE_INCLUSE
    return not any(
        in_delay(retrait.commise_le, debut, echeance, incluse)
        and is_opposable(retrait.su_le, echeance, options.credit_indu)
        for retrait in retraits
    )


def probation_of(
    obtention: date,
    premieres: Sequence[Delivrance],
    connus: Connus,
    retraits: Sequence[RetraitEtabli],
    options: Options,
    compte: Compte,
) -> Probation | None:
    """The probation that begins with `obtention`; None before it existed.

    `premieres` are the deliverances of a first licence, its opening first; none for another, which is open neither to
    AAC nor to the complementary training.
    """
    if not delai_probatoire.exists_on(obtention):
        return None
    premier = bool(premieres)
    aac = premier and premieres[0].filiere is Filiere.AAC
    mois, version = delai_probatoire(obtention, aac)
    probation = Probation(obtention, add_months(obtention, mois), obtention if aac else None, premier, version)
    if not premier:
        return probation
    probation = _shorten_by_training(probation, connus, retraits, options, compte)
    return probation if aac else _shorten_by_later_aac(probation, premieres[1:])


def _shorten_by_training(
    probation: Probation, connus: Connus, retraits: Sequence[RetraitEtabli], options: Options, compte: Compte
) -> Probation:
    reduite = probation
    for formation in connus.formations:
        refus = _why_no_training(probation, formation)
        if refus is not None:
            compte.ignore(formation.id, formation.date, refus, "C. route, art. R. 223-4-1", date=formation.date)
            continue
        mois, version = delai_probatoire_reduit(formation.date, probation.aac_des is not None)
        fin = add_months(probation.debut, mois)
        if not is_clean(retraits, probation.debut, fin, options) or _is_deprived(
            connus.mesures, probation.debut, fin, options.borne
        ):
            compte.ignore(formation.id, formation.date, "formation_perdue", version.cite, fin=fin)
        else:
            reduite = probation._replace(fin=fin, version=version)
    return reduite


def _why_no_training(probation: Probation, formation: FormationComplementaire) -> str | None:
    if not fenetre_formation.exists_on(formation.date):
        return "formation_avant_2019"
    ouverture, fermeture = fenetre_formation(formation.date).value
    debut, fin = add_months(probation.debut, ouverture), add_months(probation.debut, fermeture)
    return None if debut <= formation.date <= fin else "formation_hors_delai"


def _is_deprived(mesures: Sequence[Mesure], debut: date, fin: date, borne: Borne) -> bool:
    dernier = fin if borne is Borne.ECHEANCE_INCLUSE else fin - timedelta(days=1)
    return any(
        mesure.nature in MESURES_QUI_PRIVENT
        and mesure.debut <= dernier
        and (mesure.fin is None or mesure.fin >= debut)
        for mesure in mesures
    )


def _shorten_by_later_aac(probation: Probation, delivrances: Sequence[Delivrance]) -> Probation:
    for delivrance in delivrances:
        if delivrance.filiere is Filiere.AAC and delivrance.categorie == "B" and delivrance.date <= probation.fin:
            mois, version = aac_posterieure(probation.debut)
            fin = max(add_months(probation.debut, mois), delivrance.date)
            if fin < probation.fin:
                return probation._replace(fin=fin, aac_des=delivrance.date, version=version)
            return probation._replace(aac_des=delivrance.date)
    return probation
