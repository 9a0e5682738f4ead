"""The invented people: seventeen situations, each as its file says, on whatever day the demonstration begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from permis.demonstration.jours import resolve
from permis.demonstration.personnes import DossierInvente, Personne, list_agents, list_conducteurs, list_personnes
from permis.droit.dossier import read_dossier
from permis.droit.releve import Releve, replay
from permis.identites.roles import Role

JOUR = date(2026, 11, 22)
# Month ends, leap days, and days strewn over three years: delays counted in months are not counted in days.
AUTRES_JOURS = [date(2027, 2, 28), date(2028, 2, 29), date(2027, 3, 31), date(2027, 12, 31), date(2028, 1, 1)] + [
    JOUR + timedelta(days=37 * n) for n in range(30)
]
SITUATIONS = {
    "novice", "aac", "stage-bientot", "lettre-48n", "infraction-en-cours", "credit-corrige", "solde-nul", "invalide",
    "suspendu", "permis-etranger", "naissance-presumee", "homonyme", "permis-rose", "agent",
    "courriers", "adresse-perdue", "lettre-reprise",
}  # fmt: skip
NEPH = r"\d{2}(0[1-9]|1[0-2])(0[1-9]|1\d|2[1-9]|[3-8]\d|9[0-5])\d{6}"  # as the public format takes it


def dossiers() -> Iterator[tuple[str, DossierInvente]]:
    for personne in list_conducteurs():
        for rang, dossier in enumerate(personne.dossiers):
            yield f"{personne.nom}-{rang + 1}", dossier


TOUS = [pytest.param(dossier, id=nom) for nom, dossier in dossiers()]


def releve(nom: str, jour: date = JOUR) -> Releve:
    dossier = next(dossier for autre, dossier in dossiers() if autre == f"{nom}-1")
    return answer_on(dossier, jour)


def answer_on(dossier: DossierInvente, jour: date) -> Releve:
    return replay(read_dossier({"version": 1, "faits": dossier.faits_on(jour)}).faits, jour)


def test_dix_sept_personnes_ont_un_dossier() -> None:
    assert {personne.nom for personne in list_conducteurs() if personne.dossiers} == SITUATIONS


@pytest.mark.parametrize("dossier", TOUS)
def test_le_dossier_donne_ce_que_dit_son_fichier(dossier: DossierInvente) -> None:
    trouve = answer_on(dossier, JOUR)
    assert {cle: getattr(trouve, cle) for cle in dossier.attendu} == dossier.attendu
    assert {"solde", "plafond", "validite"} <= {*dossier.attendu}


@pytest.mark.parametrize("dossier", TOUS)
def test_et_de_meme_un_autre_jour(dossier: DossierInvente) -> None:
    for jour in AUTRES_JOURS:
        trouve = answer_on(dossier, jour)
        assert {cle: getattr(trouve, cle) for cle in dossier.attendu} == dossier.attendu, jour


@pytest.mark.parametrize("dossier", TOUS)
def test_rien_n_est_connu_apres_le_jour_de_la_demonstration(dossier: DossierInvente) -> None:
    faits = read_dossier({"version": 1, "faits": dossier.faits_on(JOUR)}).faits
    assert max(fait.connu_le for fait in faits) < JOUR or dossier.attendu["solde"] == 6


def test_chaque_neph_est_bien_forme_et_n_est_qu_a_un_dossier() -> None:
    nephs = [dossier.neph for _, dossier in dossiers()]
    assert len({*nephs}) == len(nephs)
    assert all(re.fullmatch(NEPH, neph) for neph in nephs)


@pytest.mark.parametrize("personne", list_personnes(), ids=lambda personne: personne.nom)
def test_chacune_dit_ce_qu_elle_montre_en_deux_langues(personne: Personne) -> None:
    assert {*personne.situation} == {"fr", "en"}
    assert all(phrase.endswith((".", "?")) for phrase in personne.situation.values())
    assert personne.nom_affiche


def test_la_personne_du_bac_a_sable_de_franceconnect() -> None:
    angela = next(personne for personne in list_conducteurs() if personne.etat_civil["family_name"] == "DUBOIS")
    assert angela.etat_civil["given_name_array"] == ["Angela", "Claire", "Louise"]
    assert angela.etat_civil["birthdate"] == "1962-08-24"
    assert angela.etat_civil["gender"] == "female"
    assert (angela.etat_civil["birthplace"], angela.etat_civil["birthcountry"]) == ("75107", "99100")
    assert [dossier.neph for dossier in angela.dossiers] == ["840975101234"]


def test_un_stage_bientot_n_est_pas_possible_aujourd_hui() -> None:
    stage = releve("stage-bientot").stage
    assert stage
    assert timedelta(0) < stage.possible_a_partir_du - JOUR < timedelta(days=40)
    assert stage.gain == 4


def test_la_48n_court() -> None:
    (obligation,) = releve("lettre-48n").obligations
    assert (obligation.type, obligation.depuis) == ("stage_obligatoire", JOUR - timedelta(days=10))


def test_l_infraction_en_cours_n_a_rien_retire() -> None:
    trouve = releve("infraction-en-cours")
    assert {element.cle for element in trouve.sans_effet} == {"non_decide", "non_etablie"}
    assert [mouvement for mouvement in trouve.mouvements if mouvement.motif == "retrait"] == []


def test_le_credit_a_ete_repris() -> None:
    assert [correction.mouvement.motif for correction in releve("credit-corrige").corrections] == [
        "reattribution_six_mois"
    ]


def test_le_solde_nul_n_est_pas_notifie() -> None:
    trouve = releve("solde-nul")
    assert "courrier_non_connu" in {element.cle for element in trouve.sans_effet}
    assert trouve.stage


def test_l_invalide_peut_demander_un_nouveau_permis() -> None:
    assert [obligation.type for obligation in releve("invalide").obligations] == ["nouveau_permis"]


def test_la_suspension_court() -> None:
    assert [mesure.nature for mesure in releve("suspendu").mesures] == ["suspension"]


def test_le_permis_etranger_est_a_echanger() -> None:
    assert [obligation.type for obligation in releve("permis-etranger").obligations] == ["echange_obligatoire"]


def test_la_probation_court_pour_la_novice_et_en_conduite_accompagnee() -> None:
    for nom, mois in (("novice", 36), ("aac", 18)):
        probatoire = releve(nom).probatoire
        assert probatoire
        assert probatoire.en_cours
        duree = (probatoire.fin.year - probatoire.debut.year) * 12 + probatoire.fin.month - probatoire.debut.month
        assert duree == mois


def test_les_agents_ont_des_roles_qui_existent() -> None:
    roles = {personne.nom: personne.agent.get("roles", []) for personne in list_agents()}
    assert {role for donnes in roles.values() for role in donnes} == {*Role}
    assert roles["sans-role"] == []


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("1984-10-02", "1984-10-02"),
        ("J", "2028-03-31"),
        ("J-40j", "2028-02-20"),
        ("J-1m", "2028-02-29"),
        ("J-1a-1m", "2027-02-28"),
        ("J-1m+1j", "2028-03-01"),
        ("J-50jT01:20", "2028-02-10T01:20"),
        ("Jeudi", "Jeudi"),
        ("J-40", "J-40"),
    ],
)
def test_un_jour_se_compte_depuis_la_demonstration(texte: str, attendu: str) -> None:
    assert resolve(texte, date(2028, 3, 31)) == attendu
