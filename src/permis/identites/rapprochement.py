"""From an identity that FranceConnect vouches for to a licence file: one strict match links, anything less is proved.

Never by e-mail. A person already known by (issuer, sub) is known; else the pivot identity is searched in the register.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from permis.identites.models import (
    EN_COURS,
    Cause,
    Compte,
    Etat,
    IdentiteFederee,
    Preuve,
    Rapprochement,
    Rattachement,
)
from permis.identites.ressemblance import Lien, is_telling, qualify
from permis.identites.roles import Genre
from permis.identites.sessions import close_all
from permis.registre.etat_civil import EtatCivil, read_etat_civil
from permis.registre.recherche import find_by_neph, find_by_pivot
from permis.registre.verrou import lock_dossier

ESSAIS: Final = 5


def recognise_usager(issuer: str, sub: str, etat_civil: EtatCivil, at: datetime) -> Compte:
    """The account of whoever FranceConnect names, its file attached if one is surely his; else a case is open."""
    try:
        return _recognise(issuer, sub, etat_civil, at)
    except IntegrityError:  # two sign-ins at once: the other one wrote first
        return _recognise(issuer, sub, etat_civil, at)


@transaction.atomic
def _recognise(issuer: str, sub: str, etat_civil: EtatCivil, at: datetime) -> Compte:
    connues = IdentiteFederee.objects.select_for_update().filter(issuer=issuer, sub=sub)
    identite = connues.first() or IdentiteFederee(issuer=issuer, sub=sub, liee_at=at)
    identite.seal_columns(pivot=etat_civil.write())
    if identite.compte is None or identite.remplacee_at is not None:
        identite.compte = Compte.objects.create(genre=Genre.USAGER, ouvert_at=at)
        identite.remplacee_at = None
    identite.save()
    if not Rattachement.objects.filter(compte=identite.compte).exists():
        _search(identite, etat_civil, at)
    return identite.compte


def _search(identite: IdentiteFederee, etat_civil: EtatCivil, at: datetime) -> None:
    trouves = find_by_pivot(etat_civil)
    if len(trouves.strictes) == 1 and not is_telling(etat_civil):
        _open_case(identite, Cause.SOUPLE, (*trouves.strictes, *trouves.souples), at)
    elif len(trouves.strictes) == 1 and _is_set_aside(identite, trouves.strictes[0]):
        _open_case(identite, Cause.ECARTE, trouves.strictes, at)
    elif len(trouves.strictes) == 1:
        lock_dossier(trouves.strictes[0])  # two sign-ins at once: the second sees what the first took
        if _is_free(trouves.strictes[0], identite.issuer):
            _link(identite, trouves.strictes[0], Preuve.PIVOT, at)
        else:
            _open_case(identite, Cause.SUB_CHANGE, trouves.strictes, at)
    elif trouves.strictes or len(trouves.souples) > 1:
        _open_case(identite, Cause.PLUSIEURS, (*trouves.strictes, *trouves.souples), at)
    elif trouves.souples:
        _open_case(identite, Cause.SOUPLE, trouves.souples, at)
    else:
        _open_case(identite, Cause.AUCUN, (), at)


def _is_free(dossier: UUID, issuer: str) -> bool:
    """Nobody of this issuer holds the file: a second `sub` for one person is proved, never taken for granted."""
    liees = IdentiteFederee.objects.filter(compte__rattachement__dossier=dossier, issuer=issuer, remplacee_at=None)
    return not liees.exists()


def _is_set_aside(identite: IdentiteFederee, dossier: UUID) -> bool:
    """An agent refused this file to this identity: no machine knows better, whatever was corrected since."""
    refuses = Rapprochement.objects.filter(identite=identite, etat=Etat.REFUSE)
    return any(str(dossier) in cas.candidats for cas in refuses)


def _open_case(identite: IdentiteFederee, cause: Cause, candidats: tuple[UUID, ...], at: datetime) -> None:
    """One case at a time for an identity. Once decided by an agent against the person, it stays so, unless a file set
    aside is now found strictly: then an agent is asked again, once.
    """
    cas = Rapprochement.objects.filter(identite=identite).order_by("-ouvert_at").first()
    encore = cas is not None and cas.etat == Etat.REFUSE and cause == Cause.ECARTE != cas.cause
    if cas is not None and cas.etat != Etat.RATTACHE and not encore:
        return
    etat = Etat.NEPH_DEMANDE if cause in {Cause.SOUPLE, Cause.SUB_CHANGE} else Etat.OUVERT
    Rapprochement.objects.create(
        identite=identite, etat=etat, cause=cause, candidats=[str(dossier) for dossier in candidats], ouvert_at=at
    )


def _link(identite: IdentiteFederee, dossier: UUID, preuve: Preuve, at: datetime) -> None:
    """Attach the file. Where an account holds it already (another `sub`, a code), the identity joins that account; an
    identity that it replaces keeps no session.
    """
    lock_dossier(dossier)
    tenu = Rattachement.objects.select_for_update().filter(dossier=dossier).select_related("compte").first()
    ancien = identite.compte
    if ancien is None:
        raise ValueError("an identity without an account has no file to attach")
    if tenu is None:
        Rattachement.objects.create(compte=ancien, dossier=dossier, preuve=preuve, rattache_at=at)
    elif tenu.compte != ancien:
        memes = IdentiteFederee.objects.filter(compte=tenu.compte, issuer=identite.issuer, remplacee_at=None)
        if memes.update(remplacee_at=at):
            close_all(tenu.compte.pk, at)
        IdentiteFederee.objects.filter(pk=identite.pk).update(compte=tenu.compte)
        Compte.objects.filter(pk=ancien.pk).update(ferme_at=at)
        identite.compte = tenu.compte
    cas = Rapprochement.objects.filter(identite=identite, etat__in=EN_COURS)
    cas.update(etat=Etat.RATTACHE, decide_at=at, dossier=dossier)


@transaction.atomic
def prove_neph(compte: UUID, neph: str, at: datetime) -> Compte | None:
    """The second proof of a case; the account to go on with, None if it is wrong. After five, an agent decides."""
    cas = Rapprochement.objects.select_for_update().filter(identite__compte=compte, etat=Etat.NEPH_DEMANDE).first()
    if cas is None:
        return None
    dossier = find_by_neph(neph)
    if dossier is None or str(dossier.pk) not in cas.candidats or not _may_prove(cas, dossier.pk):
        cas.essais += 1
        cas.etat = Etat.OUVERT if cas.essais >= ESSAIS else cas.etat
        cas.save(update_fields=["essais", "etat"])
        return None
    _link(cas.identite, dossier.pk, Preuve.PIVOT_ET_NEPH, at)
    return cas.identite.compte


def _may_prove(cas: Rapprochement, dossier: UUID) -> bool:
    """The number alone does not prove a file whose holder was not even born that day: an agent had added it."""
    return qualify(read_pivot(cas), dossier) is not Lien.TROP_DIFFERENT


def find_case(compte: UUID) -> Rapprochement | None:
    """The latest case of an account: what its page tells the person."""
    return Rapprochement.objects.filter(identite__compte=compte).order_by("-ouvert_at").first()


def list_cases() -> list[Rapprochement]:
    """The cases of drivers that wait for an agent, oldest first."""
    cas = Rapprochement.objects.filter(etat__in=[Etat.OUVERT, Etat.A_CONFIRMER]).exclude(cause=Cause.AGENT_CHANGE)
    return list(cas.select_related("identite").order_by("ouvert_at"))


def read_pivot(cas: Rapprochement) -> EtatCivil:
    """The pivot identity of a driver's case, for the agent who decides."""
    return read_etat_civil(cas.identite.unseal_column("pivot") or "")


@transaction.atomic
def decide_case(ident: UUID, dossier: UUID | None, par: UUID, at: datetime) -> Rapprochement | None:
    """An agent attaches the file that he names, or none; None where the case no longer waits."""
    en_attente = Rapprochement.objects.select_for_update().filter(pk=ident, etat__in=EN_COURS)
    cas = en_attente.exclude(cause=Cause.AGENT_CHANGE).first()
    if cas is None:
        return None
    if dossier is not None:
        _link(cas.identite, dossier, Preuve.AGENT, at)
    decision = {"etat": Etat.RATTACHE if dossier else Etat.REFUSE, "dossier": dossier}
    Rapprochement.objects.filter(pk=ident).update(decide_at=at, decide_par=par, **decision)
    cas.refresh_from_db()
    return cas


@transaction.atomic
def compte_of(dossier: UUID, at: datetime) -> Compte:
    """The account of a file whose NEPH and code were given; opened if nobody had come yet."""
    lock_dossier(dossier)
    tenu = Rattachement.objects.select_for_update().filter(dossier=dossier).select_related("compte").first()
    if tenu is not None:
        return tenu.compte
    compte = Compte.objects.create(genre=Genre.USAGER, ouvert_at=at)
    Rattachement.objects.create(compte=compte, dossier=dossier, preuve=Preuve.CODE, rattache_at=at)
    return compte
