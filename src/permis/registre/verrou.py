"""One writer at a time on a file."""

from __future__ import annotations

from uuid import UUID

from permis.registre.models import Dossier


class DossierInconnuError(LookupError):
    """No file bears this identifier."""


def lock_dossier(dossier_id: UUID) -> Dossier:
    """The file, until the end of the transaction nobody else's to write; DossierInconnuError.

    PostgreSQL locks the row (readers, and those who note that they read, do not wait); SQLite already gave this
    transaction the only right to write when it opened.
    """
    try:
        return Dossier.objects.select_for_update(no_key=True).get(pk=dossier_id)
    except Dossier.DoesNotExist:
        raise DossierInconnuError(f"no file {dossier_id}") from None
