"""The answer of a replay as the public interface writes it (docs/formats/dossier.md): its keys, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from permis.droit.mouvements import Correction, Courrier, MesureEnCours, Mouvement, Obligation, SansEffet

if TYPE_CHECKING:
    from datetime import date

    from permis.droit.releve import Releve

Objet = dict[str, Any]


def answer(releve: Releve) -> Objet:
    """The JSON answer for one day: only dictionaries, lists, text, whole numbers, true, false and null."""
    reponse: Objet = {
        "le": releve.le.isoformat(),
        "connu_le": releve.connu_le.isoformat(),
        "solde": releve.solde,
        "solde_algebrique": releve.solde_algebrique,
        "plafond": releve.plafond,
        "validite": releve.validite.value,
        "probatoire": _write_probatoire(releve),
        "mouvements": [write_mouvement(mouvement) for mouvement in releve.mouvements],
        "a_venir": [_write_a_venir(mouvement) for mouvement in releve.a_venir],
        "corrections": [_write_correction(correction) for correction in releve.corrections],
        "sans_effet": [_write_sans_effet(fait) for fait in releve.sans_effet],
        "obligations": [_write_obligation(obligation) for obligation in releve.obligations],
        "mesures": [_write_mesure(mesure) for mesure in releve.mesures],
        "courriers": [_write_courrier(courrier) for courrier in releve.courriers],
        "stage": _write_stage(releve),
    }
    if releve.options_decisives:
        reponse["options"] = {cle: str(valeur) for cle, valeur in sorted(releve.options_decisives.items())}
    return reponse


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour is not None else None


def _write_probatoire(releve: Releve) -> Objet | None:
    periode = releve.probatoire
    if periode is None:
        return None
    return {"debut": periode.debut.isoformat(), "fin": periode.fin.isoformat(), "en_cours": periode.en_cours}


def _write_stage(releve: Releve) -> Objet | None:
    stage = releve.stage
    if stage is None:
        return None
    return {"possible_a_partir_du": _iso(stage.possible_a_partir_du), "gain": stage.gain, "article": stage.article}


def write_mouvement(mouvement: Mouvement) -> Objet:
    """One movement that stands."""
    depuis, explication = mouvement.depuis.isoformat(), str(mouvement.explication)
    return {**_write_points(mouvement), "depuis": depuis, "explication": explication}


def _write_a_venir(mouvement: Mouvement) -> Objet:
    return {**_write_points(mouvement), "condition": str(mouvement.condition)}


def _write_points(mouvement: Mouvement) -> Objet:
    """What a movement is, past or to come."""
    return {
        "date": mouvement.date.isoformat(),
        "variation": mouvement.variation,
        "solde": mouvement.solde,
        "plafond": mouvement.plafond,
        "motif": mouvement.motif.value,
        "fait": mouvement.fait,
        "article": mouvement.article,
    }


def _write_correction(correction: Correction) -> Objet:
    ecrit = write_mouvement(correction.mouvement)
    return {**ecrit, "cesse_le": correction.cesse_le.isoformat(), "cause": correction.cause}


def _write_sans_effet(fait: SansEffet) -> Objet:
    ecrit = {"fait": fait.fait, "date": fait.date.isoformat(), "article": fait.article}
    return {**ecrit, "explication": str(fait.explication)}


def _write_obligation(obligation: Obligation) -> Objet:
    return {
        "type": obligation.type.value,
        "fait": obligation.fait,
        "depuis": obligation.depuis.isoformat(),
        "echeance": _iso(obligation.echeance),
        "possible_a_partir_du": _iso(obligation.possible_a_partir_du),
        "article": obligation.article,
        "explication": str(obligation.explication),
    }


def _write_mesure(mesure: MesureEnCours) -> Objet:
    return {
        "nature": str(mesure.nature),
        "fait": mesure.fait,
        "debut": mesure.debut.isoformat(),
        "fin": _iso(mesure.fin),
    }


def _write_courrier(courrier: Courrier) -> Objet:
    ecrit = {"reference": courrier.reference, "fait": courrier.fait, "date": courrier.date.isoformat()}
    return {**ecrit, "mode": str(courrier.mode)}
