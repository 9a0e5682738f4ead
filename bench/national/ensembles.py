"""DuckDB and Polars on the two main rules alone, and for whom their balance is wrong, beside the kernel's.

    make bench-national        or        python bench/national/ensembles.py [FOLDER OF LICENCES]

From memory to memory, two threads, the same Arrow table for all. The queries are the best we could write
(deux_regles.sql and the same in Polars) and the one that comes first to mind (deux_regles_directes.sql). The kernel
beside them does every rule.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "2"

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.national.fichier import Licences, licences_in_arguments, question, read
from bench.national.mesure import LE, Ligne, each, median_of, seconds, show, tell, times
from bench.national.noyau import in_two_threads
from permis.national import codes
from permis.national.loi import read_loi
from permis.national.noyau import solder
from permis.national.noyau.entrees import Lot

LICENCES, TOURS = 1_000_000, 3
Reponse = npt.NDArray[np.int8]
col = pl.col
AM = codes.CATEGORIES.index("AM")
TYPE = {mot: rang for rang, mot in enumerate(codes.TYPES)}


def by_duckdb(licences: Licences, requete: str) -> pa.Table:
    texte = Path(__file__).with_name(requete).read_text("utf-8")
    with duckdb.connect(config={"threads": 2}) as base:
        base.register("licences", licences.table)
        return base.sql(texte, params={"le": LE}).to_arrow_table()


def by_polars(licences: Licences) -> pa.Table:
    """The query of deux_regles.sql, in the words of Polars."""
    retraits = _polars_withdrawals(pl.DataFrame(licences.table).lazy())
    segments = col("coupe").cast(pl.Int32).cum_sum().over("cle") - col("coupe")
    grave = col("grave").cast(pl.Int8).cum_max().over("cle", "segment") == 1
    fini = (
        retraits.with_columns(coupe=_open_until("trois_ans"))
        .with_columns(segment=segments)
        .with_columns(echeance=pl.when(grave).then("trois_ans").otherwise("deux_ans"))
        .with_columns(rendu=_open_until("echeance") & (col("echeance") <= LE), revenu=_returned())
        .with_columns(efface=col("rendu").cast(pl.Int8).cum_max(reverse=True).over("cle") == 1)
    )
    perdus = col("points").filter(~col("efface") & ~col("revenu")).sum()
    soldes = fini.group_by("cle").agg(solde=(12 - perdus).clip(0, 12).cast(pl.Int8))
    return soldes.collect(engine="streaming").to_arrow()


def _polars_withdrawals(licences: pl.LazyFrame) -> pl.LazyFrame:
    ordre, descendant = ["cle", "realite", "points", "commise"], [False, False, True, False]
    retraits = (
        licences.explode("faits")
        .unnest("faits")
        .filter(col("type") == TYPE["infraction"], col("valeur") > 0, col("seconde_date") <= LE)
        .filter(pl.coalesce("decide_le", "seconde_date") <= LE)
        .select("cle", commise="date", realite="seconde_date", points="valeur", grave=col("nature") >= 3)  # noqa: PLR2004
    )
    suites = retraits.select("cle", commise_ensuite="commise").sort("commise_ensuite")
    joints = retraits.sort("realite").join_asof(
        suites, left_on="realite", right_on="commise_ensuite", by="cle", strategy="forward",
        allow_exact_matches=False, check_sortedness=False,
    )  # fmt: skip
    termes = {nom: col("realite").dt.offset_by(delai) for nom, delai in DELAIS.items()}
    suivis = joints.sort(ordre, descending=descendant)
    return suivis.with_columns(**termes, prochaine=col("realite").shift(-1).over("cle"))


DELAIS = {"six_mois": "6mo", "deux_ans": "24mo", "trois_ans": "36mo"}


def _open_until(jour: str) -> pl.Expr:
    """Nothing established before that day, nothing committed by it."""
    etablie = (col("prochaine") >= col(jour)).fill_null(value=True)
    return etablie & (col("commise_ensuite") > col(jour)).fill_null(value=True)


def _returned() -> pl.Expr:
    libre = (col("commise_ensuite") > col("six_mois")).fill_null(value=True)
    return (col("points") == 1) & (col("six_mois") <= LE) & libre


def balances(licences: Licences, reponse: pa.Table) -> Reponse:
    """The balance of every licence in the order of the file: twelve points where the answer has no row."""
    cles = licences.table.column("cle").to_numpy()
    soldes = np.full(len(cles), 12, np.int8)
    soldes[np.searchsorted(cles, reponse.column("cle").to_numpy())] = reponse.column("solde").to_numpy()
    return soldes


def why(licences: Licences) -> dict[str, npt.NDArray[np.bool_]]:
    """What a file holds beyond the two rules, in the order in which a wrong balance is put down to it."""
    parts = [_what_it_holds(lot) for lot in licences.lots]
    return {cause: np.concatenate([part[cause] for part in parts]) for cause in parts[0]}


def _what_it_holds(lot: Lot) -> dict[str, npt.NDArray[np.bool_]]:
    obtenu = np.minimum.reduceat(
        np.where((lot.type == TYPE["delivrance"]) & (lot.valeur != AM), lot.date, np.iinfo(np.int32).max),
        lot.debuts[:-1],
    )
    obtenus, infraction = np.repeat(obtenu, np.diff(lot.debuts)), lot.type == TYPE["infraction"]
    perte = np.isin(lot.type, [TYPE["annulation"], TYPE["realite"], TYPE["retrait"], TYPE["notification"]])
    perte |= (lot.type == TYPE["mesure"]) & (lot.nature >= codes.NATURES.index("annulation_judiciaire"))
    seconde = (lot.type == TYPE["delivrance"]) & ((lot.marques != 0) | (lot.nature >= codes.FILIERES.index("echange")))
    dix_ans = (LE - timedelta(days=3652)).toordinal() - LE.toordinal() + question().le
    probation = np.datetime64("2004-03-01").astype("datetime64[D]").astype(np.int32)
    marques = {
        "a licence lost, given again, foreign or exchanged; an annulment": perte | seconde,
        "the probation: its capital, ceiling and yearly gains": (obtenus >= probation)
        & (np.where(infraction, lot.date, question().le) <= obtenus + 1096),
        "a course, capped on its day": lot.type == TYPE["stage"],
        "the cap of simultaneous offences": lot.ensemble > 0,
        "ten years, offence by offence": infraction & (lot.seconde_date <= dix_ans),
    }
    return {cause: np.logical_or.reduceat(marque, lot.debuts[:-1]) for cause, marque in marques.items()}


def measure(licences: Licences) -> Iterator[Ligne]:
    loi, demande = read_loi(), question()
    justes = np.concatenate([solder(lot, loi, demande).solde for lot in licences.lots])
    noyau = median_of(TOURS, lambda: in_two_threads(licences.lots, detail=False))
    avec, causes = licences.with_events(), why(licences)
    simples = avec & ~np.logical_or.reduce(list(causes.values()))
    yield Ligne(
        f"kernel, every rule, two threads ({licences.nombre:,} licences)", seconds(noyau), each(noyau, licences.nombre)
    )
    manieres: dict[str, Callable[[], pa.Table]] = {
        f"DuckDB {duckdb.__version__}, two rules, first form": lambda: by_duckdb(licences, "deux_regles_directes.sql"),
        f"DuckDB {duckdb.__version__}, two rules, best form": lambda: by_duckdb(licences, "deux_regles.sql"),
        f"Polars {pl.__version__}, two rules, best form": lambda: by_polars(licences),
    }
    faux = np.zeros(0, np.bool_)
    for nom, maniere in manieres.items():
        tell(nom)
        duree = median_of(TOURS, maniere)
        faux = (balances(licences, maniere()) != justes) & avec
        quoi = f"{nom}: wrong for {faux.sum() / avec.sum():.1%} of drivers with an offence"
        quoi += f", {faux[simples].mean():.2%} of those that need no other rule"
        yield Ligne(quoi, seconds(duree), each(duree, licences.nombre), ratio=f"{times(duree / noyau)} the kernel")
    reste = faux
    for cause, porteurs in causes.items():
        yield Ligne(f"… of whom {(reste & porteurs).sum() / faux.sum():.0%}: {cause}")
        reste = reste & ~porteurs
    yield Ligne(f"… of whom {reste.sum() / faux.sum():.1%}: none of these")


def main() -> None:
    with licences_in_arguments(LICENCES) as dossier:
        show(list(measure(read(dossier, LICENCES))))


if __name__ == "__main__":
    main()
