"""Drops for the print house: what is in one, that its bytes are its own for ever, and any fault between two steps."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from permis.courriers.adresses import mark_npai
from permis.courriers.etapes import abandon
from permis.courriers.models import Courrier, CourrierDu, Etape, Remise, Statut, Voie
from permis.courriers.recepisses import take
from permis.courriers.voies import imprimerie
from permis.courriers.voies.imprimerie import Depot, drop
from permis.courriers.voies.liasse import LiasseRefuseeError, Pli, count_pages, write_liasse
from permis.registre.chiffrement import ScelleError
from permis.registre.etat_civil import EtatCivil
from tests.courriers.deposeur import CONTENU, SIMPLES, petit_pdf
from tests.courriers.plis import JOUR, brouillon, donner_adresse, lettre_48si, lettre_simple, plus, statuts
from tests.registre.fabrique import ANGELE, MIDI, ouvrir

pytestmark = pytest.mark.django_db


@pytest.fixture
def petites_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for nom, simple in SIMPLES.items():
        monkeypatch.setattr(imprimerie, nom, simple)


def adresse(*voies: Voie, etat_civil: EtatCivil = ANGELE) -> list[Courrier]:
    """Letters with an address, one a file."""
    courriers = []
    for voie in voies:
        dossier = ouvrir(etat_civil=etat_civil)
        donner_adresse(dossier)
        courriers.append(brouillon(voie, "48SI" if voie is Voie.RECOMMANDE else "48", dossier=dossier))
    return courriers


def manifeste(chemin: Path) -> list[dict[str, str]]:
    with zipfile.ZipFile(chemin) as archive:
        assert archive.testzip() is None
        texte = archive.read("manifeste.csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(texte), delimiter=";"))


def verifier(dossier: Path, courriers: list[Courrier]) -> None:
    """Every letter is in exactly one file, under its digest, and the table says the same; nothing else is there."""
    presents = sorted(dossier.iterdir())
    remises = {remise.fichier: remise for remise in Remise.objects.all()}
    assert [chemin.name for chemin in presents] == sorted(remises)
    vus: Counter[str] = Counter()
    for chemin in presents:
        remise, lignes = remises[chemin.name], manifeste(chemin)
        assert remise.deposee_at is not None
        assert hashlib.sha256(chemin.read_bytes()).hexdigest() == remise.empreinte
        assert {ligne["courrier"] for ligne in lignes} == {str(c.pk) for c in remise.courriers.all()}
        assert len(lignes) == remise.nombre
        vus.update(ligne["courrier"] for ligne in lignes)
    assert vus == {str(courrier.pk): 1 for courrier in courriers}
    remis = Counter(Etape.objects.filter(statut=Statut.REMIS).values_list("courrier", flat=True))
    assert remis == {courrier.pk: 1 for courrier in courriers}


def test_une_remise_par_voie_et_son_manifeste(tmp_path: Path) -> None:
    simple, grave = lettre_simple(), lettre_48si()
    depot = drop(tmp_path, at=MIDI)
    assert [remise.fichier for remise in depot.faites] == ["remise-000001-recommande.zip", "remise-000002-simple.zip"]
    (ligne,) = manifeste(tmp_path / "remise-000002-simple.zip")
    with zipfile.ZipFile(tmp_path / "remise-000002-simple.zip") as archive:
        assert archive.namelist() == [f"{simple.pk}.pdf", "manifeste.csv"]
        pdf = archive.read(ligne["fichier"])
    assert ligne == {
        "rang": "1",
        "courrier": str(simple.pk),
        "fichier": f"{simple.pk}.pdf",
        "voie": "simple",
        "ligne1": "ANGELE DUBOIS L ESSAI",
        "ligne2": "12 RUE DES ESSAIS",
        "ligne3": "75012 PARIS",
        "ligne4": "",
        "ligne5": "",
        "ligne6": "",
        "pages": str(count_pages(pdf)),
        "octets": str(len(pdf)),
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }
    assert int(ligne["pages"]) >= 1
    assert statuts(simple) == statuts(grave) == {"ecrit": JOUR, "remis": JOUR}
    verifier(tmp_path, list(Courrier.objects.all()))


def test_le_numero_du_courrier_et_sa_nature_ne_sont_pas_au_manifeste(tmp_path: Path) -> None:
    courrier = lettre_48si()
    drop(tmp_path, at=MIDI)
    with zipfile.ZipFile(tmp_path / "remise-000001-recommande.zip") as archive:
        texte = archive.read("manifeste.csv").decode()
    assert (courrier.unseal_column("numero") or "?") not in texte
    assert "48" not in texte.replace(str(courrier.pk), "").partition("\r\n")[0]
    assert "48SI" not in texte


def test_les_octets_d_une_remise_sont_les_memes_a_tout_moment(tmp_path: Path) -> None:
    lettre_simple()
    lettre_48si()
    drop(tmp_path, at=MIDI)
    avant = {chemin.name: chemin.read_bytes() for chemin in tmp_path.iterdir()}
    for chemin in tmp_path.iterdir():
        chemin.unlink()
    Remise.objects.update(deposee_at=None, empreinte="")
    drop(tmp_path, at=plus(300))
    assert {chemin.name: chemin.read_bytes() for chemin in tmp_path.iterdir()} == avant


def test_le_jour_de_remise_est_celui_de_la_decision(tmp_path: Path, petites_pages: None) -> None:
    """A drop finished days after: the post may have taken it on the first day, and says so."""
    (courrier,) = adresse(Voie.SIMPLE)
    imprimerie.find_addresses(Voie.SIMPLE)
    imprimerie.decide(Voie.SIMPLE, at=MIDI)
    drop(tmp_path, at=plus(3))
    assert statuts(courrier)["remis"] == JOUR
    assert Remise.objects.get().deposee_at == plus(3)


def test_personne_d_autre_ne_lit_une_remise(tmp_path: Path, petites_pages: None) -> None:
    adresse(Voie.SIMPLE)
    drop(tmp_path, at=MIDI)
    assert [chemin.stat().st_mode & 0o077 for chemin in tmp_path.iterdir()] == [0]


def test_au_plus_tant_de_courriers_les_plus_anciens_d_abord(tmp_path: Path, petites_pages: None) -> None:
    courriers = adresse(*[Voie.SIMPLE] * 5)
    for rang, courrier in enumerate(reversed(courriers)):
        Courrier.objects.filter(pk=courrier.pk).update(ecrit_at=plus(0) + timedelta(minutes=rang))
    drop(tmp_path, at=plus(1), nombre=2)
    ordre = [ligne["courrier"] for chemin in sorted(tmp_path.iterdir()) for ligne in manifeste(chemin)]
    assert ordre == [str(courrier.pk) for courrier in reversed(courriers)]
    assert [remise.nombre for remise in Remise.objects.order_by("numero")] == [2, 2, 1]
    verifier(tmp_path, courriers)


def test_sans_adresse_un_courrier_attend_et_part_quand_il_en_a_une(tmp_path: Path, petites_pages: None) -> None:
    courrier, autre = brouillon(Voie.SIMPLE), adresse(Voie.SIMPLE)[0]
    assert drop(tmp_path, at=MIDI).sans_adresse == 1
    assert (set(statuts(courrier)), "remis" in statuts(autre)) == ({"ecrit"}, True)
    donner_adresse(courrier.dossier_id, plus(1))
    assert drop(tmp_path, at=plus(1)).sans_adresse == 0
    assert statuts(courrier)["remis"] == JOUR + timedelta(days=1)


def test_une_adresse_devenue_inconnue_avant_le_depart_est_remplacee(tmp_path: Path, petites_pages: None) -> None:
    (courrier,) = adresse(Voie.SIMPLE)
    imprimerie.find_addresses(Voie.SIMPLE)
    courrier.refresh_from_db()
    assert courrier.adresse_id is not None
    mark_npai(courrier.adresse_id, JOUR)
    assert drop(tmp_path, at=MIDI) == Depot(sans_adresse=1)
    donner_adresse(courrier.dossier_id, plus(1), ["2 rue des Essais", "75012 Paris"])
    drop(tmp_path, at=plus(1))
    assert [ligne["ligne2"] for ligne in manifeste(tmp_path / "remise-000001-simple.zip")] == ["2 RUE DES ESSAIS"]


def test_ce_qui_est_abandonne_ou_attend_l_ecriture_ne_part_pas(tmp_path: Path, petites_pages: None) -> None:
    laisse, attend, parti = adresse(Voie.SIMPLE, Voie.SIMPLE, Voie.SIMPLE)
    abandon(laisse, JOUR, at=MIDI)
    CourrierDu.objects.filter(pk=attend.du_id).update(a_ecrire=True)
    drop(tmp_path, at=MIDI)
    verifier(tmp_path, [parti])


# Formulas in a spreadsheet


@pytest.mark.parametrize("nom", ['=HYPERLINK("http://x")', "+33", "-2", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_un_nom_ne_devient_jamais_une_formule(tmp_path: Path, petites_pages: None, monkeypatch: Any, nom: str) -> None:
    monkeypatch.setattr(imprimerie, "read_courrier", lambda _: {"destinataire": {"nom": nom, "prenoms": nom}})
    adresse(Voie.SIMPLE)
    drop(tmp_path, at=MIDI)
    (ligne,) = manifeste(tmp_path / "remise-000001-simple.zip")
    assert ligne["ligne1"]
    assert not [case for case in ligne.values() if case.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_une_ligne_venue_d_ailleurs_qui_serait_une_formule_est_refusee() -> None:
    with pytest.raises(LiasseRefuseeError, match="serait lue comme une formule"):
        write_liasse(io.BytesIO(), [Pli(uuid4(), "simple", ["A", "=1+1"], petit_pdf("x"))])


# Faults


ETAPES = ["finish", "open_partial", "_row", "digest_file", "_keep_digest", "publish", "_note_remis", "_put_down"]


def faute(monkeypatch: pytest.MonkeyPatch, nom: str, *, apres: bool) -> None:
    """Fall just before, or just after, one step of a drop."""
    from permis.courriers.voies import liasse  # noqa: PLC0415

    piece: Any = liasse if nom == "_row" else imprimerie
    vraie: Callable[..., Any] = getattr(piece, nom)

    def tombe(*args: Any, **noms: Any) -> Any:
        if apres:
            vraie(*args, **noms)
        raise KeyboardInterrupt

    monkeypatch.setattr(piece, nom, tombe)


@pytest.mark.parametrize("apres", [False, True])
@pytest.mark.parametrize("nom", ETAPES)
def test_une_faute_entre_deux_etapes_ne_perd_ni_ne_double_rien(
    tmp_path: Path, petites_pages: None, monkeypatch: pytest.MonkeyPatch, nom: str, apres: bool
) -> None:
    courriers = adresse(Voie.SIMPLE, Voie.SIMPLE, Voie.RECOMMANDE)
    with monkeypatch.context() as ici:
        faute(ici, nom, apres=apres)
        with pytest.raises(KeyboardInterrupt):
            drop(tmp_path, at=MIDI, nombre=2)
    prises = {chemin.name: chemin.read_bytes() for chemin in tmp_path.glob("remise-*")}
    drop(tmp_path, at=plus(1), nombre=2)
    verifier(tmp_path, courriers)
    assert all((tmp_path / nom).read_bytes() == octets for nom, octets in prises.items())
    assert drop(tmp_path, at=plus(2)) == Depot()


def test_prise_par_l_imprimeur_avant_d_etre_notee_elle_revient_avec_les_memes_octets(
    tmp_path: Path, petites_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    courriers = adresse(Voie.SIMPLE)
    with monkeypatch.context() as ici:
        faute(ici, "publish", apres=True)
        with pytest.raises(KeyboardInterrupt):
            drop(tmp_path, at=MIDI)
    (chemin,) = tmp_path.iterdir()
    octets = chemin.read_bytes()
    chemin.unlink()
    drop(tmp_path, at=plus(1))
    assert chemin.read_bytes() == octets
    verifier(tmp_path, courriers)


def test_un_recepisse_d_une_remise_dont_le_depot_n_est_pas_note(
    tmp_path: Path, petites_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off once the file was out: the post's word shows that it left; before the file was made, it cannot be."""
    (courrier,) = adresse(Voie.RECOMMANDE)
    lignes = ["courrier;evenement;date;reference", f"{courrier.pk};poste;{JOUR};a"]
    with monkeypatch.context() as ici:
        faute(ici, "_keep_digest", apres=False)
        with pytest.raises(KeyboardInterrupt):
            drop(tmp_path, at=MIDI)
    assert [rejet.ligne for rejet in take(lignes, at=plus(1)).rejets] == [2]
    with monkeypatch.context() as ici:
        faute(ici, "publish", apres=True)
        with pytest.raises(KeyboardInterrupt):
            drop(tmp_path, at=MIDI)
    assert take(lignes, at=plus(1)).rejets == []
    drop(tmp_path, at=plus(1))
    assert statuts(courrier) == {"ecrit": JOUR, "remis": JOUR, "poste": JOUR}
    verifier(tmp_path, [courrier])


def test_un_courrier_qui_ne_s_ouvre_pas_n_arrete_que_sa_remise(
    tmp_path: Path, petites_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    grave, simple = adresse(Voie.RECOMMANDE, Voie.SIMPLE)

    def ouvrir_sauf(courrier: Courrier) -> Any:
        if courrier.pk == grave.pk:
            raise ScelleError("no key opens it")
        return CONTENU

    monkeypatch.setattr(imprimerie, "read_courrier", ouvrir_sauf)
    depot = drop(tmp_path, at=MIDI)
    assert depot.refusees == ["remise-000001-recommande.zip : un courrier ne s'ouvre pas (ScelleError)"]
    assert ("remis" in statuts(grave), "remis" in statuts(simple)) == (False, True)


def test_d_autres_octets_ne_portent_jamais_le_meme_numero(
    tmp_path: Path, petites_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (premier,) = adresse(Voie.SIMPLE)
    with monkeypatch.context() as ici:
        faute(ici, "publish", apres=False)
        with pytest.raises(KeyboardInterrupt):
            drop(tmp_path, at=MIDI)
    (second,) = adresse(Voie.SIMPLE)
    with monkeypatch.context() as ici:
        ici.setattr(imprimerie, "pdf_of", lambda courrier, **_: petit_pdf(f"autre {courrier.pk}"))
        depot = drop(tmp_path, at=plus(1))
    assert [refus.partition(" : ")[0] for refus in depot.refusees] == ["remise-000001-simple.zip"]
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["remise-000002-simple.zip"]
    assert ("remis" in statuts(premier), "remis" in statuts(second)) == (False, True)
    drop(tmp_path, at=plus(2))
    assert "remis" in statuts(premier)


def test_ce_qu_une_coupure_laisse_est_ote_un_jour_apres(tmp_path: Path, petites_pages: None) -> None:
    vieux, jeune = tmp_path / ".a.partiel", tmp_path / ".b.partiel"
    for chemin, age in ((vieux, 25), (jeune, 23)):
        chemin.write_bytes(b"x")
        moment = (MIDI - timedelta(hours=age)).timestamp()
        os.utime(chemin, (moment, moment))
    drop(tmp_path, at=MIDI)
    assert list(tmp_path.iterdir()) == [jeune]
