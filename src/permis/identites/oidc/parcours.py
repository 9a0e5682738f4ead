"""A sign-in from end to end: the address to go to, the answer that comes back, the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from permis.identites.oidc.decouverte import Decouverte, discover
from permis.identites.oidc.demandes import Secrets
from permis.identites.oidc.fournisseurs import Client
from permis.identites.oidc.jetons import read_id_token, read_userinfo
from permis.identites.oidc.refus import ERREURS, ConnexionRefuseeError, Refus
from permis.identites.oidc.transport import open_wire, post_code, read_answer

JWT: Final = "application/jwt"


@dataclass(frozen=True, slots=True)
class Identification:
    """Who came back: issuer and sub, what the provider says of the person, and the token for the way out."""

    issuer: str
    sub: str
    claims: Mapping[str, Any]
    id_token: str


def write_departure(client: Client, secrets: Secrets, redirect_uri: str, langue: str, at: datetime) -> str:
    """The address of the provider for this journey: the parameters of its white list and no other, no PKCE."""
    parametres = {**client.parametres, **({"ui_locales": langue} if client.parle_langues else {})}
    adresse, _ = open_wire(client, redirect_uri).create_authorization_url(
        discover(client, at).authorization_endpoint, state=secrets.state, nonce=secrets.nonce, **parametres
    )
    return str(adresse)


def read_return(
    client: Client, retour: Mapping[str, str], nonce: str, redirect_uri: str, at: datetime
) -> Identification:
    """Who comes back, once everything is checked; ConnexionRefuseeError."""
    decouverte = discover(client, at)
    code = _read_code(client, decouverte, retour)
    jetons = post_code(client, decouverte.token_endpoint, code, redirect_uri)
    claims = read_id_token(client, jetons["id_token"], nonce, at)
    reponse = read_answer(client, decouverte.userinfo_endpoint, jetons["access_token"])
    if reponse.headers.get("Content-Type", "").partition(";")[0].strip().lower() != JWT:
        raise ConnexionRefuseeError(Refus.REPONSE_REFUSEE, "userinfo is not signed")
    personne = read_userinfo(client, reponse.text.strip(), claims["sub"], at)
    return Identification(client.issuer, claims["sub"], personne, jetons["id_token"])


def _read_code(client: Client, decouverte: Decouverte, retour: Mapping[str, str]) -> str:
    """The code, from the provider that was asked (RFC 9207), unless it answers with an error."""
    iss = retour.get("iss")
    if iss != client.issuer and (iss is not None or decouverte.iss_au_retour):
        raise ConnexionRefuseeError(Refus.REPONSE_REFUSEE, "check of iss at the callback")
    if "error" in retour:
        raise ConnexionRefuseeError(ERREURS.get(retour["error"], Refus.NOTRE_FAUTE), "the provider answers an error")
    if not retour.get("code"):
        raise ConnexionRefuseeError(Refus.NOTRE_FAUTE, "neither code nor error")
    return retour["code"]


def write_way_out(client: Client, id_token: str, state: str, retour: str, at: datetime) -> str | None:
    """The address that ends the session at the provider; None where it has none."""
    adresse = discover(client, at).end_session_endpoint
    if not adresse:
        return None
    champs = {"id_token_hint": id_token, "state": state, "post_logout_redirect_uri": retour}
    return f"{adresse}?{urlencode(champs)}"
