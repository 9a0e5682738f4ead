"""The full statement: balance, validity, categories, movements, offences, courses, measures, letters (L. 225-1, L. 225-3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from permis.courriers.contenu.blocs import write_chiffres, write_paragraphe, write_tableau
from permis.courriers.contenu.communs import SOUS_ZERO, cite, format_moment
from permis.courriers.contenu.etat import Photo
from permis.courriers.contenu.formes import Bloc, Donnees
from permis.courriers.contenu.langues import Deux, format_solde, say
from permis.courriers.contenu.retraits import name_infraction
from permis.courriers.contenu.validites import VALIDITES, say_mesure, write_categories
from permis.droit.connaissance import Connus
from permis.droit.faits import Classe, Infraction, ModeNotification, Notification, Stage
from permis.droit.information import known_on
from permis.droit.mouvements import Motif
from permis.droit.phrases import Points
from permis.droit.releve import Releve
from permis.typographie import format_date, format_variation, write

RIEN: Final = "–"
INTRO = Deux(
    "Tout ce que le fichier contient sur votre permis au {le}, établi pour vous seul (C. route, art. L. 225-3 et R. 225-6).",
    "All that the file holds about your licence on {le}, made for you alone (C. route, art. L. 225-3 and R. 225-6).",
)
SOLDE, VALIDITE = Deux("Solde", "Balance"), Deux("Permis", "Licence")
PROBATION = Deux("Période probatoire jusqu'au", "Probationary until")
LE, POINTS = Deux("Date", "Date"), Deux("Points", "Points")
MOUVEMENTS = Deux("Mouvements", "Movements")
COL_MOUVEMENTS = (LE, Deux("Ce qui s'est passé", "What happened"), POINTS, SOLDE, Deux("Texte", "Text"))
INFRACTIONS = Deux("Infractions enregistrées", "Offences recorded")
COL_INFRACTIONS = (
    Deux("Commise le", "Committed on"),
    Deux("Infraction", "Offence"),
    Deux("Classe", "Class"),
    Deux("Effet", "Effect"),
)
STAGES = Deux("Stages", "Courses")
COL_STAGES = (Deux("Du", "From"), Deux("Au", "To"), Deux("Effet", "Effect"))
MESURES = Deux("Mesures sur le droit de conduire", "Measures on the right to drive")
AUTRES = Deux("Autres événements", "Other events")
FORMATION = Deux("Formation complémentaire", "Complementary training")
REMISE = Deux("Permis invalidé remis à la préfecture", "Invalidated licence handed in at the prefecture")
LETTRES = Deux("Lettres notifiées", "Letters notified")
COL_LETTRES = (Deux("Lettre", "Letter"), Deux("Voie", "Way"), Deux("Connue le", "Known on"))
CLASSES: Final = {
    Classe.CONTRAVENTION_1: Deux("contravention, 1re classe", "contravention, class 1"),
    Classe.CONTRAVENTION_2: Deux("contravention, 2e classe", "contravention, class 2"),
    Classe.CONTRAVENTION_3: Deux("contravention, 3e classe", "contravention, class 3"),
    Classe.CONTRAVENTION_4: Deux("contravention, 4e classe", "contravention, class 4"),
    Classe.CONTRAVENTION_5: Deux("contravention, 5e classe", "contravention, class 5"),
    Classe.DELIT: Deux("délit", "délit"),
}
VOIES: Final = {
    ModeNotification.SIMPLE: Deux("lettre simple", "ordinary letter"),
    ModeNotification.RECOMMANDE: Deux("lettre recommandée", "registered letter"),
    ModeNotification.ELECTRONIQUE: Deux("espace en ligne", "online space"),
}
RETRAIT_LE = Deux("Retrait de {points} le {date}.", "{points} withdrawn on {date}.")
RETOUR_LE = Deux("{points} de plus le {date}.", "{points} more on {date}.")
RIEN_AU_FICHIER = Deux(
    "Le fichier ne contient ni permis, ni infraction, ni stage, ni mesure à votre nom.",
    "The file holds no licence, offence, course or measure in your name.",
)
SANS_MOUVEMENT = Deux("Aucun point n'est retiré ni rendu.", "No point is withdrawn or given back.")


def write_integral(photo: Photo) -> Iterator[Bloc]:
    """All of it, the latest first where there is an order of time."""
    releve, connus = photo.releve, photo.connus
    effets = effects_of(releve)
    yield write_paragraphe(INTRO, le=photo.le)
    yield from _figures(photo)
    if photo.etat["categories"]:
        yield write_categories(photo.etat)
    yield from _movements(releve)
    if connus.infractions:
        yield _offences(connus, effets)
    if connus.stages:
        yield _courses(connus, effets)
    if connus.mesures:
        lignes = [
            [say_mesure({"nature": str(m.nature), "debut": m.debut.isoformat(), "fin": m.fin and m.fin.isoformat()})]
            for m in reversed(connus.mesures)
        ]
        yield write_tableau(MESURES, (Deux("Mesure", "Measure"),), lignes)
    if connus.formations or connus.remises:
        yield _others(connus)
    if connus.notifications:
        yield _letters(connus)


def effects_of(releve: Releve) -> dict[str, list[str]]:
    """For each fact, what it moved and when, in short (the sentence is among the movements), or why it moves nothing.

    A full reconstitution is no effect of the last offence: it is among the movements only.
    """
    effets: dict[str, list[str]] = {}
    for m in releve.mouvements:
        if m.motif is not Motif.RECONSTITUTION_INTEGRALE:
            deux = RETRAIT_LE if m.motif is Motif.RETRAIT else RETOUR_LE
            effets.setdefault(m.fait, []).append(say(deux, points=Points(abs(m.variation)), date=m.date))
    for element in releve.sans_effet:
        effets.setdefault(element.fait, []).append(write(element.explication))
    return effets


def _figures(photo: Photo) -> Iterator[Bloc]:
    releve, connus = photo.releve, photo.connus
    probation = releve.probatoire
    fin = format_date(probation.fin) if probation and probation.en_cours else ""
    yield write_chiffres(
        [
            (say(SOLDE), format_solde(releve.solde, releve.plafond) if releve.plafond else ""),
            (say(VALIDITE), say(VALIDITES[releve.validite])),
            (say(PROBATION), fin),
        ]
    )
    if not (connus.delivrances or connus.infractions or connus.stages or connus.mesures):
        yield write_paragraphe(RIEN_AU_FICHIER)


def _movements(releve: Releve) -> Iterator[Bloc]:
    lignes = [
        [
            format_date(m.date),
            write(m.explication),
            format_variation(m.variation),
            format_solde(m.solde, m.plafond),
            cite(m.article),
        ]
        for m in reversed(releve.mouvements)
    ]
    if lignes:
        yield write_tableau(MOUVEMENTS, COL_MOUVEMENTS, lignes)
    if any(m.solde_algebrique < 0 for m in releve.mouvements):
        yield write_paragraphe(SOUS_ZERO)


def _offences(connus: Connus, effets: dict[str, list[str]]) -> Bloc:
    lignes = [
        [
            format_moment(format_date(infraction.commise_le), infraction.heure),
            name_infraction(infraction),
            say(CLASSES[infraction.classe]),
            _effect(infraction, effets),
        ]
        for infraction in reversed(connus.infractions)
    ]
    return write_tableau(INFRACTIONS, COL_INFRACTIONS, lignes)


def _courses(connus: Connus, effets: dict[str, list[str]]) -> Bloc:
    lignes = [[format_date(s.debut), format_date(s.fin), _effect(s, effets)] for s in reversed(connus.stages)]
    return write_tableau(STAGES, COL_STAGES, lignes)


def _effect(fait: Infraction | Stage, effets: dict[str, list[str]]) -> str:
    return " ".join(effets.get(fait.id, ())) or say(SANS_MOUVEMENT)


def _others(connus: Connus) -> Bloc:
    formations = [[format_date(f.date), say(FORMATION)] for f in connus.formations]
    remises = [[format_date(r.date), say(REMISE)] for r in connus.remises]
    return write_tableau(AUTRES, (LE, Deux("Événement", "Event")), [*formations, *remises])


def _letters(connus: Connus) -> Bloc:
    lettres = sorted(connus.notifications, key=lambda lettre: (known_on(lettre) or date.min, lettre.id), reverse=True)
    return write_tableau(LETTRES, COL_LETTRES, [_letter(lettre) for lettre in lettres])


def _letter(lettre: Notification) -> list[str]:
    jour = known_on(lettre)
    voie = say(VOIES[lettre.mode]) if lettre.mode else RIEN
    return [lettre.reference, voie, format_date(jour) if jour else RIEN]


def donnees_integrales(photo: Photo) -> Donnees:
    """The balance and the movements, for machines."""
    releve = photo.releve
    return {
        "solde": releve.solde,
        "plafond": releve.plafond,
        "validite": str(releve.validite),
        "mouvements": [
            {
                "fait": m.fait,
                "date": m.date.isoformat(),
                "motif": str(m.motif),
                "variation": m.variation,
                "solde": m.solde,
                "plafond": m.plafond,
                "article": m.article,
            }
            for m in releve.mouvements
        ],
    }
