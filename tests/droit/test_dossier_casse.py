"""Each broken dossier is refused with every fault, each at its place, and with no other."""

import pytest

from permis.droit.dossier import DossierInvalideError, parse_dossier
from tests.droit.casses import Casse, casses


@pytest.mark.parametrize("casse", casses(), ids=lambda casse: casse.nom)
def test_chaque_faute_est_dite_a_sa_place(casse: Casse) -> None:
    with pytest.raises(DossierInvalideError) as refus:
        parse_dossier(casse.octets)
    dites = refus.value.fautes
    assert [faute.lieu for faute in dites] == [lieu for lieu, _ in casse.fautes], str(refus.value)
    for faute, (_, mots) in zip(dites, casse.fautes, strict=True):
        assert mots in faute.faute
        assert faute.attendu
        assert "\n" not in str(faute)


def test_la_table_est_large_et_ne_se_repete_pas() -> None:
    noms = [casse.nom for casse in casses()]
    assert len(noms) >= 60
    assert len({casse.octets for casse in casses()}) == len(set(noms)) == len(noms)
