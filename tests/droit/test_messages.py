"""A fault is French text that still holds its template and its values."""

from datetime import date

from permis.droit.dossier.fautes import Faute, show_valeur
from permis.droit.phrases import Message, Mot, in_full, list_and, list_messages, list_or, quote

JOUR = date(2026, 5, 1)


def test_un_message_est_un_texte_francais() -> None:
    message = Message("{jour} est avant {quoi}, {nombre} fois", jour=JOUR, quoi=Mot("le permis"), nombre=3)
    assert message == "2026-05-01 est avant le permis, 3 fois"
    assert message.gabarit == "{jour} est avant {quoi}, {nombre} fois"
    assert message.valeurs["jour"] is JOUR


def test_une_date_peut_s_ecrire_en_toutes_lettres() -> None:
    assert Message("depuis le {debut}", debut=in_full(JOUR)) == "depuis le 1er mai 2026"


def test_ce_qui_est_cite_peut_porter_des_accolades() -> None:
    assert Message("un objet, comme {exemple}", exemple='{"faits": []}') == 'un objet, comme {"faits": []}'
    assert show_valeur("{jour}") == "« {jour} »"


def test_les_enumerations() -> None:
    mots = [quote(mot) for mot in "abc"]
    assert list_messages(mots) == "« a », « b », « c »"
    assert list_and(mots[:2]) == "« a » et « b »"
    assert list_or(mots[:2]) == "« a » ou « b »"
    assert list_or(mots[:1]) == "« a »"


def test_une_faute_tient_sur_une_ligne() -> None:
    faute = Faute("faits[3].date", Message("clé absente"), Message("une date"))
    assert str(faute) == faute.message == "faits[3].date : clé absente ; attendu : une date"
