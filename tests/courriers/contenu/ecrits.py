"""Files in memory, and the letters that the law owes for them: nothing here needs a database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from permis.courriers.contenu import Contenu, ContenuDocument, compose
from permis.courriers.models import CourrierDu
from permis.droit.faits import Fait
from permis.registre.etat_civil import EtatCivil
from permis.registre.lecture import DossierLu, LigneFait

DOSSIER: Final = UUID("00000000-0000-4000-8000-000000000001")
ANGELE: Final = EtatCivil("ESSAI", "", ("Angèle", "Claire"), "1962-08-24", "female", "75107", "99100")
OUVERT: Final = datetime(2015, 6, 1, 10, 0, tzinfo=UTC)
NUMERO: Final = "AAAA-BBBB-CCCC-DDDD"
Objet = dict[str, Any]


def permis(jour: str = "2015-06-01", ident: str = "permis", **autres: object) -> Objet:
    return {
        "type": "delivrance", "id": ident, "date": jour, "categorie": "B", "filiere": "traditionnelle", **autres,
    }  # fmt: skip


def infraction(ident: str, jour: str, points: int = 3, **autres: object) -> Objet:
    classe = autres.pop("classe", "contravention_4")
    return {"type": "infraction", "id": ident, "commise_le": jour, "classe": classe, "points": points, **autres}


def payee(ident: str, jour: str, mode: str = "paiement") -> Objet:
    return {"type": "realite", "id": f"{ident}-payee", "infraction": ident, "date": jour, "mode": mode}


def stage(ident: str, debut: str, fin: str, cas: int = 1) -> Objet:
    return {"type": "stage", "id": ident, "debut": debut, "fin": fin, "cas": cas}


def notifiee(ident: str, reference: str, jour: str) -> Objet:
    return {"type": "notification", "id": ident, "reference": reference, "mode": "recommande", "date": jour}


def annulation(ident: str, vise: str, jour: str, autorite: str = "juge_administratif") -> Objet:
    return {"type": "annulation", "id": ident, "vise": vise, "date": jour, "autorite": autorite}


def perdre(*apres: Objet) -> list[Objet]:
    """A licence of 2015 that two délits empty on 2 November 2025, and what comes after."""
    return [
        permis(),
        infraction("i1", "2025-03-10", 6, classe="delit", libelle="Conduite sous l'empire de l'alcool"),
        payee("i1", "2025-04-02", "condamnation_definitive"),
        infraction("i2", "2025-09-10T18:14", 6, classe="delit", libelle="Conduite malgré une suspension"),
        payee("i2", "2025-11-02", "condamnation_definitive"),
        *apres,
    ]


def lire(*faits: Objet, neph: str = "170300000001", etat_civil: EtatCivil = ANGELE) -> DossierLu:
    """A file of these facts, each known on its own day unless it says otherwise."""
    lignes = [LigneFait(rang, OUVERT, "essai", "", str(f["id"]), f) for rang, f in enumerate(faits, 1)]
    return DossierLu(DOSSIER, neph, etat_civil, None, OUVERT, tuple(lignes))


def lire_faits(faits: Sequence[Fait]) -> DossierLu:
    """The same, from facts of the law."""
    lu = lire()
    lu.__dict__["faits"] = tuple(faits)  # where the register's own reading of its rows would be
    return lu


def dues(lu: DossierLu, le: date) -> Iterator[CourrierDu]:
    """The letters owed on a day."""
    for c in lu.replay(le).courriers:
        yield CourrierDu(dossier_id=lu.id, reference=c.reference, fait=c.fait, date=c.date, vu_le=c.date)


def ecrire(lu: DossierLu, reference: str, le: date, **autres: Any) -> Contenu:
    """The letter of that form, the last one owed that day."""
    du = [du for du in dues(lu, le) if du.reference == reference][-1]
    return compose_du(lu, du, le, **autres)


def compose_du(
    lu: DossierLu,
    du: CourrierDu,
    le: date,
    *,
    nature: str = "notification",
    voie: str = "simple",
    vise: Contenu | None = None,
) -> Contenu:
    """The letter of a duty."""
    return compose(lu, du, nature, numero=NUMERO, le=le, voie=voie, vise=vise)


def textes(contenu: Contenu | ContenuDocument, langue: str = "fr") -> list[str]:
    """All the sentences of a letter, in order."""
    trouves = []
    for bloc in contenu["textes"][langue]["blocs"]:
        trouves += [bloc[cle] for cle in ("titre", "texte") if bloc.get(cle)]
        trouves += bloc.get("elements", [])
        trouves += [cellule for ligne in bloc.get("lignes", []) for cellule in ligne]
    return trouves
