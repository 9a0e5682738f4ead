"""Letters in the words of an agent: the proofs of each, the receipt of a licence handed in, what is stuck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.courriers.attendus import identify
from permis.courriers.boite import CourrierLu, list_all
from permis.courriers.models import SourceAdresse, Statut, Voie
from permis.courriers.veille import RAISONS, Bloque
from permis.droit.releve import Releve
from permis.identites.acteur import Acteur
from permis.identites.objets import own_files

RECEPISSE: Final = "44"
ETAPES: Final[Mapping[str, Texte]] = {
    Statut.ECRIT: _("Écrit"),
    Statut.REMIS: _("Remis à l’imprimeur"),
    Statut.POSTE: _("Posté"),
    Statut.PRESENTE: _("Présenté"),
    Statut.DISTRIBUE: _("Remis contre signature (AR)"),
    Statut.NON_RECLAME: _("Non réclamé (AP)"),
    Statut.INCONNU: _("Inconnu à l’adresse (NPAI)"),
    Statut.DISPONIBLE: _("Mis à disposition en ligne"),
    Statut.LU: _("Ouvert par le titulaire"),
    Statut.REPUTE_CONNU: _("Réputé connu"),
    Statut.ABANDONNE: _("Abandonné avant son départ"),
}
VOIES: Final[Mapping[str, Texte]] = {
    Voie.SIMPLE: _("Lettre simple"),
    Voie.RECOMMANDE: _("Lettre recommandée"),
    Voie.ELECTRONIQUE: _("Courrier électronique"),
    Voie.MAIN_PROPRE: _("Main propre"),
}
SOURCES: Final[Mapping[str, Texte]] = {
    SourceAdresse.CONTROLE: _("donnée lors du contrôle"),
    SourceAdresse.CERTIFICAT: _("certificat d’immatriculation"),
    SourceAdresse.TITULAIRE: _("donnée par le titulaire"),
    SourceAdresse.TITRE: _("donnée pour le titre"),
}


class Etape(NamedTuple):
    """A step in words."""

    le: date
    texte: Texte
    note_at: datetime
    reference: str


class LigneCourrier(NamedTuple):
    """A letter, what it says, its way, its address, its steps."""

    lu: CourrierLu
    textes: Mapping[str, Any]
    voie: Texte
    source: Texte
    etapes: Sequence[Etape]


class LigneBloquee(NamedTuple):
    """Something stuck, in words."""

    bloque: Bloque
    raison: Texte
    voie: Texte


def list_lignes(lus: Iterable[CourrierLu], langue: str) -> list[LigneCourrier]:
    """The letters of a file."""
    return [_line(lu, langue) for lu in lus]


def _line(lu: CourrierLu, langue: str) -> LigneCourrier:
    etapes = [Etape(e.le, ETAPES[e.statut], e.note_at, e.reference) for e in lu.etapes]
    source = SOURCES[lu.adresse.source] if lu.adresse else ""
    return LigneCourrier(lu, lu.textes(langue), VOIES[lu.ligne.voie], source, etapes)


def find_recepisse(dossier: UUID, releve: Releve) -> CourrierLu | None:
    """The receipt that stands of the licence last handed in, or None: an earlier one is the receipt of another licence
    (C. route, art. L. 223-5 I). Where none is owed, the latest that stands.
    """
    siens = (lu for lu in list_all(dossier, releve.le) if lu.ligne.reference == RECEPISSE)
    vivants = (lu for lu in siens if lu.reprise_le is None and lu.efface_le is None)
    due = identify(releve.recepisses[-1]) if releve.recepisses else None
    bons = (lu for lu in vivants if due is None or identify(lu.ligne.du) == due)
    return next((lu for lu in bons if lu.statut is not Statut.ABANDONNE), None)


def list_for(acteur: Acteur, bloques: Iterable[Bloque]) -> list[Bloque]:
    """What an agent may see of what is stuck: all but his own file; whoever has not said which it is, no file."""
    bloques, compte = list(bloques), acteur.compte
    vus = {un.dossier for un in bloques if un.dossier}
    siens = vus if compte is None else own_files(compte, vus)
    return [un for un in bloques if un.dossier is None or un.dossier not in siens]


def list_bloques(bloques: Iterable[Bloque]) -> list[LigneBloquee]:
    """What is stuck."""
    return [LigneBloquee(un, str(RAISONS[un.raison]), VOIES.get(un.voie, "")) for un in bloques]
