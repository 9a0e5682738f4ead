"""Each form of letter: its title, its subject, who signs it, what it says, in one language at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from django.utils.translation import override

from permis.courriers.contenu.communs import write_debut, write_mentions
from permis.courriers.contenu.formes import LANGUES, Bloc, Donnees, Textes
from permis.courriers.contenu.invalidation import echeances_48si, recap_48si, write_48si
from permis.courriers.contenu.langues import Deux, say
from permis.courriers.contenu.machines import write_donnees
from permis.courriers.contenu.noms import list_french_names
from permis.courriers.contenu.recepisse import Remise, donnees_44, write_44
from permis.courriers.contenu.reprise import Reprise, donnees_reprise, write_reprise
from permis.courriers.contenu.retours import echeances_46, write_46, write_47
from permis.courriers.contenu.retraits import echeances_48, echeances_48n, write_48, write_48m, write_48n
from permis.courriers.contenu.sujet import Sujet
from permis.droit.mouvements import Motif
from permis.droit.phrases import Points

MINISTRE = Deux(
    "Décision prise au nom du ministre de l'intérieur (C. route, art. L. 223-1 et R. 223-3).",
    "Decision taken on behalf of the Minister of the Interior (C. route, art. L. 223-1 and R. 223-3).",
)
PREFET = Deux(
    "Décision prise au nom du préfet du lieu du stage (C. route, art. R. 223-8 III).",
    "Decision taken on behalf of the prefect of the place of the course (C. route, art. R. 223-8 III).",
)
PREFET_DE_RESIDENCE = Deux(
    "Récépissé établi au nom du préfet du département de votre résidence (C. route, art. L. 223-5).",
    "Receipt made out on behalf of the prefect of the department where you live (C. route, art. L. 223-5).",
)


class Forme(NamedTuple):
    """One form of the ministry: title, subject, author, blocks, dates for machines."""

    titre: Deux
    objet: Deux
    auteur: Deux
    write: Callable[[Sujet], Iterator[Bloc]]
    echeances: Callable[[Sujet], list[Donnees]]


RETRAIT_DE = Deux("retrait de {points}, à compter du {date}", "{points} withdrawn, with effect from {date}")
RETOUR_DE = Deux("{points} de plus, à compter du {date}", "{points} more, with effect from {date}")
FORMES: Final[dict[str, Forme]] = {
    "48": Forme(
        Deux("Des points sont retirés de votre permis de conduire", "Points are withdrawn from your driving licence"),
        RETRAIT_DE,
        MINISTRE,
        write_48,
        echeances_48,
    ),
    "48M": Forme(
        Deux("Il reste peu de points sur votre permis de conduire", "Few points are left on your driving licence"),
        Deux(
            "retrait de {points}, à compter du {date} ; alerte", "{points} withdrawn, with effect from {date}; warning"
        ),
        MINISTRE,
        write_48m,
        echeances_48,
    ),
    "48N": Forme(
        Deux(
            "Des points sont retirés de votre permis et vous devez suivre un stage",
            "Points are withdrawn from your licence and you must take a course",
        ),
        Deux(
            "retrait de {points}, à compter du {date} ; stage obligatoire",
            "{points} withdrawn, with effect from {date}; compulsory course",
        ),
        MINISTRE,
        write_48n,
        echeances_48n,
    ),
    "48SI": Forme(
        Deux("Votre permis de conduire a perdu sa validité", "Your driving licence is no longer valid"),
        Deux(
            "retrait de {points}, solde nul, obligation de remettre le permis",
            "{points} withdrawn, balance nil, duty to hand in the licence",
        ),
        MINISTRE,
        write_48si,
        echeances_48si,
    ),
    "46": Forme(
        Deux("Votre capital de points est reconstitué", "Your points are restored"),
        RETOUR_DE,
        MINISTRE,
        write_46,
        echeances_46,
    ),
    "46B": Forme(
        Deux("Des points vous sont rendus au bout de dix ans", "Points come back to you after ten years"),
        RETOUR_DE,
        MINISTRE,
        write_46,
        echeances_46,
    ),
    "46D": Forme(
        Deux("Un point vous est rendu", "A point comes back to you"), RETOUR_DE, MINISTRE, write_46, echeances_46
    ),
    "47": Forme(
        Deux("Votre stage vous rend des points", "Your course gives you points back"),
        RETOUR_DE,
        PREFET,
        write_47,
        echeances_46,
    ),
}
FIN_PROBATOIRE = Deux("Votre période probatoire est finie", "Your probationary period is over")
TITRE_44 = Deux("Récépissé de votre permis de conduire", "Receipt for your driving licence")
OBJET_44 = Deux(
    "permis invalidé, remis le {date}",
    "licence no longer valid, handed in on {date}",
)
TITRE_REPRISE = Deux("Une lettre que nous vous avons adressée est retirée", "A letter that we sent you is withdrawn")
OBJET_REPRISE = Deux("lettre {reference} retirée", "letter {reference} withdrawn")
REFUS_48S = "la lettre 48S n'est plus écrite : la lettre 48SI l'a remplacée"


def compose_notification(sujet: Sujet) -> tuple[Donnees, dict[str, Textes]]:
    """The machine data and the texts of a letter owed for a movement."""
    forme = FORMES[sujet.courrier.reference]
    retraits = recap_48si(sujet) if sujet.courrier.reference == "48SI" else []
    donnees = write_donnees(sujet, retraits, forme.echeances(sujet))

    def entitle() -> tuple[str, str]:
        m = sujet.mouvement
        titre = FIN_PROBATOIRE if m.motif is Motif.FIN_PROBATOIRE else forme.titre
        return say(titre), say(forme.objet, points=Points(abs(m.variation)), date=m.date)

    return donnees, write_textes(sujet, entitle, forme.auteur, lambda: forme.write(sujet))


def compose_recepisse(remise: Remise) -> tuple[Donnees, dict[str, Textes]]:
    """The same for a receipt 44."""

    def entitle() -> tuple[str, str]:
        return say(TITRE_44), say(OBJET_44, date=remise.fait.date)

    return donnees_44(remise), write_textes(remise, entitle, PREFET_DE_RESIDENCE, lambda: write_44(remise))


def compose_reprise(reprise: Reprise) -> tuple[Donnees, dict[str, Textes]]:
    """The same for a letter that takes back another one."""
    reference = reprise.du.reference
    auteur = PREFET_DE_RESIDENCE if reference == "44" else PREFET if reference == "47" else MINISTRE

    def entitle() -> tuple[str, str]:
        return say(TITRE_REPRISE), say(OBJET_REPRISE, reference=reference)

    return donnees_reprise(reprise), write_textes(reprise, entitle, auteur, lambda: write_reprise(reprise))


def write_textes(
    sujet: Sujet | Remise | Reprise,
    entitle: Callable[[], tuple[str, str]],
    auteur: Deux,
    write: Callable[[], Iterator[Bloc]],
) -> dict[str, Textes]:
    """All that is read of a letter, in each language in turn."""
    textes = {}
    for langue in LANGUES:
        with override(langue):
            titre, objet = entitle()
            blocs = [*write_debut(sujet.envoi), *write()]
            textes[langue] = Textes(
                titre=titre,
                objet=objet,
                blocs=blocs,
                mentions=write_mentions(auteur),
                francais=list_french_names(sujet.lu.faits, blocs),
            )
    return textes
