"""Counts as the terminal says them, with their words: « 1 remise déposée », « 2 000 courriers »."""

from __future__ import annotations


def format_nombre(nombre: int) -> str:
    """A number with its thousands apart."""
    return f"{nombre:,}".replace(",", "\u202f")


def count(nombre: int, singulier: str, pluriel: str = "") -> str:
    """A number, its thousands apart, and its words."""
    return f"{format_nombre(nombre)} {agree(nombre, singulier, pluriel)}"


def agree(nombre: int, singulier: str, pluriel: str = "") -> str:
    """The words of a number: none and one are singular; where no plural is given, each word takes an s."""
    if nombre <= 1:
        return singulier
    return pluriel or " ".join(f"{mot}s" for mot in singulier.split())
