"""A good dossier becomes facts: every key, the limits of each value, since when each fact is known."""

import json
from datetime import date, time
from typing import Any

import pytest

from permis.droit.dossier import (
    FAITS_MAXIMUM,
    Dossier,
    DossierInvalideError,
    parse_dossier,
    read_dossier,
    read_options,
)
from permis.droit.dossier.texte_json import TAILLE_MAXIMALE
from permis.droit.faits import Annulation, Classe, Delivrance, Fait, Infraction, Mode, Notification, Realite, Retrait
from permis.droit.options import Borne, EffetRetrait, Options


def lit(*faits: dict[str, Any]) -> tuple[Fait, ...]:
    return read_dossier({"version": 1, "faits": list(faits)}).faits


def lit_un(**fait: Any) -> Fait:
    return lit(fait)[0]


INFRACTION: dict[str, Any] = {
    "type": "infraction",
    "id": "i",
    "commise_le": "2024-03-10",
    "classe": "delit",
    "points": 6,
}


def test_un_dossier_sans_fait() -> None:
    assert read_dossier({"version": 1, "faits": []}) == Dossier(None, ())


def test_chaque_cle_d_une_delivrance() -> None:
    lue = lit_un(
        type="delivrance", id="d", date="2020-02-29", categorie="B", filiere="echange", obtention_origine="2015-01-01",
        retour=True, connu_le="2020-03-01",
    )  # fmt: skip
    assert isinstance(lue, Delivrance)
    assert (lue.date, lue.obtention_origine, lue.retour) == (date(2020, 2, 29), date(2015, 1, 1), True)
    assert lue.connu_le == date(2020, 3, 1)


def test_chaque_cle_d_une_infraction() -> None:
    lue = lit_un(
        **{**INFRACTION, "commise_le": "2024-03-10T18:14"}, ensemble="e", hors_code=True, vehicule_sans_permis=True,
        libelle="Un libellé", article="C. pénal, art. 1",
    )  # fmt: skip
    assert isinstance(lue, Infraction)
    assert (lue.commise_le, lue.heure, lue.classe, lue.points) == (date(2024, 3, 10), time(18, 14), Classe.DELIT, 6)
    assert (lue.ensemble, lue.hors_code, lue.vehicule_sans_permis) == ("e", True, True)


@pytest.mark.parametrize("points", [0, 9])
def test_les_points_de_zero_a_neuf(points: int) -> None:
    lue = lit_un(**{**INFRACTION, "points": points})
    assert isinstance(lue, Infraction)
    assert lue.points == points


@pytest.mark.parametrize("natinf", ["25387", 25387])
def test_le_natinf_prend_la_ligne_du_jour_de_l_infraction(natinf: object) -> None:
    eve, jour = lit(
        {"type": "infraction", "commise_le": "2023-12-31", "natinf": natinf},
        {"type": "infraction", "commise_le": "2024-01-01", "natinf": natinf},
    )
    assert isinstance(eve, Infraction)
    assert isinstance(jour, Infraction)
    assert (eve.points, jour.points, eve.natinf) == (1, 1, "25387")
    assert eve.libelle != jour.libelle


def test_un_identifiant_du_bareme_vaut_un_natinf_partout() -> None:
    par_bareme, par_natinf = lit(
        {"type": "infraction", "commise_le": "2025-01-01", "bareme": "alcool-0-50"},
        {"type": "infraction", "commise_le": "2025-01-01", "natinf": "alcool-0-50"},
    )
    assert isinstance(par_bareme, Infraction)
    assert isinstance(par_natinf, Infraction)
    assert (
        (par_bareme.points, par_bareme.classe) == (par_natinf.points, par_natinf.classe) == (6, Classe.CONTRAVENTION_4)
    )


def test_le_libelle_donne_l_emporte_sur_celui_du_bareme() -> None:
    lue = lit_un(type="infraction", commise_le="2025-01-01", bareme="alcool-0-50", libelle="Contrôle du 1er janvier")
    assert isinstance(lue, Infraction)
    assert lue.libelle == "Contrôle du 1er janvier"
    assert lue.article == "C. route, art. R. 234-1 I, 2° et IV"


def test_une_realite_la_minute_meme_de_l_infraction() -> None:
    _, realite = lit(
        {**INFRACTION, "commise_le": "2024-03-10T18:14"},
        {"type": "realite", "infraction": "i", "date": "2024-03-10T18:14", "mode": "paiement"},
    )
    assert isinstance(realite, Realite)
    assert (realite.date, realite.heure, realite.mode) == (date(2024, 3, 10), time(18, 14), Mode.PAIEMENT)


def test_une_realite_le_jour_meme_sans_heure() -> None:
    assert len(lit({**INFRACTION, "commise_le": "2024-03-10T18:14"},
                   {"type": "realite", "infraction": "i", "date": "2024-03-10", "mode": "paiement"})) == 2  # fmt: skip


def test_plusieurs_realites_et_plusieurs_retraits_sont_permis() -> None:
    realites = [
        {"type": "realite", "infraction": "i", "date": f"2024-0{mois}-01", "mode": "paiement"} for mois in (4, 5)
    ]
    retraits = [{"type": "retrait", "infraction": "i", "decide_le": jour} for jour in ("2024-06-01", None)]
    assert len(lit(INFRACTION, *realites, *retraits)) == 5


def test_une_annulation_annulee() -> None:
    faits = lit(
        {"type": "annulation", "id": "a2", "vise": "a1", "date": "2025-03-01", "autorite": "juge_administratif"},
        {
            "type": "annulation",
            "id": "a1",
            "vise": "i",
            "date": "2025-01-01",
            "autorite": "juge_penal",
            "motif": "Relaxe",
        },
        INFRACTION,
    )
    assert [fait.vise for fait in faits if isinstance(fait, Annulation)] == ["a1", "i"]


def test_un_ensemble_dont_une_seule_heure_est_connue() -> None:
    assert len(lit({**INFRACTION, "ensemble": "e"},
                   {**INFRACTION, "id": "j", "commise_le": "2024-03-10T18:14", "ensemble": "e"})) == 2  # fmt: skip


# ---------------------------------------------------------------------------------------------- since when it is known

LETTRE = {"type": "notification", "reference": "48"}
CONNUS: list[tuple[dict[str, Any], str]] = [
    ({"type": "delivrance", "date": "2015-06-01", "categorie": "B", "filiere": "aac"}, "2015-06-01"),
    ({"type": "formation_complementaire", "date": "2016-01-01"}, "2016-01-01"),
    ({**INFRACTION, "commise_le": "2024-03-10T23:59"}, "2024-03-10"),
    ({"type": "stage", "debut": "2025-03-10", "fin": "2025-03-11", "cas": 1}, "2025-03-11"),
    ({"type": "mesure", "nature": "suspension", "debut": "2025-03-10", "fin": "2025-06-10"}, "2025-03-10"),
    ({"type": "remise_titre", "date": "2025-03-10"}, "2025-03-10"),
    ({**LETTRE, "date": "2025-03-10"}, "2025-03-10"),
    ({**LETTRE, "presentee_le": "2025-03-10", "retiree_le": "2025-03-14", "retour": "AR"}, "2025-03-14"),
    ({**LETTRE, "presentee_le": "2025-03-10", "retour": "AP"}, "2025-03-10"),
    ({**LETTRE, "presentee_le": "2025-03-10", "retour": "NPAI"}, "2025-03-10"),
    ({**LETTRE, "presentee_le": "2025-03-10"}, "2025-03-10"),
    ({**LETTRE, "mise_a_disposition_le": "2025-03-10"}, "2025-03-25"),
    ({**LETTRE, "mise_a_disposition_le": "2025-03-10", "consultee_le": "2025-03-12"}, "2025-03-12"),
]  # fmt: skip


@pytest.mark.parametrize(("fait", "jour"), CONNUS)
def test_un_fait_est_connu_de_sa_propre_date(fait: dict[str, Any], jour: str) -> None:
    assert lit_un(**fait).connu_le == date.fromisoformat(jour)


@pytest.mark.parametrize(("fait", "jour"), CONNUS)
def test_connu_le_l_emporte(fait: dict[str, Any], jour: str) -> None:
    assert lit_un(**fait, connu_le="2026-01-01").connu_le == date(2026, 1, 1)


def test_un_retrait_non_decide_est_connu_comme_son_infraction() -> None:
    _, retrait = lit(
        {**INFRACTION, "connu_le": "2024-04-01"}, {"type": "retrait", "infraction": "i", "decide_le": None}
    )
    assert isinstance(retrait, Retrait)
    assert (retrait.decide_le, retrait.connu_le) == (None, date(2024, 4, 1))


def test_une_lettre_dont_la_date_s_accorde_avec_les_autres() -> None:
    lettre = lit_un(
        type="notification", reference="48SI", mode="recommande", date="2025-03-14", presentee_le="2025-03-10",
        retiree_le="2025-03-14", retour="AR",
    )  # fmt: skip
    assert isinstance(lettre, Notification)
    assert lettre.date == lettre.retiree_le == date(2025, 3, 14)


# ------------------------------------------------------------------------------------------------- bounds and the rest


def test_les_premieres_et_dernieres_dates() -> None:
    faits = lit({"type": "remise_titre", "date": "1900-01-01"}, {"type": "remise_titre", "date": "2200-12-31"})
    assert [fait.connu_le.year for fait in faits] == [1900, 2200]


def test_un_identifiant_de_64_caracteres() -> None:
    assert lit_un(type="remise_titre", date="2024-01-01", id="é" * 64).id == "é" * 64


def test_cinq_cents_faits() -> None:
    faits = [{"type": "remise_titre", "date": "2024-01-01", "id": str(rang)} for rang in range(FAITS_MAXIMUM)]
    assert len(lit(*faits)) == FAITS_MAXIMUM


def test_un_million_d_octets() -> None:
    octets = b'{"version": 1, "faits": []}'
    assert parse_dossier(octets.ljust(TAILLE_MAXIMALE)).faits == ()
    with pytest.raises(DossierInvalideError, match="trop volumineux"):
        parse_dossier(octets.ljust(TAILLE_MAXIMALE + 1))


def test_la_marque_d_ordre_des_octets_est_admise() -> None:
    assert parse_dossier(b'\xef\xbb\xbf{"version": 1, "faits": []}') == Dossier(None, ())


def test_le_titulaire() -> None:
    titulaire = {"neph": "170392100012", "nom": "D’Été", "prenoms": "Zoé, Anaïs", "naissance": "1992-00-00"}
    lu = parse_dossier(json.dumps({"version": 1, "faits": [], "titulaire": titulaire}).encode()).titulaire
    assert lu is not None
    assert {cle: getattr(lu, cle) for cle in titulaire} == titulaire


@pytest.mark.parametrize("naissance", ["1992-00-00", "1992-05-00", "1992-05-31"])
def test_une_naissance_presumee(naissance: str) -> None:
    assert read_dossier({"version": 1, "faits": [], "titulaire": {"naissance": naissance}}).titulaire is not None


@pytest.mark.parametrize("naissance", ["1992-00-12", "1992-13-00", "1992-05-32", "1892-05-01", "92-05-01"])
def test_une_naissance_impossible(naissance: str) -> None:
    with pytest.raises(DossierInvalideError, match=r"titulaire\.naissance"):
        read_dossier({"version": 1, "faits": [], "titulaire": {"naissance": naissance}})


def test_les_options() -> None:
    assert read_options({}) == Options()
    lues = read_options({"effet_retrait": "realite", "borne": "echeance_exclue"})
    assert lues == Options(effet_retrait=EffetRetrait.REALITE, borne=Borne.ECHEANCE_EXCLUE)


@pytest.mark.parametrize(
    ("objet", "lieu"),
    [
        ({"bornes": "x"}, "options"),
        ({"borne": "x"}, "options.borne"),
        ({"borne": None}, "options.borne"),
        ([], "options"),
    ],
)
def test_une_option_inconnue(objet: object, lieu: str) -> None:
    with pytest.raises(DossierInvalideError) as refus:
        read_options(objet)
    assert [faute.lieu for faute in refus.value.fautes] == [lieu]
