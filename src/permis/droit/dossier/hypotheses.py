"""What would happen if: a course, an offence, a payment, an annulment, written in one word and read as any other fact.

A hypothesis is known from the day of knowledge on, or from its own date where that comes first; so the same event,
once it has happened, gives the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from permis.droit.dossier.brouillon import Brouillon, draft_fait, read_brouillon
from permis.droit.dossier.fautes import DossierInvalideError, Faute, RefusError, show_valeur
from permis.droit.dossier.formes import POINTEURS
from permis.droit.dossier.identifiants import free_name, name_faits
from permis.droit.dossier.lecture import Dossier, check_faits
from permis.droit.dossier.valeurs import UNE_DATE, read_date
from permis.droit.faits import Autorite
from permis.droit.phrases import Message

Objet = dict[str, object]
Index = Mapping[str, Brouillon]

JOUR = r"\d{4}-\d\d-\d\d"
FORMES_HYPOTHESE = Message("stage:DEBUT, infraction:DATE:NATINF-ou-BAREME, paiement:ID:DATE ou annulation:ID:DATE")
UNE_INFRACTION = Message("infraction:DATE:NATINF-ou-BAREME, DATE sous la forme AAAA-MM-JJ")
ANNULE_AU_PENAL = frozenset({"infraction", "realite"})
"""Offences and what establishes them fall before the criminal courts, decisions and letters before the others."""


def apply_hypotheses(dossier: Dossier, textes: Iterable[str], connu_le: date) -> Dossier:
    """The dossier with the facts that the hypotheses add; DossierInvalideError with every fault.

    `stage:DEBUT` is a voluntary course; `infraction:DATE:REFERENCE` is committed, and established by payment, that
    day; `paiement:ID:DATE` and `annulation:ID:DATE` are of a fact of the dossier.
    """
    existants = [draft_fait(fait) for fait in dossier.faits]
    nouveaux = _read_hypotheses(textes, existants)
    for brouillon in nouveaux:
        brouillon.valeurs["connu_le"] = min(brouillon.jour or connu_le, connu_le)
    anonymes = _rename(existants, nouveaux, dossier.anonymes)
    faits = tuple(brouillon.build() for brouillon in [*existants, *nouveaux])
    return replace(dossier, faits=faits, anonymes=anonymes)


def _read_hypotheses(textes: Iterable[str], existants: list[Brouillon]) -> list[Brouillon]:
    index = {fait.id: fait for fait in existants if fait.id is not None}
    fautes: list[Faute] = []
    nouveaux: list[Brouillon] = []
    for texte in textes:
        lieu = Message("hypothèse {texte}", texte=show_valeur(texte))
        try:
            lus = [read_brouillon(objet, lieu, fautes) for objet in _expand(texte, index)]
        except RefusError as refus:
            fautes.append(Faute(lieu, refus.faute, refus.attendu))
            continue
        nouveaux += lus
        index |= {lu.id: lu for lu in lus if lu.id is not None}
    check_faits([*existants, *nouveaux], dict.fromkeys(fautes))
    return nouveaux


def _rename(existants: list[Brouillon], nouveaux: list[Brouillon], anonymes: frozenset[str]) -> frozenset[str]:
    """Name again all that had no name, so that a hypothesis and the same fact in a dossier bear the same one."""
    index = {fait.id: fait for fait in existants}
    for fait in existants:
        if fait.id in anonymes:
            del fait.valeurs["id"]
    visants = [(fait, POINTEURS[fait.type]) for fait in nouveaux if fait.type in POINTEURS]
    noms = name_faits([*existants, *(fait for fait in nouveaux if fait.type not in POINTEURS)])
    for fait, cle in visants:
        if (cible := index.get(fait.valeurs[cle])) is not None:
            fait.valeurs[cle] = cible.id
    return noms | name_faits([*existants, *nouveaux])


def _expand(texte: str, index: Index) -> list[Objet]:
    """The facts, as a dossier would write them, that one hypothesis stands for."""
    type_hypothese, separateur, reste = texte.partition(":")
    if not separateur or type_hypothese not in HYPOTHESES:
        raise RefusError(Message("hypothèse inconnue"), FORMES_HYPOTHESE)
    return HYPOTHESES[type_hypothese](reste, index)


def _expand_stage(reste: str, index: Index) -> list[Objet]:
    del index
    lendemain = read_date(reste) + timedelta(days=1)
    return [{"type": "stage", "debut": reste, "fin": lendemain.isoformat(), "cas": 1}]


def _expand_infraction(reste: str, index: Index) -> list[Objet]:
    trouve = re.fullmatch(rf"({JOUR}(?:T\d\d:\d\d)?):(.+)", reste, re.ASCII | re.DOTALL)
    if trouve is None:
        raise RefusError(Message("infraction mal écrite"), UNE_INFRACTION)
    moment, reference = trouve.groups()
    nom = free_name(f"infraction:{moment}:{reference}"[:60], index)
    infraction: Objet = {"type": "infraction", "id": nom, "commise_le": moment, "natinf": reference}
    return [infraction, {"type": "realite", "infraction": nom, "date": moment, "mode": "paiement"}]


def _expand_paiement(reste: str, index: Index) -> list[Objet]:
    infraction, jour = _split_pointer(reste, index)
    return [{"type": "realite", "infraction": infraction, "date": jour, "mode": "paiement"}]


def _expand_annulation(reste: str, index: Index) -> list[Objet]:
    vise, jour = _split_pointer(reste, index)
    penal = index[vise].type in ANNULE_AU_PENAL
    autorite = Autorite.JUGE_PENAL if penal else Autorite.JUGE_ADMINISTRATIF
    return [{"type": "annulation", "vise": vise, "date": jour, "autorite": autorite.value}]


def _split_pointer(reste: str, index: Index) -> tuple[str, str]:
    """An identifier, which may hold colons, then a date."""
    identifiant, _, jour = reste.rpartition(":")
    if not identifiant:
        raise RefusError(Message("il manque l'identifiant ou la date"), FORMES_HYPOTHESE)
    if identifiant not in index:
        raise RefusError(Message("aucun fait n'a l'identifiant {nom}", nom=show_valeur(identifiant)), _known(index))
    if not re.fullmatch(JOUR, jour, re.ASCII):
        raise RefusError(Message("{valeur} n'est pas une date", valeur=show_valeur(jour)), UNE_DATE)
    return identifiant, jour


def _known(index: Index) -> Message:
    connus = sorted(index)
    if not connus:
        return Message("un fait du dossier, qui n'en a aucun")
    return Message("l'un de : {connus}", connus=", ".join(connus[:8]) + ("…" if len(connus) > 8 else ""))


HYPOTHESES: dict[str, Callable[[str, Index], list[Objet]]] = {
    "stage": _expand_stage,
    "infraction": _expand_infraction,
    "paiement": _expand_paiement,
    "annulation": _expand_annulation,
}

__all__ = ["DossierInvalideError", "apply_hypotheses"]
