"""What letters and statements say, from the statement of the law: no page, no database.

compose(lu, du, nature, numero=…, le=…, voie=…) -> Contenu
write_contenu(contenu) -> str, read_contenu(texte) -> dict
"""

from permis.courriers.contenu.formes import (
    VERSION,
    Bloc,
    Contenu,
    ContenuDocument,
    ContenuIllisibleError,
    Destinataire,
    Textes,
    read_contenu,
    write_contenu,
)
from permis.courriers.contenu.lettres import compose, write_destinataire
from permis.courriers.contenu.releves import compose_document, empreinte_etat, etat_de
from permis.courriers.contenu.sujet import RienADireError

__all__ = [
    "VERSION",
    "Bloc",
    "Contenu",
    "ContenuDocument",
    "ContenuIllisibleError",
    "Destinataire",
    "RienADireError",
    "Textes",
    "compose",
    "compose_document",
    "empreinte_etat",
    "etat_de",
    "read_contenu",
    "write_contenu",
    "write_destinataire",
]
