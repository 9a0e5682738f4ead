"""The wire: every answer of a provider is bounded in time and in size, and no redirection is followed."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any, Final

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session

from permis.identites.oidc.fournisseurs import Client
from permis.identites.oidc.refus import ConnexionRefuseeError, Refus

DELAI: Final = 5.0  # seconds: to connect, between two bytes, and for the whole body
TAILLE: Final = 128 * 1024


class _Session(OAuth2Session):  # type: ignore[misc]  # Authlib has no types
    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        fin = monotonic() + DELAI
        bornes = {"timeout": DELAI, "allow_redirects": False, "stream": True}
        reponse: requests.Response = super().send(request, **(kwargs | bornes))
        corps = bytearray()
        for octet in reponse.iter_content(1):
            corps += octet
            if len(corps) > TAILLE or monotonic() > fin:
                reponse.close()
                raise requests.Timeout("an answer too long")
        reponse._content = bytes(corps)  # noqa: SLF001 - what `stream=False` would have done, without bounds
        return reponse


def open_wire(client: Client, redirect_uri: str = "") -> OAuth2Session:
    """A session with a provider: secret in the body of the token request, no PKCE (its servers refuse both others)."""
    session = _Session(
        client.client_id,
        client.client_secret,
        token_endpoint_auth_method="client_secret_post",  # noqa: S106
        scope=client.scope,
        redirect_uri=redirect_uri,
    )
    session.trust_env = False  # no .netrc: it would add an Authorization header of its own
    return session


def get_json(client: Client, adresse: str) -> dict[str, Any]:
    """A JSON object; anything else is a provider out of order."""
    try:
        document = json.loads(read_answer(client, adresse).text)
    except (ValueError, RecursionError):
        raise ConnexionRefuseeError(Refus.INDISPONIBLE, "an answer that is not JSON") from None
    if not isinstance(document, dict):
        raise ConnexionRefuseeError(Refus.INDISPONIBLE, "an answer that is not a JSON object")
    return document


def read_answer(client: Client, adresse: str, jeton: str = "") -> requests.Response:
    """A GET that answered 200, with the access token where there is one."""
    entetes = {"Authorization": f"Bearer {jeton}"} if jeton else {}
    try:
        reponse: requests.Response = open_wire(client).request("GET", adresse, withhold_token=True, headers=entetes)
    except (requests.RequestException, AuthlibBaseError, ValueError) as erreur:
        raise ConnexionRefuseeError(Refus.INDISPONIBLE, type(erreur).__name__) from None
    if reponse.status_code != requests.codes.ok:
        raise ConnexionRefuseeError(Refus.INDISPONIBLE, f"HTTP {reponse.status_code}")
    return reponse


def post_code(client: Client, adresse: str, code: str, redirect_uri: str) -> dict[str, Any]:
    """Exchange the code of a callback for its tokens."""
    try:
        jetons = open_wire(client, redirect_uri).fetch_token(adresse, grant_type="authorization_code", code=code)
    except AuthlibBaseError:
        raise ConnexionRefuseeError(Refus.REPONSE_REFUSEE, "the token endpoint refused the code") from None
    except (requests.RequestException, ValueError, TypeError, AttributeError, RecursionError) as erreur:
        raise ConnexionRefuseeError(Refus.INDISPONIBLE, type(erreur).__name__) from None
    if not all(isinstance(jetons.get(nom), str) for nom in ("access_token", "id_token")):
        raise ConnexionRefuseeError(Refus.REPONSE_REFUSEE, "no ID token")
    return dict(jetons)
