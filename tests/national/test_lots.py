"""From record batches to arrays and back: nothing copied without need, nulls and slices read right."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from permis.national import codes, schema
from permis.national.conformite import check_permis
from permis.national.loi import read_loi
from permis.national.lots import read_lot, write_detail, write_soldes
from permis.national.noyau import ABSENT, ask
from tests.national.fabrique import (
    DELIVRANCE,
    INFRACTION,
    SANS_REALITE,
    TOUTES,
    detailler_en_comptant,
    paquet,
    solder_en_comptant,
)

VIES = [[DELIVRANCE], [], [DELIVRANCE, INFRACTION], [INFRACTION, SANS_REALITE, DELIVRANCE], TOUTES]


def test_les_jours_nuls_sont_absents() -> None:
    lot = read_lot(paquet([[SANS_REALITE, INFRACTION]])).lot
    assert lot.seconde_date.tolist() == [
        ABSENT,
        (np.datetime64("2024-04-02") - np.datetime64("1970-01-01")).astype(int),
    ]
    assert lot.connu_le.tolist() == [ABSENT, ABSENT]


@pytest.mark.parametrize(("debut", "longueur"), [(0, 5), (1, 4), (2, 2), (4, 1), (1, 1), (5, 0)])
def test_une_tranche_se_lit_comme_un_tout(debut: int, longueur: int) -> None:
    tranche = read_lot(paquet(VIES).slice(debut, longueur)).lot
    entier = read_lot(paquet(VIES[debut : debut + longueur], debut)).lot
    for nom, colonne in tranche._asdict().items():
        assert colonne.tolist() == getattr(entier, nom).tolist(), nom
        assert colonne.dtype == getattr(entier, nom).dtype


def test_des_debuts_qui_ne_commencent_pas_a_zero() -> None:
    lot = paquet(VIES)
    faits = lot.column("faits")
    decale = pa.ListArray.from_arrays(faits.offsets.slice(2), faits.values, type=faits.type)
    suite = pa.RecordBatch.from_arrays([lot.column("cle").slice(2), decale], schema=lot.schema)
    lu = read_lot(suite).lot
    assert lu.debuts.tolist() == [0, 2, 5, 15]
    assert lu.type.tolist() == read_lot(paquet(VIES[2:])).lot.type.tolist()


def test_une_colonne_absente_a_sa_valeur_par_defaut() -> None:
    lot = read_lot(paquet([[DELIVRANCE, INFRACTION]], facultatives=[])).lot
    for nom, defaut in schema.DEFAUTS.items():
        assert getattr(lot, nom).tolist() == [ABSENT if defaut is None else defaut] * 2


def test_rien_n_est_copie_sans_besoin() -> None:
    arrow = paquet([[INFRACTION, INFRACTION]])
    lot = read_lot(arrow).lot
    valeurs = arrow.column("faits").values
    for nom in ("type", "date", "seconde_date", "decide_le", "nature", "vise"):
        champ = valeurs.field(nom)
        adresse = champ.buffers()[1].address + champ.offset * champ.type.bit_width // 8
        assert getattr(lot, nom).__array_interface__["data"][0] == adresse, nom


def test_de_grandes_listes_se_lisent_aussi() -> None:
    lot = paquet(VIES)
    genre = pa.large_list(lot.schema.field("faits").type.value_field)
    grand = lot.set_column(1, pa.field("faits", genre, nullable=False), lot.column("faits").cast(genre))
    check_permis(grand.schema, "f")
    assert read_lot(grand).lot.type.tolist() == read_lot(lot).lot.type.tolist()


def test_les_nuls_sont_comptes_par_colonne() -> None:
    forme = pa.schema([pa.field("cle", pa.int64()), pa.field("faits", schema.schema_permis().field("faits").type)])
    lot = pa.RecordBatch.from_arrays(
        [pa.array([1, None]), pa.array([[], None], forme.field("faits").type)], schema=forme
    )
    lu = read_lot(lot)
    assert (lu.nuls["cle"], lu.nuls["faits"], lu.lot.debuts.tolist()) == (1, 1, [0, 0, 0])


def test_les_reponses_ont_des_nuls_ou_rien_ne_suit() -> None:
    arrow = paquet(VIES)
    question = ask(20000, 20000)
    soldes = solder_en_comptant(read_lot(arrow).lot, read_loi(), question)
    forme = schema.schema_soldes(schema.CLE_ENTIERE, codes.versions())
    reponses = write_soldes(arrow.column("cle"), soldes, forme)
    reponses.validate(full=True)
    assert reponses.schema.equals(forme, check_metadata=True)
    assert reponses.column("solde").to_pylist() == [1, 0, 2, 3, 10]
    assert [jour is None for jour in reponses.column("prochain_le").to_pylist()] == [True, True, False, False, False]
    assert reponses.column("prochaine_variation").to_pylist() == [None, None, 2, 3, 10]
    assert reponses.column("prochain_motif").to_pylist() == [None, None, 0, 0, 0]


def test_le_releve_a_ses_listes() -> None:
    arrow = paquet(VIES)
    detail = detailler_en_comptant(read_lot(arrow).lot, read_loi(), ask(20000, 20000))
    forme = schema.schema_detail(schema.CLE_ENTIERE, codes.versions())
    reponses = write_detail(arrow.column("cle"), detail, forme)
    reponses.validate(full=True)
    mouvements = reponses.column("mouvements").to_pylist()
    assert [[m["fait"] for m in liste] for liste in mouvements] == [[0], [], [0, 1], [0, 1, 2], list(range(10))]
    assert [m["jour_1"] is None for m in mouvements[3]] == [False, True, True]
    assert reponses.column("corrections").to_pylist() == [[]] * 5


def test_un_lot_vide() -> None:
    arrow = paquet([])
    soldes = solder_en_comptant(read_lot(arrow).lot, read_loi(), ask(0, 0))
    assert write_soldes(arrow.column("cle"), soldes, schema.schema_soldes(pa.int64(), ())).num_rows == 0
