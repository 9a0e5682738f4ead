"""Files of receipts: each line once, in any order; what cannot be is refused with its reason and stops no other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from permis.courriers import recepisses
from permis.courriers.etapes import known_on
from permis.courriers.models import AdressePostale, Courrier, Etape, Voie
from permis.courriers.recepisses import Bilan, FichierRefuseError, take
from permis.registre.models import Fait
from tests.courriers.plis import JOUR, brouillon, donner_adresse, plus, remettre, statuts

pytestmark = pytest.mark.django_db

ENTETE = "courrier;evenement;date;reference"
TARD = plus(60)


def jour(rang: int) -> str:
    return (JOUR + timedelta(days=rang)).isoformat()


def recommande(reference: str = "48SI") -> Courrier:
    return remettre(brouillon(Voie.RECOMMANDE, reference))


def prendre(*lignes: str, at: Any = TARD) -> Bilan:
    return take([f"{ligne}\r\n" for ligne in (ENTETE, *lignes)], at=at)


def raisons(*lignes: str, at: Any = TARD) -> list[tuple[int, str]]:
    return [(rejet.ligne, rejet.raison) for rejet in prendre(*lignes, at=at).rejets]


def test_le_chemin_d_un_recommande() -> None:
    courrier = recommande()
    bilan = prendre(
        f"{courrier.pk};poste;{jour(1)};lot-7", f"{courrier.pk};presente;{jour(3)};", f"{courrier.pk};AR;{jour(8)};1A"
    )
    assert (bilan.notees, bilan.deja, bilan.notifications, bilan.rejets) == (3, 0, 1, [])
    assert statuts(courrier)["distribue"] == known_on(courrier) == JOUR + timedelta(days=8)
    assert Etape.objects.get(courrier=courrier, statut="distribue").reference == "1A"


def test_tout_ordre_d_arrivee_donne_le_meme_etat() -> None:
    etats = []
    for ordre in permutations([f"poste;{jour(1)};a", f"presente;{jour(3)};b", f"AP;{jour(3)};c"]):
        courrier = recommande()
        for ligne in ordre:
            assert raisons(f"{courrier.pk};{ligne}") == []
        contenu = Fait.objects.get(reference=str(courrier.pk)).contenu or ""
        etats.append((statuts(courrier), known_on(courrier), contenu.replace(str(courrier.pk), "")))
    assert len(etats) == 6
    assert all(etat == etats[0] for etat in etats)


def test_un_fichier_rejoue_ne_change_rien() -> None:
    courrier = recommande()
    lignes = [f"{courrier.pk};poste;{jour(1)};a", f"{courrier.pk};NPAI;{jour(4)};b"]
    prendre(*lignes)
    avant = statuts(courrier), Fait.objects.count()
    bilan = prendre(*lignes, *lignes, at=plus(90))
    assert (bilan.notees, bilan.deja, bilan.notifications, bilan.rejets) == (0, 4, 0, [])
    assert (statuts(courrier), Fait.objects.count()) == avant


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        ("{autre};poste;{j1};a", "aucun courrier {autre}"),
        ("pas-un-id;poste;{j1};a", "courrier : ce n'est pas l'identifiant d'un courrier"),
        (";poste;{j1};a", "courrier : ce n'est pas l'identifiant d'un courrier"),
        ("{id};perdu;{j1};a", "événement inconnu : poste, presente, AR, AP ou NPAI"),
        ("{id};poste;2026-02-30;a", "date : ce n'est pas une date AAAA-MM-JJ qui existe"),
        ("{id};poste;11/03/2026;a", "date : ce n'est pas une date AAAA-MM-JJ qui existe"),
        ("{id};poste;20260311;a", "date : une date AAAA-MM-JJ est attendue"),
        ("{id};poste;;a", "date : ce n'est pas une date AAAA-MM-JJ qui existe"),
        ("{id};poste;{futur};a", "{futur} est à venir : une étape est notée quand elle a eu lieu"),
        ("{id};poste;{hier};a", "{hier} est avant le jour où ce courrier est écrit, le {j0}"),
        ("{id};poste;{j1}", "champs lus : 3, attendus : 4 (courrier;evenement;date;reference)"),
        ("{id}", "champs lus : 1, attendus : 4 (courrier;evenement;date;reference)"),
        ("{id};poste;{j1};a;b", "champs lus : 5, attendus : 4 (courrier;evenement;date;reference)"),
        ("{id};poste;{j1};" + "x" * 101, "référence : 100 caractères imprimables au plus"),
        ("{id};poste;{j1};a\x07", "référence : 100 caractères imprimables au plus"),
        ("{id};poste;{j1};a\ufffd", "cette ligne n'est pas en UTF-8"),
    ],
)
def test_une_ligne_impossible_est_refusee_et_les_autres_prises(ligne: str, raison: str) -> None:
    courrier, bonne = recommande(), recommande()
    mots = {"id": courrier.pk, "autre": uuid4(), "futur": jour(61), "hier": jour(-1), "j0": jour(0), "j1": jour(1)}
    refus = raisons(ligne.format(**mots), f"{bonne.pk};poste;{jour(1)};a")
    assert [(rang, dit.replace("« »", "«  »")) for rang, dit in refus] == [
        (2, raison.format(**mots).replace("« »", "«  »"))
    ]
    assert set(statuts(courrier)) == {"ecrit", "remis"}
    assert "poste" in statuts(bonne)


def test_ar_apres_npai_et_npai_apres_ar() -> None:
    un, autre = recommande(), recommande()
    assert raisons(f"{un.pk};NPAI;{jour(3)};a", f"{un.pk};AR;{jour(5)};b") == [
        (3, f"la poste a déjà dit « inconnu » au {jour(3)}")
    ]
    assert raisons(f"{autre.pk};AR;{jour(3)};a", f"{autre.pk};NPAI;{jour(5)};b") == [
        (3, f"la poste a déjà dit « distribue » au {jour(3)}")
    ]
    assert known_on(un) is None
    assert known_on(autre) == JOUR + timedelta(days=3)
    assert Fait.objects.filter(source="courriers").count() == 2


def test_un_avis_d_avant_son_envoi() -> None:
    courrier = recommande()
    assert raisons(f"{courrier.pk};poste;{jour(5)};a", f"{courrier.pk};AR;{jour(4)};b") == [
        (3, f"{jour(4)} est avant « poste », noté au {jour(5)}")
    ]
    assert not Fait.objects.filter(source="courriers").exists()


def test_un_avis_d_un_courrier_qu_on_n_a_pas_remis() -> None:
    courrier = brouillon(Voie.RECOMMANDE, "48SI")
    assert raisons(f"{courrier.pk};AR;{jour(4)};b") == [(2, "ce courrier n'a pas été remis à l'imprimeur")]


def test_une_lettre_simple_n_a_pas_d_avis_mais_revient() -> None:
    courrier = remettre(brouillon(Voie.SIMPLE))
    refus = raisons(*(f"{courrier.pk};{mot};{jour(4)};b" for mot in ("presente", "AR", "AP")))
    assert [ligne for ligne, _ in refus] == [2, 3, 4]
    assert raisons(f"{courrier.pk};NPAI;{jour(4)};b") == []


def test_une_adresse_inconnue_l_est_du_premier_jour() -> None:
    un = brouillon(Voie.SIMPLE)
    donner_adresse(un.dossier_id)
    adresse = AdressePostale.objects.get()
    autre = brouillon(Voie.SIMPLE, "46", dossier=un.dossier_id)
    for courrier in (un, autre):
        Courrier.objects.filter(pk=courrier.pk).update(adresse=adresse)
        remettre(courrier)
    prendre(f"{un.pk};NPAI;{jour(4)};a", f"{autre.pk};NPAI;{jour(6)};b")
    adresse.refresh_from_db()
    assert adresse.npai_le == date.fromisoformat(jour(4))


def test_le_fait_et_l_etape_ensemble_ou_pas_du_tout(monkeypatch: pytest.MonkeyPatch) -> None:
    courrier = recommande()
    prendre(f"{courrier.pk};poste;{jour(1)};a")

    def tombe(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as faute:
        faute.setattr(recepisses, "record_notification", tombe)
        with pytest.raises(KeyboardInterrupt):
            prendre(f"{courrier.pk};AR;{jour(4)};b")
    assert set(statuts(courrier)) == {"ecrit", "remis", "poste"}
    bilan = prendre(f"{courrier.pk};poste;{jour(1)};a", f"{courrier.pk};AR;{jour(4)};b")
    assert (bilan.notees, bilan.deja, bilan.notifications) == (1, 1, 1)


@pytest.mark.parametrize("entete", ["", "a;b", "courrier,evenement,date,reference", "<html>", '"courrier'])
def test_ce_qui_n_est_pas_un_fichier_de_recepisses(entete: str) -> None:
    courrier = recommande()
    with pytest.raises(FichierRefuseError, match="la première ligne doit être « courrier;evenement;date;reference »"):
        take([f"{entete}\n", f"{courrier.pk};poste;{jour(1)};a\n"], at=TARD)
    assert "poste" not in statuts(courrier)


def test_une_marque_d_ordre_des_casses_et_des_lignes_vides() -> None:
    courrier = recommande()
    bilan = take(
        ["\ufeffCourrier;Evenement;Date;Reference\n", "\n", ";;;\n", f" {courrier.pk} ; Poste ;{jour(1)};\n"], at=TARD
    )
    assert (bilan.notees, bilan.rejets) == (1, [])


def test_un_guillemet_ouvert_est_refuse_sans_perdre_la_suite() -> None:
    courrier = recommande()
    enorme = "x" * 200_000
    bilan = prendre(f'{courrier.pk};poste;{jour(1)};"{enorme}"', f"{courrier.pk};poste;{jour(1)};a")
    assert [rejet.ligne for rejet in bilan.rejets] == [2]
    assert len(bilan.rejets[0].texte) < len(enorme)
    assert "poste" in statuts(courrier)


@pytest.mark.parametrize(
    "ouvert", ['"{id};poste;{j1};a', '{id};poste;"{j1};a', '{id};poste;{j1};"a', '"{id}"x;AR;{j1};a']
)
def test_un_guillemet_ouvert_n_avale_que_sa_ligne(ouvert: str) -> None:
    premier, second = recommande(), recommande()
    fautive = ouvert.format(id=premier.pk, j1=jour(1))
    bilan = prendre(fautive, f"{second.pk};poste;{jour(1)};a", f'"{premier.pk}";"poste";"{jour(2)}";"dit ""b"""')
    assert [(rejet.ligne, rejet.texte) for rejet in bilan.rejets] == [(2, fautive)]
    assert bilan.notees == 2
    assert (statuts(second)["poste"], statuts(premier)["poste"]) == (
        JOUR + timedelta(days=1),
        JOUR + timedelta(days=2),
    )
    assert premier.etapes.get(statut="poste").reference == 'dit "b"'


def test_une_adresse_qui_ne_s_ouvre_pas_n_arrete_pas_les_lignes_suivantes() -> None:
    """Run again, the same line would stop the same file for ever."""
    abime, sain = recommande(), recommande()
    for courrier in (abime, sain):
        donner_adresse(courrier.dossier_id)
        adresse = AdressePostale.objects.filter(dossier=courrier.dossier_id).latest("recue_at")
        Courrier.objects.filter(pk=courrier.pk).update(adresse=adresse)
    siennes = AdressePostale.objects.filter(dossier=sain.dossier_id).values_list("lignes", flat=True)
    AdressePostale.objects.filter(dossier=abime.dossier_id).update(lignes=bytes(siennes[0]))
    bilan = prendre(f"{abime.pk};NPAI;{jour(3)};", f"{sain.pk};NPAI;{jour(3)};")
    assert ([rejet.ligne for rejet in bilan.rejets], bilan.notees) == ([2], 1)
    assert "inconnu" not in statuts(abime)
    assert "inconnu" in statuts(sain)
