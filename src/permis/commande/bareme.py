"""`permis bareme`: what an offence costs on a day, by words, by NATINF code, or all of them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from permis.commande.entree import LIGNE_DE_COMMANDE, check_jour, read_jour, today
from permis.commande.sortie import InutilisableError, write_json
from permis.droit.bareme import (
    BAREME_ETABLI_LE,
    BaremeIntrouvableError,
    LigneBareme,
    find,
    is_approximate,
    rows,
    search,
)
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message

TOUTES = 1000


def declare(analyseur: ArgumentParser) -> None:
    """The words of this subcommand."""
    analyseur.add_argument(
        "mots", metavar="MOT", nargs="*", help="mots cherchés, sans accents si l'on veut : feu rouge"
    )
    analyseur.add_argument("--natinf", metavar="N", help="un code NATINF, ou un identifiant du barème")
    analyseur.add_argument("--le", metavar="DATE", help="le barème de ce jour, AAAA-MM-JJ (par défaut : aujourd'hui)")
    analyseur.add_argument("--json", action="store_true", help="répond en JSON")


def run(lus: Namespace) -> int:
    """Answer on standard output; the exit status."""
    jour = _read_jour(lus)
    lignes = _choose(lus, jour)
    if lus.json:
        write_json([write_ligne(ligne) for ligne in lignes])
        return 0
    from permis.commande.tableau import show_bareme  # noqa: PLC0415

    mots = " ".join(lus.mots)
    show_bareme(lignes, jour, mots, approche=is_approximate(mots, jour))
    return 0


def _read_jour(lus: Namespace) -> date:
    fautes: list[Faute] = []
    jour = read_jour(lus.le, "--le", fautes) if lus.le is not None else today()
    fautes += check_jour(jour, "--le")
    if lus.mots and lus.natinf is not None:
        fautes.append(Faute("--natinf", Message("donné avec des mots"), Message("des mots, ou --natinf")))
    if jour is not None and not fautes and lus.natinf is None and jour < BAREME_ETABLI_LE:
        faute = Message("les sources n'établissent pas le barème du {jour}", jour=jour)
        attendu = Message("une date à partir du {debut}, ou --natinf pour une infraction", debut=BAREME_ETABLI_LE)
        fautes.append(Faute("--le", faute, attendu))
    if fautes or jour is None:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)
    return jour


def _choose(lus: Namespace, jour: date) -> list[LigneBareme]:
    if lus.natinf is not None:
        return _find_natinf(lus.natinf, jour)
    if lus.mots:
        return search(" ".join(lus.mots), jour, TOUTES)
    return sorted((ligne for ligne in rows() if ligne.applies_on(jour)), key=lambda ligne: ligne.bareme)


def _find_natinf(reference: str, jour: date) -> list[LigneBareme]:
    """The row of a code, or the several rows that share it that day; InutilisableError where there is none."""
    try:
        return [find(reference, jour)]
    except BaremeIntrouvableError as erreur:
        partagees = [ligne for ligne in rows() if ligne.natinf == reference.strip() and ligne.applies_on(jour)]
        if partagees:
            return partagees
        attendu = Message("un code NATINF ou un identifiant du barème de ce jour")
        raise InutilisableError(LIGNE_DE_COMMANDE, [Faute("--natinf", erreur.message, attendu)]) from None


def write_ligne(ligne: LigneBareme) -> dict[str, Any]:
    """One row of the barème as JSON; `depuis` is null where it was already in force in July 2014."""
    return {
        "bareme": ligne.bareme,
        "natinf": ligne.natinf,
        "libelle": ligne.libelle,
        "article": ligne.article,
        "classe": ligne.classe.value,
        "points": ligne.points,
        "hors_code": ligne.hors_code,
        "amende_forfaitaire": ligne.amende_forfaitaire,
        "depuis": ligne.since.isoformat() if ligne.since else None,
        "jusqu_au": ligne.until.isoformat() if ligne.until else None,
        "certitude": ligne.certitude,
        "doute": ligne.doute,
        "source": ligne.source,
    }
