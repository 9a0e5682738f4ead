"""What the post says becomes what the register answers: the licence lost or saved, to the day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from permis.courriers.dus import owe
from permis.courriers.ecriture import write_due
from permis.courriers.etapes import known_on
from permis.courriers.models import Courrier, Voie
from permis.courriers.recepisses import take
from permis.registre.lecture import Lecteur, read_dossier
from permis.registre.models import Fait
from tests.courriers.plis import PERMIS, brouillon, delits, donner_adresse, ecrire, instant, remettre, statuts
from tests.registre.fabrique import enregistrer, ouvrir

pytestmark = pytest.mark.django_db

ESSAI = Lecteur("essai", "essai", "essai", "essai")
NUL_LE = instant("2026-01-10T11:00")
RETOUR = instant("2026-02-20T11:00")
STAGE = {"type": "stage", "id": "s1", "debut": "2026-01-20", "fin": "2026-01-21", "cas": 1}


def a_solde_nul(*, stage: bool = True) -> Courrier:
    """Cases 70 and 71: nil on 10 January 2026, a course on 20 and 21, its 48SI handed to the print house."""
    dossier = ouvrir(NUL_LE)
    donner_adresse(dossier, NUL_LE)
    enregistrer(dossier, PERMIS, *delits("2024-09-01", "2026-01-10"), at=NUL_LE)
    courrier = next(c for c in ecrire(dossier, NUL_LE) if c.reference == "48SI")
    remettre(courrier)
    if stage:
        enregistrer(dossier, STAGE, at=instant("2026-01-21T17:00"))
    return courrier


def recevoir(courrier: Courrier, *lignes: str, at: datetime = RETOUR) -> list[str]:
    return [
        r.raison
        for r in take(["courrier;evenement;date;reference", *(f"{courrier.pk};{x}" for x in lignes)], at=at).rejets
    ]


def reponse(dossier: UUID, le: str) -> tuple[int, str]:
    """What the register answers of a day, with what it knows when the post has told."""
    lu = read_dossier(dossier, ESSAI, at=RETOUR)
    releve = lu.replay(date.fromisoformat(le), connu_le=RETOUR.date())
    return releve.solde, releve.validite.value


def test_cas_70_signee_apres_l_effet_du_stage_le_permis_est_sauve() -> None:
    courrier = a_solde_nul()
    assert recevoir(courrier, "poste;2026-01-12;a", "presente;2026-01-25;b", "AR;2026-01-25;c") == []
    assert known_on(courrier) == date(2026, 1, 25)
    assert reponse(courrier.dossier_id, "2026-01-21") == (0, "nul_non_notifie")
    assert reponse(courrier.dossier_id, "2026-01-22") == (4, "valide")
    assert reponse(courrier.dossier_id, "2026-01-26") == (4, "valide")


@pytest.mark.parametrize(("issue", "reprises"), [("AR;2026-01-25", 1), ("AP;2026-01-22", 1), ("AP;2026-01-21", 0)])
def test_une_48si_qui_n_a_rien_notifie_est_reprise_une_fois_son_sort_connu(issue: str, reprises: int) -> None:
    """Until the post has told, nobody knows whether it ended the licence; then it is taken back, registered too."""
    courrier = a_solde_nul()
    owe(courrier.dossier_id, at=RETOUR)
    write_due(at=RETOUR)
    assert not courrier.suites.exists()
    assert recevoir(courrier, f"{issue};c") == []
    for _ in range(2):
        write_due(at=RETOUR)
    assert [(suite.nature, suite.voie) for suite in courrier.suites.all()] == [("reprise", "recommande")] * reprises


PERDU = {"2026-01-20": (0, "nul_non_notifie"), "2026-01-21": (0, "invalide"), "2026-01-22": (0, "invalide")}
SAUVE = {"2026-01-21": (0, "nul_non_notifie"), "2026-01-22": (4, "valide"), "2026-01-23": (4, "valide")}


@pytest.mark.parametrize(
    ("presentee", "connue", "reponses"),
    [("2026-01-21", date(2026, 1, 21), PERDU), ("2026-01-22", date(2026, 1, 22), SAUVE)],
)
def test_cas_71_presentee_et_jamais_retiree(
    presentee: str, connue: date, reponses: dict[str, tuple[int, str]]
) -> None:
    """The eve of the day on which the course takes effect: lost; that very day: saved (CE, n° 492072, n° 461479)."""
    courrier = a_solde_nul()
    assert recevoir(courrier, "poste;2026-01-12;a", f"presente;{presentee};b", f"AP;{presentee};c") == []
    assert known_on(courrier) == connue
    assert {le: reponse(courrier.dossier_id, le) for le in reponses} == reponses


def test_presentee_seulement_elle_ne_notifie_rien_encore() -> None:
    courrier = a_solde_nul(stage=False)
    recevoir(courrier, "poste;2026-01-12;a", "presente;2026-01-14;b")
    assert reponse(courrier.dossier_id, "2026-02-20") == (0, "nul_non_notifie")
    recevoir(courrier, "AP;2026-01-14;c")
    assert reponse(courrier.dossier_id, "2026-01-13") == (0, "nul_non_notifie")
    assert reponse(courrier.dossier_id, "2026-01-14") == (0, "invalide")


def test_retiree_au_guichet_elle_est_connue_de_la_signature() -> None:
    courrier = a_solde_nul(stage=False)
    recevoir(courrier, "poste;2026-01-12;a", "presente;2026-01-14;b", "AR;2026-01-28;c")
    assert reponse(courrier.dossier_id, "2026-01-27") == (0, "nul_non_notifie")
    assert reponse(courrier.dossier_id, "2026-01-28") == (0, "invalide")


def test_inconnu_a_l_adresse_le_permis_reste_nul_et_non_notifie() -> None:
    courrier = a_solde_nul(stage=False)
    recevoir(courrier, "poste;2026-01-12;a", "NPAI;2026-01-15;c")
    assert reponse(courrier.dossier_id, "2026-02-20") == (0, "nul_non_notifie")
    assert courrier.adresse is not None
    courrier.adresse.refresh_from_db()
    assert courrier.adresse.npai_le == date(2026, 1, 15)


def test_le_fait_du_registre_dit_sa_source_et_n_est_ecrit_qu_une_fois() -> None:
    courrier = a_solde_nul(stage=False)
    avant = Fait.objects.count()
    for _ in range(3):
        recevoir(courrier, "AP;2026-01-14;c")
    fait = Fait.objects.get(source="courriers")
    assert (Fait.objects.count(), fait.reference) == (avant + 1, str(courrier.pk))
    assert fait.enregistre_at == RETOUR


@pytest.mark.parametrize(("reference", "voie"), [("48", "simple"), ("48M", "recommande"), ("46", "simple")])
def test_une_lettre_sans_effet_n_est_pas_un_fait(reference: str, voie: str) -> None:
    courrier = remettre(brouillon(Voie(voie), reference, at=NUL_LE))
    recevoir(courrier, "poste;2026-01-12;a", "NPAI;2026-01-15;c")
    assert "inconnu" in statuts(courrier)
    assert not Fait.objects.filter(source="courriers").exists()


def test_une_48n_signee_fait_courir_les_quatre_mois() -> None:
    dossier = ouvrir(NUL_LE)
    donner_adresse(dossier, NUL_LE)
    enregistrer(dossier, {**PERMIS, "date": "2025-02-01"}, at=NUL_LE)
    enregistrer(
        dossier,
        {"type": "infraction", "id": "i1", "commise_le": "2025-06-10", "classe": "contravention_4", "points": 3},
        {"type": "realite", "id": "r1", "infraction": "i1", "date": "2025-07-01", "mode": "paiement"},
        at=NUL_LE,
    )
    courrier = next(c for c in ecrire(dossier, NUL_LE) if c.reference == "48N")
    remettre(courrier)
    assert recevoir(courrier, "poste;2026-01-12;a", "AR;2026-01-31;b") == []
    lu = read_dossier(dossier, ESSAI, at=RETOUR)
    (obligation,) = [o for o in lu.replay(RETOUR.date()).obligations if o.type == "stage_obligatoire"]
    assert (obligation.depuis, obligation.echeance) == (date(2026, 1, 31), date(2026, 5, 31))
