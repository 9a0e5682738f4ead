"""Who may do what, on which object, by which text: one table. A view names its row, and the row is enforced there.

`pour` names ways in (drivers) and roles (agents); an empty set is everyone. `objet` says what the address designates,
and which rule decides whether it may be this one. Nobody holds a right that is not written here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import wraps
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from permis.identites.acteur import Acteur, Nature, Requete
from permis.identites.roles import Moyen, Role

ATTRIBUT: Final = "permission"


class Objet(StrEnum):
    """What a route acts on. The value is the parameter of the address that designates it; none for one's own file."""

    AUCUN = ""
    SON_DOSSIER = "-"
    DOSSIER_D_AUTRUI = "dossier_id"
    SA_SESSION = "session_id"
    QUESTION = "une_question_id"
    RAPPROCHEMENT = "rapprochement_id"
    AGENT = "agent_id"
    RAPPROCHEMENT_D_AGENT = "rapprochement_agent_id"
    COURRIER = "courrier_id"
    DOCUMENT = "document_id"
    PARTAGE = "partage_id"

    @property
    def parametre(self) -> str | None:
        return self.value if self.value not in {"", "-"} else None


@dataclass(frozen=True, slots=True)
class Permission:
    """One row."""

    nom: str
    pour: frozenset[Moyen | Role]
    objet: Objet
    fondement: str


FC, CODE, PC = Moyen.FRANCECONNECT, Moyen.NEPH_CODE, Moyen.PROCONNECT
ACCUEIL, INSTRUCTION, ADMINISTRATION = Role.ACCUEIL, Role.INSTRUCTION, Role.ADMINISTRATION

# name                             for                     on                      by which text
_TABLE: Final[tuple[tuple[str, set[Moyen | Role], Objet, str], ...]] = (
    ("ouvert_a_tous",             set(),                  Objet.AUCUN,            ""),
    # Whoever is signed in, on his own sessions.
    ("gerer_ses_sessions",        {FC, CODE, PC},         Objet.AUCUN,            "RGPD, art. 32"),
    ("fermer_sa_session",         {FC, CODE, PC},         Objet.SA_SESSION,       "RGPD, art. 32"),
    # The driver, on his own file. NEPH and code: balance and history; the full statement asks for FranceConnect.
    ("suivre_son_rapprochement",  {FC},                   Objet.AUCUN,            "C. route, art. L. 225-3"),
    ("voir_son_solde",            {FC, CODE},             Objet.SON_DOSSIER,      "C. route, art. L. 225-3"),
    ("voir_son_historique",       {FC, CODE},             Objet.SON_DOSSIER,      "C. route, art. L. 225-3"),
    ("voir_ce_qui_vient",         {FC, CODE},             Objet.SON_DOSSIER,      "C. route, art. L. 225-3"),
    ("simuler_sur_son_dossier",   {FC, CODE},             Objet.SON_DOSSIER,      "C. route, art. L. 225-3"),
    ("voir_son_releve_integral",  {FC},                   Objet.SON_DOSSIER,      "C. route, art. L. 225-3, R. 225-6"),
    ("emporter_son_dossier",      {FC},                   Objet.SON_DOSSIER,      "RGPD, art. 20"),
    ("voir_ses_consultations",    {FC},                   Objet.SON_DOSSIER,      "RGPD, art. 15"),
    ("modifier_ses_coordonnees",  {FC},                   Objet.SON_DOSSIER,      "RGPD, art. 16"),
    ("poser_une_question",        {FC},                   Objet.SON_DOSSIER,      "CRPA, art. L. 112-8"),
    # His letters, his statements, his shares. Whether a statement may be had by code is the matter of `courriers`.
    ("voir_ses_courriers",        {FC, CODE},             Objet.SON_DOSSIER,      "C. route, art. L. 225-3"),
    ("lire_un_courrier",          {FC, CODE},             Objet.COURRIER,         "C. route, art. L. 225-3"),
    ("choisir_la_voie_electronique", {FC},                Objet.SON_DOSSIER,      "C. route, art. R. 223-3-1"),
    ("voir_ses_documents",        {FC, CODE},             Objet.SON_DOSSIER,      "C. route, art. L. 225-3"),
    ("demander_un_document",      {FC, CODE},             Objet.SON_DOSSIER,      "C. route, art. L. 225-3, L. 225-5"),
    ("lire_un_document",          {FC, CODE},             Objet.DOCUMENT,         "C. route, art. L. 225-3, L. 225-5"),
    ("revoquer_un_document",      {FC, CODE},             Objet.DOCUMENT,         "C. route, art. L. 225-3"),
    ("gerer_ses_partages",        {FC},                   Objet.SON_DOSSIER,      "RGPD, art. 6 et 7"),
    ("gerer_un_partage",          {FC},                   Objet.PARTAGE,          "RGPD, art. 6 et 7"),
    # Agents, on any file but their own.
    ("ouvrir_l_espace_agent",     {*Role},                Objet.AUCUN,            "C. route, art. L. 225-4, R. 225-4"),
    ("rechercher_un_dossier",     {ACCUEIL, INSTRUCTION}, Objet.AUCUN,            "C. route, art. L. 225-4, R. 225-4"),
    ("consulter_un_dossier",      {ACCUEIL, INSTRUCTION}, Objet.DOSSIER_D_AUTRUI, "C. route, art. L. 225-4, R. 225-4"),
    ("emettre_un_code",           {INSTRUCTION},          Objet.DOSSIER_D_AUTRUI, "C. route, art. L. 225-3, R. 225-6"),
    ("lister_les_rapprochements", {INSTRUCTION},          Objet.AUCUN,            "C. route, art. L. 225-4, R. 225-4"),
    ("traiter_un_rapprochement",  {INSTRUCTION},          Objet.RAPPROCHEMENT,    "C. route, art. L. 225-4, R. 225-4"),
    ("lister_les_questions",      {ACCUEIL},              Objet.AUCUN,            "CRPA, art. L. 112-8"),
    ("repondre_a_une_question",   {ACCUEIL},              Objet.QUESTION,         "CRPA, art. L. 112-8"),
    ("voir_les_courriers_d_un_dossier", {ACCUEIL, INSTRUCTION}, Objet.DOSSIER_D_AUTRUI,
     "C. route, art. L. 225-4, R. 225-4"),
    ("remettre_un_recepisse",     {INSTRUCTION},          Objet.DOSSIER_D_AUTRUI, "C. route, art. L. 223-5, R. 223-3"),
    ("surveiller_les_courriers",  {INSTRUCTION},          Objet.AUCUN,            "C. route, art. L. 225-4, R. 223-3"),
    # Administrators, on the rights of other agents.
    ("lister_les_agents",         {ADMINISTRATION},       Objet.AUCUN,            "C. route, art. R. 225-4"),
    ("habiliter_un_agent",        {ADMINISTRATION},       Objet.AUCUN,            "C. route, art. R. 225-4"),
    ("relier_un_agent",           {ADMINISTRATION},       Objet.RAPPROCHEMENT_D_AGENT, "C. route, art. R. 225-4"),
    ("gerer_un_agent",            {ADMINISTRATION},       Objet.AGENT,            "C. route, art. R. 225-4"),
)  # fmt: skip

TABLE: Final = {nom: Permission(nom, frozenset(pour), objet, fondement) for nom, pour, objet, fondement in _TABLE}
PERMISSIONS: Final = frozenset(TABLE)


class Verdict(Enum):
    """May this person act on this object?"""

    OUI = "oui"
    INCONNU = "inconnu"  # it is not his, or does not exist: the answer does not tell which
    LE_SIEN = "le_sien"  # an agent, and his own file


Regle = Callable[[Acteur, UUID], Verdict]
_REGLES: Final[dict[Objet, Regle]] = {}
R = TypeVar("R", bound=Regle)
Vue = TypeVar("Vue", bound=Callable[..., Any])


def rule_of(objet: Objet) -> Callable[[R], R]:
    """Name the function that decides for an object; the room that owns its rows writes it."""

    def inscrire(regle: R) -> R:
        _REGLES[objet] = regle
        return regle

    return inscrire


def has_rule(objet: Objet) -> bool:
    return objet.parametre is None or objet in _REGLES


def allows(acteur: Acteur, permission: Permission) -> bool:
    """Whether the way in, or one of the roles, is in the row. A role counts only on a session of ProConnect."""
    if not permission.pour:
        return True
    detenus: set[Moyen | Role] = {acteur.moyen} if acteur.moyen else set()
    if acteur.moyen is Moyen.PROCONNECT:
        detenus |= acteur.roles
    return bool(detenus & permission.pour)


def judge(acteur: Acteur, objet: Objet, identifiant: UUID) -> Verdict:
    """The rule of that object; without a rule, no."""
    regle = _REGLES.get(objet)
    return regle(acteur, identifiant) if regle else Verdict.INCONNU


def permission(nom: str) -> Callable[[Vue], Vue]:
    """Name the row of a view, and enforce it: `@permission("voir_son_solde")`, above every other decorator."""
    ligne = TABLE[nom]

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def gardee(request: Requete, *args: Any, **kwargs: Any) -> HttpResponse:
            refus = _refuse(request, ligne, kwargs)
            return cast("HttpResponse", vue(request, *args, **kwargs)) if refus is None else refus

        setattr(gardee, ATTRIBUT, nom)
        return gardee  # type: ignore[return-value]

    return decorer


def _refuse(request: Requete, ligne: Permission, kwargs: dict[str, Any]) -> HttpResponse | None:
    acteur = request.acteur
    if not allows(acteur, ligne):
        return _refuse_person(request, ligne)
    if ligne.objet is Objet.SON_DOSSIER and acteur.dossier is None:
        return HttpResponseRedirect(reverse("identites:demande"))
    if ligne.objet.parametre:
        match judge(acteur, ligne.objet, kwargs[ligne.objet.parametre]):
            case Verdict.INCONNU:
                raise Http404
            case Verdict.LE_SIEN:
                return render(request, "identites/le_sien.html", status=403)
    return None


def _refuse_person(request: Requete, ligne: Permission) -> HttpResponse:
    """Nobody known: sign in. A driver by the code where FranceConnect is asked: say so. Anyone else: no."""
    if not request.acteur.connu:
        suite = f"?{urlencode({'suite': request.path})}" if request.method == "GET" else ""
        return HttpResponseRedirect(reverse("identites:connexion") + suite)
    if request.acteur.genre is Nature.USAGER and Moyen.FRANCECONNECT in ligne.pour:
        return render(request, "identites/franceconnect_demande.html", {"suite": request.path}, status=403)
    raise PermissionDenied


def ouvert_a_tous(vue: Vue) -> Vue:
    """Name the view open to everyone, without an account."""
    setattr(vue, ATTRIBUT, "ouvert_a_tous")
    return vue
