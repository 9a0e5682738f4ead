"""Letters owed come in once each: replayed, cut, twice at once; and follow each other without a hole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from permis.courriers import prise
from permis.courriers.attendus import LettreDue
from permis.courriers.models import CourrierDu, LotQuotidien
from permis.courriers.prise import (
    LettresDuDossier,
    LotRecu,
    LotRefuseError,
    Prise,
    list_unknown,
    take_lot,
)
from tests.registre.fabrique import MIDI, ouvrir

pytestmark = pytest.mark.django_db
JOUR = date(2026, 3, 10)
UN_JOUR = timedelta(days=1)
A, B, C = (LettreDue(reference, fait, JOUR) for reference, fait in (("48", "i1"), ("48SI", "i2"), ("46", "i1")))


@pytest.fixture(autouse=True)
def _petites_tranches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prise, "TRANCHE", 2)


def lot(lignes: Sequence[LettresDuDossier], le: date = JOUR, nom: str = "") -> LotRecu:
    jours = le, le - UN_JOUR, le - UN_JOUR, le - 2 * UN_JOUR
    return LotRecu(nom or f"{le:%j}".rjust(64, "0"), *jours, len(lignes))


def prendre(lignes: Sequence[LettresDuDossier], le: date = JOUR, nom: str = "") -> Prise:
    return take_lot(lot(lignes, le, nom), lignes, at=MIDI)


def lignes_de(nombre: int, *lettres: LettreDue) -> list[LettresDuDossier]:
    return [LettresDuDossier(dossier, lettres or (A, C), ()) for dossier in sorted(ouvrir() for _ in range(nombre))]


def dus(dossier: UUID | None = None) -> Counter[LettreDue]:
    tous = CourrierDu.objects.filter(repris_le=None, **({"dossier": dossier} if dossier else {}))
    return Counter(LettreDue(*valeurs) for valeurs in tous.values_list("reference", "fait", "date"))


def test_chaque_lettre_une_fois() -> None:
    lignes = lignes_de(5)
    assert prendre(lignes) == Prise(lignes=5, ajoutes=10)
    assert dus() == {A: 5, C: 5}
    (pris,) = LotQuotidien.objects.all()
    assert (pris.numero, pris.prises, pris.lignes, pris.le, pris.commence_at) == (1, 5, 5, JOUR, MIDI)


def test_rejoue_il_ne_change_rien() -> None:
    lignes = lignes_de(5)
    prendre(lignes)
    avant = list(CourrierDu.objects.order_by("pk").values())
    assert prendre(lignes) == Prise(deja_prises=5)
    assert list(CourrierDu.objects.order_by("pk").values()) == avant


def test_coupe_a_une_ligne_puis_repris() -> None:
    lignes = lignes_de(7)

    def couper(rang: int) -> Iterator[LettresDuDossier]:
        yield from lignes[:rang]
        raise KeyboardInterrupt

    for rang in (0, 1, 3, 3, 6):
        with pytest.raises(KeyboardInterrupt):
            take_lot(lot(lignes), couper(rang), at=MIDI)
        assert CourrierDu.objects.count() == 2 * LotQuotidien.objects.get().prises
    assert prendre(lignes) == Prise(lignes=1, deja_prises=6, ajoutes=2)
    assert dus() == {A: 7, C: 7}


def test_un_lot_sans_ligne_compte_dans_la_suite() -> None:
    prendre([])
    prendre(lignes_de(1), JOUR + UN_JOUR)
    assert list(LotQuotidien.objects.order_by("numero").values_list("numero", "prises")) == [(1, 0), (2, 1)]


@pytest.mark.parametrize(("ecart", "remede"), [(2, "--depuis 2026-03-10"), (0, "--depuis 2026-03-10")])
def test_un_lot_qui_ne_suit_pas_est_refuse(ecart: int, remede: str) -> None:
    """A day left out would lose its letters; a day computed again would bring others for the same duties."""
    lignes = lignes_de(1)
    prendre(lignes)
    with pytest.raises(LotRefuseError, match=remede):
        prendre(lignes, JOUR + ecart * UN_JOUR, "f" * 64)
    assert (LotQuotidien.objects.count(), CourrierDu.objects.count()) == (1, 2)


def test_un_lot_entame_se_finit_avant_le_suivant() -> None:
    lignes = lignes_de(5)
    with pytest.raises(LotRefuseError, match="lignes lues : 2, annoncées : 5 ; le fichier a changé"):
        take_lot(lot(lignes), lignes[:2], at=MIDI)
    with pytest.raises(LotRefuseError, match=r"pris qu'en partie \(lignes prises : 2 sur 5\)"):
        prendre(lignes, JOUR + UN_JOUR)
    prendre(lignes)
    prendre(lignes, JOUR + UN_JOUR)


def test_ce_qui_n_est_plus_du_est_repris_et_peut_l_etre_de_nouveau() -> None:
    dossier, autre = sorted([ouvrir(), ouvrir()])
    prendre([LettresDuDossier(dossier, (A, C), ()), LettresDuDossier(autre, (A,), ())])
    assert prendre([LettresDuDossier(dossier, (B,), (C,))], JOUR + UN_JOUR) == Prise(1, 0, ajoutes=1, repris=1)
    repris = CourrierDu.objects.get(dossier=dossier, reference="48")
    assert (repris.repris_le, repris.repris_par_id) == (JOUR + UN_JOUR, lot([], JOUR + UN_JOUR).empreinte)
    assert dus(dossier) == {B: 1, C: 1}
    assert prendre([LettresDuDossier(dossier, (A,), (C,))], JOUR + 2 * UN_JOUR) == Prise(1, 0, 0, 1, retablis=1)
    assert dus(dossier) == {A: 1, C: 1}
    assert CourrierDu.objects.filter(dossier=dossier).count() == 3
    assert dus(autre) == {A: 1}


def test_une_lettre_d_avant_le_premier_lot_n_est_pas_prise() -> None:
    (ligne,) = lignes_de(1)
    assert prendre([ligne._replace(nouvelles=(A,), anterieures=(B,))]).ajoutes == 1
    assert dus() == {A: 1}


def test_les_dossiers_inconnus_sont_dits() -> None:
    connu, inconnus = ouvrir(), [uuid4() for _ in range(3)]
    assert list_unknown([connu, *inconnus, connu]) == inconnus


def test_la_base_refuse_deux_fois_la_meme_lettre_et_une_lettre_d_un_autre_nom() -> None:
    lignes = lignes_de(1, A)
    prendre(lignes)
    du = CourrierDu.objects.get()
    fautes: list[dict[str, Any]] = [{}, {"reference": "50"}, {"fait": ""}, {"fait": "i2", "repris_par": du.lot}]
    for faute in fautes:
        copie = CourrierDu(
            dossier_id=du.dossier_id, reference=du.reference, fait=du.fait, date=du.date, lot=du.lot, vu_le=du.vu_le
        )
        for nom, valeur in faute.items():
            setattr(copie, nom, valeur)
        with pytest.raises(IntegrityError), transaction.atomic():
            copie.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        LotQuotidien.objects.update(prises=2)
