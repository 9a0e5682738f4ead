"""Who may see what of a licence, document by document and reader by reader: one table (C. route, art. L. 223-7 and
L. 225-3 to L. 225-6). What is not written here is not shown.

It is about what *this service* gives. What a holder shows of his own is his to choose, but never his points to
whoever L. 223-7 forbids to ask for them: hence a check of a full statement, open to anyone, says that it is genuine
and repeats none of it.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

from permis.courriers.models import GenreDocument


class Etendue(IntEnum):
    """How much is seen; each includes what is before it."""

    RIEN = 0
    STATUT = 1
    """That a document is ours and still good."""
    IDENTITE = 2
    """Also whose it is, its kind and its days."""
    DROIT = 3
    """Also that there is a licence, its categories, restrictions and validity: no point, no offence (L. 225-5)."""
    INTEGRAL = 4
    """Also points and offences (L. 225-3, L. 225-4)."""


class Public(StrEnum):
    """Who reads, as the law names them."""

    TITULAIRE = "titulaire"
    MANDATAIRE = "mandataire"
    JUGE = "juge"
    PREFET = "prefet"
    CONTROLE_ROUTIER = "controle_routier"
    AGENT_HABILITE = "agent_habilite"
    ENQUETE = "enquete"
    ADMINISTRATION_EMPLOYEUR = "administration_employeur"
    ASSUREUR = "assureur"
    TRANSPORTEUR = "transporteur"
    EMPLOYEUR = "employeur"
    LOUEUR = "loueur"
    QUICONQUE = "quiconque"


class Piece(StrEnum):
    """What is read: a document, or a page that answers about one."""

    DOSSIER = "dossier"
    """The file, as the pages of its holder and of the agents show it."""
    RII = "rii"
    RIR = "rir"
    ADC = "adc"
    COURRIER = "courrier"
    PARTAGE = "partage"
    NUMERO = "numero"
    """The check of a number alone."""
    CONTROLE_RII = "controle_rii"
    CONTROLE_RIR = "controle_rir"
    CONTROLE_ADC = "controle_adc"
    CONTROLE_COURRIER = "controle_courrier"
    """The check of a seal, of a QR code or of a file: whoever brings it holds the document."""


class Droit(NamedTuple):
    """One cell: how much, and by which text."""

    etendue: Etendue
    fondement: str


RIEN: Final = Droit(Etendue.RIEN, "C. route, art. L. 225-6")
_TOUT_DU_FICHIER: Final = {
    # L. 225-4 and R. 225-4: the whole file, each within his own mission.
    Public.JUGE: "C. route, art. L. 225-4",
    Public.PREFET: "C. route, art. L. 225-4",
    Public.CONTROLE_ROUTIER: "C. route, art. L. 225-4",
    Public.AGENT_HABILITE: "C. route, art. L. 225-4, R. 225-4",
}
_RESTREINT: Final = {
    # L. 225-5 and R. 225-5: existence, category and validity, and nothing more.
    Public.TITULAIRE: "C. route, art. L. 225-5",
    Public.MANDATAIRE: "C. route, art. L. 225-5",
    Public.ENQUETE: "C. route, art. L. 225-5",
    Public.ADMINISTRATION_EMPLOYEUR: "C. route, art. L. 225-5, R. 225-5",
    Public.ASSUREUR: "C. route, art. L. 225-5, R. 225-5",
    Public.TRANSPORTEUR: "C. route, art. L. 225-5, R. 225-5-1",
}
_DE_SA_MAIN: Final = "C. route, art. L. 223-7 ; remis par le titulaire"
_PORTEUR: Final = {public: Droit(Etendue.DROIT, _DE_SA_MAIN) for public in Public}
_PORTEUR_SANS_CONTENU: Final = {public: Droit(Etendue.IDENTITE, _DE_SA_MAIN) for public in Public}

TABLE: Final[dict[Piece, dict[Public, Droit]]] = {
    Piece.DOSSIER: {
        Public.TITULAIRE: Droit(Etendue.INTEGRAL, "C. route, art. L. 225-3, R. 225-6"),
        **{public: Droit(Etendue.INTEGRAL, texte) for public, texte in _TOUT_DU_FICHIER.items()},
    },
    Piece.RII: {
        Public.TITULAIRE: Droit(Etendue.INTEGRAL, "C. route, art. L. 225-3, R. 225-6"),
        **{public: Droit(Etendue.INTEGRAL, texte) for public, texte in _TOUT_DU_FICHIER.items()},
    },
    Piece.RIR: {
        **{public: Droit(Etendue.DROIT, texte) for public, texte in {**_TOUT_DU_FICHIER, **_RESTREINT}.items()},
    },
    Piece.ADC: {
        Public.TITULAIRE: Droit(Etendue.DROIT, "C. route, art. L. 225-5"),
        **{public: Droit(Etendue.DROIT, texte) for public, texte in _TOUT_DU_FICHIER.items()},
    },
    Piece.COURRIER: {
        Public.TITULAIRE: Droit(Etendue.INTEGRAL, "C. route, art. L. 225-3, R. 223-3"),
        Public.AGENT_HABILITE: Droit(Etendue.INTEGRAL, "C. route, art. L. 225-4, R. 225-4"),
    },
    Piece.PARTAGE: {public: Droit(Etendue.DROIT, _DE_SA_MAIN) for public in Public},
    Piece.NUMERO: {public: Droit(Etendue.STATUT, _DE_SA_MAIN) for public in Public},
    Piece.CONTROLE_RII: _PORTEUR_SANS_CONTENU,
    Piece.CONTROLE_RIR: _PORTEUR,
    Piece.CONTROLE_ADC: _PORTEUR,
    Piece.CONTROLE_COURRIER: _PORTEUR_SANS_CONTENU,
}

PAR_CODE: Final = frozenset({GenreDocument.RIR, GenreDocument.ADC})
"""What NEPH and code are enough for; the full statement asks for FranceConnect, as its page does (R. 225-6)."""


def droit_of(piece: Piece, public: Public) -> Droit:
    """How much of a document a reader sees, and by which text; nothing where the table is silent (L. 225-6)."""
    return TABLE[piece].get(public, RIEN)


def repeats_contents(genre: GenreDocument | None) -> bool:
    """Whether a check that anyone makes repeats what the document says; None is a letter."""
    piece = Piece.CONTROLE_COURRIER if genre is None else Piece(f"controle_{genre}")
    return droit_of(piece, Public.QUICONQUE).etendue >= Etendue.DROIT
