"""The table of rights, crossed: every route, every kind of person, someone else's object. Generated from the URLs.

A new route without a row fails in `tests/architecture`; a row whose object is unknown here fails below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from permis.courriers.models import Courrier, CourrierDu, Document, Partage
from permis.demarches.aide import ask_question
from permis.identites.magasin import SessionStore
from permis.identites.models import Cause, Compte, Etat, IdentiteFederee, Rapprochement, Rattachement, SessionOuverte
from permis.identites.permissions import TABLE, Objet
from permis.identites.rapprochement import compte_of
from permis.identites.roles import Genre, Moyen, Role
from permis.identites.sessions import bind, open_session
from permis.registre.models import Dossier
from tests.architecture.test_routes import Route, du_site
from tests.identites.fournisseur import ANGELA
from tests.identites.gens import AUTRE_NEPH, NEPH, etat_civil, make_agent, open_angela

pytestmark = pytest.mark.django_db

PERSONNES = (
    "anonyme", "usager franceconnect", "usager par code", "usager sans dossier", "agent sans role",
    "agent non déclaré",
    "accueil", "instruction", "administration",
)  # fmt: skip
ROUTES = [route for route in du_site() if route.permission != "ouvert_a_tous"]


@dataclass
class Personne:
    """Somebody signed in, what the table knows of him, and the objects that are his."""

    client: Client
    detient: frozenset[Moyen | Role]
    connu: bool = True
    compte: UUID | None = None
    dossier: UUID | None = None
    objets: dict[Objet, UUID] = field(default_factory=dict)


@dataclass
class Monde:
    """Two files, and somebody else who owns one object of each kind."""

    at: datetime
    sien: Dossier
    autrui: Dossier
    objets: dict[Objet, UUID]


PAUL = {"family_name": "DURAND", "given_name_array": ["Paul"], "birthdate": "1950-01-31", "gender": "male"}
CONTENU = '{"version":1,"textes":{"fr":{"titre":"T","objet":"O","blocs":[],"mentions":[]},"en":{}}}'
CORPS = {"demander_document": {"genre": "rir"}}
"""What a form sends, where the route knows nothing without it."""
DE_SON_DOSSIER = {Objet.SON_DOSSIER, Objet.COURRIER, Objet.DOCUMENT, Objet.PARTAGE}
SIENS = {Objet.SA_SESSION, *DE_SON_DOSSIER}
"""What only its owner may touch; of the rest, one's own is what one may not."""
Fabrique = Callable[[Monde, Compte], UUID]
OBJETS: dict[Objet, Fabrique] = {}


def an_object(objet: Objet) -> Callable[[Fabrique], Fabrique]:
    def inscrire(fabrique: Fabrique) -> Fabrique:
        OBJETS[objet] = fabrique
        return fabrique

    return inscrire


@an_object(Objet.SA_SESSION)
def _session(monde: Monde, compte: Compte) -> UUID:
    moyen = Moyen.PROCONNECT if compte.genre == Genre.AGENT else Moyen.FRANCECONNECT
    return open_session(compte, moyen, at=monde.at).pk


@an_object(Objet.DOSSIER_D_AUTRUI)
def _dossier(monde: Monde, compte: Compte) -> UUID:
    return monde.sien.pk if compte.genre == Genre.AGENT else monde.autrui.pk


@an_object(Objet.RAPPROCHEMENT)
def _rapprochement(monde: Monde, compte: Compte) -> UUID:
    """A case that may end at the file of that account."""
    return _case(monde, Cause.PLUSIEURS, str(_dossier(monde, compte)), PAUL).pk


@an_object(Objet.RAPPROCHEMENT_D_AGENT)
def _rapprochement_agent(monde: Monde, compte: Compte) -> UUID:
    return _case(monde, Cause.AGENT_CHANGE, str(compte.pk)).pk


@an_object(Objet.AGENT)
def _agent(monde: Monde, compte: Compte) -> UUID:
    return compte.pk


@an_object(Objet.QUESTION)
def _question(monde: Monde, compte: Compte) -> UUID:
    return ask_question(_dossier(monde, compte), "Pourquoi ?", compte=compte.pk, at=monde.at).id


def _held(monde: Monde, compte: Compte) -> UUID:
    """The file of a driver, or a stranger's for who has none; of an agent, his own."""
    attache = Rattachement.objects.filter(compte=compte).values_list("dossier", flat=True).first()
    return attache or _dossier(monde, compte)


@an_object(Objet.COURRIER)
def _courrier(monde: Monde, compte: Compte) -> UUID:
    dossier, jour = _held(monde, compte), monde.at.date()
    du = CourrierDu.objects.create(dossier_id=dossier, reference="48", fait=uuid4().hex, date=jour, vu_le=jour)
    courrier = Courrier(
        du=du, rang=1, nature="notification", dossier_id=dossier, reference="48", gabarit="v1", empreinte="0" * 64,
        specimen=True, voie="simple", ecrit_le=jour, ecrit_at=monde.at,
    )  # fmt: skip
    courrier.seal_columns(numero=uuid4().hex, contenu=CONTENU, sceau="DC04")
    courrier.save(force_insert=True)
    return courrier.pk


@an_object(Objet.DOCUMENT)
def _document(monde: Monde, compte: Compte) -> UUID:
    document = Document(
        dossier_id=_held(monde, compte), genre="adc", langue="fr", gabarit="v1", empreinte="0" * 64,
        specimen=True, etat="0" * 64, emis_at=monde.at,
    )  # fmt: skip
    document.seal_columns(numero=uuid4().hex, secret=uuid4().hex, contenu=CONTENU, sceau="DC04")
    document.save(force_insert=True)
    return document.pk


@an_object(Objet.PARTAGE)
def _partage(monde: Monde, compte: Compte) -> UUID:
    partage = Partage(
        dossier_id=_held(monde, compte), champs="validite", cree_at=monde.at, expire_at=monde.at + timedelta(days=7)
    )
    partage.seal_columns(code=uuid4().hex, objet="Location")
    partage.save(force_insert=True)
    return partage.pk


def _case(monde: Monde, cause: Cause, candidat: str, qui: Mapping[str, object] = ANGELA) -> Rapprochement:
    identite = IdentiteFederee(issuer="https://x.example", sub=uuid4().hex, liee_at=monde.at)
    identite.seal_columns(pivot=etat_civil(**qui).write())
    identite.save()
    return Rapprochement.objects.create(
        identite=identite, etat=Etat.OUVERT, cause=cause, candidats=[candidat], ouvert_at=monde.at
    )


@pytest.fixture
def monde(at: datetime) -> Monde:
    sien, autrui = open_angela(at), open_angela(at, AUTRE_NEPH, family_name="MARTIN")
    monde = Monde(at, sien, autrui, {})
    etranger = compte_of(autrui.pk, at)
    collegue = make_agent(at, Role.ADMINISTRATION, neph=None).compte
    for objet, fabrique in OBJETS.items():
        agents = objet in {Objet.AGENT, Objet.RAPPROCHEMENT_D_AGENT}
        monde.objets[objet] = fabrique(monde, collegue if agents else etranger)
    return monde


def _enter(monde: Monde, compte: Compte, moyen: Moyen) -> Client:
    cookie = SessionStore()
    bind(cookie, open_session(compte, moyen, at=monde.at))
    cookie.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(cookie.session_key)
    return client


def sign_in_as(nom: str, monde: Monde) -> Personne:
    """One of PERSONNES, with objects of his own."""
    roles: dict[str, Role] = {str(role): role for role in Role}
    if nom == "anonyme":
        return Personne(Client(), frozenset(), connu=False)
    if nom.startswith("usager"):
        return _usager(monde, nom)
    role = roles.get(nom, Role.INSTRUCTION)
    tenus = [] if nom == "agent sans role" else [role]
    agent = make_agent(monde.at, *tenus, neph="" if nom == "agent non déclaré" else NEPH)
    client = _enter(monde, agent.compte, Moyen.PROCONNECT)
    return _own(monde, Personne(client, frozenset({Moyen.PROCONNECT, *tenus}), compte=agent.pk), agent.compte)


def _usager(monde: Monde, nom: str) -> Personne:
    sans = nom == "usager sans dossier"
    moyen = Moyen.NEPH_CODE if nom == "usager par code" else Moyen.FRANCECONNECT
    compte = (
        Compte.objects.create(genre=Genre.USAGER, ouvert_at=monde.at) if sans else compte_of(monde.sien.pk, monde.at)
    )
    personne = Personne(_enter(monde, compte, moyen), frozenset({moyen}), compte=compte.pk)
    personne.dossier = None if sans else monde.sien.pk
    return _own(monde, personne, compte)


def _own(monde: Monde, personne: Personne, compte: Compte) -> Personne:
    personne.objets = {objet: fabrique(monde, compte) for objet, fabrique in OBJETS.items()}
    return personne


def call(client: Client, route: Route, objet: Objet, ident: UUID | None) -> Any:
    """The answer of a route, GET then POST if it wants that; what only the rights refuse comes before the method."""
    espace = route.motif.lookup_str.split(".")[1]
    nom = f"{espace}:{route.motif.name}"
    adresse = reverse(nom, kwargs={str(objet.parametre): ident} if objet.parametre else {})
    reponse = client.get(adresse)
    corps = CORPS.get(str(route.motif.name), {})
    return client.post(adresse, corps) if reponse.status_code == 405 else reponse


def is_refused(reponse: Any) -> bool:
    """Sent to sign in, to the page of one's case, or told no."""
    ailleurs = str(reponse.headers.get("Location", "")).partition("?")[0]
    return reponse.status_code in {403, 404} or ailleurs in {"/connexion", "/mon-compte/demande"}


@pytest.fixture(autouse=True)
def _pages_blanches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may have a page is tested here, not how it is drawn."""
    for vue in ("permis.usagers.views.courriers.pdf_of", "permis.courriers.documents.pdf_of"):
        monkeypatch.setattr(vue, lambda *_, **__: b"%PDF-")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.permission} {route.chemin}")
def test_la_table_croisee(route: Route, monde: Monde) -> None:
    for nom in PERSONNES:
        cross(route, sign_in_as(nom, monde), monde, nom)


def cross(route: Route, personne: Personne, monde: Monde, nom: str) -> None:
    ligne = TABLE[str(route.permission)]
    assert ligne.objet.parametre is None or ligne.objet in OBJETS, "say here how to make one that is someone else's"
    droit = bool(ligne.pour & personne.detient)
    if ligne.objet in DE_SON_DOSSIER:
        droit = droit and personne.dossier is not None
    autrui, sien = monde.objets.get(ligne.objet), personne.objets.get(ligne.objet)
    reponse = call(personne.client, route, ligne.objet, autrui)
    if not ligne.objet.parametre:
        assert is_refused(reponse) is not droit, nom
        return
    agit_sur_autrui = ligne.objet not in SIENS
    declare = ligne.objet not in {Objet.DOSSIER_D_AUTRUI, Objet.RAPPROCHEMENT, Objet.QUESTION} or is_declared(personne)
    assert is_refused(reponse) is not (droit and agit_sur_autrui and declare), f"{nom}: someone else's object"
    if sien is not None:
        reponse = call(personne.client, route, ligne.objet, sien)
        assert is_refused(reponse) is not (droit and not agit_sur_autrui), f"{nom}: one's own object"
    if droit:
        assert call(personne.client, route, ligne.objet, uuid4()).status_code == 404, (
            f"{nom}: an object that does not exist"
        )


def is_declared(personne: Personne) -> bool:
    """Whether an agent said which file is his own."""
    compte = Compte.objects.select_related("agent").get(pk=personne.compte) if personne.compte else None
    agent = getattr(compte, "agent", None)
    return agent is not None and (agent.sans_permis or agent.neph is not None)


def test_personne_ne_tient_la_session_d_un_autre(monde: Monde) -> None:
    assert SessionOuverte.objects.filter(pk=monde.objets[Objet.SA_SESSION]).exists()
