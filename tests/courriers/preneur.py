"""A process that takes a file of the day in until it ends or is killed: `python -m tests.courriers.preneur FILE`."""

from __future__ import annotations

import sys
from argparse import Namespace

import django

from tests.registre.ecrivain import PRET, say

if __name__ == "__main__":
    django.setup()
    from permis.commande.courriers_prendre import take
    from permis.courriers import prise

    prise.TRANCHE = 5
    say(PRET)
    take(Namespace(fichier=sys.argv[1]))
