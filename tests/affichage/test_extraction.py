"""What `make messages` gathers from Python: each template of the law, and never one that it could not read."""

from io import BytesIO

import pytest

from permis.affichage.extraction import extraire_python

SOURCE = """
_("un mot de la page")
RefusError(Message("{valeur} n'est pas une date", valeur=show(valeur)), UNE_DATE)
phrases.Message("une liste")
regle = Rule[[int], int]("Un titre", pivot="un pivot")
"""


def lus(source: str) -> list[object]:
    return [texte for _, _, texte, _ in extraire_python(BytesIO(source.encode()), {"_": None}, (), {})]


def test_les_textes_sont_lus() -> None:
    attendus = {"un mot de la page", "{valeur} n'est pas une date", "une liste", "Un titre", "un pivot"}
    assert set(lus(SOURCE)) == attendus


@pytest.mark.parametrize(
    "ecrit", ["Message(f'{jour} est passé')", "Message(GABARIT, jour=1)", "Rule[[], int](TITRE, 'x')"]
)
def test_un_texte_calcule_est_refuse(ecrit: str) -> None:
    with pytest.raises(TypeError, match="line 1: a text to translate must be a literal"):
        lus(ecrit)
