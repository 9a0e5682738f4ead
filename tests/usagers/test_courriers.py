"""Mes courriers: what came; a letter that stays shut until its holder opens it; proofs, time left, PDF; strangers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from permis.courriers.adresses import mark_npai, receive_adresse
from permis.courriers.consentement import CONDITIONS_COURANTES, current_consentement, open_consentement
from permis.courriers.dus import owe
from permis.courriers.ecriture import write_due
from permis.courriers.etapes import abandon, note
from permis.courriers.models import Courrier, SourceAdresse, Statut, Voie
from permis.identites.models import Compte
from permis.identites.roles import Moyen
from permis.registre.contacts import Contacts, update_contacts
from permis.registre.temps import jour_legal
from tests.courriers.plis import brouillon
from tests.usagers.fabrique import JOUR, MIDI, Conducteur, conducteur, connecter, enregistrer, infraction, realite
from tests.usagers.visite import lire, mots, propre, titre

ANCIEN: dict[str, object] = {
    "type": "delivrance", "id": "permis", "date": "2000-01-10", "categorie": "B", "filiere": "traditionnelle",
}  # fmt: skip
"""Of before the probation: no letter is owed for it."""
LISTE = "/mon-permis/courriers"


def avant(jours: int) -> date:
    return JOUR - timedelta(days=jours)


def destinataire(points: int = 3, moyen: Moyen = Moyen.FRANCECONNECT, electronique: bool = False) -> Conducteur:
    """Someone to whom one letter was written forty days ago: a 48, or a 48M where six points or fewer are left."""
    qui = conducteur(
        ANCIEN, infraction("feu", "2026-08-05", points), realite("feu", "2026-10-10"), moyen=moyen, at=MIDI
    )
    if electronique:
        update_contacts(qui.dossier, Contacts(courriel="angele@permis.example"), at=MIDI)
        open_consentement(qui.dossier, CONDITIONS_COURANTES, at=MIDI)
    else:
        receive_adresse(
            qui.dossier, ["12 rue des Essais", "75012 Paris"], SourceAdresse.CERTIFICAT, avant(60), at=MIDI
        )
    at = MIDI - timedelta(days=40)
    owe(qui.dossier, at=at)
    write_due(at=at)
    return qui


def lettre(qui: Conducteur) -> Courrier:
    return Courrier.objects.get(dossier=qui.dossier)


def franchir(courrier: Courrier, **etapes: int) -> Courrier:
    """Steps, each so many days ago."""
    for nom, jours in etapes.items():
        note(courrier, Statut(nom), avant(jours), at=MIDI)
    return courrier


def deposee(jours: int) -> tuple[Conducteur, Courrier]:
    qui = destinataire(electronique=True)
    courrier = lettre(qui)
    assert courrier.voie == Voie.ELECTRONIQUE
    return qui, franchir(courrier, disponible=jours)


def page(courrier: Courrier | UUID, suite: str = "") -> str:
    ident = courrier.pk if isinstance(courrier, Courrier) else courrier
    return f"{LISTE}/{ident}{suite}"


def statuts(courrier: Courrier) -> dict[str, date]:
    return dict(courrier.etapes.values_list("statut", "le"))


# A letter by post


def test_une_lettre_simple_se_liste_se_lit_et_dit_ses_dates() -> None:
    qui = destinataire()
    courrier = franchir(lettre(qui), remis=39, poste=38)
    assert "lettre 48" in mots(qui.client.get(LISTE))
    reponse = qui.client.get(page(courrier))
    texte = mots(reponse).replace("\u00a0", " ")
    assert titre(reponse)
    assert "15 octobre 2026 Posté" in texte
    assert (
        "12 RUE DES ESSAIS 75012 PARIS adresse du certificat d’immatriculation, le 23 septembre 2026"
        in texte.replace("\u00a0", " ")
    )
    assert "Une lettre simple ne prouve pas le jour" in texte
    assert statuts(courrier).keys() == {"ecrit", "remis", "poste"}


def test_ce_que_dit_la_page_est_ce_que_dit_la_lettre() -> None:
    qui = destinataire(points=4)
    texte = mots(qui.client.get(page(lettre(qui)))).replace("\u00a0", " ")
    assert "8 sur 12" in texte
    anglais = mots(qui.client.get(f"/en{page(lettre(qui))}"))
    assert "Only the French text has legal effect" in anglais


def test_un_recommande_non_recu_n_est_pas_notifie_par_sa_lecture_ici() -> None:
    qui = destinataire(points=6)
    courrier = franchir(lettre(qui), remis=39, poste=38, presente=36)
    assert courrier.voie == Voie.RECOMMANDE
    assert "vous attend à la poste" in mots(qui.client.get(LISTE))
    texte = mots(qui.client.get(page(courrier)))
    assert "Cette lettre ne vous est pas encore notifiée" in texte
    assert "Vous pouvez la contester" not in texte
    assert statuts(courrier).keys() == {"ecrit", "remis", "poste", "presente"}


def test_le_temps_qui_reste_pour_contester() -> None:
    """Collected on 17 October: two months, délai franc, end on 18 December, a Friday."""
    qui = destinataire(points=6)
    courrier = franchir(lettre(qui), remis=39, poste=38, distribue=36)
    texte = mots(qui.client.get(page(courrier))).replace("\u00a0", " ")
    assert "Connue de vous le 17 octobre 2026" in texte
    assert "Vous pouvez la contester jusqu’au 18 décembre 2026. Il vous reste 26 jours" in texte
    assert "Contestable jusqu’au 18 décembre 2026, encore 26 jours" in mots(qui.client.get(LISTE)).replace(
        "\u00a0", " "
    )


def test_une_lettre_abandonnee_n_est_pas_la() -> None:
    qui = destinataire()
    abandon(lettre(qui), JOUR, at=MIDI)
    assert "0 courrier" in mots(qui.client.get(LISTE))
    assert qui.client.get(page(lettre(qui))).status_code == 404


def test_une_lettre_reprise_le_dit_et_ne_demande_plus_rien() -> None:
    qui = destinataire()
    courrier = franchir(lettre(qui), remis=39, poste=38)
    enregistrer(
        qui.dossier,
        {"type": "annulation", "id": "jugement", "vise": "feu-payee", "date": "2026-11-20", "autorite": "juge_penal"},
    )
    owe(qui.dossier, at=MIDI)
    write_due(at=MIDI)
    texte = mots(qui.client.get(LISTE))
    assert "2 courriers" in texte
    assert "repris depuis" in texte
    texte = mots(qui.client.get(page(courrier))).replace("\u00a0", " ")
    assert "Rien : cette lettre ne vaut plus" in texte
    assert "Une lettre du 22 novembre 2026 la reprend" in texte


# An electronic letter: shut until it is opened


def test_la_liste_previent_et_ne_dit_pas_de_quoi_il_s_agit() -> None:
    qui, _ = deposee(3)
    texte = mots(qui.client.get(LISTE)).replace("\u00a0", " ")
    assert "Courrier à ouvrir" in texte
    assert "L’ouvrir a un effet" in texte
    assert "réputé connu le 4 décembre 2026" in texte
    assert "48" not in texte
    assert "Retrait" not in texte


@pytest.mark.parametrize("suite", ["", "/pdf", "/pdf?langue=en&gros=1"])
def test_ni_lecture_ni_apercu_n_ouvre(suite: str) -> None:
    qui, courrier = deposee(3)
    avant_ = qui.acces()
    for methode in (qui.client.get, qui.client.head):
        for entetes in ({}, {"Sec-Purpose": "prefetch"}, {"Purpose": "preview"}):
            reponse = methode(page(courrier, suite), headers=entetes)
            assert reponse.status_code == (302 if suite else 200)
            assert not re.search(r"48|feu|points", mots(reponse).lower().split("avant de l’ouvrir")[-1])
    assert statuts(courrier).keys() == {"ecrit", "disponible"}
    assert qui.acces() == avant_


def test_l_ouvrir_est_un_geste_qui_le_rend_connu_ce_jour() -> None:
    qui, courrier = deposee(3)
    reponse = qui.client.post(page(courrier))
    assert (reponse.status_code, reponse.headers["Location"]) == (302, page(courrier))
    assert statuts(courrier)["lu"] == JOUR
    texte = mots(qui.client.get(page(courrier))).replace("\u00a0", " ")
    assert "Connue de vous le 22 novembre 2026" in texte
    assert "Vous pouvez la contester" in texte
    assert qui.client.get(page(courrier, "/pdf")).status_code == 200


def test_ouvert_deux_fois_il_l_est_du_premier_jour(monkeypatch: pytest.MonkeyPatch) -> None:
    qui, courrier = deposee(3)
    qui.client.post(page(courrier))
    monkeypatch.setattr("permis.config.horloge.now", lambda: MIDI + timedelta(hours=1))
    qui.client.post(page(courrier))
    assert courrier.etapes.filter(statut="lu").count() == 1


def test_sans_jeton_rien_ne_s_ouvre() -> None:
    qui, courrier = deposee(3)
    qui.client.handler.enforce_csrf_checks = True
    assert qui.client.post(page(courrier)).status_code == 403
    assert "lu" not in statuts(courrier)


@pytest.mark.parametrize(("jours", "clos"), [(14, True), (15, True), (16, False)])
def test_au_terme_il_est_repute_connu_et_s_ouvre_sans_effet(jours: int, clos: bool) -> None:
    qui, courrier = deposee(jours)
    texte = mots(qui.client.get(page(courrier))).replace("\u00a0", " ")
    assert ("Ouvrir ce courrier maintenant" in texte) is clos
    assert ("Connue de vous le 21 novembre 2026" in texte) is not clos
    assert "lu" not in statuts(courrier)


def attente(qui: Conducteur) -> str:
    """What Mon permis says of the letters that wait; empty where it says nothing."""
    trouve = re.search(
        r'aria-labelledby="titre-a-ouvrir">(.*?)</section>', lire(qui.client.get("/mon-permis")), re.DOTALL
    )
    return propre(trouve[1]).replace("\u00a0", " ") if trouve else ""


def test_mon_permis_annonce_le_courrier_a_ouvrir_sans_l_ouvrir() -> None:
    qui, courrier = deposee(3)
    for _ in range(2):
        assert attente(qui) == (
            "Un courrier attend que vous l’ouvriez Déposé le 19 novembre 2026 : sans l’ouvrir, il sera réputé connu "
            "le 4 décembre 2026. Mes courriers"
        )
    assert f'href="{LISTE}"' in lire(qui.client.get("/mon-permis")).partition("titre-a-ouvrir")[2]
    assert statuts(courrier).keys() == {"ecrit", "disponible"}
    qui.client.post(page(courrier))
    assert attente(qui) == ""


def test_mon_permis_compte_les_courriers_a_ouvrir() -> None:
    qui, _ = deposee(3)
    franchir(brouillon(Voie.ELECTRONIQUE, at=MIDI - timedelta(days=20), dossier=qui.dossier), disponible=15)
    franchir(brouillon(Voie.ELECTRONIQUE, at=MIDI - timedelta(days=20), dossier=qui.dossier), disponible=16)
    franchir(brouillon(Voie.ELECTRONIQUE, at=MIDI - timedelta(days=20), dossier=qui.dossier), disponible=4, lu=1)
    texte = attente(qui)
    assert texte.startswith("2 courriers attendent que vous les ouvriez Déposé le 7 novembre 2026")
    assert "réputé connu le 22 novembre 2026" in texte
    assert "réputé connu le 4 décembre 2026" in texte


@pytest.mark.parametrize(("jours", "annonce"), [(0, True), (14, True), (15, True), (16, False)])
def test_mon_permis_n_annonce_que_ce_que_la_liste_tient_clos(jours: int, annonce: bool) -> None:
    qui, _ = deposee(jours)
    assert bool(attente(qui)) is annonce
    assert ("L’ouvrir a un effet" in mots(qui.client.get(LISTE))) is annonce


def test_une_lettre_de_la_poste_n_attend_pas_d_etre_ouverte_ni_celle_d_un_autre() -> None:
    deposee(3)
    qui = destinataire()
    franchir(lettre(qui), remis=30, poste=29)
    assert attente(qui) == ""
    pas_deposee = destinataire(electronique=True)
    assert attente(pas_deposee) == ""


def test_pas_encore_depose_il_n_est_pas_la() -> None:
    qui = destinataire(electronique=True)
    assert "0 courrier" in mots(qui.client.get(LISTE))
    for suite in ("", "/pdf"):
        assert qui.client.get(page(lettre(qui), suite)).status_code == 404
    assert qui.client.post(page(lettre(qui))).status_code == 404


# The PDF


@pytest.mark.parametrize(
    ("demande", "suffixe"),
    [("", ""), ("?langue=en", "-en"), ("?gros=1", "-gros"), ("?langue=en&gros=1", "-en-gros")],
)
def test_le_pdf_est_signe_et_ne_se_garde_nulle_part(demande: str, suffixe: str) -> None:
    qui = destinataire()
    reponse = qui.client.get(page(lettre(qui), f"/pdf{demande}"))
    assert reponse.status_code == 200
    assert reponse.headers["Content-Type"] == "application/pdf"
    assert reponse.headers["Cache-Control"] == "no-store"
    assert reponse.headers["Content-Disposition"] == (f'attachment; filename="courrier-48-2026-10-13{suffixe}.pdf"')
    assert reponse.content.startswith(b"%PDF-1.7")
    assert b"/ETSI.CAdES.detached" in reponse.content
    assert qui.acces() == 2  # the outbox that wrote it, and this reading


def test_un_pdf_qui_ne_se_refait_pas_a_l_identique_n_est_pas_donne() -> None:
    qui = destinataire()
    Courrier.objects.filter(dossier=qui.dossier).update(empreinte="0" * 64)
    reponse = qui.client.get(page(lettre(qui), "/pdf"))
    assert reponse.status_code == 500
    assert "ne peut pas être refait à l’identique" in mots(reponse)
    assert not reponse.content.startswith(b"%PDF")


def test_une_langue_qui_n_existe_pas() -> None:
    qui = destinataire()
    assert qui.client.get(page(lettre(qui), "/pdf?langue=de")).status_code == 404


# Strangers


@pytest.mark.parametrize("suite", ["", "/pdf"])
@pytest.mark.parametrize("moyen", [Moyen.FRANCECONNECT, Moyen.NEPH_CODE])
def test_une_etrangere_qui_a_ses_lettres_n_a_pas_celle_d_un_autre(suite: str, moyen: Moyen) -> None:
    qui, autre = destinataire(), destinataire(moyen=moyen)
    avant_ = qui.acces()
    assert autre.client.get(page(lettre(autre), suite)).status_code == 200
    for ident in (lettre(qui).pk, uuid4()):
        assert autre.client.get(page(ident, suite)).status_code == 404
    assert qui.acces() == avant_


def test_une_etrangere_n_ouvre_pas_le_courrier_d_un_autre() -> None:
    (_, courrier), (autre, _) = deposee(3), deposee(3)
    assert autre.client.post(page(courrier)).status_code == 404
    assert "lu" not in statuts(courrier)
    assert str(courrier.pk) not in lire(autre.client.get(LISTE))


# Where to write, and by which way


def test_sans_adresse_on_la_demande() -> None:
    qui = destinataire()
    assert "Où vous écrire" not in mots(qui.client.get(LISTE))
    courrier = franchir(lettre(qui), remis=39, poste=38, inconnu=35)
    mark_npai(courrier.adresse_id or uuid4(), avant(35))
    assert "Où vous écrire" in mots(qui.client.get(LISTE))
    receive_adresse(qui.dossier, ["3 place Neuve", "29200 Brest"], SourceAdresse.TITULAIRE, JOUR, at=MIDI)
    assert "Où vous écrire" not in mots(qui.client.get(LISTE))


def choisir(qui: Conducteur, **donnees: Any) -> Any:
    return qui.client.post(f"{LISTE}/electronique", donnees)


def test_le_choix_des_courriers_electroniques_et_le_retour() -> None:
    qui = conducteur(ANCIEN)
    update_contacts(qui.dossier, Contacts(courriel="angele@permis.example"), at=MIDI)
    texte = mots(qui.client.get(f"{LISTE}/electronique"))
    assert "quinze jours" in texte
    assert choisir(qui, conditions=CONDITIONS_COURANTES).status_code == 422
    assert choisir(qui, conditions="1999-01", accepte="on").status_code == 422
    assert current_consentement(qui.dossier) is None
    assert choisir(qui, conditions=CONDITIONS_COURANTES, accepte="on").status_code == 302
    pris = current_consentement(qui.dossier)
    assert pris is not None
    assert (pris.conditions, pris.accepte_at) == (CONDITIONS_COURANTES, MIDI)
    assert "Les conditions que vous avez acceptées" in mots(qui.client.get(f"{LISTE}/electronique"))
    assert choisir(qui, revenir="1").status_code == 302
    assert current_consentement(qui.dossier) is None


def test_sans_courriel_pas_de_courrier_electronique() -> None:
    qui = conducteur(ANCIEN)
    reponse = choisir(qui, conditions=CONDITIONS_COURANTES, accepte="on")
    assert reponse.status_code == 422
    assert "Donnez d’abord un courriel" in mots(reponse)


def test_le_jour_est_celui_de_l_heure_legale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past midnight in Paris is still the eve in UTC: the day of the reading is the French one."""
    qui, courrier = deposee(3)
    nuit = datetime.fromisoformat("2026-11-23T00:30:00+01:00")
    monkeypatch.setattr("permis.config.horloge.now", lambda: nuit)
    connecter(Compte.objects.get(pk=qui.compte), Moyen.FRANCECONNECT, nuit).post(page(courrier))
    assert statuts(courrier)["lu"] == jour_legal(nuit) == date(2026, 11, 23)
