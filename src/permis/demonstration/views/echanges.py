"""What the service itself asks: discovery, keys, a token for a code, the identity for a token."""

from __future__ import annotations

from secrets import compare_digest

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from permis.demonstration.fournisseur import jetons
from permis.demonstration.fournisseur.cles import signing_key
from permis.demonstration.fournisseur.connexions import exchange, find_by_token
from permis.demonstration.fournisseur.regles import Fournisseur
from permis.demonstration.personnes import find_personne
from permis.demonstration.views.gardes import of_provider, refuse
from permis.identites.acteur import Requete

DEMANDE_DE_JETON = frozenset({"grant_type", "code", "redirect_uri", "client_id", "client_secret"})


@of_provider
@require_safe
def decouverte(_: HttpRequest, fournisseur: Fournisseur) -> HttpResponse:
    """Where everything is, and what is offered."""
    ici = fournisseur.issuer
    annonce = {
        "issuer": ici,
        "authorization_endpoint": f"{ici}/authorize",
        "token_endpoint": f"{ici}/token",
        "userinfo_endpoint": f"{ici}/userinfo",
        "jwks_uri": f"{ici}/jwks",
        "end_session_endpoint": f"{ici}/session/end",
        "acr_values_supported": fournisseur.acr,
        "scopes_supported": [*fournisseur.scopes],
        "claims_supported": sorted({claim for claims in fournisseur.scopes.values() for claim in claims}),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "userinfo_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "claims_parameter_supported": True,
        "request_parameter_supported": False,
        "authorization_response_iss_parameter_supported": True,
    }
    return JsonResponse(annonce)


@of_provider
@require_safe
def cles(_: HttpRequest, fournisseur: Fournisseur) -> HttpResponse:
    """The public key."""
    publique = signing_key(fournisseur).as_dict(private=False)
    return JsonResponse({"keys": [publique | {"use": "sig", "alg": "ES256"}]})


@csrf_exempt
@of_provider
@require_POST
def jeton(request: Requete, fournisseur: Fournisseur) -> HttpResponse:
    """A code against its tokens; the service says who it is in the body, and in no other way."""
    champs = {nom: str(valeur) for nom, valeur in request.POST.dict().items()}
    if inconnus := sorted(champs.keys() - DEMANDE_DE_JETON):
        return refuse("invalid_request", f"unexpected parameters: {' '.join(inconnus)}")
    if not _is_client(request, fournisseur, champs):
        return refuse("invalid_client", "client authentication failed", 401)
    if champs.get("grant_type") != "authorization_code":
        return refuse("unsupported_grant_type", "unsupported grant_type requested")
    at = request.at
    echange = exchange(fournisseur, champs.get("code", ""), champs.get("redirect_uri", ""), at)
    if echange is None:
        return refuse("invalid_grant", "grant request is invalid")
    connexion, acces = echange
    personne = find_personne(connexion.personne)
    if personne is None or connexion.repondue_at is None:
        return refuse("invalid_grant", "grant request is invalid")
    reponse = {
        "access_token": acces,
        "expires_in": fournisseur.duree_jeton,
        "id_token": jetons.id_token(fournisseur, personne, connexion.nonce, amr=connexion.amr, at=at),
        "scope": connexion.scope,
        "token_type": "Bearer",
    }
    return JsonResponse(reponse)


def _is_client(request: Requete, fournisseur: Fournisseur, champs: dict[str, str]) -> bool:
    """`client_secret_post` only: a header of authorization is refused."""
    if "Authorization" in request.headers or not fournisseur.client_secret:
        return False
    secret = champs.get("client_secret", "").encode()
    meme = compare_digest(secret, fournisseur.client_secret.encode())
    return meme and champs.get("client_id") == fournisseur.client_id


@csrf_exempt
@of_provider
@require_http_methods(["GET", "POST"])
def identite(request: Requete, fournisseur: Fournisseur) -> HttpResponse:
    """Who the token is about: a signed JWT."""
    genre, _, acces = request.headers.get("Authorization", "").partition(" ")
    at = request.at
    trouve = find_by_token(fournisseur, acces, at) if genre == "Bearer" else None
    if trouve is None:
        reponse = refuse("invalid_token", "invalid token provided", 401)
        reponse.headers["WWW-Authenticate"] = f'Bearer realm="{fournisseur.issuer}", error="invalid_token"'
        return reponse
    connexion, personne = trouve
    corps = jetons.userinfo(fournisseur, personne, connexion.scope, at)
    return HttpResponse(corps, content_type="application/jwt")
