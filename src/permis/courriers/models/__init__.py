"""The tables of the room: letters owed, written and sent; statements; shares; attempts."""

from permis.courriers.models.dus import REFERENCES, CourrierDu, LotQuotidien
from permis.courriers.models.envois import (
    AdressePostale,
    Consentement,
    Courrier,
    Etape,
    NatureCourrier,
    Remise,
    SourceAdresse,
    Statut,
    Voie,
)
from permis.courriers.models.titres import Controle, Document, GenreDocument, Partage, Tentative

__all__ = [
    "REFERENCES",
    "AdressePostale",
    "Consentement",
    "Controle",
    "Courrier",
    "CourrierDu",
    "Document",
    "Etape",
    "GenreDocument",
    "LotQuotidien",
    "NatureCourrier",
    "Partage",
    "Remise",
    "SourceAdresse",
    "Statut",
    "Tentative",
    "Voie",
]
