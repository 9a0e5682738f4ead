"""Every route names its permission, and what its address designates is what the row of that permission says."""

from collections.abc import Iterator
from typing import NamedTuple

import django
import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter

from permis.identites.permissions import ATTRIBUT, TABLE, Objet, has_rule

django.setup()  # the routes are read while the tests are gathered


class Route(NamedTuple):
    chemin: str
    motif: URLPattern

    @property
    def permission(self) -> str | None:
        return getattr(self.motif.callback, ATTRIBUT, None)

    @property
    def parametres(self) -> dict[str, object]:
        return dict(self.motif.pattern.converters)

    def __str__(self) -> str:
        return f"/{self.chemin} ({self.motif.lookup_str})"


def routes(resolveur: URLResolver | None = None, prefixe: str = "") -> Iterator[Route]:
    for motif in (resolveur or get_resolver()).url_patterns:
        chemin = f"{prefixe}{motif.pattern}"
        if isinstance(motif, URLResolver):
            yield from routes(motif, chemin)
        else:
            yield Route(chemin, motif)


def test_chaque_route_nomme_sa_permission() -> None:
    toutes = list(routes())
    muettes = [str(route) for route in toutes if route.permission not in TABLE]
    assert toutes
    assert not muettes, "decorate these views (permis.identites.permissions):\n" + "\n".join(muettes)


def du_site() -> list[Route]:
    """Without the demonstration: the pages of an invented provider know a sign-in by its own random number."""
    return [route for route in routes() if not route.motif.lookup_str.startswith("permis.demonstration.")]


@pytest.mark.parametrize("route", du_site(), ids=str)
def test_l_adresse_designe_ce_que_dit_la_table(route: Route) -> None:
    objet = TABLE[str(route.permission)].objet
    designes = {nom for nom, type_ in route.parametres.items() if isinstance(type_, UUIDConverter)}
    attendus = {objet.parametre} if objet.parametre else set()
    assert designes == attendus, "the row of its permission says another object (permis.identites.permissions)"
    if objet is not Objet.AUCUN:
        assert set(route.parametres) == designes, "an address that acts on an object designates nothing else"
    assert has_rule(objet), "no function decides for this object: `@rule_of` in the room that owns its rows"


def test_chaque_ligne_de_la_table_cite_son_texte() -> None:
    sans = [nom for nom, ligne in TABLE.items() if nom != "ouvert_a_tous" and not ligne.fondement]
    assert not sans
