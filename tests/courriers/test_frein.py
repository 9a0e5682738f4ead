"""The brake of the public doors: how many times, from where, for how long; and no address that is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import django
import pytest
from django.db import connection

django.setup()

from permis.courriers import frein  # noqa: E402 - models are imported once Django is ready
from permis.courriers.models import Tentative  # noqa: E402

MIDI = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PORTE, ICI, AILLEURS = "verification", "192.0.2.7", "192.0.2.8"
LIMITE = frein.PORTES[PORTE].nombre
FENETRE = frein.PORTES[PORTE].fenetre


def epuiser(adresse: str, at: datetime = MIDI) -> None:
    assert all(frein.count(PORTE, adresse, at) for _ in range(LIMITE))


@pytest.mark.django_db
def test_la_limite_est_atteinte_mais_pas_depassee() -> None:
    epuiser(ICI)
    assert not frein.count(PORTE, ICI, MIDI)
    assert not frein.count(PORTE, ICI, MIDI + FENETRE - timedelta(microseconds=1))
    assert Tentative.objects.get().nombre == LIMITE, "a refusal adds nothing"


@pytest.mark.django_db
def test_la_fenetre_suivante_rouvre() -> None:
    epuiser(ICI)
    assert frein.wait(PORTE, MIDI) == FENETRE
    assert frein.wait(PORTE, MIDI + FENETRE - timedelta(milliseconds=1)) == timedelta(seconds=1)
    assert frein.count(PORTE, ICI, MIDI + frein.wait(PORTE, MIDI))


@pytest.mark.django_db
def test_une_adresse_et_une_porte_ne_freinent_pas_les_autres() -> None:
    epuiser(ICI)
    assert frein.count(PORTE, AILLEURS, MIDI)
    assert frein.count("partage", ICI, MIDI)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("une", "autre", "meme"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("", "n’importe quoi", True),
        ("", "192.0.2.7", False),
    ],
)
def test_un_abonne_compte_pour_un(une: str, autre: str, meme: bool) -> None:
    epuiser(une)
    assert frein.count(PORTE, autre, MIDI) is not meme


@pytest.mark.django_db
def test_l_adresse_n_est_gardee_nulle_part_et_le_reste_une_heure() -> None:
    frein.count(PORTE, ICI, MIDI)
    (ligne,) = Tentative.objects.values_list()
    assert ICI not in repr(ligne)
    frein.count(PORTE, AILLEURS, MIDI + frein.OUBLI)
    assert Tentative.objects.count() == 2, "one hour is not yet more than an hour"
    frein.count(PORTE, "192.0.2.9", MIDI + frein.OUBLI + FENETRE)
    assert Tentative.objects.filter(fenetre=MIDI).count() == 0
    assert frein.forget(MIDI + timedelta(days=1)) == 2


def test_seul_l_endroit_que_disent_les_reglages_est_lu(settings: object) -> None:
    meta = {"REMOTE_ADDR": ICI, "HTTP_X_REAL_IP": AILLEURS, "HTTP_X_FORWARDED_FOR": "203.0.113.1"}
    assert frein.adresse_of(meta) == ICI
    setattr(settings, "PERMIS_ADRESSE_DU_CLIENT", "HTTP_X_REAL_IP")  # noqa: B010
    assert frein.adresse_of(meta) == AILLEURS
    assert frein.adresse_of({}) == ""


@pytest.mark.django_db(transaction=True)
def test_a_plusieurs_a_la_fois_la_limite_tient() -> None:
    def demander(_: int) -> bool:
        try:
            return frein.count(PORTE, ICI, MIDI)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as fils:
        passees = sum(fils.map(demander, range(LIMITE + 12)))
    assert passees == LIMITE
