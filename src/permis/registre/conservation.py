"""Retention (C. route, art. L. 225-2): the one path that destroys the content of a fact, by rule, dry unless told.

Content, salt, source and reference go; rank, moment, digest and chain stay, so the chain still verifies and nothing
can be guessed. The law also gives three years to the changes in points (L. 225-1, 7°): no movement is kept here, each
is computed when asked for. It gives two years to mere applications: the register holds none.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from permis.registre.contenu import read_contenus, read_faits
from permis.registre.effacables import Effacables, RegleConservation, select
from permis.registre.effacements import name_effacement
from permis.registre.etat_civil import read_etat_civil
from permis.registre.models import Dossier, Effacement, Fait
from permis.registre.projection import load_faits, project_solde, save_solde
from permis.registre.temps import follow_moment, jour_legal
from permis.registre.verrou import DossierInconnuError, enter_as_writer, lock_dossier


class JourAVenirError(ValueError):
    """Nothing is erased on a day that has not come."""


def faits_effacables(dossier_id: UUID, le: date) -> Effacables:
    """What may be erased of a file on a day, and what stays although its delay is over; nothing is written."""
    dossier = Dossier.objects.filter(pk=dossier_id).first()
    if dossier is None:
        raise DossierInconnuError(f"no file {dossier_id}")
    return select(load_faits(dossier_id), _naissance(dossier), le)


def _naissance(dossier: Dossier) -> str:
    return read_etat_civil(dossier.unseal_column("etat_civil") or "").naissance


@transaction.atomic
def erase(dossier_id: UUID, le: date, *, at: datetime) -> Effacables:
    """Erase what `faits_effacables` says, each fact named first by an `Effacement`; what was erased and what stays.

    Today's balance is the same before and after. DossierInconnuError, JourAVenirError, JourClosError, HorlogeError.
    """
    if le > jour_legal(at):
        raise JourAVenirError(f"{le} has not come: nothing can be erased on it yet")
    dossier = lock_dossier(dossier_id)
    toutes = list(Fait.objects.filter(dossier=dossier).order_by("rang"))
    lignes = [ligne for ligne in toutes if ligne.contenu is not None]
    faits = read_faits(read_contenus(ligne.contenu or "" for ligne in lignes))
    choix = select(faits, _naissance(dossier), le)
    if choix.effacables:
        moment = follow_moment(toutes[-1].enregistre_at, at)
        enter_as_writer(jour_legal(moment))
        par_id = {fait.id: ligne for fait, ligne in zip(faits, lignes, strict=True)}
        _erase_lignes([(par_id[nom], regle) for nom, regle in choix.effacables.items()], le, moment)
    restants = [fait for fait in faits if fait.id not in choix.effacables]
    save_solde(project_solde(dossier.pk, restants, jour_legal(at)))
    return choix


def _erase_lignes(vises: list[tuple[Fait, RegleConservation]], le: date, at: datetime) -> None:
    Effacement.objects.bulk_create([name_effacement(ligne, regle, le, at) for ligne, regle in vises])
    cles = [ligne.pk for ligne, _ in vises]
    Fait.objects.filter(pk__in=cles).update(contenu=None, sel=None, source=None, reference=None)
