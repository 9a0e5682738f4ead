"""The text of each letter, in one language at a time: what happened, the balance, what may be done."""

from __future__ import annotations

from django.utils.translation import override

from permis.courriers.contenu.blocs import cite_paragraphe, write_chiffres, write_paragraphe
from permis.courriers.contenu.formes import Bloc, Textes
from permis.courriers.contenu.langues import Deux, say, say_solde
from permis.courriers.contenu.sujet import Sujet
from permis.droit.phrases import Points
from permis.typographie import format_date, is_french, write

TITRES = {
    "48": Deux("Retrait de points de votre permis de conduire", "Points withdrawn from your driving licence"),
    "46": Deux("Reconstitution de vos points", "Your points are restored"),
}
OBJET = Deux("Lettre {reference} : {titre}", "Letter {reference}: {titre}")
COURTOISIE = Deux("", "Courtesy translation. Only the French text of this letter has legal effect.")
BONJOUR = Deux("Madame, Monsieur,", "Dear Sir or Madam,")


def write_textes(sujet: Sujet, nature: str, numero: str, langue: str) -> Textes:
    """All that one language reads of a letter."""
    with override(langue):
        titre = say(TITRES.get(sujet.courrier.reference, TITRES["48"]))
        objet = say(OBJET, reference=sujet.courrier.reference, titre=titre)
        return Textes(titre=titre, objet=objet, blocs=write_blocs(sujet), mentions=[])


def write_blocs(sujet: Sujet) -> list[Bloc]:
    """The blocks of a letter in the active language."""
    m = sujet.mouvement
    return [
        *([] if is_french() else [write_paragraphe(COURTOISIE)]),
        write_paragraphe(BONJOUR),
        cite_paragraphe(write(m.explication)),
        write_chiffres(
            [
                (Deux("Date d'effet", "Effective from"), format_date(m.date)),
                (Deux("Points", "Points"), say(Deux("{points}", "{points}"), points=Points(abs(m.variation)))),
                (Deux("Solde", "Balance"), say_solde(m.solde, m.plafond)),
            ]
        ),
    ]
