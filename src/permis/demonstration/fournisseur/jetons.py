"""What the providers sign: the ID token and the answer of userinfo."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from hashlib import sha256
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from permis.demonstration.fournisseur.cles import signing_key
from permis.demonstration.fournisseur.regles import FRANCECONNECT, Fournisseur
from permis.demonstration.personnes import Personne

PIVOT = ("given_name_array", "family_name", "birthdate", "gender", "birthplace", "birthcountry")
Objet = dict[str, Any]


def subject(fournisseur: Fournisseur, personne: Personne) -> str:
    """The name of a person for this service: 64 hexadecimal digits and `v1`; at ProConnect, a UUID.

    Nobody to hide here: it follows from the person alone, so that it stays when the keys are made again.
    """
    if fournisseur is FRANCECONNECT:
        pivot = "|".join(str(personne.etat_civil[cle]) for cle in PIVOT)
        return sha256(f"{fournisseur.client_id}|{pivot}".encode()).hexdigest() + "v1"
    origine = f"{personne.proconnect['idp_id']}|{personne.proconnect['uid']}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, origine))


def id_token(fournisseur: Fournisseur, personne: Personne, nonce: str, *, amr: bool, at: datetime) -> str:
    """The ID token: nothing but `sub acr auth_time nonce aud exp iat iss`, and `amr` where it was asked."""
    acr = personne.proconnect.get("acr", "") if fournisseur is not FRANCECONNECT else fournisseur.acr[0]
    claims: Objet = {
        "sub": subject(fournisseur, personne),
        "acr": acr,
        "auth_time": int(at.timestamp()),
        "nonce": nonce,
    }
    if amr:
        claims["amr"] = _means(fournisseur, str(acr))
    return _sign(fournisseur, claims, at)


def _means(fournisseur: Fournisseur, acr: str) -> list[str]:
    if fournisseur is FRANCECONNECT:
        return ["fc", "pwd"]
    return ["pwd", "mfa"] if acr.endswith("-mfa") else ["pwd"]


def userinfo(fournisseur: Fournisseur, personne: Personne, scope: str, at: datetime) -> str:
    """The claims of the scopes, signed."""
    dits = _said_of(fournisseur, personne)
    noms = {nom for accorde in scope.split() for nom in fournisseur.scopes[accorde]}
    return _sign(fournisseur, {nom: dits[nom] for nom in sorted(noms) if nom in dits}, at)


def _said_of(fournisseur: Fournisseur, personne: Personne) -> Objet:
    dits = {"sub": subject(fournisseur, personne)}
    if fournisseur is not FRANCECONNECT:
        return personne.proconnect | dits
    return personne.etat_civil | dits | {"given_name": " ".join(personne.etat_civil["given_name_array"])}


def _sign(fournisseur: Fournisseur, claims: Objet, at: datetime) -> str:
    cle, iat = signing_key(fournisseur), int(at.timestamp())
    complet = claims | {
        "aud": fournisseur.client_id,
        "exp": iat + fournisseur.duree_jeton,
        "iat": iat,
        "iss": fournisseur.issuer,
    }
    return jws.serialize_compact({"alg": "ES256", "kid": cle.kid}, json.dumps(complet), cle)


def is_own(fournisseur: Fournisseur, jeton: str) -> bool:
    """Whether an ID token was signed here for this service, expired or not (a hint at sign-out)."""
    try:
        contenu = json.loads(jws.deserialize_compact(jeton, signing_key(fournisseur), ["ES256"]).payload)
    except (JoseError, ValueError):
        return False
    return bool(contenu["iss"] == fournisseur.issuer and contenu["aud"] == fournisseur.client_id)
