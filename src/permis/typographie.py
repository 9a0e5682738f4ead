"""How dates, points and durations are written, in French and in English, with the spaces each language wants."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Final, Self

from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from permis.droit.phrases import Message, Mois, Mot, Phrase, Points, format_valeur

FINE: Final = "\u202f"
INSECABLE: Final = "\u00a0"
MOINS: Final = "\u2212"

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_REGLES: Final = (
    (re.compile(r"(?<=\S) ([;!?])"), FINE + r"\1"),
    (re.compile(r"(?<=\S) (:)(?=\s|$)"), INSECABLE + r"\1"),
    (re.compile(r"«[ \u00a0]?"), "«" + INSECABLE),
    (re.compile(r"[ \u00a0]?»"), INSECABLE + "»"),
    (re.compile(r"\b(art\.|C\.|n°|L\.|R\.|al\.) (?=\S)"), r"\1" + INSECABLE),
    (re.compile(r"(?<=\d) (?=(?:points?|ans?|mois|jours?|janvier|février|mars|avril|mai|juin|juillet|août|septembre|"
                r"octobre|novembre|décembre|km/h|g/L|mg/L)\b)"), INSECABLE),
)  # fmt: skip


class Mixte(str):
    """A text that cites words of French in another language: plain as a string, those words marked in HTML."""

    __slots__ = ("html",)

    html: SafeString

    def __new__(cls, texte: str, html: SafeString) -> Self:
        mixte = super().__new__(cls, texte)
        mixte.html = html
        return mixte

    def __html__(self) -> SafeString:
        """What a template shows."""
        return self.html


def is_french() -> bool:
    """Whether the page is written in French."""
    return (translation.get_language() or "fr").startswith("fr")


def space(texte: str) -> str:
    """French typography: curly apostrophes; no-break spaces before high punctuation, in guillemets, after a number.

    What already has its spaces keeps them as they are.
    """
    texte = texte.replace("'", "’")
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return texte


def format_date(jour: date) -> str:
    """A day in full: « 2 avril 2024 », “2 April 2024”."""
    if is_french():
        return format_valeur(jour).replace(" ", INSECABLE)
    return f"{jour.day}{INSECABLE}{MONTHS[jour.month - 1]}{INSECABLE}{jour.year}"


def format_points(nombre: int) -> str:
    """A number of points with its noun, negative numbers with a true minus."""
    singular = {-1, 0, 1} if is_french() else {-1, 1}
    noun = "point" if nombre in singular else "points"
    return f"{format_nombre(nombre)}{INSECABLE}{noun}"


def format_mois(nombre: int) -> str:
    """A number of months, in years where it can be."""
    if is_french():
        return format_valeur(Mois(nombre)).replace(" ", INSECABLE)
    count, noun = (nombre, "month") if nombre % 12 else (nombre // 12, "year")
    return f"{count}{INSECABLE}{noun}{'s' if count > 1 else ''}"


def format_naissance(naissance: str) -> str:
    """A birth date of the civil status (`AAAA-MM-JJ`, 00 for what is not known) in full, or what is known of it."""
    try:
        return format_date(date.fromisoformat(naissance))
    except ValueError:
        annee, mois, _jour = naissance.split("-")
    if mois == "00":
        return gettext("en %(annee)s (jour et mois inconnus)") % {"annee": annee}
    return gettext("en %(mois)s/%(annee)s (jour inconnu)") % {"mois": mois, "annee": annee}


def format_nombre(nombre: int) -> str:
    """A whole number, with a true minus."""
    return f"{MOINS}{-nombre}" if nombre < 0 else str(nombre)


def format_variation(nombre: int) -> str:
    """A movement: « +4 », « −3 », « 0 »."""
    return f"+{nombre}" if nombre > 0 else format_nombre(nombre)


def format_value(valeur: object) -> str:
    """Any value of a sentence, in the language of the page; what a person wrote stays as it is."""
    if isinstance(valeur, date):
        return format_date(valeur)
    if isinstance(valeur, Points):
        return format_points(int(valeur))
    if isinstance(valeur, Mois):
        return format_mois(int(valeur))
    if isinstance(valeur, Phrase):
        return write(valeur)
    return gettext(valeur) if isinstance(valeur, Mot) else str(valeur)


def write_message(message: Message) -> str:
    """What is wrong, in the language of the page; dates are as dossiers write them, what was typed stays as it is."""
    return write_mot(message.gabarit).format_map({cle: _inside(valeur) for cle, valeur in message.valeurs.items()})


def _inside(valeur: object) -> str:
    if isinstance(valeur, Message):
        return write_message(valeur)
    if isinstance(valeur, Mot):
        return write_mot(valeur)
    return write(valeur) if isinstance(valeur, Phrase) else str(valeur)


def write_mot(texte: str) -> str:
    """A fixed text of the law in the language of the page."""
    texte = gettext(texte)
    return space(texte) if is_french() else texte


def write(phrase: Phrase) -> str:
    """A sentence of the law in the language of the page."""
    valeurs = {cle: format_value(valeur) for cle, valeur in phrase.valeurs.items()}
    texte = (gettext(phrase.gabarit) if phrase.gabarit else "").format_map(valeurs)
    return space(texte) if is_french() else texte


def cite_french(texte: str) -> str:
    """A name that exists in French only, marked where the page has another language."""
    return texte if is_french() or not texte else Mixte(texte, _span_french(texte))


def _span_french(texte: str) -> SafeString:
    return format_html('<span lang="fr">{}</span>', texte)


def compose(gabarit: str, **valeurs: str) -> str:
    """A text from a template of this software and its values, whose marks it keeps."""
    texte = gabarit.format_map(valeurs)
    marque = any(isinstance(valeur, Mixte) for valeur in valeurs.values())
    return Mixte(texte, format_html(escape(gabarit), **valeurs)) if marque else texte


def write_marked(phrase: Phrase) -> str:
    """A sentence of the law for a page: what is not translated, the name of an offence, is marked as French."""
    if is_french() or not phrase.gabarit:
        return write(phrase)
    return compose(gettext(phrase.gabarit), **{cle: _mark(valeur) for cle, valeur in phrase.valeurs.items()})


def mark_french(texte: str, mots: Collection[str]) -> str:
    """A text of another language, the French words that it cites marked; of two that overlap, the first told."""
    if not mots:
        return texte
    morceaux = re.split(f"({'|'.join(map(re.escape, mots))})", texte)
    html = (_span_french(morceau) if rang % 2 else morceau for rang, morceau in enumerate(morceaux))
    return Mixte(texte, format_html_join("", "{}", ((morceau,) for morceau in html)))


def _mark(valeur: object) -> str:
    if isinstance(valeur, Phrase):
        return write_marked(valeur)
    return cite_french(valeur) if type(valeur) is str else format_value(valeur)
