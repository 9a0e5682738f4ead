"""Invented letters for the tests of the channels: written as the outbox writes them, on a file of the register."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from permis.courriers.adresses import receive_adresse
from permis.courriers.consentement import CONDITIONS_COURANTES, open_consentement
from permis.courriers.dus import owe
from permis.courriers.ecriture import write_due
from permis.courriers.etapes import note
from permis.courriers.models import Courrier, CourrierDu, NatureCourrier, SourceAdresse, Statut, Voie
from permis.courriers.numeros import make_numero
from permis.registre.contacts import Contacts
from permis.registre.temps import jour_legal
from tests.registre.fabrique import DELIVRANCE, MIDI, enregistrer, infraction, ouvrir, realite

PERMIS: Final[dict[str, object]] = {**DELIVRANCE, "date": "2000-01-10"}
"""Of before the probation: no letter is owed for it."""
JOUR: Final = jour_legal(MIDI)
DOMICILE: Final = ["12 rue des Essais", "75012 Paris"]
JOIGNABLE: Final = Contacts(courriel="angele@permis.example")


def plus(jours: int, depuis: datetime = MIDI) -> datetime:
    return depuis + timedelta(days=jours)


def donner_adresse(dossier: UUID, at: datetime = MIDI, lignes: list[str] = DOMICILE) -> None:
    receive_adresse(dossier, lignes, SourceAdresse.TITULAIRE, jour_legal(at), at=at)


def delits(*jours: str) -> list[dict[str, object]]:
    """Convictions of six points each, a day each."""
    faits: list[dict[str, object]] = []
    for rang, jour in enumerate(jours):
        nom = f"d{rang}"
        faits += [{**infraction(nom, "2024-01-05", 6), "classe": "delit"}]
        faits += [{**realite(nom, jour), "mode": "condamnation_definitive"}]
    return faits


def ecrire(dossier: UUID, at: datetime = MIDI) -> list[Courrier]:
    """Write what this file is owed; its letters that have not left."""
    owe(dossier, at=at)
    write_due(at=at)
    return [c for c in Courrier.objects.filter(dossier=dossier) if set(statuts(c)) == {Statut.ECRIT}]


def statuts(courrier: Courrier) -> dict[str, date]:
    return dict(courrier.etapes.values_list("statut", "le"))


def lettre_simple(at: datetime = MIDI, adresse: bool = True) -> Courrier:
    """A letter 48: three points."""
    dossier = ouvrir(at)
    if adresse:
        donner_adresse(dossier, at)
    enregistrer(dossier, PERMIS, infraction("i1"), realite("i1"), at=at)
    (courrier,) = ecrire(dossier, at)
    return courrier


def lettre_48si(at: datetime = MIDI, *jours: str) -> Courrier:
    """A letter 48SI: twelve points, the licence is at nil and not told so."""
    dossier = ouvrir(at)
    donner_adresse(dossier, at)
    enregistrer(dossier, PERMIS, *delits(*(jours or ("2024-06-01", "2026-03-02"))), at=at)
    return next(c for c in ecrire(dossier, at) if c.reference == "48SI")


def lettre_electronique(at: datetime = MIDI) -> Courrier:
    """A letter 48 of a holder who chose electronic letters."""
    dossier = ouvrir(at, contacts=JOIGNABLE)
    open_consentement(dossier, CONDITIONS_COURANTES, at=at)
    enregistrer(dossier, PERMIS, infraction("i1"), realite("i1"), at=at)
    (courrier,) = ecrire(dossier, at)
    return courrier


def instant(texte: str) -> datetime:
    """A moment, in UTC."""
    return datetime.fromisoformat(texte).replace(tzinfo=UTC)


def brouillon(voie: Voie, reference: str = "48", at: datetime = MIDI, dossier: UUID | None = None) -> Courrier:
    """A letter with nothing to print, for what looks at its steps only."""
    dossier = dossier or ouvrir(at)
    rang = CourrierDu.objects.filter(dossier=dossier).count()
    du = CourrierDu.objects.create(
        dossier_id=dossier,
        reference=reference,
        fait=f"i{rang}",
        date=jour_legal(at),
        vu_le=jour_legal(at),
        a_ecrire=False,
    )
    courrier = Courrier(
        du=du,
        rang=1,
        nature=NatureCourrier.NOTIFICATION,
        dossier_id=dossier,
        reference=reference,
        gabarit="v1",
        empreinte="",
        specimen=True,
        voie=voie,
        ecrit_le=jour_legal(at),
        ecrit_at=at,
    )
    courrier.seal_columns(numero=make_numero(), contenu="{}", sceau="")
    courrier.save(force_insert=True)
    note(courrier, Statut.ECRIT, jour_legal(at), at=at)
    return courrier


def remettre(courrier: Courrier, at: datetime | None = None) -> Courrier:
    """Handed to the print house."""
    note(courrier, Statut.REMIS, jour_legal(at or courrier.ecrit_at), at=at or courrier.ecrit_at)
    return courrier
