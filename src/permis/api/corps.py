"""The JSON object that a request carries, or the problem that it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from django.http import HttpRequest, JsonResponse

from permis.api.problemes import write_problem

TAILLE_AU_PLUS: Final = 4096


class CorpsRefuseError(ValueError):
    """The body is not what is expected; `reponse` says so to whoever sent it."""

    def __init__(self, reponse: JsonResponse) -> None:
        super().__init__("refused body")
        self.reponse = reponse


def read_objet(request: HttpRequest) -> dict[str, Any]:
    """The object that a POST carries; CorpsRefuseError."""
    if request.method != "POST":
        _refuse("methode-refusee", "POST est attendu.", {"Allow": "POST"})
    if request.content_type != "application/json" or (request.encoding or "utf-8").lower() not in {"utf-8", "utf8"}:
        _refuse("nature-refusee", f"Content-Type est « {request.content_type} » ; application/json est attendu.")
    if _length(request) > TAILLE_AU_PLUS:
        _refuse("corps-trop-grand", f"{TAILLE_AU_PLUS} octets au plus sont attendus.")
    try:
        objet = json.loads(request.body)
        json.dumps(objet, ensure_ascii=False).encode()  # "\ud800" is JSON, and no text: nothing could write it
    except (ValueError, RecursionError):
        _refuse("corps-illisible", "Le corps n'est pas du JSON en UTF-8.")
    if not isinstance(objet, dict):
        _refuse("corps-illisible", "Le corps est du JSON, mais pas un objet { }.")
    return objet


def read_textes(objet: Mapping[str, Any], tailles: Mapping[str, int]) -> dict[str, str]:
    """The texts of an object: each is required, not empty, of that many characters at most; CorpsRefuseError."""
    erreurs = [
        {"champ": nom, "attendu": f"un texte de 1 à {taille} caractères"}
        for nom, taille in tailles.items()
        if not _is_text(objet.get(nom), taille)
    ]
    attendus = ", ".join(tailles)
    erreurs += [{"champ": nom, "attendu": f"rien : les champs sont {attendus}"} for nom in objet if nom not in tailles]
    if erreurs:
        detail = " ; ".join(f"{erreur['champ']} : attendu, {erreur['attendu']}" for erreur in erreurs)
        raise CorpsRefuseError(write_problem("champs-refuses", detail, erreurs=erreurs))
    return {nom: str(objet[nom]).strip() for nom in tailles}


def _is_text(valeur: object, taille: int) -> bool:
    return isinstance(valeur, str) and 0 < len(valeur.strip()) <= taille and "\0" not in valeur


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _refuse(genre: str, detail: str, entetes: Mapping[str, str] | None = None) -> NoReturn:
    raise CorpsRefuseError(write_problem(genre, detail, entetes))
