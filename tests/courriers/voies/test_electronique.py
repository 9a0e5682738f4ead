"""Electronic letters: an alert, then fifteen legal days; read and deemed known agree, whoever comes first."""

from __future__ import annotations

import socket
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend
from pytest_django.fixtures import Settings

from permis.courriers.consentement import close_consentement
from permis.courriers.ecriture import write_due
from permis.courriers.etapes import EtapeImpossibleError, known_on, note
from permis.courriers.models import Courrier, Etape, Statut, Voie
from permis.courriers.voies import electronique
from permis.courriers.voies.electronique import constater, make_available, note_lecture
from permis.courriers.voies.smtp import ECHECS_DE_SUITE
from permis.registre.contacts import Contacts, update_contacts
from permis.registre.temps import jour_legal
from tests.courriers.plis import (
    JOIGNABLE,
    JOUR,
    brouillon,
    donner_adresse,
    instant,
    lettre_electronique,
    plus,
    remettre,
    statuts,
)
from tests.registre.fabrique import MIDI

pytestmark = pytest.mark.django_db


def _tombe(*_: object) -> int:
    raise KeyboardInterrupt


def disponible(at: datetime = MIDI) -> Courrier:
    """A letter made available, nothing else done."""
    courrier = brouillon(Voie.ELECTRONIQUE, at=at)
    note(courrier, Statut.DISPONIBLE, jour_legal(at), at=at)
    return courrier


def test_un_courrier_est_depose_et_le_titulaire_prevenu() -> None:
    courrier = lettre_electronique()
    bilan = make_available(at=MIDI)
    assert (bilan.disponibles, bilan.prevenus, bilan.sans_alerte) == (1, 1, 0)
    assert statuts(courrier) == {"ecrit": JOUR, "disponible": JOUR}
    (message,) = mail.outbox
    assert message.to == ["angele@permis.example"]
    assert "quinze jours" in message.body
    assert known_on(courrier) is None


def test_un_dossier_en_echec_n_arrete_pas_les_autres(monkeypatch: pytest.MonkeyPatch) -> None:
    premier, second = sorted((lettre_electronique() for _ in range(2)), key=lambda courrier: courrier.dossier_id)

    def noter(courrier: Courrier, *args: Any, **autres: Any) -> Etape:
        if courrier == premier:
            raise EtapeImpossibleError
        return note(courrier, *args, **autres)

    monkeypatch.setattr(electronique, "note", noter)
    bilan = make_available(at=MIDI)
    assert (bilan.disponibles, bilan.echecs) == (1, [premier.dossier_id])
    assert (set(statuts(premier)), set(statuts(second))) == ({"ecrit"}, {"ecrit", "disponible"})


def test_rien_du_dossier_dans_l_alerte() -> None:
    courrier = lettre_electronique()
    make_available(at=MIDI)
    (message,) = mail.outbox
    texte = f"{message.subject} {message.body}".lower()
    assert not {"http", "www", "retrait", "48", "angèle", "angele", "essais", str(courrier.pk)} & set(texte.split())
    assert "://" not in texte


def test_une_seule_alerte_et_une_seule_fois() -> None:
    courrier = lettre_electronique()
    autre = brouillon(Voie.ELECTRONIQUE, "46", dossier=courrier.dossier_id)
    make_available(at=MIDI)
    bilan = make_available(at=plus(1))
    assert (bilan.disponibles, len(mail.outbox)) == (0, 1)
    assert statuts(autre)["disponible"] == JOUR


def test_sans_alerte_partie_les_quinze_jours_ne_courent_pas(settings: Settings) -> None:
    courrier = lettre_electronique()
    courante = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert make_available(at=MIDI).sans_alerte == 1
    assert set(statuts(courrier)) == {"ecrit"}
    settings.EMAIL_BACKEND = courante
    make_available(at=plus(2))
    assert statuts(courrier)["disponible"] == JOUR + timedelta(days=2)


def test_un_sms_part_aussi_s_il_est_choisi(settings: Settings, tmp_path: Any) -> None:
    settings.PERMIS_SMS, settings.PERMIS_SMS_DOSSIER = "permis.courriers.sms.Fichier", tmp_path
    courrier = lettre_electronique()
    contacts = Contacts(courriel=JOIGNABLE.courriel, telephone="0600000000", alertes=frozenset({"courriel", "sms"}))
    update_contacts(courrier.dossier_id, contacts, at=MIDI)
    make_available(at=MIDI)
    assert len(mail.outbox) == len(list(tmp_path.iterdir())) == 1


def test_une_coupure_entre_l_alerte_et_le_depot_previent_deux_fois_et_depose_une(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    courrier = lettre_electronique()
    with monkeypatch.context() as faute:
        faute.setattr(electronique, "_open", _tombe)
        with pytest.raises(KeyboardInterrupt):
            make_available(at=MIDI)
    assert set(statuts(courrier)) == {"ecrit"}
    make_available(at=plus(1))
    assert len(mail.outbox) == 2
    assert statuts(courrier)["disponible"] == JOUR + timedelta(days=1)


def test_le_choix_ferme_avant_le_depot_renvoie_a_la_poste() -> None:
    courrier = lettre_electronique()
    donner_adresse(courrier.dossier_id)
    close_consentement(courrier.dossier_id, at=MIDI)
    assert make_available(at=MIDI).disponibles == 0
    write_due(at=MIDI)
    assert set(statuts(courrier)) == {"ecrit", "abandonne"}
    papier = Courrier.objects.get(du=courrier.du, rang=2)
    assert (papier.voie, papier.nature, set(statuts(papier))) == ("simple", "notification", {"ecrit"})
    assert mail.outbox == []


def test_le_choix_ferme_apres_le_depot_ne_change_rien() -> None:
    courrier = lettre_electronique()
    make_available(at=MIDI)
    close_consentement(courrier.dossier_id, at=plus(1))
    write_due(at=plus(1))
    assert constater(at=plus(15)) == 1
    assert known_on(courrier) == JOUR + timedelta(days=15)
    assert Courrier.objects.filter(dossier=courrier.dossier_id).count() == 1


# Fifteen days


@pytest.mark.parametrize(
    ("depot", "veille", "terme", "jour"),
    [
        # 2028 is a leap year, 2027 is not
        ("2028-02-14T11:00", "2028-02-28T22:59", "2028-02-28T23:00", date(2028, 2, 29)),
        ("2028-02-15T11:00", "2028-02-29T22:59", "2028-02-29T23:00", date(2028, 3, 1)),
        ("2027-02-14T11:00", "2027-02-28T22:59", "2027-02-28T23:00", date(2027, 3, 1)),
        ("2028-02-29T11:00", "2028-03-14T22:59", "2028-03-14T23:00", date(2028, 3, 15)),
        # clocks go forward on 29 March 2026: the day begins at 23:00 UTC before, at 22:00 UTC after
        ("2026-03-14T11:00", "2026-03-28T22:59", "2026-03-28T23:00", date(2026, 3, 29)),
        ("2026-03-15T11:00", "2026-03-29T21:59", "2026-03-29T22:00", date(2026, 3, 30)),
        ("2026-03-28T22:59", "2026-04-11T21:59", "2026-04-11T22:00", date(2026, 4, 12)),
        # clocks go back on 25 October 2026
        ("2026-10-10T11:00", "2026-10-24T21:59", "2026-10-24T22:00", date(2026, 10, 25)),
        ("2026-10-11T11:00", "2026-10-25T22:59", "2026-10-25T23:00", date(2026, 10, 26)),
        ("2026-10-24T22:00", "2026-11-08T22:59", "2026-11-08T23:00", date(2026, 11, 9)),
        # over a new year, a weekend and a holiday: these days are not put off
        ("2026-12-17T11:00", "2026-12-31T22:59", "2026-12-31T23:00", date(2027, 1, 1)),
        # case 78
        ("2026-05-01T11:00", "2026-05-15T21:59", "2026-05-15T22:00", date(2026, 5, 16)),
    ],
)
def test_quinze_jours_legaux_a_la_minute(depot: str, veille: str, terme: str, jour: date) -> None:
    courrier = disponible(instant(depot))
    assert constater(at=instant(veille)) == 0
    assert known_on(courrier) is None
    assert constater(at=instant(terme)) == 1
    assert (statuts(courrier)["repute_connu"], known_on(courrier)) == (jour, jour)


def test_constate_tard_le_terme_reste_le_terme() -> None:
    courrier = disponible()
    assert [constater(at=plus(400)), constater(at=plus(401))] == [1, 0]
    assert known_on(courrier) == JOUR + timedelta(days=15)


def test_lu_avant_le_terme() -> None:
    courrier = disponible()
    assert note_lecture(courrier, at=plus(3)) == JOUR + timedelta(days=3)
    assert note_lecture(courrier, at=plus(9)) == JOUR + timedelta(days=3)
    assert constater(at=plus(15)) == 0
    assert statuts(courrier)["lu"] == known_on(courrier) == JOUR + timedelta(days=3)


def test_lu_et_repute_connu_le_meme_jour_l_un_des_deux_et_le_meme_jour() -> None:
    terme = JOUR + timedelta(days=15)
    lu, constate = disponible(), disponible()
    assert note_lecture(lu, at=plus(15)) == terme
    assert constater(at=plus(15)) == 1
    assert note_lecture(constate, at=plus(15)) == terme
    assert set(statuts(lu)) == {"ecrit", "disponible", "lu"}
    assert set(statuts(constate)) == {"ecrit", "disponible", "repute_connu"}
    assert known_on(lu) == known_on(constate) == terme


def test_lu_apres_le_terme_le_terme_est_constate_d_abord() -> None:
    courrier = disponible()
    terme, jour = JOUR + timedelta(days=15), JOUR + timedelta(days=18)
    assert note_lecture(courrier, at=plus(18)) == terme
    assert (statuts(courrier)["repute_connu"], statuts(courrier)["lu"]) == (terme, jour)
    assert known_on(courrier) == terme
    assert constater(at=plus(18)) == 0
    assert note_lecture(courrier, at=plus(30)) == terme


def test_lu_la_veille_du_terme_a_minuit_moins_une() -> None:
    courrier = disponible(instant("2026-10-11T11:00"))
    assert note_lecture(courrier, at=instant("2026-10-25T22:59")) == date(2026, 10, 25)
    assert constater(at=instant("2026-10-25T23:00")) == 0


def test_rien_n_est_lu_d_un_courrier_ecrit_et_pas_depose_ni_d_un_papier() -> None:
    assert note_lecture(brouillon(Voie.ELECTRONIQUE), at=plus(1)) is None
    assert note_lecture(remettre(brouillon(Voie.RECOMMANDE)), at=plus(1)) is None
    assert not Etape.objects.filter(statut=Statut.LU).exists()


class Refuse:
    """A server that takes no message for this address, for good or for now."""

    def __init__(self, reponse: str) -> None:
        self.reponse = reponse

    async def handle_RCPT(self, *_: Any) -> str:  # noqa: N802  the name that the server calls
        return self.reponse


@pytest.mark.parametrize(
    ("reponse", "depose"),
    [("550 No such user", True), ("450 Mailbox busy", False)],
)
def test_une_adresse_refusee_pour_toujours_n_arrete_pas_les_delais_un_refus_d_un_moment_si(
    settings: Settings, reponse: str, depose: bool
) -> None:
    courrier = lettre_electronique()
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    serveur = Controller(Refuse(reponse), hostname="127.0.0.1", port=port)
    serveur.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        make_available(at=MIDI)
    finally:
        serveur.stop()
    assert ("disponible" in statuts(courrier)) is depose


class Compte(Message):
    """A server that counts its connections, and closes each after two messages."""

    def __init__(self) -> None:
        super().__init__()
        self.connexions = self.recus = 0

    def handle_message(self, message: Any) -> None:
        del message
        self.recus += 1

    async def handle_EHLO(  # noqa: N802
        self, _serveur: Any, session: Any, _enveloppe: Any, nom: str, reponses: list[str]
    ) -> list[str]:
        session.host_name = nom
        self.connexions += 1
        return reponses

    async def handle_MAIL(self, serveur: Any, _session: Any, enveloppe: Any, de: str, _options: Any) -> str:  # noqa: N802
        if self.recus >= 2 * self.connexions:
            serveur.transport.close()
        enveloppe.mail_from = de
        return "250 OK"


def test_une_connexion_pour_plusieurs_et_une_autre_si_le_serveur_la_ferme(settings: Settings) -> None:
    courriers = [lettre_electronique() for _ in range(5)]
    compte = Compte()
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    serveur = Controller(compte, hostname="127.0.0.1", port=port)
    serveur.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        bilan = make_available(at=MIDI)
    finally:
        serveur.stop()
    assert (bilan.prevenus, compte.recus, compte.connexions) == (5, 5, 3)
    assert all("disponible" in statuts(courrier) for courrier in courriers)


def test_un_serveur_muet_n_est_pas_attendu_pour_chacun(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(6):
        lettre_electronique()
    essais = []

    def se_tait(_: EmailBackend) -> None:
        essais.append(1)
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "open", se_tait)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert make_available(at=MIDI).sans_alerte == 6
    assert len(essais) == 2 * ECHECS_DE_SUITE
