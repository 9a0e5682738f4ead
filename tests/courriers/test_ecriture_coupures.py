"""Processes killed anywhere while letters are owed, written, dropped and answered: nothing lost, nothing twice.

Whoever kills counts what the process says around each letter, page and receipt, and strikes after a number drawn at
random: the blows fall everywhere, however fast the machine is.
"""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

import pytest
from django.db.models import Count, Q

from permis.courriers.adresses import receive_adresse
from permis.courriers.dus import owe_all
from permis.courriers.ecriture import Bilan, write_due
from permis.courriers.etapes import ISSUES
from permis.courriers.models import Courrier, CourrierDu, Etape, NatureCourrier, Remise, SourceAdresse, Statut, Voie
from permis.registre.models import Consultation, Fait
from permis.registre.projection import load_faits
from tests.courriers.depots import verifier
from tests.courriers.facteur import FINI, TOURNEE, lire_manifeste
from tests.courriers.test_dus import PERMIS, annulation
from tests.registre.ecrivain import PRET, RACINE, database_url
from tests.registre.fabrique import MIDI, enregistrer, infraction, ouvrir, realite

pytestmark = pytest.mark.django_db(transaction=True)
PAR_DOSSIER: Final = 4
"""Twelve points, three at a time: 48, 48M, 48M, 48SI."""
POINTS: Final = {"devoir": 2, "ecrire": 16, "remettre": 8, "recevoir": 14, "tout": 40}
"""How many points each work says for a file, about."""
SANS_ADRESSE: Final = 5
"""Which file of fifty has no address: its letters are written, and leave for nowhere."""
ANNULES: Final = (3, 4, 5)
"""Of which files of sixty a decision is annulled: some letters had left, some not."""
SUITE: Final = MIDI + timedelta(days=20)
FIN: Final = SUITE + 2 * TOURNEE


class Epreuve(NamedTuple):
    """How many files, and how many kills of each work."""

    dossiers: int
    coupures: Mapping[str, int]

    def suite(self) -> Epreuve:
        """A tenth of it, for the corrections."""
        return Epreuve(self.dossiers // 10, {travail: coupures // 10 for travail, coupures in self.coupures.items()})

    def drawn(self, travail: str, hasard: random.Random) -> int:
        """After how many points to strike: so that the last blow falls near the end."""
        return hasard.randint(0, max(8, 2 * POINTS[travail] * self.dossiers // self.coupures[travail]))


def ouvrir_dossiers(nombre: int) -> list[UUID]:
    """Files of four withdrawals; one in fifty has no address yet."""
    return [ouvrir_dossier(avec_adresse=rang % 50 != SANS_ADRESSE) for rang in range(nombre)]


def qui_n_ont_pas_d_adresse(dossiers: list[UUID]) -> set[UUID]:
    return {dossier for rang, dossier in enumerate(dossiers) if rang % 50 == SANS_ADRESSE}


def ouvrir_dossier(*, avec_adresse: bool) -> UUID:
    dossier, jours = ouvrir(), [f"2025-0{mois}-10" for mois in range(5, 5 + PAR_DOSSIER)]
    payees = [fait for n, jour in enumerate(jours) for fait in (infraction(f"i{n}", jour), realite(f"i{n}", jour))]
    enregistrer(dossier, PERMIS, *payees)
    if avec_adresse:
        receive_adresse(dossier, ["12 RUE DES LILAS", "75011 PARIS"], SourceAdresse.TITRE, date(2025, 1, 1), at=MIDI)
    return dossier


def lancer(travail: str, ou: Path, at: datetime) -> subprocess.Popen[str]:
    commande = [sys.executable, "-m", "tests.courriers.facteur", travail, str(ou), at.isoformat()]
    environnement = os.environ | {"DATABASE_URL": database_url()}
    return subprocess.Popen(commande, cwd=RACINE, env=environnement, stdout=subprocess.PIPE, text=True)


def couper(travail: str, ou: Path, at: datetime, points: int, retard: float) -> bool:
    """Let a process say that many points, then a moment, then kill it; whether it had ended before."""
    with lancer(travail, ou, at) as processus:
        assert processus.stdout is not None
        assert processus.stdout.readline().strip() == PRET
        for ligne, _ in zip(processus.stdout, range(points), strict=False):
            if ligne.strip() == FINI:
                return True
        time.sleep(retard)
        processus.kill()
        return FINI in processus.stdout.read()


def mener(epreuve: Epreuve, ou: Path, at: datetime, hasard: random.Random) -> Counter[str]:
    """Each work in turn, killed as often as asked, then let to end; where the blows fell."""
    bilan = Counter[str]()
    for travail, coupures in epreuve.coupures.items():
        for _ in range(coupures):
            fini = couper(travail, ou, at, epreuve.drawn(travail, hasard), hasard.random() ** 3 * 0.05)
            bilan[f"{travail} {'après' if fini else 'pendant'}"] += 1
            verifier_la_table()
        with lancer(travail, ou, at) as processus:
            assert processus.stdout is not None
            assert processus.stdout.read().endswith(f"{FINI}\n")
            assert processus.wait() == 0
    return bilan


def verifier_la_table() -> None:
    """What holds at any moment: no duty has two letters that say the same, no letter is half there."""
    nombres = Courrier.objects.values("du", "nature", "vise").annotate(nombre=Count("pk"))
    assert not nombres.filter(nombre__gt=1).exists()
    ecrits = Etape.objects.filter(statut=Statut.ECRIT).count()
    assert ecrits == Courrier.objects.count()
    ecrits_et_attendus = CourrierDu.objects.filter(a_ecrire=True, repris_le=None, courriers__isnull=False)
    assert not ecrits_et_attendus.exclude(courriers__etapes__statut__in=ISSUES).exists(), "written, and still waiting"
    lus = Consultation.objects.filter(service="courriers").values("dossier")
    assert not Courrier.objects.exclude(dossier__in=lus).exists(), "no file is written about that was not read"
    assert not Courrier.objects.filter(remise__deposee_at__isnull=False).exclude(etapes__statut=Statut.REMIS).exists()
    assert not Etape.objects.filter(statut=Statut.REMIS, courrier__remise=None).exists()


def verifier_les_remises(ou: Path, attendus: set[str]) -> None:
    """Every drop is there, whole, as the table says; every letter with an address is in one, and only one."""
    remises = {remise.fichier: remise for remise in Remise.objects.all()}
    assert {chemin.name for chemin in ou.iterdir() if not chemin.name.startswith(".")} == set(remises)
    assert sorted(remise.numero for remise in remises.values()) == list(range(1, len(remises) + 1))
    plis: Counter[str] = Counter()
    for nom, remise in remises.items():
        assert remise.deposee_at is not None
        assert hashlib.sha256((ou / nom).read_bytes()).hexdigest() == remise.empreinte
        plis.update(verifier_une_remise(ou / nom, remise))
    assert plis == dict.fromkeys(attendus, 1)


def verifier_une_remise(chemin: Path, remise: Remise) -> list[str]:
    manifeste = lire_manifeste(chemin)
    lettres = {str(pk): voie for pk, voie in Courrier.objects.filter(remise=remise).values_list("pk", "voie")}
    assert {pli["courrier"]: pli["voie"] for pli in manifeste} == lettres
    assert len(manifeste) == remise.nombre
    with zipfile.ZipFile(chemin) as archive:
        assert archive.namelist() == [*(pli["fichier"] for pli in manifeste), "manifeste.csv"]
        for pli in manifeste:
            assert hashlib.sha256(archive.read(pli["fichier"])).hexdigest() == pli["sha256"]
    return [pli["courrier"] for pli in manifeste]


def eprouver(epreuve: Epreuve, ou: Path) -> Counter[str]:
    """Letters written and answered under the blows, then some decisions annulled and the same again."""
    hasard, dossiers = random.Random(20261122), ouvrir_dossiers(epreuve.dossiers)  # noqa: S311  when to kill
    sans_adresse = qui_n_ont_pas_d_adresse(dossiers)
    bilan = mener(epreuve, ou, MIDI, hasard)
    assert Courrier.objects.count() == PAR_DOSSIER * len(dossiers)
    assert set(Courrier.objects.values_list("rang", "nature")) == {(1, NatureCourrier.NOTIFICATION.value)}
    verifier_la_suite(ou, sans_adresse)

    annules = [dossier for rang, dossier in enumerate(dossiers) if rang % 60 in ANNULES]
    for dossier in annules:
        enregistrer(dossier, annulation("r-i0", le="2026-03-20"), at=MIDI + TOURNEE + timedelta(days=5))
    bilan += mener(epreuve.suite(), ou, SUITE, hasard)
    verifier_la_suite(ou, sans_adresse)
    reprises = Courrier.objects.filter(nature=NatureCourrier.REPRISE)
    assert set(reprises.values_list("dossier", flat=True)) == set(annules) - sans_adresse
    abandonnees = Courrier.objects.filter(etapes__statut=Statut.ABANDONNE)
    jamais_parties = set(abandonnees.values_list("dossier", flat=True))
    assert jamais_parties == set(annules) & sans_adresse, "what never left is given up: nothing to take back"
    assert jamais_parties
    assert owe_all(annules, at=FIN).ajoutes == 0
    assert write_due(at=FIN) == Bilan(), "what the post told of the letters changes nothing here"
    for dossier in annules:
        verifier(dossier, load_faits(dossier), FIN)
    return bilan


def verifier_la_suite(ou: Path, sans_adresse: set[UUID]) -> None:
    """Each letter with an address went through every step; each 48SI signed for is one fact, and one only."""
    verifier_la_table()
    parties = Courrier.objects.exclude(dossier__in=sans_adresse)
    verifier_les_remises(ou, set(map(str, parties.values_list("pk", flat=True))))
    attendues = {Statut.ECRIT: Q(), Statut.REMIS: Q(), Statut.POSTE: Q(), Statut.DISTRIBUE: Q(voie=Voie.RECOMMANDE)}
    for statut, lesquelles in attendues.items():
        assert parties.filter(lesquelles, etapes__statut=statut).count() == parties.filter(lesquelles).count()
    assert not Courrier.objects.filter(dossier__in=sans_adresse).exclude(remise=None).exists()
    faits = Fait.objects.filter(source="courriers").values_list("reference", flat=True)
    invalidations = parties.filter(reference="48SI").exclude(nature=NatureCourrier.REPRISE)
    assert Counter(faits) == Counter(str(cle) for cle in invalidations.values_list("pk", flat=True))


def test_quelques_coupures(tmp_path: Path) -> None:
    eprouver(Epreuve(6, {"tout": 4}), tmp_path)


def test_trois_a_la_fois(tmp_path: Path) -> None:
    """Each does all of it; whatever the three left to one another, a fourth ends."""
    dossiers = ouvrir_dossiers(20)
    sans_adresse = qui_n_ont_pas_d_adresse(dossiers)
    processus = [lancer("tout", tmp_path, MIDI) for _ in range(3)]
    assert [un.communicate()[0].splitlines()[-1] for un in processus] == [FINI] * 3
    with lancer("tout", tmp_path, MIDI) as dernier:
        assert dernier.communicate()[0].endswith(f"{FINI}\n")
    assert Courrier.objects.count() == PAR_DOSSIER * len(dossiers)
    verifier_la_suite(tmp_path, sans_adresse)


@pytest.mark.epreuve
def test_trois_cents_coupures(tmp_path: Path) -> None:
    """Twenty thousand letters; PERMIS_DOSSIERS and PERMIS_COUPURES make it shorter or longer."""
    dossiers, coupures = int(os.environ.get("PERMIS_DOSSIERS", "5000")), int(os.environ.get("PERMIS_COUPURES", "300"))
    parts = {"devoir": 0.05, "ecrire": 0.4, "remettre": 0.35, "recevoir": 0.2}
    epreuve = Epreuve(dossiers, {travail: max(1, int(part * coupures)) for travail, part in parts.items()})
    bilan = eprouver(epreuve, tmp_path)
    print(dict(bilan))  # noqa: T201  where the blows fell
    assert all(bilan[f"{travail} pendant"] for travail, nombre in epreuve.coupures.items() if nombre > 3), bilan
