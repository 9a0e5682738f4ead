"""A small OpenID Connect provider, on a thread, that keeps FranceConnect's shapes and can lie."""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from joserfc.jws import serialize_compact

ANGELA = {
    "given_name": "Angela Claire Louise",
    "given_name_array": ["Angela", "Claire", "Louise"],
    "family_name": "DUBOIS",
    "birthdate": "1962-08-24",
    "gender": "female",
    "birthplace": "75107",
    "birthcountry": "99100",
}
CLIENT, SECRET = "permis-tests", "secret-des-tests"


class Fournisseur:
    """What it says; `mensonge` names the one thing that it gets wrong."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}/api/v2"
        self.cle = ECKey.generate_key("P-256", auto_kid=True)
        self.publiees = [self.cle]
        self.mensonge = ""
        self.sans_kid = False
        self.annonce: dict[str, Any] = {}
        self.sub = "a" * 64 + "v1"
        self.claims: dict[str, Any] = dict(ANGELA)
        self.acr = "eidas1"
        self.nonces: dict[str, str] = {}
        self.recus: list[dict[str, str]] = []
        self.lectures_des_cles = 0

    def authorize(self, adresse: str) -> dict[str, str]:
        """The parameters of the callback, for a person who agreed."""
        demande = dict(parse_qsl(urlsplit(adresse).query))
        code = f"code-{len(self.nonces)}"
        self.nonces[code] = demande["nonce"]
        return {"code": code, "state": demande["state"], "iss": self.issuer}

    def discovery(self) -> dict[str, Any]:
        base = self.issuer
        return {
            "issuer": "https://ailleurs.example" if self.mensonge == "discovery d'un autre" else base,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/userinfo",
            "jwks_uri": f"{base}/jwks",
            "end_session_endpoint": f"{base}/session/end",
            "authorization_response_iss_parameter_supported": True,
        } | self.annonce

    def token(self, corps: dict[str, str]) -> dict[str, Any]:
        self.recus.append(corps)
        nonce = self.nonces.pop(corps.get("code", ""), None)
        if nonce is None or corps.get("client_secret") != SECRET:
            return {"error": "invalid_grant", "error_description": "grant request is invalid"}
        if self.mensonge == "sans ID token":
            return {"access_token": "acces", "token_type": "Bearer"}
        jeton = self.sign(self.id_claims(nonce), "ID token")
        return {"access_token": "acces", "expires_in": 60, "id_token": jeton, "token_type": "Bearer"}

    def id_claims(self, nonce: str) -> dict[str, Any]:
        maintenant = int(time.time())
        claims: dict[str, Any] = {
            "sub": self.sub, "acr": self.acr, "auth_time": maintenant, "nonce": nonce, "aud": CLIENT,
            "exp": maintenant + 60, "iat": maintenant, "iss": self.issuer,
        }  # fmt: skip
        mensonges: dict[str, dict[str, Any]] = {
            "nonce d'un autre": {"nonce": "0" * 64},
            "aud d'un autre": {"aud": "un-autre-service"},
            "aud de plusieurs": {"aud": [CLIENT, "un-autre-service"]},
            "iss d'un autre": {"iss": "https://ailleurs.example"},
            "expiré": {"exp": maintenant - 1},
            "exp en texte": {"exp": str(maintenant + 60)},
            "émis demain": {"iat": maintenant + 86400},
            "sub vide": {"sub": ""},
            "sub qui n'est pas un texte": {"sub": 12},
            "acr trop bas": {"acr": "eidas0"},
            "acr en liste": {"acr": [self.acr]},
            "acr en objet": {"acr": {}},
            "exp sans fin": {"exp": float("inf")},
            "exp qui n'est pas un nombre": {"exp": float("nan")},
            "iat qui n'est pas un nombre": {"iat": float("nan")},
            "exp à virgule": {"exp": maintenant + 60.5},
            "nbf demain": {"nbf": maintenant + 86400},
            "nbf en texte": {"nbf": str(maintenant)},
            "azp d'un autre": {"azp": "un-autre-service"},
            "azp nul": {"azp": None},
            "nonce qui ne s'écrit pas": {"nonce": "\ud800"},
            "sub avec un caractère nul": {"sub": "a\0b"},
        }
        claims |= mensonges.get(self.mensonge, {})
        if self.mensonge in {"sans nonce", "sans acr", "sans exp", "sans iat", "sans sub"}:
            del claims[self.mensonge.removeprefix("sans ")]
        return claims

    def userinfo(self) -> tuple[str, str]:
        maintenant = int(time.time())
        claims = {**self.claims, "sub": self.sub, "aud": CLIENT, "exp": maintenant + 60, "iss": self.issuer}
        mensonges: dict[str, dict[str, Any]] = {
            "userinfo d'un autre sub": {"sub": "b" * 64 + "v1"},
            "userinfo d'une autre aud": {"aud": "un-autre-service"},
            "userinfo d'un autre iss": {"iss": "https://ailleurs.example"},
            "userinfo expiré": {"exp": maintenant - 1},
        }
        claims |= mensonges.get(self.mensonge, {})
        if self.mensonge == "userinfo non signé":
            return "application/json", json.dumps(claims)
        return "application/jwt", self.sign(claims, "userinfo")

    def sign(self, claims: dict[str, Any], quoi: str) -> str:  # noqa: C901, PLR0911
        entete = {"alg": "ES256", "kid": str(self.cle.kid)}
        if self.sans_kid:
            del entete["kid"]
        if self.mensonge == f"{quoi} d'une autre clé":
            return jwt.encode(entete, claims, ECKey.generate_key("P-256"))
        if self.mensonge == f"{quoi} d'une clé inconnue":
            return jwt.encode({**entete, "kid": "inconnue"}, claims, self.cle)
        if self.mensonge == f"{quoi} sans signature":
            return ".".join([*(_b64(json.dumps(partie)) for partie in ({**entete, "alg": "none"}, claims)), ""])
        if self.mensonge == f"{quoi} en HS256 avec notre secret":
            return jwt.encode({**entete, "alg": "HS256"}, claims, OctKey.import_key(SECRET))
        if self.mensonge == f"{quoi} en HS256 avec la clé publique":
            a_signer = ".".join(_b64(json.dumps(partie)) for partie in ({**entete, "alg": "HS256"}, claims))
            empreinte = hmac.digest(self.cle.as_pem(private=False), a_signer.encode(), "sha256")
            return f"{a_signer}.{urlsafe_b64encode(empreinte).rstrip(b'=').decode()}"
        if self.mensonge == f"{quoi} altéré":
            tete, _, signature = jwt.encode(entete, claims, self.cle).split(".")
            return ".".join([tete, _b64(json.dumps({**claims, "family_name": "AUTRE"})), signature])
        if self.mensonge == f"{quoi} illisible":
            return "ceci.n'est.pas"
        return self._misshape(entete, claims, self.mensonge.removeprefix(f"{quoi} "))

    def _misshape(self, entete: dict[str, Any], claims: dict[str, Any], comment: str) -> str:
        """A token as it should be, or of a shape that no reader expects."""
        match comment:
            case "très profond":
                return serialize_compact(entete, b"[" * 60_000, self.cle)
            case "qui est une liste":
                return serialize_compact(entete, b"[1]", self.cle)
            case "d'un en-tête très profond":
                return f"{_b64('[' * 60_000)}.e30.e30"
            case "d'un kid qui est une liste":
                return ".".join([_b64(json.dumps({**entete, "kid": [1]})), _b64(json.dumps(claims)), _b64("x" * 64)])
        return serialize_compact(entete, json.dumps(claims).encode(), self.cle)


def _b64(texte: str) -> str:
    return urlsafe_b64encode(texte.encode()).rstrip(b"=").decode()


class _Guichet(BaseHTTPRequestHandler):
    fournisseur: Fournisseur

    def do_GET(self) -> None:
        chemin = urlsplit(self.path).path.removeprefix("/api/v2")
        if self._fault(chemin):
            return
        match chemin:
            case "/.well-known/openid-configuration":
                self._answer("application/json", json.dumps(self.fournisseur.discovery()))
            case "/jwks":
                self.fournisseur.lectures_des_cles += 1
                cles = [cle.as_dict(private=False) for cle in self.fournisseur.publiees]
                self._answer("application/json", json.dumps({"keys": cles}))
            case "/userinfo":
                assert self.headers["Authorization"] == "Bearer acces"
                self._answer(*self.fournisseur.userinfo())

    def do_POST(self) -> None:
        corps = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert "Authorization" not in self.headers, "client_secret_post only"
        if self._fault("/token"):
            return
        reponse = self.fournisseur.token({nom: valeurs[0] for nom, valeurs in corps.items()})
        self._answer("application/json", json.dumps(reponse), 400 if "error" in reponse else 200)

    def _fault(self, chemin: str) -> bool:  # noqa: C901
        panne, _, lieu = self.fournisseur.mensonge.partition(" ")
        if lieu != chemin:
            return False
        match panne:
            case "500":
                self._answer("text/html", "<h1>DUBOIS Angela</h1>", 500)
            case "charabia":
                self._answer("application/json", "{DUBOIS")
            case "liste":
                self._answer("application/json", "[]")
            case "ailleurs":
                self.send_response(302)
                self.send_header("Location", f"{self.fournisseur.issuer}/jwks")
                self.end_headers()
            case "lent":
                time.sleep(1.5)
            case "abîme":
                self._answer("application/json", "[" * 100_000)
            case "énorme":
                self._answer("application/json", " " * 300_000 + "{}")
            case "goutte":
                self._drip()
        return True

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(30):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def _answer(self, type_: str, corps: str, statut: int = 200) -> None:
        try:
            self.send_response(statut)
            self.send_header("Content-Type", type_)
            self.end_headers()
            self.wfile.write(corps.encode())
        except OSError:
            pass  # the client had enough

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serve() -> Iterator[Fournisseur]:
    """A provider that answers until the block ends."""
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), _Guichet)
    serveur.daemon_threads = True
    fournisseur = Fournisseur(serveur.server_address[1])
    serveur.RequestHandlerClass = type("Guichet", (_Guichet,), {"fournisseur": fournisseur})
    fil = Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    fil.start()
    try:
        yield fournisseur
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
