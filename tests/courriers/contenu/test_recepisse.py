"""The receipt 44: the letter, the handing in, the first day for a new licence; only for a licence that was lost."""

from __future__ import annotations

from datetime import date

import pytest

from permis.courriers.contenu import RienADireError
from permis.courriers.models import CourrierDu
from tests.courriers.contenu.ecrits import Objet, compose_du, lire, notifiee, perdre, permis, textes

NOTIFIEE = notifiee("n1", "48SI", "2025-11-10")


def remise(jour: str, ident: str = "r1") -> Objet:
    return {"type": "remise_titre", "id": ident, "date": jour}


def du(jour: str, ident: str = "r1") -> CourrierDu:
    le = date.fromisoformat(jour)
    return CourrierDu(dossier_id=lire().id, reference="44", fait=ident, date=le, vu_le=le)


def test_il_dit_les_trois_dates() -> None:
    lu = lire(*perdre(NOTIFIEE, remise("2025-11-17")))
    recepisse = compose_du(lu, du("2025-11-17"), date(2025, 11, 17), voie="main_propre")
    chiffres = recepisse["textes"]["fr"]["blocs"][2]["lignes"]
    assert [[valeur.replace("\u00a0", " ") for valeur in ligne] for ligne in chiffres] == [
        ["Lettre 48SI notifiée le", "10 novembre 2025"],
        ["Permis remis le", "17 novembre 2025"],
        ["Nouveau permis à partir du", "17 mai 2026"],
    ]
    echeances = {e["cle"]: e["le"] for e in recepisse["donnees"]["echeances"]}
    assert echeances == {"nouveau_permis": "2026-05-17", "dispense_pratique": "2027-02-16", "recours": None}
    assert recepisse["donnees"]["points"] is None
    assert "du jour où cette lettre vous est remise" in "\n".join(textes(recepisse))


def test_il_se_redit_des_annees_apres_avec_les_memes_dates() -> None:
    nouveau = permis("2026-06-01", "nouveau", retour=True)
    lu = lire(*perdre(NOTIFIEE, remise("2025-11-17"), nouveau))
    assert (
        compose_du(lu, du("2025-11-17"), date(2026, 7, 1), voie="main_propre")["donnees"]["echeances"][0]["le"]
        == "2026-05-17"
    )


def test_il_n_est_donne_que_si_le_permis_etait_perdu() -> None:
    with pytest.raises(RienADireError, match="n'avait pas perdu"):
        compose_du(lire(*perdre(remise("2025-11-17"))), du("2025-11-17"), date(2025, 11, 17), voie="main_propre")


def test_il_n_est_donne_qu_une_fois_pour_la_premiere_remise() -> None:
    lu = lire(*perdre(NOTIFIEE, remise("2025-11-17"), remise("2025-12-01", "r2")))
    with pytest.raises(RienADireError):
        compose_du(lu, du("2025-12-01", "r2"), date(2025, 12, 1), voie="main_propre")


@pytest.mark.parametrize("jour", ["2025-11-09", "2025-11-10"])
def test_la_remise_la_veille_de_la_notification_ne_compte_pas_celle_du_jour_compte(jour: str) -> None:
    lu = lire(*perdre(NOTIFIEE, remise(jour)))
    if jour < "2025-11-10":
        with pytest.raises(RienADireError):
            compose_du(lu, du(jour), date(2025, 11, 20), voie="main_propre")
    else:
        recepisse = compose_du(lu, du(jour), date(2025, 11, 20), voie="main_propre")
        assert recepisse["donnees"]["echeances"][0]["le"] == "2026-05-10"


def test_il_n_est_pas_donne_avant_que_la_remise_soit_connue() -> None:
    lu = lire(*perdre(NOTIFIEE, {**remise("2025-11-17"), "connu_le": "2025-11-20"}))
    with pytest.raises(RienADireError, match="aucune remise"):
        compose_du(lu, du("2025-11-17"), date(2025, 11, 19), voie="main_propre")
    assert compose_du(lu, du("2025-11-17"), date(2025, 11, 20), voie="main_propre")["reference"] == "44"
