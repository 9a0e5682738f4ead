"""The drawing of a `Frise` as SVG. Written here rather than in a template: it is most of the nodes of a page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from permis.affichage.frise import Frise, Graduation


def write_svg(frise: Frise) -> SafeString:
    """What stands inside the `svg` of a picture, after its title and its description."""
    return mark_safe("\n".join(_draw(frise)))  # noqa: S308 - numbers, words of this file, and texts that are escaped


def _draw(frise: Frise) -> Iterator[str]:
    yield '<g class="frise-grille">'
    yield from (_level(frise, trait) for trait in frise.niveaux)
    for trait in frise.annees:
        yield from _year(frise, trait)
    yield "</g>"
    yield f'<path class="frise-surface" d="{frise.surface_passee}" />'
    yield f'<path class="frise-surface future" d="{frise.surface_future}" />'
    if frise.plafond:
        yield f'<path class="frise-plafond" d="{frise.plafond}" />'
    yield f'<path class="frise-ligne" d="{frise.passe}" />'
    yield f'<path class="frise-ligne future" d="{frise.futur}" />'
    if frise.suppose:
        yield f'<path class="frise-ligne suppose" d="{frise.suppose}" />'
    for saut in frise.segments:
        genre = f"{saut.genre} future" if saut.a_venir else saut.genre
        yield f'<line class="frise-saut {genre}" x1="{saut.x}" x2="{saut.x}" y1="{saut.y1}" y2="{saut.y2}" />'
    yield from _day(frise)


def _level(frise: Frise, trait: Graduation) -> str:
    y, forte = trait.position, ' class="forte"' if trait.forte else ""
    return (
        f'<line x1="{frise.gauche}" x2="{frise.droite}" y1="{y}" y2="{y}"{forte} />'
        f'<text x="{frise.gauche}" y="{y}" dx="-8" dy="4" text-anchor="end">{escape(trait.texte)}</text>'
    )


def _year(frise: Frise, trait: Graduation) -> Iterator[str]:
    x = trait.position
    yield f'<line x1="{x}" x2="{x}" y1="{frise.bas}" y2="{frise.pied}" class="forte" />'
    if trait.texte:
        yield f'<text x="{x}" y="{frise.format.hauteur}" dy="-6" text-anchor="middle">{escape(trait.texte)}</text>'


def _day(frise: Frise) -> Iterator[str]:
    """The day asked, the words beside the line, the point of the balance on top of them."""
    x = frise.x_jour
    yield f'<line class="frise-jour" x1="{x}" x2="{x}" y1="{frise.tete}" y2="{frise.bas}" />'
    ancre, corps = frise.ancre_jour, frise.format.corps
    yield f'<text class="frise-date" x="{x}" y="{corps}" text-anchor="{ancre}">{escape(frise.texte_jour)}</text>'
    for mot in frise.etiquettes:
        yield f'<text class="frise-mot {mot.genre}" x="{mot.x}" y="{mot.y}">{escape(mot.texte)}</text>'
    yield f'<circle class="frise-point" cx="{x}" cy="{frise.y_jour}" r="6" />'
