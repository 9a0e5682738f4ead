"""JSON Lines: one dossier a line in, one answer a line and date out, in order, in constant memory.

A faulty line answers its faults in its place and the others are answered. An empty line is a faulty line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO, NamedTuple

from permis.commande.entree import Demande, check_jour, read_jour
from permis.commande.releve import fault_regle
from permis.commande.sortie import DEFAUT, INUTILISABLE, InutilisableError, describe_defaut, signal_fautes, write_json
from permis.droit.dossier import Dossier, read_dossier, read_options
from permis.droit.dossier.fautes import DossierInvalideError, Faute, ObjetRepetitif, show_valeur
from permis.droit.dossier.reponse import answer
from permis.droit.dossier.texte_json import TAILLE_MAXIMALE, decode_json
from permis.droit.dossier.valeurs import INTERDITS
from permis.droit.options import Options
from permis.droit.phrases import Message
from permis.droit.releve import replay
from permis.droit.rule import RegleInexistanteError

CLES_DE_LIGNE = ("ref", "le", "connu_le", "options")
DATES_MAXIMUM = 1000
REF_MAXIMUM = 200
UNE_LIGNE = Message("ligne")
UNE_REF = Message("un texte de {nombre} caractères au plus, ou un nombre entier", nombre=REF_MAXIMUM)


class Ligne(NamedTuple):
    """What one line asks: one answer for each day of `jours`."""

    dossier: Dossier
    jours: list[date]
    connu_le: date | None
    options: Options


def answer_lines(demande: Demande) -> int:
    """Answer each line of standard input; the worst exit status met."""
    statut = 0
    for rang, octets in enumerate(_split_lines(sys.stdin.buffer), start=1):
        statut = max(statut, _answer_line(rang, octets, demande), key=(0, DEFAUT, INUTILISABLE).index)
    return statut


def _split_lines(flux: BinaryIO) -> Iterator[bytes]:
    """Each line without its end; of a line too long, just enough to be refused."""
    while octets := flux.readline(TAILLE_MAXIMALE + 2):
        suite = octets
        while len(suite) > TAILLE_MAXIMALE and not suite.endswith(b"\n"):
            suite = flux.readline(TAILLE_MAXIMALE + 2)
        yield octets.removesuffix(b"\n").removesuffix(b"\r")


def _answer_line(rang: int, octets: bytes, demande: Demande) -> int:
    ref: dict[str, Any] = {}
    try:
        objet = decode_json(octets, UNE_LIGNE)
        ref = _read_ref(objet)
        ligne = _read_line(objet, demande)
        reponses = [answer(replay(ligne.dossier.faits, le, ligne.connu_le, ligne.options)) for le in ligne.jours]
    except DossierInvalideError as erreur:
        return _answer_fautes(rang, ref, erreur.fautes, INUTILISABLE)
    except RegleInexistanteError as erreur:
        return _answer_fautes(rang, ref, (fault_regle(erreur),), INUTILISABLE)
    except Exception as erreur:  # one line that we fail to answer must not silence the others
        if os.environ.get("PERMIS_TRACE"):
            raise
        defaut = Message("{defaut}", defaut=describe_defaut(erreur))
        return _answer_fautes(rang, ref, (Faute(UNE_LIGNE, defaut, Message("une réponse")),), DEFAUT)
    for reponse in reponses:
        write_json(ref | reponse, lisible=False)
    return 0


def _answer_fautes(rang: int, ref: dict[str, Any], fautes: tuple[Faute, ...], statut: int) -> int:
    """The faults in place of the answer, and on standard error with the number of the line."""
    propres = [faute._replace(lieu=faute.lieu.removeprefix(f"{UNE_LIGNE}, ligne 1, ")) for faute in fautes]
    write_json({"ref": ref.get("ref"), "erreurs": [faute._asdict() for faute in propres]}, lisible=False)
    situees = [faute._replace(lieu=f"ligne {rang}, {faute.lieu}".removesuffix(f", {UNE_LIGNE}")) for faute in propres]
    signal_fautes(InutilisableError("-", situees))
    return statut


def _read_ref(objet: object) -> dict[str, Any]:
    """The reference of a line, if it has a usable one, so that its faults can bear it."""
    if not isinstance(objet, dict) or "ref" not in objet:
        return {}
    return {"ref": objet["ref"]} if _is_ref(objet["ref"]) else {}


def _is_ref(ref: object) -> bool:
    if type(ref) is str:
        return 0 < len(ref) <= REF_MAXIMUM and not INTERDITS.search(ref)
    return type(ref) is int and abs(ref) < 2**63


def _read_line(objet: object, demande: Demande) -> Ligne:
    """A dossier and what is asked of it; DossierInvalideError with every fault of both."""
    fautes: list[Faute] = []
    lu = dict(objet) if isinstance(objet, dict) else {}
    if "ref" in lu and not _is_ref(lu["ref"]):
        faute = Message("{valeur} n'est pas une référence", valeur=show_valeur(lu["ref"]))
        fautes.append(Faute("ref", faute, UNE_REF))
    jours = _read_jours(lu["le"], fautes) if "le" in lu else [demande.le]
    connu_le = read_jour(lu["connu_le"], "connu_le", fautes) if "connu_le" in lu else demande.connu_le
    options = _read_options(lu.get("options", {}), demande, fautes)
    dossier = _read_dossier(objet, fautes)
    if fautes or dossier is None:
        raise DossierInvalideError(fautes)
    return Ligne(dossier, jours, connu_le, options)


def _read_jours(valeur: object, fautes: list[Faute]) -> list[date]:
    """The day, or the days, of one line; each fault with its rank."""
    if isinstance(valeur, list) and not 0 < len(valeur) <= DATES_MAXIMUM:
        attendu = Message("une date, ou une liste de 1 à {nombre} dates", nombre=DATES_MAXIMUM)
        fautes.append(Faute("le", Message("{nombre} dates", nombre=len(valeur)), attendu))
        return []
    situes = {f"le[{rang}]": lu for rang, lu in enumerate(valeur)} if isinstance(valeur, list) else {"le": valeur}
    jours: list[date] = []
    for lieu, lu in situes.items():
        jour = read_jour(lu, lieu, fautes)
        fautes += check_jour(jour, lieu)
        jours += [jour] if jour is not None else []
    return jours


def _read_options(objet: object, demande: Demande, fautes: list[Faute]) -> Options:
    """The options of the line, over those of the command line."""
    try:
        read_options(objet)
        return read_options({**demande.options, **objet} if isinstance(objet, dict) else objet)
    except DossierInvalideError as erreur:
        fautes += erreur.fautes
        return Options()


def _read_dossier(objet: object, fautes: list[Faute]) -> Dossier | None:
    """The dossier without the keys of the line; a key given twice stays a fault."""
    if isinstance(objet, dict):
        propre: dict[str, object] = {cle: valeur for cle, valeur in objet.items() if cle not in CLES_DE_LIGNE}
        if isinstance(objet, ObjetRepetitif):
            propre = ObjetRepetitif(propre)
            propre.repetees = objet.repetees
        objet = propre
    try:
        return read_dossier(objet)
    except DossierInvalideError as erreur:
        fautes += erreur.fautes
        return None
