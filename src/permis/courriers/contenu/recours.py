"""What may be done against a decision, before whom, and until when (CRPA, art. L. 411-2; C. just. adm., art. R. 421-1).

The last day depends on the day the letter is known, which nobody knows when it is written: the letter gives the rule
and an example, the driver's space the day. A letter that did not say so would make no delay run (R. 421-5).
"""

from __future__ import annotations

from permis.courriers.contenu.blocs import write_liste
from permis.courriers.contenu.communs import cite
from permis.courriers.contenu.formes import Bloc, Donnees
from permis.courriers.contenu.langues import Deux, say
from permis.courriers.contenu.sujet import Envoi
from permis.droit.information import delai_consultation
from permis.droit.phrases import Mois
from permis.droit.recours import delai_recours, recours_open_until

TITRE = Deux("Si vous n'êtes pas d'accord", "If you disagree")
DEPARTS = {
    "simple": Deux(
        "du jour où vous recevez cette lettre",
        "the day you receive this letter",
    ),
    "recommande": Deux(
        "du jour où cette lettre vous est remise ou, si vous ne la retirez pas, du jour où elle vous a été présentée",
        "the day this letter is handed to you or, if you do not collect it, the day it was presented to you",
    ),
    "electronique": Deux(
        "du jour où vous ouvrez cette lettre pour la première fois dans votre espace ou, si vous ne l'ouvrez pas, de la fin des "
        "{jours} jours qui suivent sa mise à disposition (C. route, art. R. 223-3-1 III)",
        "the day you first open this letter in your space or, if you do not open it, the end of the {jours} days after it was made "
        "available (C. route, art. R. 223-3-1 III)",
    ),
    "main_propre": Deux("du jour où cette lettre vous est remise", "the day this letter is handed to you"),
}
TRIBUNAL = Deux(
    "Devant le tribunal administratif du lieu où vous résidez, dans les {mois} à compter {depart}. Ce délai est franc : ni ce "
    "jour ni le dernier ne comptent ; s'il finit un samedi, un dimanche ou un jour férié, il va jusqu'au jour ouvrable suivant "
    "({article}). Par exemple, lettre connue le {exemple} : jusqu'au {dernier} inclus ; votre espace en ligne calcule ce jour. "
    "Écrivez au tribunal ou passez par telerecours.fr ; un avocat n'est pas obligatoire.",
    "Before the administrative court of the place where you live, within {mois} of {depart}. This period is clear (franc): "
    "neither that day nor the last one counts; if it ends on a Saturday, a Sunday or a public holiday, it goes on to the next "
    "working day ({article}). For example, letter known on {exemple}: until {dernier} included; your online space works that "
    "day out. Write to the court or use telerecours.fr; a lawyer is not required.",
)
GRACIEUX_MINISTRE = Deux(
    "Auprès du ministre de l'intérieur (place Beauvau, 75800 Paris Cedex 08) : demandez-lui par lettre de revoir sa décision "
    "(recours gracieux).",
    "With the Minister of the Interior (place Beauvau, 75800 Paris Cedex 08): ask by letter for the decision to be "
    "reconsidered (recours gracieux).",
)
GRACIEUX_PREFET = Deux(
    "Auprès du préfet (recours gracieux) ou du ministre de l'intérieur, place Beauvau, 75800 Paris Cedex 08 (recours "
    "hiérarchique) : demandez par lettre que la décision soit revue.",
    "With the prefect (recours gracieux) or the Minister of the Interior, place Beauvau, 75800 Paris Cedex 08 (recours "
    "hiérarchique): ask by letter for the decision to be reconsidered.",
)
PROROGATION = Deux(
    "{demande} Gardez-en la preuve. Faite dans le délai du tribunal, cette demande l'interrompt : il repart en entier du jour où vous recevez "
    "la réponse ou, sans réponse, deux mois après son arrivée, ce qui vaut refus (CRPA, art. L. 411-2 et L. 231-4 ; C. just. adm., "
    "art. R. 421-2).",
    "{demande} Keep proof of it. Made within the court's time limit, the request interrupts it, which starts again in full on the day "
    "you receive the reply or, without a reply, two months after it arrived, which means refusal (CRPA, art. L. 411-2 and L. 231-4; "
    "C. just. adm., art. R. 421-2).",
)
REFERE = Deux(
    "En urgence, devant le juge des référés : aucun recours ne suspend la décision par lui-même. S'il y a urgence et un doute "
    "sérieux sur sa légalité, demandez-lui de la suspendre, en plus du recours devant le tribunal (C. just. adm., art. L. 521-1).",
    "In an emergency, before the urgent applications judge: no appeal suspends the decision by itself. If it is urgent and there "
    "is serious doubt about its lawfulness, ask for it to be suspended, in addition to your case (C. just. adm., art. L. 521-1).",
)
INFRACTION = Deux(
    "Contre l'infraction elle-même, devant la justice pénale : une amende majorée ou un jugement se contestent comme le dit l'avis ou "
    "la décision, et dans son délai ; une amende payée ne se conteste plus. Si l'infraction tombe, les points reviennent et une lettre "
    "vous le dit.",
    "Against the offence itself, before the criminal authorities: an increased fine or a judgment is contested as its notice or the "
    "decision says, and within its time limit; a fine that is paid can no longer be contested. If the offence falls, the points come "
    "back and a letter tells you so.",
)


def write_recours(envoi: Envoi, *, prefet: bool = False, retrait: bool = False) -> Bloc:
    """The remedies against a decision of the minister, or of the prefect; those of a withdrawal add two more."""
    demande = say(GRACIEUX_PREFET if prefet else GRACIEUX_MINISTRE)
    elements = [say(PROROGATION, demande=demande), say_tribunal(envoi)]
    if retrait:
        elements += [say(REFERE), say(INFRACTION)]
    return {**write_liste(say(TITRE), elements), "role": "recours"}


def say_tribunal(envoi: Envoi) -> str:
    """Until when one may go to court: the rule and an example."""
    mois, version = delai_recours(envoi.le)
    return say(
        TRIBUNAL,
        mois=Mois(mois),
        depart=say(
            DEPARTS[envoi.voie], jours=delai_consultation(envoi.le).value if envoi.voie == "electronique" else 0
        ),
        article=cite(version.cite),
        exemple=envoi.exemple,
        dernier=recours_open_until(envoi.exemple).value,
    )


def echeance_recours(envoi: Envoi) -> Donnees:
    """The same for machines: the day is not known yet."""
    mois, version = delai_recours(envoi.le)
    return {"cle": "recours", "le": None, "mois": mois, "franc": True, "article": version.cite}
