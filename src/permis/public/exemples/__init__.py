"""Six worked examples: invented stories that each teach one thing; the files are dossiers of the public format."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.public.etat import Etat, open_dossier

DOSSIER = Path(__file__).parent


class Exemple(NamedTuple):
    """A story: its name in an address, its title, and what it teaches."""

    slug: str
    titre: Texte
    resume: Texte


EXEMPLES = (
    Exemple(
        "conducteur-tranquille",
        _("Un petit excès de vitesse"),
        _("Un point perdu, six mois sans rien commettre, un point rendu."),
    ),
    Exemple(
        "jeune-conductrice",
        _("Une jeune conductrice et la lettre 48N"),
        _("Trois points en période probatoire : un stage obligatoire, et un capital qui ne grandit plus."),
    ),
    Exemple(
        "feu-rouge-et-telephone",
        _("Feu rouge et téléphone, puis un stage"),
        _("Deux infractions au même instant, un stage, et le délai de trois ans qui continue de courir."),
    ),
    Exemple(
        "solde-nul-sauve",
        _("Un solde nul, sauvé de justesse"),
        _("Plus aucun point en janvier, mais un stage s’achève avant que la lettre 48SI n’arrive."),
    ),
    Exemple(
        "conduite-accompagnee",
        _("Conduite accompagnée et formation"),
        _("Douze points en dix-huit mois au lieu de trois ans."),
    ),
    Exemple(
        "credit-repris",
        _("Des points rendus, puis repris"),
        _("Une infraction apprise trop tard, et ce que le fichier montrait avant de l’apprendre."),
    ),
)


def list_exemples() -> tuple[Exemple, ...]:
    """The examples in the order of the home page."""
    return EXEMPLES


def load_exemple(slug: str, jour: date) -> tuple[Exemple, Etat] | None:
    """An example and its question about today; None where there is no such example."""
    exemple = next((exemple for exemple in EXEMPLES if exemple.slug == slug), None)
    return (exemple, open_dossier(_read(slug), jour)) if exemple else None


@cache
def _read(slug: str) -> bytes:
    return (DOSSIER / f"{slug}.json").read_bytes()
