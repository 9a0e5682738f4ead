"""The table of who sees what (C. route, art. L. 223-7, L. 225-3 to -6), crossed with every document, role and route.

Each route of the site is asked by each role, about the file and the documents of one person whose name, category and
offence nobody else has. What comes back, page, PDF or JSON, may hold no more than the table allows that reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from itertools import count
from typing import Any, Final
from uuid import UUID, uuid4

import django
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

django.setup()

from permis.courriers.acces import TABLE, Etendue, Piece, Public, droit_of  # noqa: E402 - models need Django
from permis.courriers.ecriture import write_file  # noqa: E402
from permis.courriers.lettres import pdf_of as pdf_du_courrier  # noqa: E402
from permis.courriers.models import Courrier, Document, GenreDocument  # noqa: E402
from permis.courriers.partage import Champ, open_partage  # noqa: E402
from permis.identites.models import Agent, Compte  # noqa: E402
from permis.identites.roles import Genre, Moyen, Role  # noqa: E402
from permis.public.views import verification  # noqa: E402
from permis.registre.etat_civil import EtatCivil  # noqa: E402
from tests.courriers.conducteurs import (  # noqa: E402
    DES_POINTS,
    MARQUE,
    emettre,
    numero_de,
    photographier,
    sceau_de,
    secret_de,
    texte_du_pdf,
)
from tests.usagers.fabrique import MIDI, PERMIS_2015, conducteur, connecter, infraction, realite  # noqa: E402

NOM: Final = "Zzmarque"
CATEGORIE: Final = "C1E"
ANGELE: Final = EtatCivil(NOM, "", ("Angèle",), "1962-08-24", "female", "75107", "99100")
PERMIS: Final[dict[str, object]] = {
    "type": "delivrance", "id": "permis", "date": "2015-06-01", "categorie": CATEGORIE, "filiere": "traditionnelle",
}  # fmt: skip
INTERDITS_DE_POINTS: Final = {
    Public.EMPLOYEUR, Public.LOUEUR, Public.ASSUREUR, Public.TRANSPORTEUR, Public.ADMINISTRATION_EMPLOYEUR,
    Public.MANDATAIRE, Public.ENQUETE, Public.QUICONQUE,
}  # fmt: skip
"""Those to whom no article gives the points; L. 223-7 forbids most of them to ask."""

# What each route is about. A route that is not here fails: say what it shows before it is served.
RIEN, DU_DOCUMENT = None, "of the document that is brought"
SUJETS: Final[dict[str, Piece | str | None]] = {
    **dict.fromkeys(
        (
            "public:accueil", "public:calcul", "public:dossier", "public:exemple", "public:bareme", "public:resultats",
            "public:la_loi", "public:mentions", "public:accessibilite", "public:lettre", "public:partage",
            "public:verifier", "public:autorite", "api:probleme", "api:introuvable",
        ),
        RIEN,
    ),
    "public:lettre_verifiee": Piece.NUMERO,
    "public:verifier_numero": Piece.NUMERO,
    "public:verifier_sceau": DU_DOCUMENT,
    "public:verifier_fichier": DU_DOCUMENT,
    "public:verifier_secret": DU_DOCUMENT,
    "public:partage_verifie": Piece.PARTAGE,
    "public:partage_droits": Piece.PARTAGE,
    "api:verifier_un_partage": Piece.PARTAGE,
    **dict.fromkeys(
        (
            "usagers:mon_permis", "usagers:historique", "usagers:historique_csv", "usagers:dossier_json",
            "usagers:releve_integral", "usagers:a_venir", "usagers:et_si", "usagers:consultations",
            "usagers:coordonnees", "usagers:aide", "agents:dossier", "agents:recherche", "agents:code",
        ),
        Piece.DOSSIER,
    ),
    **dict.fromkeys(
        (
            "usagers:courriers", "usagers:courrier", "usagers:courrier_pdf", "usagers:electronique",
            "agents:courriers", "agents:recepisse", "agents:recepisse_pdf", "agents:surveillance",
        ),
        Piece.COURRIER,
    ),
    **dict.fromkeys(("usagers:partages", "usagers:annuler_partage"), Piece.DOSSIER),
    **dict.fromkeys(
        ("usagers:documents", "usagers:demander_document", "usagers:document_pdf", "usagers:annuler_document"),
        Piece.RII,
    ),
    **dict.fromkeys(
        (
            "agents:accueil", "agents:questions", "agents:question", "agents:clore", "agents:rapprochements",
            "agents:rapprochement", "agents:habilitations", "agents:nouvelle", "agents:habilitation", "agents:relier",
        ),
        RIEN,
    ),
}  # fmt: skip
ESPACES: Final = ("public", "usagers", "agents", "api")


def routes(resolveur: URLResolver | None = None, espace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for motif in (resolveur or get_resolver()).url_patterns:
        if isinstance(motif, URLResolver):
            yield from routes(motif, str(motif.namespace or espace))
        elif espace in ESPACES:
            yield f"{espace}:{motif.name}", motif


ROUTES: Final = dict(routes())
_lieux = count(1)


@dataclass
class Monde:
    """One person, all that can be had about her, and who asks."""

    dossier: UUID
    neph: str
    titres: Mapping[GenreDocument, tuple[Document, bytes]]
    courrier: Courrier
    partage: Any
    clients: Mapping[str, tuple[Client, Public]]


@pytest.fixture
def monde(db: None, monkeypatch: pytest.MonkeyPatch) -> Monde:
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI)
    monkeypatch.setattr(verification, "PLANCHER", 0)
    faits = (
        infraction("marque", "2026-01-05", 5, classe="contravention_5", libelle=MARQUE),
        realite("marque", "2026-02-01"),
    )
    elle, autre = conducteur(PERMIS, *faits, etat_civil=ANGELE), conducteur(PERMIS_2015)
    write_file(elle.dossier, at=MIDI)
    compte = Compte.objects.get(pk=elle.compte)
    return Monde(
        dossier=elle.dossier,
        neph=elle.neph,
        titres={genre: emettre(elle.dossier, genre) for genre in GenreDocument},
        courrier=Courrier.objects.filter(dossier=elle.dossier).latest("ecrit_at"),
        partage=open_partage(elle.dossier, "Location", tuple(Champ), jours=7, usages_max=None, at=MIDI),
        clients={
            "titulaire": (elle.client, Public.TITULAIRE),
            "titulaire par code": (connecter(compte, Moyen.NEPH_CODE), Public.TITULAIRE),
            "autre conducteur": (autre.client, Public.QUICONQUE),
            "personne": (Client(), Public.QUICONQUE),
            **{role: (agent(role), Public.AGENT_HABILITE) for role in Role.values},
        },
    )


def agent(role: str) -> Client:
    compte = Compte.objects.create(genre=Genre.AGENT, ouvert_at=MIDI)
    ligne = Agent(compte=compte, service="Centre", roles=[role], sans_permis=True, habilite_at=MIDI)
    ligne.seal_columns(courriel=f"{role}@service.permis.example", neph=None, nom=None)
    ligne.save(force_insert=True)
    return connecter(compte, Moyen.PROCONNECT)


def piece_du_controle(genre: GenreDocument | None) -> Piece:
    return Piece.CONTROLE_COURRIER if genre is None else Piece(f"controle_{genre}")


Demande = tuple[Piece, Callable[[Client], Any]]


def demandes(nom: str, monde: Monde) -> Iterator[Demande]:
    """Every way to ask a route about her, and the row of the table that answers for it."""
    sujet = SUJETS[nom]
    if sujet == DU_DOCUMENT:
        yield from apporter(nom, monde)
        return
    piece = Piece.NUMERO if sujet is None else Piece(sujet)
    for kwargs in objets(nom, monde):
        adresse = reverse(nom, kwargs=kwargs)
        yield piece, partial(voir, adresse=adresse)
        for corps in envois(nom, monde):
            yield piece, partial(poster, adresse=adresse, corps=corps, json_=nom.startswith("api:"))


def objets(nom: str, monde: Monde) -> Iterator[dict[str, Any]]:
    """What the address designates: hers where it can be, else something that does not exist."""
    parametres = set(ROUTES[nom].pattern.converters)
    if "document_id" in parametres:
        yield from ({"document_id": document.pk} for document, _ in monde.titres.values())
        return
    siens = {
        "dossier_id": monde.dossier, "courrier_id": monde.courrier.pk, "partage_id": monde.partage.id,
        "slug": "conducteur-tranquille", "genre": "rien",
    }  # fmt: skip
    yield {cle: siens.get(cle, uuid4()) for cle in parametres}


def envois(nom: str, monde: Monde) -> Iterator[dict[str, str]]:
    """What a form would send."""
    match nom:
        case "public:verifier_numero" | "public:lettre_verifiee":
            yield {"numero": numero_de(monde.courrier)}
            yield from ({"numero": numero_de(document)} for document, _ in monde.titres.values())
        case "public:partage_verifie" | "api:verifier_un_partage":
            yield {"code": monde.partage.code, "verificateur": "Loueur"}
        case "usagers:demander_document":
            yield from ({"genre": genre, "langue": langue} for genre in GenreDocument for langue in ("fr", "en"))
        case "agents:recherche":
            yield {"neph": monde.neph, "nom": NOM}
        case _:
            yield {}


def apporter(nom: str, monde: Monde) -> Iterator[Demande]:
    """A seal, a file, a photo, a secret: of each statement, and of the letter."""
    adresse = reverse(nom)
    tenus = [(genre, sceau_de(document), pdf, secret_de(document)) for genre, (document, pdf) in monde.titres.items()]
    lettre = pdf_du_courrier(monde.courrier, langue="fr", gros=False, signe=True, at=MIDI)
    for genre, sceau, pdf, secret in (*tenus, (None, sceau_de(monde.courrier), lettre, "")):
        piece = piece_du_controle(genre)
        match nom:
            case "public:verifier_sceau":
                yield piece, partial(poster, adresse=adresse, corps={"sceau": sceau})
            case "public:verifier_secret":
                yield piece, partial(voir, adresse=adresse, s=secret)
            case _:
                for octets in (pdf, photographier(pdf)):
                    yield piece, partial(deposer, adresse=adresse, octets=octets)


def voir(client: Client, *, adresse: str, **parametres: str) -> Any:
    return client.get(adresse, parametres, REMOTE_ADDR=lieu())


def deposer(client: Client, *, adresse: str, octets: bytes) -> Any:
    return client.post(adresse, {"fichier": SimpleUploadedFile("x", octets)}, REMOTE_ADDR=lieu())


def poster(client: Client, *, adresse: str, corps: dict[str, str], json_: bool = False) -> Any:
    if json_:
        return client.post(adresse, json.dumps(corps), content_type="application/json", REMOTE_ADDR=lieu())
    return client.post(adresse, corps, REMOTE_ADDR=lieu(), follow=adresse == reverse("public:partage_verifie"))


def lieu() -> str:
    """A place that has not asked yet: the brake is not what is tested."""
    rang = next(_lieux)
    return f"10.{rang >> 16}.{rang >> 8 & 255}.{rang & 255}"


def texte_de(reponse: Any) -> str:
    """All that an answer says, whatever it is made of."""
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    if reponse.headers.get("Content-Type") == "application/pdf":
        return texte_du_pdf(octets) + octets.decode("latin-1")
    texte = octets.decode("utf-8", "replace")
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", texte))) + texte


def vu(texte: str, *, chez_soi: bool = False) -> Etendue:
    """How much of her the text tells, at the most; `chez_soi`: points may be those of the one who asks."""
    if MARQUE in texte or (not chez_soi and DES_POINTS.search(texte)):
        return Etendue.INTEGRAL
    if re.search(rf"\b{CATEGORIE}\b", texte):
        return Etendue.DROIT
    return Etendue.IDENTITE if re.search(NOM, texte, re.IGNORECASE) else Etendue.RIEN


def test_chaque_route_dit_ce_qu_elle_montre() -> None:
    assert set(ROUTES) == set(SUJETS)


def de(espace: str, *, nomme: bool) -> list[str]:
    """The routes of a space that are about someone, or not; those that undo something come last."""
    noms = [nom for nom, sujet in SUJETS.items() if nom.startswith(f"{espace}:") and (sujet is not RIEN) is nomme]
    return sorted(noms, key=lambda nom: "annuler" in nom or nom == "agents:code")


@pytest.mark.parametrize("espace", ESPACES)
def test_chaque_role_ne_voit_que_ce_que_la_table_permet(espace: str, monde: Monde) -> None:
    trop = []
    for nom in de(espace, nomme=True):
        for piece, demander in demandes(nom, monde):
            for role, (client, public) in monde.clients.items():
                chez_soi = espace == "usagers" and role == "autre conducteur"
                etendue, permis = vu(texte_de(demander(client)), chez_soi=chez_soi), droit_of(piece, public).etendue
                if etendue > permis:
                    trop.append(f"{nom}: {role} sees {etendue.name} of {piece}, {permis.name} is allowed")
    assert not trop


@pytest.mark.parametrize("espace", ["public", "agents", "api"])
def test_ailleurs_personne_n_est_nomme(espace: str, monde: Monde) -> None:
    for nom in de(espace, nomme=False):
        for _, demander in demandes(nom, monde):
            for role, (client, _public) in monde.clients.items():
                texte = texte_de(demander(client))
                assert MARQUE not in texte, (nom, role)
                assert not re.search(NOM, texte, re.IGNORECASE), (nom, role)


def test_ce_qui_est_permis_se_voit_bien(monde: Monde) -> None:
    """Else the tests above would pass on empty pages."""
    attendus = {
        "usagers:mon_permis": Etendue.INTEGRAL, "usagers:document_pdf": Etendue.INTEGRAL,
        "usagers:courrier": Etendue.INTEGRAL, "agents:dossier": Etendue.INTEGRAL, "agents:courriers": Etendue.INTEGRAL,
        "public:partage_verifie": Etendue.DROIT, "api:verifier_un_partage": Etendue.DROIT,
        "public:verifier_secret": Etendue.DROIT, "public:verifier_fichier": Etendue.DROIT,
        "public:verifier_sceau": Etendue.DROIT, "public:verifier_numero": Etendue.RIEN,
    }  # fmt: skip
    for nom, attendu in attendus.items():
        clients = [client for client, _ in monde.clients.values()]
        vus = [vu(texte_de(demander(client))) for _, demander in demandes(nom, monde) for client in clients]
        assert max(vus) is attendu, nom


@pytest.mark.parametrize("public", INTERDITS_DE_POINTS)
@pytest.mark.parametrize("piece", list(Piece))
def test_aucun_article_ne_donne_les_points_a(piece: Piece, public: Public) -> None:
    assert droit_of(piece, public).etendue < Etendue.INTEGRAL


@pytest.mark.parametrize("piece", [Piece.RIR, Piece.ADC, Piece.PARTAGE, Piece.NUMERO])
def test_ce_qui_sort_de_la_main_du_titulaire_n_a_de_points_pour_personne(piece: Piece) -> None:
    assert max(droit_of(piece, public).etendue for public in Public) < Etendue.INTEGRAL


@pytest.mark.parametrize("genre", list(GenreDocument))
def test_un_controle_ne_dit_jamais_plus_que_le_document(genre: GenreDocument) -> None:
    tenu = Piece(genre.value)
    for public in Public:
        controle = droit_of(piece_du_controle(genre), public).etendue
        assert controle <= max(droit_of(tenu, lecteur).etendue for lecteur in Public)
    assert all(droit_of(Piece.NUMERO, public).etendue is Etendue.STATUT for public in Public)


def test_ce_que_la_table_ne_dit_pas_n_est_pas_donne() -> None:
    assert droit_of(Piece.RII, Public.ASSUREUR).etendue is Etendue.RIEN
    assert droit_of(Piece.COURRIER, Public.EMPLOYEUR).etendue is Etendue.RIEN
    assert set(TABLE) == set(Piece)
    assert all(droit.fondement for ligne in TABLE.values() for droit in ligne.values())
