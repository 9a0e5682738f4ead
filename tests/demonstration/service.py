"""A service as FranceConnect's documentation describes one, written with `requests` and `joserfc` alone.

It plays a sign-in against either provider, the demonstration's and the certified one. Nothing here is of the site.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests
from joserfc import jws
from joserfc.jwk import KeySet

DELAI: Final = 20
SCOPES: Final = {
    "franceconnect": "openid identite_pivot preferred_username email",
    "proconnect": "openid given_name usual_name email uid siret idp_id organization_label roles",
}


class Navigateur(requests.Session):
    """A browser: cookies, and no connection kept, so that no thread of the server outlives its test."""

    def send(self, request: requests.PreparedRequest, **reglages: Any) -> requests.Response:
        try:
            return super().send(request, **reglages)
        finally:
            self.close()


class Formulaire(HTMLParser):
    """The first form of a page: where it goes, and what it holds hidden."""

    def __init__(self, texte: str) -> None:
        super().__init__()
        self.action, self.champs = "", {}
        self.feed(texte)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        donnees = dict(attrs)
        if tag == "form" and not self.action:
            self.action = donnees.get("action") or "."
        if tag == "input" and donnees.get("type") == "hidden":
            self.champs[str(donnees["name"])] = donnees.get("value") or ""

    champs: dict[str, str]


@dataclass
class Service:
    """One service and one browser before a provider."""

    issuer: str
    client_id: str
    client_secret: str
    site: str
    genre: str = "franceconnect"
    navigateur: requests.Session = field(default_factory=Navigateur)

    @cached_property
    def decouverte(self) -> dict[str, Any]:
        annonce: dict[str, Any] = requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=DELAI).json()
        return annonce

    @property
    def retour(self) -> str:
        return f"{self.site}/connexion/{self.genre}/retour"

    @property
    def sortie(self) -> str:
        return f"{self.site}/deconnexion/{self.genre}/retour"

    def parametres(self, **autres: str | None) -> dict[str, str]:
        """Those of a request; a value of None takes the parameter away."""
        complets: dict[str, str | None] = {
            "client_id": self.client_id,
            "response_type": "code",
            "redirect_uri": self.retour,
            "scope": SCOPES[self.genre],
            "state": secrets.token_hex(32),
            "nonce": secrets.token_hex(32),
            "acr_values": "eidas1",
        }
        return {nom: valeur for nom, valeur in (complets | autres).items() if valeur is not None}

    def demander(self, parametres: dict[str, str]) -> requests.Response:
        """The browser goes to the provider; it stops at a page, or on its way back to the site."""
        return self._suivre(
            self.navigateur.get(
                self.decouverte["authorization_endpoint"], params=parametres, allow_redirects=False, timeout=DELAI
            )
        )

    def _suivre(self, reponse: requests.Response) -> requests.Response:
        while reponse.is_redirect and not self._est_au_site(reponse.headers["Location"]):
            suite = urljoin(reponse.url, reponse.headers["Location"])
            reponse = self.navigateur.get(suite, allow_redirects=False, timeout=DELAI)
        return reponse

    def _est_au_site(self, adresse: str) -> bool:
        return adresse.partition("?")[0] in {self.retour, self.sortie}

    def repondre(self, page: requests.Response, **champs: str) -> dict[str, str]:
        """Press a button of the page; what comes back to the site."""
        formulaire = Formulaire(page.text)
        reponse = self._suivre(
            self.navigateur.post(
                urljoin(page.url, formulaire.action) if formulaire.action != "." else page.url,
                data=formulaire.champs | champs,
                headers={"Referer": page.url},
                allow_redirects=False,
                timeout=DELAI,
            )
        )
        return self.lire_retour(reponse)

    def lire_retour(self, reponse: requests.Response) -> dict[str, str]:
        assert reponse.is_redirect, (reponse.status_code, reponse.text[:400])
        return dict(parse_qsl(urlsplit(reponse.headers["Location"]).query))

    def choisir(self, personne: str, **autres: str | None) -> tuple[dict[str, str], dict[str, str]]:
        """A request and its answer, for a person who signs in."""
        parametres = self.parametres(**autres)
        return parametres, self.repondre(self.demander(parametres), personne=personne)

    def echanger(self, code: str, **autres: str) -> requests.Response:
        champs = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.retour,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        return requests.post(self.decouverte["token_endpoint"], data=champs | autres, timeout=DELAI)

    def identite(self, jeton: str) -> requests.Response:
        entete = {"Authorization": f"Bearer {jeton}"}
        return requests.get(self.decouverte["userinfo_endpoint"], headers=entete, timeout=DELAI)

    def verifier(self, jeton: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a token, once its signature was checked with the provider's keys."""
        cles = KeySet.import_key_set(requests.get(self.decouverte["jwks_uri"], timeout=DELAI).json())
        objet = jws.deserialize_compact(jeton, cles, ["ES256"])
        return dict(objet.headers()), json.loads(objet.payload)

    def sortir(self, **champs: str) -> requests.Response:
        return self._suivre(
            self.navigateur.get(
                self.decouverte["end_session_endpoint"], params=champs, allow_redirects=False, timeout=DELAI
            )
        )


def code_de_faute(page: requests.Response) -> str:
    """The code that an error page shows."""
    trouve = re.search(r"\bY[0-9A-F]{6,7}\b", page.text)
    return trouve[0] if trouve else ""
