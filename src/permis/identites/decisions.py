"""What agents decide of a case, with the reason that they must give. Of two who decide at once, one decides.

A driver's case ends at a file, at none, or goes back to the person, who is asked for the NEPH. An agent's case ends
with the new identity linked or refused, by an administrator.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from permis.identites.agents import decide_agent_case
from permis.identites.codes import PropreDossierError
from permis.identites.models import Cause, Decision, Etat, NatureDecision, Rapprochement, Rattachement
from permis.identites.objets import is_own_file
from permis.identites.rapprochement import decide_case, read_pivot
from permis.identites.ressemblance import Lien, may_be_agent, qualify
from permis.registre.recherche import find_by_neph


class DejaDecideError(ValueError):
    """The case no longer waits for an agent: another one decided, or the person proved the file in the meantime."""


class TropDifferentError(ValueError):
    """A file that the identity did not find, and whose holder was not born that day or is not of that sex."""


class SansCandidatError(ValueError):
    """The file is not among those that the case compares, or there is none that a NEPH could confirm."""


def read_case(ident: UUID) -> Rapprochement:
    """One case with the identity that it is about; Rapprochement.DoesNotExist."""
    return Rapprochement.objects.select_related("identite", "decide_par__agent").get(pk=ident)


@transaction.atomic
def attach_file(ident: UUID, dossier: UUID, motif: str, *, par: UUID, at: datetime) -> bool:
    """Link the person to one of the files compared; False where the link now waits for another agent to confirm it.

    DejaDecideError, SansCandidatError, PropreDossierError, TropDifferentError.
    """
    cas = _lock(ident, par)
    if str(dossier) not in cas.candidats:
        raise SansCandidatError("the file is not among those compared")
    _refuse_own(par, dossier)
    lien = qualify(read_pivot(cas), dossier)
    if lien is Lien.TROP_DIFFERENT:
        raise TropDifferentError("birth date or sex differ: only the register or the identity can be corrected")
    if lien is Lien.A_CONFIRMER and not _is_proposed(cas, dossier, par):
        cas.etat = Etat.A_CONFIRMER
        cas.save(update_fields=["etat"])
        _write(cas, NatureDecision.PROPOSER, motif, par, at, dossier)
        return False
    decide_case(ident, dossier, par, at)
    _write(cas, NatureDecision.RATTACHER, motif, par, at, dossier)
    return True


@transaction.atomic
def refuse_files(ident: UUID, motif: str, *, par: UUID, at: datetime) -> None:
    """No file is this person's; DejaDecideError, PropreDossierError."""
    cas = _lock(ident, par)
    decide_case(ident, None, par, at)
    _write(cas, NatureDecision.REFUSER, motif, par, at)


@transaction.atomic
def ask_neph(ident: UUID, motif: str, *, par: UUID, at: datetime) -> None:
    """The person is asked for the number of the file, with new tries.

    DejaDecideError, SansCandidatError, PropreDossierError.
    """
    cas = _lock(ident, par)
    if not cas.candidats:
        raise SansCandidatError("no file is compared: no number could confirm one")
    cas.etat, cas.essais = Etat.NEPH_DEMANDE, 0
    cas.save(update_fields=["etat", "essais"])
    _write(cas, NatureDecision.DEMANDER_NEPH, motif, par, at)


@transaction.atomic
def add_candidate(ident: UUID, neph: str, *, par: UUID) -> bool:
    """Compare one more file, found by its number; False where there is none. DejaDecideError, PropreDossierError."""
    cas = _lock(ident, par)
    dossier = find_by_neph(neph)
    if dossier is None:
        return False
    _refuse_own(par, dossier.pk)
    if str(dossier.pk) not in cas.candidats:
        cas.candidats.append(str(dossier.pk))
        cas.save(update_fields=["candidats"])
    return True


@transaction.atomic
def decide_identity(ident: UUID, motif: str, *, relier: bool, par: UUID, at: datetime) -> None:
    """Link an agent's new identity, or refuse it; DejaDecideError, SeulAdministrateurError."""
    cas = Rapprochement.objects.select_for_update().get(pk=ident)
    if not decide_agent_case(ident, relier=relier, par=par, at=at):
        raise DejaDecideError("this request no longer waits")
    _write(cas, NatureDecision.RATTACHER if relier else NatureDecision.REFUSER, motif, par, at)


def list_decisions(cas: Rapprochement) -> Sequence[Decision]:
    """What was decided of a case, in order."""
    return list(cas.decisions.select_related("decidee_par__agent").order_by("decidee_at"))


def held_files(dossiers: Sequence[UUID]) -> frozenset[UUID]:
    """Those of the files that an account holds already."""
    return frozenset(Rattachement.objects.filter(dossier__in=dossiers).values_list("dossier", flat=True))


def waits_for(cas: Rapprochement, par: UUID) -> bool:
    """Whether a case waits for this agent. What one proposed, another confirms."""
    if cas.etat != Etat.A_CONFIRMER:
        return cas.etat == Etat.OUVERT
    proposition = _find_proposal(cas)
    return proposition is not None and proposition.decidee_par_id != par


def _find_proposal(cas: Rapprochement) -> Decision | None:
    return cas.decisions.filter(nature=NatureDecision.PROPOSER).order_by("decidee_at").last()


def _is_proposed(cas: Rapprochement, dossier: UUID, par: UUID) -> bool:
    """Whether another agent proposed this very file, and the case waits for that only."""
    proposition = _find_proposal(cas) if cas.etat == Etat.A_CONFIRMER else None
    return proposition is not None and proposition.dossier == dossier and proposition.decidee_par_id != par


def _lock(ident: UUID, par: UUID) -> Rapprochement:
    cas = Rapprochement.objects.select_for_update().filter(pk=ident).exclude(cause=Cause.AGENT_CHANGE).first()
    if cas is None or not waits_for(cas, par):
        raise DejaDecideError("this case no longer waits for this agent")
    if may_be_agent(par, read_pivot(cas)):
        raise PropreDossierError("no agent decides who he is himself")
    return cas


def _refuse_own(par: UUID, dossier: UUID) -> None:
    if is_own_file(par, dossier):
        raise PropreDossierError("no agent decides on his own file")


def _write(
    cas: Rapprochement, nature: NatureDecision, motif: str, par: UUID, at: datetime, dossier: UUID | None = None
) -> None:
    decision = Decision(rapprochement=cas, nature=nature, dossier=dossier, decidee_par_id=par, decidee_at=at)
    decision.seal_columns(motif=motif)
    decision.save(force_insert=True)
