"""Every letter and statement of the law, with its real content and its real seal: drawn, read again, accepted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pdfua
import pytest
import zxingcpp
from pytest_django.fixtures import Settings

from permis.courriers.contenu import Contenu, ContenuDocument, compose_document
from permis.courriers.models import CourrierDu
from permis.courriers.rendu import render_pdf
from permis.courriers.sceau import seal_courrier, seal_document
from tests.courriers.contenu.ecrits import (
    DOSSIER,
    NUMERO,
    annulation,
    compose_du,
    dues,
    ecrire,
    infraction,
    lire,
    notifiee,
    payee,
    perdre,
    permis,
    stage,
)
from tests.courriers.exemplaires import ADRESSE
from tests.courriers.exemplaires.pages import read_codes, read_texte

TROIS = (infraction("i1", "2025-03-10", 3), payee("i1", "2025-04-02"))
ECRITE = date(2025, 4, 5)
QR = "https://permis.example/v?s=k3Jx0b9q2RrT7uV5wXyZ1A"


def reprise() -> Contenu:
    du = next(du for du in dues(lire(permis(), *TROIS), ECRITE) if du.reference == "48")
    vise = compose_du(lire(permis(), *TROIS), du, ECRITE)
    juge = annulation("an", "i1-payee", "2025-06-10", "juge_penal")
    return compose_du(lire(permis(), *TROIS, juge), du, date(2025, 6, 12), nature="reprise", vise=vise)


def recepisse() -> Contenu:
    remis = {"type": "remise_titre", "id": "r1", "date": "2025-11-17"}
    le = date(2025, 11, 17)
    du = CourrierDu(dossier_id=DOSSIER, reference="44", fait="r1", date=le, vu_le=le)
    return compose_du(lire(*perdre(notifiee("n1", "48SI", "2025-11-10"), remis)), du, le, voie="main_propre")


def document(genre: str) -> ContenuDocument:
    lu = lire(permis(), permis("2018-01-01", "a2", categorie="A2"), *TROIS, stage("s1", "2025-06-02", "2025-06-03"))
    return compose_document(lu, genre, numero=NUMERO, secret_url=QR, le=date(2026, 11, 22), langue="fr")


def un_point() -> tuple[dict[str, Any], ...]:
    return (permis(), infraction("i1", "2025-03-10", 1), payee("i1", "2025-04-02"))


def dix_ans() -> tuple[dict[str, Any], ...]:
    annees = ((2015, 3), (2017, 3), (2019, 3), (2021, 2), (2024, 2))
    faits = [permis("2010-06-01")]
    for annee, points in annees:
        faits += [infraction(f"i{annee}", f"{annee}-10-10", points), payee(f"i{annee}", f"{annee}-12-02")]
    return tuple(faits)


VRAIS: dict[str, Callable[[], Any]] = {
    "48": lambda: ecrire(lire(permis(), *TROIS), "48", ECRITE),
    "48M": lambda: ecrire(
        lire(permis(), infraction("i1", "2025-03-10", 6, classe="delit"), payee("i1", "2025-04-02")),
        "48M",
        ECRITE,
        voie="recommande",
    ),
    "48N": lambda: ecrire(lire(permis("2024-06-01"), *TROIS), "48N", ECRITE, voie="recommande"),
    "48SI": lambda: ecrire(lire(*perdre()), "48SI", date(2025, 11, 5), voie="recommande"),
    "46": lambda: ecrire(lire(permis(), *TROIS), "46", date(2028, 4, 10)),
    "46B": lambda: ecrire(lire(*dix_ans()), "46B", date(2025, 12, 10)),
    "46D": lambda: ecrire(lire(*un_point()), "46D", date(2025, 10, 10)),
    "47": lambda: ecrire(lire(permis(), *TROIS, stage("s1", "2025-06-02", "2025-06-03")), "47", date(2025, 6, 10)),
    "44": recepisse,
    "reprise": reprise,
    "rii": lambda: document("rii"),
    "rir": lambda: document("rir"),
    "adc": lambda: document("adc"),
}


@pytest.fixture(autouse=True)
def cles(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One authority of trials for all these pages."""
    settings.PERMIS_AUTORITE = str(tmp_path_factory.getbasetemp() / "autorite-des-pages")


@pytest.mark.parametrize(("langue", "gros"), [("fr", False), ("en", True)], ids=["ordinaire", "anglais-gros"])
@pytest.mark.parametrize("genre", VRAIS)
def test_chacun_se_dessine_se_relit_et_est_accepte(genre: str, langue: str, gros: bool, tmp_path: Path) -> None:
    contenu = VRAIS[genre]()
    est_lettre = "reference" in contenu
    sceau = seal_courrier(contenu) if est_lettre else seal_document(contenu)
    adresse = ADRESSE if est_lettre else ()
    page = render_pdf(contenu, sceau=sceau, langue=langue, gros=gros, adresse=adresse, specimen=True)
    (tmp_path / "page.pdf").write_bytes(page)
    assert pdfua.validate(str(tmp_path / "page.pdf")).findings == ()
    codes = read_codes(page)
    assert codes[zxingcpp.BarcodeFormat.DataMatrix].bytes.decode() == sceau
    assert est_lettre or codes[zxingcpp.BarcodeFormat.QRCode].text == QR
    texte = " ".join(read_texte(page).split())
    assert " ".join(contenu["textes"][langue]["titre"].split()) in texte
    for mention in contenu["textes"][langue]["mentions"]:
        assert " ".join(mention.split())[:40] in texte
    assert NUMERO in texte
