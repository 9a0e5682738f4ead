"""The sentence of each fault: what is wrong, what is expected; in French, for whoever must mend the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from permis.national import codes, schema
from permis.national.conformite import HORS_LISTE, LISTES
from permis.national.controle import passe
from permis.national.controle.limites import COLONNES, DEBUT_DES_POINTS, FAITS_MAXIMUM, is_used, read_limites
from permis.national.loi import EPOQUE
from permis.national.noyau.entrees import ABSENT, Lot

NUL, DESORDRE, TROP_DE_FAITS = 100, 101, 102
"""The faults found outside the compiled passes: a null where none goes, keys that do not grow, a list too long."""

PHRASES: Mapping[int, tuple[str, str]] = {
    passe.ABSENTE: ("date absente", "une date pour ce type de fait"),
    TROP_DE_FAITS: ("trop de faits", f"au plus {FAITS_MAXIMUM} faits par permis"),
    passe.MARQUES: ("marque sans objet pour ce type de fait", "les marques de ce type, docs/formats/national.md"),
    passe.ORIGINE_SANS_OBJET: (
        "obtention d'origine sans objet pour cette filière",
        "null, sauf échange ou conversion",
    ),
    passe.ORIGINE_APRES: ("l'obtention d'origine est après la délivrance", "un jour qui ne suit pas la délivrance"),
    passe.REALITE_SANS_MODE: ("la réalité n'a pas de mode", "un rang de la liste modes"),
    passe.MODE_SANS_REALITE: ("mode d'une réalité sans date", "-1, ou la date de la réalité dans seconde_date"),
    passe.HEURE_SANS_REALITE: ("heure d'une réalité sans date", "-1, ou la date de la réalité dans seconde_date"),
    passe.REALITE_AVANT: ("la réalité est avant la commission de l'infraction", "un moment à partir de la commission"),
    passe.DECISION_AVANT: ("la décision est avant la commission de l'infraction", "un jour à partir de la commission"),
    passe.DUREE_DU_STAGE: ("un stage dure deux jours consécutifs", "le lendemain du premier jour"),
    passe.FIN_AVANT: ("la mesure finit avant son début", "un jour à partir du début, ou null"),
    passe.CONNU_QUAND: ("ni date ni jour où le fait a été connu", "connu_le, quand date est null"),
    passe.VISE_INCONNU: ("aucun fait de ce permis n'a ce numéro", "le numéro d'un fait de la même liste"),
    passe.VISE_SOI: ("une annulation ne peut pas se viser elle-même", "le numéro d'un autre fait"),
    passe.VISE_AUTRE: ("le fait visé n'est pas une infraction", "le numéro d'une infraction"),
    passe.ACTE_AVANT: ("l'acte est avant le fait qu'il vise", "un moment à partir du fait visé"),
    passe.CERCLE: ("annulations en cercle", "des annulations sans cercle"),
    passe.ENSEMBLE: ("infraction non simultanée des autres de son ensemble", "le même moment, ou un autre ensemble"),
    NUL: ("valeur nulle", "une valeur"),
    DESORDRE: ("la clé ne suit pas celles d'avant", "des clés strictement croissantes d'un bout à l'autre du fichier"),
}


def tell_grief(faute: int, colonne: int, lot: Lot, rang: int) -> tuple[str, str]:
    """What is wrong and what is expected, for the fact at `rang` in the columns of `lot`."""
    if faute != passe.BORNES:
        return PHRASES[faute]
    genre, nombre = int(lot.type[rang]), int(getattr(lot, COLONNES[colonne])[rang])
    if nombre == HORS_LISTE:
        return "rang hors de la liste que porte le fichier", "un rang de cette liste"
    if colonne == passe.TYPE:
        return f"{nombre} n'est pas un type de fait", _expect_rank("types", 0, len(codes.TYPES) - 1)
    premier, dernier = map(int, read_limites().bornes[genre, colonne])
    if COLONNES[colonne] in schema.NULLABLES:
        return _tell_day(nombre, premier, dernier, genre)
    if not is_used(genre, COLONNES[colonne]):
        inutile = f"{premier} ou {dernier}" if premier != dernier else str(premier)
        return f"{nombre} est sans objet pour un fait « {codes.TYPES[genre]} »", inutile
    liste = LISTES.get((COLONNES[colonne], codes.TYPES[genre]))
    return f"{nombre} est hors des bornes", _expect_rank(liste, premier, dernier)


def _expect_rank(liste: str | None, premier: int, dernier: int) -> str:
    rang = f"un rang de la liste {liste}" if liste else "un nombre"
    return f"{rang}, de {premier} à {dernier}"


def _tell_day(nombre: int, premier: int, dernier: int, genre: int) -> tuple[str, str]:
    if premier > dernier:
        return f"{show_day(nombre)} est sans objet pour un fait « {codes.TYPES[genre]} »", "null"
    attendu = f"un jour du {show_day(premier)} au {show_day(dernier)}"
    if premier == DEBUT_DES_POINTS and nombre < premier:
        return f"le permis à points n'existait pas le {show_day(nombre)}", attendu
    return f"{show_day(nombre)} est hors de toute vie de permis", attendu


def show_day(nombre: int) -> str:
    """A number of days since 1970 as a date, or as the number where no calendar has it."""
    if nombre == ABSENT:
        return "null"
    ordinal = nombre + EPOQUE
    return str(date.fromordinal(ordinal)) if 1 <= ordinal <= date.max.toordinal() else f"jour {nombre}"
