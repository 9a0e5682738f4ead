"""Every seal we make is one that another reader accepts, with the same data; what has no place in one is refused."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tddoc.doc import TwoDDoc

from permis.courriers.sceau import SceauIllisibleError, read_sceau, seal_courrier, seal_document
from permis.courriers.sceau.champs import CHAMPS, read_jour, write_base36, write_jour, write_texte
from permis.courriers.sceau.deux_d_doc import GS, RS, US, Entete, write_sceau
from tests.courriers.scelles import LETTRE, RELEVE, read_by_tddoc, with_destinataire, with_donnees

pytestmark = pytest.mark.usefixtures("autorite")
JOUR = date(2026, 6, 1)
ENTETE = Entete("XX00", "0001", JOUR, JOUR, "A1")
TETE = "DC04XX0000"
FIN = US + "A" * 103


def ecrire(*donnees: tuple[str, str], entete: Entete = ENTETE) -> str:
    return write_sceau(entete, donnees, lambda _: bytes(64))


def test_une_lettre() -> None:
    code = seal_courrier(LETTRE)
    assert code.startswith("DC04XX00000125B025B0A101FR")
    assert read_by_tddoc(code) == {
        "69": date(1980, 5, 4),
        "AD": date(2026, 4, 2),
        "AE": time(8, 15),
        "AF": 3,
        "AG": 9,
        "AB": "48",
        "AC": "990000000012",
        "60": "ANGELE/MARIE",
        "6G": "EXEMPLE",
        "6H": "M OU MME",
        "01": "ABCDEFGHJKMNPQRS",
    }
    entete = TwoDDoc.from_code(code).header
    assert (entete.emit_date, entete.sign_date, entete.country_id) == (JOUR, JOUR, "FR")
    assert entete.doc_type().emitter_type == "Courrier Permis à points"


def test_un_releve() -> None:
    code = seal_document(RELEVE)
    assert read_by_tddoc(code) == {
        "E4": "ADC",
        "E5": "1",  # tddoc drops the zeros in front
        "E7": "",
        "E8": datetime(2026, 6, 1),  # noqa: DTZ001 - so does it read it
        "08": date(2026, 10, 1),
        "86": "990000000012",
        "E6": "AM B",
        "80": "EXEMPLE",
        "81": "ANGELE/MARIE",
        "01": "ABCDEFGHJKMNPQRS",
    }
    assert TwoDDoc.from_code(code).header.doc_type().emitter_type == "Relevé d’Information Permis de Conduire"


@pytest.mark.parametrize("solde", [0, 1, 11, 12])
def test_le_solde_est_celui_de_la_lettre(solde: int) -> None:
    assert read_by_tddoc(seal_courrier(with_donnees(LETTRE, solde=solde)))["AG"] == solde


def test_une_lettre_qui_rend_des_points_n_en_retire_pas() -> None:
    lu = read_by_tddoc(seal_courrier({**with_donnees(LETTRE, variation=1, points=1), "reference": "46D"}))
    assert "AF" not in lu
    assert lu["AB"] == "46D"


def test_une_lettre_qui_en_reprend_une_autre_le_dit() -> None:
    lettre = {**with_donnees(LETTRE, points=None, infraction=None), "reference": "48SI", "nature": "reprise"}
    assert read_by_tddoc(seal_courrier(lettre))["AB"] == "48SIREP"


def test_un_recepisse_n_a_ni_solde_ni_infraction() -> None:
    lettre = {**LETTRE, "reference": "44", "donnees": {"solde": None, "points": None, "infraction": None}}
    assert not {"AD", "AE", "AF", "AG"} & read_by_tddoc(seal_courrier(lettre)).keys()


def test_une_infraction_sans_heure_ou_d_avant_2000() -> None:
    sans_heure = with_donnees(LETTRE, infraction={"date": "2000-01-01", "heure": None})
    assert read_by_tddoc(seal_courrier(sans_heure))["AD"] == date(2000, 1, 1)
    ancienne = with_donnees(LETTRE, infraction={"date": "1999-12-31", "heure": "23:59"})
    lu = read_by_tddoc(seal_courrier(ancienne))
    assert "AD" not in lu
    assert lu["AE"] == time(23, 59)


@pytest.mark.parametrize(
    ("nom", "ecrit"),
    [
        ("Étienne-L’Œuvre", "ETIENNE L OEUVRE"),
        ("d'Ærø Straße", "D AERO STRASSE"),
        ("Łoś Đặng Þórr", "LOS DANG THORR"),
        ("N'Diaye  (née) 2", "N DIAYE NEE"),
        ("ʻOkina Ḥasan", "OKINA HASAN"),
        ("Ａｎｎａ", "ANNA"),
        ("", "SANS NOM"),
        ("Иванов", "SANS NOM"),
        ("A" * 38, "A" * 38),
        ("A" * 39, "A" * 38),
        ("Ab " * 20, ("AB " * 20)[:38]),
    ],
)
def test_les_noms(nom: str, ecrit: str) -> None:
    for lu, cle in (
        (read_by_tddoc(seal_courrier(with_destinataire(LETTRE, nom=nom))), "6G"),
        (read_by_tddoc(seal_document(with_destinataire(RELEVE, nom=nom))), "80"),
    ):
        assert lu[cle] == ecrit
        assert lu["01"] == "ABCDEFGHJKMNPQRS"  # what follows a cut datum is read


@pytest.mark.parametrize(
    ("prenoms", "ecrit"),
    [
        ("Jean-François  Noël", "JEAN FRANCOIS/NOEL"),
        ("", "SANS PRENOM"),
        ("-", "SANS PRENOM"),
        ("Abcdefghi " * 7, ("ABCDEFGHI/" * 7)[:60]),
    ],
)
def test_les_prenoms(prenoms: str, ecrit: str) -> None:
    assert read_by_tddoc(seal_courrier(with_destinataire(LETTRE, prenoms=prenoms)))["60"] == ecrit


@pytest.mark.parametrize("naissance", ["1977-00-00", "1977-05-00", "", None, "1977-02-32"])
def test_une_naissance_presumee_n_est_pas_scellee(naissance: str | None) -> None:
    lu = read_by_tddoc(seal_courrier(with_destinataire(LETTRE, naissance=naissance)))
    assert "69" not in lu
    assert lu["6G"] == "EXEMPLE"


@pytest.mark.parametrize(("neph", "ecrit"), [("2A0000000012", "2A0000000012"), ("1" * 19, "1" * 19), ("", None)])
def test_le_numero_de_dossier(neph: str, ecrit: str | None) -> None:
    lettre = read_by_tddoc(seal_courrier(with_destinataire(LETTRE, neph=neph)))
    assert lettre["AC"] == (ecrit or "ABCDEFGHJKMNPQRS")
    releve = read_by_tddoc(seal_document(with_destinataire(RELEVE, neph=neph)))
    assert releve.get("86") == (ecrit if ecrit and len(ecrit) == 12 else None)


@pytest.mark.parametrize(
    ("validite", "etat"),
    [("valide", "1"), ("nul_non_notifie", "1"), ("invalide", "3"), ("annule", "4"), ("interdit", "5"), ("?", "")],
)
def test_l_etat_du_permis(validite: str, etat: str) -> None:
    releve = with_donnees(RELEVE, etat={"validite": validite, "categories": [{"categorie": "B"}]})
    assert read_by_tddoc(seal_document(releve))["E5"] == etat


def test_toutes_les_categories_de_permis_tiennent() -> None:
    toutes = ["AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"]
    releve = with_donnees(RELEVE, etat={"validite": "valide", "categories": toutes})
    assert read_by_tddoc(seal_document(releve))["E6"] == " ".join(toutes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nom=st.text(max_size=60), prenoms=st.text(max_size=90), neph=st.from_regex(r"\d{10,19}", fullmatch=True))
def test_quel_que_soit_le_nom(nom: str, prenoms: str, neph: str) -> None:
    for code in (
        seal_courrier(with_destinataire(LETTRE, nom=nom, prenoms=prenoms, neph=neph)),
        seal_document(with_destinataire(RELEVE, nom=nom, prenoms=prenoms, neph=neph)),
    ):
        attendu = read_by_tddoc(code)
        donnees = read_sceau(code).donnees
        assert donnees.keys() == attendu.keys()
        for cle in donnees.keys() & {"60", "6G", "80", "81", "AC", "01", "AB", "E6"}:
            assert donnees[cle] == attendu[cle]
        assert max(map(len, donnees.values())) <= 65
        assert set(code) <= {*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 /", GS, RS, US}


# The code, to the character


def test_une_donnee_de_longueur_fixe_n_a_pas_de_separateur() -> None:
    assert ecrire(("AG", "9"), ("AB", "48"))[26:] == f"AG9AB48{GS}{US}" + "A" * 103


def test_une_donnee_pleine_n_en_a_pas_non_plus_une_coupee_le_dit() -> None:
    assert ecrire(("AB", "12345678"), ("6H", "A" * 11))[26:] == f"AB123456786H{'A' * 10}{RS}{US}" + "A" * 103


@pytest.mark.parametrize(("cle", "valeur"), [("AG", "10"), ("AG", ""), ("6G", "é"), ("6G", f"A{GS}AB"), ("69", "1")])
def test_une_valeur_qui_n_a_pas_de_place_n_est_pas_ecrite(cle: str, valeur: str) -> None:
    with pytest.raises(ValueError, match=f"datum {cle}"):
        ecrire((cle, valeur))


@pytest.mark.parametrize("autorite", ["XX0", "xx00", "XX000", "É000"])
def test_une_autorite_a_quatre_caracteres(autorite: str) -> None:
    with pytest.raises(ValueError, match="four characters"):
        ecrire(entete=ENTETE._replace(autorite=autorite))


def test_les_jours() -> None:
    assert [write_jour(j) for j in (date(2000, 1, 1), date(2000, 1, 2), None)] == ["0000", "0001", "FFFF"]
    assert read_jour("FFFE") == date(2179, 6, 5)
    assert read_jour("FFFF") is None
    for hors in (date(1999, 12, 31), date(2179, 6, 6)):
        with pytest.raises(ValueError, match="no day"):
            write_jour(hors)


def test_un_chiffre_de_base_36() -> None:
    assert [write_base36(n) for n in (0, 9, 10, 12, 35)] == ["0", "9", "A", "C", "Z"]
    for hors in (-1, 36):
        with pytest.raises(ValueError, match="base 36"):
            write_base36(hors)


def test_chaque_donnee_est_celle_que_tddoc_connait() -> None:
    from tddoc.data_definition import c40  # noqa: PLC0415

    for cle, champ in CHAMPS.items():
        _, sienne = c40.datatype_get(1, cle)
        assert not sienne.name.startswith("Unknown")
        assert sienne.encoding.size_min <= champ.minimum
        assert sienne.encoding.size_max in (None, champ.maximum)
        assert (sienne.fixed is not None) is champ.is_fixed


def test_write_texte_garde_ce_qu_on_lui_demande() -> None:
    assert write_texte("48-SI é", "A-Z0-9 ") == "48 SI E"


CODE = TETE + "0125B025B0A101FR" + f"AG9AB48{GS}" + FIN


@pytest.mark.parametrize(
    "code",
    [
        "",
        "DC04",
        CODE.replace("DC04", "DC03"),
        CODE.replace("01FR", "02FR"),
        CODE.replace("01FR", "01DE"),
        CODE.replace("25B0", "25b0", 1),
        CODE.replace(US, ""),
        CODE.replace(US, GS),
        CODE.replace("AG9", "AG9AG8"),
        CODE.replace("AG9", "ZZ9"),
        CODE.replace("AG9", "AG"),
        CODE.replace(GS, RS),
        CODE.replace(f"48{GS}", "48"),
        CODE.replace("48", "4é"),
        CODE[:-1],
        CODE + "A",
        CODE[:-1] + "B",  # the three bits in excess
        CODE[:-1] + "a",
        CODE[:-1] + "1",
        "A" * 2001,
        CODE.replace("48", "4\n8"),
    ],
    ids=range(21),
)
def test_ce_qui_n_est_pas_un_sceau_au_caractere_pres(code: str) -> None:
    assert read_sceau(CODE).donnees == {"AG": "9", "AB": "48"}
    with pytest.raises(SceauIllisibleError):
        read_sceau(code)


@given(st.text(alphabet=st.sampled_from("DC04XX01FRABG9 /é" + GS + RS + US), max_size=300))
def test_lire_n_importe_quoi_ne_casse_rien(texte: Any) -> None:
    for code in (texte, TETE + "0125B025B0A101FR" + texte + FIN):
        try:
            read_sceau(code)
        except SceauIllisibleError:
            continue
