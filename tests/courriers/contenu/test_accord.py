"""Whatever the life, the letter, the page and the ledger say the same; both languages say it whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given, settings

from permis.courriers.contenu import Contenu, RienADireError, compose_document, read_contenu, write_contenu
from permis.courriers.contenu.sujet import MOTIFS
from permis.courriers.models import CourrierDu
from permis.droit.rule import RegleInexistanteError
from permis.registre.lecture import DossierLu
from permis.typographie import write
from tests.courriers.contenu.ecrits import NUMERO, compose_du, dues, lire_faits, textes
from tests.droit.strategies import questions
from tests.droit.tirage import Question

VIES = 25
"""Each one is a dozen letters."""
VOIES = {"48M": "recommande", "48N": "recommande", "48SI": "recommande", "46": "electronique"}


def ecrites(question: Question) -> Iterator[tuple[DossierLu, CourrierDu, date, Contenu]]:
    """Every letter owed by a life on its day, and on the day of its movement; those that the law refuses left out."""
    lu = lire_faits(question.faits)
    for du in dues(lu, question.le):
        for le in {du.date, question.le}:
            voie = VOIES.get(du.reference, "simple") if le >= date(2016, 10, 31) else "simple"
            try:
                yield lu, du, le, compose_du(lu, du, le, voie=voie)
            except RienADireError:
                continue


@settings(max_examples=VIES)
@given(questions())
def test_la_lettre_la_page_et_le_compte_disent_la_meme_chose(question: Question) -> None:
    for lu, du, le, lettre in ecrites(question):
        check_agreement(lu, du, le, lettre)
        check_languages(lettre)
        voie = lettre["voie"]
        assert write_contenu(compose_du(lu, du, le, voie=voie)) == write_contenu(lettre)


def check_agreement(lu: DossierLu, du: CourrierDu, le: date, lettre: Contenu) -> None:
    """The letter says the sentence and the balance of the page."""
    releve, motifs, donnees = lu.replay(le), MOTIFS[du.reference], lettre["donnees"]
    (m,) = (m for m in releve.mouvements if (m.fait, m.date) == (du.fait, du.date) and m.motif in motifs)
    assert (donnees["solde"], donnees["plafond"], donnees["variation"]) == (m.solde, m.plafond, m.variation)
    assert donnees["solde_du_jour"]["solde"] == releve.solde
    for langue in ("fr", "en"):
        with override(langue):
            assert write(m.explication) in textes(lettre, langue)


def check_languages(lettre: Contenu) -> None:
    """Both languages have the same blocks, no hole, and are kept as they are."""
    assert json.loads(write_contenu(lettre)) == lettre == read_contenu(write_contenu(lettre))
    francais, anglais = lettre["textes"]["fr"], lettre["textes"]["en"]
    assert [b["type"] for b in anglais["blocs"][1:]] == [b["type"] for b in francais["blocs"]]
    assert len(francais["mentions"]) == len(anglais["mentions"]) == 4
    for texte in (*textes(lettre, "fr"), *textes(lettre, "en")):
        assert "{" not in texte
        assert "None" not in texte
    assert not [texte for texte in textes(lettre, "fr") if "'" in texte]
    assert len(lettre["textes"]["fr"]["blocs"]) == len({json.dumps(b) for b in lettre["textes"]["fr"]["blocs"]})


@settings(max_examples=VIES)
@given(questions())
def test_tout_recepisse_du_s_ecrit(question: Question) -> None:
    lu = lire_faits(question.faits)
    for c in lu.replay(question.le).recepisses:
        du = CourrierDu(dossier_id=lu.id, reference="44", fait=c.fait, date=c.date, vu_le=question.le)
        recepisse = compose_du(lu, du, question.le, voie="main_propre")
        assert recepisse["donnees"]["date"] == c.date.isoformat()


@settings(max_examples=VIES)
@given(questions())
def test_toute_lettre_qui_n_est_plus_due_se_reprend(question: Question) -> None:
    lu = lire_faits(question.faits)
    releve = lu.replay(question.le)
    dues_ce_jour = {(c.reference, c.fait, c.date) for c in releve.courriers}
    for appris in {max(fait.connu_le, date(1992, 7, 1)) for fait in question.faits if fait.connu_le <= question.le}:
        for du in dues(lu, appris):
            if du.reference != "48S" and (du.reference, du.fait, du.date) not in dues_ce_jour:
                reprise = compose_du(lu, du, question.le, nature="reprise")
                assert reprise["donnees"]["solde"] == releve.solde
                assert sum("Ce qui a changé" in texte for texte in textes(reprise)) == 1


@settings(max_examples=VIES)
@given(questions())
def test_aucun_releve_montrable_ne_dit_un_point(question: Question) -> None:
    lu = lire_faits(question.faits)
    for genre in ("rir", "adc"):
        try:
            releve = compose_document(lu, genre, numero=NUMERO, secret_url="", le=question.le, langue="fr")
        except (RienADireError, RegleInexistanteError):
            continue
        assert not {"solde", "plafond", "mouvements"} & releve["donnees"].keys()
        for langue in ("fr", "en"):
            blocs = [b for b in releve["textes"][langue]["blocs"] if b["type"] != "paragraphe"]
            mots = json.dumps(blocs, ensure_ascii=False).lower()
            assert "point" not in mots
            assert "solde" not in mots
            assert "balance" not in mots


def test_un_contenu_d_une_autre_version_n_est_pas_lu() -> None:
    with pytest.raises(ValueError, match="version 2"):
        read_contenu('{"version":2}')
