"""What a verification walked, and what it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Anomalie:
    """What does not hold: in which file, at which rank, and what was found, in French. No word of a fact."""

    dossier: UUID | None
    rang: int | None
    constat: str


@dataclass(frozen=True, slots=True, order=True)
class EffacementsDuJour:
    """How many facts a rule erased in a legal day."""

    le: date
    regle: str
    nombre: int


@dataclass(slots=True)
class Bilan:
    """How many files and facts, which erasures, and what does not hold."""

    dossiers: int = 0
    faits: int = 0
    effaces: int = 0
    effacements: list[EffacementsDuJour] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether everything holds."""
        return not self.anomalies
