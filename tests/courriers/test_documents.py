"""Statements: issued, kept sealed, made again the same, taken back, forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import django
import pytest
from django.db import connection

django.setup()

from permis.courriers import documents  # noqa: E402 - models are imported once Django is ready
from permis.courriers.contenu import RienADireError  # noqa: E402
from permis.courriers.documents import DocumentAltereError, TropDeDocumentsError  # noqa: E402
from permis.courriers.models import Document, GenreDocument  # noqa: E402
from permis.courriers.sceau import seal_document  # noqa: E402
from permis.courriers.signature import check_pdf  # noqa: E402
from permis.courriers.verification import Verdict, check_numero, check_secret  # noqa: E402
from tests.courriers.conducteurs import (  # noqa: E402
    DES_POINTS,
    MARQUE,
    emettre,
    lire,
    numero_de,
    secret_de,
    sept_points,
    suspendre,
    texte_du_pdf,
)
from tests.usagers.fabrique import MIDI  # noqa: E402

pytestmark = pytest.mark.django_db
SANS_POINTS = [GenreDocument.RIR, GenreDocument.ADC]


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("genre", list(GenreDocument))
def test_un_document_est_signe_et_porte_son_numero(genre: GenreDocument, langue: str) -> None:
    document, pdf = emettre(sept_points(), genre, langue)
    controle = check_pdf(pdf, at=MIDI)
    assert controle.is_authentique
    assert controle.donnees is not None
    assert controle.donnees["numero"] == numero_de(document)
    assert numero_de(document) in texte_du_pdf(pdf)


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("genre", SANS_POINTS)
def test_ni_points_ni_infractions_dans_le_restreint_et_l_attestation(genre: GenreDocument, langue: str) -> None:
    document, pdf = emettre(sept_points(), genre, langue)
    donnees = check_pdf(pdf, at=MIDI).donnees
    dits = (
        texte_du_pdf(pdf),
        str(donnees),
        document.unseal_column("contenu") or "",
        document.unseal_column("sceau") or "",
    )
    for dit in dits:
        assert not DES_POINTS.findall(dit)
        assert MARQUE not in dit
    assert not {"solde", "plafond", "points"} & set(donnees or {})


def test_le_releve_integral_dit_les_points_et_les_infractions() -> None:
    """Else the tests above would look for what is nowhere."""
    document, pdf = emettre(sept_points(), GenreDocument.RII)
    assert DES_POINTS.search(texte_du_pdf(pdf))
    assert MARQUE in (document.unseal_column("contenu") or "")


def test_l_attestation_vaut_quatre_mois_et_les_releves_leur_etat() -> None:
    dossier = sept_points()
    assert emettre(dossier)[0].expire_le == date(2027, 3, 22)
    assert emettre(dossier, at=datetime(2027, 10, 31, 11, tzinfo=MIDI.tzinfo))[0].expire_le == date(2028, 2, 29)
    assert emettre(dossier, GenreDocument.RIR)[0].expire_le is None
    assert emettre(dossier, GenreDocument.RII)[0].expire_le is None


def test_de_deux_releves_faits_ensemble_aucun_n_est_de_trop(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = sept_points()
    monkeypatch.setattr(documents, "PAR_JOUR", 1)

    def seal_late(contenu: dict[str, object]) -> str:
        """Another one is issued while this one is drawn."""
        monkeypatch.setattr(documents, "seal_document", seal_document)
        emettre(dossier)
        return seal_document(contenu)

    monkeypatch.setattr(documents, "seal_document", seal_late)
    with pytest.raises(TropDeDocumentsError):
        emettre(dossier)
    assert Document.objects.count() == 1


def test_pas_d_attestation_pour_qui_n_a_pas_le_droit_de_conduire() -> None:
    dossier = sept_points()
    suspendre(dossier, MIDI)
    with pytest.raises(RienADireError):
        emettre(dossier, at=MIDI + timedelta(minutes=1))
    assert not Document.objects.exists()
    assert emettre(dossier, GenreDocument.RIR, at=MIDI + timedelta(minutes=1))


def test_deux_documents_n_ont_rien_de_commun() -> None:
    dossier = sept_points()
    un, autre = (emettre(dossier)[0] for _ in range(2))
    assert numero_de(un) != numero_de(autre)
    assert secret_de(un) != secret_de(autre)
    assert len(secret_de(un)) >= 22, "128 bits"


def test_rien_de_personnel_ne_se_lit_en_base() -> None:
    document, _ = emettre(sept_points(), GenreDocument.RII)
    with connection.cursor() as curseur:
        curseur.execute("SELECT * FROM courriers_document")
        lu = b"".join(v if isinstance(v, bytes) else str(v).encode() for v in curseur.fetchone())
    clairs = ("ESSAI", "Angèle", MARQUE, numero_de(document), secret_de(document))
    assert not [clair for clair in clairs if clair.encode() in lu]
    assert not document.find_altered()


@pytest.mark.parametrize("genre", list(GenreDocument))
def test_refait_plus_tard_il_est_le_meme(genre: GenreDocument) -> None:
    document, _ = emettre(sept_points(), genre)
    relu = Document.objects.get(pk=document.pk)
    assert check_pdf(documents.pdf_of(relu, at=MIDI + timedelta(days=60)), at=MIDI + timedelta(days=60)).is_authentique


def test_une_ligne_changee_ne_se_fait_plus_passer_pour_ce_qui_fut_emis() -> None:
    document, _ = emettre(sept_points())
    contenu = (document.unseal_column("contenu") or "").replace("ESSAI", "AUTRE")
    document.seal_columns(contenu=contenu)
    document.save()
    with pytest.raises(DocumentAltereError):
        documents.pdf_of(document, at=MIDI)


def test_le_numero_et_le_secret_se_retrouvent_par_leur_index() -> None:
    document, _ = emettre(sept_points())
    assert check_numero(numero_de(document), MIDI) is Verdict.AUTHENTIQUE
    assert check_secret(secret_de(document), MIDI).verdict is Verdict.AUTHENTIQUE
    assert check_secret(numero_de(document), MIDI).verdict is Verdict.INCONNU
    assert check_numero(secret_de(document), MIDI) is Verdict.INCONNU


def test_le_secret_est_dans_l_adresse_que_dit_le_qr_apres_le_point_d_interrogation() -> None:
    """No log of the site or of its proxy writes what follows it."""
    assert documents.url_of("abc", "fr").endswith("/v?s=abc")
    assert documents.url_of("abc", "en").endswith("/en/v?s=abc")


def test_on_ne_prend_pas_cent_documents_en_un_jour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "PAR_JOUR", 2)
    dossier, autre = sept_points(), sept_points()
    emettre(dossier)
    emettre(dossier, at=MIDI + timedelta(hours=1))
    with pytest.raises(TropDeDocumentsError):
        emettre(dossier, at=MIDI + timedelta(hours=2))
    assert Document.objects.filter(dossier=dossier).count() == 2
    emettre(autre)
    emettre(dossier, at=MIDI + timedelta(days=1))


@pytest.mark.parametrize("langue", ["de", "", "FR"])
def test_une_langue_qui_n_est_pas_des_deux_est_refusee(langue: str) -> None:
    lu = lire(sept_points())
    with pytest.raises(ValueError, match="langue"):
        documents.issue(lu, GenreDocument.ADC, langue, at=MIDI)
    assert not Document.objects.exists()


def test_annule_une_fois_il_garde_sa_date() -> None:
    document, _ = emettre(sept_points())
    documents.revoke(document.pk, at=MIDI)
    documents.revoke(document.pk, at=MIDI + timedelta(days=1))
    assert Document.objects.get(pk=document.pk).revoque_at == MIDI


def test_un_document_est_oublie_un_an_apres() -> None:
    document, _ = emettre(sept_points())
    assert documents.forget(MIDI + documents.CONSERVATION) == 0
    assert documents.forget(MIDI + documents.CONSERVATION + timedelta(seconds=1)) == 1
    assert check_numero(numero_de(document), MIDI) is Verdict.INCONNU
