"""Before anything is sent, each field says whether it is required; what is required in some cases says which."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from permis.public.forms.faits import FORMULAIRES
from permis.public.views.fait import TOUS
from tests.public.visite import FEU_ROUGE, dossier, lire, mots, poster

CHAMP = re.compile(
    r'<(?:label for="champ-(\w+)"|fieldset class="champ"\s+id="champ-(\w+)".*?<legend)(.*?)</l', re.DOTALL
)
DIT = "(obligatoire)"


def annonces(page: str) -> dict[str, bool]:
    """Each field of the page, and whether its label says that it is required."""
    return {label or groupe: DIT in texte for label, groupe, texte in CHAMP.findall(page)}


@pytest.mark.parametrize("genre", TOUS)
def test_chaque_champ_annonce_ce_que_le_serveur_demandera(client: Client, genre: str) -> None:
    page = lire(poster(client, dossier(FEU_ROUGE), ajouter=genre))
    champs = {nom: champ for nom, champ in TOUS[genre].base_fields.items() if nom != "bareme"}
    assert annonces(page) == {nom: champ.required for nom, champ in champs.items()}


def test_le_premier_pas_aussi(client: Client) -> None:
    page = lire(client.get("/"))
    attendus = {
        nom: champ.required for nom, champ in FORMULAIRES["delivrance"].base_fields.items() if nom != "connu_le"
    }
    assert annonces(page) == attendus
    assert re.search(r'name="date"[^>]* required', page)
    assert "Un fichier ou son texte, l’un des deux, est obligatoire." in mots(client.get("/"))
    assert "Date obtained (required)" in mots(client.get("/en/"))


def test_rien_n_est_refuse_par_le_navigateur(client: Client) -> None:
    for page in (client.get("/"), poster(client, dossier(FEU_ROUGE), ajouter="infraction"), poster(client, dossier())):
        for formulaire in re.findall(r"<form\b[^>]*>.*?</form>", lire(page), re.DOTALL):
            assert " required" not in formulaire or "novalidate" in formulaire.partition(">")[0]


@pytest.mark.parametrize(
    ("genre", "dit"),
    [
        ("infraction", "Obligatoire : choisissez une infraction du barème, ou indiquez sa classe et ses points."),
        ("infraction", "Obligatoire si elle est réglée : jour du paiement"),
        ("infraction", "Obligatoire si le retrait a été décidé"),
        ("notification", "Obligatoire, sauf si vous remplissez les dates de la poste ci-dessous."),
        ("delivrance", "Obligatoire pour un permis étranger non échangé."),
    ],
)
def test_ce_qui_depend_d_une_autre_reponse_le_dit(client: Client, genre: str, dit: str) -> None:
    assert dit in mots(poster(client, dossier(), ajouter=genre))
