"""The words shown for the values of the law's enumerations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from django.utils.translation import gettext_lazy as _

from permis.droit.mouvements import Mouvement

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Texte: TypeAlias = "str | _StrPromise"
Libelles: TypeAlias = "dict[str, Texte]"

FILIERES: Final[Libelles] = {
    "traditionnelle": _("Formation classique en auto-école, ou candidat libre"),
    "aac": _("Conduite accompagnée (apprentissage anticipé, AAC)"),
    "supervisee": _("Conduite supervisée"),
    "encadree": _("Conduite encadrée"),
    "echange": _("Échange d’un permis étranger"),
    "conversion": _("Conversion d’un brevet militaire ou d’un titre professionnel"),
    "etranger": _("Permis étranger, non échangé"),
}
CLASSES: Final[Libelles] = {
    "contravention_1": _("contravention de 1re classe"),
    "contravention_2": _("contravention de 2e classe"),
    "contravention_3": _("contravention de 3e classe"),
    "contravention_4": _("contravention de 4e classe"),
    "contravention_5": _("contravention de 5e classe"),
    "delit": _("délit"),
}
MODES: Final[Libelles] = {
    "paiement": _("Amende forfaitaire payée"),
    "titre_executoire": _("Amende forfaitaire majorée\u00a0: titre exécutoire émis"),
    "composition_penale": _("Composition pénale exécutée"),
    "condamnation_definitive": _("Condamnation devenue définitive"),
}
CAS_DE_STAGE: Final[dict[int, Texte]] = {
    1: _("Volontaire"),
    2: _("Obligatoire après une lettre 48N (permis probatoire)"),
    3: _("Alternative aux poursuites ou composition pénale (ne rend pas de points)"),
    4: _("Peine complémentaire ou obligation du sursis (ne rend pas de points)"),
}
REFERENCES: Final[Libelles] = {
    "48": _("48\u00a0: retrait de points"),
    "48M": _("48M\u00a0: alerte, six points ou moins"),
    "48N": _("48N\u00a0: stage obligatoire en période probatoire"),
    "48SI": _("48SI\u00a0: solde nul, permis invalidé"),
    "46": _("46\u00a0: reconstitution du capital"),
    "46B": _("46B\u00a0: points rendus après dix ans"),
    "46D": _("46D\u00a0: point rendu après six mois"),
    "47": _("47\u00a0: points d’un stage"),
}
MODES_DE_NOTIFICATION: Final[Libelles] = {
    "simple": _("Lettre simple"),
    "recommande": _("Lettre recommandée"),
    "electronique": _("Compte électronique"),
}
RETOURS: Final[Libelles] = {
    "AR": _("Signée à la remise (AR)"),
    "AP": _("Avisée, non réclamée (AP)"),
    "NPAI": _("N’habite pas à l’adresse indiquée (NPAI)"),
}
NATURES: Final[Libelles] = {
    "retention": _("Rétention du permis"),
    "suspension": _("Suspension"),
    "restriction": _("Restriction du droit de conduire"),
    "annulation_judiciaire": _("Annulation par un juge"),
    "interdiction": _("Interdiction de conduire"),
}
AUTORITES: Final[Libelles] = {
    "juge_penal": _("Juge pénal"),
    "juge_administratif": _("Juge administratif"),
    "ministere_public": _("Ministère public"),
    "administration": _("Administration"),
}
MOTIFS: Final[Libelles] = {
    "capital_initial": _("Délivrance du permis"),
    "majoration": _("Gain annuel de la période probatoire"),
    "fin_probatoire": _("Fin de la période probatoire"),
    "retrait": _("Retrait de points"),
    "reattribution_six_mois": _("Point rendu après six mois"),
    "reattribution_dix_ans": _("Points rendus après dix ans"),
    "reconstitution_integrale": _("Reconstitution intégrale"),
    "stage": _("Stage de sensibilisation"),
    "invalidation": _("Invalidation du permis"),
    "annulation_permis": _("Annulation du permis"),
    "nouveau_permis": _("Nouveau permis"),
}
MOTIFS_PARTICULIERS: Final[Libelles] = {"majoration_1992": _("Passage du maximum à 12 points")}
"""The movements, by their key, that the words of their reason do not fit."""
VALIDITES: Final[Libelles] = {
    "sans_permis": _("Pas encore de permis"),
    "valide": _("Permis valide"),
    "nul_non_notifie": _("Solde nul, pas encore notifié"),
    "invalide": _("Permis invalidé"),
    "annule": _("Permis annulé"),
    "interdit": _("Interdiction de conduire en France"),
}
OBLIGATIONS: Final[Libelles] = {
    "stage_obligatoire": _("Faire un stage"),
    "remise_titre": _("Remettre le permis au préfet"),
    "nouveau_permis": _("Demander un nouveau permis"),
    "echange_obligatoire": _("Échanger le permis étranger"),
}
DOCUMENTS: Final[Libelles] = {
    "rii": _("Relevé d’information intégral"),
    "rir": _("Relevé d’information restreint"),
    "adc": _("Attestation de droits à conduire"),
}
CERTITUDES: Final[Libelles] = {
    "texte": _("texte de loi"),
    "lecture_officielle": _("lecture officielle"),
    "commentaire": _("commentaire"),
    "memoire": _("de mémoire"),
    "choix": _("question ouverte, choix expliqué"),
}


def name_movement(mouvement: Mouvement) -> Texte:
    """What a movement is called."""
    return MOTIFS_PARTICULIERS.get(mouvement.cle) or MOTIFS[mouvement.motif]
