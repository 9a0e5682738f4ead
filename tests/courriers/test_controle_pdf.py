"""A PDF that was touched, or that is not ours, is refused; a hostile one is never opened."""

import io
import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pytest_django.fixtures import Settings

from permis.courriers.authenticite import Authenticite
from permis.courriers.autorite import read_autorite
from permis.courriers.controle_pdf import PLACE_MAXIMALE, TAILLE_MAXIMALE, ControlePdf
from permis.courriers.signature import check_pdf, sign_pdf
from tests.courriers.scelles import MIDI, page, use

pytestmark = pytest.mark.usefixtures("autorite")
REFUS = {Authenticite.ALTERE, Authenticite.ETRANGER, Authenticite.ILLISIBLE, Authenticite.SANS_SIGNATURE}


def controler(pdf: bytes) -> ControlePdf:
    return check_pdf(pdf, at=MIDI)


@pytest.fixture
def signe() -> bytes:
    return sign_pdf(page(), at=MIDI)


def portee(pdf: bytes) -> tuple[int, int]:
    """Where the place of the signature begins and ends."""
    lue = re.search(rb"/ByteRange \[0 (\d+) (\d+) ", pdf)
    assert lue is not None
    return int(lue[1]), int(lue[2])


def changer(pdf: bytes, rang: int, masque: int) -> bytes:
    return pdf[:rang] + bytes((pdf[rang] ^ masque,)) + pdf[rang + 1 :]


def refuse(pdf: bytes) -> Authenticite:
    """The word of a refusal, which repeats nothing of the file."""
    controle = controler(pdf)
    assert controle.issue in REFUS
    assert (controle.donnees, controle.signe_at, controle.certificat) == (None, None, "")
    return controle.issue


# Touched


def regions(pdf: bytes) -> Iterator[int]:
    """Bytes of each region: head, tail, every edge, all along the page, all of the signature's own place."""
    debut, fin = portee(pdf)
    yield from range(20)
    yield from range(len(pdf) - 40, len(pdf))
    for borne in (debut, fin):
        yield from range(borne - 60, borne + 60)
    yield from range(0, len(pdf), 211)
    yield from range(debut, fin, 13)


def test_un_octet_change_n_importe_ou_est_refuse(signe: bytes) -> None:
    tirage = random.Random(48)  # noqa: S311
    for rang in sorted(set(regions(signe))):
        refuse(changer(signe, rang, 1 << tirage.randrange(8)))


@pytest.mark.epreuve
def test_chaque_octet_change_est_refuse(signe: bytes) -> None:
    for rang in range(len(signe)):
        refuse(changer(signe, rang, 1 << (rang % 8)))


def test_le_remplissage_de_la_signature_n_est_pas_libre(signe: bytes) -> None:
    _, fin = portee(signe)
    assert signe[fin - 5 : fin] == b"0000>"
    for ecrit in (b"0001>", b"000 >", b"000a>", b"0000)", b"00>0>"):
        assert refuse(signe[: fin - 5] + ecrit + signe[fin:]) is Authenticite.ALTERE


def test_l_ecriture_hexadecimale_n_est_pas_libre(signe: bytes) -> None:
    debut, fin = portee(signe)
    assert refuse(signe[:debut] + signe[debut:fin].lower() + signe[fin:]) is Authenticite.ALTERE


def test_le_solde_change_dans_la_piece_jointe(signe: bytes) -> None:
    """The page itself is changed, and the file written again: nobody signs for it any more."""
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(signe)) as document:
        fiche = document.Root.AF[0].EF.F
        donnees = fiche.read_bytes()
        assert b'"solde":9' in donnees
        fiche.write(donnees.replace(b'"solde":9', b'"solde":12'))
        document.save(sortie)
    assert refuse(sortie.getvalue()) is Authenticite.ALTERE


def test_un_ajout_apres_la_signature(signe: bytes) -> None:
    ajout = IncrementalPdfFileWriter(io.BytesIO(signe))
    ajout.update_root()
    sortie = io.BytesIO()
    ajout.write(sortie)
    assert sortie.getvalue().startswith(signe)
    assert refuse(sortie.getvalue()) is Authenticite.ALTERE


@pytest.mark.parametrize("suite", [b"\n", b"%", b" " * 1000, b"\n%%EOF\n", bytes(10)])
def test_un_octet_de_plus(signe: bytes, suite: bytes) -> None:
    assert refuse(signe + suite) is Authenticite.ALTERE
    assert refuse(suite + signe) in {Authenticite.ILLISIBLE, Authenticite.ALTERE}


@pytest.mark.parametrize("part", [0, 1, 5, 100, -1, -2, -600, 20_000])
def test_un_fichier_tronque(signe: bytes, part: int) -> None:
    refuse(signe[:part])
    refuse(signe[part:] if part else b"")


def test_deux_signatures_dont_la_notre(signe: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What we certified is signed once more, even by us: it is no longer what left."""
    monkeypatch.setattr("permis.courriers.pades.NOM_DU_CHAMP", "Autre")
    assert refuse(sign_pdf(signe, at=MIDI)) is Authenticite.ALTERE


def test_la_page_d_une_lettre_avec_la_signature_d_une_autre(signe: bytes) -> None:
    autre = sign_pdf(page("lettre_48si"), at=MIDI)
    (debut, fin), (debut_autre, fin_autre) = portee(signe), portee(autre)
    assert refuse(signe[:debut] + autre[debut_autre:fin_autre] + signe[fin:]) is Authenticite.ALTERE


def test_une_portee_qui_laisse_un_trou(signe: bytes) -> None:
    """The place of the signature is said to be wider: what stands there would be signed by nobody."""
    debut, fin = portee(signe)
    for faux in (f"0 {debut - 10} {fin}", f"0 {debut} {fin + 10}", f"1 {debut} {fin}", f"0 {fin} {debut}"):
        assert refuse(signe.replace(f"0 {debut} {fin}".encode(), faux.encode(), 1)) is Authenticite.ALTERE


# Not ours


def signer_ailleurs(reglages: Settings, etrangere: Path, autorite: Path) -> bytes:
    use(reglages, etrangere)
    octets = sign_pdf(page(), at=MIDI)
    assert controler(octets).is_authentique
    use(reglages, autorite)
    return octets


def test_une_autre_autorite_de_memes_noms(settings: Settings, etrangere: Path, autorite: Path) -> None:
    assert refuse(signer_ailleurs(settings, etrangere, autorite)) is Authenticite.ETRANGER


def test_un_certificat_de_memes_noms_et_de_meme_numero(settings: Settings, etrangere: Path, autorite: Path) -> None:
    """What names it in the signature is then the same; its key is not."""
    octets = signer_ailleurs(settings, etrangere, autorite)
    use(settings, etrangere)
    leur = read_autorite().signature_at(MIDI).certificat
    use(settings, autorite)
    notre = read_autorite().signature_at(MIDI).certificat
    assert leur.issuer == notre.issuer
    leur_numero, notre_numero = (
        numero.to_bytes(20, "big").hex().upper().encode() for numero in (leur.serial_number, notre.serial_number)
    )
    debut, fin = portee(octets)
    place = octets[debut:fin].replace(leur_numero, notre_numero)
    assert refuse(octets[:debut] + place + octets[fin:]) in {Authenticite.ETRANGER, Authenticite.ALTERE}


def test_le_certificat_du_sceau_ne_signe_pas_de_pdf(autorite: Path) -> None:
    """A key for one use: what seals paper is not accepted under a PDF."""
    octets = sign_pdf(page(), at=MIDI)
    for nom in ("cle", "pem"):
        (autorite / f"signature-0001.{nom}").unlink()
    assert check_pdf(octets, at=MIDI, autorite=read_autorite()).issue is Authenticite.ETRANGER


def test_une_page_sans_signature() -> None:
    assert refuse(page()) is Authenticite.SANS_SIGNATURE


def test_une_page_chiffree(signe: bytes) -> None:
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(page())) as document:
        document.save(sortie, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refuse(sortie.getvalue()) is Authenticite.SANS_SIGNATURE


# Hostile


def faux_pdf(place: bytes, reste: bytes = b"") -> bytes:
    """A file whose byte range is right, around a place that is not a signature."""
    tete = b"%PDF-1.7\n" + reste
    debut = len(tete) + len(b"/ByteRange [0 00000000 00000000 00000005]/Contents ")
    portee_ = b"/ByteRange [0 %08d %08d %08d]/Contents " % (debut, debut + len(place), 5)
    return tete + portee_ + place + b"%%EOF"


def der(etiquette: int, contenu: bytes) -> bytes:
    long = len(contenu).to_bytes(4, "big")
    return bytes((etiquette, 0x84)) + long + contenu


def poupees(profondeur: int) -> bytes:
    """Sequences inside sequences."""
    octets = b""
    for _ in range(profondeur):
        octets = der(0x30, octets)
    return octets


@pytest.mark.parametrize(
    "place",
    [
        b"<>",
        b"<0>",
        b"<00>",
        b"<zz>",
        b"()",
        b"<3080>",
        b"<30FFFFFFFFFF>",
        b"<3003020101>",
        b"<" + poupees(2000).hex().encode() + b">",
        b"<" + (b"30" * 20_000) + b">",
        b"<" + (b"\xc3\xa9" * 10) + b">",
    ],
    ids=range(11),
)
def test_une_place_qui_n_est_pas_une_signature(place: bytes) -> None:
    assert refuse(faux_pdf(place)) is Authenticite.ALTERE


def test_une_place_demesuree_n_est_pas_decodee() -> None:
    assert refuse(faux_pdf(b"<" + b"30" * (PLACE_MAXIMALE // 2) + b">")) is Authenticite.ETRANGER


def test_une_bombe_n_est_jamais_ouverte() -> None:
    """A hundred megabytes of zeros in a hundred kilobytes: nobody inflates it, signed or not."""
    compresseur = zlib.compressobj(9)
    bombe = b"".join(compresseur.compress(bytes(1 << 20)) for _ in range(128)) + compresseur.flush()
    flux = b"1 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(bombe), bombe)
    assert refuse(b"%PDF-1.7\n" + flux + b"%%EOF") is Authenticite.SANS_SIGNATURE
    assert refuse(faux_pdf(b"<00>", flux)) is Authenticite.ALTERE


def test_un_arbre_de_pages_sans_fin() -> None:
    arbre = b"1 0 obj<</Type/Pages/Kids[1 0 R 1 0 R]/Count 9999999999>>endobj trailer<</Root 1 0 R/Prev 0>>\n"
    assert refuse(b"%PDF-1.7\n" + arbre * 10_000) is Authenticite.SANS_SIGNATURE
    assert refuse(faux_pdf(b"<00>", arbre * 10_000)) is Authenticite.ALTERE


@pytest.mark.parametrize("octets", [b"%PDF-" + bytes(TAILLE_MAXIMALE), b"/ByteRange" * (1 << 20), b"PK\x03\x04"])
def test_trop_grand_ou_autre_chose(octets: bytes) -> None:
    assert refuse(octets) is Authenticite.ILLISIBLE


def test_un_fichier_de_la_plus_grande_taille() -> None:
    reste = TAILLE_MAXIMALE - 9
    assert refuse(b"%PDF-1.7\n" + (b"/ByteRange [0 1 2 " * reste)[:reste]) is Authenticite.ALTERE
    assert refuse(b"%PDF-1.7\n" + bytes(reste)) is Authenticite.SANS_SIGNATURE


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.binary(max_size=400))
@example(b"", b"")
def test_n_importe_quels_octets(reste: bytes, place: bytes) -> None:
    refuse(b"%PDF-1.7\n" + reste)
    refuse(faux_pdf(b"<" + place.hex().encode() + b">"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.integers(0, 2119), st.integers(1, 255), st.integers(0, 40))
def test_la_signature_abimee_en_plusieurs_endroits(signe: bytes, rang: int, masque: int, ecart: int) -> None:
    debut, fin = portee(signe)
    octets = bytearray.fromhex(signe[debut + 1 : fin - 1].decode())
    octets[rang % len(octets)] ^= masque
    octets[(rang + ecart * 7) % len(octets)] ^= 1 if ecart else 0
    refuse(signe[: debut + 1] + octets.hex().upper().encode() + signe[fin - 1 :])
