"""The words for what agents choose among."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Libelles
from permis.identites.habilitations import PropreDossier
from permis.identites.models import Cause, Etat, Lieu, NatureDecision, Piece
from permis.identites.roles import Role

ROLES: Final[Libelles] = {
    Role.ACCUEIL: _("Accueil\u00a0: lire un dossier, répondre aux questions"),
    Role.INSTRUCTION: _("Instruction\u00a0: lire un dossier, rapprocher une identité, émettre un code"),
    Role.ADMINISTRATION: _("Administration\u00a0: habiliter les agents"),
}
ROLES_COURTS: Final[Libelles] = {
    Role.ACCUEIL: _("accueil"),
    Role.INSTRUCTION: _("instruction"),
    Role.ADMINISTRATION: _("administration"),
}
PIECES: Final[Libelles] = {
    Piece.CARTE_IDENTITE: _("Carte nationale d’identité"),
    Piece.PASSEPORT: _("Passeport"),
    Piece.TITRE_SEJOUR: _("Titre de séjour"),
}
LIEUX: Final[Libelles] = {
    Lieu.GUICHET: _("Au guichet du service"),
    Lieu.FRANCE_SERVICES: _("Dans un espace France services"),
    Lieu.CONSULAT: _("Au consulat"),
}
PERMIS: Final[Libelles] = {
    PropreDossier.NEPH: _("déclaré"),
    PropreDossier.SANS_PERMIS: _("sans permis"),
    PropreDossier.A_DECLARER: _("à déclarer"),
}
CAUSES: Final[Libelles] = {
    Cause.AUCUN: _("Aucun dossier ne correspond à cette identité."),
    Cause.PLUSIEURS: _("Plusieurs dossiers correspondent à cette identité."),
    Cause.SOUPLE: _("Un dossier ressemble à cette identité\u00a0; la personne n’a pas donné le bon NEPH."),
    Cause.SUB_CHANGE: _("Le dossier est déjà relié à une autre identité FranceConnect."),
    Cause.ECARTE: _("Un dossier qu’un agent avait écarté correspond maintenant à cette identité."),
    Cause.AGENT_CHANGE: _("L’identité ProConnect de l’agent est nouvelle."),
}
ETATS: Final[Libelles] = {
    Etat.NEPH_DEMANDE: _("Le NEPH est demandé à la personne."),
    Etat.OUVERT: _("Attend un agent."),
    Etat.A_CONFIRMER: _("Un dossier est proposé\u00a0; un autre agent doit le confirmer."),
    Etat.RATTACHE: _("Reliée à un dossier."),
    Etat.REFUSE: _("Reliée à aucun dossier."),
}
NATURES: Final[Libelles] = {
    NatureDecision.PROPOSER: _("Proposer ce dossier"),
    NatureDecision.RATTACHER: _("Relier à ce dossier"),
    NatureDecision.REFUSER: _("Aucun de ces dossiers n’est le sien"),
    NatureDecision.DEMANDER_NEPH: _("Demander le NEPH à la personne"),
}
