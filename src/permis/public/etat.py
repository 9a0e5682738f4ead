"""What a page needs to answer, carried from form to form: the dossier, the days asked, options, suppositions.

Nothing of it is kept between two requests: each page writes it in a hidden field, each POST brings it back and it is
read again as if it had never been seen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Final, cast

from django.http import QueryDict

from permis.affichage.jour import JourForm
from permis.affichage.question import Question
from permis.droit.dossier import FAITS_MAXIMUM, Dossier, read_dossier
from permis.droit.dossier.fautes import DossierInvalideError, Faute
from permis.droit.dossier.texte_json import decode_json
from permis.droit.options import Options
from permis.droit.phrases import Message
from permis.public.dossiers import Objet, name_facts

CLES_AU_PLUS: Final = 20
"""More than any object of a dossier has: each key that is not known costs a search for the word that looks like it."""
FAITS_AU_PLUS: Final = 200
"""Fewer than the command line takes: each fact is another knowledge to replay, on a machine that others share."""


@dataclass(frozen=True, slots=True)
class Etat:
    """One question: the dossier as JSON and as read, the day asked, the day of knowledge, options, suppositions."""

    objet: Objet
    dossier: Dossier
    aujourdhui: date
    le: date
    connu_le: date | None = None
    options: Options = field(default_factory=Options)
    si: tuple[str, ...] = ()

    @property
    def texte(self) -> str:
        """The dossier as it travels in the hidden field."""
        return json.dumps(self.objet, ensure_ascii=False, separators=(",", ":"))

    @property
    def question(self) -> Question:
        """What is asked of the law."""
        return Question(self.dossier.faits, self.le, self.aujourdhui, self.connu_le, self.options, self.si)

    @property
    def choix(self) -> dict[str, str]:
        """The options that differ from their default, for the hidden fields."""
        defauts = Options()
        noms = [f.name for f in fields(Options)]
        return {
            nom: str(getattr(self.options, nom)) for nom in noms if getattr(self.options, nom) != getattr(defauts, nom)
        }

    def with_dossier(self, objet: Objet) -> Etat:
        """The same question about another dossier; DossierInvalideError."""
        return replace(self, objet=objet, dossier=_read(objet))


def open_dossier(octets: bytes, aujourdhui: date) -> Etat:
    """A question about the dossier that a person opens; DossierInvalideError with every fault."""
    objet = decode_json(octets)
    _read(objet)
    return make_etat(cast(Objet, name_facts(objet)), aujourdhui)


def make_etat(objet: Objet, aujourdhui: date) -> Etat:
    """A first question about a dossier: today, with the default options; DossierInvalideError."""
    return Etat(objet, _read(objet), aujourdhui, aujourdhui)


def _read(objet: object) -> Dossier:
    """The dossier, where it is not too long for a page; DossierInvalideError."""
    if isinstance(objet, dict):
        _check_length(objet)
    return read_dossier(objet)


def _check_length(objet: Objet) -> None:
    """Refuse in one fault what would take too long to read, or too long to answer."""
    faits = objet.get("faits")
    faits = faits if isinstance(faits, list) else []
    if len(faits) > FAITS_AU_PLUS:
        attendu = Message(
            "{maximum} faits au plus sur cette page ; la commande « permis releve », à installer chez vous, "
            "en prend {plus}",
            maximum=FAITS_AU_PLUS,
            plus=FAITS_MAXIMUM,
        )
        raise DossierInvalideError([Faute("faits", Message("{nombre} faits", nombre=len(faits)), attendu)])
    lieux = [("dossier", objet), ("titulaire", objet.get("titulaire"))]
    lieux += [(f"faits[{rang}]", fait) for rang, fait in enumerate(faits)]
    longs = [lieu for lieu, valeur in lieux if isinstance(valeur, dict) and len(valeur) > CLES_AU_PLUS]
    if longs:
        attendu = Message("{nombre} clés au plus", nombre=CLES_AU_PLUS)
        raise DossierInvalideError([Faute(lieu, Message("trop de clés"), attendu) for lieu in longs])


def read_etat(donnees: QueryDict, aujourdhui: date) -> Etat:
    """The question that a page sent back; DossierInvalideError with every fault of the dossier.

    A day or a choice that cannot be read gives way to its default: the page of the answer says so beside its field.
    """
    etat = open_dossier(donnees.get("dossier", "").encode("utf-8", "surrogatepass"), aujourdhui)
    jour = JourForm(donnees)
    jour.is_valid()
    return replace(
        etat,
        le=jour.cleaned_data.get("le") or aujourdhui,
        connu_le=jour.cleaned_data.get("savoir_le"),
        options=jour.options,
        si=tuple(dict.fromkeys(donnees.getlist("si"))),
    )
