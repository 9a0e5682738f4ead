"""Places written as codes, in words: the country of a licence (ISO 3166), the place of a birth (Insee).

The names are those of the States that the law itself names by their codes (C. route, art. R. 222-2); any other code is
shown as what it is.
"""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Libelles

PAYS: Final[Libelles] = {
    "AT": _("Autriche"), "BE": _("Belgique"), "BG": _("Bulgarie"), "CY": _("Chypre"), "CZ": _("Tchéquie"),
    "DE": _("Allemagne"), "DK": _("Danemark"), "EE": _("Estonie"), "ES": _("Espagne"), "FI": _("Finlande"),
    "FR": _("France"), "GR": _("Grèce"), "HR": _("Croatie"), "HU": _("Hongrie"), "IE": _("Irlande"),
    "IS": _("Islande"), "IT": _("Italie"), "LI": _("Liechtenstein"), "LT": _("Lituanie"), "LU": _("Luxembourg"),
    "LV": _("Lettonie"), "MT": _("Malte"), "NL": _("Pays-Bas"), "NO": _("Norvège"), "PL": _("Pologne"),
    "PT": _("Portugal"), "RO": _("Roumanie"), "SE": _("Suède"), "SI": _("Slovénie"), "SK": _("Slovaquie"),
}  # fmt: skip
FRANCE: Final = "99100"
"""The code of France among Insee's countries, as FranceConnect gives it."""
ISO: Final = re.compile("[A-Z]{2}")


def name_pays(pays: str) -> str:
    """The country that delivered a licence: its name, as given or from its code."""
    code = pays.strip().upper()
    if code in PAYS:
        return str(PAYS[code])
    return gettext("code de pays %(code)s") % {"code": code} if ISO.fullmatch(code) else pays


def name_insee(code: str) -> str:
    """Where a person was born, from the code of a commune or of a country; nothing stays nothing."""
    if code == FRANCE:
        return str(PAYS["FR"])
    return gettext("code Insee %(code)s") % {"code": code} if code else ""
