"""The receipt 44 of an invalidated licence that is handed in: three dates, and what a new licence supposes (L. 223-5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from permis.courriers.contenu.blocs import cite_paragraphe, write_chiffres, write_paragraphe
from permis.courriers.contenu.formes import Bloc, Donnees
from permis.courriers.contenu.langues import Deux, say
from permis.courriers.contenu.machines import write_jour
from permis.courriers.contenu.recours import echeance_recours, write_recours
from permis.courriers.contenu.sujet import Envoi, RienADireError
from permis.courriers.models import CourrierDu
from permis.droit.faits import RemiseTitre
from permis.droit.mouvements import Motif, Mouvement, Obligation, TypeObligation
from permis.droit.releve import Releve
from permis.registre.lecture import DossierLu
from permis.typographie import format_date, write

REMIS = Deux(
    "Vous avez remis votre permis à la préfecture le {remise} (C. route, art. L. 223-5).",
    "You handed in your licence at the prefecture on {remise} (C. route, art. L. 223-5).",
)
NOTIFIEE = Deux("Lettre 48SI notifiée le", "Letter 48SI notified on")
REMISE = Deux("Permis remis le", "Licence handed in on")
POSSIBLE = Deux("Nouveau permis à partir du", "New licence from")
NE_VAUT_PAS = Deux(
    "Ce récépissé ne permet pas de conduire. Gardez-le pour demander un nouveau permis.",
    "This receipt does not allow you to drive. Keep it to apply for a new licence.",
)


@dataclass(frozen=True, slots=True)
class Remise:
    """A handing in: the loss that it follows, and the right to a new licence that it opens."""

    lu: DossierLu
    releve: Releve
    fait: RemiseTitre
    perte: Mouvement
    droit: Obligation
    envoi: Envoi


def find_remise(lu: DossierLu, du: CourrierDu, envoi: Envoi) -> Remise:
    """The handing in of a duty 44; RienADireError when it is not known (any more), or follows no invalidation."""
    fait = next((f for f in lu.faits if isinstance(f, RemiseTitre) and f.id == du.fait), None)
    if fait is None or fait.connu_le > envoi.le:
        raise RienADireError(f"aucune remise du permis le {du.date}")
    releve = lu.replay(fait.date, connu_le=max(envoi.le, fait.date))
    pertes = [m for m in releve.mouvements if m.motif is Motif.INVALIDATION]
    droit = next(
        (o for o in releve.obligations if o.type is TypeObligation.NOUVEAU_PERMIS and o.possible_a_partir_du), None
    )
    if not pertes or droit is None or droit.depuis != du.date or droit.fait != pertes[-1].fait:
        raise RienADireError(f"le permis remis le {du.date} n'avait pas perdu sa validité, ou était déjà remis")
    return Remise(lu, lu.replay(envoi.le), fait, pertes[-1], droit, envoi)


def write_44(remise: Remise) -> Iterator[Bloc]:
    """The three dates, the sentence of the law on the new licence, the remedies."""
    yield write_paragraphe(REMIS, remise=remise.fait.date)
    possible_le = remise.droit.possible_a_partir_du
    yield write_chiffres(
        [
            (say(NOTIFIEE), format_date(remise.perte.date)),
            (say(REMISE), format_date(remise.fait.date)),
            (say(POSSIBLE), format_date(possible_le) if possible_le else ""),
        ]
    )
    yield cite_paragraphe(write(remise.droit.explication))
    yield write_paragraphe(NE_VAUT_PAS)
    yield write_recours(remise.envoi, prefet=True)


def donnees_44(remise: Remise) -> Donnees:
    """The three dates for machines; there are no points here."""
    droit, m = remise.droit, remise.perte
    echeances = [
        {"cle": "nouveau_permis", "le": write_jour(droit.possible_a_partir_du), "article": droit.article},
        {"cle": "dispense_pratique", "le": write_jour(droit.echeance), "article": "C. route, art. R. 224-20"},
    ]
    return {
        "reference": "44",
        "nature": remise.envoi.nature,
        "fait": remise.fait.id,
        "date": remise.fait.date.isoformat(),
        "motif": str(m.motif),
        "points": None,
        "variation": 0,
        "solde": m.solde,
        "plafond": m.plafond,
        "validite": str(m.validite),
        "mode": "main_propre",
        "articles": ["C. route, art. L. 223-5", droit.article],
        "redaction_depuis": m.depuis.isoformat(),
        "notifiee_le": m.date.isoformat(),
        "infraction": None,
        "retraits": [],
        "echeances": [*(e for e in echeances if e["le"]), echeance_recours(remise.envoi)],
    }
