"""From a ledger of numbers to what `droit` says: the same movements, letters, corrections, in the same sentences.

A row of a ledger holds what cannot be read off the facts of its licence: the days and the number that its reason
calls for (docs/formats/national.md). The rest of a sentence is in the facts, and the words are those of `droit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from permis.droit.faits import Fait, Infraction
from permis.droit.information import SIMPLE, article_of_retrait, mode_courrier
from permis.droit.mouvements import Correction, Courrier, Motif, Mouvement, SansEffet, Validite
from permis.droit.options import Borne
from permis.droit.reconstitution import delai_reconstitution
from permis.droit.retours import article_of_full
from permis.droit.rule import Version
from permis.droit.suites import LETTRES_DE_RETOUR
from permis.national import codes
from permis.national.articles import ARTICLE_DEROGATION, article_of_sans_effet
from permis.national.contextes import CONTEXTES, CONTEXTES_SANS_EFFET, Vue, VueSansEffet, day_of
from permis.national.lignes import name_of
from permis.national.livre import Ecriture, EcritureCorrection, EcritureSansEffet, Livre
from permis.national.loi import catalogue, day_number

_MOTIFS, _VALIDITES = [*map(Motif, codes.MOTIFS)], [*map(Validite, codes.VALIDITES)]


class Explique(NamedTuple):
    """What `droit.Releve` says of one licence on a day, its duties left out."""

    mouvements: tuple[Mouvement, ...]
    a_venir: tuple[Mouvement, ...]
    courriers: tuple[Courrier, ...]
    sans_effet: tuple[SansEffet, ...]
    corrections: tuple[Correction, ...]


@cache
def _textes() -> tuple[Version, ...]:
    return catalogue()


class Explication:
    """The facts of one licence, named by their numbers (`lignes.decode_dossier`), and what its ledger says of them.

    `borne` is that of the question; `textes` the wordings by their number (`loi.catalogue`), those in force by
    default.
    """

    def __init__(
        self, faits: Iterable[Fait], borne: Borne = Borne.ECHEANCE_INCLUSE, textes: Sequence[Version] | None = None
    ) -> None:
        self._faits = {fait.id: fait for fait in faits}
        self._borne = borne
        self._textes = _textes() if textes is None else textes

    def explain(self, livre: Livre, le: date) -> Explique:
        """Every row of the ledger in the words of `droit`; movements after `le` are to come."""
        tous = [self.explain_mouvement(ecriture) for ecriture in livre.mouvements]
        passes = [ecriture for ecriture in livre.mouvements if ecriture.date <= day_number(le)]
        return Explique(
            tuple(tous[: len(passes)]),
            tuple(tous[len(passes) :]),
            tuple(self.explain_courrier(ecriture) for ecriture in passes if ecriture.courrier),
            tuple(map(self.explain_sans_effet, livre.sans_effet)),
            tuple(map(self.explain_correction, livre.corrections)),
        )

    # One row

    def explain_mouvement(self, ecriture: Ecriture) -> Mouvement:
        """A movement: its wording, its article, and the values of its sentences."""
        cle, version = codes.CLES[ecriture.cle], self._textes[ecriture.version]
        contexte = CONTEXTES[cle](Vue(ecriture, self._faits[name_of(ecriture.fait)], self._borne))
        return Mouvement(
            day_of(ecriture.date),
            ecriture.variation,
            ecriture.solde,
            ecriture.plafond,
            _MOTIFS[ecriture.motif],
            name_of(ecriture.fait),
            version,
            self._article(cle, version, ecriture),
            ecriture.solde_algebrique,
            _VALIDITES[ecriture.validite],
            cle,
            contexte,
        )

    def explain_courrier(self, ecriture: Ecriture) -> Courrier:
        """The letter owed for a movement (C. route, art. R. 223-3 III, R. 223-4 I, R. 223-8 III)."""
        reference, jour, motif = codes.REFERENCES[ecriture.courrier], day_of(ecriture.date), _MOTIFS[ecriture.motif]
        if motif is Motif.RETRAIT:
            mode, article = mode_courrier(reference), article_of_retrait(reference)
        else:
            mode, article = SIMPLE, LETTRES_DE_RETOUR[motif][1]
        return Courrier(reference, name_of(ecriture.fait), jour, mode, article)

    def explain_sans_effet(self, ecriture: EcritureSansEffet) -> SansEffet:
        """A fact that moves nothing: its article, and the values of its sentence."""
        cle, nom = codes.CLES_SANS_EFFET[ecriture.cle], name_of(ecriture.fait)
        version = self._textes[ecriture.version] if ecriture.version >= 0 else None
        article = article_of_sans_effet(cle, self._faits[nom], version)
        contexte = CONTEXTES_SANS_EFFET[cle](VueSansEffet(ecriture, self._faits[nom]))
        return SansEffet(nom, day_of(ecriture.date), cle, article, contexte)

    def explain_correction(self, ecriture: EcritureCorrection) -> Correction:
        """A movement that stands no more."""
        mouvement, cesse_le = self.explain_mouvement(ecriture.mouvement), day_of(ecriture.cesse_le)
        return Correction(mouvement, cesse_le, self._name_cause(ecriture.cause, mouvement.date, cesse_le))

    def _name_cause(self, numero: int, jour: date, cesse_le: date) -> str:
        """The fact that changed a movement: of what an offence carries, the one learned that day.

        An offence committed by the day of the movement explains it itself (`droit.relectures`).
        """
        nom = name_of(numero)
        fait = self._faits[nom]
        if not isinstance(fait, Infraction) or fait.commise_le <= jour:
            return nom
        noms = (nom, f"{nom}d", f"{nom}r")
        return next(n for n in noms if n in self._faits and self._faits[n].connu_le == cesse_le)

    def _article(self, cle: str, version: Version, ecriture: Ecriture) -> str:
        if cle == "retrait_derogation":
            return ARTICLE_DEROGATION
        if _MOTIFS[ecriture.motif] is Motif.RECONSTITUTION_INTEGRALE:
            trois_ans = delai_reconstitution(day_of(ecriture.jour_1), True).value
            return article_of_full(version, grave=ecriture.valeur == trois_ans)
        return version.cite
