"""An identity beside the civil status of files: what is equal and what differs, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.affichage.lieux import name_insee
from permis.registre.etat_civil import EtatCivil, normalise_nom
from permis.registre.lecture import DossierLu

SEXES: Final[dict[str, Texte]] = {
    "female": _("féminin"),
    "male": _("masculin"),
    "unspecified": _("non précisé"),
}
CHAMPS: Final[tuple[tuple[str, Texte], ...]] = (
    ("nom_naissance", _("Nom de naissance")),
    ("nom_usage", _("Nom d’usage")),
    ("prenoms", _("Prénoms")),
    ("naissance", _("Naissance")),
    ("sexe", _("Sexe")),
    ("lieu_naissance", _("Commune de naissance")),
    ("pays_naissance", _("Pays de naissance")),
)
LIEUX: Final = frozenset({"lieu_naissance", "pays_naissance"})
VIDE: Final = "–"


@dataclass(frozen=True, slots=True)
class ValeurComparee:
    """One value of a file beside the one given; `ecart` says in a word how they stand."""

    valeur: str
    differe: bool
    ecart: Texte


@dataclass(frozen=True, slots=True)
class ChampCompare:
    """One field: what FranceConnect gave, then each file."""

    nom: Texte
    donnee: str
    cases: tuple[ValeurComparee, ...]


@dataclass(frozen=True, slots=True)
class Candidat:
    """A file compared: the letter that names it, its number, whether an account holds it, the fields that differ."""

    id: UUID
    lettre: str
    neph: str
    tenu: bool
    ecarts: tuple[Texte, ...]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """The table that an agent decides from."""

    rangs: tuple[ChampCompare, ...]
    candidats: tuple[Candidat, ...]


def compare(donnee: EtatCivil, lus: list[DossierLu], tenus: frozenset[UUID]) -> Comparaison:
    """Each field of the identity given, beside that of each file."""
    rangs = tuple(_compare_field(champ, nom, donnee, lus) for champ, nom in CHAMPS)
    candidats = tuple(
        Candidat(lu.id, ascii_uppercase[i % 26], lu.neph, lu.id in tenus, _list_ecarts(rangs, i))
        for i, lu in enumerate(lus)
    )
    return Comparaison(rangs, candidats)


def _list_ecarts(rangs: tuple[ChampCompare, ...], i: int) -> tuple[Texte, ...]:
    return tuple(rang.nom for rang in rangs if rang.cases[i].differe)


def _compare_field(champ: str, nom: Texte, donnee: EtatCivil, lus: list[DossierLu]) -> ChampCompare:
    cases = tuple(_compare(champ, donnee, lu.etat_civil) for lu in lus)
    return ChampCompare(nom, _show(champ, donnee), cases)


def _compare(champ: str, donnee: EtatCivil, autre: EtatCivil) -> ValeurComparee:
    a, b = _texts(champ, donnee), _texts(champ, autre)
    if a == b:
        return ValeurComparee(_show(champ, autre), differe=False, ecart=_("identique"))
    if [normalise_nom(mot) for mot in a] == [normalise_nom(mot) for mot in b]:
        return ValeurComparee(_show(champ, autre), differe=False, ecart=_("identique, écrit autrement"))
    return ValeurComparee(_show(champ, autre), differe=True, ecart=_("différent"))


def _texts(champ: str, etat_civil: EtatCivil) -> list[str]:
    valeur = getattr(etat_civil, champ)
    return list(valeur) if isinstance(valeur, tuple) else [valeur]


def _show(champ: str, etat_civil: EtatCivil) -> str:
    if champ == "sexe":
        return str(SEXES[etat_civil.sexe])
    if champ in LIEUX:
        return name_insee(getattr(etat_civil, champ)) or VIDE
    return " ".join(_texts(champ, etat_civil)) or VIDE
