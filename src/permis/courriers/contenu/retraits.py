"""The letters of a withdrawal that leaves some points: 48, 48M, 48N (C. route, art. L. 223-3, R. 223-3 III, R. 223-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from permis.courriers.contenu.blocs import cite_paragraphe, write_alerte, write_paragraphe, write_tableau, write_titre
from permis.courriers.contenu.communs import cite, cite_explication, format_moment, write_compte, write_suites
from permis.courriers.contenu.formes import Bloc, Donnees
from permis.courriers.contenu.langues import Deux, say
from permis.courriers.contenu.recours import echeance_recours, write_recours
from permis.courriers.contenu.sujet import Sujet
from permis.droit.capital import capital_maximal
from permis.droit.delais import add_months
from permis.droit.faits import Infraction
from permis.droit.mouvements import TypeObligation
from permis.droit.phrases import Mois, Points
from permis.droit.retours import MODES
from permis.droit.retrait import retrait_de_plein_droit
from permis.droit.stage import (
    delai_remboursement,
    delai_stage_obligatoire,
    intervalle_stage,
    refund_claimed_until,
    seuil_stage_obligatoire,
)
from permis.typographie import format_date, is_french, space, write

RETIRES = Deux("Points retirés", "Points withdrawn")
DE_PLEIN_DROIT = Deux(
    "La loi retire ces points dès que l'infraction est établie : amende payée, titre exécutoire d'une amende majorée, "
    "composition pénale exécutée ou condamnation définitive ({article}). Cette lettre vous notifie ce retrait "
    "({notification}).",
    "The law withdraws these points as soon as the offence is established: fine paid, enforceable title for an increased "
    "fine, composition pénale carried out, or final conviction ({article}). This letter notifies you of that withdrawal "
    "({notification}).",
)
NOMBRE = Deux(
    "Leur nombre est celui que fixe un autre texte : {article}.", "Another text sets their number: {article}."
)
NOTIFICATION: Final = "C. route, art. L. 223-3 et R. 223-3 III"
NOTIFICATION_48N: Final = "C. route, art. L. 223-3, R. 223-3 III et R. 223-4 I"
L_INFRACTION = Deux("L'infraction", "The offence")
COLONNES: Final = (
    Deux("Commise le", "Committed on"),
    Deux("Infraction", "Offence"),
    Deux("Établie le", "Established on"),
    Deux("Retrait décidé le", "Withdrawal decided on"),
)
ETABLIE = Deux("{jour}, par : {mode}", "{jour}, by: {mode}")
SANS_LIBELLE = Deux("infraction au code de la route", "offence under the Highway Code")
ALERTE = Deux(
    "Attention : ce retrait ne vous laisse que {solde}. À zéro, votre permis perd sa validité et vous ne pouvez plus conduire "
    "(C. route, art. L. 223-1). C'est pourquoi cette lettre vous est adressée en recommandé ; elle n'a pas d'autre effet que "
    "de vous notifier le retrait et de vous alerter.",
    "Take care: this withdrawal leaves you only {solde}. At zero, your licence is no longer valid and you may not drive any more "
    "(C. route, art. L. 223-1). That is why this letter is sent to you registered; it has no other effect than to notify "
    "you of the withdrawal and to warn you.",
)
OBLIGATION_TITRE = Deux("Vous devez suivre un stage", "You must take a course")
OBLIGATION = Deux(
    "Vous avez commis cette infraction pendant votre période probatoire et elle coûte {seuil} ou plus. Vous devez donc suivre "
    "un stage de sensibilisation à la sécurité routière dans les {mois} qui suivent la réception de cette lettre "
    "({article_seuil}). Par exemple, lettre reçue le {exemple} : au plus tard le {dernier}. Votre espace en ligne affiche ce "
    "jour dès que la réception est connue.",
    "You committed this offence during your probationary period and it costs {seuil} or more. You must therefore take a "
    "road-safety awareness course within {mois} of receiving this letter ({article_seuil}). For example, letter received on "
    "{exemple}: by {dernier} at the latest. Your online space shows that day as soon as receipt is known.",
)
AMENDE = Deux(
    "Ce stage remplace l'amende de l'infraction (C. route, art. L. 223-6, al. 4). Dans les {jours} jours qui suivent la fin du "
    "stage, envoyez l'attestation de stage au comptable de la direction générale des finances publiques du lieu de l'infraction et, "
    "si vous avez payé l'amende, les pièces nécessaires à son remboursement ({article}). Par exemple, stage fini le {fin} : au "
    "plus tard le {dernier}.",
    "The course replaces the fine for the offence (C. route, art. L. 223-6, al. 4). Within {jours} days of the end of the course, "
    "send the course certificate to the public accountant (comptable de la direction générale des finances publiques) of the "
    "place of the offence and, if you have paid the fine, the documents needed to refund it ({article}). For example, course "
    "finished on {fin}: by {dernier} at the latest.",
)
MANQUEMENT = Deux(
    "Ne pas suivre le stage dans le délai est une contravention de la quatrième classe, qui peut s'accompagner d'une suspension du "
    "permis de trois ans au plus (C. route, art. R. 223-4 II et III).",
    "Not taking the course in time is a class 4 contravention, which may come with a suspension of your licence for up to three "
    "years (C. route, art. R. 223-4 II and III).",
)
MEME_SANS_POINTS = Deux(
    "Le stage est obligatoire même s'il ne rend pas de points : un stage n'en rend que s'il commence au moins {mois} et un jour après la "
    "fin du précédent ({article}), et dans la limite du plafond de votre permis.",
    "The course is compulsory even if it gives no points back: a course gives some only if it begins at least {mois} and one day after "
    "the end of the one before ({article}), and within the ceiling of your licence.",
)
ETRANGER = Deux(
    "Vous êtes titulaire d'un permis étranger : votre solde étant nul, une interdiction de conduire en France peut vous être "
    "notifiée (C. route, art. L. 223-10).",
    "You hold a foreign licence: your balance being nil, you may be notified of a ban on driving in France (C. route, art. "
    "L. 223-10).",
)


def write_48(sujet: Sujet) -> Iterator[Bloc]:
    """The withdrawal, the offence, the balance, what comes back, the remedies."""
    yield from write_retrait(sujet)
    yield from _of_foreigner(sujet)
    yield from write_suites(sujet)
    yield write_recours(sujet.envoi, retrait=True)


def write_48m(sujet: Sujet) -> Iterator[Bloc]:
    """The same, with a warning: six points or fewer are left."""
    yield from write_retrait(sujet)
    yield write_alerte(ALERTE, solde=Points(sujet.mouvement.solde))
    yield from write_suites(sujet)
    yield write_recours(sujet.envoi, retrait=True)


def write_48n(sujet: Sujet) -> Iterator[Bloc]:
    """The same, with the duty to take a course."""
    yield from write_retrait(sujet)
    yield write_titre(OBLIGATION_TITRE)
    yield from write_obligation(sujet)
    yield from write_suites(sujet)
    yield write_recours(sujet.envoi, retrait=True)


def write_retrait(sujet: Sujet) -> Iterator[Bloc]:
    """The sentence of the law, the points and the balance, the offence."""
    yield cite_explication(sujet.mouvement)
    yield write_compte(sujet, RETIRES)
    yield write_infraction(sujet)
    yield write_notification(sujet)


def write_notification(sujet: Sujet) -> Bloc:
    """Why points go, and by which text this letter says so; another text may set their number (L. 223-2, L. 235-1)."""
    retrait = sujet.retrait
    article = retrait_de_plein_droit.on(retrait.commise_le if retrait else sujet.mouvement.date).cite
    notification = NOTIFICATION_48N if sujet.courrier.reference == "48N" else NOTIFICATION
    texte = say(DE_PLEIN_DROIT, article=cite(article), notification=cite(notification))
    if sujet.mouvement.article == article:
        return cite_paragraphe(texte)
    return cite_paragraphe(f"{texte} {say(NOMBRE, article=cite(sujet.mouvement.article))}")


def write_infraction(sujet: Sujet) -> Bloc:
    """The offence of a withdrawal: when, what, established when and by what, decided when."""
    retrait = sujet.retrait
    if retrait is None:
        raise ValueError(f"{sujet.courrier.reference} without a withdrawal")
    ligne = [
        format_moment(format_date(retrait.commise_le), retrait.heure),
        say_infraction(sujet),
        say(ETABLIE, jour=retrait.realite_le, mode=MODES[retrait.mode]),
        format_date(retrait.decide_le),
    ]
    return write_tableau(L_INFRACTION, COLONNES, [ligne])


def say_infraction(sujet: Sujet) -> str:
    """Its name, its NATINF number and its text: « Usage d'un téléphone… (NATINF 23800 ; C. route, art. …) »."""
    infraction = sujet.infraction
    nom = name_infraction(infraction)
    reperes = []
    if infraction and infraction.natinf:
        reperes.append(f"NATINF {infraction.natinf}")
    if infraction and infraction.article:
        reperes.append(cite(infraction.article))
    lien = "\u202f; " if is_french() else "; "
    return f"{nom} ({lien.join(reperes)})" if reperes else nom


def name_infraction(infraction: Infraction | None) -> str:
    """The name of an offence, which exists in French only."""
    return space(infraction.libelle) if infraction and infraction.libelle else say(SANS_LIBELLE)


def write_obligation(sujet: Sujet) -> Iterator[Bloc]:
    """The compulsory course: until when, what it replaces, that it may give nothing (R. 223-4, L. 223-6, al. 4)."""
    debut = sujet.titre.probation.debut if sujet.titre.probation else sujet.mouvement.date
    maximum = capital_maximal(sujet.mouvement.date).value
    seuil, version_seuil = seuil_stage_obligatoire(debut, maximum)
    mois, _version = delai_stage_obligatoire(sujet.le)
    exemple = sujet.envoi.exemple
    fin = _last_day_of_course(sujet)
    yield write_alerte(
        OBLIGATION,
        seuil=Points(seuil),
        mois=Mois(mois),
        article_seuil=cite(version_seuil.cite),
        exemple=exemple,
        dernier=fin,
    )
    jours, version = delai_remboursement(fin)
    dernier = refund_claimed_until(fin).value
    yield write_paragraphe(AMENDE, jours=jours, article=cite(version.cite), fin=fin, dernier=dernier)
    yield write_paragraphe(MANQUEMENT)
    intervalle, version = intervalle_stage(sujet.le)
    yield write_paragraphe(MEME_SANS_POINTS, mois=Mois(intervalle), article=cite(version.cite))


def _last_day_of_course(sujet: Sujet) -> date:
    """The last day of the compulsory course, of a letter received on the day given as an example."""
    return add_months(sujet.envoi.exemple, delai_stage_obligatoire(sujet.le).value)


def _of_foreigner(sujet: Sujet) -> Iterator[Bloc]:
    """What a withdrawal means for the holder of a foreign licence: a ban at nil, an exchange if it is European."""
    if sujet.titre.is_french_on(sujet.mouvement.date):
        return
    if sujet.releve.solde == 0:
        yield write_paragraphe(ETRANGER)
    for obligation in sujet.releve.obligations:
        if obligation.type is TypeObligation.ECHANGE_OBLIGATOIRE:
            yield cite_paragraphe(write(obligation.explication))


def echeances_48(sujet: Sujet) -> list[Donnees]:
    """The dates to keep: remedies, and what comes back by itself."""
    return [echeance_recours(sujet.envoi)]


def echeances_48n(sujet: Sujet) -> list[Donnees]:
    """The course, counted from receipt, its fine, counted from its end, and the remedies."""
    mois, version = delai_stage_obligatoire(sujet.le)
    stage: Donnees = {"cle": "stage_obligatoire", "le": None, "mois": mois, "franc": False, "article": version.cite}
    jours, version = delai_remboursement(_last_day_of_course(sujet))
    amende: Donnees = {"cle": "remboursement", "le": None, "jours": jours, "franc": False, "article": version.cite}
    return [stage, amende, echeance_recours(sujet.envoi)]
