"""The attestation of the right to drive: how long it is good (décret n° 2024-1075 du 29 novembre 2024)."""

from __future__ import annotations

from datetime import date

from permis.droit.delais import add_months
from permis.droit.rule import Certitude, Conclusion, Rule

duree_attestation = Rule[[], int]("Durée de l'attestation de droits à conduire, en mois", "jour où elle est établie")


@duree_attestation.version(
    since="2024-11-29", cite="décret n° 2024-1075 du 29 novembre 2024", certitude=Certitude.LECTURE_OFFICIELLE
)
def quatre_mois() -> int:
    """Four months, from date to date; another one may be asked for."""
    return 4


def attestation_valid_until(etablie_le: date) -> Conclusion[date]:
    """The last day on which an attestation made on `etablie_le` is good."""
    mois, version = duree_attestation(etablie_le)
    return Conclusion(add_months(etablie_le, mois), version)
