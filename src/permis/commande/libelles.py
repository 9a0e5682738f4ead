"""The words that the terminal shows for the values of the law."""

from __future__ import annotations

from datetime import date

from permis.droit.mouvements import Motif, Mouvement, TypeObligation, Validite
from permis.droit.rule import Certitude

MOTIFS = {
    Motif.CAPITAL_INITIAL: "Capital initial",
    Motif.MAJORATION: "Majoration annuelle",
    Motif.FIN_PROBATOIRE: "Fin de la période probatoire",
    Motif.RETRAIT: "Retrait de points",
    Motif.REATTRIBUTION_SIX_MOIS: "Retour du point à six mois",
    Motif.REATTRIBUTION_DIX_ANS: "Retour de points à dix ans",
    Motif.RECONSTITUTION_INTEGRALE: "Reconstitution intégrale",
    Motif.STAGE: "Stage de sensibilisation",
    Motif.INVALIDATION: "Invalidation",
    Motif.ANNULATION_PERMIS: "Annulation du permis",
    Motif.NOUVEAU_PERMIS: "Nouveau permis",
}
MOTIFS_PARTICULIERS = {"majoration_1992": "Passage du maximum à 12 points"}
"""The movements, by their key, that the words of their reason do not fit."""
VALIDITES = {
    Validite.SANS_PERMIS: ("sans permis", "Aucun permis n'est encore délivré ce jour-là."),
    Validite.VALIDE: ("permis valide", ""),
    Validite.NUL_NON_NOTIFIE: (
        "solde nul, non notifié",
        "Le solde est nul, mais le conducteur ne connaît pas encore la lettre 48SI : le permis n'est pas perdu.",
    ),
    Validite.INVALIDE: ("permis invalide", "Le permis a perdu sa validité : il n'autorise plus à conduire."),
    Validite.ANNULE: ("permis annulé", "Le permis est annulé par le juge : il n'autorise plus à conduire."),
    Validite.INTERDIT: ("conduite interdite", "Le titulaire du permis étranger ne peut plus conduire en France."),
}
OBLIGATIONS = {
    TypeObligation.STAGE_OBLIGATOIRE: "Stage obligatoire",
    TypeObligation.REMISE_TITRE: "Remise du titre",
    TypeObligation.NOUVEAU_PERMIS: "Nouveau permis",
    TypeObligation.ECHANGE_OBLIGATOIRE: "Échange obligatoire",
}
CERTITUDES = {
    Certitude.TEXTE: "",
    Certitude.LECTURE_OFFICIELLE: "d'après une lecture officielle",
    Certitude.COMMENTAIRE: "d'après un commentaire",
    Certitude.MEMOIRE: "source à vérifier",
    Certitude.CHOIX: "question ouverte, choix expliqué",
}
MODES = {"simple": "lettre simple", "recommande": "recommandée", "electronique": "électronique"}
MESURES = {"suspension": "Suspension", "restriction": "Restriction du droit de conduire"}
OPTIONS = {
    "effet_retrait": "jour d'effet d'un retrait",
    "credit_indu": "sort d'un crédit devenu indu",
    "borne": "infraction commise le dernier jour d'un délai",
    "redemarrage_realite_posterieure": "infraction antérieure établie pendant un délai",
}
MOIS_ABREGES = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


def name_movement(mouvement: Mouvement) -> str:
    """What a movement is called."""
    return MOTIFS_PARTICULIERS.get(mouvement.cle) or MOTIFS[mouvement.motif]


def format_court(jour: date) -> str:
    """A date that holds in a column: « 1er sept. 2026 »."""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS_ABREGES[jour.month - 1]} {jour.year}"
