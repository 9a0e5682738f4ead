"""The open questions of the law, as choices that a person can read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.droit.options import Options

QUESTIONS: Final[dict[str, tuple[Texte, dict[str, Texte]]]] = {
    "effet_retrait": (
        _("De quel jour un retrait prend-il les points\u202f?"),
        {
            "decision": _("Du jour où le ministre le décide"),
            "realite": _("Du jour où l’infraction est établie"),
        },
    ),
    "credit_indu": (
        _("Que devient un gain, si l’on apprend après coup une infraction commise dans son délai\u202f?"),
        {
            "reprise": _("Il est repris depuis son propre jour"),
            "quatre_mois": _("Il n’est repris que si on l’apprend dans les quatre mois"),
            "maintien": _("Il est conservé"),
        },
    ),
    "borne": (
        _("Une infraction commise le dernier jour d’un délai le bloque-t-elle\u202f?"),
        {"echeance_incluse": _("Oui"), "echeance_exclue": _("Non")},
    ),
    "redemarrage_realite_posterieure": (
        _("Une infraction plus ancienne, établie pendant le délai de deux ou trois ans, le fait-elle repartir\u202f?"),
        {"oui": _("Oui"), "non": _("Non")},
    ),
}


class Choix(NamedTuple):
    """One answer to an open question."""

    valeur: str
    libelle: Texte
    pris: bool


class OptionAffichee(NamedTuple):
    """One open question, its answers, and whether it matters for this dossier."""

    nom: str
    question: Texte
    choix: list[Choix]
    decisive: bool


def describe_options(options: Options, decisives: Collection[str]) -> list[OptionAffichee]:
    """The open questions with the answers taken; `decisives` names those that change something here."""
    return [
        OptionAffichee(
            nom,
            question,
            [Choix(valeur, mots, str(getattr(options, nom)) == valeur) for valeur, mots in reponses.items()],
            nom in decisives,
        )
        for nom, (question, reponses) in QUESTIONS.items()
    ]
