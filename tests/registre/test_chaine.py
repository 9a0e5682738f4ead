"""The chain proves what was recorded: altered, re-ordered, removed or cut off, it shows; erased, it holds."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from permis.registre.chaine import Maillon, link, root
from permis.registre.ecriture import JourClosError
from permis.registre.models import Fait, Racine
from permis.registre.verification import (
    JourNonEchuError,
    build_racine,
    publish_racine,
    verify_chains,
    verify_racine,
    verify_racines,
)
from tests.registre.fabrique import APRES, DELIVRANCE, MIDI, dossier_ordinaire, enregistrer, infraction, ouvrir
from tests.vidage import without_guards

pytestmark = pytest.mark.django_db
LENDEMAIN = MIDI + timedelta(days=1)
JOUR = date(2026, 3, 10)


def falsifier(ordre: str, *valeurs: Any) -> None:
    """What somebody would do who owns the database."""
    with transaction.atomic():
        connection.check_constraints()
        with without_guards(connection), connection.cursor() as curseur:
            curseur.execute(ordre, valeurs)
            assert curseur.rowcount > 0


@pytest.fixture
def dossier() -> UUID:
    dossier_ordinaire()
    return dossier_ordinaire()


def fait(dossier: UUID, rang: int) -> Fait:
    return Fait.objects.get(dossier=dossier, rang=rang)


def constats(dossier: UUID) -> list[tuple[int | None, str]]:
    bilan = verify_chains(at=APRES)
    assert all(anomalie.dossier == dossier for anomalie in bilan.anomalies)
    return [(anomalie.rang, anomalie.constat) for anomalie in bilan.anomalies]


def test_des_chaines_intactes(dossier: UUID) -> None:
    bilan = verify_chains(at=APRES)
    assert (bilan.intact, bilan.dossiers, bilan.faits, bilan.effaces) == (True, 2, 8, 0)


def test_un_tiers_verifie_la_chaine_d_apres_le_document(dossier: UUID) -> None:
    """What docs/formats/registre.md says, written again from its words only."""
    chaine = bytes(32)
    for ligne in Fait.objects.filter(dossier=dossier).order_by("rang"):
        objet = {"contenu": json.loads(ligne.contenu or ""), "reference": ligne.reference, "source": ligne.source}
        canonique = json.dumps(objet, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        empreinte = sha256(bytes(ligne.sel or b"") + canonique.encode("utf-8")).digest()
        moment = ligne.enregistre_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").encode()
        moment += ligne.anciennete.to_bytes(2, "big")
        chaine = sha256(chaine + dossier.bytes + ligne.rang.to_bytes(8, "big") + moment + empreinte).digest()
        assert (bytes(ligne.empreinte), bytes(ligne.chaine)) == (empreinte, chaine)


def test_un_contenu_change_se_voit(dossier: UUID) -> None:
    contenu = (fait(dossier, 2).contenu or "").replace('"points":3', '"points":1')
    falsifier("UPDATE registre_fait SET contenu = %s WHERE id = %s", contenu, fait(dossier, 2).pk)
    assert constats(dossier) == [(2, "l'empreinte n'est pas celle du contenu")]


@pytest.mark.parametrize("colonne", ["source", "reference"])
def test_une_origine_changee_se_voit(dossier: UUID, colonne: str) -> None:
    falsifier(f"UPDATE registre_fait SET {colonne} = 'autre' WHERE id = %s", fait(dossier, 2).pk)  # noqa: S608
    assert constats(dossier) == [(2, "l'empreinte n'est pas celle du contenu")]


def test_une_empreinte_changee_avec_son_contenu_se_voit(dossier: UUID) -> None:
    autre = bytes(fait(dossier, 3).empreinte)
    falsifier("UPDATE registre_fait SET empreinte = %s WHERE id = %s", autre, fait(dossier, 2).pk)
    assert (2, "la chaîne ne suit pas du fait précédent et de cette empreinte") in constats(dossier)


def test_une_chaine_refaite_a_un_rang_se_voit_au_suivant(dossier: UUID) -> None:
    premier, vise = fait(dossier, 1), fait(dossier, 2)
    faux = link(bytes(premier.chaine), Maillon(dossier, 2, vise.enregistre_at, 2, bytes(fait(dossier, 3).empreinte)))
    falsifier("UPDATE registre_fait SET chaine = %s WHERE id = %s", faux, vise.pk)
    assert [rang for rang, _ in constats(dossier)] == [2, 3]


def test_un_moment_change_se_voit(dossier: UUID) -> None:
    falsifier(
        "UPDATE registre_fait SET enregistre_at = %s WHERE id = %s", MIDI - timedelta(hours=1), fait(dossier, 3).pk
    )
    assert {constat for _, constat in constats(dossier)} == {
        "enregistré avant le fait qu'il suit",
        "la chaîne ne suit pas du fait précédent et de cette empreinte",
    }


def test_un_fait_retire_du_milieu_se_voit(dossier: UUID) -> None:
    falsifier("DELETE FROM registre_fait WHERE id = %s", fait(dossier, 2).pk)
    assert (3, "le rang 2 manque avant lui") in constats(dossier)


def test_un_fait_retire_et_les_rangs_resserres_se_voient(dossier: UUID) -> None:
    falsifier("DELETE FROM registre_fait WHERE id = %s", fait(dossier, 2).pk)
    for rang in (3, 4):
        falsifier("UPDATE registre_fait SET rang = %s WHERE id = %s", rang - 1, fait(dossier, rang).pk)
    assert [rang for rang, _ in constats(dossier)] == [2, 3]


def test_deux_faits_echanges_se_voient(dossier: UUID) -> None:
    deux, trois = fait(dossier, 2), fait(dossier, 3)
    for pk, rang in ((deux.pk, 99), (trois.pk, 2), (deux.pk, 3)):
        falsifier("UPDATE registre_fait SET rang = %s WHERE id = %s", rang, pk)
    assert [rang for rang, _ in constats(dossier)][:2] == [2, 3]


def test_un_fait_deplace_dans_un_autre_dossier_se_voit(dossier: UUID) -> None:
    autre = Fait.objects.exclude(dossier=dossier).order_by("-rang")[0]
    falsifier("UPDATE registre_fait SET dossier_id = %s, rang = 5 WHERE id = %s", adapter(dossier), autre.pk)
    assert [rang for rang, _ in constats(dossier)] == [5]


def adapter(dossier: UUID) -> Any:
    return dossier if connection.vendor == "postgresql" else dossier.hex


def test_une_fin_coupee_ne_se_voit_que_par_la_racine_publiee(dossier: UUID) -> None:
    publiee = publish_racine(JOUR, at=LENDEMAIN)
    assert verify_racine(publiee) == []
    falsifier("DELETE FROM registre_fait WHERE id = %s", fait(dossier, 4).pk)
    assert verify_chains(at=APRES).intact
    (anomalie,) = verify_racine(publiee)
    assert "faits : 7 aujourd'hui, 8 à sa publication" in anomalie.constat
    assert verify_racines() == [anomalie]


def test_un_dossier_entierement_refait_ne_se_voit_que_par_la_racine(dossier: UUID) -> None:
    """Somebody computes the whole chain again after a change: the published root is what is left."""
    publiee = publish_racine(JOUR, at=LENDEMAIN)
    dernier = fait(dossier, 4)
    faux = sha256(bytes(dernier.sel or b"") + b"autre").digest()
    chaine = link(bytes(fait(dossier, 3).chaine), Maillon(dossier, 4, dernier.enregistre_at, 1, faux))
    falsifier("UPDATE registre_fait SET empreinte = %s, chaine = %s WHERE id = %s", faux, chaine, dernier.pk)
    (anomalie,) = verify_racine(publiee)
    assert "autant de dossiers, de faits et d'effacements, mais d'autres" in anomalie.constat


def test_ce_qui_est_enregistre_ensuite_ne_change_pas_la_racine_du_jour(dossier: UUID) -> None:
    publiee = publish_racine(JOUR, at=LENDEMAIN)
    enregistrer(dossier, infraction("i9", "2026-01-05"), at=LENDEMAIN)
    assert build_racine(JOUR) == publiee
    assert verify_racines() == []
    assert build_racine(JOUR + timedelta(days=1)) != publiee


def test_un_jour_dont_la_racine_est_calculee_est_clos(dossier: UUID) -> None:
    publiee = publish_racine(JOUR, at=LENDEMAIN)
    with pytest.raises(JourClosError):
        enregistrer(dossier, infraction("i9", "2026-01-05"), at=MIDI + timedelta(hours=1))
    assert publish_racine(JOUR, at=LENDEMAIN + timedelta(days=9)) == publiee
    assert Racine.objects.count() == 1


def garder(le: date, calculee_at: datetime) -> None:
    """A root that no command computed."""
    with transaction.atomic():
        Racine.objects.create(le=le, calculee_at=calculee_at, dossiers=0, faits=0, effacements=0, racine=bytes(32))


def test_la_base_refuse_la_racine_d_un_jour_qui_n_etait_pas_fini() -> None:
    minuit = datetime(2026, 3, 10, 23, 0, tzinfo=UTC)  # in Paris
    for le, calculee_at in ((date(2999, 12, 31), minuit), (JOUR, minuit - timedelta(microseconds=1))):
        with pytest.raises(IntegrityError, match="registre_racine_jour_echu"):
            garder(le, calculee_at)
    garder(JOUR, minuit)


def test_la_racine_d_un_jour_a_venir_n_arrete_pas_les_ecritures(dossier: UUID) -> None:
    garder(date(2999, 12, 31), datetime(3000, 1, 1, tzinfo=UTC))
    assert len(enregistrer(dossier, infraction("i9", "2026-01-05"), at=LENDEMAIN)) == 1


def test_la_racine_d_un_jour_passe_clot_aussi_ceux_d_avant() -> None:
    garder(date(2020, 3, 12), datetime(2020, 3, 13, tzinfo=UTC))
    for jour in (11, 12):
        with pytest.raises(JourClosError):
            enregistrer(ouvrir(), DELIVRANCE, at=datetime(2020, 3, jour, 11, tzinfo=UTC))
    assert len(enregistrer(ouvrir(), DELIVRANCE, at=datetime(2020, 3, 13, 11, tzinfo=UTC))) == 1


def test_les_dernieres_racines_gardees_ou_toutes() -> None:
    for rang in range(9):
        publish_racine(JOUR - timedelta(days=9 - rang), at=LENDEMAIN)
    falsifier("UPDATE registre_racine SET faits = 1 WHERE le <= %s", JOUR - timedelta(days=8))
    assert verify_racines() == []
    assert len(verify_racines(None)) == 2


def test_la_racine_d_un_jour_attend_la_fin_du_jour_a_paris() -> None:
    minuit = datetime(2026, 3, 10, 23, 0, tzinfo=UTC)  # midnight in Paris, between the 10th and the 11th
    with pytest.raises(JourNonEchuError):
        publish_racine(JOUR, at=minuit - timedelta(microseconds=1))
    assert publish_racine(JOUR, at=minuit).faits == 0


def test_le_jour_d_un_fait_est_celui_de_paris(dossier: UUID) -> None:
    avant = build_racine(JOUR)
    enregistrer(dossier, infraction("i8", "2026-01-05"), at=datetime(2026, 3, 10, 22, 59, 59, tzinfo=UTC))
    apres = build_racine(JOUR)
    enregistrer(dossier, infraction("i9", "2026-01-06"), at=datetime(2026, 3, 10, 23, 0, tzinfo=UTC))
    assert avant != apres == build_racine(JOUR)


def test_l_arbre_est_celui_de_la_rfc_6962() -> None:
    def h(octets: bytes) -> bytes:
        return sha256(octets).digest()

    def arbre(feuilles: list[bytes]) -> bytes:
        """RFC 6962, §2.1, word for word; the leaves are already hashed."""
        if not feuilles:
            return h(b"")
        if len(feuilles) == 1:
            return feuilles[0]
        k = 1
        while k * 2 < len(feuilles):
            k *= 2
        return h(b"\x01" + arbre(feuilles[:k]) + arbre(feuilles[k:]))

    feuilles = [h(bytes([rang])) for rang in range(70)]
    assert all(root(feuilles[:n]) == arbre(feuilles[:n]) for n in range(70))


def test_un_effacement_que_rien_ne_nomme_se_voit(dossier: UUID) -> None:
    vide = "contenu = NULL, sel = NULL, source = NULL, reference = NULL"
    falsifier(f"UPDATE registre_fait SET {vide} WHERE id = %s", fait(dossier, 2).pk)  # noqa: S608
    assert constats(dossier) == [(2, "effacé, et aucun effacement ne le nomme")]
