"""The sentences shown to people, in French; `affichage` translates the same templates.

A template names its values in braces. Values keep their type until they are shown: a `date` is written in full, `Points`
and `Mois` agree in number, a `Mot` is itself a translatable text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from typing import NamedTuple, Self

MOIS_DE_L_ANNEE = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


class Points(int):
    """A number of points, written with its noun."""


class Mois(int):
    """A number of months, written in years where it can be."""


class Mot(str):
    """A fixed French text that a translation may replace."""

    __slots__ = ()


def format_valeur(valeur: object) -> str:
    """A value as a French reader expects it: « 2 avril 2024 », « 3 points », « 2 ans »."""
    if isinstance(valeur, date):
        return f"{'1er' if valeur.day == 1 else valeur.day} {MOIS_DE_L_ANNEE[valeur.month - 1]} {valeur.year}"
    if isinstance(valeur, Points):
        return f"{int(valeur)} point{'s' if abs(valeur) > 1 else ''}"
    if isinstance(valeur, Mois):
        if valeur % 12:
            return f"{int(valeur)} mois"
        return f"{valeur // 12} an{'s' if valeur > 12 else ''}"
    return str(valeur)


class Phrase(NamedTuple):
    """A template and its values; `str()` gives the French sentence."""

    gabarit: str
    valeurs: Mapping[str, object]

    def __str__(self) -> str:
        return self.gabarit.format_map({cle: format_valeur(valeur) for cle, valeur in self.valeurs.items()})


class Message(str):
    """What is wrong, or expected: the French text, with the template and the values that another language needs.

    Dates are ISO, as dossiers write them; a value may be a `Message`, a `Phrase` or a `Mot`; any other is quoted as it is.
    Every template is a literal, read from the source for translation.
    """

    __slots__ = ("gabarit", "valeurs")

    gabarit: str
    valeurs: Mapping[str, object]

    def __new__(cls, gabarit: str, /, **valeurs: object) -> Self:
        """The text in French; `gabarit` names its values in braces."""
        message = super().__new__(cls, gabarit.format_map(valeurs))
        message.gabarit, message.valeurs = gabarit, valeurs
        return message

    def rewrite(self, gabarit: str, valeurs: Mapping[str, object]) -> Self:
        """Another message of the same kind, from a template that is already gathered for translation."""
        return type(self)(gabarit, **valeurs)


def quote(mot: str) -> Message:
    """A word of a dossier or of the public format, in the quotation marks of the language."""
    return Message("« {mot} »", mot=mot)


def in_full(jour: date) -> Phrase:
    """A day in words, for a message that does not speak of what a dossier wrote."""
    return Phrase("{jour}", {"jour": jour})


def list_messages(messages: Iterable[Message]) -> Message:
    """« un, deux, trois »."""
    return reduce(lambda debut, suite: Message("{debut}, {suite}", debut=debut, suite=suite), messages)


def list_and(messages: Iterable[Message]) -> Message:
    """« un et deux »."""
    return reduce(lambda debut, suite: Message("{debut} et {suite}", debut=debut, suite=suite), messages)


def list_or(messages: Iterable[Message]) -> Message:
    """« un ou deux »."""
    return reduce(lambda debut, suite: Message("{debut} ou {suite}", debut=debut, suite=suite), messages)


EXPLICATIONS = {
    "capital_1992": "Le permis à points commence le {date} : ce permis plus ancien reçoit {points}.",
    "capital_entier": "Permis obtenu le {obtention}, avant le permis probatoire : il reçoit {points} d'un coup.",
    "capital_probatoire": (
        "Permis obtenu le {obtention} : il est probatoire jusqu'au {fin} et commence avec {points}, la moitié du maximum."
    ),
    "capital_echange": (
        "Permis échangé le {obtention}, dont l'origine remonte au {origine} : il reçoit {points}, sans période probatoire."
    ),
    "capital_echange_probatoire": (
        "Permis échangé le {obtention}, dont l'origine remonte au {origine} : il est probatoire jusqu'au {fin} et reçoit "
        "{points}, gains annuels compris."
    ),
    "capital_etranger": "Le titulaire d'un permis étranger qui conduit en France dispose de {points} depuis le {date}.",
    "capital_renouvele": "L'interdiction de conduire en France prend fin le {date} : un nouveau capital de {points} s'ouvre.",
    "nouveau_permis": (
        "Nouveau permis obtenu le {obtention} après la perte du précédent : {points}, et une probation jusqu'au {fin}."
    ),
    "nouveau_permis_entier": "Nouveau permis obtenu le {obtention} après la perte du précédent : il reçoit {points}.",
    "reprise_etranger": (
        "Permis français obtenu le {date} : les points détenus comme conducteur étranger sont repris, soit {points}."
    ),
    "majoration_1992": "Le maximum passe à {plafond} pour tous les permis : {points} de plus.",
    "majoration": (
        "Une année de probation s'achève le {date} et aucune infraction commise depuis le {obtention} ne s'y oppose : "
        "{points} de plus, et le plafond monte d'autant."
    ),
    "fin_probatoire": (
        "La période probatoire commencée le {obtention} s'achève et aucune infraction ne s'y oppose : le capital passe "
        "à {plafond}."
    ),
    "fin_probatoire_formation": (
        "La période probatoire commencée le {obtention}, raccourcie par la formation complémentaire, s'achève et aucune "
        "infraction ne s'y oppose : le capital passe à {plafond}."
    ),
    "fin_probatoire_sans_gain": (
        "La période probatoire commencée le {obtention} s'achève ; une infraction y a coûté des points, le solde ne change "
        "pas mais le plafond passe à {plafond}."
    ),
    "retrait": (
        "Retrait de {points} pour l'infraction du {commise_le} ({libelle}), établie le {realite_le} par : {mode}."
    ),
    "retrait_decide": (
        "Retrait de {points} pour l'infraction du {commise_le} ({libelle}), établie le {realite_le} par : {mode} ; "
        "décision du {decide_le}."
    ),
    "retrait_plafonne": (
        "Retrait de {points} au lieu de {nominal} pour l'infraction du {commise_le} ({libelle}), établie le {realite_le} "
        "par : {mode} ; le cumul des infractions simultanées est plafonné."
    ),
    "retrait_derogation": (
        "Retrait de {points} pour l'infraction du {commise_le} ({libelle}), établie le {realite_le} par : {mode} ; la loi "
        "déroge ici au maximum ordinaire."
    ),
    "reattribution_six_mois": (
        "Le point unique retiré pour l'infraction du {commise_le} revient {mois} après le {realite_le} : aucune autre "
        "infraction ne s'y oppose."
    ),
    "reattribution_dix_ans": (
        "Retour de {points} dix ans après l'établissement, le {realite_le}, de l'infraction du {commise_le}, une "
        "contravention des quatre premières classes."
    ),
    "reconstitution_integrale": (
        "Le délai de {mois} ouvert le {depart} expire sans infraction qui s'y oppose : le capital est reconstitué en "
        "entier ; il y manquait {points}."
    ),
    "reconstitution_repoussee": (
        "Le délai de {mois} ouvert le {depart} a expiré pendant la période probatoire, sans infraction qui s'y oppose : le "
        "capital est reconstitué à la fin de celle-ci, le {date} ; il y manquait {points}."
    ),
    "stage": "Stage de sensibilisation suivi du {debut} au {fin} : {points} de plus dès le lendemain.",
    "invalidation": (
        "La lettre 48SI est connue le {date}, alors que le solde est nul depuis le {nul_le} : le permis perd sa validité."
    ),
    "interdiction": (
        "L'interdiction de conduire en France, le solde étant nul, court du {date} au {fin} ; le permis étranger n'est pas "
        "invalidé."
    ),
    "annulation_permis": "Le juge annule le permis à compter du {date} : il prend fin avec les points qui restaient à revenir.",
}

AURAIT_CHANGE = {
    "capital_1992": "Rien : la loi a doté tous les permis en cours.",
    "capital_entier": "Une obtention à partir du 1er mars 2004 aurait ouvert une période probatoire.",
    "capital_probatoire": (
        "Seuls l'apprentissage anticipé de la conduite et la formation complémentaire raccourcissent la période probatoire."
    ),
    "capital_echange": "Une première obtention de moins de trois ans avant l'échange aurait laissé courir une probation.",
    "capital_echange_probatoire": "Trois ans d'ancienneté à la date de l'échange auraient donné le capital entier.",
    "capital_etranger": "Un permis français aurait suivi les règles de la probation et de l'invalidation.",
    "capital_renouvele": "Rien : le nouveau capital suit de droit la fin de l'interdiction.",
    "nouveau_permis": "L'annulation de la perte du permis avant ce jour aurait laissé courir l'ancien.",
    "nouveau_permis_entier": "L'annulation de la perte du permis avant ce jour aurait laissé courir l'ancien.",
    "reprise_etranger": "Des points revenus avant ce jour auraient été repris eux aussi.",
    "majoration_1992": "Rien : le décret s'est appliqué à tous.",
    "majoration": "Une infraction coûtant des points, commise dans ce temps, aurait supprimé ce gain et les suivants.",
    "fin_probatoire_formation": (
        "Une infraction coûtant des points, une suspension ou une restriction avant cette fin aurait rendu à la probation sa "
        "durée entière."
    ),
    "fin_probatoire": "Une infraction coûtant des points, commise pendant la probation, aurait empêché ce gain.",
    "fin_probatoire_sans_gain": "Sans infraction coûtant des points pendant la probation, le capital serait passé au maximum.",
    "retrait": (
        "Une contestation recevable avant l'établissement, une relaxe ou l'annulation de la décision auraient écarté ce "
        "retrait ; un stage suivi ensuite peut rendre des points."
    ),
    "retrait_decide": (
        "Une contestation recevable avant l'établissement, une relaxe ou l'annulation de la décision auraient écarté ce "
        "retrait ; un stage suivi ensuite peut rendre des points."
    ),
    "retrait_plafonne": (
        "Commise à un autre instant que les infractions simultanées, celle-ci aurait coûté {nominal} ; une contestation "
        "recevable ou une relaxe l'auraient écartée."
    ),
    "retrait_derogation": (
        "Commise avant le 11 juillet 2025, l'infraction aurait coûté 6 points ; une relaxe l'aurait écartée."
    ),
    "reattribution_six_mois": (
        "Une autre infraction coûtant des points, commise entre le {realite_le} et le {date}, aurait bloqué ce retour."
    ),
    "reattribution_dix_ans": (
        "Une reconstitution intégrale plus tôt l'aurait rendu inutile ; la perte du permis l'aurait empêché."
    ),
    "reconstitution_integrale": (
        "Une infraction coûtant des points, commise entre le {depart} et le {date}, aurait fait repartir le délai."
    ),
    "reconstitution_repoussee": (
        "Une infraction coûtant des points, commise entre le {depart} et le {date}, aurait fait repartir le délai."
    ),
    "stage": (
        "Un stage suivi avant que les points soient retirés, au plafond, ou trop tôt après un autre, n'aurait rien rendu."
    ),
    "invalidation": "Un stage achevé la veille au plus tard, avec un solde redevenu positif, aurait sauvé le permis.",
    "interdiction": "Un stage ou un retour de points avant la notification aurait évité l'interdiction.",
    "annulation_permis": "Seule une voie de recours contre la décision du juge l'aurait empêchée.",
}

_SANS_INFRACTION = "À condition qu'aucune infraction coûtant des points ne soit commise jusqu'au {date} {borne}, et que le permis soit encore détenu."
_SANS_INFRACTION_NI_REALITE = (
    "À condition qu'aucune infraction coûtant des points ne soit commise jusqu'au {date} {borne}, qu'aucune plus ancienne ne "
    "soit établie d'ici là, et que le permis soit encore détenu."
)
CONDITIONS = {
    **dict.fromkeys(EXPLICATIONS, "À condition que rien de nouveau ne soit appris d'ici là."),
    "majoration": "À condition qu'aucune infraction coûtant des points ne soit commise depuis le {obtention} jusqu'à ce jour.",
    "fin_probatoire": (
        "À condition qu'aucune infraction coûtant des points ne soit commise depuis le {obtention} jusqu'à ce jour."
    ),
    "fin_probatoire_sans_gain": "À condition que le permis soit encore détenu : la période probatoire n'est jamais prolongée.",
    "reattribution_six_mois": _SANS_INFRACTION,
    "reattribution_dix_ans": "À condition que le permis ne soit ni invalidé ni annulé d'ici là, et dans la limite du plafond.",
    "fin_probatoire_formation": (
        "À condition qu'aucune infraction coûtant des points, suspension ni restriction n'intervienne d'ici là."
    ),
    "reconstitution_integrale": _SANS_INFRACTION_NI_REALITE,
    "reconstitution_repoussee": _SANS_INFRACTION_NI_REALITE,
    "retrait": "À condition que le permis soit encore détenu et que ni l'infraction, ni ce qui l'établit, ni la décision ne tombe.",
    "retrait_decide": "À condition que le permis soit encore détenu et que ni l'infraction, ni ce qui l'établit, ni la décision ne tombe.",
    "stage": "À condition de suivre le stage en entier et que le permis soit encore valide le lendemain.",
    "capital_renouvele": "À la fin de l'interdiction, sans autre condition.",
}

SANS_EFFET = {
    "annule": "Ce fait a été annulé le {date} : il est réputé n'avoir jamais existé.",
    "zero_point": "Cette infraction ne coûte aucun point : elle ne retire rien et ne bloque rien.",
    "vehicule_sans_permis": "Infraction commise avec un véhicule qui se conduit sans permis : aucun point ne peut être retiré.",
    "avant_permis_a_points": "Infraction commise avant le permis à points, né le 1er juillet 1992.",
    "non_etablie": "La réalité de cette infraction n'est pas établie : sans paiement, titre exécutoire, composition pénale "
    "exécutée ni condamnation définitive, aucun point n'est retiré.",
    "non_decide": "Le retrait n'est pas encore décidé, ou sa décision n'est pas connue : aucun point n'est retiré.",
    "decision_annulee": "La décision de retrait a été annulée : aucun point n'est retiré.",
    "titre_non_etablissant": "Avant la loi du 12 juin 2003, l'émission d'un titre exécutoire n'établissait pas l'infraction.",
    "plafond_cumul": "Le plafond des infractions simultanées est déjà atteint : cette infraction n'ajoute rien.",
    "commise_sans_permis": "Infraction commise le {commise_le}, un jour où aucun permis à points n'était détenu.",
    "permis_perdu": "Retrait tombé après la perte du permis qui portait l'infraction du {commise_le} : il ne retire rien.",
    "retour_plafond": "Les points de l'infraction du {commise_le} sont dus, mais le capital est déjà au plafond.",
    "stage_sans_points": "Stage de cas {cas} : alternative aux poursuites ou peine, il ne rend aucun point.",
    "stage_trop_tot": "Stage suivi trop tôt : le précédent s'est achevé le {precedent}, il faut attendre {mois}, un jour de plus.",
    "stage_plafond": "Le capital avait déjà atteint le plafond du stage ({plafond}) : celui-ci ne rend rien, mais il compte pour le délai.",
    "stage_permis_perdu": "Stage suivi quand le permis n'était plus valide : il ne rend rien.",
    "stage_sans_permis": "Stage suivi avant tout permis : il ne rend rien.",
    "formation_avant_2019": "La formation complémentaire n'existait pas encore : elle raccourcit la probation depuis le 1er janvier 2019.",
    "formation_hors_delai": "Formation suivie le {date}, hors du temps permis (du sixième au douzième mois du permis).",
    "formation_perdue": "Le bénéfice de la formation est perdu : une infraction coûtant des points, une suspension ou une "
    "restriction est intervenue au plus tard le {fin}.",
    "formation_fermee": "La formation complémentaire n'est ouverte qu'au premier permis, pendant sa probation.",
    "invalidation_non_fondee": "La lettre d'invalidation est connue un jour où le solde n'est pas nul : elle n'est pas fondée.",
    "invalidation_etranger": "Un permis étranger ne peut être invalidé : seule l'interdiction de conduire en France est possible.",
    "courrier_sans_forme": "Cette lettre doit être recommandée : une autre voie ne vaut pas notification.",
    "courrier_permis_perdu": "Lettre reçue quand le permis n'était déjà plus valide.",
    "courrier_sans_permis": "Lettre reçue avant tout permis.",
    "courrier_non_connu": "Lettre non notifiée : adresse inconnue, ou pli ni retiré ni revenu « avisé ».",
    "courrier_sans_retrait": "Lettre 48N sans retrait d'au moins trois points pour une infraction commise en probation.",
    "mesure_sans_points": "Cette mesure ne retire ni ne rend aucun point, et n'arrête aucun délai.",
    "categorie_sans_points": "La catégorie AM n'est pas un permis à points.",
    "delivrance_permis_perdu": "Délivrance pendant que le permis est perdu : un nouveau permis se déclare avec « retour ».",
    "delivrance_interdiction": "Délivrance pendant l'interdiction de conduire en France : elle ne peut donner de points avant sa fin.",
    "delivrance_etrangere": "Un permis étranger n'ouvre pas de second capital quand un permis français court.",
    "remise_sans_objet": "Titre remis sans perte de validité connue : cela ne fait courir aucun délai.",
}

OBLIGATIONS = {
    "stage_obligatoire": "La lettre 48N connue le {date} oblige à suivre un stage au plus tard le {echeance} ; il remplace l'amende.",
    "remise_titre": "La lettre d'invalidation connue le {date} enjoint de remettre le permis au plus tard le {echeance}.",
    "nouveau_permis_attente": "Un nouveau permis ne pourra être obtenu qu'après un délai qui court de la remise du titre.",
    "nouveau_permis": (
        "Un nouveau permis peut être obtenu à partir du {possible_le}, après un examen médical et psychotechnique ; "
        "toutes les épreuves sont à repasser."
    ),
    "nouveau_permis_dispense": (
        "Un nouveau permis peut être obtenu à partir du {possible_le}, après un examen médical et psychotechnique. Demandé "
        "au plus tard le {echeance}, il ne suppose pas de repasser l'épreuve pratique : l'épreuve théorique suffit."
    ),
    "nouveau_permis_annulation": "Après l'annulation judiciaire, un nouveau permis suppose de repasser les épreuves.",
    "echange_obligatoire": (
        "Si le titulaire réside en France, l'infraction du {commise_le} oblige à échanger ce permis de l'Espace économique "
        "européen contre un permis français."
    ),
}

FAUTES_DITES = {
    "{lieu}.{cle}": "{lieu}, {cle}",
    "hypothèse {texte}": "supposition",
    "clé absente": "information absente",
    "cette clé dans tout fait « {type} »": "cette information, toujours nécessaire ici",
    "clé absente alors que « {cle} » est donné": "il manque l'une des deux informations",
    "clé inconnue {cle}{suggestion}": "élément inconnu : {cle}{suggestion}",
    "clé répétée {cle}": "élément répété : {cle}",
    "chaque clé une seule fois": "chaque élément une seule fois",
    'une date AAAA-MM-JJ entre 1900-01-01 et 2200-12-31, comme "2026-03-10"': "une date entre 1900 et 2200",
    'une date ou un moment AAAA-MM-JJTHH:MM en heure légale française, comme "2026-03-10T18:14"': (
        "une date entre 1900 et 2200, avec ou sans l'heure"
    ),
    "« natinf », ou « bareme », ou « classe » avec « points » : une seule de ces trois façons": (
        "une infraction du barème, ou bien sa classe et ses points"
    ),
    "décrite de plusieurs façons ({cles})": "l'infraction est décrite de plusieurs façons à la fois",
    "une ligne du barème en vigueur le jour de l'infraction, ou « classe » avec « points »": (
        "une infraction du barème de ce jour-là, ou bien sa classe et ses points"
    ),
    "{valeur}, ou pas de clé": "ce que dit le barème, ou aucune réponse",
    "sans objet pour la filière « {filiere} »": "sans objet pour ce permis",
    "« pays » pour « etranger » seul": "un pays pour un permis étranger seulement",
    "« echange » ou « conversion »": "une date d'origine pour un permis échangé ou converti seulement",
    "{origine} est après la délivrance": "le {origine} est après la délivrance",
    "{fin} est avant le début de la mesure": "le {fin} est avant le début de la mesure",
    "« date », ou celles dont elle découle (presentee_le, retiree_le…)": (
        "le jour où la lettre a été connue, ou ceux de sa présentation et de son retrait"
    ),
    "mise_a_disposition_le et consultee_le, ou date": (
        "les jours de mise à disposition et de consultation, ou le jour où la lettre a été connue"
    ),
    "le mode « electronique »": "cette information pour un courrier électronique seulement",
    "le mode « recommande », ou « date »": "une lettre recommandée, ou le seul jour où la lettre a été connue",
    "presentee_le, puisqu'une lettre revenue NPAI n'est pas notifiée": (
        "le seul jour de présentation, puisqu'une lettre revenue NPAI n'est pas notifiée"
    ),
    "{jour} est avant « {cle} »": "le {jour} est avant l'étape précédente : {cle}",
    "{date} contredit les autres dates de la lettre": "le {date} contredit les autres dates de la lettre",
    "{date}, qui en découle, ou pas de clé": "le {date}, qui en découle, ou aucune date ici",
    "l'« id » d'un fait de ce dossier": "un fait de ce dossier",
    "l'« id » d'un autre fait": "un autre fait",
    "l'« id » d'une infraction": "une infraction de ce dossier",
    "{nom} est un fait « {type} » ({lieu}), pas une infraction": "{nom} n'est pas une infraction : {lieu}",
    "{moment} est avant la commission de l'infraction ({lieu})": "le {moment} est avant l'infraction elle-même",
    "{moment} est avant le fait « {type} » visé ({lieu})": "le {moment} est avant ce qui est visé : {type}",
    "annulations en cercle ({lieux})": "ces annulations s'annulent en cercle",
    "{moment} n'est pas simultané de {lieu}, du même ensemble {nom}": (
        "le {moment} n'est pas le moment de l'infraction dite simultanée"
    ),
    "le même moment que {lieu}, {moment}, ou un autre ensemble": (
        "le même moment qu'elle, le {moment}, ou des infractions séparées"
    ),
}
"""What a person reads where a fault speaks to whoever writes a dossier: template of the fault, template for a page."""
