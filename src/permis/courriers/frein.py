"""How often one place may ask at a public door. The address itself is never kept: a keyed index of it, for an hour.

An address is that of a subscriber: an IPv6 one counts for its whole /64, which one subscriber draws from at will.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from permis.courriers.models import Tentative
from permis.registre.chiffrement import blind_index

DOMAINE: Final = "courriers.tentative"
OUBLI: Final = timedelta(hours=1)
RESEAU_V6: Final = 64
DEBUT: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Porte:
    """A door: how many requests in one window of time."""

    nombre: int
    fenetre: timedelta


PORTES: Final[Mapping[str, Porte]] = {
    # A rental desk checks a customer a minute, and all its phones share one address. Numbers have 80 bits, secrets
    # more: these limits spare the machine, they are not what keeps a guess from succeeding.
    "verification": Porte(30, timedelta(minutes=1)),
    # A picture may take three seconds of a processor; a file passes both doors.
    "verification_fichier": Porte(10, timedelta(minutes=1)),
    "lettre": Porte(30, timedelta(minutes=1)),
    # A share code is shorter and lives days.
    "partage": Porte(10, timedelta(minutes=1)),
    # The answer of a check already made: each reload replays a file.
    "partage_revu": Porte(30, timedelta(minutes=1)),
    "partage_api": Porte(60, timedelta(minutes=1)),
}


def count(porte: str, adresse_ip: str, at: datetime) -> bool:
    """Count one request of this address at this door, and say whether it may be answered. Beyond, nothing is added."""
    limites = PORTES[porte]
    index, fenetre = _index(porte, adresse_ip), _window(limites, at)
    _open_window(index, fenetre, at)
    place = Tentative.objects.filter(index=index, fenetre=fenetre, nombre__lt=limites.nombre)
    return place.update(nombre=F("nombre") + 1) == 1


def wait(porte: str, at: datetime) -> timedelta:
    """How long whoever was refused waits: until the next window, a second at least."""
    limites = PORTES[porte]
    return max(_window(limites, at) + limites.fenetre - at, timedelta(seconds=1))


def forget(at: datetime) -> int:
    """Drop what is older than an hour; how many rows went."""
    return Tentative.objects.filter(fenetre__lt=at - OUBLI).delete()[0]


def adresse_of(meta: Mapping[str, object]) -> str:
    """The address that a request comes from, out of its `META`.

    settings.PERMIS_ADRESSE_DU_CLIENT names where it stands: the connection itself (REMOTE_ADDR), or the header of a
    proxy that writes it anew on every request. Any other header is what the visitor likes to say.
    """
    return str(meta.get(settings.PERMIS_ADRESSE_DU_CLIENT) or "")


def _open_window(index: str, fenetre: datetime, at: datetime) -> None:
    with transaction.atomic():
        _, neuve = Tentative.objects.get_or_create(index=index, fenetre=fenetre, defaults={"nombre": 0})
        if neuve:
            forget(at)


def _window(limites: Porte, at: datetime) -> datetime:
    """The start of the window of a moment: windows follow each other, the same for all."""
    return at - (at - DEBUT) % limites.fenetre


def _index(porte: str, adresse_ip: str) -> str:
    return blind_index(DOMAINE, f"{porte}\0{_subscriber(adresse_ip)}")


def _subscriber(adresse_ip: str) -> str:
    """The address, or its /64; what is no address is one place of its own."""
    try:
        adresse: IPv4Address | IPv6Address = ip_address(adresse_ip.strip())
    except ValueError:
        return ""
    if isinstance(adresse, IPv4Address):
        return str(adresse)
    if adresse.ipv4_mapped:
        return str(adresse.ipv4_mapped)
    return f"{int(adresse) >> (128 - RESEAU_V6):x}"
