"""The `permis` command: it loads a subcommand only when it runs, and never shows a traceback.

Exit status: 0 answered, 2 unusable input (each fault on standard error, nothing on standard output), 1 our own defect.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from permis.commande.analyseur import Analyseur
from permis.commande.sortie import DEFAUT, InutilisableError, signal_defaut, signal_fautes

COMMANDES = {
    "releve": "le solde d'un permis à une date, et chaque mouvement avec sa raison",
    "simuler": "la même réponse si quelque chose de plus arrivait, à côté de la vraie",
    "bareme": "ce que coûte une infraction, par mots ou par code NATINF",
    "courriers": "les lettres que la loi fait écrire : lesquelles, puis les écrire, envoyer, suivre, oublier",
    "verifier": "une lettre ou un relevé est-il authentique : son PDF, l'image ou le texte de son 2D-Doc",
    "autorite": "les clés qui scellent les lettres et signent leurs PDF",
    "registre": "la garde du registre : vérifier, publier, projeter, exporter, changer de clés, effacer selon la loi",
    "national": "le fichier national d'un coup : le solde de chaque permis d'un fichier de colonnes",
}
FIN = "Rien n'est enregistré ni transmis. Format des dossiers : docs/formats/dossier.md."

INTERROMPU, TUYAU_FERME = 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    try:
        statut = run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except InutilisableError as erreur:
        statut = signal_fautes(erreur)
    except KeyboardInterrupt:
        statut = INTERROMPU
    except BrokenPipeError:
        statut = _close_output(TUYAU_FERME)
    except OSError as erreur:
        print(f"permis: lecture ou écriture impossible ({erreur.strerror})", file=sys.stderr)
        statut = _close_output(DEFAUT)
    except Exception as erreur:  # noqa: BLE001  nobody should meet a traceback, nor their own data inside one
        statut = signal_defaut(erreur)
    return statut


def run(argv: Sequence[str]) -> int:
    """Read the words of the command line and hand over to the subcommand."""
    analyseur = Analyseur(prog="permis", description="Le permis à points, d'après le code de la route.", epilog=FIN)
    analyseur.add_argument("--version", action="store_true", help="écrit la version et s'arrête")
    sous = analyseur.add_subparsers(dest="commande", metavar="COMMANDE", prog="permis", title="commandes")
    demandee = next((mot for mot in argv if not mot.startswith("-")), None)
    for nom, resume in COMMANDES.items():
        sous_analyseur = sous.add_parser(nom, help=resume, description=f"{resume[0].upper()}{resume[1:]}.")
        if nom == demandee:
            module = import_module(f"permis.commande.{nom}")
            module.declare(sous_analyseur)
            sous_analyseur.set_defaults(action=module.run)
    lus = analyseur.parse_args(list(argv))
    if lus.version:
        return _show_version()
    if lus.commande is None:
        analyseur.error(f"il manque la commande : {', '.join(COMMANDES)}")
    statut: int = lus.action(lus)
    return statut


def _show_version() -> int:
    from permis import __version__  # noqa: PLC0415

    print(f"permis {__version__}")
    return 0


def _close_output(statut: int) -> int:
    """Nobody reads any more, or nothing can be written: what is left to write goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return statut


if __name__ == "__main__":
    sys.exit(main())
