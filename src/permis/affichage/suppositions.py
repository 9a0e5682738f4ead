"""What if, told: a supposition as the command line writes it (`stage:DEBUT`, `paiement:ID:DATE`…), in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from permis.affichage.typographie import format_date
from permis.droit.bareme import LigneBareme, find, rows


class Supposition(NamedTuple):
    """One supposition: as it travels, and as it is read."""

    code: str
    texte: str


def tell_suppositions(codes: Sequence[str], noms: Mapping[str, str]) -> list[Supposition]:
    """The suppositions in words; `noms` has the names of the facts (`cartes.names_of`)."""
    return [Supposition(code, tell_supposition(code, noms)) for code in codes]


def tell_supposition(code: str, noms: Mapping[str, str]) -> str:
    """One supposition in words; as it is written, where nobody can read it."""
    try:
        return _tell(code, noms)
    except ValueError:
        return code


def _tell(code: str, noms: Mapping[str, str]) -> str:
    genre, _sep, reste = code.partition(":")
    if genre == "stage":
        return _("Un stage qui commence le %(jour)s") % {"jour": _day(reste)}
    if genre == "infraction":
        jour, _sep, ref = reste.partition(":")
        ligne = find_row(ref, date.fromisoformat(jour[:10]))
        return _("Une infraction le %(jour)s : %(quoi)s") % {
            "jour": _day(jour),
            "quoi": ligne.libelle if ligne else ref,
        }
    nom, _sep, jour = reste.rpartition(":")
    mots = {"jour": _day(jour), "quoi": noms.get(nom, nom)}
    if genre == "paiement":
        return _("L’amende payée le %(jour)s : %(quoi)s") % mots
    return _("Annulé le %(jour)s : %(quoi)s") % mots


def _day(texte: str) -> str:
    return format_date(date.fromisoformat(texte[:10]))


def courantes_on(jour: date) -> list[LigneBareme]:
    """The offences that a person supposes most, in the barème of a day."""
    return [ligne for ligne in rows() if ligne.courante and ligne.applies_on(jour) and ligne.points]


def find_row(ref: str, jour: date) -> LigneBareme | None:
    """The row of the barème that governs on that day, by identifier or NATINF; None where there is none."""
    try:
        return find(ref, jour) if ref else None
    except LookupError:
        return None
