"""The database itself refuses to change or lose what the register keeps; the one exception is a named erasure."""
# ruff: noqa: S608 - the names of our own tables

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from permis.registre.effacables import DIX_ANS
from permis.registre.effacements import name_effacement
from permis.registre.lecture import read_dossier
from permis.registre.models import Consultation, Effacement, Fait, Racine
from tests.registre.fabrique import LECTEUR, MIDI, dossier_ordinaire

pytestmark = pytest.mark.django_db

TABLES = ("registre_fait", "registre_consultation", "registre_effacement", "registre_racine")
EFFACER = "UPDATE registre_fait SET contenu = NULL, sel = NULL, source = NULL, reference = NULL WHERE id = %s"


@pytest.fixture
def fait() -> Fait:
    """A fact of a file that was read, erased in part, and whose root was computed: one row in each table."""
    dossier = dossier_ordinaire()
    read_dossier(dossier, LECTEUR, at=MIDI)
    premier, dernier = Fait.objects.filter(dossier=dossier, rang__in=[1, 4]).order_by("rang")
    name_effacement(dernier, DIX_ANS, date(2026, 3, 10), MIDI).save()
    Racine.objects.create(le=date(2026, 1, 1), calculee_at=MIDI, dossiers=0, faits=0, effacements=0, racine=bytes(32))
    return premier


def executer(ordre: str, *valeurs: Any) -> int:
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)
        return int(curseur.rowcount)


@pytest.mark.parametrize("table", TABLES)
def test_rien_ne_se_supprime(fait: Fait, table: str) -> None:
    with pytest.raises(IntegrityError, match="rows are only added"):
        executer(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES[1:])
def test_rien_ne_se_modifie(fait: Fait, table: str) -> None:
    colonne = {"registre_consultation": "acte", "registre_effacement": "regle", "registre_racine": "faits"}[table]
    with pytest.raises(IntegrityError, match="rows are only added"):
        executer(f"UPDATE {table} SET {colonne} = {colonne}")


@pytest.mark.parametrize("champ", [champ.column for champ in Fait._meta.concrete_fields])
def test_aucune_colonne_d_un_fait_ne_se_modifie(fait: Fait, champ: str) -> None:
    with pytest.raises(IntegrityError, match="rows are only added"):
        executer(f"UPDATE registre_fait SET {champ} = {champ} WHERE id = %s", fait.pk)


def test_un_fait_ne_s_efface_pas_sans_effacement_qui_le_nomme(fait: Fait) -> None:
    with pytest.raises(IntegrityError, match="rows are only added"):
        executer(EFFACER, fait.pk)


def test_un_fait_nomme_s_efface_une_fois_et_ne_revient_pas(fait: Fait) -> None:
    nomme = Effacement.objects.get().fait
    assert executer(EFFACER, nomme.pk) == 1
    apres = Fait.objects.get(pk=nomme.pk)
    assert (apres.contenu, apres.sel, apres.source, apres.reference) == (None, None, None, None)
    garde = [bytes(apres.empreinte), bytes(apres.chaine), apres.rang, apres.enregistre_at, apres.reference_index]
    assert garde == [
        bytes(nomme.empreinte),
        bytes(nomme.chaine),
        nomme.rang,
        nomme.enregistre_at,
        nomme.reference_index,
    ]
    with pytest.raises(IntegrityError):
        executer("UPDATE registre_fait SET contenu = '{}', source = 'x' WHERE id = %s", nomme.pk)
    with pytest.raises(IntegrityError):
        executer(EFFACER, nomme.pk)


@pytest.mark.parametrize(
    "autre",
    [
        "rang = rang + 10",
        "empreinte = chaine",
        "chaine = empreinte",
        "reference_index = 'k1:0'",
        "anciennete = anciennete + 1",
        "enregistre_at = '2020-01-01 00:00:00+00:00'",
        "id = id + 1000",
        "sel = sel",
        "contenu = '{}'",
    ],
)
def test_un_effacement_ne_change_rien_d_autre(fait: Fait, autre: str) -> None:
    nomme = Effacement.objects.get().fait_id
    colonne = autre.partition(" ")[0]
    ordre = EFFACER.replace(f"{colonne} = NULL", autre) if f"{colonne} = NULL" in EFFACER else EFFACER
    ordre = ordre if autre in ordre else ordre.replace("SET", f"SET {autre},")
    with pytest.raises(IntegrityError):
        executer(ordre, nomme)


@pytest.mark.parametrize("table", TABLES)
def test_remplacer_est_refuse(fait: Fait, table: str) -> None:
    """`INSERT OR REPLACE` deletes on SQLite without a trigger of deletion; ON CONFLICT DO UPDATE is an update."""
    modele = next(modele for modele in (Fait, Consultation, Effacement, Racine) if modele._meta.db_table == table)
    colonnes = [str(champ.column) for champ in modele._meta.concrete_fields]
    noms, cle = ", ".join(colonnes), colonnes[0] if table == "registre_racine" else "id"
    if connection.vendor == "sqlite":
        ordre = f"INSERT OR REPLACE INTO {table} ({noms}) SELECT {noms} FROM {table}"
    else:
        ordre = f"INSERT INTO {table} ({noms}) SELECT {noms} FROM {table} ON CONFLICT ({cle}) DO UPDATE SET {cle} = 1"
        ordre = ordre.replace("le = 1", "le = '2026-01-02'")
    with pytest.raises(IntegrityError, match="rows are only added"):
        executer(ordre)


@pytest.mark.parametrize("table", [*TABLES, "registre_dossier"])
def test_vider_est_refuse(fait: Fait, table: str) -> None:
    if connection.vendor == "sqlite":  # SQLite has no TRUNCATE; its DELETE without WHERE is the same
        with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012  a commit would be the second
            executer(f"DELETE FROM {table}")
            connection.check_constraints()
        return
    connection.check_constraints()  # what is still to be checked would refuse a TRUNCATE too
    with pytest.raises(IntegrityError, match="rows are only added"):
        executer(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    ("colonne", "valeur"),
    [("rang", 0), ("sel", b"court"), ("empreinte", b"court"), ("chaine", b"court"), ("contenu", None), ("rang", 1)],
)
def test_les_contraintes_disent_ce_qu_un_fait_ne_peut_pas_etre(fait: Fait, colonne: str, valeur: object) -> None:
    valeurs: dict[str, Any] = {champ.attname: getattr(fait, champ.attname) for champ in Fait._meta.concrete_fields}
    valeurs |= {"id": None, "rang": 9, "reference_index": "k1:autre", colonne: valeur}
    with pytest.raises(DatabaseError), transaction.atomic():
        Fait.objects.bulk_create([Fait(**valeurs)])


@pytest.mark.django_db(transaction=True)
def test_le_vidage_entre_deux_tests_laisse_les_gardes_en_place() -> None:
    dossier_ordinaire()
    call_command("flush", interactive=False, verbosity=0)
    assert not Fait.objects.exists()
    dossier_ordinaire()
    for ordre in ("DELETE FROM registre_fait", "UPDATE registre_fait SET rang = 9"):
        with pytest.raises(IntegrityError):
            executer(ordre)
