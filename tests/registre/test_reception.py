"""A fact comes in once, whole, with the day it is known; the same message twice is one fact."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from permis.droit.dossier import FAITS_MAXIMUM, DossierInvalideError
from permis.registre.ecriture import (
    ConnuLeError,
    DossierExistantError,
    DossierInconnuError,
    FaitRecu,
    HorlogeError,
    JourClosError,
    NephInvalideError,
    ReferenceDejaUtiliseeError,
    ReferenceInvalideError,
    open_dossier,
    record_faits,
)
from permis.registre.lecture import read_dossier
from permis.registre.models import Dossier, Fait, SoldeCourant
from permis.registre.verification import publish_racine
from tests.registre.fabrique import ANGELE, DELIVRANCE, LECTEUR, MIDI, enregistrer, infraction, ouvrir, realite

pytestmark = pytest.mark.django_db
JOUR = "2026-03-10"
ANNULATION = {"type": "annulation", "id": "a1", "date": "2026-01-05", "autorite": "juge_penal"}


def recevoir(dossier: Any, *recus: FaitRecu, source: str = "anf", at: datetime = MIDI) -> list[Fait]:
    return record_faits(dossier, recus, source=source, at=at)


def test_un_fait_garde_son_contenu_sa_source_sa_reference_et_le_jour_ou_il_est_su() -> None:
    dossier = ouvrir()
    (ligne,) = recevoir(dossier, FaitRecu("pv-1", DELIVRANCE))
    relue = Fait.objects.get()
    assert relue == ligne
    assert (relue.rang, relue.source, relue.reference, relue.enregistre_at) == (1, "anf", "pv-1", MIDI)
    assert json.loads(relue.contenu or "") == {**DELIVRANCE, "connu_le": JOUR}


def test_le_meme_message_deux_fois_est_un_fait() -> None:
    dossier = ouvrir()
    premiere = recevoir(dossier, FaitRecu("pv-1", DELIVRANCE))
    seconde = recevoir(dossier, FaitRecu("pv-1", DELIVRANCE), at=MIDI + timedelta(days=30))
    assert premiere == seconde
    assert Fait.objects.count() == 1


def test_le_meme_message_deux_fois_dans_un_envoi_est_un_fait() -> None:
    lignes = recevoir(ouvrir(), FaitRecu("pv-1", DELIVRANCE), FaitRecu("pv-1", dict(DELIVRANCE)))
    assert [ligne.rang for ligne in lignes] == [1, 1]
    assert Fait.objects.count() == 1


def test_un_envoi_repris_n_ajoute_que_ce_qui_manque_et_repond_dans_l_ordre() -> None:
    dossier = ouvrir()
    recevoir(dossier, FaitRecu("b", infraction("i1")))
    lignes = recevoir(
        dossier, FaitRecu("a", DELIVRANCE), FaitRecu("b", infraction("i1")), FaitRecu("c", realite("i1"))
    )
    assert [(ligne.reference, ligne.rang) for ligne in lignes] == [("a", 2), ("b", 1), ("c", 3)]


@pytest.mark.parametrize("change", [{"categorie": "A"}, {"id": "p2"}, {"retour": True}, {"connu_le": "2026-03-09"}])
def test_la_meme_reference_pour_un_autre_fait_est_refusee(change: dict[str, object]) -> None:
    dossier = ouvrir()
    recevoir(dossier, FaitRecu("pv-1", DELIVRANCE))
    with pytest.raises(ReferenceDejaUtiliseeError):
        recevoir(dossier, FaitRecu("pv-1", {**DELIVRANCE, **change}))
    with pytest.raises(ReferenceDejaUtiliseeError):
        recevoir(ouvrir(), FaitRecu("x", DELIVRANCE), FaitRecu("x", {**DELIVRANCE, **change}), source="reprise")
    assert Fait.objects.count() == 1


def test_vrai_n_est_pas_un() -> None:
    dossier = ouvrir()
    recevoir(dossier, FaitRecu("pv-1", {**DELIVRANCE, "retour": True}))
    with pytest.raises(ReferenceDejaUtiliseeError):
        recevoir(dossier, FaitRecu("pv-1", {**DELIVRANCE, "retour": 1}))


def test_la_meme_reference_dans_un_autre_dossier_est_refusee() -> None:
    recevoir(ouvrir(), FaitRecu("pv-1", DELIVRANCE))
    with pytest.raises(ReferenceDejaUtiliseeError):
        recevoir(ouvrir(), FaitRecu("pv-1", DELIVRANCE))


def test_deux_sources_peuvent_donner_la_meme_reference() -> None:
    dossier = ouvrir()
    recevoir(dossier, FaitRecu("1", DELIVRANCE))
    recevoir(dossier, FaitRecu("1", infraction("i1")), source="cacir")
    assert Fait.objects.count() == 2


def test_sans_identifiant_le_registre_en_donne_un_et_reconnait_le_message() -> None:
    dossier = ouvrir()
    stage: dict[str, object] = {"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11", "cas": 1}
    (ligne,) = recevoir(dossier, FaitRecu("s1", stage))
    (jumeau,) = recevoir(dossier, FaitRecu("s2", stage))
    assert [json.loads(r.contenu or "")["id"] for r in (ligne, jumeau)] == ["stage:2025-03-10", "stage:2025-03-10#2"]
    assert recevoir(dossier, FaitRecu("s1", stage)) == [ligne]


def test_tout_ou_rien() -> None:
    dossier = ouvrir()
    with pytest.raises(DossierInvalideError):
        recevoir(dossier, FaitRecu("a", DELIVRANCE), FaitRecu("b", realite("i-absente")))
    assert not Fait.objects.exists()


def test_un_fait_est_controle_avec_ceux_du_dossier() -> None:
    dossier = ouvrir()
    recevoir(dossier, FaitRecu("a", DELIVRANCE), FaitRecu("b", infraction("i1")))
    with pytest.raises(DossierInvalideError):
        recevoir(dossier, FaitRecu("c", realite("i1", "2024-03-09")))  # before the offence
    with pytest.raises(DossierInvalideError):
        recevoir(dossier, FaitRecu("d", infraction("i1")))  # the identifier is taken
    recevoir(dossier, FaitRecu("e", realite("i1")))
    assert Fait.objects.count() == 3


@pytest.mark.parametrize(
    ("source", "connu_le", "accepte"),
    [
        ("anf", JOUR, True),
        ("anf", "2026-03-09", False),
        ("anf", "2026-03-11", False),
        ("reprise", "2015-06-01", True),
        ("reprise", JOUR, True),
        ("reprise", "2026-03-11", False),
    ],
)
def test_le_jour_ou_un_fait_est_su(source: str, connu_le: str, accepte: bool) -> None:
    dossier, recu = ouvrir(), FaitRecu("a", {**DELIVRANCE, "connu_le": connu_le})
    if accepte:
        recevoir(dossier, recu, source=source)
    else:
        with pytest.raises(ConnuLeError):
            recevoir(dossier, recu, source=source)
    assert Fait.objects.count() == accepte


def test_le_jour_ou_un_fait_est_su_est_celui_de_paris() -> None:
    tard = datetime(2026, 7, 14, 22, 30, tzinfo=UTC)  # half past midnight, the 15th, in Paris
    recevoir(ouvrir(), FaitRecu("a", DELIVRANCE), at=tard)
    assert json.loads(Fait.objects.get().contenu or "")["connu_le"] == "2026-07-15"


def test_une_horloge_en_retard_ne_met_pas_un_fait_avant_le_precedent() -> None:
    dossier = ouvrir()
    recevoir(dossier, FaitRecu("a", DELIVRANCE))
    (ligne,) = recevoir(dossier, FaitRecu("b", infraction("i1")), at=MIDI - timedelta(seconds=3))
    assert ligne.enregistre_at == MIDI


def test_une_horloge_qui_contredit_le_dossier_n_ecrit_rien() -> None:
    """One fact recorded in 2099 would take every later one with it, out of the roots of all days until then."""
    dossier, futur = ouvrir(), MIDI.replace(year=2099)
    recevoir(dossier, FaitRecu("a", DELIVRANCE))
    recevoir(dossier, FaitRecu("b", infraction("i1")), at=MIDI + timedelta(minutes=1))
    recevoir(dossier, FaitRecu("c", infraction("i2")), at=MIDI)
    recevoir(dossier, FaitRecu("d", infraction("i3")), at=futur)
    for at in (MIDI + timedelta(days=1), futur - timedelta(minutes=1, microseconds=1)):
        with pytest.raises(HorlogeError, match="last written at 2099-03-10T11:00:00"):
            recevoir(dossier, FaitRecu("e", infraction("i4")), at=at)
    assert Fait.objects.count() == 4


def test_un_jour_clos_l_est_pour_le_moment_ecrit() -> None:
    """A clock thirty seconds late at midnight: the fact is written, and known, on the day of the one before."""
    minuit = datetime(2026, 3, 10, 23, 0, tzinfo=UTC)  # in Paris
    dossier, retard = ouvrir(), minuit - timedelta(seconds=30)
    recevoir(dossier, FaitRecu("a", DELIVRANCE), at=minuit)
    publish_racine(date(2026, 3, 10), at=minuit)
    with pytest.raises(JourClosError):
        recevoir(ouvrir(), FaitRecu("b", DELIVRANCE), at=retard)
    (ligne,) = recevoir(dossier, FaitRecu("c", infraction("i1")), at=retard)
    assert (ligne.enregistre_at, json.loads(ligne.contenu or "")["connu_le"]) == (minuit, "2026-03-11")


@pytest.mark.parametrize(
    ("source", "reference"), [("", "a"), ("s" * 41, "a"), ("anf", ""), ("anf", "r" * 201), ("anf", "\n")]
)
def test_une_origine_qui_ne_se_garde_pas_est_refusee(source: str, reference: str) -> None:
    with pytest.raises(ReferenceInvalideError):
        recevoir(ouvrir(), FaitRecu(reference, DELIVRANCE), source=source)


def test_un_tres_long_dossier_recoit_encore() -> None:
    """The limit of what strangers send is not the register's: the 501st fact may be the one that corrects another."""
    dossier = ouvrir()
    vie = [c for rang in range(250) for c in (infraction(f"i{rang}", points=1), realite(f"i{rang}"))]
    enregistrer(dossier, DELIVRANCE, *vie[: FAITS_MAXIMUM - 1])
    annulation: dict[str, object] = {**ANNULATION, "vise": "r-i0"}
    (ligne,) = enregistrer(dossier, annulation)
    assert (ligne.rang, len(read_dossier(dossier, LECTEUR, at=MIDI).faits)) == (501, 501)


def test_rien_a_recevoir() -> None:
    assert recevoir(ouvrir()) == []


def test_la_projection_suit_dans_la_meme_transaction() -> None:
    dossier = ouvrir()
    assert SoldeCourant.objects.get(pk=dossier).validite == "sans_permis"
    enregistrer(dossier, DELIVRANCE, infraction("i1"), realite("i1"))
    solde = SoldeCourant.objects.get(pk=dossier)
    assert (solde.solde, solde.plafond, solde.validite) == (9, 12, "valide")
    assert (solde.prochain_le, solde.prochaine_variation) == (date(2027, 4, 2), 3)


def test_un_neph_a_un_seul_dossier_quelle_que_soit_son_ecriture() -> None:
    dossier = open_dossier("17 03 92 100012", ANGELE, at=MIDI)
    assert dossier.unseal_column("neph") == "170392100012"
    with pytest.raises(DossierExistantError):
        open_dossier("170392100012", ANGELE, at=MIDI)
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("faux", ["", "123", "17039210001", "ABCDEFGHIJKL", "1" * 20, "17032C100012"])
def test_un_numero_qui_n_est_pas_un_neph_est_refuse(faux: str) -> None:
    if faux == "17039210001":  # eleven digits: an older number
        assert open_dossier(faux, ANGELE, at=MIDI).neph_index
        return
    with pytest.raises(NephInvalideError):
        open_dossier(faux, ANGELE, at=MIDI)


def test_un_neph_de_corse() -> None:
    assert open_dossier("1703 2a 100012", ANGELE, at=MIDI).unseal_column("neph") == "17032A100012"


def test_un_dossier_inconnu() -> None:
    from uuid import uuid4  # noqa: PLC0415

    with pytest.raises(DossierInconnuError):
        recevoir(uuid4(), FaitRecu("a", DELIVRANCE))


def test_un_moment_sans_fuseau_est_refuse() -> None:
    with pytest.raises(ValueError, match="time zone"):
        recevoir(ouvrir(), FaitRecu("a", DELIVRANCE), at=datetime(2026, 3, 10, 11, 0))  # noqa: DTZ001
