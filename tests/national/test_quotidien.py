"""What falls due between two days, beside `droit` asked on both: nothing more, nothing less, for random lives."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import numpy as np
import pytest

from permis.droit.faits import (
    Annulation,
    Autorite,
    Classe,
    Delivrance,
    Fait,
    Filiere,
    Infraction,
    Mode,
    Notification,
    Realite,
    Retrait,
)
from permis.droit.mouvements import Mouvement
from permis.droit.options import CreditIndu, Options
from permis.droit.releve import Releve, replay
from permis.national.assemblage import build_lot
from permis.national.colonnes import encode_dossier, name_lignes
from permis.national.journee import Corrige, Echu, Lettre, Ligne, Periode
from permis.national.loi import day_number, read_loi
from permis.national.noyau import ask, solder
from permis.national.quotidien import (
    Calcul,
    PeriodeInvalideError,
    Registre,
    are_due,
    check_periode,
    compare,
    learned_between,
    learned_in,
    take_licences,
)
from tests.droit.strategies import read_vie
from tests.droit.tirage import LONGUEUR

LOI: Final = read_loi()
JOUR: Final = date(2026, 11, 22)
UN: Final = timedelta(days=1)


def journee(le: date, depuis: date | None = None, retard: int = 0) -> Periode:
    """From one day to another, knowing what was known some days before each."""
    avant = depuis or le - UN
    return Periode(le, avant, le - retard * UN, avant - retard * UN)


class Vies(NamedTuple):
    """Lives in columns, as a register would have exported them."""

    faits: Sequence[Sequence[Fait]]

    def lignes(self, periode: Periode, options: Options | None = None) -> list[Ligne]:
        lot = build_lot(map(encode_dossier, self.faits))
        cles = [UUID(int=rang) for rang in range(len(self.faits))]
        registre = Registre(*zip(*((len(vie), name_lignes(vie)) for vie in self.faits), strict=True))
        return compare(lot, cles, registre, Calcul(LOI, periode, options or Options())).lignes


def identites(mouvements: Iterable[Mouvement]) -> list[Echu]:
    return [Echu(m.date, m.motif.value, m.variation, m.fait) for m in mouvements]


def lettres(releve: Releve) -> dict[Lettre, None]:
    return {Lettre(c.reference, c.fait, c.date): None for c in releve.courriers}


def attendu(vie: Sequence[Fait], periode: Periode, cle: UUID, options: Options | None = None) -> Ligne:
    """The line, as `droit` gives it."""
    etat = replay(vie, periode.le, periode.le, options)
    apres = etat.at(periode.le, periode.connu_le)
    avant = etat.at(periode.depuis, periode.connu_depuis)
    debout, montres = identites(apres.mouvements), identites(avant.mouvements)
    dus, dus_avant = lettres(apres), lettres(avant)
    raisons = {
        echu: (correction.cesse_le, correction.cause)
        for correction in apres.corrections
        for echu in identites([correction.mouvement])
    }
    prochain = next(iter(etat.a_venir), None)
    return Ligne(
        cle,
        len(vie),
        etat.solde,
        etat.plafond,
        etat.validite.value,
        prochain.date if prochain else None,
        prochain.variation if prochain else None,
        tuple(echu for echu in debout if echu not in montres),
        tuple(Corrige(*echu, *raisons[echu]) for echu in montres if echu not in debout),
        tuple(lettre for lettre in dus if lettre not in dus_avant),
        tuple(lettre for lettre in dus if lettre in dus_avant),
    )


def same(un: Iterable[np.ndarray], autre: Iterable[np.ndarray]) -> bool:
    return all(np.array_equal(*deux) for deux in zip(un, autre, strict=True))


def tirer(graine: int, nombre: int) -> list[tuple[tuple[Fait, ...], date]]:
    """Random lives, each with a day of its own."""
    hasard = random.Random(graine)  # noqa: S311  lives
    questions = [read_vie(hasard.randbytes(LONGUEUR)) for _ in range(nombre)]
    return [(question.faits, question.le) for question in questions]


def sans_causes(ligne: Ligne, vie: Sequence[Fait]) -> Ligne:
    """A réalité or a decision that its offence carries has no number: the cause is then the offence."""
    portes = {fait.id: fait.infraction for fait in vie if isinstance(fait, Realite | Retrait)}
    corrections = tuple(c._replace(cause=portes.get(str(c.cause), c.cause)) for c in ligne.corrections)
    return ligne._replace(corrections=corrections)


@pytest.mark.parametrize("retard", [0, 1])
def test_une_vie_au_hasard_a_la_ligne_que_le_droit_donne(retard: int) -> None:
    touchees = 0
    for vie, le in tirer(20261122 + retard, 400):
        for ecart in (1, 400):
            jour = max(le, date(1993, 1, 1) + ecart * UN)
            periode = journee(jour, jour - ecart * UN, retard)
            (ligne,) = Vies([vie]).lignes(periode)
            voulue = attendu(vie, periode, UUID(int=0))
            assert sans_causes(ligne, vie) == sans_causes(voulue, vie)
            touchees += bool(ligne.echus or ligne.corrections)
    assert touchees > 100


def test_une_autre_option_change_la_ligne_comme_le_droit() -> None:
    options = Options(credit_indu=CreditIndu.MAINTIEN)
    for vie, le in tirer(7, 150):
        periode = journee(max(le, date(1994, 1, 1)), max(le, date(1994, 1, 1)) - 365 * UN)
        (ligne,) = Vies([vie]).lignes(periode, options)
        assert sans_causes(ligne, vie) == sans_causes(attendu(vie, periode, UUID(int=0), options), vie)


def test_une_licence_qui_n_est_pas_touchee_n_aurait_rien_de_neuf() -> None:
    """The selection leaves out nothing that moves, and its state is that of the day before."""
    epargnees = 0
    for vie, jour in tirer(5, 400):
        le = max(jour, date(1993, 1, 1))
        for retard in (0, 1):
            periode = journee(le, le - 3 * UN, retard)
            lot, depuis = build_lot([encode_dossier(vie)]), day_number(periode.depuis)
            veille = solder(lot, LOI, ask(depuis, depuis))
            if learned_in(lot, periode)[0] or are_due(veille.prochain_le, periode)[0]:
                continue
            epargnees += 1
            (ligne,) = Vies([vie]).lignes(periode)
            assert (ligne.echus, ligne.corrections, ligne.courriers) == ((), (), ())
            assert same(solder(lot, LOI, ask(day_number(le), day_number(le))), veille)
    assert epargnees > 100


def test_de_jour_en_jour_ou_d_un_coup_les_lettres_dues_sont_celles_de_la_loi() -> None:
    """Whatever the steps: what came, less what is owed no more, is what the law owes."""
    hasard = random.Random(3)  # noqa: S311
    for vie, fin in tirer(11, 60):
        jour, tenues = max(fin, date(1994, 1, 1)) - 600 * UN, dict[Lettre, None]()
        jour = max(jour, date(1992, 7, 2))
        debut = lettres(replay(vie, jour))
        while jour < fin:
            suivant = min(fin, jour + hasard.randint(1, 90) * UN)
            (ligne,) = Vies([vie]).lignes(journee(suivant, jour))
            tenues = dict.fromkeys((*ligne.courriers, *ligne.anterieurs))
            assert set(ligne.anterieurs) <= {*debut, *tenues}
            assert tenues.keys() == lettres(replay(vie, suivant)).keys()
            jour = suivant


# Lives of one's own


PERMIS = Delivrance(
    id="p",
    connu_le=date(2010, 3, 1),
    date=date(2010, 3, 1),
    categorie="B",
    filiere=Filiere.ECHANGE,
    obtention_origine=date(2000, 1, 1),
)


def infraction(nom: str, jour: date, points: int = 1) -> Infraction:
    return Infraction(id=nom, connu_le=jour, commise_le=jour, classe=Classe.CONTRAVENTION_3, points=points)


def realite(nom: str, jour: date) -> Realite:
    return Realite(id=f"r{nom}", connu_le=jour, infraction=nom, date=jour, mode=Mode.PAIEMENT)


UN_POINT = (PERMIS, infraction("i", date(2024, 2, 1)), realite("i", date(2024, 2, 29)))


@pytest.mark.parametrize("le", [date(2024, 8, 28), date(2024, 8, 29), date(2024, 8, 30), date(2024, 8, 31)])
def test_un_point_revient_le_jour_dit_et_pas_un_autre(le: date) -> None:
    (ligne,) = Vies([UN_POINT]).lignes(journee(le))
    rendu = Echu(date(2024, 8, 30), "reattribution_six_mois", 1, "i")
    echus = attendu(UN_POINT, journee(le), UUID(int=0)).echus
    assert ligne.echus == echus
    assert ligne.courriers == tuple(Lettre("46D", "i", echu.date) for echu in echus)
    assert bool(echus) == (le == (echus[0].date if echus else None))
    assert len(echus) <= 1
    assert not echus or echus == (rendu._replace(date=le),)


def test_un_retrait_annule_est_une_correction_et_sa_lettre_n_est_plus_due() -> None:
    annulation = Annulation(id="a", connu_le=JOUR, vise="i", date=JOUR - 9 * UN, autorite=Autorite.JUGE_ADMINISTRATIF)
    vie = (PERMIS, infraction("i", date(2026, 6, 1), 3), realite("i", date(2026, 7, 1)), annulation)
    (veille,) = Vies([vie]).lignes(journee(JOUR - UN))
    (ligne,) = Vies([vie]).lignes(journee(JOUR))
    assert (veille.solde, ligne.solde, veille.corrections) == (9, 12, ())
    assert ligne.corrections == (Corrige(date(2026, 7, 1), "retrait", -3, "i", JOUR, "a"),)
    assert veille.anterieurs == (Lettre("48", "i", date(2026, 7, 1)),)
    assert (ligne.courriers, ligne.anterieurs) == ((), ())


def test_une_decision_apprise_tard_est_due_le_jour_ou_elle_l_est() -> None:
    vie = (
        PERMIS,
        infraction("i", date(2026, 6, 1), 3),
        Realite(id="r", connu_le=JOUR, infraction="i", date=date(2026, 7, 1), mode=Mode.PAIEMENT),
    )
    (veille,), (ligne,), (lendemain,) = (Vies([vie]).lignes(journee(JOUR + ecart * UN)) for ecart in (-1, 0, 1))
    assert (veille.echus, veille.courriers, lendemain.echus, lendemain.courriers) == ((), (), (), ())
    assert ligne.echus == (Echu(date(2026, 7, 1), "retrait", -3, "i"),)
    assert ligne.courriers == (Lettre("48", "i", date(2026, 7, 1)),)


def test_l_invalidation_est_apprise_avec_sa_lettre() -> None:
    graves = [infraction(f"i{rang}", date(2026, 1, rang + 1), 6) for rang in range(2)]
    faits = [PERMIS, *graves, *(realite(i.id, date(2026, 2, 1)) for i in graves)]
    lettre = Notification(id="n", connu_le=JOUR, reference="48SI", date=JOUR - 3 * UN)
    (fevrier,) = Vies([faits]).lignes(journee(date(2026, 2, 1)))
    assert [courrier.reference for courrier in fevrier.courriers] == ["48M", "48SI"]
    assert (fevrier.validite, fevrier.solde) == ("nul_non_notifie", 0)
    (ligne,) = Vies([[*faits, lettre]]).lignes(journee(JOUR))
    assert (ligne.validite, ligne.echus) == ("invalide", (Echu(JOUR - 3 * UN, "invalidation", 0, "n"),))


def test_ce_qu_une_infraction_porte_est_appris_son_jour() -> None:
    vie = [PERMIS, infraction("i", date(2026, 6, 1)), realite("i", date(2026, 7, 1))]
    lot = build_lot([encode_dossier(vie), encode_dossier([PERMIS]), encode_dossier([])])
    for jour, appris in ((date(2026, 6, 1), True), (date(2026, 6, 2), False), (date(2026, 7, 1), True)):
        numero = day_number(jour)
        assert learned_between(lot, numero - 1, numero).tolist() == [appris, False, False]


def test_prendre_des_licences_garde_leurs_faits_et_leur_ordre() -> None:
    vies: list[list[Fait]] = [[PERMIS], [], list(UN_POINT), [PERMIS, infraction("i", JOUR)]]
    lot = build_lot(map(encode_dossier, vies))
    pris = take_licences(lot, np.array([3, 1, 2]))
    voulu = build_lot(encode_dossier(vies[rang]) for rang in (3, 1, 2))
    assert same(pris, voulu)
    assert take_licences(lot, np.array([], np.int64)).debuts.tolist() == [0]


@pytest.mark.parametrize(
    ("periode", "faute"),
    [
        (Periode(JOUR, JOUR, JOUR, JOUR - UN), "rien n'échoit"),
        (Periode(JOUR, JOUR - UN, JOUR - UN, JOUR - UN), "rien n'est appris"),
        (Periode(JOUR, JOUR - UN, JOUR + UN, JOUR), "n'est pas encore connu"),
        (Periode(date(1992, 7, 2), date(1992, 6, 30), date(1992, 7, 2), date(1992, 7, 1)), "n'existait pas"),
    ],
)
def test_une_periode_impossible(periode: Periode, faute: str) -> None:
    with pytest.raises(PeriodeInvalideError, match=faute):
        check_periode(periode)
