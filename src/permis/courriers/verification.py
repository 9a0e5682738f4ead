"""Whether a document is ours and still good, for whoever holds it: an employer, a rental desk, the police.

A number gives one word and nothing else. Whoever brings the seal, the secret of the QR code or the file holds the
document: what it says is repeated, never more (`acces`). What is unknown or altered repeats nothing, and a wrong number
costs the same work as a right one. The file is replayed at each check: a suspension recorded a moment ago shows.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final
from uuid import UUID

from permis.courriers.acces import repeats_contents
from permis.courriers.contenu import read_contenu
from permis.courriers.contenu.releves import empreinte_etat, etat_de
from permis.courriers.models import Courrier, Document, GenreDocument, NatureCourrier
from permis.courriers.models.envois import DOMAINE_COURRIER
from permis.courriers.models.titres import DOMAINE_DOCUMENT, DOMAINE_SECRET
from permis.courriers.numeros import normalise_numero
from permis.registre.chiffrement import blind_indexes
from permis.registre.etat_civil import EtatCivil
from permis.registre.lecture import DossierLu, Lecteur, LigneFait, read_dossier
from permis.registre.temps import jour_legal

PORTEUR: Final = Lecteur(
    "porteur", "verification", "C. route, art. L. 225-3 (document remis par le titulaire)", "verifier_un_document"
)
SECRET_MAX: Final = 100
"""Longer than any secret: what is longer is not looked for."""
Trouve = Document | Courrier


class Verdict(StrEnum):
    """What is said of a document."""

    AUTHENTIQUE = "authentique"
    ALTERE = "altere"
    EXPIRE = "expire"
    REVOQUE = "revoque"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class Montre:
    """What is repeated of a document: whose it is and its days; its texts only where anyone may read them."""

    genre: GenreDocument | None
    """None: a letter, of this `reference`."""
    reference: str
    numero: str
    titulaire: str
    naissance: str
    emis_le: date
    expire_le: date | None
    langue: str
    textes: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Constat:
    """The answer to whoever holds a document; `montre` is None unless it is genuine, expired or revoked."""

    verdict: Verdict
    montre: Montre | None = None


INCONNU: Final = Constat(Verdict.INCONNU)
ALTERE: Final = Constat(Verdict.ALTERE)


def check_numero(numero: str, at: datetime) -> Verdict:
    """What a number typed from paper is worth, and nothing more: letter or statement, one word."""
    return _judge(_find_by_numero(normalise_numero(numero) or ""), at)


def check_secret(secret: str, at: datetime) -> Constat:
    """What the secret of a QR code opens."""
    index = blind_indexes(DOMAINE_SECRET, secret[:SECRET_MAX])
    trouve = Document.objects.filter(secret_index__in=index).first()
    if trouve is not None and not _same(trouve.unseal_column("secret"), secret):
        trouve = None
    return _answer(trouve, at)


def _answer(trouve: Trouve | None, at: datetime) -> Constat:
    verdict = _judge(trouve, at)
    return Constat(verdict, _show(trouve, verdict) if trouve is not None else None)


def _find_by_numero(numero: str) -> Trouve | None:
    """The statement or the letter of a number; both tables are asked, whatever the first one says."""
    document = Document.objects.filter(numero_index__in=blind_indexes(DOMAINE_DOCUMENT, numero)).first()
    courrier = Courrier.objects.filter(numero_index__in=blind_indexes(DOMAINE_COURRIER, numero)).first()
    trouve = document or courrier
    return trouve if trouve is not None and _same(trouve.unseal_column("numero"), numero) else None


def _same(garde: str | None, donne: str) -> bool:
    return hmac.compare_digest((garde or "").encode(), donne.encode())


def _judge(trouve: Trouve | None, at: datetime) -> Verdict:
    """The verdict; a file is replayed in every case, that of nobody where there is none to read."""
    le = jour_legal(at)
    etat = empreinte_etat(etat_de(_file_of(trouve, at), le))
    if trouve is None:
        return Verdict.INCONNU
    if isinstance(trouve, Courrier):
        return Verdict.REVOQUE if _is_taken_back(trouve) else Verdict.AUTHENTIQUE
    if trouve.revoque_at is not None:
        return Verdict.REVOQUE
    if _is_over(trouve, le):
        return Verdict.EXPIRE
    return Verdict.AUTHENTIQUE if _same(trouve.etat, etat) else Verdict.REVOQUE


def _is_taken_back(courrier: Courrier) -> bool:
    """A letter whose duty fell, or that a later one took back; the one that takes back stays true."""
    if courrier.nature == NatureCourrier.REPRISE:
        return False
    du = courrier.du
    return (
        du.repris_le is not None or du.courriers.filter(nature=NatureCourrier.REPRISE, rang__gt=courrier.rang).exists()
    )


def _is_over(document: Document, le: date) -> bool:
    return document.expire_le is not None and le > document.expire_le


def _file_of(trouve: Trouve | None, at: datetime) -> DossierLu:
    """The file to replay: the holder's only for a document that may still be good, since reading it is written down."""
    lisible = isinstance(trouve, Document) and trouve.revoque_at is None and not _is_over(trouve, jour_legal(at))
    return read_dossier(trouve.dossier_id, PORTEUR, at=at) if trouve is not None and lisible else _nobody()


@cache
def _nobody() -> DossierLu:
    """A file that is nobody's: what a wrong number is checked against."""
    faits: tuple[dict[str, object], ...] = (
        {"type": "delivrance", "id": "p", "date": "2015-06-01", "categorie": "B", "filiere": "traditionnelle"},
        {"type": "infraction", "id": "i", "commise_le": "2024-03-10", "classe": "contravention_4", "points": 3},
        {"type": "realite", "id": "r", "infraction": "i", "date": "2024-04-02", "mode": "paiement"},
    )
    at = datetime(2024, 5, 1, tzinfo=UTC)
    lignes = tuple(LigneFait(rang, at, "", "", str(fait["id"]), fait) for rang, fait in enumerate(faits))
    personne = EtatCivil("PERSONNE", "", (), "1900-01-01", "unspecified", "", "99100")
    return DossierLu(UUID(int=0), "", personne, None, at, lignes)


def _show(trouve: Trouve, verdict: Verdict) -> Montre:
    """What is repeated: the texts of a document only while it is good, and if anyone may read them."""
    contenu = read_contenu(trouve.unseal_column("contenu") or "")
    document = trouve if isinstance(trouve, Document) else None
    genre = GenreDocument(document.genre) if document else None
    langue = document.langue if document else "fr"
    lisible = verdict is Verdict.AUTHENTIQUE and repeats_contents(genre)
    return Montre(
        genre=genre,
        reference=contenu.get("reference", ""),
        numero=contenu["numero"],
        titulaire=contenu["destinataire"]["nom_complet"],
        naissance=contenu["destinataire"]["naissance"],
        emis_le=date.fromisoformat(contenu["ecrit_le"]),
        expire_le=document.expire_le if document else None,
        langue=langue,
        textes=contenu["textes"][langue] if lisible else None,
    )
