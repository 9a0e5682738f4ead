"""The fonts are those their authors released; what they cannot show is replaced, and nothing of it breaks a page."""

import re
import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from permis.courriers import polices
from permis.courriers.polices import GRASSES, REGULIERES, REMPLACANT, clean_ligne, clean_texte, coverage, read_cmap
from permis.courriers.rendu import render_pdf
from tests.courriers.exemplaires import SCEAU, read_contenu
from tests.courriers.exemplaires.pages import read_texte

BALISAGE = "#set text(9pt) *a* _b_ `c` $x$ @d <e> \\ #panic() [f] {g} // h = i - j + k"


def write_texte(texte: str) -> str:
    """What a page shows where a paragraph says this; every other text of the page says it too."""
    contenu = read_contenu("lettre_48")
    textes = contenu["textes"]["fr"]
    textes |= {"titre": texte, "objet": texte, "mentions": [texte]}
    textes["blocs"] = [
        {"type": "paragraphe", "texte": texte},
        {"type": "titre", "texte": texte},
        {"type": "liste", "titre": texte, "elements": [texte], "role": "recours"},
        {"type": "chiffres", "lignes": [[texte, texte]]},
        {"type": "tableau", "titre": texte, "colonnes": [texte, texte], "lignes": [[texte, texte]]},
    ]
    contenu["destinataire"] |= {"nom_complet": texte, "naissance": texte, "neph": texte}
    contenu["donnees"]["libelle"] = texte
    return read_texte(render_pdf(contenu, sceau=SCEAU, adresse=[texte] * 6, specimen=True))


def test_les_polices_sont_celles_de_leurs_auteurs() -> None:
    notes = dict(
        re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (polices.DOSSIER / "README.md").read_text(), re.MULTILINE)
    )
    presentes = {
        fichier.name: sha256(fichier.read_bytes()).hexdigest()
        for fichier in polices.DOSSIER.iterdir()
        if fichier.suffix in {".ttf", ".txt"}
    }
    assert presentes == notes


@pytest.mark.parametrize("nom", [*REGULIERES, *GRASSES])
def test_ce_que_montre_une_police_est_ce_qu_un_autre_lecteur_en_dit(nom: str) -> None:
    """Another reader draws each sign: one that the font has not is drawn as the box of what is missing."""
    police, codes = (
        ImageFont.truetype(polices.DOSSIER / nom, 24, layout_engine=ImageFont.Layout.BASIC),
        read_cmap(polices.DOSSIER / nom),
    )
    manquant = bytes(police.getmask("\U000f0000"))
    vus = [code for code in range(0x21, 0x250) if unicodedata.category(chr(code))[0] != "C"]
    dessines = {code for code in vus if bytes(police.getmask(chr(code))) not in {manquant, b""}}
    assert dessines - codes == set()
    assert {code for code in codes if code in vus} - dessines <= {0xA0}


def test_le_francais_et_les_noms_de_partout_se_montrent() -> None:
    montres = "Œuvre ÉÈÊËÀÂÎÏÔÛÙÜÇ « l’été » − – — … ½ € n° Łukasz Ğ Nguyễn Đặng Ștefan Жук Αθήνα"
    assert clean_texte(montres) == montres
    assert coverage()[0] >= set("AÀÉéœŒ’«»−–—…€°\u00a0")


@pytest.mark.parametrize(
    ("texte", "montre"),
    [
        ("a\x00b\x07c\x1b[31m", "a b c [31m"),
        ("une\nligne\tet\r\nune autre\u2028encore", "une ligne et une autre encore"),
        ("  deux   espaces ", "deux espaces"),
        ("\u202ecba\u202c", "cba"),
        ("zéro\u200bchasse\ufeff\u00ad", "zérochasse"),
        ("漢字", REMPLACANT * 2),
        ("😀", REMPLACANT),
        ("👩🏽‍🚒", REMPLACANT * 3),
        ("e\u0301", "é"),
        ("\u0301seul", "\u0301seul"),
        ("q\u0301\u1abe", "q"),
        ("\u00a0", ""),
        ("\ud800", REMPLACANT),
        ("\U000e0041\ue000\uffff", REMPLACANT * 2),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_ce_qui_ne_peut_se_montrer_est_remplace(texte: str, montre: str) -> None:
    assert clean_texte(texte) == montre


def test_un_mot_trop_long_se_coupe_et_une_adresse_reste_entiere() -> None:
    assert clean_texte("x" * 26) == "x" * 26
    assert clean_texte("x" * 27) == "\u200b".join(("x" * 13, "x" * 13, "x"))
    assert clean_ligne("x" * 38) == "x" * 38
    assert clean_texte("12-rue-de-la-Paix-prolongée-jusqu’au-bout") == "12-rue-de-la-Paix-prolongée-jusqu’au-bout"


@pytest.mark.parametrize(
    "texte",
    [
        "\x00\x01\x1b\x7f\x85",
        "anticonstitutionnellement" * 40,
        "W" * 5000,
        "שלום עולם مرحبا بالعالم",
        "😀👨‍👩‍👧‍👦🇫🇷",
        "\u202e\u2066\u2069",
        "a" + "\u0301" * 500,
        "\ud800\udfff",
        "漢字かな교",
        "",
        "\u200b",
        "2026-13-45",
        "0000-00-00",
    ],
)
def test_un_mauvais_texte_ne_casse_aucune_page(texte: str) -> None:
    assert "Courrier 48" in write_texte(texte)


def test_un_balisage_est_un_texte_comme_un_autre() -> None:
    lu = " ".join(write_texte(BALISAGE).split())
    assert BALISAGE in lu


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_n_importe_quel_texte_se_montre(texte: str) -> None:
    assert "Courrier 48" in write_texte(texte)
