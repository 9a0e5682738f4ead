"""How to reach the holder: address, e-mail, telephone, language, alerts."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from permis.courriers.alertes import Nouveau, send_alerte
from permis.identites.acteur import Requete
from permis.registre.contacts import Contacts, update_contacts
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
    if not form.is_valid():
        return _show(request, form, REFUSE)
    apres = form.contacts()
    if apres != avant:
        update_contacts(ouvert.dossier.id, apres, at=request.at)
        send_alerte(
            avant, Nouveau.COORDONNEES
        )  # to the old ones: a change that someone else made must not pass unseen
    return HttpResponseRedirect(reverse("usagers:coordonnees") + "?fait=1")


def _show(request: Requete, form: CoordonneesForm, statut: int = 200) -> HttpResponse:
    contexte = {"form": form, "fait": statut == 200 and request.GET.get("fait") == "1"}  # noqa: PLR2004
    return draw(request, "coordonnees", contexte, statut)
