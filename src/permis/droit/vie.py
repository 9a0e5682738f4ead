"""The fold: a driver's whole life, licence after licence, from the facts known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from permis.droit.capital import fenetre_formation
from permis.droit.compte import Compte
from permis.droit.connaissance import Connus, own_day
from permis.droit.etablissement import establish
from permis.droit.faits import Delivrance, Filiere, Mesure, Nature
from permis.droit.information import INVALIDATIONS, known_on
from permis.droit.mouvements import SansEffet
from permis.droit.options import Options
from permis.droit.ouverture import Ouverture, opens_on
from permis.droit.retrait import RetraitEtabli
from permis.droit.titre import Titre

SANS_EFFET_SUR_LES_POINTS = frozenset({Nature.RETENTION, Nature.INTERDICTION, Nature.ANNULATION_JUDICIAIRE})
"""Measures said to move nothing unless a movement bears them; suspensions are shown while they run."""


class Vie(NamedTuple):
    """All that the facts known give, past and to come: the account, the licences, what stands of withdrawals and
    measures.
    """

    compte: Compte
    titres: Sequence[Titre]
    retraits: Sequence[RetraitEtabli]
    mesures: Sequence[Mesure]


def fold(connus: Connus, options: Options) -> Vie:
    """Replay every licence from the facts known; what each leaves without effect is said."""
    retraits, sans_effet = establish(connus, options)
    compte = Compte()
    compte.sans_effet.extend(sans_effet)
    connus.delivrances = _with_points(connus, compte)
    titres = _play_all(connus, retraits, options, compte)
    _explain_leftovers(connus, retraits, titres, compte)
    return Vie(compte, titres, retraits, connus.mesures)


def _with_points(connus: Connus, compte: Compte) -> list[Delivrance]:
    """Deliverances that concern a points licence; AM is not one (C. route, art. L. 221-1, al. 2)."""
    for delivrance in connus.delivrances:
        if delivrance.categorie == "AM":
            compte.ignore(delivrance.id, delivrance.date, "categorie_sans_points", "C. route, art. L. 221-1, al. 2")
    return [delivrance for delivrance in connus.delivrances if delivrance.categorie != "AM"]


def _play_all(connus: Connus, retraits: Sequence[RetraitEtabli], options: Options, compte: Compte) -> list[Titre]:
    """Each licence in turn. One that a ban renews is played again, cut where the ban ends: what follows is the next
    one's.
    """
    titres: list[Titre] = []
    ouvertures = _openings(connus.delivrances)
    while ouvertures:
        ouverture = ouvertures.pop(0)
        suivant = ouvertures[0].date if ouvertures else None
        repere = compte.mark()
        titre = Titre(compte, ouverture, suivant, connus, retraits, options)
        titre.play()
        if titre.renouvele_le is not None and titre.covers(titre.renouvele_le):
            compte.rewind(repere)
            ouvertures.insert(0, Ouverture(titre.renouvele_le, ouverture.delivrance, renouvele=True))
            titre = Titre(compte, ouverture, titre.renouvele_le, connus, retraits, options)
            titre.play()
        titres.append(titre)
    return titres


def _openings(delivrances: Sequence[Delivrance]) -> list[Ouverture]:
    """The first deliverance, then each one after a loss (`retour`).

    A foreign licence gives no points before L. 223-10: a French one obtained by then is the first.
    """
    premiere = min(delivrances, key=opens_on, default=None)
    return [
        Ouverture(opens_on(delivrance), delivrance)
        for delivrance in delivrances
        if delivrance is premiere or (delivrance.retour and premiere is not None and delivrance.date > premiere.date)
    ]


def _explain_leftovers(
    connus: Connus, retraits: Sequence[RetraitEtabli], titres: Sequence[Titre], compte: Compte
) -> None:
    for fait, annulation in connus.annules:
        compte.sans_effet.append(
            SansEffet(fait.id, own_day(fait), "annule", "C. route, art. L. 223-1", {"date": annulation.date})
        )
    debut = titres[0].debut if titres else None
    for retrait in retraits:
        if debut is None or retrait.commise_le < debut:
            compte.ignore(
                retrait.fait,
                retrait.effet_le,
                "commise_sans_permis",
                "C. route, art. L. 223-1",
                commise_le=retrait.commise_le,
            )
    for stage in connus.stages:
        if debut is None or stage.debut < debut:
            compte.ignore(stage.id, stage.fin, "stage_sans_permis", "C. route, art. L. 223-6, al. 4")
    for mesure in connus.mesures:
        if mesure.nature in SANS_EFFET_SUR_LES_POINTS and not any(m.fait == mesure.id for m in compte.mouvements):
            compte.ignore(mesure.id, mesure.debut, "mesure_sans_points", "C. route, art. L. 223-1")
    _explain_letters(connus, titres, compte)
    _explain_licences(connus, titres, compte)


def _explain_letters(connus: Connus, titres: Sequence[Titre], compte: Compte) -> None:
    for lettre in connus.notifications:
        jour = known_on(lettre)
        if jour is None:
            compte.ignore(lettre.id, lettre.connu_le, "courrier_non_connu", "C. route, art. R. 223-3")
        elif lettre.reference in INVALIDATIONS and not any(titre.covers(jour) for titre in titres):
            compte.ignore(lettre.id, jour, "courrier_sans_permis", "C. route, art. L. 223-5")
    pertes = [titre.fin for titre in titres if titre.fin is not None]
    for remise in connus.remises:
        if not any(perte <= remise.date for perte in pertes):
            compte.ignore(remise.id, remise.date, "remise_sans_objet", "C. route, art. L. 223-5 II")


def _explain_licences(connus: Connus, titres: Sequence[Titre], compte: Compte) -> None:
    for titre in titres:
        for delivrance in titre.delivrances:
            if delivrance is titre.ouverture.delivrance:
                continue
            if titre.fin is not None and delivrance.date >= titre.fin:
                banni = titre.renouvele_le is not None
                cle = "delivrance_interdiction" if banni else "delivrance_permis_perdu"
                article = "C. route, art. L. 223-10" if banni else "C. route, art. L. 223-5"
                compte.ignore(delivrance.id, delivrance.date, cle, article)
            elif delivrance.filiere is Filiere.ETRANGER:
                compte.ignore(delivrance.id, delivrance.date, "delivrance_etrangere", "C. route, art. L. 223-10")
    if any(titre.takes_training for titre in titres):
        return
    for formation in connus.formations:
        cle = "formation_fermee" if fenetre_formation.exists_on(formation.date) else "formation_avant_2019"
        compte.ignore(formation.id, formation.date, cle, "C. route, art. R. 223-4-1", date=formation.date)
