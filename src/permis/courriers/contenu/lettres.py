"""A letter owed becomes a content: the sentences of the page, the dates and points of the statement, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from permis.courriers.contenu.formes import VERSION, Contenu, Destinataire, Donnees, Textes
from permis.courriers.contenu.recepisse import find_remise
from permis.courriers.contenu.redaction import REFUS_48S, compose_notification, compose_recepisse, compose_reprise
from permis.courriers.contenu.reprise import find_reprise
from permis.courriers.contenu.sujet import Envoi, RienADireError, find_sujet
from permis.courriers.models import CourrierDu, NatureCourrier
from permis.registre.lecture import DossierLu


def compose(  # noqa: PLR0913  what a letter is: whose, which, and the sheet it is on
    lu: DossierLu,
    du: CourrierDu,
    nature: str,
    *,
    numero: str,
    le: date,
    voie: str,
    vise: Mapping[str, Any] | None = None,
) -> Contenu:
    """The content of a letter, with what is known on `le`; RienADireError when the law does not owe it (any more).

    `nature` and `voie` are values of `NatureCourrier` and `Voie`; `vise` tells the number and the day (`numero`,
    `ecrit_le`) of the letter that a reprise takes back, or that a renvoi sends again. 48S is history: it is never written.
    """
    donnees, textes = _compose(lu, du, Envoi(str(nature), le, str(voie), vise))
    return Contenu(
        version=VERSION,
        reference=du.reference,
        nature=str(nature),
        numero=numero,
        ecrit_le=le.isoformat(),
        voie=str(voie),
        destinataire=write_destinataire(lu),
        donnees=donnees,
        textes=textes,
    )


def _compose(lu: DossierLu, du: CourrierDu, envoi: Envoi) -> tuple[Donnees, dict[str, Textes]]:
    if du.reference == "48S":
        raise RienADireError(REFUS_48S)
    if envoi.nature == NatureCourrier.REPRISE:
        return compose_reprise(find_reprise(lu, du, envoi))
    if du.reference == "44":
        return compose_recepisse(find_remise(lu, du, envoi))
    return compose_notification(find_sujet(lu, du, envoi))


def write_destinataire(lu: DossierLu) -> Destinataire:
    """Who is written to, by the name in use; whoever has no first name, or no birth name, has none here."""
    civil = lu.etat_civil
    nom, prenoms = civil.nom_usage or civil.nom_naissance, " ".join(civil.prenoms)
    return Destinataire(
        nom=nom,
        prenoms=prenoms,
        naissance=civil.naissance,
        neph=lu.neph,
        nom_complet=" ".join(partie for partie in (prenoms, nom) if partie),
    )
