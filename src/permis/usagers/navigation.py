"""The pages of the driver's space, for its navigation (`affichage/espace.html`)."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from permis.affichage.langue import same_page
from permis.affichage.libelles import Texte
from permis.identites.acteur import Requete
from permis.identites.permissions import TABLE, allows


class Lien(NamedTuple):
    """A page of the space: `ferme` is one that asks for another way in."""

    adresse: str
    texte: Texte
    ici: bool
    ferme: bool


PAGES: Final[tuple[tuple[str, Texte, str], ...]] = (
    ("mon_permis", _("Mon permis"), "voir_son_solde"),
    ("historique", _("Historique"), "voir_son_historique"),
    ("a_venir", _("À venir"), "voir_ce_qui_vient"),
    ("et_si", _("Et si…"), "simuler_sur_son_dossier"),
    ("courriers", _("Mes courriers"), "voir_ses_courriers"),
    ("documents", _("Mes documents"), "voir_ses_documents"),
    ("partages", _("Mes codes de partage"), "gerer_ses_partages"),
    ("consultations", _("Qui a consulté mon dossier"), "voir_ses_consultations"),
    ("coordonnees", _("Mes coordonnées"), "modifier_ses_coordonnees"),
    ("aide", _("Aide"), "poser_une_question"),
)


def list_liens(request: Requete, page: str) -> list[Lien]:
    """The navigation, as seen by whoever asks."""
    return [
        Lien(reverse(f"usagers:{nom}"), texte, nom == page, not allows(request.acteur, TABLE[droit]))
        for nom, texte, droit in PAGES
    ]


def draw(request: Requete, page: str, contexte: dict[str, Any], statut: int = 200, gabarit: str = "") -> HttpResponse:
    """A page of the space, in its frame; `gabarit` names its template where it stands under another page."""
    cadre = {
        "liens": list_liens(request, page),
        "page": page,
        "par_code": not allows(request.acteur, TABLE["voir_son_releve_integral"]),
        "autre_langue": same_page(request),
    }
    return render(request, f"usagers/{gabarit or page}.html", {**cadre, **contexte}, status=statut)
