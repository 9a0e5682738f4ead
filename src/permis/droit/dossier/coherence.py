"""What facts contradict among themselves: names, pointers, the order of acts, offences said to be simultaneous."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from permis.droit.dossier.brouillon import Brouillon, join
from permis.droit.dossier.fautes import Faute, show_valeur
from permis.droit.dossier.formes import POINTEURS
from permis.droit.dossier.identifiants import write_moment
from permis.droit.phrases import Message

Index = dict[str, Brouillon]


def check_coherence(brouillons: Sequence[Brouillon]) -> Iterator[Faute]:
    """Every contradiction between the facts of one dossier."""
    index: Index = {}
    for brouillon in brouillons:
        if brouillon.id is None:
            continue
        premier = index.setdefault(brouillon.id, brouillon)
        if premier is not brouillon:
            nom, lieu = show_valeur(brouillon.id), premier.lieu
            faute = Message("identifiant {nom} déjà porté par {lieu}", nom=nom, lieu=lieu)
            yield Faute(join(brouillon.lieu, "id"), faute, Message("un identifiant unique dans le dossier"))
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
    lieu, cible, nom = join(brouillon.lieu, cle), index.get(vise), show_valeur(vise)
    if cible is None:
        faute = Message("aucun fait n'a l'identifiant {nom}", nom=nom)
        yield Faute(lieu, faute, Message("l'« id » d'un fait de ce dossier"))
    elif cible is brouillon:
        faute = Message("une annulation ne peut pas se viser elle-même")
        yield Faute(lieu, faute, Message("l'« id » d'un autre fait"))
    elif cle == "infraction" and cible.type not in {"infraction", ""}:
        autre = {"nom": nom, "type": cible.type, "lieu": cible.lieu}
        faute = Message("{nom} est un fait « {type} » ({lieu}), pas une infraction", **autre)
        yield Faute(lieu, faute, Message("l'« id » d'une infraction"))
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
        borne = write_moment(objet, heures[1] if heures[0] else None)
        faute = _before(write_moment(acte, heures[0]), cible)
        yield Faute(join(brouillon.lieu, cle), faute, Message("à partir du {borne}", borne=borne))


def _before(moment: str, cible: Brouillon) -> Message:
    if cible.type == "infraction":
        return Message("{moment} est avant la commission de l'infraction ({lieu})", moment=moment, lieu=cible.lieu)
    return Message(
        "{moment} est avant le fait « {type} » visé ({lieu})", moment=moment, type=cible.type, lieu=cible.lieu
    )


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
            faute = Message("annulations en cercle ({lieux})", lieux=lieux)
            yield Faute(join(boucle[0].lieu, "vise"), faute, Message("des annulations sans cercle"))


def _check_ensembles(brouillons: Sequence[Brouillon]) -> Iterator[Faute]:
    """Offences of one `ensemble` are committed at the same time (C. route, art. L. 223-2 III)."""
    ensembles: dict[str, list[Brouillon]] = {}
    for brouillon in brouillons:
        if brouillon.type == "infraction" and "ensemble" in brouillon.valeurs and brouillon.jour is not None:
            ensembles.setdefault(brouillon.valeurs["ensemble"], []).append(brouillon)
    for nom, membres in ensembles.items():
        temoin = next((membre for membre in membres if membre.valeurs.get("heure")), membres[0])
        yield from (_not_simultaneous(nom, membre, temoin) for membre in membres if not _simultaneous(membre, temoin))


def _not_simultaneous(nom: str, membre: Brouillon, temoin: Brouillon) -> Faute:
    faute = Message(
        "{moment} n'est pas simultané de {lieu}, du même ensemble {nom}",
        moment=_moment(membre),
        lieu=temoin.lieu,
        nom=show_valeur(nom),
    )
    attendu = Message(
        "le même moment que {lieu}, {moment}, ou un autre ensemble", lieu=temoin.lieu, moment=_moment(temoin)
    )
    return Faute(join(membre.lieu, "commise_le"), faute, attendu)


def _simultaneous(un: Brouillon, autre: Brouillon) -> bool:
    heures = {brouillon.valeurs["heure"] for brouillon in (un, autre) if brouillon.valeurs.get("heure")}
    return un.jour == autre.jour and len(heures) <= 1


def _moment(brouillon: Brouillon) -> str:
    return write_moment(brouillon.valeurs["commise_le"], brouillon.valeurs.get("heure"))
