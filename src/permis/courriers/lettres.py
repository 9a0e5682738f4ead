"""A letter kept: its content read again, its page made again and compared with what was written, then signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from permis.courriers.contenu import read_contenu
from permis.courriers.contenu.formes import ContenuIllisibleError
from permis.courriers.models import Courrier, Statut, Voie
from permis.courriers.models.envois import DOMAINE_COURRIER
from permis.courriers.numeros import normalise_numero
from permis.courriers.rendu import empreinte, render_pdf
from permis.courriers.signature import sign_pdf
from permis.registre.chiffrement import ScelleError, blind_indexes

ILLISIBLES: Final = (ScelleError, ContenuIllisibleError)
"""Why a row kept no longer reads: altered or moved, a key that the ring lacks, a version of before."""


class CourrierEffaceError(LookupError):
    """What the letter said is erased, with the facts that it spoke of (C. route, art. L. 225-2)."""


class EmpreinteError(ValueError):
    """The page made again is not the one that was written: a template, a font or the engine changed under it."""


def read_courrier(courrier: Courrier) -> dict[str, Any]:
    """The content of a letter (`contenu.Contenu`); CourrierEffaceError, ScelleError, ContenuIllisibleError."""
    if courrier.efface_le is not None:
        raise CourrierEffaceError(f"letter {courrier.pk}: erased on {courrier.efface_le}")
    return read_contenu(courrier.unseal_column("contenu") or "")


def cite_courrier(courrier: Courrier) -> dict[str, Any]:
    """How another letter names this one, erased or not: its number, its day."""
    return {"numero": courrier.unseal_column("numero") or "", "ecrit_le": courrier.ecrit_le.isoformat()}


def pdf_of(
    courrier: Courrier,
    *,
    at: datetime,
    langue: str = "fr",
    gros: bool = False,
    adresse: Sequence[str] = (),
    signe: bool = True,
) -> bytes:
    """The page of a letter; CourrierEffaceError, EmpreinteError.

    What a person downloads is signed; what the post carries is not. The French page in ordinary print, without
    address, is made first and compared with the letter's digest: whatever else is asked comes from the same content by
    the same template. Not for a page to print, made some hours later.
    """
    contenu, sceau = read_courrier(courrier), courrier.unseal_column("sceau") or ""

    def render(langue: str = "fr", *, gros: bool = False, adresse: Sequence[str] = ()) -> bytes:
        return render_pdf(
            contenu,
            sceau=sceau,
            langue=langue,
            gros=gros,
            adresse=adresse,
            gabarit=courrier.gabarit,
            specimen=courrier.specimen,
        )

    if adresse:
        pdf = render(langue, gros=gros, adresse=adresse)
    else:
        pdf = render()
        _check(courrier, pdf)
        pdf = pdf if (langue, gros) == ("fr", False) else render(langue, gros=gros)
    return sign_pdf(pdf, at=at) if signe else pdf


def _check(courrier: Courrier, pdf: bytes) -> None:
    if empreinte(pdf) != courrier.empreinte:
        raise EmpreinteError(f"letter {courrier.pk}: the page made again with template {courrier.gabarit} differs")


def find_courrier(numero: str) -> Courrier | None:
    """The letter that bears a number, typed as people do, under whichever key; None."""
    normal = normalise_numero(numero)
    if normal is None:
        return None
    return Courrier.objects.filter(numero_index__in=blind_indexes(DOMAINE_COURRIER, normal)).first()


def list_to_send(voie: Voie) -> QuerySet[Courrier]:
    """The letters that may leave by a way, in the order of their writing: neither gone, nor given up, nor about to be.

    Whoever sends some locks them first (`select_for_update`), and asks again.
    """
    partis = [statut for statut in Statut if statut is not Statut.ECRIT]
    restent = Courrier.objects.filter(voie=voie, remise=None, du__a_ecrire=False)
    return restent.exclude(etapes__statut__in=partis).order_by("ecrit_at", "pk")
