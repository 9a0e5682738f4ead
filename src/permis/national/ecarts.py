"""The kernel beside `droit`: the answers of both for one licence, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import NamedTuple, TypeAlias

from permis.droit.mouvements import Correction, Courrier, Mouvement, SansEffet
from permis.droit.releve import Lectures, Releve
from permis.national import codes
from permis.national.contextes import day_of
from permis.national.demande import Demande
from permis.national.explication import Explication, Explique
from permis.national.livre import Livre, read_livre
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.reponses import Detail, Soldes

Element: TypeAlias = Mouvement | Courrier | SansEffet | Correction


class Etat(NamedTuple):
    """The state of a licence in the words of `droit`, and its next movement."""

    solde: int
    solde_algebrique: int
    plafond: int
    validite: str
    prochain_le: date | None
    prochaine_variation: int | None
    prochain_motif: str | None


class Ecart(NamedTuple):
    """Where the two differ: the column, what the kernel says, what `droit` says."""

    colonne: str
    noyau: str
    droit: str


def compare_permis(lectures: Lectures, detail: Detail, rang: int, demande: Demande) -> list[Ecart]:
    """The differences about one licence: its facts (of `lignes.decode_dossier`), its rank in the kernel's answers."""
    return compare_livre(lectures, read_etat(detail.soldes, rang), read_livre(detail, rang), demande)


def compare_livre(lectures: Lectures, etat: Etat, livre: Livre, demande: Demande) -> list[Ecart]:
    """The differences about one licence: its facts, and the state and the ledger that the kernel gives it."""
    releve = _read(lectures, demande)
    ecarts = [*_compare_etats(etat, releve)]
    try:
        explique = Explication(lectures.faits, demande.options.borne).explain(livre, demande.le)
    except (LookupError, TypeError, ValueError) as erreur:  # a ledger that no licence can have
        return [*ecarts, Ecart("livre", f"inexplicable ({type(erreur).__name__}: {erreur})", "un livre")]
    return [*ecarts, *_compare_livres(explique, releve)]


def compare_soldes(lectures: Lectures, soldes: Soldes, rang: int, demande: Demande) -> list[Ecart]:
    """The same for the state alone, without the ledger."""
    return [*_compare_etats(read_etat(soldes, rang), _read(lectures, demande))]


def _read(lectures: Lectures, demande: Demande) -> Releve:
    return Releve(lectures, demande.le, demande.connu_le, demande.options)


def read_etat(soldes: Soldes, rang: int) -> Etat:
    """The kernel's answer for the licence of that rank, in words."""
    solde, solde_algebrique, plafond, validite, jour, variation, motif = (int(colonne[rang]) for colonne in soldes)
    suite = (None, None, None) if jour == ABSENT else (day_of(jour), variation, codes.MOTIFS[motif])
    return Etat(solde, solde_algebrique, plafond, codes.VALIDITES[validite], *suite)


def state_of(releve: Releve) -> Etat:
    """What `droit` says, in the same shape."""
    suite = next(iter(releve.a_venir), None)
    prochain = (suite.date, suite.variation, suite.motif.value) if suite else (None, None, None)
    return Etat(releve.solde, releve.solde_algebrique, releve.plafond, releve.validite.value, *prochain)


def _compare_etats(noyau: Etat, releve: Releve) -> Iterator[Ecart]:
    for nom, dit, attendu in zip(Etat._fields, noyau, state_of(releve), strict=True):
        if dit != attendu:
            yield Ecart(nom, str(dit), str(attendu))


def _compare_livres(explique: Explique, releve: Releve) -> Iterator[Ecart]:
    for nom in Explique._fields:
        dits, attendus = getattr(explique, nom), getattr(releve, nom)
        for rang, (dit, attendu) in enumerate(zip_longest(dits, attendus)):
            if dit != attendu or _kinds(dit) != _kinds(attendu):
                yield from _compare_elements(f"{nom}[{rang}]", dit, attendu)


def _kinds(element: Element | None) -> dict[str, type]:
    """The kind of each value of a sentence: a number of points is not written as a number of months."""
    if isinstance(element, Correction):
        return _kinds(element.mouvement)
    if isinstance(element, Mouvement | SansEffet):
        return {nom: type(valeur) for nom, valeur in element.contexte.items()}
    return {}


def _compare_elements(lieu: str, dit: Element | None, attendu: Element | None) -> Iterator[Ecart]:
    """Field by field where both are there; as a whole where one says nothing."""
    if dit is None or attendu is None:
        yield Ecart(lieu, _show(dit), _show(attendu))
        return
    if isinstance(dit, Correction) and isinstance(attendu, Correction):
        yield from _compare_elements(f"{lieu}.mouvement", dit.mouvement, attendu.mouvement)
        dit = dit._replace(mouvement=attendu.mouvement)
    for nom in dit._fields:
        valeurs = getattr(dit, nom), getattr(attendu, nom)
        if valeurs[0] != valeurs[1]:
            yield Ecart(f"{lieu}.{nom}", *map(str, valeurs))
    if _kinds(dit) != _kinds(attendu):
        yield Ecart(f"{lieu}.contexte", str(_kinds(dit)), str(_kinds(attendu)))


def _show(element: Element | None) -> str:
    if element is None:
        return "rien"
    mouvement = element.mouvement if isinstance(element, Correction) else element
    champs = ("date", "motif", "cle", "fait", "variation", "reference")
    return " ".join(str(getattr(mouvement, nom)) for nom in champs if hasattr(mouvement, nom))
