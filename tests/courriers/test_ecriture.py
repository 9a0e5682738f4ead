"""One letter for each duty: written, given up, taken back, sent again; and nothing that the law does not owe then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from permis.courriers import ecriture
from permis.courriers.adresses import receive_adresse
from permis.courriers.consentement import CONDITIONS_COURANTES
from permis.courriers.contenu import RienADireError
from permis.courriers.dus import NON_FONDEE, SOURCE, owe
from permis.courriers.ecriture import (
    LECTEUR,
    Bilan,
    list_waiting,
    write_due,
)
from permis.courriers.lettres import list_to_send
from permis.courriers.models import (
    AdressePostale,
    Consentement,
    Courrier,
    CourrierDu,
    Etape,
    Remise,
    SourceAdresse,
    Statut,
    Voie,
)
from permis.registre.ecriture import FaitRecu, record_faits
from permis.registre.models import Consultation
from tests.courriers.depots import composer, lettres_nues, natures, partir
from tests.courriers.test_dus import L48, REMISE, annulation, lettre, nul, ouvert, retrait
from tests.registre.fabrique import DELIVRANCE, MIDI, enregistrer, infraction, ouvrir, realite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lettres_nues")]
__all__ = ["lettres_nues"]
JOUR = date(2026, 3, 10)
UN_JOUR = timedelta(days=1)
LIGNES = ["12 RUE DES LILAS", "75011 PARIS"]


def un_retrait() -> UUID:
    dossier = ouvert(infraction("i1"), realite("i1"))
    owe(dossier, at=MIDI)
    return dossier


def ecrire(at: Any = MIDI) -> Bilan:
    bilan = write_due(at=at)
    assert not list_waiting().exists()
    return bilan


def expedier(at: Any = MIDI) -> None:
    """All that may leave does."""
    partir([courrier for voie in Voie for courrier in list_to_send(voie)], at)


def annuler(dossier: UUID, vise: str, jours: int) -> None:
    enregistrer(dossier, annulation(vise, le="2026-03-10"), at=MIDI + jours * UN_JOUR)
    owe(dossier, at=MIDI + jours * UN_JOUR)


def du_de(dossier: UUID, **cles: Any) -> CourrierDu:
    return CourrierDu.objects.get(dossier=dossier, **cles)


def loger(dossier: UUID, lignes: list[str] = LIGNES, at: Any = MIDI) -> AdressePostale:
    return receive_adresse(dossier, lignes, SourceAdresse.TITULAIRE, JOUR, at=at)


def test_une_lettre_par_courrier_du() -> None:
    dossier = un_retrait()
    adresse = loger(dossier)
    assert ecrire() == Bilan(notifications=1)
    (courrier,) = Courrier.objects.all()
    assert (courrier.du, courrier.dossier_id, courrier.rang) == (du_de(dossier), dossier, 1)
    assert (courrier.reference, courrier.nature, courrier.voie) == ("48", "notification", "simple")
    assert (courrier.adresse, courrier.ecrit_le, courrier.ecrit_at, courrier.vise) == (adresse, JOUR, MIDI, None)
    (etape,) = courrier.etapes.all()
    assert (etape.statut, etape.le, etape.note_at) == ("ecrit", JOUR, MIDI)
    assert courrier.find_altered() == []
    assert ecrire(MIDI + UN_JOUR) == Bilan()
    CourrierDu.objects.update(a_ecrire=True)
    assert ecrire(MIDI + UN_JOUR) == Bilan(), "to look again for nothing writes nothing"


def test_la_lecture_du_dossier_est_ecrite_une_fois_et_seulement_pour_ecrire() -> None:
    dossier = nul()
    owe(dossier, at=MIDI)
    ecrire()
    ecrire()
    (lecture,) = Consultation.objects.filter(dossier=dossier)
    assert (lecture.role, lecture.service, lecture.acte) == (LECTEUR.role, "courriers", "ecrire_un_courrier")
    assert Courrier.objects.count() == 2


def test_la_voie_est_celle_de_la_loi_et_du_choix_du_titulaire() -> None:
    dossier = nul(lettre("n", "48SI", date="2024-04-10"), REMISE)
    CourrierDu.objects.create(dossier_id=dossier, reference="48", fait="i1", date=JOUR, vu_le=JOUR)
    Consentement.objects.create(dossier_id=dossier, conditions=CONDITIONS_COURANTES, accepte_at=MIDI)
    loger(dossier)
    simple = un_retrait()
    Consentement.objects.create(dossier_id=simple, conditions=CONDITIONS_COURANTES, accepte_at=MIDI)
    owe(dossier, at=MIDI)
    ecrire()
    voies = {courrier.reference: (courrier.voie, courrier.adresse is None) for courrier in Courrier.objects.all()}
    assert voies == {"48M": ("recommande", False), "44": ("main_propre", True), "48": ("electronique", True)}


# Taken back, owed again


def test_reprise_avant_son_depart_elle_est_abandonnee() -> None:
    dossier = un_retrait()
    ecrire()
    annuler(dossier, "r-i1", 1)
    assert ecrire(MIDI + UN_JOUR) == Bilan(abandonnes=1)
    assert natures(du_de(dossier)) == ["notification abandonné"]
    assert not list_to_send(Voie.SIMPLE).exists()


def test_reprise_avant_d_etre_ecrite_rien_ne_s_ecrit() -> None:
    dossier = un_retrait()
    annuler(dossier, "r-i1", 1)
    assert ecrire(MIDI + UN_JOUR) == Bilan()
    assert natures(du_de(dossier)) == []


def test_reprise_apres_son_depart_une_lettre_le_dit() -> None:
    dossier = un_retrait()
    ecrire()
    expedier()
    annuler(dossier, "r-i1", 1)
    assert ecrire(MIDI + UN_JOUR) == Bilan(reprises=1)
    premiere, reprise = Courrier.objects.order_by("rang")
    assert (reprise.vise, reprise.rang, reprise.reference, reprise.voie) == (premiere, 2, "48", "simple")
    assert ecrire(MIDI + UN_JOUR) == Bilan()


def test_due_de_nouveau_elle_est_ecrite_de_nouveau() -> None:
    dossier = un_retrait()
    ecrire()
    expedier()
    annuler(dossier, "r-i1", 1)
    ecrire(MIDI + UN_JOUR)
    expedier(MIDI + UN_JOUR)
    annuler(dossier, "a-r-i1", 2)
    assert ecrire(MIDI + 2 * UN_JOUR) == Bilan(notifications=1)
    assert natures(du_de(dossier)) == ["notification parti", "reprise parti", "notification écrit"]


def test_due_de_nouveau_avant_le_depart_de_la_reprise_celle_ci_est_abandonnee() -> None:
    dossier = un_retrait()
    ecrire()
    expedier()
    annuler(dossier, "r-i1", 1)
    ecrire(MIDI + UN_JOUR)
    annuler(dossier, "a-r-i1", 2)
    assert ecrire(MIDI + 2 * UN_JOUR) == Bilan(abandonnes=1)
    assert natures(du_de(dossier)) == ["notification parti", "reprise abandonné"]


def test_abandonnee_puis_due_de_nouveau_elle_est_ecrite_de_nouveau() -> None:
    dossier = un_retrait()
    ecrire()
    annuler(dossier, "r-i1", 1)
    ecrire(MIDI + UN_JOUR)
    annuler(dossier, "a-r-i1", 2)
    assert ecrire(MIDI + 2 * UN_JOUR) == Bilan(notifications=1)
    assert natures(du_de(dossier)) == ["notification abandonné", "notification écrit"]


def test_dans_une_remise_en_chemin_elle_est_partie() -> None:
    dossier = un_retrait()
    ecrire()
    remise = Remise.objects.create(numero=1, voie="simple", le=JOUR, faite_at=MIDI, fichier="r.zip", nombre=1)
    Courrier.objects.update(remise=remise)
    annuler(dossier, "r-i1", 1)
    assert ecrire(MIDI + UN_JOUR) == Bilan(reprises=1)


def test_le_jour_seul_change_avant_le_depart_une_autre_lettre_la_remplace() -> None:
    dossier = un_retrait()
    ecrire()
    enregistrer(dossier, retrait("i1", "2024-05-20"), at=MIDI + UN_JOUR)
    owe(dossier, at=MIDI + UN_JOUR)
    assert ecrire(MIDI + UN_JOUR) == Bilan(notifications=1, abandonnes=1)
    assert natures(du_de(dossier, date=L48.date)) == ["notification abandonné"]
    assert natures(du_de(dossier, date=date(2024, 5, 20))) == ["notification écrit"]


def test_le_jour_seul_change_apres_le_depart_l_ancienne_est_reprise_et_une_autre_ecrite() -> None:
    """The old one first: whoever opens the two of one day reads them in that order."""
    dossier = un_retrait()
    ecrire()
    expedier()
    enregistrer(dossier, retrait("i1", "2024-05-20"), at=MIDI + UN_JOUR)
    owe(dossier, at=MIDI + UN_JOUR)
    assert ecrire(MIDI + UN_JOUR) == Bilan(notifications=1, reprises=1)
    assert natures(du_de(dossier, date=L48.date)) == ["notification parti", "reprise écrit"]
    suite = Etape.objects.filter(courrier__ecrit_le=JOUR + UN_JOUR).order_by("pk")
    assert [etape.courrier.nature for etape in suite] == ["reprise", "notification"]


def test_un_recepisse_repris_l_est_par_la_poste() -> None:
    dossier = nul(lettre("n", "48SI", date="2024-04-10"), REMISE)
    owe(dossier, at=MIDI)
    ecrire()
    expedier()
    annuler(dossier, "x", 1)
    ecrire(MIDI + UN_JOUR)
    assert [c.voie for c in du_de(dossier, reference="44").courriers.order_by("rang")] == ["main_propre", "simple"]


# At the minute it is written


def test_ce_qui_est_tombe_depuis_n_est_pas_ecrit() -> None:
    dossier = un_retrait()
    enregistrer(dossier, annulation("r-i1", le="2026-03-10"), at=MIDI + UN_JOUR)
    assert ecrire(MIDI + UN_JOUR) == Bilan(), "nobody read the file again since: the writer does"
    assert du_de(dossier).repris_le == JOUR + UN_JOUR


def test_ce_qui_est_du_depuis_s_ecrit_avec() -> None:
    dossier = un_retrait()
    enregistrer(dossier, infraction("i2", "2025-03-10"), realite("i2", "2025-04-02"), at=MIDI + UN_JOUR)
    assert ecrire(MIDI + UN_JOUR) == Bilan(notifications=2)


def test_deja_dite_par_un_autre_elle_n_est_pas_ecrite_puis_l_est_si_cela_tombe() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"), lettre("n", date="2024-04-20"))
    owe(dossier, at=MIDI)
    assert ecrire() == Bilan()
    annuler(dossier, "n", 1)
    assert ecrire(MIDI + UN_JOUR) == Bilan(notifications=1)


def test_ecrite_par_nous_une_notification_d_un_autre_n_y_change_rien() -> None:
    dossier = un_retrait()
    ecrire()
    expedier()
    enregistrer(dossier, lettre("n", date="2024-04-20"), at=MIDI + UN_JOUR)
    owe(dossier, at=MIDI + UN_JOUR)
    assert ecrire(MIDI + UN_JOUR) == Bilan()


def test_ce_que_la_loi_refuse_est_garde_avec_sa_raison_et_redemande(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = un_retrait()
    monkeypatch.setattr(ecriture, "compose", refuser)
    assert ecrire() == Bilan(refuses=1)
    assert (du_de(dossier).refus, natures(du_de(dossier))) == ("le solde n'est plus nul", [])
    owe(dossier, at=MIDI + UN_JOUR)
    assert ecrire(MIDI + UN_JOUR) == Bilan(), "nothing was learned: nobody reads the file again"
    for jours, nom in ((2, "i8"), (3, "i9")):
        enregistrer(dossier, infraction(nom, "2026-03-01"), at=MIDI + jours * UN_JOUR)
        owe(dossier, at=MIDI + jours * UN_JOUR)
        assert ecrire(MIDI + jours * UN_JOUR) == (Bilan(refuses=1) if nom == "i8" else Bilan(notifications=1))
        monkeypatch.setattr(ecriture, "compose", composer)
    assert (du_de(dossier).refus, du_de(dossier).refus_rang) == ("", None)


def refuser(*_: object, **__: object) -> None:
    raise RienADireError("le solde n'est plus nul")


# A licence saved before its 48SI is known


def sauver(dossier: UUID, jours: int) -> None:
    """A course, learned some days later, that gave points back just after the withdrawals: a letter 47 says so."""
    suivi = {"type": "stage", "id": "s", "debut": "2024-04-03", "fin": "2024-04-04", "cas": 1}
    enregistrer(dossier, suivi, at=MIDI + jours * UN_JOUR)
    owe(dossier, at=MIDI + jours * UN_JOUR)


def recevoir(courrier: Courrier, jours: int, retiree_le: str) -> None:
    """What the post says of it, as a step and as a fact."""
    Etape.objects.create(
        courrier=courrier, statut=Statut.DISTRIBUE, le=date.fromisoformat(retiree_le), note_at=MIDI + jours * UN_JOUR
    )
    fait = lettre("n", "48SI", mode="recommande", retiree_le=retiree_le, retour="AR")
    recu = FaitRecu(str(courrier.pk), fait)
    record_faits(courrier.dossier_id, [recu], source=SOURCE, at=MIDI + jours * UN_JOUR)
    owe(courrier.dossier_id, at=MIDI + jours * UN_JOUR)


def test_sauve_avant_que_la_48si_soit_ecrite_elle_ne_l_est_pas() -> None:
    dossier = nul()
    sauver(dossier, 1)
    assert ecrire(MIDI + UN_JOUR) == Bilan(notifications=2), "48M and 47"
    du = du_de(dossier, reference="48SI")
    assert (natures(du), du.refus, du.repris_le) == ([], NON_FONDEE, None)
    owe(dossier, at=MIDI + 2 * UN_JOUR)
    assert not list_waiting().exists()


def test_sauve_avant_le_depart_elle_est_abandonnee_et_revient_si_le_stage_tombe() -> None:
    dossier = nul()
    owe(dossier, at=MIDI)
    assert ecrire() == Bilan(notifications=2)
    sauver(dossier, 1)
    assert ecrire(MIDI + UN_JOUR) == Bilan(notifications=1, abandonnes=1)
    assert natures(du_de(dossier, reference="48SI")) == ["notification abandonné"]
    annuler(dossier, "s", 2)
    assert ecrire(MIDI + 2 * UN_JOUR) == Bilan(notifications=1, abandonnes=1)
    assert natures(du_de(dossier, reference="48SI")) == ["notification abandonné", "notification écrit"]
    assert du_de(dossier, reference="48SI").refus == ""


@pytest.mark.parametrize(("retiree_le", "reprises"), [("2026-03-12", 1), ("2024-04-03", 0)])
def test_sauve_apres_le_depart_la_poste_decide(retiree_le: str, reprises: int) -> None:
    """Collected after the balance rose, it is unfounded; before, it had ended the licence and the course gave none."""
    dossier = nul()
    owe(dossier, at=MIDI)
    ecrire()
    expedier()
    sauver(dossier, 1)
    du = du_de(dossier, reference="48SI")
    assert ecrire(MIDI + UN_JOUR) == Bilan(notifications=1)
    assert natures(du) == ["notification parti"], "what the post will say is not known yet"
    recevoir(du.courriers.get(), 4, retiree_le)
    assert ecrire(MIDI + 4 * UN_JOUR) == Bilan(reprises=reprises, abandonnes=1 - reprises), "of the 48SI, or of the 47"
    assert natures(du) == ["notification parti", *["reprise écrit"] * reprises]
    owe(dossier, at=MIDI + 5 * UN_JOUR)
    assert ecrire(MIDI + 5 * UN_JOUR) == Bilan()


def vider(points: int, obtenu_le: str) -> UUID:
    """Two withdrawals of a day that empty a licence."""
    dossier = ouvrir()
    faits = [infraction("i1", points=points), realite("i1"), infraction("i2", "2024-03-11", points), realite("i2")]
    enregistrer(dossier, DELIVRANCE | {"date": obtenu_le}, *faits)
    owe(dossier, at=MIDI)
    return dossier


@pytest.mark.parametrize(("points", "obtenu_le", "propre"), [(6, "2000-06-01", "48M"), (3, "2023-06-01", "48N")])
@pytest.mark.parametrize("jusqu_a", ["ecrite", "partie", "connue"])
def test_la_48si_qu_une_autre_annulation_rend_non_fondee_laisse_au_retrait_sa_propre_lettre(
    points: int, obtenu_le: str, propre: str, jusqu_a: str
) -> None:
    """The withdrawal stands: its driver is told of it (L. 223-3, al. 3), by the form that it now calls for."""
    dossier = vider(points, obtenu_le)
    ecrire()
    du = du_de(dossier, reference="48SI")
    if jusqu_a != "ecrite":
        expedier()
    if jusqu_a == "connue":
        recevoir(du.courriers.get(), 1, "2026-03-11")
    annuler(dossier, "r-i1", 2)
    ecrire(MIDI + 2 * UN_JOUR)
    fin = ["notification abandonné"] if jusqu_a == "ecrite" else ["notification parti", "reprise écrit"]
    assert natures(du) == fin
    restent = CourrierDu.objects.filter(dossier=dossier, repris_le=None, refus="")
    assert [(reste.reference, reste.fait, natures(reste)) for reste in restent] == [
        (propre, "i2", ["notification écrit"])
    ]


# What the database refuses by itself


def test_la_base_refuse_deux_lettres_du_meme_rang_et_une_reprise_de_rien() -> None:
    un_retrait()
    ecrire()
    courrier = Courrier.objects.get()
    fautes: list[dict[str, Any]] = [
        {"numero_index": "k:autre"},
        {"rang": 2},
        {"rang": 2, "numero_index": "k:autre", "nature": "reprise"},
        {"rang": 2, "numero_index": "k:autre", "vise": courrier},
        {"rang": 2, "numero_index": "k:autre", "nature": "renvoi"},
        {"rang": 2, "numero_index": "k:autre", "reference": "48SI", "voie": "electronique"},
    ]
    for faute in fautes:
        copie = Courrier.objects.get()
        copie.pk = None
        for nom, valeur in {"pk": UUID(int=7), **faute}.items():
            setattr(copie, nom, valeur)
        with pytest.raises(IntegrityError), transaction.atomic():
            copie.save(force_insert=True)
