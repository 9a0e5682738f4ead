"""Whether a document is ours and still good, for whoever holds it: an employer, a rental desk, the police.

A number gives one word and nothing else. Whoever brings the seal, the secret of the QR code or the file holds the
document: what it says is repeated, never more (`acces`). What is unknown or altered repeats nothing, and costs the
same work as what is right. The file is replayed at each check: a suspension recorded a moment ago shows.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.conf import settings

from permis.courriers import signature
from permis.courriers.acces import repeats_contents
from permis.courriers.authenticite import Authenticite
from permis.courriers.boite import Provenance, trace_numero
from permis.courriers.contenu import read_contenu
from permis.courriers.contenu.releves import empreinte_etat, etat_de
from permis.courriers.lecture_sceau import ImageIllisibleError, check_2ddoc, read_image, read_texte
from permis.courriers.models import Courrier, Document, GenreDocument
from permis.courriers.models.envois import DOMAINE_COURRIER
from permis.courriers.models.titres import DOMAINE_DOCUMENT, DOMAINE_SECRET
from permis.courriers.numeros import normalise_numero
from permis.courriers.rendu import machine_data
from permis.registre.chiffrement import blind_indexes
from permis.registre.etat_civil import EtatCivil
from permis.registre.lecture import DossierLu, Lecteur, LigneFait, read_dossier
from permis.registre.temps import jour_legal

PORTEUR: Final = Lecteur(
    "porteur", "verification", "C. route, art. L. 225-3 (document remis par le titulaire)", "verifier_un_document"
)
CODES_AU_PLUS: Final = 4
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
    valide: bool | None
    """Whether these texts say that the holder may drive; None without texts."""


@dataclass(frozen=True, slots=True)
class Constat:
    """The answer to whoever holds a document; `montre` is None unless it is genuine, expired or revoked."""

    verdict: Verdict
    montre: Montre | None = None
    efface: bool = False
    """A letter of ours whose content is erased (C. route, art. L. 225-2): nothing to repeat, nor to compare."""


DE_COURRIER: Final = {
    Provenance.NOTRE: Verdict.AUTHENTIQUE,
    Provenance.REPRISE: Verdict.REVOQUE,
    Provenance.INCONNUE: Verdict.INCONNU,
}
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


def check_sceau(texte: str, at: datetime) -> Constat:
    """What the text of a 2D-Doc is worth: its signature, then the document that it names."""
    controle = check_2ddoc(texte, at=at)
    if not controle.is_authentique:
        return _refuse(controle.issue, at)
    trouve = _find_by_numero(controle.numero or "")
    if trouve is not None and not _is_erased(trouve) and not _same(trouve.unseal_column("sceau"), read_texte(texte)):
        return _refuse(Authenticite.ALTERE, at)
    return _answer(trouve, at)


def check_pdf(octets: bytes, at: datetime) -> Constat:
    """What a PDF is worth: its signature over every byte, then the document that its data name."""
    controle = signature.check_pdf(octets, at=at)
    if not controle.is_authentique:
        return _refuse(controle.issue, at)
    donnees = dict(controle.donnees or {})
    trouve = _find_by_numero(str(donnees.get("numero", "")))
    if trouve is not None and not _is_erased(trouve) and donnees != json.loads(machine_data(_contents_of(trouve))):
        return _refuse(Authenticite.ALTERE, at)
    return _answer(trouve, at)


def check_fichier(octets: bytes, at: datetime) -> Constat:
    """A file of any kind: a PDF, or a picture where a 2D-Doc or a QR code of ours can be read."""
    if octets.lstrip()[:5] == b"%PDF-":
        return check_pdf(octets, at)
    try:
        codes = read_image(octets)
    except ImageIllisibleError:
        return _refuse(Authenticite.ILLISIBLE, at)
    return _agree([_check_code(code, at) for code in codes[:CODES_AU_PLUS]]) if codes else INCONNU


def _check_code(code: str, at: datetime) -> Constat:
    secret = read_secret(code)
    return check_secret(secret, at) if secret else check_sceau(code, at)


def read_secret(adresse: str) -> str:
    """The secret in the address that a QR code of ours says; empty for any other text."""
    site = urlsplit(settings.PERMIS_SITE)
    try:
        lue = urlsplit(adresse.strip())
    except ValueError:  # anyone draws a QR code, of any text
        return ""
    if (lue.scheme, lue.netloc) != (site.scheme, site.netloc):
        return ""
    return parse_qs(lue.query).get("s", [""])[0]


def _agree(constats: Sequence[Constat]) -> Constat:
    """One answer for all the codes of a picture: an altered one, or two documents at once, and it is altered."""
    connus = [constat for constat in constats if constat.montre is not None]
    if any(constat.verdict is Verdict.ALTERE for constat in constats):
        return ALTERE
    if len({constat.montre.numero for constat in connus if constat.montre}) > 1:
        return ALTERE
    return connus[0] if connus else INCONNU


def _refuse(issue: Authenticite, at: datetime) -> Constat:
    """Altered, or none of ours: the same work as for one of ours, and nothing said."""
    _judge(None, at)
    return ALTERE if issue is Authenticite.ALTERE else INCONNU


def _answer(trouve: Trouve | None, at: datetime) -> Constat:
    verdict = _judge(trouve, at)
    if trouve is None or verdict is Verdict.INCONNU:
        return INCONNU
    return Constat(verdict, efface=True) if _is_erased(trouve) else Constat(verdict, _show(trouve, verdict))


def _is_erased(trouve: Trouve) -> bool:
    """Whether only its signature tells that it is ours."""
    return isinstance(trouve, Courrier) and trouve.efface_le is not None


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
        return DE_COURRIER[trace_numero(trouve.unseal_column("numero") or "")]
    if trouve.revoque_at is not None:
        return Verdict.REVOQUE
    if _is_over(trouve, le):
        return Verdict.EXPIRE
    return Verdict.AUTHENTIQUE if _same(trouve.etat, etat) else Verdict.REVOQUE


def _is_over(document: Document, le: date) -> bool:
    return document.expire_le is not None and le > document.expire_le


def _file_of(trouve: Trouve | None, at: datetime) -> DossierLu:
    """The file to replay: the holder's only for a document that may still be good, for a reading is written down."""
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
    contenu = _contents_of(trouve)
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
        valide=bool(contenu["donnees"]["etat"]["valide"]) if lisible else None,
    )


def _contents_of(trouve: Trouve) -> dict[str, Any]:
    return read_contenu(trouve.unseal_column("contenu") or "")
