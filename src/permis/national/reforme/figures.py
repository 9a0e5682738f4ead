"""The pictures of a report, as SVG written into the page: the same numbers give the same bytes.

Loaded only when a report is written. Colours hold without colour vision, and every number of a picture stands in a
table beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from permis.national.reforme.mesures import GAGNE, PERD, PREMIERE_ANNEE
from permis.national.reforme.situations import FAMILLES
from permis.national.reforme.tableaux import Compte, annee_of, cost_by_year

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE: Final[dict[Any, Any]] = {
    "svg.hashsalt": "permis",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.use": True,
}
BLEU, ORANGE, GRIS = "#0b5394", "#b45309", "#8a8f98"
ANNEES_MONTREES: Final = 16
LARGEUR: Final = 7.2
SOMBRE: Final = 0.55
"""Share of the darkest colour beyond which a number is written in white."""


class Image(NamedTuple):
    """A picture: its name, its title, what it shows in words, and its SVG."""

    nom: str
    titre: str
    texte: str
    svg: str


def draw_images(compte: Compte) -> list[Image]:
    """The pictures that the counts allow, in the order of the page."""
    dessins = [_draw_soldes, _draw_situations]
    if compte.livres:
        dessins += [_draw_courriers, _draw_couts]
    return [dessin(compte) for dessin in dessins]


def _draw(nom: str, titre: str, texte: str, hauteur: float, fill: Callable[[Axes], None]) -> Image:
    """One picture; nothing of it depends on the day, nor on what was drawn before."""
    import matplotlib as mpl  # noqa: PLC0415  slow to import, of use to a report only
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context():
        mpl.rcdefaults()
        for cle, valeur in STYLE.items():
            mpl.rcParams[cle] = valeur
        figure = Figure(figsize=(LARGEUR, hauteur))
        fill(figure.subplots())
        return Image(nom, titre, texte, _write_svg(figure, nom, titre))


def _write_svg(figure: Figure, nom: str, titre: str) -> str:
    flux = StringIO()
    figure.savefig(flux, format="svg", metadata={"Date": None, "Creator": None}, transparent=False)
    svg = flux.getvalue()
    corps = svg[svg.index("<svg ") :]
    corps = re.sub(r" <metadata>.*?</metadata>\n", "", corps, flags=re.DOTALL)
    corps = re.sub(r'(?<=id=")|(?<=href="#)|(?<=url\(#)', f"{nom}-", corps)  # several pictures share one page
    return corps.replace("<svg ", f'<svg role="img" aria-label="{escape(titre)}" ', 1).rstrip()


def _draw_soldes(compte: Compte) -> Image:
    table = compte.mesures.soldes
    hors = table.copy()
    np.fill_diagonal(hors, 0)

    def fill(axes: Axes) -> None:
        axes.imshow(np.log1p(hors), cmap="Blues", origin="lower")
        sommet = float(np.log1p(hors).max()) or 1.0
        for (avant, apres), nombre in np.ndenumerate(hors):
            if nombre:
                fond = np.log1p(nombre) / sommet
                axes.text(
                    apres,
                    avant,
                    _short(int(nombre)),
                    ha="center",
                    va="center",
                    fontsize=7,
                    color="white" if fond > SOMBRE else "black",
                )
        points = range(len(table))
        axes.plot(points, points, color=GRIS, linewidth=1)
        axes.set(xticks=points, yticks=points, xlabel="solde après", ylabel="solde avant")

    dessous, dessus = int(np.tril(hors, -1).sum()), int(np.triu(hors, 1).sum())
    texte = (
        f"Carte du solde avant (de bas en haut) au solde après (de gauche à droite), la diagonale laissée vide. "
        f"À droite de la diagonale, {say(dessus)} permis ont plus de points ; à gauche, {say(dessous)} en ont moins."
    )
    return _draw("carte-soldes", "Qui change de solde", texte, 6.4, fill)


def _draw_situations(compte: Compte) -> Image:
    noms, parts = [], []
    for rang, (famille, categories) in enumerate(FAMILLES.items()):
        for place, categorie in enumerate(categories):
            issues = compte.mesures.situations[rang, place]
            if total := int(issues.sum()):
                noms.append(
                    f"{famille} : {categorie}"
                    if len(famille) < len("Ancienneté du permis ")
                    else f"Infraction : {categorie}"
                )
                parts.append((100 * int(issues[PERD]) / total, 100 * int(issues[GAGNE]) / total))

    def fill(axes: Axes) -> None:
        lignes = np.arange(len(noms))[::-1]
        axes.barh(lignes, [gagne for _, gagne in parts], color=BLEU, label="mieux lotis")
        axes.barh(
            lignes,
            [-perd for perd, _ in parts],
            color=ORANGE,
            hatch="///",
            edgecolor="white",
            label="moins bien lotis",
        )
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_yticks(lignes, noms, fontsize=8)
        axes.set_xlabel("part des permis de chaque situation, en %")
        axes.xaxis.set_major_formatter(lambda valeur, _: f"{abs(valeur):g}".replace(".", ","))
        axes.legend(frameon=False, fontsize=8)

    plus = max(range(len(noms)), key=lambda rang: parts[rang][1], default=None)
    detail = (
        "" if plus is None else f" La plus grande part de mieux lotis : {noms[plus]}, {_percent(parts[plus][1])} %."
    )
    texte = f"Barres par situation : à droite la part des mieux lotis, à gauche celle des moins bien lotis.{detail}"
    return _draw("barres-situations", "Mieux et moins bien lotis, par situation", texte, 0.27 * len(noms) + 1.2, fill)


def _shown_years(compte: Compte) -> list[int]:
    """The last years, to the horizon."""
    fin = compte.cadre.derniere_annee - PREMIERE_ANNEE
    return list(range(max(0, fin - ANNEES_MONTREES + 1), fin + 1))


def _draw_courriers(compte: Compte) -> Image:
    rangs = _shown_years(compte)
    avant, apres = (compte.mesures.courriers[loi, rangs, 1:].sum(axis=1) for loi in (0, 1))
    texte = (
        f"Deux courbes, de {annee_of(compte.cadre, rangs[0])} à {annee_of(compte.cadre, rangs[-1])} : lettres dues "
        f"avant ({say(int(avant.sum()))} en tout) et après ({say(int(apres.sum()))})."
    )
    return _draw(
        "courbe-lettres", "Lettres dues, par année", texte, 3.6, _curves(compte, rangs, avant, apres, "lettres")
    )


def _draw_couts(compte: Compte) -> Image:
    rangs, couts = _shown_years(compte), cost_by_year(compte)
    ecarts = np.array([float(couts[rang][1] - couts[rang][0]) for rang in rangs])

    def fill(axes: Axes) -> None:
        axes.bar([PREMIERE_ANNEE + rang for rang in rangs], ecarts, color=[BLEU if e <= 0 else ORANGE for e in ecarts])
        axes.axhline(0, color="black", linewidth=0.8)
        _mark_today(axes, compte)
        axes.set_ylabel("euros de plus (ou de moins)")
        axes.yaxis.set_major_formatter(lambda valeur, _: say(valeur))

    texte = (
        f"Barres par année : ce que les lettres coûtent de plus après qu'avant. Sur ces années, "
        f"{say(float(ecarts.sum()))} euros en tout."
    )
    return _draw("barres-couts", "Écart du coût des lettres, par année", texte, 3.4, fill)


def _curves(
    compte: Compte, rangs: Sequence[int], avant: np.ndarray, apres: np.ndarray, quoi: str
) -> Callable[[Axes], None]:
    def fill(axes: Axes) -> None:
        annees = [PREMIERE_ANNEE + rang for rang in rangs]
        axes.plot(annees, avant, color=GRIS, linestyle="--", marker="o", markersize=4, label="avant")
        axes.plot(annees, apres, color=BLEU, marker="s", markersize=4, label="après")
        _mark_today(axes, compte)
        axes.set_ylim(bottom=0)
        axes.set_ylabel(quoi)
        axes.yaxis.set_major_formatter(lambda valeur, _: say(valeur))
        axes.legend(frameon=False)

    return fill


def _mark_today(axes: Axes, compte: Compte) -> None:
    """Where what is to come begins."""
    from datetime import date  # noqa: PLC0415

    from permis.national.loi import EPOQUE  # noqa: PLC0415

    annee = date.fromordinal(compte.cadre.le + EPOQUE).year
    axes.axvline(annee + 0.5, color=GRIS, linewidth=0.8, linestyle=":")
    axes.text(annee + 0.55, 0.98, "à venir", transform=axes.get_xaxis_transform(), fontsize=8, va="top")


def say(nombre: float) -> str:
    """A number with thin spaces between its thousands, as it is printed in French."""
    return f"{round(nombre):,}".replace(",", "\u202f")


def _percent(part: float) -> str:
    return f"{part:.2f}".replace(".", ",")


MILLE, MILLION = 1_000, 1_000_000


def _short(nombre: int) -> str:
    """A number in four characters at most."""
    if nombre >= MILLION:
        return f"{nombre / MILLION:.1f} M".replace(".", ",")
    return f"{nombre / MILLE:.0f} k" if nombre >= 10 * MILLE else str(nombre)
