"""Until when a decision may be brought before the administrative court (C. just. adm., art. R. 421-1, R. 421-5)."""

from __future__ import annotations

from datetime import date

from permis.droit.delais import delai_franc
from permis.droit.rule import Certitude, Conclusion, Rule

delai_recours = Rule[[], int](
    "Délai du recours devant le tribunal administratif, en mois", "notification de la décision"
)


@delai_recours.version(since="1992-07-01", cite="C. trib. adm., art. R. 102 (ancien)", certitude=Certitude.MEMOIRE)
def deux_mois_ancien() -> int:
    """Two months, as délai franc."""
    return 2


@delai_recours.version(
    since="2001-01-01",
    cite="C. just. adm., art. R. 421-1",
    read_with="C. just. adm., art. R. 421-5 (voies et délais dits dans la lettre)",
    certitude=Certitude.MEMOIRE,
)
def deux_mois() -> int:
    """Two months from notification, as délai franc, if the letter said so (R. 421-5)."""
    return 2


def recours_open_until(connue_le: date, *, alsace_moselle: bool = False) -> Conclusion[date]:
    """The last day to go to court against a decision known on `connue_le`; it is a useful day."""
    mois, version = delai_recours(connue_le)
    return Conclusion(delai_franc(connue_le, mois=mois, alsace_moselle=alsace_moselle), version)
