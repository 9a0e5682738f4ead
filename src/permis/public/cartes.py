"""The facts of a dossier as cards that a person recognises: a title, a few lines, and what may be changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from permis.affichage import libelles
from permis.affichage.typographie import format_date, format_points
from permis.droit.faits import Fait, Infraction
from permis.public.dossiers import Objet

ATTACHES: Final = {"realite", "retrait"}


@dataclass(slots=True)
class Carte:
    """One card: the fact, its title, its day, its lines."""

    id: str
    genre: str
    titre: str
    jour: date | None
    lignes: list[str] = field(default_factory=list)


def make_cartes(dossier: Objet, faits: Sequence[Fait]) -> list[Carte]:
    """The cards of a dossier, in order of time; what settles an offence is written on its card."""
    lus = {fait.id: fait for fait in faits}
    cartes = [_make(fait, dossier, lus) for fait in dossier["faits"] if fait["type"] not in ATTACHES]
    return sorted(cartes, key=lambda carte: (carte.genre != "delivrance", carte.jour or date.max))


def name_fact(fait: Objet, lus: dict[str, Fait] | None = None) -> str:
    """A fact in a few words, with its day."""
    titre, jour = _title(fait, lus or {}), day_of(fait)
    return f"{titre}, {format_date(jour)}" if jour else titre


def day_of(fait: Objet) -> date | None:
    """The day by which a person knows a fact."""
    for cle in ("date", "commise_le", "debut", "decide_le", "presentee_le", "mise_a_disposition_le", "retiree_le"):
        if isinstance(fait.get(cle), str):
            return date.fromisoformat(fait[cle][:10])
    return None


def _make(fait: Objet, dossier: Objet, lus: dict[str, Fait]) -> Carte:
    carte = Carte(fait["id"], fait["type"], _title(fait, lus), day_of(fait))
    match fait["type"]:
        case "delivrance":
            carte.lignes = _licence_lines(fait)
        case "infraction":
            carte.lignes = _infraction_lines(fait, dossier, lus)
        case "stage":
            carte.lignes = [
                _("Jusqu’au %(jour)s") % {"jour": _day(fait["fin"])},
                str(libelles.CAS_DE_STAGE[fait["cas"]]),
            ]
        case "mesure" if fait.get("fin"):
            carte.lignes = [_("Jusqu’au %(jour)s") % {"jour": _day(fait["fin"])}]
        case "annulation":
            carte.lignes = _annulment_lines(fait, dossier, lus)
        case "notification":
            carte.lignes = _letter_lines(fait)
    return carte


def _title(fait: Objet, lus: dict[str, Fait]) -> str:
    match fait["type"]:
        case "infraction":
            return _infraction_title(fait, lus)
        case "stage":
            return _("Stage de sensibilisation")
        case "notification":
            return _("Lettre %(reference)s") % {"reference": fait["reference"]}
        case "mesure":
            return str(libelles.NATURES[fait["nature"]])
        case autre:
            return _names(fait)[autre]


def _names(fait: Objet) -> dict[str, str]:
    return {
        "delivrance": _("Permis %(categorie)s") % {"categorie": fait.get("categorie")},
        "annulation": _("Annulation"),
        "formation_complementaire": _("Formation complémentaire"),
        "remise_titre": _("Permis remis au préfet"),
        "realite": _("Infraction établie"),
        "retrait": _("Décision de retrait"),
    }


def _infraction_title(fait: Objet, lus: dict[str, Fait]) -> str:
    lu = lus.get(fait["id"])
    texte = fait.get("libelle") or (lu.libelle if isinstance(lu, Infraction) else None)
    return texte or _("Infraction")


def _licence_lines(fait: Objet) -> list[str]:
    lignes = [str(libelles.FILIERES[fait["filiere"]])]
    if fait.get("pays"):
        lignes.append(fait["pays"])
    if fait.get("retour"):
        lignes.append(_("Nouveau permis après une perte"))
    return lignes


def _infraction_lines(fait: Objet, dossier: Objet, lus: dict[str, Fait]) -> list[str]:
    lignes, lu = [], lus.get(fait["id"])
    if isinstance(lu, Infraction):
        lignes.append(f"{format_points(lu.points)}, {libelles.CLASSES[lu.classe]}")
    suite: list[dict[str, Any]] = [f for f in dossier["faits"] if f.get("infraction") == fait["id"]]
    for attache in suite:
        if attache["type"] == "realite":
            lignes.append(f"{libelles.MODES[attache['mode']]}, {_day(attache['date'])}")
        elif attache["decide_le"]:
            lignes.append(_("Retrait décidé le %(jour)s") % {"jour": _day(attache["decide_le"])})
        else:
            lignes.append(_("Retrait pas encore décidé"))
    if not any(attache["type"] == "realite" for attache in suite):
        lignes.append(_("Pas encore établie : elle ne coûte rien"))
    if fait.get("ensemble"):
        lignes.append(_("Commise en même temps qu’une autre"))
    return lignes


def _annulment_lines(fait: Objet, dossier: Objet, lus: dict[str, Fait]) -> list[str]:
    vise = next((autre for autre in dossier["faits"] if autre["id"] == fait["vise"]), None)
    return [*([name_fact(vise, lus)] if vise else []), str(libelles.AUTORITES[fait["autorite"]])]


def _letter_lines(fait: Objet) -> list[str]:
    mode, retour = fait.get("mode"), fait.get("retour")
    return [
        *([str(libelles.MODES_DE_NOTIFICATION[mode])] if mode else []),
        *([str(libelles.RETOURS[retour])] if retour else []),
    ]


def _day(texte: str) -> str:
    return format_date(date.fromisoformat(texte[:10]))
