"""The keys: made once by whoever comes first, closed to others, renewed without losing what they signed."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django.fixtures import Settings

from permis.courriers.autorite import AutoriteError, is_specimen, published_pem, read_autorite, read_pem
from permis.courriers.emission import create_autorite, init_autorite, make_racine, make_sceau, make_signature, renew
from permis.courriers.emission import withdraw as retirer
from tests.courriers.scelles import MIDI, put, use

JOUR = MIDI.date()

FAIRE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "permis.config.settings.test"
from django.conf import settings
settings.PERMIS_AUTORITE = sys.argv[1]
from permis.courriers.autorite import read_autorite
print(read_autorite().sceaux[0].certificat.serial_number)
"""


def test_la_premiere_lecture_fait_une_autorite_d_essai(settings: Settings, tmp_path: Path) -> None:
    dossier = use(settings, tmp_path / "sous" / "autorite")
    autorite = read_autorite()
    assert (autorite.sceau_on(JOUR).cn_autorite, autorite.sceau_on(JOUR).cn) == ("XX00", "0001")
    assert "SPÉCIMEN" in autorite.signature_at(MIDI).cn
    assert is_specimen()
    assert dossier.stat().st_mode & 0o777 == 0o700
    assert {f.name: f.stat().st_mode & 0o777 for f in dossier.iterdir()} == dict.fromkeys(
        ("racine.pem", "racine.cle", "sceau-0001.pem", "sceau-0001.cle", "signature-0001.pem", "signature-0001.cle"),
        0o600,
    )
    assert [f.name for f in dossier.parent.iterdir()] == ["autorite"], "nothing is left beside it"


def test_les_usages_des_certificats(autorite: Path) -> None:
    lue = read_autorite()
    (racine,) = lue.autorites
    for certificat, signe, engage, certifie in (
        (racine, False, False, True),
        (lue.sceau_on(JOUR).certificat, True, False, False),
        (lue.signature_at(MIDI).certificat, True, True, False),
    ):
        usage = certificat.extensions.get_extension_for_class(x509.KeyUsage)
        assert usage.critical
        valeur = usage.value
        assert (valeur.digital_signature, valeur.content_commitment, valeur.key_cert_sign) == (signe, engage, certifie)
        certificat.verify_directly_issued_by(racine)


def test_plusieurs_processus_a_la_fois_n_en_font_qu_une(tmp_path: Path) -> None:
    """Six start together; each says the number of the same certificate."""
    mots = [sys.executable, "-c", FAIRE, str(tmp_path / "autorite")]
    processus = [subprocess.Popen(mots, stdout=subprocess.PIPE, env=os.environ) for _ in range(6)]
    reponses = {p.communicate()[0] for p in processus}
    assert [p.returncode for p in processus] == [0] * 6
    assert len(reponses) == 1
    assert [f.name for f in tmp_path.iterdir()] == ["autorite"]


def test_plusieurs_fils_a_la_fois_n_en_font_qu_une(settings: Settings, tmp_path: Path) -> None:
    use(settings, tmp_path / "autorite")
    with ThreadPoolExecutor(8) as fils:
        lues = list(fils.map(lambda _: read_autorite().sceau_on(JOUR).certificat, range(8)))
    assert len(set(lues)) == 1


def test_une_creation_coupee_ne_laisse_pas_de_moitie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def couper(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("permis.courriers.emission.make_signature", couper)
    with pytest.raises(KeyboardInterrupt):
        create_autorite(tmp_path / "autorite")
    assert list(tmp_path.iterdir()) == []


def test_la_production_n_en_fait_pas(settings: Settings, tmp_path: Path) -> None:
    use(settings, tmp_path / "autorite")
    settings.PERMIS_AUTORITE_A_CREER = False
    with pytest.raises(AutoriteError, match="does not exist; `permis autorite creer` makes one"):
        read_autorite()
    assert not (tmp_path / "autorite").exists()


def test_sans_reglage(settings: Settings) -> None:
    settings.PERMIS_AUTORITE = ""
    with pytest.raises(AutoriteError, match="PERMIS_AUTORITE is not set"):
        read_autorite()


@pytest.mark.parametrize("nom", ["sceau-0001.cle", "racine.cle", "signature-0001.cle", ""])
@pytest.mark.parametrize("droit", [0o040, 0o004, 0o020])
def test_une_cle_ouverte_a_d_autres_est_refusee(autorite: Path, nom: str, droit: int) -> None:
    ouvert = autorite / nom
    ouvert.chmod(ouvert.stat().st_mode | droit)
    os.utime(autorite)
    with pytest.raises(AutoriteError, match=rf"others may read .*; chmod {'600' if nom else '700'}"):
        read_autorite()


def test_une_cle_abimee_ou_qui_n_est_pas_la_sienne(autorite: Path) -> None:
    (autorite / "sceau-0001.cle").write_bytes((autorite / "signature-0001.cle").read_bytes())
    with pytest.raises(AutoriteError, match=r"the key sceau-0001\.cle is not that of sceau-0001\.pem"):
        read_autorite()
    (autorite / "sceau-0001.cle").write_bytes(b"-----BEGIN PRIVATE KEY-----")
    with pytest.raises(AutoriteError, match=r"sceau-0001\.pem or its key is not PEM") as erreur:
        read_autorite()
    assert "BEGIN" not in str(erreur.value)


def test_sans_la_racine_rien_ne_se_lit(autorite: Path) -> None:
    (autorite / "racine.pem").unlink()
    with pytest.raises(AutoriteError, match="the certificate of the authority that made it is missing"):
        read_autorite()


@pytest.mark.parametrize("usage", ["sceau", "signature"])
def test_sans_cle_on_controle_mais_on_ne_scelle_pas(autorite: Path, usage: str) -> None:
    (autorite / f"{usage}-0001.cle").unlink()
    lue = read_autorite()
    assert len(lue.sceaux) == len(lue.signatures) == 1
    with pytest.raises(AutoriteError, match="has its key there"):
        _ = lue.sceau_on(JOUR) if usage == "sceau" else lue.signature_at(MIDI)


def test_elle_n_est_relue_que_changee(autorite: Path) -> None:
    avant = read_autorite()
    assert read_autorite() is avant
    renew(autorite)
    apres = read_autorite()
    assert (apres.sceau_on(JOUR).nom, apres.signature_at(MIDI).nom) == ("sceau-0002", "signature-0002")
    assert [e.nom for e in apres.sceaux] == ["sceau-0001", "sceau-0002"]


def test_un_certificat_retire_ne_sert_plus_et_sa_cle_n_est_plus_la(autorite: Path) -> None:
    renew(autorite)
    retirer(autorite, "sceau-0002")
    lue = read_autorite()
    assert lue.sceau_on(JOUR).nom == "sceau-0001"
    assert [(e.nom, e.retire) for e in lue.sceaux] == [("sceau-0001", False), ("sceau-0002", True)]
    assert not list(autorite.rglob("sceau-0002.cle"))
    with pytest.raises(AutoriteError, match="sceau-0002 is not a certificate in use; one of sceau-0001"):
        retirer(autorite, "sceau-0002")
    with pytest.raises(AutoriteError, match="is not a certificate in use"):
        retirer(autorite, "../../racine")
    renew(autorite)
    assert read_autorite().sceau_on(JOUR).nom == "sceau-0003", "a withdrawn number is not given again"


def test_sans_la_cle_de_la_racine_on_ne_renouvelle_pas(autorite: Path) -> None:
    (autorite / "racine.cle").unlink()
    with pytest.raises(AutoriteError, match="ask the authority for a certificate"):
        renew(autorite)


def test_on_n_en_refait_pas_une_autre_par_dessus(autorite: Path, tmp_path: Path) -> None:
    with pytest.raises(AutoriteError, match="exists; `permis autorite renouveler`"):
        init_autorite(autorite)
    (tmp_path / "vide").mkdir(mode=0o700)
    init_autorite(tmp_path / "vide")
    assert (tmp_path / "vide" / "racine.pem").exists()


def test_une_autorite_de_production_n_est_pas_un_specimen(autorite: Path) -> None:
    """Its root is elsewhere: certificates and keys are put there, and the last ones are in use."""
    racine = make_racine("FR99")
    put(autorite, "sceau-PER1", make_sceau(racine, "PER1"))
    with pytest.raises(AutoriteError, match="the certificate of the authority that made it is missing"):
        read_autorite()
    (autorite / "fr99.pem").write_bytes(racine.certificat.public_bytes(Encoding.PEM))
    put(autorite, "signature-PER1", make_signature(racine))
    assert read_autorite().sceau_on(JOUR).cn_autorite == "FR99"
    for cle in ("sceau-0001.cle", "signature-0001.cle"):
        assert is_specimen(), "a key of trials is still there"
        (autorite / cle).unlink()
    assert not is_specimen()
    assert len(read_autorite().sceaux) == 2, "what those of trials sealed can still be told"


def test_un_certificat_sert_du_jour_ou_il_vaut_au_jour_ou_il_ne_vaut_plus(autorite: Path) -> None:
    """The next one may be put there in advance; none left is said before anything is sealed for nothing."""
    racine, demain = make_racine(), MIDI + timedelta(days=1)
    put(autorite, "racine2", racine)
    put(autorite, "sceau-0002", make_sceau(racine, "0002", demain, demain + timedelta(days=30)))
    put(autorite, "signature-0002", make_signature(racine, demain, demain + timedelta(days=30)))
    noms = {at: read_autorite().signature_at(at).nom[-1] for at in (demain - timedelta(seconds=1), demain)}
    assert list(noms.values()) == ["1", "2"]
    jours = [JOUR, demain.date(), demain.date() + timedelta(days=30), demain.date() + timedelta(days=31)]
    assert [read_autorite().sceau_on(jour).cn for jour in jours] == ["0001", "0002", "0002", "0001"]
    retirer(autorite, "sceau-0001")
    with pytest.raises(AutoriteError, match="sceau-0002 does not hold that day"):
        read_autorite().sceau_on(JOUR)


def test_ce_qui_est_publie_ne_contient_pas_de_cle(autorite: Path) -> None:
    renew(autorite)
    retirer(autorite, "sceau-0001")
    pem = published_pem()
    assert b"PRIVATE" not in pem
    assert pem.count(b"BEGIN CERTIFICATE") == 4
    publiee = read_pem(pem)
    assert [e.cn for e in publiee.sceaux] == ["0002"]
    assert len(publiee.signatures) == 2
    with pytest.raises(AutoriteError, match="has its key there"):
        publiee.sceau_on(JOUR)


@pytest.mark.parametrize("pem", [b"", b"\xff", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_un_fichier_qui_n_est_pas_de_certificats(pem: bytes) -> None:
    with pytest.raises(AutoriteError, match="not a file of certificates"):
        read_pem(pem)


def test_un_certificat_que_personne_n_a_fait(autorite: Path) -> None:
    """Same names, another root: it is not issued by ours."""
    intrus = make_sceau(make_racine(), "0002", datetime(2026, 1, 1, tzinfo=UTC))
    put(autorite, "sceau-0002", intrus)
    with pytest.raises(AutoriteError, match="sceau-0002"):
        read_autorite()


def test_les_cles_ne_se_montrent_pas(autorite: Path) -> None:
    assert "EllipticCurve" not in repr(read_autorite())
    assert repr(read_autorite().sceau_on(JOUR)) == "Emetteur(sceau-0001)"
