"""What the register erased goes from letters, statements, addresses too; who holds a letter still has an answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import django
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

django.setup()

from permis.courriers.adresses import receive_adresse  # noqa: E402 - models are imported once Django is ready
from permis.courriers.boite import list_all, list_courriers, wants_adresse  # noqa: E402
from permis.courriers.dus import owe  # noqa: E402
from permis.courriers.ecriture import RenvoiRefuseError, write_due, write_renvoi  # noqa: E402
from permis.courriers.etapes import note  # noqa: E402
from permis.courriers.lettres import CourrierEffaceError, cite_courrier, pdf_of, read_courrier  # noqa: E402
from permis.courriers.models import (  # noqa: E402
    AdressePostale,
    Courrier,
    Document,
    GenreDocument,
    SourceAdresse,
    Statut,
)
from permis.courriers.numeros import make_numero  # noqa: E402
from permis.courriers.oubli import JAMAIS_PARTI, Oubli, forget_erased  # noqa: E402
from permis.courriers.veille import list_stuck  # noqa: E402
from permis.courriers.verification import Verdict, check_numero, check_pdf, check_sceau  # noqa: E402
from permis.courriers.voies.renvois import send_again  # noqa: E402
from permis.identites.models import Compte  # noqa: E402
from permis.identites.roles import Moyen  # noqa: E402
from permis.registre.conservation import erase  # noqa: E402
from permis.registre.rotation import rotate_cles  # noqa: E402
from permis.registre.temps import jour_legal  # noqa: E402
from tests.courriers.conducteurs import MARQUE, emettre, numero_de, sceau_de  # noqa: E402
from tests.usagers.fabrique import MIDI, Conducteur, conducteur, connecter, enregistrer, infraction, realite  # noqa: E402
from tests.usagers.visite import mots, titre  # noqa: E402

pytestmark = pytest.mark.django_db
ECRIT = datetime(2026, 1, 6, 11, tzinfo=UTC)
PERMIS: dict[str, object] = {
    "type": "delivrance", "id": "permis", "date": "2000-01-10", "categorie": "B", "filiere": "traditionnelle",
}  # fmt: skip
DOMICILE = ["12 rue des Essais", "75012 Paris"]


def dix_ans() -> Conducteur:
    """An offence of more than ten years ago, whose letters were written late; at home since before."""
    faits = (PERMIS, infraction("marque", "2015-07-01", 1, classe="contravention_2", libelle=MARQUE))
    qui = conducteur(*faits, realite("marque", "2015-08-01"), at=ECRIT - timedelta(days=1))
    adresse(qui, DOMICILE, ECRIT)
    return qui


def adresse(
    qui: Conducteur, lignes: list[str], at: datetime, source: SourceAdresse = SourceAdresse.TITULAIRE, fait: str = ""
) -> AdressePostale:
    return receive_adresse(qui.dossier, lignes, source, jour_legal(at), at=at, fait=fait)


def ecrire(qui: Conducteur, at: datetime = ECRIT) -> list[Courrier]:
    owe(qui.dossier, at=at)
    write_due(at=at)
    return list(Courrier.objects.filter(dossier=qui.dossier).order_by("ecrit_at", "reference"))


def poster(*courriers: Courrier, jour: date = date(2026, 1, 8)) -> None:
    for courrier in courriers:
        note(courrier, Statut.REMIS, jour, at=MIDI)
        note(courrier, Statut.POSTE, jour, at=MIDI)


def effacer(qui: Conducteur, at: datetime = MIDI) -> None:
    assert erase(qui.dossier, jour_legal(at), at=at).effacables


def postees() -> tuple[Conducteur, list[Courrier]]:
    qui = dix_ans()
    courriers = ecrire(qui)
    poster(*courriers)
    return qui, courriers


def effacees() -> tuple[Conducteur, list[Courrier], list[str]]:
    """Letters erased, and the 2D-Doc of each as it was."""
    qui, courriers = postees()
    sceaux = [sceau_de(courrier) for courrier in courriers]
    effacer(qui)
    forget_erased(MIDI)
    return qui, [Courrier.objects.get(pk=courrier.pk) for courrier in courriers], sceaux


def test_ce_que_le_registre_efface_les_courriers_l_oublient() -> None:
    qui, courriers = postees()
    assert {courrier.reference for courrier in courriers} >= {"48"}
    assert any(MARQUE in (courrier.unseal_column("contenu") or "") for courrier in courriers)
    effacer(qui)
    assert forget_erased(MIDI).courriers == len(courriers)
    for avant in courriers:
        courrier = Courrier.objects.get(pk=avant.pk)
        assert (courrier.contenu, courrier.sceau, courrier.adresse) == (None, None, None)
        assert courrier.efface_le == jour_legal(MIDI)
        assert (courrier.numero_index, courrier.empreinte) == (avant.numero_index, avant.empreinte)
        assert courrier.etapes.count() == 3
    assert forget_erased(MIDI) == Oubli()


def test_sans_effacement_rien_ne_s_oublie() -> None:
    postees()
    emettre_rii()
    assert forget_erased(MIDI + timedelta(days=3000)) == Oubli()


def test_la_lettre_d_un_fait_garde_reste() -> None:
    faits = (PERMIS, infraction("recente", "2025-11-01", 3), realite("recente", "2025-12-01"))
    qui = conducteur(*faits, at=ECRIT - timedelta(days=1))
    courriers = ecrire(qui)
    poster(*courriers)
    enregistrer(
        qui.dossier, {"type": "mesure", "id": "m", "nature": "suspension", "debut": "2026-01-02", "fin": "2026-02-02"},
        at=MIDI - timedelta(days=9),
    )  # fmt: skip
    enregistrer(
        qui.dossier,
        {"type": "annulation", "id": "am", "vise": "m", "date": "2026-11-14", "autorite": "juge_administratif"},
        at=MIDI - timedelta(days=8),
    )
    effacer(qui)
    assert forget_erased(MIDI) == Oubli(courriers=0)
    assert all(Courrier.objects.get(pk=courrier.pk).contenu for courrier in courriers)


def test_une_lettre_encore_en_chemin_n_est_pas_videe() -> None:
    """It is still owed to its holder: gone, until the time to contest it is over; here, for a year."""
    qui = dix_ans()
    partie, *restees = ecrire(qui)
    poster(partie, jour=jour_legal(MIDI) - timedelta(days=20))
    effacer(qui)
    assert forget_erased(MIDI).courriers == 0
    assert forget_erased(MIDI + timedelta(days=44)).courriers == 1
    assert Courrier.objects.get(pk=partie.pk).efface_le
    assert all(Courrier.objects.get(pk=restee.pk).efface_le is None for restee in restees)
    assert forget_erased(ECRIT + JAMAIS_PARTI).courriers == len(restees) > 0
    assert all(restee.etapes.filter(statut=Statut.ABANDONNE).exists() for restee in restees)


def test_la_page_du_titulaire_le_dit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI)
    qui, (courrier, *_), _ = effacees()
    client = connecter(Compte.objects.get(pk=qui.compte), Moyen.FRANCECONNECT)
    adresse = f"/mon-permis/courriers/{courrier.pk}"
    assert "Ce qu’elle disait est effacé" in mots(client.get("/mon-permis/courriers"))
    page = mots(client.get(adresse))
    assert "Ce que disait cette lettre est effacé depuis le" in page
    assert numero_de(courrier) in page
    assert "Télécharger le PDF" not in page
    assert client.get(f"{adresse}/pdf").status_code == 410
    assert titre(client.get(adresse)) == "Courrier effacé"
    assert not any(lu.contenu for lu in list_courriers(qui.dossier, jour_legal(MIDI)))
    assert not any(lu.contenu or lu.adresse for lu in list_all(qui.dossier, jour_legal(MIDI)))
    assert not wants_adresse(qui.dossier)


def test_qui_tient_la_lettre_apprend_encore_qu_elle_est_de_nous() -> None:
    _, (courrier, *_), (sceau, *_) = effacees()
    assert check_numero(numero_de(courrier), MIDI) is Verdict.AUTHENTIQUE
    constat = check_sceau(sceau, MIDI)
    assert (constat.verdict, constat.montre, constat.efface) == (Verdict.AUTHENTIQUE, None, True)


def test_son_pdf_d_alors_est_encore_reconnu_et_n_est_plus_refait(client: Client) -> None:
    qui, (courrier, *_) = postees()
    pdf = pdf_of(courrier, at=MIDI)
    effacer(qui)
    forget_erased(MIDI)
    garde = Courrier.objects.get(pk=courrier.pk)
    constat = check_pdf(pdf, MIDI)
    assert (constat.verdict, constat.efface) == (Verdict.AUTHENTIQUE, True)
    with pytest.raises(CourrierEffaceError):
        pdf_of(garde, at=MIDI)
    with pytest.raises(CourrierEffaceError):
        read_courrier(garde)
    fichier = SimpleUploadedFile("lettre.pdf", pdf)
    assert "nous n’avons plus de texte à comparer" in mots(client.post("/verifier/fichier", {"fichier": fichier}))


def test_une_lettre_effacee_ne_repart_pas_et_ne_bloque_rien() -> None:
    qui, (courrier, *_) = postees()
    note(courrier, Statut.INCONNU, date(2026, 1, 20), at=MIDI)
    effacer(qui)
    autre = adresse(qui, ["1 rue Neuve", "75001 Paris"], MIDI)
    with pytest.raises(RenvoiRefuseError):
        write_renvoi(courrier, autre, at=MIDI)
    assert send_again(at=MIDI) == 0
    forget_erased(MIDI)
    with pytest.raises(RenvoiRefuseError, match="effacée"):
        write_renvoi(Courrier.objects.get(pk=courrier.pk), autre, at=MIDI)
    assert send_again(at=MIDI) == 0
    assert courrier.pk not in {bloque.courrier for bloque in list_stuck(at=MIDI)}


def test_une_lettre_effacee_se_cite_encore() -> None:
    _, (courrier, *_), _ = effacees()
    assert cite_courrier(courrier) == {"numero": numero_de(courrier), "ecrit_le": "2026-01-06"}


def test_les_cles_tournent_sur_une_lettre_effacee() -> None:
    _, (courrier, *_), _ = effacees()
    numero = numero_de(courrier)
    rotate_cles()
    garde = Courrier.objects.get(pk=courrier.pk)
    assert garde.find_altered() == []
    assert check_numero(numero, MIDI) is Verdict.AUTHENTIQUE


def emettre_rii() -> Document:
    """Of the only file."""
    return emettre(Courrier.objects.all()[0].dossier_id, GenreDocument.RII, at=ECRIT)[0]


def test_le_releve_integral_d_avant_part_et_l_attestation_reste() -> None:
    qui, _ = postees()
    genres = (GenreDocument.RII, GenreDocument.RIR, GenreDocument.ADC)
    avant = [emettre(qui.dossier, genre, at=MIDI - timedelta(days=1))[0].pk for genre in genres]
    effacer(qui)
    apres = emettre(qui.dossier, GenreDocument.RII, at=MIDI + timedelta(hours=1))[0].pk
    assert forget_erased(MIDI + timedelta(hours=2)).documents == 1
    assert set(Document.objects.values_list("pk", flat=True)) == {*avant[1:], apres}


def test_les_adresses_d_un_fait_efface_partent_et_la_derniere_connue_reste() -> None:
    qui = dix_ans()
    ancienne = AdressePostale.objects.get()
    constat = adresse(qui, ["3 rue du Radar", "75003 Paris"], ECRIT, SourceAdresse.CONTROLE, "marque")
    derniere = adresse(qui, ["1 rue Neuve", "75001 Paris"], ECRIT + timedelta(days=2))
    poster(*ecrire(qui))
    effacer(qui)
    assert forget_erased(MIDI).adresses == 2
    assert list(AdressePostale.objects.all()) == [derniere]
    assert {ancienne, constat}.isdisjoint(AdressePostale.objects.all())


def test_un_dossier_en_echec_n_arrete_pas_les_autres(monkeypatch: pytest.MonkeyPatch) -> None:
    qui, _ = postees()
    effacer(qui)
    monkeypatch.setattr("permis.courriers.oubli.read_courrier", lambda _: 1 // 0)
    assert forget_erased(MIDI).echecs == [qui.dossier]
    assert Courrier.objects.filter(efface_le=None).exists()


def test_ce_qui_reprend_une_lettre_apres_l_effacement_s_oublie_aussi() -> None:
    qui, (courrier, *_) = postees()
    effacer(qui)
    apres = MIDI + timedelta(hours=1)
    reprise = Courrier(
        du=courrier.du, rang=9, vise=courrier, nature="reprise", dossier_id=qui.dossier, reference=courrier.reference,
        gabarit=courrier.gabarit, empreinte="", specimen=True, voie="simple", ecrit_le=jour_legal(apres),
        ecrit_at=apres,
    )  # fmt: skip
    reprise.seal_columns(numero=make_numero(), contenu=courrier.unseal_column("contenu"), sceau="DC04")
    reprise.save(force_insert=True)
    note(reprise, Statut.ECRIT, jour_legal(apres), at=apres)
    note(reprise, Statut.ABANDONNE, jour_legal(apres), at=apres)
    forget_erased(apres)
    assert Courrier.objects.get(pk=reprise.pk).efface_le
