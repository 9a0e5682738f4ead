"""The names of offences exist in French only: a text in another language says where it cites them.

Whoever draws it marks them as French, so that a voice reads them as such (WCAG 2.1, 3.1.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from permis.courriers.contenu.formes import Bloc
from permis.courriers.contenu.langues import APOSTROPHE
from permis.droit.faits import Fait, Infraction
from permis.typographie import is_french, space


def list_french_names(faits: Iterable[Fait], blocs: Sequence[Bloc]) -> list[str]:
    """The offence names of a file that a text cites, each as it is written there, the longest first; none in French."""
    if is_french():
        return []
    noms = {forme for f in faits if isinstance(f, Infraction) and f.libelle for forme in _forms(f.libelle)}
    textes = list(_strings(blocs))
    return sorted((nom for nom in noms if any(nom in texte for texte in textes)), key=lambda nom: (-len(nom), nom))


def _forms(libelle: str) -> tuple[str, ...]:
    """A sentence of the law keeps a name as it is, a sentence of a letter curls its apostrophes, a table spaces it."""
    return libelle, libelle.replace("'", APOSTROPHE), space(libelle)


def _strings(valeur: object) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, dict):
        yield from _strings(list(valeur.values()))
    elif isinstance(valeur, list | tuple):
        for dedans in valeur:
            yield from _strings(dedans)
