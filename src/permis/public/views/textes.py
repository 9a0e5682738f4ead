"""The pages that only inform: the rules with their articles, the legal notice, the accessibility statement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from permis.droit import releve  # noqa: F401  every rule registers itself when the law is imported
from permis.droit.phrases import Mot
from permis.droit.rule import Rule
from permis.identites.permissions import ouvert_a_tous
from permis.public.views.adresses import switch_language
from permis.public.views.gardes import seen_only


@ouvert_a_tous
@seen_only
def la_loi(request: HttpRequest) -> HttpResponse:
    """Every rule of the law as this site applies it, wording by wording."""
    regles = [(Mot(r.titre), Mot(r.pivot), r.versions[::-1]) for r in Rule.registry]  # a template would call a Rule
    contexte = {"page": "la_loi", "regles": regles, "autre_langue": switch_language("public:la_loi")}
    return render(request, "public/la_loi.html", contexte)


@ouvert_a_tous
@seen_only
def mentions(request: HttpRequest) -> HttpResponse:
    """What this site is, and what it does not keep."""
    return render(request, "public/mentions.html", {"autre_langue": switch_language("public:mentions")})


@ouvert_a_tous
@seen_only
def accessibilite(request: HttpRequest) -> HttpResponse:
    """How accessible this site is, and what nobody has checked yet."""
    return render(request, "public/accessibilite.html", {"autre_langue": switch_language("public:accessibilite")})
