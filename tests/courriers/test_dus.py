"""The letters owed follow the law, file by file: what is new, what fell, what another told, what is forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from permis.courriers.attendus import LettreDue
from permis.courriers.dus import SOURCE, Rapprochement, owe, owe_all
from permis.courriers.models import CourrierDu, LotQuotidien
from permis.courriers.prise import LettresDuDossier, LotRecu, take_lot
from permis.registre.conservation import erase
from permis.registre.ecriture import FaitRecu, record_faits
from permis.registre.exportation import DossierIllisibleError
from permis.registre.models import Consultation
from permis.registre.verrou import DossierInconnuError
from tests.registre.fabrique import DELIVRANCE, MIDI, enregistrer, infraction, ouvrir, realite

pytestmark = pytest.mark.django_db
JOUR = date(2026, 3, 10)
UN_JOUR = timedelta(days=1)
PERMIS = DELIVRANCE | {"date": "2000-06-01"}
REMISE: dict[str, object] = {"type": "remise_titre", "id": "x", "date": "2024-05-02"}
L48 = LettreDue("48", "i1", date(2024, 4, 2))


def ouvert(*contenus: dict[str, object], at: datetime = MIDI) -> UUID:
    """A licence of 2000, older than any probation, and these facts."""
    dossier = ouvrir(at)
    enregistrer(dossier, PERMIS, *contenus, at=at)
    return dossier


def annulation(vise: str, nom: str = "", le: str = "2026-03-01") -> dict[str, object]:
    identifiant = nom or f"a-{vise}"
    return {"type": "annulation", "id": identifiant, "vise": vise, "date": le, "autorite": "juge_administratif"}


def retrait(infraction: str, decide_le: str) -> dict[str, object]:
    return {"type": "retrait", "id": f"t-{infraction}", "infraction": infraction, "decide_le": decide_le}


def lettre(nom: str, reference: str = "48", **jours: object) -> dict[str, object]:
    return {"type": "notification", "id": nom, "reference": reference, **jours}


def nul(*autres: dict[str, object], le: str = "2024-04-02") -> UUID:
    """Twelve points gone at once."""
    faits = [infraction("i1", points=6), realite("i1", le), infraction("i2", "2024-03-11", 6), realite("i2", le)]
    return ouvert(*faits, *autres)


def dus(dossier: UUID) -> dict[LettreDue, date | None]:
    """The letters of a file, with the day from which each is owed no more."""
    lignes = CourrierDu.objects.filter(dossier=dossier).order_by("date", "reference")
    return {LettreDue(du.reference, du.fait, du.date): du.repris_le for du in lignes}


def lignes() -> list[Any]:
    return list(CourrierDu.objects.order_by("pk").values())


def test_ce_que_la_loi_doit_est_ajoute_une_fois() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    assert owe(dossier, at=MIDI) == Rapprochement(dossiers=1, ajoutes=1)
    du = CourrierDu.objects.get()
    assert (du.reference, du.fait, du.date, du.vu_le, du.lot, du.a_ecrire) == (*L48, JOUR, None, True)
    avant = lignes()
    assert owe(dossier, at=MIDI + timedelta(days=30)) == Rapprochement(dossiers=1)
    assert lignes() == avant
    assert not Consultation.objects.filter(dossier=dossier).exists(), "no person read the file"


def test_un_retour_est_du_le_jour_venu_et_non_la_veille() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    retour = datetime(2027, 4, 2, 12, tzinfo=MIDI.tzinfo)
    owe(dossier, at=retour - UN_JOUR)
    assert dus(dossier) == {L48: None}
    owe(dossier, at=retour)
    assert dus(dossier) == {L48: None, LettreDue("46", "i1", date(2027, 4, 2)): None}


def test_une_decision_annulee_reprend_sa_lettre_et_l_annulation_annulee_la_rend() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    owe(dossier, at=MIDI)
    CourrierDu.objects.update(a_ecrire=False)
    enregistrer(dossier, annulation("r-i1"), at=MIDI + UN_JOUR)
    assert owe(dossier, at=MIDI + 2 * UN_JOUR) == Rapprochement(dossiers=1, repris=1)
    du = CourrierDu.objects.get()
    assert (du.repris_le, du.repris_par, du.a_ecrire) == (JOUR + 2 * UN_JOUR, None, True)
    enregistrer(dossier, annulation("a-r-i1", "aa", "2026-03-12"), at=MIDI + 3 * UN_JOUR)
    assert owe(dossier, at=MIDI + 3 * UN_JOUR) == Rapprochement(dossiers=1, retablis=1)
    assert dus(dossier) == {L48: None}


def test_un_mouvement_deplace_reprend_l_ancienne_lettre_et_en_doit_une_nouvelle() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    owe(dossier, at=MIDI)
    enregistrer(dossier, retrait("i1", "2024-05-20"), at=MIDI + UN_JOUR)
    assert owe(dossier, at=MIDI + UN_JOUR) == Rapprochement(dossiers=1, ajoutes=1, repris=1)
    assert dus(dossier) == {L48: JOUR + UN_JOUR, L48._replace(date=date(2024, 5, 20)): None}


def test_une_autre_infraction_annulee_change_la_forme_de_la_lettre() -> None:
    dossier = nul()
    owe(dossier, at=MIDI)
    assert set(dus(dossier)) == {LettreDue("48M", "i1", L48.date), LettreDue("48SI", "i2", L48.date)}
    enregistrer(dossier, annulation("r-i1"), at=MIDI + UN_JOUR)
    owe(dossier, at=MIDI + UN_JOUR)
    restent = {due for due, repris_le in dus(dossier).items() if repris_le is None}
    assert restent == {LettreDue("48M", "i2", L48.date)}


def test_un_permis_perdu_ne_doit_plus_de_lettre_et_un_etranger_jamais_de_48si() -> None:
    perdu = nul(lettre("n", "48SI", date="2024-04-10"), infraction("i3", "2024-04-01"), realite("i3", "2024-06-01"))
    owe(perdu, at=MIDI)
    assert "i3" not in {due.fait for due in dus(perdu)}
    etranger = ouvrir()
    permis = PERMIS | {"filiere": "etranger", "pays": "Maroc"}
    faits = [infraction("i1", points=6), realite("i1"), infraction("i2", "2024-03-11", 6), realite("i2")]
    enregistrer(etranger, permis, *faits)
    owe(etranger, at=MIDI)
    assert set(dus(etranger)) == {L48, L48._replace(fait="i2")}


def test_le_titre_remis_apres_l_invalidation_doit_un_recepisse() -> None:
    dossier = nul(lettre("n", "48SI", date="2024-04-10"), REMISE, REMISE | {"id": "y", "date": "2024-05-03"})
    owe(dossier, at=MIDI)
    assert [due for due in dus(dossier) if due.reference == "44"] == [LettreDue("44", "x", date(2024, 5, 2))]
    avant_la_perte = nul(lettre("n", "48SI", date="2024-06-10"), REMISE)
    sans_perte = ouvert(REMISE)
    owe_all([avant_la_perte, sans_perte], at=MIDI)
    assert "44" not in {due.reference for autre in (avant_la_perte, sans_perte) for due in dus(autre)}


# From when


@pytest.mark.parametrize(("depuis", "due"), [("2026-03-10", True), ("2026-03-11", False)])
def test_ce_qui_etait_du_la_veille_du_premier_jour_n_est_pas_a_nous(settings: Any, depuis: str, due: bool) -> None:
    settings.PERMIS_COURRIERS_DEPUIS = date.fromisoformat(depuis)
    dossier = ouvert(infraction("i1"), realite("i1"))  # known on the tenth
    owe(dossier, at=MIDI + 5 * UN_JOUR)
    assert set(dus(dossier)) == ({L48} if due else set())


def test_un_retrait_ancien_appris_depuis_est_a_nous(settings: Any) -> None:
    settings.PERMIS_COURRIERS_DEPUIS = JOUR + UN_JOUR
    dossier = ouvert(infraction("i1"), realite("i1"), infraction("i2", "2022-03-10", 1), realite("i2", "2022-03-10"))
    enregistrer(dossier, infraction("i3", "2023-03-10", 1), realite("i3", "2023-03-10"), at=MIDI + 4 * UN_JOUR)
    owe(dossier, at=MIDI + 5 * UN_JOUR)
    nouvelles = {due.fait for due in dus(dossier) if due.reference == "48"}
    assert nouvelles == {"i3"}


def test_sans_jour_dit_le_premier_lot_le_dit() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    take_lot(lot(JOUR + 3 * UN_JOUR), [], at=MIDI)
    owe(dossier, at=MIDI + 5 * UN_JOUR)
    assert dus(dossier) == {}
    LotQuotidien.objects.update(connu_depuis=JOUR - UN_JOUR)
    owe(dossier, at=MIDI + 5 * UN_JOUR)
    assert dus(dossier) == {L48: None}


def test_une_lettre_deja_au_tableau_reste_suivie_meme_d_avant_le_premier_jour(settings: Any) -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    owe(dossier, at=MIDI)
    settings.PERMIS_COURRIERS_DEPUIS = JOUR + 10 * UN_JOUR
    owe(dossier, at=MIDI + 11 * UN_JOUR)
    assert dus(dossier) == {L48: None}
    enregistrer(dossier, annulation("r-i1"), at=MIDI + 12 * UN_JOUR)
    owe(dossier, at=MIDI + 12 * UN_JOUR)
    assert dus(dossier) == {L48: JOUR + 12 * UN_JOUR}


# Told by another


@pytest.mark.parametrize(
    ("reference", "jours", "dite"),
    [
        ("48", {"date": "2024-04-20"}, True),
        ("48", {"date": "2024-04-02"}, True),
        ("48", {"date": "2024-04-01"}, False),
        ("48M", {"date": "2024-04-20"}, False),
        ("48", {"mode": "electronique", "mise_a_disposition_le": "2024-04-20"}, True),
        ("48", {"mode": "recommande", "presentee_le": "2024-04-20"}, True),
        ("48", {"mode": "recommande", "presentee_le": "2024-04-20", "retour": "AP"}, True),
        ("48", {"mode": "recommande", "presentee_le": "2024-04-20", "retour": "NPAI"}, False),
    ],
)
def test_une_lettre_deja_notifiee_par_un_autre_n_est_pas_redite(
    reference: str, jours: dict[str, object], dite: bool
) -> None:
    dossier = ouvert(infraction("i1"), realite("i1"), lettre("n", reference, **jours))
    owe(dossier, at=MIDI)
    assert CourrierDu.objects.get(dossier=dossier).notifie_par == ("n" if dite else "")


def test_une_48si_sans_sa_forme_ne_dit_rien() -> None:
    dossier = nul(lettre("n", "48SI", mode="simple", date="2024-04-10"))
    owe(dossier, at=MIDI)
    assert CourrierDu.objects.get(dossier=dossier, reference="48SI").notifie_par == ""


def test_notre_propre_notification_n_est_pas_celle_d_un_autre() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    record_faits(dossier, [FaitRecu("c", lettre("n", date="2026-03-10"))], source=SOURCE, at=MIDI)
    owe(dossier, at=MIDI)
    assert CourrierDu.objects.get(dossier=dossier).notifie_par == ""


def test_une_notification_dit_la_derniere_lettre_due_ce_jour_et_une_seule() -> None:
    payees = [("i1", "2024-04-02"), ("i2", "2024-05-02"), ("i3", "2024-06-02")]
    faits = [fait for nom, jour in payees for fait in (infraction(nom, points=1), realite(nom, jour))]
    dossier = ouvert(*faits, lettre("n", date="2024-05-20"))
    owe(dossier, at=MIDI)
    dites = CourrierDu.objects.filter(dossier=dossier).exclude(notifie_par="")
    assert [du.fait for du in dites] == ["i2"]


def test_une_notification_annulee_ne_dit_plus_rien() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"), lettre("n", date="2024-04-20"))
    owe(dossier, at=MIDI)
    CourrierDu.objects.update(a_ecrire=False)
    enregistrer(dossier, annulation("n"), at=MIDI + UN_JOUR)
    owe(dossier, at=MIDI + UN_JOUR)
    du = CourrierDu.objects.get(dossier=dossier)
    assert (du.notifie_par, du.a_ecrire) == ("", True)


# Forgotten (L. 225-2)


def ancien() -> UUID:
    """A licence of 2012, an offence in its probation, known and paid at the time."""
    debut = datetime(2012, 6, 1, 12, tzinfo=MIDI.tzinfo)
    dossier = ouvrir(debut)
    enregistrer(dossier, DELIVRANCE | {"date": "2012-06-01"}, at=debut)
    jour = datetime(2013, 1, 10, 12, tzinfo=MIDI.tzinfo)
    enregistrer(dossier, infraction("i1", "2013-01-10", 1), realite("i1", "2013-01-10"), at=jour)
    return dossier


def test_ce_qui_est_efface_n_est_ni_tombe_ni_nouveau() -> None:
    dossier = ancien()
    owe(dossier, at=MIDI)
    avant = dus(dossier)
    assert {due.reference for due in avant} == {"48", "46D", "46"}
    CourrierDu.objects.update(a_ecrire=False)
    assert len(erase(dossier, JOUR, at=MIDI).effacables) == 2
    assert owe(dossier, at=MIDI + UN_JOUR) == Rapprochement(dossiers=1), "an end of probation appears, and is not new"
    assert dus(dossier) == avant
    assert not CourrierDu.objects.filter(a_ecrire=True).exists()


def test_une_notification_effacee_reste_dite() -> None:
    dossier = ancien()
    jour = datetime(2013, 2, 10, 12, tzinfo=MIDI.tzinfo)
    enregistrer(dossier, lettre("n", date="2013-01-20"), at=jour)
    owe(dossier, at=MIDI)
    avant = lignes()
    assert [ligne["notifie_par"] for ligne in avant if ligne["reference"] == "48"] == ["n"]
    assert "n" in erase(dossier, JOUR, at=MIDI).effacables
    owe(dossier, at=MIDI + UN_JOUR)
    assert lignes() == avant


def test_apres_un_effacement_ce_qui_est_appris_se_reprend_et_s_ajoute_encore() -> None:
    dossier = ancien()
    owe(dossier, at=MIDI)
    erase(dossier, JOUR, at=MIDI)
    enregistrer(dossier, infraction("i2", "2026-03-01"), realite("i2", "2026-03-02"), at=MIDI + UN_JOUR)
    assert owe(dossier, at=MIDI + UN_JOUR).ajoutes == 1
    enregistrer(dossier, annulation("r-i2", le="2026-03-12"), at=MIDI + 2 * UN_JOUR)
    assert owe(dossier, at=MIDI + 2 * UN_JOUR) == Rapprochement(dossiers=1, repris=1)
    assert dus(dossier)[LettreDue("48", "i2", date(2026, 3, 2))] == JOUR + 2 * UN_JOUR


# The lots of the national file


def lot(le: date, lignes: int = 0, nom: str = "") -> LotRecu:
    return LotRecu(nom or f"{le:%j}".rjust(64, "0"), le, le - UN_JOUR, le - UN_JOUR, le - 2 * UN_JOUR, lignes)


def prendre(
    le: date, dossier: UUID, nouvelles: Iterable[LettreDue] = (), anterieures: Iterable[LettreDue] = ()
) -> Any:
    return take_lot(lot(le, 1), [LettresDuDossier(dossier, tuple(nouvelles), tuple(anterieures))], at=MIDI)


def test_un_lot_ne_reprend_ni_un_recepisse_ni_ce_qui_fut_su_apres_lui() -> None:
    dossier = nul(lettre("n", "48SI", date="2024-04-10"), REMISE)
    owe(dossier, at=MIDI)
    avant = dus(dossier)
    assert {due.reference for due in avant} == {"48M", "48SI", "44"}
    assert prendre(JOUR, dossier).repris == 0, "it knew the ninth; these letters were found out on the tenth"
    assert dus(dossier) == avant
    assert prendre(JOUR + UN_JOUR, dossier).repris == 2
    assert [due.reference for due, repris_le in dus(dossier).items() if repris_le is None] == ["44"]


def test_un_lot_ne_rend_pas_ce_qui_fut_repris_apres_lui() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    owe(dossier, at=MIDI)
    enregistrer(dossier, annulation("r-i1"), at=MIDI + 2 * UN_JOUR)
    owe(dossier, at=MIDI + 2 * UN_JOUR)
    assert prendre(JOUR + 2 * UN_JOUR, dossier, anterieures=[L48]).retablis == 0
    assert dus(dossier) == {L48: JOUR + 2 * UN_JOUR}
    assert prendre(JOUR + 3 * UN_JOUR, dossier, anterieures=[L48]).retablis == 1


def test_un_lot_ne_reprend_rien_d_un_dossier_ou_des_faits_sont_effaces() -> None:
    dossier = ancien()
    owe(dossier, at=MIDI)
    avant = dus(dossier)
    erase(dossier, JOUR, at=MIDI)
    CourrierDu.objects.update(a_ecrire=False)
    assert prendre(JOUR + 5 * UN_JOUR, dossier).repris == 0
    assert dus(dossier) == avant
    assert CourrierDu.objects.filter(a_ecrire=True).count() == len(avant), "whoever writes will look"


def test_un_lot_et_une_lecture_trouvent_la_meme_lettre_une_fois() -> None:
    dossier = ouvert(infraction("i1"), realite("i1"))
    prendre(JOUR + UN_JOUR, dossier, nouvelles=[L48])
    assert owe(dossier, at=MIDI + UN_JOUR) == Rapprochement(dossiers=1)
    assert prendre(JOUR + 2 * UN_JOUR, dossier, nouvelles=[L48]).ajoutes == 0
    assert dus(dossier) == {L48: None}


# Many files


def test_tous_les_dossiers_par_tranches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("permis.courriers.dus.TRANCHE", 2)
    dossiers = [ouvert(infraction("i1"), realite("i1")) for _ in range(5)]
    assert owe_all(at=MIDI) == Rapprochement(dossiers=5, ajoutes=5)
    assert owe_all(dossiers, at=MIDI) == Rapprochement(dossiers=5)


def test_un_dossier_illisible_n_arrete_pas_les_autres(monkeypatch: pytest.MonkeyPatch) -> None:
    dossiers = sorted(ouvert(infraction("i1"), realite("i1")) for _ in range(3))
    monkeypatch.setattr("permis.courriers.dus._load_contenus", sans(dossiers[1]))
    assert owe_all(at=MIDI) == Rapprochement(dossiers=2, ajoutes=2, illisibles=[dossiers[1]])
    with pytest.raises(DossierIllisibleError, match=str(dossiers[1])):
        owe(dossiers[1], at=MIDI)


def sans(dossier: UUID) -> Any:
    """What a register altered by hand would give of one file."""
    from permis.courriers import dus as module  # noqa: PLC0415

    vrai = module._load_contenus

    def charger(dossiers: Any) -> Any:
        lus = vrai(dossiers)
        if dossier in lus:
            lus[dossier] = [('{"type":"realite","id":"r","infraction":"absente"}', "essai")]
        return lus

    return charger


def test_un_dossier_inconnu_est_dit() -> None:
    with pytest.raises(DossierInconnuError):
        owe(uuid4(), at=MIDI)
    assert owe_all([uuid4()], at=MIDI) == Rapprochement()
