"""What if, told: a supposition as the command line writes it (`stage:DEBUT`, `paiement:ID:DATE`…), in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from permis.affichage.champs import say_faults
from permis.affichage.question import Question
from permis.droit.bareme import LigneBareme, find, rows
from permis.droit.dossier.fautes import DossierInvalideError
from permis.typographie import cite_french, compose, format_date

SUPPOSITIONS_AU_PLUS: Final = 12


class Perdue(NamedTuple):
    """A supposition that no longer stands: in words, and why."""

    texte: str
    raison: str


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


def keep_standing(question: Question, noms: Mapping[str, str]) -> tuple[Question, list[Perdue]]:
    """The question with the suppositions that stand, and those that do not; `noms` still names the facts gone."""
    try:
        if len(question.si) <= SUPPOSITIONS_AU_PLUS:
            question.supposed_faits()
            return question, []
    except DossierInvalideError:
        pass
    gardes: list[str] = []
    perdues: list[Perdue] = []
    for code in question.si:
        raison = _why_fallen(question.supposing([*gardes, code]), code, noms)
        if raison:
            perdues.append(Perdue(tell_supposition(code, noms), raison))
        else:
            gardes.append(code)
    return question.supposing(gardes), perdues


def _why_fallen(essai: Question, code: str, noms: Mapping[str, str]) -> str:
    if len(essai.si) > SUPPOSITIONS_AU_PLUS:
        return _("au plus douze suppositions")
    try:
        essai.supposed_faits()
    except DossierInvalideError as erreur:
        vise = code.partition(":")[2].rpartition(":")[0]
        if vise in noms and vise not in {fait.id for fait in essai.faits}:
            return _("le fait qu’elle nomme n’est plus dans votre dossier")
        return say_faults(erreur)[0][1]
    return ""


def _tell(code: str, noms: Mapping[str, str]) -> str:
    genre, _sep, reste = code.partition(":")
    if genre == "stage":
        return _("Un stage qui commence le %(jour)s") % {"jour": _day(reste)}
    if genre == "infraction":
        jour, _sep, ref = reste.partition(":")
        ligne = find_row(ref, date.fromisoformat(jour[:10]))
        quoi = cite_french(ligne.libelle) if ligne else ref
        return compose(_("Une infraction le {jour} : {quoi}"), jour=_day(jour), quoi=quoi)
    nom, _sep, jour = reste.rpartition(":")
    mots = {"jour": _day(jour), "quoi": noms.get(nom, nom)}
    if genre == "paiement":
        return compose(_("L’amende payée le {jour} : {quoi}"), **mots)
    return compose(_("Annulé le {jour} : {quoi}"), **mots)


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
