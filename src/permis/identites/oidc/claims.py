"""From the claims of a provider to words of ours: tolerant on shapes, since identity providers are not of one mind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from permis.identites.oidc.refus import ConnexionRefuseeError, Refus
from permis.registre.etat_civil import SEXES, EtatCivil, EtatCivilInvalideError

Claims = Mapping[str, Any]


def read_etat_civil(claims: Claims) -> EtatCivil:
    """The pivot identity of FranceConnect. A place in words stays: dropped, it would be equal to no place."""
    sexe = _text(claims, "gender").lower()
    try:
        return EtatCivil(
            nom_naissance=_text(claims, "family_name"),
            nom_usage=_text(claims, "preferred_username"),
            prenoms=_first_names(claims),
            naissance=_text(claims, "birthdate"),
            sexe=sexe if sexe in SEXES else "unspecified",
            lieu_naissance=_text(claims, "birthplace").upper(),
            pays_naissance=_text(claims, "birthcountry"),
        )
    except EtatCivilInvalideError:
        raise ConnexionRefuseeError(Refus.IDENTITE_INCOMPLETE, "pivot identity") from None


def _first_names(claims: Claims) -> tuple[str, ...]:
    liste = claims.get("given_name_array")
    if isinstance(liste, list) and liste and all(isinstance(prenom, str) for prenom in liste):
        return tuple(prenom.strip() for prenom in liste if prenom.strip())
    return tuple(prenom for prenom in re.split(r"[,\s]+", _text(claims, "given_name")) if prenom)


@dataclass(frozen=True, slots=True)
class IdentiteAgent:
    """An agent as ProConnect names him; what he may do is not in it."""

    courriel: str
    siret: str
    prenoms: str = ""
    nom: str = ""

    @property
    def cle(self) -> str:
        """What an administrator knows him by, as sealed and indexed."""
        return f"{self.courriel}|{self.siret}"


def read_agent(claims: Claims) -> IdentiteAgent:
    """E-mail, SIRET and name; the SIRET of some ministries is known to be missing."""
    courriel = _text(claims, "email").lower()
    if "@" not in courriel:
        raise ConnexionRefuseeError(Refus.IDENTITE_INCOMPLETE, "email")
    siret = re.sub(r"\s", "", _text(claims, "siret"))
    return IdentiteAgent(courriel, siret, _text(claims, "given_name"), _text(claims, "usual_name"))


def _text(claims: Claims, nom: str) -> str:
    valeur = claims.get(nom, "")
    return valeur.strip() if isinstance(valeur, str) else ""
