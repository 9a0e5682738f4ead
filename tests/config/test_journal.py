"""The server's log: a line a request, which no visitor can forge, and nothing of what he is or typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gunicorn.config import Config

from permis.config.journal import escape
from permis.config.serveur import Journal
from tests.config.vrai_serveur import gunicorn, request

LIGNE = re.compile(r"\[[^]]+\] GET (?P<chemin>\S+) (?P<statut>\d{3}) \d+ \d+ms")


def test_le_journal_d_un_vrai_serveur(tmp_path: Path) -> None:
    forge = b"/rien%0a[22/Nov/2026:10:00:00%20+0000]%20GET%20/forge%20200%205%201ms"
    with gunicorn(tmp_path) as (envoi, sortie):
        assert b" 404 " in envoi(request(forge)).splitlines()[0]
        envoi(request(b"/%1b[2Jecran%0d%7f%c2%9b%e2%80%a8"))
        envoi(request(b"/la-loi?nom=Inventee", b"Referer: http://127.0.0.1/?nom=Inventee", b"User-Agent: Inventee"))
        envoi(b"GET /Inventee?nom=Inventee HTTP/9.9\r\n\r\n")
        envoi(request(b"/", b"Bad Header Inventee: x"))
    texte = sortie.read_bytes().decode("utf-8")
    lignes = texte.splitlines()
    assert all(ligne.isascii() and ligne.isprintable() for ligne in lignes if "permis :" not in ligne), texte
    assert not [ligne for ligne in lignes if "/forge" in ligne and r"/rien\n[22/Nov" not in ligne]
    acces = [trouve for ligne in lignes if (trouve := LIGNE.fullmatch(ligne))]
    assert ("/la-loi", "200") in {(trouve["chemin"], trouve["statut"]) for trouve in acces}
    assert [trouve["chemin"] for trouve in acces if trouve["chemin"].startswith(r"/\x1b[2Jecran\r\x7f")]
    assert texte.count("Invalid request\n") == 2
    assert "Inventee" not in texte
    assert "127.0.0.1" not in texte.partition("\n")[2], "only the first line says where the site answers"


@pytest.mark.parametrize(
    ("texte", "ecrit"),
    [("/la-loi", "/la-loi"), ("a\nb", r"a\nb"), ("a\\nb", r"a\\nb"), ("\x1b[31m", r"\x1b[31m"), ("é", r"\xe9")],
)
def test_ce_qui_est_echappe(texte: str, ecrit: str) -> None:
    assert escape(texte) == ecrit


def test_une_erreur_hors_de_django_se_dit_sans_donnees(tmp_path: Path) -> None:
    config, sortie, tape = Config(), tmp_path / "erreurs", "Inventee"
    config.set("errorlog", str(sortie))
    journal = Journal(config)
    try:
        raise ValueError(tape)
    except ValueError:
        journal.exception("Error handling request %s %s", "GET", f"/calcul\n?nom={tape}")
    texte = sortie.read_text("utf-8")
    assert r"Error handling request GET /calcul\n" in texte
    assert texte.rstrip().endswith("ValueError")
    assert tape not in texte
    for handler in journal.error_log.handlers:
        handler.close()
    journal.error_log.handlers.clear()
