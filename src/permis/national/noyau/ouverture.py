"""What opens a capital of points: a first licence, a new one, an exchange, a foreign one (C. route, art. L. 223-1 s.).

As `droit.ouverture`.
"""

from __future__ import annotations

from permis.droit.capital import MOIS_DES_ANNIVERSAIRES
from permis.national import codes
from permis.national.loi import REGLES
from permis.national.noyau import places as p
from permis.national.noyau.calendrier import add_months
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.compte import open_compte, post, tell
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.etablissement import CAPITAL_MAXIMAL
from permis.national.noyau.places import Travail
from permis.national.noyau.probation import (
    CAPITAL_ETRANGER,
    is_clean,
    is_exchange,
    origin_of,
)
from permis.national.noyau.textes import exists_on, points_du_conducteur, value, version

CAPITAL_OBTENTION = rank(REGLES, "capital_obtention")
MAJORATION_ANNUELLE = rank(REGLES, "majoration_annuelle")
REPRISE_ETRANGER = rank(REGLES, "reprise_etranger")
PREMIER_JOUR_ENTIER = rank(codes.CLES, "capital_entier")
PROBATOIRE = rank(codes.CLES, "capital_probatoire")
ECHANGE = rank(codes.CLES, "capital_echange")
ECHANGE_PROBATOIRE = rank(codes.CLES, "capital_echange_probatoire")
CAPITAL_1992 = rank(codes.CLES, "capital_1992")
PERMIS_ETRANGER = rank(codes.CLES, "capital_etranger")
RENOUVELE = rank(codes.CLES, "capital_renouvele")
NOUVEAU = rank(codes.CLES, "nouveau_permis")
NOUVEAU_ENTIER = rank(codes.CLES, "nouveau_permis_entier")
REPRISE = rank(codes.CLES, "reprise_etranger")


@compile_noyau
def open_capital(t: Travail, titre: int) -> None:
    """Post the first movement of a licence."""
    ligne = t.titres[titre]
    jour = ligne[p.L_DEBUT]
    maximum = value(t, CAPITAL_MAXIMAL, jour, 0)
    if ligne[p.L_ETRANGER]:
        points = value(t, CAPITAL_ETRANGER, jour, maximum)
        open_compte(t, points, maximum)
        cle = RENOUVELE if ligne[p.L_RENOUVELE] else PERMIS_ETRANGER
        post(t, jour, points, cle, version(t, CAPITAL_ETRANGER, jour), ligne[p.L_DELIVRANCE])
    elif ligne[p.L_P_DEBUT] == ABSENT:
        _open_whole(t, titre, maximum)
    else:
        _open_probation(t, titre, maximum)


@compile_noyau
def _open_whole(t: Travail, titre: int, maximum: int) -> None:
    jour, delivrance = t.titres[titre, p.L_DEBUT], t.titres[titre, p.L_DELIVRANCE]
    if t.faits[delivrance, p.F_MARQUES] & codes.RETOUR:
        cle = NOUVEAU_ENTIER
    elif is_exchange(t, delivrance):
        cle = ECHANGE
    else:
        cle = CAPITAL_1992 if jour > t.faits[delivrance, p.F_DATE] else PREMIER_JOUR_ENTIER
    open_compte(t, maximum, maximum)
    mouvement = post(t, jour, maximum, cle, version(t, CAPITAL_MAXIMAL, jour), delivrance)
    tell(t, mouvement, origin_of(t, delivrance), ABSENT, 0)


@compile_noyau
def _open_probation(t: Travail, titre: int, maximum: int) -> None:
    jour, delivrance = t.titres[titre, p.L_DEBUT], t.titres[titre, p.L_DELIVRANCE]
    debut = t.titres[titre, p.L_P_DEBUT]
    points = value(t, CAPITAL_OBTENTION, debut, maximum) + _gains_before(t, titre, jour)
    cle = NOUVEAU if t.faits[delivrance, p.F_MARQUES] & codes.RETOUR else PROBATOIRE
    if debut != t.faits[delivrance, p.F_DATE]:
        cle = ECHANGE_PROBATOIRE
    open_compte(t, points, points)
    mouvement = post(t, jour, points, cle, version(t, CAPITAL_OBTENTION, debut), delivrance)
    tell(t, mouvement, debut, t.titres[titre, p.L_P_FIN], 0)


@compile_noyau
def _gains_before(t: Travail, titre: int, jour: int) -> int:
    """Yearly gains already earned when an exchanged licence opens on `jour` (they run from the first licence)."""
    debut = t.titres[titre, p.L_P_DEBUT]
    if not exists_on(t, MAJORATION_ANNUELLE, debut):
        return 0
    acquis = 0
    for mois in MOIS_DES_ANNIVERSAIRES:
        anniversaire = add_months(debut, mois)
        if anniversaire <= jour and is_earned(t, titre, anniversaire):
            acquis += 1
    return acquis * value(t, MAJORATION_ANNUELLE, debut, 2 * value(t, CAPITAL_MAXIMAL, jour, 0))


@compile_noyau
def is_earned(t: Travail, titre: int, anniversaire: int) -> bool:
    """Whether a gain falls due at the end of a year: before the end of the probation, and with no offence since its
    start.
    """
    debut, fin = t.titres[titre, p.L_P_DEBUT], t.titres[titre, p.L_P_FIN]
    return anniversaire < fin and is_clean(t, debut, anniversaire)


@compile_noyau
def take_over(t: Travail, titre: int) -> None:
    """A foreign driver obtains a French licence: the points held are taken over (C. route, art. L. 223-11)."""
    c, reprise = t.compte, t.titres[titre, p.L_REPRISE]
    jour = t.faits[reprise, p.F_DATE]
    maximum = value(t, CAPITAL_MAXIMAL, jour, 0)
    plafond = maximum
    if t.titres[titre, p.L_P_DEBUT] != ABSENT:
        plafond = value(t, CAPITAL_OBTENTION, t.titres[titre, p.L_P_DEBUT], maximum)
        plafond += _gains_before(t, titre, jour)
    ancien = c[p.K_SOLDE]
    c[p.K_SOLDE], c[p.K_PLAFOND] = points_du_conducteur(c[p.K_SOLDE], plafond)
    post(t, jour, c[p.K_SOLDE] - ancien, REPRISE, version(t, REPRISE_ETRANGER, jour), reprise)
