"""Reading a draft law from TOML (docs/how-to/reforme.md): strict, in French, every fault with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from permis.droit.bareme import rows
from permis.droit.dossier.fautes import Faute
from permis.national import codes
from permis.national.reforme.projet import LETTRES_DUES, Couts, Projet, ReformeBareme
from permis.national.reforme.redactions import write_redactions
from permis.national.reforme.regles import read_regle
from permis.national.reforme.table import EUROS, OUI_NON, TEXTES, ProjetInutilisableError, Table, fault, whole

OCTETS_MAXIMAUX = 1_000_000
POINTS_D_UNE_INFRACTION = whole(0, 9)
HORIZON = whole(0, 30)
HORIZON_HABITUEL = 5
COURRIER_SIMPLE, COURRIER_RECOMMANDE, PRIX_D_UN_STAGE = Decimal("1.00"), Decimal("6.00"), Decimal("200.00")
"""Assumptions, shown as such: postage and making of a simple and of a registered letter, price of a course."""
RECOMMANDES = frozenset({"48M", "48N", "48S", "48SI"})
PLACE_TOML = re.compile(r"at line (\d+), column (\d+)")


def read_projet(chemin: Path) -> Projet:
    """The draft law of a file; ProjetInutilisableError tells every fault, OSError that it cannot be read."""
    with chemin.open("rb") as flux:
        octets = flux.read(OCTETS_MAXIMAUX + 1)
    if len(octets) > OCTETS_MAXIMAUX:
        raise ProjetInutilisableError([fault("fichier", "trop long pour un projet de loi", "moins d'un mégaoctet")])
    try:
        return parse_projet(octets.decode("utf-8-sig"))
    except UnicodeDecodeError as erreur:
        faute = fault(f"octet {erreur.start + 1}", "ce n'est pas de l'UTF-8", "un fichier TOML, en UTF-8")
        raise ProjetInutilisableError([faute]) from None


def parse_projet(texte: str) -> Projet:
    """The draft law that a TOML text describes; ProjetInutilisableError tells every fault."""
    fautes: list[Faute] = []
    table = Table("", _parse_toml(texte), fautes)
    table.take("version", whole(1, 1), exige=True)
    titre = table.text("titre", exige=True) or ""
    projet = Projet(
        titre,
        table.text("resume") or "",
        table.choose("projet", ("apres", "avant")) == "avant",
        tuple(regle for sous in table.tables("regle") if (regle := read_regle(sous, titre)) is not None),
        tuple(ligne for sous in table.tables("bareme") if (ligne := _read_bareme(sous)) is not None),
        _read_couts(table.table("couts")),
    )
    table.close()
    if not table.has("regle") and not table.has("bareme"):
        fautes.append(fault("fichier", "le projet ne change rien", "au moins une table [[regle]] ou [[bareme]]"))
    if not fautes:
        fautes.extend(write_redactions(projet).fautes)
    if fautes:
        raise ProjetInutilisableError(fautes)
    return projet


def _parse_toml(texte: str) -> Mapping[str, object]:
    try:
        contenu: Mapping[str, object] = tomllib.loads(texte, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as erreur:
        place = PLACE_TOML.search(str(erreur))
        lieu = f"ligne {place[1]}, colonne {place[2]}" if place else "fin du fichier"
        attendu = "« cle = valeur », [table] ou [[tables]] ; une clé une seule fois, les textes entre guillemets"
        raise ProjetInutilisableError([fault(lieu, "ce n'est pas du TOML", attendu)]) from None
    return contenu


def _read_bareme(table: Table) -> ReformeBareme | None:
    lignes = _read_lignes(table)
    depuis, jusqu_au = table.date("depuis"), table.date("jusqu_au")
    if depuis is not None and jusqu_au is not None and jusqu_au < depuis:
        table.refuse("jusqu_au", f"{jusqu_au} vient avant « depuis »", f"un jour à partir du {depuis}")
    supprimee = table.take("supprimee", OUI_NON) is True
    points, classe = table.take("points", POINTS_D_UNE_INFRACTION), table.choose("classe", codes.CLASSES)
    if supprimee and (table.has("points") or table.has("classe")):
        table.refuse("supprimee", "une infraction supprimée n'a plus ni points ni classe", "l'un ou l'autre")
    elif not (supprimee or table.has("points") or table.has("classe")):
        table.refuse("", "rien n'est changé", "points, classe, ou supprimee = true")
    table.close()
    if not lignes:
        return None
    retenus = 0 if supprimee else points
    return ReformeBareme(table.lieu, lignes, depuis, jusqu_au, retenus if isinstance(retenus, int) else None, classe)


def _read_lignes(table: Table) -> tuple[str, ...]:
    """The identifiers of rows; one that ends in a star names all that begin so."""
    valeurs = table.take("lignes", TEXTES, exige=True)
    connues = tuple(dict.fromkeys(ligne.bareme for ligne in rows()))
    retenues: list[str] = []
    for rang, mot in enumerate(valeurs if isinstance(valeurs, list) else [], 1):
        debut = mot.removesuffix("*")
        trouvees = [nom for nom in connues if nom == mot or (debut != mot and nom.startswith(debut))]
        if not trouvees:
            _refuse_ligne(table, rang, mot, connues)
        retenues.extend(trouvees)
    return tuple(dict.fromkeys(retenues))


def _refuse_ligne(table: Table, rang: int, mot: str, connues: tuple[str, ...]) -> None:
    from permis.droit.bareme import search  # noqa: PLC0415  of use to a faulty draft only
    from permis.droit.dossier.fautes import suggest  # noqa: PLC0415

    proches = list(dict.fromkeys(ligne.bareme for ligne in search(mot.replace("-", " "), limite=3)))
    aide = suggest(mot, connues) or (f" (vouliez-vous dire {', '.join(proches)} ?)" if proches else "")
    attendu = "un identifiant du barème (« permis bareme MOTS » les cherche), ou son début suivi de *"
    table.refuse(f"lignes[{rang}]", f"« {mot} » n'est pas au barème{aide}", attendu)


def _read_couts(table: Table) -> Couts:
    courriers = table.table("courriers")
    lus = {reference: courriers.take(reference, EUROS) for reference in LETTRES_DUES}
    courriers.close()
    stage, horizon = table.take("stage", EUROS), table.take("horizon", HORIZON)
    table.close()
    montants = {
        cle: _euros(lu, COURRIER_RECOMMANDE if cle in RECOMMANDES else COURRIER_SIMPLE) for cle, lu in lus.items()
    }
    supposes = {cle for cle, lu in lus.items() if lu is None} | ({"stage"} if stage is None else set())
    annees = horizon if isinstance(horizon, int) else HORIZON_HABITUEL
    return Couts(montants, _euros(stage, PRIX_D_UN_STAGE), annees, frozenset(supposes))


def _euros(lu: object | None, suppose: Decimal) -> Decimal:
    return Decimal(lu) if isinstance(lu, int | Decimal) else suppose
