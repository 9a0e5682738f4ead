"""« Mes documents »: one press gives a signed PDF; the list gives it again or takes it back; never another's."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from permis.courriers import documents
from permis.courriers.models import Document, GenreDocument
from permis.courriers.signature import check_pdf
from permis.courriers.verification import Verdict, check_numero
from permis.identites.roles import Moyen
from permis.registre.lecture import list_consultations
from tests.courriers.conducteurs import numero_de, suspendre
from tests.usagers.fabrique import MIDI, PERMIS_2015, Conducteur, conducteur, infraction, realite
from tests.usagers.visite import lire, mots

PAGE, DEMANDER = "/mon-permis/documents", "/mon-permis/documents/demander"
NOMS = {
    "adc": "attestation-droits-a-conduire-2026-11-22.pdf",
    "rir": "releve-restreint-2026-11-22.pdf",
    "rii": "releve-integral-2026-11-22.pdf",
}


def angele(moyen: Moyen = Moyen.FRANCECONNECT) -> Conducteur:
    return conducteur(PERMIS_2015, infraction("a", "2026-01-05"), realite("a", "2026-02-01"), moyen=moyen)


def demander(qui: Conducteur, genre: str = "adc", langue: str = "fr") -> Any:
    return qui.client.post(DEMANDER, {"genre": genre, "langue": langue})


def seul(qui: Conducteur) -> Document:
    return Document.objects.get(dossier=qui.dossier)


@pytest.mark.parametrize("genre", list(NOMS))
def test_une_pression_donne_un_pdf_signe(genre: str) -> None:
    qui = angele()
    reponse = demander(qui, genre)
    assert (reponse.status_code, reponse.headers["Content-Type"]) == (200, "application/pdf")
    assert reponse.headers["Content-Disposition"] == f'attachment; filename="{NOMS[genre]}"'
    assert reponse.headers["Cache-Control"] == "no-store"
    controle = check_pdf(reponse.content, at=MIDI)
    assert controle.is_authentique
    assert controle.donnees is not None
    assert controle.donnees["numero"] == numero_de(seul(qui))


def test_la_lecture_du_dossier_s_inscrit() -> None:
    qui = angele()
    demander(qui)
    (ligne,) = list_consultations(qui.dossier, pour_titulaire=True)
    assert (ligne.acte, ligne.role, ligne.compte) == ("demander_un_document", "titulaire", qui.compte)


def test_la_liste_le_redonne_le_meme() -> None:
    qui = angele()
    demander(qui)
    page = lire(qui.client.get(PAGE))
    assert numero_de(seul(qui)) in page
    lien = re.search(rf'href="({PAGE}/[^"]+\.pdf)"', page)
    assert lien
    controle = check_pdf(qui.client.get(lien[1]).content, at=MIDI)
    assert controle.is_authentique
    assert controle.donnees is not None
    assert controle.donnees["numero"] == numero_de(seul(qui))


def test_annuler_demande_d_etre_sur_puis_se_verifie() -> None:
    qui = angele()
    demander(qui)
    document = seul(qui)
    adresse = f"{PAGE}/{document.pk}/annuler"
    assert "C’est définitif" in mots(qui.client.get(adresse))
    assert check_numero(numero_de(document), MIDI) is Verdict.AUTHENTIQUE
    assert qui.client.post(adresse).status_code == 302
    assert check_numero(numero_de(document), MIDI) is Verdict.REVOQUE
    page = lire(qui.client.get(PAGE))
    assert "annulé" in page
    assert adresse not in page, "once is enough"


def test_sans_droit_de_conduire_pas_d_attestation_mais_le_releve() -> None:
    qui = angele()
    suspendre(qui.dossier, MIDI)
    reponse = demander(qui)
    assert reponse.status_code == 422
    assert "Le relevé restreint, lui, dit où vous en êtes" in mots(reponse)
    assert not Document.objects.exists()
    assert demander(qui, "rir").status_code == 200


def test_trop_en_un_jour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "PAR_JOUR", 1)
    qui = angele()
    demander(qui)
    reponse = demander(qui)
    assert reponse.status_code == 429
    assert "Trente documents en un jour" in mots(reponse)


@pytest.mark.parametrize(("genre", "langue"), [("", "fr"), ("48", "fr"), ("adc", "de"), ("adc", "")])
def test_ce_qui_n_existe_pas(genre: str, langue: str) -> None:
    qui = angele()
    assert demander(qui, genre, langue).status_code == 404
    assert qui.acces() == 0


def test_le_neph_et_le_code_ne_donnent_pas_le_releve_integral() -> None:
    par_code = angele(Moyen.NEPH_CODE)
    assert demander(par_code).status_code == 200
    assert demander(par_code, "rir").status_code == 200
    reponse = demander(par_code, "rii")
    assert reponse.status_code == 403
    assert "FranceConnect est demandé ici" in reponse.content.decode()
    page = lire(par_code.client.get(PAGE))
    assert "FranceConnect est demandé pour ce relevé" in page
    assert 'value="rii"' not in page


def test_le_releve_pris_par_franceconnect_ne_se_relit_pas_par_code() -> None:
    par_code = angele(Moyen.NEPH_CODE)
    lu = documents.issue(_lu(par_code.dossier), GenreDocument.RII, "fr", at=MIDI)
    assert par_code.client.get(f"{PAGE}/{lu.pk}.pdf").status_code == 403
    assert f"{lu.pk}.pdf" not in lire(par_code.client.get(PAGE))


def _lu(dossier: UUID) -> Any:
    from tests.courriers.conducteurs import lire as lire_le_dossier  # noqa: PLC0415

    return lire_le_dossier(dossier)


@pytest.mark.parametrize("suite", [".pdf", "/annuler"])
def test_celui_d_un_autre_n_existe_pas(suite: str) -> None:
    qui, autre = angele(), angele()
    demander(qui)
    demander(autre)
    for methode in ("get", "post"):
        assert getattr(autre.client, methode)(f"{PAGE}/{seul(qui).pk}{suite}").status_code in {404, 405}
        assert getattr(autre.client, methode)(f"{PAGE}/{uuid4()}{suite}").status_code in {404, 405}
    assert check_numero(numero_de(seul(qui)), MIDI) is Verdict.AUTHENTIQUE
    assert numero_de(seul(qui)) not in lire(autre.client.get(PAGE))
    assert Client().get(f"{PAGE}/{seul(qui).pk}{suite}").status_code == 302


def test_une_page_changee_n_est_pas_donnee() -> None:
    qui = angele()
    demander(qui)
    Document.objects.update(empreinte="0" * 64)
    reponse = qui.client.get(f"{PAGE}/{seul(qui).pk}.pdf")
    assert reponse.status_code == 500
    assert "demandez-en un autre" in mots(reponse)
    assert b"%PDF" not in reponse.content


def test_la_page_ne_lit_pas_le_dossier() -> None:
    qui = angele()
    page = lire(qui.client.get(PAGE))
    assert qui.acces() == 0
    assert "Aucun pour l’instant" in page
    assert qui.client.get(DEMANDER).status_code == 405
