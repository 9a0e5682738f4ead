"""The agents' side of letters: what left and what proves it, the receipt given at the counter, what is stuck."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from permis.courriers.ecriture import write_file
from permis.courriers.etapes import note
from permis.courriers.models import Courrier, Etape, Statut, Voie
from permis.identites.roles import Role
from permis.registre.models import Consultation, Dossier
from permis.registre.temps import jour_legal
from tests.agents.fabrique import agent_entre, now
from tests.courriers.plis import (
    PERMIS,
    delits,
    donner_adresse,
    ecrire,
    lettre_electronique,
    lettre_simple,
    plus,
)
from tests.registre.fabrique import MIDI, enregistrer, infraction, ouvrir, realite
from tests.usagers.visite import mots

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _horloge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions live from now, in this room: so do the letters of these tests."""
    monkeypatch.setattr("permis.config.horloge.now", now)


def page(courrier: Courrier | UUID, quoi: str = "courriers") -> str:
    return f"/agents/dossiers/{courrier.dossier_id if isinstance(courrier, Courrier) else courrier}/{quoi}"


def lire(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    assert reponse.headers["Cache-Control"] == "no-store"
    return mots(reponse).replace("\u00a0", " ")


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.INSTRUCTION])
def test_les_lettres_d_un_dossier_avec_leurs_preuves(role: Role) -> None:
    courrier = lettre_simple()
    note(courrier, Statut.REMIS, jour_legal(MIDI), at=MIDI)
    note(courrier, Statut.POSTE, jour_legal(plus(1)), at=plus(1), reference="LOT-7")
    client = agent_entre(role)
    texte = lire(client, page(courrier))
    assert "Posté (LOT-7)" in texte
    assert "12 RUE DES ESSAIS" in texte
    assert "donnée par le titulaire" in texte
    ligne = Consultation.objects.filter(acte="voir_les_courriers_d_un_dossier").get()
    assert (ligne.role, ligne.fondement) == (role.value, "C. route, art. L. 225-4, R. 225-4")


def test_lire_le_courrier_electronique_d_un_autre_ne_l_ouvre_pas() -> None:
    courrier = lettre_electronique()
    note(courrier, Statut.DISPONIBLE, jour_legal(MIDI), at=MIDI)
    assert "Lire la lettre" in lire(agent_entre(Role.INSTRUCTION), page(courrier))
    assert set(courrier.etapes.values_list("statut", flat=True)) == {"ecrit", "disponible"}


def invalide(*, remis: bool = True) -> UUID:
    """A licence invalidated by another's 48SI, and handed in three days ago."""
    dossier = ouvrir(MIDI)
    donner_adresse(dossier)
    recue: dict[str, object] = {
        "type": "notification",
        "id": "n",
        "reference": "48SI",
        "mode": "recommande",
        "retour": "AR",
    }
    recue |= {"retiree_le": "2026-03-05", "presentee_le": "2026-03-04"}
    enregistrer(dossier, PERMIS, *delits("2024-06-01", "2026-03-02"), recue)
    if remis:
        enregistrer(dossier, {"type": "remise_titre", "id": "remise", "date": "2026-03-09"})
    return dossier


def agir(client: Client, dossier: UUID, geste: str) -> Any:
    return client.post(page(dossier, "recepisse"), {geste: "1"})


def test_le_recepisse_s_ecrit_s_imprime_et_se_remet() -> None:
    dossier, client = invalide(), agent_entre(Role.INSTRUCTION)
    assert "Écrire le récépissé" in lire(client, page(dossier, "recepisse"))
    pas_encore = client.get(page(dossier, "recepisse.pdf"))
    assert (pas_encore.status_code, pas_encore.headers["Location"]) == (302, page(dossier, "recepisse"))
    assert agir(client, dossier, "ecrire").status_code == 302
    courrier = Courrier.objects.get(dossier=dossier, reference="44")
    assert courrier.voie == Voie.MAIN_PROPRE
    assert "Je l’ai remis en main propre" in lire(client, page(dossier, "recepisse"))
    pdf = client.get(page(dossier, "recepisse.pdf"))
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
    assert agir(client, dossier, "remettre").headers["Location"].endswith("?fait=recepisse")
    etape = courrier.etapes.get(statut=Statut.DISTRIBUE)
    assert etape.le == jour_legal(now())
    assert "Remis en main propre le" in lire(client, page(dossier, "recepisse"))


@pytest.mark.parametrize("valeurs", [{"empreinte": "0" * 64}, {"sceau": b"autre"}, {"contenu": b"autre"}])
def test_un_recepisse_qui_ne_se_refait_pas_n_est_pas_imprime(valeurs: dict[str, Any]) -> None:
    dossier, client = invalide(), agent_entre(Role.INSTRUCTION)
    agir(client, dossier, "ecrire")
    Courrier.objects.filter(dossier=dossier, reference="44").update(**valeurs)
    reponse = client.get(page(dossier, "recepisse.pdf"))
    assert reponse.status_code == 500
    assert "ne peut pas être refait à l’identique" in mots(reponse)


def test_deux_fois_le_meme_bouton_ne_fait_qu_un_recepisse() -> None:
    dossier, client = invalide(), agent_entre(Role.INSTRUCTION)
    for geste in ("ecrire", "ecrire", "remettre", "remettre", "ecrire"):
        assert agir(client, dossier, geste).status_code == 302
    assert Courrier.objects.filter(dossier=dossier, reference="44").count() == 1


def perdu(rang: int, *, permis: str, points: tuple[str, str], lettre: str) -> list[dict[str, object]]:
    """A licence, the two convictions that take its points, another's 48SI collected on its day."""
    titre = {**PERMIS, "id": f"permis{rang}", "date": permis} | ({"retour": True} if rang > 1 else {})
    retraits: list[dict[str, object]] = []
    for nom, jour in zip((f"a{rang}", f"b{rang}"), points, strict=True):
        retraits += [{**infraction(nom, jour, 6), "classe": "delit"}]
        retraits += [{**realite(nom, jour), "mode": "condamnation_definitive"}]
    recue = {"type": "notification", "id": f"n{rang}", "reference": "48SI", "mode": "recommande", "retour": "AR"}
    return [titre, *retraits, {**recue, "presentee_le": lettre, "retiree_le": lettre}]


def deux_fois_invalide(remise_le: date) -> UUID:
    """A first licence lost and handed in, its receipt given; a second one lost, handed in on that day."""
    dossier = ouvrir(MIDI)
    donner_adresse(dossier)
    premier = perdu(1, permis="2000-01-10", points=("2014-06-01", "2015-02-02"), lettre="2015-03-05")
    enregistrer(dossier, *premier, {"type": "remise_titre", "id": "remise1", "date": "2015-03-09"})
    write_file(dossier, at=MIDI)
    note(Courrier.objects.get(reference="44"), Statut.DISTRIBUE, jour_legal(MIDI), at=MIDI)
    second = perdu(2, permis="2016-01-10", points=("2024-06-01", "2026-03-02"), lettre="2026-03-05")
    enregistrer(dossier, *second, {"type": "remise_titre", "id": "remise2", "date": remise_le.isoformat()})
    return dossier


@pytest.mark.parametrize(("jours", "du"), [(1, False), (0, True), (-1, True)])
def test_le_recepisse_d_un_second_permis_s_ecrit_au_guichet_sans_attendre_la_nuit(jours: int, du: bool) -> None:
    """The eve of the second handing in, its day, its morrow: the receipt of the first is not the second one's."""
    dossier, client = deux_fois_invalide(jour_legal(now()) + timedelta(days=jours)), agent_entre(Role.INSTRUCTION)
    texte = lire(client, page(dossier, "recepisse"))
    assert ("Écrire le récépissé" in texte) is du
    assert ("Remis en main propre le" in texte) is not du
    assert client.get(page(dossier, "recepisse.pdf")).status_code == (302 if du else 200)
    agir(client, dossier, "remettre")
    for _ in range(2):
        agir(client, dossier, "ecrire")
    faits = list(Courrier.objects.filter(reference="44").order_by("ecrit_at").values_list("du__fait", flat=True))
    assert faits == ["remise1", *["remise2"] * du]
    agir(client, dossier, "remettre")
    assert "Remis en main propre le" in lire(client, page(dossier, "recepisse"))
    assert client.get(page(dossier, "recepisse.pdf")).status_code == 200
    donnes = dict(Etape.objects.filter(statut=Statut.DISTRIBUE).values_list("courrier__du__fait", "le"))
    assert donnes == {"remise1": jour_legal(MIDI)} | ({"remise2": jour_legal(now())} if du else {})


def test_sans_permis_remis_il_n_y_a_rien_a_donner() -> None:
    dossier, client = invalide(remis=False), agent_entre(Role.INSTRUCTION)
    assert "Aucun permis invalidé n’est inscrit comme remis" in lire(client, page(dossier, "recepisse"))
    agir(client, dossier, "ecrire")
    agir(client, dossier, "remettre")
    assert not Courrier.objects.filter(dossier=dossier, reference="44").exists()


def test_l_accueil_ne_remet_pas_de_recepisse() -> None:
    dossier, client = invalide(), agent_entre(Role.ACCUEIL)
    assert client.get(page(dossier, "recepisse")).status_code == 403
    assert agir(client, dossier, "ecrire").status_code == 403
    assert "Récépissé du permis remis" not in lire(client, page(dossier))


def test_ce_qui_est_bloque_se_voit_le_plus_ancien_d_abord() -> None:
    client = agent_entre(Role.INSTRUCTION)
    assert "Aucun courrier n’est bloqué" in lire(client, "/agents/courriers")
    ancien, recent = lettre_simple(now() - timedelta(days=9)), lettre_simple(now() - timedelta(days=4), adresse=False)
    texte = lire(client, "/agents/courriers")
    assert "2 courriers" in texte
    assert texte.index("pas encore remis à l’imprimeur") < texte.index("sans adresse où l’envoyer")
    html = client.get("/agents/courriers").content.decode()
    assert [html.count(page(courrier)) for courrier in (ancien, recent)] == [1, 1]


def test_ce_qui_est_bloque_dans_son_propre_dossier_ne_se_voit_pas() -> None:
    sienne, autre = (lettre_simple(now() - timedelta(days=9)) for _ in range(2))
    neph = Dossier.objects.get(pk=sienne.dossier_id).unseal_column("neph")
    html = agent_entre(Role.INSTRUCTION, neph=neph).get("/agents/courriers").content.decode()
    assert [html.count(page(courrier)) for courrier in (sienne, autre)] == [0, 1]


def test_une_lettre_effacee_se_dit_telle() -> None:
    courrier = lettre_simple()
    Courrier.objects.update(contenu=None, sceau=None, adresse=None, efface_le=jour_legal(MIDI))
    texte = lire(agent_entre(Role.ACCUEIL), page(courrier))
    assert "Contenu et adresse effacés le" in texte
    assert "Lire la lettre" not in texte


def test_un_recepisse_efface_n_est_plus_a_donner() -> None:
    dossier, client = invalide(), agent_entre(Role.INSTRUCTION)
    agir(client, dossier, "ecrire")
    Courrier.objects.update(contenu=None, sceau=None, adresse=None, efface_le=jour_legal(MIDI))
    assert client.get(page(dossier, "recepisse.pdf")).status_code == 302


@pytest.mark.parametrize("role", [Role.ACCUEIL, Role.ADMINISTRATION])
def test_la_surveillance_est_a_l_instruction(role: Role) -> None:
    assert agent_entre(role).get("/agents/courriers").status_code == 403


def test_une_lettre_ecrite_par_le_service_se_trouve_a_sa_place() -> None:
    dossier = ouvrir(MIDI)
    enregistrer(dossier, PERMIS)
    assert not ecrire(dossier)
    assert "Aucun courrier" in lire(agent_entre(Role.ACCUEIL), page(dossier))
