"""Facts as rows and back: `droit` says the same of both, what an offence carries, what columns cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import time
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from permis.droit.connaissance import own_day
from permis.droit.faits import Annulation, Delivrance, Fait, Infraction, Notification, Retrait
from permis.droit.information import known_on
from permis.droit.mouvements import Correction
from permis.droit.releve import Releve, replay
from permis.national import codes, schema
from permis.national.assemblage import build_lot, read_lignes
from permis.national.colonnes import FAITS_MAXIMUM, ColonnesError, encode_dossier, name_lignes
from permis.national.controle.examen import examine_paquet
from permis.national.lignes import (
    ANNULATION,
    INFRACTION,
    NOTIFICATION,
    PAYS_NON_DIT,
    REALITE,
    RETRAIT,
    Ligne,
    decode_dossier,
    name_of,
)
from permis.national.lots import read_lot
from permis.national.noyau.entrees import ABSENT
from tests.droit.fabrique import (
    annulation,
    formation,
    infraction,
    jour,
    lettre,
    mesure,
    permis,
    realite,
    retrait,
    stage,
)
from tests.droit.tirage import Question
from tests.national.vies import draw_many, draw_question

VIES = 1_500


# There and back


def test_droit_says_the_same_of_what_is_read_back() -> None:
    for rang in range(VIES):
        question = draw_question(2, rang)
        assert_same(question, decode_dossier(encode_dossier(question.faits)))


def assert_same(question: Question, lus: tuple[Fait, ...]) -> None:
    """The whole statement, each fact under its new name; the words of an offence without a row are lost."""
    noms = dict(zip(name_lignes(question.faits), map(name_of, range(FAITS_MAXIMUM)), strict=False))
    avant = replay(question.faits, question.le, question.connu_le)
    apres = replay(lus, question.le, question.connu_le)
    for champ in ("mouvements", "a_venir", "sans_effet", "courriers"):
        assert [plain(e, noms) for e in getattr(avant, champ)] == [plain(e, {}) for e in getattr(apres, champ)]
    assert [plain(c.mouvement, noms) for c in avant.corrections] == [plain(c.mouvement, {}) for c in apres.corrections]
    for une, autre in zip(avant.corrections, apres.corrections, strict=True):
        assert une.cesse_le == autre.cesse_le
        assert noms.get(une.cause) == autre.cause or is_named_at_random(une, avant)


def plain(element: Any, noms: Mapping[str, str]) -> Any:
    contexte = {nom: valeur for nom, valeur in getattr(element, "contexte", {}).items() if nom != "libelle"}
    propre = element._replace(fait=noms.get(element.fait, element.fait))
    if element.__class__.__name__ == "SansEffet" and element.cle == "zero_point":
        propre = propre._replace(article="")
    return propre._replace(contexte=contexte) if contexte else propre


def is_named_at_random(correction: Correction, releve: Releve) -> bool:
    """Whether nothing explains a correction but the first name among facts learned that day: names have changed."""
    faits = {fait.id: fait for fait in releve._lectures.faits}
    cause = faits[correction.cause]
    if isinstance(cause, Infraction):
        return cause.commise_le > correction.mouvement.date
    return not isinstance(cause, Annulation)


def test_numbers_follow_the_order_of_names() -> None:
    faits = [
        *permis("2015-01-01", id="z"),
        stage("2020-01-10", nom="b"),
        *infraction("a", "2019-01-01", 3, "2019-02-01"),
    ]
    assert name_lignes(faits) == ["a", "b", "z"]
    assert [codes.TYPES[ligne.type] for ligne in encode_dossier(faits)] == ["infraction", "stage", "delivrance"]
    assert [fait.id for fait in decode_dossier(encode_dossier(faits))] == ["00000", "00000r", "00001", "00002"]


def test_arrays_hold_the_rows() -> None:
    vies = [vie.lignes for vie in draw_many(3, 0, 50)] + [[]]
    lot = build_lot(vies)
    assert [read_lignes(lot, rang) for rang in range(len(vies))] == [list(lignes) for lignes in vies]
    assert build_lot([]).debuts.tolist() == [0]
    assert (lot.connu_le == ABSENT).any()
    assert {str(getattr(lot, nom).dtype) for nom in ("date", "heure", "type")} == {"int32", "int16", "int8"}


def test_control_finds_only_what_is_older_than_the_points_licence() -> None:
    forme = schema.schema_permis()
    lignes = [[ligne._asdict() for ligne in vie.lignes] for vie in draw_many(4, 0, VIES)]
    cles = pa.array(np.arange(len(lignes)), schema.CLE_ENTIERE)
    paquet = pa.RecordBatch.from_arrays([cles, pa.array(lignes, forme.field("faits").type)], schema=forme)
    fautes = [constat.faute for constat in examine_paquet(paquet, read_lot(paquet)).tell()]
    assert len(fautes) < VIES // 10
    assert all(faute.startswith("le permis à points n'existait pas le 19") for faute in fautes)


# What an offence carries


def lignes_of(*faits: Fait) -> list[Ligne]:
    return encode_dossier([*faits])


def types_of(lignes: Iterable[Ligne]) -> list[int]:
    return [ligne.type for ligne in lignes]


def test_an_offence_carries_its_realite_and_its_decision() -> None:
    (ligne,) = lignes_of(*infraction("i", "2024-03-10T18:14", 3, "2024-04-02T09:00", decide="2024-05-20"))
    assert (ligne.date, ligne.heure) == (jour("2024-03-10"), 18 * 60 + 14)
    assert (ligne.seconde_date, ligne.seconde_heure) == (jour("2024-04-02"), 9 * 60)
    assert (codes.MODES[ligne.mode], ligne.decide_le) == ("paiement", jour("2024-05-20"))
    assert [fait.id for fait in decode_dossier([ligne])] == ["00000", "00000r", "00000d"]


def test_a_decision_may_be_carried_alone() -> None:
    (ligne,) = lignes_of(*infraction("i", "2024-03-10", 3, decide="2024-05-20"))
    assert (ligne.seconde_date, ligne.mode, ligne.decide_le) == (None, -1, jour("2024-05-20"))
    assert [type(fait) for fait in decode_dossier([ligne])] == [Infraction, Retrait]


def test_what_is_learned_late_has_its_own_row() -> None:
    paye = realite("i", "2024-04-02")
    tard = replace(paye, connu_le=jour("2024-04-03"))
    decide = replace(retrait("i", "2024-05-20"), connu_le=jour("2024-05-19"))
    lignes = lignes_of(*infraction("i", "2024-03-10", 3), tard, decide)
    assert types_of(lignes) == [INFRACTION, REALITE, RETRAIT]
    assert [ligne.connu_le for ligne in lignes] == [None, jour("2024-04-03"), jour("2024-05-19")]
    assert types_of(lignes_of(*infraction("i", "2024-03-10", 3), paye)) == [INFRACTION]


def test_what_an_annulment_names_has_its_own_row() -> None:
    faits = infraction("i", "2024-03-10", 3, "2024-04-02", decide="2024-05-20")
    lignes = lignes_of(*faits, annulation("r-i", "2025-01-01"), annulation("t-i", "2025-01-01"))
    assert types_of(lignes) == [ANNULATION, ANNULATION, INFRACTION, REALITE, RETRAIT]
    assert [ligne.vise for ligne in lignes] == [3, 4, -1, 2, 2]


def test_the_second_realite_has_its_own_row() -> None:
    lignes = lignes_of(*infraction("i", "2024-03-10", 3, "2024-04-02"), realite("i", "2024-04-01", prefixe="s"))
    assert [(ligne.type, ligne.seconde_date, ligne.date) for ligne in lignes] == [
        (INFRACTION, jour("2024-04-02"), jour("2024-03-10")),
        (REALITE, None, jour("2024-04-01")),
    ]


def test_no_decision_yet_is_a_row_and_tells_when_it_was_learned() -> None:
    lignes = lignes_of(*infraction("i", "2024-03-10", 3), retrait("i", None, connu="2024-03-10"))
    assert (lignes[1].type, lignes[1].date, lignes[1].connu_le) == (RETRAIT, None, jour("2024-03-10"))
    assert decode_dossier(lignes)[1] == replace(retrait("i", None, connu="2024-03-10"), id="00001", infraction="00000")


# Letters, sets, words


@pytest.mark.parametrize(
    "courrier",
    [
        lettre("48SI", "2024-05-01", mode="recommande"),
        lettre("48SI", None, presentee_le="2024-05-01", retour="AP"),
        lettre("48SI", None, presentee_le="2024-05-01", retour="NPAI"),
        lettre("48SI", None, presentee_le="2024-05-01", retiree_le="2024-05-09", retour="AR"),
        lettre("48", None, mise_a_disposition_le="2024-05-01", mode="electronique"),
        lettre("48", None, mise_a_disposition_le="2024-05-01", consultee_le="2024-05-03", mode="electronique"),
    ],
    ids=str,
)
def test_a_letter_is_known_on_the_same_day(courrier: Notification) -> None:
    (ligne,) = lignes_of(courrier)
    assert ligne.type == NOTIFICATION
    (lue,) = decode_dossier([ligne])
    assert isinstance(lue, Notification)
    assert (known_on(lue), lue.connu_le, own_day(lue)) == (known_on(courrier), courrier.connu_le, own_day(courrier))
    assert (lue.reference, lue.mode) == (courrier.reference, courrier.mode)


def test_simultaneous_offences_are_numbered_in_the_licence() -> None:
    ensembles = {"a": "x", "b": "y", "c": "x", "d": None}
    faits = [f for nom, un in ensembles.items() for f in infraction(nom, "2024-01-01", 1, ensemble=un)]
    assert [ligne.ensemble for ligne in encode_dossier(faits)] == [1, 2, 1, 0]


def test_marks() -> None:
    lignes = lignes_of(
        *infraction("a", "2024-01-01", 1, hors_code=True),
        *infraction("b", "2024-01-01", 1, vehicule_sans_permis=True),
        *permis("2024-01-01", "aac", retour=True, id="c"),
    )
    assert [ligne.marques for ligne in lignes] == [codes.HORS_CODE, codes.VEHICULE_SANS_PERMIS, codes.RETOUR]
    assert codes.FILIERES[lignes[2].nature] == "aac"


def test_a_measure_and_a_training_come_back_whole() -> None:
    faits = (
        formation("2024-08-01"),
        mesure("suspension", "2024-01-31"),
        mesure("restriction", "2024-02-29", "2024-03-01"),
    )
    lus = decode_dossier(encode_dossier(faits))
    noms = {"f-2024-08-01": "00000", "m-restriction-2024-02-29": "00001", "m-suspension-2024-01-31": "00002"}
    assert set(lus) == {replace(fait, id=noms[fait.id]) for fait in faits}


def test_the_country_is_not_kept() -> None:
    for filiere, pays in (("etranger", PAYS_NON_DIT), ("traditionnelle", None)):
        (lue,) = decode_dossier(encode_dossier(permis("2020-01-01", filiere, pays=pays and "DE")))
        assert isinstance(lue, Delivrance)
        assert lue.pays == pays


# The barème


def offence(**champs: Any) -> Infraction:
    (fait,) = infraction("i", "2024-03-10", 4)
    assert isinstance(fait, Infraction)
    return replace(fait, **champs)


@pytest.mark.parametrize("reference", [{"bareme": "feu-rouge"}, {"natinf": "217"}])
def test_an_offence_of_the_bareme_keeps_its_words(reference: dict[str, str]) -> None:
    from permis.droit.bareme import find  # noqa: PLC0415

    ligne = find(next(iter(reference.values())), jour("2024-03-10"))
    (lue,) = decode_dossier(lignes_of(offence(**reference)))
    assert isinstance(lue, Infraction)
    assert (lue.bareme, lue.libelle, lue.article) == (ligne.bareme, ligne.libelle, ligne.article)


def test_other_words_are_not_kept() -> None:
    (lue,) = decode_dossier(lignes_of(offence(libelle="feu rouge", article="art. R. 412-30", natinf="999999")))
    assert isinstance(lue, Infraction)
    assert (lue.bareme, lue.libelle, lue.article) == (None, None, None)


# What columns cannot hold


@pytest.mark.parametrize(
    ("faits", "message"),
    [
        ([offence(bareme="n-existe-pas")], "« i » : « n-existe-pas » n'est ni un code NATINF ni un identifiant"),
        ([offence(heure=time(18, 14, 30))], "« i » dit 18:14:30 : une heure à la minute"),
        ([realite("i", "2024-04-02")], "« r-i » vise « i », qu'aucun fait"),
        ([annulation("x", "2024-04-02")], "« a-x » vise « x », qu'aucun fait"),
        ([*permis("2020-01-01"), *permis("2021-01-01")], "même identifiant"),
    ],
)
def test_refusals(faits: Sequence[Fait], message: str) -> None:
    with pytest.raises(ColonnesError, match=message):
        encode_dossier(faits)


def test_the_number_of_a_fact_has_sixteen_bits() -> None:
    faits = [replace(stage("2000-01-01"), id=f"{rang:05d}") for rang in range(FAITS_MAXIMUM)]
    assert len(encode_dossier(faits)) == FAITS_MAXIMUM
    with pytest.raises(ColonnesError, match="32768 faits pour un seul permis : 32767 au plus"):
        encode_dossier([*faits, replace(stage("2000-01-01"), id="z")])


def test_a_fact_of_no_known_type_is_our_own_fault() -> None:
    with pytest.raises(TypeError, match="Fait inconnu : Fait"):
        encode_dossier([Fait(id="x", connu_le=jour("2020-01-01"))])
    with pytest.raises(TypeError, match="« realite » sans date"):
        decode_dossier([Ligne(REALITE, None, vise=0)])
