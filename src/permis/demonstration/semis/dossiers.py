"""One file of the register: opened on its day, its facts recorded as they became known, and who has read it since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction

from permis.demonstration.jours import resolve
from permis.demonstration.models import Semis
from permis.demonstration.personnes import DossierInvente, Personne
from permis.droit.dossier import read_dossier as read_faits
from permis.registre.contacts import Contacts
from permis.registre.ecriture import REPRISE, DossierExistantError, FaitRecu, open_dossier, record_faits
from permis.registre.etat_civil import EtatCivil
from permis.registre.lecture import Lecteur, list_consultations, read_dossier
from permis.registre.recherche import find_by_neph
from permis.registre.temps import HEURE_LEGALE

MATIN: Final = time(6, 30, tzinfo=HEURE_LEGALE)
SOURCES: Final = {
    "delivrance": "france-titres",
    "formation_complementaire": "ecole-de-conduite",
    "infraction": "antai",
    "realite": "antai",
    "retrait": "snpc",
    "stage": "prefecture",
    "notification": "la-poste",
    "mesure": "prefecture",
    "remise_titre": "prefecture",
    "annulation": "tribunal",
}
"""Who tells a fact, where the file of the person does not say otherwise."""


class Appris(NamedTuple):
    """A fact to record, its source, and the day the register learned it."""

    le: date
    source: str
    fait: dict[str, Any]


def seed_dossier(personne: Personne, dossier: DossierInvente, reference: str, jour: date) -> None:
    """Write the whole file; what is there already stays as it is. `jour` is the day from which its dates count."""
    ouvert = date.fromisoformat(resolve(dossier.ouvert, jour))
    dossier_id = _open(personne, dossier, _moment(ouvert))
    for (le, source), groupe in groupby(learned(dossier, ouvert, jour), key=lambda appris: (appris.le, appris.source)):
        recus = [FaitRecu(f"{reference}/{appris.fait['id']}", appris.fait) for appris in groupe]
        record_faits(dossier_id, recus, source=source, at=_moment(le))
    _seed_consultations(dossier, dossier_id, jour)


def _open(personne: Personne, dossier: DossierInvente, at: datetime) -> UUID:
    contacts = Contacts(courriel=personne.etat_civil["email"])
    try:
        return open_dossier(
            dossier.neph, etat_civil_of(personne.etat_civil | dossier.etat_civil), at=at, contacts=contacts
        ).pk
    except DossierExistantError:
        trouve = find_by_neph(dossier.neph)
        if trouve is None:
            raise
        return trouve.pk


def etat_civil_of(claims: dict[str, Any]) -> EtatCivil:
    """The civil status that FranceConnect's claims tell."""
    return EtatCivil(
        nom_naissance=claims["family_name"],
        nom_usage=claims.get("preferred_username", ""),
        prenoms=tuple(claims["given_name_array"]),
        naissance=claims["birthdate"],
        sexe=claims["gender"],
        lieu_naissance=claims["birthplace"],
        pays_naissance=claims["birthcountry"],
    )


def learned(dossier: DossierInvente, ouvert: date, jour: date) -> Iterator[Appris]:
    """The facts in the order in which the register learned them: first what an older register knew already."""
    objets = dossier.faits_on(jour)
    connus = {fait.id: fait.connu_le for fait in read_faits({"version": 1, "faits": objets}).faits}
    sources = [fait.get("source", SOURCES[fait["type"]]) for fait in dossier.faits]
    repris, recents = [], []
    for objet, source in zip(objets, sources, strict=True):
        le = connus[objet["id"]]
        sans = {cle: valeur for cle, valeur in objet.items() if cle != "connu_le"}
        if le < ouvert:
            repris.append(Appris(ouvert, REPRISE, sans | {"connu_le": le.isoformat()}))
        else:
            recents.append(Appris(le, source, sans))
    yield from repris
    yield from sorted(recents, key=lambda appris: appris.le)


@transaction.atomic
def _seed_consultations(dossier: DossierInvente, dossier_id: UUID, jour: date) -> None:
    Semis.objects.select_for_update().get()  # nothing else tells one of these readings from its double
    if list_consultations(dossier_id, pour_titulaire=False):
        return
    for lecture in dossier.consultations:
        le = date.fromisoformat(resolve(lecture["le"], jour))
        qui = {cle: valeur for cle, valeur in lecture.items() if cle != "le"}
        read_dossier(dossier_id, Lecteur(**qui), at=_moment(le))


def _moment(jour: date) -> datetime:
    return datetime.combine(jour, MATIN)
