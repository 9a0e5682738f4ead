"""What every page of the room shares: its frame, the time that something has waited, a message after a redirect."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from permis.affichage.langue import same_page
from permis.affichage.libelles import Texte
from permis.identites.acteur import Acteur, Requete
from permis.identites.permissions import TABLE, allows

REFUSE: Final = 422
CONFLIT: Final = 409

# What the page says once an act is done. Its name travels in the address: it is a word of this table, nothing else.
FAITS: Final[dict[str, Texte]] = {
    "reponse": _("La réponse est envoyée. La personne la lit dans son espace."),
    "close": _("La question est close."),
    "decision": _("La décision est enregistrée. La personne la lit dans son espace."),
    "proposition": _("Votre proposition est enregistrée. Un autre agent doit la confirmer."),
    "recepisse": _("Le récépissé est inscrit comme remis aujourd’hui."),
    "agent": _("L’agent est enregistré."),
    "relie": _("L’agent est relié à sa nouvelle identité ProConnect."),
}


def can(acteur: Acteur, permission: str) -> bool:
    """Whether this person holds a row of the table, whatever the object."""
    return allows(acteur, TABLE[permission])


def draw(request: Requete, gabarit: str, contexte: dict[str, Any], statut: int = 200) -> HttpResponse:
    """A page of the room, in its frame; no cache keeps it."""
    commun = {
        "autre_langue": same_page(request),
        "fait": FAITS.get(request.GET.get("fait", "")),
        "menu": _menu(request.acteur),
        "at": request.at,
    }
    reponse = render(request, gabarit, commun | contexte, status=statut)
    reponse.headers["Cache-Control"] = "no-store"
    return reponse


def go(route: str, fait: str = "", **parametres: object) -> HttpResponseRedirect:
    """To a page of the room by GET, with what was done."""
    return HttpResponseRedirect(reverse(route, kwargs=parametres) + (f"?fait={fait}" if fait else ""))


def who(request: Requete) -> UUID:
    """The account of the agent: the permission of the view has let nobody else in."""
    compte = request.acteur.compte
    if compte is None:
        raise PermissionDenied
    return compte


MENU: Final[tuple[tuple[str, str, Texte], ...]] = (
    ("ouvrir_l_espace_agent", "accueil", _("À traiter")),
    ("lister_les_questions", "questions", _("Questions")),
    ("lister_les_rapprochements", "rapprochements", _("Rapprochements")),
    ("rechercher_un_dossier", "recherche", _("Dossiers")),
    ("surveiller_les_courriers", "surveillance", _("Courriers")),
    ("lister_les_agents", "habilitations", _("Agents")),
)


def _menu(acteur: Acteur) -> list[tuple[str, str, Texte]]:
    return [(nom, reverse(f"agents:{nom}"), texte) for droit, nom, texte in MENU if can(acteur, droit)]


def write_attente(depuis: datetime, at: datetime) -> str:
    """How long something has waited, in the largest whole unit."""
    attente = max(at - depuis, timedelta())
    if jours := attente.days:
        return ngettext("%(n)s jour", "%(n)s jours", jours) % {"n": jours}
    if heures := attente.seconds // 3600:
        return ngettext("%(n)s heure", "%(n)s heures", heures) % {"n": heures}
    return str(_("moins d’une heure"))
