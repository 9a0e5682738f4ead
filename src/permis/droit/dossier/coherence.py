"""What facts contradict among themselves: names, pointers, the order of acts, offences said to be simultaneous."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from permis.droit.dossier.brouillon import Brouillon
from permis.droit.dossier.fautes import Faute, show_valeur
from permis.droit.dossier.formes import POINTEURS
from permis.droit.dossier.identifiants import write_moment

Index = dict[str, Brouillon]


def check_coherence(brouillons: Sequence[Brouillon]) -> Iterator[Faute]:
    """Every contradiction between the facts of one dossier."""
    index: Index = {}
    for brouillon in brouillons:
        if brouillon.id is None:
            continue
        premier = index.setdefault(brouillon.id, brouillon)
        if premier is not brouillon:
            faute = f"identifiant {show_valeur(brouillon.id)} déjà porté par {premier.lieu}"
            yield Faute(f"{brouillon.lieu}.id", faute, "un identifiant unique dans le dossier")
    for brouillon in brouillons:
        if brouillon.type in POINTEURS:
            yield from _check_pointeur(brouillon, index)
    yield from _check_cycles(brouillons, index)
    yield from _check_ensembles(brouillons)


def _check_pointeur(brouillon: Brouillon, index: Index) -> Iterator[Faute]:
    cle = POINTEURS[brouillon.type]
    vise = brouillon.valeurs.get(cle)
    if vise is None:
        return
    lieu, cible = f"{brouillon.lieu}.{cle}", index.get(vise)
    if cible is None:
        yield Faute(lieu, f"aucun fait n'a l'identifiant {show_valeur(vise)}", "l'« id » d'un fait de ce dossier")
    elif cible is brouillon:
        yield Faute(lieu, "une annulation ne peut pas se viser elle-même", "l'« id » d'un autre fait")
    elif cle == "infraction" and cible.type not in {"infraction", ""}:
        faute = f"{show_valeur(vise)} est un fait « {cible.type} » ({cible.lieu}), pas une infraction"
        yield Faute(lieu, faute, "l'« id » d'une infraction")
    else:
        yield from _check_ordre(brouillon, cible)


def _check_ordre(brouillon: Brouillon, cible: Brouillon) -> Iterator[Faute]:
    """An act does not precede what it acts upon; on one day, not even by the hour where both hours are known."""
    acte, objet = brouillon.jour, cible.jour
    if acte is None or objet is None or cible.type not in {"infraction", "realite", "retrait"}:
        return
    cle = "decide_le" if brouillon.type == "retrait" else "date"
    heures = brouillon.valeurs.get("heure"), cible.valeurs.get("heure")
    if (acte, heures[0] or time.max) < (objet, heures[1] or time.min):
        fait = write_moment(acte, heures[0])
        borne = write_moment(objet, heures[1] if heures[0] else None)
        quoi = "la commission de l'infraction" if cible.type == "infraction" else f"le fait « {cible.type} » visé"
        yield Faute(f"{brouillon.lieu}.{cle}", f"{fait} est avant {quoi} ({cible.lieu})", f"à partir du {borne}")


def _check_cycles(brouillons: Sequence[Brouillon], index: Index) -> Iterator[Faute]:
    """Annulments that annul each other in a circle, each circle told once."""
    vus: set[int] = set()
    for brouillon in brouillons:
        chemin: list[Brouillon] = []
        suivant: Brouillon | None = brouillon
        while suivant is not None and suivant.type == "annulation" and id(suivant) not in vus:
            vus.add(id(suivant))
            chemin.append(suivant)
            suivant = index.get(suivant.valeurs.get("vise", ""))
        boucle = chemin[chemin.index(suivant) :] if suivant in chemin else []
        if len(boucle) > 1:
            lieux = " → ".join(fait.lieu for fait in [*boucle, boucle[0]])
            yield Faute(f"{boucle[0].lieu}.vise", f"annulations en cercle ({lieux})", "des annulations sans cercle")


def _check_ensembles(brouillons: Sequence[Brouillon]) -> Iterator[Faute]:
    """Offences of one `ensemble` are committed at the same time (C. route, art. L. 223-2 III)."""
    ensembles: dict[str, list[Brouillon]] = {}
    for brouillon in brouillons:
        if brouillon.type == "infraction" and "ensemble" in brouillon.valeurs and brouillon.jour is not None:
            ensembles.setdefault(brouillon.valeurs["ensemble"], []).append(brouillon)
    for nom, membres in ensembles.items():
        temoin = next((membre for membre in membres if membre.valeurs.get("heure")), membres[0])
        attendu = f"le même moment que {temoin.lieu}, {_moment(temoin)}, ou un autre ensemble"
        for membre in membres:
            if not _simultaneous(membre, temoin):
                faute = f"{_moment(membre)} n'est pas simultané de {temoin.lieu}, du même ensemble {show_valeur(nom)}"
                yield Faute(f"{membre.lieu}.commise_le", faute, attendu)


def _simultaneous(un: Brouillon, autre: Brouillon) -> bool:
    heures = {brouillon.valeurs["heure"] for brouillon in (un, autre) if brouillon.valeurs.get("heure")}
    return un.jour == autre.jour and len(heures) <= 1


def _moment(brouillon: Brouillon) -> str:
    return write_moment(brouillon.valeurs["commise_le"], brouillon.valeurs.get("heure"))
