"""What the letters and statements of whole lives say is what their seal says."""

from datetime import date

import pytest

from permis.courriers.contenu import RienADireError, compose_document
from permis.courriers.lecture_sceau import check_2ddoc
from permis.courriers.sceau import seal_courrier, seal_document
from tests.courriers.contenu.ecrits import (
    NUMERO,
    Objet,
    compose_du,
    dues,
    infraction,
    lire,
    notifiee,
    payee,
    perdre,
    permis,
    stage,
)
from tests.courriers.scelles import MIDI, read_by_tddoc

pytestmark = pytest.mark.usefixtures("autorite")
LE = MIDI.date()
ADRESSE = "https://permis.example/v"
SUSPENSION: Objet = {
    "type": "mesure", "id": "m1", "nature": "suspension", "debut": "2026-05-01", "fin": "2026-11-01",
}  # fmt: skip
RESTRICTION: Objet = {**SUSPENSION, "nature": "restriction"}
VIES: dict[str, list[Objet]] = {
    "perdu": perdre(),
    "notifie": perdre(notifiee("n", "48SI", "2025-12-01")),
    "petits retraits": [
        permis(),
        infraction("i1", "2024-03-10T08:05", 1, classe="contravention_3"),
        payee("i1", "2024-04-02"),
        infraction("i2", "2026-01-10", 6, classe="delit"),
        payee("i2", "2026-02-02", "condamnation_definitive"),
        stage("s", "2026-03-02", "2026-03-03"),
    ],
    "probation": [permis("2025-06-01"), infraction("i1", "2025-09-10", 3), payee("i1", "2025-10-02")],
}


@pytest.mark.parametrize("vie", VIES)
def test_chaque_lettre_d_une_vie(vie: str) -> None:
    lu = lire(*VIES[vie])
    scellees = 0
    for du in dues(lu, LE):
        try:
            contenu = compose_du(lu, du, LE)
        except RienADireError:
            continue
        code = seal_courrier(contenu)
        donnees, lus = contenu["donnees"], read_by_tddoc(code)
        assert check_2ddoc(code, at=MIDI).numero == NUMERO
        assert (lus["AB"], lus["AC"], lus["6G"]) == (du.reference, "170300000001", "ESSAI")
        assert lus.get("AG") == donnees["solde"]
        fait = donnees["infraction"] or {"date": None}
        assert lus.get("AD") == (date.fromisoformat(fait["date"]) if fait["date"] else None)
        assert lus.get("AF") == (donnees["points"] if fait["date"] and donnees["variation"] < 0 else None)
        scellees += 1
    assert scellees


@pytest.mark.parametrize(
    ("genre", "mesures", "etat"),
    [
        ("rii", (), "1"),
        ("rir", (), "1"),
        ("adc", (), "1"),
        ("rir", (SUSPENSION,), "2"),
        ("adc", (RESTRICTION,), "7"),
        ("rir", (SUSPENSION, {**RESTRICTION, "id": "m2"}), "2"),
    ],
)
def test_chaque_releve(genre: str, mesures: tuple[Objet, ...], etat: str) -> None:
    lu = lire(permis(), permis("2018-01-01", "a2", categorie="A2"), *mesures)
    contenu = compose_document(lu, genre, numero=NUMERO, secret_url=ADRESSE, le=LE, langue="fr")
    code = seal_document(contenu)
    lus = read_by_tddoc(code)
    assert check_2ddoc(code, at=MIDI).numero == NUMERO
    assert (lus["E4"], lus["E5"], lus["E6"]) == (genre.upper(), etat, "A2 B")
    assert lus.get("08") == (date(2026, 10, 1) if genre == "adc" else None)
    assert not {"AG", "AF"} & lus.keys(), "no point in what is shown to others"


def test_un_permis_perdu_l_est_dans_le_sceau_du_releve() -> None:
    lu = lire(*VIES["notifie"])
    contenu = compose_document(lu, "rir", numero=NUMERO, secret_url=ADRESSE, le=LE, langue="fr")
    assert read_by_tddoc(seal_document(contenu))["E5"] == "3"
