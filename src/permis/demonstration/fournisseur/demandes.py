"""An authorization request, read as the real providers read it: shown on an error page, sent back, or taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from permis.demonstration.fournisseur.regles import Fournisseur


@dataclass(frozen=True, slots=True)
class Demande:
    """A request that can be put to a person. `amr`: the service asks how they signed in."""

    redirect_uri: str
    scope: str
    state: str
    nonce: str
    amr: bool


class RefusAfficheError(Exception):
    """The request cannot be sent back: a page with a code, and what is wrong."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class RefusRenvoyeError(Exception):
    """The service is known: the error goes back to it."""

    def __init__(self, erreur: str, detail: str, redirect_uri: str, state: str) -> None:
        super().__init__(detail)
        self.erreur, self.detail, self.redirect_uri, self.state = erreur, detail, redirect_uri, state


def read_demande(fournisseur: Fournisseur, parametres: QueryDict) -> Demande:
    """The request, or the refusal that the provider owes."""
    for detail in _faults(fournisseur, parametres):
        raise RefusAfficheError(fournisseur.faute_parametres, detail)
    valeurs = parametres.dict()
    if valeurs["client_id"] != fournisseur.client_id:
        raise RefusAfficheError(fournisseur.faute_client, "client_id")
    if not fournisseur.takes_login_return(str(valeurs["redirect_uri"])):
        raise RefusAfficheError(fournisseur.faute_retour, "redirect_uri")
    return _take(fournisseur, {nom: str(valeur) for nom, valeur in valeurs.items()})


def _faults(fournisseur: Fournisseur, parametres: QueryDict) -> Iterator[str]:
    """What is wrong with the names and shapes of the parameters, in the order in which it would be told."""
    permis = fournisseur.obligatoires | fournisseur.facultatifs
    yield from (f"property {nom} should not exist" for nom in parametres if nom not in permis)
    yield from (f"{nom} must be a string" for nom, valeurs in parametres.lists() if len(valeurs) > 1)
    yield from (f"{nom} should not be empty" for nom in sorted(fournisseur.obligatoires) if not parametres.get(nom))
    for nom, longueur in fournisseur.longueurs.items():
        if len(parametres.get(nom, "")) < longueur:
            yield f"{nom} must be longer than or equal to {longueur} characters"
    if "prompt" in parametres and parametres["prompt"] not in fournisseur.prompts:
        yield "prompt must be one of the allowed values"


def _take(fournisseur: Fournisseur, valeurs: dict[str, str]) -> Demande:
    for erreur, detail in _refusals(fournisseur, valeurs):
        raise RefusRenvoyeError(erreur, detail, valeurs["redirect_uri"], valeurs["state"])
    amr = "amr" in (_asked_of_id_token(valeurs) or ())
    return Demande(valeurs["redirect_uri"], valeurs["scope"], valeurs["state"], valeurs["nonce"], amr)


def _refusals(fournisseur: Fournisseur, valeurs: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What the service is told, in the order in which it would be."""
    scopes, acr = set(valeurs["scope"].split()), set(valeurs.get("acr_values", "").split())
    if valeurs["response_type"] != "code":
        yield "unsupported_response_type", "unsupported response_type requested"
    if "openid" not in scopes:
        yield "invalid_request", "openid scope must be requested when using the acr_values parameter"
    if inconnus := scopes - set(fournisseur.scopes):
        yield "invalid_scope", f"requested scope is not allowed: {' '.join(sorted(inconnus))}"
    if inconnus := acr - set(fournisseur.acr):
        yield "invalid_request", f"unsupported acr_values: {' '.join(sorted(inconnus))}"
    if "idp_hint" in valeurs:
        yield "invalid_idp_hint", "an idp_hint was provided but is not allowed"
    if valeurs.get("prompt") == "none":
        yield "login_required", "End-User authentication is required"
    if _asked_of_id_token(valeurs) is None:
        yield "invalid_request", "could not parse the claims parameter JSON"


def _asked_of_id_token(valeurs: dict[str, str]) -> dict[str, object] | None:
    """What the parameter `claims` asks of the ID token; None where it cannot be read."""
    try:
        objet = json.loads(valeurs.get("claims") or "{}")
    except ValueError:
        return None
    demandes = objet.get("id_token", {}) if isinstance(objet, dict) else None
    return demandes if isinstance(demandes, dict) else None
