"""What is true of every life of a licence, as plain checks: each one fails by an assertion, whoever drew the life.

`test_proprietes` gives them lives drawn by Hypothesis, `tests/epreuve/millions.py` lives drawn by the million. A check
takes what else it needs to choose (options, a fact, a number of days) from a tape of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from permis.droit.bareme import find
from permis.droit.delais import add_months
from permis.droit.dossier import Dossier, read_dossier
from permis.droit.dossier.hypotheses import apply_hypotheses
from permis.droit.dossier.reponse import answer
from permis.droit.faits import (
    Annulation,
    Autorite,
    Delivrance,
    Fait,
    FormationComplementaire,
    Infraction,
    Mode,
    Realite,
    Retrait,
    Stage,
)
from permis.droit.mouvements import Motif, Mouvement, Validite
from permis.droit.options import Options
from permis.droit.releve import Releve, replay
from tests.droit.oracle import Conducteur
from tests.droit.strategies import read_options
from tests.droit.tirage import (
    JOUR,
    PREMIER,
    Bande,
    Question,
    Trame,
    add_formation,
    add_infraction,
    add_mesure,
    add_notification,
    add_remise,
    add_retour,
    add_stage,
    own_day,
)

Regard = Callable[[Question, Releve], None]
Propriete = Callable[[Question, Bande], None]

TENU: Final = (Validite.VALIDE, Validite.NUL_NON_NOTIFIE)
OUVRENT: Final = (add_infraction, add_stage, add_notification, add_mesure, add_remise, add_formation, add_retour)
ETAT: Final = (
    "solde", "solde_algebrique", "plafond", "validite", "probatoire", "mouvements", "a_venir", "sans_effet",
    "obligations", "mesures", "courriers", "stage",
)  # fmt: skip
"""The whole answer, less what tells of an earlier knowledge (the day of knowledge, the corrections) and the options
that matter, which follow from these under every option (`check_decisive_options`).
"""


def identity(mouvement: Mouvement) -> tuple[date, Motif, str, int]:
    return mouvement.date, mouvement.motif, mouvement.fait, mouvement.variation


def every_movement(releve: Releve) -> tuple[Mouvement, ...]:
    return releve.mouvements + releve.a_venir


def state(releve: Releve, tus: Iterable[Fait] = ()) -> dict[str, Any]:
    """All that is said on a day, but the line that says that these facts were annulled."""
    noms = {fait.id for fait in tus}
    etat = {nom: getattr(releve, nom) for nom in ETAT}
    return {**etat, "sans_effet": [ligne for ligne in releve.sans_effet if ligne.fait not in noms]}


# What one statement says


def check_balance(question: Question, releve: Releve) -> None:
    """0 ≤ balance ≤ ceiling ≤ 12, in order of day, on that day and on all others."""
    for mouvement in every_movement(releve):
        assert 0 <= mouvement.solde <= mouvement.plafond <= 12
        assert mouvement.solde_algebrique <= mouvement.plafond
        assert mouvement.solde == (max(0, mouvement.solde_algebrique) if mouvement.validite in TENU else 0)
        assert (mouvement.validite is Validite.NUL_NON_NOTIFIE) == (
            mouvement.validite in TENU and mouvement.solde_algebrique <= 0
        )
        assert mouvement.article
    assert 0 <= releve.solde <= releve.plafond <= 12
    assert all(mouvement.date <= releve.le for mouvement in releve.mouvements)
    assert all(mouvement.date > releve.le for mouvement in releve.a_venir)
    dates = [mouvement.date for mouvement in every_movement(releve)]
    assert dates == sorted(dates)
    if releve.stage is not None:
        assert 0 <= releve.stage.gain <= 4
        assert releve.stage.possible_a_partir_du >= releve.le


def check_sum(question: Question, releve: Releve) -> None:
    """The movements of a licence sum to its balance.

    A foreign driver's points taken over (L. 223-11) are a `capital_initial` of 0 inside the same account.
    """
    somme = 0
    for mouvement in every_movement(releve):
        if mouvement.cle == "reprise_etranger":
            assert (mouvement.motif, mouvement.variation) == (Motif.CAPITAL_INITIAL, 0)
        elif mouvement.motif in {Motif.CAPITAL_INITIAL, Motif.NOUVEAU_PERMIS}:
            somme = 0
        somme += mouvement.variation
        assert somme == mouvement.solde_algebrique


def check_courses(question: Question, releve: Releve) -> None:
    """A course never gives too much nor too often."""
    stages = {fait.id: fait for fait in question.faits if isinstance(fait, Stage)}
    precedent: Stage | None = None
    for mouvement in every_movement(releve):
        if mouvement.motif is not Motif.STAGE:
            continue
        stage = stages[mouvement.fait]
        depuis_2011 = stage.debut >= date(2011, 3, 16)
        assert stage.cas in {1, 2}
        assert 0 < mouvement.variation <= 4
        assert mouvement.solde_algebrique <= (mouvement.plafond if depuis_2011 else 11)
        assert mouvement.date == stage.fin + JOUR
        if precedent is not None:
            assert stage.debut > add_months(precedent.fin, 12 if depuis_2011 else 24)
        precedent = stage


def check_ensembles(question: Question, releve: Releve) -> None:
    """Offences committed together cost eight points at most, or what the heaviest costs alone."""
    infractions = {fait.id: fait for fait in question.faits if isinstance(fait, Infraction)}
    pris: dict[str, int] = {}
    fortes: dict[str, int] = {}
    for infraction in infractions.values():  # the heaviest counts even when the others have already reached the cap
        if infraction.ensemble:
            fortes[infraction.ensemble] = max(fortes.get(infraction.ensemble, 8), infraction.points)
    for mouvement in every_movement(releve):
        if mouvement.motif is Motif.RETRAIT and (nom := infractions[mouvement.fait].ensemble):
            pris[nom] = pris.get(nom, 0) - mouvement.variation
    assert all(points <= fortes[nom] for nom, points in pris.items())


# What two statements say of each other


def check_dossier(question: Question, bande: Bande) -> None:
    """What is drawn is a dossier: written as JSON, it is read back as the same facts."""
    assert read_dossier(question.write()).faits == question.faits


def check_order(question: Question, bande: Bande) -> None:
    """The order of arrival changes nothing."""
    options = read_options(bande)
    melanges = sorted(question.faits, key=lambda _: bande.octet())
    ici, la = replay(question.faits, *question[1:], options), replay(melanges, *question[1:], options)
    assert state(la) == state(ici)
    assert la.corrections == ici.corrections


def check_added_then_annulled(question: Question, bande: Bande) -> None:
    """A new fact and its annulment change nothing.

    Not true of a `retrait`: by the contract, that one annulled means that the withdrawal never existed.
    """
    options = read_options(bande)
    nouveaux = draw_others(question, bande)
    annulations = [annul(fait, question.connu_le) for fait in nouveaux]
    avant = replay(*question, options)
    apres = replay((*question.faits, *nouveaux, *annulations), *question[1:], options)
    assert state(apres, nouveaux) == state(avant)


def draw_others(question: Question, bande: Bande) -> list[Fait]:
    """More facts for the same life, under names of their own; no `retrait`."""
    trame = Trame(bande, list(question.faits), [own_day(fait) for fait in question.faits] or [PREMIER])
    bande.choix(OUVRENT)(trame)
    nouveaux = [fait for fait in trame.faits[len(question.faits) :] if not isinstance(fait, Retrait)]
    noms = {fait.id: f"autre-{fait.id}" for fait in nouveaux}
    renommes = [replace(fait, id=noms[fait.id]) for fait in nouveaux]
    return [
        replace(fait, infraction=noms[fait.infraction]) if isinstance(fait, Realite) else fait for fait in renommes
    ]


def annul(fait: Fait, connu_le: date) -> Annulation:
    jour = own_day(fait)
    autorite = Autorite.JUGE_ADMINISTRATIF
    return Annulation(id=f"annulation-{fait.id}", connu_le=connu_le, vise=fait.id, date=jour, autorite=autorite)


def check_fallen_fact(question: Question, bande: Bande) -> None:
    """A fact that falls leaves what would be without it; `retrait` left out, as above.

    An annulment that falls gives its target back.
    """
    visables = [fait for fait in question.faits if not isinstance(fait, Retrait)]
    if not visables:
        return
    options, vise = read_options(bande), bande.choix(visables)
    reste = [fait for fait in question.faits if fait is not vise]
    tombe = replay((*question.faits, annul(vise, question.connu_le)), *question[1:], options)
    assert state(tombe, [vise]) == state(replay(reste, *question[1:], options), [vise])


def check_fallen_decision(question: Question, bande: Bande) -> None:
    """A decision that falls takes no point."""
    retraits = [fait for fait in question.faits if isinstance(fait, Retrait)]
    if not retraits:
        return
    options, vise = read_options(bande), bande.choix(retraits)
    tous = [annul(fait, question.connu_le) for fait in retraits if fait.infraction == vise.infraction]
    releve = replay((*question.faits, *tous), *question[1:], options)
    assert all(m.fait != vise.infraction for m in every_movement(releve))


def check_past(question: Question, bande: Bande) -> None:
    """The past is the beginning of the future, for the same knowledge."""
    faits, le, connu_le = question
    options, jours = read_options(bande), bande.octet() * 16
    tot, tard = replay(faits, le, connu_le, options), replay(faits, le + jours * JOUR, connu_le, options)
    assert tard.mouvements[: len(tot.mouvements)] == tot.mouvements
    assert every_movement(tot) == every_movement(tard)


def check_simulated(question: Question, bande: Bande) -> None:
    """The event is simulated on a day when all the rest is known; then it happens, and is learned on its own day."""
    options, aujourd_hui = read_options(bande), question.connu_le
    sus = [replace(fait, connu_le=min(fait.connu_le, aujourd_hui)) for fait in question.faits]
    texte, reels = write_hypothesis(sus, max(question.le, PREMIER), bande)
    if not reels:
        return
    simule = apply_hypotheses(Dossier(None, tuple(sus)), [texte], aujourd_hui)
    ajoutes = {fait.id for fait in simule.faits} - {fait.id for fait in sus}
    assert len(ajoutes) == len(reels)
    jour = max(question.le, *(fait.connu_le for fait in reels))
    noms = match_names(reels, [fait for fait in simule.faits if fait.id in ajoutes])
    vecu = [*sus, *(rename(fait, noms) for fait in reels)]
    suppose = replay(simule.faits, jour, aujourd_hui, options)
    assert state(suppose) == state(replay(vecu, jour, max(jour, aujourd_hui), options))


def write_hypothesis(sus: list[Fait], le: date, bande: Bande) -> tuple[str, list[Fait]]:
    """An hypothesis as the command line takes it, and the facts that it will be."""
    sorte = bande.choix(("stage", "infraction", "paiement", "annulation"))
    if sorte == "stage":
        fin = le + JOUR
        return f"stage:{le}", [Stage(id="s", connu_le=fin, debut=le, fin=fin, cas=1)]
    if sorte == "infraction" and le >= date(2014, 7, 1):
        ligne = find("feu-rouge", le)
        infraction = Infraction(
            id="i", connu_le=le, commise_le=le, classe=ligne.classe, points=ligne.points, natinf="feu-rouge",
            libelle=ligne.libelle, article=ligne.article,
        )  # fmt: skip
        realite = Realite(id="r", connu_le=le, infraction="i", date=le, mode=Mode.PAIEMENT)
        return f"infraction:{le}:feu-rouge", [infraction, realite]
    cibles = [fait for fait in sus if own_day(fait) <= le and (sorte == "annulation" or isinstance(fait, Infraction))]
    if sorte == "infraction" or not cibles:
        return "", []
    cible = bande.choix(cibles)
    if sorte == "paiement":
        return f"paiement:{cible.id}:{le}", [
            Realite(id="r", connu_le=le, infraction=cible.id, date=le, mode=Mode.PAIEMENT)
        ]
    autorite = Autorite.JUGE_PENAL if isinstance(cible, Infraction | Realite) else Autorite.JUGE_ADMINISTRATIF
    return f"annulation:{cible.id}:{le}", [Annulation(id="a", connu_le=le, vise=cible.id, date=le, autorite=autorite)]


def match_names(reels: list[Fait], simules: list[Fait]) -> dict[str, str]:
    par_type = {type(fait): fait.id for fait in simules}
    return {fait.id: par_type[type(fait)] for fait in reels}


def rename(fait: Fait, noms: dict[str, str]) -> Fait:
    nomme = replace(fait, id=noms[fait.id])
    return (
        replace(nomme, infraction=noms.get(nomme.infraction, nomme.infraction))
        if isinstance(nomme, Realite)
        else nomme
    )


def check_corrections(question: Question, bande: Bande) -> None:
    """Corrections are what an earlier knowledge showed that no longer stands.

    Looked for at the end of every period of one knowledge; `check_corrections_day_by_day` takes all days.
    """
    faits, _, connu_le = question
    veilles = {fait.connu_le - JOUR for fait in faits if fait.connu_le <= connu_le}
    compare_corrections(question, sorted(jour for jour in veilles if jour >= PREMIER), read_options(bande))


def check_corrections_day_by_day(question: Question, bande: Bande) -> None:
    """The same, where 900 days at most have taught something."""
    faits, _, connu_le = question
    debut = max(PREMIER, min((fait.connu_le for fait in faits), default=connu_le) - JOUR)
    if debut <= connu_le <= debut + 900 * JOUR:
        jours = [debut + n * JOUR for n in range((connu_le - debut).days)]
        compare_corrections(question, jours, read_options(bande))


def compare_corrections(question: Question, jours: list[date], options: Options) -> None:
    faits, le, connu_le = question
    releve = replay(faits, le, connu_le, options)
    debout = {identity(mouvement) for mouvement in releve.mouvements}
    vus: dict[tuple[date, Motif, str, int], date] = {}
    for jour in jours:
        montres = {identity(m) for m in replay(faits, min(jour, le), jour, options).mouvements}
        vus |= dict.fromkeys(montres - debout, jour)
    corriges = {identity(c.mouvement): c.cesse_le - JOUR for c in releve.corrections}
    assert len(corriges) == len(releve.corrections)
    assert corriges == vus
    for correction in releve.corrections:
        appris = [fait for fait in faits if fait.connu_le == correction.cesse_le]
        causes = {fait.id for fait in appris}
        causes |= {fait.infraction for fait in appris if isinstance(fait, Realite | Retrait)}
        assert correction.cause in causes


def check_probation(question: Question, bande: Bande) -> None:
    """An offence never prolongs a probation; it may only undo a shortening, so here nobody had the training.

    A licence that a ban cuts is left out: what follows is the next one's, its probation with it.
    """
    options = read_options(bande)
    faits = [fait for fait in question.faits if not isinstance(fait, FormationComplementaire)]
    sages = [fait for fait in faits if not isinstance(fait, Infraction | Realite | Retrait)]
    avec, sans = replay(faits, *question[1:], options).vie, replay(sages, *question[1:], options).vie
    durees = {titre.debut: titre.probation for titre in sans.titres}
    for titre in avec.titres:
        if titre.debut in durees and titre.renouvele_le is None:
            assert titre.probation == durees[titre.debut]
    for titre in replay(*question, options).vie.titres:
        if titre.probation is not None:
            assert titre.probation.fin <= add_months(titre.probation.debut, 36)


def check_before_any_fact(question: Question, bande: Bande) -> None:
    """Before any fact is known there is no licence."""
    veille = min((fait.connu_le for fait in question.faits), default=question.connu_le) - JOUR
    releve = replay(question.faits, question.le, veille, read_options(bande))
    assert (releve.validite, releve.solde, releve.solde_algebrique, releve.plafond) == (Validite.SANS_PERMIS, 0, 0, 0)
    assert not any((*every_movement(releve), *releve.corrections, *releve.sans_effet, *releve.obligations))
    assert releve.probatoire is None
    assert releve.stage is None


def check_sentences(question: Question, bande: Bande) -> None:
    """Every sentence can be read, and the answer written."""
    releve = replay(*question, read_options(bande))
    phrases = [str(element.explication) for element in releve.sans_effet]
    phrases += [str(obligation.explication) for obligation in releve.obligations]
    for mouvement in (*every_movement(releve), *(correction.mouvement for correction in releve.corrections)):
        phrases += map(str, (mouvement.explication, mouvement.aurait_change, mouvement.condition))
    for phrase in phrases:
        assert phrase[-1] == "."
        assert "{" not in phrase
        assert "None" not in phrase
    assert answer(releve)["solde"] == releve.solde


# A second calculation


def check_oracle(question: Question, bande: Bande) -> None:
    """The fold agrees, day by day, with what oracle.py calculates; for the lives of its small world."""
    delivrance, *faits = question.faits
    if not isinstance(delivrance, Delivrance):
        raise TypeError("a life of the small world begins with its licence")
    conducteur = Conducteur(
        delivrance,
        [fait for fait in faits if isinstance(fait, Infraction)],
        [fait for fait in faits if isinstance(fait, Realite)],
        [fait for fait in faits if isinstance(fait, Stage)],
    )
    vie = replay(question.faits, delivrance.date, date.max).vie.compte.mouvements
    conducteur.live(vie[-1].date + timedelta(days=1))
    etat = (0, 0)
    par_jour = {mouvement.date: (mouvement.solde_algebrique, mouvement.plafond) for mouvement in vie}
    for jour, attendu in conducteur.soldes.items():
        etat = par_jour.get(jour, etat)
        assert etat == attendu, (jour, etat, attendu)


REGARDS: Final[tuple[Regard, ...]] = (check_balance, check_sum, check_courses, check_ensembles)
"""Of one statement: cheap."""
PROPRIETES: Final[tuple[Propriete, ...]] = (
    check_dossier, check_order, check_added_then_annulled, check_fallen_fact, check_fallen_decision, check_past,
    check_simulated, check_corrections, check_probation, check_before_any_fact, check_sentences,
)  # fmt: skip
"""Of several statements: a few milliseconds each."""
