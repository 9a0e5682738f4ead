"""Tokens: believed only if a key of the provider signed them, for us, now, and for this very request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError

from permis.identites.oidc.decouverte import read_keys
from permis.identites.oidc.fournisseurs import Client
from permis.identites.oidc.refus import ConnexionRefuseeError, Refus

ALGORITHMES: Final = ("ES256", "RS256")  # asymmetric only: neither `none`, nor our own secret as a key
TOLERANCE: Final = 60  # seconds by which the clock of a provider may be ahead of ours, on `iat` and `nbf`
SUB_MAXIMUM: Final = 255
ILLISIBLE: Final = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)  # whatever the shape

Claims = Mapping[str, Any]


def read_id_token(client: Client, jeton: str, nonce: str, at: datetime) -> Claims:
    """The claims of an ID token: signature, issuer, audience, times, nonce (by its digest), level."""
    claims = _decode(client, jeton, at)
    _check_common(client, claims, at)
    recu = claims.get("nonce")
    if not isinstance(recu, str) or not compare_digest(sha256(recu.encode("utf-8", "replace")).hexdigest(), nonce):
        raise _refuse("nonce")
    acr = claims.get("acr")
    if not isinstance(acr, str) or acr not in client.acr:
        raise ConnexionRefuseeError(Refus.NIVEAU, "acr")
    return claims


def read_userinfo(client: Client, jeton: str, sub: str, at: datetime) -> Claims:
    """The claims about the person, in a JWT that the provider signed, about the person of the ID token."""
    claims = _decode(client, jeton, at)
    _check_common(client, claims, at, avec_iat=False)
    if claims["sub"] != sub:
        raise _refuse("sub")
    return claims


def _decode(client: Client, jeton: str, at: datetime) -> Claims:
    try:
        return _verify(client, jeton, at, encore=False)
    except InvalidKeyIdError:
        pass  # the provider may have changed its keys
    except ILLISIBLE:
        raise _refuse("signature") from None
    try:
        return _verify(client, jeton, at, encore=True)
    except ILLISIBLE:
        raise _refuse("signature") from None


def _verify(client: Client, jeton: str, at: datetime, *, encore: bool) -> Claims:
    claims = jwt.decode(jeton, read_keys(client, at, encore=encore), algorithms=list(ALGORITHMES)).claims
    json.dumps(claims, ensure_ascii=False).encode()  # half a character, escaped, is read by JSON and written by nobody
    return claims


def _check_common(client: Client, claims: Claims, at: datetime, *, avec_iat: bool = True) -> None:
    maintenant = at.timestamp()
    if claims.get("iss") != client.issuer:
        raise _refuse("iss")
    if claims.get("aud") not in (client.client_id, [client.client_id]):
        raise _refuse("aud")
    if claims.get("azp", client.client_id) != client.client_id:
        raise _refuse("azp")
    if _whole(claims, "exp") <= maintenant:
        raise _refuse("exp")
    if "nbf" in claims and _whole(claims, "nbf") > maintenant + TOLERANCE:
        raise _refuse("nbf")
    if (avec_iat or "iat" in claims) and _whole(claims, "iat") > maintenant + TOLERANCE:
        raise _refuse("iat")
    sub = claims.get("sub")
    if not isinstance(sub, str) or not 0 < len(sub) <= SUB_MAXIMUM or not sub.isprintable():
        raise _refuse("sub")


def _whole(claims: Claims, nom: str) -> int:
    """A moment, in whole seconds: neither a text, nor what is no number, nor what has no end."""
    valeur = claims.get(nom)
    if isinstance(valeur, bool) or not isinstance(valeur, int):
        raise _refuse(nom)
    return valeur


def _refuse(claim: str) -> ConnexionRefuseeError:
    return ConnexionRefuseeError(Refus.REPONSE_REFUSEE, f"check of {claim}")
