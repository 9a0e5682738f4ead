"""Every route names its permission."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from permis.affichage.permissions import ATTRIBUT, PERMISSIONS


def routes(resolveur: URLResolver, prefixe: str = "") -> Iterator[tuple[str, URLPattern]]:
    for motif in resolveur.url_patterns:
        chemin = f"{prefixe}{motif.pattern}"
        if isinstance(motif, URLResolver):
            yield from routes(motif, chemin)
        else:
            yield chemin, motif


def test_chaque_route_nomme_sa_permission() -> None:
    toutes = list(routes(get_resolver()))
    muettes = [
        f"/{chemin} ({motif.lookup_str})"
        for chemin, motif in toutes
        if getattr(motif.callback, ATTRIBUT, None) not in PERMISSIONS
    ]
    assert toutes
    assert not muettes, "decorate these views (permis.affichage.permissions):\n" + "\n".join(muettes)
