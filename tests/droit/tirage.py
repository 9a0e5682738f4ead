"""What may happen to a licence, drawn so that the edges are hit: days already met, plus a legal delay, ± 1 day.

A life is read from a tape of bytes: drawing is fast, a tape of zeros is the plainest life, and a failing one shrinks
towards it. Everything drawn here is a dossier that the reader would accept (`proprietes` checks it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any, Final, NamedTuple, TypeVar

from docs.law.generate_register import find_rules
from permis.droit.bareme import rows
from permis.droit.delais import add_months
from permis.droit.dossier.brouillon import TYPES
from permis.droit.dossier.identifiants import write_moment
from permis.droit.faits import (
    Annulation,
    Autorite,
    Classe,
    Delivrance,
    Fait,
    Filiere,
    FormationComplementaire,
    Infraction,
    Mesure,
    Mode,
    ModeNotification,
    Nature,
    Notification,
    Realite,
    RemiseTitre,
    Retour,
    Retrait,
    Stage,
)

T = TypeVar("T")

JOUR: Final = timedelta(days=1)
PREMIER: Final = date(1992, 7, 1)
DERNIER: Final = date(2040, 12, 31)
LONGUEUR: Final = 192

VERSIONS: Final = tuple(version for regle in find_rules() for version in regle.rule.versions)
REFORMES: Final = tuple(
    sorted(
        {version.since for version in VERSIONS}
        | {version.in_force for version in VERSIONS if version.in_force is not None}
        | {date(2024, 2, 29)}
    )
)
"""The days on which some wording begins, and the day that most years do not have."""
DELAIS: Final = (0, 6, 12, 24, 36, 120, 4, 18, 9, 60, 3, 1)
CLASSES: Final = (Classe.CONTRAVENTION_4, Classe.CONTRAVENTION_2, Classe.CONTRAVENTION_3, *Classe)
POINTS: Final = (3, 1, 4, 6, 1, 2, 6, 1, 8, 9, 0, 5)
ENSEMBLES: Final = ("e1", "e2")
CATEGORIES: Final = ("B", "B", "A1", "B", "A", "B", "B", "B", "C", "AM")


class Question(NamedTuple):
    """A life, a day to answer for, and a day of knowledge."""

    faits: tuple[Fait, ...]
    le: date
    connu_le: date

    def write(self) -> dict[str, Any]:
        """The dossier, as JSON would hold it."""
        return {"version": 1, "faits": [write_fait(fait) for fait in self.faits]}


def write_fait(fait: Fait) -> dict[str, Any]:
    """A fact under the keys of the contract; what is absent, or what the barème says, is not written."""
    valeurs = asdict(fait)
    heure = valeurs.pop("heure", None)
    for cle in ("commise_le", "date"):
        if heure is not None and cle in valeurs:
            valeurs[cle] = write_moment(valeurs[cle], heure)
    if valeurs.get("bareme"):
        for cle in ("classe", "points", "hors_code", "libelle", "article"):
            del valeurs[cle]
    dites = {cle: v for cle, v in valeurs.items() if v not in (None, False) or cle in {"decide_le", "points"}}
    ecrites = {cle: str(v) if isinstance(v, date | str) else v for cle, v in dites.items()}
    return {"type": TYPES[type(fait)], **ecrites}


@dataclass
class Bande:
    """A tape of bytes from which choices are read; it ends in zeros, the plainest choice."""

    octets: bytes
    rang: int = 0

    def octet(self) -> int:
        self.rang += 1
        return self.octets[self.rang - 1] if self.rang <= len(self.octets) else 0

    def entier(self, combien: int) -> int:
        """From 0 to `combien` - 1."""
        return self.octet() * combien // 256

    def choix(self, valeurs: Sequence[T]) -> T:
        return valeurs[self.entier(len(valeurs))]

    def rarement(self, un_sur: int) -> bool:
        return self.octet() >= 256 - 256 // un_sur


@dataclass
class Trame:
    """A life being drawn: the facts so far, and the days that the next ones are drawn from."""

    bande: Bande
    faits: list[Fait] = field(default_factory=list)
    jours: list[date] = field(default_factory=list)

    def id(self, prefixe: str) -> str:
        return f"{prefixe}{len(self.faits)}"

    def jour(self, depuis: date | None = None) -> date:
        """A day not before `depuis`: one already met, a legal delay after it, its eve or its morrow; or any other."""
        if depuis is None:
            depuis = PREMIER if self.bande.rarement(16) else self.jours[0]
        sorte = self.bande.entier(8)
        if sorte < 5:
            delai = self.bande.choix(DELAIS)
            jour = add_months(self.bande.choix(self.jours), delai) + self.bande.choix((0, -1, 1)) * JOUR
        elif sorte < 6:
            jour = max(depuis, self.jours[-1]) + self.bande.octet() * JOUR
        elif sorte < 7:
            jour = self.bande.choix(REFORMES) + self.bande.choix((0, -1, 1)) * JOUR
        else:
            jour = self.jours[0] + (self.bande.octet() * 30 + self.bande.entier(31)) * JOUR
        jour = max(min(jour, DERNIER), depuis)
        self.jours.append(jour)
        return jour

    def connu(self, propre: date) -> date:
        """The day a fact is learned: its own, mostly; later, or (a decision announced) a little earlier."""
        if not self.bande.rarement(3):
            return propre
        return propre + self.bande.choix((1, 0, 30, 200, 400, 1200, -10)) * JOUR

    def add(self, fait: Fait) -> None:
        self.faits.append(fait)


# What may happen


def add_premiere(trame: Trame) -> None:
    """The first licence, of any filière, from 1985 to 2026."""
    bande = trame.bande
    filiere = bande.choix((Filiere.TRADITIONNELLE, Filiere.AAC, Filiere.TRADITIONNELLE, *Filiere))
    sorte = bande.entier(3)
    if sorte == 0:
        obtenu = date(2010 + bande.entier(16), 1 + bande.entier(12), 1 + bande.entier(28))
    elif sorte == 1:
        obtenu = bande.choix(REFORMES) + bande.choix((0, -1, 1)) * JOUR
    else:
        obtenu = date(1985, 1, 1) + (bande.octet() * 59 + bande.entier(60)) * JOUR
    trame.jours.append(obtenu)
    add_delivrance(trame, obtenu, filiere, retour=False)


def add_delivrance(trame: Trame, obtenu: date, filiere: Filiere, *, retour: bool) -> None:
    bande = trame.bande
    origine = None
    if filiere in {Filiere.ECHANGE, Filiere.CONVERSION} and bande.rarement(2):
        origine = add_months(obtenu, -bande.choix((36, 24, 12, 35, 400))) + bande.choix((0, 1, -1)) * JOUR
        trame.jours.append(origine)
    trame.add(
        Delivrance(
            id=trame.id("d"),
            connu_le=trame.connu(obtenu),
            date=obtenu,
            categorie=bande.choix(CATEGORIES),
            filiere=filiere,
            pays=bande.choix(("DE", "Maroc")) if filiere is Filiere.ETRANGER else None,
            obtention_origine=origine,
            retour=retour,
        )
    )


def add_infraction(trame: Trame) -> None:
    """An offence, alone or simultaneous with the one before, and what becomes of it."""
    bande = trame.bande
    ensemble, commise, heure = None, None, None
    precedente = next((f for f in reversed(trame.faits) if isinstance(f, Infraction)), None)
    if precedente is not None and precedente.ensemble and not bande.rarement(4):
        ensemble, commise, heure = precedente.ensemble, precedente.commise_le, precedente.heure
    if commise is None:
        commise = trame.jour()
        heure = time(8 + bande.entier(12), 0) if bande.rarement(4) else None
        deja = {f.ensemble for f in trame.faits if isinstance(f, Infraction)}
        libre = next((nom for nom in ENSEMBLES if nom not in deja), None)
        ensemble = libre if bande.rarement(3) else None
    infraction = Infraction(
        id=trame.id("i"),
        connu_le=trame.connu(commise),
        commise_le=commise,
        heure=heure,
        classe=bande.choix(CLASSES),
        points=bande.choix(POINTS),
        ensemble=ensemble,
        libelle="feu rouge" if bande.rarement(2) else None,
        hors_code=bande.rarement(16),
        vehicule_sans_permis=bande.rarement(24),
    )
    if bande.rarement(12):
        infraction = price(infraction, bande)
    trame.add(infraction)
    for _ in range(bande.choix((1, 1, 1, 1, 1, 1, 2, 0))):
        add_realite(trame, infraction)
    if bande.rarement(4):
        for _ in range(1 + bande.rarement(6)):
            decide = None if bande.rarement(4) else trame.jour(commise)
            connu = trame.connu(decide or commise)
            trame.add(Retrait(id=trame.id("t"), connu_le=connu, infraction=infraction.id, decide_le=decide))


def price(infraction: Infraction, bande: Bande) -> Infraction:
    """The same offence, under a row of the barème of its day if there is one."""
    lignes = [ligne for ligne in rows() if ligne.applies_on(infraction.commise_le)]
    if not lignes:
        return infraction
    ligne = bande.choix(lignes)
    champs = ("bareme", "classe", "points", "hors_code", "libelle", "article")
    return replace(infraction, **{champ: getattr(ligne, champ) for champ in champs})


def add_realite(trame: Trame, infraction: Infraction) -> None:
    bande = trame.bande
    jour = trame.jour(infraction.commise_le)
    heure = None
    if bande.rarement(4):
        depuis = infraction.heure.hour if infraction.heure and jour == infraction.commise_le else 8
        heure = time(depuis + bande.entier(4), 0)
    mode = bande.choix((Mode.PAIEMENT, Mode.CONDAMNATION_DEFINITIVE, *Mode))
    nom = trame.id("r")
    trame.add(Realite(id=nom, connu_le=trame.connu(jour), infraction=infraction.id, date=jour, heure=heure, mode=mode))


def add_stage(trame: Trame) -> None:
    fin = trame.jour(trame.jours[-1]) if trame.bande.rarement(2) else trame.jour()
    cas = trame.bande.choix((1, 1, 2, 1, 3, 4))
    trame.add(Stage(id=trame.id("s"), connu_le=trame.connu(fin), debut=fin - JOUR, fin=fin, cas=cas))


def add_notification(trame: Trame) -> None:
    """A letter by any way; its date is told, or follows from what the post or the account says."""
    bande = trame.bande
    reference = bande.choix(("48SI", "48N", "48SI", "48", "48S", "48M", "46", "46B", "46D", "47"))
    sorte, jour, nom = bande.entier(6), trame.jour(), trame.id("n")
    lettre = Notification(id=nom, connu_le=trame.connu(jour), reference=reference)
    if sorte < 2:
        mode = bande.choix(tuple(ModeNotification)) if sorte else None
        lettre = replace(lettre, date=jour, mode=mode)
    elif sorte < 4:
        retour = bande.choix((None, Retour.AR, Retour.AP, Retour.NPAI))
        retiree = jour + bande.entier(15) * JOUR if retour in {None, Retour.AR} and bande.rarement(2) else None
        lettre = replace(lettre, presentee_le=jour, retiree_le=retiree, retour=retour)
        lettre = replace(lettre, mode=ModeNotification.RECOMMANDE)
    else:
        consultee = jour + bande.entier(20) * JOUR if bande.rarement(2) else None
        lettre = replace(lettre, mise_a_disposition_le=jour, consultee_le=consultee)
        lettre = replace(lettre, mode=ModeNotification.ELECTRONIQUE)
    trame.add(lettre)


def add_mesure(trame: Trame) -> None:
    bande = trame.bande
    nature = bande.choix((Nature.SUSPENSION, Nature.ANNULATION_JUDICIAIRE, Nature.INTERDICTION, *Nature))
    debut = trame.jour()
    fin = add_months(debut, bande.entier(13)) if bande.rarement(2) else None
    trame.add(Mesure(id=trame.id("m"), connu_le=trame.connu(debut), nature=nature, debut=debut, fin=fin))


def add_remise(trame: Trame) -> None:
    jour = trame.jour()
    trame.add(RemiseTitre(id=trame.id("x"), connu_le=trame.connu(jour), date=jour))


def add_formation(trame: Trame) -> None:
    bande = trame.bande
    mois = 6 + bande.entier(7)
    jour = add_months(trame.jours[0], mois) + bande.choix((0, 0, 1, -1)) * JOUR
    trame.jours.append(jour)
    trame.add(FormationComplementaire(id=trame.id("f"), connu_le=trame.connu(jour), date=jour))


def add_categorie(trame: Trame) -> None:
    """A further category, another way to hold one, or a first French licence beside a foreign one."""
    filiere = trame.bande.choix((Filiere.AAC, Filiere.TRADITIONNELLE, *Filiere))
    add_delivrance(trame, trame.jour(), filiere, retour=False)


def add_retour(trame: Trame) -> None:
    """A licence obtained again after a loss."""
    filiere = trame.bande.choix((Filiere.TRADITIONNELLE, Filiere.AAC, Filiere.ECHANGE))
    add_delivrance(trame, trame.jour(), filiere, retour=True)


def add_perte(trame: Trame) -> None:
    """Twelve points, the letter (the ban, for a foreign licence), then the title handed in: each on a drawn day."""
    commise = trame.jour()
    if trame.bande.rarement(2):
        trame.add(Stage(id=trame.id("s"), connu_le=commise, debut=commise, fin=commise + JOUR, cas=1))
    for points in (6, 6):
        infraction = Infraction(
            id=trame.id("i"), connu_le=commise, commise_le=commise, classe=Classe.CONTRAVENTION_4, points=points
        )
        trame.add(infraction)
        add_realite(trame, infraction)
    premiere = trame.faits[0]
    if isinstance(premiere, Delivrance) and premiere.filiere is Filiere.ETRANGER:
        debut = trame.jour(commise)
        trame.add(
            Mesure(id=trame.id("m"), connu_le=trame.connu(debut), nature=Nature.INTERDICTION, debut=debut, fin=None)
        )
    add_notification(trame)
    if trame.bande.rarement(2):
        add_remise(trame)


def add_chute(trame: Trame) -> None:
    """The whole road, up to three times: twelve points, the letter, the title handed in, a new licence."""
    bande, commise = trame.bande, trame.jour()
    for _ in range(1 + bande.entier(3)):
        add_payees(trame, commise, (6, 6))
        jour = commise + bande.choix((1, 0, 30, 200)) * JOUR
        add_recommande(trame, bande.choix(("48SI", "48SI", "48S")), jour)
        if not bande.entier(3):
            return
        rendu = jour + bande.choix((0, 7, 8, 12, 13, 40)) * JOUR
        trame.add(RemiseTitre(id=trame.id("x"), connu_le=trame.connu(rendu), date=rendu))
        obtenu = add_months(rendu, bande.choix((6, 12, 24))) + bande.choix((0, -1, 1)) * JOUR
        trame.jours.append(obtenu)
        add_delivrance(trame, obtenu, Filiere.TRADITIONNELLE, retour=True)
        commise = max(obtenu, add_months(commise, bande.choix((60, 24))) + bande.choix((0, -1, 1)) * JOUR)


def add_injonction(trame: Trame) -> None:
    """An offence of a novice, the letter 48N, and a course around the last day to follow it."""
    bande, commise = trame.bande, trame.jour()
    add_payees(trame, commise, (bande.choix((3, 4, 2)),))
    jour = commise + bande.octet() * JOUR
    add_recommande(trame, "48N", jour)
    if bande.rarement(2):
        debut = add_months(jour, bande.choix((4, 1, 12))) + bande.choix((0, -1, 1)) * JOUR
        trame.add(Stage(id=trame.id("s"), connu_le=trame.connu(debut + JOUR), debut=debut, fin=debut + JOUR, cas=2))


def add_payees(trame: Trame, commise: date, points: Sequence[int]) -> None:
    """Offences paid and known on the spot."""
    for cout in points:
        nom = trame.id("i")
        trame.add(Infraction(id=nom, connu_le=commise, commise_le=commise, classe=Classe.CONTRAVENTION_4, points=cout))
        nom_realite = trame.id("r")
        trame.add(Realite(id=nom_realite, connu_le=commise, infraction=nom, date=commise, mode=Mode.PAIEMENT))


def add_recommande(trame: Trame, reference: str, jour: date) -> None:
    """A letter in the form that notifies, known on that day."""
    trame.jours.append(jour)
    mode, nom = ModeNotification.RECOMMANDE, trame.id("n")
    trame.add(Notification(id=nom, connu_le=trame.connu(jour), reference=reference, date=jour, mode=mode))


def add_annulation(trame: Trame) -> None:
    """A fact falls: never before the act that it undoes, and never in a circle."""
    bande = trame.bande
    vise = bande.choix(trame.faits)
    if isinstance(vise, Delivrance) and bande.rarement(2):
        return
    jour = trame.jour(own_day(vise))
    nom, autorite = trame.id("a"), bande.choix(tuple(Autorite))
    trame.add(Annulation(id=nom, connu_le=trame.connu(jour), vise=vise.id, date=jour, autorite=autorite))


def own_day(fait: Fait) -> date:
    """The day of a fact, as the dossier tells it; the day it was learned where it tells none."""
    if isinstance(fait, Infraction):
        return fait.commise_le
    if isinstance(fait, Retrait):
        return fait.decide_le or fait.connu_le
    if isinstance(fait, Stage):
        return fait.fin
    if isinstance(fait, Mesure):
        return fait.debut
    jour: date | None = getattr(fait, "date", None)
    return jour or fait.connu_le


ACTES: Final = (
    add_infraction, add_infraction, add_infraction, add_infraction, add_stage, add_stage, add_notification, add_perte,
    add_categorie, add_retour, add_annulation, add_mesure, add_formation, add_infraction, add_annulation,
    add_infraction, add_infraction, add_perte, add_chute, add_injonction,
)  # fmt: skip
