"""Statements as contents: full for the holder (L. 225-3), restricted (L. 225-5), attestation of the right to drive.

Only the full one holds points; it is for its holder alone. The two others tell what `etat_de` gives and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.translation import override

from permis.courriers.contenu.blocs import write_chiffres, write_paragraphe, write_tableau
from permis.courriers.contenu.etat import Photo, empreinte_etat, etat_de
from permis.courriers.contenu.formes import LANGUES, VERSION, Bloc, ContenuDocument, Donnees, Textes
from permis.courriers.contenu.integral import donnees_integrales, write_integral
from permis.courriers.contenu.langues import Deux, say
from permis.courriers.contenu.lettres import write_destinataire
from permis.courriers.contenu.noms import list_french_names
from permis.courriers.contenu.sujet import RienADireError
from permis.courriers.contenu.validites import VALIDITES, say_mesure, write_categories
from permis.droit.attestation import attestation_valid_until
from permis.registre.lecture import DossierLu
from permis.typographie import format_date

__all__ = ["compose_document", "empreinte_etat", "etat_de"]

COURTOISIE = Deux("", "Courtesy translation. Only the French text has legal effect.")
VALIDITE = Deux("Droit de conduire", "Right to drive")
JUSQU_AU = Deux("Valable jusqu'au", "Good until")
ETAT_AU = Deux("État au", "State on")
MESURES = Deux("Mesures en cours", "Measures in force")
MESURE = (Deux("Mesure", "Measure"),)
RIR = Deux(
    "Ce relevé dit l'existence, les catégories et la validité du permis de conduire de son titulaire. Il ne contient ni points ni "
    "infractions (C. route, art. L. 225-5).",
    "This statement tells the existence, the categories and the validity of its holder's driving licence. It contains neither "
    "points nor offences (C. route, art. L. 225-5).",
)
ADC = Deux(
    "Cette attestation dit que son titulaire a le droit de conduire les véhicules des catégories suivantes. Elle ne contient "
    "ni points ni infractions ({article}).",
    "This attestation says that its holder has the right to drive vehicles of the following categories. It contains neither points "
    "nor offences ({article}).",
)
AUCUNE_RESTRICTION = Deux(
    "Aucune restriction de ce droit, décidée par le préfet ou par un juge, n'est en cours.",
    "No restriction of that right, decided by the prefect or by a court, is in force.",
)
AUCUNE_CATEGORIE = Deux("Aucune catégorie n'est détenue à cette date.", "No category is held on that day.")
VERIFIER = Deux(
    "Vérifiez ce document avant de vous y fier : son code QR ouvre la page qui dit s'il est authentique et si rien n'a changé depuis. "
    "Une suspension ou une invalidation survenue après qu'il a été établi s'y voit aussitôt.",
    "Check this document before you rely on it: its QR code opens the page that says whether it is genuine and whether nothing has "
    "changed since. A suspension or loss of validity that came after it was made shows there at once.",
)
PAS_DE_POINTS = Deux(
    "Le nombre de points ne peut être demandé ni par un employeur, ni par un assureur, ni par un loueur (C. route, art. L. 223-7).",
    "No employer, insurer or rental company may ask for the number of points (C. route, art. L. 223-7).",
)
RII_SECRET = Deux(
    "Ce relevé contient vos points : il est pour vous seul. Ni employeur, ni assureur, ni loueur n'a le droit de vous le demander (C. route, art. "
    "L. 223-7). Pour prouver votre droit de conduire, donnez une attestation de droits à conduire.",
    "This statement contains your points: it is for you alone. No employer, insurer or rental company may ask you for it (C. route, art. "
    "L. 223-7). To prove your right to drive, give an attestation of the right to drive.",
)


class Genre(NamedTuple):
    """One kind of statement: title, subject, small print."""

    titre: Deux
    objet: Deux
    mentions: tuple[Deux, ...]


GENRES: Final[dict[str, Genre]] = {
    "rii": Genre(
        Deux("Relevé d'information intégral", "Full statement of information"),
        Deux(
            "tout ce que le fichier contient sur votre permis (C. route, art. L. 225-3)",
            "all that the file holds about your licence",
        ),
        (RII_SECRET,),
    ),
    "rir": Genre(
        Deux("Relevé d'information restreint", "Restricted statement of information"),
        Deux(
            "existence, catégories et validité du permis (C. route, art. L. 225-5)",
            "existence, categories and validity of the licence",
        ),
        (VERIFIER, PAS_DE_POINTS),
    ),
    "adc": Genre(
        Deux("Attestation de droits à conduire", "Attestation of the right to drive"),
        Deux("catégories, restrictions et validité", "categories, restrictions and validity"),
        (VERIFIER, PAS_DE_POINTS),
    ),
}


def compose_document(
    lu: DossierLu, genre: str, *, numero: str, secret_url: str, le: date, langue: str
) -> ContenuDocument:
    """The content of a statement of the day; RienADireError for an attestation when there is no right to drive.

    Both languages are in it whatever `langue`, the one asked for. `donnees["valable_jusqu_au"]` is the last day of an
    attestation, null for a statement.
    """
    photo = Photo(lu, le)
    etat = photo.etat
    if genre == "adc" and not is_attestable(etat):
        raise RienADireError("aucun droit de conduire tiré d'un permis français n'est en cours de validité ce jour-là")
    fin = attestation_valid_until(le).value if genre == "adc" else None
    donnees: Donnees = {"genre": genre, "etat": etat, "valable_jusqu_au": fin.isoformat() if fin else None}
    if genre == "rii":
        donnees |= donnees_integrales(photo)
    return ContenuDocument(
        version=VERSION,
        genre=genre,
        langue=langue,
        numero=numero,
        secret_url=secret_url,
        ecrit_le=le.isoformat(),
        destinataire=write_destinataire(lu),
        donnees=donnees,
        textes={autre: _write_textes(genre, autre, photo) for autre in LANGUES},
    )


def is_attestable(etat: Mapping[str, Any]) -> bool:
    """Whether one may drive that day by a French licence: the authority that gave a foreign one attests it."""
    return bool(etat["valide"]) and any(c["titre"] == "francais" for c in etat["categories"])


def _write_textes(genre: str, langue: str, photo: Photo) -> Textes:
    with override(langue):
        forme = GENRES[genre]
        debut = [] if langue == "fr" else [write_paragraphe(COURTOISIE)]
        blocs = [*debut, *ECRITURES[genre](photo)]
        return Textes(
            titre=say(forme.titre),
            objet=say(forme.objet),
            blocs=blocs,
            mentions=[say(mention) for mention in forme.mentions],
            francais=list_french_names(photo.lu.faits, blocs),
        )


def write_restreint(photo: Photo) -> Iterator[Bloc]:
    """Validity, categories, measures that run."""
    etat = photo.etat
    yield write_paragraphe(RIR)
    yield write_chiffres([(say(VALIDITE), say(VALIDITES[etat["validite"]])), (say(ETAT_AU), format_date(photo.le))])
    yield write_categories(etat) if etat["categories"] else write_paragraphe(AUCUNE_CATEGORIE)
    if etat["mesures"]:
        yield write_tableau(MESURES, MESURE, [[say_mesure(mesure)] for mesure in etat["mesures"]])


def write_attestation(photo: Photo) -> Iterator[Bloc]:
    """Until when it is good, categories, restrictions."""
    etat, (fin, version) = photo.etat, attestation_valid_until(photo.le)
    yield write_paragraphe(ADC, article=version.cite)
    yield write_chiffres([(say(VALIDITE), say(VALIDITES[etat["validite"]])), (say(JUSQU_AU), format_date(fin))])
    yield write_categories(etat)
    if etat["mesures"]:
        yield write_tableau(MESURES, MESURE, [[say_mesure(mesure)] for mesure in etat["mesures"]])
    else:
        yield write_paragraphe(AUCUNE_RESTRICTION)


ECRITURES: Final[dict[str, Callable[[Photo], Iterator[Bloc]]]] = {
    "rii": write_integral,
    "rir": write_restreint,
    "adc": write_attestation,
}
