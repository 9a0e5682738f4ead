"""Over every route of the driver's space, read from the URL configuration: who enters, whose file, and the line of
access that each reading writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import django
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

django.setup()

from permis.identites.models import Agent, Compte  # noqa: E402 - models are imported once Django is ready
from permis.identites.permissions import TABLE, Objet  # noqa: E402
from permis.identites.roles import Genre, Moyen, Role  # noqa: E402
from permis.registre.lecture import list_consultations  # noqa: E402
from permis.usagers import urls  # noqa: E402
from tests.usagers.fabrique import (  # noqa: E402
    MIDI,
    PERMIS_2015,
    Conducteur,
    conducteur,
    connecter,
    infraction,
    realite,
    sans_dossier,
)
from tests.usagers.visite import lire  # noqa: E402

GESTES = {"demander_document"}
"""What a form sends, and no page."""
ROUTES = [str(m.name) for m in urls.urlpatterns if not m.pattern.converters and str(m.name) not in GESTES]
"""Those which designate a letter, a statement or a share have their own tests, with strangers who own some."""
NE_LISENT_PAS = {"consultations", "aide", "partages", "electronique", "documents"}
"""The pages that show nothing of the file; any other route must write exactly one line."""
FICHIERS = {"historique_csv", "dossier_json"}
PAGES = [nom for nom in ROUTES if nom not in FICHIERS]
MARQUE = "Infraction-que-seul-son-auteur-connaît"


DESIGNES = {objet.parametre for objet in (Objet.COURRIER, Objet.DOCUMENT, Objet.PARTAGE)}


def adresse(nom: str, langue: str = "fr") -> str:
    with translation.override(langue):
        return reverse(f"usagers:{nom}")


def marque() -> Conducteur:
    return conducteur(
        PERMIS_2015,
        infraction("marque", "2026-01-05", 4, libelle=MARQUE),
        realite("marque", "2026-02-01"),
    )


def permission_of(nom: str) -> str:
    def vues() -> Iterator[tuple[str, object]]:
        for motif in urls.urlpatterns:
            yield str(motif.name), motif.callback

    return str(getattr(dict(vues())[nom], "permission"))  # noqa: B009 - what the decorator set


def test_l_espace_a_des_routes_et_aucune_ne_designe_un_dossier() -> None:
    assert len(ROUTES) >= 12
    assert {nom for motif in urls.urlpatterns for nom in motif.pattern.converters} <= DESIGNES


@pytest.mark.parametrize("nom", ROUTES)
def test_chaque_lecture_ecrit_une_ligne_et_une_seule(nom: str) -> None:
    angele = marque()
    reponse = angele.client.get(adresse(nom))
    assert reponse.status_code == 200
    attendu = 0 if nom in NE_LISENT_PAS else 1
    assert angele.acces() == attendu
    if attendu:
        (ligne,) = list_consultations(angele.dossier, pour_titulaire=True)
        fondement = TABLE[permission_of(nom)].fondement
        assert (ligne.role, ligne.service, ligne.fondement) == ("titulaire", "franceconnect", fondement)
        assert (ligne.acte, ligne.compte, ligne.consulte_at) == (permission_of(nom), angele.compte, MIDI)
    else:
        page = reponse.content.decode()
        assert not {MARQUE, angele.neph, "grand-nombre"} & set(re.split(r'[\s<>"]+', page))


@pytest.mark.parametrize("nom", ROUTES)
def test_une_autre_methode_est_refusee_sans_rien_lire(nom: str) -> None:
    angele = marque()
    assert angele.client.delete(adresse(nom)).status_code == 405
    assert angele.acces() == 0


@pytest.mark.parametrize("nom", ROUTES)
def test_une_etrangere_qui_a_un_dossier_ne_voit_que_le_sien(nom: str) -> None:
    angele, autre = marque(), conducteur(PERMIS_2015)
    for requete in ("", f"?dossier={angele.dossier}", f"?dossier_id={angele.dossier}&compte={angele.compte}"):
        page = autre.client.get(adresse(nom) + requete).content.decode()
        assert MARQUE not in page
        assert angele.neph not in page
    assert angele.acces() == 0


@pytest.mark.parametrize("nom", ROUTES)
def test_personne_n_entre_sans_se_connecter(nom: str) -> None:
    reponse = Client().get(adresse(nom))
    assert reponse.status_code == 302
    assert reponse.headers["Location"].startswith("/connexion?suite=")


@pytest.mark.parametrize("nom", ROUTES)
def test_qui_n_a_pas_de_dossier_voit_ou_en_est_sa_demande(nom: str) -> None:
    reponse = sans_dossier().get(adresse(nom))
    assert (reponse.status_code, reponse.headers["Location"]) == (302, "/mon-compte/demande")


@pytest.mark.parametrize("nom", ROUTES)
def test_un_agent_n_entre_pas(nom: str) -> None:
    compte = Compte.objects.create(genre=Genre.AGENT, ouvert_at=MIDI)
    agent = Agent(compte=compte, service="Centre", roles=list(Role.values), sans_permis=True, habilite_at=MIDI)
    agent.seal_columns(courriel="agent@service.permis.example", neph=None)
    agent.save(force_insert=True)
    assert connecter(compte, Moyen.PROCONNECT).get(adresse(nom)).status_code == 403


OUVERTES_PAR_CODE = {"mon_permis", "historique", "a_venir", "et_si", "courriers", "documents"}


@pytest.mark.parametrize("nom", ROUTES)
def test_le_neph_et_le_code_ouvrent_le_solde_et_l_historique(nom: str) -> None:
    angele = conducteur(PERMIS_2015, moyen=Moyen.NEPH_CODE)
    reponse = angele.client.get(adresse(nom))
    if nom in OUVERTES_PAR_CODE:
        assert reponse.status_code == 200
        lignes = list_consultations(angele.dossier, pour_titulaire=True)
        assert [ligne.service for ligne in lignes] == ([] if nom in NE_LISENT_PAS else ["neph_code"])
    else:
        assert reponse.status_code == 403
        assert "FranceConnect est demandé ici" in reponse.content.decode()
        assert angele.acces() == 0


@pytest.mark.parametrize("nom", ROUTES)
def test_aucun_cache_ne_garde_rien(nom: str) -> None:
    assert marque().client.get(adresse(nom)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("nom", PAGES)
def test_chaque_page_a_un_titre_une_place_et_l_autre_langue(nom: str, langue: str) -> None:
    page = lire(marque().client.get(adresse(nom, langue)))
    assert f'<html lang="{langue}">' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert re.search(r"<title>\s*\S.*? – permis</title>", page, re.DOTALL)
    assert page.count('aria-current="page"') == (0 if nom == "releve_integral" else 1)
    autre = adresse(nom, "en" if langue == "fr" else "fr")
    assert f'"{autre}"' in page
    assert ("Mon permis" in page) == (langue == "fr")


@pytest.mark.parametrize("nom", PAGES)
def test_la_langue_garde_ce_que_l_adresse_demande(nom: str) -> None:
    page = lire(marque().client.get(adresse(nom) + "?annee=2026&qui=autres"))
    assert f'"{adresse(nom, "en")}?annee=2026&amp;qui=autres"' in page


def test_une_page_publique_ramene_a_son_espace() -> None:
    angele = marque()
    assert 'href="/mon-permis"' in lire(angele.client.get("/la-loi"))
    assert 'href="/mon-permis"' not in lire(Client().get("/la-loi"))
    assert angele.acces() == 0
