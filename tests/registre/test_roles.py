"""The rights of PostgreSQL, as docs/how-to/deployer.md gives them: the site works, and cannot erase a fact.

SQLite has no roles: there, only what the document says is read.
"""

# ruff: noqa: S608 - the names of our own tables

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from django.db import ProgrammingError, connection, transaction

from permis.courriers.attendus import LettreDue
from permis.courriers.models import CourrierDu
from permis.courriers.prise import LettresDuDossier, LotRecu, take_lot
from permis.registre.conservation import erase
from permis.registre.contacts import Contacts, update_contacts
from permis.registre.gardes import TABLES
from permis.registre.lecture import read_dossier
from permis.registre.models import Consultation, Effacement, Fait
from permis.registre.projection import drop, rebuild_projections
from permis.registre.rafraichissement import SoldeDuJour, refresh_soldes
from permis.registre.rotation import reseal_all
from permis.registre.verification import publish_racine, verify_chains, verify_racines, verify_scelles
from tests.registre.fabrique import (
    DELIVRANCE,
    LECTEUR,
    MIDI,
    dossier_ordinaire,
    enregistrer,
    infraction,
    ouvrir,
    realite,
)

pytestmark = pytest.mark.django_db

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "how-to" / "deployer.md"
JOUR, LENDEMAIN = date(2026, 3, 10), MIDI + timedelta(days=1)
SITE, GARDIEN = f"site_{os.getpid()}", f"gardien_{os.getpid()}"
Devenir = Callable[[str], None]


def ordres() -> list[str]:
    """The orders of the document on schema and tables, for the roles of this test; those on tables to come, on those
    that are there.
    """
    blocs = re.findall(r"^```sql\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    texte = re.sub(r"--.*|^.connect.*", "", "\n".join(blocs), flags=re.MULTILINE)
    tous = [" ".join(ordre.split()) for ordre in texte.split(";") if ordre.strip()]
    droits = [ordre for ordre in tous if not ordre.startswith("CREATE") and " DATABASE " not in ordre]
    droits = [ordre for ordre in droits if "TO permis_proprietaire" not in ordre]
    droits = [re.sub(r"ALTER DEFAULT .*? (GRANT .* ON) (\w+)", r"\1 ALL \2 IN SCHEMA public", un) for un in droits]
    return [re.sub(r"\bpermis\b", SITE, ordre.replace("permis_gardien", GARDIEN)) for ordre in droits]


@pytest.fixture
def devenir() -> Devenir:
    """To take a role until the end of the test; on SQLite, to stay who one is."""

    def prendre(role: str) -> None:
        if connection.vendor == "postgresql":
            executer(f"SET LOCAL ROLE {role}")

    if connection.vendor == "postgresql":
        executer(f"CREATE ROLE {SITE}", f"CREATE ROLE {GARDIEN}", *ordres())
    return prendre


def executer(*lignes: str) -> None:
    with transaction.atomic(), connection.cursor() as curseur:
        for ligne in lignes:
            curseur.execute(ligne)


def test_le_document_reprend_les_droits_sur_chaque_table_gardee() -> None:
    repris = " ".join(ordre for ordre in ordres() if ordre.startswith("REVOKE") and SITE in ordre)
    assert all(table in repris for table in (*TABLES, "registre_dossier"))
    assert f"REVOKE UPDATE ON registre_fait FROM {SITE}" in repris


def test_le_site_fait_son_travail(devenir: Devenir) -> None:
    devenir(SITE)
    dossier = dossier_ordinaire()
    enregistrer(dossier, infraction("i9", "2026-01-05"), at=LENDEMAIN)
    update_contacts(dossier, Contacts(courriel="a@example.org"), at=LENDEMAIN)
    assert len(read_dossier(dossier, LECTEUR, at=LENDEMAIN).lignes) == 5
    assert Consultation.objects.count() == 1
    assert rebuild_projections(JOUR) == 1
    assert verify_chains(at=LENDEMAIN).intact


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE registre_fait SET contenu = NULL, sel = NULL, source = NULL, reference = NULL",
        "UPDATE registre_fait SET rang = rang",
        "INSERT INTO registre_effacement SELECT * FROM registre_effacement",
        "INSERT INTO registre_racine SELECT * FROM registre_racine",
        *(f"DELETE FROM {table}" for table in (*TABLES, "registre_dossier")),
        *(f"TRUNCATE {table} CASCADE" for table in TABLES),
        *(
            f"UPDATE {table} SET {colonne} = NULL"
            for table, colonne in zip(TABLES[1:], ("acte", "le", "le"), strict=True)
        ),
        "DROP TRIGGER registre_fait_sans_update ON registre_fait",
        "ALTER TABLE registre_fait DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION registre_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    ],
)
def test_le_site_ne_peut_ni_effacer_ni_reprendre(devenir: Devenir, ordre: str) -> None:
    if connection.vendor == "sqlite":
        return
    dossier_ordinaire()
    devenir(SITE)
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        executer(ordre)


def test_le_gardien_efface_clot_un_jour_et_verifie(devenir: Devenir) -> None:
    dossier = ouvrir()
    enregistrer(
        dossier, {**DELIVRANCE, "date": "1995-06-01"}, infraction("i1", "2010-03-10"), realite("i1", "2010-04-02")
    )
    devenir(GARDIEN)
    publish_racine(JOUR, at=LENDEMAIN)
    assert set(erase(dossier, JOUR, at=LENDEMAIN).effacables) == {"i1", "r-i1"}
    assert (Effacement.objects.count(), Fait.objects.filter(contenu=None).count()) == (2, 2)
    assert (drop(), rebuild_projections(JOUR), reseal_all().lignes) == (1, 1, 0)
    assert (verify_chains(at=LENDEMAIN).anomalies, verify_scelles(), verify_racines()) == ([], [], [])


def test_le_gardien_prend_le_fichier_du_jour(devenir: Devenir) -> None:
    dossier = dossier_ordinaire()
    devenir(GARDIEN)
    solde = SoldeDuJour(dossier, 4, 12, 12, "valide", None, None)
    assert refresh_soldes([solde], LENDEMAIN.date()).ecrits == 1
    lot = LotRecu("0" * 64, LENDEMAIN.date(), JOUR, LENDEMAIN.date(), JOUR, 1)
    lettres = LettresDuDossier(dossier, [LettreDue("46", "i1", LENDEMAIN.date())], [])
    assert take_lot(lot, [lettres], at=LENDEMAIN).ajoutes == 1
    assert CourrierDu.objects.count() == 1


@pytest.mark.parametrize("table", TABLES)
def test_le_gardien_ne_retire_rien(devenir: Devenir, table: str) -> None:
    if connection.vendor == "sqlite":
        return
    devenir(GARDIEN)
    with pytest.raises(ProgrammingError, match="permission denied"):
        executer(f"DELETE FROM {table}")
