"""The facts of a licence as cards that a person recognises: a title, a day, a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permis.affichage import libelles
from permis.affichage.libelles import Texte
from permis.affichage.lieux import name_pays
from permis.droit.faits import (
    Annulation,
    Delivrance,
    Fait,
    FormationComplementaire,
    Infraction,
    Mesure,
    Notification,
    Realite,
    RemiseTitre,
    Retrait,
    Stage,
)
from permis.typographie import cite_french, compose, format_date, format_points

GENRES: Final[dict[type[Fait], str]] = {
    Delivrance: "delivrance", FormationComplementaire: "formation_complementaire", Infraction: "infraction",
    Realite: "realite", Retrait: "retrait", Stage: "stage", Notification: "notification", Mesure: "mesure",
    RemiseTitre: "remise_titre", Annulation: "annulation",
}  # fmt: skip
"""The word of a dossier for each kind of fact."""
TITRES: Final[dict[type[Fait], Texte]] = {
    Stage: gettext_lazy("Stage de sensibilisation"),
    Annulation: gettext_lazy("Annulation"),
    FormationComplementaire: gettext_lazy("Formation complémentaire"),
    RemiseTitre: gettext_lazy("Permis remis au préfet"),
    Realite: gettext_lazy("Infraction établie"),
    Retrait: gettext_lazy("Décision de retrait"),
}
"""What the facts that say nothing more of themselves are called."""
JOURS: Final = ("date", "commise_le", "debut", "decide_le", "presentee_le", "mise_a_disposition_le", "retiree_le")


@dataclass(slots=True)
class Carte:
    """One card: the fact, its title, its day, its lines."""

    id: str
    genre: str
    titre: str
    jour: date | None
    lignes: list[str] = field(default_factory=list)


def make_cartes(faits: Sequence[Fait]) -> list[Carte]:
    """The cards of a licence, in order of time; what settles an offence is written on its card."""
    cartes = [_make(fait, faits) for fait in faits if not isinstance(fait, Realite | Retrait)]
    return sorted(cartes, key=lambda carte: (carte.genre != "delivrance", carte.jour or date.max))


def name_fact(fait: Fait) -> str:
    """A fact in a few words, with its day."""
    titre, jour = _title(fait), day_of(fait)
    return compose("{titre}, {jour}", titre=titre, jour=format_date(jour)) if jour else titre


def names_of(faits: Iterable[Fait]) -> dict[str, str]:
    """The name of each fact, by its identifier."""
    return {fait.id: name_fact(fait) for fait in faits}


def day_of(fait: Fait) -> date | None:
    """The day by which a person knows a fact."""
    return next((jour for nom in JOURS if isinstance(jour := getattr(fait, nom, None), date)), None)


def _make(fait: Fait, faits: Sequence[Fait]) -> Carte:
    return Carte(fait.id, GENRES[type(fait)], _title(fait), day_of(fait), _lines(fait, faits))


def _lines(fait: Fait, faits: Sequence[Fait]) -> list[str]:
    lignes: list[str] = []
    match fait:
        case Delivrance():
            lignes = _licence_lines(fait)
        case Infraction():
            lignes = _infraction_lines(fait, faits)
        case Stage():
            lignes = [_until(fait.fin), str(libelles.CAS_DE_STAGE[fait.cas])]
        case Mesure(fin=date() as fin):
            lignes = [_until(fin)]
        case Annulation():
            vises = [name_fact(autre) for autre in faits if autre.id == fait.vise]
            lignes = [*vises, str(libelles.AUTORITES[fait.autorite])]
        case Notification():
            lignes = _letter_lines(fait)
    return lignes


def _title(fait: Fait) -> str:
    match fait:
        case Delivrance():
            return _("Permis %(categorie)s") % {"categorie": fait.categorie}
        case Infraction():
            return cite_french(fait.libelle or "") or _("Infraction")
        case Notification():
            return _("Lettre %(reference)s") % {"reference": fait.reference}
        case Mesure():
            return str(libelles.NATURES[fait.nature])
    return str(TITRES[type(fait)])


def _licence_lines(fait: Delivrance) -> list[str]:
    lignes = [str(libelles.FILIERES[fait.filiere])]
    if fait.pays:
        lignes.append(name_pays(fait.pays))
    if fait.retour:
        lignes.append(_("Nouveau permis après une perte"))
    return lignes


def _infraction_lines(fait: Infraction, faits: Sequence[Fait]) -> list[str]:
    realites = [autre for autre in faits if isinstance(autre, Realite) and autre.infraction == fait.id]
    retraits = [autre for autre in faits if isinstance(autre, Retrait) and autre.infraction == fait.id]
    lignes = [f"{format_points(fait.points)}, {libelles.CLASSES[fait.classe]}"]
    lignes += [f"{libelles.MODES[realite.mode]}, {format_date(realite.date)}" for realite in realites]
    lignes += [_decision_line(retrait.decide_le) for retrait in retraits]
    if not realites:
        lignes.append(_("Pas encore établie : elle ne coûte rien"))
    if fait.ensemble:
        lignes.append(_("Commise en même temps qu’une autre"))
    return lignes


def _decision_line(jour: date | None) -> str:
    if jour is None:
        return _("Retrait pas encore décidé")
    return _("Retrait décidé le %(jour)s") % {"jour": format_date(jour)}


def _letter_lines(fait: Notification) -> list[str]:
    return [
        *([str(libelles.MODES_DE_NOTIFICATION[fait.mode])] if fait.mode else []),
        *([str(libelles.RETOURS[fait.retour])] if fait.retour else []),
    ]


def _until(jour: date) -> str:
    return _("Jusqu’au %(jour)s") % {"jour": format_date(jour)}
