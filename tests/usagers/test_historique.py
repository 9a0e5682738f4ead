"""The history: each movement with its three dates, what was corrected, what takes nothing yet; filtered, printable."""

from __future__ import annotations

from tests.usagers.fabrique import PERMIS_2015, Fait, conducteur, infraction, realite
from tests.usagers.visite import lignes, lire, mots

FEU = (
    infraction("feu", "2026-01-05", 4, libelle="Feu rouge", connu_le="2026-01-20"),
    realite("feu", "2026-02-01", connu_le="2026-02-03"),
)


def test_chaque_mouvement_a_ses_trois_dates() -> None:
    retrait, *_, capital = lignes(conducteur(PERMIS_2015, *FEU).client.get("/mon-permis/historique"))
    assert "−4 solde 8 sur 12 Retrait de points Feu rouge, 5 janvier 2026" in retrait
    assert "Commise le 5 janvier 2026" in retrait
    assert "Prend effet le 1er février 2026" in retrait
    assert "Connu du fichier le 3 février 2026" in retrait
    assert "C. route, art. L. 223-1" in retrait
    assert "Acte du 1er juin 2015 Prend effet le 1er juin 2015 Connu du fichier le 1er juin 2015" in capital


def test_ce_que_la_loi_fait_seule_n_a_que_sa_date() -> None:
    _, fin, *_ = lignes(conducteur(PERMIS_2015, *FEU).client.get("/mon-permis/historique"))
    assert "+2 solde 12 sur 12 Fin de la période probatoire" in fin
    assert "Acte du par le seul effet de la loi Prend effet le 1er juin 2018" in fin
    assert "Connu du fichier le calculé, rien à apprendre" in fin


def test_une_decision_est_connue_avec_elle() -> None:
    decision: Fait = {"type": "retrait", "id": "d", "infraction": "feu", "decide_le": "2026-03-15"}
    decision |= {"connu_le": "2026-03-16"}
    retrait, *_ = lignes(conducteur(PERMIS_2015, *FEU, decision).client.get("/mon-permis/historique"))
    assert "Prend effet le 15 mars 2026" in retrait
    assert "Connu du fichier le 16 mars 2026" in retrait


def test_ce_qui_est_connu_et_pas_encore_retire() -> None:
    attente: Fait = {"type": "retrait", "id": "d", "infraction": "feu", "decide_le": None, "connu_le": "2026-02-03"}
    sans_suite = infraction("tel", "2026-11-01", 3, libelle="Téléphone", connu_le="2026-11-05")
    tel, feu, *reste = lignes(conducteur(PERMIS_2015, *FEU, attente, sans_suite).client.get("/mon-permis/historique"))
    assert "−3 Infraction connue pas encore effectif Téléphone" in tel
    assert "Prend effet le pas encore Connu du fichier le 5 novembre 2026" in tel
    assert "La réalité de cette infraction n’est pas établie" in tel
    assert "−4 Infraction connue pas encore effectif" in feu
    assert "Le retrait n’est pas encore décidé" in feu
    assert not [ligne for ligne in reste if "pas encore effectif" in ligne]


def test_ce_qui_a_ete_corrige() -> None:
    """A point given back on 20 July; on 8 September an offence of 20 June becomes known: it was undue."""
    faits = (
        infraction("ligne", "2026-01-05", 1, libelle="Ligne"),
        realite("ligne", "2026-01-20"),
        infraction("feu", "2026-06-20", 4, libelle="Feu rouge", connu_le="2026-09-08"),
        realite("feu", "2026-09-08"),
    )
    page = lignes(conducteur(PERMIS_2015, *faits).client.get("/mon-permis/historique"))
    (corrigee,) = [ligne for ligne in page if "corrigé" in ligne]
    assert "+1 Point rendu après six mois corrigé Ligne, 5 janvier 2026" in corrigee
    assert "Prend effet le 20 juillet 2026" in corrigee
    assert "Ne tient plus depuis le 8 septembre 2026, jour où l’on a su : Feu rouge, 20 juin 2026." in corrigee
    assert "solde" not in corrigee
    assert "−4 solde 7 sur 12" in page[0]


def test_le_filtre_par_nature_et_par_annee() -> None:
    angele = conducteur(PERMIS_2015, *FEU, infraction("tel", "2025-12-31", 3, libelle="Téléphone"))

    def filtrer(requete: str) -> list[str]:
        return lignes(angele.client.get(f"/mon-permis/historique?{requete}"))

    assert len(filtrer("")) == 6
    assert len(filtrer("genre=retrait")) == 1
    assert len(filtrer("genre=retour")) == 3
    assert len(filtrer("genre=titre")) == 1
    assert ["Téléphone" in ligne for ligne in filtrer("genre=en_attente")] == [True]
    assert ["Téléphone" in ligne for ligne in filtrer("annee=2025")] == [True]
    assert len(filtrer("annee=2026")) == 1
    assert filtrer("annee=2026&genre=titre") == []
    assert len(filtrer("annee=1900&genre=<script>")) == 6
    page = angele.client.get("/mon-permis/historique?annee=2026&genre=retrait")
    assert "1 ligne sur 6" in mots(page)
    assert '<option value="2026" selected>' in lire(page)
    assert '<option value="retrait" selected>' in lire(page)


def test_les_noms_des_infractions_restent_francais_pour_qui_les_entend() -> None:
    page = lire(conducteur(PERMIS_2015, *FEU).client.get("/en/mon-permis/historique"))
    assert '<p class="discret"><span lang="fr">Feu rouge</span>, ' in page


def test_ce_qu_une_personne_a_ecrit_est_du_texte() -> None:
    feu = infraction("feu", "2026-01-05", 4, libelle="<script>alert(1)</script>")
    for page in ("historique", "releve-integral", "et-si"):
        assert "<script>alert" not in lire(conducteur(PERMIS_2015, feu).client.get(f"/mon-permis/{page}"))
