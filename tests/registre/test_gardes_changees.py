"""A guard that is gone, or that keeps its name and no longer guards, is told by whoever verifies."""
# ruff: noqa: S608 - the names of our own tables

from __future__ import annotations

from typing import Final

import pytest
from django.db import IntegrityError, connection, transaction

from permis.registre.gardes import TABLES, missing_guards, unknown_triggers
from permis.registre.models import Fait
from permis.registre.verification import verify_chains
from tests.registre.fabrique import APRES, dossier_ordinaire

pytestmark = pytest.mark.django_db

GARDE: Final = "registre_fait_sans_update"
FONCTION: Final = "CREATE OR REPLACE FUNCTION registre_efface() RETURNS trigger LANGUAGE plpgsql"
DE_NOUVEAU: Final = f"CREATE TRIGGER {GARDE} BEFORE UPDATE"
ATTEINTES: Final = {
    "sqlite": {
        "enlevée": [f"DROP TRIGGER {GARDE}"],
        "muette": [
            f"DROP TRIGGER {GARDE}",
            f"{DE_NOUVEAU} ON registre_fait WHEN 0 BEGIN SELECT 1; END",
        ],
        "sur une autre table": [
            f"DROP TRIGGER {GARDE}",
            f"{DE_NOUVEAU} ON registre_dossier WHEN 0 BEGIN SELECT 1; END",
        ],
    },
    "postgresql": {
        "enlevée": [f"DROP TRIGGER {GARDE} ON registre_fait"],
        "désarmée": [f"ALTER TABLE registre_fait DISABLE TRIGGER {GARDE}"],
        "sa fonction vidée": [f"{FONCTION} AS $$ BEGIN RETURN NEW; END $$"],
        "sous condition": [
            f"DROP TRIGGER {GARDE} ON registre_fait",
            f"{DE_NOUVEAU} ON registre_fait FOR EACH ROW WHEN (false) EXECUTE FUNCTION registre_efface()",
        ],
        "d'une seule colonne": [
            f"DROP TRIGGER {GARDE} ON registre_fait",
            f"{DE_NOUVEAU} OF rang ON registre_fait FOR EACH ROW EXECUTE FUNCTION registre_efface()",
        ],
        "par une autre fonction": [
            "CREATE FUNCTION autre() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            f"DROP TRIGGER {GARDE} ON registre_fait",
            f"{DE_NOUVEAU} ON registre_fait FOR EACH ROW EXECUTE FUNCTION autre()",
        ],
        "sa fonction réglée": ["ALTER FUNCTION registre_efface() SET search_path = pg_temp"],
    },
}


def executer(*ordres: str) -> None:
    with transaction.atomic(), connection.cursor() as curseur:
        for ordre in ordres:
            curseur.execute(ordre)


def test_les_gardes_sont_celles_du_logiciel() -> None:
    assert (missing_guards(), unknown_triggers()) == ([], [])


def test_chaque_garde_enlevee_se_voit() -> None:
    sur = " ON {}" if connection.vendor == "postgresql" else ""
    fins = ("update", "delete", "truncate" if sur else "replace")
    noms = [(table, f"{table}_sans_{fin}") for table in TABLES for fin in fins]
    executer(*(f"DROP TRIGGER {nom}{sur.format(table)}" for table, nom in noms))
    assert missing_guards() == [nom for _, nom in noms]


def test_une_garde_de_meme_nom_qui_ne_garde_plus_se_voit() -> None:
    for atteinte, ordres in ATTEINTES[connection.vendor].items():
        reprise = transaction.savepoint()
        executer(*ordres)
        assert missing_guards() == [GARDE], atteinte
        assert [anomalie.constat for anomalie in verify_chains(at=APRES).anomalies] == [
            f"déclencheur absent, ou autre que celui du logiciel : {GARDE}"
        ]
        transaction.savepoint_rollback(reprise)
        assert missing_guards() == [], atteinte


def test_un_declencheur_de_plus_se_voit() -> None:
    """One that fires after ours could change what ours has let in."""
    if connection.vendor == "postgresql":
        executer(
            "CREATE FUNCTION autre() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            "CREATE TRIGGER zzz BEFORE INSERT ON registre_fait FOR EACH ROW EXECUTE FUNCTION autre()",
        )
    else:
        executer("CREATE TRIGGER zzz AFTER INSERT ON registre_fait BEGIN SELECT 1; END")
    assert (missing_guards(), unknown_triggers()) == ([], ["zzz"])
    (anomalie,) = verify_chains(at=APRES).anomalies
    assert anomalie.constat == "déclencheur que le logiciel n'a pas posé : zzz"


def test_une_table_temporaire_du_meme_nom_ne_trompe_pas_la_garde() -> None:
    dossier_ordinaire()
    vise = Fait.objects.get(rang=4).pk
    executer(f"CREATE TEMPORARY TABLE registre_effacement AS SELECT {vise} AS fait_id")
    with pytest.raises(IntegrityError, match="rows are only added"):
        executer(
            f"UPDATE registre_fait SET contenu = NULL, sel = NULL, source = NULL, reference = NULL WHERE id = {vise}"
        )
