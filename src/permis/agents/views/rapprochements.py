"""Reconciliation: the identity that FranceConnect gave beside the files that may be the person's, and the decision."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from permis.agents.attentes import list_rapprochements_en_attente
from permis.agents.comparaison import Comparaison, compare
from permis.agents.fiche import read_fiche
from permis.agents.forms import DecisionForm, NephForm
from permis.agents.pages import CONFLIT, REFUSE, draw, go, who, write_attente
from permis.courriers.alertes import Nouveau
from permis.demarches.prevenir import warn_titulaire
from permis.identites.acteur import Requete
from permis.identites.codes import PropreDossierError
from permis.identites.decisions import (
    DejaDecideError,
    TropDifferentError,
    add_candidate,
    ask_neph,
    attach_file,
    held_files,
    list_decisions,
    read_case,
    refuse_files,
    waits_for,
)
from permis.identites.models import Etat, Rapprochement
from permis.identites.permissions import permission
from permis.identites.rapprochement import read_pivot
from permis.identites.ressemblance import Lien, qualify

ACTE = "traiter_un_rapprochement"
TROP_DIFFERENT = _(
    "Ce dossier n’a pas été trouvé par l’identité donnée, et la date de naissance ou le sexe diffèrent\u00a0: "
    "il ne peut pas être relié."
)


@permission("lister_les_rapprochements")
@require_safe
def rapprochements(request: Requete) -> HttpResponse:
    """Those that wait, the oldest first."""
    file = list_rapprochements_en_attente(request.at)
    return draw(request, "agents/rapprochements.html", {"page": "rapprochements", "file": file})


@permission("traiter_un_rapprochement")
@require_http_methods(["GET", "HEAD", "POST"])
def rapprochement(request: Requete, rapprochement_id: UUID) -> HttpResponse:
    """One case; comparing one more file, and deciding, are posted here."""
    cas = read_case(rapprochement_id)
    if request.method != "POST":
        return _draw(request, cas)
    if not waits_for(cas, who(request)):
        return _draw(request, cas, CONFLIT)
    return _compare_one_more(request, cas) if "neph" in request.POST else _decide(request, cas)


def _compare_one_more(request: Requete, cas: Rapprochement) -> HttpResponse:
    form = NephForm(request.POST)
    if form.is_valid():
        try:
            add_candidate(cas.pk, form.cleaned_data["neph"], par=who(request))
        except DejaDecideError:
            return _draw(request, read_case(cas.pk), CONFLIT)
        except PropreDossierError:
            form.add_error("neph", _("Ce dossier est le vôtre\u00a0: un autre agent doit traiter ce rapprochement."))
        else:
            return go("agents:rapprochement", rapprochement_id=cas.pk)
    return _draw(request, cas, REFUSE, recherche=form)


def _decide(request: Requete, cas: Rapprochement) -> HttpResponse:
    comparaison = _compare(request, cas)
    form = _form(comparaison, request)
    if not form.is_valid():
        return _draw(request, cas, REFUSE, comparaison=comparaison, form=form)
    choix, motif = form.cleaned_data["decision"], form.cleaned_data["motif"]
    try:
        if request.POST.get("confirme") != "oui":
            return _confirm(request, cas, form, comparaison)
        fait = _act(cas.pk, choix, motif, request)
    except TropDifferentError:
        form.add_error("decision", TROP_DIFFERENT)
        return _draw(request, cas, REFUSE, comparaison=comparaison, form=form)
    except DejaDecideError:
        return _draw(request, read_case(cas.pk), CONFLIT)
    except PropreDossierError:
        raise PermissionDenied from None
    return go("agents:rapprochements", fait)


def _confirm(request: Requete, cas: Rapprochement, form: DecisionForm, comparaison: Comparaison) -> HttpResponse:
    """What the decision will do, before it does; TropDifferentError."""
    choisi = next((c for c in comparaison.candidats if str(c.id) == form.cleaned_data["decision"]), None)
    lien = qualify(read_pivot(cas), choisi.id) if choisi else None
    if lien is Lien.TROP_DIFFERENT:
        raise TropDifferentError
    contexte = {
        "page": "rapprochements", "cas": cas, "form": form, "choisi": choisi, "comparaison": comparaison,
        "a_deux": lien is Lien.A_CONFIRMER and cas.etat != Etat.A_CONFIRMER,
    }  # fmt: skip
    return draw(request, "agents/decider.html", contexte)


def _act(ident: UUID, choix: str, motif: str, request: Requete) -> str:
    """Decide; the word for what was done. Whoever holds the file attached is told, by the ways he chose."""
    par, at = who(request), request.at
    if choix == DecisionForm.REFUSER:
        refuse_files(ident, motif, par=par, at=at)
    elif choix == DecisionForm.DEMANDER:
        ask_neph(ident, motif, par=par, at=at)
    else:
        if not attach_file(ident, UUID(choix), motif, par=par, at=at):
            return "proposition"
        warn_titulaire(UUID(choix), Nouveau.RATTACHEMENT, at=at)
    return "decision"


def _compare(request: Requete, cas: Rapprochement) -> Comparaison:
    """Read each file that the case names: each reading is written."""
    dossiers = [UUID(ident) for ident in cas.candidats]
    lus = [read_fiche(request, ident, ACTE).lu for ident in dossiers]
    return compare(read_pivot(cas), lus, held_files(dossiers))


def _form(comparaison: Comparaison, request: Requete | None = None) -> DecisionForm:
    noms = [(c.id, gettext("Le dossier %(lettre)s est le sien") % {"lettre": c.lettre}) for c in comparaison.candidats]
    return DecisionForm(noms, request.POST if request else None)


def _draw(
    request: Requete,
    cas: Rapprochement,
    statut: int = 200,
    *,
    comparaison: Comparaison | None = None,
    form: DecisionForm | None = None,
    recherche: NephForm | None = None,
) -> HttpResponse:
    """The case. Once it no longer waits, no file is opened: only what was decided is told."""
    contexte: dict[str, object] = {
        "page": "rapprochements",
        "cas": cas,
        "attente": write_attente(cas.ouvert_at, request.at),
        "decisions": [(d, d.unseal_column("motif")) for d in list_decisions(cas)],
        "conflit": statut == CONFLIT,
    }
    if waits_for(cas, who(request)):
        comparaison = comparaison or _compare(request, cas)
        contexte |= {"comparaison": comparaison, "form": form or _form(comparaison)}
        contexte |= {"recherche": recherche or NephForm()}
    return draw(request, "agents/rapprochement.html", contexte, statut)
