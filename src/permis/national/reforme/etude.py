"""One comparison from end to end: a draft, a day, licences; then tables, JSON and the page in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from permis.droit.faits import Jour
from permis.droit.options import Options
from permis.national.loi import day_number
from permis.national.noyau.entrees import Question, ask
from permis.national.reforme.comparaison import Demande, Resultat
from permis.national.reforme.execution import Chargement, compare_file
from permis.national.reforme.exemples import Cas, explain_exemples
from permis.national.reforme.figures import draw_images
from permis.national.reforme.lois import DeuxLois, capital_on, most_points, read_lois
from permis.national.reforme.mesures import frame
from permis.national.reforme.projet import Projet
from permis.national.reforme.rapport import Entete, write_page
from permis.national.reforme.redactions import write_redactions
from permis.national.reforme.sorties import summarize, table_exemples, write_sorties
from permis.national.reforme.tableaux import Compte, Tableau, build_tableaux

EXEMPLES_HABITUELS = 10
PERDANTS, GAGNANTS = "permis moins bien lotis", "permis mieux lotis"


class Reglages(NamedTuple):
    """How a comparison is run: the day, the day of knowledge, the open questions; whether ledgers are made (letters,
    courses, movements), how many examples, how many threads.
    """

    le: Jour
    connu_le: Jour
    options: Options = Options()
    livres: bool = True
    exemples: int = EXEMPLES_HABITUELS
    fils: int = 1


class Etude(NamedTuple):
    """A comparison that was made: what was asked, what was counted, the examples explained."""

    projet: Projet
    lois: DeuxLois
    reglages: Reglages
    compte: Compte
    cas: Mapping[str, Sequence[Cas]]

    @property
    def tableaux(self) -> list[Tableau]:
        """Every table, that of the examples last."""
        return [*build_tableaux(self.compte), table_exemples(self.cas)]

    @property
    def remarques(self) -> tuple[str, ...]:
        """What a reader of the draft should know."""
        return write_redactions(self.projet).remarques


def study(
    projet: Projet,
    chargements: Iterable[Chargement],
    reglages: Reglages,
    tell: Callable[[int], None] = lambda _: None,
) -> Etude:
    """Both laws on every licence, and the examples explained."""
    lois = read_lois(projet)
    question = ask(day_number(reglages.le), day_number(reglages.connu_le), reglages.options)
    cadre = frame(most_points(lois), capital_on(lois.avant, reglages.le), reglages.le, projet.couts.horizon)
    demande = Demande(lois, question, cadre, reglages.livres, reglages.exemples)
    resultat = compare_file(demande, chargements, reglages.fils, tell)
    compte = Compte(cadre, resultat.mesures, projet.couts, reglages.livres)
    return Etude(projet, lois, reglages, compte, _explain(resultat, lois, question, reglages.options))


def _explain(resultat: Resultat, lois: DeuxLois, question: Question, options: Options) -> Mapping[str, Sequence[Cas]]:
    suites = {PERDANTS: resultat.perdants, GAGNANTS: resultat.gagnants}
    return {sens: explain_exemples(suite, lois, question, options) for sens, suite in suites.items()}


def write_etude(etude: Etude, dossier: Path, fichier: str, *, page: bool = True) -> list[Path]:
    """Tables, JSON and the page in a folder; `fichier` is how the file of licences is named in them."""
    tableaux, compte = etude.tableaux, etude.compte
    texte = write_page(entete_of(etude, fichier), compte, tableaux, draw_images(compte), etude.cas) if page else None
    return write_sorties(dossier, tableaux, summary_of(etude, fichier), texte)


def summary_of(etude: Etude, fichier: str) -> dict[str, Any]:
    """Everything as one JSON value."""
    return summarize(_head(etude, fichier), etude.tableaux, etude.cas)


def entete_of(etude: Etude, fichier: str) -> Entete:
    """What the page says first."""
    return Entete(
        etude.projet.titre,
        etude.projet.resume,
        etude.lois.avant.nom,
        etude.lois.apres.nom,
        etude.reglages.le,
        fichier,
        etude.remarques,
    )


def _head(etude: Etude, fichier: str) -> dict[str, Any]:
    couts = etude.projet.couts
    return {
        "titre": etude.projet.titre,
        "avant": etude.lois.avant.nom,
        "apres": etude.lois.apres.nom,
        "le": str(etude.reglages.le),
        "connu_le": str(etude.reglages.connu_le),
        "fichier": fichier,
        "couts": {cle: str(prix) for cle, prix in (*couts.courriers.items(), ("stage", couts.stage))},
        "couts_supposes": sorted(couts.supposes),
    }
