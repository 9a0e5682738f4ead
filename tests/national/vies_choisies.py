"""Lives made by hand, for what chance reaches late or never; each is asked about every day that it meets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from permis.droit.delais import add_months
from permis.droit.faits import Fait
from permis.national.colonnes import encode_dossier
from permis.national.demande import Demande
from tests.droit.fabrique import (
    annulation,
    formation,
    infraction,
    lettre,
    mesure,
    options,
    permis,
    realite,
    remise,
    retrait,
    stage,
)
from tests.droit.tirage import JOUR, PREMIER
from tests.national.vies import Vie, days_of


def etranger_interdit() -> list[Fait]:
    """A foreign driver at nil, banned, with a fresh capital after a year."""
    faits = permis("2018-05-01", "etranger", pays="DE", id="e")
    for rang, commise in enumerate(("2019-01-10", "2019-02-10", "2019-03-10")):
        faits += infraction(f"i{rang}", commise, 4, commise)
    return [*faits, mesure("interdiction", "2020-02-29")]


def chute(commise: str, lettre_le: str, points: tuple[int, ...] = (6, 6)) -> list[Fait]:
    """A licence emptied in one day, and the letter."""
    faits = [f for rang, p in enumerate(points) for f in infraction(f"c{commise}-{rang}", commise, p, commise)]
    return [*faits, lettre("48SI", lettre_le, mode="recommande")]


FIN_JANVIER: Final = date(1996, 1, 31)
VIES: Final[Mapping[str, Sequence[Fait]]] = {
    "rien": [],
    "une infraction et aucun permis": infraction("i", "2024-03-10", 3, "2024-04-02"),
    "un permis annulé": [*permis("2015-01-01"), annulation("d", "2020-01-01")],
    "un permis de 1985": [*permis("1985-01-01"), *infraction("i", "1992-08-01", 2, "1992-09-01")],
    "un permis du jour des douze points": permis("1992-12-01"),
    "un permis du premier jour de la probation": permis("2004-03-01"),
    "deux permis de retour d'un jour": [
        *permis("2010-01-15", retour=True),
        *permis("2010-01-15", retour=True, id="e"),
    ],
    "un point de 2008": [*permis("2000-01-15"), *infraction("i", "2008-01-05", 1, "2008-01-10")],
    "une interdiction à un point": [
        *permis("2018-05-01", "etranger", pays="DE"),
        *infraction("i", "2019-01-10", 6, "2019-01-10"),
        *infraction("j", "2019-01-11", 5, "2019-01-11"),
        mesure("interdiction", "2020-02-29"),
    ],
    "une interdiction qui tombe": [*etranger_interdit(), annulation("m-interdiction-2020-02-29", "2021-06-01")],
    "un nouveau capital entamé": [*etranger_interdit(), *infraction("j", "2021-05-01", 6, "2021-06-01")],
    "un permis de retour pendant l'interdiction": [*etranger_interdit(), *permis("2020-06-01", retour=True, id="f")],
    "un nouveau capital, puis le permis français": [
        *etranger_interdit(),
        *permis("2022-01-15", id="f"),
        formation("2022-08-01"),
        *infraction("j", "2022-09-01", 3, "2022-10-01"),
    ],
    "une délivrance pendant l'interdiction": [*etranger_interdit(), *permis("2020-06-01", "echange", id="f")],
    "un nouveau capital, puis deux permis après une perte": [
        *etranger_interdit(),
        *permis("2022-01-15", retour=True, id="f"),
        *permis("2024-01-15", retour=True, id="g"),
    ],
    "une délivrance le jour d'une perte, puis un permis étranger": [
        *permis("2020-01-15"),
        formation("2020-08-01"),
        mesure("annulation_judiciaire", "2021-03-01"),
        *permis("2021-03-01", categorie="C", id="c"),
        *infraction("i", "2021-03-01", 1, "2021-04-01"),
        remise("2021-03-01"),
        *permis("2022-01-15", "etranger", pays="DE", retour=True, id="e"),
    ],
    "un terme le jour où le permis devient français": [
        *permis("2018-05-01", "etranger", pays="DE", id="e"),
        *infraction("i", "2018-12-20", 2, "2019-01-15", classe=2),
        *permis("2021-01-15", id="f"),
    ],
    "un permis étranger, échangé avant trois ans": [
        *permis("2017-03-01", "etranger", pays="DE", id="e"),
        *permis("2019-06-01", "echange", id="x"),
    ],
    "un échange, trois ans jour pour jour après le permis d'origine": permis(
        "2010-06-01", "echange", origine="2007-06-01"
    ),
    "quatre points repris, le jour du premier anniversaire": [
        *permis("2018-05-01", "etranger", pays="DE", id="e"),
        *infraction("i", "2018-06-01", 6, "2018-06-10"),
        *infraction("j", "2018-06-02", 2, "2018-06-10"),
        *permis("2019-09-01", "echange", origine="2018-09-01", id="x"),
    ],
    "une formation, et une infraction d'un rang plus petit": [
        *permis("2020-01-15"),
        *infraction("a", "2023-06-01", 1, "2023-07-01"),
        *infraction("b", "2023-06-02", 1, "2023-07-01"),
        formation("2020-07-14"),
        formation("2020-08-01"),
    ],
    "un échange, la veille des trois ans": permis("2010-05-31", "echange", origine="2007-06-01"),
    "un échange après une perte, le premier permis ne compte plus": [
        *permis("2010-01-15"),
        mesure("annulation_judiciaire", "2015-01-01"),
        *permis("2018-05-01", "etranger", pays="DE", retour=True, id="e"),
        *permis("2020-01-15", "echange", id="x"),
    ],
    "un solde négatif repris": [
        *permis("2018-05-01", "etranger", pays="DE", id="e"),
        *(
            f
            for nom, points in (("i", 6), ("j", 6), ("k", 1))
            for f in infraction(nom, "2019-01-10", points, "2019-02-10")
        ),
        *permis("2019-04-15", id="f"),
    ],
    "deux simultanées de 2000": [
        *permis("1995-01-15"),
        *infraction("i", "2000-01-10", 6, "2000-02-10", classe=6, ensemble="e"),
        *infraction("j", "2000-01-10", 6, "2000-03-10", classe=6, ensemble="e"),
    ],
    "un titre exécutoire de 2000, et une lettre annulée": [
        *permis("1995-01-15"),
        *infraction("i", "2000-01-10", 3, "2000-03-10", mode="titre_executoire"),
        replace(lettre("48", "2000-04-10", mode="simple"), connu_le=date(2000, 5, 1)),
        annulation("n-48-2000-04-10", "2000-06-01"),
    ],
    "des formations aux bords de leur temps": [
        *permis("2025-07-15"),
        formation("2026-01-14"),
        formation("2026-01-15"),
        formation("2026-07-16"),
    ],
    "une formation, une suspension finie le premier jour": [
        *permis("2020-01-15"),
        formation("2020-08-01"),
        mesure("suspension", "2019-12-01", "2020-01-15"),
    ],
    "une formation, une suspension sans fin à la veille du terme": [
        *permis("2020-01-15"),
        formation("2020-08-01"),
        mesure("suspension", "2022-01-14"),
    ],
    "deux permis d'un jour, le second par AAC": [
        *permis("2020-01-15", categorie="A1", id="a"),
        *permis("2020-01-15", "aac", id="b"),
    ],
    "une formation, puis le permis B par AAC, au même terme": [
        *permis("2020-01-15", categorie="A1"),
        formation("2020-08-01"),
        *permis("2021-06-01", "aac", id="b"),
    ],
    "le permis B par AAC le jour d'un anniversaire": [
        *permis("2020-01-15", categorie="A1"),
        *permis("2021-01-15", "aac", id="b"),
    ],
    "douze points repris, puis un retrait d'avant la reprise": [
        *permis("2018-05-01", "etranger", pays="DE", id="z"),
        *permis("2020-01-15", id="a"),
        *infraction("i", "2019-12-20", 3, "2020-03-01"),
    ],
    "un permis français repris qui tombe": [
        *permis("2018-05-01", "etranger", pays="DE", id="e"),
        *infraction("i", "2019-01-10", 4, "2019-02-10"),
        *permis("2024-06-01", id="f"),
        annulation("f", "2025-01-01"),
    ],
    "décidé le jour de son retour": [
        *permis("2010-01-15"),
        *infraction("i", "2013-12-20", 3, "2014-01-01", classe=2, decide="2016-01-01"),
        *infraction("j", "2016-06-01", 2, "2016-06-30", classe=2),
    ],
    "décidé après son retour": [
        *permis("2010-01-15"),
        *infraction("i", "2013-12-20", 1, "2014-01-01", decide="2014-07-02"),
        *infraction("j", "2013-12-20", 4, "2014-01-01", decide="2017-01-02"),
    ],
    "deux infractions d'un terme, la seconde décidée après lui": [
        *permis("2010-01-15"),
        *infraction("i", "2013-12-20", 3, "2014-01-01"),
        *infraction("j", "2013-12-21", 2, "2014-02-01", decide="2017-06-01"),
    ],
    "un terme plus court que le premier, connu après lui": [
        *permis("2010-01-15"),
        *infraction("i", "2014-12-01", 3, "2015-01-01"),
        *infraction("j", "2014-12-02", 2, "2015-02-01"),
        *infraction("k", "2014-12-03", 2, classe=2),
        replace(realite("k", "2015-06-01"), connu_le=date(2018, 3, 1)),
    ],
    "deux retours dus le même jour, avant la décision": [
        *permis("2010-01-15"),
        *infraction("i", "2013-12-20", 2, "2014-01-10", classe=2),
        *infraction("j", "2014-01-05", 1, "2015-07-10", classe=2, decide="2016-06-01"),
    ],
    "établie le jour d'un terme déjà perdu": [
        *permis("2010-01-15"),
        *infraction("i", "2019-12-20", 1, "2020-01-10"),
        *infraction("j", "2020-01-05", 2, "2023-01-10"),
        *infraction("k", "2022-01-10", 3, "2023-06-01"),
    ],
    "deux reconstitutions, la seconde avant sa décision": [
        *permis("2008-01-15"),
        *infraction("i", "2011-02-01", 3, "2011-03-01", classe=2),
        *infraction("j", "2014-02-01", 3, "2014-03-01", classe=2, decide="2016-03-02"),
        *infraction("k", "2017-02-01", 1, "2017-03-01", classe=2, decide="2019-03-01"),
        *infraction("l", "2020-02-01", 4, "2020-03-01", decide="2023-02-28"),
    ],
    "une décision du jour même, pas encore connue": [
        *permis("2012-01-15"),
        *infraction("i", "2015-03-01", 4, "2015-04-01"),
        retrait("i", "2015-03-15"),
        replace(retrait("i", "2015-04-01", prefixe="u"), connu_le=date(2015, 6, 1)),
    ],
    "une décision plus vieille que la réalité, annulée": [
        *permis("2012-01-15"),
        *infraction("i", "2015-03-01", 4, "2015-04-01"),
        retrait("i", "2015-03-15"),
        annulation("t-i", "2015-05-01"),
    ],
    "établie à minuit, puis le matin": [
        *permis("2012-01-15"),
        *infraction("a", "2015-03-01", 4, "2015-04-01T00:00"),
        realite("a", "2015-04-01T08:00", "condamnation_definitive", "s"),
    ],
    "une réalité annoncée, sa décision pas encore": [
        *permis("2012-01-15"),
        *infraction("i", "2015-03-01", 4, decide="2015-04-01"),
        replace(realite("i", "2015-04-01"), connu_le=date(2015, 3, 20)),
        retrait("i", "2015-03-15", prefixe="u"),
    ],
    "dix ans entre d'autres": [
        *permis("2004-02-28"),
        *(
            fait
            for annee in range(2005, 2018)
            for fait in infraction(f"i{annee}", f"{annee}-02-28", 2, f"{annee}-03-01", hors_code=annee == 2006)
        ),
        stage("2009-03-10"),
        annulation("i2005", "2016-02-29"),
    ],
    "deux paiements, le premier annulé": [
        *permis("2012-02-29"),
        *infraction("i", "2015-03-01T08:00", 6, "2015-03-01T08:00"),
        realite("i", "2016-02-29", "condamnation_definitive", "s"),
        annulation("r-i", "2015-12-01"),
        annulation("a-r-i", "2016-06-01", "b"),
    ],
    "une annulation annulée, et ce qui l'annule aussi": [
        *permis("2012-01-15"),
        *infraction("i", "2015-03-01", 4, "2015-04-01"),
        annulation("i", "2016-01-01", "a1"),
        annulation("a1", "2016-02-01", "a2"),
        annulation("a2", "2016-03-01", "a3"),
    ],
    "des décisions en désordre": [
        *permis("2012-01-15"),
        *infraction("i", "2015-03-01", 4, "2015-04-01", decide="2015-05-01"),
        retrait("i", "2015-03-15", prefixe="u"),
        retrait("i", None, connu="2015-03-02", prefixe="v"),
        annulation("t-i", "2016-01-01"),
        annulation("u-i", "2016-02-01"),
    ],
    "simultanées, en partie relaxées": [
        *permis("2015-01-15"),
        *infraction("i1", "2025-07-11T18:14", 9, "2025-09-01", classe=6, mode="condamnation_definitive", ensemble="e"),
        *infraction("i2", "2025-07-11T18:14", 4, "2025-08-01", ensemble="e"),
        *infraction("i3", "2025-07-11T18:14", 1, "2025-08-01", classe=2, ensemble="e"),
        annulation("i1", "2026-01-01"),
    ],
    "une simultanée que le plafond vide, dix ans pour la suivante": [
        *permis("2010-01-15"),
        *(f for nom in "abc" for f in infraction(nom, "2015-01-10", 6, "2015-02-01", classe=6, ensemble="e")),
        *infraction("w", "2015-12-20", 2, "2016-01-10"),
        *(
            f
            for annee in (2018, 2020, 2022, 2024)
            for f in infraction(f"x{annee}", f"{annee}-06-10", 1, f"{annee}-07-01")
        ),
        *infraction("y", "2025-12-20", 1, "2026-01-05"),
    ],
    "le soir même": [
        *permis("2010-01-15"),
        *infraction("a", "2022-01-10T10:00", 1, "2022-01-10T10:00", classe=3),
        *infraction("b", "2022-01-10T19:00", 1, "2022-03-01", classe=3),
        *infraction("c", "2022-07-10", 1, "2022-07-10", classe=3),
    ],
    "deux annulées, la dernière d'abord": [
        *permis("2012-01-15"),
        *infraction("i", "2015-03-01", 3),
        replace(realite("i", "2015-04-01"), connu_le=date(2016, 9, 1)),
        *infraction("j", "2016-03-01", 2, "2016-04-01"),
        annulation("j", "2016-06-01"),
        annulation("i", "2016-10-01"),
    ],
    "trois annulées, la première en dernier": [
        *permis("2012-01-15"),
        *infraction("i", "2015-03-01", 3),
        replace(realite("i", "2015-04-01"), connu_le=date(2016, 9, 1)),
        *infraction("j", "2016-03-01", 2, "2016-04-01"),
        *infraction("k", "2016-03-02", 2, "2016-05-01"),
        annulation("j", "2016-06-01"),
        annulation("k", "2016-06-01"),
        annulation("i", "2016-10-01"),
    ],
    "commise le jour d'un retour, sue plus tard": [
        *permis("2010-01-15"),
        *infraction("h", "2020-01-05", 1, "2020-01-10"),
        *infraction("i", "2020-07-10", 1),
        replace(realite("i", "2020-07-20"), connu_le=date(2020, 12, 1)),
    ],
    "un point rendu pour rien": [
        *permis("2010-01-15"),
        *infraction("i", "2020-01-05", 1, "2020-01-06"),
        stage("2020-05-10"),
        stage("2020-07-06"),
    ],
    "un solde nul, puis un point rendu": [
        *permis("2010-01-15"),
        *infraction("i", "2020-01-08", 6, "2020-01-10"),
        *infraction("j", "2020-01-08", 5, "2020-01-10"),
        *infraction("k", "2020-01-08", 1, "2020-01-10"),
    ],
    "un point rendu la veille du jour qui dit pourquoi non": [
        *permis("2010-01-15"),
        *infraction("i", "2020-01-05", 1, "2020-01-10"),
        *infraction("j", "2020-03-01", 1, "2020-07-11"),
        realite("j", "2020-12-01", "condamnation_definitive", "q"),
    ],
    "trois leçons d'un jour, la deuxième remonte plus loin": [
        *permis("2010-01-15"),
        *infraction("i", "2020-01-05", 1, "2020-01-10"),
        *infraction("a", "2020-09-01", 1, "2020-10-01"),
        *infraction("a0", "2020-07-12", 1, "2020-07-20"),
        *infraction("b", "2020-09-02", 1, "2020-11-01"),
        *infraction("c1", "2020-07-15", 1, "2020-08-01"),
        *infraction("c2", "2020-03-01", 1, "2020-08-01"),
        *infraction("c3", "2020-07-16", 1, "2020-08-01"),
    ],
    "une infraction sue après sa réalité": [
        *permis("2010-01-15"),
        *infraction("i", "2020-01-05", 1, "2020-01-10"),
        replace(infraction("j", "2020-03-01", 1)[0], connu_le=date(2020, 12, 1)),
        replace(realite("j", "2020-04-01"), connu_le=date(2020, 5, 1)),
    ],
    "apprise le jour d'un retour, qui n'était pas montré": [
        *permis("2010-01-15"),
        *infraction("h", "2019-12-20", 6, "2020-01-02"),
        *infraction("i", "2020-01-05", 1, "2020-01-10"),
        *infraction("j", "2020-03-01", 1, "2020-07-10"),
        stage("2020-05-10"),
    ],
    "une annulation et une réalité d'un jour": [
        *permis("2010-01-15"),
        *infraction("i", "2015-03-01", 3, "2015-04-01"),
        *infraction("j", "2015-05-01", 2, "2015-06-01"),
        realite("i", "2016-06-01", "condamnation_definitive", "s"),
        annulation("j", "2016-06-01", "m"),
    ],
    "deux réalités annulées d'un jour": [
        *permis("2010-01-15"),
        *infraction("i", "2015-03-01", 3, "2015-04-01"),
        *infraction("j", "2015-05-01", 2, "2015-06-01"),
        annulation("r-j", "2016-06-01", "a"),
        annulation("r-i", "2016-06-01", "b"),
    ],
    "deux réalités sues le jour d'une annulation": [
        *permis("2010-01-15"),
        stage("2015-01-10"),
        annulation("s-2015-01-10", "2020-12-01", "a"),
        *infraction("h", "2020-01-05", 1, "2020-01-10"),
        *infraction("i", "2020-03-01", 1),
        *infraction("k", "2020-03-02", 1),
        replace(realite("k", "2020-04-01", prefixe="p"), connu_le=date(2020, 12, 1)),
        replace(realite("i", "2020-04-01", prefixe="q"), connu_le=date(2020, 12, 1)),
    ],
    "un stage su le jour d'une annulation": [
        *permis("2010-01-15"),
        *infraction("i", "2015-03-01", 3, "2015-04-01"),
        stage("2015-05-10", nom="s"),
        replace(stage("2016-01-10", nom="k"), connu_le=date(2016, 6, 1)),
        annulation("i", "2016-06-01", "z"),
    ],
    "payée à minuit, une autre commise le matin": [
        *permis("2010-01-10", id="0"),
        *infraction("a", "2022-01-09", 1, "2022-01-10T00:00", classe=3),
        *infraction("b", "2022-01-10T10:00", 1, "2022-03-01", classe=3),
    ],
    "payée à l'heure où une autre est commise": [
        *permis("2010-01-10"),
        *infraction("a", "2022-01-09", 1, "2022-01-10T10:00", classe=3),
        *infraction("b", "2022-01-10T10:00", 1, "2022-03-01", classe=3),
    ],
    "trois pertes et trois permis": [
        *permis("2010-01-15"),
        *chute("2012-03-01", "2012-04-01"),
        remise("2012-04-02"),
        *permis("2013-01-10", "aac", retour=True, id="r1"),
        *chute("2014-05-01", "2014-06-01", (6,)),
        remise("2014-06-02"),
        stage("2014-06-10"),
        *permis("2015-06-02", retour=True, id="r2"),
        mesure("annulation_judiciaire", "2019-01-01", "2020-01-01"),
        *permis("2019-06-01", categorie="C", id="c"),
        lettre("48SI", "2019-02-01", mode="recommande"),
        *permis("2020-03-01", retour=True, id="r3"),
    ],
    "formations, mesures et 48N": [
        *permis("2023-01-31", "aac"),
        formation("2023-07-31"),
        formation("2024-01-31"),
        formation("2024-02-01"),
        mesure("restriction", "2024-07-31", "2024-08-30"),
        *infraction("i", "2024-07-31", 3, "2024-09-01", classe=2),
        lettre("48N", "2024-10-31", mode="recommande"),
        lettre("48N", "2024-11-30", mode="simple"),
        lettre("48", None, presentee_le="2024-11-30", retour="NPAI"),
        stage("2024-12-10", cas=2),
        stage("2025-12-11", cas=1),
        stage("2025-12-12", cas=3),
    ],
    "un 48N le jour du retrait, un 48M le jour du terme": [
        *permis("2020-01-15"),
        *infraction("i", "2020-02-10", 3, "2020-03-10"),
        lettre("48N", "2020-03-10", mode="recommande"),
        *infraction("j", "2022-12-20", 1, "2023-01-15"),
    ],
    "un terme qui ne rend rien, deux stages ayant tout rendu": [
        *permis("2010-01-01"),
        *infraction("a", "2020-01-10", 3, "2020-02-01"),
        *infraction("b", "2020-01-05", 3),
        replace(realite("b", "2021-02-01"), connu_le=date(2023, 6, 1)),
        stage("2021-03-10"),
        stage("2022-03-15"),
    ],
    "des stages finis le même jour": [
        *permis("2010-01-15"),
        *infraction("i", "2015-12-20", 6, "2016-01-10"),
        stage("2016-03-10", nom="s1"),
        replace(stage("2016-03-10", nom="s2"), debut=date(2016, 3, 8)),
        stage("2018-03-10", nom="t1"),
        stage("2018-03-10", nom="t2"),
    ],
    "deux cents faits": [
        *permis("1995-06-15"),
        *(
            fait
            for rang in range(80)
            for fait in infraction(
                f"i{rang:03}", str(add_months(FIN_JANVIER, 4 * rang)), 1, str(add_months(FIN_JANVIER, 4 * rang + 1))
            )
        ),
        *(stage(str(add_months(FIN_JANVIER, 7 * rang)), nom=f"s{rang:03}") for rang in range(50)),
    ],
}
OPTIONS: Final = (
    options(),
    options(effet_retrait="realite"),
    options(credit_indu="quatre_mois", borne="echeance_exclue"),
    options(credit_indu="maintien", redemarrage_realite_posterieure="non"),
    options(redemarrage_realite_posterieure="non"),
)
JOURS_PAR_VIE: Final = 40


def vies_choisies() -> Iterator[tuple[str, Vie]]:
    """Each life, asked about the eve, the day and the morrow of its days, known then, at once, and at the end."""
    for nom, faits in VIES.items():
        yield nom, Vie(encode_dossier(faits), list(_ask(faits)))


def _ask(faits: Sequence[Fait]) -> Iterator[Demande]:
    jours = sorted(days_of(faits)) or [PREMIER]
    vus = sorted({max(jour + ecart * JOUR, PREMIER) for jour in jours for ecart in (-1, 0, 1)})
    for rang, le in enumerate(vus[:: 1 + len(vus) // JOURS_PAR_VIE]):
        choix = OPTIONS[rang % len(OPTIONS)]
        yield from (Demande(le, su, choix) for su in (le, jours[-1], vus[(rang * 7) % len(vus)]))
    yield from (Demande(add_months(jours[-1], 240), jours[-1], choix) for choix in OPTIONS)
