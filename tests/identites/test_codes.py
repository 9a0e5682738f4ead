"""NEPH and code: shown once, replaced, expired; the same answer and work whatever is wrong; delayed, then locked."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import altcha
import pytest
from argon2 import PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from permis.config import horloge
from permis.identites import codes
from permis.identites.acteur import Acteur, Nature
from permis.identites.codes import PropreDossierError, Reponse, check_code, issue_code
from permis.identites.epreuve import spend_proof, write_challenge
from permis.identites.models import CodeConfidentiel, EssaiCode
from permis.identites.rapprochement import compte_of
from permis.identites.roles import Moyen, Role
from permis.identites.sessions import open_session, read_acteur
from permis.registre.models import Dossier
from tests.identites.gens import AUTRE_NEPH, NEPH, is_signed_in, make_agent, open_angela

pytestmark = pytest.mark.django_db
FAUX = "AAAA-BBBB-CCCC"


@pytest.fixture(autouse=True)
def _argon2_leger(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm with less memory: hundreds of tries in one run."""
    leger = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    leurre = leger.hash("leurre")
    monkeypatch.setattr(codes, "_hasher", lambda: leger)
    monkeypatch.setattr(codes, "_decoy", lambda: leurre)


@pytest.fixture
def agent(at: datetime) -> Acteur:
    ligne = make_agent(at, Role.INSTRUCTION, neph=None)
    return Acteur(Nature.AGENT, ligne.pk, None, Moyen.PROCONNECT, frozenset({Role.INSTRUCTION}), ligne.service)


@pytest.fixture
def dossier(at: datetime) -> Dossier:
    return open_angela(at)


def test_le_code_ouvre_et_n_est_garde_qu_en_empreinte(dossier: Dossier, agent: Acteur, at: datetime) -> None:
    code = issue_code(dossier.pk, agent, at)
    assert re.fullmatch(r"([A-HJKMNP-TV-Z2-9]{4}-){2}[A-HJKMNP-TV-Z2-9]{4}", code)
    assert CodeConfidentiel.objects.get().empreinte.startswith("$argon2id$")
    assert check_code("8409 7510 1234", code.lower().replace("-", " "), at).dossier == dossier.pk


def test_un_nouveau_code_remplace_l_ancien(dossier: Dossier, agent: Acteur, at: datetime) -> None:
    ancien, nouveau = issue_code(dossier.pk, agent, at), issue_code(dossier.pk, agent, at)
    assert ancien != nouveau
    assert check_code(NEPH, ancien, at).reponse is Reponse.REFUSE
    assert check_code(NEPH, nouveau, at).reponse is Reponse.OUVERT


def test_un_nouveau_code_ferme_ce_que_l_ancien_a_ouvert(
    client: Client, dossier: Dossier, agent: Acteur, at: datetime
) -> None:
    voleur, autre = Client(), open_angela(at, AUTRE_NEPH, family_name="MARTIN")
    voleur.post("/connexion/code", {"neph": NEPH, "code": issue_code(dossier.pk, agent, at)})
    client.post("/connexion/code", {"neph": AUTRE_NEPH, "code": issue_code(autre.pk, agent, at)})
    franceconnect = open_session(compte_of(dossier.pk, at), Moyen.FRANCECONNECT, at=at)
    assert is_signed_in(voleur)
    issue_code(dossier.pk, agent, at)
    assert not is_signed_in(voleur)
    assert is_signed_in(client), "the code of another file"
    assert read_acteur(franceconnect.pk, at) is not None, "the other way in of the same person"


@pytest.mark.parametrize(("secondes", "reponse"), [(-1, Reponse.OUVERT), (0, Reponse.REFUSE), (1, Reponse.REFUSE)])
def test_le_code_expire(dossier: Dossier, agent: Acteur, at: datetime, secondes: int, reponse: Reponse) -> None:
    code = issue_code(dossier.pk, agent, at)
    assert check_code(NEPH, code, at + codes.VALIDITE + timedelta(seconds=secondes)).reponse is reponse


@pytest.mark.parametrize("neph", [NEPH, ""])
def test_aucun_agent_ne_s_emet_un_code(dossier: Dossier, at: datetime, neph: str) -> None:
    ligne = make_agent(at, Role.INSTRUCTION, neph=neph)
    with pytest.raises(PropreDossierError):
        issue_code(dossier.pk, Acteur(Nature.AGENT, ligne.pk, moyen=Moyen.PROCONNECT), at)


@pytest.fixture
def situations(dossier: Dossier, agent: Acteur, at: datetime) -> dict[str, tuple[str, str]]:
    """What can be wrong: the code, its age, its absence, the number."""
    issue_code(dossier.pk, agent, at)
    perime = open_angela(at, AUTRE_NEPH, family_name="MARTIN")
    vieux = issue_code(perime.pk, agent, at - codes.VALIDITE)
    sans = "170392100013"
    open_angela(at, sans, family_name="DURAND")
    return {
        "mauvais code": (NEPH, FAUX),
        "code expiré": (AUTRE_NEPH, vieux),
        "aucun code émis": (sans, FAUX),
        "numéro inconnu": ("170392100099", FAUX),
        "ancien numéro inconnu": ("1703921000", FAUX),
    }


def test_meme_reponse_et_meme_travail_quoi_qui_soit_faux(
    client: Client, situations: dict[str, tuple[str, str]], monkeypatch: Any
) -> None:
    traces = {}
    for nom, (neph, code) in situations.items():
        verifications: list[int] = []
        vrai = codes._hasher()
        compte = _Compteur(vrai, verifications)
        monkeypatch.setattr(codes, "_hasher", lambda compte=compte: compte)
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            reponse = Client().post("/connexion/code", {"neph": neph, "code": code})
        monkeypatch.setattr(codes, "_hasher", lambda vrai=vrai: vrai)
        page = re.sub(r'value="[^"]*"', "", reponse.content.decode())
        formes = [re.sub(r"'[^']*'|\d+", "?", requete["sql"].partition(" WHERE ")[0]) for requete in requetes]
        traces[nom] = (reponse.status_code, page, len(verifications), formes)
    premiere = traces["mauvais code"]
    assert premiere[0] == 422
    assert premiere[2] == 1
    for nom, trace in traces.items():
        assert trace == premiere, nom


class _Compteur:
    """Counts the verifications of a hasher."""

    def __init__(self, vrai: PasswordHasher, vues: list[int]) -> None:
        self.vrai, self.vues = vrai, vues

    def verify(self, empreinte: str, code: str) -> bool:
        self.vues.append(1)
        return self.vrai.verify(empreinte, code)


@pytest.mark.parametrize("neph", [NEPH, "170392100099"])
def test_les_echecs_coutent_de_plus_en_plus(dossier: Dossier, at: datetime, neph: str) -> None:
    assert [check_code(neph, FAUX, at).reponse for _ in range(3)] == [
        Reponse.REFUSE, Reponse.REFUSE, Reponse.A_PROUVER,
    ]  # fmt: skip
    assert check_code(neph, FAUX, at + codes.ATTENTE - timedelta(seconds=1)).reponse is Reponse.A_PROUVER
    assert check_code(neph, FAUX, at + codes.ATTENTE).reponse is Reponse.REFUSE
    assert check_code(neph, FAUX, at + codes.ATTENTE, prouve=True).reponse is Reponse.REFUSE
    verrous = []
    quand = at + codes.ATTENTE
    for _ in range(14):
        essai = check_code(neph, FAUX, quand, prouve=True)
        assert essai.reponse is Reponse.VERROUILLE
        verrous.append(essai.attente)
        assert check_code(neph, FAUX, quand + essai.attente - timedelta(seconds=1)).reponse is Reponse.VERROUILLE
        quand += essai.attente
    assert verrous[:4] == [timedelta(minutes=2**n) for n in range(4)]
    assert verrous[-1] == codes.VERROU_MAXIMUM


def lock(at: datetime) -> datetime:
    """Somebody else's failures, until the lock is at its longest; the moment of the last one."""
    while (essai := check_code(NEPH, FAUX, at, prouve=True)).attente < codes.VERROU_MAXIMUM:
        at += essai.attente
    return at


def test_sans_epreuve_le_bon_code_attend_la_fin_du_verrou(dossier: Dossier, agent: Acteur, at: datetime) -> None:
    code = issue_code(dossier.pk, agent, at)
    at = lock(at)
    assert check_code(NEPH, code, at).reponse is Reponse.VERROUILLE
    assert check_code(NEPH, code, at + codes.VERROU_MAXIMUM).reponse is Reponse.OUVERT
    assert not EssaiCode.objects.exists()


def test_avec_une_epreuve_le_bon_code_passe_le_verrou_des_autres(
    dossier: Dossier, agent: Acteur, at: datetime
) -> None:
    code = issue_code(dossier.pk, agent, at)
    at = lock(at)
    assert check_code(NEPH, FAUX, at, prouve=True).reponse is Reponse.VERROUILLE, "a wrong one says nothing new"
    assert check_code(NEPH, code, at, prouve=True).reponse is Reponse.OUVERT


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("neph", [NEPH, "170392100099"])
def test_vingt_essais_au_meme_instant_ne_sont_pas_tous_juges(
    dossier: Dossier, agent: Acteur, at: datetime, neph: str
) -> None:
    issue_code(dossier.pk, agent, at)
    ensemble, reponses = Barrier(20), []

    def essayer() -> None:
        try:
            ensemble.wait()
            reponses.append(check_code(neph, FAUX, at).reponse)
        finally:
            connection.close()

    fils = [Thread(target=essayer) for _ in range(20)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert Counter(reponses) == {Reponse.REFUSE: codes.SANS_EPREUVE, Reponse.A_PROUVER: 20 - codes.SANS_EPREUVE}
    assert EssaiCode.objects.get().echecs == codes.SANS_EPREUVE


def test_un_essai_est_compte_avant_d_etre_juge(
    dossier: Dossier, agent: Acteur, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    comptes: list[int] = []
    monkeypatch.setattr(codes, "_matches", lambda *_: comptes.append(EssaiCode.objects.get().echecs))
    check_code(NEPH, FAUX, at)
    assert comptes == [1]


def test_un_code_nouveau_efface_les_echecs(dossier: Dossier, agent: Acteur, at: datetime) -> None:
    issue_code(dossier.pk, agent, at)
    at = lock(at)
    check_code(AUTRE_NEPH, FAUX, at)
    assert check_code(NEPH, issue_code(dossier.pk, agent, at), at).reponse is Reponse.OUVERT
    assert EssaiCode.objects.count() == 1, "those on another number stay"


def test_la_page_verrouillee_offre_l_epreuve(
    client: Client, dossier: Dossier, agent: Acteur, at: datetime, monkeypatch: Any
) -> None:
    code = issue_code(dossier.pk, agent, at)
    monkeypatch.setattr(horloge, "now", lambda: at)
    for _ in range(5):
        check_code(NEPH, FAUX, at, prouve=True)
    verrou = client.post("/connexion/code", {"neph": NEPH, "code": code})
    assert verrou.status_code == 429
    assert '<altcha-widget challenge="/connexion/code/epreuve"' in verrou.content.decode()
    assert "Sans JavaScript" not in verrou.content.decode()
    assert client.post("/connexion/code", {"neph": NEPH, "code": code, "altcha": solved(at)}).status_code == 302


def test_rien_ne_dit_quel_numero_fut_essaye(at: datetime) -> None:
    check_code(NEPH, FAUX, at)
    assert NEPH not in repr(list(EssaiCode.objects.values()))


def test_la_page_ouvre_le_solde_et_renvoie_a_franceconnect(
    client: Client, dossier: Dossier, agent: Acteur, at: datetime, journal: list[str]
) -> None:
    code = issue_code(dossier.pk, agent, at)
    reponse = client.post("/connexion/code", {"neph": NEPH, "code": code})
    assert reponse.status_code == 302
    assert is_signed_in(client)
    assert client.get("/mon-compte/demande").status_code == 403
    assert "FranceConnect est demandé ici" in client.get("/mon-compte/demande").content.decode()
    assert not [ligne for ligne in journal if NEPH in ligne or code in ligne]


def test_la_page_montre_ou_est_le_neph_et_lie_ses_fautes(client: Client) -> None:
    page = client.get("/connexion/code").content.decode()
    assert "à gauche de la photo" in page
    assert "au dos, en haut à gauche, sur deux lignes" in page
    assert "altcha" not in page
    faute = client.post("/connexion/code", {"neph": "12", "code": ""})
    assert faute.status_code == 422
    assert 'aria-describedby="id_neph-faute id_neph-aide"' in faute.content.decode()
    assert 'aria-invalid="true"' in faute.content.decode()


def solved(at: datetime) -> str:
    """What the widget sends."""
    defi = altcha.Challenge.from_dict(write_challenge(at))
    solution = altcha.solve_challenge(defi)
    assert solution is not None
    return altcha.Payload(defi, solution).to_base64()


def test_apres_les_premiers_echecs_une_epreuve_ou_une_attente(
    client: Client, dossier: Dossier, agent: Acteur, at: datetime, monkeypatch: Any
) -> None:
    code = issue_code(dossier.pk, agent, at)
    monkeypatch.setattr(horloge, "now", lambda: at)
    for _ in range(2):
        assert client.post("/connexion/code", {"neph": NEPH, "code": FAUX}).status_code == 422
    bloque = client.post("/connexion/code", {"neph": NEPH, "code": code})
    assert bloque.status_code == 429
    assert bloque.headers["Retry-After"] == "31"
    assert '<altcha-widget challenge="/connexion/code/epreuve"' in bloque.content.decode()
    assert "Sans JavaScript, attendez 31 secondes" in bloque.content.decode()
    assert client.post("/connexion/code", {"neph": NEPH, "code": code, "altcha": "x"}).status_code == 429
    assert client.post("/connexion/code", {"neph": NEPH, "code": code, "altcha": solved(at)}).status_code == 302


def test_sans_javascript_l_attente_suffit(
    client: Client, dossier: Dossier, agent: Acteur, at: datetime, monkeypatch: Any
) -> None:
    code = issue_code(dossier.pk, agent, at)
    for _ in range(2):
        check_code(NEPH, FAUX, at)
    monkeypatch.setattr(horloge, "now", lambda: at + codes.ATTENTE)
    assert client.post("/connexion/code", {"neph": NEPH, "code": code}).status_code == 302


def test_beaucoup_de_numeros_essayes_a_la_fois_coutent_une_epreuve_a_chacun(
    dossier: Dossier, agent: Acteur, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifications: list[int] = []
    code = issue_code(dossier.pk, agent, at)
    compte = _Compteur(codes._hasher(), verifications)
    monkeypatch.setattr(codes, "_hasher", lambda: compte)
    reponses = [check_code(f"1703921{n:05d}", FAUX, at) for n in range(codes.AFFLUENCE + 9)]
    assert Counter(essai.reponse for essai in reponses) == {Reponse.REFUSE: codes.AFFLUENCE, Reponse.A_PROUVER: 9}
    assert len(verifications) == EssaiCode.objects.count() == codes.AFFLUENCE
    assert check_code(NEPH, code, at).attente == codes.FENETRE
    assert check_code(NEPH, FAUX, at, prouve=True).reponse is Reponse.REFUSE
    assert check_code(NEPH, code, at, prouve=True).reponse is Reponse.OUVERT
    assert check_code(NEPH, code, at + codes.FENETRE - timedelta(seconds=1)).reponse is Reponse.A_PROUVER
    assert check_code(NEPH, code, at + codes.FENETRE).reponse is Reponse.OUVERT


def test_une_epreuve_sert_une_fois_et_vient_de_nous(client: Client, at: datetime) -> None:
    preuve = solved(at)
    assert spend_proof(preuve, at)
    assert not spend_proof(preuve, at)
    assert not spend_proof(preuve + " ", at)
    for illisible in ("", "x", "e30=", "A" * 5000, "bnVsbA=="):
        assert not spend_proof(illisible, at)
    defi = altcha.create_challenge("PBKDF2/SHA-256", 1, hmac_secret="autre")  # noqa: S106
    solution = altcha.solve_challenge(defi)
    assert solution is not None
    assert not spend_proof(altcha.Payload(defi, solution).to_base64(), at)
    assert client.get("/connexion/code/epreuve").json()["signature"]


def test_une_epreuve_expire(at: datetime) -> None:
    assert not spend_proof(solved(at - timedelta(minutes=11)), at)
