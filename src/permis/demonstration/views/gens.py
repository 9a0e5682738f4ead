"""Who the invented people are, with what each needs to sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from permis.affichage.langue import same_page
from permis.demonstration.models import CodeMontre
from permis.demonstration.personnes import list_agents, list_conducteurs
from permis.identites.permissions import ouvert_a_tous


@ouvert_a_tous
@never_cache
@require_safe
def gens(request: HttpRequest) -> HttpResponse:
    """Drivers with their NEPH and code, then agents."""
    codes = dict(CodeMontre.objects.values_list("neph", "code"))
    conducteurs = [
        {"personne": personne, "dossiers": [(d.neph, codes.get(d.neph, "")) for d in personne.dossiers]}
        for personne in list_conducteurs()
    ]
    contexte = {"conducteurs": conducteurs, "agents": list_agents(), "autre_langue": same_page(request)}
    return render(request, "demonstration/gens.html", contexte)
