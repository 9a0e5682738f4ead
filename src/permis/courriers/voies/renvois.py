"""Letters that came back and go again, once another address is known."""

from __future__ import annotations

from datetime import datetime

from permis.courriers.adresses import choose_adresse
from permis.courriers.ecriture import RenvoiRefuseError, write_renvoi
from permis.courriers.models import AdressePostale, Courrier
from permis.courriers.veille import list_returned


def send_again(*, at: datetime) -> int:
    """Write again each letter that came back and for which the file has an address where nobody was missed; how many.

    What it said and no longer holds is not sent again: the writer takes it back instead.
    """
    nombre = 0
    for courrier, _ in list(list_returned()):
        adresse = choose_adresse(courrier.dossier_id, courrier.du.fait)
        if adresse is not None:
            nombre += _write(courrier, adresse, at)
    return nombre


def _write(courrier: Courrier, adresse: AdressePostale, at: datetime) -> bool:
    try:
        write_renvoi(courrier, adresse, at=at)
    except RenvoiRefuseError:
        return False
    return True
