"""One's own file to take away: the history as a table, the facts as the public format writes them."""

from __future__ import annotations

import json

from django.http import HttpResponse

from permis.identites.acteur import Requete
from permis.usagers.acces import Ouvert, own_file
from permis.usagers.export import write_csv
from permis.usagers.historique import Historique


@own_file("emporter_son_dossier")
def historique_csv(_request: Requete, ouvert: Ouvert) -> HttpResponse:
    """The whole history, for a spreadsheet."""
    texte = write_csv(Historique(ouvert.reponse.releve, ouvert.dossier.faits).lignes)
    return _download(texte, "text/csv; charset=utf-8", f"permis-historique-{ouvert.aujourdhui}.csv")


@own_file("emporter_son_dossier")
def dossier_json(_request: Requete, ouvert: Ouvert) -> HttpResponse:
    """The file of the contract: the public simulator and the command line open it, and answer the same."""
    texte = json.dumps(ouvert.dossier.dossier(), ensure_ascii=False, indent=1) + "\n"
    return _download(texte, "application/json; charset=utf-8", f"permis-{ouvert.aujourdhui}.json")


def _download(texte: str, nature: str, nom: str) -> HttpResponse:
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "no-store"}
    return HttpResponse(texte, content_type=nature, headers=entetes)
