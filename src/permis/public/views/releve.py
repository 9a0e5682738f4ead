"""The page of an answer, whoever asks for it: an example, or a dossier that was posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from permis.affichage.jour import JourForm
from permis.affichage.libelles import Texte
from permis.affichage.reponse import Reponse
from permis.affichage.supposer import SupposerForm, list_supposer
from permis.affichage.suppositions import keep_standing
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
    request: HttpRequest,
    etat: Etat,
    saisi: SupposerForm | None = None,
    noms: Mapping[str, str] | None = None,
    **autres: object,
) -> HttpResponse:
    """The answer, with what was typed and refused beside it.

    `saisi` is a supposition that was refused; `noms` are the facts before a change, which may have left suppositions
    without theirs: these are dropped, and the page says so.
    """
    question, perdues = keep_standing(etat.question, noms or {})
    reponse, jour = Reponse(question), JourForm(request.POST)
    jour = jour if jour.errors else JourForm.of(question)
    erreurs = [] if noms else [{"texte": f"{p.texte} – {p.raison}", "ancre": "titre-si"} for p in perdues]
    contexte = {
        "etat": replace(etat, si=question.si), "r": reponse, "jour": jour, "perdues": perdues, "erreurs": erreurs,
        "supposables": list_supposer(reponse, saisi), "frequents": FREQUENTS, "autres": AUTRES, **autres,
    }  # fmt: skip
    refuse = saisi or jour.errors or erreurs
    return render(request, "public/releve.html", contexte, status=REFUSE if refuse else 200)
