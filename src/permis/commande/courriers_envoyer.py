"""`permis courriers remettre`, `recevoir`, `constater` and `veille`: what is written leaves, and is followed."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from permis.commande.comptes import agree, count, format_nombre
from permis.commande.courriers_ecrire import EN_ECHEC
from permis.commande.sortie import DEFAUT, INUTILISABLE, write_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction
    from collections.abc import Sequence

    from permis.courriers.recepisses import Bilan, Rejet
    from permis.courriers.veille import Bloque

A_REGARDER = 3
"""The status that calls somebody: lines refused, letters stuck."""


def declare(sous: _SubParsersAction[ArgumentParser]) -> None:
    """The words of these four."""
    remettre = sous.add_parser("remettre", help="envoie ce qui est écrit : à l'imprimeur, ou dans les espaces")
    remettre.add_argument("depot", metavar="DOSSIER", type=Path, help="où l'imprimeur prend les remises")
    remettre.add_argument(
        "--lettres", metavar="N", type=_positif, default=2000, help="au plus par remise (2000 par défaut)"
    )
    recevoir = sous.add_parser("recevoir", help="prend les récépissés de l'imprimeur et de la poste")
    recevoir.add_argument("fichiers", metavar="FICHIER", nargs="+", type=Path, help="docs/formats/imprimerie.md")
    recevoir.add_argument("--rejets", metavar="FICHIER", type=Path, help="y écrit les lignes refusées, avec la raison")
    sous.add_parser("constater", help="note réputés connus les courriers déposés depuis quinze jours")
    veille = sous.add_parser("veille", help="liste ce qui est bloqué, et depuis quand")
    veille.add_argument("--json", action="store_true", help="répond en JSON")


def _positif(texte: str) -> int:
    if not texte.isascii() or not texte.isdigit() or not int(texte):
        raise ArgumentTypeError(f"{texte!r} ; attendu : un nombre entier, 1 au moins")
    return int(texte)


def send(lus: Namespace) -> int:
    """Letters that go again, drops for the print house, electronic letters made available."""
    from permis.courriers.voies import electronique, imprimerie, renvois  # noqa: PLC0415  they need Django started

    at = _now()
    repartis = renvois.send_again(at=at)
    depot = imprimerie.drop(lus.depot, at=at, nombre=lus.lettres)
    mise = electronique.make_available(at=at)
    postes = sum(remise.nombre for remise in depot.faites)
    print(
        f"{count(len(depot.faites), 'remise déposée')}, {count(postes, 'courrier')} ; "
        f"{count(repartis, 'renvoyé')} à une nouvelle adresse ; "
        f"{format_nombre(mise.disponibles)} mis à disposition, "
        f"{count(mise.prevenus, 'titulaire prévenu')}."
    )
    if attendent := depot.sans_adresse + mise.sans_alerte:
        print(
            f"permis courriers: {count(attendent, 'courrier attend', 'courriers attendent')} "
            f"({format_nombre(depot.sans_adresse)} sans adresse, "
            f"{format_nombre(mise.sans_alerte)} sans alerte possible) ; voir « permis courriers veille »",
            file=sys.stderr,
        )
    for refus in [*depot.refusees, *(f"dossier {dossier} {EN_ECHEC}" for dossier in mise.echecs)]:
        print(f"permis courriers: {refus}", file=sys.stderr)
    return DEFAUT if depot.refusees or mise.echecs else 0


def receive(lus: Namespace) -> int:
    """Take files of receipts in; the lines refused are told, and stop no other."""
    from permis.courriers.recepisses import FichierRefuseError, take  # noqa: PLC0415

    statut, rejets = 0, list[tuple[Path, "Rejet"]]()
    for fichier in lus.fichiers:
        try:
            with fichier.open(encoding="utf-8-sig", errors="replace", newline="") as lignes:
                bilan = take(lignes, at=_now())
        except (FichierRefuseError, OSError) as erreur:
            print(f"{fichier}: {getattr(erreur, 'strerror', None) or erreur}", file=sys.stderr)
            statut = INUTILISABLE
            continue
        _tell(fichier, bilan)
        rejets += [(fichier, rejet) for rejet in bilan.rejets]
    if lus.rejets is not None:
        _write_rejets(lus.rejets, rejets)
    return statut or (A_REGARDER if rejets else 0)


def _tell(fichier: Path, bilan: Bilan) -> None:
    print(
        f"{fichier} : {count(bilan.notees, 'étape notée')}, {count(bilan.deja, 'déjà connue', 'déjà connues')}, "
        f"{count(bilan.notifications, 'notification')} au registre, {count(len(bilan.rejets), 'ligne refusée')}."
    )
    for rejet in bilan.rejets:
        print(f"{fichier}: ligne {rejet.ligne} : {rejet.raison}", file=sys.stderr)


def _write_rejets(chemin: Path, rejets: Sequence[tuple[Path, Rejet]]) -> None:
    """For a person, who alone reads it, in a spreadsheet: a cell that would run as a formula is written as text."""
    import csv  # noqa: PLC0415
    import os  # noqa: PLC0415

    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descripteur, 0o600)  # it may have been there, open to others
    with os.fdopen(descripteur, "w", encoding="utf-8", newline="") as sortie:
        ecriture = csv.writer(sortie, delimiter=";")
        ecriture.writerow(["fichier", "ligne", "raison", "texte"])
        for fichier, rejet in rejets:
            cases = [fichier.name, str(rejet.ligne), rejet.raison, rejet.texte]
            ecriture.writerow([f"'{case}" if case.startswith(("=", "+", "-", "@")) else case for case in cases])


def note(lus: Namespace) -> int:
    """Deem known what its fifteen days have made so."""
    del lus
    from permis.courriers.voies.electronique import constater  # noqa: PLC0415

    print(f"{count(constater(at=_now()), 'courrier réputé connu')}.")
    return 0


def watch(lus: Namespace) -> int:
    """Everything stuck, the oldest first; a status that calls somebody if there is any."""
    from permis.courriers.veille import list_stuck  # noqa: PLC0415

    bloques = list_stuck(at=_now())
    if lus.json:
        write_json([_as_json(bloque) for bloque in bloques])
    else:
        print("\n".join(map(_as_line, bloques)) or "Rien n'est bloqué.")
    return A_REGARDER if bloques else 0


def _as_json(bloque: Bloque) -> dict[str, object]:
    valeurs = bloque._asdict() | {"depuis": bloque.depuis.isoformat()}
    return {
        cle: str(valeur) if cle in {"dossier", "courrier"} else valeur for cle, valeur in valeurs.items() if valeur
    }


def _as_line(bloque: Bloque) -> str:
    from permis.courriers.veille import RAISONS  # noqa: PLC0415

    quoi = " ".join(
        str(mot) for mot in (bloque.reference, bloque.voie, bloque.courrier, bloque.remise, bloque.detail) if mot
    )
    dossier = f" (dossier {bloque.dossier})" if bloque.dossier else ""
    duree = f"{bloque.jours:4} {agree(bloque.jours, 'jour'):5}"
    return f"{bloque.depuis}  {duree}  {RAISONS[bloque.raison]} : {quoi}{dossier}"


def _now() -> datetime:
    """The only reading of the clock in a run."""
    from django.utils import timezone  # noqa: PLC0415

    return timezone.now()


TRAVAUX = {"remettre": send, "recevoir": receive, "constater": note, "veille": watch}
