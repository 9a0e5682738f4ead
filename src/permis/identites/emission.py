"""Issue a confidential code: the identity check that stands behind it is written with it.

Whoever asks says which code he replaces, as his page showed it. A form sent twice, or by two agents at once, issues
one code: the second is told, and nobody reads a code that another has already replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from permis.identites.acteur import Acteur
from permis.identites.codes import issue_code
from permis.identites.models import CodeConfidentiel, ControleIdentite, Lieu, Piece
from permis.registre.verrou import lock_dossier


class CodeDejaEmisError(ValueError):
    """Another code was issued since the page was read."""


@dataclass(frozen=True, slots=True)
class CodeEmis:
    """A code, readable this once, and until when it opens the file."""

    code: str
    expire_at: datetime


def find_code(dossier: UUID) -> CodeConfidentiel | None:
    """The code that a new one would replace; what it is cannot be read."""
    return CodeConfidentiel.objects.filter(dossier=dossier, retire_at=None).first()


@transaction.atomic
def issue_after_check(
    dossier: UUID, agent: Acteur, controle: tuple[Piece, Lieu], *, remplace: UUID | None, at: datetime
) -> CodeEmis:
    """Issue a code and write the check; CodeDejaEmisError, PropreDossierError, DossierInconnuError."""
    lock_dossier(dossier)
    actuel = find_code(dossier)
    if (actuel.pk if actuel else None) != remplace:
        raise CodeDejaEmisError("the code in force is not the one that was to be replaced")
    code = issue_code(dossier, agent, at)
    emis = CodeConfidentiel.objects.get(dossier=dossier, retire_at=None)
    ControleIdentite.objects.create(code=emis, piece=controle[0], lieu=controle[1])
    return CodeEmis(code, emis.expire_at)
