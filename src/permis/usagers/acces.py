"""One's own file, read once a page: the permission, then the method, then the reading, which is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any, Final, cast
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotAllowed

from permis.affichage.question import Question
from permis.affichage.reponse import Reponse
from permis.identites.acteur import Requete, lecteur_of
from permis.identites.permissions import TABLE, permission
from permis.registre.lecture import DossierLu, read_dossier
from permis.registre.temps import jour_legal

LIRE: Final = ("GET", "HEAD")
LIRE_ET_ECRIRE: Final = (*LIRE, "POST")


@dataclass(frozen=True)
class Ouvert:
    """One's own file, open for one page."""

    dossier: DossierLu
    aujourdhui: date

    @property
    def question(self) -> Question:
        """What the law answers today."""
        return Question(self.dossier.faits, self.aujourdhui, self.aujourdhui)

    @cached_property
    def reponse(self) -> Reponse:
        """The answer of today."""
        return Reponse(self.question)


Page = Callable[..., HttpResponse]
Vue = Callable[..., HttpResponse]


def own_file(nom: str, methodes: tuple[str, ...] = LIRE) -> Callable[[Page], Vue]:
    """Give a page the file of whoever is signed in, under the named permission; each visit adds one line of access."""

    def decorer(page: Page) -> Vue:
        @permission(nom)
        @wraps(page)
        def vue(request: Requete) -> HttpResponse:
            if request.method not in methodes:
                return HttpResponseNotAllowed(methodes)
            return page(request, open_file(request, nom))

        return vue

    return decorer


def without_file(nom: str, methodes: tuple[str, ...] = LIRE) -> Callable[[Vue], Vue]:
    """Guard a page of one's own space that shows nothing of the file: nothing is read, nothing is written down."""

    def decorer(page: Vue) -> Vue:
        @permission(nom)
        @wraps(page)
        def vue(request: Requete, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methodes:
                return HttpResponseNotAllowed(methodes)
            return page(request, *args, **kwargs)

        return vue

    return decorer


def own_id(request: Requete) -> UUID:
    """The file of whoever is signed in; the permission made sure that there is one."""
    return cast("UUID", request.acteur.dossier)


def open_file(request: Requete, nom: str) -> Ouvert:
    """Read one's own file under the named permission: one line of access."""
    lecteur = lecteur_of(request.acteur, nom, TABLE[nom].fondement)
    return Ouvert(read_dossier(own_id(request), lecteur, at=request.at), jour_legal(request.at))
