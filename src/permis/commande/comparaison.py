"""Two statements side by side: as things are, and if something more happened; then only what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from permis.commande.ecran import Ecran, cut, pad
from permis.commande.libelles import VALIDITES, format_court, name_movement
from permis.commande.page import AVIS, draw_entete, draw_mouvements
from permis.droit.dossier import Dossier
from permis.droit.mouvements import Mouvement
from permis.droit.releve import Releve

COTE_A_COTE = 72
INTITULE = 26


def show_comparaison(dossier: Dossier, hypotheses: Sequence[str], sans: Releve, avec: Releve) -> None:
    """Write the page on standard output."""
    ecran = Ecran.detect()
    lignes = draw_entete(ecran, dossier, sans)
    lignes += [line for hypothese in hypotheses for line in ecran.wrap(f"Et si : {hypothese}", 2, "gras", "jaune")]
    lignes += ["", *_draw_tableau(ecran, sans, avec), *_draw_differences(ecran, sans, avec)]
    ecran.show([*lignes, "", *ecran.wrap(AVIS, 2, "pale"), ""])


def _draw_tableau(ecran: Ecran, sans: Releve, avec: Releve) -> Iterator[str]:
    """Each figure of the two statements; one under the other where the screen is narrow."""
    rangees = list(zip(_summarize(sans), _summarize(avec), strict=True))
    if ecran.largeur < COTE_A_COTE:
        for (intitule, ancien), (_, nouveau) in rangees:
            yield from ecran.wrap(
                f"{intitule} : {ancien} → {nouveau}" if ancien != nouveau else f"{intitule} : {ancien}"
            )
        return
    colonne = (ecran.largeur - 2 - INTITULE) // 2
    yield "  " + ecran.style(pad("", INTITULE) + pad("tel quel", colonne) + "avec l'hypothèse", "gras")
    for (intitule, ancien), (_, nouveau) in rangees:
        change = ("gras", "jaune") if ancien != nouveau else ()
        gauche = pad(intitule, INTITULE) + pad(cut(ancien, colonne - 2), colonne)
        yield f"  {gauche}{ecran.style(cut(nouveau, colonne), *change)}"


def _summarize(releve: Releve) -> Iterator[tuple[str, str]]:
    yield f"Solde au {format_court(releve.le)}", f"{releve.solde} / {releve.plafond}"
    yield "Validité", VALIDITES[releve.validite][0]
    dernier = releve.a_venir[-1] if releve.a_venir else None
    prochain = releve.a_venir[0] if releve.a_venir else None
    yield (
        "Prochain mouvement",
        f"{format_court(prochain.date)}, {name_movement(prochain).lower()}" if prochain else "aucun",
    )
    yield (
        "Solde à terme",
        f"{dernier.solde} / {dernier.plafond}, le {format_court(dernier.date)}" if dernier else "le même",
    )
    stage = releve.stage
    possible = f"{format_court(stage.possible_a_partir_du)} (+{stage.gain})" if stage else "non"
    yield "Stage possible", possible


def _draw_differences(ecran: Ecran, sans: Releve, avec: Releve) -> Iterator[str]:
    """The movements that only one of the two statements has."""
    avant, apres = _movements(sans), _movements(avec)
    nouveaux = [mouvement for cle, mouvement in apres.items() if cle not in avant]
    disparus = [mouvement for cle, mouvement in avant.items() if cle not in apres]
    if nouveaux:
        yield from draw_mouvements(ecran, "Ce que l'hypothèse ajoute", nouveaux)
    if disparus:
        yield from draw_mouvements(ecran, "Ce qu'elle fait disparaître", disparus)
    if not nouveaux and not disparus:
        yield from ["", *ecran.wrap("L'hypothèse ne change aucun mouvement, passé ou à venir.")]


def _movements(releve: Releve) -> dict[tuple[object, ...], Mouvement]:
    tous = [*releve.mouvements, *releve.a_venir]
    return {(m.date, m.motif, m.fait, m.variation, m.plafond): m for m in tous}
