"""The shape of each type of fact in a dossier: its keys, how each is read, what is required, and its own date.

The public interface (docs/formats/dossier.md) says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from permis.droit.dossier import controles
from permis.droit.dossier.controles import Grief
from permis.droit.dossier.valeurs import (
    read_booleen,
    read_date,
    read_date_ou_null,
    read_entier,
    read_enum,
    read_forme,
    read_identifiant,
    read_moment,
    read_mot,
    read_texte,
)
from permis.droit.faits import (
    Annulation,
    Autorite,
    Classe,
    Delivrance,
    Fait,
    Filiere,
    FormationComplementaire,
    Infraction,
    Mesure,
    Mode,
    ModeNotification,
    Nature,
    Notification,
    Realite,
    RemiseTitre,
    Retour,
    Retrait,
    Stage,
)
from permis.droit.phrases import Message

CATEGORIES = (
    "AM", "A1", "A2", "A", "B1", "B", "B96", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE",
)  # fmt: skip
"""C. route, art. R. 221-4."""

REFERENCES = (
    "48", "48M", "48N", "48SI", "48S", "46", "46B", "46D", "47", "44", "49", "49N", "1F", "3E", "3F",
)  # fmt: skip
"""The ministry's forms; 48S, 49 and 49N are those of before 2011."""

Lecteur = Callable[[object], Any]
Valeurs = Mapping[str, Any]


class Forme(NamedTuple):
    """One type of fact: `requis` and `facultatif` keys with their readers, `controle` for what one value cannot tell.

    `jour` is the fact's own date, from which it is known where `connu_le` is not given. `partiel` says that `controle`
    holds even where some value could not be read.
    """

    classe: type[Fait]
    requis: dict[str, Lecteur]
    facultatif: dict[str, Lecteur]
    jour: Callable[[Valeurs], date | None]
    controle: Callable[[dict[str, Any]], Iterator[Grief]] = controles.check_rien
    partiel: bool = False


def own_date(cle: str) -> Callable[[Valeurs], date | None]:
    """The own date of a fact, where it is the value of one key."""
    return lambda valeurs: valeurs.get(cle)


LETTRE_DATES = ("date", "presentee_le", "retiree_le", "mise_a_disposition_le", "consultee_le")

FORMES: dict[str, Forme] = {
    "delivrance": Forme(
        Delivrance,
        {"date": read_date, "categorie": read_mot(CATEGORIES), "filiere": read_enum(Filiere)},
        {"pays": read_texte(80), "obtention_origine": read_date, "retour": read_booleen},
        own_date("date"),
        controles.check_delivrance,
    ),
    "formation_complementaire": Forme(FormationComplementaire, {"date": read_date}, {}, own_date("date")),
    "infraction": Forme(
        Infraction,
        {"commise_le": read_moment},
        {
            "natinf": controles.read_natinf,
            "bareme": read_forme(r"(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*", Message("l'identifiant d'une ligne du barème")),
            "classe": read_enum(Classe),
            "points": read_entier(0, 9, Message("le nombre de points")),
            "libelle": read_texte(500),
            "article": read_texte(200),
            "ensemble": read_identifiant,
            "hors_code": read_booleen,
            "vehicule_sans_permis": read_booleen,
        },
        own_date("commise_le"),
        controles.check_infraction,
    ),
    "realite": Forme(
        Realite,
        {"infraction": read_identifiant, "date": read_moment, "mode": read_enum(Mode)},
        {},
        own_date("date"),
    ),
    "retrait": Forme(
        Retrait,
        {"infraction": read_identifiant, "decide_le": read_date_ou_null},
        {},
        own_date("decide_le"),
    ),
    "stage": Forme(
        Stage,
        {"debut": read_date, "fin": read_date, "cas": read_entier(1, 4, Message("le cas du stage"))},
        {},
        own_date("fin"),
        controles.check_stage,
        partiel=True,
    ),
    "notification": Forme(
        Notification,
        {"reference": read_mot(REFERENCES)},
        {"mode": read_enum(ModeNotification), "retour": read_enum(Retour), **dict.fromkeys(LETTRE_DATES, read_date)},
        controles.date_notification,
        controles.check_notification,
    ),
    "mesure": Forme(
        Mesure,
        {"nature": read_enum(Nature), "debut": read_date},
        {"fin": read_date},
        own_date("debut"),
        controles.check_mesure,
        partiel=True,
    ),
    "remise_titre": Forme(RemiseTitre, {"date": read_date}, {}, own_date("date")),
    "annulation": Forme(
        Annulation,
        {"vise": read_identifiant, "date": read_date, "autorite": read_enum(Autorite)},
        {"motif": read_texte(500)},
        own_date("date"),
    ),
}
"""Every type of fact, by its name in a dossier."""

POINTEURS = {"realite": "infraction", "retrait": "infraction", "annulation": "vise"}
"""The types of facts that point at another one, and with which key."""
