"""The holder's choice of electronic letters, opened and closed at will (C. route, art. R. 223-3-1).

He accepts a version of the conditions; its text is kept here for ever, so that what was accepted can be shown.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from permis.courriers.adresses import contacts_of
from permis.courriers.etapes import abandon
from permis.courriers.models import Consentement, Courrier, CourrierDu, Voie
from permis.registre.temps import jour_legal
from permis.registre.verrou import lock_dossier

CONDITIONS: Final = {
    "2026-11": (
        _(
            "Les courriers qui vous informent d’un retrait de points (lettre 48) ou d’un retour de points (lettres "
            "46, 46B et 46D) sont déposés dans votre espace, et ne vous sont plus envoyés par la poste."
        ),
        _(
            "Les lettres 48N et 48SI, et toutes celles que la loi veut en recommandé, vous parviennent toujours par "
            "la poste."
        ),
        _(
            "À chaque dépôt, un courriel vous prévient. Il ne contient rien de votre dossier. Tenez votre adresse à "
            "jour : un courriel qui n’arrive pas ne change rien aux délais."
        ),
        _(
            "Un courrier est connu de vous le jour où vous l’ouvrez pour la première fois ; sinon, au terme de quinze "
            "jours à compter de son dépôt. Les délais, dont celui de deux mois pour le contester, courent de ce jour."
        ),
        _("Le jour du dépôt et celui de la première lecture sont enregistrés, et vous les voyez."),
        _("Vous pouvez revenir au courrier postal à tout moment ; ce qui est déjà déposé le reste."),
    ),
}
"""What is accepted, by version, in paragraphs (the article wants e-mail, conditions and how time-limits count)."""
CONDITIONS_COURANTES: Final = "2026-11"


class CourrielManquantError(ValueError):
    """The file has no e-mail address: nobody could be warned."""


class ConditionsPerimeesError(ValueError):
    """What was accepted is not the version in force: it must be shown, then accepted, again."""


def current_consentement(dossier_id: UUID) -> Consentement | None:
    """The choice that holds now, if any."""
    return Consentement.objects.filter(dossier=dossier_id, ferme_at=None).first()


@transaction.atomic
def open_consentement(dossier_id: UUID, conditions: str, *, at: datetime) -> Consentement:
    """Choose electronic letters; already chosen, the choice is returned. CourrielManquantError,
    ConditionsPerimeesError, DossierInconnuError.
    """
    dossier = lock_dossier(dossier_id)
    if conditions != CONDITIONS_COURANTES:
        raise ConditionsPerimeesError(f"the conditions in force are those of {CONDITIONS_COURANTES}")
    if not contacts_of(dossier).courriel:
        raise CourrielManquantError("an e-mail address is needed to be warned of each letter")
    ouvert = current_consentement(dossier_id)
    return ouvert or Consentement.objects.create(dossier=dossier, conditions=conditions, accepte_at=at)


@transaction.atomic
def close_consentement(dossier_id: UUID, *, at: datetime) -> Consentement | None:
    """Go back to the post: what was made available stays so, what was not yet is written again for the post.

    None if nothing was chosen.
    """
    lock_dossier(dossier_id)
    ouvert = current_consentement(dossier_id)
    if ouvert is not None:
        ouvert.ferme_at = at
        ouvert.save(update_fields=["ferme_at"])
        _abandon_waiting(dossier_id, at)
    return ouvert


def _abandon_waiting(dossier_id: UUID, at: datetime) -> None:
    for courrier in Courrier.objects.filter(dossier=dossier_id, voie=Voie.ELECTRONIQUE):
        if abandon(courrier, jour_legal(at), at=at):
            CourrierDu.objects.filter(pk=courrier.du_id).update(a_ecrire=True)
