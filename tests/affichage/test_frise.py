"""The timeline picture: what it draws, what it leaves out, and that nothing leaves its frame."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations

import pytest

from permis.affichage.frise import ETROIT, LARGE, MOYEN, Boite, Format, Frise, draw, steps, window
from permis.droit.dossier import read_dossier
from permis.droit.releve import Releve, replay

JOUR = date(2026, 11, 22)
ANCIEN = {"type": "delivrance", "id": "p", "date": "2000-06-01", "categorie": "B", "filiere": "traditionnelle"}
FORMATS = (LARGE, MOYEN, ETROIT)


def releve(*faits: dict[str, object], at: date = JOUR) -> Releve:
    return replay(read_dossier({"version": 1, "faits": [ANCIEN, *faits]}).faits, at)


def perdus(points: int, jour: str, nom: str = "i") -> list[dict[str, object]]:
    infraction = {"type": "infraction", "id": nom, "commise_le": jour, "classe": "contravention_4", "points": points}
    return [infraction, {"type": "realite", "infraction": nom, "date": jour, "mode": "paiement"}]


def dessin(reponse: Releve, forme: Format = LARGE) -> Frise:
    return draw(reponse.mouvements, reponse.a_venir, reponse.le, forme)


def test_un_jour_fait_une_seule_marche() -> None:
    reponse = releve(*perdus(3, "2026-03-10", "a"), *perdus(4, "2026-03-10", "b"))
    marches = steps(reponse.mouvements, reponse.a_venir)
    assert [(m.debut, m.avant, m.solde, m.variation, m.a_venir) for m in marches[-2:]] == [
        (date(2026, 3, 10), 12, 5, -7, False),
        (date(2029, 3, 10), 5, 12, 7, True),
    ]


def test_un_long_silence_n_est_pas_dessine() -> None:
    reponse = releve(*perdus(3, "2026-03-10"))
    debut, fin = window(steps(reponse.mouvements, reponse.a_venir), JOUR)
    assert date(2025, 3, 1) < debut < date(2025, 6, 1)
    assert date(2029, 3, 10) < fin < date(2030, 1, 1)


def test_un_permis_sans_histoire_montre_une_annee_avant_aujourd_hui() -> None:
    reponse = releve()
    debut, fin = window(steps(reponse.mouvements, reponse.a_venir), JOUR)
    assert debut < JOUR < fin
    assert (fin - debut).days >= 700


@pytest.mark.parametrize("forme", FORMATS)
def test_tout_reste_dans_le_cadre(forme: Format) -> None:
    faits = [fait for mois in range(1, 12) for fait in perdus(1, f"2024-{mois:02}-10", f"i{mois}")]
    frise = dessin(releve(*faits), forme)
    nombres = [float(n) for n in re.findall(r"-?\d+\.?\d*", frise.passe + frise.futur + frise.plafond)]
    assert all(0 <= nombre <= max(forme.largeur, forme.hauteur) for nombre in nombres)
    assert all(frise.gauche <= s.x <= frise.droite for s in frise.segments)
    corps = forme.corps
    boites = [Boite(e.x, e.y - corps * 0.85, corps * 0.62 * len(e.texte), corps) for e in frise.etiquettes]
    assert not [couple for couple in combinations(boites, 2) if couple[0].touches(couple[1])]
    assert {"−1"} <= {etiquette.texte for etiquette in frise.etiquettes}


def test_le_jour_demande_est_marque() -> None:
    frise = dessin(releve(*perdus(3, "2026-03-10")))
    assert (frise.solde_jour, frise.texte_jour) == (9, "22\u00a0novembre\u00a02026")
    assert frise.gauche < frise.x_jour < frise.droite
    assert frise.y_jour == pytest.approx(frise.haut + (frise.bas - frise.haut) / 4, abs=0.1)


def test_le_plafond_ne_se_dessine_que_s_il_est_bas() -> None:
    novice = {**ANCIEN, "date": "2025-06-01"}
    reponse = replay(read_dossier({"version": 1, "faits": [novice]}).faits, JOUR)
    assert dessin(reponse).plafond
    assert not dessin(releve(*perdus(3, "2026-03-10"))).plafond


def test_avant_tout_permis() -> None:
    frise = dessin(releve(at=date(1999, 1, 1)))
    assert (frise.passe, frise.surface_passee, frise.solde_jour) == ("", "", 0)


def test_une_seconde_ligne_pour_ce_qui_est_suppose() -> None:
    tel_quel, suppose = releve(*perdus(3, "2026-03-10")), releve()
    autres = (*suppose.mouvements, *suppose.a_venir)
    frise = draw(tel_quel.mouvements, tel_quel.a_venir, JOUR, LARGE, autres)
    assert frise.suppose.startswith(f"M{frise.x_jour} ")
    assert not dessin(tel_quel).suppose


SERRES = {
    "trois retraits": [
        fait for rang, mois in enumerate((3, 5, 7)) for fait in perdus(3, f"2024-{mois:02}-10", f"i{rang}")
    ],
    "un point, quatre fois rendu": [
        fait
        for jour in ("2024-01-10", "2024-09-10", "2025-05-10", "2026-02-10")
        for fait in perdus(1, jour, f"i-{jour}")
    ],
    "retraits et stages": [
        *perdus(3, "2023-03-10", "a"),
        {"type": "stage", "debut": "2023-06-01", "fin": "2023-06-02", "cas": 1},
        *perdus(3, "2023-07-10", "b"),
        *perdus(3, "2023-09-10", "c"),
        {"type": "stage", "debut": "2024-07-01", "fin": "2024-07-02", "cas": 1},
        *perdus(3, "2024-08-10", "d"),
    ],
}


@pytest.mark.parametrize("forme", FORMATS)
@pytest.mark.parametrize("nom", SERRES)
def test_des_mouvements_serres_restent_lisibles(nom: str, forme: Format) -> None:
    """The space of a letter between two words, and no word over the bar of a movement."""
    frise = dessin(releve(*SERRES[nom]), forme)
    corps = forme.corps
    boites = [
        Boite(e.x - corps * 0.15, e.y - corps * 0.85, corps * (0.62 * len(e.texte) + 0.3), corps)
        for e in frise.etiquettes
    ]
    assert not [couple for couple in combinations(boites, 2) if couple[0].touches(couple[1])]
    barres = [Boite(s.x - 2, min(s.y1, s.y2), 4, abs(s.y2 - s.y1)) for s in frise.segments]
    assert not [(boite, barre) for boite in boites for barre in barres if boite.touches(barre)]
    assert {e.genre for e in frise.etiquettes} == {"gain", "perte", "solde"}


def test_les_plus_grands_mouvements_s_ecrivent_d_abord() -> None:
    faits = [*perdus(1, "2024-03-08", "a"), *perdus(6, "2024-03-10", "b"), *perdus(1, "2024-03-12", "c")]
    ecrits = [e.texte for e in dessin(releve(*faits), ETROIT).etiquettes if e.genre != "solde"]
    assert ecrits[:2] == ["+7", "−6"]
