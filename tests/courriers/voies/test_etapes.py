"""The steps of a letter: each once, in any order of arrival, never against one another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from permis.courriers.etapes import EtapeImpossibleError, abandon, delai_recours, has_left, known_on, note
from permis.courriers.models import Etape, Remise, Statut, Voie
from tests.courriers.plis import JOUR, brouillon, plus, remettre, statuts
from tests.registre.fabrique import MIDI

pytestmark = pytest.mark.django_db

VEILLE, LENDEMAIN, APRES = (JOUR + timedelta(days=n) for n in (-1, 1, 3))
TARD = plus(60)


def test_une_etape_redite_est_la_meme() -> None:
    courrier = remettre(brouillon(Voie.SIMPLE))
    premiere = note(courrier, Statut.POSTE, LENDEMAIN, at=TARD, reference="a")
    assert note(courrier, Statut.POSTE, LENDEMAIN, at=plus(61), reference="b") == premiere
    assert Etape.objects.get(courrier=courrier, statut=Statut.POSTE).reference == "a"


def test_une_etape_redite_a_un_autre_jour_est_refusee() -> None:
    courrier = remettre(brouillon(Voie.SIMPLE))
    note(courrier, Statut.POSTE, LENDEMAIN, at=TARD)
    with pytest.raises(EtapeImpossibleError, match="« poste » est déjà noté au 2026-03-11, et non au 2026-03-13"):
        note(courrier, Statut.POSTE, APRES, at=TARD)
    assert statuts(courrier)["poste"] == LENDEMAIN


@pytest.mark.parametrize(
    ("voie", "jamais"),
    [
        (Voie.SIMPLE, {Statut.PRESENTE, Statut.DISTRIBUE, Statut.NON_RECLAME, Statut.DISPONIBLE, Statut.LU}),
        (Voie.RECOMMANDE, {Statut.DISPONIBLE, Statut.LU, Statut.REPUTE_CONNU}),
        (Voie.ELECTRONIQUE, {Statut.REMIS, Statut.POSTE, Statut.PRESENTE, Statut.DISTRIBUE, Statut.INCONNU}),
        (Voie.MAIN_PROPRE, {Statut.REMIS, Statut.POSTE, Statut.INCONNU, Statut.NON_RECLAME, Statut.LU}),
    ],
)
def test_chaque_voie_n_a_que_ses_etapes(voie: Voie, jamais: set[Statut]) -> None:
    courrier = brouillon(voie)
    for statut in jamais:
        with pytest.raises(EtapeImpossibleError, match="n'est jamais"):
            note(courrier, statut, JOUR, at=TARD)
    assert set(statuts(courrier)) == {"ecrit"}


def test_le_jour_meme_oui_le_lendemain_non() -> None:
    courrier = remettre(brouillon(Voie.SIMPLE))
    with pytest.raises(EtapeImpossibleError, match="est à venir"):
        note(courrier, Statut.POSTE, LENDEMAIN, at=MIDI)
    assert note(courrier, Statut.POSTE, JOUR, at=MIDI).le == JOUR


def test_rien_avant_l_ecriture() -> None:
    with pytest.raises(EtapeImpossibleError, match="avant le jour où ce courrier est écrit"):
        note(brouillon(Voie.SIMPLE), Statut.REMIS, VEILLE, at=TARD)


@pytest.mark.parametrize(
    "statut", [Statut.POSTE, Statut.PRESENTE, Statut.DISTRIBUE, Statut.NON_RECLAME, Statut.INCONNU]
)
def test_la_poste_ne_dit_rien_d_un_courrier_qu_on_ne_lui_a_pas_remis(statut: Statut) -> None:
    with pytest.raises(EtapeImpossibleError, match="n'a pas été remis"):
        note(brouillon(Voie.RECOMMANDE), statut, LENDEMAIN, at=TARD)


@pytest.mark.parametrize("statut", [Statut.LU, Statut.REPUTE_CONNU])
def test_rien_n_est_lu_avant_d_etre_disponible(statut: Statut) -> None:
    with pytest.raises(EtapeImpossibleError, match="mis à disposition"):
        note(brouillon(Voie.ELECTRONIQUE), statut, LENDEMAIN, at=TARD)


@pytest.mark.parametrize("jours", [14, 16])
def test_repute_connu_a_son_terme_et_nul_autre_jour(jours: int) -> None:
    courrier = brouillon(Voie.ELECTRONIQUE)
    note(courrier, Statut.DISPONIBLE, JOUR, at=MIDI)
    with pytest.raises(EtapeImpossibleError, match="réputé connu le 2026-03-25"):
        note(courrier, Statut.REPUTE_CONNU, JOUR + timedelta(days=jours), at=TARD)


def test_l_ordre_d_arrivee_ne_compte_pas_celui_des_jours_si() -> None:
    courrier = remettre(brouillon(Voie.RECOMMANDE))
    note(courrier, Statut.DISTRIBUE, APRES, at=TARD)
    note(courrier, Statut.PRESENTE, LENDEMAIN, at=TARD)
    note(courrier, Statut.POSTE, JOUR, at=TARD)
    assert known_on(courrier) == APRES


def test_un_avis_d_avant_l_envoi_et_un_envoi_d_apres_l_avis() -> None:
    courrier = remettre(brouillon(Voie.RECOMMANDE))
    note(courrier, Statut.POSTE, APRES, at=TARD)
    with pytest.raises(EtapeImpossibleError, match="2026-03-11 est avant « poste », noté au 2026-03-13"):
        note(courrier, Statut.DISTRIBUE, LENDEMAIN, at=TARD)
    autre = remettre(brouillon(Voie.RECOMMANDE))
    note(autre, Statut.DISTRIBUE, LENDEMAIN, at=TARD)
    with pytest.raises(EtapeImpossibleError, match="2026-03-13 est après « distribue », noté au 2026-03-11"):
        note(autre, Statut.POSTE, APRES, at=TARD)


@pytest.mark.parametrize("premiere", [Statut.DISTRIBUE, Statut.NON_RECLAME, Statut.INCONNU])
@pytest.mark.parametrize("seconde", [Statut.DISTRIBUE, Statut.NON_RECLAME, Statut.INCONNU])
def test_une_seule_issue(premiere: Statut, seconde: Statut) -> None:
    courrier = remettre(brouillon(Voie.RECOMMANDE))
    note(courrier, premiere, LENDEMAIN, at=TARD)
    if seconde == premiere:
        assert note(courrier, seconde, LENDEMAIN, at=TARD).le == LENDEMAIN
        return
    with pytest.raises(EtapeImpossibleError, match="la poste a déjà dit"):
        note(courrier, seconde, APRES, at=TARD)
    assert seconde not in statuts(courrier)


@pytest.mark.parametrize(
    ("avant", "apres"), [(Statut.PRESENTE, Statut.NON_RECLAME), (Statut.NON_RECLAME, Statut.PRESENTE)]
)
def test_presentation_et_non_reclame_disent_le_meme_jour(avant: Statut, apres: Statut) -> None:
    courrier = remettre(brouillon(Voie.RECOMMANDE, "48SI"))
    note(courrier, avant, LENDEMAIN, at=TARD)
    with pytest.raises(EtapeImpossibleError, match="présenté le 2026-03-11"):
        note(courrier, apres, APRES, at=TARD)
    note(courrier, apres, LENDEMAIN, at=TARD)
    assert known_on(courrier) == LENDEMAIN


def test_un_courrier_parti_ne_s_abandonne_pas() -> None:
    reste, parti = brouillon(Voie.SIMPLE), remettre(brouillon(Voie.SIMPLE))
    assert abandon(reste, JOUR, at=MIDI)
    assert abandon(reste, JOUR, at=TARD)
    assert not abandon(parti, JOUR, at=MIDI)
    with pytest.raises(EtapeImpossibleError, match="est parti"):
        note(parti, Statut.ABANDONNE, JOUR, at=MIDI)
    with pytest.raises(EtapeImpossibleError, match="est abandonné"):
        note(reste, Statut.REMIS, JOUR, at=MIDI)


def test_un_courrier_d_une_remise_en_cours_est_deja_parti() -> None:
    courrier = brouillon(Voie.SIMPLE)
    courrier.remise = Remise.objects.create(
        numero=1, voie=Voie.SIMPLE, le=JOUR, faite_at=MIDI, fichier="remise-000001-simple.zip", nombre=1
    )
    courrier.save(update_fields=["remise"])
    assert has_left(courrier)
    assert not abandon(courrier, JOUR, at=MIDI)


def test_rien_ne_prouve_le_jour_d_une_lettre_simple() -> None:
    courrier = remettre(brouillon(Voie.SIMPLE))
    note(courrier, Statut.POSTE, LENDEMAIN, at=TARD)
    assert known_on(courrier) is None
    assert delai_recours(courrier, APRES) is None


def test_presente_n_est_pas_connu_tant_que_la_poste_n_a_pas_fini() -> None:
    courrier = remettre(brouillon(Voie.RECOMMANDE, "48SI"))
    note(courrier, Statut.PRESENTE, LENDEMAIN, at=TARD)
    assert known_on(courrier) is None
    note(courrier, Statut.DISTRIBUE, APRES, at=TARD)
    assert known_on(courrier) == APRES


def test_inconnu_a_l_adresse_n_est_jamais_connu_meme_presente() -> None:
    courrier = remettre(brouillon(Voie.RECOMMANDE, "48SI"))
    note(courrier, Statut.PRESENTE, LENDEMAIN, at=TARD)
    note(courrier, Statut.INCONNU, APRES, at=TARD)
    assert known_on(courrier) is None


def test_un_recepisse_est_connu_le_jour_ou_il_est_donne() -> None:
    courrier = brouillon(Voie.MAIN_PROPRE, "44")
    assert known_on(courrier) is None
    note(courrier, Statut.DISTRIBUE, LENDEMAIN, at=TARD)
    assert known_on(courrier) == LENDEMAIN


@pytest.mark.parametrize(
    ("signe", "dernier"),
    [
        (date(2026, 3, 11), date(2026, 5, 12)),  # neither day counts
        (date(2026, 3, 13), date(2026, 5, 15)),  # 14 May 2026 is Ascension
        (date(2026, 3, 31), date(2026, 6, 1)),
    ],
)
def test_le_delai_de_recours_court_du_jour_connu(signe: date, dernier: date) -> None:
    courrier = remettre(brouillon(Voie.RECOMMANDE, "48SI"))
    note(courrier, Statut.DISTRIBUE, signe, at=TARD)
    restes = [delai_recours(courrier, dernier + timedelta(days=n)) for n in (-1, 0, 1)]
    assert [(reste.dernier_jour, reste.jours_restants, reste.ferme) for reste in restes if reste] == [
        (dernier, 1, False),
        (dernier, 0, False),
        (dernier, -1, True),
    ]
    assert delai_recours(courrier, signe - timedelta(days=1)) is None
