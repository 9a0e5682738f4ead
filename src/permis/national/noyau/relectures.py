"""The same facts read again with an earlier knowledge: each movement that it showed and that no longer stands.

As the first half of `droit.relectures`.
"""

from __future__ import annotations

from permis.national.loi import JAMAIS
from permis.national.noyau import places as p
from permis.national.noyau.compilation import compile_noyau
from permis.national.noyau.connus import ANNULATION, INFRACTION, REALITE, RETRAIT
from permis.national.noyau.echeancier import NOTIFICATION
from permis.national.noyau.entrees import ABSENT
from permis.national.noyau.etablissement import CAPITAL_MAXIMAL
from permis.national.noyau.places import Travail
from permis.national.noyau.survol import may_move
from permis.national.noyau.textes import first_day
from permis.national.noyau.vie import fold


@compile_noyau
def correct(t: Travail, avant: Travail) -> None:
    """Read what was known on the eve of each lesson, and keep what it showed by the day asked that does not stand.

    `avant` is used up. A lesson that can undo nothing shown is not read: what was shown before the day from which it
    acts stands or falls by another one.
    """
    c, x = t.compte, t.lecons
    c[p.N_CORRECTIONS], c[p.N_SURVOL] = 0, -1
    charge = False
    _list_lessons(t)
    for rang in range(c[p.N_LECONS]):
        lecon, limite = x[rang, p.X_LECON], min(x[rang, p.X_LECON] - 1, t.question[p.Q_LE])
        if lecon > first_day(t, CAPITAL_MAXIMAL) and may_move(t, x[rang, p.X_DEPUIS], limite):
            if not charge:
                _copy_faits(t, avant)
                charge = True
            fold(avant, lecon - 1)
            _keep_fallen(t, avant, lecon)
    if c[p.N_CORRECTIONS] > 1:
        _sort(t)


@compile_noyau
def _copy_faits(t: Travail, avant: Travail) -> None:
    for place in range(p.DEBORDE):
        avant.compte[place] = t.compte[place]
    for i in range(t.compte[p.N_FAITS]):
        for place in range(p.F_PROPRE + 1):
            avant.faits[i, place] = t.faits[i, place]


@compile_noyau
def _list_lessons(t: Travail) -> None:
    """The days on which something was learned that may undo what was shown, in order, and from when each acts."""
    f = t.faits
    t.compte[p.N_LECONS] = 0
    for i in range(t.compte[p.N_FAITS]):
        genre, connu = f[i, p.F_TYPE], f[i, p.F_CONNU]
        if genre == INFRACTION:
            _add_lesson(t, f[i, p.F_SECONDE], f[i, p.F_DATE])
            _add_lesson(t, f[i, p.F_DECIDE], f[i, p.F_DATE])
            if connu > f[i, p.F_DATE] and connu > _established_on(t, i):
                _add_lesson(t, connu, f[i, p.F_DATE])
        elif genre == ANNULATION:
            _add_lesson(t, connu, ABSENT)
        elif genre in (REALITE, RETRAIT):
            _add_lesson(t, connu, f[f[i, p.F_VISE], p.F_DATE])
        elif genre == NOTIFICATION or connu > f[i, p.F_PROPRE]:
            _add_lesson(t, connu, f[i, p.F_PROPRE])


@compile_noyau
def _add_lesson(t: Travail, lecon: int, depuis: int) -> None:
    """Put a lesson in its place; two of one day are one, which acts from the earlier of their days."""
    x, nombre = t.lecons, t.compte[p.N_LECONS]
    if lecon == ABSENT or lecon > t.question[p.Q_CONNU_LE]:
        return
    bas = nombre
    while bas > 0 and x[bas - 1, p.X_LECON] > lecon:
        bas -= 1
    if bas > 0 and x[bas - 1, p.X_LECON] == lecon:
        x[bas - 1, p.X_DEPUIS] = min(x[bas - 1, p.X_DEPUIS], depuis)
        return
    for rang in range(nombre, bas, -1):
        x[rang, p.X_LECON], x[rang, p.X_DEPUIS] = x[rang - 1, p.X_LECON], x[rang - 1, p.X_DEPUIS]
    x[bas, p.X_LECON], x[bas, p.X_DEPUIS] = lecon, depuis
    t.compte[p.N_LECONS] = nombre + 1


@compile_noyau
def _established_on(t: Travail, i: int) -> int:
    """The day the first event of an offence was learned, known or fallen since; `JAMAIS` if there is none."""
    f = t.faits
    jour: int = f[i, p.F_SECONDE] if f[i, p.F_SECONDE] != ABSENT else JAMAIS
    if t.compte[p.A_REALITES]:
        for j in range(t.compte[p.N_FAITS]):
            if f[j, p.F_TYPE] == REALITE and f[j, p.F_VISE] == i:
                jour = min(jour, f[j, p.F_CONNU])
    return jour


@compile_noyau
def _keep_fallen(t: Travail, avant: Travail, lecon: int) -> None:
    m = avant.mouvements
    limite = min(lecon - 1, t.question[p.Q_LE])
    for i in range(avant.compte[p.N_MOUVEMENTS]):
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
    for i in range(t.compte[p.N_MOUVEMENTS]):
        if t.mouvements[i, p.M_DATE] <= t.question[p.Q_LE] and _is_same(t.mouvements[i], mouvement):
            return True
    return False


@compile_noyau
def _keep(t: Travail, mouvement: p.Table, lecon: int) -> None:
    """Write a correction; of a movement that fell twice, the last time."""
    x = t.corrections
    i = 0
    while i < t.compte[p.N_CORRECTIONS] and not _is_same(x[i], mouvement):
        i += 1
    if i >= len(x):
        t.compte[p.DEBORDE] = 1
        return
    t.compte[p.N_CORRECTIONS] = max(t.compte[p.N_CORRECTIONS], i + 1)
    for place in range(p.C_CESSE_LE):
        x[i, place] = mouvement[place]
    x[i, p.C_CESSE_LE], x[i, p.C_CAUSE] = lecon, _cause(t, lecon, mouvement)


@compile_noyau
def _cause(t: Travail, lecon: int, mouvement: p.Table) -> int:
    """The fact learned that day that explains best why a movement fell.

    An annulment of what it rests on; else an offence committed by its day; else another annulment; else another fact.
    """
    meilleur, choix = -1, 0
    for i in range(t.compte[p.N_FAITS]):
        valeur, fait = _weight(t, i, lecon, mouvement)
        if valeur > choix or (valeur == choix and valeur > 0 and fait < meilleur):
            choix, meilleur = valeur, fait
    return meilleur


@compile_noyau
def _weight(t: Travail, i: int, lecon: int, mouvement: p.Table) -> tuple[int, int]:
    """How well a fact explains a fall (0: it was not learned that day), and the fact to name."""
    f = t.faits
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
    f = t.faits
    infraction: bool = f[vise, p.F_TYPE] in (REALITE, RETRAIT) and f[vise, p.F_VISE] == fait
    return infraction or vise == fait


@compile_noyau
def _sort(t: Travail) -> None:
    """By the day of the movement, then by that on which it ceased to stand; two of both, by motif and fact."""
    x = t.corrections
    for haut in range(1, t.compte[p.N_CORRECTIONS]):
        bas = haut
        while bas > 0 and _precedes(x[bas], x[bas - 1]):
            for place in range(p.C_CAUSE + 1):
                x[bas, place], x[bas - 1, place] = x[bas - 1, place], x[bas, place]
            bas -= 1


@compile_noyau
def _precedes(a: p.Table, b: p.Table) -> bool:
    for place in (p.M_DATE, p.C_CESSE_LE, p.M_MOTIF, p.M_FAIT):
        if a[place] != b[place]:
            avant: bool = a[place] < b[place]
            return avant
    return False
