"""The barème: what each offence costs, by the day it was committed (C. route, art. L. 223-1, L. 223-2).

One `[[ligne]]` a wording in the TOML files of this folder, a file a chapter. A wording stores its start (`since`); the
next one of the same identifier ends it; `until` is written only where nothing follows. Without `since` it was in force
in July 2014 at the latest, and before that the sources do not settle it: `find` then refuses instead of guessing.
"""

from __future__ import annotations

from datetime import date

from permis.droit.bareme.ligne import BAREME_ETABLI_LE, LigneBareme, rows
from permis.droit.bareme.recherche import search
from permis.droit.phrases import format_valeur

__all__ = ["BAREME_ETABLI_LE", "BaremeIntrouvableError", "LigneBareme", "find", "rows", "search"]

NON_ETABLI = (
    "avant juillet 2014 les sources n'établissent pas le barème, donnez la classe et les points de l'infraction"
)


class BaremeIntrouvableError(LookupError):
    """No row, or more than one, answers to a reference on a day; `choix` holds the identifiers that would."""

    def __init__(self, message: str, choix: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.choix = choix


def find(reference: str, jour: date) -> LigneBareme:
    """The row of a NATINF code, or of an identifier, for an offence committed on `jour`.

    BaremeIntrouvableError says what is known instead: nothing, other days, several rows, or a past not settled.
    """
    cle = reference.strip().lower()
    connues = [ligne for ligne in rows() if cle in {ligne.natinf, ligne.bareme, *ligne.couvre}]
    if not connues:
        raise BaremeIntrouvableError(f"« {reference} » n'est ni un code NATINF ni un identifiant connus du barème.")
    du_jour = [ligne for ligne in connues if ligne.applies_on(jour)]
    if len(du_jour) == 1:
        return du_jour[0]
    if du_jour:
        raise _ambiguous(reference, jour, du_jour)
    raise _not_on_that_day(reference, jour, connues)


def _ambiguous(reference: str, jour: date, lignes: list[LigneBareme]) -> BaremeIntrouvableError:
    choix = tuple(ligne.bareme for ligne in lignes)
    debut = f"« {reference} » désigne plusieurs lignes du barème le {format_valeur(jour)}"
    return BaremeIntrouvableError(f"{debut} : choisissez {_list(choix)}.", choix)


def _not_on_that_day(reference: str, jour: date, connues: list[LigneBareme]) -> BaremeIntrouvableError:
    if any(ligne.is_unsettled_on(jour) for ligne in connues):
        return BaremeIntrouvableError(f"« {reference} » le {format_valeur(jour)} : {NON_ETABLI}.")
    voisins = _neighbours(jour, connues)
    debut = f"« {reference} » n'est pas au barème le {format_valeur(jour)}, mais {' et '.join(map(_period, connues))}"
    if voisins:
        return BaremeIntrouvableError(f"{debut} ; le même article portait alors {_list(voisins)}.", voisins)
    return BaremeIntrouvableError(f"{debut} ; {NON_ETABLI}." if jour < BAREME_ETABLI_LE else f"{debut}.")


def _period(ligne: LigneBareme) -> str:
    """From when until when a row applies, in words."""
    debut = ligne.since or BAREME_ETABLI_LE
    if ligne.until is None:
        return f"depuis le {format_valeur(debut)}"
    return f"du {format_valeur(debut)} au {format_valeur(ligne.until)}"


def _neighbours(jour: date, connues: list[LigneBareme]) -> tuple[str, ...]:
    """The identifiers that the same articles carried on that day."""
    articles = {cle for ligne in connues for cle in ligne.articles}
    return tuple(ligne.bareme for ligne in rows() if ligne.applies_on(jour) and articles & ligne.articles)


def _list(identifiants: tuple[str, ...]) -> str:
    return " ou ".join(f"« {identifiant} »" for identifiant in identifiants)
