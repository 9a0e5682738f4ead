"""The worked examples: invented stories, shown as any dossier is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from permis.identites.permissions import ouvert_a_tous
from permis.public.exemples import load_exemple
from permis.public.horloge import today
from permis.public.views.adresses import switch_language
from permis.public.views.gardes import never_kept, seen_only
from permis.public.views.releve import render_releve


@ouvert_a_tous
@seen_only
def exemple(request: HttpRequest, slug: str) -> HttpResponse:
    """One example, on its day."""
    trouve = load_exemple(slug, today())
    if trouve is None:
        raise Http404
    presentation, etat = trouve
    autre_langue = switch_language("public:exemple", slug=slug)
    return never_kept(render_releve(request, etat, exemple=presentation, autre_langue=autre_langue))
