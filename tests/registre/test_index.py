"""An index opens its own file only: exchanged with another's, nobody is taken for somebody else, and it is told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from permis.identites.models import Agent, Compte
from permis.registre.bilan import Anomalie
from permis.registre.chiffrement import ScelleError
from permis.registre.etat_civil import EtatCivil
from permis.registre.models import Dossier
from permis.registre.recherche import find_by_neph, find_by_pivot
from permis.registre.rotation import rotate_cles
from permis.registre.trousseau import add_cle
from permis.registre.verification import verify_scelles
from tests.registre.fabrique import ANGELE, MIDI, ouvrir

pytestmark = pytest.mark.django_db

UN, AUTRE = "170311111111", "170322222222"
LUC = EtatCivil("MARTIN", "", ("Luc",), "1980-01-01", "male", "75101", "99100")


@pytest.fixture
def dossiers() -> tuple[UUID, UUID]:
    return ouvrir(neph=UN), ouvrir(neph=AUTRE, etat_civil=LUC)


def echanger(un: UUID, autre: UUID, *colonnes: str) -> None:
    """What one UPDATE of the database does: no guard refuses it, files change when keys do."""
    lignes = {ligne["id"]: ligne for ligne in Dossier.objects.values("id", *colonnes)}
    Dossier.objects.filter(pk=un).update(**dict.fromkeys(colonnes, ""))
    for vise, source in ((autre, un), (un, autre)):
        Dossier.objects.filter(pk=vise).update(**{colonne: lignes[source][colonne] for colonne in colonnes})


def test_un_neph_n_ouvre_pas_le_dossier_d_un_autre(dossiers: tuple[UUID, UUID]) -> None:
    echanger(*dossiers, "neph_index")
    for neph in (UN, AUTRE):
        with pytest.raises(ScelleError):
            find_by_neph(neph)


@pytest.mark.parametrize(
    "colonnes",
    [
        ("pivot_strict_index", "pivot_souple_index"),
        ("pivot_souple_index",),
        ("pivot_strict_index",),
    ],
)
def test_une_identite_n_ouvre_pas_le_dossier_d_un_autre(dossiers: tuple[UUID, UUID], colonnes: Any) -> None:
    echanger(*dossiers, *colonnes)
    for personne in (ANGELE, LUC):
        with pytest.raises(ScelleError):
            find_by_pivot(personne)


def test_chaque_index_est_calcule_de_nouveau(dossiers: tuple[UUID, UUID]) -> None:
    assert verify_scelles() == []
    colonnes = ["neph_index", "pivot_strict_index", "pivot_souple_index"]
    echanger(*dossiers, *colonnes)
    vus = [(anomalie.dossier, anomalie.constat.partition(" ")[0]) for anomalie in verify_scelles()]
    assert vus == [(dossier, colonne) for dossier in sorted(dossiers) for colonne in colonnes]


def test_un_index_efface_se_voit_aussi(dossiers: tuple[UUID, UUID]) -> None:
    """Not found any more, the file could be opened a second time."""
    Dossier.objects.filter(pk=dossiers[0]).update(neph_index="k1:0")
    assert verify_scelles() == [Anomalie(dossiers[0], None, "neph_index ne s'ouvre pas, ou n'est pas de cette ligne")]


def test_une_valeur_scellee_venue_d_une_autre_ligne_se_voit(dossiers: tuple[UUID, UUID]) -> None:
    un, autre = dossiers
    Dossier.objects.filter(pk=un).update(neph=Dossier.objects.get(pk=autre).neph)
    assert [(anomalie.dossier, anomalie.rang) for anomalie in verify_scelles()] == [(un, None)]


@pytest.mark.usefixtures("trousseau")
def test_sous_une_ancienne_cle_un_index_est_encore_le_sien() -> None:
    ouvrir(neph=UN)
    add_cle()
    assert verify_scelles() == []
    assert find_by_neph(UN)
    rotate_cles()
    assert verify_scelles() == []


def test_les_tables_des_autres_pieces_sont_verifiees() -> None:
    agents = []
    for courriel in ("a@example.org", "b@example.org"):
        agent = Agent(compte=Compte.objects.create(genre="agent", ouvert_at=MIDI), service="essai", habilite_at=MIDI)
        agent.seal_columns(**{**dict.fromkeys(Agent.COLONNES_SCELLEES), "courriel": courriel})
        agent.save(force_insert=True)
        agents.append(agent)
    assert verify_scelles() == []
    Agent.objects.filter(pk=agents[0].pk).update(courriel_index="k1:0")
    (anomalie,) = verify_scelles()
    assert anomalie.constat == (
        f"identites_agent {agents[0].pk} : courriel_index ne s'ouvre pas, ou n'est pas de cette ligne"
    )
