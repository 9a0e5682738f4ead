"""The letter 48SI: every withdrawal that led to nil, the loss of validity, what must be handed in, what comes after.

C. route, art. L. 223-1, L. 223-5, R. 223-3 III; R. 224-20 for the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from permis.courriers.contenu.blocs import write_liste, write_paragraphe, write_tableau, write_titre
from permis.courriers.contenu.communs import SOUS_ZERO, cite, cite_explication, write_compte
from permis.courriers.contenu.formes import Bloc, Donnees
from permis.courriers.contenu.langues import Deux, format_solde, say
from permis.courriers.contenu.recours import echeance_recours, write_recours
from permis.courriers.contenu.retraits import RETIRES, write_infraction, write_notification
from permis.courriers.contenu.sujet import Sujet
from permis.droit.capital import capital_maximal, capital_obtention
from permis.droit.delais import add_months
from permis.droit.mouvements import Motif, Mouvement
from permis.droit.phrases import Mois, Points
from permis.droit.rule import Version
from permis.droit.validite import (
    EpreuvePratique,
    delai_recidive_perte,
    dispense_pratique,
    handed_in_by,
    invalidation,
    new_licence_from,
    restitution,
)
from permis.typographie import format_date, format_variation, write

ARTICLE_REMISE: Final = "C. route, art. L. 223-5"
NUL = Deux(
    "Votre solde est nul depuis le {nul_le} : votre permis de conduire a perdu sa validité ({article}). Dès que vous recevez "
    "cette lettre, vous n'avez plus le droit de conduire un véhicule pour lequel un permis est exigé, quelle qu'en soit la "
    "catégorie.",
    "Your balance has been nil since {nul_le}: your driving licence is no longer valid ({article}). As soon as you receive "
    "this letter, you no longer have the right to drive any vehicle that requires a licence, whatever its category.",
)
COMPTE = Deux("Les retraits qui ont conduit à ce solde", "The withdrawals that led to this balance")
COLONNES: Final = (
    Deux("Date d'effet", "Effective on"),
    Deux("Mouvement", "Change"),
    Deux("Points", "Points"),
    Deux("Solde", "Balance"),
)
DEPART = Deux("Solde de départ", "Opening balance")
DEVOIR = Deux("Ce que vous devez faire", "What you must do")
NE_PLUS_CONDUIRE = Deux(
    "Ne conduisez plus. Conduire malgré cette lettre est un délit, puni de deux ans d'emprisonnement et de 4 500 euros d'amende "
    "(C. route, art. L. 223-5 V).",
    "Do not drive any more. Driving in spite of this letter is an offence punished by two years' imprisonment and a fine of "
    "4,500 euros (C. route, art. L. 223-5 V).",
)
REMETTRE = Deux(
    "Remettez votre permis au préfet du département où vous résidez dans les {jours} jours francs qui suivent la réception de cette "
    "lettre : ni le jour de réception ni le dernier jour ne comptent ({article}). Par exemple, lettre reçue le {exemple} : au "
    "plus tard le {dernier}. Refuser de le remettre est un délit, puni des mêmes peines (C. route, art. L. 223-5 III).",
    "Hand your licence in to the prefect of the department where you live within {jours} clear days of receiving this letter: "
    "neither the day of receipt nor the last day counts ({article}). For example, letter received on {exemple}: by {dernier} at "
    "the latest. Refusing to hand it in is an offence, with the same penalties (C. route, art. L. 223-5 III).",
)
RECEPISSE = Deux(
    "Demandez le récépissé (lettre 44) : le délai avant un nouveau permis court du jour de la remise, pas de celui de cette "
    "lettre.",
    "Ask for the receipt (letter 44): the wait for a new licence runs from the day you hand yours in, not from this letter.",
)
NOUVEAU = Deux("Obtenir un nouveau permis", "Obtaining a new licence")
ATTENTE = Deux(
    "Vous ne pourrez pas obtenir un nouveau permis avant {mois} à compter de la remise de l'ancien (C. route, art. L. 223-5 II). "
    "Par exemple, permis remis le {exemple} : à partir du {possible_le}.",
    "You cannot obtain a new licence until {mois} after handing in the old one (C. route, art. L. 223-5 II). For example, "
    "licence handed in on {exemple}: from {possible_le}.",
)
RECIDIVE = Deux(
    "Ce délai est doublé parce que vous aviez déjà perdu tous vos points dans les {mois} qui précèdent.",
    "This wait is doubled because you had already lost all your points within the {mois} before.",
)
APTE = Deux(
    "Vous devrez être reconnu apte après un examen médical et psychotechnique, à vos frais (C. route, art. L. 223-5 II), et "
    "repasser toutes les épreuves du permis : l'attente n'est pas inférieure à {attente} ({article}).",
    "You must be found fit after a medical and psychotechnical examination, at your own expense (C. route, art. L. 223-5 II), "
    "and take all the licence tests again: the wait is not under {attente} ({article}).",
)
EXAMENS = Deux(
    "Vous devrez être reconnu apte après un examen médical et psychotechnique, à vos frais (C. route, art. L. 223-5 II), et "
    "repasser les épreuves du permis. Vous êtes dispensé de l'épreuve pratique si vous étiez titulaire du permis depuis {detenu} "
    "au moins, si l'attente est inférieure à {attente} et si vous demandez le nouveau permis moins de {demande} après le jour où "
    "vous le pouvez ({article}).",
    "You must be found fit after a medical and psychotechnical examination, at your own expense (C. route, art. L. 223-5 II), "
    "and take the licence tests again. You are exempt from the practical test if you had held the licence for at least {detenu}, "
    "if the wait is under {attente}, and if you apply for the new licence less than {demande} after the day from which you may "
    "({article}).",
)
PROBATOIRE = Deux(
    "Ce permis sera un nouveau permis : il commencera avec {points} et une période probatoire ({article}).",
    "It will be a new licence: it will begin with {points} and a probationary period ({article}).",
)
STAGE_TROP_TARD = Deux(
    "Un stage ne rend des points que s'il est achevé au plus tard la veille du jour où vous recevez cette lettre. Si c'est votre cas, "
    "écrivez-le au ministre : cette lettre peut ne pas être fondée (CE, 29 septembre 2023, n° 461479).",
    "A course gives points back only if it was finished by the day before you receive this letter at the latest. If that is your "
    "case, write so to the Minister: this letter may be unfounded (CE, 29 September 2023, no. 461479).",
)


def write_48si(sujet: Sujet) -> Iterator[Bloc]:
    """The last withdrawal, the recap, the injunction, the way to a new licence, the remedies."""
    envoi = sujet.envoi
    yield cite_explication(sujet.mouvement)
    yield write_compte(sujet, RETIRES)
    yield write_paragraphe(NUL, nul_le=nul_depuis(sujet), article=cite(invalidation.on(sujet.le).cite))
    yield write_titre(DEVOIR)
    delai, version = restitution(envoi.exemple)
    remettre = say(
        REMETTRE,
        jours=delai.jours,
        article=cite(version.cite),
        exemple=envoi.exemple,
        dernier=handed_in_by(envoi.exemple).value,
    )
    yield {**write_liste("", [say(NE_PLUS_CONDUIRE), remettre, say(RECEPISSE)]), "role": "alerte"}
    yield write_recap(sujet)
    if any(m.solde_algebrique < 0 for m in movements_to_nil(sujet)):
        yield write_paragraphe(SOUS_ZERO)
    yield write_infraction(sujet)
    yield write_notification(sujet)
    yield write_titre(NOUVEAU)
    yield from write_nouveau(sujet)
    yield write_paragraphe(STAGE_TROP_TARD)
    yield write_recours(envoi, retrait=True)


def nul_depuis(sujet: Sujet) -> date:
    """The day from which the balance has been nil without a break, up to the movement of the letter."""
    rang = sujet.releve.mouvements.index(sujet.mouvement)
    nul_le = sujet.mouvement.date
    for m in reversed(sujet.releve.mouvements[: rang + 1]):
        if m.solde_algebrique > 0:
            break
        nul_le = m.date
    return nul_le


def movements_to_nil(sujet: Sujet) -> Sequence[Mouvement]:
    """All that moved since the capital was last full, or since the licence began: first the state it started from.

    What came back is kept among them, so that the count can be checked line by line.
    """
    rang = sujet.releve.mouvements.index(sujet.mouvement)
    debut = sujet.titre.debut
    avant = [m for m in sujet.releve.mouvements[: rang + 1] if m.date >= debut]
    pleins = [i for i, m in enumerate(avant) if m.solde_algebrique == capital_maximal(m.date).value]
    ouvertures = [i for i, m in enumerate(avant) if m.motif in (Motif.CAPITAL_INITIAL, Motif.NOUVEAU_PERMIS)]
    return avant[max([*pleins, *ouvertures], default=0) :]


def write_recap(sujet: Sujet) -> Bloc:
    """Each withdrawal that contributed, and what came back between them, down to nil (C. route, art. R. 223-3 III)."""
    depart, *suite = movements_to_nil(sujet)
    lignes = [[format_date(depart.date), say(DEPART), "", format_solde(depart.solde, depart.plafond)]]
    lignes += [
        [format_date(m.date), write(m.explication), format_variation(m.variation), format_solde(m.solde, m.plafond)]
        for m in suite
    ]
    return write_tableau(COMPTE, COLONNES, lignes)


def months_of_wait(sujet: Sujet) -> tuple[int, bool]:
    """The wait for a new licence, in months, and whether it is that of a second loss (L. 223-5 II)."""
    nul_le, le = nul_depuis(sujet), sujet.le
    avant = [t.nul_le for t in sujet.releve.vie.titres if t.nul_le is not None and t.debut < sujet.titre.debut]
    possible_le = new_licence_from(le, nul_le, max(avant, default=None))
    mois = next(mois for mois in range(1, 121) if add_months(le, mois) >= possible_le)
    return mois, possible_le > new_licence_from(le, nul_le, None)


def write_nouveau(sujet: Sujet) -> Iterator[Bloc]:
    """From when a new licence, with which examinations and tests (L. 223-5 II, R. 224-20)."""
    mois, recidive = months_of_wait(sujet)
    exemple = sujet.envoi.exemple
    yield write_paragraphe(ATTENTE, mois=Mois(mois), exemple=exemple, possible_le=add_months(exemple, mois))
    if recidive:
        yield write_paragraphe(RECIDIVE, mois=Mois(delai_recidive_perte(sujet.le).value))
    regle, version = dispense_pratique(sujet.le)
    if mois >= regle.attente_inferieure_a:
        yield write_paragraphe(APTE, attente=Mois(regle.attente_inferieure_a), article=cite(version.cite))
    else:
        yield _tests_to_take(regle, version)
    points, version = capital_obtention(sujet.le, capital_maximal(sujet.le).value)
    yield write_paragraphe(PROBATOIRE, points=Points(points), article=cite(version.cite))


def _tests_to_take(regle: EpreuvePratique, version: Version) -> Bloc:
    return write_paragraphe(
        EXAMENS,
        detenu=Mois(regle.mois_detenus),
        attente=Mois(regle.attente_inferieure_a),
        demande=Mois(regle.mois_pour_demander),
        article=cite(version.cite),
    )


def recap_48si(sujet: Sujet) -> list[Donnees]:
    """The withdrawals of the recap, for machines."""
    return [
        {"fait": m.fait, "date": m.date.isoformat(), "points": -m.variation, "solde": m.solde, "article": m.article}
        for m in movements_to_nil(sujet)
        if m.motif is Motif.RETRAIT
    ]


def echeances_48si(sujet: Sujet) -> list[Donnees]:
    """The handing in, the wait it opens, the remedies: all counted from a day to come."""
    mois, _recidive = months_of_wait(sujet)
    delai, version = restitution(sujet.envoi.exemple)
    remise = {"cle": "remise_titre", "le": None, **delai._asdict(), "article": version.cite}
    attente = {"cle": "nouveau_permis", "le": None, "mois": mois, "franc": False, "article": ARTICLE_REMISE + " II"}
    return [remise, attente, echeance_recours(sujet.envoi)]
