"""A page is what the standards ask, says what its data say, and is the same each time it is made."""

import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
import zxingcpp

from permis.courriers.rendu import GABARIT_COURANT, PIECE, GabaritInconnuError, empreinte, machine_data, render_pdf
from tests.courriers.exemplaires import ADRESSE, ADRESSE_LARGE, SCEAU, read_contenu, with_retraits
from tests.courriers.exemplaires.pages import (
    MM,
    count_pages,
    list_mots,
    list_structure,
    list_tailles,
    read_codes,
    read_langues,
    read_texte,
)

RACINE = Path(__file__).parents[2]
EXEMPLAIRES = Path(__file__).parent / "exemplaires"
SORTES: dict[str, dict[str, Any]] = {
    "lettre_48": {},
    "lettre_48 en": {"langue": "en"},
    "lettre_48 gros": {"gros": True},
    "lettre_48 adresse": {"adresse": ADRESSE},
    "lettre_48 vrai": {"specimen": False, "adresse": ADRESSE},
    "lettre_48si": {"adresse": ADRESSE},
    "lettre_48si gros": {"gros": True, "adresse": ADRESSE},
    "attestation": {},
    "attestation en gros": {"langue": "en", "gros": True},
}


def make(sorte: str) -> bytes:
    options: dict[str, Any] = {"specimen": True} | SORTES[sorte]
    return render_pdf(read_contenu(sorte.split(" ", maxsplit=1)[0]), sceau=SCEAU, **options)


@pytest.fixture(params=SORTES)
def sorte(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_chaque_page_est_pdfa_3a_et_pdfua_1(sorte: str, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(make(sorte))) as document, document.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        assert document.Root.Lang == ("en" if " en" in sorte else "fr")
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(xmp["xmp:CreateDate"]).startswith("2026-06-01")
        assert read_contenu(sorte.split(" ", maxsplit=1)[0])["numero"] in xmp["dc:title"]
    (tmp_path / "page.pdf").write_bytes(make(sorte))
    assert pdfua.validate(str(tmp_path / "page.pdf")).findings == ()


def test_la_piece_jointe_est_les_donnees(sorte: str) -> None:
    contenu = read_contenu(sorte.split(" ", maxsplit=1)[0])
    with pikepdf.open(io.BytesIO(make(sorte))) as document:
        assert list(document.attachments) == [PIECE]
        piece = document.attachments[PIECE]
        octets = piece.get_file().read_bytes()
        assert piece.obj.AFRelationship == "/Data"
        assert piece.get_file().mime_type == "application/json"
    assert octets.decode() == machine_data(contenu)
    assert json.loads(octets) == contenu["donnees"] | {"numero": contenu["numero"]}


def test_les_donnees_ont_une_seule_ecriture() -> None:
    contenu = read_contenu("lettre_48")
    autre_ordre = contenu | {"donnees": dict(reversed(contenu["donnees"].items()))}
    assert machine_data(autre_ordre) == machine_data(contenu)
    assert ": " not in machine_data(contenu)


def test_la_meme_entree_donne_les_memes_octets_dans_un_autre_processus() -> None:
    code = "from tests.courriers.test_rendu import *\nprint(json.dumps([empreinte(make(s)) for s in SORTES]))"
    autre = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"},
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(autre.stdout) == [empreinte(make(sorte)) for sorte in SORTES]


def test_la_meme_entree_donne_les_memes_octets_dans_plusieurs_fils() -> None:
    with ThreadPoolExecutor(4) as fils:
        faites = list(fils.map(make, list(SORTES) * 3))
    assert [empreinte(page) for page in faites] == [empreinte(make(sorte)) for sorte in SORTES] * 3


def test_la_premiere_version_ne_change_pas() -> None:
    """A letter written with v1 is made again as it was. What differs here is a new version, never a new digest."""
    gardees = json.loads((EXEMPLAIRES / "empreintes_v1.json").read_text(encoding="utf-8"))
    assert {sorte: empreinte(make(sorte)) for sorte in SORTES} == gardees
    assert GABARIT_COURANT == "v1"


def test_une_version_inconnue_est_refusee() -> None:
    with pytest.raises(GabaritInconnuError, match="v9"):
        render_pdf(read_contenu("lettre_48"), sceau=SCEAU, gabarit="v9", specimen=True)


def test_le_2d_doc_se_lit_sur_la_page(sorte: str) -> None:
    code = read_codes(make(sorte))[zxingcpp.BarcodeFormat.DataMatrix]
    assert code.bytes.decode() == SCEAU
    coins = code.position
    cote = (coins.top_right.x - coins.top_left.x) / 4 / MM
    assert 20 <= cote <= 30, f"{cote} mm"
    assert abs((coins.bottom_left.y - coins.top_left.y) / 4 / MM - cote) < 0.5


def test_l_adresse_du_qr_se_lit_sur_un_document_et_n_est_pas_sur_une_lettre(sorte: str) -> None:
    contenu, codes = read_contenu(sorte.split(" ", maxsplit=1)[0]), read_codes(make(sorte))
    if "genre" in contenu:
        assert codes[zxingcpp.BarcodeFormat.QRCode].text == contenu["secret_url"]
    else:
        assert set(codes) == {zxingcpp.BarcodeFormat.DataMatrix}


def test_sans_sceau_ni_adresse_secrete_la_page_n_a_pas_de_code() -> None:
    contenu = read_contenu("attestation")
    del contenu["secret_url"]
    assert read_codes(render_pdf(contenu, sceau="", specimen=True)) == {}


@pytest.mark.parametrize("adresse", [ADRESSE, ADRESSE_LARGE])
@pytest.mark.parametrize("gros", [False, True])
def test_la_fenetre_de_l_enveloppe_montre_l_adresse_et_rien_d_autre(adresse: tuple[str, ...], gros: bool) -> None:
    """A sheet folded in three slides in its envelope: seen from 90 to 200 mm and from 34 to 90 mm, at the most."""
    page = render_pdf(read_contenu("lettre_48si"), sceau=SCEAU, adresse=adresse, gros=gros, specimen=False)
    vus = [mot for mot in list_mots(page) if mot.droite > 90 and mot.bas > 34 and mot.haut < 90]
    assert [mot.texte for mot in vus] == list(adresse)
    assert all(mot.gauche >= 100 and mot.droite <= 190.5 and mot.haut >= 54 and mot.bas <= 79 for mot in vus), vus


def test_chaque_tableau_dit_a_qui_vont_ses_cellules_et_chaque_image_se_lit(sorte: str) -> None:
    with pikepdf.open(io.BytesIO(make(sorte))) as document:
        elements = list(list_structure(document.Root.StructTreeRoot))
        entetes = [element for element in elements if element.S == "/TH"]
        portees = {
            str(attribut.Scope) for entete in entetes for attribut in entete.get("/A", []) if "/Scope" in attribut
        }
        figures = [element for element in elements if element.S == "/Figure"]
        titres = [str(element.S) for element in elements if str(element.S) in {"/H1", "/H2", "/H3"}]
        assert entetes
        assert portees == {"/Column"}
        assert len(figures) == (2 if "attestation" in sorte else 1)
        assert all(len(str(figure.Alt)) > 20 for figure in figures)
        assert titres[0] == "/H1"
        assert titres.count("/H1") == 1


def test_un_recapitulatif_long_repete_ses_colonnes_et_numerote_ses_pages() -> None:
    page = render_pdf(with_retraits(40), sceau=SCEAU, adresse=ADRESSE, specimen=False)
    texte = read_texte(page)
    assert count_pages(page) == 3
    assert texte.count("Infraction du") == 2
    assert [f"Page {rang} sur 3" in texte for rang in (1, 2, 3)] == [True, True, True]
    assert texte.count("413-14") == 24


@pytest.mark.parametrize("nom", ["lettre_48", "lettre_48si", "attestation"])
def test_en_gros_caracteres_tout_ce_qui_se_lit_a_dix_huit_points(nom: str) -> None:
    """But for the letterhead and what is repeated around each page (fourteen), and the lines that the post reads."""
    page = render_pdf(read_contenu(nom), sceau=SCEAU, gros=True, specimen=False)
    for rang in range(count_pages(page)):
        petites = [signe for signe, taille, haut in list_tailles(page, rang) if 26 < haut < 272 and taille < 18]
        assert "".join(petites) == ""
    adressee = list(
        list_tailles(render_pdf(read_contenu(nom), sceau=SCEAU, adresse=ADRESSE, gros=True, specimen=False))
    )
    assert any(taille == 10 for _signe, taille, _haut in adressee) == (nom != "attestation")


def test_le_specimen_se_voit_et_se_lit_et_l_original_n_en_dit_rien() -> None:
    assert "Spécimen sans valeur" in read_texte(make("lettre_48"))
    assert "Specimen of no value" in read_texte(make("lettre_48 en"))
    assert "SPÉCIMEN" not in read_texte(make("lettre_48 vrai")).upper()


def test_la_page_est_dans_la_langue_demandee() -> None:
    texte = read_texte(make("lettre_48 en"))
    assert "Only the French text has legal effect" in texte
    assert "Written on 1 June 2026" in texte.replace("\u00a0", " ")
    assert "Page 1 of 1" in texte
    assert "Titulaire" not in texte


NOM = "Excès de vitesse d’au moins 50 km/h sur l’autoroute"


def with_nom() -> dict[str, Any]:
    """An English letter that cites the name of an offence in a paragraph, in a list and in a table."""
    contenu = read_contenu("lettre_48")
    contenu["textes"]["en"] |= {
        "francais": [NOM, "Excès de vitesse"],
        "blocs": [
            {"type": "paragraphe", "texte": f"Withdrawal ({NOM}), established."},
            {"type": "liste", "titre": "", "elements": [f"Three points: {NOM}"]},
            {"type": "tableau", "titre": "T", "colonnes": ["A", "B", "C"], "lignes": [["x", f"{NOM} (NATINF)", "y"]]},
        ],
    }
    return contenu


@pytest.mark.parametrize("gros", [False, True])
def test_le_nom_francais_d_une_infraction_se_lit_en_francais_dans_une_lettre_anglaise(
    gros: bool, tmp_path: Path
) -> None:
    page = render_pdf(with_nom(), sceau=SCEAU, langue="en", gros=gros, specimen=True)
    langues = {langue: "".join(texte.split()) for langue, texte in read_langues(page).items()}
    assert langues["fr"] == "".join(NOM.split()) * 3
    assert "Withdrawal(),established." in langues["en"]
    assert "(NATINF)" in langues["en"]
    (tmp_path / "page.pdf").write_bytes(page)
    assert pdfua.validate(str(tmp_path / "page.pdf")).findings == ()


@pytest.mark.parametrize(("sorte", "langue"), [("lettre_48", "fr"), ("lettre_48 en", "en")])
def test_une_lettre_qui_ne_cite_rien_se_lit_dans_une_seule_langue(sorte: str, langue: str) -> None:
    assert set(read_langues(make(sorte))) == {langue}


def test_rien_ne_se_fait_passer_pour_l_etat(sorte: str) -> None:
    page = make(sorte)
    texte = read_texte(page).lower()
    assert "république française" not in texte
    assert "liberté" not in texte
    with pikepdf.open(io.BytesIO(page)) as document:
        dictionnaires = [objet for objet in document.objects if isinstance(objet, pikepdf.Dictionary)]
        polices = {str(objet.BaseFont) for objet in dictionnaires if "/BaseFont" in objet}
    assert polices
    assert all("Atkinson" in police or "DejaVu" in police for police in polices), polices
