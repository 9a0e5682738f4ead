"""Share codes: make one for a purpose, see who used it, close it. What is shared is not read here."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from permis.courriers.partage import PartageLu, PartageRefuseError, list_partages, open_partage, revoke_partage
from permis.identites.acteur import Requete
from permis.usagers.acces import LIRE_ET_ECRIRE, own_id, without_file
from permis.usagers.formulaires import PartageForm
from permis.usagers.navigation import draw

REFUSE: Final = 422


class LignePartage(NamedTuple):
    """A share, and whether its code still opens."""

    partage: PartageLu
    ouvert: bool


@without_file("gerer_ses_partages", LIRE_ET_ECRIRE)
def partages(request: Requete) -> HttpResponse:
    if request.method != "POST":
        return _show(request, PartageForm())
    form = PartageForm(request.POST)
    if not form.is_valid():
        return _show(request, form, REFUSE)
    try:
        partage = open_partage(own_id(request), **form.partage(), at=request.at)
    except PartageRefuseError:
        form.add_error(None, _("Vingt codes sont déjà ouverts : annulez-en un avant d’en créer un autre."))
        return _show(request, form, REFUSE)
    return HttpResponseRedirect(f"{reverse('usagers:partages')}#partage-{partage.id}")


@without_file("gerer_un_partage", ("POST",))
def annuler_partage(request: Requete, partage_id: UUID) -> HttpResponse:
    """The code opens nothing from now on."""
    revoke_partage(partage_id, at=request.at)
    return HttpResponseRedirect(f"{reverse('usagers:partages')}#partage-{partage_id}")


def list_lignes(dossier: UUID, at: datetime) -> list[LignePartage]:
    """Those that still open first, then the others, the latest first."""
    lignes = [LignePartage(partage, partage.is_open(at)) for partage in list_partages(dossier)]
    return sorted(lignes, key=lambda ligne: not ligne.ouvert)


def _show(request: Requete, form: PartageForm, statut: int = 200) -> HttpResponse:
    lignes = list_lignes(own_id(request), request.at)
    ou = request.build_absolute_uri(reverse("public:partage"))
    contexte = {"form": form, "lignes": lignes, "at": request.at, "page_de_verification": ou}
    return draw(request, "partages", contexte, statut)
