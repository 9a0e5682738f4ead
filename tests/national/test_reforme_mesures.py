"""What two laws make of the same licences: every figure against `droit`, whatever the batches and the threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pytest

from permis.droit.faits import Classe, Delivrance, Fait, Filiere, Infraction, Mode, Realite, Retrait, Stage
from permis.droit.mouvements import Motif
from permis.droit.releve import Releve, replay
from permis.national import codes
from permis.national.assemblage import build_lot
from permis.national.colonnes import encode_dossier
from permis.national.lignes import Ligne, decode_dossier
from permis.national.noyau import Lot
from permis.national.reforme.comparaison import select
from permis.national.reforme.etude import GAGNANTS, PERDANTS, Etude, Reglages, study
from permis.national.reforme.execution import Chargement
from permis.national.reforme.lecture import parse_projet, read_projet
from permis.national.reforme.mesures import PREMIERE_ANNEE, Mesures
from permis.national.reforme.projet import Projet
from permis.national.reforme.situations import FAMILLES
from permis.national.reforme.tableaux import (
    annee_of,
    cost_by_year,
    expected_demand,
    issues_of,
    saved_and_lost,
)
from tests.national.reformes import change_faits, draft_of, law_changed, name_offences
from tests.national.vies import Vie, draw

LE: Final = date(2019, 7, 1)
VIES: Final = [name_offences(draw(7, rang), rang) for rang in range(160)]
REFORMES: Final = Path(__file__).parents[2] / "docs" / "national" / "reformes"
DELAIS: Final = read_projet(REFORMES / "2011-delais.toml")
SEVERE: Final = parse_projet(
    'version = 1\ntitre = "Sévère"\n[[bareme]]\nlignes = ["*"]\npoints = 6\n'
    '[[regle]]\nregle = "delai_reconstitution"\nredaction = "trois_ans"\nvaleur = 60\n'
)
POINTS_SEULS: Final = parse_projet(
    'version = 1\ntitre = "Deux points"\n[[bareme]]\nlignes = ["*"]\npoints = 2\ndepuis = 2012-01-01\n'
)
CLASSE_SEULE: Final = parse_projet(
    'version = 1\ntitre = "Moins grave"\n[[bareme]]\nlignes = ["*"]\nclasse = "contravention_2"\n'
)
RIEN: Final = parse_projet(
    'version = 1\ntitre = "x"\n[[bareme]]\nlignes = ["feu-rouge"]\npoints = 4\ndepuis = 2199-01-01'
)


def load(vies: Sequence[Vie], taille: int) -> list[Chargement]:
    """The lives in batches, as a file would give them; keys are ranks."""

    def one(debut: int) -> Chargement:
        groupe = vies[debut : debut + taille]
        cles = [str(rang) for rang in range(debut, debut + len(groupe))]
        return lambda: (cles, build_lot(vie.lignes for vie in groupe))

    return [one(debut) for debut in range(0, len(vies), taille)]


def examine(projet: Projet, vies: Sequence[Vie] = VIES, taille: int = 64, **reglages: Any) -> Etude:
    return study(projet, load(vies, taille), Reglages(LE, LE)._replace(**reglages))


class Vues(NamedTuple):
    """What `droit` says of every life under the two laws."""

    avant: list[Releve]
    apres: list[Releve]


def look(projet: Projet) -> Vues:
    faits = [decode_dossier(vie.lignes) for vie in VIES]
    actuels = [replay(f, LE) for f in faits]
    loi = draft_of(projet)
    with law_changed(loi.redactions):
        changes = [replay(change_faits(f, projet.bareme), LE) for f in faits]
        for releve in changes:
            _ = releve.courriers, releve.a_venir
    return Vues(changes, actuels) if projet.est_avant else Vues(actuels, changes)


@pytest.fixture(scope="module", params=[DELAIS, SEVERE], ids=lambda projet: str(projet.titre))
def cas(request: pytest.FixtureRequest) -> tuple[Etude, Vues]:
    return examine(request.param), look(request.param)


def test_la_table_des_soldes_est_celle_du_droit(cas: tuple[Etude, Vues]) -> None:
    etude, vues = cas
    attendu = Counter((a.solde, b.solde) for a, b in zip(*vues, strict=True))
    table = etude.compte.mesures.soldes
    assert table.shape == (13, 13)
    assert {(a, b): int(table[a, b]) for a, b in zip(*np.nonzero(table), strict=True)} == attendu
    assert any(a != b for a, b in attendu), "this draft should change something"


def test_la_table_des_validites_est_celle_du_droit(cas: tuple[Etude, Vues]) -> None:
    etude, vues = cas
    rang = codes.VALIDITES.index
    attendu = Counter((rang(a.validite.value), rang(b.validite.value)) for a, b in zip(*vues, strict=True))
    table = etude.compte.mesures.validites
    assert {(a, b): int(table[a, b]) for a, b in zip(*np.nonzero(table), strict=True)} == attendu
    sauves = sum(n for (a, b), n in attendu.items() if codes.VALIDITES[b] == "valide" and codes.VALIDITES[a] in PERDUS)
    perdus = sum(n for (a, b), n in attendu.items() if codes.VALIDITES[a] == "valide" and codes.VALIDITES[b] in PERDUS)
    assert saved_and_lost(etude.compte.mesures) == (sauves, perdus)


PERDUS: Final = ("nul_non_notifie", "invalide")


def test_les_lettres_sont_celles_du_droit_annee_par_annee(cas: tuple[Etude, Vues]) -> None:
    """Letters of the past; `droit` owes those to come only when they are due."""
    etude, vues = cas
    for loi, releves in enumerate(vues):
        attendu = Counter((c.date.year, c.reference) for releve in releves for c in releve.courriers)
        comptes = etude.compte.mesures.courriers[loi]
        passees = {
            (annee, reference): int(comptes[annee - PREMIERE_ANNEE, codes.REFERENCES.index(reference)])
            for annee, reference in attendu
            if annee < LE.year
        }
        assert passees == {cle: nombre for cle, nombre in attendu.items() if cle[0] < LE.year}


def test_les_mouvements_passes_et_a_venir_sont_ceux_du_droit(cas: tuple[Etude, Vues]) -> None:
    etude, vues = cas
    cadre = etude.compte.cadre
    for loi, releves in enumerate(vues):
        attendu: Counter[tuple[int, str]] = Counter()
        points: Counter[tuple[int, str]] = Counter()
        for releve in releves:
            for mouvement in (*releve.mouvements, *releve.a_venir):
                cle = min(mouvement.date.year, cadre.derniere_annee + 1) - PREMIERE_ANNEE, mouvement.motif.value
                attendu[cle] += 1
                points[cle] += mouvement.variation
        for cle, nombre in attendu.items():
            place = loi, cle[0], codes.MOTIFS.index(cle[1])
            assert etude.compte.mesures.motifs[place] == nombre, cle
            assert etude.compte.mesures.points[place] == points[cle], cle
        assert etude.compte.mesures.motifs[loi].sum() == attendu.total()


def test_les_stages_utiles_sont_ceux_du_droit(cas: tuple[Etude, Vues]) -> None:
    etude, vues = cas
    un_an = LE.replace(year=LE.year - 1)
    for loi, releves in enumerate(vues):
        stages = [m for r in releves for m in r.mouvements if m.motif is Motif.STAGE and m.date > un_an]
        assert etude.compte.mesures.stages_utiles[loi].sum() == len(stages)
    gains = etude.compte.mesures.gains
    passes = [m for m in (*vues.avant[0].mouvements,) if m.motif is Motif.STAGE]
    assert gains.sum() >= len(passes)


def test_chaque_famille_compte_chaque_permis(cas: tuple[Etude, Vues]) -> None:
    mesures = cas[0].compte.mesures
    assert mesures.permis == len(VIES)
    assert mesures.situations.sum(axis=(1, 2)).tolist() == [len(VIES)] * len(FAMILLES)
    assert sum(issues_of(mesures)) == len(VIES)
    assert mesures.echeances.sum() == issues_of(mesures)[1]


def test_les_points_perdus_et_gagnes_sont_ceux_de_la_table(cas: tuple[Etude, Vues]) -> None:
    mesures = cas[0].compte.mesures
    ecarts = np.arange(13)[None, :] - np.arange(13)[:, None]
    perdus, gagnes = -(mesures.soldes * np.minimum(ecarts, 0)).sum(), (mesures.soldes * np.maximum(ecarts, 0)).sum()
    for famille in mesures.points_de:
        assert famille.sum(axis=0).tolist() == [perdus, gagnes]


def test_un_exemple_dit_le_premier_mouvement_qui_differe(cas: tuple[Etude, Vues]) -> None:
    etude, vues = cas
    montres = [*etude.cas[PERDANTS], *etude.cas[GAGNANTS]]
    assert montres
    for un in montres:
        avant, apres = vues.avant[int(un.cle)], vues.apres[int(un.cle)]
        assert (un.solde_avant, un.solde_apres) == (avant.solde, apres.solde)
        assert (un.validite_avant, un.validite_apres) == (avant.validite.value, apres.validite.value)
        assert un.premiere is not None
        communs = [
            (a, b)
            for a, b in zip(avant.mouvements, apres.mouvements, strict=False)
            if a.date < un.premiere.date and b.date < un.premiere.date
        ]
        assert all((a.date, a.motif, a.variation) == (b.date, b.motif, b.variation) for a, b in communs)
        assert un.premiere.avant != un.premiere.apres


def test_les_exemples_sont_les_plus_grands_ecarts_puis_l_ordre_des_cles() -> None:
    etude = examine(SEVERE, exemples=5)
    tous = examine(SEVERE, exemples=1000)
    assert [un.cle for un in etude.cas[PERDANTS]] == [un.cle for un in tous.cas[PERDANTS]][:5]
    ordre = [(un.solde_apres - un.solde_avant, int(un.cle)) for un in tous.cas[PERDANTS]]
    assert ordre == sorted(ordre)
    assert len(ordre) == issues_of(tous.compte.mesures)[0]


@pytest.mark.parametrize(("taille", "fils"), [(1, 1), (7, 3), (159, 2), (1000, 1)])
def test_ni_les_lots_ni_les_fils_ne_changent_rien(taille: int, fils: int) -> None:
    un, autre = examine(SEVERE, VIES[:60]), examine(SEVERE, VIES[:60], taille, fils=fils)
    assert all((a == b).all() for a, b in zip(un.compte.mesures, autre.compte.mesures, strict=True))
    assert un.cas == autre.cas


def test_une_reforme_qui_ne_change_rien_ne_change_rien() -> None:
    etude = examine(RIEN)
    mesures = etude.compte.mesures
    assert issues_of(mesures) == (0, len(VIES), 0)
    assert not (mesures.soldes - np.diag(np.diag(mesures.soldes))).any()
    assert (mesures.courriers[0] == mesures.courriers[1]).all()
    assert mesures.echeances.tolist() == [0, 0, 0, len(VIES)]
    assert expected_demand(mesures)[0] == expected_demand(mesures)[1]
    assert etude.cas == {PERDANTS: [], GAGNANTS: []}


@pytest.mark.parametrize("projet", [POINTS_SEULS, CLASSE_SEULE, RIEN, DELAIS, SEVERE], ids=lambda p: str(p.titre))
def test_sans_les_livres_les_soldes_sont_les_memes(projet: Projet) -> None:
    """Where only the barème changes, balances alone ask the second law of the licences that it touches."""
    avec, sans = (examine(projet, livres=livres).compte.mesures for livres in (True, False))
    assert (sum(issues_of(sans)) == issues_of(sans)[1]) == (projet is RIEN), "a draft that should change something"
    communes = ("permis", "faits", "soldes", "validites", "situations", "points_de", "echeances", "tenus")
    assert all((getattr(avec, nom) == getattr(sans, nom)).all() for nom in communes)
    assert not sans.courriers.any()


def test_un_fichier_sans_permis() -> None:
    etude = examine(DELAIS, [])
    assert etude.compte.mesures.permis == 0
    assert etude.tableaux


def test_avant_et_apres_s_echangent_avec_le_projet() -> None:
    un = examine(DELAIS).compte.mesures
    autre = examine(DELAIS._replace(est_avant=False)).compte.mesures
    assert (un.soldes == autre.soldes.T).all()
    assert (un.validites == autre.validites.T).all()
    assert (un.courriers == autre.courriers[::-1]).all()


def test_les_couts_sont_les_lettres_fois_leur_prix() -> None:
    compte = examine(DELAIS).compte
    total = sum(avant for avant, _ in cost_by_year(compte))
    lettres = dict(zip(codes.REFERENCES, compte.mesures.courriers[0].sum(axis=0).tolist(), strict=True))
    assert {mot for mot, nombre in lettres.items() if nombre} - {""} <= set(compte.couts.courriers)
    assert total == sum(prix * lettres[mot] for mot, prix in compte.couts.courriers.items())


def test_ce_qui_vient_apres_l_horizon_est_compte_a_part() -> None:
    etude = examine(DELAIS._replace(couts=DELAIS.couts._replace(horizon=0)))
    cadre = etude.compte.cadre
    assert annee_of(cadre, cadre.largeur - 1) == f"après {LE.year}"
    long = examine(DELAIS._replace(couts=DELAIS.couts._replace(horizon=20)))
    assert etude.compte.mesures.motifs.sum() == long.compte.mesures.motifs.sum()


def test_choisir_des_permis_garde_leurs_faits() -> None:
    lot = build_lot(vie.lignes for vie in VIES[:10])
    choisi = select(lot, np.array([7, 2], np.int64))
    attendu = build_lot([VIES[7].lignes, VIES[2].lignes])
    assert all(np.array_equal(getattr(choisi, nom), getattr(attendu, nom)) for nom in Lot._fields)


def test_une_loi_plus_douce_peut_laisser_un_conducteur_plus_bas() -> None:
    """A point that comes back in three months, the balance full, gives nothing; in six it would have."""
    lignes = _trap()
    projet = read_projet(REFORMES / "droit-a-l-erreur.toml")
    etude = study(projet, [lambda: (["1"], build_lot([lignes]))], Reglages(date(2026, 11, 22), date(2026, 11, 22)))
    (un,) = etude.cas[PERDANTS]
    assert (un.solde_avant, un.solde_apres) == (10, 9)
    assert any("déjà au plafond" in perdu for perdu in un.perdus_apres)
    assert issues_of(etude.compte.mesures) == (1, 0, 0)


def _trap() -> list[Ligne]:
    """One point lost on 2 January 2026, a course that fills the balance, and three points lost in April for an offence
    older than the first.
    """

    def offence(nom: str, commise: date, etablie: date, points: int) -> list[Fait]:
        return [
            Infraction(id=nom, connu_le=commise, commise_le=commise, classe=Classe.CONTRAVENTION_4, points=points),
            Realite(id=f"{nom}r", connu_le=etablie, infraction=nom, date=etablie, mode=Mode.PAIEMENT),
            Retrait(id=f"{nom}s", connu_le=etablie, infraction=nom, decide_le=etablie),
        ]

    obtenu, debut, fin = date(2010, 1, 4), date(2026, 2, 2), date(2026, 2, 3)
    faits: list[Fait] = [
        Delivrance(id="a", connu_le=obtenu, date=obtenu, categorie="B", filiere=Filiere.TRADITIONNELLE),
        *offence("b", date(2025, 12, 20), date(2026, 1, 2), 1),
        Stage(id="c", connu_le=fin, debut=debut, fin=fin, cas=1),
        *offence("d", date(2025, 12, 1), date(2026, 5, 4), 3),
    ]
    return encode_dossier(faits)


def test_la_mesure_de_rien_et_de_tout_s_ajoutent() -> None:
    moitie: Callable[[Sequence[Vie]], Mesures] = lambda vies: examine(DELAIS, vies).compte.mesures  # noqa: E731
    ensemble = moitie(VIES[:40]).plus(moitie(VIES[40:80]))
    assert all((a == b).all() for a, b in zip(ensemble, moitie(VIES[:80]), strict=True))
