"""What the register erased (C. route, art. L. 225-2), letters, statements and addresses forget too.

The register decides what goes, and when: nothing here has a delay of its own before that. Of a letter that named an
erased fact stay its number, its form, its steps and the digest of its page: who holds it may still learn that it is
ours. It goes once it is over: given up, come back, or its time to go to court run out, counted from its last step
where nothing proves a day. One that never left is still owed to its holder, and waits a year.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from permis.courriers.documents import read_document
from permis.courriers.etapes import abandon, has_left, known_on, steps_of
from permis.courriers.lettres import read_courrier
from permis.courriers.models import AdressePostale, Courrier, Document, GenreDocument, Statut
from permis.courriers.relais import let_others_write
from permis.droit.recours import recours_open_until
from permis.registre.contenu import read_contenus
from permis.registre.models import Dossier, Effacement, Fait
from permis.registre.temps import jour_legal
from permis.registre.verrou import lock_dossier

journal = logging.getLogger(__name__)

JAMAIS_PARTI: Final = timedelta(days=366)
"""How long a letter about an erased fact waits to leave: the law says nothing of it."""
TRANCHE: Final = 100
FINIES: Final = frozenset({Statut.ABANDONNE, Statut.INCONNU})


@dataclass(slots=True)
class Oubli:
    """What one run forgot; the files that failed."""

    courriers: int = 0
    documents: int = 0
    adresses: int = 0
    echecs: list[UUID] = field(default_factory=list)

    @property
    def lignes(self) -> int:
        """How many rows in all."""
        return self.courriers + self.documents + self.adresses


def forget_erased(at: datetime) -> Oubli:
    """Bring every file where something was erased to what the register still keeps; interrupted, run it again.

    A file that fails is logged, and stops no other.
    """
    bilan, touches = Oubli(), _touched()
    dossiers = list(touches[:TRANCHE])
    while dossiers:
        for dossier in dossiers:
            _try(dossier, at, bilan)
        let_others_write()
        dossiers = list(touches.filter(pk__gt=dossiers[-1])[:TRANCHE])
    return bilan


def _touched() -> QuerySet[Dossier, UUID]:
    """The files with an erasure, and something older than its last one, or a letter about another letter."""
    effacements = Effacement.objects.filter(fait__dossier=OuterRef("pk"))
    dernier = Subquery(effacements.order_by("-efface_at").values("efface_at")[:1])
    siens = {"dossier": OuterRef("pk")}
    avant = OuterRef("efface_at")
    courriers = Courrier.objects.filter(Q(ecrit_at__lte=avant) | Q(vise__isnull=False), **siens, efface_le=None)
    documents = Document.objects.filter(**siens, emis_at__lte=avant)
    suivantes = AdressePostale.objects.filter(dossier=OuterRef("dossier"), recue_at__gt=OuterRef("recue_at"))
    adresses = AdressePostale.objects.filter(~Q(fait="") | Exists(suivantes), **siens, recue_at__lte=avant)
    dossiers = Dossier.objects.filter(Exists(effacements)).annotate(efface_at=dernier)
    dossiers = dossiers.filter(Exists(courriers) | Exists(documents) | Exists(adresses))
    return dossiers.order_by("pk").values_list("pk", flat=True)


def _try(dossier: UUID, at: datetime, bilan: Oubli) -> None:
    try:
        courriers, documents, adresses = _forget_of(dossier, at)
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001  logged: one file must not stop all the others, whatever is wrong with it
        journal.exception("dossier %s : ce qui est effacé reste dans ses courriers", dossier)
        bilan.echecs.append(dossier)
    else:
        bilan.courriers += courriers
        bilan.documents += documents
        bilan.adresses += adresses


@transaction.atomic
def _forget_of(dossier: UUID, at: datetime) -> tuple[int, int, int]:
    lock_dossier(dossier)
    efface_at = Effacement.objects.filter(fait__dossier=dossier).latest("efface_at").efface_at
    contenus = Fait.objects.filter(dossier=dossier, contenu__isnull=False).values_list("contenu", flat=True)
    gardes = {str(objet["id"]) for objet in read_contenus(contenu or "" for contenu in contenus)}
    courriers = _forget_courriers(dossier, gardes, at)
    return courriers, _forget_documents(dossier, efface_at), _forget_adresses(dossier, efface_at, gardes)


def _forget_courriers(dossier: UUID, gardes: Collection[str], at: datetime) -> int:
    """Even one written since: what takes back another letter may name an erased fact."""
    lettres = Courrier.objects.filter(dossier=dossier, efface_le=None)
    lettres = lettres.select_related("du", "remise").prefetch_related("etapes")
    jour = jour_legal(at)
    cles = [courrier.pk for courrier in lettres if not set(_named(courrier)) <= set(gardes) and _ends(courrier, at)]
    Courrier.objects.filter(pk__in=cles).update(contenu=None, sceau=None, adresse=None, efface_le=jour)
    return len(cles)


def _named(courrier: Courrier) -> Iterator[str]:
    """The facts that a letter speaks of."""
    donnees = read_courrier(courrier)["donnees"]
    yield courrier.du.fait
    yield from (retrait["fait"] for retrait in donnees.get("retraits", ()))
    if donnees.get("cause"):
        yield donnees["cause"]


def _ends(courrier: Courrier, at: datetime) -> bool:
    """Whether nobody waits for a letter any more; one that waited a year to leave is given up here."""
    etapes, jour = steps_of(courrier), jour_legal(at)
    if etapes.keys() & FINIES:
        return True
    if not has_left(courrier, etapes):
        return courrier.ecrit_at <= at - JAMAIS_PARTI and abandon(courrier, jour, at=at)
    if courrier.remise is not None and courrier.remise.deposee_at is None:
        return False  # its drop will be made again, with the same bytes
    depuis: date = known_on(courrier) or max(etape.le for etape in etapes.values())
    return recours_open_until(depuis)[0] < jour


def _forget_documents(dossier: UUID, efface_at: datetime) -> int:
    """Statements that may repeat what was erased; what tells neither offence nor measure lives its own life."""
    anciens = Document.objects.filter(dossier=dossier, emis_at__lte=efface_at)
    cles = [document.pk for document in anciens if _tells_facts(document)]
    return Document.objects.filter(pk__in=cles).delete()[0]


def _tells_facts(document: Document) -> bool:
    return document.genre == GenreDocument.RII or bool(read_document(document)["donnees"]["etat"]["mesures"])


def _forget_adresses(dossier: UUID, efface_at: datetime, gardes: Collection[str]) -> int:
    """Old addresses that no letter kept went to; not the last one known, nor that of an offence that is kept."""
    siennes = AdressePostale.objects.filter(dossier=dossier).order_by("-le", "-recue_at", "-pk")
    libres = [adresse for adresse in siennes if not adresse.fait or adresse.fait in gardes]
    restent = {adresse.pk for adresse in libres if adresse.fait}
    restent |= {adresse.pk for adresse in [*libres[:1], *[a for a in libres if a.npai_le is None][:1]]}
    restent |= set(Courrier.objects.filter(dossier=dossier, adresse__isnull=False).values_list("adresse", flat=True))
    return siennes.filter(recue_at__lte=efface_at).exclude(pk__in=restent).delete()[0]
