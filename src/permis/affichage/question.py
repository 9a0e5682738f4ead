"""What a surface asks of a licence: its facts, the day, the day of knowledge, the open choices, what is supposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from permis.droit.dossier import Dossier
from permis.droit.dossier.hypotheses import apply_hypotheses
from permis.droit.faits import Fait
from permis.droit.options import Options
from permis.droit.releve import Releve, replay


@dataclass(frozen=True, slots=True)
class Question:
    """One question, wherever the facts come from; `si` holds suppositions as the command line writes them."""

    faits: tuple[Fait, ...]
    le: date
    aujourdhui: date
    connu_le: date | None = None
    options: Options = field(default_factory=Options)
    si: tuple[str, ...] = ()

    @property
    def connaissance(self) -> date:
        """The day of knowledge: the one asked, else all that is known today."""
        return self.connu_le or max(self.le, self.aujourdhui)

    @property
    def choix(self) -> dict[str, str]:
        """The options that differ from their default, for the fields that carry them."""
        defauts = asdict(Options())
        return {nom: str(valeur) for nom, valeur in asdict(self.options).items() if valeur != defauts[nom]}

    def answer(self) -> Releve:
        """The statement, as things are."""
        return replay(self.faits, self.le, self.connaissance, self.options)

    def supposed_faits(self) -> tuple[Fait, ...]:
        """The facts, with those that are supposed; DossierInvalideError."""
        return apply_hypotheses(Dossier(None, self.faits), self.si, self.connaissance).faits

    def suppose(self) -> Releve:
        """The statement if what is supposed were true; DossierInvalideError."""
        return replay(self.supposed_faits(), self.le, self.connaissance, self.options)

    def supposing(self, si: Iterable[str]) -> Question:
        """The same question with these suppositions, each once."""
        return replace(self, si=tuple(dict.fromkeys(si)))
