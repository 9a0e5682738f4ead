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
    "systeme": _("Traitement automatique"),
    "porteur": _("Quelqu’un qui tient un de vos documents"),
    "tiers": _("Quelqu’un à qui vous avez donné un code de partage"),
}
SERVICES: Final[Libelles] = {
    "franceconnect": _("avec FranceConnect"),
    "neph_code": _("avec votre numéro NEPH et votre code"),
    "alertes": _("alertes que vous avez choisies"),
    "courriers": _("envoi des courriers"),
    "verification": _("par la page publique"),
    "partage": _("par la page publique"),
    "partage_api": _("par un logiciel"),
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
    "voir_ses_courriers": _("Page « Mes courriers »"),
    "lire_un_courrier": _("Un courrier"),
    "voir_ses_documents": _("Page « Mes documents »"),
    "demander_un_document": _("Dossier, pour établir un document"),
    "lire_un_document": _("Un document"),
    "verifier_un_document": _("Vérification d’un de vos documents"),
    "ecrire_un_courrier": _("Dossier, pour vous écrire un courrier"),
    "verifier_un_partage": _("Droits à conduire, par un code de partage"),
    "consulter_un_dossier": _("Dossier complet"),
    "voir_les_courriers_d_un_dossier": _("Courriers du dossier"),
    "remettre_un_recepisse": _("Dossier, pour remettre un récépissé"),
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
