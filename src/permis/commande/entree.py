"""What the command reads: a file or standard input, days, options; faults are gathered, then told together."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import date, datetime
from io import BufferedReader, FileIO
from typing import NamedTuple

from permis.commande.sortie import InutilisableError
from permis.droit.capital import capital_maximal
from permis.droit.dossier import Dossier, read_dossier, read_options
from permis.droit.dossier.fautes import DossierInvalideError, Faute, RefusError, show_valeur
from permis.droit.dossier.texte_json import TAILLE_MAXIMALE, decode_json
from permis.droit.dossier.valeurs import read_date
from permis.droit.options import Options
from permis.droit.phrases import Message

LIGNE_DE_COMMANDE = "permis"
LISIBLE = Message("le chemin d'un fichier lisible, ou - pour l'entrée standard")


class Demande(NamedTuple):
    """What the command line asks, beside a dossier: the day, the day of knowledge, the answers to open questions."""

    le: date
    connu_le: date | None
    options: dict[str, str]

    @property
    def choix(self) -> Options:
        """The options, already checked."""
        return read_options(self.options)


def declare_question(analyseur: ArgumentParser) -> None:
    """The options that every command with a balance shares: the day, what was known, the open questions."""
    analyseur.add_argument("--le", metavar="DATE", help="le jour demandé, AAAA-MM-JJ (par défaut : aujourd'hui)")
    analyseur.add_argument(
        "--connu-le", metavar="DATE", help="ce qui était connu ce jour-là (par défaut : le même jour)"
    )
    analyseur.add_argument(
        "--option", metavar="NOM=VALEUR", action="append", default=[], help="répond autrement à une question ouverte"
    )


def declare_demande(analyseur: ArgumentParser) -> None:
    """The same, and how the answer of one dossier is written."""
    declare_question(analyseur)
    analyseur.add_argument("--json", action="store_true", help="répond en JSON (docs/formats/dossier.md)")


def read_demande(lus: Namespace) -> Demande:
    """The days and options of the command line; InutilisableError with all their faults."""
    fautes: list[Faute] = []
    le = read_jour(lus.le, "--le", fautes) if lus.le is not None else today()
    fautes += check_jour(le, "--le")
    connu_le = read_jour(lus.connu_le, "--connu-le", fautes) if lus.connu_le is not None else None
    options = _split_options(lus.option, fautes)
    try:
        read_options(options)
    except DossierInvalideError as erreur:
        fautes += [
            faute._replace(lieu=faute.lieu.replace("options", "--option", 1).replace(".", " ", 1))
            for faute in erreur.fautes
        ]
    if fautes or le is None:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)
    return Demande(le, connu_le, options)


def _split_options(textes: Sequence[str], fautes: list[Faute]) -> dict[str, str]:
    choisies: dict[str, str] = {}
    for texte in textes:
        nom, egal, valeur = texte.partition("=")
        if not egal:
            faute = Message("{texte} sans signe égal", texte=show_valeur(texte))
            fautes.append(Faute("--option", faute, Message("NOM=VALEUR")))
        elif nom in choisies:
            faute = Message("{nom} donnée deux fois", nom=show_valeur(nom))
            fautes.append(Faute("--option", faute, Message("chaque option une seule fois")))
        else:
            choisies[nom] = valeur
    return choisies


def read_jour(valeur: object, lieu: str, fautes: list[Faute]) -> date | None:
    """A date asked for, or None and one more fault."""
    try:
        return read_date(valeur)
    except RefusError as refus:
        fautes.append(Faute(lieu, refus.faute, refus.attendu))
        return None


def check_jour(jour: date | None, lieu: str) -> list[Faute]:
    """A fault for a day on which there was no points licence."""
    debut = capital_maximal.versions[0].since
    if jour is None or jour >= debut:
        return []
    faute = Message("le permis à points n'existait pas le {jour}", jour=jour)
    return [Faute(lieu, faute, Message("une date à partir du {debut}", debut=debut))]


def today() -> date:
    """The French legal date: the only reading of the clock in a run."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415  only where no day was asked

    try:
        return datetime.now(ZoneInfo("Europe/Paris")).date()
    except ZoneInfoNotFoundError:
        faute = Message("ce système n'a pas l'heure de Paris (tzdata)")
        attendu = Message("la date voulue, --le AAAA-MM-JJ")
        raise InutilisableError(LIGNE_DE_COMMANDE, [Faute("--le", faute, attendu)]) from None


def read_entree(lus: Namespace) -> tuple[Demande, Dossier]:
    """What is asked, and the dossier; InutilisableError with the faults of both."""
    erreurs: list[InutilisableError] = []
    demande = dossier = None
    try:
        demande = read_demande(lus)
    except InutilisableError as erreur:
        erreurs.append(erreur)
    try:
        dossier = load_dossier(lus.dossier)
    except InutilisableError as erreur:
        erreurs.append(erreur)
    if demande is None or dossier is None:
        toutes = InutilisableError(lus.dossier, [])
        toutes.fautes = [faute for erreur in erreurs for faute in erreur.fautes]
        raise toutes
    return demande, dossier


def load_dossier(chemin: str) -> Dossier:
    """The dossier of a file, or of standard input for « - »; InutilisableError with all its faults."""
    octets = _read_octets(chemin)
    try:
        return read_dossier(decode_json(octets))
    except DossierInvalideError as erreur:
        raise InutilisableError(chemin, erreur.fautes) from None


def _read_octets(chemin: str) -> bytes:
    try:
        if chemin == "-":
            return sys.stdin.buffer.read(TAILLE_MAXIMALE + 1)
        with BufferedReader(FileIO(chemin)) as fichier:  # pathlib would take its time to be imported
            return fichier.read(TAILLE_MAXIMALE + 1)
    except FileNotFoundError:
        faute = Message("introuvable")
    except IsADirectoryError:
        faute = Message("c'est un répertoire")
    except PermissionError:
        faute = Message("lecture interdite")
    except (OSError, ValueError):
        faute = Message("illisible")
    raise InutilisableError(chemin, [Faute("fichier", faute, LISIBLE)])
