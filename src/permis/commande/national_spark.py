"""`permis national spark`: the same answers as `solder`, computed by the workers of a Spark cluster."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from importlib.util import find_spec

from permis.commande.comptes import format_nombre
from permis.commande.entree import LIGNE_DE_COMMANDE, check_jour, declare_question, read_demande
from permis.commande.sortie import DEFAUT, InutilisableError
from permis.droit.dossier.fautes import Faute
from permis.droit.phrases import Message


def declare(analyseur: ArgumentParser) -> None:
    """The words of this verb."""
    analyseur.epilog = "Installer, dimensionner, régler : docs/how-to/spark.md. Les réponses n'ont pas d'ordre."
    analyseur.add_argument("entree", metavar="ENTREE", help="un fichier Parquet ou un dossier, là où Spark lit")
    analyseur.add_argument("sortie", metavar="SORTIE", help="un dossier qui n'existe pas encore")
    declare_question(analyseur)
    analyseur.add_argument("--detail", action="store_true", help="écrit aussi tout le relevé de chaque permis")
    analyseur.add_argument("--rejets", metavar="DOSSIER", help="met de côté les permis fautifs (JSON), et continue")
    analyseur.add_argument("--maitre", metavar="ADRESSE", help="local[2], yarn, spark://… (sinon spark-submit le dit)")
    analyseur.add_argument(
        "--reglage", metavar="NOM=VALEUR", action="append", default=[], help="un réglage de Spark ; répétable"
    )


def run(lus: Namespace) -> int:
    """Run, and sum up on standard output; the exit status."""
    from permis.national.fautes import FauteFichier, FichierInutilisableError  # noqa: PLC0415

    if find_spec("pyspark") is None:
        absent = FauteFichier("Spark", "PySpark n'est pas installé", "pip install 'permis[spark]'")
        raise FichierInutilisableError([absent])
    lue = read_demande(lus)
    reglages, fautes = _read_reglages(lus.reglage)
    if fautes := [*check_jour(lue.connu_le, "--connu-le"), *fautes]:
        raise InutilisableError(LIGNE_DE_COMMANDE, fautes)
    from py4j.protocol import Py4JError  # noqa: PLC0415
    from pyspark.errors import PySparkException  # noqa: PLC0415

    from permis.national.loi import day_number  # noqa: PLC0415
    from permis.national.noyau import ask  # noqa: PLC0415
    from permis.national.spark.session import open_session  # noqa: PLC0415
    from permis.national.spark.solde import Demande, solder_parquet  # noqa: PLC0415

    question = ask(day_number(lue.le), day_number(lue.connu_le or lue.le), lue.choix)
    try:
        with open_session(lus.maitre, reglages) as session:
            bilan = solder_parquet(session, lus.entree, lus.sortie, Demande(question, lus.detail, lus.rejets))
    except (PySparkException, Py4JError) as erreur:
        return _signal_spark(erreur)
    lus_en_tout, rejetes = format_nombre(bilan.licences), format_nombre(bilan.rejetees)
    print(f"{lus_en_tout} permis lus, {rejetes} mis de côté ; réponses au {lue.le}.")
    return 0


def _read_reglages(mots: list[str]) -> tuple[dict[str, str], list[Faute]]:
    couples = [mot.partition("=") for mot in mots]
    attendu = Message("NOM=VALEUR, comme spark.executor.memory=4g")
    fautes = [
        Faute("--reglage", Message("{mot} n'est pas un réglage", mot=nom), attendu)
        for nom, egal, _ in couples
        if not egal or not nom.startswith("spark.")
    ]
    return {nom: valeur for nom, _, valeur in couples}, fautes


def _signal_spark(erreur: Exception) -> int:
    """Say that the cluster failed, without its pages of Java; the exit status."""
    if os.environ.get("PERMIS_TRACE"):
        raise erreur
    premiere = next((ligne for ligne in str(erreur).splitlines() if ligne.strip()), type(erreur).__name__)
    print(
        f"permis national: Spark a échoué ({premiere[:200]}) ; ses journaux disent où, PERMIS_TRACE=1 montre tout",
        file=sys.stderr,
    )
    return DEFAUT
