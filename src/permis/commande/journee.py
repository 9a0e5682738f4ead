"""The file of the day, as the terminal takes it in: whole, of the register, under the options of the register."""

from __future__ import annotations

from pathlib import Path

from permis.commande.sortie import InutilisableError
from permis.droit.dossier.fautes import Faute
from permis.droit.options import Options
from permis.droit.phrases import Message
from permis.national.journee import Entete, describe_options
from permis.national.journee_lecture import Journee, JourneeInvalideError


def open_journee(chemin: str) -> Journee:
    """The file, checked to its last byte; InutilisableError where it cannot be taken in, with the line."""
    try:
        journee = Journee(Path(chemin))
    except JourneeInvalideError as erreur:
        faute = Faute(
            f"ligne {erreur.ligne}",
            Message("{faute}", faute=erreur.faute),
            Message("{attendu}", attendu=erreur.attendu),
        )
        raise InutilisableError(chemin, [faute]) from None
    except OSError:
        raise InutilisableError(chemin, [Faute("fichier", Message("illisible"), Message("un fichier"))]) from None
    fautes = [*_check_entete(journee.entete)]
    if fautes:
        raise InutilisableError(chemin, fautes)
    return journee


def _check_entete(entete: Entete) -> list[Faute]:
    """What the register cannot take: another file's keys, or another answer to an open question."""
    fautes: list[Faute] = []
    if not entete.registre:
        attendu = Message("un fichier fait depuis « permis registre exporter », avec ses identifiants")
        fautes.append(Faute("ligne 1", Message("ce fichier n'est pas du registre"), attendu))
    if entete.options != describe_options(Options()):
        attendu = Message("les options par défaut, celles du registre")
        fautes.append(Faute("ligne 1", Message("ce fichier répond à d'autres options"), attendu))
    return fautes
