"""The licence file as JSON: read into facts, or refused with every fault; answered; supposed otherwise.

`lecture` reads, `hypotheses` supposes, `reponse` answers. The public interface is docs/formats/dossier.md.
"""

from permis.droit.dossier.fautes import DossierInvalideError, Faute
from permis.droit.dossier.lecture import (
    FAITS_MAXIMUM,
    Dossier,
    Titulaire,
    parse_dossier,
    read_dossier,
    read_options,
)
from permis.droit.dossier.texte_json import TAILLE_MAXIMALE

__all__ = [
    "FAITS_MAXIMUM",
    "TAILLE_MAXIMALE",
    "Dossier",
    "DossierInvalideError",
    "Faute",
    "Titulaire",
    "parse_dossier",
    "read_dossier",
    "read_options",
]
