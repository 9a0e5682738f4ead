"""The English pages are complete: faults, rules; only official names and references stay French, and say so."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from permis.droit.dossier import DossierInvalideError, Faute, parse_dossier
from permis.droit.rule import Rule
from permis.typographie import write_message
from tests.droit.casses import Casse, casses
from tests.public.visite import FEU_ROUGE, dossier, lire, mots

FRANCAIS = re.compile(r"attendu|\bn'|\bl'|\bd'|\b(est|une?|des|les|pas|sans|avec|clé|faits? du|texte)\b")


def fautes_de(casse: Casse) -> tuple[Faute, ...]:
    with pytest.raises(DossierInvalideError) as refus:
        parse_dossier(casse.octets)
    return refus.value.fautes


def sans_citation(texte: str) -> str:
    """What we write, without what the dossier says, and without the examples and the words of the format."""
    return re.sub(r"“[^”]*”|\{\".*\}|\[\"?.*\"?\]|\([^)]*\)|(^|; )[\w.\[\]]+:", "", texte)


@pytest.mark.parametrize("casse", casses(), ids=lambda casse: casse.nom)
def test_chaque_faute_se_lit_en_anglais(casse: Casse) -> None:
    with translation.override("en"):
        for faute in fautes_de(casse):
            dite = write_message(faute.say())
            assert "; expected: " in dite
            assert not FRANCAIS.search(sans_citation(dite)), dite


@pytest.mark.parametrize("casse", [c for c in casses() if len(c.octets) < 8000][::7], ids=lambda casse: casse.nom)
@pytest.mark.parametrize("langue", ["fr", "en"])
def test_la_page_dit_les_fautes_dans_sa_langue(client: Client, casse: Casse, langue: str) -> None:
    fichier = SimpleUploadedFile("dossier.json", casse.octets)
    with translation.override(langue):
        attendues = [write_message(faute.say()) for faute in fautes_de(casse)]
    racine = "/en" if langue == "en" else ""
    reponse = client.post(f"{racine}/calcul", {"faire": "ouvrir", "fichier": fichier})
    assert reponse.status_code == 422
    for attendue in attendues:
        assert attendue in unescape(lire(reponse))


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        (
            {"type": "stage", "debut": "2026-03-10", "fin": "2026-03-15", "cas": "1"},
            "a course lasts two days in a row",
        ),
        (
            {"type": "mesure", "nature": "suspension", "debut": "2026-03-10", "fin": "2026-03-01"},
            "1\u00a0March\u00a02026 is before the measure begins; expected: a date from 10\u00a0March\u00a02026 on",
        ),
        ({"type": "notification", "reference": "48"}, "no date; expected: the day the letter became known"),
    ],
)
def test_une_faute_pres_d_un_champ(client: Client, champs: dict[str, str], dit: str) -> None:
    envoi = {"dossier": dossier(FEU_ROUGE), "faire": "enregistrer", **champs}
    reponse = client.post("/en/calcul", envoi)
    assert reponse.status_code == 422
    assert re.search(rf'<p class="faute"[^>]*>{re.escape(dit)}', unescape(lire(reponse)))
    assert "attendu" not in mots(reponse)


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"le": "1991-01-01"}, "did not exist on 1991-01-01: the rule begins on 1992-07-01; expected: a day from 1"),
        ({"le": "hier"}, "The balance on: Give a date such as 22/11/2026"),
        ({"si": "infraction:2026-01-01:rien"}, "“rien” is neither a NATINF code nor an identifier known to the scale"),
        ({"borne": "peut-être"}, "Choose one of the answers offered."),
        ({"faire": "supposer"}, "quoi: unknown supposition; expected: “stage”"),
        ({"ajouter": "fortune"}, "“fortune” has no form"),
        ({"modifier": "personne"}, "no fact is called “personne”; expected: a fact of the file"),
    ],
)
def test_une_demande_absurde(client: Client, champs: dict[str, str], dit: str) -> None:
    assert dit in mots(client.post("/en/calcul", {"dossier": dossier(FEU_ROUGE), **champs}))


def test_la_loi_est_entiere_dans_les_deux_langues(client: Client) -> None:
    for racine, langue in (("", "fr"), ("/en", "en")):
        page = mots(client.get(f"{racine}/la-loi")).replace("’", "'")
        with translation.override(langue):
            for regle in Rule.registry:
                for texte in (regle.titre, regle.pivot):
                    assert translation.gettext(texte) in page
        assert ("Texts are cited by their French reference." in page) is (langue == "en")


def test_le_bareme_dit_que_ses_noms_sont_francais(client: Client) -> None:
    dit = "Offences keep their official name, which exists in French only."
    page = client.get("/en/bareme?q=feu rouge")
    assert dit in mots(page)
    assert '<h2 lang="fr">' in lire(page)
    assert dit in mots(client.post("/en/calcul", {"dossier": dossier(), "ajouter": "infraction"}))
    assert "nom officiel" not in mots(client.get("/bareme?q=feu rouge"))
