"""Is this document genuine, and still good? Three ways to ask, and the QR code; one answer, which keeps nothing.

Each answer takes the same time at least: how long a file is, or whether there is one, is not to be read on a clock.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter, sleep
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from permis.affichage.langue import same_page
from permis.courriers import verification
from permis.courriers.autorite import is_specimen
from permis.courriers.lettres import ILLISIBLES
from permis.courriers.verification import Constat
from permis.identites.acteur import Requete
from permis.identites.permissions import ouvert_a_tous
from permis.public.forms.verification import ApporterForm, FichierForm, NumeroForm, SceauForm
from permis.public.reponses import REPONSES, Moyen
from permis.public.views.adresses import switch_language
from permis.public.views.freins import slow_down
from permis.public.views.gardes import asked_by_anyone, never_kept, seen_only

PORTE: Final = "verification"
PORTE_DES_FICHIERS: Final = "verification_fichier"
TROP_GROS: Final = 413
REFUSE: Final = 422
EN_PANNE: Final = 503
TEXTE_AU_PLUS: Final = 64 * 1024
FICHIER_AU_PLUS: Final = 8 * 1024 * 1024 + TEXTE_AU_PLUS
"""What a telephone makes of a page, and the form around it."""
PLANCHER: Final = 0.15  # seconds: more than a check takes on a quiet machine
journal = logging.getLogger("permis.public")


def too_long(request: HttpRequest) -> HttpResponse:
    """What was sent is larger than any document of ours, or any photo of one."""
    return show_forms(request, statut=TROP_GROS, fautes=[{"texte": _("Ce fichier dépasse 8 Mo."), "ancre": "fichier"}])


@ouvert_a_tous
@seen_only
def verifier(request: HttpRequest) -> HttpResponse:
    """The page where one asks."""
    return show_forms(request)


@ouvert_a_tous
@asked_by_anyone(TEXTE_AU_PLUS, too_long)
def verifier_numero(request: Requete) -> HttpResponse:
    """A number: its status, nothing else."""
    return _ask(
        request, NumeroForm(request.POST), Moyen.NUMERO,
        lambda form: Constat(verification.check_numero(form.cleaned_data["numero"], request.at)),
    )  # fmt: skip


@ouvert_a_tous
@asked_by_anyone(TEXTE_AU_PLUS, too_long)
def verifier_sceau(request: Requete) -> HttpResponse:
    """The text of a seal."""
    return _ask(
        request, SceauForm(request.POST), Moyen.SCEAU,
        lambda form: verification.check_sceau(form.cleaned_data["sceau"], request.at),
    )  # fmt: skip


@ouvert_a_tous
@asked_by_anyone(FICHIER_AU_PLUS, too_long)
def verifier_fichier(request: Requete) -> HttpResponse:
    """A file or a photo: read in memory, and dropped with the request. Beyond the limit it is not opened."""
    return _ask(
        request, FichierForm(request.POST, request.FILES), Moyen.FICHIER,
        lambda form: verification.check_fichier(form.octets(), request.at),
        portes=(PORTE, PORTE_DES_FICHIERS),
    )  # fmt: skip


@ouvert_a_tous
@seen_only
@sensitive_variables()
def verifier_secret(request: Requete) -> HttpResponse:
    """What the QR code leads to. Without its secret, the page where one asks."""
    secret = request.GET.get("s", "")
    if not secret:
        return show_forms(request)
    if (lent := slow_down(request, PORTE)) is not None:
        return lent
    reponse = _answer(
        request, lambda: verification.check_secret(secret, request.at), Moyen.QR, autre_langue=same_page(request)
    )
    never_kept(reponse)
    reponse.headers["X-Robots-Tag"] = "noindex"
    reponse.headers["Referrer-Policy"] = "no-referrer"  # its address holds the secret: no page, no style sheet is told
    return reponse


def show_forms(
    request: HttpRequest,
    faute: ApporterForm | None = None,
    statut: int = 200,
    fautes: Sequence[Mapping[str, object]] = (),
) -> HttpResponse:
    """The three forms; the one that was refused keeps what was typed."""
    formes: dict[str, ApporterForm] = {"numero": NumeroForm(), "fichier": FichierForm(), "sceau": SceauForm()}
    if faute is not None:
        formes[next(iter(faute.fields))] = faute
    contexte = {
        "page": "verifier",
        "formes": formes,
        "fautes": faute.fautes if faute else fautes,
        "site": settings.PERMIS_SITE,
        "autre_langue": switch_language("public:verifier"),
    }
    return render(request, "public/verifier.html", contexte, status=statut)


def _ask(
    request: Requete,
    form: ApporterForm,
    moyen: Moyen,
    check: Callable[[Any], Constat],
    portes: Sequence[str] = (PORTE,),
) -> HttpResponse:
    """The answer, or the form again with what is wrong: a slip of the finger is not counted."""
    if not form.is_valid():
        return show_forms(request, form, REFUSE)
    for porte in portes:
        if (lent := slow_down(request, porte)) is not None:
            return lent
    return _answer(request, lambda: check(form), moyen)


def _answer(request: Requete, check: Callable[[], Constat], moyen: Moyen, **autres: object) -> HttpResponse:
    """What is said of it; where our own row does not open, that we cannot say: it is no fault of the document."""
    try:
        constat = _in_constant_time(check)
    except ILLISIBLES as erreur:
        journal.exception("document illisible : %s", erreur)  # which row: no message of these tells more
        faute = _(
            "Nous ne pouvons pas vérifier ce document : une panne de notre côté, qui est signalée. "
            "Cela ne dit rien de lui."
        )
        return show_forms(request, statut=EN_PANNE, fautes=[{"texte": faute, "ancre": "numero"}])
    return _show(request, constat, moyen, **autres)


def _in_constant_time(check: Callable[[], Constat]) -> Constat:
    debut = perf_counter()
    try:
        return check()
    finally:
        sleep(max(PLANCHER - (perf_counter() - debut), 0))


def _show(request: Requete, constat: Constat, moyen: Moyen, **autres: object) -> HttpResponse:
    contexte = {
        "page": "verifier",
        "constat": constat,
        "montre": constat.montre,
        "reponse": REPONSES[constat.verdict].said_of(moyen, constat.montre, efface=constat.efface),
        "at": request.at,
        "specimen": is_specimen(),
        "autre_langue": switch_language("public:verifier"),
        **autres,
    }
    return render(request, "public/verifier_reponse.html", contexte)
