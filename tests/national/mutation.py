"""Mutation of the kernel and of the law: each small fault put into one of them must make their answers differ.

    python -m tests.national.mutation                     the whole campaign; survivors listed
    python -m tests.national.mutation --echantillon 60    a sample; a line that changes draws itself again, no other

The other one stays sound: a faulty kernel is compared with `droit`, a faulty `droit` with what the sound kernel
answers from sound tables. The kernel runs interpreted here (Numba left aside), each fault in a process of its own. The
lives are a few hundred random ones and those made by hand (`vies_choisies`). `survivants.toml` lists the faults that
change no answer, each with its reason.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.abc
import importlib.util
import multiprocessing
import os
import signal
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Final, NamedTuple

os.environ["NUMBA_DISABLE_JIT"] = "1"

from permis.droit.releve import Lectures
from permis.national import noyau
from permis.national.assemblage import build_lot
from permis.national.demande import Demande
from permis.national.ecarts import Etat, compare_livre, read_etat
from permis.national.lignes import Ligne, decode_dossier
from permis.national.livre import Livre, read_livre
from permis.national.loi import read_loi
from permis.national.noyau import Lot
from tests.national.calendriers import wrong_sums
from tests.national.fautes import Faute, Place, fault_at, places_by_line
from tests.national.vies import draw_many
from tests.national.vies_choisies import OPTIONS, vies_choisies

PERMIS: Final = Path(__file__).resolve().parents[2] / "src" / "permis"
SURVIVANTS: Final = Path(__file__).with_name("survivants.toml")
NOYAU: Final = (
    *("calendrier", "compte", "connus", "echeancier", "etablissement", "execution", "ouverture", "probation"),
    *("reconstitution", "relectures", "suites", "textes", "titre", "vie"),
)
# delais is not here: calendrier.wrong_sums holds its sum of months, the kernel follows none of its procedural delays.
DROIT: Final = (
    *("capital", "compte", "connaissance", "etablissement", "ouverture", "probation", "reconstitution"),
    *("retours", "retrait", "stage", "titre", "vie"),
)
VIES, JOURS_PAR_VIE_CHOISIE = 700, 18
LONGUE: Final = 60
"""Facts of a life too long to be asked again of every mutant."""
DELAI: Final = 60
SEUIL: Final = 0.90


class Epreuve(NamedTuple):
    """One question on one life: its rows alone in columns, its facts read once, and what the sound kernel answers."""

    lignes: Sequence[Ligne]
    lot: Lot
    lectures: Lectures
    demande: Demande
    etat: Etat
    livre: Livre


class Mutant(NamedTuple):
    """A module and a fault in it."""

    module: str
    faute: Faute

    @property
    def cle(self) -> tuple[str, str, str]:
        """What names a mutant when lines move."""
        return self.module, self.faute.avant, self.faute.apres


class Lieu(NamedTuple):
    """Where a fault can be put: a module, a place in it, and a number drawn from the text of its line alone."""

    module: str
    place: Place
    tirage: str


def all_places() -> Iterator[Lieu]:
    """Every place of the kernel and of the law where a fault can be put, in a fixed order."""
    for nom in (*(f"national.noyau.{nom}" for nom in NOYAU), *(f"droit.{nom}" for nom in DROIT)):
        deja: Counter[str] = Counter()
        for ligne, place in places_by_line(_path_of(nom).read_text("utf-8")):
            deja[ligne] += 1
            yield Lieu(nom, place, sha256(f"{nom} {ligne} {deja[ligne]}".encode()).hexdigest())


def _path_of(nom: str) -> Path:
    return PERMIS.joinpath(*nom.split(".")).with_suffix(".py")


_epreuves: list[Epreuve] = []


def prepare() -> None:
    """The questions, each answered once by the sound kernel and by `droit`, which must agree."""
    loi = read_loi()
    choisies = [vie._replace(demandes=_spread(vie.demandes)) for _, vie in vies_choisies() if len(vie.lignes) < LONGUE]
    for vie in (*choisies, *draw_many(0, 0, VIES)):
        lot, lectures = build_lot([vie.lignes]), Lectures(decode_dossier(vie.lignes))
        for demande in vie.demandes:
            detail = noyau.detailler(lot, loi, demande.question)
            etat, livre = read_etat(detail.soldes, 0), read_livre(detail, 0)
            if compare_livre(lectures, etat, livre, demande):
                raise SystemExit("The kernel and droit differ before any mutation: mend them first.")
            _epreuves.append(Epreuve(vie.lignes, lot, lectures, demande, etat, livre))


def _spread(demandes: Sequence[Demande]) -> Sequence[Demande]:
    """The end of the life under every option, and some of the days before."""
    debut, fin = demandes[: -len(OPTIONS)], demandes[-len(OPTIONS) :]
    return [*debut[:: 1 + len(debut) // (JOURS_PAR_VIE_CHOISIE - len(fin))], *fin]


# One mutant


def try_place(lieu: Lieu) -> Mutant | None:
    """The mutant of a place, where no question tells it from the sound code; played in a process of its own."""
    module, place, _ = lieu
    mutant = Mutant(module, fault_at(_path_of(module).read_text("utf-8"), place))
    enfant = os.fork()
    if enfant == 0:
        _be_the_child(mutant)
    _, etat = os.waitpid(enfant, 0)
    return mutant if not os.WIFSIGNALED(etat) and os.WEXITSTATUS(etat) == 0 else None


def _be_the_child(mutant: Mutant) -> None:
    signal.alarm(DELAI)
    signal.signal(signal.SIGALRM, _give_up)
    try:
        sys.meta_path.insert(0, Remplacant(f"permis.{mutant.module}", mutant.faute.source))
        voit = _law_is_seen() if mutant.module.startswith("droit") else _kernel_is_seen(mutant.module)
    except BaseException:  # noqa: BLE001  a mutant that fails is seen
        voit = True
    os._exit(int(voit))


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


class Remplacant(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another source."""

    def __init__(self, nom: str, source: str) -> None:
        self.nom, self.source = nom, source

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.nom else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, self.nom, "exec"), module.__dict__)  # noqa: S102


def _forget(prefixes: tuple[str, ...], sauf: tuple[str, ...] = ()) -> None:
    for nom in [n for n in sys.modules if n.startswith(prefixes) and not n.startswith(sauf or ("-",))]:
        del sys.modules[nom]


def _kernel_is_seen(module: str) -> bool:
    _forget(("permis.national.noyau",))
    if module == "national.noyau.calendrier":
        calendrier: Any = importlib.import_module(f"permis.{module}")
        return next(wrong_sums(calendrier.add_months), None) is not None
    faux, loi = importlib.import_module("permis.national.noyau"), read_loi()
    for epreuve in _epreuves:
        question = epreuve.demande.question
        detail, soldes = faux.detailler(epreuve.lot, loi, question), faux.solder(epreuve.lot, loi, question)
        etat = read_etat(detail.soldes, 0)
        if etat != epreuve.etat or read_etat(soldes, 0) != etat:
            return True
        if compare_livre(epreuve.lectures, etat, read_livre(detail, 0), epreuve.demande):
            return True
    return False


def _law_is_seen() -> bool:
    """The law is imported again, and all that leans on it but the kernel, whose answers are already there."""
    _forget(("permis.",), sauf=("permis.national.noyau",))
    ecarts: Any = importlib.import_module("permis.national.ecarts")
    lecture: Any = importlib.import_module("permis.droit.dossier.lecture")
    lignes: Any = importlib.import_module("permis.national.lignes")
    releve: Any = importlib.import_module("permis.droit.releve")
    lues: dict[int, Any] = {}
    for e in _epreuves:
        choix = lecture.read_options({nom: str(valeur) for nom, valeur in asdict(e.demande.options).items()})
        if id(e.lignes) not in lues:
            lues[id(e.lignes)] = releve.Lectures(lignes.decode_dossier(e.lignes))
        if ecarts.compare_livre(lues[id(e.lignes)], e.etat, e.livre, e.demande._replace(options=choix)):
            return True
    return False


# The campaign


def listed_survivors() -> set[tuple[str, str, str]]:
    """The survivors that were read and accepted."""
    if not SURVIVANTS.exists():
        return set()
    lignes: list[dict[str, Any]] = tomllib.loads(SURVIVANTS.read_text("utf-8")).get("survivant", [])
    return {(ligne["module"], ligne["avant"], ligne["apres"]) for ligne in lignes}


def main(arguments: list[str] | None = None) -> int:
    """Run the campaign or its sample; 0 when the bar is met: for a sample, no survivor that was not read."""
    lecteur = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    lecteur.add_argument("--echantillon", type=int, metavar="N", help="a sample of so many places")
    lecteur.add_argument("--module", nargs="+", help="only these modules, like national.noyau.titre or droit.")
    lecteur.add_argument("--processus", type=int, default=os.cpu_count() or 1)
    choix = lecteur.parse_args(arguments)
    lieux = [lieu for lieu in all_places() if not choix.module or lieu.module.startswith(tuple(choix.module))]
    if choix.echantillon:
        lieux = sorted(lieux, key=lambda lieu: lieu.tirage)[: choix.echantillon]
    prepare()
    survivants = []
    with multiprocessing.get_context("fork").Pool(choix.processus) as equipe:
        for mutant in filter(None, equipe.imap(try_place, lieux)):
            survivants.append(mutant)
            faute = mutant.faute
            print(f"survives: {mutant.module}:{faute.ligne}: {faute.avant}  →  {faute.apres}", flush=True)
    lus = listed_survivors()
    inconnus = [mutant for mutant in survivants if mutant.cle not in lus]
    score = 1 - len(inconnus) / max(1, len(lieux))
    print(f"{len(lieux)} mutants, {len(survivants)} survive, {len(inconnus)} of them not listed: {score:.1%} settled.")
    return int(bool(inconnus) if choix.echantillon else score < SEUIL)


if __name__ == "__main__":
    sys.exit(main())
