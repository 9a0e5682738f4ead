"""The rules of the table's objects: whose session, whose file, which case, which agent."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from uuid import UUID

from permis.identites.acteur import Acteur
from permis.identites.models import Agent, Cause, Rapprochement, SessionOuverte
from permis.identites.permissions import Objet, Verdict, rule_of
from permis.identites.rapprochement import read_pivot
from permis.identites.ressemblance import may_be_agent
from permis.registre.chiffrement import blind_indexes
from permis.registre.models import DOMAINE_NEPH, Dossier


@rule_of(Objet.SA_SESSION)
def judge_session(acteur: Acteur, ident: UUID) -> Verdict:
    """One closes one's own sessions only."""
    sienne = SessionOuverte.objects.filter(pk=ident, compte=acteur.compte).exists()
    return Verdict.OUI if sienne else Verdict.INCONNU


@rule_of(Objet.DOSSIER_D_AUTRUI)
def judge_dossier(acteur: Acteur, ident: UUID) -> Verdict:
    """Any file but one's own."""
    if not Dossier.objects.filter(pk=ident).exists():
        return Verdict.INCONNU
    return Verdict.LE_SIEN if acteur.compte is None or is_own_file(acteur.compte, ident) else Verdict.OUI


@rule_of(Objet.RAPPROCHEMENT)
def judge_rapprochement(acteur: Acteur, ident: UUID) -> Verdict:
    """A case of a driver, which may neither end at one's own file nor be about oneself."""
    cas = Rapprochement.objects.filter(pk=ident).exclude(cause=Cause.AGENT_CHANGE).first()
    if cas is None:
        return Verdict.INCONNU
    dossiers = [UUID(candidat) for candidat in cas.candidats]
    siens = acteur.compte is None or not _has_declared(acteur.compte)
    siens = siens or any(is_own_file(acteur.compte, dossier) for dossier in dossiers if acteur.compte)
    siens = siens or (acteur.compte is not None and may_be_agent(acteur.compte, read_pivot(cas)))
    return Verdict.LE_SIEN if siens else Verdict.OUI


@rule_of(Objet.AGENT)
def judge_agent(acteur: Acteur, ident: UUID) -> Verdict:
    """Any agent but oneself: nobody gives himself a role."""
    if not Agent.objects.filter(pk=ident).exists():
        return Verdict.INCONNU
    return Verdict.LE_SIEN if ident == acteur.compte else Verdict.OUI


@rule_of(Objet.RAPPROCHEMENT_D_AGENT)
def judge_rapprochement_agent(acteur: Acteur, ident: UUID) -> Verdict:
    """The case of another agent whose identity changed."""
    cas = Rapprochement.objects.filter(pk=ident, cause=Cause.AGENT_CHANGE).first()
    if cas is None:
        return Verdict.INCONNU
    return Verdict.LE_SIEN if str(acteur.compte) in cas.candidats else Verdict.OUI


def is_own_file(compte: UUID, dossier: UUID) -> bool:
    """Whether the file is that agent's own. While he has not said which one is his, every file may be."""
    return bool(own_files(compte, {dossier}))


def own_files(compte: UUID, dossiers: AbstractSet[UUID]) -> AbstractSet[UUID]:
    """Those of these files that may be that agent's own."""
    agent = Agent.objects.filter(pk=compte).first()
    if agent is None:
        return dossiers
    neph = agent.unseal_column("neph")
    if neph is None:
        return frozenset() if agent.sans_permis else dossiers
    siens = Dossier.objects.filter(neph_index__in=blind_indexes(DOMAINE_NEPH, neph))
    return dossiers & set(siens.values_list("pk", flat=True))


def _has_declared(compte: UUID) -> bool:
    agent = Agent.objects.filter(pk=compte).first()
    return agent is not None and (agent.sans_permis or agent.neph is not None)
