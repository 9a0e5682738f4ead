"""The watchdog: each reason on its day, not the eve; what moves on is no longer told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from permis.courriers.adresses import mark_npai
from permis.courriers.ecriture import write_due
from permis.courriers.etapes import abandon, note
from permis.courriers.models import AdressePostale, Courrier, CourrierDu, Remise, Statut, Voie
from permis.courriers.veille import DELAIS, RAISONS, Raison, list_stuck
from permis.courriers.voies.imprimerie import find_addresses
from permis.courriers.voies.renvois import send_again
from permis.registre.temps import jour_legal
from tests.courriers.plis import JOUR, brouillon, donner_adresse, lettre_48si, lettre_simple, plus, remettre, statuts
from tests.registre.fabrique import MIDI, enregistrer

pytestmark = pytest.mark.django_db


def raisons(at: datetime) -> list[Raison]:
    return [bloque.raison for bloque in list_stuck(at=at)]


def etape(courrier: Courrier, statut: Statut, jours: int) -> None:
    note(courrier, statut, JOUR + timedelta(days=jours), at=plus(jours))


def postal(voie: Voie = Voie.SIMPLE) -> Courrier:
    courrier = brouillon(voie, "48SI" if voie is Voie.RECOMMANDE else "48")
    donner_adresse(courrier.dossier_id)
    find_addresses(voie)
    return courrier


def du_jour(raison: Raison, depuis: int = 0) -> tuple[datetime, datetime]:
    """The last day on which it may still wait, and the first on which it is told."""
    jours = depuis + DELAIS[raison].days
    return plus(jours), plus(jours + 1)


def test_rien_ne_bloque() -> None:
    assert list_stuck(at=MIDI) == []


def test_tombe_et_pas_repris() -> None:
    courrier = postal()
    etape(courrier, Statut.REMIS, 0)
    etape(courrier, Statut.POSTE, 1)
    CourrierDu.objects.filter(pk=courrier.du_id).update(a_ecrire=True)
    veille, jour = du_jour(Raison.NON_ECRIT)
    assert raisons(jour) == [], "what its letter already says is looked at again, and late for nothing"
    CourrierDu.objects.filter(pk=courrier.du_id).update(repris_le=JOUR)
    assert raisons(veille) == []
    (bloque,) = list_stuck(at=jour)
    assert (bloque.raison, bloque.depuis, bloque.jours, bloque.dossier) == (
        Raison.NON_ECRIT, JOUR, 2, courrier.dossier_id,
    )  # fmt: skip
    assert (bloque.reference, bloque.courrier) == ("48", None)


def test_du_et_pas_ecrit() -> None:
    courrier = postal()
    etape(courrier, Statut.ABANDONNE, 0)
    CourrierDu.objects.filter(pk=courrier.du_id).update(a_ecrire=True)
    veille, jour = du_jour(Raison.NON_ECRIT)
    assert (raisons(veille), raisons(jour)) == ([], [Raison.NON_ECRIT])


def test_du_et_refuse_par_le_droit_avec_sa_raison() -> None:
    courrier = postal()
    etape(courrier, Statut.REMIS, 0)
    CourrierDu.objects.filter(pk=courrier.du_id).update(refus="le solde n'est plus nul")
    (bloque,) = list_stuck(at=MIDI)
    assert (bloque.raison, bloque.detail, bloque.courrier) == (Raison.REFUSE, "le solde n'est plus nul", None)
    CourrierDu.objects.filter(pk=courrier.du_id).update(repris_le=JOUR)
    assert raisons(MIDI) == []


def test_sans_adresse_le_jour_meme() -> None:
    courrier = brouillon(Voie.RECOMMANDE, "48SI")
    (bloque,) = list_stuck(at=MIDI)
    assert (bloque.raison, bloque.courrier, bloque.jours) == (Raison.SANS_ADRESSE, courrier.pk, 0)
    donner_adresse(courrier.dossier_id)
    find_addresses(Voie.RECOMMANDE)
    assert raisons(MIDI) == []
    mark_npai(AdressePostale.objects.get().pk, JOUR)
    assert raisons(MIDI) == [Raison.SANS_ADRESSE]


def test_ecrit_et_pas_remis_puis_remis() -> None:
    courrier = postal()
    veille, jour = du_jour(Raison.NON_REMIS)
    assert (raisons(veille), raisons(jour)) == ([], [Raison.NON_REMIS])
    remettre(courrier)
    assert raisons(jour) == []


def test_ni_abandonne_ni_electronique_n_attendent_l_imprimeur() -> None:
    abandon(postal(), JOUR, at=MIDI)
    abandon(brouillon(Voie.ELECTRONIQUE), JOUR, at=MIDI)
    assert raisons(plus(400)) == []


def test_une_remise_inachevee() -> None:
    remise = Remise.objects.create(numero=7, voie=Voie.SIMPLE, le=JOUR, faite_at=MIDI, fichier="r7.zip", nombre=1)
    veille, jour = du_jour(Raison.REMISE_INACHEVEE)
    assert raisons(veille) == []
    (bloque,) = list_stuck(at=jour)
    assert (bloque.raison, bloque.remise, bloque.dossier) == (Raison.REMISE_INACHEVEE, "r7.zip", None)
    Remise.objects.filter(pk=remise.pk).update(deposee_at=plus(1))
    assert raisons(jour) == []


@pytest.mark.parametrize("suite", [Statut.POSTE, Statut.PRESENTE, Statut.DISTRIBUE, Statut.INCONNU])
def test_remis_et_pas_poste_jusqu_a_ce_que_la_poste_dise_quoi_que_ce_soit(suite: Statut) -> None:
    courrier = remettre(postal(Voie.RECOMMANDE))
    veille, jour = du_jour(Raison.NON_POSTE)
    assert (raisons(veille), raisons(jour)) == ([], [Raison.NON_POSTE])
    etape(courrier, suite, 6)
    assert Raison.NON_POSTE not in raisons(jour)


def test_un_recommande_sans_issue_meme_presente_une_lettre_simple_jamais() -> None:
    courrier, simple = remettre(postal(Voie.RECOMMANDE)), remettre(postal())
    for envoye in (courrier, simple):
        etape(envoye, Statut.POSTE, 1)
    etape(courrier, Statut.PRESENTE, 3)
    veille, jour = du_jour(Raison.SANS_ISSUE, 1)
    assert raisons(veille) == []
    assert [(b.raison, b.courrier, b.jours) for b in list_stuck(at=jour)] == [(Raison.SANS_ISSUE, courrier.pk, 31)]
    etape(courrier, Statut.DISTRIBUE, 20)
    assert raisons(plus(400)) == []


def test_revenu_sans_autre_adresse_puis_avec_puis_renvoye() -> None:
    courrier = lettre_simple()
    remettre(courrier)
    etape(courrier, Statut.INCONNU, 4)
    assert courrier.adresse_id is not None
    mark_npai(courrier.adresse_id, JOUR)
    (bloque,) = list_stuck(at=plus(5))
    assert (bloque.raison, bloque.depuis) == (Raison.NPAI_SANS_ADRESSE, JOUR + timedelta(days=4))
    assert send_again(at=plus(5)) == 0
    donner_adresse(courrier.dossier_id, plus(6), ["2 rue des Essais", "75012 Paris"])
    assert raisons(plus(6)) == [Raison.NPAI_NON_RENVOYE]
    assert [send_again(at=plus(6)), send_again(at=plus(6))] == [1, 0]
    renvoi = Courrier.objects.get(vise=courrier)
    assert (renvoi.nature, renvoi.voie, renvoi.adresse) == (
        "renvoi", "simple", AdressePostale.objects.get(npai_le=None),
    )  # fmt: skip
    assert raisons(plus(6)) == []


def test_revenu_d_un_retrait_tombe_n_est_plus_a_renvoyer() -> None:
    courrier = lettre_48si()
    remettre(courrier)
    etape(courrier, Statut.INCONNU, 4)
    assert courrier.adresse_id is not None
    mark_npai(courrier.adresse_id, JOUR)
    annulation: dict[str, object] = {
        "type": "annulation",
        "id": "a1",
        "vise": "d1",
        "date": "2026-03-20",
        "autorite": "juge_administratif",
    }
    enregistrer(courrier.dossier_id, annulation, at=plus(10))
    donner_adresse(courrier.dossier_id, plus(11), ["2 rue des Essais", "75012 Paris"])
    CourrierDu.objects.filter(dossier=courrier.dossier_id).update(a_ecrire=True)
    write_due(at=plus(11))
    assert send_again(at=plus(11)) == 0
    assert [suite.nature for suite in Courrier.objects.filter(vise=courrier)] == ["reprise"]
    assert not [b for b in list_stuck(at=plus(11)) if b.courrier == courrier.pk]


def test_electronique_pas_depose_puis_pas_constate() -> None:
    courrier = brouillon(Voie.ELECTRONIQUE)
    veille, jour = du_jour(Raison.NON_DISPONIBLE)
    assert (raisons(veille), raisons(jour)) == ([], [Raison.NON_DISPONIBLE])
    etape(courrier, Statut.DISPONIBLE, 2)
    veille, jour = du_jour(Raison.NON_CONSTATE, 2 + 15)
    assert raisons(veille) == []
    (bloque,) = list_stuck(at=jour)
    assert (bloque.raison, bloque.depuis) == (Raison.NON_CONSTATE, JOUR + timedelta(days=17))
    etape(courrier, Statut.REPUTE_CONNU, 17)
    assert raisons(jour) == []


def test_un_recepisse_pas_donne() -> None:
    courrier = brouillon(Voie.MAIN_PROPRE, "44")
    veille, jour = du_jour(Raison.NON_DONNE)
    assert (raisons(veille), raisons(jour)) == ([], [Raison.NON_DONNE])
    etape(courrier, Statut.DISTRIBUE, 3)
    assert "distribue" in statuts(courrier)
    assert raisons(jour) == []


def test_le_plus_ancien_d_abord_et_chaque_raison_a_son_texte() -> None:
    brouillon(Voie.SIMPLE, at=plus(3))
    brouillon(Voie.SIMPLE, at=MIDI)
    assert [bloque.depuis for bloque in list_stuck(at=plus(3))] == [JOUR, jour_legal(plus(3))]
    assert RAISONS.keys() == set(Raison)
