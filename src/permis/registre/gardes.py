"""The guards: the database itself refuses to edit or delete a fact, a reading, an erasure, a root.

One exception: the content of a fact that an `Effacement` names may become null, and nothing else of it (C. route,
art. L. 225-2). On SQLite, `INSERT OR REPLACE` would delete a row without any trigger of deletion: it is refused too.
A migration that rebuilds one of these tables on SQLite, or changes what is below, ends with `place_guards`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES: Final = ("registre_fait", "registre_consultation", "registre_effacement", "registre_racine")
UNIQUES: Final = {
    "registre_fait": (
        "id = NEW.id OR reference_index = NEW.reference_index OR (dossier_id = NEW.dossier_id AND rang = NEW.rang)"
    ),
    "registre_consultation": "id = NEW.id",
    "registre_effacement": "id = NEW.id OR fait_id = NEW.fait_id",
    "registre_racine": "le = NEW.le",
}
INCHANGES: Final = (
    "id",
    "dossier_id",
    "rang",
    "enregistre_at",
    "anciennete",
    "reference_index",
    "empreinte",
    "chaine",
)
EFFACES: Final = ("contenu", "sel", "source", "reference")

# The bits of pg_trigger.tgtype.
LIGNE, AVANT = 1, 2
OPERATIONS: Final = {"update": 16, "delete": 8, "truncate": 32}


class Declencheur(NamedTuple):
    """A trigger of PostgreSQL as its catalogue has it: what fires it, and the function that it calls."""

    table: str
    type: int
    fonction: str
    corps: str
    etat: str = "O"
    reste: str = ""
    """A condition, columns, arguments, settings of the function, another language: ours have none."""


def erasure(identique: str, effacement: str = "registre_effacement") -> str:
    """The condition under which an update of a fact is the erasure that a row of `registre_effacement` names."""
    return " AND ".join(
        [
            *(f"NEW.{colonne} {identique} OLD.{colonne}" for colonne in INCHANGES),
            *(f"NEW.{colonne} IS NULL" for colonne in EFFACES),
            "OLD.contenu IS NOT NULL",
            f"EXISTS (SELECT 1 FROM {effacement} WHERE fait_id = OLD.id)",  # noqa: S608
        ]
    )


def on_sqlite() -> dict[str, str]:
    """One trigger for each operation and table: its name, and the order that makes it."""
    ordres: dict[str, str] = {}
    for table in TABLES:
        refus = f"SELECT RAISE(ABORT, '{table}: rows are only added')"
        existe = f"EXISTS (SELECT 1 FROM {table} WHERE {UNIQUES[table]})"  # noqa: S608  our own names
        condition = f"WHEN NOT ({erasure('IS')})" if table == "registre_fait" else ""
        ordres |= {
            f"{table}_sans_update": f"BEFORE UPDATE ON {table} {condition} BEGIN {refus}; END",
            f"{table}_sans_delete": f"BEFORE DELETE ON {table} BEGIN {refus}; END",
            f"{table}_sans_replace": f"BEFORE INSERT ON {table} WHEN {existe} BEGIN {refus}; END",
        }
    return {nom: f"CREATE TRIGGER {nom} {ordre}" for nom, ordre in ordres.items()}


def functions(schema: str) -> dict[str, str]:
    """The two functions of PostgreSQL, and their bodies; unless the schema is said, a temporary table comes first."""
    refus = "RAISE EXCEPTION '%: rows are only added', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'"
    seule = f"IF {erasure('IS NOT DISTINCT FROM', f'{schema}.registre_effacement')} THEN RETURN NEW; END IF"
    return {"registre_refuse": f" BEGIN {refus}; END ", "registre_efface": f" BEGIN {seule}; {refus}; END "}


def on_postgresql(schema: str) -> dict[str, Declencheur]:
    """The triggers by name: three for each table."""
    corps, declencheurs = functions(schema), {}
    for table in TABLES:
        for operation, bit in OPERATIONS.items():
            par_ligne = (table, operation) == ("registre_fait", "update")
            fonction = "registre_efface" if par_ligne else "registre_refuse"
            genre = AVANT | bit | (LIGNE if par_ligne else 0)
            declencheurs[f"{table}_sans_{operation}"] = Declencheur(table, genre, fonction, corps[fonction])
    return declencheurs


def place_guards(editeur: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers, in the language of the engine, in place of those which are there."""
    ordres = _orders_on_postgresql if editeur.connection.vendor == "postgresql" else _orders_on_sqlite
    for ordre in ordres():
        editeur.execute(ordre, None)


def _orders_on_sqlite() -> Iterator[str]:
    for nom, ordre in on_sqlite().items():
        yield f"DROP TRIGGER IF EXISTS {nom}"
        yield ordre


def _orders_on_postgresql() -> Iterator[str]:
    schema = _schema()
    for nom, corps in functions(schema).items():
        yield f"CREATE OR REPLACE FUNCTION {schema}.{nom}() RETURNS trigger LANGUAGE plpgsql AS $${corps}$$"
    for nom, (table, genre, fonction, *_) in on_postgresql(schema).items():
        fois = "ROW" if genre & LIGNE else "STATEMENT"
        operation = nom.rpartition("_")[2].upper()
        yield f"DROP TRIGGER IF EXISTS {nom} ON {schema}.{table}"
        yield (
            f"CREATE TRIGGER {nom} BEFORE {operation} ON {schema}.{table} "
            f"FOR EACH {fois} EXECUTE FUNCTION {schema}.{fonction}()"
        )


def _schema() -> str:
    """Where the tables are made."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT quote_ident(current_schema())")
        return str(curseur.fetchone()[0])


def missing_guards() -> list[str]:
    """The triggers that should refuse any change and are not there, are disabled, or do not say what is above."""
    attendus, presents = _compare()
    return [nom for nom, definition in attendus.items() if presents.get(nom) != definition]


def unknown_triggers() -> list[str]:
    """The triggers of the same tables that nothing here made: one could change a row on its way in."""
    attendus, presents = _compare()
    return sorted(presents.keys() - attendus.keys())


def _compare() -> tuple[dict[str, object], dict[str, object]]:
    if connection.vendor == "postgresql":
        return {**on_postgresql(_schema())}, {**_read_postgresql()}
    with connection.cursor() as curseur:
        curseur.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        presents = {nom: ordre for nom, ordre, table in curseur.fetchall() if table in TABLES}
    return {**on_sqlite()}, presents


CATALOGUE: Final = """
    SELECT t.tgname, c.relname, t.tgtype, p.proname, p.prosrc, t.tgenabled,
           concat(CASE WHEN t.tgqual IS NOT NULL THEN 'condition' END, nullif(t.tgattr::text, ''),
                  CASE WHEN t.tgnargs > 0 THEN 'arguments' END, p.proconfig::text,
                  CASE WHEN p.prosecdef THEN 'definer' END, nullif(l.lanname, 'plpgsql'))
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_language l ON l.oid = p.prolang
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(%s)
"""


def _read_postgresql() -> dict[str, Declencheur]:
    with connection.cursor() as curseur:
        curseur.execute(CATALOGUE, [list(TABLES)])
        lus = {nom: Declencheur(*champs) for nom, *champs in curseur.fetchall()}
    return {
        nom: lu._replace(etat="O") if lu.etat == "A" else lu for nom, lu in lus.items()
    }  # A: always, O: ordinarily
