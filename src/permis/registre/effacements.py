"""An erasure, proved: the register wrote it, in its day, by a rule that what stays of the file does not contradict.

Its content gone, a fact still has its moment and its age when it was recorded; the file, its other facts and whose it
is. A rule that could not have let the fact go is told. What nothing contradicts is listed, by day and rule, and
counted in the root of its day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from permis.droit.connaissance import effective_annulments
from permis.droit.delais import add_months
from permis.droit.faits import Annulation
from permis.registre.bilan import Anomalie, EffacementsDuJour
from permis.registre.chaine import write_effacement
from permis.registre.chiffrement import ScelleError, blind_index, blind_indexes
from permis.registre.contenu import read_contenus, read_faits
from permis.registre.effacables import (
    CODE,
    DIX_ANS,
    INTERDICTION_DEFINITIVE,
    MESURE_ANNULEE,
    REGLES,
    RegleConservation,
    last_acte,
    latest_birthday,
)
from permis.registre.etat_civil import read_etat_civil
from permis.registre.models import Effacement, Fait
from permis.registre.temps import ECART_D_HORLOGE, jour_legal

DOMAINE_EFFACEMENT: Final = "fait.effacement"
LOT: Final = 2000


def name_effacement(fait: Fait, regle: RegleConservation, le: date, at: datetime) -> Effacement:
    """The row that names a fact to erase, sealed, not saved."""
    effacement = Effacement(fait=fait, efface_at=at, regle=regle.nom, article=regle.cite, le=le)
    effacement.sceau = blind_index(DOMAINE_EFFACEMENT, _write(effacement))
    return effacement


def _write(effacement: Effacement) -> str:
    fait = effacement.fait
    quoi = write_effacement(effacement.efface_at, effacement.le, effacement.regle, effacement.article).decode()
    return f"{fait.dossier_id}|{fait.rang}|{bytes(fait.chaine).hex()}|{quoi}"


@dataclass(frozen=True, slots=True)
class EffacementSitue:
    """One erasure, and all those of its file."""

    effacement: Effacement
    du_dossier: Sequence[Effacement]

    @property
    def fait(self) -> Fait:
        """What stays of the fact."""
        return self.effacement.fait


def verify_effacements(at: datetime) -> tuple[list[EffacementsDuJour], list[Anomalie]]:
    """How many facts each rule erased, day by day; and what does not hold, as things stand at a moment."""
    nombres: Counter[tuple[date, str]] = Counter()
    anomalies: list[Anomalie] = []
    lignes = Effacement.objects.select_related("fait__dossier").order_by("fait__dossier_id", "fait__rang")
    for dossier_id, groupe in groupby(lignes.iterator(LOT), key=lambda ligne: ligne.fait.dossier_id):
        siens = list(groupe)
        for effacement in siens:
            nombres[jour_legal(effacement.efface_at), effacement.regle] += 1
            situe = EffacementSitue(effacement, siens)
            anomalies += [Anomalie(dossier_id, situe.fait.rang, constat) for constat in _check(situe, at)]
    return sorted(EffacementsDuJour(*cle, nombre) for cle, nombre in nombres.items()), anomalies


def _check(situe: EffacementSitue, at: datetime) -> Iterator[str]:
    effacement, regle = situe.effacement, REGLES.get(situe.effacement.regle)
    if situe.fait.contenu is not None:
        yield "un effacement le nomme, et il n'est pas effacé"
    if effacement.sceau not in blind_indexes(DOMAINE_EFFACEMENT, _write(effacement)):
        yield "effacement que le registre n'a pas écrit"
    if not _is_possible(effacement, at):
        yield "effacé à un moment impossible"
    if regle is None or regle.cite != effacement.article:
        yield "effacé par une règle qui n'existe pas"
    elif not POSSIBLES[regle.nom](situe):
        yield f"effacé par une règle ({regle.nom}) qui ne pouvait pas le permettre"


def _is_possible(effacement: Effacement, at: datetime) -> bool:
    """After the fact was recorded, before now; judged on a day that had come, under a text that was in force."""
    fait_at, efface_at = effacement.fait.enregistre_at, effacement.efface_at
    return fait_at <= efface_at <= at + ECART_D_HORLOGE and CODE <= effacement.le <= jour_legal(efface_at)


def _ten_years(situe: EffacementSitue) -> bool:
    """The fact may be ten years old, and no event that stays in the file makes the ten years run again."""
    fait, le = situe.fait, situe.effacement.le
    # Of its own date, only this is known: less than `anciennete` + 1 years before it was recorded.
    if le < add_months(jour_legal(fait.enregistre_at), DIX_ANS.mois - 12 * (fait.anciennete + 1)):
        return False
    gardes = Fait.objects.filter(dossier=fait.dossier_id, contenu__isnull=False).order_by("rang")
    moments, contenus = zip(*gardes.values_list("enregistre_at", "contenu"), strict=True) if gardes else ((), ())
    faits = read_faits(read_contenus(contenu or "" for contenu in contenus))
    efface_at = situe.effacement.efface_at
    alors = [un for un, moment in zip(faits, moments, strict=True) if moment <= efface_at]
    annules = effective_annulments(un for un in alors if isinstance(un, Annulation))
    depart = last_acte((un for un, moment in zip(faits, moments, strict=True) if moment < efface_at), annules)
    return depart is None or add_months(depart, DIX_ANS.mois) <= le


def _annulled(situe: EffacementSitue) -> bool:
    """A measure annulled goes with what annulled it: never alone."""
    moment = situe.effacement.efface_at
    return any(un.efface_at == moment and un.fait_id != situe.fait.pk for un in situe.du_dossier)


def _eighty_years(situe: EffacementSitue) -> bool:
    """The holder had reached the age; where the civil status does not open, nothing is allowed on its faith."""
    try:
        etat_civil = read_etat_civil(situe.fait.dossier.unseal_column("etat_civil") or "")
    except ScelleError:
        return False
    return latest_birthday(etat_civil.naissance, INTERDICTION_DEFINITIVE.mois) <= situe.effacement.le


POSSIBLES: Final[dict[str, Callable[[EffacementSitue], bool]]] = {
    DIX_ANS.nom: _ten_years,
    MESURE_ANNULEE.nom: _annulled,
    INTERDICTION_DEFINITIVE.nom: _eighty_years,
}
"""For each rule, whether what stays does not contradict it."""
