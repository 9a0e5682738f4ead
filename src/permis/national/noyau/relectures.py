"""The same facts read again with an earlier knowledge: each movement that it showed and that no longer stands.

As the first half of `droit.relectures`.
"""

from __future__ import annotations

from permis.national import codes
from permis.national.loi import JAMAIS
from permis.national.noyau import places as p
from permis.national.noyau.compilation import compile_noyau, rank
from permis.national.noyau.connus import ANNULATION, INFRACTION, REALITE, RETRAIT
from permis.national.noyau.echeancier import NOTIFICATION
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.places import Travail
from permis.national.noyau.probation import CAPITAL_MAXIMAL
from permis.national.noyau.survol import may_move
from permis.national.noyau.textes import first_day
from permis.national.noyau.vie import fold

MESURE = rank(codes.TYPES, "mesure")


@compile_noyau
def correct(t: Travail, avant: Travail) -> None:
    """Read what was known on the eve of each lesson, and keep what it showed by the day asked that does not stand.

    `avant` is used up. A lesson that can undo nothing shown is not read: what was shown before the day from which it
    acts stands or falls by another one.
    """
    t[p.COMPTE, 0, p.N_CORRECTIONS] = 0
    charge = False
    lecon = _next_lesson(t, ABSENT)
    while lecon != JAMAIS:
        depuis, limite = _acts_from(t, lecon), min(lecon - 1, t[p.QUESTION, 0, p.Q_LE])
        if lecon > first_day(t, CAPITAL_MAXIMAL) and may_move(t, depuis, limite):
            if not charge:
                _copy_faits(t, avant)
                charge = True
            fold(avant, lecon - 1)
            _keep_fallen(t, avant, lecon)
        lecon = _next_lesson(t, lecon)
    if t[p.COMPTE, 0, p.N_CORRECTIONS] > 1:
        _sort(t)


@compile_noyau
def _copy_faits(t: Travail, avant: Travail) -> None:
    for place in range(p.DEBORDE):
        avant[p.COMPTE, 0, place] = t[p.COMPTE, 0, place]
    for i in range(t[p.COMPTE, 0, p.N_FAITS]):
        for place in range(p.F_PROPRE + 1):
            avant[p.FAITS, i, place] = t[p.FAITS, i, place]


@compile_noyau
def _acts_from(t: Travail, lecon: int) -> int:
    """The first day that a lesson may change: an offence acts from its commission, another fact from its own day.

    `ABSENT` for an annulment, which may change anything.
    """
    f, depuis = t[p.FAITS], lecon
    for i in range(t[p.COMPTE, 0, p.N_FAITS]):
        genre, apprise = f[i, p.F_TYPE], f[i, p.F_CONNU] == lecon
        if genre == INFRACTION:
            if apprise or lecon in (f[i, p.F_SECONDE], f[i, p.F_DECIDE]):
                depuis = min(depuis, f[i, p.F_DATE])
        elif not apprise:
            continue
        elif genre == ANNULATION:
            return ABSENT
        elif genre in (REALITE, RETRAIT):
            depuis = min(depuis, f[f[i, p.F_VISE], p.F_DATE])
        else:
            depuis = min(depuis, f[i, p.F_PROPRE])
    return depuis


@compile_noyau
def _next_lesson(t: Travail, apres: int) -> int:
    """The first day after `apres` on which something was learned that may undo what was shown; `JAMAIS` if none."""
    prochaine, limite = JAMAIS, t[p.QUESTION, 0, p.Q_CONNU_LE]
    for i in range(t[p.COMPTE, 0, p.N_FAITS]):
        for jour in _lessons(t, i):
            if apres < jour <= limite and jour < prochaine:
                prochaine = jour
    return prochaine


@compile_noyau
def _lessons(t: Travail, i: int) -> tuple[int, int, int]:
    """The days on which a fact, and what an offence holds inline, were learned, where that may change the past."""
    f = t[p.FAITS]
    genre, connu = f[i, p.F_TYPE], f[i, p.F_CONNU]
    if genre == INFRACTION:
        return (connu if connu > _established_on(t, i) else ABSENT), f[i, p.F_SECONDE], f[i, p.F_DECIDE]
    toujours = genre in (ANNULATION, REALITE, RETRAIT, NOTIFICATION)
    return (connu if toujours or connu > f[i, p.F_PROPRE] else ABSENT), ABSENT, ABSENT


@compile_noyau
def _established_on(t: Travail, i: int) -> int:
    """The day the first event of an offence was learned, known or fallen since; `JAMAIS` if there is none."""
    f = t[p.FAITS]
    jour: int = f[i, p.F_SECONDE] if f[i, p.F_SECONDE] != ABSENT else JAMAIS
    if t[p.COMPTE, 0, p.A_REALITES]:
        for j in range(t[p.COMPTE, 0, p.N_FAITS]):
            if f[j, p.F_TYPE] == REALITE and f[j, p.F_VISE] == i:
                jour = min(jour, f[j, p.F_CONNU])
    return jour


@compile_noyau
def _keep_fallen(t: Travail, avant: Travail, lecon: int) -> None:
    m = avant[p.MOUVEMENTS]
    limite = min(lecon - 1, t[p.QUESTION, 0, p.Q_LE])
    for i in range(avant[p.COMPTE, 0, p.N_MOUVEMENTS]):
        if m[i, p.M_DATE] > limite:
            break
        if not _stands_still(t, m[i]):
            _keep(t, m[i], lecon)


@compile_noyau
def _is_same(a: p.Table, b: p.Table) -> bool:
    memes: bool = a[p.M_DATE] == b[p.M_DATE] and a[p.M_FAIT] == b[p.M_FAIT]
    return memes and a[p.M_MOTIF] == b[p.M_MOTIF] and a[p.M_VARIATION] == b[p.M_VARIATION]


@compile_noyau
def _stands_still(t: Travail, mouvement: p.Table) -> bool:
    for i in range(t[p.COMPTE, 0, p.N_MOUVEMENTS]):
        if t[p.MOUVEMENTS, i, p.M_DATE] <= t[p.QUESTION, 0, p.Q_LE] and _is_same(t[p.MOUVEMENTS, i], mouvement):
            return True
    return False


@compile_noyau
def _keep(t: Travail, mouvement: p.Table, lecon: int) -> None:
    """Write a correction; of a movement that fell twice, the last time."""
    x = t[p.CORRECTIONS]
    i = 0
    while i < t[p.COMPTE, 0, p.N_CORRECTIONS] and not _is_same(x[i], mouvement):
        i += 1
    if i >= len(x):
        t[p.COMPTE, 0, p.DEBORDE] = 1
        return
    t[p.COMPTE, 0, p.N_CORRECTIONS] = max(t[p.COMPTE, 0, p.N_CORRECTIONS], i + 1)
    for place in range(p.C_CESSE_LE):
        x[i, place] = mouvement[place]
    x[i, p.C_CESSE_LE], x[i, p.C_CAUSE] = lecon, _cause(t, lecon, mouvement)


@compile_noyau
def _cause(t: Travail, lecon: int, mouvement: p.Table) -> int:
    """The fact learned that day that explains best why a movement fell.

    An annulment of what it rests on; else an offence committed by its day; else another annulment; else another fact.
    """
    meilleur, choix = -1, 0
    for i in range(t[p.COMPTE, 0, p.N_FAITS]):
        valeur, fait = _weight(t, i, lecon, mouvement)
        if valeur > choix or (valeur == choix and valeur > 0 and fait < meilleur):
            choix, meilleur = valeur, fait
    return meilleur


@compile_noyau
def _weight(t: Travail, i: int, lecon: int, mouvement: p.Table) -> tuple[int, int]:
    """How well a fact explains a fall (0: it was not learned that day), and the fact to name."""
    f = t[p.FAITS]
    genre, apprise = f[i, p.F_TYPE], f[i, p.F_CONNU] == lecon
    if genre == ANNULATION:
        if not apprise:
            return 0, i
        return (4 if _undoes(t, f[i, p.F_VISE], mouvement[p.M_FAIT]) else 2), i
    nommee = f[i, p.F_VISE] if genre in (REALITE, RETRAIT) else i
    if genre == INFRACTION:
        apprise = apprise or lecon in (f[i, p.F_SECONDE], f[i, p.F_DECIDE])
    if not apprise:
        return 0, i
    if f[nommee, p.F_TYPE] == INFRACTION and f[nommee, p.F_DATE] <= mouvement[p.M_DATE]:
        return 3, nommee
    return 1, i


@compile_noyau
def _undoes(t: Travail, vise: int, fait: int) -> bool:
    f = t[p.FAITS]
    infraction: bool = f[vise, p.F_TYPE] in (REALITE, RETRAIT) and f[vise, p.F_VISE] == fait
    return infraction or vise == fait


@compile_noyau
def _sort(t: Travail) -> None:
    """By the day of the movement, then by that on which it ceased to stand; two of both, by motif and fact."""
    x = t[p.CORRECTIONS]
    for haut in range(1, t[p.COMPTE, 0, p.N_CORRECTIONS]):
        bas = haut
        while bas > 0 and _precedes(x[bas], x[bas - 1]):
            for place in range(p.LARGEUR):
                x[bas, place], x[bas - 1, place] = x[bas - 1, place], x[bas, place]
            bas -= 1


@compile_noyau
def _precedes(a: p.Table, b: p.Table) -> bool:
    for place in (p.M_DATE, p.C_CESSE_LE, p.M_MOTIF, p.M_FAIT):
        if a[place] != b[place]:
            avant: bool = a[place] < b[place]
            return avant
    return False
