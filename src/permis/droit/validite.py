"""Loss of the licence at nil balance, and what follows (C. route, art. L. 223-1, L. 223-5, L. 223-10, R. 224-20)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from permis.droit.delais import add_jours_francs, add_months
from permis.droit.rule import Certitude, Conclusion, Rule

PAYS_EEE = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)
"""EU and EEA States, whose licence must be exchanged after a point-losing offence (C. route, art. R. 222-2)."""

NOMS_EEE = frozenset(
    (  # noqa: SIM905
        "allemagne autriche belgique bulgarie chypre croatie danemark espagne estonie finlande grece hongrie irlande "
        "islande italie lettonie liechtenstein lituanie luxembourg malte norvege pays-bas pologne portugal roumanie "
        "slovaquie slovenie suede tchequie"
    ).split()
)
"""The same States by their French names, without accents."""

invalidation = Rule[[int], bool]("Perte de validité du permis à solde nul", "notification de la lettre 48SI")


@invalidation.version(
    since="1992-07-01",
    cite="C. route, art. L. 223-1, al. 3 ; L. 223-5",
    read_with="CE, avis, 26 juill. 2006, n° 292829 ; CE, 29 sept. 2023, n° 461479",
    certitude=Certitude.LECTURE_OFFICIELLE,
)
def solde_nul_notifie(solde_algebrique: int) -> bool:
    """The licence is lost when the letter is known while the balance is nil; before that it can still be saved."""
    return solde_algebrique <= 0


annulation_judiciaire = Rule[[], int]("Annulation judiciaire du permis", "premier jour de la mesure")


@annulation_judiciaire.version(since="1992-07-01", cite="C. route, art. R. 224-20", certitude=Certitude.COMMENTAIRE)
def fin_du_permis() -> int:
    """The licence ends; what was due to come back dies with it."""
    return 0


class DelaiRemise(NamedTuple):
    """So many days; franc, neither the first nor the last one counts."""

    jours: int
    franc: bool


restitution = Rule[[], DelaiRemise]("Délai pour remettre le permis invalidé, en jours", "réception de la lettre")


@restitution.version(since="1992-07-01", cite="C. route, art. R. 223-3 IV (ancien)", certitude=Certitude.TEXTE)
def une_semaine() -> DelaiRemise:
    """One week from the prefect's letter."""
    return DelaiRemise(7, franc=False)


@restitution.version(since="2011-09-08", cite="C. route, art. R. 223-3 III")
def dix_jours_francs() -> DelaiRemise:
    """Ten jours francs from receipt: neither the first nor the last day counts."""
    return DelaiRemise(10, franc=True)


delai_nouveau_permis = Rule[[bool], int]("Délai avant un nouveau permis, en mois", "remise du permis invalidé")


@delai_nouveau_permis.version(
    since="1992-07-01", cite="C. route, art. L. 223-5 II", certitude=Certitude.LECTURE_OFFICIELLE
)
def six_mois_ou_un_an(nouvelle_perte: bool) -> int:
    """Six months from the day the licence was handed in; one year for a new total loss within five years."""
    return 12 if nouvelle_perte else 6


delai_recidive_perte = Rule[[], int]("Temps entre deux pertes totales qui double l'attente, en mois", "perte totale")


@delai_recidive_perte.version(
    since="1992-07-01", cite="C. route, art. L. 223-5 II", certitude=Certitude.LECTURE_OFFICIELLE
)
def cinq_ans() -> int:
    """Five years after the previous total loss."""
    return 60


class EpreuvePratique(NamedTuple):
    """What the exemption from the practical test asks for: years held, length of the ban, months to apply."""

    mois_detenus: int
    attente_inferieure_a: int
    mois_pour_demander: int


dispense_pratique = Rule[[], EpreuvePratique]("Dispense de l'épreuve pratique", "perte du permis")


@dispense_pratique.version(
    since="1992-07-01", cite="C. route, art. R. 224-20, al. 2", certitude=Certitude.LECTURE_OFFICIELLE
)
def trois_ans_un_an_neuf_mois() -> EpreuvePratique:
    """Held three years at the loss, ban under one year, new licence sought in less than nine months."""
    return EpreuvePratique(36, 12, 9)


capital_etranger = Rule[[int], int]("Points du conducteur titulaire d'un permis étranger", "jour considéré")


@capital_etranger.version(
    since="2016-11-20",
    cite="C. route, art. L. 223-10",
    read_with="loi n° 2016-1547 du 18 nov. 2016 ; décret d'application non trouvé ; CE, 10 mars 2025, n° 471761",
    certitude=Certitude.COMMENTAIRE,
)
def capital_du_conducteur_etranger(maximum: int) -> int:
    """Twelve points in every commentary; the decree was not found, and the day is that after publication."""
    return maximum


interdiction_etranger = Rule[[], int]("Interdiction de conduire en France à solde nul, en mois", "notification")


@interdiction_etranger.version(since="2016-11-20", cite="C. route, art. L. 223-10", certitude=Certitude.COMMENTAIRE)
def un_an_d_interdiction() -> int:
    """One year from its notification; then a fresh capital."""
    return 12


reprise_etranger = Rule[[int, int], tuple[int, int]](
    "Points repris à l'obtention d'un permis français", "date d'obtention"
)


@reprise_etranger.version(since="2016-11-20", cite="C. route, art. L. 223-11", certitude=Certitude.TEXTE)
def points_du_conducteur(solde: int, plafond: int) -> tuple[int, int]:
    """The points then held, even above the ceiling of a probation, which then is no lower ([P], literal reading)."""
    return solde, max(solde, plafond)


echange_obligatoire = Rule[[bool], bool]("Échange obligatoire d'un permis européen", "date de commission")


@echange_obligatoire.version(since="2004-03-01", cite="C. route, art. R. 222-2", certitude=Certitude.COMMENTAIRE)
def apres_une_infraction(europeen: bool) -> bool:
    """The holder of an EU or EEA licence resident in France must exchange it after an offence that costs points."""
    return europeen


def handed_in_by(reception: date) -> Conclusion[date]:
    """The last day to hand in the licence that a letter received on `reception` invalidates."""
    (jours, franc), version = restitution(reception)
    dernier = add_jours_francs(reception, jours) if franc else reception + timedelta(days=jours)
    return Conclusion(dernier, version)


def new_licence_from(remise: date, nul_le: date, precedent_nul_le: date | None) -> date:
    """First day on which a new licence may be obtained (C. route, art. L. 223-5 II)."""
    nouvelle = precedent_nul_le is not None and nul_le <= add_months(
        precedent_nul_le, delai_recidive_perte(nul_le).value
    )
    return add_months(remise, delai_nouveau_permis(remise, nouvelle).value)


def practical_exempt_until(obtention: date, perte: date, attente: tuple[date, date]) -> date | None:
    """The last day to seek a new licence without the practical test; None if it must be taken (R. 224-20, al. 2).

    `attente` is the first day of the ban and the day from which a new licence may be obtained.
    """
    interdit_le, possible_le = attente
    regle = dispense_pratique(perte).value
    trop_longue = possible_le >= add_months(interdit_le, regle.attente_inferieure_a)
    if perte < add_months(obtention, regle.mois_detenus) or trop_longue:
        return None
    return add_months(possible_le, regle.mois_pour_demander) - timedelta(days=1)
