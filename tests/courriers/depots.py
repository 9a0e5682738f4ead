"""What the tests of the outbox share: letters as bare as can be, sent by hand, and what must always hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import pytest

from permis.courriers import ecriture
from permis.courriers.attendus import letters_of
from permis.courriers.contenu import RienADireError
from permis.courriers.dus import NON_FONDEE
from permis.courriers.ecriture import is_told, last_told
from permis.courriers.models import Courrier, CourrierDu, Etape, NatureCourrier, Statut, Voie
from permis.droit.faits import Fait
from permis.droit.releve import replay
from permis.registre.lecture import DossierLu
from permis.registre.temps import jour_legal

PAGE: Final = b"%PDF-"


def composer(
    lu: DossierLu, du: CourrierDu, nature: str, *, vise: Mapping[str, Any] | None = None, **autres: Any
) -> dict[str, Any]:
    """A content with nothing to read; refused, as the real one, where the law does not owe the letter."""
    due = (du.reference, du.fait, du.date)
    if du.reference == "48S":
        raise RienADireError("48S")
    if nature == NatureCourrier.REPRISE:
        assert due not in letters_of(lu.replay(autres["le"])) or du.refus == NON_FONDEE
    else:
        assert due in letters_of(lu.replay(autres["le"]))
        assert du.refus != NON_FONDEE
    assert (vise is None) == (nature == NatureCourrier.NOTIFICATION)
    le = autres.pop("le").isoformat()
    return {"version": 1, "reference": du.reference, "nature": nature, "ecrit_le": le, "textes": {}, **autres}


@pytest.fixture
def lettres_nues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither sentences, nor seal, nor page."""
    sans_page(monkeypatch)
    monkeypatch.setattr(ecriture, "compose", composer)


def sans_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentences, and nothing of what shows them."""
    monkeypatch.setattr(ecriture, "seal_courrier", lambda *_: "SCEAU")
    monkeypatch.setattr(ecriture, "render_pdf", lambda *_, **__: PAGE)


def partir(courriers: Iterable[Courrier], at: datetime) -> None:
    """These letters leave, each by its way."""
    pas = {Voie.MAIN_PROPRE: Statut.DISTRIBUE, Voie.ELECTRONIQUE: Statut.DISPONIBLE}
    for courrier in courriers:
        statut = pas.get(Voie(courrier.voie), Statut.REMIS)
        Etape.objects.create(courrier=courrier, statut=statut, le=jour_legal(at), note_at=at)


def natures(du: CourrierDu) -> list[str]:
    """The letters of a duty in order, each with how far it went: written, abandoned, or gone."""
    return [f"{courrier.nature} {_etat(courrier)}" for courrier in du.courriers.order_by("rang")]


def _etat(courrier: Courrier) -> str:
    statuts = set(courrier.etapes.values_list("statut", flat=True))
    return "abandonné" if Statut.ABANDONNE in statuts else "écrit" if statuts == {Statut.ECRIT} else "parti"


def verifier(dossier: UUID, faits: Iterable[Fait], at: datetime) -> None:
    """After duties and letters were brought to the law: what it owes was said once, what it does not is not said."""
    releve = replay(tuple(faits), jour_legal(at))
    dus = list(CourrierDu.objects.filter(dossier=dossier))
    actifs = {(du.reference, du.fait, du.date) for du in dus if du.repris_le is None}
    assert actifs == set(letters_of(releve))
    for du in dus:
        dite = is_told(last_told(du))
        ailleurs = bool(du.notifie_par or du.refus)
        assert not du.a_ecrire
        assert dite <= (du.repris_le is None), f"{du}: told and not owed: {natures(du)}"
        assert dite or ailleurs or du.repris_le is not None, f"{du}: owed and not told: {natures(du)}"
        assert list(_alternees(du)) == [], natures(du)
        assert [c.rang for c in du.courriers.order_by("rang")] == list(range(1, du.courriers.count() + 1))


def _alternees(du: CourrierDu) -> Iterator[Courrier]:
    """The letters, among those not abandoned, that say what the one before said, or answer one that never left."""
    dite, partie = False, True
    for courrier in du.courriers.order_by("rang"):
        if _etat(courrier) == "abandonné" or courrier.nature == NatureCourrier.RENVOI:
            continue
        if (courrier.nature == NatureCourrier.NOTIFICATION) == dite or not partie:
            yield courrier
        partie = _etat(courrier) == "parti"
        dite = courrier.nature == NatureCourrier.NOTIFICATION
