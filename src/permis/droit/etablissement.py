"""From the facts known to the withdrawals that stand: established, decided, capped (C. route, art. L. 223-1, al.
4).
"""

from __future__ import annotations

from datetime import date, time

from permis.droit.connaissance import Connus
from permis.droit.faits import Infraction, Realite, Retrait
from permis.droit.mouvements import SansEffet
from permis.droit.options import Options
from permis.droit.retrait import GRAVES, RetraitEtabli, effect_on, etablissement, retrait_de_plein_droit, share_cap


def establish(connus: Connus, options: Options) -> tuple[list[RetraitEtabli], list[SansEffet]]:
    """The withdrawals that stand, in order of réalité and capped, and the offences that cost nothing with the
    reason.
    """
    retraits: list[RetraitEtabli] = []
    sans_effet: list[SansEffet] = []
    for infraction in connus.infractions:
        etabli = _establish_one(infraction, connus, options)
        if isinstance(etabli, RetraitEtabli):
            retraits.append(etabli)
        else:
            sans_effet.append(
                SansEffet(infraction.id, infraction.commise_le, *etabli, {"commise_le": infraction.commise_le})
            )
    partages = share_cap(retraits)
    for retrait in partages:
        if not retrait.points:
            contexte = {"commise_le": retrait.commise_le, "nominal": retrait.nominal}
            sans_effet.append(
                SansEffet(retrait.fait, retrait.effet_le, "plafond_cumul", "C. route, art. L. 223-2 III", contexte)
            )
    return [retrait for retrait in partages if retrait.points], sans_effet


def _establish_one(infraction: Infraction, connus: Connus, options: Options) -> RetraitEtabli | tuple[str, str]:
    refus = _why_nothing(infraction)
    if refus is not None:
        return refus
    realite = first_realite(connus.realites.get(infraction.id, ()))
    if realite is None:
        cle = "titre_non_etablissant" if infraction.id in connus.realites else "non_etablie"
        return cle, "C. route, art. L. 223-1, al. 4"
    decide_le = decided_on(infraction.id, realite.date, connus)
    if decide_le is None:
        tombee = any(isinstance(fait, Retrait) and fait.infraction == infraction.id for fait, _ in connus.annules)
        return ("decision_annulee" if tombee else "non_decide"), "C. route, art. R. 223-3 III"
    return RetraitEtabli(
        fait=infraction.id,
        commise_le=infraction.commise_le,
        heure=infraction.heure,
        classe=infraction.classe,
        grave=infraction.classe in GRAVES,
        nominal=infraction.points,
        points=infraction.points,
        realite_le=realite.date,
        realite_heure=realite.heure,
        mode=realite.mode,
        decide_le=decide_le,
        effet_le=effect_on(realite.date, decide_le, options.effet_retrait),
        su_le=max(decide_le, infraction.connu_le, realite.connu_le),
        au_code=not infraction.hors_code,
        ensemble=infraction.ensemble,
        libelle=infraction.libelle or "",
    )


def _why_nothing(infraction: Infraction) -> tuple[str, str] | None:
    if infraction.vehicule_sans_permis:
        return "vehicule_sans_permis", "C. route, art. L. 221-1, al. 2"
    if not infraction.points:
        return "zero_point", infraction.article or "C. route, art. L. 223-2"
    if not retrait_de_plein_droit.exists_on(infraction.commise_le):
        return "avant_permis_a_points", "loi n° 89-469 du 10 juillet 1989"
    return None


def first_realite(realites: list[Realite] | tuple[Realite, ...]) -> Realite | None:
    """The earliest event that establishes an offence; the first that occurs counts (C. route, art. L. 223-1, al.
    4).
    """
    etablissent = [r for r in realites if etablissement.exists_on(r.date) and etablissement(r.date, r.mode).value]
    if not etablissent:
        return None
    return min(etablissent, key=lambda realite: (realite.date, realite.heure or time.max, realite.mode, realite.id))


def decided_on(infraction: str, realite_le: date, connus: Connus) -> date | None:
    """The day the withdrawal is decided: with the réalité where the file holds no decision; None where none is known.

    A decision older than the réalité rested on an event that fell: unless the file holds a later one, the new réalité
    counts from its own date.
    """
    if infraction not in connus.avec_retrait:
        return realite_le
    decisions = [r.decide_le for r in connus.retraits.get(infraction, ()) if r.decide_le is not None]
    apres = [jour for jour in decisions if jour >= realite_le]
    if apres:
        return min(apres)
    perimees = all(jour is not None and jour < realite_le for jour in connus.avec_retrait[infraction])
    return realite_le if decisions and perimees else None
