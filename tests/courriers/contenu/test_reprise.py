"""A letter that takes back another: which, what changed, what is worth today; never while the law still owes it."""

from __future__ import annotations

from datetime import date

import pytest

from permis.courriers.contenu import Contenu, RienADireError
from permis.courriers.models import CourrierDu
from tests.courriers.contenu.ecrits import (
    NUMERO,
    Objet,
    annulation,
    compose_du,
    dues,
    infraction,
    lire,
    notifiee,
    payee,
    perdre,
    permis,
    stage,
    textes,
)

UN_RETRAIT = [permis(), infraction("i1", "2025-03-10"), payee("i1", "2025-04-02")]
ECRITE, REPRISE = date(2025, 4, 5), date(2025, 6, 12)


def reprendre(avant: list[Objet], apres: list[Objet], reference: str, ecrite: date, le: date) -> Contenu:
    """The letter written with what was known, then taken back with what is known now."""
    lu = lire(*avant)
    du = [du for du in dues(lu, ecrite) if du.reference == reference][-1]
    premiere = compose_du(lu, du, ecrite)
    return compose_du(lire(*avant, *apres), du, le, nature="reprise", vise=premiere)


def plat(contenu: Contenu) -> str:
    return "\n".join(textes(contenu)).replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")


@pytest.mark.parametrize(
    ("vise", "autorite", "phrases"),
    [
        (
            "i1-payee",
            "juge_penal",
            [
                "une décision du juge pénal du 10 juin 2025",
                "ce qui établissait l'infraction du 10 mars 2025",
                "n'est pas établie",
            ],
        ),
        (
            "i1",
            "ministere_public",
            ["une décision du ministère public du 10 juin 2025", "l'infraction du 10 mars 2025"],
        ),
        ("i1", "administration", ["une décision de l'administration du 10 juin 2025"]),
        ("i1", "juge_administratif", ["une décision du juge administratif du 10 juin 2025"]),
    ],
)
def test_elle_dit_quelle_lettre_pourquoi_et_le_solde(vise: str, autorite: str, phrases: list[str]) -> None:
    lettre = reprendre(UN_RETRAIT, [annulation("a", vise, "2025-06-10", autorite)], "48", ECRITE, REPRISE)
    texte = plat(lettre)
    for phrase in (
        f"La lettre 48 du 5 avril 2025, numéro {NUMERO}, est retirée",
        "Elle vous annonçait ceci : Retrait de 3 points",
        "comme s'ils n'avaient jamais été retirés",
        "Votre solde au 12 juin 2025",
        "12 sur 12",
        *phrases,
    ):
        assert phrase in texte
    assert (lettre["donnees"]["solde"], lettre["donnees"]["points"], lettre["donnees"]["variation"]) == (12, None, 0)
    assert lettre["donnees"]["lettre_reprise"] == {"numero": NUMERO, "ecrit_le": "2025-04-05", "reference": "48"}
    assert (lettre["donnees"]["cause"], lettre["donnees"]["cesse_le"]) == ("a", "2025-06-10")


def test_la_decision_de_retrait_annulee_est_nommee() -> None:
    decide = {"type": "retrait", "id": "d1", "infraction": "i1", "decide_le": "2025-04-03"}
    texte = plat(reprendre([*UN_RETRAIT, decide], [annulation("a", "d1", "2025-06-10")], "48", ECRITE, REPRISE))
    assert "la décision de retirer les points de l'infraction du 10 mars 2025" in texte
    assert "La décision de retrait a été annulée" in texte


def test_une_48si_reprise_rend_le_permis_et_annonce_la_lettre_suivante() -> None:
    lettre = reprendre(perdre(), [annulation("a", "i1", "2025-11-20")], "48SI", date(2025, 11, 5), date(2025, 11, 21))
    texte = plat(lettre)
    assert "Votre permis n'a pas perdu sa validité" in texte
    assert "Le retrait de points lui-même demeure" in texte
    assert "la loi appelle désormais une lettre 48M" in texte
    assert "a fait tomber la décision de retirer les points de l'infraction du 10 mars 2025" in texte
    assert "juge des référés" not in texte
    assert lettre["donnees"]["solde"] == 6


def test_une_48si_reprise_ne_rend_pas_le_permis_pendant_une_suspension() -> None:
    suspension = {"type": "mesure", "id": "m", "nature": "suspension", "debut": "2025-09-10", "fin": "2026-03-09"}
    apres = [suspension, annulation("a", "i1", "2025-11-20")]
    texte = plat(reprendre(perdre(), apres, "48SI", date(2025, 11, 5), date(2025, 11, 21)))
    assert "vous ne pouvez pas conduire tant que court une autre mesure : Suspension du permis, du 10" in texte
    assert "demandez-lui de vous le rendre" not in texte


def test_une_48si_reprise_par_une_autre_ne_dit_pas_le_permis_valide() -> None:
    faits = [
        *perdre(),
        infraction("i3", "2025-08-01", 6, classe="delit"),
        payee("i3", "2025-10-01", "condamnation_definitive"),
    ]
    lettre = reprendre(faits, [annulation("a", "i2", "2025-11-20")], "48SI", date(2025, 11, 5), date(2025, 11, 21))
    assert "n'a pas perdu sa validité" not in plat(lettre)


def test_une_48si_que_devance_un_stage_peut_etre_reprise() -> None:
    suivi = stage("s1", "2025-11-06", "2025-11-07")
    texte = plat(reprendre(perdre(), [suivi], "48SI", date(2025, 11, 5), date(2025, 11, 8)))
    assert "votre solde n'est plus nul depuis le 8 novembre 2025" in texte
    assert "Stage de sensibilisation suivi du 6 novembre 2025" in texte
    assert "Votre permis n'a pas perdu sa validité" in texte
    with pytest.raises(RienADireError):
        reprendre(perdre(), [suivi], "48SI", date(2025, 11, 5), date(2025, 11, 7))
    with pytest.raises(RienADireError):
        reprendre(perdre(), [suivi, notifiee("n", "48SI", "2025-11-07")], "48SI", date(2025, 11, 5), date(2025, 11, 8))


def test_une_48n_reprise_leve_l_obligation_de_stage() -> None:
    faits = [permis("2024-06-01"), infraction("i1", "2025-03-10"), payee("i1", "2025-04-02")]
    texte = plat(reprendre(faits, [annulation("a", "i1", "2025-06-10")], "48N", ECRITE, REPRISE))
    assert "L'obligation de suivre un stage tombe avec elle" in texte


def test_un_retour_repris_dit_que_les_points_ne_sont_pas_rendus() -> None:
    faits = [permis(), infraction("i1", "2025-03-10", 1), payee("i1", "2025-04-02")]
    tard = [
        infraction("i2", "2025-07-10", 3, connu_le="2025-12-01"),
        {**payee("i2", "2025-12-01"), "connu_le": "2025-12-01"},
    ]
    texte = plat(reprendre(faits, tard, "46D", date(2025, 10, 5), date(2025, 12, 12)))
    assert "Les points que l'ancienne lettre disait rendus ne le sont pas" in texte
    assert "devant le juge des référés" in texte
    assert "le fichier connaît depuis le 1er décembre 2025 l'infraction du 10 juillet 2025" in texte


def test_sans_la_premiere_lettre_ni_cause_connue_elle_le_dit_simplement() -> None:
    du = CourrierDu(dossier_id=lire().id, reference="48", fait="i1", date=date(2025, 4, 2), vu_le=date(2025, 4, 3))
    texte = plat(compose_du(lire(permis()), du, REPRISE, nature="reprise"))
    assert "La lettre 48 qui vous a été adressée pour un fait du 2 avril 2025 est retirée" in texte
    assert "avec ce que le fichier contient aujourd'hui, la loi n'appelle plus cette lettre" in texte


def test_une_lettre_encore_due_n_est_pas_reprise() -> None:
    with pytest.raises(RienADireError, match="toujours"):
        reprendre(UN_RETRAIT, [], "48", ECRITE, REPRISE)


def test_elle_ne_sait_rien_de_l_annulation_avant_qu_elle_soit_connue() -> None:
    annule = {**annulation("a", "i1", "2025-06-10"), "connu_le": "2025-06-13"}
    with pytest.raises(RienADireError):
        reprendre(UN_RETRAIT, [annule], "48", ECRITE, REPRISE)
    assert reprendre(UN_RETRAIT, [annule], "48", ECRITE, date(2025, 6, 13))["nature"] == "reprise"
