"""Hypotheses are read as facts: the same event, simulated or real, gives the same answer."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permis.droit.dossier import Dossier, DossierInvalideError, read_dossier
from permis.droit.dossier.hypotheses import apply_hypotheses
from permis.droit.dossier.reponse import answer
from permis.droit.faits import Annulation, Infraction, Realite, Stage
from permis.droit.releve import replay

LE = date(2026, 11, 22)
FAITS: list[dict[str, Any]] = [
    {"type": "delivrance", "date": "2015-06-01", "categorie": "B", "filiere": "traditionnelle"},
    {"type": "infraction", "id": "i1", "commise_le": "2024-03-10T18:14", "classe": "contravention_4", "points": 4},
    {"type": "realite", "id": "r1", "infraction": "i1", "date": "2024-04-02", "mode": "paiement"},
    {"type": "infraction", "id": "i2", "commise_le": "2026-09-10", "classe": "contravention_2", "points": 3},
    {"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11", "cas": 1},
]


def lit(*autres: dict[str, Any]) -> Dossier:
    return read_dossier({"version": 1, "faits": [*FAITS, *autres]})


def suppose(*textes: str, connu_le: date = LE) -> Dossier:
    return apply_hypotheses(lit(), textes, connu_le)


def fautes(*textes: str) -> list[str]:
    with pytest.raises(DossierInvalideError) as refus:
        suppose(*textes)
    return [str(faute) for faute in refus.value.fautes]


def test_sans_hypothese_rien_ne_change() -> None:
    assert suppose() == lit()


def test_un_stage_dure_deux_jours_et_rend_des_points() -> None:
    stage = suppose("stage:2026-12-31").faits[-1]
    assert stage == Stage(id="stage:2026-12-31", connu_le=LE, debut=date(2026, 12, 31), fin=date(2027, 1, 1), cas=1)


def test_une_infraction_est_commise_et_payee_le_meme_jour() -> None:
    infraction, realite = suppose("infraction:2026-12-01:alcool-0-50").faits[-2:]
    assert isinstance(infraction, Infraction)
    assert isinstance(realite, Realite)
    assert (infraction.id, infraction.points) == ("infraction:2026-12-01:alcool-0-50", 6)
    assert (realite.infraction, realite.date) == (infraction.id, infraction.commise_le)


def test_une_infraction_avec_son_heure() -> None:
    infraction, realite = suppose("infraction:2026-12-01T07:30:25387").faits[-2:]
    assert isinstance(infraction, Infraction)
    assert isinstance(realite, Realite)
    assert infraction.heure == realite.heure is not None
    assert infraction.natinf == "25387"


def test_deux_fois_la_meme_infraction() -> None:
    faits = suppose("infraction:2026-12-01:25387", "infraction:2026-12-01:25387").faits
    assert [fait.id for fait in faits if isinstance(fait, Infraction)][2:] == [
        "infraction:2026-12-01:25387",
        "infraction:2026-12-01:25387#2",
    ]


def test_un_fait_suppose_est_connu_au_plus_tard_le_jour_ou_l_on_regarde() -> None:
    avant, apres = suppose("stage:2026-05-01", "stage:2027-06-01").faits[-2:]
    assert (avant.connu_le, apres.connu_le) == (date(2026, 5, 2), LE)


def test_un_paiement_et_une_annulation_visent_un_fait_du_dossier() -> None:
    paiement, annulation = suppose("paiement:i2:2026-12-01", "annulation:r1:2026-12-02").faits[-2:]
    assert isinstance(paiement, Realite)
    assert isinstance(annulation, Annulation)
    assert (paiement.infraction, annulation.vise) == ("i2", "r1")


def test_une_annulation_vise_un_fait_sans_nom_par_celui_que_montre_la_reponse() -> None:
    annulation = suppose("annulation:stage:2025-03-10:2026-12-02").faits[-1]
    assert isinstance(annulation, Annulation)
    assert annulation.vise == "stage:2025-03-10"


def test_viser_un_jumeau_reste_viser_le_meme_fait() -> None:
    """A supposed twin of other content may take the name of the fact aimed at: the aim follows the fact."""
    jumeau: dict[str, Any] = {
        "type": "stage",
        "debut": "2026-12-01",
        "fin": "2026-12-02",
        "cas": 1,
        "connu_le": "2027-01-01",
    }
    faits = apply_hypotheses(lit(jumeau), ["stage:2026-12-01", "annulation:stage:2026-12-01:2027-02-02"], LE).faits
    noms = {fait.id: fait for fait in faits}
    annulation = next(fait for fait in faits if isinstance(fait, Annulation))
    assert noms[annulation.vise].connu_le == date(2027, 1, 1)


def test_on_peut_annuler_ce_que_l_on_vient_de_supposer() -> None:
    dossier = suppose("infraction:2026-11-01:25387", "annulation:infraction:2026-11-01:25387:2026-11-02")
    assert replay(dossier.faits, LE).solde == replay(lit().faits, LE).solde


INFRACTION = "infraction:2026-10-12:alcool-0-50"
REELS: dict[str, list[dict[str, Any]]] = {
    "stage:2026-11-03": [{"type": "stage", "debut": "2026-11-03", "fin": "2026-11-04", "cas": 1}],
    "paiement:i2:2026-10-10": [{"type": "realite", "infraction": "i2", "date": "2026-10-10", "mode": "paiement"}],
    "annulation:i1:2026-10-11": [
        {"type": "annulation", "vise": "i1", "date": "2026-10-11", "autorite": "juge_penal"},
    ],
    INFRACTION: [
        {"type": "infraction", "id": INFRACTION, "commise_le": "2026-10-12", "bareme": "alcool-0-50"},
        {"type": "realite", "infraction": INFRACTION, "date": "2026-10-12", "mode": "paiement"},
    ],
}  # fmt: skip


@given(st.lists(st.sampled_from(sorted(REELS)), unique=True), st.integers(0, 2000))
def test_le_meme_evenement_suppose_ou_reel_donne_la_meme_reponse(textes: list[str], jours: int) -> None:
    """Supposed before it happens, or told after: the same answer, except that the register learned it otherwise."""
    le = LE + timedelta(days=jours)
    reel = lit(*(fait for texte in textes for fait in REELS[texte]))
    suppose_le = apply_hypotheses(lit(), textes, le)
    assert answer(replay(suppose_le.faits, le)) == answer(replay(reel.faits, le))


# ----------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("", "hypothèse inconnue"),
        ("stage", "hypothèse inconnue"),
        ("amende:2026-12-01", "hypothèse inconnue"),
        ("stage:", "n'est pas une date"),
        ("stage:2026-02-30", "n'existe pas"),
        ("stage:2026-12-01T08:00", "n'est pas une date"),
        ("stage:2200-12-31", "hors de toute vie"),
        ("infraction:2026-12-01", "mal écrite"),
        ("infraction:2026-12-01:", "mal écrite"),
        ("infraction:2026-02-30:25387", "n'existe pas"),
        ("infraction:2026-12-01T25:00:25387", "l'heure"),
        ("infraction:2026-12-01:999999", "999999"),
        ("infraction:2026-12-01:feu rouge", "n'est ni un code NATINF"),
        ("infraction:1995-12-01:25387", "25387"),
        ("paiement:i2", "il manque"),
        ("paiement:i9:2026-12-01", "aucun fait n'a l'identifiant « i9 »"),
        ("paiement:r1:2026-12-01", "pas une infraction"),
        ("paiement:i2:2026-09-09", "avant la commission"),
        ("paiement:i2:demain", "n'est pas une date"),
        ("annulation:i9:2026-12-01", "aucun fait"),
        ("annulation:i1:2024-03-09", "avant la commission"),
        ("annulation:i1:2026-12-01T10:00", "aucun fait"),
    ],
)
def test_une_hypothese_refusee_dit_pourquoi(texte: str, mots: str) -> None:
    dites = fautes(texte)
    assert mots in " ".join(dites)
    assert all(dite.startswith("hypothèse « ") for dite in dites)


def test_toutes_les_fautes_sont_dites() -> None:
    assert len(fautes("stage:2026-02-30", "paiement:i9:2026-12-01", "rien")) == 3


@given(st.lists(st.text() | st.from_regex(r"(stage|infraction|paiement|annulation):.{0,30}"), max_size=3))
def test_un_texte_quelconque_est_une_hypothese_ou_une_faute(textes: list[str]) -> None:
    with suppress(DossierInvalideError):
        assert len(suppose(*textes).faits) >= len(FAITS)
