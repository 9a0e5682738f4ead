"""The file of the day: the same bytes for the same content, and nothing that was cut or changed is read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from permis.droit.options import Options
from permis.national.journee import (
    Corrige,
    Demande,
    Echu,
    Lettre,
    Ligne,
    Periode,
    describe_options,
    encode,
    encode_ligne,
    encode_pied,
    name_lot,
    write_journee,
)
from permis.national.journee_lecture import Journee, JourneeInvalideError

A, B = UUID(int=1), UUID(int=2)
JOUR, VEILLE = date(2026, 11, 22), date(2026, 11, 21)
DEMANDE = Demande(Periode(JOUR, VEILLE, VEILLE, date(2026, 11, 20)), describe_options(Options()), registre=True)
ECHU = Echu(JOUR, "reconstitution_integrale", 3, "i1")
CORRIGE = Corrige(date(2026, 1, 2), "retrait", -3, "i2", JOUR, "a1")
LIGNES = (
    Ligne(A, 4, 12, 12, "valide", None, None, (ECHU,), (), (Lettre("46", "i1", JOUR),), (Lettre("48", "i1", VEILLE),)),
    Ligne(B, 2, 9, 12, "valide", date(2028, 2, 29), 3, (), (CORRIGE,)),
)


def ecrire(sortie: Path, lignes: Iterable[Ligne] = LIGNES, demande: Demande = DEMANDE) -> Path:
    write_journee(sortie, demande, lignes, lambda: 48)
    return sortie


def refaire(fichier: Path, changer: Callable[[list[dict[str, Any]]], None]) -> None:
    """The same file with its lines changed, and its digests made again."""
    entete, *lignes, _ = [json.loads(ligne) for ligne in fichier.read_bytes().splitlines()]
    changer(lignes)
    corps = b"".join(map(encode, lignes))
    entete["lignes"] = len(lignes)
    for nom in ("echus", "corrections", "courriers"):
        entete[nom] = sum(len(ligne.get(nom) or ()) for ligne in lignes)
    entete["lot"] = name_lot(DEMANDE._replace(registre=entete["registre"]), sha256(corps).hexdigest())
    tout = encode(entete) + corps
    fichier.write_bytes(tout + encode_pied(len(lignes), sha256(tout).hexdigest()))


def test_ce_qui_est_ecrit_est_relu(tmp_path: Path) -> None:
    journee = Journee(ecrire(tmp_path / "jour.jsonl"))
    assert tuple(journee) == tuple(journee) == LIGNES
    entete = journee.entete
    assert (entete.periode, entete.options, entete.registre) == DEMANDE
    assert (entete.licences, entete.lignes, entete.echus, entete.corrections, entete.courriers) == (48, 2, 1, 1, 1)
    assert [nom.name for nom in tmp_path.iterdir()] == ["jour.jsonl"]
    assert (tmp_path / "jour.jsonl").stat().st_mode & 0o777 == 0o600


def test_le_meme_contenu_donne_les_memes_octets_et_le_meme_lot(tmp_path: Path) -> None:
    a, b, autre = ecrire(tmp_path / "a"), ecrire(tmp_path / "b"), ecrire(tmp_path / "c", LIGNES[:1])
    assert a.read_bytes() == b.read_bytes()
    assert Journee(a).entete.lot == Journee(b).entete.lot != Journee(autre).entete.lot
    plus_tard = DEMANDE._replace(periode=DEMANDE.periode._replace(connu_le=JOUR))
    assert Journee(ecrire(tmp_path / "d", demande=plus_tard)).entete.lot != Journee(a).entete.lot


def test_un_jour_sans_rien(tmp_path: Path) -> None:
    journee = Journee(ecrire(tmp_path / "jour", ()))
    assert (tuple(journee), journee.entete.lignes, journee.entete.licences) == ((), 0, 48)


def test_un_fichier_coupe_n_importe_ou_est_refuse(tmp_path: Path) -> None:
    fichier = ecrire(tmp_path / "jour")
    entier = fichier.read_bytes()
    for fin in range(len(entier)):
        fichier.write_bytes(entier[:fin])
        with pytest.raises(JourneeInvalideError):
            Journee(fichier)


def test_un_octet_change_est_refuse(tmp_path: Path) -> None:
    fichier = ecrire(tmp_path / "jour")
    entier = fichier.read_bytes()
    for rang in range(0, len(entier), 3):
        fichier.write_bytes(entier[:rang] + bytes([entier[rang] ^ 1]) + entier[rang + 1 :])
        with pytest.raises(JourneeInvalideError):
            Journee(fichier)


def test_une_ligne_de_trop_est_refusee(tmp_path: Path) -> None:
    fichier = ecrire(tmp_path / "jour")
    fichier.write_bytes(fichier.read_bytes() + b"\n")
    with pytest.raises(JourneeInvalideError, match=r"^ligne 5 : il reste"):
        Journee(fichier)


@pytest.mark.parametrize(
    ("changer", "faute"),
    [
        (lambda lignes: lignes.reverse(), "ligne 3 : clé hors d'ordre"),
        (lambda lignes: lignes.append(lignes[1]), "ligne 4 : clé hors d'ordre"),
        (lambda lignes: lignes[0].pop("solde"), "ligne 2 : ce ne sont pas les clés attendues"),
        (lambda lignes: lignes[0].update(plus=1), "ligne 2 : ce ne sont pas les clés attendues"),
        (lambda lignes: lignes[1].update(solde=-1), "ligne 3 : -1 n'est pas un nombre"),
        (lambda lignes: lignes[1].update(solde=True), "ligne 3 : True n'est pas un nombre"),
        (lambda lignes: lignes[1].update(solde=9.0), "ligne 3 : 9.0 n'est pas un nombre"),
        (lambda lignes: lignes[1].update(validite=""), "ligne 3 : '' n'est pas un mot"),
        (lambda lignes: lignes[1].update(prochain_le="20280229"), "ligne 3 : '20280229' n'est pas une date"),
        (lambda lignes: lignes[1].update(prochain_le="2027-02-29"), "ligne 3 : '2027-02-29' n'est pas une date"),
        (
            lambda lignes: lignes[1].update(cle=str(B).upper().replace("0002", "000F")),
            "ligne 3 : .* n'est pas une clé",
        ),
        (lambda lignes: lignes[1].update(cle=7), "ligne 3 : clé hors d'ordre"),
        (lambda lignes: lignes[1].update(rang=None), "ligne 3 : ses noms ne sont pas d'une seule sorte"),
        (lambda lignes: lignes[0]["courriers"][0].update(fait=1), "ligne 2 : ses noms ne sont pas d'une seule sorte"),
        (lambda lignes: lignes[0]["courriers"].append(46), "ligne 2 : liste illisible"),
        (lambda lignes: lignes[0].update(courriers=None), "ligne 2 : liste illisible"),
    ],
)
def test_une_ligne_fausse_est_nommee(tmp_path: Path, changer: Any, faute: str) -> None:
    fichier = ecrire(tmp_path / "jour")
    refaire(fichier, changer)
    with pytest.raises(JourneeInvalideError, match=rf"^{faute}"):
        Journee(fichier)


@pytest.mark.parametrize("octets", [b"", b"\n", b"[]\n", b'{"format":"permis/quotidien/2"}\n', b"[" * 100_000 + b"\n"])
def test_ce_qui_n_est_pas_un_fichier_du_jour(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "jour").write_bytes(octets)
    with pytest.raises(JourneeInvalideError, match=r"^ligne 1 : "):
        Journee(tmp_path / "jour")


def test_un_fichier_sans_registre_a_des_numeros(tmp_path: Path) -> None:
    nombres = DEMANDE._replace(registre=False)
    ligne = Ligne(-5, None, 12, 12, "valide", None, None, (Echu(JOUR, "stage", 4, 0),))
    journee = Journee(ecrire(tmp_path / "jour", [ligne, ligne._replace(cle=7)], nombres))
    assert next(iter(journee)) == ligne
    with pytest.raises(TypeError):
        ligne.in_registre()
    with pytest.raises(JourneeInvalideError, match="d'une seule sorte"):
        Journee(ecrire(tmp_path / "faux", [ligne]))


def test_une_ecriture_qui_echoue_ne_laisse_rien(tmp_path: Path) -> None:
    def lignes() -> Iterable[Ligne]:
        yield LIGNES[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ecrire(tmp_path / "jour", lignes())
    assert list(tmp_path.iterdir()) == []


def test_rien_de_lourd_n_est_importe() -> None:

    code = (
        "import sys, permis.national.journee_lecture;"
        "print([m for m in ('numpy', 'numba', 'pyarrow', 'django') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


def test_une_ligne_a_toujours_les_memes_octets() -> None:
    assert encode_ligne(LIGNES[1]) == (
        b'{"cle":"00000000-0000-0000-0000-000000000002","rang":2,"solde":9,"plafond":12,"validite":"valide",'
        b'"prochain_le":"2028-02-29","prochaine_variation":3,"echus":[],"corrections":[{"date":"2026-01-02",'
        b'"motif":"retrait","variation":-3,"fait":"i2","cesse_le":"2026-11-22","cause":"a1"}],"courriers":[],'
        b'"anterieurs":[]}\n'
    )
