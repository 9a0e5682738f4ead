"""The nightly run over a whole file: who has something due or new is asked again, the others are not.

Who has something due is told by the answers of the day before (`permis national solder`, or those that the run of the
day before left); without them, every licence is asked once for that day. The answers of the day can be left in turn.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from permis.droit.options import Options
from permis.national import journee, loi, lots, schema
from permis.national.accompagnement import CLE, Accompagnement, refuse
from permis.national.conformite import check_permis
from permis.national.controle.examen import Masque, Ordre, examine_paquet
from permis.national.exportation import Marque, locate_noms, read_marque, schema_noms
from permis.national.fautes import FichierInutilisableError
from permis.national.fichiers.depot import FAUTES_MONTREES
from permis.national.fichiers.ecriture import Ecriture, Forme
from permis.national.fichiers.parts import FORMATS, Part, list_parts, open_part
from permis.national.fichiers.rejets import tell_constat
from permis.national.journee import Cle, Entete, Ligne, Periode
from permis.national.loi import day_number
from permis.national.noyau import Lot, Soldes, ask, solder
from permis.national.quotidien import (
    LICENCES_MAXIMUM,
    Calcul,
    Registre,
    are_due,
    check_periode,
    compare,
    learned_in,
    read_cle,
    take_licences,
)
from permis.national.veille import DEMANDE, check_listes, describe_reponses, read_demande, spread

FILS: Final = 2
"""Threads that read ahead, while another compares."""


class Tournee(NamedTuple):
    """What is asked: the licences, the file of the day to write, the days compared, the options.

    `reponses` are the answers of `periode.depuis`; `nouveaux` licences to ask again whatever happens; `suivantes`
    where to leave the answers of `periode.le`.
    """

    permis: Path
    sortie: Path
    periode: Periode
    options: Options = Options()
    reponses: Path | None = None
    nouveaux: frozenset[Cle] = frozenset()
    suivantes: Path | None = None


class Bilan(NamedTuple):
    """What a run gave: the first line of its file, and how many licences were asked again."""

    entete: Entete
    licences: int


class Jours(NamedTuple):
    """The days asked; None for those that follow from the others and from the files."""

    le: date
    depuis: date | None = None
    connu_le: date | None = None
    connu_depuis: date | None = None


def complete_periode(jours: Jours, permis: Path, reponses: Path | None) -> Periode:
    """The days compared: from the day that the answers answer, or the eve; knowing what an export can tell.

    A register's export tells all that is known on a day once that day is over.
    """
    un_jour = timedelta(days=1)
    depuis = jours.depuis or _read_le(reponses) or jours.le - un_jour
    connu_le = jours.connu_le or min(jours.le, *(marque.le - un_jour for marque in _read_marques(permis)))
    return Periode(jours.le, depuis, connu_le, jours.connu_depuis or depuis - (jours.le - connu_le))


def _read_marques(permis: Path) -> Iterator[Marque]:
    yield Marque(date.max, "")
    for part in list_parts(permis):
        with open_part(part) as lecture:
            marque = read_marque(lecture.schema)
        if marque is not None:
            yield marque


def _read_le(reponses: Path | None) -> date | None:
    if reponses is None:
        return None
    with open_part(list_parts(reponses)[0]) as lecture:
        lue = read_demande(reponses, lecture.schema).get("le")
    return date.fromisoformat(lue) if lue else None


def run_tournee(tournee: Tournee, suivi: Callable[[float, int], None] = lambda *_: None) -> Bilan:
    """Write the file of the day, and the answers of the day if asked; both whole or absent.

    `suivi` is told the share of the licences read, and how many. PeriodeInvalideError; FichierInutilisableError where
    an input cannot be used, or does not fit another.
    """
    check_periode(tournee.periode)
    passage = Passage(tournee, suivi)
    options = journee.describe_options(tournee.options)
    demande = journee.Demande(tournee.periode, options, registre=passage.noms is not None)
    with passage.open_suivantes() as suivantes:
        entete = journee.write_journee(tournee.sortie, demande, passage.lignes(suivantes), lambda: passage.lues)
        if suivantes is not None:
            suivantes.deliver()
    return Bilan(entete, passage.lues)


class Lu(NamedTuple):
    """A batch read: its part, keys and facts, and which licences learned something in the days compared."""

    part: Part
    cles: pa.Array
    lot: Lot
    appris: Masque


class Veille(NamedTuple):
    """The answers of the day before for some licences, and which of them were answered."""

    soldes: Soldes
    connus: Masque


class Passage:
    """One run over the licences, with what is read along with them."""

    def __init__(self, tournee: Tournee, suivi: Callable[[float, int], None]) -> None:
        self.tournee, self._suivi = tournee, suivi
        self.parts = list_parts(tournee.permis)
        self.conformites, self._total = {}, 0
        for part in self.parts:
            with open_part(part) as lecture:
                self.conformites[part] = check_permis(lecture.schema, part.nom)
                self._total += lecture.count_rows()
        self.cle = self.conformites[self.parts[0]].cle
        self.tables = loi.read_loi()
        self.calcul = Calcul(self.tables, tournee.periode, tournee.options)
        self.noms = _open_noms(tournee, self.parts) if self.cle == schema.CLE_REGISTRE else None
        self.reponses = self._open_reponses(tournee.reponses) if tournee.reponses else None
        self._a_voir = {_write_cle(cle) for cle in tournee.nouveaux}
        self.lues = 0

    def _open_reponses(self, chemin: Path) -> Accompagnement:
        reponses = Accompagnement(chemin, schema.schema_soldes(self.cle, ()))
        check_listes(chemin, reponses.schema)
        voulues = describe_reponses(self.tournee.periode.depuis, self.tournee.options, self.tables)
        lues = read_demande(chemin, reponses.schema)
        for nom, valeur in voulues.items():
            if lues and lues.get(nom) != valeur:
                attendu = f"{nom} = {valeur}, pour partir du {self.tournee.periode.depuis}"
                raise refuse(chemin, f"ces réponses sont celles de {nom} = {lues.get(nom)}", attendu)
        return reponses

    @contextmanager
    def open_suivantes(self) -> Iterator[Ecriture | None]:
        """Where the answers of the day go; None where nobody asked for them."""
        chemin = self.tournee.suivantes
        if chemin is None:
            yield None
            return
        if chemin.suffix not in FORMATS:
            raise refuse(chemin, "extension inconnue", "un nom en .arrow ou .parquet")
        forme = schema.schema_soldes(self.cle, loi.catalogue())
        demande = describe_reponses(self.tournee.periode.le, self.tournee.options, self.tables)
        forme = forme.with_metadata({**forme.metadata, DEMANDE: json.dumps(demande).encode()})
        with Ecriture(chemin, Forme(FORMATS[chemin.suffix], "zstd", forme)) as ecriture:
            self._forme = forme
            yield ecriture

    def lignes(self, suivantes: Ecriture | None) -> Iterator[Ligne]:
        """The lines of the day, in the order of keys; each batch is checked before the kernel reads it."""
        with ThreadPoolExecutor(FILS, thread_name_prefix="permis") as bassin:
            for lu in _ahead(bassin, self._read_parts()):
                yield from self._answer(lu, suivantes)
        for compagnon in (self.noms, self.reponses):
            if compagnon is not None:
                compagnon.finish()
        if self._a_voir:
            cle = read_cle(min(self._a_voir))
            raise refuse(self.tournee.permis, f"{len(self._a_voir)} permis dits nouveaux n'y sont pas, dont {cle}")

    def _read_parts(self) -> Iterator[Callable[[], Lu]]:
        """For each batch in order, what is left to do of reading it."""
        ordre = Ordre()
        for part in self.parts:
            ligne = 0
            with open_part(part) as lecture:
                for paquet in lecture:
                    if paquet.num_rows:
                        yield partial(self._read, part, ligne, paquet, ordre.check(paquet.column(CLE)))
                    ligne += paquet.num_rows

    def _read(self, part: Part, ligne: int, paquet: pa.RecordBatch, desordre: Masque | None) -> Lu:
        """The facts of a batch; FichierInutilisableError with the first faults of one that the kernel cannot read."""
        lu = lots.read_lot(paquet, self.conformites[part].traduction)
        examen = examine_paquet(paquet, lu, desordre)
        if examen.fautives.any():
            constats = [constat._replace(ligne=constat.ligne + ligne) for constat in examen.tell(FAUTES_MONTREES)]
            fautes = [tell_constat(part.nom, constat) for constat in constats]
            raise FichierInutilisableError(fautes, int(examen.fautives.sum()))
        return Lu(part, paquet.column(CLE), lu.lot, learned_in(lu.lot, self.tournee.periode))

    def _answer(self, lu: Lu, suivantes: Ecriture | None) -> Iterator[Ligne]:
        part, cles, lot, appris = lu
        veille = self._read_veille(cles, lot)
        noms = self._read_noms(part, cles, lot)
        touches = appris | are_due(veille.soldes.prochain_le, self.tournee.periode)
        touches |= ~veille.connus | self._are_listed(cles)
        rangs = np.flatnonzero(touches)
        for debut in range(0, len(rangs), LICENCES_MAXIMUM):
            choisis = rangs[debut : debut + LICENCES_MAXIMUM]
            siennes = [read_cle(cle) for cle in cles.take(pa.array(choisis)).to_pylist()]
            lues = compare(take_licences(lot, choisis), siennes, _registre(noms, choisis), self.calcul)
            for nom in Soldes._fields:
                getattr(veille.soldes, nom)[choisis] = getattr(lues.soldes, nom)
            yield from lues.lignes
        self.lues += len(cles)
        self._suivi(self.lues / self._total, self.lues)
        if suivantes is not None:
            suivantes.write(lots.write_soldes(cles, veille.soldes, self._forme))

    def _read_veille(self, cles: pa.Array, lot: Lot) -> Veille:
        if self.reponses is None:
            depuis = day_number(self.tournee.periode.depuis)
            soldes = solder(lot, self.tables, ask(depuis, depuis, self.tournee.options))
            return Veille(soldes, np.ones(len(cles), np.bool_))
        prises = self.reponses.take(cles)
        connus = np.zeros(len(cles), np.bool_)
        connus[prises.places] = True
        return Veille(Soldes(*(spread(prises, nom, len(cles)) for nom in Soldes._fields)), connus)

    def _read_noms(self, part: Part, cles: pa.Array, lot: Lot) -> pa.RecordBatch | None:
        """The names of the facts of every licence of a batch: as many as it has facts."""
        if self.noms is None:
            return None
        lignes, places = self.noms.take(cles)
        nombres = lignes.column("noms").value_lengths().to_numpy(zero_copy_only=False)
        if len(places) != len(cles) or not np.array_equal(nombres, np.diff(lot.debuts)):
            raise refuse(self.noms.entree, "ce ne sont pas les noms de ces faits", f"ceux de {part.nom}")
        return lignes

    def _are_listed(self, cles: pa.Array) -> npt.NDArray[np.bool_]:
        if not self._a_voir:
            return np.zeros(len(cles), np.bool_)
        dits = pa.compute.is_in(cles, pa.array(sorted(self._a_voir), cles.type))
        self._a_voir.difference_update(cles.filter(dits).to_pylist())
        masque: npt.NDArray[np.bool_] = dits.to_numpy(zero_copy_only=False)
        return masque


def _ahead(bassin: ThreadPoolExecutor, travaux: Iterable[Callable[[], Lu]]) -> Iterator[Lu]:
    """What threads read, in order; a few batches are in hand, no more."""
    en_main: deque[Future[Lu]] = deque()
    for travail in travaux:
        en_main.append(bassin.submit(travail))
        if len(en_main) > 2 * FILS:
            yield en_main.popleft().result()
    while en_main:
        yield en_main.popleft().result()


def _open_noms(tournee: Tournee, parts: Sequence[Part]) -> Accompagnement:
    """The names of the facts of a register's export: of the same export, and made once the days asked were over."""
    chemin = locate_noms(tournee.permis)
    if len(parts) > 1 or not chemin.is_file():
        raise refuse(chemin, "introuvable", "les deux fichiers que « permis registre exporter » écrit ensemble")
    noms = Accompagnement(chemin, schema_noms())
    with open_part(parts[0]) as lecture:
        marque = read_marque(lecture.schema)
    if marque is None or marque != read_marque(noms.schema):
        raise refuse(chemin, "ces noms sont d'un autre export que les permis", "les deux fichiers du même export")
    if tournee.periode.connu_le >= marque.le:
        faute = (
            f"l'export est du {marque.le} : d'autres faits peuvent encore être connus le {tournee.periode.connu_le}"
        )
        raise refuse(tournee.permis, faute, f"--connu-le avant le {marque.le}, ou un export fait plus tard")
    return noms


def _registre(noms: pa.RecordBatch | None, choisis: npt.NDArray[np.intp]) -> Registre | None:
    if noms is None:
        return None
    siens = noms.take(pa.array(choisis))
    return Registre(siens.column("rang").to_pylist(), siens.column("noms").to_pylist())


def _write_cle(cle: Cle) -> int | bytes:
    return cle if isinstance(cle, int) else cle.bytes
