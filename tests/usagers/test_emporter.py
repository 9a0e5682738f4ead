"""What one takes away: a table that no spreadsheet runs, a dossier that opens elsewhere and answers the same."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from permis.commande.__main__ import main
from permis.droit.dossier import read_dossier
from permis.droit.releve import replay
from permis.registre.etat_civil import EtatCivil
from permis.usagers.export import neutralise
from tests.usagers.fabrique import JOUR, PERMIS_2015, Conducteur, Fait, conducteur, infraction, realite
from tests.usagers.visite import solde

ANNULATION: Fait = {
    "type": "annulation",
    "id": "a",
    "vise": "tel",
    "date": "2026-10-01",
    "autorite": "juge_administratif",
}


def angele(**autres: Any) -> Conducteur:
    return conducteur(
        PERMIS_2015,
        infraction("feu", "2026-01-05T18:14", 4, libelle="Feu; « rouge »"),
        realite("feu", "2026-02-01"),
        infraction("tel", "2026-03-01", 3, libelle='=HYPERLINK("https://exemple.invalid")'),
        realite("tel", "2026-04-01"),
        ANNULATION,
        infraction("stop", "2026-11-01", 4, libelle="@stop"),
        **autres,
    )


def tableau(client: Client, langue: str = "") -> list[dict[str, str]]:
    reponse = client.get(f"{langue}/mon-permis/historique.csv")
    assert reponse.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert reponse.headers["Content-Disposition"] == 'attachment; filename="permis-historique-2026-11-22.csv"'
    assert reponse.content.startswith(b"\xef\xbb\xbf")
    texte = reponse.content.decode("utf-8-sig")
    assert "\r\n" in texte
    return list(csv.DictReader(io.StringIO(texte, newline=""), delimiter=";"))


def test_le_tableau_a_chaque_ligne_de_l_historique() -> None:
    lignes = tableau(angele().client)
    (retrait,) = [ligne for ligne in lignes if ligne["Motif"] == "Retrait de points" and ligne["Solde"]]
    assert retrait["Commis ou accompli le"] == "2026-01-05"
    assert retrait["Prend effet le"] == "2026-02-01"
    assert retrait["Connu du fichier le"] == "2026-02-01"
    assert (retrait["Points"], retrait["Solde"], retrait["Plafond"]) == ("-4", "8", "12")
    assert retrait["Fait"] == "Feu; « rouge », 5\u00a0janvier\u00a02026"
    natures = [ligne["Nature"] for ligne in lignes]
    assert natures.count("Pas encore effectif") == 1
    assert natures.count("Correction") == 1
    (correction,) = [ligne for ligne in lignes if ligne["Nature"] == "Correction"]
    assert correction["Ne tient plus depuis le"] == "2026-10-01"


def test_aucune_case_n_est_une_formule() -> None:
    cases = [case for ligne in tableau(angele().client) for case in ligne.values()]
    assert not [
        case
        for case in cases
        if case.startswith(("=", "+", "-", "@", "\t", "\r")) and not case.removeprefix("-").isdecimal()
    ]
    assert [case for case in cases if case.startswith("'=HYPERLINK")]


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r"])
def test_un_debut_dangereux_est_neutralise(debut: str) -> None:
    assert neutralise(f"{debut}A1") == f"'{debut}A1"
    assert neutralise(f"1{debut}") == f"1{debut}"


@pytest.mark.parametrize(
    ("case", "ecrite"), [("-4", "-4"), ("4", "4"), ("-4+A1", "'-4+A1"), ("--4", "'--4"), ("-", "'-")]
)
def test_un_nombre_reste_un_nombre(case: str, ecrite: str) -> None:
    assert neutralise(case) == ecrite


def test_le_tableau_en_anglais() -> None:
    assert "Takes effect on" in tableau(angele().client, "/en")[0]


def test_le_dossier_s_ouvre_dans_le_simulateur_public() -> None:
    chez_soi = angele()
    reponse = chez_soi.client.get("/mon-permis/dossier.json")
    assert reponse.headers["Content-Disposition"] == 'attachment; filename="permis-2026-11-22.json"'
    public = Client().post("/calcul", {"faire": "ouvrir", "texte": reponse.content.decode()})
    assert solde(public) == solde(chez_soi.client.get("/mon-permis")) == 8


def test_le_dossier_s_ouvre_en_ligne_de_commande(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conductrice = angele()
    fichier = tmp_path / "permis.json"
    fichier.write_bytes(conductrice.client.get("/mon-permis/dossier.json").content)
    assert main(["releve", str(fichier), "--le", JOUR.isoformat(), "--json"]) == 0
    repondu = json.loads(capsys.readouterr().out)
    lignes = tableau(conductrice.client)
    effectives = [ligne for ligne in lignes if ligne["Nature"] == "Mouvement"]
    assert repondu["solde"] == 8
    assert [m["date"] for m in reversed(repondu["mouvements"])] == [ligne["Prend effet le"] for ligne in effectives]
    assert len(repondu["corrections"]) == 1


@pytest.mark.parametrize("le", [date(2026, 3, 1), JOUR, date(2029, 6, 1)])
def test_le_dossier_donne_la_meme_reponse_a_toute_date(le: date) -> None:
    conductrice = angele()
    texte = json.loads(conductrice.client.get("/mon-permis/dossier.json").content)
    emporte = replay(read_dossier(texte).faits, le)
    reponse = conductrice.client.post("/mon-permis/et-si", {"faire": "voir", "le": le.isoformat()})
    assert solde(reponse) == emporte.solde


def test_un_etat_civil_sans_prenom_ni_jour_de_naissance() -> None:
    presume = EtatCivil("", "", ("Zoé",), "1992-00-00", "unspecified", "", "99212")
    conductrice = angele(etat_civil=presume)
    texte = json.loads(conductrice.client.get("/mon-permis/dossier.json").content)
    assert read_dossier(texte).faits
    assert "en 1992 (jour et mois inconnus)" in conductrice.client.get("/mon-permis/releve-integral").content.decode()
