"""A letter in the words of the page: its state, its proofs one by one, what its holder must do, and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.courriers.boite import CourrierLu
from permis.courriers.models import NatureCourrier, SourceAdresse, Statut, Voie
from permis.droit.mouvements import Obligation, TypeObligation
from permis.droit.releve import Releve


class LigneCourrier(NamedTuple):
    """A letter in the list; shut, its title says nothing of what it is about."""

    lu: CourrierLu
    titre: Texte
    etat: Texte
    couleur: str


class Preuve(NamedTuple):
    """A step: the day that the law counts, what happened, since when it is known here."""

    le: date
    texte: Texte
    note_at: datetime
    reference: str


class Devoir(NamedTuple):
    """A duty or a right with its time-limit that goes with a letter."""

    obligation: Obligation
    jours: int | None


ETAPES: Final[Mapping[Statut, Texte]] = {
    Statut.ECRIT: _("Écrit"),
    Statut.REMIS: _("Remis à l’imprimeur"),
    Statut.POSTE: _("Posté"),
    Statut.PRESENTE: _("Présenté à votre adresse par la poste"),
    Statut.DISTRIBUE: _("Remis contre signature (AR)"),
    Statut.NON_RECLAME: _("Présenté, puis non réclamé (AP)"),
    Statut.INCONNU: _("Revenu\u00a0: inconnu à cette adresse (NPAI)"),
    Statut.DISPONIBLE: _("Déposé dans votre espace"),
    Statut.LU: _("Ouvert par vous"),
    Statut.REPUTE_CONNU: _("Réputé connu, quinze jours après son dépôt"),
    Statut.ABANDONNE: _("Abandonné avant son départ"),
}
ETATS: Final[Mapping[Statut, tuple[Texte, str]]] = {
    Statut.ECRIT: (_("pas encore parti"), ""),
    Statut.REMIS: (_("en route"), ""),
    Statut.POSTE: (_("en route"), ""),
    Statut.PRESENTE: (_("vous attend à la poste"), "avenir"),
    Statut.DISTRIBUE: (_("reçu"), "gain"),
    Statut.NON_RECLAME: (_("non réclamé"), "perte"),
    Statut.INCONNU: (_("revenu\u00a0: adresse inconnue"), "perte"),
    Statut.DISPONIBLE: (_("à ouvrir"), "avenir"),
    Statut.LU: (_("ouvert"), "gain"),
    Statut.REPUTE_CONNU: (_("réputé connu"), ""),
    Statut.ABANDONNE: (_("abandonné"), ""),
}
VOIES: Final[Mapping[str, Texte]] = {
    Voie.SIMPLE: _("Lettre simple"),
    Voie.RECOMMANDE: _("Lettre recommandée avec avis de réception"),
    Voie.ELECTRONIQUE: _("Courrier électronique, dans cet espace"),
    Voie.MAIN_PROPRE: _("Remis en main propre"),
}
SOURCES: Final[Mapping[str, Texte]] = {
    SourceAdresse.CONTROLE: _("adresse que vous avez donnée lors du contrôle"),
    SourceAdresse.CERTIFICAT: _("adresse du certificat d’immatriculation"),
    SourceAdresse.TITULAIRE: _("adresse que vous avez donnée ici"),
    SourceAdresse.TITRE: _("adresse donnée pour votre permis"),
}
CLOS: Final = _("Courrier à ouvrir")
EFFACE: Final = _("Courrier effacé")
ILLISIBLE: Final = _("Courrier illisible")
DEVOIRS: Final[Mapping[str, frozenset[TypeObligation]]] = {
    "48N": frozenset({TypeObligation.STAGE_OBLIGATOIRE}),
    "48SI": frozenset({TypeObligation.REMISE_TITRE, TypeObligation.NOUVEAU_PERMIS}),
    "44": frozenset({TypeObligation.NOUVEAU_PERMIS}),
}
"""What each letter opens, from the day it is known."""


def list_lignes(lus: Sequence[CourrierLu], langue: str) -> list[LigneCourrier]:
    """The lines of the list."""
    return [_line(lu, langue) for lu in lus]


def _line(lu: CourrierLu, langue: str) -> LigneCourrier:
    if lu.a_ouvrir:
        return LigneCourrier(lu, CLOS, *ETATS[Statut.DISPONIBLE])
    statut = Statut.REPUTE_CONNU if lu.terme and lu.connu_le and lu.statut != Statut.LU else lu.statut
    simple = lu.ligne.voie == Voie.SIMPLE and statut is Statut.POSTE
    etat, couleur = (_("envoyé"), "") if simple else ETATS[statut]
    return LigneCourrier(lu, name_courrier(lu, langue), etat, couleur)


def name_courrier(lu: CourrierLu, langue: str) -> Texte:
    """Its title; erased, or where its row does not open, it has none of its own."""
    if lu.illisible:
        return ILLISIBLE
    titre: Texte = EFFACE if lu.efface_le else lu.textes(langue).get("titre", "")
    return titre


def list_preuves(lu: CourrierLu) -> list[Preuve]:
    """What proves each day, in order."""
    return [Preuve(etape.le, ETAPES[etape.statut], etape.note_at, etape.reference) for etape in lu.etapes]


def list_devoirs(lu: CourrierLu, releve: Releve) -> list[Devoir]:
    """What the law asks, or allows, because of this letter, while it stands; the days left count the last one."""
    if lu.reprise_le is not None or lu.connu_le is None or lu.ligne.nature == NatureCourrier.REPRISE:
        return []
    types, connu_le = DEVOIRS.get(lu.ligne.reference, frozenset()), lu.connu_le
    liees = [o for o in releve.obligations if o.type in types and (o.depuis >= connu_le or lu.ligne.reference == "44")]
    return [Devoir(o, (o.echeance - releve.le).days if o.echeance else None) for o in liees]
