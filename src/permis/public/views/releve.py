"""The page of an answer, whoever asks for it: an example, or a dossier that was posted."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.affichage.reponse import Reponse
from permis.affichage.supposer import SupposerForm, list_supposer
from permis.public.etat import Etat

REFUSE: Final = 422


class Ajout(NamedTuple):
    """A kind of fact that may be added: its word in a dossier, what its button says."""

    genre: str
    texte: Texte


FREQUENTS: Final = (
    Ajout("infraction", _("Une infraction")),
    Ajout("stage", _("Un stage")),
    Ajout("notification", _("Une lettre")),
)
AUTRES: Final = (
    Ajout("delivrance", _("Un permis, une catégorie")),
    Ajout("formation_complementaire", _("Formation complémentaire")),
    Ajout("mesure", _("Suspension ou autre mesure")),
    Ajout("remise_titre", _("Permis remis au préfet")),
    Ajout("annulation", _("Décision annulée")),
)


def render_releve(
    request: HttpRequest, etat: Etat, saisi: SupposerForm | None = None, **autres: object
) -> HttpResponse:
    """The answer; `saisi` is a supposition that was typed and refused."""
    reponse = Reponse(etat.question)
    contexte = {
        "etat": etat, "r": reponse, "supposables": list_supposer(reponse, saisi),
        "frequents": FREQUENTS, "autres": AUTRES, **autres,
    }  # fmt: skip
    return render(request, "public/releve.html", contexte, status=REFUSE if saisi else 200)
