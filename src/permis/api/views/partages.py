"""Check a share code: what the holder chose to show, at this moment; a code that opens nothing has one answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from math import ceil
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from permis.api.corps import CorpsRefuseError, read_objet, read_textes
from permis.api.problemes import write_problem
from permis.courriers.frein import adresse_of, count, wait
from permis.courriers.partage import TAILLE_NOM, CategorieTenue, DroitsPartages, RestrictionTenue, check_partage
from permis.identites.acteur import Requete
from permis.identites.permissions import ouvert_a_tous

VERSION: Final = 1
PORTE: Final = "partage_api"
TAILLES: Final = {"code": 40, "verificateur": TAILLE_NOM}


@ouvert_a_tous
@csrf_exempt  # no cookie says who asks: there is nothing that another site could use
@sensitive_variables("champs")
def verifier(request: Requete) -> HttpResponse:
    """POST {"code", "verificateur"}; 200 with the fields shared, or a problem."""
    try:
        champs = read_textes(read_objet(request), TAILLES)
    except CorpsRefuseError as refus:
        return refus.reponse
    if not count(PORTE, adresse_of(request.META), request.at):
        secondes = str(ceil(wait(PORTE, request.at).total_seconds()))
        return write_problem("trop-de-demandes", f"Recommencez dans {secondes} s.", {"Retry-After": secondes})
    droits = check_partage(champs["code"], champs["verificateur"], at=request.at, par_api=True)
    if droits is None:
        return write_problem("partage-inconnu", "Ce code n'ouvre rien.")
    return _write(droits)


def _write(droits: DroitsPartages) -> HttpResponse:
    """Every key is always there; null is a field that the holder did not share."""
    corps: dict[str, Any] = {
        "version": VERSION,
        "titulaire": {"prenoms": droits.prenoms, "nom": droits.nom},
        "objet": droits.objet,
        "etabli_at": droits.etabli_at.isoformat(timespec="seconds"),
        "expire_at": droits.expire_at.isoformat(timespec="seconds"),
        "valide": droits.valide,
        "categories": _write_all(droits.categories),
        "restrictions": _write_all(droits.restrictions),
    }
    reponse = JsonResponse(corps, json_dumps_params={"ensure_ascii": False})
    reponse.headers["Cache-Control"] = "no-store"
    return reponse


def _write_all(tenues: Iterable[CategorieTenue] | Iterable[RestrictionTenue] | None) -> list[dict[str, Any]] | None:
    """Days as ISO; none shared is null, shared and empty is an empty list."""
    if tenues is None:
        return None
    return [{cle: _write_value(valeur) for cle, valeur in asdict(tenue).items()} for tenue in tenues]


def _write_value(valeur: object) -> object:
    return valeur.isoformat() if isinstance(valeur, date) else valeur
