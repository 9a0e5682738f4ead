"""The letters of the invented people, as if the register had sent them for two months, each on its own day.

A file says where its holder is written to (`adresse`), since when by electronic letters (`electronique`), and how each
letter of its own went (`courriers`); any other letter is written and posted the days after it is owed. What other
senders told stays theirs. A file is done whole, once: its letters are never seen half sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from permis.courriers.adresses import mark_npai, receive_adresse
from permis.courriers.consentement import CONDITIONS_COURANTES, open_consentement
from permis.courriers.documents import issue
from permis.courriers.ecriture import write_file
from permis.courriers.etapes import note
from permis.courriers.models import Courrier, CourrierDu, GenreDocument, LotQuotidien, SourceAdresse, Statut, Voie
from permis.courriers.notification import record_notification
from permis.courriers.partage import Champ, check_partage, open_partage
from permis.demonstration.jours import resolve
from permis.demonstration.models import Semis
from permis.demonstration.personnes import DossierInvente
from permis.droit.delais import UN_JOUR
from permis.droit.dossier import read_dossier as read_faits
from permis.droit.faits import Notification
from permis.droit.releve import replay
from permis.registre.lecture import Lecteur, read_dossier
from permis.registre.recherche import find_by_neph
from permis.registre.temps import HEURE_LEGALE

SOIR: Final = time(18, 0, tzinfo=HEURE_LEGALE)
DEPUIS: Final = timedelta(days=60)
"""For how long the register has sent its letters itself."""
TITULAIRE: Final = Lecteur("titulaire", "franceconnect", "C. route, art. L. 225-3, L. 225-5", "demander_un_document")
POSTE: Final = {"remis": 1, "poste": 2}
"""What becomes of a letter of which a file says nothing, and how many days after it is written."""


def seed_courriers(dossier: DossierInvente, jour: date, at: datetime) -> None:
    """Write and send the letters of a file; one that has some already is left as it is."""
    trouve = find_by_neph(dossier.neph)
    if trouve is None:
        return
    with transaction.atomic():
        Semis.objects.select_for_update().get()  # of two starts, one after the other
        _begin(jour)
        if not CourrierDu.objects.filter(dossier=trouve).exists():
            _seed(dossier, trouve.pk, jour, at)


def _begin(jour: date) -> None:
    """The day from which letters are ours: what was owed before it was sent by the former register.

    Nothing is begun where a file of the day was taken already: its day is the first.
    """
    if LotQuotidien.objects.exists():
        return
    debut = jour - DEPUIS
    jours = {"le": debut, "depuis": debut - UN_JOUR, "connu_le": debut, "connu_depuis": debut - UN_JOUR}
    autres = {"numero": 1, "lignes": 0, "commence_at": _evening(debut)}
    LotQuotidien.objects.create(empreinte="0" * 64, **jours, **autres)


def _seed(dossier: DossierInvente, dossier_id: UUID, jour: date, at: datetime) -> None:
    ouvert = date.fromisoformat(resolve(dossier.ouvert, jour))
    if dossier.adresse:
        receive_adresse(dossier_id, dossier.adresse, SourceAdresse.TITRE, ouvert, at=_evening(ouvert))
    if dossier.electronique:
        depuis = date.fromisoformat(resolve(dossier.electronique, jour))
        open_consentement(dossier_id, CONDITIONS_COURANTES, at=_evening(depuis))
    for le in days_of_letters(dossier, jour):
        write_file(dossier_id, at=min(_evening(le), at))
        for courrier in Courrier.objects.filter(dossier=dossier_id, ecrit_le=le).select_related("du"):
            _send(courrier, _say(dossier, courrier, jour), at)
    _give_documents(dossier, dossier_id, jour, at)


def days_of_letters(dossier: DossierInvente, jour: date) -> list[date]:
    """The days on which something was learned or fell due, since letters are ours, in order.

    Not before the last letter of another sender became known: what it told is then not told twice.
    """
    faits = read_faits({"version": 1, "faits": dossier.faits_on(jour)}).faits
    releve = replay(faits, jour)
    debut = max([jour - DEPUIS, *(fait.connu_le for fait in faits if isinstance(fait, Notification))])
    dates = {fait.connu_le for fait in faits} | {c.date for c in (*releve.courriers, *releve.recepisses)}
    return sorted(le for le in dates if debut <= le <= jour)


def _say(dossier: DossierInvente, courrier: Courrier, jour: date) -> Mapping[Statut, date]:
    """How a letter went: as its file says, else posted two days after; nothing that is still to come."""
    dite = next((dit for dit in dossier.courriers if _is_about(dit, courrier)), None)
    if dite is not None:
        jours = {Statut(cle): date.fromisoformat(resolve(v, jour)) for cle, v in dite.items() if cle in Statut.values}
    elif courrier.voie in {Voie.SIMPLE, Voie.RECOMMANDE} and courrier.adresse_id:
        jours = {Statut(nom): courrier.ecrit_le + timedelta(days=n) for nom, n in POSTE.items()}
    else:
        jours = {}
    return {statut: le for statut, le in jours.items() if le <= jour}


def _is_about(dit: Mapping[str, Any], courrier: Courrier) -> bool:
    cles = (courrier.reference, courrier.du.fait, courrier.nature)
    return (dit["reference"], dit["fait"], dit.get("nature", "notification")) == cles


def _send(courrier: Courrier, jours: Mapping[Statut, date], at: datetime) -> None:
    """Each step, learned the evening of its day; an outcome that has an effect in law enters the register then."""
    for statut, le in sorted(jours.items(), key=lambda etape: etape[1]):
        note(courrier, statut, le, at=min(_evening(le), at), reference=_reference(statut))
        if statut is Statut.INCONNU and courrier.adresse_id:
            mark_npai(courrier.adresse_id, le)
        record_notification(courrier, at=min(_evening(le), at))


def _reference(statut: Statut) -> str:
    """What the print house and the post call what they tell."""
    return "" if statut in {Statut.REMIS, Statut.DISPONIBLE, Statut.LU, Statut.REPUTE_CONNU} else f"EXEMPLE-{statut}"


def _give_documents(dossier: DossierInvente, dossier_id: UUID, jour: date, at: datetime) -> None:
    for dit in dossier.documents:
        moment = min(_evening(date.fromisoformat(resolve(dit["le"], jour))), at)
        issue(read_dossier(dossier_id, TITULAIRE, at=moment), GenreDocument(dit["genre"]), dit["langue"], at=moment)
    for dit in dossier.partages:
        moment = min(_evening(date.fromisoformat(resolve(dit["le"], jour))), at)
        champs = [Champ(champ) for champ in dit["champs"]]
        partage = open_partage(
            dossier_id, dit["objet"], champs, jours=dit["jours"], usages_max=dit.get("usages_max"), at=moment
        )
        for nom in dit.get("controles", ()):
            check_partage(partage.code, nom, at=moment, par_api=False)


def _evening(le: date) -> datetime:
    return datetime.combine(le, SOIR)
