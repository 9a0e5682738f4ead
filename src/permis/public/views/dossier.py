"""The dossier to keep: the JSON of the public format, which this page and the command line read back."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from permis.droit.dossier.fautes import DossierInvalideError
from permis.identites.permissions import ouvert_a_tous
from permis.public.etat import read_etat
from permis.public.horloge import today
from permis.public.views.erreurs import error_page
from permis.public.views.gardes import posted_only


@ouvert_a_tous
@posted_only
def telecharger(request: HttpRequest) -> HttpResponse:
    """Give back the dossier as a file."""
    jour = today()
    try:
        objet = read_etat(request.POST, jour).objet
    except DossierInvalideError:
        return error_page(request, 400)
    texte = json.dumps(objet, ensure_ascii=False, indent=1) + "\n"
    nom = f'attachment; filename="permis-{jour.isoformat()}.json"'
    return HttpResponse(texte, content_type="application/json; charset=utf-8", headers={"Content-Disposition": nom})
