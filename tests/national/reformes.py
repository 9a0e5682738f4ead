"""`droit` under a draft law, for the proof: its rules answer with the draft's wordings while a block runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from random import Random

from permis.droit.faits import Classe, Fait, Infraction
from permis.droit.releve import replay
from permis.national import codes
from permis.national.assemblage import build_lot, read_lignes
from permis.national.ecarts import Ecart, _compare_etats, _compare_livres, read_etat
from permis.national.explication import Explication
from permis.national.lignes import INFRACTION, Ligne, decode_dossier, row_on
from permis.national.livre import read_livre
from permis.national.loi import Redaction
from permis.national.noyau import detailler, solder
from permis.national.reforme.lois import LoiComparee, read_lois
from permis.national.reforme.projet import Projet, ReformeBareme
from tests.national.egalite import Difference
from tests.national.vies import Vie


@contextmanager
def law_changed(redactions: Mapping[str, Sequence[Redaction]]) -> Iterator[None]:
    """The rules of `droit` with other wordings; those in force come back at the end."""
    regles = codes.regles()
    avant = {nom: (regles[nom].versions, regles[nom]._starts, regles[nom].bodies) for nom in redactions}
    try:
        for nom, suite in redactions.items():
            regle = regles[nom]
            regle.versions = [redaction.version for redaction in suite]
            regle._starts = [redaction.since for redaction in suite]
            regle.bodies = [redaction.repond for redaction in suite]
        yield
    finally:
        for nom, (versions, debuts, corps) in avant.items():
            regles[nom].versions, regles[nom]._starts, regles[nom].bodies = versions, debuts, corps


def name_offences(vie: Vie, graine: int) -> Vie:
    """The same life, most of its offences of some row of the barème, as those of a real file are."""
    hasard = Random(graine)  # noqa: S311

    def name(ligne: Ligne) -> Ligne:
        if ligne.type != INFRACTION or ligne.date is None:
            return ligne
        jour = ligne.date
        numeros = [numero for numero in range(1, len(codes.bareme())) if row_on(numero, jour) is not None]
        return ligne._replace(bareme=hasard.choice(numeros)) if numeros else ligne

    return vie._replace(lignes=[name(ligne) for ligne in vie.lignes])


def change_faits(faits: Sequence[Fait], reformes: Sequence[ReformeBareme]) -> tuple[Fait, ...]:
    """The facts of `droit` with the points and classes of the draft, offence after offence."""
    return tuple(_change(fait, reformes) for fait in faits)


def _change(fait: Fait, reformes: Sequence[ReformeBareme]) -> Fait:
    if not isinstance(fait, Infraction):
        return fait
    for reforme in reformes:
        if fait.bareme in reforme.lignes and (
            (reforme.depuis is None or reforme.depuis <= fait.commise_le)
            and (reforme.jusqu_au is None or fait.commise_le <= reforme.jusqu_au)
        ):
            points = fait.points if reforme.points is None else reforme.points
            classe = fait.classe if reforme.classe is None else Classe(reforme.classe)
            fait = replace(fait, points=points, classe=classe)
    return fait


def draft_of(projet: Projet) -> LoiComparee:
    """The draft among the two laws."""
    lois = read_lois(projet)
    return lois.avant if projet.est_avant else lois.apres


def differences_of(projet: Projet, vies: Sequence[Vie]) -> Iterator[Difference]:
    """Every question on which the kernel under the draft does not answer as `droit` under the same draft."""
    loi = draft_of(projet)
    lot = build_lot(vie.lignes for vie in vies)
    lu = loi.read(lot)
    for rang, vie in enumerate(vies):
        faits = change_faits(decode_dossier(vie.lignes), projet.bareme)
        assert decode_dossier(read_lignes(lu, rang)) == faits
        for demande in vie.demandes:
            detail = detailler(lu, loi.loi, demande.question)
            soldes = solder(lu, loi.loi, demande.question)
            with law_changed(loi.redactions):
                releve = replay(faits, demande.le, demande.connu_le, demande.options)
                livre = read_livre(detail, rang)
                explique = Explication(faits, demande.options.borne, loi.textes).explain(livre, demande.le)
                ecarts = [
                    *_compare_etats(read_etat(detail.soldes, rang), releve),
                    *_compare_livres(explique, releve),
                ]
            if read_etat(soldes, rang) != read_etat(detail.soldes, rang):
                ecarts.append(Ecart("solder", str(read_etat(soldes, rang)), str(read_etat(detail.soldes, rang))))
            if ecarts:
                yield Difference(vie.lignes, demande, ecarts)
