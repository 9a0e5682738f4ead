"""What if: suppositions as the command line writes them (`stage:DEBUT`, `paiement:ID:DATE`…), told and applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from permis.affichage.typographie import format_date
from permis.droit.bareme import LigneBareme, rows
from permis.droit.dossier.fautes import DossierInvalideError, Faute, list_choix
from permis.droit.dossier.hypotheses import apply_hypotheses
from permis.droit.phrases import Message
from permis.droit.releve import Releve, replay
from permis.public.etat import SUPPOSITIONS_AU_PLUS, Etat, too_many
from permis.public.forms.infraction import find_row

FORMES: Final[dict[str, Callable[[QueryDict], str]]] = {
    "stage": lambda d: f"stage:{d.get('stage_le', '')}",
    "infraction": lambda d: f"infraction:{d.get('infraction_le', '')}:{d.get('infraction_ref', '')}",
    "paiement": lambda d: f"paiement:{d.get('paiement_id', '')}:{d.get('paiement_le', '')}",
    "annulation": lambda d: f"annulation:{d.get('annulation_id', '')}:{d.get('annulation_le', '')}",
}


class Supposition(NamedTuple):
    """One supposition: as it travels, and as it is read."""

    code: str
    texte: str


def suppose(etat: Etat) -> Releve:
    """The answer to the same question if what is supposed were true; DossierInvalideError."""
    dossier = apply_hypotheses(etat.dossier, etat.si, etat.connaissance)
    return replay(dossier.faits, etat.le, etat.connaissance, etat.options)


def take_supposition(etat: Etat, donnees: QueryDict) -> Etat:
    """The question with the supposition of a form added; DossierInvalideError where it cannot be supposed."""
    ecrire = FORMES.get(donnees.get("quoi", ""))
    if ecrire is None:
        raise DossierInvalideError([Faute("quoi", Message("supposition inconnue"), list_choix(FORMES))])
    if len(etat.si) >= SUPPOSITIONS_AU_PLUS:
        raise too_many(SUPPOSITIONS_AU_PLUS)
    suite = replace(etat, si=tuple(dict.fromkeys([*etat.si, ecrire(donnees)])))
    suppose(suite)
    return suite


def forget_supposition(etat: Etat, code: str) -> Etat:
    """The question without one supposition, or without any where none is named."""
    return replace(etat, si=tuple(si for si in etat.si if si != code) if code else ())


def read_suppositions(codes: Sequence[str], noms: Mapping[str, str]) -> list[Supposition]:
    """The suppositions in words."""
    return [Supposition(code, _tell(code, noms)) for code in codes]


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
