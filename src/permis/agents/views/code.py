"""Issue a confidential code. It is shown once, in the answer to the form: nothing keeps it, no redirect carries it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from permis.agents.fiche import Fiche, read_fiche
from permis.agents.forms import CodeForm
from permis.agents.pages import CONFLIT, REFUSE, draw
from permis.identites.acteur import Requete
from permis.identites.codes import PropreDossierError
from permis.identites.emission import CodeDejaEmisError, find_code, issue_after_check
from permis.identites.models import Lieu, Piece
from permis.identites.permissions import permission

ACTE = "emettre_un_code"


@permission("emettre_un_code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Requete, dossier_id: UUID) -> HttpResponse:
    """The check, then the code. Sent again, the form says that a code was issued since, and shows none."""
    fiche = read_fiche(request, dossier_id, ACTE)
    if request.method != "POST":
        return _draw(request, fiche)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _draw(request, fiche, REFUSE, form)
    donnees = form.cleaned_data
    controle = Piece(donnees["piece"]), Lieu(donnees["lieu"])
    try:
        emis = issue_after_check(dossier_id, request.acteur, controle, remplace=donnees["remplace"], at=request.at)
    except CodeDejaEmisError:
        return _draw(request, fiche, CONFLIT)
    except PropreDossierError:
        raise PermissionDenied from None
    contexte = {"page": "recherche", "fiche": fiche, "emis": emis, "adresse": _address(request)}
    return draw(request, "agents/code_emis.html", contexte)


def _address(request: Requete) -> str:
    """Where the code is typed, as it is written on paper."""
    return request.build_absolute_uri(reverse("identites:code"))


def _draw(request: Requete, fiche: Fiche, statut: int = 200, form: CodeForm | None = None) -> HttpResponse:
    actuel = find_code(fiche.lu.id)
    form = form or CodeForm(initial={"remplace": actuel.pk if actuel else None})
    contexte = {"page": "recherche", "fiche": fiche, "form": form, "actuel": actuel, "conflit": statut == CONFLIT}
    return draw(request, "agents/code.html", contexte, statut)
