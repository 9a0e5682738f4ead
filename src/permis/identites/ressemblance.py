"""How near two civil statuses are: whether a case may be the agent's own, and how surely a file is meant."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import Final
from uuid import UUID

from permis.identites.models import Agent
from permis.registre.etat_civil import EtatCivil, normalise_nom, read_etat_civil
from permis.registre.models import Dossier
from permis.registre.recherche import find_by_neph, find_by_pivot

COMMUNS: Final = 2
COMMUNE: Final = re.compile(r"\d[\dAB]\d{3}", re.ASCII)
FRANCE: Final = "99100"


class Lien(StrEnum):
    """What stands between the identity of a case and a file that an agent would attach to it."""

    TROUVE = "trouve"  # the identity found it, strictly or loosely
    A_CONFIRMER = "a_confirmer"  # added by hand, of one birth date and one sex: two agents, or the NEPH
    TROP_DIFFERENT = "trop_different"


def is_telling(pivot: EtatCivil) -> bool:
    """Whether six equal fields name one person: a birth name, a first name, a whole birth date, and a place compared,
    which is a commune, or for whoever was born abroad a country without place on either side.
    """
    lieu, ailleurs = pivot.lieu_naissance, pivot.pays_naissance != FRANCE
    lieu_compare = not lieu if ailleurs else COMMUNE.fullmatch(lieu) is not None
    jour_connu = "00" not in pivot.naissance.split("-")[1:]
    return bool(normalise_nom(pivot.nom_naissance) and _prenom(pivot)) and jour_connu and lieu_compare


def qualify(pivot: EtatCivil, dossier: UUID) -> Lien:
    """How a file may be attached to this identity."""
    if any(dossier in trouves for trouves in find_by_pivot(pivot)):
        return Lien.TROUVE
    ligne = Dossier.objects.filter(pk=dossier).first()
    autre = _open(ligne) if ligne else None
    memes = autre is not None and (autre.naissance, autre.sexe) == (pivot.naissance, pivot.sexe)
    return Lien.A_CONFIRMER if memes else Lien.TROP_DIFFERENT


def may_be_agent(compte: UUID, pivot: EtatCivil) -> bool:
    """Whether this identity may be that agent's own: as his file tells, or ProConnect. Where neither does, it may."""
    agent = Agent.objects.filter(pk=compte).first()
    sien, nomme = (_read_own(agent), agent.unseal_column("nom")) if agent else (None, None)
    if sien is None and nomme is None:
        return True
    return (sien is not None and _looks_like(sien, pivot)) or (nomme is not None and _is_named(pivot, nomme))


def write_nom(prenoms: str, nom: str) -> str:
    """An agent's name as ProConnect gives it, as kept once sealed."""
    return json.dumps([prenoms, nom], ensure_ascii=False)


def _read_own(agent: Agent) -> EtatCivil | None:
    neph = agent.unseal_column("neph")
    dossier = find_by_neph(neph) if neph else None
    return _open(dossier) if dossier else None


def _open(dossier: Dossier) -> EtatCivil:
    return read_etat_civil(dossier.unseal_column("etat_civil") or "")


def _looks_like(un: EtatCivil, autre: EtatCivil) -> bool:
    """Two of three in common: a name (of birth or in use), the first of the first names, the birth date."""
    communs = (
        bool(_noms(un) & _noms(autre)),
        _prenom(un) == _prenom(autre) != "",
        un.naissance == autre.naissance,
    )
    return sum(communs) >= COMMUNS


def _is_named(pivot: EtatCivil, nomme: str) -> bool:
    """Family name and first name are those of ProConnect, which may give several of each."""
    prenoms, nom = (normalise_nom(texte) for texte in json.loads(nomme))
    noms, prenom = _noms(pivot), _prenom(pivot)
    meme_nom = not noms or any(f" {sien} " in f" {nom} " for sien in noms)
    return meme_nom and (not prenom or f"{prenoms} ".startswith(f"{prenom} "))


def _noms(etat_civil: EtatCivil) -> set[str]:
    return {normalise_nom(nom) for nom in (etat_civil.nom_naissance, etat_civil.nom_usage)} - {""}


def _prenom(etat_civil: EtatCivil) -> str:
    return normalise_nom(etat_civil.prenoms[0]) if etat_civil.prenoms else ""
