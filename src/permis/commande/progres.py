"""How far a long run is, on standard error: a bar on a terminal, else a line now and then; and how it is stopped."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from types import FrameType

LARGEUR = 30
PAUSE_TERMINAL, PAUSE_LIGNE = 0.2, 10.0
"""Seconds between two drawings, and between two lines where nobody looks."""


class Progres:
    """Draws the share done of a run; nothing at all if it is `silencieux`."""

    def __init__(self, *, silencieux: bool) -> None:
        self._silencieux = silencieux
        self._terminal = sys.stderr.isatty()
        self._debut = self._dernier = monotonic()

    def show(self, part: float, quoi: str) -> None:
        """The share done, from 0 to 1, and what was done in words; drawn if the last time is old enough."""
        instant = monotonic()
        if self._silencieux or instant - self._dernier < (PAUSE_TERMINAL if self._terminal else PAUSE_LIGNE):
            return
        self._dernier = instant
        self._draw(part, f"{part:4.0%}  {quoi}{self._remaining(part, instant)}")

    def _remaining(self, part: float, instant: float) -> str:
        if part <= 0:
            return ""
        secondes = (instant - self._debut) * (1 - part) / part
        return f", encore {format_duree(secondes)}"

    def _draw(self, part: float, texte: str) -> None:
        if self._terminal:
            pleins = round(part * LARGEUR)
            sys.stderr.write(f"\r[{'#' * pleins}{'.' * (LARGEUR - pleins)}] {texte}\x1b[K")
        else:
            sys.stderr.write(f"permis national: {texte}\n")
        sys.stderr.flush()

    def close(self) -> float:
        """Leave the line clean; how many seconds went by."""
        if self._terminal and not self._silencieux:
            sys.stderr.write("\r\x1b[K")
        return monotonic() - self._debut


def format_duree(secondes: float) -> str:
    """A length of time as a reader counts it."""
    if secondes < 60:  # noqa: PLR2004  a minute
        return f"{secondes:.1f} s".replace(".", ",")
    minutes = round(secondes / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02}"  # noqa: PLR2004  two hours


class Arret(Event):
    """Set when the run is asked to stop; `statut` is then its exit status."""

    statut = 0

    def say(self, faites: int, parts: int) -> int:
        """Tell where a run of parts stopped, and that it can go on; the exit status."""
        reprise = "la même commande reprend où elle en était"
        print(f"permis national: arrêté, {faites} parts faites sur {parts} ; {reprise}", file=sys.stderr)
        return self.statut


@contextmanager
def stop_on_signals() -> Iterator[Arret]:
    """SIGINT and SIGTERM ask the run to stop; a second one ends it at once."""
    arret = Arret()

    def ask(numero: int, _: FrameType | None) -> None:
        arret.statut = 128 + numero
        arret.set()
        signal.signal(numero, signal.SIG_DFL)

    avant = {numero: signal.signal(numero, ask) for numero in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield arret
    finally:
        for numero, ancien in avant.items():
            signal.signal(numero, ancien)
