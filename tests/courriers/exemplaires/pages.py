"""A page as others read it: its pictures, its codes, where its text stands, its structure."""

import ctypes
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from PIL.Image import Image

MM = 72 / 25.4


class Mot(NamedTuple):
    """A piece of text of a page and its box, in millimetres from the top left."""

    texte: str
    gauche: float
    haut: float
    droite: float
    bas: float


def draw_page(pdf: bytes, rang: int = 0, echelle: float = 4) -> Image:
    """A page as a picture, 72 points an inch times `echelle`."""
    image: Image = pypdfium2.PdfDocument(pdf)[rang].render(scale=echelle).to_pil()
    return image


def count_pages(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def read_texte(pdf: bytes) -> str:
    """All the text, in the order of the pages."""
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def read_codes(pdf: bytes) -> dict[zxingcpp.BarcodeFormat, zxingcpp.Barcode]:
    """The codes of every page, found on its picture."""
    pages = range(count_pages(pdf))
    return {code.format: code for rang in pages for code in zxingcpp.read_barcodes(draw_page(pdf, rang))}


def list_mots(pdf: bytes, rang: int = 0) -> Iterator[Mot]:
    """The pieces of text of a page."""
    page = pypdfium2.PdfDocument(pdf)[rang]
    texte, hauteur = page.get_textpage(), page.get_height()
    for rectangle in range(texte.count_rects()):
        gauche, bas, droite, haut = texte.get_rect(rectangle)
        dedans = texte.get_text_bounded(gauche, bas, droite, haut)
        yield Mot(dedans, gauche / MM, (hauteur - haut) / MM, droite / MM, (hauteur - bas) / MM)


def list_tailles(pdf: bytes, rang: int = 0) -> Iterator[tuple[str, float, float]]:
    """Each character of a page: its size in points, how far from the top it stands, in millimetres."""
    page = pypdfium2.PdfDocument(pdf)[rang]
    texte, hauteur = page.get_textpage(), page.get_height()
    for ici in range(texte.count_chars()):
        caractere = texte.get_text_range(ici, 1)
        if caractere.strip():
            yield caractere, pypdfium2.raw.FPDFText_GetFontSize(texte, ici), (hauteur - texte.get_charbox(ici)[3]) / MM


def list_structure(noeud: Any) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree under a node."""
    enfants = noeud.get("/K", [])
    for enfant in enfants if isinstance(enfants, pikepdf.Array) else [enfants]:
        if isinstance(enfant, pikepdf.Dictionary) and "/S" in enfant:
            yield enfant
            yield from list_structure(enfant)


def read_langues(pdf: bytes) -> dict[str, str]:
    """What a voice reads in each language: a piece has that of its mark, else of what it stands in."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        racine = document.Root
        places = dict(_list_places(racine.StructTreeRoot, None, str(racine.Lang)))
        marques = {
            (page.obj.objgen, int(marque.operands[1].MCID)): str(marque.operands[1].Lang)
            for page in document.pages
            for marque in pikepdf.parse_content_stream(page)
            if str(marque.operator) == "BDC" and "/Lang" in marque.operands[1]
        }
        pages = [page.obj.objgen for page in document.pages]
    langues: dict[str, str] = {}
    for rang, numero in enumerate(pages):
        for place, texte in _list_pieces(pdf, rang):
            cle = (numero, place)
            if cle in places:
                langue = marques.get(cle, places[cle])
                langues[langue] = langues.get(langue, "") + texte
    return langues


def _list_places(noeud: Any, page: Any, langue: str) -> Iterator[tuple[tuple[Any, int], str]]:
    """Each marked piece of the pages under a node, and the language of what it stands in."""
    enfants = noeud.get("/K", [])
    for enfant in enfants if isinstance(enfants, pikepdf.Array) else [enfants]:
        if not isinstance(enfant, pikepdf.Dictionary):
            yield (page.objgen, int(enfant)), langue
            continue
        ici = enfant.get("/Pg", page)
        if "/MCID" in enfant:
            yield (ici.objgen, int(enfant.MCID)), langue
        elif "/S" in enfant:
            yield from _list_places(enfant, ici, str(enfant.get("/Lang", langue)))


def _list_pieces(pdf: bytes, rang: int) -> Iterator[tuple[int, str]]:
    """The pieces of text of a page, by their mark."""
    page = pypdfium2.PdfDocument(pdf)[rang]
    lecteur = page.get_textpage()
    for objet in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        taille = pypdfium2.raw.FPDFTextObj_GetText(objet, lecteur, None, 0)
        tampon = ctypes.create_string_buffer(taille * 2)
        pointeur = ctypes.cast(tampon, ctypes.POINTER(pypdfium2.raw.FPDF_WCHAR))
        pypdfium2.raw.FPDFTextObj_GetText(objet, lecteur, pointeur, taille)
        yield pypdfium2.raw.FPDFPageObj_GetMarkedContentID(objet), tampon.raw.decode("utf-16-le").rstrip("\0")
