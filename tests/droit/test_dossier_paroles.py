"""The same faults in the words of people who write no dossier: no key, no ISO date, facts by rank, kind and day."""

import ast
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import permis.droit.dossier
from permis.droit.dossier import DossierInvalideError, parse_dossier, read_dossier
from permis.droit.dossier.fautes import Faute
from permis.droit.dossier.formes import FORMES
from permis.droit.dossier.hypotheses import apply_hypotheses
from permis.droit.dossier.paroles import CLES, TYPES
from permis.droit.phrases import FAUTES_DITES, Message
from tests.droit.casses import octets_de

CAS = tomllib.loads((Path(__file__).parent / "dossiers_casses" / "messages.toml").read_text("utf-8"))["cas"]
INTERNES = re.compile(r"faits\[|\b\w+_\w+\b|\bclé|\bid\b|natinf|\d{4}-\d\d-\d\d")
CITE = re.compile(r"« [^»]* »|\{.*\}|AAAA-MM-JJ")

INFRACTION: dict[str, Any] = {"type": "infraction", "id": "i", "commise_le": "2024-03-10T18:14", "natinf": "25387"}
REALITE: dict[str, Any] = {"type": "realite", "infraction": "i", "date": "2024-03-09", "mode": "paiement"}


def fautes(*faits: object) -> tuple[Faute, ...]:
    with pytest.raises(DossierInvalideError) as refus:
        read_dossier({"version": 1, "faits": list(faits)})
    return refus.value.fautes


def dites(*faits: object) -> list[str]:
    return [str(faute.say()) for faute in fautes(*faits)]


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["dites"][0][:40])
def test_aucun_mot_du_format(cas: dict[str, Any]) -> None:
    with pytest.raises(DossierInvalideError) as refus:
        parse_dossier(octets_de(cas))
    for faute in refus.value.fautes:
        if faute.lieu.startswith("faits["):
            assert not INTERNES.search(CITE.sub("", faute.say())), faute.say()


def test_chaque_parole_remplace_une_faute_qui_existe() -> None:
    dossier = Path(permis.droit.dossier.__file__).parent
    textes = {
        noeud.value
        for chemin in dossier.glob("*.py")
        for noeud in ast.walk(ast.parse(chemin.read_text("utf-8")))
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str)
    }
    assert not set(FAUTES_DITES) - textes
    assert not set(CLES) - {"annulation", "faits", "naissance", "neph", "prenoms", *cles_des_faits()}
    assert set(TYPES) == set(FORMES)


def cles_des_faits() -> set[str]:
    return {"id", "connu_le"}.union(*({**forme.requis, **forme.facultatif} for forme in FORMES.values()))


def test_le_lieu_est_un_rang_un_genre_et_un_jour() -> None:
    stage = {"type": "stage", "debut": "2024-05-10", "fin": "2024-05-12", "cas": 1}
    commun = "dernier jour : un stage dure deux jours consécutifs : commencé le 10 mai 2024, il ne finit pas le"
    attendu = "attendu : le lendemain du premier jour, 11 mai 2024"
    assert dites(stage) == [f"1er fait (stage du 10 mai 2024), {commun} 12 mai 2024 ; {attendu}"]
    assert dites(INFRACTION, stage) == [f"2e fait (stage du 10 mai 2024), {commun} 12 mai 2024 ; {attendu}"]
    assert dites({"type": "stage", "debut": "demain", "fin": "2024-05-12", "cas": 1}) == [
        "1er fait (stage), premier jour : « demain » n'est pas une date ; attendu : une date entre 1900 et 2200"
    ]
    assert dites(INFRACTION, INFRACTION, 3)[0].startswith("3e fait : 3 n'est pas un fait")


def test_le_moment_est_en_toutes_lettres() -> None:
    (dite,) = dites(INFRACTION, {**REALITE, "date": "2024-03-10T18:13"})
    assert dite == (
        "2e fait (établissement d'une infraction du 10 mars 2024), date : le 10 mars 2024 à 18:13 est avant "
        "l'infraction elle-même ; attendu : à partir du 10 mars 2024 à 18:14"
    )


def test_un_champ_qui_se_montre_lui_meme_n_a_pas_besoin_de_lieu() -> None:
    (faute,) = fautes(INFRACTION, REALITE)
    assert faute.say(situee=False) == (
        "le 9 mars 2024 est avant l'infraction elle-même ; attendu : à partir du 10 mars 2024"
    )
    assert str(faute).startswith("faits[1].date : 2024-03-09 est avant la commission de l'infraction (faits[0]) ;")


def test_un_fait_nomme_par_un_autre() -> None:
    (dite,) = dites(INFRACTION, {**INFRACTION})
    assert dite == (
        "2e fait (infraction du 10 mars 2024), identifiant : identifiant « i » déjà porté par 1er fait (infraction du "
        "10 mars 2024) ; attendu : un identifiant unique dans le dossier"
    )


def test_une_supposition_ne_montre_pas_son_ecriture() -> None:
    dossier = read_dossier({"version": 1, "faits": [INFRACTION]})
    with pytest.raises(DossierInvalideError) as refus:
        apply_hypotheses(dossier, ["paiement:i:2024-03-09"], date(2026, 11, 22))
    assert [str(faute.say()) for faute in refus.value.fautes] == [
        "supposition, date : le 9 mars 2024 est avant l'infraction elle-même ; attendu : à partir du 10 mars 2024"
    ]


def test_un_lieu_qui_n_est_pas_un_fait() -> None:
    rien, attendu = Message("clé absente"), Message("une date")
    assert Faute("faits", rien, attendu).say() == "liste des faits : information absente ; attendu : une date"
    assert Faute("le", rien, attendu).say() == "le : information absente ; attendu : une date"


def test_ce_qui_est_ecrit_n_est_pas_change() -> None:
    (dite,) = dites({**INFRACTION, "commise_le": "2024-02-30"})
    assert "« 2024-02-30 » n'existe pas au calendrier" in dite
    assert "1er fait (infraction), date de l'infraction : " in dite
