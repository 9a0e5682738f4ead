"""Each broken dossier: status 2, nothing on standard output, each fault on one line with the file and the place."""

from pathlib import Path

import pytest

from tests.commande.conftest import Lancer
from tests.droit.casses import Casse, casses


@pytest.mark.parametrize("casse", casses(), ids=lambda casse: casse.nom)
@pytest.mark.parametrize("mots", [("releve",), ("releve", "--json"), ("simuler", "--si", "stage:2026-01-01")])
def test_un_dossier_casse(casse: Casse, mots: tuple[str, ...], tmp_path: Path, permis: Lancer) -> None:
    chemin = tmp_path / "casse.json"
    chemin.write_bytes(casse.octets)
    resultat = permis(mots[0], str(chemin), "--le", "2026-11-22", *mots[1:])
    assert (resultat.statut, resultat.sortie) == (2, "")
    lignes = resultat.erreurs.splitlines()
    assert len(lignes) == len(casse.fautes)
    for ligne, (lieu, texte) in zip(lignes, casse.fautes, strict=True):
        assert ligne.startswith(f"{chemin}: {lieu} : ")
        assert texte in ligne
        assert " ; attendu : " in ligne


SANS_LE = [casse for casse in casses() if "jour demandé" not in casse.nom]  # a line may say its own day


@pytest.mark.parametrize("casse", SANS_LE, ids=lambda casse: casse.nom)
def test_une_ligne_cassee_repond_a_sa_place(casse: Casse, permis: Lancer) -> None:
    bonne = b'{"ref": "bonne", "version": 1, "faits": []}\n'
    octets = casse.octets.replace(b"\n", b" ")
    resultat = permis("releve", "-", "--json", "--le", "2026-11-22", entree=bonne + octets + b"\n" + bonne)
    avant, faute, apres = resultat.lignes
    assert (resultat.statut, avant, avant["ref"]) == (2, apres, "bonne")
    assert list(faute) == ["ref", "erreurs"]
    assert all(list(erreur) == ["lieu", "faute", "attendu"] for erreur in faute["erreurs"])
    assert all(ligne.startswith("-: ligne 2") for ligne in resultat.erreurs.splitlines())
    assert "Traceback" not in resultat.erreurs
