"""A signed PDF is accepted by others who know its root, stays PDF/A and PDF/UA, and says the same."""

import asyncio
import io
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pdfua
import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from permis.courriers.authenticite import Authenticite
from permis.courriers.autorite import AutoriteDeCertification, AutoriteError, read_autorite, read_pem
from permis.courriers.controle_pdf import ControlePdf
from permis.courriers.emission import Couple, make_racine, make_signature, renew, withdraw
from permis.courriers.rendu import PIECE
from permis.courriers.signature import check_pdf, sign_pdf
from tests.courriers.exemplaires import read_contenu
from tests.courriers.exemplaires.pages import count_pages, draw_page, read_texte
from tests.courriers.scelles import MIDI, page, put

pytestmark = pytest.mark.usefixtures("autorite")
MINUTE = timedelta(minutes=1)


def controler(pdf: bytes) -> ControlePdf:
    return check_pdf(pdf, at=MIDI + MINUTE)


def validate_by_pyhanko(pdf: bytes, autorite: AutoriteDeCertification) -> PdfSignatureStatus:
    """What pyHanko answers whoever trusts the root of the authority, without a network."""
    racines = [asn1_x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in autorite.autorites]
    contexte = ValidationContext(trust_roots=racines, allow_fetching=False, moment=MIDI)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    with ThreadPoolExecutor(1) as fil:  # a browser of other tests may leave a loop running in this thread
        return fil.submit(validate_pdf_signature, signature, contexte).result()


def test_pyhanko_accepte_la_signature() -> None:
    statut = validate_by_pyhanko(sign_pdf(page(), at=MIDI), read_autorite())
    assert statut.bottom_line
    assert statut.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert statut.modification_level is ModificationLevel.NONE
    assert statut.docmdp_ok
    assert statut.signer_reported_dt == MIDI
    assert statut.md_algorithm == "sha256"


def test_signer_dans_une_boucle_qui_tourne_deja() -> None:
    async def signer() -> bytes:
        return sign_pdf(page(), at=MIDI)

    with ThreadPoolExecutor(1) as fil:
        pdf = fil.submit(asyncio.run, signer()).result()
    assert controler(pdf).is_authentique


def test_c_est_une_certification_pades_qui_ne_permet_rien() -> None:
    (signature,) = PdfFileReader(io.BytesIO(sign_pdf(page(), at=MIDI))).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
    attributs = {attribut["type"].native for attribut in signature.signer_info["signed_attrs"]}
    assert {"content_type", "message_digest", "signing_certificate_v2"} <= attributs
    assert "signing_time" not in attributs, "PAdES writes it in the dictionary"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")
def test_openssl_accepte_la_signature(tmp_path: Path, autorite: Path) -> None:
    pdf = sign_pdf(page(), at=MIDI)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    debut, long, reprise, reste = signature.byte_range
    (tmp_path / "cms").write_bytes(signature.pkcs7_content)
    (tmp_path / "signes").write_bytes(pdf[debut:long] + pdf[reprise : reprise + reste])
    mots = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", "-out", "/dev/null"]
    noms = {"-in": tmp_path / "cms", "-content": tmp_path / "signes", "-CAfile": autorite / "racine.pem"}
    fichiers = [mot for nom, chemin in noms.items() for mot in (nom, str(chemin))]
    fini = subprocess.run([*mots, *fichiers], capture_output=True, check=False)
    assert fini.returncode == 0, fini.stderr


def test_nous_l_acceptons_et_lisons_ce_qu_elle_dit() -> None:
    controle = controler(sign_pdf(page(), at=MIDI))
    contenu = read_contenu("lettre_48")
    assert controle.is_authentique
    assert (controle.signe_at, controle.certificat, controle.specimen) == (MIDI, "signature-0001", True)
    assert controle.donnees == {**contenu["donnees"], "numero": contenu["numero"]}


@pytest.mark.parametrize("nom", ["lettre_48", "lettre_48si", "attestation"])
def test_elle_reste_pdfa_et_pdfua(nom: str, tmp_path: Path) -> None:
    avant, apres = page(nom), sign_pdf(page(nom), at=MIDI)
    assert apres.startswith(avant), "the signature is added: the page itself is untouched"
    (tmp_path / "signe.pdf").write_bytes(apres)
    assert pdfua.validate(str(tmp_path / "signe.pdf")).findings == ()
    with pikepdf.open(io.BytesIO(apres)) as signe, pikepdf.open(io.BytesIO(avant)) as page_nue:
        assert signe.Root.Metadata.read_bytes() == page_nue.Root.Metadata.read_bytes()
        assert dict(signe.docinfo) == dict(page_nue.docinfo)
        assert list(signe.attachments) == [PIECE]
        champ = signe.Root.AcroForm.Fields[0]
        assert champ.F == 4 + 128, "print, locked: PDF/A wants no hidden one"
        assert champ.Rect[0] == champ.Rect[2], "nothing to see"
        assert signe.pages[0].Tabs == "/S"
        assert "/NeedAppearances" not in signe.Root.AcroForm
        assert signe.Root.Perms.DocMDP is not None
        assert "/JavaScript" not in apres.decode("latin-1")
    assert json.loads(json.dumps(read_texte(apres))) == read_texte(avant)


def test_elle_se_dessine_comme_avant() -> None:
    avant, apres = page("lettre_48si"), sign_pdf(page("lettre_48si"), at=MIDI)
    for rang in range(count_pages(avant)):
        assert draw_page(avant, rang, 1).tobytes() == draw_page(apres, rang, 1).tobytes()


def test_plusieurs_fils_signent_et_controlent_a_la_fois() -> None:
    moments = [MIDI - MINUTE * rang for rang in range(24)]
    with ThreadPoolExecutor(8) as fils:
        signes = list(fils.map(lambda at: sign_pdf(page(), at=at), moments))
        controles = list(fils.map(controler, signes))
    assert [c.signe_at for c in controles] == moments
    assert all(c.is_authentique for c in controles)


def test_signer_et_importer_ne_coutent_qu_a_qui_signe() -> None:
    code = (
        "import django, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'permis.config.settings.test'; django.setup();"
        "from django.urls import reverse; reverse('public:accueil');"
        "import permis.courriers.signature, permis.courriers.lecture_sceau, permis.courriers.sceau;"
        "print([m for m in ('pyhanko', 'asn1crypto', 'PIL') if m in sys.modules])"
    )
    fini = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert fini.stdout == b"[]\n"


# Certificates


@pytest.mark.parametrize(
    ("moment", "issue"),
    [
        (MIDI - timedelta(days=1, seconds=1), Authenticite.PERIME),
        (MIDI - timedelta(days=1), Authenticite.AUTHENTIQUE),
        (MIDI, Authenticite.AUTHENTIQUE),
        (MIDI + timedelta(seconds=1), Authenticite.PERIME),
    ],
)
def test_le_certificat_vaut_au_moment_de_la_signature(
    autorite: Path, monkeypatch: pytest.MonkeyPatch, moment: datetime, issue: Authenticite
) -> None:
    monkeypatch.setattr(AutoriteDeCertification, "signature_at", lambda lue, _: lue.signatures[-1])
    racine = make_racine()
    put(autorite, "racine2", racine)
    put(autorite, "signature-0002", make_signature(racine, MIDI - timedelta(days=1), MIDI))
    signe = sign_pdf(page(), at=moment)
    for plus_tard in (MINUTE, timedelta(days=9000)):
        controle = check_pdf(signe, at=MIDI + plus_tard)
        assert controle.issue is issue
        assert controle.donnees is not None


def test_une_signature_d_un_moment_a_venir() -> None:
    signe = sign_pdf(page(), at=MIDI)
    assert check_pdf(signe, at=MIDI - 5 * MINUTE).is_authentique, "two clocks may differ"
    assert check_pdf(signe, at=MIDI - 5 * MINUTE - timedelta(seconds=1)).issue is Authenticite.PERIME


def test_une_cle_changee_puis_l_ancienne_retiree(autorite: Path) -> None:
    ancien = sign_pdf(page(), at=MIDI)
    renew(autorite)
    nouveau = sign_pdf(page(), at=MIDI)
    assert controler(ancien).certificat == "signature-0001"
    assert controler(nouveau).certificat == "signature-0002"
    withdraw(autorite, "signature-0001")
    assert controler(ancien).issue is Authenticite.RETIRE
    assert controler(nouveau).is_authentique


def test_avec_les_seuls_certificats_publies() -> None:
    publiee = read_pem(read_autorite().write_pem())
    signe = sign_pdf(page(), at=MIDI)
    assert check_pdf(signe, at=MIDI, autorite=publiee).is_authentique
    with pytest.raises(AutoriteError):
        publiee.signature_at(MIDI)


def test_une_chaine_avec_une_autorite_intermediaire(autorite: Path) -> None:
    """As a provider gives them: the intermediate authority goes with each signature, the root does not."""
    racine = make_racine("RACINE")
    intermediaire = _certify_authority(racine, "EMETTRICE")
    put(autorite, "signature-9999", make_signature(intermediaire))
    for nom, couple in (("racine-f", racine), ("emettrice", intermediaire)):
        (autorite / f"{nom}.pem").write_bytes(couple.certificat.public_bytes(Encoding.PEM))
    signe = sign_pdf(page(), at=MIDI)
    (signature,) = PdfFileReader(io.BytesIO(signe)).embedded_signatures
    assert [c.subject.native["common_name"] for c in signature.other_embedded_certs] == ["EMETTRICE"]
    assert controler(signe).is_authentique
    seule = AutoriteDeCertification((racine.certificat,), (), ())
    assert validate_by_pyhanko(signe, seule).bottom_line


def test_une_cle_rsa_de_fournisseur(autorite: Path) -> None:
    cle = rsa.generate_private_key(65537, 3072)
    racine = make_racine()
    modele = make_signature(racine).certificat
    batisseur = x509.CertificateBuilder(
        modele.issuer, modele.subject, cle.public_key(), 77, modele.not_valid_before_utc, modele.not_valid_after_utc
    )
    for extension in modele.extensions:
        if not isinstance(extension.value, x509.SubjectKeyIdentifier):
            batisseur = batisseur.add_extension(extension.value, extension.critical)
    put(autorite, "racine2", racine)
    pem = batisseur.sign(racine.cle, SHA256()).public_bytes(Encoding.PEM)
    (autorite / "signature-9999.cle").write_bytes(cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (autorite / "signature-9999.cle").chmod(0o600)
    (autorite / "signature-9999.pem").write_bytes(pem)
    signe = sign_pdf(page(), at=MIDI)
    assert controler(signe).certificat == "signature-9999"
    assert controler(signe).is_authentique
    assert validate_by_pyhanko(signe, read_autorite()).bottom_line


def _certify_authority(racine: Couple, cn: str) -> Couple:
    propre = make_racine(cn)
    batisseur = x509.CertificateBuilder(
        racine.certificat.subject,
        propre.certificat.subject,
        propre.cle.public_key(),
        x509.random_serial_number(),
        propre.certificat.not_valid_before_utc,
        propre.certificat.not_valid_after_utc,
    )
    for extension in propre.certificat.extensions:
        batisseur = batisseur.add_extension(extension.value, extension.critical)
    return Couple(batisseur.sign(racine.cle, SHA256()), propre.cle)
