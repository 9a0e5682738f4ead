"""What each work of `permis registre` does, once Django is started."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from permis.commande.comptes import count
from permis.commande.entree import LIGNE_DE_COMMANDE, read_jour
from permis.commande.national import A_INSTALLER, REQUIS
from permis.commande.registre import ALTERE
from permis.commande.registre_projeter import project_journee
from permis.commande.sortie import INUTILISABLE, InutilisableError, write_json
from permis.droit.dossier.fautes import DossierInvalideError, Faute
from permis.droit.dossier.texte_json import decode_json
from permis.droit.phrases import Message
from permis.registre.bilan import Anomalie, Bilan
from permis.registre.conservation import erase, faits_effacables
from permis.registre.projection import drop, rebuild_projections, refresh_projections
from permis.registre.rotation import rotate_cles
from permis.registre.temps import jour_legal
from permis.registre.trousseau import init_trousseau
from permis.registre.verification import (
    RacineDuJour,
    publish_racine,
    verify_chains,
    verify_racine,
    verify_racines,
    verify_scelles,
)
from permis.registre.verrou import every_dossier


def verify(lus: Namespace) -> int:
    """Walk every chain, open what is sealed, then compare the roots kept and the one given."""
    publiee = _read_racine(lus.racine) if lus.racine else None
    bilan = verify_chains(at=_now())
    bilan.anomalies += verify_scelles()
    bilan.anomalies += verify_racines(None) if lus.toutes else verify_racines()
    bilan.anomalies += verify_racine(publiee) if publiee else []
    if lus.json:
        write_json(_write_bilan(bilan))
    else:
        _show_bilan(bilan)
    return 0 if bilan.intact else ALTERE


def _write_bilan(bilan: Bilan) -> dict[str, Any]:
    anomalies = [{**asdict(anomalie), "dossier": _text(anomalie.dossier)} for anomalie in bilan.anomalies]
    effacements = [{**asdict(effacement), "le": effacement.le.isoformat()} for effacement in bilan.effacements]
    return {**asdict(bilan), "effacements": effacements, "intact": bilan.intact, "anomalies": anomalies}


def _text(valeur: object) -> str | None:
    return None if valeur is None else str(valeur)


def _show_bilan(bilan: Bilan) -> None:
    dits = f"{count(bilan.dossiers, 'dossier')}, {count(bilan.faits, 'fait')} dont {count(bilan.effaces, 'effacé')}"
    print(f"{dits} (art. L. 225-2).")
    for effacements in bilan.effacements:
        print(f"  effacés le {effacements.le}, {effacements.regle} : {effacements.nombre}")
    for anomalie in bilan.anomalies:
        print(_describe(anomalie))
    print("Intact." if bilan.intact else f"ALTÉRÉ : {count(len(bilan.anomalies), 'anomalie')}.")


def _describe(anomalie: Anomalie) -> str:
    rang = f", rang {anomalie.rang}" if anomalie.rang else ""
    lieu = f"dossier {anomalie.dossier}{rang} : " if anomalie.dossier else ""
    return f"  {lieu}{anomalie.constat}"


def _read_racine(chemin: str) -> RacineDuJour:
    attendu = Message("ce qu'écrit « permis registre racine »")
    try:
        octets = sys.stdin.buffer.read() if chemin == "-" else Path(chemin).read_bytes()
        objet = decode_json(octets)
        return RacineDuJour(**{**objet, "le": date.fromisoformat(objet["le"])})  # type: ignore[arg-type,dict-item,index]
    except OSError:
        faute = Message("illisible")
    except (DossierInvalideError, KeyError, TypeError, ValueError):
        faute = Message("ce n'est pas une racine")
    raise InutilisableError(chemin, [Faute("--racine", faute, attendu)])


def publish(lus: Namespace) -> int:
    """Write the root of a day that is over, as JSON."""
    at = _now()
    le = _read_le(lus, jour_legal(at) - timedelta(days=1))
    if le >= jour_legal(at):
        faute = Faute("--le", Message("le {jour} n'est pas fini", jour=le), Message("un jour échu"))
        raise InutilisableError(LIGNE_DE_COMMANDE, [faute])
    racine = publish_racine(le, at=at)
    write_json({**asdict(racine), "le": le.isoformat()})
    return 0


def project(lus: Namespace) -> int:
    """Compute again the balances of lists: those whose day has come, or all."""
    if lus.quotidien is not None:
        return project_journee(lus)
    le = _read_le(lus, jour_legal(_now()))
    if lus.reconstruire:
        drop()
    nombre = rebuild_projections(le) if lus.reconstruire else refresh_projections(le)
    print(f"{nombre} soldes calculés au {le}.")
    return 0


def export(lus: Namespace) -> int:
    """Write the facts of every file for the national computation, which needs Arrow."""
    absents = [nom for nom in REQUIS if find_spec(nom) is None]
    if absents:
        print(f"permis registre: il manque {' et '.join(absents)} ; attendu : {A_INSTALLER}", file=sys.stderr)
        return INUTILISABLE
    from permis.commande.registre_export import export_faits  # noqa: PLC0415  Arrow only where it is used

    depuis = None if lus.depuis is None else _read_le(lus, date.min, "depuis")
    return export_faits(lus, depuis, _now())


def rotate(lus: Namespace) -> int:
    """Change the key, or make the first one."""
    if lus.creer:
        init_trousseau()
        print(f"Trousseau créé : {settings.PERMIS_TROUSSEAU}. Sauvegardez-le ailleurs que la base.")
        return 0
    rotation = rotate_cles()
    print(
        f"Clé courante : {rotation.courante} ; {rotation.lignes} lignes scellées de nouveau. Sauvegardez le trousseau."
    )
    return 0


def keep(lus: Namespace) -> int:
    """Say what retention erases, file by file; erase it if told to."""
    at = _now()
    le = _read_le(lus, jour_legal(at))
    if lus.appliquer and le > jour_legal(at):
        faute = Faute("--le", Message("le {jour} n'est pas venu", jour=le), Message("au plus tard aujourd'hui"))
        raise InutilisableError(LIGNE_DE_COMMANDE, [faute])
    effaces = gardes = 0
    for dossier in every_dossier():
        choix = erase(dossier, le, at=at) if lus.appliquer else faits_effacables(dossier, le)
        effaces, gardes = effaces + len(choix.effacables), gardes + len(choix.gardes)
        for nom in sorted({regle.nom for regle in choix.effacables.values()}):
            nombre = sum(regle.nom == nom for regle in choix.effacables.values())
            print(f"  dossier {dossier} : {count(nombre, 'fait')}, {nom}")
        for motif in sorted(set(choix.gardes.values())):
            nombre = list(choix.gardes.values()).count(motif)
            print(f"  dossier {dossier} : {count(nombre, 'fait gardé')}, {motif}")
    dits = count(effaces, "fait effacé") if lus.appliquer else count(effaces, "fait à effacer", "faits à effacer")
    print(f"{dits} au {le}, {count(gardes, 'gardé')}. Art. L. 225-2.")
    if effaces and not lus.appliquer:
        print("À sec : rien n'a été effacé ; --appliquer efface.")
    return 0


def _now() -> datetime:
    """The only reading of the clock in a run."""
    return timezone.now()


def _read_le(lus: Namespace, defaut: date, nom: str = "le") -> date:
    texte = getattr(lus, nom)
    if texte is None:
        return defaut
    fautes: list[Faute] = []
    jour = read_jour(texte, f"--{nom}", fautes)
    if jour is None:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)
    return jour


TRAVAUX: Final[dict[str, Callable[[Namespace], int]]] = {
    "verifier": verify,
    "racine": publish,
    "projeter": project,
    "exporter": export,
    "tourner-cles": rotate,
    "conserver": keep,
}
