"""Where one's reconciliation stands, and the second proof that it may ask for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from permis.identites.acteur import Requete
from permis.identites.forms import NephForm
from permis.identites.models import Etat
from permis.identites.permissions import permission
from permis.identites.rapprochement import ESSAIS, find_case, prove_neph
from permis.identites.roles import Moyen
from permis.identites.sessions import read_id_token
from permis.identites.views.entree import enter
from permis.identites.views.langues import switch_language
from permis.identites.views.pages import go_home
from permis.registre.temps import jour_legal


@permission("suivre_son_rapprochement")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def demande(request: Requete) -> HttpResponse:
    """The page; a NEPH given."""
    if request.acteur.dossier is not None:
        return go_home(request)
    form = NephForm(request.POST or None)
    statut = 200
    if request.method == "POST":
        entree = _prove(request, form)
        if entree is not None:
            return entree
        statut = 422
    return _show(request, form, statut)


def _prove(request: Requete, form: NephForm) -> HttpResponse | None:
    acteur = request.acteur
    if acteur.compte is None or acteur.session is None or not form.is_valid():
        return None
    compte = prove_neph(acteur.compte, form.cleaned_data["neph"], request.at)
    if compte is None:
        form.add_error("neph", _("Ce numéro ne correspond pas. Vérifiez-le sur votre permis."))
        return None
    return enter(request, compte, Moyen.FRANCECONNECT, id_token=read_id_token(acteur.session) or "")


def _show(request: Requete, form: NephForm, statut: int) -> HttpResponse:
    cas = find_case(request.acteur.compte) if request.acteur.compte else None
    contexte = {
        "cas": cas,
        "form": form,
        "demande_neph": cas is not None and cas.etat == Etat.NEPH_DEMANDE,
        "ouverte_le": jour_legal(cas.ouvert_at) if cas else None,
        "decidee_le": jour_legal(cas.decide_at) if cas and cas.decide_at else None,
        "restants": ESSAIS - cas.essais if cas else 0,
        "autre_langue": switch_language("identites:demande"),
    }
    return render(request, "identites/demande.html", contexte, status=statut)
