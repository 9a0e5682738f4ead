"""Statements: what is held that day, by whom it may be read; the public state changes when the right to drive does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from permis.courriers.contenu import (
    ContenuDocument,
    RienADireError,
    compose_document,
    empreinte_etat,
    etat_de,
)
from permis.registre.lecture import DossierLu
from tests.courriers.contenu.ecrits import (
    NUMERO,
    Objet,
    annulation,
    infraction,
    lire,
    notifiee,
    payee,
    perdre,
    permis,
    stage,
    textes,
)

LE = date(2026, 11, 22)
ADRESSE = "https://permis.example/v?s=x"


def composer(lu: DossierLu, genre: str, le: date = LE) -> ContenuDocument:
    return compose_document(lu, genre, numero=NUMERO, secret_url=ADRESSE, le=le, langue="fr")


def mesure(nature: str, debut: str, fin: str | None = None) -> Objet:
    return {"type": "mesure", "id": "m1", "nature": nature, "debut": debut} | ({"fin": fin} if fin else {})


def etat(*faits: Objet, le: date = LE) -> dict[str, Any]:
    return etat_de(lire(*faits), le)


def test_les_categories_sont_celles_du_permis_du_jour_depuis_leur_obtention() -> None:
    a2 = permis("2018-01-01", "a2", categorie="A2")
    bientot = permis("2026-11-23", "c", categorie="C")
    am = permis("2010-01-01", "am", categorie="AM")
    assert etat(permis(), a2, bientot, am)["categories"] == [
        {"categorie": "A2", "depuis": "2018-01-01", "titre": "francais"},
        {"categorie": "AM", "depuis": "2010-01-01", "titre": "francais"},
        {"categorie": "B", "depuis": "2015-06-01", "titre": "francais"},
    ]
    assert [c["categorie"] for c in etat(permis(), bientot, le=date(2026, 11, 23))["categories"]] == ["B", "C"]


def test_qui_n_a_que_le_permis_am_conduit() -> None:
    ici = etat(permis("2024-01-01", "am", categorie="AM"))
    assert (ici["validite"], ici["valide"], len(ici["categories"])) == ("valide", True, 1)
    assert etat()["validite"] == "sans_permis"
    assert not etat()["valide"]


def test_un_permis_echange_garde_sa_date_d_origine_et_passe_avant_l_etranger() -> None:
    etranger = permis("2020-01-01", "e", filiere="etranger", pays="DE")
    echange = permis("2024-05-01", "f", filiere="echange", obtention_origine="2012-03-04")
    assert etat(etranger)["categories"] == [{"categorie": "B", "depuis": "2020-01-01", "titre": "etranger"}]
    assert etat(etranger, echange)["categories"] == [{"categorie": "B", "depuis": "2012-03-04", "titre": "francais"}]


def test_un_solde_nul_pas_encore_notifie_ne_se_voit_pas() -> None:
    plein, nul = etat(permis(), le=date(2025, 11, 5)), etat(*perdre(), le=date(2025, 11, 5))
    assert nul == plein
    assert empreinte_etat(nul) == empreinte_etat(plein)
    assert composer(lire(*perdre()), "rii", date(2025, 11, 5))["donnees"]["validite"] == "nul_non_notifie"


@pytest.mark.parametrize(("le", "validite"), [("2025-11-09", "valide"), ("2025-11-10", "invalide")])
def test_l_invalidation_se_voit_le_jour_ou_elle_est_connue(le: str, validite: str) -> None:
    ici = etat(*perdre(notifiee("n", "48SI", "2025-11-10")), le=date.fromisoformat(le))
    assert ici["validite"] == validite
    assert bool(ici["categories"]) is ici["valide"] is (validite == "valide")


def test_apres_la_perte_seul_le_nouveau_permis_compte() -> None:
    perdu = perdre(permis("2016-01-01", "a", categorie="A"), notifiee("n", "48SI", "2025-11-10"))
    perdu.append({"type": "remise_titre", "id": "r", "date": "2025-11-12"})
    egare = permis("2026-01-01", "c", categorie="C")
    nouveau = permis("2026-06-01", "nouveau", retour=True)
    assert etat(*perdu, egare)["categories"] == []
    assert etat(*perdu, egare, nouveau)["categories"] == [
        {"categorie": "B", "depuis": "2026-06-01", "titre": "francais"}
    ]


@pytest.mark.parametrize(
    ("nature", "fin", "le", "validite"),
    [
        ("suspension", "2026-03-31", "2026-02-28", "valide"),
        ("suspension", "2026-03-31", "2026-03-01", "suspendu"),
        ("suspension", "2026-03-31", "2026-03-31", "suspendu"),
        ("suspension", "2026-03-31", "2026-04-01", "valide"),
        ("suspension", None, "2030-01-01", "suspendu"),
        ("retention", None, "2026-03-06", "suspendu"),
        ("retention", None, "2026-03-07", "valide"),
        ("retention", "2026-03-03", "2026-03-04", "valide"),
        ("restriction", "2026-03-31", "2026-03-15", "valide"),
    ],
)
def test_une_mesure_se_voit_du_premier_au_dernier_jour(nature: str, fin: str | None, le: str, validite: str) -> None:
    assert etat(permis(), mesure(nature, "2026-03-01", fin), le=date.fromisoformat(le))["validite"] == validite


def test_une_mesure_annulee_ou_pas_encore_connue_ne_se_voit_pas() -> None:
    suspension = mesure("suspension", "2026-03-01")
    assert etat(permis(), suspension, annulation("a", "m1", "2026-03-10"), le=date(2026, 3, 10))["valide"]
    assert etat(permis(), {**suspension, "connu_le": "2026-03-05"}, le=date(2026, 3, 4))["valide"]


def test_l_etat_ne_change_pas_avec_le_seul_passage_des_jours() -> None:
    faits = [*perdre(), stage("s1", "2025-11-05", "2025-11-06"), mesure("restriction", "2025-01-01", "2030-01-01")]
    lu = lire(*faits)
    jours = [date(2025, 6, 1) + timedelta(days=n) for n in range(400)]
    assert len({empreinte_etat(etat_de(lu, jour)) for jour in jours}) == 1


def test_l_attestation_vaut_quatre_mois_de_date_a_date() -> None:
    attestation = composer(lire(permis()), "adc", date(2026, 10, 31))
    assert attestation["donnees"]["valable_jusqu_au"] == "2027-02-28"
    assert "28\u00a0février\u00a02027" in textes(attestation)
    assert composer(lire(permis()), "rir")["donnees"]["valable_jusqu_au"] is None


@pytest.mark.parametrize(
    "faits",
    [
        [],
        [permis(), mesure("suspension", "2026-11-22", "2026-11-22")],
        perdre(notifiee("n", "48SI", "2025-11-10")),
    ],
    ids=["sans permis", "suspendu", "invalide"],
)
def test_sans_droit_de_conduire_pas_d_attestation_mais_un_releve(faits: list[Objet]) -> None:
    with pytest.raises(RienADireError):
        composer(lire(*faits), "adc")
    assert composer(lire(*faits), "rir")["donnees"]["etat"]["valide"] is False


def test_un_permis_etranger_n_est_pas_atteste_mais_se_voit_au_releve() -> None:
    etranger = permis("2020-01-01", "e", filiere="etranger", pays="DE")
    with pytest.raises(RienADireError):
        composer(lire(etranger), "adc")
    assert "Permis étranger" in textes(composer(lire(etranger), "rir"))
    echange = permis("2024-05-01", "f", filiere="echange", obtention_origine="2012-03-04")
    assert "Permis français" in textes(composer(lire(etranger, echange), "adc"))


def test_l_attestation_dit_la_restriction_ou_qu_il_n_y_en_a_pas() -> None:
    libre = "\n".join(textes(composer(lire(permis()), "adc")))
    limite = "\n".join(textes(composer(lire(permis(), mesure("restriction", "2026-01-01", "2027-01-01")), "adc")))
    assert "Aucune restriction" in libre
    assert "Aucune restriction" not in limite
    assert "Restriction du droit de conduire, du 1er\u00a0janvier\u00a02026 au 1er\u00a0janvier\u00a02027" in limite


def test_le_releve_integral_dit_tout() -> None:
    faits = [
        *perdre(notifiee("n", "48SI", "2025-11-10")),
        stage("s1", "2025-11-20", "2025-11-21"),
        infraction("i3", "2026-08-10", 4, libelle="Non-respect d'un stop"),
        {"type": "remise_titre", "id": "r", "date": "2025-11-12"},
        mesure("suspension", "2025-03-12", "2025-09-12"),
    ]
    releve = composer(lire(*faits), "rii")
    tableaux = {b["titre"]: b["lignes"] for b in releve["textes"]["fr"]["blocs"] if b["type"] == "tableau"}
    assert list(tableaux) == [
        "Mouvements",
        "Infractions enregistrées",
        "Stages",
        "Mesures sur le droit de conduire",
        "Autres événements",
        "Lettres notifiées",
    ]
    assert releve["donnees"]["solde"] == releve["donnees"]["mouvements"][-1]["solde"] == 0
    assert [ligne[1] for ligne in tableaux["Infractions enregistrées"]] == [
        "Non-respect d\u2019un stop",
        "Conduite malgré une suspension",
        "Conduite sous l\u2019empire de l\u2019alcool",
    ]
    assert "Stage suivi quand le permis n\u2019était plus valide" in tableaux["Stages"][0][2]
    assert tableaux["Lettres notifiées"][0][0] == "48SI"


def test_une_infraction_rendue_dit_le_retrait_et_le_retour() -> None:
    lu = lire(permis(), infraction("i1", "2025-03-10", 1), payee("i1", "2025-04-02"))
    (ligne,) = next(
        b["lignes"]
        for b in composer(lu, "rii")["textes"]["fr"]["blocs"]
        if b.get("titre") == "Infractions enregistrées"
    )
    assert ligne[3] == (
        "Retrait de 1\u00a0point le 2\u00a0avril\u00a02025. 1\u00a0point de plus le 2\u00a0octobre\u00a02025."
    )


def test_le_releve_integral_de_qui_n_a_rien_le_dit_sans_solde() -> None:
    blocs = composer(lire(), "rii")["textes"]["fr"]["blocs"]
    assert [b["lignes"] for b in blocs if b["type"] == "chiffres"] == [[["Permis", "Pas de permis"]]]
    assert blocs[-1]["texte"].startswith("Le fichier ne contient ni permis")


def test_le_releve_integral_dit_pourquoi_le_solde_reste_a_zero() -> None:
    lu = lire(*perdre(infraction("i3", "2025-10-01", 3), payee("i3", "2025-11-04")))
    assert "ne descend pas au-dessous de zéro" in "\n".join(textes(composer(lu, "rii")))
    assert "au-dessous de zéro" not in "\n".join(textes(composer(lire(*perdre()), "rii")))
