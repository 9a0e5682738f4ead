"""The two providers: what is asked of each, what each must answer, and which hosts are the State's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from permis.identites.models import Fournisseur

# The least that names a person (FranceConnect) or an agent (ProConnect); an e-mail is asked of agents only.
_SCOPES: Final = {
    Fournisseur.FRANCECONNECT: "openid identite_pivot preferred_username",
    Fournisseur.PROCONNECT: "openid given_name usual_name email siret idp_id",
}
_EIDAS: Final = ("eidas1", "eidas2", "eidas3")
MULTIFACTEUR: Final = ("eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3")

OFFICIELS: Final = {
    Fournisseur.FRANCECONNECT: frozenset(
        {
            "oidc.franceconnect.gouv.fr",
            "auth.franceconnect.gouv.fr",
            "fcp-low.sbx.dev-franceconnect.fr",
            "fcp-low.integ01.dev-franceconnect.fr",
            "auth.integ01.dev-franceconnect.fr",
        }
    ),
    Fournisseur.PROCONNECT: frozenset(
        {
            "auth.agentconnect.gouv.fr",
            "auth.agentconnect.rie.gouv.fr",
            "fca.integ01.dev-agentconnect.fr",
            "fca.integ02.agentconnect.rie.gouv.fr",
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Client:
    """Our site, as one provider knows it."""

    fournisseur: Fournisseur
    issuer: str
    client_id: str
    client_secret: str
    scope: str
    acr: frozenset[str]
    parametres: Mapping[str, str]

    @property
    def parle_langues(self) -> bool:
        """Whether its white list lets us say in which language the person reads."""
        return self.fournisseur is Fournisseur.FRANCECONNECT

    @property
    def officiel(self) -> bool:
        """Whether its button may be shown: the host is one of the State's, by https."""
        parts = urlsplit(self.issuer)
        return parts.scheme == "https" and parts.hostname in OFFICIELS[self.fournisseur]


def read_client(fournisseur: Fournisseur) -> Client:
    """The client that the settings describe."""
    prefixe = fournisseur.name
    acr, parametres = _levels(fournisseur)
    return Client(
        fournisseur,
        getattr(settings, f"{prefixe}_ISSUER"),
        getattr(settings, f"{prefixe}_CLIENT_ID"),
        getattr(settings, f"{prefixe}_CLIENT_SECRET"),
        _SCOPES[fournisseur],
        acr,
        parametres,
    )


def _levels(fournisseur: Fournisseur) -> tuple[frozenset[str], dict[str, str]]:
    """The levels accepted, and how they are asked for: `acr_values`, or a claim where several factors are meant."""
    if fournisseur is Fournisseur.PROCONNECT:
        demande = {"id_token": {"acr": {"essential": True, "values": list(MULTIFACTEUR)}}}
        return frozenset(MULTIFACTEUR), {"claims": json.dumps(demande, separators=(",", ":"))}
    niveau = getattr(settings, "FRANCECONNECT_ACR", _EIDAS[0])
    return frozenset(_EIDAS[_EIDAS.index(niveau) :]), {"acr_values": niveau}
