"""Is a document ours, and still good? What each way of asking answers, and what none ever tells."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import django
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

django.setup()

from permis.courriers import documents, verification  # noqa: E402 - models are imported once Django is ready
from permis.courriers.contenu.releves import etat_de  # noqa: E402
from permis.courriers.models import Document, GenreDocument  # noqa: E402
from permis.courriers.verification import Constat, Verdict  # noqa: E402
from permis.registre.models import Consultation  # noqa: E402
from permis.registre.temps import jour_legal  # noqa: E402
from tests.courriers.conducteurs import (  # noqa: E402
    DES_POINTS,
    MARQUE,
    emettre,
    numero_de,
    photographier,
    sceau_de,
    secret_de,
    sept_points,
    suspendre,
)
from tests.usagers.fabrique import MIDI  # noqa: E402

pytestmark = pytest.mark.django_db
MINUTE, JOUR = timedelta(minutes=1), timedelta(days=1)
Titre = tuple[Document, bytes]
AUTHENTIQUE, ALTERE, EXPIRE, REVOQUE, INCONNU = (
    Verdict.AUTHENTIQUE, Verdict.ALTERE, Verdict.EXPIRE, Verdict.REVOQUE, Verdict.INCONNU,
)  # fmt: skip


def par_numero(titre: Titre, at: datetime) -> Constat:
    return Constat(verification.check_numero(numero_de(titre[0]), at))


def par_secret(titre: Titre, at: datetime) -> Constat:
    return verification.check_secret(secret_de(titre[0]), at)


def par_sceau(titre: Titre, at: datetime) -> Constat:
    return verification.check_sceau(sceau_de(titre[0]), at)


def par_pdf(titre: Titre, at: datetime) -> Constat:
    return verification.check_fichier(titre[1], at)


def par_photo(titre: Titre, at: datetime) -> Constat:
    return verification.check_fichier(photographier(titre[1]), at)


TENUS: dict[str, Callable[[Titre, datetime], Constat]] = {
    "secret": par_secret, "sceau": par_sceau, "pdf": par_pdf, "photo": par_photo,
}  # fmt: skip
MOYENS = {"numero": par_numero, **TENUS}


@pytest.mark.parametrize("moyen", MOYENS)
@pytest.mark.parametrize("genre", list(GenreDocument))
def test_un_document_frais_est_authentique(genre: GenreDocument, moyen: str) -> None:
    assert MOYENS[moyen](emettre(sept_points(), genre), MIDI).verdict is AUTHENTIQUE


@pytest.mark.parametrize("moyen", TENUS)
@pytest.mark.parametrize("genre", [GenreDocument.ADC, GenreDocument.RIR])
def test_qui_tient_le_document_voit_ce_qu_il_dit_et_rien_d_autre(genre: GenreDocument, moyen: str) -> None:
    titre = emettre(sept_points(), genre, "en")
    montre = TENUS[moyen](titre, MIDI).montre
    assert montre is not None
    contenu = documents.read_document(titre[0])
    assert montre.textes == contenu["textes"]["en"]
    assert (montre.numero, montre.titulaire) == (numero_de(titre[0]), contenu["destinataire"]["nom_complet"])
    assert not DES_POINTS.findall(str(montre))


@pytest.mark.parametrize("moyen", TENUS)
def test_le_controle_d_un_releve_integral_ne_repete_ni_points_ni_infractions(moyen: str) -> None:
    montre = TENUS[moyen](emettre(sept_points(), GenreDocument.RII), MIDI).montre
    assert montre is not None
    assert montre.textes is None
    assert not DES_POINTS.findall(str(montre))
    assert MARQUE not in str(montre)


@pytest.mark.parametrize(
    "ecrire", [str.lower, lambda n: n.replace("-", " "), lambda n: n.replace("0", "O").replace("1", "l"), str.strip]
)
def test_un_numero_se_recopie_comme_on_peut(ecrire: Callable[[str], str]) -> None:
    numero = numero_de(emettre(sept_points())[0])
    assert verification.check_numero(ecrire(numero), MIDI) is AUTHENTIQUE


@pytest.mark.parametrize("moyen", MOYENS)
@pytest.mark.parametrize("genre", list(GenreDocument))
def test_une_suspension_se_voit_a_la_minute_suivante(genre: GenreDocument, moyen: str) -> None:
    dossier = sept_points()
    titre = emettre(dossier, genre)
    assert MOYENS[moyen](titre, MIDI + MINUTE).verdict is AUTHENTIQUE
    suspendre(dossier, MIDI + MINUTE)
    constat = MOYENS[moyen](titre, MIDI + 2 * MINUTE)
    assert constat.verdict is REVOQUE
    assert constat.montre is None or constat.montre.textes is None, "what is no longer true is not repeated"


def test_le_document_pris_pendant_la_suspension_la_dit_et_reste_authentique() -> None:
    dossier = sept_points()
    suspendre(dossier, MIDI)
    titre = emettre(dossier, GenreDocument.RIR, at=MIDI + MINUTE)
    assert par_numero(titre, MIDI + 2 * MINUTE).verdict is AUTHENTIQUE
    assert "suspen" in str(documents.read_document(titre[0])["textes"]["fr"]).lower()


@pytest.mark.parametrize("moyen", MOYENS)
def test_annule_par_son_titulaire(moyen: str) -> None:
    titre = emettre(sept_points())
    documents.revoke(titre[0].pk, at=MIDI)
    assert MOYENS[moyen](titre, MIDI).verdict is REVOQUE


@pytest.mark.parametrize("moyen", MOYENS)
def test_l_attestation_vaut_encore_son_dernier_jour_et_plus_le_lendemain(moyen: str) -> None:
    titre = emettre(sept_points())
    dernier = datetime(2027, 3, 22, 22, 59, tzinfo=MIDI.tzinfo)  # 23:59 in Paris
    assert jour_legal(dernier) == titre[0].expire_le
    assert MOYENS[moyen](titre, dernier).verdict is AUTHENTIQUE
    assert MOYENS[moyen](titre, dernier + MINUTE).verdict is EXPIRE


@pytest.mark.parametrize("jours", [1, 40, 364])
def test_le_temps_seul_ne_revoque_pas_un_releve(jours: int) -> None:
    """Days pass, points come back: what it says of the right to drive is as true as on the first day."""
    titre = emettre(sept_points(), GenreDocument.RIR)
    assert par_secret(titre, MIDI + jours * JOUR).verdict is AUTHENTIQUE


@pytest.mark.parametrize("rang", [0, 3, 9, 30, 60, -104, -60, -1])
def test_un_caractere_change_du_cachet(rang: int) -> None:
    sceau = sceau_de(emettre(sept_points())[0])
    autre = "A" if sceau[rang] != "A" else "B"
    change = sceau[:rang] + autre + (sceau[rang:][1:])
    constat = verification.check_sceau(change, MIDI)
    assert constat.verdict in {ALTERE, INCONNU}
    assert constat.montre is None


def test_un_nom_change_du_cachet_est_dit_altere() -> None:
    sceau = sceau_de(emettre(sept_points())[0])
    assert "ESSAI" in sceau
    assert verification.check_sceau(sceau.replace("ESSAI", "ESSAY"), MIDI) == Constat(ALTERE)


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_un_octet_change_du_pdf(part: float) -> None:
    octets = bytearray(emettre(sept_points())[1])
    octets[int(len(octets) * part)] ^= 1
    assert verification.check_fichier(bytes(octets), MIDI).verdict in {ALTERE, INCONNU}
    assert verification.check_fichier(bytes(octets), MIDI).montre is None


def test_ce_qui_suit_la_signature_est_une_alteration() -> None:
    pdf = emettre(sept_points())[1]
    assert verification.check_fichier(pdf + b"\n%%EOF\n", MIDI) == Constat(ALTERE)


def image(taille: tuple[int, int] = (400, 400)) -> bytes:
    sortie = io.BytesIO()
    Image.new("L", taille, 200).save(sortie, "PNG")
    return sortie.getvalue()


@pytest.mark.parametrize(
    "octets",
    [b"", b"\0", b"%PDF-", b"%PDF-1.7 rien", image(), image()[:90], b"GIF89a" + b"\0" * 50, "é".encode() * 300],
)
def test_ce_qui_n_est_rien_de_nous_est_inconnu(octets: bytes) -> None:
    assert verification.check_fichier(octets, MIDI) == Constat(INCONNU)


@pytest.mark.parametrize("texte", ["", "DC", "DC04", "bonjour", "DC04XX000001" + "0" * 200, "\0", "x" * 5000, "é"])
def test_un_texte_qui_n_est_pas_un_cachet(texte: str) -> None:
    assert verification.check_sceau(texte, MIDI).verdict in {ALTERE, INCONNU}
    assert verification.check_secret(texte, MIDI) == Constat(INCONNU)
    assert verification.check_numero(texte, MIDI) is INCONNU


def test_un_pdf_de_nous_sans_sa_signature_est_inconnu() -> None:
    document, _ = emettre(sept_points())
    nu = documents._render(document, documents.read_document(document), sceau_de(document))
    assert verification.check_fichier(nu, MIDI) == Constat(INCONNU)


def test_deux_documents_sur_une_photo_sont_un_montage() -> None:
    une, autre = (Image.open(io.BytesIO(photographier(emettre(sept_points())[1]))) for _ in range(2))
    montage = Image.new("RGB", (une.width * 2, une.height), "white")
    montage.paste(une, (0, 0))
    montage.paste(autre, (une.width, 0))
    sortie = io.BytesIO()
    montage.save(sortie, "PNG")
    assert verification.check_fichier(sortie.getvalue(), MIDI) == Constat(ALTERE)


@pytest.mark.parametrize(
    "adresse",
    [
        "https://permis.exemple.invalid/v?s={}",
        "{}",
        "http://127.0.0.1:8000.evil.example/v?s={}",
        "http://[{}",
        "//\u2100/{}",
    ],
)
def test_le_qr_d_un_autre_site_n_est_pas_le_notre(adresse: str) -> None:
    secret = secret_de(emettre(sept_points())[0])
    assert verification.read_secret(adresse.format(secret)) == ""
    assert verification.read_secret(documents.url_of(secret, "en")) == secret


def test_une_verification_s_inscrit_au_journal_du_titulaire_et_elle_seule() -> None:
    dossier = sept_points()
    titre = emettre(dossier)
    avant = Consultation.objects.count()
    par_numero(titre, MIDI)
    par_secret(titre, MIDI)
    lignes = Consultation.objects.filter(role="porteur")
    assert {(ligne.dossier_id, ligne.acte, ligne.compte) for ligne in lignes} == {
        (dossier, "verifier_un_document", None)
    }
    assert Consultation.objects.count() == avant + 2
    verification.check_numero("0000-0000-0000-0000", MIDI)
    documents.revoke(titre[0].pk, at=MIDI)
    par_numero(titre, MIDI)
    assert Consultation.objects.count() == avant + 2, "nothing is read for what is unknown, or worth nothing"


def test_le_meme_travail_pour_un_numero_juste_ou_faux(monkeypatch: pytest.MonkeyPatch) -> None:
    rejoues: list[Any] = []

    def compter(lu: Any, le: date) -> dict[str, Any]:
        rejoues.append(lu)
        return etat_de(lu, le)

    monkeypatch.setattr(verification, "etat_de", compter)
    titre, annule = emettre(sept_points()), emettre(sept_points())
    documents.revoke(annule[0].pk, at=MIDI)
    cas: dict[str, Callable[[], object]] = {
        "juste": lambda: par_numero(titre, MIDI),
        "annule": lambda: par_numero(annule, MIDI),
        "perime": lambda: par_numero(titre, MIDI + 200 * JOUR),
        "faux": lambda: verification.check_numero("0000-0000-0000-0000", MIDI),
        "absurde": lambda: verification.check_numero("x", MIDI),
        "secret faux": lambda: verification.check_secret("x", MIDI),
        "cachet faux": lambda: verification.check_sceau("x", MIDI),
        "fichier faux": lambda: verification.check_fichier(b"x", MIDI),
    }
    for nom, demander in cas.items():
        rejoues.clear()
        demander()
        assert len(rejoues) == 1, nom


def test_les_memes_recherches_pour_un_numero_juste_ou_faux() -> None:
    titre = emettre(sept_points())

    def recherches(numero: str) -> list[str]:
        with CaptureQueriesContext(connection) as requetes:
            verification.check_numero(numero, MIDI)
        return [r["sql"].split("WHERE")[0] for r in requetes if "numero_index" in r["sql"]]

    juste, faux = recherches(numero_de(titre[0])), recherches("0000-0000-0000-0000")
    assert juste == faux
    assert len(faux) == 2
