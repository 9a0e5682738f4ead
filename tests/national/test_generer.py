"""The generated France: what a licence is drawn from, and that every licence is one the format takes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from permis.droit.bareme import BAREME_ETABLI_LE, find
from permis.national import codes
from permis.national.controle.examen import examine_paquet
from permis.national.generer import carnet, eventail, hasard, parametres
from permis.national.generer.infractions import wording_on
from permis.national.generer.lots import draw_lot, draw_paquet
from permis.national.generer.monde import FAMILLES, PREMIER_JOUR, Monde, Regles, make_monde, read_regles
from permis.national.loi import day_number
from permis.national.lots import read_lot
from permis.national.noyau.calendrier import add_months

LE = date(2026, 11, 22)
LICENCES = 3_000


@pytest.fixture(scope="module")
def monde() -> Monde:
    return make_monde(LE, hasard.read_graine(7))


def test_chaque_nombre_nomme_a_une_source_et_son_rang() -> None:
    champs = parametres.Parametres._fields
    assert list(parametres.SOURCES) == list(champs)
    assert [getattr(carnet, f"P_{nom.upper()}") for nom in champs] == list(range(len(champs)))
    debut = carnet.PREMIERE_REGLE
    assert [getattr(carnet, f"L_{nom.upper()}") - debut for nom in Regles._fields] == list(range(len(Regles._fields)))


def test_les_parts_et_les_rythmes_sont_entiers() -> None:
    assert parametres.PETITS_EXCES.keys() == parametres.AUTRES.keys()
    annees = sorted(parametres.AUTRES)
    assert annees == list(range(annees[0], annees[-1] + 1))
    assert annees[0] <= PREMIER_JOUR.year - 10, "ten years of history before the first day that may be asked"
    for nom, valeur in parametres.Parametres()._asdict().items():
        assert valeur >= 0, nom
        assert valeur <= 1 or not nom.startswith(("part_", "stage_")), nom


def test_les_regles_sont_celles_du_droit() -> None:
    regles = read_regles(LE)
    assert (regles.maximum, regles.obtention, regles.cumul) == (12, 6, 8)
    assert (regles.reconstitution, regles.reconstitution_grave, regles.point_unique) == (24, 36, 6)
    assert (regles.probatoire, regles.probatoire_aac, regles.reduit, regles.reduit_aac) == (36, 24, 24, 18)
    assert read_regles(PREMIER_JOUR).point_unique == 6


@pytest.mark.parametrize("nom", [*eventail.PETITS, *eventail.AUTRES])
def test_une_infraction_est_celle_du_bareme_du_jour(nom: str, monde: Monde) -> None:
    famille = int(nom not in eventail.PETITS)
    infraction = [*FAMILLES[famille]].index(nom)
    carnet_neuf = carnet.open_carnet(monde)
    for jour in (BAREME_ETABLI_LE, date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 28), LE):
        if day_number(jour) < monde.eventail[famille, infraction, 0, eventail.E_DEBUT]:
            continue
        ligne = find(nom, jour)
        redaction = carnet_neuf.t[wording_on(carnet_neuf, famille, infraction, day_number(jour))]
        assert redaction[eventail.E_POINTS] == ligne.points
        assert codes.CLASSES[redaction[eventail.E_CLASSE]] == ligne.classe.value
        assert codes.bareme()[redaction[eventail.E_RANG]] == nom


def test_un_petit_exces_coute_un_point_jusqu_au_31_decembre_2023(monde: Monde) -> None:
    c = carnet.open_carnet(monde)
    jours = (date(2012, 1, 1), date(2023, 12, 31), date(2024, 1, 1))
    assert [c.t[wording_on(c, 0, 0, day_number(jour)), eventail.E_POINTS] for jour in jours] == [1, 1, 0]


# Draws


def drawn(graine: int, numero: int, combien: int) -> list[float]:
    mots = np.zeros((2, 2), np.int64)
    hasard.sow(mots, hasard.read_graine(graine), numero)
    return [hasard.draw(mots) for _ in range(combien)]


def test_les_tirages_ne_dependent_que_de_la_graine_et_du_numero() -> None:
    assert drawn(1, 5, 20) == drawn(1, 5, 20)
    assert drawn(1, 5, 20) != drawn(1, 6, 20)
    assert drawn(1, 5, 20) != drawn(2, 5, 20)


def test_les_tirages_sont_etales() -> None:
    nombres = np.array([drawn(3, numero, 8) for numero in range(4_000)])
    assert ((nombres > 0) & (nombres < 1)).all()
    assert abs(nombres.mean() - 0.5) < 0.01
    assert np.abs(np.corrcoef(nombres.T) - np.eye(8)).max() < 0.08
    comptes = np.bincount((nombres[:, 0] * 10).astype(int), minlength=10)
    assert comptes.min() > 300


def test_deux_numeros_ne_se_melangent_jamais_en_un_seul() -> None:
    assert len({hasard.mix(numero) for numero in range(50_000)}) == 50_000


@pytest.mark.parametrize("forme", [0.2, 1.0, 8.0])
def test_une_ardeur_vaut_un_en_moyenne(forme: float) -> None:
    mots = np.zeros((2, 2), np.int64)
    hasard.sow(mots, hasard.read_graine(11), 1)
    nombres = np.array([hasard.draw_gamma(mots, forme) for _ in range(20_000)])
    assert nombres.min() >= 0
    assert abs(nombres.mean() - 1) < 0.06
    assert abs(nombres.var() * forme - 1) < 0.15


def test_ce_qui_est_compile_tire_ce_qui_est_ecrit() -> None:
    ecrite = getattr(hasard.draw, "py_func", hasard.draw)
    mots, autres = np.zeros((2, 2), np.int64), np.zeros((2, 2), np.int64)
    hasard.sow(mots, hasard.read_graine(4), 9)
    autres[:] = mots
    assert [hasard.draw(mots) for _ in range(50)] == [ecrite(autres) for _ in range(50)]


# Licences


def test_un_permis_est_le_meme_dans_toute_tranche(monde: Monde) -> None:
    entier = draw_paquet(monde, 0, LICENCES)
    morceaux = [draw_paquet(monde, debut, LICENCES // 3) for debut in range(0, LICENCES, LICENCES // 3)]
    assert [ligne for morceau in morceaux for ligne in morceau.to_pylist()] == entier.to_pylist()


def test_la_place_manque_puis_est_trouvee(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    voulu = draw_lot(monde, 0, 500)
    monkeypatch.setattr("permis.national.generer.lots.FAITS_PAR_PERMIS", 0)
    monkeypatch.setattr("permis.national.generer.lots.PLACE_MINIMALE", 1)
    a_l_etroit = draw_lot(monde, 0, 500)
    total = voulu.debuts[-1]
    assert (a_l_etroit.debuts == voulu.debuts).all()
    assert (a_l_etroit.date[:total] == voulu.date[:total]).all()


@pytest.mark.parametrize("le", [LE, PREMIER_JOUR, date(2024, 2, 29)])
def test_tout_permis_passe_le_controle(le: date) -> None:
    paquet = draw_paquet(make_monde(le, hasard.read_graine(1)), 0, LICENCES)
    paquet.validate(full=True)
    lu = read_lot(paquet)
    assert examine_paquet(paquet, lu).tell() == []
    assert paquet.column("cle").to_pylist() == list(range(1, LICENCES + 1))


def test_rien_n_arrive_apres_le_dernier_jour(monde: Monde) -> None:
    lot = draw_lot(monde, 0, LICENCES)
    total = int(lot.debuts[-1])
    assert lot.date[:total].max() <= monde.le
    decides = lot.decide_le[:total]
    assert decides[lot.type[:total] == codes.TYPES.index("infraction")].max() <= monde.le


def test_rien_n_est_plus_vieux_que_dix_ans_sauf_les_titres(monde: Monde) -> None:
    lot = draw_lot(monde, 0, LICENCES)
    types, jours = lot.type[: lot.debuts[-1]], lot.date[: lot.debuts[-1]]
    gardes = [codes.TYPES.index("delivrance"), codes.TYPES.index("formation_complementaire")]
    assert monde.debut == add_months(monde.le, -120)
    assert jours[~np.isin(types, gardes)].min() >= monde.debut


def test_les_faits_d_un_permis_sont_dans_l_ordre_des_jours(monde: Monde) -> None:
    lot = draw_lot(monde, 0, LICENCES)
    for debut, fin in pairwise(lot.debuts.tolist()):
        assert (np.diff(lot.date[debut:fin]) >= 0).all()


def test_chaque_sorte_de_fait_est_tiree(monde: Monde) -> None:
    lot = draw_lot(monde, 0, 60_000)
    assert set(range(len(codes.TYPES))) <= set(lot.type[: lot.debuts[-1]].tolist())
