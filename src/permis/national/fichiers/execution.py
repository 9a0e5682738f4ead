"""A run keeps beside its parts what it was asked, what it reads and what is done: a killed one goes on from there.

Its lock is held by the process: it goes away with it, however it ends.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from permis.national.fautes import FauteFichier, FichierInutilisableError
from permis.national.fichiers.ecriture import temporary, writable, write_whole
from permis.national.fichiers.parts import FORMATS, Identite

MANIFESTE, VERROU = "execution.json", "execution.verrou"
VERSION = 1

Bilan = dict[str, Any]
"""What a part gave: numbers, as JSON."""


class ArretDemandeError(Exception):
    """The run was asked to stop: the parts that are done stay, and the same command goes on."""

    def __init__(self, faites: int, parts: int) -> None:
        super().__init__(f"{faites} parts sur {parts}")
        self.faites, self.parts = faites, parts


class Execution:
    """What a run was asked (`parametres`), the identity of what it reads, and each part done with its figures."""

    def __init__(self, sortie: Path, parametres: Mapping[str, Any], entrees: Sequence[Identite]) -> None:
        self.sortie = sortie
        self.parametres, self.entrees = dict(parametres), list(entrees)
        self.faites: dict[str, Bilan] = {}
        self.finie = False
        self.reprise = False

    @property
    def manifeste(self) -> Path:
        """Where it is kept: in the folder of the parts, or beside the only file."""
        return beside(self.sortie, MANIFESTE)

    def start(self) -> None:
        """What is asked is on the disk before anything is done."""
        if not self.reprise:
            self._save()

    def record(self, nom: str, bilan: Bilan) -> None:
        """A part is delivered."""
        self.faites[nom] = bilan
        self._save()

    def finish(self) -> None:
        """Every part is delivered."""
        self.finie = True
        self._save()

    def abandon(self) -> None:
        """Leave nothing: no part, no trace."""
        for nom in self.faites:
            self.path_of(nom).unlink(missing_ok=True)
        self.faites = {}
        self.manifeste.unlink(missing_ok=True)

    def path_of(self, nom: str) -> Path:
        """Where a part goes: in the folder, or the only file itself."""
        return self.sortie if is_file(self.sortie) else self.sortie / nom

    def is_done(self, nom: str) -> bool:
        """Whether a part is delivered, and still there as it was."""
        chemin = self.path_of(nom)
        return nom in self.faites and chemin.is_file() and chemin.stat().st_size == self.faites[nom]["octets"]

    def _save(self) -> None:
        objet = {
            "version": VERSION,
            "finie": self.finie,
            "parametres": self.parametres,
            "entrees": [entree._asdict() for entree in self.entrees],
            "parts": self.faites,
        }
        write_whole(self.manifeste, json.dumps(objet, ensure_ascii=False, indent=1).encode())

    def load(self) -> None:
        """Take up what an earlier run of the same words left; FichierInutilisableError where it was another run."""
        if not self.manifeste.exists():
            _check_free(self.sortie)
            return
        try:
            objet = json.loads(self.manifeste.read_bytes())
            commence, entrees = objet["parametres"], [Identite(**entree) for entree in objet["entrees"]]
            self.faites, self.finie = objet["parts"], objet["finie"]
        except (OSError, ValueError, KeyError, TypeError):
            raise _refuse(self.manifeste, "illisible", "le manifeste d'une exécution, ou une autre sortie") from None
        differences = [*_compare(commence, self.parametres), *_compare_entrees(entrees, self.entrees)]
        if differences:
            attendu = "la même demande sur les mêmes fichiers, ou une autre sortie"
            raise FichierInutilisableError(FauteFichier(str(self.sortie), ecart, attendu) for ecart in differences)
        self.reprise = True


def is_file(sortie: Path) -> bool:
    """Whether an output is one file, by its name; a folder otherwise."""
    return sortie.suffix in FORMATS


def beside(sortie: Path, nom: str) -> Path:
    """A file of the run itself: in the folder, or beside the only file."""
    return sortie.with_name(f"{sortie.name}.{nom}") if is_file(sortie) else sortie / nom


@contextmanager
def open_execution(sortie: Path, parametres: Mapping[str, Any], entrees: Sequence[Identite]) -> Iterator[Execution]:
    """A run on an output, alone on it, new or taken up; FichierInutilisableError where it cannot be."""
    dossier = sortie.parent if is_file(sortie) else sortie
    with writable(dossier):
        dossier.mkdir(parents=True, exist_ok=True)
    with _lock(beside(sortie, VERROU)):
        execution = Execution(sortie, parametres, entrees)
        execution.load()
        yield execution


@contextmanager
def _lock(chemin: Path) -> Iterator[None]:
    numero = _take_lock(chemin)
    while not _is_named(chemin, numero):  # the run that had it removed it meanwhile
        os.close(numero)
        numero = _take_lock(chemin)
    try:
        yield
    finally:
        chemin.unlink(missing_ok=True)
        os.close(numero)


def _take_lock(chemin: Path) -> int:
    with writable(chemin):
        numero = os.open(chemin, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(numero, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(numero)
        raise _refuse(chemin, "une autre exécution écrit déjà ici", "qu'elle finisse, ou une autre sortie") from None
    return numero


def _is_named(chemin: Path, numero: int) -> bool:
    try:
        return os.path.samestat(chemin.stat(), os.fstat(numero))
    except FileNotFoundError:
        return False


def _check_free(sortie: Path) -> None:
    """A new run writes over nothing."""
    if is_file(sortie):
        if sortie.exists():
            raise _refuse(sortie, "existe déjà", "un fichier qui n'existe pas encore")
        return
    restes = sorted(fichier.name for fichier in sortie.iterdir() if fichier.name not in {VERROU, MANIFESTE})
    if [nom for nom in restes if not (nom.startswith(".") and nom.endswith(".tmp"))]:
        raise _refuse(sortie, f"contient déjà {restes[0]}", "un répertoire vide, ou celui d'une exécution à reprendre")


def _compare(commence: Mapping[str, Any], demande: Mapping[str, Any]) -> Iterator[str]:
    for nom in {**commence, **demande}:
        avant, maintenant = commence.get(nom), demande.get(nom)
        if avant != maintenant:
            yield f"une exécution y est commencée avec {nom} = {avant!r}, et non {maintenant!r}"


def _compare_entrees(avant: Sequence[Identite], maintenant: Sequence[Identite]) -> Iterator[str]:
    anciennes = {entree.nom: entree for entree in avant}
    actuelles = {entree.nom: entree for entree in maintenant}
    for nom in {**anciennes, **actuelles}:
        if nom not in actuelles:
            yield f"l'entrée n'a plus la part {nom}"
        elif nom not in anciennes:
            yield f"l'entrée a une part de plus, {nom}"
        elif anciennes[nom] != actuelles[nom]:
            yield f"la part {nom} de l'entrée a changé depuis (taille ou date d'écriture)"


def _refuse(lieu: Path, faute: str, attendu: str) -> FichierInutilisableError:
    return FichierInutilisableError([FauteFichier(str(lieu), faute, attendu)])


def remove_leftovers(sortie: Path) -> None:
    """What a killed run was writing when it died."""
    if is_file(sortie):
        temporary(sortie).unlink(missing_ok=True)
        return
    for reste in sortie.glob(".*.tmp"):
        reste.unlink(missing_ok=True)
