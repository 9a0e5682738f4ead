"""From a draft to wordings: the law in force with what the draft writes, changes, moves or strikes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import format_valeur
from permis.droit.rule import Certitude, Version
from permis.national import codes
from permis.national.loi import REDACTIONS, Redaction, wordings
from permis.national.reforme.domaines import EXIGENCES, REFORMABLES, arguments_of, bound
from permis.national.reforme.projet import Cas, Projet, ReformeRegle
from permis.national.reforme.regles import matches
from permis.national.reforme.table import fault

Suites = dict[str, list[Redaction]]


class Redactions(NamedTuple):
    """The wordings of a draft law by rule, in order of time; what is wrong with them; what a reader should know."""

    suites: Mapping[str, tuple[Redaction, ...]]
    fautes: tuple[Faute, ...]
    remarques: tuple[str, ...]


def write_redactions(projet: Projet) -> Redactions:
    """The wordings that the draft makes of today's law; usable where `fautes` is empty."""
    suites: Suites = {regle: list(suite) for regle, suite in wordings().items()}
    fautes: list[Faute] = []
    for reforme in projet.regles:
        fautes.extend(_apply(reforme, suites[reforme.regle]))
    for suite in suites.values():
        suite.sort(key=lambda redaction: redaction.since)
    fautes.extend(_check(projet, suites))
    remarques = [] if fautes else [dit for reforme in projet.regles for dit in _remark(reforme, suites[reforme.regle])]
    return Redactions({regle: tuple(suite) for regle, suite in suites.items()}, tuple(fautes), tuple(remarques))


def _apply(reforme: ReformeRegle, suite: list[Redaction]) -> list[Faute]:
    """Change one wording of the list in place."""
    if reforme.redaction is None:
        suite.append(_new(reforme))
        return []
    rang = next((rang for rang, redaction in enumerate(suite) if redaction.version.nom == reforme.redaction), None)
    if rang is None:
        constat = f"« {reforme.redaction} » est déjà changée plus haut"
        return [fault(f"{reforme.lieu}.redaction", constat, "une rédaction, une seule fois")]
    ancienne = suite.pop(rang)
    if not reforme.supprimee:
        suite.insert(rang, _changed(reforme, ancienne))
    return []


def _new(reforme: ReformeRegle) -> Redaction:
    if reforme.depuis is None:
        raise ValueError(f"{reforme.lieu}: a new wording has a first day")
    return _written(reforme, reforme.depuis, reforme.nom or "projet")


def _changed(reforme: ReformeRegle, ancienne: Redaction) -> Redaction:
    """A wording with other values, or the same ones from another day."""
    debut = reforme.depuis or ancienne.since
    if reforme.cas:
        return _written(reforme, debut, reforme.nom or f"{ancienne.version.nom}_reformee")
    nom = reforme.nom or f"{ancienne.version.nom}_deplacee"
    return Redaction(debut, ancienne.repond, replace(ancienne.version, since=debut, nom=nom))


def _written(reforme: ReformeRegle, debut: date, nom: str) -> Redaction:
    titre = codes.regles()[reforme.regle].titre
    version = Version(nom, titre, debut, reforme.article or "", None, None, Certitude.CHOIX, "")
    return Redaction(debut, write_body(reforme.regle, reforme.cas), version)


def write_body(regle: str, cas: Sequence[Cas]) -> Callable[..., Any]:
    """A wording as `droit` would have it: a function of plain values, that answers with the first case that fits."""
    domaine, noms = REFORMABLES[regle], arguments_of(regle)

    def repond(*arguments: object) -> object:
        donnes = dict(zip(noms, arguments, strict=True))
        retenu = next(un for un in cas if matches(un, donnes))
        return bound(retenu.valeur, domaine, donnes)

    return repond


def _check(projet: Projet, suites: Suites) -> list[Faute]:
    """Two wordings of one day, a rule that would be missing where the law asks it."""
    fautes: list[Faute] = []
    for reforme in projet.regles:
        suite = suites[reforme.regle]
        jours = [redaction.since for redaction in suite]
        if len(jours) != len(set(jours)):
            deux = next(jour for jour in jours if jours.count(jour) > 1)
            attendu = "un autre jour, ou « redaction » pour changer celle qui commence alors"
            fautes.append(fault(f"{reforme.lieu}.depuis", f"deux rédactions commenceraient le {deux}", attendu))
        fautes.extend(_check_start(reforme, suite))
        if len(suite) > REDACTIONS:
            constat = f"la règle « {reforme.regle} » aurait {len(suite)} rédactions"
            fautes.append(fault(reforme.lieu, constat, f"{REDACTIONS} rédactions au plus"))
    lieux = {reforme.regle: reforme.lieu for reforme in reversed(projet.regles)}
    for regle, exigees in EXIGENCES.items():
        for exigee in exigees:
            lieu = lieux.get(regle) or lieux.get(exigee)
            if lieu is not None:
                fautes.extend(_check_exigence(lieu, regle, exigee, suites))
    return list(dict.fromkeys(fautes))


def _check_start(reforme: ReformeRegle, suite: Sequence[Redaction]) -> list[Faute]:
    """A rule that the law always asks keeps its first day."""
    premier = codes.regles()[reforme.regle].versions[0].since
    if REFORMABLES[reforme.regle].peut_manquer or (suite and suite[0].since <= premier):
        return []
    constat = f"la règle « {reforme.regle} » manquerait à partir du {premier}, alors que la loi l'interroge"
    return [fault(reforme.lieu, constat, f"une première rédaction le {premier} au plus tard")]


def _check_exigence(lieu: str, regle: str, exigee: str, suites: Suites) -> list[Faute]:
    if not suites[regle] or (suites[exigee] and suites[exigee][0].since <= suites[regle][0].since):
        return []
    constat = f"la règle « {regle} » commencerait avant « {exigee} », dont elle a besoin"
    return [fault(lieu, constat, f"un début plus tardif, ou « {exigee} » avancée aussi")]


def _remark(reforme: ReformeRegle, suite: Sequence[Redaction]) -> list[str]:
    """A new wording ends where a later one of today's law begins: said, for it may not be meant."""
    if reforme.redaction is not None or reforme.depuis is None:
        return []
    suivante = next((redaction for redaction in suite if redaction.since > reforme.depuis), None)
    if suivante is None:
        return []
    fin = format_valeur(suivante.since)
    constat = f"{reforme.regle} : la rédaction du projet s'arrête le {fin}, où commence « {suivante.version.nom} »"
    return [f"{constat} ; supprimez celle-ci si le projet doit durer."]
