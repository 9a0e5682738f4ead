"""Short ways to write a life of a licence in a test: ISO dates in, movements out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, time, timedelta
from typing import Any

from permis.droit.delais import add_months
from permis.droit.faits import (
    Annulation,
    Autorite,
    Classe,
    Delivrance,
    Fait,
    Filiere,
    FormationComplementaire,
    Infraction,
    Mesure,
    Mode,
    ModeNotification,
    Nature,
    Notification,
    Realite,
    RemiseTitre,
    Retour,
    Retrait,
    Stage,
)
from permis.droit.options import Options
from permis.droit.releve import Releve, replay

JOUR = timedelta(days=1)
LONGTEMPS = date(2100, 1, 1)
CLASSES = {n: Classe(f"contravention_{n}") for n in range(1, 6)} | {6: Classe.DELIT}


def jour(texte: str) -> date:
    return date.fromisoformat(texte)


def moment(texte: str) -> tuple[date, time | None]:
    le, _, heure = texte.partition("T")
    return jour(le), time.fromisoformat(heure) if heure else None


def permis(
    obtenu: str,
    filiere: str = "traditionnelle",
    *,
    categorie: str = "B",
    retour: bool = False,
    origine: str | None = None,
    pays: str | None = None,
    id: str = "d",  # noqa: A002  the name of the key
) -> list[Fait]:
    le = jour(obtenu)
    return [
        Delivrance(
            id=id,
            connu_le=le,
            date=le,
            categorie=categorie,
            filiere=Filiere(filiere),
            retour=retour,
            obtention_origine=jour(origine) if origine else None,
            pays=pays,
        )
    ]


def infraction(
    nom: str,
    commise: str,
    points: int,
    etablie: str | None = None,
    *,
    classe: int = 4,
    mode: str = "paiement",
    decide: str | None = None,
    **autres: Any,
) -> list[Fait]:
    """An offence; `etablie` adds its réalité (`r-NOM`), `decide` its decision (`t-NOM`)."""
    le, heure = moment(commise)
    faits: list[Fait] = [
        Infraction(id=nom, connu_le=le, commise_le=le, heure=heure, classe=CLASSES[classe], points=points, **autres)
    ]
    if etablie:
        faits.append(realite(nom, etablie, mode))
    if decide:
        faits.append(retrait(nom, decide))
    return faits


def realite(nom: str, etablie: str, mode: str = "paiement", prefixe: str = "r") -> Realite:
    le, heure = moment(etablie)
    return Realite(id=f"{prefixe}-{nom}", connu_le=le, infraction=nom, date=le, heure=heure, mode=Mode(mode))


def retrait(nom: str, decide: str | None, *, connu: str | None = None, prefixe: str = "t") -> Retrait:
    le = jour(connu or decide or "1992-07-01")
    return Retrait(id=f"{prefixe}-{nom}", connu_le=le, infraction=nom, decide_le=jour(decide) if decide else None)


def stage(debut: str, cas: int = 1, nom: str | None = None) -> Stage:
    le = jour(debut)
    return Stage(id=nom or f"s-{debut}", connu_le=le + JOUR, debut=le, fin=le + JOUR, cas=cas)


def lettre(reference: str, connue: str | None = None, **autres: Any) -> Notification:
    dates = {cle: jour(valeur) for cle, valeur in autres.items() if cle.endswith("_le")}
    le = jour(connue) if connue else max(dates.values())
    mode = ModeNotification(autres["mode"]) if "mode" in autres else None
    retour = Retour(autres["retour"]) if "retour" in autres else None
    propre = jour(connue) if connue else None
    nom = f"n-{reference}-{le}"
    return Notification(id=nom, connu_le=le, reference=reference, date=propre, mode=mode, retour=retour, **dates)


def mesure(nature: str, debut: str, fin: str | None = None) -> Mesure:
    le = jour(debut)
    fin_le = jour(fin) if fin else None
    return Mesure(id=f"m-{nature}-{debut}", connu_le=le, nature=Nature(nature), debut=le, fin=fin_le)


def formation(suivie: str) -> FormationComplementaire:
    return FormationComplementaire(id=f"f-{suivie}", connu_le=jour(suivie), date=jour(suivie))


def remise(rendu: str) -> RemiseTitre:
    return RemiseTitre(id=f"x-{rendu}", connu_le=jour(rendu), date=jour(rendu))


def annulation(vise: str, le: str, nom: str | None = None) -> Annulation:
    autorite = Autorite.JUGE_ADMINISTRATIF
    return Annulation(id=nom or f"a-{vise}", connu_le=jour(le), vise=vise, date=jour(le), autorite=autorite)


def options(**choix: str) -> Options:
    types = {champ.name: type(getattr(Options(), champ.name)) for champ in fields(Options)}
    return Options(**{nom: types[nom](valeur) for nom, valeur in choix.items()})


def releve(faits: Iterable[Fait], le: str, connu_le: str | None = None, **choix: str) -> Releve:
    return replay(list(faits), jour(le), jour(connu_le) if connu_le else None, options(**choix))


def solde(faits: Iterable[Fait], le: str, connu_le: str | None = None, **choix: str) -> int:
    return releve(faits, le, connu_le, **choix).solde_algebrique


def vie(faits: Iterable[Fait], **choix: str) -> list[tuple[str, str, int, int]]:
    """Every movement of a whole life, everything known: day, motif, variation, ceiling."""
    tous = replay(list(faits), LONGTEMPS, None, options(**choix)).mouvements
    return [(str(m.date), m.motif.value, m.variation, m.plafond) for m in tous]


def retours(faits: Iterable[Fait], **choix: str) -> list[tuple[str, str, int]]:
    """The movements that follow an opening without probation: day, motif, points."""
    ouvertures = {"capital_initial", "nouveau_permis", "retrait"}
    return [(le, motif, points) for le, motif, points, _ in vie(faits, **choix) if motif not in ouvertures]


def sans_effet(faits: Iterable[Fait], le: str = "2100-01-01", **choix: str) -> list[tuple[str, str, str]]:
    """What has no effect by a day, everything known: fact, day, reason."""
    elements = replay(list(faits), jour(le), LONGTEMPS, options(**choix)).sans_effet
    return [(element.fait, str(element.date), element.cle) for element in elements]


def shift(texte: str, mois: int = 0, jours: int = 0) -> str:
    return str(add_months(jour(texte), mois) + jours * JOUR)
