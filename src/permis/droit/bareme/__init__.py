"""The barème: what each offence costs, by the day it was committed (C. route, art. L. 223-1, L. 223-2).

One `[[ligne]]` a wording in the TOML files of this folder, a file a chapter. A wording stores its start (`since`); the
next one of the same identifier ends it; `until` is written only where nothing follows. Without `since` it was in force
in July 2014 at the latest, and before that the sources do not settle it: `find` then refuses instead of guessing.
"""

from __future__ import annotations

from datetime import date

from permis.droit.bareme.ligne import BAREME_ETABLI_LE, LigneBareme, rows
from permis.droit.bareme.recherche import is_approximate, search
from permis.droit.phrases import Message, in_full, list_and, list_or, quote

__all__ = ["BAREME_ETABLI_LE", "BaremeIntrouvableError", "LigneBareme", "find", "is_approximate", "rows", "search"]

NON_ETABLI = Message(
    "avant juillet 2014 les sources n'établissent pas le barème, donnez la classe et les points de l'infraction"
)


class BaremeIntrouvableError(LookupError):
    """No row, or more than one, answers to a reference on a day; `choix` holds the identifiers that would."""

    def __init__(self, message: Message, choix: tuple[str, ...] = ()) -> None:
        super().__init__(f"{message}.")
        self.message, self.choix = message, choix


def find(reference: str, jour: date) -> LigneBareme:
    """The row of a NATINF code, or of an identifier, for an offence committed on `jour`.

    BaremeIntrouvableError says what is known instead: nothing, other days, several rows, or a past not settled.
    """
    cle = reference.strip().lower()
    connues = [ligne for ligne in rows() if cle in {ligne.natinf, ligne.bareme, *ligne.couvre}]
    if not connues:
        message = Message(
            "« {reference} » n'est ni un code NATINF ni un identifiant connus du barème", reference=reference
        )
        raise BaremeIntrouvableError(message)
    du_jour = [ligne for ligne in connues if ligne.applies_on(jour)]
    if len(du_jour) == 1:
        return du_jour[0]
    if du_jour:
        raise _ambiguous(reference, jour, du_jour)
    raise _not_on_that_day(reference, jour, connues)


def _ambiguous(reference: str, jour: date, lignes: list[LigneBareme]) -> BaremeIntrouvableError:
    choix = tuple(ligne.bareme for ligne in lignes)
    message = Message(
        "« {reference} » désigne plusieurs lignes du barème le {jour} : choisissez {choix}",
        reference=reference,
        jour=in_full(jour),
        choix=list_or(map(quote, choix)),
    )
    return BaremeIntrouvableError(message, choix)


def _not_on_that_day(reference: str, jour: date, connues: list[LigneBareme]) -> BaremeIntrouvableError:
    valeurs = {"reference": reference, "jour": in_full(jour), "non_etabli": NON_ETABLI}
    if any(ligne.is_unsettled_on(jour) for ligne in connues):
        return BaremeIntrouvableError(Message("« {reference} » le {jour} : {non_etabli}", **valeurs))
    periodes, voisins = list_and(map(_period, connues)), _neighbours(jour, connues)
    constat = Message("« {reference} » n'est pas au barème le {jour}, mais {periodes}", **valeurs, periodes=periodes)
    if voisins:
        alors = list_or(map(quote, voisins))
        message = Message("{constat} ; le même article portait alors {voisins}", constat=constat, voisins=alors)
        return BaremeIntrouvableError(message, voisins)
    if jour < BAREME_ETABLI_LE:
        return BaremeIntrouvableError(Message("{constat} ; {suite}", constat=constat, suite=NON_ETABLI))
    return BaremeIntrouvableError(constat)


def _period(ligne: LigneBareme) -> Message:
    """From when until when a row applies, in words."""
    debut = in_full(ligne.since or BAREME_ETABLI_LE)
    if ligne.until is None:
        return Message("depuis le {debut}", debut=debut)
    return Message("du {debut} au {fin}", debut=debut, fin=in_full(ligne.until))


def _neighbours(jour: date, connues: list[LigneBareme]) -> tuple[str, ...]:
    """The identifiers that the same articles carried on that day."""
    articles = {cle for ligne in connues for cle in ligne.articles}
    return tuple(ligne.bareme for ligne in rows() if ligne.applies_on(jour) and articles & ligne.articles)
