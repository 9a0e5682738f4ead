"""What each of the two providers takes, answers and calls its faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from permis.demonstration.personnes import Personne, list_agents, list_conducteurs

BASE: Final = "/demonstration/{nom}/api/v2"
OBLIGATOIRES: Final = frozenset({"client_id", "response_type", "redirect_uri", "scope", "state", "nonce"})
HOTES_LOCAUX: Final = ("127.0.0.1", "localhost", "[::1]")

CIVILES: Final = ("given_name", "given_name_array", "family_name", "birthdate", "gender")
NAISSANCE: Final = ("birthplace", "birthcountry")
SCOPES_FC: Final = {
    "openid": ("sub",),
    "identite_pivot": (*CIVILES, *NAISSANCE),
    "profile": (*CIVILES, "preferred_username"),
    "birth": NAISSANCE,
    "given_name": ("given_name",),
    "family_name": ("family_name",),
    "gender": ("gender",),
    "birthdate": ("birthdate",),
    "birthplace": ("birthplace",),
    "birthcountry": ("birthcountry",),
    "email": ("email",),
    "preferred_username": ("preferred_username",),
}
SCOPES_PC: Final = {
    "openid": ("sub",),
    "given_name": ("given_name",),
    "usual_name": ("usual_name",),
    "email": ("email",),
    "uid": ("uid",),
    "siret": ("siret",),
    "idp_id": ("idp_id",),
    "organization_label": ("organization_label",),
    "roles": ("roles",),
}


@dataclass(frozen=True, slots=True)
class Fournisseur:
    """One provider. The `faute_*` are the codes of its error pages; lengths are those of `nonce` and `state`."""

    nom: str
    titre: str
    obligatoires: frozenset[str]
    facultatifs: frozenset[str]
    prompts: frozenset[str]
    longueurs: Mapping[str, int]
    acr: tuple[str, ...]
    scopes: Mapping[str, tuple[str, ...]]
    faute_parametres: str
    faute_client: str
    faute_retour: str
    duree_code: int
    personnes: Callable[[], tuple[Personne, ...]]
    duree_jeton: int = 60

    def _setting(self, nom: str) -> str:
        return str(getattr(settings, f"{self.nom.upper()}_{nom}", ""))

    @property
    def issuer(self) -> str:
        """Its own name and address: what the settings call the provider, when they mean this one; else nothing."""
        issuer = self._setting("ISSUER")
        return issuer if issuer.endswith(BASE.format(nom=self.nom)) else ""

    @property
    def client_id(self) -> str:
        """The one service that it knows: this site."""
        return self._setting("CLIENT_ID")

    @property
    def client_secret(self) -> str:
        return self._setting("CLIENT_SECRET")

    def takes_return(self, adresse: str, chemin: str) -> bool:
        """Whether an address is that of the site, at that path: on the provider's own host or a local name of it."""
        donnee, propre = urlsplit(adresse), urlsplit(self.issuer)
        origines = {propre.netloc, *(f"{hote}:{propre.port}" for hote in HOTES_LOCAUX if propre.port)}
        return adresse == f"{propre.scheme}://{donnee.netloc}{chemin}" and donnee.netloc in origines

    def takes_login_return(self, adresse: str) -> bool:
        return self.takes_return(adresse, f"/connexion/{self.nom}/retour")

    def takes_logout_return(self, adresse: str) -> bool:
        return self.takes_return(adresse, f"/deconnexion/{self.nom}/retour")


FRANCECONNECT: Final = Fournisseur(
    nom="franceconnect",
    titre="FranceConnect",
    obligatoires=OBLIGATOIRES | {"acr_values"},
    facultatifs=frozenset({"claims", "prompt", "idp_hint", "ui_locales"}),
    prompts=frozenset({"login", "consent", "login consent", "consent login"}),
    longueurs=MappingProxyType({"nonce": 22, "state": 1}),
    acr=("eidas1",),
    scopes=MappingProxyType(SCOPES_FC),
    faute_parametres="Y030007",
    faute_client="Y04EA6EF",
    faute_retour="Y04C013C",
    duree_code=30,
    personnes=list_conducteurs,
)
PROCONNECT: Final = Fournisseur(
    nom="proconnect",
    titre="ProConnect",
    obligatoires=OBLIGATOIRES,
    facultatifs=frozenset({"claims", "prompt", "idp_hint", "login_hint", "siret_hint", "acr_values", "ui_locales"}),
    prompts=frozenset({"none", "login", "consent", "login consent", "consent login"}),
    longueurs=MappingProxyType({"nonce": 32, "state": 32}),
    acr=("eidas0", "eidas0-mfa", "eidas1", "eidas1-mfa", "eidas2", "eidas3"),
    scopes=MappingProxyType(SCOPES_PC),
    faute_parametres="Y000400",
    faute_client="Y04A586",
    faute_retour="Y030031",
    duree_code=60,
    personnes=list_agents,
)
FOURNISSEURS: Final = {fournisseur.nom: fournisseur for fournisseur in (FRANCECONNECT, PROCONNECT)}
