"""What several letters say alike: the greeting, the balance, what comes back and when, the course, the small print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Final

from django.conf import settings

from permis.courriers.contenu.blocs import cite_paragraphe, write_chiffres, write_liste, write_paragraphe, write_titre
from permis.courriers.contenu.formes import Bloc
from permis.courriers.contenu.langues import Deux, format_solde, say, say_solde, space_cites
from permis.courriers.contenu.sujet import Envoi, Sujet
from permis.droit.mouvements import Motif, Mouvement
from permis.droit.phrases import Points
from permis.typographie import format_date, format_points, is_french, space, write

RETOURS: Final = frozenset(
    {
        Motif.MAJORATION,
        Motif.FIN_PROBATOIRE,
        Motif.REATTRIBUTION_SIX_MOIS,
        Motif.REATTRIBUTION_DIX_ANS,
        Motif.RECONSTITUTION_INTEGRALE,
    }
)
"""What the law gives back by itself."""
RETOURS_DITS: Final = 3

COURTOISIE = Deux(
    "",
    "Courtesy translation. Only the French text has legal effect.",
)
BONJOUR = Deux("Madame, Monsieur,", "Dear Sir or Madam,")
RENVOI = Deux(
    "Cette lettre vous a été écrite une première fois le {le}, sous le numéro {numero}. Elle vous est adressée de nouveau, "
    "à votre nouvelle adresse.",
    "This letter was first written to you on {le}, under number {numero}. It is sent to you again, at your new address.",
)
SOLDE_APRES = Deux("Solde après ce mouvement", "Balance after this change")
SOLDE_DU_JOUR = Deux("Solde au {le}", "Balance on {le}")
EFFET = Deux("À compter du", "With effect from")
REVENIR = Deux("Comment vos points reviennent", "How your points come back")
SANS_DEMARCHE = Deux(
    "Ces points reviennent sans aucune démarche de votre part.",
    "These points come back without anything for you to do.",
)
RETOUR_DIT = Deux(
    "Le {date}, {points} de plus, ce qui porterait votre solde à {solde}. {explication} {condition}",
    "On {date}, {points} more, which would bring your balance to {solde}. {explication} {condition}",
)
STAGE = Deux(
    "Vous pouvez aussi suivre un stage de sensibilisation à la sécurité routière, à vos frais, chez un organisme agréé : "
    "deux jours. Commencé à partir du {jour}, il vous rendrait {gain} dès le lendemain de son dernier jour ({article}).",
    "You may also take a road-safety awareness course, at your own expense, with an approved centre: two days. Begun on "
    "or after {jour}, it would give you back {gain} from the day after its last day ({article}).",
)
STAGE_OBLIGATOIRE = Deux(
    "Commencé à partir du {jour}, le stage que vous devez suivre vous rendrait {gain} dès le lendemain de son dernier jour "
    "({article}).",
    "Begun on or after {jour}, the course that you must take would give you back {gain} from the day after its last day "
    "({article}).",
)
SOUS_ZERO = Deux(
    "Le solde affiché ne descend pas au-dessous de zéro. Les points retirés au-delà sont comptés quand même : ce qui revient les "
    "compense d'abord.",
    "The balance shown does not go below zero. The points withdrawn beyond that still count: what comes back makes up for them "
    "first.",
)
HEURE = Deux("{jour} à {heure}", "{jour} at {heure}")
POINTS_SECRETS = Deux(
    "Ni employeur, ni assureur, ni loueur n'a le droit de vous demander vos points ou cette lettre (C. route, art. L. 223-7).",
    "No employer, insurer or rental company may ask you for your points or for this letter (C. route, art. L. 223-7).",
)
VIENT_DE_NOUS = Deux(
    "Cette lettre vient-elle bien de nous ? Tapez son numéro sur {site}/verifier : la réponse est oui ou non.",
    "Does this letter really come from us? Type its number at {site}/verifier: the answer is yes or no.",
)
DOSSIER = Deux(
    "Vous pouvez lire votre dossier et faire corriger ce qui y est inexact (C. route, art. L. 225-3 ; règlement (UE) 2016/679).",
    "You may read your file and have what is inaccurate in it corrected (C. route, art. L. 225-3; Regulation (EU) 2016/679).",
)


def cite(article: str) -> str:
    """An article, with the spaces of the language; its name stays French."""
    return space_cites(space(article) if is_french() else article)


def write_debut(envoi: Envoi) -> Iterator[Bloc]:
    """What opens a letter: the warning of a translation, the greeting, and that it is sent again."""
    if not is_french():
        yield write_paragraphe(COURTOISIE)
    yield write_paragraphe(BONJOUR)
    if envoi.nature == "renvoi" and envoi.vise is not None:
        yield write_paragraphe(RENVOI, le=date.fromisoformat(envoi.vise["ecrit_le"]), numero=envoi.vise["numero"])


def write_compte(sujet: Sujet, libelle: Deux) -> Bloc:
    """The points moved under their label, since when, the balance that this left, and today's where it is another."""
    m, releve = sujet.mouvement, sujet.releve
    lignes = [
        (say(libelle), format_points(abs(m.variation))),
        (say(EFFET), format_date(m.date)),
        (say(SOLDE_APRES), format_solde(m.solde, m.plafond)),
    ]
    if (releve.solde, releve.plafond) != (m.solde, m.plafond):
        lignes.append((say(SOLDE_DU_JOUR, le=sujet.le), format_solde(releve.solde, releve.plafond)))
    return write_chiffres(lignes)


def write_suites(sujet: Sujet) -> Iterator[Bloc]:
    """What comes back by itself, each with its day and its condition; and what a course would give; nothing if nothing."""
    retours = [m for m in sujet.releve.a_venir if m.motif in RETOURS and m.variation][:RETOURS_DITS]
    if retours:
        yield write_liste(say(REVENIR), [_say_retour(m) for m in retours])
        yield write_paragraphe(SANS_DEMARCHE)
        if sujet.releve.solde_algebrique < 0:
            yield write_paragraphe(SOUS_ZERO)
    stage = sujet.releve.stage
    if stage is not None and stage.gain:
        if not retours:
            yield write_titre(REVENIR)
        yield write_paragraphe(
            STAGE_OBLIGATOIRE if sujet.courrier.reference == "48N" else STAGE,
            jour=stage.possible_a_partir_du,
            gain=Points(stage.gain),
            article=cite(stage.article),
        )


def _say_retour(m: Mouvement) -> str:
    return say(
        RETOUR_DIT,
        date=m.date,
        points=Points(m.variation),
        explication=write(m.explication),
        condition=write(m.condition),
        solde=say_solde(m.solde, m.plafond),
    )


def cite_explication(m: Mouvement) -> Bloc:
    """The sentence of the law about a movement: that of the page."""
    return cite_paragraphe(write(m.explication))


def format_moment(jour: str, heure: time | None) -> str:
    """A day already written, with its hour where it is known: « 10 mars 2025 à 18 h 14 »."""
    if heure is None:
        return jour
    texte = f"{heure.hour}\u00a0h\u00a0{heure.minute:02}" if is_french() else f"{heure.hour}:{heure.minute:02}"
    return say(HEURE, jour=jour, heure=texte)


def write_mentions(auteur: Deux) -> list[str]:
    """The small print: who decides, whose business the points are, how to check the letter, how to read one's file."""
    site = settings.PERMIS_SITE.rstrip("/").removeprefix("https://")
    return [say(auteur), say(POINTS_SECRETS), say(VIENT_DE_NOUS, site=site), say(DOSSIER)]
