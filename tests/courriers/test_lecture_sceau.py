"""A seal that was touched, or that is not ours, is refused, and told why; a photograph of it is read."""

import io
import os
import zlib
from base64 import b32encode
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from permis.courriers.authenticite import Authenticite
from permis.courriers.autorite import read_autorite, read_pem
from permis.courriers.emission import make_racine, make_sceau, renew, withdraw
from permis.courriers.lecture_sceau import ControleSceau, ImageIllisibleError, check_2ddoc, read_image, read_texte
from permis.courriers.photographie import PASSE, PASSES_MAXIMUM, TAILLE_MAXIMALE
from permis.courriers.sceau import seal_courrier, seal_document
from permis.courriers.sceau.deux_d_doc import GS, RS, US, Entete, write_sceau
from permis.courriers.sceau.scellement import sign_sceau
from tests.courriers.scelles import LETTRE, MIDI, RELEVE, draw_matrice, put, use, with_donnees

pytestmark = pytest.mark.usefixtures("autorite")
DEBUT, FIN = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 31, 23, 59, 59, tzinfo=UTC)


def controler(code: str, at: datetime = MIDI) -> ControleSceau:
    return check_2ddoc(code, at=at)


def test_un_sceau_est_authentique_et_dit_le_numero() -> None:
    for contenu, genre in ((LETTRE, "A1"), (RELEVE, "AB")):
        sceller = seal_courrier if genre == "A1" else seal_document
        controle = controler(sceller(contenu))
        assert controle.is_authentique
        assert controle.specimen
        assert controle.sceau is not None
        assert controle.sceau.entete.genre == genre
        assert (controle.numero, controle.certificat) == ("ABCD-EFGH-JKMN-PQRS", "sceau-0001")


def test_chaque_caractere_change_est_refuse() -> None:
    code = seal_courrier(LETTRE)
    for rang, caractere in enumerate(code):
        for autre in {chr(ord(caractere) ^ 1), chr(ord(caractere) ^ 32), "A", "7"} - {caractere}:
            controle = controler(code[:rang] + autre + code[rang + 1 :])
            assert not controle.is_authentique, (rang, caractere, autre)


@pytest.mark.parametrize("solde", "0123456789ABC".replace("9", ""))
def test_un_solde_change_est_altere(solde: str) -> None:
    controle = controler(seal_courrier(LETTRE).replace("AG9", f"AG{solde}"))
    assert controle.issue is Authenticite.ALTERE


def test_les_donnees_d_une_lettre_avec_la_signature_d_une_autre() -> None:
    une, autre = seal_courrier(LETTRE), seal_courrier(with_donnees(LETTRE, solde=12))
    assert controler(une.partition(US)[0] + US + autre.partition(US)[2]).issue is Authenticite.ALTERE


@pytest.mark.parametrize("genre", ["AB", "AA", "AD", "28"])
def test_un_sceau_d_un_autre_type_de_document(genre: str) -> None:
    """The type is under the signature: a letter cannot pass for a statement."""
    assert controler(seal_courrier(LETTRE).replace("A101FR", f"{genre}01FR")).issue is Authenticite.ALTERE


def test_un_vrai_sceau_que_nous_n_ecrivons_pas_est_illisible() -> None:
    """Ours by its keys, and with a datum that no letter has: no one but us could, and we did not."""
    emetteur = read_autorite().sceau_on(MIDI.date())
    code = "DC04XX00000125B025B0A101FR" + f"10JEAN{GS}"
    signature = b32encode(sign_sceau(emetteur, code.encode())).decode().rstrip("=")
    assert controler(code + US + signature).issue is Authenticite.ILLISIBLE


def test_le_sceau_de_la_meme_autorite_refaite_par_un_autre(settings: object, etrangere: Path, autorite: Path) -> None:
    use(settings, etrangere)  # type: ignore[arg-type]  # pytest-django's fixture
    code = seal_courrier(LETTRE)
    assert controler(code).is_authentique
    use(settings, autorite)  # type: ignore[arg-type]
    assert controler(code).issue is Authenticite.ALTERE


def test_une_autorite_inconnue_est_etrangere() -> None:
    code = seal_courrier(LETTRE)
    for inconnue in (code.replace("XX00", "FR03"), code.replace("XX000001", "XX000002")):
        assert controler(inconnue).issue is Authenticite.ETRANGER


@pytest.mark.parametrize(
    ("ecrit_le", "issue"),
    [
        ("2026-04-30", Authenticite.PERIME),
        ("2026-05-01", Authenticite.AUTHENTIQUE),
        ("2026-05-31", Authenticite.AUTHENTIQUE),
        ("2026-06-01", Authenticite.PERIME),
    ],
)
def test_le_certificat_vaut_le_jour_du_sceau(autorite: Path, ecrit_le: str, issue: Authenticite) -> None:
    racine = make_racine()
    put(autorite, "racine2", racine)
    put(autorite, "sceau-0002", make_sceau(racine, "0002", DEBUT, FIN))
    emetteur, jour = read_autorite().sceaux[-1], date.fromisoformat(ecrit_le)
    code = write_sceau(
        Entete("XX00", "0002", jour, jour, "A1"), [("AB", "48")], lambda octets: sign_sceau(emetteur, octets)
    )
    assert controler(code).issue is issue
    assert controler(code, MIDI + timedelta(days=4000)).issue is issue, "what was sealed in time stays good"


def test_un_sceau_d_un_jour_a_venir_ou_sans_jour() -> None:
    code = seal_courrier(LETTRE)
    assert controler(code, MIDI - timedelta(days=1)).issue is Authenticite.PERIME
    emetteur = read_autorite().sceau_on(MIDI.date())
    entete = Entete("XX00", "0001", None, None, "A1")
    sans_jour = write_sceau(entete, [("AB", "48")], lambda octets: sign_sceau(emetteur, octets))
    assert controler(sans_jour).issue is Authenticite.PERIME


def test_une_cle_changee_laisse_bons_les_anciens_sceaux(autorite: Path) -> None:
    ancien = seal_courrier(LETTRE)
    assert renew(autorite) == ("sceau-0002", "signature-0002")
    nouveau = seal_courrier(LETTRE)
    assert "XX000002" in nouveau
    assert controler(ancien).is_authentique
    assert controler(nouveau).is_authentique
    withdraw(autorite, "sceau-0001")
    assert controler(ancien).issue is Authenticite.RETIRE
    assert controler(nouveau).is_authentique


def test_avec_les_seuls_certificats_publies() -> None:
    publiee = read_pem(read_autorite().write_pem())
    code = seal_courrier(LETTRE)
    assert check_2ddoc(code, at=MIDI, autorite=publiee).is_authentique
    assert check_2ddoc(code.replace("AG9", "AG8"), at=MIDI, autorite=publiee).issue is Authenticite.ALTERE


# What is pasted


@pytest.mark.parametrize(
    ("gs", "us"), [("<GS>", "<US>"), ("{GS}", "{US}"), ("\\x1d", "\\x1f"), ("\u241d", "\u241f"), ("^]", "^_")]
)
def test_les_separateurs_tels_que_les_lecteurs_les_ecrivent(gs: str, us: str) -> None:
    code = seal_courrier(LETTRE)
    assert controler(f"\n  {code.replace(GS, gs).replace(US, us)} \r\n").is_authentique


def test_un_texte_coupe_en_lignes() -> None:
    code = seal_courrier(LETTRE)
    assert controler("\r\n".join(code[rang : rang + 60] for rang in range(0, len(code), 60))).is_authentique


@pytest.mark.parametrize(
    "texte", ["", " ", "DC", "é" * 5000, "\x00", RS + US, "https://permis.example/v", "A" * 10**6]
)
def test_n_importe_quel_texte(texte: str) -> None:
    assert controler(texte).issue is Authenticite.ILLISIBLE
    assert len(read_texte(texte)) <= 4000


def test_une_signature_nulle_ou_hors_de_la_courbe() -> None:
    corps = seal_courrier(LETTRE).partition(US)[0]
    for octets in (bytes(64), b"\xff" * 64, bytes(32) + b"\x01" * 32):
        signature = b32encode(octets).decode().rstrip("=")
        assert controler(corps + US + signature).issue is Authenticite.ALTERE


# What is photographed


def encoder(image: Image.Image, forme: str = "PNG", **options: object) -> bytes:
    sortie = io.BytesIO()
    image.save(sortie, forme, **options)
    return sortie.getvalue()


@pytest.mark.parametrize("forme", ["PNG", "JPEG", "WEBP"])
def test_une_image_du_sceau(forme: str) -> None:
    code = seal_courrier(LETTRE)
    assert read_image(encoder(draw_matrice(code), forme)) == [code]


def test_une_grande_photographie_de_travers() -> None:
    code = seal_courrier(LETTRE)
    feuille = Image.new("L", (3000, 4000), 235)
    feuille.paste(draw_matrice(code, 10).rotate(7, expand=True, fillcolor=235), (1500, 300))
    assert read_image(encoder(feuille, "JPEG", quality=70, progressive=True)) == [code]


def test_une_capture_transparente() -> None:
    code = seal_courrier(LETTRE)
    dessin = draw_matrice(code)
    dessin = Image.merge("LA", (Image.new("L", dessin.size, 0), dessin.point(lambda gris: 255 - gris)))
    assert read_image(encoder(dessin)) == [code]


def test_une_image_sans_code() -> None:
    assert read_image(encoder(Image.new("L", (50, 50), 255))) == []


def bombe(largeur: int, hauteur: int) -> bytes:
    """A PNG of a few bytes which says that it has so many pixels."""

    def morceau(nom: bytes, octets: bytes) -> bytes:
        return len(octets).to_bytes(4, "big") + nom + octets + zlib.crc32(nom + octets).to_bytes(4, "big")

    entete = largeur.to_bytes(4, "big") + hauteur.to_bytes(4, "big") + bytes((8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + morceau(b"IHDR", entete) + morceau(b"IDAT", zlib.compress(bytes(10**6)))


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        bombe(30_000, 30_000),
        bombe(2**31 - 1, 2**31 - 1),
        bombe(5001, 5000),
        b"\xff\xd8\xff" + PASSE * (PASSES_MAXIMUM + 1),
        bytes(TAILLE_MAXIMALE + 1),
        b"GIF89a" + bytes(100),
        b"%PDF-1.7",
        os.urandom(5000),
    ],
    ids=range(10),
)
def test_ce_qui_n_est_pas_une_image_que_l_on_ouvre(octets: bytes) -> None:
    with pytest.raises(ImageIllisibleError):
        read_image(octets)


def damier(cote: int) -> bytes:
    """Nothing but corners of QR codes: fifteen kilobytes that would hold a reader for a minute."""
    coin = Image.new("1", (8, 8), 1)
    for bord, couleur in ((0, 0), (1, 1), (2, 0)):
        coin.paste(couleur, (bord, bord, 7 - bord, 7 - bord))
    feuille = Image.new("1", (cote, cote))
    for rang in range((cote // 8) ** 2):
        feuille.paste(coin, (rang % (cote // 8) * 8, rang // (cote // 8) * 8))
    return encoder(feuille)


def test_une_image_qui_occuperait_un_lecteur_une_minute_est_abandonnee() -> None:
    octets = damier(2400)
    assert len(octets) < 20_000
    with pytest.raises(ImageIllisibleError):
        read_image(octets)


@pytest.mark.parametrize("forme", ["PNG", "WEBP"])
def test_une_grande_image_transparente_est_lue_sans_la_memoire_de_quatre(forme: str) -> None:
    code = seal_courrier(LETTRE)
    feuille = Image.new("RGBA", (4900, 4900), (0, 0, 0, 0))
    feuille.paste(draw_matrice(code).convert("RGBA").resize((2000, 2000)), (500, 500))
    assert read_image(encoder(feuille, forme, **({"lossless": True} if forme == "WEBP" else {}))) == [code]


def test_le_poids_seul_ne_fait_pas_refuser_une_image() -> None:
    """The two bytes which begin a pass of a JPEG are there by chance in whatever is compressed."""
    code = seal_courrier(LETTRE)
    feuille = Image.frombytes("L", (2400, 2400), os.urandom(2400 * 2400))
    feuille.paste(Image.new("L", (1400, 1400), 255), (500, 500))
    feuille.paste(draw_matrice(code).convert("L").resize((1200, 1200)), (600, 600))
    octets = encoder(feuille)
    assert octets.count(PASSE) > PASSES_MAXIMUM
    assert read_image(octets) == [code]


def test_une_image_tronquee() -> None:
    octets = encoder(draw_matrice(seal_courrier(LETTRE)))
    with pytest.raises(ImageIllisibleError):
        read_image(octets[: len(octets) // 2])
