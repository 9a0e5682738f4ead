"""The database itself refuses to edit or delete a fact, a reading, an erasure, a root.

One exception: the content of a fact that an `Effacement` names may become null, and nothing else of it (C. route,
art. L. 225-2). On SQLite, `INSERT OR REPLACE` would delete a row without any trigger of deletion: it is refused too.
A later migration that rebuilds one of these tables on SQLite loses its triggers: it makes them again
(`permis registre verifier` says which are missing).
"""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("registre_fait", "registre_consultation", "registre_effacement", "registre_racine")
UNIQUES = {
    "registre_fait": (
        "id = NEW.id OR reference_index = NEW.reference_index OR (dossier_id = NEW.dossier_id AND rang = NEW.rang)"
    ),
    "registre_consultation": "id = NEW.id",
    "registre_effacement": "id = NEW.id OR fait_id = NEW.fait_id",
    "registre_racine": "le = NEW.le",
}
INCHANGES = ("id", "dossier_id", "rang", "enregistre_at", "reference_index", "empreinte", "chaine")
EFFACES = ("contenu", "sel", "source", "reference")


def erasure(identique: str) -> str:
    """The condition under which an update of a fact is the erasure that a row of `registre_effacement` names."""
    return " AND ".join(
        [
            *(f"NEW.{colonne} {identique} OLD.{colonne}" for colonne in INCHANGES),
            *(f"NEW.{colonne} IS NULL" for colonne in EFFACES),
            "OLD.contenu IS NOT NULL",
            "EXISTS (SELECT 1 FROM registre_effacement WHERE fait_id = OLD.id)",
        ]
    )


def on_sqlite() -> list[str]:
    """One trigger for each operation and table."""
    ordres = []
    for table in TABLES:
        refus = f"SELECT RAISE(ABORT, '{table}: rows are only added')"
        existe = f"EXISTS (SELECT 1 FROM {table} WHERE {UNIQUES[table]})"  # noqa: S608  our own names
        condition = f"WHEN NOT ({erasure('IS')})" if table == "registre_fait" else ""
        ordres += [
            f"CREATE TRIGGER {table}_sans_update BEFORE UPDATE ON {table} {condition} BEGIN {refus}; END",
            f"CREATE TRIGGER {table}_sans_delete BEFORE DELETE ON {table} BEGIN {refus}; END",
            f"CREATE TRIGGER {table}_sans_replace BEFORE INSERT ON {table} WHEN {existe} BEGIN {refus}; END",
        ]
    return ordres


def on_postgresql() -> list[str]:
    """Two functions, and the triggers that call them."""
    refus = "RAISE EXCEPTION '%: rows are only added', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'"
    seule = f"IF {erasure('IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF"
    ordres = [
        f"CREATE FUNCTION registre_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refus}; END $$",
        f"CREATE FUNCTION registre_efface() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {seule}; {refus}; END $$",
    ]
    refuse = "FOR EACH STATEMENT EXECUTE FUNCTION registre_refuse()"
    for table in TABLES:
        garde, fois = ("registre_efface", "ROW") if table == "registre_fait" else ("registre_refuse", "STATEMENT")
        ordres += [
            f"CREATE TRIGGER {table}_sans_update BEFORE UPDATE ON {table} FOR EACH {fois} EXECUTE FUNCTION {garde}()",
            f"CREATE TRIGGER {table}_sans_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_sans_truncate BEFORE TRUNCATE ON {table} {refuse}",
        ]
    return ordres


def guard(_: StateApps, editeur: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers, in the language of the engine."""
    ordres = {"sqlite": on_sqlite, "postgresql": on_postgresql}[editeur.connection.vendor]()
    for ordre in ordres:
        editeur.execute(ordre, None)


class Migration(migrations.Migration):
    """Not reversible: a register without its guards is not one."""

    dependencies: ClassVar = [("registre", "0001_tables")]
    operations: ClassVar = [migrations.RunPython(guard)]
