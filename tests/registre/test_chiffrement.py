"""What is sealed opens in its place only, with its key only; the ring is its owner's."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from permis.registre.chiffrement import ScelleError, blind_index, blind_indexes, key_of, seal, unseal
from permis.registre.trousseau import TrousseauError, add_cle, init_trousseau, read_trousseau

pytestmark = pytest.mark.usefixtures("trousseau")


def test_un_scelle_s_ouvre_a_sa_place_seulement() -> None:
    pk = uuid4()
    scelle = seal("table", "colonne", pk, "Angèle")
    assert unseal("table", "colonne", pk, scelle) == "Angèle"
    for place in (("autre", "colonne", pk), ("table", "autre", pk), ("table", "colonne", uuid4())):
        with pytest.raises(ScelleError) as refus:
            unseal(*place, scelle)
        assert "Ang" not in str(refus.value)


def test_le_meme_texte_ne_se_scelle_jamais_pareil() -> None:
    assert len({seal("t", "c", 1, "Angèle") for _ in range(50)}) == 50
    assert "Angèle".encode() not in seal("t", "c", 1, "Angèle")


def test_un_octet_change_ne_s_ouvre_plus() -> None:
    scelle = seal("t", "c", 1, "Angèle")
    for rang in range(len(scelle)):
        altere = scelle[:rang] + bytes([scelle[rang] ^ 1]) + scelle[rang + 1 :]
        with pytest.raises(ScelleError):
            unseal("t", "c", 1, altere)
    for court in (b"", scelle[:5], scelle[:-1]):
        with pytest.raises(ScelleError):
            unseal("t", "c", 1, court)


def test_deux_textes_vides_ou_longs() -> None:
    for texte in ("", "x" * 100_000, "\0é€𝄞"):
        assert unseal("t", "c", 1, seal("t", "c", 1, texte)) == texte


def test_une_cle_nouvelle_scelle_et_l_ancienne_ouvre_encore() -> None:
    avant, index = seal("t", "c", 1, "a"), blind_index("d", "a")
    assert add_cle() == "k2"
    assert (key_of(avant), key_of(seal("t", "c", 1, "a"))) == ("k1", "k2")
    assert unseal("t", "c", 1, avant) == "a"
    assert blind_indexes("d", "a") == [blind_index("d", "a"), index]
    assert blind_index("d", "a").startswith("k2:")


def test_un_index_ne_dit_rien_sans_la_cle(trousseau: Path) -> None:
    index = blind_index("d", "a")
    assert index == blind_index("d", "a") != blind_index("d2", "a")
    assert blind_index("d", "a") != blind_index("d", "b")
    trousseau.unlink()
    assert blind_index("d", "a") != index


def test_une_cle_perdue_se_dit(trousseau: Path) -> None:
    scelle = seal("t", "c", 1, "a")
    add_cle()
    anneau = json.loads(trousseau.read_text())
    del anneau["cles"]["k1"]
    trousseau.write_text(json.dumps(anneau))
    with pytest.raises(ScelleError, match="a key that the ring does not hold"):
        unseal("t", "c", 1, scelle)


def test_le_trousseau_est_a_son_proprietaire(trousseau: Path) -> None:
    read_trousseau()
    assert stat.S_IMODE(trousseau.stat().st_mode) == 0o600
    add_cle()
    assert stat.S_IMODE(trousseau.stat().st_mode) == 0o600
    trousseau.chmod(0o640)
    os.utime(trousseau, ns=(1, 1))
    with pytest.raises(TrousseauError, match="others may read"):
        read_trousseau()


def test_en_production_un_trousseau_absent_est_dit(trousseau: Path, settings: Settings) -> None:
    settings.PERMIS_TROUSSEAU_A_CREER = False
    with pytest.raises(TrousseauError, match="does not exist"):
        read_trousseau()
    assert not trousseau.exists()
    init_trousseau()
    assert read_trousseau().courante.nom == "k1"
    with pytest.raises(TrousseauError, match="exists"):
        init_trousseau()


def test_sans_reglage_le_trousseau_est_demande(settings: Settings) -> None:
    settings.PERMIS_TROUSSEAU = ""
    with pytest.raises(TrousseauError, match="PERMIS_TROUSSEAU is not set"):
        read_trousseau()


@pytest.mark.parametrize(
    "contenu",
    [
        "",
        "{",
        "[]",
        '{"courante": "k1"}',
        '{"courante": "k1", "cles": {"k1": "AAAA"}}',
        '{"courante": "k2", "cles": {}}',
    ],
)
def test_un_trousseau_casse_est_dit_sans_etre_montre(trousseau: Path, contenu: str) -> None:
    trousseau.write_text(contenu)
    trousseau.chmod(0o600)
    with pytest.raises(TrousseauError) as refus:
        read_trousseau()
    assert "AAAA" not in str(refus.value)


def test_une_cle_ne_s_ecrit_pas_par_megarde() -> None:
    assert repr(read_trousseau().courante) == "Cle(k1)"
    assert "b'" not in repr(read_trousseau())
