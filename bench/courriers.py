"""Letters a second on two cores, unsigned and signed, beside WeasyPrint with the same letter; the memory they take.

    make bench        or        python bench/courriers.py [LETTERS A ROUND] [LETTERS FOR THE MEMORY]

Two processes draw at once, each letter with its own name, number and seal (the seal is drawn, not signed: a letter has
it once). Rounds are interleaved: unsigned, signed, WeasyPrint, unsigned… Ratios are of processor time.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

RACINE = Path(__file__).parents[1]
sys.path.insert(0, str(RACINE))

PAR_DEFAUT = (200, 4_000)  # letters a round, letters for the memory (100,000 for a full measure)
TOURS, COEURS, ECHAUFFEMENT = 5, 2, 10
BUT = 6.0  # times WeasyPrint, unsigned
PALIERS = 10
GRAINE = 20261122
MO = 1024
SIGNES = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
Dessin = Callable[[int], bytes]


class Tour(NamedTuple):
    """A round of one way of drawing: letters a second of both processes together, processor ms a letter, octets."""

    par_seconde: float
    ms: float
    octets: int


def draw_lettre(rang: int) -> tuple[dict[str, Any], str]:
    """A 48 of a person that nobody else is, and its seal."""
    from tests.courriers.exemplaires import SCEAU, read_contenu  # noqa: PLC0415  each process imports what it draws with

    hasard = random.Random(GRAINE + rang)  # noqa: S311  a benchmark, always the same
    contenu = read_contenu("lettre_48")
    contenu["numero"] = "-".join("".join(hasard.choices(SIGNES, k=4)) for _ in range(4))
    contenu["destinataire"]["nom_complet"] = f"Angèle {''.join(hasard.choices(SIGNES[10:], k=12))}"
    premier = next(bloc for bloc in contenu["textes"]["fr"]["blocs"] if bloc["type"] == "paragraphe")
    premier["texte"] = premier["texte"].replace("Madame", f"Madame {contenu['destinataire']['nom_complet']}")
    return contenu, SCEAU[:-20] + "".join(hasard.choices(SIGNES[10:], k=20))


def draw_unsigned(rang: int) -> bytes:
    from permis.courriers.rendu import render_pdf  # noqa: PLC0415
    from tests.courriers.exemplaires import ADRESSE  # noqa: PLC0415

    contenu, sceau = draw_lettre(rang)
    return render_pdf(contenu, sceau=sceau, adresse=ADRESSE, specimen=True)


def draw_signed(rang: int) -> bytes:
    from permis.courriers.signature import sign_pdf  # noqa: PLC0415

    return sign_pdf(draw_unsigned(rang), at=datetime.now(UTC))


def draw_weasyprint(rang: int) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415

    from bench.lettre_html import write_html  # noqa: PLC0415
    from tests.courriers.exemplaires import ADRESSE  # noqa: PLC0415

    contenu, sceau = draw_lettre(rang)
    polices, feuille = shared_fonts()
    page = HTML(string=write_html(contenu, sceau, ADRESSE))
    octets: bytes = page.write_pdf(font_config=polices, stylesheets=[feuille], pdf_variant="pdf/ua-1")
    return octets


@cache
def shared_fonts() -> tuple[Any, Any]:
    """One configuration of fonts and one style sheet for all the letters of a process."""
    from weasyprint import CSS  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    from bench.lettre_html import FEUILLE  # noqa: PLC0415

    polices = FontConfiguration()
    return polices, CSS(string=FEUILLE, font_config=polices)


DESSINS: dict[str, Dessin] = {
    "unsigned": draw_unsigned,
    "signed": draw_signed,
    "WeasyPrint": draw_weasyprint,
}


def start_process() -> None:
    """Where the keys of trials are; nothing else of Django is needed."""
    from django.conf import settings  # noqa: PLC0415

    settings.configure(PERMIS_AUTORITE=os.environ["PERMIS_AUTORITE"], PERMIS_AUTORITE_A_CREER=True)


def run_part(nom: str, premier: int, nombre: int) -> tuple[float, int]:
    """Draw letters in this process, after a few that do not count; processor seconds, octets of the last."""
    dessin = DESSINS[nom]
    for rang in range(ECHAUFFEMENT):
        dessin(rang)
    debut, octets = process_time(), b""
    for rang in range(premier, premier + nombre):
        octets = dessin(rang)
    return process_time() - debut, len(octets)


def run_tour(processus: ProcessPoolExecutor, nom: str, premier: int, nombre: int) -> Tour:
    """Both processes at once, half of the letters each."""
    part = nombre // COEURS
    debut = perf_counter()
    parts = list(
        processus.map(run_part, *zip(*((nom, premier + part * rang, part) for rang in range(COEURS)), strict=True))
    )
    duree, faites = perf_counter() - debut, part * COEURS
    return Tour((faites + ECHAUFFEMENT * COEURS) / duree, sum(cpu for cpu, _ in parts) / faites * 1000, parts[0][1])


def read_memoire() -> float:
    """Megabytes that this process holds now."""
    lignes = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(ligne for ligne in lignes if ligne.startswith("VmRSS")).split()[1]) / MO


def run_memoire(nombre: int) -> list[float]:
    """Letters without end in this process; what it holds after each tenth of them."""
    paliers = []
    for palier in range(PALIERS):
        for rang in range(palier * nombre // PALIERS, (palier + 1) * nombre // PALIERS):
            draw_unsigned(rang)
        paliers.append(read_memoire())
    return paliers


def list_dessins() -> list[str]:
    """WeasyPrint needs Pango, of the system."""
    try:
        draw_weasyprint(0)
    except (ImportError, OSError) as erreur:
        print(f"WeasyPrint is left out: {str(erreur).splitlines()[0]}")
        return [nom for nom in DESSINS if nom != "WeasyPrint"]
    return list(DESSINS)


def show(tours: dict[str, list[Tour]]) -> None:
    print(f"{'':14}{'letters/s':>18}{'processor ms/letter':>28}{'times WeasyPrint':>26}{'kB':>6}")
    for nom, faits in tours.items():
        rapports = [w.ms / t.ms for w, t in zip(tours.get("WeasyPrint", []), faits, strict=False)]
        print(
            f"{nom:14}{spread([t.par_seconde for t in faits], 0):>18}{spread([t.ms for t in faits], 1):>28}"
            f"{spread(rapports, 2) if rapports else '':>26}{faits[0].octets / 1000:6.0f}"
        )


def spread(valeurs: list[float], decimales: int) -> str:
    """The median, with the least and the most."""
    return f"{median(valeurs):.{decimales}f} ({min(valeurs):.{decimales}f}–{max(valeurs):.{decimales}f})"


def main() -> None:
    lettres, memoire = [int(mot) for mot in sys.argv[1:]] + list(PAR_DEFAUT[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as dossier:
        os.environ["PERMIS_AUTORITE"] = f"{dossier}/autorite"
        start_process()
        run_part("signed", 0, 0)  # the keys are made once, before two processes want them
        noms = list_dessins()
        versions = f"Python {sys.version.split()[0]}, {TOURS} rounds of {lettres} letters, {COEURS} processes"
        print(f"{versions}; medians (least to most); at least {BUT:.0f} times WeasyPrint is aimed at, unsigned")
        tours: dict[str, list[Tour]] = {nom: [] for nom in noms}
        contexte = get_context("spawn")
        with ProcessPoolExecutor(COEURS, mp_context=contexte, initializer=start_process) as processus:
            for tour in range(TOURS):
                for nom in noms:
                    tours[nom].append(run_tour(processus, nom, (tour + 1) * 10_000, lettres))
        show(tours)
        with ProcessPoolExecutor(1, mp_context=contexte, initializer=start_process) as processus:
            paliers = processus.submit(run_memoire, memoire).result()
        tenus = ", ".join(f"{palier:.0f}" for palier in paliers)
        print(f"one process, {memoire:,} letters unsigned; MB held after each tenth of them: {tenus}")


if __name__ == "__main__":
    main()
