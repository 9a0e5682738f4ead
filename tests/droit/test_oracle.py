"""The fold against a second calculation, written day by day from the texts (oracle.py)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given

from permis.droit.faits import Delivrance, Fait, Filiere, Infraction, Mode, Realite, Stage
from permis.droit.releve import replay
from tests.droit.oracle import Conducteur
from tests.droit.strategies import CLASSES, POINTS, Bande, Trame, tapes

DEBUT = date(2011, 4, 1)


def small_world(octets: bytes) -> list[Fait]:
    """A life of the oracle's world: licence, offences paid, courses."""
    trame = Trame(Bande(octets))
    bande = trame.bande
    obtenu = date(2008 + bande.entier(12), 1 + bande.entier(12), 1) + bande.entier(31) * timedelta(days=1)
    filiere = bande.choix((Filiere.TRADITIONNELLE, Filiere.AAC))
    trame.jours.append(obtenu)
    trame.add(Delivrance(id="d", connu_le=obtenu, date=obtenu, categorie="B", filiere=filiere))
    for _ in range(bande.entier(9)):
        if bande.entier(4) == 3:
            fin = max(trame.jour(), DEBUT)
            stage = Stage(
                id=trame.id("s"), connu_le=fin, debut=fin - timedelta(days=1), fin=fin, cas=bande.choix((1, 2, 3))
            )
            trame.add(stage)
            continue
        commise = trame.jour(max(obtenu, DEBUT))
        nom, classe, points = trame.id("i"), bande.choix(CLASSES), bande.choix(POINTS)
        trame.add(Infraction(id=nom, connu_le=commise, commise_le=commise, classe=classe, points=points))
        etablie = trame.jour(commise)
        trame.add(
            Realite(id=trame.id("r"), connu_le=etablie, infraction=nom, date=etablie, mode=bande.choix(tuple(Mode)))
        )
    return trame.faits


@given(tapes())
def test_the_fold_agrees_with_the_day_by_day_calculation(octets: bytes) -> None:
    faits = small_world(octets)
    delivrance = faits[0]
    assert isinstance(delivrance, Delivrance)
    conducteur = Conducteur(
        delivrance,
        [fait for fait in faits if isinstance(fait, Infraction)],
        [fait for fait in faits if isinstance(fait, Realite)],
        [fait for fait in faits if isinstance(fait, Stage)],
    )
    releve = replay(faits, delivrance.date, date.max)
    vie = releve.vie.compte.mouvements
    conducteur.live(vie[-1].date + timedelta(days=1))
    etat = (0, 0)
    par_jour = {mouvement.date: (mouvement.solde_algebrique, mouvement.plafond) for mouvement in vie}
    for jour, attendu in conducteur.soldes.items():
        etat = par_jour.get(jour, etat)
        assert etat == attendu, (jour, etat, attendu)
