"""Where a letter in another language cites the name of an offence, it says so: the name is French."""

from __future__ import annotations

from datetime import date

from permis.courriers.contenu import compose_document
from tests.courriers.contenu.ecrits import NUMERO, ecrire, infraction, lire, payee, perdre, permis, textes

NOM = "Usage d'un téléphone tenu en main ; véhicule arrêté"
QR = "https://permis.example/v"
COURBE, ESPACE = NOM.replace("'", "’"), NOM.replace("'", "’").replace(" ;", "\u202f;")
UNE = (permis(), infraction("i1", "2025-03-10", libelle=NOM), payee("i1", "2025-04-02"))


def test_chaque_forme_du_nom_que_la_lettre_ecrit_est_dite() -> None:
    lettre = ecrire(lire(*UNE), "48", date(2025, 4, 5))
    assert lettre["textes"]["en"]["francais"] == sorted([NOM, ESPACE])
    ecrits = "\n".join(textes(lettre, "en"))
    assert NOM in ecrits
    assert ESPACE in ecrits
    assert COURBE not in ecrits
    assert lettre["textes"]["fr"]["francais"] == []


def test_un_nom_que_la_lettre_ne_cite_pas_n_est_pas_dit() -> None:
    autre = infraction("i2", "2025-01-10", libelle="Non-respect d'un arrêt")
    assert ecrire(lire(*UNE, autre), "48", date(2025, 4, 5))["textes"]["en"]["francais"] == sorted([NOM, ESPACE])
    sans_nom = lire(permis(), infraction("i1", "2025-03-10"), payee("i1", "2025-04-02"))
    assert ecrire(sans_nom, "48", date(2025, 4, 5))["textes"]["en"]["francais"] == []


def test_le_plus_long_vient_d_abord() -> None:
    faits = perdre(infraction("i3", "2025-10-01", libelle="Conduite"), payee("i3", "2025-11-04"))
    noms = ecrire(lire(*faits), "48SI", date(2025, 11, 5), voie="recommande")["textes"]["en"]["francais"]
    assert noms[-1] == "Conduite"
    assert noms == sorted(noms, key=len, reverse=True)
    assert {"Conduite malgré une suspension", "Conduite sous l'empire de l'alcool"} < set(noms)


def test_un_releve_integral_le_dit_aussi_et_un_restreint_n_en_cite_aucun() -> None:
    def releve(genre: str) -> list[str]:
        ecrit = compose_document(lire(*UNE), genre, numero=NUMERO, secret_url=QR, le=date(2026, 3, 1), langue="en")
        assert ecrit["textes"]["fr"]["francais"] == []
        return ecrit["textes"]["en"]["francais"]

    assert releve("rii") == sorted([NOM, ESPACE])
    assert releve("rir") == []
