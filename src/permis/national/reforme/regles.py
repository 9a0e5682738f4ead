"""One `[[regle]]` of a draft: which rule, which wording, and what it answers in each case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from permis.droit.dossier.fautes import list_choix, suggest
from permis.national import codes
from permis.national.reforme.domaines import REFORMABLES, REFUSEES, Domaine, arguments_of
from permis.national.reforme.projet import Cas, ReformeRegle, Valeur
from permis.national.reforme.table import OUI_NON, Table


def read_regle(table: Table, titre: str) -> ReformeRegle | None:
    """One wording that the draft touches; None where a fault was noted. `titre` is that of the draft."""
    regle = _read_nom(table)
    domaine = REFORMABLES.get(regle or "")
    if regle is None or domaine is None:
        return None
    redaction = table.choose("redaction", [version.nom for version in codes.regles()[regle].versions])
    depuis = table.date("depuis", exige=not table.has("redaction"))
    supprimee = table.take("supprimee", OUI_NON) is True
    nom, article = table.text("nom"), table.text("article") or f"projet « {titre} »"
    cas = _read_cas(table, regle, domaine)
    _check_intention(table, domaine, supprimee)
    table.close()
    return ReformeRegle(table.lieu, regle, redaction, depuis, nom, article, cas, supprimee)


def _read_nom(table: Table) -> str | None:
    """The name of a rule that data can reform; any other is refused with the reason."""
    nom = table.text("regle", exige=True)
    if nom is None or nom in REFORMABLES:
        return nom
    attendu = str(list_choix(sorted(REFORMABLES)))
    if nom in REFUSEES:
        table.refuse("regle", f"« {nom} » ne se réforme pas par des données : {REFUSEES[nom]}", attendu)
    else:
        table.refuse(
            "regle", f"« {nom} » n'est pas une règle du droit{suggest(nom, [*REFORMABLES, *REFUSEES])}", attendu
        )
    return None


def _check_intention(table: Table, domaine: Domaine, supprimee: bool) -> None:
    """What a table asks must hold together: strike, change or write."""
    valeurs = [cle for cle in ("valeur", "cas") if table.has(cle)]
    if len(valeurs) > 1:
        table.refuse("cas", "des cas et une valeur pour tous", "l'un ou l'autre")
    if supprimee and not table.has("redaction"):
        table.refuse("redaction", "rien ne dit quelle rédaction est supprimée", "le nom de la rédaction à supprimer")
    if supprimee and (valeurs or table.has("depuis")):
        table.refuse("supprimee", "une rédaction supprimée n'a plus ni valeur ni début", "supprimee seul")
    if not supprimee and not valeurs and not (table.has("redaction") and table.has("depuis")):
        table.refuse("valeur", "rien n'est changé", f"valeur ({domaine.valeurs.attendu}), ou des [[….cas]]")
    if domaine.fige and (supprimee or table.has("depuis") or not table.has("redaction")):
        attendu = "redaction (celle d'aujourd'hui) et valeur, sans « depuis »"
        table.refuse("regle", "seule la valeur de cette règle se réforme, pas ses dates", attendu)


def _read_cas(table: Table, regle: str, domaine: Domaine) -> tuple[Cas, ...]:
    valeur = _read_valeur(table, domaine) if table.has("valeur") else None
    if valeur is not None:
        return (Cas({}, valeur),)
    lus = [(sous, cas) for sous in table.tables("cas") if (cas := _read_un_cas(sous, regle, domaine)) is not None]
    suite = tuple(cas for _, cas in lus)
    if lus and table.has("cas"):
        _check_cover(table, domaine, lus)
    return suite


def _read_un_cas(table: Table, regle: str, domaine: Domaine) -> Cas | None:
    quand = table.table("quand")
    lus: dict[str, bool | str] = {}
    for nom in quand.names():
        if nom not in domaine.arguments:
            quand.refuse(nom, *_why_no_argument(nom, regle, domaine))
        elif isinstance(lu := quand.take(nom, domaine.arguments[nom]), bool | str):
            lus[nom] = lu
    valeur = _read_valeur(table, domaine, exige=True)
    table.close()
    return Cas(lus, valeur) if valeur is not None else None


def _why_no_argument(nom: str, regle: str, domaine: Domaine) -> tuple[str, str]:
    attendu = str(list_choix(domaine.arguments)) if domaine.arguments else "aucun cas : une valeur pour tous"
    if nom in arguments_of(regle):
        return "cet argument est un nombre, qu'un cas ne peut pas nommer", attendu
    return f"« {nom} » n'est pas un argument de {regle}{suggest(nom, domaine.arguments)}", attendu


def _read_valeur(table: Table, domaine: Domaine, *, exige: bool = False) -> Valeur | None:
    lue = table.take("valeur", domaine.valeurs, exige=exige)
    if isinstance(lue, list):
        return tuple(lue)
    return lue if isinstance(lue, int | str) else None


def _check_cover(table: Table, domaine: Domaine, lus: Sequence[tuple[Table, Cas]]) -> None:
    """Every combination of arguments has its case, and every case its combination."""
    suite = [cas for _, cas in lus]
    servis: set[int] = set()
    for donnes in combinations_of(domaine):
        rang = next((rang for rang, cas in enumerate(suite) if matches(cas, donnes)), None)
        if rang is None:
            dits = ", ".join(f"{nom} = {_write(mot)}" for nom, mot in donnes.items())
            table.refuse("cas", f"aucun ne répond quand {dits}", "un dernier cas sans « quand », pour tous les autres")
            return
        servis.add(rang)
    for rang, (sous, _) in enumerate(lus):
        if rang not in servis:
            sous.refuse("", "ce cas ne sert jamais : un autre répond avant lui", "des cas dans un autre ordre")


def combinations_of(domaine: Domaine) -> Iterable[Mapping[str, bool | str]]:
    """Every combination of the arguments that a case may name."""
    choix: list[Sequence[bool | str]] = [
        (False, True) if sorte is OUI_NON else codes.MODES for sorte in domaine.arguments.values()
    ]
    return [dict(zip(domaine.arguments, valeurs, strict=True)) for valeurs in product(*choix)]


def matches(cas: Cas, donnes: Mapping[str, object]) -> bool:
    """Whether the arguments are those of the case."""
    return all(donnes[nom] == voulu for nom, voulu in cas.quand.items())


def _write(mot: bool | str) -> str:
    return f'"{mot}"' if isinstance(mot, str) else str(mot).lower()
