"""What must not reach the kernel: each fault is found, alone, with its place and its words; what is right passes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from permis.national import codes, schema
from permis.national.controle.examen import Constat, Ordre, examine_paquet
from permis.national.controle.limites import FAITS_MAXIMUM
from permis.national.lots import read_lot
from tests.national.fabrique import (
    ANNULATION,
    DELIVRANCE,
    FORMATION,
    INFRACTION,
    MESURE,
    NOTIFICATION,
    REALITE,
    REMISE,
    RETRAIT,
    SANS_REALITE,
    STAGE,
    TOUTES,
    Fait,
    paquet,
)


def constats(arrow: pa.RecordBatch, desordre: Any = None) -> list[Constat]:
    return examine_paquet(arrow, read_lot(arrow), desordre).tell()


def seul(*faits: Fait) -> Constat:
    """The fault of one licence, beside two that are right."""
    (constat,) = constats(paquet([TOUTES, faits, TOUTES]))
    assert (constat.ligne, constat.cle) == (1, "1")
    return constat


def test_ce_qui_est_juste_passe() -> None:
    assert constats(paquet([TOUTES, [], [DELIVRANCE], [DELIVRANCE, INFRACTION, INFRACTION]])) == []


@pytest.mark.parametrize(
    "juste",
    [
        {**DELIVRANCE, "date": "1900-01-01"},
        {**DELIVRANCE, "date": "2200-12-31"},
        {**DELIVRANCE, "nature": 4, "seconde_date": "1985-06-01"},
        {**DELIVRANCE, "nature": 5, "seconde_date": "2010-06-01"},
        {**DELIVRANCE, "marques": codes.RETOUR, "nature": len(codes.FILIERES) - 1},
        {**DELIVRANCE, "connu_le": "1900-01-01"},
        {**FORMATION, "date": "1992-06-30"},
        {**SANS_REALITE, "date": "1992-07-01"},
        {**INFRACTION, "seconde_date": "2024-03-10", "seconde_heure": 1094},
        {**INFRACTION, "seconde_date": "2024-03-10"},
        {**INFRACTION, "heure": -1, "seconde_date": "2024-03-10", "seconde_heure": 0},
        {**INFRACTION, "decide_le": "2024-03-10"},
        {**INFRACTION, "decide_le": "2024-03-20"},
        {**SANS_REALITE, "decide_le": "2024-05-20"},
        {**INFRACTION, "marques": codes.HORS_CODE | codes.VEHICULE_SANS_PERMIS, "valeur": 0},
        {**INFRACTION, "valeur": 9, "heure": 1439, "bareme": len(codes.bareme()) - 1, "ensemble": 32767},
        {**NOTIFICATION, "date": None, "connu_le": "2024-06-01"},
        {**MESURE, "seconde_date": None},
        {**MESURE, "seconde_date": "2024-06-01"},
        {**STAGE, "nature": 4},
        {**FORMATION, "nature": -1, "valeur": -1, "mode": 0},
    ],
)
def test_les_bords_passent(juste: Fait) -> None:
    assert constats(paquet([[DELIVRANCE, juste]])) == []


SANS_POINTS = "le permis à points n'existait pas le 1992-06-30"
HORS_DE_VIE = "est hors de toute vie de permis"


@pytest.mark.parametrize(
    ("faux", "colonne", "faute"),
    [
        ({**DELIVRANCE, "type": 10}, "type", "10 n'est pas un type de fait"),
        ({**DELIVRANCE, "type": -1}, "type", "-1 n'est pas un type de fait"),
        ({**DELIVRANCE, "date": None}, "date", "date absente"),
        ({**DELIVRANCE, "date": "1899-12-31"}, "date", f"1899-12-31 {HORS_DE_VIE}"),
        ({**DELIVRANCE, "date": "2201-01-01"}, "date", f"2201-01-01 {HORS_DE_VIE}"),
        ({**DELIVRANCE, "connu_le": "2201-01-01"}, "connu_le", f"2201-01-01 {HORS_DE_VIE}"),
        ({**DELIVRANCE, "seconde_date": "2000-01-01"}, "seconde_date", "obtention d'origine sans objet"),
        ({**DELIVRANCE, "nature": 4, "seconde_date": "2010-06-02"}, "seconde_date", "est après la délivrance"),
        (
            {**DELIVRANCE, "decide_le": "2010-06-02"},
            "decide_le",
            "2010-06-02 est sans objet pour un fait « delivrance »",
        ),
        ({**DELIVRANCE, "nature": 7}, "nature", "7 est hors des bornes"),
        ({**DELIVRANCE, "nature": -1}, "nature", "-1 est hors des bornes"),
        ({**DELIVRANCE, "valeur": len(codes.CATEGORIES)}, "valeur", "16 est hors des bornes"),
        ({**DELIVRANCE, "marques": codes.HORS_CODE}, "marques", "2 est hors des bornes"),
        ({**DELIVRANCE, "mode": 2}, "mode", "2 est sans objet pour un fait « delivrance »"),
        ({**DELIVRANCE, "bareme": 1}, "bareme", "1 est sans objet"),
        ({**DELIVRANCE, "heure": 5}, "heure", "5 est sans objet"),
        ({**DELIVRANCE, "ensemble": 1}, "ensemble", "1 est sans objet"),
        ({**DELIVRANCE, "vise": 0}, "vise", "0 est sans objet"),
        ({**SANS_REALITE, "date": "1992-06-30"}, "date", SANS_POINTS),
        ({**SANS_REALITE, "date": "2201-01-01"}, "date", f"2201-01-01 {HORS_DE_VIE}"),
        ({**INFRACTION, "valeur": 10}, "valeur", "10 est hors des bornes"),
        ({**INFRACTION, "valeur": -1}, "valeur", "-1 est hors des bornes"),
        ({**INFRACTION, "nature": 6}, "nature", "6 est hors des bornes"),
        ({**INFRACTION, "mode": 4}, "mode", "4 est hors des bornes"),
        ({**INFRACTION, "heure": 1440}, "heure", "1440 est hors des bornes"),
        ({**INFRACTION, "heure": -2}, "heure", "-2 est hors des bornes"),
        ({**INFRACTION, "seconde_heure": 1440}, "seconde_heure", "1440 est hors des bornes"),
        ({**INFRACTION, "bareme": len(codes.bareme())}, "bareme", "est hors des bornes"),
        ({**INFRACTION, "ensemble": -1}, "ensemble", "-1 est hors des bornes"),
        ({**INFRACTION, "marques": codes.RETOUR | codes.HORS_CODE}, "marques", "marque sans objet"),
        ({**INFRACTION, "marques": 8}, "marques", "8 est hors des bornes"),
        ({**INFRACTION, "vise": 0}, "vise", "0 est sans objet"),
        ({**INFRACTION, "mode": -1}, "mode", "la réalité n'a pas de mode"),
        ({**SANS_REALITE, "mode": 0}, "mode", "mode d'une réalité sans date"),
        ({**SANS_REALITE, "seconde_heure": 3}, "seconde_heure", "heure d'une réalité sans date"),
        ({**INFRACTION, "seconde_date": "2024-03-09"}, "seconde_date", "la réalité est avant la commission"),
        (
            {**INFRACTION, "seconde_date": "2024-03-10", "seconde_heure": 1093},
            "seconde_date",
            "la réalité est avant la commission",
        ),
        ({**INFRACTION, "decide_le": "2024-03-09"}, "decide_le", "la décision est avant la commission"),
        ({**STAGE, "seconde_date": "2025-03-10"}, "seconde_date", "un stage dure deux jours consécutifs"),
        ({**STAGE, "seconde_date": "2025-03-12"}, "seconde_date", "un stage dure deux jours consécutifs"),
        ({**STAGE, "seconde_date": None}, "seconde_date", "date absente"),
        ({**STAGE, "nature": 0}, "nature", "0 est hors des bornes"),
        ({**STAGE, "nature": 5}, "nature", "5 est hors des bornes"),
        ({**STAGE, "date": "1992-06-30", "seconde_date": "1992-07-01"}, "date", SANS_POINTS),
        ({**MESURE, "seconde_date": "2024-05-31"}, "seconde_date", "la mesure finit avant son début"),
        ({**MESURE, "date": "1992-06-30"}, "date", SANS_POINTS),
        ({**NOTIFICATION, "date": None}, "connu_le", "ni date ni jour où le fait a été connu"),
        ({**NOTIFICATION, "nature": 0}, "nature", "0 est hors des bornes"),
        ({**NOTIFICATION, "valeur": 4}, "valeur", "4 est hors des bornes"),
        ({**REMISE, "date": "1992-06-30"}, "date", SANS_POINTS),
        ({**FORMATION, "seconde_date": "2012-01-01"}, "seconde_date", "est sans objet"),
        ({**REALITE, "vise": -1}, "vise", "-1 est hors des bornes"),
        ({**REALITE, "vise": 0}, "vise", "le fait visé n'est pas une infraction"),
        ({**REALITE, "vise": 2}, "vise", "aucun fait de ce permis n'a ce numéro"),
        ({**RETRAIT, "vise": 0}, "vise", "le fait visé n'est pas une infraction"),
        ({**RETRAIT, "date": None, "vise": 0}, "connu_le", "ni date ni jour où le fait a été connu"),
        ({**ANNULATION, "vise": 1}, "vise", "une annulation ne peut pas se viser elle-même"),
        ({**ANNULATION, "vise": 2}, "vise", "aucun fait de ce permis n'a ce numéro"),
        ({**ANNULATION, "nature": 4, "vise": 0}, "nature", "4 est hors des bornes"),
    ],
)
def test_un_fait_faux(faux: Fait, colonne: str, faute: str) -> None:
    constat = seul(DELIVRANCE, faux)
    assert (constat.fait, constat.colonne) == (1, f"faits.{colonne}")
    assert faute in constat.faute
    assert constat.attendu


@pytest.mark.parametrize(
    ("acte", "objet"),
    [
        ({**REALITE, "date": "2024-03-09"}, SANS_REALITE),
        ({**REALITE, "date": "2024-03-10", "heure": 1093}, SANS_REALITE),
        ({**RETRAIT, "date": "2024-03-09"}, SANS_REALITE),
        ({**ANNULATION, "date": "2024-03-09"}, INFRACTION),
        ({**ANNULATION, "vise": 2, "date": "2024-04-01"}, SANS_REALITE),
        ({**ANNULATION, "vise": 3, "date": "2024-05-19"}, SANS_REALITE),
    ],
)
def test_un_acte_avant_ce_qu_il_vise(acte: Fait, objet: Fait) -> None:
    constat = seul(DELIVRANCE, objet, REALITE, RETRAIT, acte)
    assert (constat.fait, constat.colonne) == (4, "faits.date")
    assert constat.faute == "l'acte est avant le fait qu'il vise"


@pytest.mark.parametrize(
    "acte",
    [
        {**REALITE, "date": "2024-03-10"},
        {**REALITE, "date": "2024-03-10", "heure": 1094},
        {**RETRAIT, "date": "2024-03-10"},
        {**RETRAIT, "date": None, "connu_le": "2024-03-10"},
        {**ANNULATION, "date": "2024-03-10"},
        {**ANNULATION, "vise": 0, "date": "2000-01-01"},
        {**ANNULATION, "vise": 3, "date": "2000-01-01"},
    ],
)
def test_un_acte_le_meme_jour_ou_sur_un_fait_sans_ordre(acte: Fait) -> None:
    assert constats(paquet([[DELIVRANCE, SANS_REALITE, acte, STAGE]])) == []


def annule(vise: int) -> Fait:
    return {**ANNULATION, "vise": vise}


def test_des_annulations_en_cercle() -> None:
    constat = seul(INFRACTION, annule(2), annule(3), annule(1))
    assert (constat.fait, constat.colonne, constat.faute) == (1, "faits.vise", "annulations en cercle")
    assert seul(annule(0 + 1), annule(0)).faute == "annulations en cercle"
    constat = seul(INFRACTION, annule(2), annule(3), annule(2))
    assert (constat.fait, constat.faute) == (2, "annulations en cercle")


def test_des_annulations_en_chaine_ne_sont_pas_un_cercle() -> None:
    chaine = [INFRACTION, *(annule(rang) for rang in range(40))]
    envers = [*(annule(rang + 1) for rang in range(40)), INFRACTION]
    assert constats(paquet([chaine, envers, [INFRACTION, annule(0), annule(1), annule(1)]])) == []


def ensemble(numero: int, heure: int = -1, jour: str = "2024-03-10") -> Fait:
    return {**SANS_REALITE, "ensemble": numero, "heure": heure, "date": jour}


@pytest.mark.parametrize(
    ("faits", "fautif"),
    [
        ([ensemble(1), ensemble(1, jour="2024-03-11")], 1),
        ([ensemble(1, 5), ensemble(1, 6)], 1),
        ([ensemble(1, 5), ensemble(1), ensemble(1, 6)], 2),
        ([ensemble(1), ensemble(1, 5), ensemble(1, 4)], 2),
        ([ensemble(1, 5), ensemble(1), ensemble(1, 5, "2024-03-11")], 2),
    ],
)
def test_un_ensemble_qui_n_est_pas_simultane(faits: list[Fait], fautif: int) -> None:
    constat = seul(*faits)
    assert (constat.fait, constat.colonne) == (fautif, "faits.date")
    assert "non simultanée" in constat.faute


def test_des_ensembles_simultanes() -> None:
    vies = [
        [ensemble(1), ensemble(2, jour="2024-03-11"), ensemble(1, 7), ensemble(1), ensemble(1, 7)],
        [ensemble(1, jour="2025-01-01"), ensemble(2, jour="2025-01-01")],
        [ensemble(0), ensemble(0, jour="2024-03-11")],
    ]
    assert constats(paquet(vies)) == []


def test_la_premiere_faute_de_chaque_permis() -> None:
    faux, pire = {**INFRACTION, "valeur": 12}, {**STAGE, "nature": 0}
    trouves = constats(paquet([[DELIVRANCE, faux, pire], [DELIVRANCE], [pire, faux]]))
    assert [(c.ligne, c.fait, c.colonne) for c in trouves] == [(0, 1, "faits.valeur"), (2, 0, "faits.nature")]


def test_trop_de_faits() -> None:
    plein = paquet([[DELIVRANCE]])
    faits = plein.column("faits")
    for nombre, refuse in ((FAITS_MAXIMUM, 0), (FAITS_MAXIMUM + 1, 1)):
        valeurs = faits.values.take(pa.array(np.zeros(nombre, np.int64)))
        liste = pa.ListArray.from_arrays(pa.array([0, nombre], pa.int32()), valeurs, type=faits.type)
        trouves = constats(pa.RecordBatch.from_arrays([plein.column("cle"), liste], schema=plein.schema))
        assert [(c.faute, c.fait) for c in trouves] == [("trop de faits", -1)] * refuse


def nullable(arrow: pa.RecordBatch) -> pa.Schema:
    champs = [champ.with_nullable(True) for champ in arrow.schema.field("faits").type.value_type]
    genre = pa.list_(pa.field("element", pa.struct(champs)))
    return pa.schema([pa.field("cle", pa.int64()), pa.field("faits", genre)], metadata=arrow.schema.metadata)


def avec_nul(quoi: str) -> pa.RecordBatch:
    """Three licences, the second of which has a null where none goes."""
    arrow = paquet([TOUTES, [DELIVRANCE, INFRACTION], TOUTES])
    lignes = arrow.to_pylist()
    if quoi in ("cle", "faits"):
        lignes[1][quoi] = None
    elif quoi == "fait":
        lignes[1]["faits"][1] = None
    else:
        lignes[1]["faits"][1][quoi] = None
    return pa.RecordBatch.from_pylist(lignes, schema=nullable(arrow))


@pytest.mark.parametrize("quoi", ["cle", "faits", "fait", *(set(schema.COLONNES) - schema.NULLABLES)])
def test_un_nul_cache_est_trouve(quoi: str) -> None:
    (constat,) = constats(avec_nul(quoi))
    assert (constat.ligne, constat.faute, constat.attendu) == (1, "valeur nulle", "une valeur")
    colonne = {"cle": "cle", "faits": "faits", "fait": "faits"}.get(quoi, f"faits.{quoi}")
    assert (constat.colonne, constat.fait) == (colonne, -1 if quoi in ("cle", "faits") else 1)
    tranche = avec_nul(quoi).slice(1)
    assert [c.ligne for c in constats(tranche)] == [0]


def test_le_nombre_qui_tient_lieu_d_absence_n_est_pas_une_date() -> None:
    """A day that is not null and that the kernel would take for none."""
    arrow = paquet([[DELIVRANCE, INFRACTION], [DELIVRANCE, INFRACTION]])
    valeurs = arrow.column("faits").values
    champs = [valeurs.field(rang) for rang in range(valeurs.type.num_fields)]
    rang = valeurs.type.get_field_index("decide_le")
    champs[rang] = pa.array([None, 19000, None, -(2**31)], pa.int32()).view(pa.date32())
    champs[valeurs.type.get_field_index("date")] = pa.array([18000] * 4, pa.int32()).view(pa.date32())
    struct = pa.StructArray.from_arrays(champs, fields=list(valeurs.type))
    liste = pa.ListArray.from_arrays(arrow.column("faits").offsets, struct, type=arrow.column("faits").type)
    (constat,) = constats(pa.RecordBatch.from_arrays([arrow.column("cle"), liste], schema=arrow.schema))
    assert (constat.ligne, constat.fait, constat.colonne) == (1, 1, "faits.decide_le")


@pytest.mark.parametrize("octets", [8, 16])
def test_les_cles_croissent_d_un_bout_a_l_autre(octets: int) -> None:
    def cles(*nombres: int | None) -> pa.Array:
        if octets == 8:
            return pa.array(nombres, pa.int64())
        seize = [None if n is None else n.to_bytes(16, "big") for n in nombres]
        return pa.array([b"\xff" * 16, *seize], pa.binary(16)).slice(1)

    ordre = Ordre()
    assert ordre.check(cles(1, 2, 256)) is None
    assert ordre.check(cles()) is None
    assert ordre.check(cles(257, 258)) is None
    assert _rangs(ordre.check(cles(258, 259))) == [0]
    assert _rangs(ordre.check(cles(300, 299, 300, 301, None, 301))) == [1, 2, 5]
    assert _rangs(ordre.check(cles(4, 5))) == [0, 1]
    assert ordre.check(cles(2**60)) is None


def _rangs(masque: Any) -> list[int]:
    assert masque is not None
    return [int(rang) for rang in np.flatnonzero(masque)]


def test_une_cle_en_desordre_se_dit_avec_sa_valeur() -> None:
    arrow = paquet([TOUTES, TOUTES], 5, cle=schema.CLE_REGISTRE)
    (constat,) = constats(arrow, np.array([False, True]))
    assert (constat.cle, constat.colonne, constat.fait) == (f"{6:032x}", "cle", -1)
    assert constat.faute == "la clé ne suit pas celles d'avant"


def test_au_hasard_rien_ne_lit_hors_de_sa_place() -> None:
    """Whatever the numbers, the passes end, and what they let through is within bounds."""
    hasard = np.random.default_rng(1)
    forme = schema.schema_permis()
    genre = forme.field("faits").type
    for _ in range(50):
        n = 400
        champs = []
        for champ in genre.value_type:
            large = hasard.integers(-(2**15) + 1, 2**15, n)
            petit = hasard.integers(-1, 4, n) if champ.name != "type" else hasard.integers(-1, 11, n)
            nombres = np.where(hasard.random(n) < 0.05, large, petit)
            if champ.type == pa.date32():
                jours = pa.array((nombres + 20000).astype(np.int32), mask=hasard.random(n) < 0.3)
                champs.append(jours.view(pa.date32()))
            else:
                champs.append(pa.array(nombres.astype(champ.type.to_pandas_dtype(), casting="unsafe")))
        struct = pa.StructArray.from_arrays(champs, fields=list(genre.value_type))
        debuts = np.sort(hasard.integers(0, n + 1, 99))
        debuts = np.array([0, *debuts, n], np.int32)
        liste = pa.ListArray.from_arrays(pa.array(debuts), struct, type=genre)
        arrow = pa.RecordBatch.from_arrays([pa.array(np.arange(100)), liste], schema=forme)
        for constat in constats(arrow):
            assert constat.colonne.startswith("faits.")
            assert constat.faute
