"""An invented comparison: every count is drawn, so that a page can be looked at without a file nor a kernel."""

from __future__ import annotations

from datetime import date

import numpy as np

from permis.national.reforme.etude import GAGNANTS, PERDANTS, Etude, Reglages
from permis.national.reforme.exemples import Cas, Etape
from permis.national.reforme.lecture import parse_projet
from permis.national.reforme.lois import read_lois
from permis.national.reforme.mesures import Mesures, frame, nothing
from permis.national.reforme.tableaux import Compte

LE = date(2026, 11, 22)


def invent(titre: str, *, livres: bool = True) -> Etude:
    """A comparison that was never made."""
    projet = parse_projet(
        f'version = 1\ntitre = "{titre}"\nresume = "Rien de vrai."\n[[bareme]]\nlignes = ["feu-rouge"]\npoints = 3'
    )
    cadre = frame(12, 12, LE, projet.couts.horizon)
    hasard = np.random.default_rng(4)
    mesures = Mesures(*(hasard.integers(0, 5000, modele.shape) for modele in nothing(cadre)))
    mesures = mesures._replace(permis=np.array(1_000_000), faits=np.array(2_700_000))
    etape = Etape(date(2024, 2, 29), "Rien ce jour-là.", "Retrait de 3 points <pour> l'infraction (-3, solde 9)")
    cas = Cas(
        "17", 12, 9, "valide", "nul_non_notifie", etape, etape._replace(date=date(2025, 1, 1)), (), ("Le 3 : x",)
    )
    exemples = {PERDANTS: [cas], GAGNANTS: []}
    return Etude(
        projet,
        read_lois(projet),
        Reglages(LE, LE, livres=livres),
        Compte(cadre, mesures, projet.couts, livres),
        exemples,
    )
