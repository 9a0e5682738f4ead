"""A fault on a page: in its language, without a word of the format, its spaces written once."""

from __future__ import annotations

import pytest
from django.utils import translation

from permis.affichage.templatetags.affichage import phrase
from permis.droit.dossier import DossierInvalideError, read_dossier
from permis.typographie import write_message

S, F = "\u00a0", "\u202f"


def dite(langue: str, *, situee: bool = True) -> str:
    infraction = {"type": "infraction", "id": "i", "commise_le": "2024-03-10T18:14", "natinf": "25387"}
    realite = {"type": "realite", "infraction": "i", "date": "2024-03-10T18:13", "mode": "paiement"}
    with pytest.raises(DossierInvalideError) as refus:
        read_dossier({"version": 1, "faits": [infraction, realite]})
    with translation.override(langue):
        return phrase(write_message(refus.value.fautes[0].say(situee=situee)))


def test_en_francais() -> None:
    assert dite("fr") == (
        f"2e fait (établissement d’une infraction du 10{S}mars{S}2024), date{S}: le 10{S}mars{S}2024 à 18:13 est "
        f"avant l’infraction elle-même{F}; attendu{S}: à partir du 10{S}mars{S}2024 à 18:14"
    )


def test_en_anglais() -> None:
    assert dite("en", situee=False) == (
        f"10{S}March{S}2024 at 18:13 is before the offence itself; expected: from 10{S}March{S}2024 at 18:14 on"
    )
