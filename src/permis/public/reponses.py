"""What the answer of a check means and what to do, for someone at a desk who has a telephone and a minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from permis.affichage.libelles import Texte
from permis.courriers.verification import Montre, Verdict


class Moyen(StrEnum):
    """What was brought."""

    NUMERO = "numero"
    SCEAU = "sceau"
    QR = "qr"
    FICHIER = "fichier"


@dataclass(frozen=True, slots=True)
class Dit:
    """An answer in words: the large one, what it means, what to do."""

    ton: str
    titre: Texte
    sens: Texte
    faire: Texte


@dataclass(frozen=True, slots=True)
class Reponse:
    """What is said of a verdict: by a number alone, or with the document in hand; of a letter; of a full statement; of
    a document, genuine as it is, that says that its holder may not drive; of a letter whose content is erased.
    """

    tenu: Dit
    numero: Dit
    courrier: Dit | None = None
    releve: Dit | None = None
    sans_droit: Dit | None = None
    efface: Dit | None = None

    def said_of(self, moyen: Moyen, montre: Montre | None, *, efface: bool = False) -> Dit:
        """The words for this way of asking."""
        if moyen is Moyen.NUMERO:
            return self.numero
        if efface:
            return self.efface or self.courrier or self.tenu
        if montre is not None and montre.genre is None and self.courrier:
            return self.courrier
        if montre is not None and montre.textes is None and self.releve:
            return self.releve
        if montre is not None and montre.valide is False and self.sans_droit:
            return self.sans_droit
        return self.tenu


CALME, GRAVE, ATTENTION = "calme", "grave", "attention"
DEMANDER_NEUF: Final = _(
    "Ne vous y fiez pas. Demandez à la personne un document neuf : elle l’obtient en une minute, gratuitement, dans "
    "son espace, sur son téléphone."
)
COMPARER: Final = _(
    "Comparez ce qui suit avec ce que vous avez en main, puis avec une pièce d’identité : le nom, la date de "
    "naissance et les catégories doivent être les mêmes."
)

REPONSES: Final[Mapping[Verdict, Reponse]] = {
    Verdict.AUTHENTIQUE: Reponse(
        tenu=Dit(
            CALME,
            _("Ce document est authentique"),
            _("Nous l’avons émis, et ce qu’il dit du droit de conduire est encore vrai à cette minute."),
            COMPARER,
        ),
        numero=Dit(
            CALME,
            _("Ce numéro est authentique"),
            _(
                "C’est celui d’un document que nous avons émis, et qui vaut encore à cette minute. Un numéro seul ne "
                "dit rien de plus : ni à qui est le document, ni ce qui y est écrit."
            ),
            _(
                "Un numéro se recopie sur un faux. Pour être sûr de ce que dit le document, scannez son QR code ou "
                "déposez son fichier : vous verrez ce que nous avons écrit, et vous comparerez."
            ),
        ),
        courrier=Dit(
            CALME,
            _("Ce courrier vient bien de nous"),
            _("Nous l’avons écrit, et rien ne l’a repris depuis."),
            _("Comparez le numéro, la date et le nom. Nous ne répétons pas ici ce que dit le courrier."),
        ),
        releve=Dit(
            CALME,
            _("Ce document est authentique"),
            _("Nous l’avons émis, et ce qu’il dit du droit de conduire est encore vrai à cette minute."),
            _(
                "Nous ne répétons pas son contenu : il porte des points, que ni un employeur, ni un assureur, ni un "
                "loueur n’a le droit de demander (C. route, art. L. 223-7). Demandez plutôt une attestation de droits "
                "à conduire."
            ),
        ),
        sans_droit=Dit(
            GRAVE,
            _("Authentique, mais sans droit de conduire"),
            _("Nous avons émis ce document, et il dit que son titulaire n’a pas le droit de conduire aujourd’hui."),
            _("Ne lui confiez pas de véhicule. Lisez plus bas ce que dit le document, et comparez."),
        ),
        efface=Dit(
            CALME,
            _("Ce courrier vient bien de nous"),
            _(
                "Nous l’avons écrit. Ce qu’il disait est effacé de notre fichier, au terme que fixe la loi (C. route, "
                "art. L. 225-2) : sa signature ou son cachet est le nôtre, mais nous n’avons plus de texte à comparer."
            ),
            _("Il ne dit plus rien de la situation d’aujourd’hui : ne vous en servez pas pour en juger."),
        ),
    ),
    Verdict.EXPIRE: Reponse(
        tenu=Dit(
            ATTENTION,
            _("Ce document est périmé"),
            _("Nous l’avons émis, mais sa durée est passée. Cela ne dit rien du droit de conduire d’aujourd’hui."),
            DEMANDER_NEUF,
        ),
        numero=Dit(
            ATTENTION,
            _("Ce document est périmé"),
            _("Nous l’avons émis, mais sa durée est passée. Cela ne dit rien du droit de conduire d’aujourd’hui."),
            DEMANDER_NEUF,
        ),
    ),
    Verdict.REVOQUE: Reponse(
        tenu=Dit(
            GRAVE,
            _("Ce document ne vaut plus"),
            _(
                "Nous l’avons émis, mais son titulaire l’a annulé, ou ce qu’il dit a changé depuis. Nous ne disons "
                "pas lequel des deux, ni pourquoi : cela ne regarde que lui."
            ),
            DEMANDER_NEUF,
        ),
        numero=Dit(
            GRAVE,
            _("Ce document ne vaut plus"),
            _(
                "Nous l’avons émis, mais il a été annulé, ou ce qu’il dit a changé depuis. Nous ne disons pas lequel "
                "des deux, ni pourquoi : cela ne regarde que son titulaire."
            ),
            DEMANDER_NEUF,
        ),
        courrier=Dit(
            GRAVE,
            _("Ce courrier ne vaut plus"),
            _(
                "Nous l’avons écrit, mais ce qu’il disait est tombé depuis. Un autre courrier le dit à son "
                "destinataire."
            ),
            _("Demandez à la personne ce que dit le courrier qui a suivi."),
        ),
    ),
    Verdict.ALTERE: Reponse(
        tenu=Dit(
            GRAVE,
            _("Ce document a été modifié"),
            _("Il se dit de nous, mais sa signature ou son cachet ne correspond pas à ce qu’il contient."),
            _(
                "Ne vous y fiez pas. Une photo floue peut tromper la lecture : scannez le QR code, ou demandez à la "
                "personne son fichier PDF d’origine."
            ),
        ),
        numero=Dit(GRAVE, _("Ce document a été modifié"), "", DEMANDER_NEUF),
    ),
    Verdict.INCONNU: Reponse(
        tenu=Dit(
            GRAVE,
            _("Nous ne reconnaissons pas ce document"),
            _(
                "Nous n’y trouvons ni notre signature, ni un cachet ou un QR code que nous connaissions. Un PDF "
                "imprimé puis numérisé, ou enregistré de nouveau, n’a plus sa signature."
            ),
            _(
                "Si c’est une photo, reprenez-la de près et de face, ou scannez le QR code avec l’appareil photo du "
                "téléphone. Sinon, ne vous fiez pas à ce document."
            ),
        ),
        numero=Dit(
            GRAVE,
            _("Nous ne connaissons pas ce numéro"),
            _("Aucun document de ce numéro n’a été émis ici."),
            _("Relisez-le sur le document. S’il est bien recopié, ne vous fiez pas au document."),
        ),
    ),
}
