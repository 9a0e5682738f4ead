"""The barème as a table of the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from permis.commande.ecran import Ecran, pad
from permis.droit.bareme import LigneBareme
from permis.droit.faits import Classe
from permis.droit.phrases import format_valeur

CLASSES = {
    Classe.CONTRAVENTION_1: "1re classe",
    Classe.CONTRAVENTION_2: "2e classe",
    Classe.CONTRAVENTION_3: "3e classe",
    Classe.CONTRAVENTION_4: "4e classe",
    Classe.CONTRAVENTION_5: "5e classe",
    Classe.DELIT: "délit",
}
CONFIANTE = "élevée"
RETRAIT = 14


def show_bareme(lignes: Sequence[LigneBareme], jour: date, mots: str, *, approche: bool = False) -> None:
    """Write the table on standard output; `approche` says that no row holds exactly these words."""
    ecran = Ecran.detect()
    titre = f"Barème au {format_valeur(jour)}{f' · {mots}' if mots else ''}"
    page = ["", *ecran.wrap(titre, 2, "gras"), ""]
    if approche:
        page += [*ecran.wrap("Aucune infraction ne contient exactement ces mots ; voici les plus proches."), ""]
    for ligne in lignes:
        page += _draw_ligne(ecran, ligne)
    if not lignes:
        page += [*ecran.wrap("Aucune infraction ne répond à ces mots ce jour-là. Essayez un mot de moins."), ""]
    ecran.show(page)


def _draw_ligne(ecran: Ecran, ligne: LigneBareme) -> Iterator[str]:
    """The points beside the label; under it, article, class, codes and doubts."""
    points = ecran.style(pad(f"{ligne.points} pt{'s' if ligne.points > 1 else ''}", 7, droite=True), "gras")
    premiere, *suite = ecran.wrap(ligne.libelle, RETRAIT)
    yield f"  {points}{' ' * (RETRAIT - 9)}{premiere.strip()}"
    yield from suite
    yield from ecran.wrap(" · ".join(_describe(ligne)), RETRAIT, "pale")
    if ligne.doute or ligne.certitude != CONFIANTE:
        doute = f" : {ligne.doute}" if ligne.doute else ""
        yield from ecran.wrap(f"Certitude {ligne.certitude}{doute}", RETRAIT, "jaune")
    yield ""


def _describe(ligne: LigneBareme) -> Iterator[str]:
    yield ligne.article
    yield CLASSES[ligne.classe]
    if ligne.natinf:
        yield f"NATINF {ligne.natinf}"
    yield ligne.bareme
    if ligne.since:
        yield f"depuis le {format_valeur(ligne.since)}"
    if ligne.until:
        yield f"jusqu'au {format_valeur(ligne.until)}"
