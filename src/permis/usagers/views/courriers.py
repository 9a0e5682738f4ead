"""Mes courriers: what came, what waits to be opened, the proof of each date, the time left to act, the PDF.

Opening an electronic letter has an effect in law (C. route, art. R. 223-3-1 III): it takes a POST of the holder, who
was told so on the page before. A GET, a HEAD, the preview of a link change nothing.
"""

from __future__ import annotations

import logging
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from permis.courriers.boite import CourrierInconnuError, CourrierLu, find_courrier, list_courriers, wants_adresse
from permis.courriers.consentement import current_consentement
from permis.courriers.lettres import ILLISIBLES, EmpreinteError, pdf_of
from permis.courriers.voies.electronique import note_lecture
from permis.identites.acteur import Requete
from permis.registre.temps import jour_legal
from permis.typographie import is_french
from permis.usagers.acces import LIRE, LIRE_ET_ECRIRE, Ouvert, open_file, own_file, own_id, without_file
from permis.usagers.courriers import SOURCES, VOIES, list_devoirs, list_lignes, list_preuves, name_courrier
from permis.usagers.navigation import draw

LANGUES: Final = ("fr", "en")
ILLISIBLE: Final = 500
EFFACE: Final = 410
journal = logging.getLogger("permis.usagers")


@own_file("voir_ses_courriers")
def courriers(request: Requete, ouvert: Ouvert) -> HttpResponse:
    dossier = ouvert.dossier.id
    contexte = {
        "lignes": list_lignes(list_courriers(dossier, ouvert.aujourdhui), _langue()),
        "adresse_demandee": wants_adresse(dossier),
        "consentement": current_consentement(dossier),
        "titulaire": ouvert.dossier.etat_civil,
    }
    return draw(request, "courriers", contexte)


@without_file("lire_un_courrier", LIRE_ET_ECRIRE)
def courrier(request: Requete, courrier_id: UUID) -> HttpResponse:
    """A letter; where it is shut, what opening it does, and the button that opens it.

    One that does not read is not opened: its time limits must not begin for who cannot learn what it says.
    """
    lu = _find(request, courrier_id)
    if lu.illisible:
        return _show(request, lu, ILLISIBLE if request.method == "POST" else 200)
    if request.method == "POST":
        note_lecture(lu.ligne, at=request.at)
        return HttpResponseRedirect(reverse("usagers:courrier", kwargs={"courrier_id": courrier_id}))
    if lu.a_ouvrir:
        return draw(request, "courriers", {"lu": lu}, gabarit="courrier_a_ouvrir")
    return _show(request, lu)


@without_file("lire_un_courrier", LIRE)
def courrier_pdf(request: Requete, courrier_id: UUID) -> HttpResponse:
    """The signed PDF: `?langue=en` for the courtesy translation, `?gros=1` for large print. Shut, it is not given."""
    lu = _find(request, courrier_id)
    if lu.illisible:
        return _show(request, lu, ILLISIBLE)
    if lu.a_ouvrir:
        return HttpResponseRedirect(reverse("usagers:courrier", kwargs={"courrier_id": courrier_id}))
    if lu.efface_le:
        return _show(request, lu, EFFACE)
    langue, gros = request.GET.get("langue", "fr"), request.GET.get("gros") == "1"
    if langue not in LANGUES:
        raise Http404
    try:
        pdf = pdf_of(lu.ligne, at=request.at, langue=langue, gros=gros)
    except (EmpreinteError, *ILLISIBLES):
        journal.exception("courrier %s", lu.id)
        return _show(request, lu, ILLISIBLE)
    open_file(request, "lire_un_courrier")
    nom = f"courrier-{lu.ligne.reference}-{lu.ligne.ecrit_le}{'-en' * (langue == 'en')}{'-gros' * gros}.pdf"
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=entetes)


def _find(request: Requete, courrier_id: UUID) -> CourrierLu:
    try:
        return find_courrier(own_id(request), courrier_id, jour_legal(request.at))
    except CourrierInconnuError:
        raise Http404 from None


def _show(request: Requete, lu: CourrierLu, statut: int = 200) -> HttpResponse:
    """The letter on its page; ILLISIBLE, where its PDF cannot be made again as it was written."""
    ouvert = open_file(request, "lire_un_courrier")
    contexte: dict[str, Any] = {
        "lu": lu,
        "titre": name_courrier(lu, _langue()),
        "textes": lu.textes(_langue()),
        "langue": _langue(),
        "preuves": list_preuves(lu),
        "voie": VOIES[lu.ligne.voie],
        "source": SOURCES[lu.adresse.source] if lu.adresse else "",
        "devoirs": list_devoirs(lu, ouvert.reponse.releve),
    }
    return draw(request, "courriers", contexte | {"illisible": statut == ILLISIBLE}, statut, "courrier")


def _langue() -> str:
    return "fr" if is_french() else "en"
