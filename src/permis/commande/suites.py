"""What follows from the movements, in words: course, duties, measures, corrections, facts without effect, letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from permis.commande.libelles import MESURES, MODES, OBLIGATIONS, format_court, name_movement
from permis.droit.mouvements import Correction, Courrier, MesureEnCours, Obligation, SansEffet
from permis.droit.phrases import Points, format_valeur
from permis.droit.releve import Releve


class Suite(NamedTuple):
    """One line of a list, the sentence under it, and its article; any of them may be empty."""

    entete: str
    phrase: str = ""
    article: str = ""


def list_suites(releve: Releve) -> Iterator[tuple[str, list[Suite]]]:
    """The lists that are not empty, each with its title."""
    listes = (
        ("Stage", [_show_stage(releve)] if releve.stage is not None else []),
        ("Obligations et délais", [_show_obligation(obligation) for obligation in releve.obligations]),
        ("Mesures en cours", [_show_mesure(mesure) for mesure in releve.mesures]),
        ("Corrections", [_show_correction(correction) for correction in releve.corrections]),
        ("Sans effet", [_show_sans_effet(fait) for fait in releve.sans_effet]),
        ("Courriers dus", [_show_courrier(courrier) for courrier in releve.courriers]),
    )
    yield from ((titre, suites) for titre, suites in listes if suites)


def _show_stage(releve: Releve) -> Suite:
    stage = releve.stage
    if stage is None:
        return Suite("")
    gain = f"il rendrait {format_valeur(Points(stage.gain))}" if stage.gain else "il ne rendrait alors aucun point"
    debut = (
        "dès maintenant"
        if stage.possible_a_partir_du <= releve.le
        else f"à partir du {format_valeur(stage.possible_a_partir_du)}"
    )
    return Suite("", f"Un stage volontaire est possible {debut} : {gain}.", stage.article)


def _show_obligation(obligation: Obligation) -> Suite:
    delais = [f"depuis le {format_court(obligation.depuis)}"]
    if obligation.echeance:
        delais.append(f"au plus tard le {format_court(obligation.echeance)}")
    if obligation.possible_a_partir_du:
        delais.append(f"possible à partir du {format_court(obligation.possible_a_partir_du)}")
    entete = f"{OBLIGATIONS[obligation.type]} : {', '.join(delais)}"
    return Suite(entete, str(obligation.explication), obligation.article)


def _show_mesure(mesure: MesureEnCours) -> Suite:
    fin = f"jusqu'au {format_court(mesure.fin)}" if mesure.fin else "sans fin connue"
    return Suite(
        "", f"{MESURES.get(str(mesure.nature), str(mesure.nature))} depuis le {format_court(mesure.debut)}, {fin}."
    )


def _show_correction(correction: Correction) -> Suite:
    mouvement = correction.mouvement
    variation = f"{mouvement.variation:+d}".replace("-", "−")
    entete = f"{format_court(mouvement.date)} : {name_movement(mouvement)} ({variation}), qui ne tient plus"
    cause = f"N'est plus juste depuis le {format_valeur(correction.cesse_le)}, à cause du fait « {correction.cause} »."
    return Suite(entete, cause, mouvement.article)


def _show_sans_effet(fait: SansEffet) -> Suite:
    return Suite(f"{format_court(fait.date)} : {fait.fait}", str(fait.explication), fait.article)


def _show_courrier(courrier: Courrier) -> Suite:
    mode = MODES.get(str(courrier.mode), str(courrier.mode))
    return Suite("", f"{format_court(courrier.date)} : {courrier.reference}, {mode} ({courrier.fait})")
