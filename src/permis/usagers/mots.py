"""The words shown for roles, acts and sources of the register; what has no words is shown as it is written."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Libelles, Texte

ROLES: Final[Libelles] = {
    "titulaire": _("Vous"),
    "accueil": _("Agent d’accueil"),
    "instruction": _("Agent instructeur"),
    "administration": _("Administrateur"),
    "traitement": _("Traitement automatique"),
}
SERVICES: Final[Libelles] = {
    "franceconnect": _("avec FranceConnect"),
    "neph_code": _("avec votre numéro NEPH et votre code"),
    "alertes": _("alertes que vous avez choisies"),
}
ACTES: Final[Libelles] = {
    "voir_son_solde": _("Page « Mon permis »"),
    "voir_son_historique": _("Historique"),
    "voir_ce_qui_vient": _("Page « À venir »"),
    "simuler_sur_son_dossier": _("Simulation « Et si… »"),
    "voir_son_releve_integral": _("Relevé intégral"),
    "emporter_son_dossier": _("Téléchargement du dossier"),
    "modifier_ses_coordonnees": _("Coordonnées"),
    "prevenir_le_titulaire": _("Coordonnées, pour vous prévenir"),
    "consulter_un_dossier": _("Dossier complet"),
    "emettre_un_code": _("Identité, pour émettre un code confidentiel"),
    "repondre_a_une_question": _("Dossier, pour répondre à votre question"),
    "traiter_un_rapprochement": _("Identité, pour un rapprochement"),
}
SOURCES: Final[Libelles] = {
    "reprise": _("Ancien fichier, repris"),
    "france-titres": _("France Titres (délivrance)"),
    "ecole-de-conduite": _("École de conduite"),
    "antai": _("ANTAI (amendes)"),
    "snpc": _("Fichier national (décisions)"),
    "prefecture": _("Préfecture"),
    "la-poste": _("La Poste (lettres)"),
    "tribunal": _("Tribunal"),
}
SEXES: Final[Libelles] = {"female": _("féminin"), "male": _("masculin"), "unspecified": _("non précisé")}


def say_role(role: str) -> Texte:
    """A role, or several joined by « + »."""
    return ", ".join(str(ROLES.get(un, un)) for un in role.split("+"))


def say_acte(acte: str) -> Texte:
    """What was read."""
    return ACTES.get(acte, acte.replace("_", " "))


def say_service(service: str) -> Texte:
    """By which service."""
    return SERVICES.get(service, service)


def say_source(source: str) -> Texte:
    """Where facts come from."""
    return SOURCES.get(source, source)
