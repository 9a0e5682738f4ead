"""Run a command beside a throw-away PostgreSQL, named to it by DATABASE_URL.

    python tests/postgres.py COMMAND [ARGUMENT]…

The cluster listens on a socket of its own directory, trusts whoever reaches it, and is gone with the command.
PostgreSQL refuses root: as root, the server runs as `postgres` where Debian made that user, else as `nobody`. Where
the programs are missing, one line says so and the command is not run: exit 0, or 1 where CI is set.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

VERSION: Final = 15
ABSENT: Final = (
    f"PostgreSQL {VERSION} or later is missing, the tests were not run on it; to have it: apt-get install postgresql"
)
# A cluster that lives for one command loses nothing worth a disk's wait.
REGLAGES: Final = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programmes() -> Path | None:
    """Where initdb and pg_ctl are: on the PATH, or in Debian's directory of the newest version."""
    if trouve := shutil.which("initdb"):
        return Path(trouve).parent
    debian = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb") if int(p.parts[-3]) >= VERSION]
    return max(debian, key=lambda p: int(p.parts[-2]), default=None)


def utilisateur() -> str | None:
    """Who runs the server: oneself, except for root."""
    if os.geteuid() != 0:
        return None
    connus = {compte.pw_name for compte in pwd.getpwall()}
    return "postgres" if "postgres" in connus else "nobody"


@contextmanager
def cluster(bin_: Path, reglages: str = REGLAGES) -> Iterator[str]:
    """A running cluster; its URL."""
    with tempfile.TemporaryDirectory(prefix="permis-pg-", ignore_cleanup_errors=True) as dossier:
        qui = utilisateur()
        if qui:
            os.chown(dossier, pwd.getpwnam(qui).pw_uid, -1)
        donnees = f"{dossier}/donnees"

        def lancer(*commande: str) -> None:
            subprocess.run(commande, user=qui, cwd=dossier, check=True, stdout=subprocess.DEVNULL)

        lancer(f"{bin_}/initdb", "-D", donnees, "-U", "permis", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        marche = f"{bin_}/pg_ctl", "-D", donnees, "-w"
        lancer(*marche, "-l", f"{dossier}/journal", "-o", f"-k {dossier} {reglages}", "start")
        try:
            yield f"postgres://permis@{quote(dossier, safe='')}/postgres"
        finally:
            lancer(*marche, "-m", "immediate", "stop")


def main() -> int:
    bin_ = programmes()
    if bin_ is None:
        print(ABSENT, file=sys.stderr)
        return int(bool(os.environ.get("CI")))
    with cluster(bin_) as url:
        return subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
