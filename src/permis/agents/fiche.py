"""The summary of a file, as an agent reads it: the reading is written with his role, his service and its ground."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from permis.affichage.question import Question
from permis.affichage.reponse import Reponse
from permis.identites.acteur import Requete, lecteur_of
from permis.identites.permissions import TABLE
from permis.registre.lecture import DossierLu, read_dossier
from permis.registre.temps import jour_legal


@dataclass(frozen=True, slots=True)
class Fiche:
    """A file that was read, and its statement of the day."""

    lu: DossierLu
    r: Reponse

    @property
    def nom(self) -> str:
        """Whose file it is: first names, birth name, and the name in use where there is another."""
        etat_civil = self.lu.etat_civil
        nom = " ".join([*etat_civil.prenoms, etat_civil.nom_naissance]).strip()
        return f"{nom} ({etat_civil.nom_usage})" if etat_civil.nom_usage else nom


def read_fiche(request: Requete, dossier_id: UUID, acte: str) -> Fiche:
    """Read a file for the act named, on the ground of the row of that act; DossierInconnuError."""
    lecteur = lecteur_of(request.acteur, acte, TABLE[acte].fondement)
    lu = read_dossier(dossier_id, lecteur, at=request.at)
    jour = jour_legal(request.at)
    return Fiche(lu, Reponse(Question(lu.faits, jour, jour)))
