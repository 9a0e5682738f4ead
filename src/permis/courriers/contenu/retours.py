"""The letters of what comes back: 46, 46B, 46D (C. route, art. R. 223-3 III), and 47 after a course (R. 223-8 III)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from permis.courriers.contenu.blocs import cite_paragraphe, write_paragraphe
from permis.courriers.contenu.communs import cite, cite_explication, write_compte, write_suites
from permis.courriers.contenu.formes import Bloc, Donnees
from permis.courriers.contenu.langues import Deux, say
from permis.courriers.contenu.recours import echeance_recours, write_recours
from permis.courriers.contenu.sujet import Sujet
from permis.droit.faits import Stage
from permis.droit.mouvements import Motif

RENDUS = Deux("Points rendus", "Points given back")
AJOUTES = Deux("Points ajoutés", "Points added")
CAS_OBLIGATOIRE: Final = 2
"""The course that a letter 48N makes compulsory (arrêté du 26 juin 2012, art. 1er)."""
SANS_DEMARCHE = Deux(
    "Vous n'avez rien à faire : votre solde en tient déjà compte ({article}).",
    "You have nothing to do: your balance already counts these points ({article}).",
)
APRES_STAGE = Deux(
    "Ces points sont acquis depuis le lendemain du dernier jour de votre stage ({article}), quel que soit le jour où "
    "l'attestation a été enregistrée. Gardez votre exemplaire de l'attestation.",
    "These points have been yours since the day after the last day of your course ({article}), whenever the certificate was "
    "recorded. Keep your copy of the certificate.",
)
OBLIGATION_REMPLIE = Deux(
    "Ce stage remplit aussi l'obligation que vous a faite une lettre 48N.",
    "This course also fulfils the duty that a letter 48N placed on you.",
)


def write_46(sujet: Sujet) -> Iterator[Bloc]:
    """What came back, why, the balance: 46, 46B, 46D."""
    m = sujet.mouvement
    yield cite_explication(m)
    yield write_compte(sujet, AJOUTES if m.motif is Motif.FIN_PROBATOIRE else RENDUS)
    yield write_paragraphe(SANS_DEMARCHE, article=cite(m.article))
    yield from _rest(sujet)
    yield write_recours(sujet.envoi)


def write_47(sujet: Sujet) -> Iterator[Bloc]:
    """What a course gave back, since when, from when another one would."""
    m = sujet.mouvement
    yield cite_explication(m)
    yield write_compte(sujet, RENDUS)
    yield write_paragraphe(APRES_STAGE, article=cite(sujet.courrier.article))
    stage = next(f for f in sujet.lu.faits if isinstance(f, Stage) and f.id == m.fait)
    if stage.cas == CAS_OBLIGATOIRE:
        yield cite_paragraphe(say(OBLIGATION_REMPLIE))
    yield from _rest(sujet)
    yield write_recours(sujet.envoi, prefet=True)


def _rest(sujet: Sujet) -> Iterator[Bloc]:
    """What is still to come back: nothing is said once the balance is full."""
    if sujet.releve.solde < sujet.releve.plafond:
        yield from write_suites(sujet)


def echeances_46(sujet: Sujet) -> list[Donnees]:
    """The remedies alone."""
    return [echeance_recours(sujet.envoi)]
