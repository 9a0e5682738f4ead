"""Civil status as FranceConnect gives it: presumed dates, no first name, born abroad; and how two are compared."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Final

SEXES: Final = frozenset({"female", "male", "unspecified"})
FORME_NAISSANCE: Final = re.compile(r"\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])", re.ASCII)
FORME_PAYS: Final = re.compile(r"\d{5}", re.ASCII)


class EtatCivilInvalideError(ValueError):
    """A civil status that no source gives; it names the field, never its value."""


@dataclass(frozen=True, slots=True)
class EtatCivil:
    """Who holds a licence, in the six fields of the pivot identity and the name in use.

    `naissance` keeps FranceConnect's ten characters: month or day may be 00 where the birth is presumed. A person may
    have no birth name or no first name; `lieu_naissance` is empty for whoever was born abroad.
    """

    nom_naissance: str
    nom_usage: str
    prenoms: tuple[str, ...]
    naissance: str
    sexe: str
    lieu_naissance: str
    pays_naissance: str

    def __post_init__(self) -> None:
        if self.sexe not in SEXES:
            raise EtatCivilInvalideError(f"sexe: one of {sorted(SEXES)} is expected")
        if not FORME_NAISSANCE.fullmatch(self.naissance):
            raise EtatCivilInvalideError("naissance: AAAA-MM-JJ is expected, 00 for a month or a day not known")
        if not FORME_PAYS.fullmatch(self.pays_naissance):
            raise EtatCivilInvalideError("pays_naissance: the five digits of INSEE's code are expected")
        if not (self.nom_naissance or self.prenoms):
            raise EtatCivilInvalideError("a birth name or a first name is expected: this person has neither")

    def write(self) -> str:
        """As kept, once sealed: one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def pivot_strict(self) -> str:
        """The six fields of the pivot identity, normalised: two persons of one pivot are taken for one."""
        prenoms = [normalise_nom(prenom) for prenom in self.prenoms]
        return _join(normalise_nom(self.nom_naissance), prenoms, *self._naissance, self.pays_naissance)

    @property
    def pivot_souple(self) -> str:
        """Birth name, first of the first names, birth date and sex: a resemblance, to be confirmed."""
        prenom = [normalise_nom(prenom) for prenom in self.prenoms[:1]]
        return _join(normalise_nom(self.nom_naissance), prenom, self.naissance, self.sexe)

    @property
    def _naissance(self) -> tuple[str, str, str]:
        return self.naissance, self.sexe, normalise_nom(self.lieu_naissance)


def read_etat_civil(texte: str) -> EtatCivil:
    """The civil status that `EtatCivil.write` wrote."""
    champs = json.loads(texte)
    return EtatCivil(**{**champs, "prenoms": tuple(champs["prenoms"])})


def normalise_nom(nom: str) -> str:
    """A name as two registers can share it: no accent, capitals, hyphens and apostrophes as one space."""
    plat = "".join(c for c in unicodedata.normalize("NFKD", nom) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[-'’‘ʼ‐‑‒–]", " ", plat.replace("Œ", "OE").replace("œ", "oe")).upper().split())


def _join(*parts: object) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
