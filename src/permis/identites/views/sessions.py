"""One's own sessions: see them, close one, close them all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from permis.identites.acteur import Requete
from permis.identites.models import SessionOuverte
from permis.identites.permissions import permission
from permis.identites.roles import Genre
from permis.identites.sessions import LIMITES, close_all, close_session, list_sessions
from permis.identites.views.langues import switch_language
from permis.identites.views.pages import go_out
from permis.registre.temps import HEURE_LEGALE


@permission("gerer_ses_sessions")
@require_safe
@never_cache
def sessions(request: Requete) -> HttpResponse:
    """The sessions that still live."""
    acteur = request.acteur
    limites = LIMITES[Genre(acteur.genre)]
    contexte = {
        "page": "sessions",
        "ouvertes": [_describe(ouverte) for ouverte in list_sessions(acteur.compte, request.at)]
        if acteur.compte
        else [],
        "inactivite": int(limites.inactivite.total_seconds() // 60),
        "duree": int(limites.duree.total_seconds() // 3600),
        "autre_langue": switch_language("identites:sessions"),
    }
    return render(request, "identites/sessions.html", contexte)


def _describe(ouverte: SessionOuverte) -> dict[str, Any]:
    """A session with its moments in French legal time."""
    moments = {"ouverte": ouverte.ouverte_at.astimezone(HEURE_LEGALE), "vue": ouverte.vue_at.astimezone(HEURE_LEGALE)}
    jours = {f"{nom}_le": moment.date() for nom, moment in moments.items()}
    heures = {f"{nom}_a": f"{moment:%H:%M}" for nom, moment in moments.items()}
    return {"ligne": ouverte, **jours, **heures}


@permission("fermer_sa_session")
@require_POST
def fermer(request: Requete, session_id: UUID) -> HttpResponse:
    """Close one; if it is this one, that is signing out."""
    acteur = request.acteur
    if session_id == acteur.session:
        return HttpResponseRedirect(reverse("identites:deconnexion"))
    if acteur.compte is not None:
        close_session(acteur.compte, session_id, request.at)
    return HttpResponseRedirect(reverse("identites:sessions"))


@permission("gerer_ses_sessions")
@require_POST
def tout_fermer(request: Requete) -> HttpResponse:
    """Sign out everywhere, here too."""
    if request.acteur.compte is not None:
        close_all(request.acteur.compte, request.at)
    request.session.flush()
    return go_out(ended=True)
