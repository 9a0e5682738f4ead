"""The choice of electronic letters, under its conditions (C. route, art. R. 223-3-1)."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from permis.courriers.consentement import (
    CONDITIONS,
    CONDITIONS_COURANTES,
    ConditionsPerimeesError,
    CourrielManquantError,
    close_consentement,
    current_consentement,
    open_consentement,
)
from permis.identites.acteur import Requete
from permis.usagers.acces import LIRE_ET_ECRIRE, own_id, without_file
from permis.usagers.formulaires import ElectroniqueForm
from permis.usagers.navigation import draw

REFUSE: Final = 422


@without_file("choisir_la_voie_electronique", LIRE_ET_ECRIRE)
def electronique(request: Requete) -> HttpResponse:
    """Choose electronic letters, or go back to the post (C. route, art. R. 223-3-1)."""
    if request.method != "POST":
        return _show(request, ElectroniqueForm(initial={"conditions": CONDITIONS_COURANTES}))
    if "revenir" in request.POST:
        close_consentement(own_id(request), at=request.at)
        return _done()
    form = ElectroniqueForm(request.POST)
    if form.is_valid():
        try:
            open_consentement(own_id(request), form.cleaned_data["conditions"], at=request.at)
        except CourrielManquantError:
            form.add_error(None, _("Donnez d’abord un courriel dans « Mes coordonnées » : il sert à vous prévenir."))
        except ConditionsPerimeesError:
            form.add_error(None, _("Les conditions ont changé depuis : relisez-les, puis recommencez."))
        else:
            return _done()
    return _show(request, form, REFUSE)


def _show(request: Requete, form: ElectroniqueForm, statut: int = 200) -> HttpResponse:
    consentement = current_consentement(own_id(request))
    version = consentement.conditions if consentement else CONDITIONS_COURANTES
    contexte = {
        "form": form,
        "consentement": consentement,
        "conditions": CONDITIONS[version],
        "version": version,
        "fait": request.method != "POST" and request.GET.get("fait") == "1",
    }
    return draw(request, "courriers", contexte, statut, gabarit="electronique")


def _done() -> HttpResponse:
    return HttpResponseRedirect(reverse("usagers:electronique") + "?fait=1")
