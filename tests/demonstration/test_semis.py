"""Putting the people in the register: once, whole, on their own days, whoever starts and however often."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from django.db import connection

from permis.courriers.boite import list_all, wants_adresse
from permis.courriers.models import (
    AdressePostale,
    Consentement,
    Controle,
    Courrier,
    CourrierDu,
    Document,
    Etape,
    Partage,
    Statut,
)
from permis.courriers.veille import Raison, list_stuck
from permis.demonstration import semis
from permis.demonstration.models import CodeMontre, Semis
from permis.demonstration.personnes import DossierInvente, Personne, list_agents, list_conducteurs
from permis.demonstration.semis import seed
from permis.demonstration.semis.dossiers import etat_civil_of
from permis.droit.dossier import read_dossier as reopen
from permis.droit.releve import replay
from permis.identites import codes
from permis.identites.codes import Reponse, check_code
from permis.identites.models import Agent, IdentiteFederee, Rapprochement
from permis.registre.ecriture import record_faits
from permis.registre.lecture import DossierLu, Lecteur, list_consultations, read_dossier
from permis.registre.models import Consultation, Dossier, Fait
from permis.registre.recherche import find_by_neph, find_by_pivot
from tests.demonstration.conftest import set_demonstration

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
JOUR = date(2026, 11, 22)
LECTEUR = Lecteur("tests", "tests", "aucun", "lire")
COURRIERS = "courriers"
"""The source of what we record ourselves of our letters."""
NOUS = ("systeme", "titulaire", "tiers")
"""Who reads a file for its letters, its statements and its shares."""
LETTRES = {
    ("courriers", "48", "ligne", "notification"): Statut.REPUTE_CONNU,
    ("courriers", "48", "vitesse", "notification"): Statut.LU,
    ("courriers", "48", "ligne-encore", "notification"): Statut.DISPONIBLE,
    ("adresse-perdue", "48N", "telephone", "notification"): Statut.INCONNU,
    ("lettre-reprise", "48M", "alcool", "notification"): Statut.NON_RECLAME,
    ("lettre-reprise", "48M", "feu", "notification"): Statut.DISTRIBUE,
    ("lettre-reprise", "48M", "feu", "reprise"): Statut.POSTE,
    ("invalide", "44", "remise", "notification"): Statut.ECRIT,
    ("solde-nul", "48SI", "telephone", "notification"): Statut.ECRIT,
}
"""Every letter of the demonstration, and the last step of it."""
TABLES = (
    Dossier, Fait, Consultation, Agent, IdentiteFederee, Rapprochement, CodeMontre, AdressePostale, Consentement,
    Courrier, CourrierDu, Etape, Document, Partage, Controle,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _fournisseurs(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    set_demonstration(settings, "http://127.0.0.1:8000")
    leger = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # strength is not what is tested
    monkeypatch.setattr(codes, "_hasher", lambda: leger)


def read(dossier: DossierInvente) -> DossierLu:
    trouve = find_by_neph(dossier.neph)
    assert trouve
    return read_dossier(trouve.pk, LECTEUR, at=AT)


def tous() -> list[tuple[Personne, DossierInvente]]:
    return [(personne, dossier) for personne in list_conducteurs() for dossier in personne.dossiers]


def personne_nommee(nom: str) -> Personne:
    return next(personne for personne in list_conducteurs() if personne.nom == nom)


def compter() -> list[int]:
    return [table.objects.count() for table in TABLES]


@pytest.mark.django_db
def test_chaque_dossier_du_registre_repond_comme_son_fichier() -> None:
    assert seed(AT)
    for _, dossier in tous():
        trouve = read(dossier).replay(JOUR)
        assert {cle: getattr(trouve, cle) for cle in dossier.attendu} == dossier.attendu


@pytest.mark.django_db
def test_chaque_dossier_s_emporte_et_se_rouvre_au_format_public() -> None:
    seed(AT)
    for _, dossier in tous():
        lu = read(dossier)
        emporte = reopen(lu.dossier())
        assert emporte.titulaire
        assert emporte.titulaire.neph == dossier.neph
        assert replay(emporte.faits, JOUR).solde == lu.replay(JOUR).solde


@pytest.mark.django_db
def test_les_faits_arrivent_le_jour_ou_ils_sont_connus() -> None:
    seed(AT)
    for _, dossier in tous():
        lu = read(dossier)
        ouvert = find_by_neph(dossier.neph)
        assert ouvert
        connus = {fait.id: fait.connu_le for fait in lu.faits}
        for ligne in lu.lignes:
            assert ligne.enregistre_at < AT
            if ligne.source == COURRIERS:
                continue
            if ligne.source == "reprise":
                assert connus[ligne.id] < ouvert.ouvert_at.date()
            else:
                assert connus[ligne.id] == ligne.enregistre_at.date()
    assert "reprise" in read(personne_nommee("permis-rose").dossiers[0]).fraicheur


@pytest.mark.django_db
def test_la_seconde_fois_ne_change_rien_meme_un_autre_jour() -> None:
    seed(AT)
    avant = compter()
    assert not seed(AT)
    assert not seed(AT + timedelta(days=30))
    assert compter() == avant
    assert Semis.objects.get().seme_at == AT


@pytest.mark.django_db
def test_un_semis_interrompu_reprend(monkeypatch: pytest.MonkeyPatch) -> None:
    ecrire, appels = record_faits, [0]

    def coupe(*args: Any, **kwargs: Any) -> Any:
        appels[0] += 1
        if appels[0] == 20:
            raise KeyboardInterrupt
        return ecrire(*args, **kwargs)

    monkeypatch.setattr("permis.demonstration.semis.dossiers.record_faits", coupe)
    with pytest.raises(KeyboardInterrupt):
        seed(AT)
    assert seed(AT + timedelta(days=3))
    for _, dossier in tous():
        lu = read(dossier)
        assert sum(ligne.source != COURRIERS for ligne in lu.lignes) == len(dossier.faits)
        assert lu.replay(JOUR).solde == dossier.attendu["solde"]


@pytest.mark.django_db
def test_qui_est_la_garde_ce_qui_fut_enregistre(monkeypatch: pytest.MonkeyPatch) -> None:
    seed(AT)
    avant = compter()
    monkeypatch.setattr(semis, "_version", lambda: "autre")
    assert seed(AT + timedelta(days=200))
    assert compter() == avant


@pytest.mark.django_db(transaction=True)
def test_deux_demarrages_ensemble_font_un_semis() -> None:
    def demarre(_: int) -> None:
        try:
            seed(AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as ouvriers:
        list(ouvriers.map(demarre, range(2)))
    assert Fait.objects.exclude(source=COURRIERS).count() == sum(len(dossier.faits) for _, dossier in tous())
    lues = Consultation.objects.exclude(role__in=NOUS)
    assert lues.count() == sum(len(dossier.consultations) for _, dossier in tous())
    assert Courrier.objects.count() == len(LETTRES)
    assert Agent.objects.count() == sum(bool(personne.agent) for personne in list_agents())


@pytest.mark.django_db
def test_chacun_est_retrouve_par_son_etat_civil_comme_prevu() -> None:
    seed(AT)
    trouves = {p.nom: find_by_pivot(etat_civil_of(p.etat_civil)) for p in list_conducteurs()}
    stricts = {nom: len(trouve.strictes) for nom, trouve in trouves.items()}
    souples = {nom: len(trouve.souples) for nom, trouve in trouves.items() if trouve.souples}
    assert {nom for nom, n in stricts.items() if n == 0} == {"homonyme", "permis-rose", "sans-dossier"}
    assert max(stricts.values()) == 1
    assert souples == {"homonyme": 2, "permis-rose": 1}


@pytest.mark.django_db
def test_les_lectures_du_passe_sont_ecrites_et_une_est_reservee() -> None:
    seed(AT)
    trouve = find_by_neph("840975101234")
    assert trouve
    assert len(list_consultations(trouve.pk, pour_titulaire=False)) == 3
    assert len(list_consultations(trouve.pk, pour_titulaire=True)) == 2


@pytest.mark.django_db
def test_des_lettres_dans_chaque_etat_un_document_et_un_partage_verifie() -> None:
    seed(AT)
    trouvees = {}
    for personne, dossier in tous():
        for lu in list_all(ident_of(dossier), JOUR):
            trouvees[personne.nom, lu.ligne.reference, lu.ligne.du.fait, lu.ligne.nature] = lu.statut
    assert trouvees == LETTRES
    assert (Document.objects.get().genre, Partage.objects.get().usages) == ("adc", 1)
    demandees = {personne.nom for personne, dossier in tous() if wants_adresse(ident_of(dossier))}
    assert demandees == {"adresse-perdue", "solde-nul"}
    assert {bloque.raison for bloque in list_stuck(at=AT)} == {
        Raison.SANS_ADRESSE,
        Raison.NPAI_SANS_ADRESSE,
        Raison.NON_DONNE,
    }


def ident_of(dossier: DossierInvente) -> UUID:
    trouve = find_by_neph(dossier.neph)
    assert trouve
    return trouve.pk


@pytest.mark.django_db
def test_le_code_montre_ouvre_le_dossier_et_se_renouvelle() -> None:
    seed(AT)
    premier = CodeMontre.objects.get(neph="840975101234").code
    assert check_code("840975101234", premier, AT).reponse is Reponse.OUVERT
    plus_tard = AT + timedelta(days=60)
    seed(plus_tard)
    second = CodeMontre.objects.get(neph="840975101234").code
    assert second != premier
    assert check_code("840975101234", second, plus_tard).reponse is Reponse.OUVERT


@pytest.mark.django_db
def test_les_agents_sont_connus_meme_quand_l_adresse_change(settings: Any) -> None:
    seed(AT)
    set_demonstration(settings, "http://127.0.0.1:8011")
    seed(AT)
    actives = IdentiteFederee.objects.filter(remplacee_at=None, compte__isnull=False)
    assert {identite.issuer for identite in actives} == {settings.PROCONNECT_ISSUER}
    assert actives.count() == Agent.objects.count()
    assert not Rapprochement.objects.filter(decide_at=None).exists()
