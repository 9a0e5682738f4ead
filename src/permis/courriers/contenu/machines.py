"""What a machine reads of a letter: the movement, the offence, the balance, the dates to keep. Days are ISO."""

from __future__ import annotations

from datetime import date

from permis.courriers.contenu.formes import Donnees
from permis.courriers.contenu.sujet import Sujet


def write_donnees(sujet: Sujet, retraits: list[Donnees], echeances: list[Donnees]) -> Donnees:
    """The machine data of a letter; `points` is what the movement took or gave, `variation` the same with its sign.

    A day that depends on the receipt of the letter is null: its delay and its article are given.
    """
    m, courrier = sujet.mouvement, sujet.courrier
    return {
        "reference": courrier.reference,
        "nature": sujet.envoi.nature,
        "fait": m.fait,
        "date": m.date.isoformat(),
        "motif": str(m.motif),
        "points": abs(m.variation),
        "variation": m.variation,
        "solde": m.solde,
        "plafond": m.plafond,
        "validite": str(m.validite),
        "mode": courrier.mode,
        "articles": sorted({courrier.article, m.article}),
        "redaction_depuis": m.depuis.isoformat(),
        "solde_du_jour": {
            "le": sujet.le.isoformat(),
            "solde": sujet.releve.solde,
            "plafond": sujet.releve.plafond,
            "validite": str(sujet.releve.validite),
        },
        "infraction": write_infraction(sujet),
        "retraits": retraits,
        "echeances": echeances,
    }


def write_infraction(sujet: Sujet) -> Donnees | None:
    """The offence of a letter that withdraws or gives back its points; None where the movement has none."""
    retrait, infraction = sujet.retrait, sujet.infraction
    if retrait is None or infraction is None:
        return None
    return {
        "date": retrait.commise_le.isoformat(),
        "heure": retrait.heure.strftime("%H:%M") if retrait.heure else None,
        "libelle": retrait.libelle,
        "natinf": infraction.natinf,
        "article": infraction.article,
        "classe": str(retrait.classe),
        "etablie_le": retrait.realite_le.isoformat(),
        "mode": str(retrait.mode),
        "decidee_le": retrait.decide_le.isoformat(),
    }


def write_jour(jour: date | None) -> str | None:
    """A day as machines write it."""
    return jour.isoformat() if jour else None
