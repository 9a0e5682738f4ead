"""L. 225-2: what may go, on which day, by which rule; and today's balance never changes by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from permis.droit.delais import add_months
from permis.droit.dossier import read_dossier as read_contrat
from permis.droit.dossier.reponse import answer
from permis.droit.faits import Delivrance
from permis.droit.releve import replay
from permis.registre.conservation import JourAVenirError, erase, faits_effacables
from permis.registre.effacables import (
    DIX_ANS,
    INTERDICTION_DEFINITIVE,
    INTERDIT,
    MESURE_ANNULEE,
    PORTE_LE_SOLDE,
    RECENT,
    Effacables,
    latest_birthday,
    select,
)
from permis.registre.lecture import read_dossier
from permis.registre.models import Effacement, Fait, SoldeCourant
from permis.registre.verification import verify_chains
from tests.registre.fabrique import APRES, DELIVRANCE, LECTEUR, MIDI, enregistrer, infraction, ouvrir, realite

NAISSANCE = "1962-08-24"
ANCIEN: dict[str, object] = {**DELIVRANCE, "date": "1995-06-01"}
VIE: list[dict[str, object]] = [
    ANCIEN,
    infraction("i1", "2010-03-10"),
    realite("i1", "2010-04-02"),
    {"type": "retrait", "id": "t1", "infraction": "i1", "decide_le": "2010-05-02"},
    {"type": "notification", "id": "n1", "reference": "48", "date": "2010-05-10"},
]


def choisir(*contenus: dict[str, Any], le: str, naissance: str = NAISSANCE) -> Effacables:
    faits = read_contrat({"version": 1, "faits": list(contenus)}).faits
    return select(faits, naissance, date.fromisoformat(le))


@pytest.mark.parametrize(
    ("le", "partis"),
    [
        ("2020-04-02", set()),
        ("2020-05-01", set()),
        ("2020-05-02", {"i1", "r-i1", "t1"}),
        ("2020-05-09", {"i1", "r-i1", "t1"}),
        ("2020-05-10", {"i1", "r-i1", "t1", "n1"}),
    ],
)
def test_dix_ans_apres_la_realite_chaque_fait_attend_les_siens(le: str, partis: set[str]) -> None:
    """The ten years of the file run from the réalité; a later decision or letter waits for its own, with its group."""
    choix = choisir(*VIE, le=le)
    assert set(choix.effacables) == partis
    assert set(choix.effacables.values()) <= {DIX_ANS}


def test_la_veille_le_jour_le_lendemain() -> None:
    vie = VIE[:3]
    assert not choisir(*vie, le="2020-04-01").effacables
    assert set(choisir(*vie, le="2020-04-02").effacables) == {"i1", "r-i1"}
    assert set(choisir(*vie, le="2020-04-03").effacables) == {"i1", "r-i1"}


def test_une_realite_nouvelle_fait_repartir_les_dix_ans_de_tout_le_dossier() -> None:
    vie = [*VIE[:3], infraction("i2", "2019-01-05", 1), realite("i2", "2019-02-01")]
    assert not choisir(*vie, le="2029-01-31").effacables
    assert set(choisir(*vie, le="2029-02-01").effacables) == {"i1", "r-i1", "i2", "r-i2"}


def test_une_mesure_nouvelle_fait_repartir_les_dix_ans_jusqu_a_son_terme() -> None:
    mesure = {"type": "mesure", "id": "m1", "nature": "suspension", "debut": "2015-01-01", "fin": "2015-06-30"}
    assert not choisir(*VIE[:3], mesure, le="2025-06-29").effacables
    assert set(choisir(*VIE[:3], mesure, le="2025-06-30").effacables) == {"i1", "r-i1", "m1"}


def test_une_infraction_recente_sans_realite_reste() -> None:
    choix = choisir(*VIE[:3], infraction("i2", "2020-03-01", 1), le="2020-04-02")
    assert set(choix.effacables) == {"i1", "r-i1"}
    assert choix.gardes == {"i2": RECENT}


def test_une_realite_annulee_ne_fait_pas_repartir_les_dix_ans() -> None:
    annulee: dict[str, object] = {
        "type": "annulation",
        "id": "a1",
        "vise": "r-i2",
        "date": "2016-01-05",
        "autorite": "juge_penal",
    }
    vie = [*VIE[:3], infraction("i2", "2015-01-05", 1), realite("i2", "2015-02-01"), annulee]
    assert {"i1", "r-i1"} <= set(choisir(*vie, le="2026-01-05").effacables)


def test_sans_evenement_rien_ne_court() -> None:
    stage = {"type": "stage", "id": "s1", "debut": "2001-03-10", "fin": "2001-03-11", "cas": 1}
    assert not choisir(ANCIEN, stage, infraction("i1", "2001-01-01"), le="2026-01-01").effacables


def test_une_mesure_annulee_part_le_jour_de_la_decision_et_son_annulation_avec_elle() -> None:
    mesure = {"type": "mesure", "id": "m1", "nature": "suspension", "debut": "2025-01-01", "fin": "2025-06-30"}
    annulation = {
        "type": "annulation",
        "id": "a1",
        "vise": "m1",
        "date": "2025-03-01",
        "autorite": "juge_administratif",
    }
    assert not choisir(ANCIEN, mesure, annulation, le="2025-02-28").effacables
    assert choisir(ANCIEN, mesure, annulation, le="2025-03-01").effacables == {
        "m1": MESURE_ANNULEE,
        "a1": MESURE_ANNULEE,
    }
    assert not choisir(ANCIEN, mesure, le="2025-03-01").effacables


def test_une_interdiction_sans_terme_reste_jusqu_aux_quatre_vingts_ans() -> None:
    bannie = {"type": "mesure", "id": "m1", "nature": "interdiction", "debut": "2005-01-01"}
    etranger = {
        "type": "delivrance",
        "id": "p1",
        "date": "1990-01-01",
        "categorie": "B",
        "filiere": "etranger",
        "pays": "X",
    }
    veille = choisir(etranger, bannie, le="2042-08-23")
    assert (veille.effacables, veille.gardes) == ({}, {"m1": INTERDIT})
    jour = choisir(etranger, bannie, le="2042-08-24")
    assert jour.effacables == {"m1": INTERDICTION_DEFINITIVE} or jour.gardes == {"m1": PORTE_LE_SOLDE}


@pytest.mark.parametrize(
    ("naissance", "jour"),
    [
        ("1962-08-24", "2042-08-24"),
        ("1964-02-29", "2044-02-29"),
        ("1962-02-00", "2042-02-28"),
        ("1962-00-00", "2042-12-31"),
        ("1977-00-03", "2057-12-31"),
    ],
)
def test_une_naissance_presumee_donne_le_jour_le_plus_tardif(naissance: str, jour: str) -> None:
    assert latest_birthday(naissance, INTERDICTION_DEFINITIVE.mois) == date.fromisoformat(jour)


def test_un_permis_invalide_garde_ce_qui_l_a_invalide() -> None:
    """Without its offences the licence would be valid again: they stay, and the page says why."""
    vie: list[dict[str, object]] = [ANCIEN]
    for rang in range(4):
        vie += [infraction(f"i{rang}", f"2008-0{rang + 1}-10"), realite(f"i{rang}", f"2008-0{rang + 2}-01")]
    vie.append({"type": "notification", "id": "n1", "reference": "48SI", "date": "2008-07-01"})
    choix = choisir(*vie, le="2026-01-01")
    faits = read_contrat({"version": 1, "faits": vie}).faits
    restent = [fait for fait in faits if fait.id not in choix.effacables]
    avant, apres = (replay(tous, date(2026, 1, 1)) for tous in (faits, restent))
    assert (avant.validite, avant.solde) == (apres.validite, apres.solde) == ("invalide", 0)
    assert choix.gardes["n1"] == PORTE_LE_SOLDE


def test_avant_le_code_rien_ne_s_efface() -> None:
    assert not choisir(ANCIEN, le="2001-05-31").effacables


# --------------------------------------------------------------------------------------------- any file, any day

DEBUT, FIN = date(1996, 1, 1), date(2026, 11, 22)


def jours(debut: date = DEBUT, fin: date = FIN) -> st.SearchStrategy[date]:
    return st.dates(debut, fin)


@st.composite
def vies(tirer: st.DrawFn) -> list[dict[str, Any]]:
    """A licence of 1995 and what may happen to it, mostly long ago."""
    faits: list[dict[str, Any]] = [dict(ANCIEN)]
    for rang in range(tirer(st.integers(0, 7))):
        commise = tirer(jours(fin=date(2018, 1, 1)))
        classe = tirer(st.sampled_from(["contravention_2", "contravention_4", "delit"]))
        points = tirer(st.integers(1, 6))
        faits.append(
            {"type": "infraction", "id": f"i{rang}", "commise_le": str(commise), "classe": classe, "points": points}
        )
        if tirer(st.booleans()) or rang < 3:
            etablie = commise + timedelta(days=tirer(st.integers(0, 900)))
            faits.append(realite(f"i{rang}", str(etablie)))
            if tirer(st.integers(0, 3)) == 0:
                annulation = {"type": "annulation", "id": f"a{rang}", "vise": f"r-i{rang}", "autorite": "juge_penal"}
                faits.append({**annulation, "date": str(etablie + timedelta(days=tirer(st.integers(0, 900))))})
    for rang in range(tirer(st.integers(0, 2))):
        debut = tirer(jours())
        faits.append(
            {"type": "stage", "id": f"s{rang}", "debut": str(debut), "fin": str(debut + timedelta(1)), "cas": 1}
        )
    if tirer(st.booleans()):
        faits.append({"type": "notification", "id": "n", "reference": "48SI", "date": str(tirer(jours()))})
    if tirer(st.booleans()):
        debut = tirer(jours())
        nature = tirer(st.sampled_from(["suspension", "annulation_judiciaire", "interdiction", "restriction"]))
        fin = {"fin": str(debut + timedelta(days=tirer(st.integers(0, 2000))))} if tirer(st.booleans()) else {}
        faits.append({"type": "mesure", "id": "m", "nature": nature, "debut": str(debut), **fin})
    if tirer(st.integers(0, 3)) == 0:
        faits.append({**ANCIEN, "id": "p2", "date": str(tirer(jours())), "retour": True})
    return faits


@reglages(max_examples=150)
@given(vies(), st.dates(date(2012, 1, 1), FIN))
def test_le_solde_de_ce_qui_reste_est_le_solde(vie: list[dict[str, Any]], le: date) -> None:
    faits = [fait for fait in read_contrat({"version": 1, "faits": vie}).faits if fait.connu_le <= le]
    connus = {fait.id for fait in faits}
    faits = [fait for fait in faits if getattr(fait, "infraction", fait.id) in connus]
    faits = [fait for fait in faits if getattr(fait, "vise", fait.id) in connus]
    choix = select(faits, NAISSANCE, le)
    restent = [fait for fait in faits if fait.id not in choix.effacables]
    assert not any(isinstance(fait, Delivrance) and fait.id in choix.effacables for fait in faits)
    garde = {fait.id for fait in restent}
    assert all(getattr(fait, cle, fait.id) in garde for fait in restent for cle in ("infraction", "vise"))
    for jour in (le, le + timedelta(days=200), add_months(le, 12), add_months(le, 41)):
        avant, apres = (answer(replay(tous, jour, le)) for tous in (faits, restent))
        cles = ("solde", "plafond", "validite", "probatoire", "mesures")
        assert [avant[cle] for cle in cles] == [apres[cle] for cle in cles]


# ----------------------------------------------------------------------------------------------- in the register


@pytest.fixture
def dossier() -> UUID:
    dossier = ouvrir()
    dates = [str(c.get("date") or c.get("commise_le") or c.get("decide_le")) for c in VIE]
    enregistrer(dossier, *({**c, "connu_le": jour} for c, jour in zip(VIE, dates, strict=True)))
    return dossier


@pytest.mark.django_db
def test_a_sec_rien_ne_change(dossier: UUID) -> None:
    avant = list(Fait.objects.values())
    assert set(faits_effacables(dossier, date(2026, 3, 10)).effacables) == {"i1", "r-i1", "t1", "n1"}
    assert list(Fait.objects.values()) == avant
    assert not Effacement.objects.exists()


@pytest.mark.django_db
def test_l_effacement_nomme_chaque_fait_et_la_chaine_tient(dossier: UUID) -> None:
    solde = SoldeCourant.objects.values().get(pk=dossier)
    erase(dossier, date(2026, 3, 10), at=MIDI)
    assert SoldeCourant.objects.values().get(pk=dossier) == solde
    nommes = Effacement.objects.order_by("fait__rang").values_list("fait__rang", "regle", "article", "le")
    assert list(nommes) == [(rang, "dix_ans", "C. route, art. L. 225-2", date(2026, 3, 10)) for rang in (2, 3, 4, 5)]
    assert [ligne.contenu is None for ligne in Fait.objects.order_by("rang")] == [False, True, True, True, True]
    assert verify_chains(at=APRES).intact
    lu = read_dossier(dossier, LECTEUR, at=MIDI)
    assert [ligne.id for ligne in lu.lignes] == ["p1"]
    assert lu.replay(date(2026, 3, 10)).solde == solde["solde"] == 12
    assert not erase(dossier, date(2026, 3, 10), at=MIDI).effacables


@pytest.mark.django_db
def test_un_fait_efface_puis_renvoye_par_sa_source_ne_revient_pas(dossier: UUID) -> None:
    erase(dossier, date(2026, 3, 10), at=MIDI)
    renvoye = enregistrer(dossier, {**VIE[1], "connu_le": "2010-03-10"})
    assert [ligne.rang for ligne in renvoye] == [2]
    assert renvoye[0].contenu is None
    assert Fait.objects.count() == 5


@pytest.mark.django_db
def test_le_dossier_continue_apres_un_effacement(dossier: UUID) -> None:
    erase(dossier, date(2026, 3, 10), at=MIDI)
    (ligne,) = enregistrer(dossier, infraction("i7", "2026-03-01"), at=MIDI)
    assert (ligne.rang, verify_chains(at=APRES).intact) == (6, True)


@pytest.mark.django_db
def test_rien_ne_s_efface_au_jour_qui_n_est_pas_venu(dossier: UUID) -> None:
    with pytest.raises(JourAVenirError):
        erase(dossier, date(2026, 3, 11), at=datetime(2026, 3, 10, 22, 59, tzinfo=UTC))
