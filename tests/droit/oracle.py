"""A second calculation of the balance, day by day, over a smaller world: the law written again, another way.

One French licence of a first driver obtained since 31 December 2007, by the ordinary way or by AAC; offences committed
since 16 March 2011, never as an ensemble, decided the day they are established; courses; no letter, so that nothing
is ever lost; every fact known; the default options. From the texts (C. route, art. L. 223-1 to L. 223-8, R. 223-1,
R. 223-8), not from `permis.droit`: nothing of it is imported but the facts.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from permis.droit.faits import Classe, Delivrance, Filiere, Infraction, Realite, Stage

UN_JOUR = timedelta(days=1)


def months_after(jour: date, mois: int) -> date:
    annee, rang = jour.year + (jour.month + mois - 1) // 12, (jour.month + mois - 1) % 12 + 1
    quantieme = jour.day
    while quantieme > monthrange(annee, rang)[1]:
        quantieme -= 1
    return date(annee, rang, quantieme)


@dataclass
class Faute:
    """An offence of the small world, and whether its points are back."""

    commise: date
    etablie: date
    points: int
    classe: Classe
    rendue: bool = False
    effacee: bool = False
    six_mois: date | None = None
    dix_ans: date | None = None

    def __post_init__(self) -> None:
        if self.points == 1:
            self.six_mois = months_after(self.etablie, 6)
        if self.classe not in {Classe.CONTRAVENTION_5, Classe.DELIT}:
            self.dix_ans = months_after(self.etablie, 120)


class Conducteur:
    """The driver whose days are lived one after the other; `soldes` is the unclamped balance at the end of each."""

    def __init__(
        self,
        delivrance: Delivrance,
        infractions: Sequence[Infraction],
        realites: Sequence[Realite],
        stages: Sequence[Stage],
    ) -> None:
        etablies = {realite.infraction: realite.date for realite in realites}
        self.obtenu = delivrance.date
        self.aac = delivrance.filiere is Filiere.AAC
        self.fin_probation = months_after(self.obtenu, 24 if self.aac else 36)
        self.anniversaires = {months_after(self.obtenu, 12 * n) for n in range(1, 2 if self.aac else 3)}
        self.fautes = [
            Faute(i.commise_le, etablies[i.id], i.points, i.classe)
            for i in infractions
            if i.points and i.id in etablies and i.commise_le >= self.obtenu
        ]
        self.stages = sorted((s.fin + UN_JOUR, s.debut, s.fin) for s in stages if s.cas < 3 and s.debut >= self.obtenu)
        self.dernier_stage: date | None = None
        self.solde, self.plafond = 6, 6
        self.soldes: dict[date, tuple[int, int]] = {}

    def live(self, jusqu_a: date) -> None:
        jour = self.obtenu
        while jour <= jusqu_a:
            self._end_year(jour)
            self._reconstitute(jour)
            self._give_back(jour)
            self.solde -= sum(faute.points for faute in self.fautes if faute.etablie == jour)
            self._attend(jour)
            self.soldes[jour] = (self.solde, self.plafond)
            jour += UN_JOUR

    def _credit(self, points: int) -> None:
        self.solde = max(self.solde, min(self.plafond, self.solde + points))

    def _committed(self, apres: date, jusqu_a: date) -> bool:
        """Whether an offence that costs points, now or later, was committed after a day and up to another."""
        return any(apres < faute.commise <= jusqu_a for faute in self.fautes)

    def _end_year(self, jour: date) -> None:
        sage = not self._committed(self.obtenu - UN_JOUR, jour)
        if jour == self.fin_probation:
            self.plafond = 12
            if sage:
                self.solde = 12
        elif jour in self.anniversaires and sage:
            self.plafond += 3 if self.aac else 2
            self._credit(3 if self.aac else 2)

    def _reconstitute(self, jour: date) -> None:
        comptees = [faute for faute in self.fautes if faute.etablie < jour and not faute.effacee]
        if not comptees:
            return
        depart = max(faute.etablie for faute in comptees)
        if jour < months_after(depart, 24):
            return
        legeres = {Classe.CONTRAVENTION_1, Classe.CONTRAVENTION_2, Classe.CONTRAVENTION_3}
        delai = 24 if all(faute.classe in legeres for faute in comptees) else 36
        terme = max(months_after(depart, delai), self.fin_probation)
        if jour == terme and not self._committed(depart, jour):
            self.solde = self.plafond
            for faute in comptees:
                faute.effacee = faute.rendue = True

    def _give_back(self, jour: date) -> None:
        for faute in self.fautes:
            if faute.rendue:
                continue
            if jour == faute.dix_ans or (jour == faute.six_mois and not self._committed(faute.etablie, jour)):
                faute.rendue = True
                self._credit(faute.points)

    def _attend(self, jour: date) -> None:
        for effet, debut, fin in self.stages:
            if effet != jour:
                continue
            if self.dernier_stage is None or debut > months_after(self.dernier_stage, 12):
                self.dernier_stage = fin
                self._credit(4)
