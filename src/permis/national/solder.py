"""The run over a whole file: read in order, checked and answered by threads, written in order, resumed by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from permis.national import codes, loi, lots, noyau, schema
from permis.national.conformite import Conformite, check_permis
from permis.national.controle.examen import Masque, Ordre, examine_paquet
from permis.national.demande import Demande
from permis.national.fautes import FauteFichier, FichierInutilisableError
from permis.national.fichiers.chaine import Chaine
from permis.national.fichiers.depot import FAUTES_MONTREES, Debut, Depot, FinDePart, Rendu
from permis.national.fichiers.ecriture import Forme, default_compression
from permis.national.fichiers.execution import ArretDemandeError, Execution, is_file, open_execution, remove_leftovers
from permis.national.fichiers.parts import FORMATS, Part, list_parts, open_part
from permis.national.fichiers.rejets import drop_rejets, gather_rejets
from permis.national.noyau import Lot, Soldes

FORME_DES_COMPTES = (len(codes.VALIDITES), max(loi.CAPITAUX) + 1)
"""The figures of a run tell validities and balances apart."""


class Avancement(NamedTuple):
    """How far a run is: the share of the licences read, and what was met so far."""

    part: float
    permis: int
    faits: int
    fautives: int


class Total(NamedTuple):
    """The figures of a finished run; `repartition[validite, solde]` counts licences; `deja` where nothing was left."""

    parts: int
    permis: int
    faits: int
    rejets: int
    repartition: npt.NDArray[np.int64]
    deja: bool


def solder_fichier(
    entree: Path,
    sortie: Path,
    demande: Demande,
    fils: int,
    arret: Event | None = None,
    suivi: Callable[[Avancement], None] = lambda _: None,
) -> Total:
    """Answer every licence of a file or of a folder of parts.

    FichierInutilisableError where the input cannot be used or the output written; ArretDemandeError once `arret` is
    set. `suivi` is told how far the run is, after each batch read.
    """
    return Passage(entree, sortie, demande, arret or Event(), suivi).run(fils)


class Passage:
    """One run: its parts, how each is read, what is asked of the kernel."""

    def __init__(
        self, entree: Path, sortie: Path, demande: Demande, arret: Event, suivi: Callable[[Avancement], None]
    ) -> None:
        if sortie.resolve() == entree.resolve():
            raise FichierInutilisableError([FauteFichier(str(sortie), "c'est l'entrée elle-même", "une autre sortie")])
        if is_file(sortie):
            demande = demande._replace(format=FORMATS[sortie.suffix])
        compression = demande.compression or default_compression(demande.format, detail=demande.detail)
        demande = demande._replace(compression=compression)
        self.sortie, self.demande, self._arret, self._suivi = sortie, demande, arret, suivi
        self.parts = list_parts(entree)
        if is_file(sortie) and len(self.parts) > 1:
            faute = FauteFichier(str(sortie), "un seul fichier pour plusieurs parts", "un répertoire")
            raise FichierInutilisableError([faute])
        self.entrees = [part.identify() for part in self.parts]
        self.conformites, self.lignes = _check_parts(self.parts)
        self.tables = loi.read_loi()
        self.forme = self._choose_forme()
        self._lues = 0

    def _choose_forme(self) -> Forme:
        choisir = schema.schema_detail if self.demande.detail else schema.schema_soldes
        forme = choisir(next(iter(self.conformites.values())).cle, loi.catalogue())
        return Forme(self.demande.format, self.demande.compression or "", forme)

    def run(self, fils: int) -> Total:
        """Do what is left to do."""
        with open_execution(self.sortie, self.demande.describe(self.tables), self.entrees) as execution:
            faite = execution.finie and all(execution.is_done(self._name(part)) for part in self.parts)
            if not faite:
                self._run_parts(execution, fils)
            return _sum(execution, deja=faite)

    def _run_parts(self, execution: Execution, fils: int) -> None:
        remove_leftovers(self.sortie)
        if self.demande.rejets and not execution.reprise and self.demande.rejets.exists():
            faute = FauteFichier(str(self.demande.rejets), "existe déjà", "un fichier qui n'existe pas encore")
            raise FichierInutilisableError([faute])
        execution.start()
        depot = Depot(execution, self.forme, ecarter=self.demande.rejets is not None)
        try:
            with Chaine(fils, depot.take) as chaine:
                self._submit_parts(execution, depot, chaine)
        finally:
            depot.close()
        noms = [part.nom for part in self.parts]
        if depot.refus.is_set():
            execution.abandon()
            drop_rejets(self.sortie, noms)
            raise FichierInutilisableError(depot.fautes, depot.fautives)
        if len(execution.faites) < len(self.parts):
            raise ArretDemandeError(len(execution.faites), len(self.parts))
        if self.demande.rejets:
            gather_rejets(self.sortie, noms, self.demande.rejets)
        execution.finish()

    def _name(self, part: Part) -> str:
        """The name of a part of answers: that of its licences."""
        return self.sortie.name if is_file(self.sortie) else f"{part.chemin.stem}.{self.demande.format}"

    def _submit_parts(self, execution: Execution, depot: Depot, chaine: Chaine[Any]) -> None:
        derniere: int | str | None = None
        for part, identite in zip(self.parts, self.entrees, strict=True):
            nom = self._name(part)
            if execution.is_done(nom):
                derniere = execution.faites[nom]["derniere_cle"]
                self._lues += self.lignes[part]
                continue
            ordre = Ordre(bytes.fromhex(derniere) if isinstance(derniere, str) else derniere)
            chaine.submit(partial(Debut, part.nom, nom))
            if not self._submit_part(part, ordre, depot, chaine):
                return
            if part.identify() != identite:
                faute = FauteFichier(
                    part.nom, "le fichier a changé pendant la lecture", "un fichier qui ne change pas"
                )
                raise FichierInutilisableError([faute])
            derniere = ordre.derniere.hex() if isinstance(ordre.derniere, bytes) else ordre.derniere
            chaine.submit(partial(FinDePart, derniere))

    def _submit_part(self, part: Part, ordre: Ordre, depot: Depot, chaine: Chaine[Any]) -> bool:
        """Whether the part was read to its end."""
        ligne = 0
        with open_part(part) as lecture:
            for paquet in lecture:
                if self._arret.is_set():
                    return False
                desordre = ordre.check(paquet.column("cle"))
                chaine.submit(partial(self._answer, part, ligne, paquet, desordre, depot.refus))
                ligne += paquet.num_rows
                avance = (self._lues + ligne) / max(1, sum(self.lignes.values()))
                self._suivi(Avancement(avance, depot.permis, depot.faits, depot.fautives))
        self._lues += ligne
        return True

    def _answer(self, part: Part, ligne: int, paquet: pa.RecordBatch, desordre: Masque | None, refus: Event) -> Rendu:
        """What a thread does of one batch: columns, control, kernel, columns."""
        conformite = self.conformites[part]
        lu = lots.read_lot(paquet, conformite.traduction)
        examen = examine_paquet(paquet, lu, desordre)
        fautives = int(examen.fautives.sum())
        constats = examen.tell(None if self.demande.rejets else FAUTES_MONTREES) if fautives else []
        if refus.is_set() or (fautives and not self.demande.rejets):
            return Rendu(ligne, None, 0, np.zeros(0, np.int64), tuple(constats), fautives)
        if fautives:
            paquet = paquet.filter(pa.array(~examen.fautives))
            lu = lots.read_lot(paquet, conformite.traduction)
        reponses, soldes = self._reply(paquet.column("cle"), lu.lot)
        return Rendu(ligne, reponses, len(lu.lot.type), _distribute(soldes), tuple(constats), fautives)

    def _reply(self, cles: pa.Array, lot: Lot) -> tuple[pa.RecordBatch, Soldes]:
        if self.demande.detail:
            detail = noyau.detailler(lot, self.tables, self.demande.question)
            return lots.write_detail(cles, detail, self.forme.schema), detail.soldes
        soldes = noyau.solder(lot, self.tables, self.demande.question)
        return lots.write_soldes(cles, soldes, self.forme.schema), soldes


def _check_parts(parts: Sequence[Part]) -> tuple[dict[Part, Conformite], dict[Part, int]]:
    """How each part is read, and how many licences it announces; every part is opened before the first is read."""
    conformites: dict[Part, Conformite] = {}
    lignes: dict[Part, int] = {}
    for part in parts:
        with open_part(part) as lecture:
            conformites[part] = check_permis(lecture.schema, part.nom)
            lignes[part] = lecture.count_rows()
    premiere = conformites[parts[0]].cle
    fautes = [
        FauteFichier(
            f"{part.nom}, colonne cle", f"le type est {conformite.cle}", f"{premiere}, comme la première part"
        )
        for part, conformite in conformites.items()
        if conformite.cle != premiere
    ]
    if fautes:
        raise FichierInutilisableError(fautes)
    return conformites, lignes


def _distribute(soldes: Soldes) -> npt.NDArray[np.int64]:
    """How many licences have each validity and each balance."""
    validites, largeur = FORME_DES_COMPTES
    rangs = soldes.validite.astype(np.int64) * largeur + soldes.solde
    return np.bincount(rangs, minlength=validites * largeur).reshape(validites, largeur)


def _sum(execution: Execution, *, deja: bool) -> Total:
    bilans = list(execution.faites.values())
    permis, faits, rejets = (sum(bilan[nom] for bilan in bilans) for nom in ("permis", "faits", "rejets"))
    repartition = np.zeros(FORME_DES_COMPTES, np.int64)
    for bilan in bilans:
        repartition += np.array(bilan["repartition"] or 0, np.int64)
    return Total(len(bilans), permis, faits, rejets, repartition, deja)
