"""The watchdog: which letters are stuck, where, since when. It only looks; how long is too long is said here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from permis.courriers.adresses import choose_adresse
from permis.courriers.etapes import ISSUES, term_of
from permis.courriers.models import Courrier, CourrierDu, Etape, NatureCourrier, Remise, Statut, Voie
from permis.registre.temps import jour_legal


class Raison(StrEnum):
    """Where a letter is stuck, in the order of its life."""

    NON_ECRIT = "non_ecrit"
    REFUSE = "refuse"
    SANS_ADRESSE = "sans_adresse"
    NON_REMIS = "non_remis"
    REMISE_INACHEVEE = "remise_inachevee"
    NON_POSTE = "non_poste"
    SANS_ISSUE = "sans_issue"
    NPAI_SANS_ADRESSE = "npai_sans_adresse"
    NPAI_NON_RENVOYE = "npai_non_renvoye"
    NON_DISPONIBLE = "non_disponible"
    NON_CONSTATE = "non_constate"
    NON_DONNE = "non_donne"


RAISONS: Final[dict[Raison, Promise]] = {
    Raison.NON_ECRIT: _("Dû, et pas encore écrit"),
    Raison.REFUSE: _("Dû, et le droit refuse qu’on l’envoie : quelqu’un doit décider"),
    Raison.SANS_ADRESSE: _("Écrit, sans adresse où l’envoyer"),
    Raison.NON_REMIS: _("Écrit, et pas encore remis à l’imprimeur"),
    Raison.REMISE_INACHEVEE: _("Remise décidée, dont le fichier n’est pas déposé"),
    Raison.NON_POSTE: _("Remis à l’imprimeur, qui n’a pas dit l’avoir posté"),
    Raison.SANS_ISSUE: _("Recommandé posté, sans avis de la poste"),
    Raison.NPAI_SANS_ADRESSE: _("Revenu : destinataire inconnu à l’adresse, aucune autre connue"),
    Raison.NPAI_NON_RENVOYE: _("Revenu : une autre adresse est connue, rien n’est reparti"),
    Raison.NON_DISPONIBLE: _("Courrier électronique pas encore mis à disposition"),
    Raison.NON_CONSTATE: _("Quinze jours passés, et pas encore réputé connu"),
    Raison.NON_DONNE: _("Récépissé écrit, et pas encore remis en main propre"),
}
DELAIS: Final[dict[Raison, timedelta]] = {
    Raison.NON_ECRIT: timedelta(days=1),
    Raison.NON_REMIS: timedelta(days=1),
    Raison.REMISE_INACHEVEE: timedelta(days=1),
    Raison.NON_POSTE: timedelta(days=5),
    Raison.SANS_ISSUE: timedelta(days=30),
    Raison.NON_DISPONIBLE: timedelta(days=1),
    Raison.NON_CONSTATE: timedelta(days=1),
    Raison.NON_DONNE: timedelta(days=30),
}
"""For how many days it is in order to wait. The post keeps a registered letter fifteen days, then sends it back."""
POSTALES: Final = (Voie.SIMPLE, Voie.RECOMMANDE)


class Bloque(NamedTuple):
    """Something stuck: why, since when, for how many days, the letter or the drop. No name, no address."""

    raison: Raison
    depuis: date
    jours: int
    dossier: UUID | None = None
    courrier: UUID | None = None
    reference: str = ""
    voie: str = ""
    remise: str = ""
    detail: str = ""
    """Why the law refuses the letter, in French."""


def list_stuck(*, at: datetime) -> list[Bloque]:
    """All that is stuck, the oldest first."""
    jour = jour_legal(at)
    bloques = [
        *_unwritten(jour),
        *_refused(jour),
        *_unsent(jour),
        *_drops(jour),
        *_unposted(jour),
        *_without_outcome(jour),
    ]
    bloques += [*_returned(jour), *_unavailable(jour), *_undeemed(jour), *_not_handed(jour)]
    return sorted(bloques, key=lambda bloque: (bloque.depuis, bloque.raison, str(bloque.courrier)))


def _limit(raison: Raison, jour: date) -> date:
    """What dates from before this day has waited too long."""
    return jour - DELAIS[raison]


def _letter(raison: Raison, courrier: Courrier, depuis: date, jour: date) -> Bloque:
    return Bloque(
        raison, depuis, (jour - depuis).days, courrier.dossier_id, courrier.pk, courrier.reference, courrier.voie
    )


def _without(*statuts: Statut) -> Q:
    """The letters with none of these steps."""
    return ~Q(Exists(Etape.objects.filter(courrier=OuterRef("pk"), statut__in=statuts)))


def _since(statut: Statut, avant: date, *sans: Statut) -> Iterator[Etape]:
    """The steps of one kind, noted before a day, of letters that have none of the later ones."""
    suites = Etape.objects.filter(courrier=OuterRef("courrier"), statut__in=sans)
    etapes = Etape.objects.filter(~Exists(suites), statut=statut, le__lt=avant, courrier__efface_le=None)
    return etapes.select_related("courrier").iterator(chunk_size=500)


def _unwritten(jour: date) -> Iterator[Bloque]:
    """What is owed and told by no letter, or fell and is taken back by none; a letter looked at again is no delay."""
    dits = Exists(Courrier.objects.filter(_without(Statut.ABANDONNE), du=OuterRef("pk")))
    for du in CourrierDu.objects.filter(a_ecrire=True).exclude(dits, repris_le=None):
        depuis = du.repris_le or du.vu_le
        if depuis < _limit(Raison.NON_ECRIT, jour):
            yield Bloque(Raison.NON_ECRIT, depuis, (jour - depuis).days, du.dossier_id, reference=du.reference)


def _refused(jour: date) -> Iterator[Bloque]:
    for du in CourrierDu.objects.filter(repris_le=None).exclude(refus=""):
        attente = (jour - du.vu_le).days
        yield Bloque(Raison.REFUSE, du.vu_le, attente, du.dossier_id, reference=du.reference, detail=du.refus)


def _waiting(*voies: Voie) -> QuerySet[Courrier]:
    """The letters that have not left, nor been given up."""
    partis = [statut for statut in Statut if statut is not Statut.ECRIT]
    return Courrier.objects.filter(_without(*partis), voie__in=voies, remise=None)


def _unsent(jour: date) -> Iterator[Bloque]:
    sans_adresse = Q(adresse=None) | Q(adresse__npai_le__isnull=False)
    for courrier in _waiting(*POSTALES).filter(sans_adresse):
        yield _letter(Raison.SANS_ADRESSE, courrier, courrier.ecrit_le, jour)
    limite = _limit(Raison.NON_REMIS, jour)
    for courrier in _waiting(*POSTALES).exclude(sans_adresse).filter(ecrit_le__lt=limite):
        yield _letter(Raison.NON_REMIS, courrier, courrier.ecrit_le, jour)


def _drops(jour: date) -> Iterator[Bloque]:
    for remise in Remise.objects.filter(deposee_at=None, le__lt=_limit(Raison.REMISE_INACHEVEE, jour)):
        yield Bloque(
            Raison.REMISE_INACHEVEE, remise.le, (jour - remise.le).days, voie=remise.voie, remise=remise.fichier
        )


def _unposted(jour: date) -> Iterator[Bloque]:
    limite = _limit(Raison.NON_POSTE, jour)
    for etape in _since(Statut.REMIS, limite, Statut.POSTE, Statut.PRESENTE, *ISSUES):
        yield _letter(Raison.NON_POSTE, etape.courrier, etape.le, jour)


def _without_outcome(jour: date) -> Iterator[Bloque]:
    """A presented one without outcome waits since it was posted."""
    limite = _limit(Raison.SANS_ISSUE, jour)
    for etape in _since(Statut.POSTE, limite, *ISSUES):
        if etape.courrier.voie == Voie.RECOMMANDE:
            yield _letter(Raison.SANS_ISSUE, etape.courrier, etape.le, jour)


def _returned(jour: date) -> Iterator[Bloque]:
    for courrier, depuis in list_returned():
        adresse = choose_adresse(courrier.dossier_id, courrier.du.fait)
        raison = Raison.NPAI_SANS_ADRESSE if adresse is None else Raison.NPAI_NON_RENVOYE
        yield _letter(raison, courrier, depuis, jour)


def list_returned() -> Iterator[tuple[Courrier, date]]:
    """The letters that came back from an address where nobody was, with the day, and that nothing followed.

    Only those which say what still holds: a withdrawal that fell is not notified any more.
    """
    suites = Courrier.objects.filter(du=OuterRef("courrier__du"), rang__gt=OuterRef("courrier__rang"))
    reprise, due = Q(courrier__nature=NatureCourrier.REPRISE), Q(courrier__du__repris_le=None)
    revenus = Etape.objects.filter(~Exists(suites), (due & ~reprise) | (reprise & ~due), statut=Statut.INCONNU)
    revenus = revenus.filter(courrier__efface_le=None)
    for etape in revenus.select_related("courrier__du").order_by("le", "pk").iterator(chunk_size=500):
        yield etape.courrier, etape.le


def _unavailable(jour: date) -> Iterator[Bloque]:
    limite = _limit(Raison.NON_DISPONIBLE, jour)
    for courrier in _waiting(Voie.ELECTRONIQUE).filter(ecrit_le__lt=limite):
        yield _letter(Raison.NON_DISPONIBLE, courrier, courrier.ecrit_le, jour)


def _undeemed(jour: date) -> Iterator[Bloque]:
    for etape in _since(Statut.DISPONIBLE, jour, Statut.LU, Statut.REPUTE_CONNU):
        terme = term_of(etape.le)
        if terme < _limit(Raison.NON_CONSTATE, jour):
            yield _letter(Raison.NON_CONSTATE, etape.courrier, terme, jour)


def _not_handed(jour: date) -> Iterator[Bloque]:
    for courrier in _waiting(Voie.MAIN_PROPRE).filter(ecrit_le__lt=_limit(Raison.NON_DONNE, jour)):
        yield _letter(Raison.NON_DONNE, courrier, courrier.ecrit_le, jour)
