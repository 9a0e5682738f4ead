"""From the register and back: exported, computed outside, taken in; balances and letters are those of the law."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from permis.commande import courriers_prendre, registre_travaux
from permis.courriers.models import CourrierDu, LotQuotidien
from permis.demonstration.models import Semis
from permis.demonstration.personnes import list_conducteurs
from permis.demonstration.semis.dossiers import seed_dossier
from permis.droit.faits import Fait as FaitDuDroit
from permis.droit.faits import Notification
from permis.droit.information import known_on
from permis.droit.releve import replay
from permis.national.journee_lecture import Journee
from permis.registre.ecriture import FaitRecu, record_faits
from permis.registre.models import Dossier, SoldeCourant
from permis.registre.projection import load_faits, rebuild_projections
from tests.commande.conftest import Lancer
from tests.droit.strategies import read_vie
from tests.droit.tirage import LONGUEUR, write_fait
from tests.registre.fabrique import DELIVRANCE, enregistrer, infraction, ouvrir, realite

pytestmark = pytest.mark.django_db(transaction=True)
UN_JOUR = timedelta(days=1)
JOUR = date(2026, 11, 22)
Regler = Callable[[date], None]


def matin(jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, 6, 0, tzinfo=UTC)


@pytest.fixture
def regler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings) -> Regler:
    """To set the day of the machine."""
    settings.PERMIS_TROUSSEAU = tmp_path / "trousseau.json"

    def fixer(jour: date) -> None:
        for module in (registre_travaux, courriers_prendre):
            monkeypatch.setattr(module, "_now", lambda: matin(jour))

    return fixer


def seed_vies(graine: int, nombre: int) -> list[UUID]:
    """Random lives taken over from an older register: each fact as early as it was known."""
    hasard = random.Random(graine)  # noqa: S311  lives
    dossiers: list[UUID] = []
    while len(dossiers) < nombre:
        faits = read_vie(hasard.randbytes(LONGUEUR)).faits
        if all(fait.connu_le <= JOUR for fait in faits) and first_day(faits) >= date(1992, 7, 1):
            dossiers.append(ouvrir(matin(JOUR)))
            recus = [FaitRecu(f"{dossiers[-1]}/{fait.id}", write_fait(fait)) for fait in faits]
            record_faits(dossiers[-1], recus, source="reprise", at=matin(JOUR))
    return dossiers


def first_day(faits: Iterable[FaitDuDroit]) -> date:
    """Before the points licence, a national file holds licences only."""
    jours: list[date | None] = [
        getattr(f, nom) for f in faits for nom in ("commise_le", "date", "debut", "decide_le") if hasattr(f, nom)
    ]
    connus = [known_on(f) for f in faits if isinstance(f, Notification)]
    return min(jour for jour in (*jours, *connus) if jour is not None)


def lettres_de(faits: tuple[FaitDuDroit, ...], le: date, connu_le: date) -> set[tuple[str, str, date]]:
    return {(c.reference, c.fait, c.date) for c in replay(faits, le, connu_le).courriers}


def tenues(dossier: UUID) -> set[tuple[str, str, date]]:
    lignes = CourrierDu.objects.filter(dossier=dossier, repris_le=None)
    return set(lignes.values_list("reference", "fait", "date"))


def soldes() -> list[Any]:
    return list(SoldeCourant.objects.order_by("pk").values())


class Chemins:
    """Where the files of a test are."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def __call__(self, nom: str) -> str:
        return str(self.dossier / nom)


@pytest.fixture
def chemin(tmp_path: Path) -> Chemins:
    return Chemins(tmp_path)


def test_un_dossier_d_un_bout_a_l_autre(permis: Lancer, regler: Regler, chemin: Chemins) -> None:
    regler(date(2027, 4, 3))
    dossier, vide = ouvrir(), ouvrir()
    enregistrer(dossier, DELIVRANCE, infraction("i1"), realite("i1"))
    fin = permis("registre", "exporter", chemin("permis.arrow"))
    assert fin.statut == 0
    assert fin.sortie == (
        f"2 dossiers exportés le 2027-04-03 : {chemin('permis.arrow')}, et les noms de leurs faits : "
        f"{chemin('permis.noms.arrow')}.\n"
    )
    mots = ("national", "quotidien", chemin("permis.arrow"), chemin("jour"), "--le", "2027-04-02", "--silencieux")
    assert permis(*mots).statut == 0
    (ligne,) = Journee(Path(chemin("jour")))
    assert (ligne.cle, ligne.rang, ligne.solde, [echu.fait for echu in ligne.echus]) == (dossier, 3, 12, ["i1"])
    assert permis("registre", "projeter", "--quotidien", chemin("jour")).sortie == (
        "1 solde repris au 2027-04-02, 0 recalculé (des faits sont arrivés depuis), 0 déjà à jour.\n"
    )
    assert SoldeCourant.objects.get(pk=dossier).solde == 12
    prise = permis("courriers", "prendre", chemin("jour"))
    assert (prise.statut, prise.erreurs) == (0, "")
    assert prise.sortie.startswith("1 courrier dû ajouté, 0 repris, 0 dû de nouveau ; 1 ligne prise, 0 déjà prise.")
    assert tenues(dossier) == {("46", "i1", date(2027, 4, 2))}
    assert permis("courriers", "prendre", chemin("jour")).sortie.startswith("0 courrier dû ajouté,")
    assert (CourrierDu.objects.count(), LotQuotidien.objects.count(), tenues(vide)) == (1, 1, set())


def test_apres_une_prise_les_soldes_sont_ceux_que_le_registre_calcule(
    permis: Lancer, regler: Regler, chemin: Chemins
) -> None:
    """For random lives, over a long time: what the file does not name has not moved."""
    dossiers = seed_vies(20261122, 60)
    regler(JOUR + 401 * UN_JOUR)
    le, depuis = JOUR + 400 * UN_JOUR, date(2018, 1, 1)
    assert permis("registre", "exporter", chemin("permis.parquet")).statut == 0
    mots = ("--le", str(le), "--depuis", str(depuis), "--silencieux")
    assert permis("national", "quotidien", chemin("permis.parquet"), chemin("jour"), *mots).statut == 0
    assert permis("registre", "projeter", "--quotidien", chemin("jour")).statut == 0
    touches = [ligne.in_registre()[0] for ligne in Journee(Path(chemin("jour")))]
    assert 5 < len(touches) < len(dossiers)
    pris = soldes()
    rebuild_projections(le)
    refaits = soldes()
    assert [ligne for ligne in pris if ligne["dossier_id"] in touches] == [
        ligne for ligne in refaits if ligne["dossier_id"] in touches
    ]
    assert [ligne | {"calcule_le": le} for ligne in pris] == refaits


def test_les_gens_inventes_aussi(permis: Lancer, regler: Regler, chemin: Chemins) -> None:
    Semis.objects.create(seme_at=matin(JOUR))
    for personne in list_conducteurs():
        for rang, dossier in enumerate(personne.dossiers):
            seed_dossier(personne, dossier, f"{personne.nom}/{rang}", JOUR)
    le = JOUR + 1200 * UN_JOUR
    regler(le + UN_JOUR)
    assert permis("registre", "exporter", chemin("permis.arrow")).statut == 0
    mots = ("--le", str(le), "--depuis", str(JOUR), "--silencieux")
    assert permis("national", "quotidien", chemin("permis.arrow"), chemin("jour"), *mots).statut == 0
    assert permis("registre", "projeter", "--quotidien", chemin("jour")).statut == 0
    assert permis("courriers", "prendre", chemin("jour")).statut == 0
    pris = soldes()
    assert sum(ligne["calcule_le"] == le for ligne in pris) > 3
    rebuild_projections(le)
    assert [ligne | {"calcule_le": le} for ligne in pris] == soldes()
    for dossier_id in Dossier.objects.values_list("pk", flat=True):
        faits = load_faits(dossier_id)
        assert tenues(dossier_id) == lettres_de(faits, le, le) - lettres_de(faits, JOUR, JOUR)


def test_de_nuit_en_nuit_les_courriers_sont_ceux_de_la_loi(permis: Lancer, regler: Regler, chemin: Chemins) -> None:
    """Each night starts from the answers of the night before, knows the day that is over, and leaves its own."""
    dossiers, suivi, suite = seed_vies(7, 25), ouvrir(matin(JOUR)), ""
    ancienne = {**DELIVRANCE, "connu_le": "2015-06-01"}
    enregistrer(suivi, ancienne, infraction("i1", str(JOUR)), at=matin(JOUR))
    avant = {dossier: lettres_de(load_faits(dossier), JOUR, JOUR - UN_JOUR) for dossier in (*dossiers, suivi)}
    arrivees: dict[int, dict[str, object]] = {
        0: {"type": "realite", "id": "r1", "infraction": "i1", "date": str(JOUR), "mode": "paiement"},
        2: {"type": "annulation", "id": "a1", "vise": "i1", "date": str(JOUR), "autorite": "juge_penal"},
        3: {"type": "annulation", "id": "a2", "vise": "a1", "date": str(JOUR), "autorite": "juge_penal"},
    }
    vues = []
    for nuit, ecart in enumerate((1, 30, 120, 121)):
        le = JOUR + ecart * UN_JOUR
        regler(le)
        if nuit in arrivees:
            enregistrer(suivi, arrivees[nuit], at=matin(le - UN_JOUR), source="tribunal")
        assert permis("registre", "exporter", chemin(f"{nuit}.arrow")).statut == 0
        mots = ["--le", str(le), "--suivantes", chemin(f"{nuit}.reponses.arrow"), "--silencieux"]
        mots += ["--reponses", suite] if suite else ["--depuis", str(JOUR)]
        assert permis("national", "quotidien", chemin(f"{nuit}.arrow"), chemin(f"{nuit}.jour"), *mots).erreurs == ""
        assert permis("courriers", "prendre", chemin(f"{nuit}.jour")).statut == 0
        vues.append(tenues(suivi))
        suite = chemin(f"{nuit}.reponses.arrow")
        for dossier in (*dossiers, suivi):
            dues = lettres_de(load_faits(dossier), le, le - UN_JOUR)
            assert dues - avant[dossier] <= tenues(dossier) <= dues
    du = ("48", "i1", JOUR)
    assert vues == [{du}, {du}, set(), {du}]
    assert CourrierDu.objects.filter(dossier=suivi).count() == 1


def test_un_fichier_qui_ne_va_pas_est_refuse_en_entier(permis: Lancer, regler: Regler, chemin: Chemins) -> None:
    regler(JOUR)
    ouvrir(matin(JOUR))
    assert permis("registre", "exporter", chemin("permis.arrow")).statut == 0
    aujourdhui = permis("national", "quotidien", chemin("permis.arrow"), chemin("jour"), "--connu-le", str(JOUR))
    assert (aujourdhui.statut, aujourdhui.sortie) == (2, "")
    assert "attendu : --connu-le avant le 2026-11-22" in aujourdhui.erreurs
    Path(chemin("permis.noms.arrow")).unlink()
    sans_noms = permis("national", "quotidien", chemin("permis.arrow"), chemin("jour"))
    assert (sans_noms.statut, "permis.noms.arrow : introuvable" in sans_noms.erreurs) == (2, True)
    assert not Path(chemin("jour")).exists()
    for mots in (("courriers", "prendre"), ("registre", "projeter", "--quotidien")):
        absent = permis(*mots, chemin("jour"))
        assert (absent.statut, absent.sortie) == (2, "")
        Path(chemin("faux")).write_bytes(b"{}\n")
        faux = permis(*mots, chemin("faux"))
        assert (faux.statut, faux.sortie) == (2, "")
        assert "ligne 1 : ce ne sont pas les clés attendues" in faux.erreurs


@pytest.mark.parametrize(
    ("mots", "faute"),
    [
        (("permis.csv",), "extension inconnue"),
        (("absent/permis.arrow",), "son répertoire n'existe pas"),
        (("permis.arrow", "--nouveaux", "n"), "l'un sans l'autre"),
        (("permis.arrow", "--nouveaux", "n", "--depuis", "hier"), "n'est pas une date"),
    ],
)
def test_un_export_inutilisable(
    permis: Lancer, regler: Regler, chemin: Chemins, mots: tuple[str, ...], faute: str
) -> None:
    regler(JOUR)
    fin = permis("registre", "exporter", chemin(mots[0]), *mots[1:])
    assert (fin.statut, fin.sortie) == (2, "")
    assert faute in fin.erreurs


def test_l_export_dit_ou_quelque_chose_a_ete_recu(permis: Lancer, regler: Regler, chemin: Chemins) -> None:
    regler(JOUR)
    ancien, nouveau = ouvrir(matin(JOUR - UN_JOUR)), ouvrir(matin(JOUR - UN_JOUR))
    enregistrer(nouveau, DELIVRANCE, at=matin(JOUR))
    mots = ("--nouveaux", chemin("nouveaux"), "--depuis", str(JOUR))
    assert permis("registre", "exporter", chemin("permis.arrow"), *mots).statut == 0
    assert Path(chemin("nouveaux")).read_text(encoding="ascii") == f"{nouveau}\n"
    assert {Path(chemin(nom)).stat().st_mode & 0o777 for nom in ("permis.arrow", "permis.noms.arrow", "nouveaux")} == {
        0o600
    }
    revus = permis("national", "quotidien", chemin("permis.arrow"), chemin("jour"), "--nouveaux", chemin("nouveaux"))
    assert (revus.statut, [ligne.cle for ligne in Journee(Path(chemin("jour")))]) == (0, [nouveau])
    assert ancien != nouveau
