"""Faults put into a source one by one; a sample of those of the kernel and of the law, none of which goes unseen."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.national.fautes import fault_at, places_of

ECHANTILLON = 40


def apres(source: str) -> list[str]:
    return [fault_at(source, place).apres for place in places_of(source)]


@pytest.mark.parametrize(
    ("corps", "fautes"),
    [
        ("return a < b", ["return a <= b", "return a > b"]),
        ("return a >= b", ["return a > b", "return a <= b"]),
        ("return a == b", ["return a != b"]),
        ("return a is not b", ["return a is b"]),
        ("return a + b", ["return a - b"]),
        ("return a // b", ["return a * b"]),
        ("a -= b", ["a += b"]),
        ("return a and b", ["return a or b"]),
        ("return not a", ["return a"]),
        ("return -a", ["return a"]),
        ("return 6", ["return 7", "return 5"]),
        ("return True", ["return False"]),
        ("return a if b else c", ["return a if not b else c"]),
        ("return a", []),
        ("return 'mot'", []),
    ],
)
def test_the_faults_of_a_line(corps: str, fautes: list[str]) -> None:
    assert apres(f"def f(a, b, c):\n    {corps}\n") == fautes


def test_loops_and_conditions() -> None:
    source = "def f(a):\n    while a:\n        if a:\n            break\n        continue\n"
    assert apres(source) == ["while not a:", "if not a:", "continue", "break"]


def test_what_decides_nothing_has_no_fault() -> None:
    source = (
        "A = 1\n\n@g(2)\ndef f(a: 'x[3]') -> 'y[4]':\n"
        '    """One."""\n    b: tuple[5] = a\n    return b\n\nclass C:\n    N = 6\n'
    )
    assert places_of(source) == []


def test_a_fault_is_told_by_its_line() -> None:
    source = "def f(a):\n    b = a\n    return b > 12\n"
    faute = fault_at(source, places_of(source)[-1])
    assert (faute.ligne, faute.avant, faute.apres) == (3, "return b > 12", "return b > 11")
    assert faute.source == "def f(a):\n    b = a\n    return b > 11"


def test_a_sample_of_mutants_is_seen() -> None:
    """In a process of its own: the kernel must run interpreted, and is compiled in this one."""
    commande = [sys.executable, "-m", "tests.national.mutation", "--echantillon", str(ECHANTILLON), "--processus", "1"]
    fini = subprocess.run(commande, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": "."})
    assert fini.returncode == 0, fini.stdout + fini.stderr
    assert f"{ECHANTILLON} mutants, " in fini.stdout
