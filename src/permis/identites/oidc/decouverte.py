"""Discovery and keys of a provider, kept an hour; keys are fetched again, once, for a token whose key is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from permis.identites.oidc.fournisseurs import Client
from permis.identites.oidc.refus import ConnexionRefuseeError, Refus
from permis.identites.oidc.transport import get_json

DUREE: Final = timedelta(hours=1)
ADRESSES: Final = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Decouverte:
    """What a provider publishes of itself."""

    authorization_endpoint: str
    token_endpoint: str
    userinfo_endpoint: str
    jwks_uri: str
    end_session_endpoint: str
    iss_au_retour: bool
    lue_at: datetime


_verrou = Lock()
_decouvertes: Final[dict[str, Decouverte]] = {}
_cles: Final[dict[str, tuple[KeySet, datetime]]] = {}


def discover(client: Client, at: datetime) -> Decouverte:
    """The endpoints of a provider; the document must name the very issuer of the settings."""
    with _verrou:
        connue = _decouvertes.get(client.issuer)
    if connue is not None and abs(at - connue.lue_at) < DUREE:
        return connue
    document = get_json(client, f"{client.issuer}/.well-known/openid-configuration")
    lue = _check(client, document, at)
    with _verrou:
        _decouvertes[client.issuer] = lue
    return lue


def _check(client: Client, document: dict[str, Any], at: datetime) -> Decouverte:
    if document.get("issuer") != client.issuer:
        raise ConnexionRefuseeError(Refus.REPONSE_REFUSEE, "discovery names another issuer")
    adresses = {nom: document.get(nom) for nom in ADRESSES} | {"fin": document.get("end_session_endpoint", "")}
    fin = adresses.pop("fin")
    if not all(_is_address(client, a) for a in adresses.values()) or not (fin == "" or _is_address(client, fin)):
        raise ConnexionRefuseeError(Refus.INDISPONIBLE, "discovery lacks an endpoint")
    return Decouverte(
        authorization_endpoint=str(adresses["authorization_endpoint"]),
        token_endpoint=str(adresses["token_endpoint"]),
        userinfo_endpoint=str(adresses["userinfo_endpoint"]),
        jwks_uri=str(adresses["jwks_uri"]),
        end_session_endpoint=str(fin),
        iss_au_retour=document.get("authorization_response_iss_parameter_supported") is True,
        lue_at=at,
    )


def _is_address(client: Client, adresse: object) -> bool:
    """An address of a host, by the same scheme as the issuer's."""
    try:
        lue = urlsplit(adresse) if isinstance(adresse, str) else None
        return lue is not None and lue.scheme == urlsplit(client.issuer).scheme and bool(lue.hostname)
    except ValueError:
        return False


def read_keys(client: Client, at: datetime, *, encore: bool = False) -> KeySet:
    """The public keys of a provider; `encore` fetches them again."""
    with _verrou:
        connues = _cles.get(client.issuer)
    if connues is not None and not encore and abs(at - connues[1]) < DUREE:
        return connues[0]
    document = get_json(client, discover(client, at).jwks_uri)
    try:
        cles = KeySet.import_key_set({"keys": [c for c in document["keys"] if c.get("kty") in {"EC", "RSA"}]})
    except (JoseError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise ConnexionRefuseeError(Refus.INDISPONIBLE, "no usable key") from None
    with _verrou:
        _cles[client.issuer] = (cles, at)
    return cles


def forget() -> None:
    """Read everything again at the next need."""
    with _verrou:
        _decouvertes.clear()
        _cles.clear()
