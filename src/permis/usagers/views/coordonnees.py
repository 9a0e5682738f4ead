"""How to reach the holder: address, e-mail, telephone, language, alerts."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from permis.courriers.adresses import receive_coordonnees
from permis.courriers.alertes import Nouveau, send_alerte
from permis.courriers.consentement import current_consentement
from permis.identites.acteur import Requete
from permis.registre.contacts import Contacts
from permis.usagers.acces import LIRE_ET_ECRIRE, Ouvert, own_file
from permis.usagers.formulaires import CoordonneesForm
from permis.usagers.navigation import draw

REFUSE: Final = 422


@own_file("modifier_ses_coordonnees", LIRE_ET_ECRIRE)
def coordonnees(request: Requete, ouvert: Ouvert) -> HttpResponse:
    avant = ouvert.dossier.contacts or Contacts()
    if request.method != "POST":
        return _show(request, CoordonneesForm.of(avant))
    form = CoordonneesForm(request.POST)
    if not form.is_valid() or _misses_courriel(form, ouvert):
        return _show(request, form, REFUSE)
    apres = form.contacts()
    receive_coordonnees(ouvert.dossier.id, apres, at=request.at)
    if apres != avant:
        send_alerte(
            avant, Nouveau.COORDONNEES
        )  # to the old ones: a change that someone else made must not pass unseen
    return HttpResponseRedirect(reverse("usagers:coordonnees") + "?fait=1")


def _misses_courriel(form: CoordonneesForm, ouvert: Ouvert) -> bool:
    """Whoever has chosen electronic letters must stay reachable (C. route, art. R. 223-3-1)."""
    manque = not form.cleaned_data["courriel"] and current_consentement(ouvert.dossier.id) is not None
    if manque:
        form.add_error("courriel", _("Vous recevez vos courriers par voie électronique : indiquez un courriel."))
    return manque


def _show(request: Requete, form: CoordonneesForm, statut: int = 200) -> HttpResponse:
    contexte = {"form": form, "fait": statut == 200 and request.GET.get("fait") == "1"}  # noqa: PLR2004
    return draw(request, "coordonnees", contexte, statut)
