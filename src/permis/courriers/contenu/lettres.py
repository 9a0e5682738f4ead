"""A letter owed becomes a content: the sentences of the page, the dates and points of the statement, what to do next."""

from __future__ import annotations

from datetime import date

from permis.courriers.contenu.formes import LANGUES, VERSION, Contenu, Destinataire
from permis.courriers.contenu.machines import write_donnees
from permis.courriers.contenu.redaction import write_textes
from permis.courriers.contenu.sujet import RienADireError, find_sujet
from permis.courriers.models import CourrierDu
from permis.registre.lecture import DossierLu


def compose(lu: DossierLu, du: CourrierDu, nature: str, *, numero: str, le: date, voie: str) -> Contenu:
    """The content of a letter, with what is known on `le`; RienADireError when the law does not owe it (any more).

    `nature` and `voie` are values of `NatureCourrier` and `Voie`. 48S is history: it is never written again.
    """
    if du.reference == "48S":
        raise RienADireError("la lettre 48S n'est plus écrite : la lettre 48SI l'a remplacée")
    sujet = find_sujet(lu, du, le, voie)
    return Contenu(
        version=VERSION,
        reference=du.reference,
        nature=nature,
        numero=numero,
        ecrit_le=le.isoformat(),
        voie=voie,
        destinataire=write_destinataire(lu),
        donnees=write_donnees(sujet, nature),
        textes={langue: write_textes(sujet, nature, numero, langue) for langue in LANGUES},
    )


def write_destinataire(lu: DossierLu) -> Destinataire:
    """Who is written to, by the name in use; whoever has no first name, or no birth name, has none here."""
    civil = lu.etat_civil
    nom, prenoms = civil.nom_usage or civil.nom_naissance, " ".join(civil.prenoms)
    return Destinataire(
        nom=nom,
        prenoms=prenoms,
        naissance=civil.naissance,
        neph=lu.neph,
        nom_complet=" ".join(partie for partie in (prenoms, nom) if partie),
    )
