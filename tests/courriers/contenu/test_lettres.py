"""Each letter says what the law gives: the movement, the balance, what to do, until when; or nothing at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from permis.courriers.contenu import Contenu, RienADireError
from permis.courriers.models import CourrierDu
from permis.droit.stage import delai_remboursement
from permis.droit.validite import DelaiRemise, restitution
from tests.courriers.contenu.ecrits import (
    DOSSIER,
    NUMERO,
    Objet,
    compose_du,
    ecrire,
    infraction,
    lire,
    notifiee,
    payee,
    perdre,
    permis,
    stage,
    textes,
)

TELEPHONE = infraction(
    "i1", "2025-03-10T18:14", 3, libelle="Usage d'un téléphone tenu en main", article="C. route, art. R. 412-6-1"
)
UN_RETRAIT = [permis(), TELEPHONE, payee("i1", "2025-04-02")]


def blocs(contenu: Contenu, genre: str, langue: str = "fr") -> list[dict[str, Any]]:
    return [bloc for bloc in contenu["textes"][langue]["blocs"] if bloc["type"] == genre]


def chiffres(contenu: Contenu, langue: str = "fr") -> dict[str, str]:
    (bloc, *_) = blocs(contenu, "chiffres", langue)
    return {libelle.replace("\u00a0", " "): valeur.replace("\u00a0", " ") for libelle, valeur in bloc["lignes"]}


def plat(contenu: Contenu, langue: str = "fr") -> str:
    return "\n".join(textes(contenu, langue)).replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")


def test_48_dit_l_infraction_le_retrait_et_le_solde() -> None:
    lettre = ecrire(lire(*UN_RETRAIT), "48", date(2025, 4, 5))
    assert chiffres(lettre) == {
        "Points retirés": "3 points",
        "À compter du": "2 avril 2025",
        "Solde après ce mouvement": "9 sur 12",
    }
    (tableau,) = blocs(lettre, "tableau")
    assert [cellule.replace("\u00a0", " ") for cellule in tableau["lignes"][0]] == [
        "10 mars 2025 à 18 h 14",
        "Usage d\u2019un téléphone tenu en main (C. route, art. R. 412-6-1)",
        "2 avril 2025, par : paiement de l\u2019amende",
        "2 avril 2025",
    ]
    assert lettre["donnees"]["infraction"]["heure"] == "18:14"
    assert (lettre["donnees"]["points"], lettre["donnees"]["variation"], lettre["donnees"]["solde"]) == (3, -3, 9)
    assert lettre["destinataire"]["nom_complet"] == "Angèle Claire ESSAI"


def test_le_solde_du_jour_est_dit_s_il_n_est_plus_celui_du_mouvement() -> None:
    lu = lire(*UN_RETRAIT, infraction("i2", "2025-03-12", 1), payee("i2", "2025-04-04"))
    assert "Solde au 3 avril 2025" not in chiffres(ecrire(lu, "48", date(2025, 4, 3)))
    lettre = compose_du(lu, du("48", "i1", "2025-04-02"), date(2025, 4, 4))
    assert chiffres(lettre)["Solde au 4 avril 2025"] == "8 sur 12"
    assert chiffres(lettre)["Solde après ce mouvement"] == "9 sur 12"
    assert lettre["donnees"]["solde_du_jour"] == {"le": "2025-04-04", "solde": 8, "plafond": 12, "validite": "valide"}


def du(reference: str, fait: str, jour: str) -> CourrierDu:
    date_du = date.fromisoformat(jour)
    return CourrierDu(dossier_id=DOSSIER, reference=reference, fait=fait, date=date_du, vu_le=date_du)


@pytest.mark.parametrize(
    ("voie", "depart", "exemple", "dernier"),
    [
        ("simple", "du jour où vous recevez cette lettre", "9 avril 2025", "10 juin 2025"),
        ("electronique", "de la fin des 15 jours qui suivent sa mise à disposition", "5 avril 2025", "6 juin 2025"),
        ("recommande", "du jour où elle vous a été présentée", "9 avril 2025", "10 juin 2025"),
    ],
)
def test_les_recours_disent_d_ou_court_le_delai_et_un_dernier_jour_en_exemple(
    voie: str, depart: str, exemple: str, dernier: str
) -> None:
    texte = plat(ecrire(lire(*UN_RETRAIT), "48", date(2025, 4, 5), voie=voie))
    assert depart in texte
    assert f"lettre connue le {exemple} : jusqu'au {dernier} inclus" in texte
    for article in ("L. 411-2", "R. 421-1", "R. 421-2", "L. 521-1"):
        assert article in texte


def test_les_recours_sont_dans_un_cadre_et_pour_les_machines() -> None:
    lettre = ecrire(lire(*UN_RETRAIT), "48", date(2025, 4, 5))
    assert [bloc["type"] for bloc in lettre["textes"]["fr"]["blocs"] if bloc.get("role") == "recours"] == ["liste"]
    assert lettre["donnees"]["echeances"] == [
        {"cle": "recours", "le": None, "mois": 2, "franc": True, "article": "C. just. adm., art. R. 421-1"}
    ]


def test_48m_alerte_et_48_ne_le_fait_pas() -> None:
    alerte = lire(permis(), infraction("i1", "2025-03-10", 6, classe="delit"), payee("i1", "2025-04-02"))
    assert "ne vous laisse que 6 points" in plat(ecrire(alerte, "48M", date(2025, 4, 5), voie="recommande"))
    assert "Attention" not in plat(ecrire(lire(*UN_RETRAIT), "48", date(2025, 4, 5)))


def test_48n_oblige_a_un_stage_dans_les_quatre_mois() -> None:
    lu = lire(permis("2024-06-01"), TELEPHONE, payee("i1", "2025-04-02"))
    lettre = ecrire(lu, "48N", date(2025, 4, 5), voie="recommande")
    texte = plat(lettre)
    assert (
        "dans les 4 mois qui suivent la réception de cette lettre (C. route, art. L. 223-6, al. 4 ; R. 223-4 I)"
        in texte
    )
    assert "lettre reçue le 9 avril 2025 : au plus tard le 9 août 2025" in texte
    assert [e["cle"] for e in lettre["donnees"]["echeances"]] == ["stage_obligatoire", "remboursement", "recours"]
    assert chiffres(lettre)["Solde après ce mouvement"] == "3 sur 6"
    assert "Commencé à partir du 5 avril 2025, le stage que vous devez suivre vous rendrait 3 points" in texte
    assert "Vous pouvez aussi" not in texte


def test_48n_dit_jusqu_a_quand_l_amende_se_fait_rembourser() -> None:
    lu = lire(permis("2024-06-01"), TELEPHONE, payee("i1", "2025-04-02"))
    lettre = ecrire(lu, "48N", date(2025, 4, 5), voie="recommande")
    jours, version = delai_remboursement(date(2025, 8, 9))
    assert version.cite == "C. route, art. R. 223-8 IV"
    assert f"Dans les {jours} jours qui suivent la fin du stage" in plat(lettre)
    assert "nécessaires à son remboursement (C. route, art. R. 223-8 IV)" in plat(lettre)
    assert "stage fini le 9 août 2025 : au plus tard le 24 août 2025" in plat(lettre)
    assert f"Within {jours} days of the end of the course" in plat(lettre, "en")
    assert "course finished on 9 August 2025: by 24 August 2025 at the latest" in plat(lettre, "en")
    assert lettre["donnees"]["echeances"][1] == {
        "cle": "remboursement", "le": None, "jours": jours, "franc": False, "article": version.cite,
    }  # fmt: skip


@pytest.mark.parametrize(("langue", "dit"), [("fr", "dans les {} jours francs"), ("en", "within {} clear days")])
def test_48si_dit_le_delai_de_la_regle_pour_remettre_le_permis(
    langue: str, dit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lettre = ecrire(lire(*perdre()), "48SI", date(2025, 11, 5), voie="recommande")
    assert restitution(date(2025, 11, 9)).value == (10, True)
    assert dit.format(10) in plat(lettre, langue)
    monkeypatch.setattr(restitution, "bodies", [lambda: DelaiRemise(12, franc=True)] * 2)
    autre = ecrire(lire(*perdre()), "48SI", date(2025, 11, 5), voie="recommande")
    assert dit.format(12) in plat(autre, langue)
    assert autre["donnees"]["echeances"][0]["jours"] == 12
    assert "20 novembre 2025" not in plat(autre)
    assert "22 novembre 2025" in plat(autre)


def test_seule_la_48n_se_fonde_sur_l_article_du_stage_obligatoire() -> None:
    simple = ecrire(lire(*UN_RETRAIT), "48", date(2025, 4, 5))
    assert "R. 223-4" not in plat(simple)
    assert simple["donnees"]["articles"] == ["C. route, art. L. 223-1", "C. route, art. R. 223-3 III"]
    lu = lire(permis("2024-06-01"), TELEPHONE, payee("i1", "2025-04-02"))
    assert "notifie ce retrait (C. route, art. L. 223-3, R. 223-3 III et R. 223-4 I)" in plat(
        ecrire(lu, "48N", date(2025, 4, 5), voie="recommande")
    )


def test_le_nombre_de_points_a_son_texte_quand_il_en_a_un_autre() -> None:
    lu = lire(
        permis(),
        infraction("i1", "2025-08-10", 9, classe="delit"),
        payee("i1", "2026-02-02", "condamnation_definitive"),
    )
    texte = plat(ecrire(lu, "48M", date(2026, 2, 5), voie="recommande"))
    assert "ou condamnation définitive (C. route, art. L. 223-1)" in texte
    assert "Leur nombre est celui que fixe un autre texte : C. route, art. L. 235-1." in texte
    assert "Leur nombre" not in plat(ecrire(lire(*UN_RETRAIT), "48", date(2025, 4, 5)))


def test_48si_recapitule_tous_les_retraits_et_enjoint_de_remettre_le_permis() -> None:
    lu = lire(*perdre())
    lettre = ecrire(lu, "48SI", date(2025, 11, 5), voie="recommande")
    texte = plat(lettre)
    recap = blocs(lettre, "tableau")[0]
    assert [
        (ligne[0].replace("\u00a0", " "), ligne[2], ligne[3].replace("\u00a0", " ")) for ligne in recap["lignes"]
    ] == [
        ("1er juin 2018", "", "12 sur 12"),
        ("2 avril 2025", "−6", "6 sur 12"),
        ("2 novembre 2025", "−6", "0 sur 12"),
    ]
    assert [(r["fait"], r["points"]) for r in lettre["donnees"]["retraits"]] == [("i1", 6), ("i2", 6)]
    assert "Votre solde est nul depuis le 2 novembre 2025" in texte
    assert "lettre reçue le 9 novembre 2025 : au plus tard le 20 novembre 2025" in texte
    assert "avant 6 mois à compter de la remise" in texte
    assert "doublé" not in texte


def test_48si_dit_ce_qui_passe_sous_zero_et_qu_un_stage_viendrait_trop_tard() -> None:
    faits = perdre(infraction("i3", "2025-10-01", 3), payee("i3", "2025-11-04"))
    texte = plat(ecrire(lire(*faits), "48SI", date(2025, 11, 5), voie="recommande"))
    assert "Le solde affiché ne descend pas au-dessous de zéro" in texte
    assert "que s'il est achevé au plus tard la veille du jour où vous recevez cette lettre" in texte
    assert "au-dessous de zéro" not in plat(ecrire(lire(*perdre()), "48SI", date(2025, 11, 5), voie="recommande"))


def test_48si_compte_ce_qui_est_revenu_entre_les_retraits() -> None:
    faits = [
        *perdre(),
        stage("s1", "2025-06-01", "2025-06-02"),
        infraction("i3", "2025-10-01", 4),
        payee("i3", "2025-11-10"),
    ]
    recap = blocs(ecrire(lire(*faits), "48SI", date(2025, 11, 12), voie="recommande"), "tableau")[0]
    assert [ligne[2] for ligne in recap["lignes"]] == ["", "−6", "+4", "−6", "−4"]


def test_48si_d_une_seconde_perte_dans_les_cinq_ans_dit_un_an() -> None:
    faits = [
        *perdre(notifiee("n1", "48SI", "2025-11-10"), {"type": "remise_titre", "id": "r", "date": "2025-11-12"}),
        permis("2026-06-01", "nouveau", retour=True),
        infraction("i3", "2026-08-01", 6, classe="delit"),
        payee("i3", "2026-09-01", "condamnation_definitive"),
    ]
    texte = plat(ecrire(lire(*faits), "48SI", date(2026, 9, 3), voie="recommande"))
    assert "avant 1 an à compter de la remise" in texte
    assert "doublé parce que vous aviez déjà perdu tous vos points dans les 5 ans qui précèdent" in texte
    assert "repasser toutes les épreuves du permis" in texte
    assert "dispensé" not in texte


@pytest.mark.parametrize(
    ("apres", "le", "raison"),
    [
        ([stage("s1", "2025-11-05", "2025-11-06")], "2025-11-07", "le solde n'est plus nul"),
        ([notifiee("n1", "48SI", "2025-11-06")], "2025-11-06", "déjà perdu"),
        (
            [{"type": "mesure", "id": "m", "nature": "annulation_judiciaire", "debut": "2025-11-06"}],
            "2025-11-06",
            "déjà",
        ),
    ],
)
def test_48si_n_est_plus_ecrite_quand_elle_ne_serait_plus_fondee(apres: list[Objet], le: str, raison: str) -> None:
    lu, jour = lire(*perdre(*apres)), date.fromisoformat(le)
    veille = compose_du(lu, du("48SI", "i2", "2025-11-02"), date(2025, 11, 5), voie="recommande")
    assert veille["donnees"]["solde"] == 0
    with pytest.raises(RienADireError, match=raison):
        compose_du(lu, du("48SI", "i2", "2025-11-02"), jour, voie="recommande")


def test_46_a_la_fin_de_la_probation_et_apres_un_delai() -> None:
    probation = ecrire(lire(permis("2021-01-15")), "46", date(2024, 1, 15))
    assert probation["textes"]["fr"]["titre"] == "Votre période probatoire est finie"
    assert chiffres(probation)["Points ajoutés"] == "2 points"
    delai = ecrire(lire(*UN_RETRAIT), "46", date(2028, 4, 2))
    assert delai["textes"]["fr"]["titre"] == "Votre capital de points est reconstitué"
    assert chiffres(delai) == {
        "Points rendus": "3 points",
        "À compter du": "2 avril 2028",
        "Solde après ce mouvement": "12 sur 12",
    }
    assert "juge des référés" not in plat(delai)


def test_46d_et_46b_disent_le_delai_de_la_loi() -> None:
    un_point = lire(permis(), infraction("i1", "2025-03-10", 1), payee("i1", "2025-04-02"))
    lettre = ecrire(un_point, "46D", date(2025, 10, 2))
    assert chiffres(lettre)["Points rendus"] == "1 point"
    assert "revient 6 mois après le 2 avril 2025" in plat(lettre)
    dix = [permis("2005-01-01"), infraction("i1", "2014-01-10"), payee("i1", "2014-02-01")]
    dix += [infraction(f"s{an}", f"{an}-06-10", 1) for an in range(2016, 2024, 2)]
    dix += [payee(f"s{an}", f"{an}-07-01") for an in range(2016, 2024, 2)]
    assert "dix ans après" in plat(ecrire(lire(*dix), "46B", date(2024, 2, 1)))


def test_47_dit_le_stage_son_prefet_et_le_suivant() -> None:
    lu = lire(*UN_RETRAIT, stage("s1", "2025-05-02", "2025-05-03", cas=2))
    lettre = ecrire(lu, "47", date(2025, 5, 10))
    texte = plat(lettre)
    assert chiffres(lettre)["À compter du"] == "4 mai 2025"
    assert "obligation que vous a faite une lettre 48N" in texte
    assert "recours hiérarchique" in texte
    assert "préfet" in lettre["textes"]["fr"]["mentions"][0]
    volontaire = lire(*UN_RETRAIT, stage("s1", "2025-05-02", "2025-05-03"))
    assert "48N" not in plat(ecrire(volontaire, "47", date(2025, 5, 10)))


def test_un_etranger_a_zero_lit_l_interdiction_et_non_l_invalidation() -> None:
    etranger = permis("2020-01-01", filiere="etranger", pays="DE")
    faits = [etranger if fait["id"] == "permis" else fait for fait in perdre()]
    texte = plat(ecrire(lire(*faits), "48", date(2025, 11, 5)))
    assert "une interdiction de conduire en France peut vous être notifiée" in texte
    assert "Espace économique européen" in texte


@pytest.mark.parametrize(
    ("reference", "fait", "jour", "le"),
    [
        ("48", "i1", "2025-04-03", "2025-04-05"),
        ("48", "i2", "2025-04-02", "2025-04-05"),
        ("48M", "i1", "2025-04-02", "2025-04-05"),
        ("48", "i1", "2025-04-02", "2025-04-01"),
        ("48S", "i1", "2025-04-02", "2025-04-05"),
        ("44", "i1", "2025-04-02", "2025-04-05"),
    ],
)
def test_rien_n_est_ecrit_que_la_loi_n_appelle_pas(reference: str, fait: str, jour: str, le: str) -> None:
    with pytest.raises(RienADireError):
        compose_du(lire(*UN_RETRAIT), du(reference, fait, jour), date.fromisoformat(le))


def test_la_lettre_ne_sait_que_ce_qui_etait_su_le_jour_ou_elle_est_ecrite() -> None:
    tard = {**payee("i2", "2025-04-03"), "connu_le": "2025-06-01"}
    lu = lire(*UN_RETRAIT, infraction("i2", "2025-03-12", 2), tard)
    assert ecrire(lu, "48", date(2025, 5, 31))["donnees"]["solde_du_jour"]["solde"] == 9
    assert compose_du(lu, du("48", "i1", "2025-04-02"), date(2025, 6, 1))["donnees"]["solde_du_jour"]["solde"] == 7


def test_un_renvoi_dit_la_premiere_lettre() -> None:
    lu = lire(*UN_RETRAIT)
    premiere = ecrire(lu, "48", date(2025, 4, 5))
    renvoi = ecrire(lu, "48", date(2025, 5, 20), nature="renvoi", vise=premiere)
    assert f"le 5 avril 2025, sous le numéro {NUMERO}" in plat(renvoi)
    assert "à votre nouvelle adresse" not in plat(premiere)


def test_l_anglais_dit_qu_il_n_est_qu_une_traduction() -> None:
    lettre = ecrire(lire(*UN_RETRAIT), "48", date(2025, 4, 5))
    assert textes(lettre, "en")[0] == "Courtesy translation. Only the French text has legal effect."
    assert "Courtesy" not in plat(lettre)
    assert chiffres(lettre, "en")["Balance after this change"] == "9 out of 12"


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_un_article_n_est_pas_coupe_en_fin_de_ligne(langue: str) -> None:
    dits = "\n".join(textes(ecrire(lire(*UN_RETRAIT), "48", date(2025, 4, 5)), langue))
    assert "C.\u00a0route, art.\u00a0L.\u00a0223-1" in dits
    assert "C. " not in dits
