"""The timeline picture: the balance as steps over time, past and future, ready for a template to draw as SVG.

Geometry only: a `Frise` holds paths, ticks and labels. `draw` makes one for a format; the page holds three and shows
the one whose letters are large enough for its width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from permis.droit.mouvements import Mouvement
from permis.typographie import format_date, format_variation

MAXIMUM: Final = 12
SILENCE: Final = timedelta(days=5 * 365)
MARGE: Final = timedelta(days=330)


class Format(NamedTuple):
    """Size of a drawing, in its own units: pixels at the width it is made for."""

    nom: str
    largeur: int
    hauteur: int
    corps: int
    graduation: int


LARGE: Final = Format("large", 760, 330, 15, 62)
MOYEN: Final = Format("moyen", 540, 290, 14, 54)
ETROIT: Final = Format("etroit", 300, 290, 13, 48)


class Palier(NamedTuple):
    """The balance and its ceiling from `debut` until the next step; the balance before, and the points that moved."""

    debut: date
    avant: int
    solde: int
    plafond: int
    variation: int
    a_venir: bool


class Boite(NamedTuple):
    """The place that a label takes."""

    x: float
    y: float
    largeur: float
    hauteur: float

    def touches(self, autre: Boite) -> bool:
        """Whether the two overlap."""
        return (
            self.x < autre.x + autre.largeur
            and autre.x < self.x + self.largeur
            and self.y < autre.y + autre.hauteur
            and autre.y < self.y + self.hauteur
        )


class Etiquette(NamedTuple):
    """A word on the drawing, its anchor and its kind (`gain`, `perte`, `solde`)."""

    x: float
    y: float
    texte: str
    genre: str


class Segment(NamedTuple):
    """A rise or a fall of the balance."""

    x: float
    y1: float
    y2: float
    genre: str
    a_venir: bool


class Graduation(NamedTuple):
    """A mark of an axis."""

    position: float
    texte: str
    forte: bool


@dataclass(slots=True)
class Frise:
    """One drawing."""

    format: Format
    gauche: float
    droite: float
    haut: float
    bas: float
    x_jour: float = 0.0
    y_jour: float = 0.0
    solde_jour: int = 0
    ancre_jour: str = "middle"
    texte_jour: str = ""
    passe: str = ""
    surface_passee: str = ""
    futur: str = ""
    surface_future: str = ""
    plafond: str = ""
    suppose: str = ""
    segments: list[Segment] = field(default_factory=list)
    annees: list[Graduation] = field(default_factory=list)
    niveaux: list[Graduation] = field(default_factory=list)
    etiquettes: list[Etiquette] = field(default_factory=list)

    @property
    def pied(self) -> float:
        """End of a mark under the ground line."""
        return self.bas + 5

    @property
    def tete(self) -> float:
        """Top of the line of the day, under its date."""
        return self.format.corps + 7.0


def steps(mouvements: Sequence[Mouvement], a_venir: Sequence[Mouvement]) -> list[Palier]:
    """The steps of the balance, one a day: the last movement says what the day leaves, their sum what it changed."""
    paliers: list[Palier] = []
    for mouvement, futur in [*((m, False) for m in mouvements), *((m, True) for m in a_venir)]:
        avant, variation = paliers[-1].solde if paliers else 0, mouvement.variation
        if paliers and paliers[-1].debut == mouvement.date:
            jumeau = paliers.pop()
            avant, variation = jumeau.avant, variation + jumeau.variation
        paliers.append(Palier(mouvement.date, avant, mouvement.solde, mouvement.plafond, variation, futur))
    return paliers


def window(paliers: Sequence[Palier], jour: date, suppose: Sequence[Palier] = ()) -> tuple[date, date]:
    """The days to show: a long silence before the first or the next event is left out; room is kept on both sides."""
    dates = [palier.debut for palier in paliers if palier.debut <= jour]
    debut = dates[0] if dates else jour
    for avant, apres in zip(dates, [*dates[1:], jour], strict=True) if dates else ():
        if apres - avant > SILENCE:
            debut = apres - MARGE
    dernier = max([jour, *(palier.debut for palier in (*paliers, *suppose))])
    fin = max(dernier, debut + timedelta(days=700))
    return debut, fin + (fin - debut) / 12


class Echelle:
    """From a day and a balance to a place on the drawing."""

    def __init__(self, frise: Frise, debut: date, fin: date) -> None:
        self.frise, self.debut, self.fin = frise, debut, fin
        self.jours = max((fin - debut).days, 1)

    def x(self, jour: date) -> float:
        part = min(max((jour - self.debut).days / self.jours, 0.0), 1.0)
        return round(self.frise.gauche + part * (self.frise.droite - self.frise.gauche), 1)

    def y(self, solde: int) -> float:
        return round(self.frise.bas - solde / MAXIMUM * (self.frise.bas - self.frise.haut), 1)


def draw(
    mouvements: Sequence[Mouvement],
    a_venir: Sequence[Mouvement],
    jour: date,
    forme: Format,
    suppose: Sequence[Mouvement] = (),
) -> Frise:
    """The drawing of a balance around `jour`; `suppose` is a second future laid over it."""
    paliers = steps(mouvements, a_venir)
    autres = steps(suppose, ())
    marge = forme.corps * 2.2
    frise = Frise(forme, marge, forme.largeur - 8, forme.corps * 2.6, forme.hauteur - forme.corps * 2)
    echelle = Echelle(frise, *window(paliers, jour, autres))
    _lines(frise, echelle, paliers, jour)
    frise.suppose = "".join(_path(echelle, autres, jour, echelle.fin, "solde")) if autres else ""
    _axes(frise, echelle)
    _today(frise, echelle, paliers, jour)
    _labels(frise, echelle, paliers)
    return frise


def _lines(frise: Frise, echelle: Echelle, paliers: Sequence[Palier], jour: date) -> None:
    sol = echelle.y(0)
    frise.passe = "".join(_path(echelle, paliers, echelle.debut, jour, "solde"))
    frise.futur = "".join(_path(echelle, paliers, jour, echelle.fin, "solde"))
    frise.surface_passee = _fill(frise.passe, sol)
    frise.surface_future = _fill(frise.futur, sol)
    if any(palier.plafond < MAXIMUM for palier in _shown(echelle, paliers)):
        frise.plafond = "".join(_path(echelle, paliers, echelle.debut, echelle.fin, "plafond"))
    frise.segments = [_rise(echelle, palier) for palier in _moving(echelle, paliers)]


def _shown(echelle: Echelle, paliers: Sequence[Palier]) -> list[Palier]:
    """The steps that the window shows, the one that runs when it opens included."""
    avant = [palier for palier in paliers if palier.debut <= echelle.debut]
    return [*avant[-1:], *(palier for palier in paliers if palier.debut > echelle.debut)]


def _moving(echelle: Echelle, paliers: Sequence[Palier]) -> list[Palier]:
    return [p for p in paliers if p.debut >= echelle.debut and (p.variation or p.avant != p.solde)]


def _rise(echelle: Echelle, palier: Palier) -> Segment:
    genre = "gain" if palier.solde > palier.avant or palier.variation > 0 else "perte"
    return Segment(echelle.x(palier.debut), echelle.y(palier.avant), echelle.y(palier.solde), genre, palier.a_venir)


def _path(echelle: Echelle, paliers: Sequence[Palier], debut: date, fin: date, champ: str) -> Iterator[str]:
    """SVG commands of the steps between two days: the level that runs on the first, then each change."""
    avant = [palier for palier in paliers if palier.debut <= debut]
    dedans = [palier for palier in paliers if debut < palier.debut <= fin]
    if not avant and not dedans:
        return
    premier = avant[-1] if avant else dedans[0]
    yield f"M{echelle.x(max(debut, premier.debut))} {echelle.y(getattr(premier, champ))}"
    for palier in dedans:
        yield f"H{echelle.x(palier.debut)}V{echelle.y(getattr(palier, champ))}"
    yield f"H{echelle.x(fin)}"


def _fill(path: str, sol: float) -> str:
    if not path:
        return ""
    debut = path[1:].partition(" ")[0]
    return f"{path}V{sol}H{debut}Z"


def _axes(frise: Frise, echelle: Echelle) -> None:
    frise.niveaux = [Graduation(echelle.y(niveau), str(niveau), niveau % 6 == 0) for niveau in (0, 3, 6, 9, 12)]
    annees = range(echelle.debut.year + 1, echelle.fin.year + 1)
    par_an = (frise.droite - frise.gauche) * 365 / echelle.jours
    pas = next((pas for pas in (1, 2, 5, 10, 20) if pas * par_an >= frise.format.graduation), 50)
    for annee in annees:
        place = echelle.x(date(annee, 1, 1))
        nommee = annee % pas == 0 and place < frise.droite - frise.format.corps
        frise.annees.append(Graduation(place, str(annee) if nommee else "", nommee))


def _today(frise: Frise, echelle: Echelle, paliers: Sequence[Palier], jour: date) -> None:
    courant = [palier for palier in paliers if palier.debut <= jour]
    frise.x_jour = echelle.x(jour)
    frise.solde_jour = courant[-1].solde if courant else 0
    frise.y_jour = echelle.y(frise.solde_jour)
    frise.texte_jour = format_date(jour)
    demi = len(frise.texte_jour) * frise.format.corps * 0.3
    if frise.x_jour - demi < frise.gauche:
        frise.ancre_jour = "start"
    elif frise.x_jour + demi > frise.format.largeur:
        frise.ancre_jour = "end"


def _labels(frise: Frise, echelle: Echelle, paliers: Sequence[Palier]) -> None:
    """Write what there is room for, the largest rises and falls first; the table says the rest."""
    corps = frise.format.corps
    prises = [Boite(frise.x_jour - corps * 0.8, frise.y_jour - corps * 1.9, corps * 1.6, corps * 2.6)]
    prises += [_bar(segment) for segment in frise.segments]
    suivants = [*(segment.x for segment in frise.segments), frise.droite][1:]
    sauts = list(zip(frise.segments, _moving(echelle, paliers), suivants, strict=True))
    for segment, palier, suivant in sorted(sauts, key=lambda saut: -abs(saut[0].y2 - saut[0].y1)):
        texte = format_variation(palier.variation or palier.solde - palier.avant)
        for boite in _places(segment, suivant, corps * 0.62 * len(texte), corps):
            if _free(frise, boite, prises):
                prises.append(boite)
                frise.etiquettes.append(Etiquette(boite.x, boite.y + corps * 0.85, texte, segment.genre))
                break
    _levels(frise, echelle, paliers, prises)


def _bar(segment: Segment) -> Boite:
    """The place of a rise or a fall: half its stroke on each side."""
    return Boite(segment.x - 2, min(segment.y1, segment.y2), 4, abs(segment.y2 - segment.y1))


def _places(segment: Segment, suivant: float, largeur: float, corps: int) -> list[Boite]:
    """Where the label of a rise or a fall may stand, best first: beside it, else under its foot."""
    milieu, ecart = (segment.y1 + segment.y2) / 2 - corps * 0.5, corps * 0.5
    cotes = [
        Boite(segment.x + ecart, milieu, largeur, corps),
        Boite(segment.x - ecart - largeur, milieu, largeur, corps),
    ]
    if suivant - segment.x <= largeur + corps:
        cotes.reverse()
    pied = max(segment.y1, segment.y2) + corps * 0.35
    return [*cotes, Boite(segment.x - largeur / 2, pied, largeur, corps)]


def _levels(frise: Frise, echelle: Echelle, paliers: Sequence[Palier], prises: list[Boite]) -> None:
    corps = frise.format.corps
    niveaux = [palier for palier in paliers if palier.avant != palier.solde]
    fins = [*(palier.debut for palier in niveaux), echelle.fin][1:]
    for palier, fin in zip(niveaux, fins, strict=True):
        texte, x1, x2 = str(palier.solde), echelle.x(palier.debut), echelle.x(fin)
        largeur = corps * 0.62 * len(texte)
        boite = Boite((x1 + x2) / 2 - largeur / 2, echelle.y(palier.solde) - corps * 1.35, largeur, corps)
        if x2 - x1 > largeur * 1.4 and _free(frise, boite, prises):
            prises.append(boite)
            frise.etiquettes.append(Etiquette(boite.x, boite.y + corps * 0.85, texte, "solde"))


def _free(frise: Frise, boite: Boite, prises: Sequence[Boite]) -> bool:
    """Whether a label stays in the frame and keeps, on both sides, the space of a letter."""
    blanc = frise.format.corps * 0.3
    dedans = boite.x >= frise.gauche and boite.x + boite.largeur <= frise.format.largeur
    large = Boite(boite.x - blanc, boite.y, boite.largeur + 2 * blanc, boite.hauteur)
    return dedans and boite.y + boite.hauteur <= frise.bas and not any(large.touches(prise) for prise in prises)
