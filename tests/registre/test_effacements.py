"""An erasure is itself proved: whoever makes one beside the register, or against its rules, is told."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from permis.registre.bilan import Anomalie, EffacementsDuJour
from permis.registre.chaine import leaf, root
from permis.registre.conservation import erase
from permis.registre.ecriture import HorlogeError, JourClosError
from permis.registre.effacables import DIX_ANS, INTERDICTION_DEFINITIVE, MESURE_ANNULEE, RegleConservation
from permis.registre.effacements import name_effacement
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import Effacement, Fait
from permis.registre.rotation import rotate_cles
from permis.registre.verification import publish_racine, verify_chains, verify_racine, verify_racines
from tests.registre.fabrique import ANGELE, APRES, DELIVRANCE, MIDI, enregistrer, infraction, ouvrir, realite
from tests.vidage import without_guards

pytestmark = pytest.mark.django_db

JOUR, LENDEMAIN = date(2026, 3, 10), MIDI + timedelta(days=1)
ANCIEN: dict[str, object] = {**DELIVRANCE, "date": "1995-06-01"}
VIEUX = [infraction("i1", "2010-03-10"), realite("i1", "2010-04-02")]
MESURE: dict[str, object] = {
    "type": "mesure",
    "id": "m1",
    "nature": "suspension",
    "debut": "2025-06-01",
    "fin": "2025-12-01",
}
ANNULEE: dict[str, object] = {
    "type": "annulation",
    "id": "a1",
    "vise": "m1",
    "date": "2026-02-01",
    "autorite": "juge_administratif",
}


@pytest.fixture
def dossier() -> UUID:
    """A licence whose only offence is old enough to go."""
    dossier = ouvrir()
    enregistrer(dossier, ANCIEN, *VIEUX)
    return dossier


def vider(*lignes: Fait) -> None:
    for ligne in lignes:
        Fait.objects.filter(pk=ligne.pk).update(contenu=None, sel=None, source=None, reference=None)


def effacer(ligne: Fait, regle: RegleConservation = DIX_ANS, at: datetime = LENDEMAIN, **autres: Any) -> None:
    """What the code of the register would do against its own rules: the seal is good."""
    name_effacement(ligne, regle, autres.get("le", JOUR), at).save()
    vider(ligne)


def lignes(dossier: UUID) -> list[Fait]:
    return list(Fait.objects.filter(dossier=dossier).order_by("rang"))


def constats(at: datetime = APRES) -> list[str]:
    return [anomalie.constat for anomalie in verify_chains(at=at).anomalies]


def test_un_effacement_du_registre_tient_et_se_compte(dossier: UUID) -> None:
    erase(dossier, JOUR, at=LENDEMAIN)
    bilan = verify_chains(at=LENDEMAIN)
    assert (bilan.anomalies, bilan.effaces) == ([], 2)
    assert bilan.effacements == [EffacementsDuJour(date(2026, 3, 11), "dix_ans", 2)]


def test_un_effacement_ecrit_en_base_ne_passe_pas_pour_celui_du_registre() -> None:
    """Two plain orders of SQL, every guard in place, on a réalité recorded the day before."""
    dossier = ouvrir()
    enregistrer(dossier, DELIVRANCE, infraction("i1", "2026-01-10", 6), realite("i1", "2026-02-01"))
    publish_racine(JOUR, at=LENDEMAIN)
    vise = lignes(dossier)[2]
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO registre_effacement (fait_id, efface_at, regle, article, le, sceau)"
            " VALUES (%s, %s, 'dix_ans', 'C. route, art. L. 225-2', %s, 'k1:0')",
            (vise.pk, MIDI + timedelta(hours=1), JOUR),
        )
        curseur.execute(
            "UPDATE registre_fait SET contenu = NULL, sel = NULL, source = NULL, reference = NULL WHERE id = %s",
            (vise.pk,),
        )
    bilan = verify_chains(at=LENDEMAIN)
    assert bilan.anomalies == [
        Anomalie(dossier, 3, "effacement que le registre n'a pas écrit"),
        Anomalie(dossier, 3, "effacé par une règle (dix_ans) qui ne pouvait pas le permettre"),
    ]
    (anomalie,) = verify_racines()
    assert "effacements : 1 aujourd'hui, 0 à sa publication" in anomalie.constat


def test_le_sceau_d_un_effacement_ne_sert_pas_a_un_autre(dossier: UUID) -> None:
    erase(dossier, JOUR, at=LENDEMAIN)
    sceaux = list(Effacement.objects.order_by("fait__rang").values_list("sceau", flat=True))
    with transaction.atomic(), without_guards(connection), connection.cursor() as curseur:
        connection.check_constraints()
        for effacement, sceau in zip(Effacement.objects.order_by("fait__rang"), reversed(sceaux), strict=True):
            curseur.execute("UPDATE registre_effacement SET sceau = %s WHERE id = %s", (sceau, effacement.pk))
    assert constats() == ["effacement que le registre n'a pas écrit"] * 2


def test_sous_une_ancienne_cle_un_effacement_est_encore_du_registre(trousseau: object) -> None:
    dossier = ouvrir()
    enregistrer(dossier, ANCIEN, *VIEUX)
    erase(dossier, JOUR, at=LENDEMAIN)
    rotate_cles()
    assert constats() == []


@pytest.mark.parametrize(
    ("source", "date_realite", "possible"),
    [
        ("anf", "2026-02-01", False),  # recorded as it happened, a month ago
        ("anf", "2010-04-02", True),  # received sixteen years late
        ("reprise", "2010-04-02", True),
        ("reprise", "2017-03-11", False),  # eight years old: not ten
        ("reprise", "2017-03-10", True),  # nine years old when recorded: the eve of its ten years cannot be excluded
    ],
)
def test_dix_ans_n_effacent_pas_ce_qui_n_a_pas_dix_ans(source: str, date_realite: str, possible: bool) -> None:
    """Of a fact without its content, how old it was when it was recorded is what stays: whole years."""
    dossier = ouvrir()
    enregistrer(dossier, ANCIEN, at=MIDI)
    enregistrer(dossier, infraction("i1", "2010-01-10"), realite("i1", date_realite), at=MIDI, source=source)
    effacer(lignes(dossier)[2])
    refus = "effacé par une règle (dix_ans) qui ne pouvait pas le permettre"
    assert constats() == ([] if possible else [refus])


def test_dix_ans_apres_son_enregistrement_un_fait_peut_partir() -> None:
    dossier = ouvrir()
    enregistrer(dossier, DELIVRANCE, infraction("i1", "2026-01-10"), realite("i1", "2026-02-01"))
    at = MIDI.replace(year=2036)
    erase(dossier, date(2036, 3, 10), at=at)
    assert Fait.objects.filter(contenu=None).count() == 2
    assert constats(at=at) == []


def test_dix_ans_ne_courent_pas_tant_qu_un_evenement_plus_recent_reste(dossier: UUID) -> None:
    enregistrer(dossier, infraction("i2", "2025-01-10", 1), realite("i2", "2025-02-01"))
    effacer(lignes(dossier)[1])
    effacer(lignes(dossier)[2])
    assert constats() == ["effacé par une règle (dix_ans) qui ne pouvait pas le permettre"] * 2


def test_ce_qui_vient_apres_un_effacement_ne_le_dement_pas(dossier: UUID) -> None:
    erase(dossier, JOUR, at=MIDI)
    enregistrer(dossier, infraction("i2", "2026-01-10", 1), realite("i2", "2026-02-01"), at=MIDI)
    assert constats() == []


def test_une_mesure_annulee_ne_part_pas_sans_son_annulation() -> None:
    dossier = ouvrir()
    enregistrer(dossier, ANCIEN, MESURE, ANNULEE)
    erase(dossier, JOUR, at=LENDEMAIN)
    assert set(Effacement.objects.values_list("regle", flat=True)) == {"mesure_annulee"}
    assert constats() == []
    seule = ouvrir()
    enregistrer(seule, ANCIEN, MESURE)
    effacer(lignes(seule)[1], MESURE_ANNULEE)
    assert constats() == ["effacé par une règle (mesure_annulee) qui ne pouvait pas le permettre"]


@pytest.mark.parametrize(("naissance", "possible"), [("1946-03-10", True), ("1946-03-11", False)])
def test_l_age_est_celui_du_titulaire(naissance: str, possible: bool) -> None:
    dossier = ouvrir(
        etat_civil=EtatCivil(**{**{n: getattr(ANGELE, n) for n in ANGELE.__slots__}, "naissance": naissance})
    )
    bannie: dict[str, object] = {"type": "mesure", "id": "m1", "nature": "interdiction", "debut": "2005-01-01"}
    enregistrer(dossier, ANCIEN, bannie)
    effacer(lignes(dossier)[1], INTERDICTION_DEFINITIVE)
    refus = "effacé par une règle (interdiction_definitive) qui ne pouvait pas le permettre"
    assert constats() == ([] if possible else [refus])


@pytest.mark.parametrize(
    ("le", "at", "regle", "constat"),
    [
        (JOUR, APRES + timedelta(minutes=2), DIX_ANS, "effacé à un moment impossible"),
        (JOUR, MIDI - timedelta(days=1), DIX_ANS, "effacé à un moment impossible"),
        (date(2026, 3, 12), LENDEMAIN, DIX_ANS, "effacé à un moment impossible"),
        (JOUR, LENDEMAIN, RegleConservation("essai", "", 0, JOUR, "essai"), "effacé par une règle qui n'existe pas"),
        (JOUR, LENDEMAIN, RegleConservation("dix_ans", "", 0, JOUR, "x"), "effacé par une règle qui n'existe pas"),
    ],
)
def test_un_effacement_impossible(
    dossier: UUID, le: date, at: datetime, regle: RegleConservation, constat: str
) -> None:
    effacer(lignes(dossier)[2], regle, at, le=le)
    assert constat in constats()


def test_un_fait_nomme_qui_n_est_pas_efface_se_voit(dossier: UUID) -> None:
    name_effacement(lignes(dossier)[2], DIX_ANS, JOUR, LENDEMAIN).save()
    assert constats() == ["un effacement le nomme, et il n'est pas effacé"]


# ------------------------------------------------------------------------------------------------ the root of a day


def test_la_racine_du_jour_compte_et_contient_les_effacements(dossier: UUID) -> None:
    """What docs/formats/registre.md says of the leaves, written again from its words only."""
    publiee = publish_racine(JOUR, at=LENDEMAIN)
    erase(dossier, JOUR, at=LENDEMAIN)
    assert verify_racine(publiee) == []
    suivante = publish_racine(JOUR + timedelta(days=1), at=LENDEMAIN + timedelta(days=1))
    assert (publiee.effacements, suivante.effacements, suivante.faits) == (0, 2, 3)
    *_, derniere = lignes(dossier)
    feuilles = [leaf(dossier, 3, bytes(derniere.chaine))]
    motif = {"article": "C. route, art. L. 225-2", "le": "2026-03-10", "regle": "dix_ans"}
    canonique = json.dumps(motif, sort_keys=True, separators=(",", ":")).encode()
    for rang in (2, 3):
        moment = LENDEMAIN.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").encode()
        place = dossier.bytes + rang.to_bytes(8, "big")
        feuilles.append(sha256(b"\x00" + place + moment + canonique).digest())
    assert suivante.racine == root(feuilles).hex()


def test_un_effacement_retire_ou_change_apres_coup_change_la_racine(dossier: UUID) -> None:
    erase(dossier, JOUR, at=LENDEMAIN)
    jour = JOUR + timedelta(days=1)
    publiee = publish_racine(jour, at=LENDEMAIN + timedelta(days=1))
    ordres = [
        ("UPDATE registre_effacement SET regle = 'mesure_annulee'", "autant de dossiers, de faits et d'effacements"),
        ("UPDATE registre_effacement SET le = '2026-03-09'", "autant de dossiers, de faits et d'effacements"),
        ("DELETE FROM registre_effacement", "effacements : 0 aujourd'hui, 2 à sa publication"),
    ]
    for ordre, detail in ordres:
        connection.check_constraints()
        reprise = transaction.savepoint()
        with without_guards(connection), connection.cursor() as curseur:
            curseur.execute(ordre)
        (anomalie,) = verify_racine(publiee)
        assert detail in anomalie.constat
        connection.check_constraints()
        transaction.savepoint_rollback(reprise)


def test_rien_ne_s_efface_dans_un_jour_clos(dossier: UUID) -> None:
    publish_racine(JOUR, at=LENDEMAIN)
    with pytest.raises(JourClosError):
        erase(dossier, JOUR, at=MIDI)
    assert not Effacement.objects.exists()


def test_rien_ne_s_efface_avant_ce_que_le_dossier_contient(dossier: UUID) -> None:
    with pytest.raises(HorlogeError):
        erase(dossier, date(2026, 3, 9), at=MIDI - timedelta(days=1))
    erase(dossier, JOUR, at=MIDI - timedelta(seconds=30))
    assert set(Effacement.objects.values_list("efface_at", flat=True)) == {MIDI}


def test_un_fait_enregistre_dans_l_avenir_se_voit(dossier: UUID) -> None:
    assert constats(at=MIDI) == []
    assert constats(at=MIDI - timedelta(minutes=2)) == ["enregistré à un moment qui n'est pas venu"] * 3
