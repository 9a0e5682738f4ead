"""Put the invented people in the register, as if it had been running: each fact on the day it became known."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction

from permis.demonstration.models import Semis
from permis.demonstration.personnes import PERSONNES, Personne, list_personnes
from permis.demonstration.semis.agents import issue_codes, seed_agents
from permis.demonstration.semis.courriers import seed_courriers
from permis.demonstration.semis.dossiers import seed_dossier
from permis.registre.recherche import find_by_neph
from permis.registre.temps import jour_legal

UN: Final = 1


def seed(at: datetime) -> bool:
    """Everyone of the files, once: whether there was something to do.

    The days of the files count from the first call. Interrupted, it goes on from where it was; called twice at once,
    both write the same facts, and the register keeps one of each. Who is there already keeps what was recorded, even
    if the file of that person has changed since.
    """
    semis, version = _begin(at), _version()
    a_faire = semis.acheve != version
    if a_faire:
        for personne in list_personnes():
            _seed_person(personne, semis)
        _seed_courriers(semis, at)
    seed_agents(list_personnes(), at)  # each time: they are known by the address of the provider, which may change
    issue_codes(list_personnes(), at)
    _finish(version)
    return a_faire


@transaction.atomic
def _begin(at: datetime) -> Semis:
    return Semis.objects.get_or_create(id=UN, defaults={"seme_at": at})[0]


@transaction.atomic
def _finish(version: str) -> None:
    Semis.objects.filter(id=UN).update(acheve=version)


def _seed_person(personne: Personne, semis: Semis) -> None:
    for rang, dossier in enumerate(personne.dossiers):
        if semis.acheve and find_by_neph(dossier.neph):
            continue  # recorded whole by an earlier version of the files
        reference = f"{personne.nom}-{rang + 1}"
        seed_dossier(personne, dossier, reference, jour_legal(semis.seme_at))


def _seed_courriers(semis: Semis, at: datetime) -> None:
    """The letters, once every file is there: whoever has some keeps them."""
    for personne in list_personnes():
        for dossier in personne.dossiers:
            seed_courriers(dossier, jour_legal(semis.seme_at), at)


def _version() -> str:
    """A digest of the files: when one changes, there is something to do."""
    contenu = sha256()
    for chemin in sorted(PERSONNES.glob("*/*.toml")):
        contenu.update(chemin.name.encode() + b"\0" + chemin.read_bytes() + b"\0")
    return contenu.hexdigest()
