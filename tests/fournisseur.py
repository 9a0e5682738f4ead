"""The certified identity provider (npm `oidc-provider`), configured like FranceConnect or ProConnect, for a test.

    with certified_provider("http://127.0.0.1:8000", "franceconnect") as fournisseur:
        fournisseur.issuer, fournisseur.client_id, fournisseur.client_secret

The people are those of the demonstration. The page where one picks a person has a button for each (`personne`,
whose value is the name of the file) and one to give up (`annuler`).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

DOSSIER: Final = Path(__file__).parent / "parcours" / "fournisseur"
CLIENT_ID: Final = "permis-certifie"
CLIENT_SECRET: Final = "not a secret: made for the tests of this machine"  # noqa: S105


class Certifie(NamedTuple):
    """Where it answers, and the one client that it knows."""

    issuer: str
    client_id: str = CLIENT_ID
    client_secret: str = CLIENT_SECRET


@contextmanager
def certified_provider(site: str, genre: str, personnes: dict[str, Any] | None = None) -> Iterator[Certifie]:
    """The provider, knowing one client: the site at that address."""
    reglages = {
        "genre": genre,
        "client": {
            "id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "retours": [f"{site}/connexion/{genre}/retour"],
            "sorties": [f"{site}/deconnexion/{genre}/retour"],
        },
        "personnes": personnes or invented_people(genre),
    }
    commande = ["node", "fournisseur.mjs"]
    tubes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(commande, cwd=DOSSIER, text=True, **tubes) as processus:
        assert processus.stdin
        assert processus.stdout
        try:
            json.dump(reglages, processus.stdin)
            processus.stdin.close()
            yield Certifie(json.loads(processus.stdout.readline())["issuer"])
        finally:
            processus.kill()


def invented_people(genre: str) -> dict[str, Any]:
    """The people of the demonstration, as that provider knows them."""
    from permis.demonstration.personnes import list_agents, list_conducteurs  # noqa: PLC0415 - not where Django is not

    if genre == "franceconnect":
        return {
            personne.nom: {
                "nom_affiche": personne.nom_affiche,
                "acr": "eidas1",
                "amr": ["fc", "pwd"],
                "claims": personne.etat_civil | {"given_name": " ".join(personne.etat_civil["given_name_array"])},
            }
            for personne in list_conducteurs()
        }
    return {
        personne.nom: {
            "nom_affiche": personne.nom_affiche,
            "acr": personne.proconnect["acr"],
            "amr": ["pwd", "mfa"],
            "claims": personne.proconnect,
        }
        for personne in list_agents()
    }
