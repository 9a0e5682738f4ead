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

from permis.affichage.question import Question
from permis.affichage.supposer import SUPPOSITIONS_AU_PLUS
from permis.droit.dossier import FAITS_MAXIMUM, Dossier, read_dossier, read_options
from permis.droit.dossier.fautes import DossierInvalideError, Faute, RefusError
from permis.droit.dossier.texte_json import decode_json
from permis.droit.dossier.valeurs import read_date
from permis.droit.options import Options
from permis.droit.phrases import Message
from permis.public.dossiers import Objet, name_facts

CHAMP_SAVOIR: Final = "savoir_le"
"""The day of knowledge has a field of its own: `connu_le` is that of a fact, in the same forms."""
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
    def champ_savoir(self) -> str:
        """The name of the field that carries the day of knowledge."""
        return CHAMP_SAVOIR

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
    faits = objet.get("faits") if isinstance(objet, dict) else None
    if isinstance(faits, list) and len(faits) > FAITS_AU_PLUS:
        attendu = Message(
            "{maximum} faits au plus sur cette page ; la commande « permis releve », à installer chez vous, "
            "en prend {plus}",
            maximum=FAITS_AU_PLUS,
            plus=FAITS_MAXIMUM,
        )
        raise DossierInvalideError([Faute("faits", Message("{nombre} faits", nombre=len(faits)), attendu)])
    return read_dossier(objet)


def too_many(nombre: int) -> DossierInvalideError:
    """The refusal of more suppositions than that."""
    return DossierInvalideError(
        [Faute("si", Message("trop de suppositions"), Message("au plus {nombre}", nombre=nombre))]
    )


def read_etat(donnees: QueryDict, aujourdhui: date) -> Etat:
    """The question that a page sent back; DossierInvalideError with every fault."""
    etat = open_dossier(donnees.get("dossier", "").encode("utf-8", "surrogatepass"), aujourdhui)
    si = tuple(dict.fromkeys(donnees.getlist("si")))
    if len(si) > SUPPOSITIONS_AU_PLUS:
        raise too_many(SUPPOSITIONS_AU_PLUS)
    choix = {f.name: donnees[f.name] for f in fields(Options) if donnees.get(f.name)}
    le, connu_le = _read_day(donnees, "le"), _read_day(donnees, CHAMP_SAVOIR)
    return replace(etat, le=le or aujourdhui, connu_le=connu_le, options=read_options(choix), si=si)


def _read_day(donnees: QueryDict, nom: str) -> date | None:
    texte = donnees.get(nom, "").strip()
    try:
        return read_date(texte) if texte else None
    except RefusError as refus:
        raise DossierInvalideError([Faute(nom, refus.faute, refus.attendu)]) from None
