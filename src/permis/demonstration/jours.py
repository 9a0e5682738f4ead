"""Days counted from the day of the demonstration, so that « ten days ago » stays true whenever it is prepared.

`J` is the day on which the people were put in the register. `J-40j` is forty days earlier, `J-1a-3m`, a year and three
months, `J-47j+6m`, six months after `J-47j`; terms apply from left to right, months as the law counts them. A moment
has its time: `J-50jT01:20`. Anything else is left as it is: `1984-10-02` is a day of history.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from permis.droit.delais import add_months

RELATIF: Final = re.compile(r"J((?:[+-]\d+[ajm])*)(T\d\d:\d\d)?", re.ASCII)
TERME: Final = re.compile(r"([+-]\d+)([ajm])", re.ASCII)
MOIS: Final = {"a": 12, "m": 1}


def resolve(texte: str, jour: date) -> str:
    """The date or moment that a text of a person's file means when the day of the demonstration is `jour`."""
    trouve = RELATIF.fullmatch(texte)
    if trouve is None:
        return texte
    for nombre, unite in TERME.findall(trouve[1]):
        jour = jour + timedelta(days=int(nombre)) if unite == "j" else add_months(jour, int(nombre) * MOIS[unite])
    return f"{jour.isoformat()}{trouve[2] or ''}"
