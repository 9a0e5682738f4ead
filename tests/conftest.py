"""What every test run shares: Django's settings where Django is, Hypothesis profiles, long campaigns.

And what may be missing: Chromium, the certified identity provider. Their tests are then left out and a line says so,
except in continuous integration, which fails.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

PARCOURS: Final = Path(__file__).parent / "parcours"
CERTIFIE: Final = PARCOURS / "fournisseur" / "node_modules" / ".pret"
ECARTES: Final = pytest.StashKey[dict[str, int]]()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "permis.config.settings.test")

# A machine that is busy is no reason to fail: no deadline anywhere.
settings.register_profile("bref", max_examples=10, deadline=None)
settings.register_profile("ordinaire", max_examples=200, deadline=None)
settings.register_profile(
    "epreuve",
    max_examples=int(os.environ.get("PERMIS_EXEMPLES", "2000")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ordinaire")


def chromium() -> str | None:
    """Path of the browser: $CHROMIUM, or Debian's."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def certified_runtime() -> str | None:
    """Path of Node, where `make test` has installed the certified provider for it."""
    return shutil.which("node") if CERTIFIE.exists() else None


# marker of the tests which need it: (where it is, what is missing, how to have it)
BESOINS: Final[dict[str, tuple[Callable[[], str | None], str, str]]] = {
    "navigateur": (chromium, "Chromium is missing", "apt-get install chromium"),
    "certifie": (
        certified_runtime,
        "The certified identity provider is missing",
        "apt-get install nodejs npm, then make test",
    ),
}


FIXTURES_DE_BASE: Final = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})


def meets_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by its marker or by what it is given."""
    return item.get_closest_marker("django_db") is not None or bool(
        FIXTURES_DE_BASE & set(getattr(item, "fixturenames", ()))
    )


def all_required() -> bool:
    """Whether a run must fail instead of leaving tests out."""
    return bool(os.environ.get("CI")) or os.environ.get("PERMIS_NAVIGATEUR") == "exige"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--epreuve", action="store_true", help="run the long campaigns too (marker epreuve)")
    parser.addoption("--base", action="store_true", help="only the tests that meet the database: for a second engine")


def pytest_configure(config: pytest.Config) -> None:
    if importlib.util.find_spec("django") is not None:
        from tests.vidage import let_drop_pass, let_flush_pass  # noqa: PLC0415  the tests of the law run without Django

        let_flush_pass()
        let_drop_pass()
    config.stash[ECARTES] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if PARCOURS in item.path.parents:
            item.add_marker("navigateur")
    ecartes = [] if config.getoption("--epreuve") else [i for i in items if i.get_closest_marker("epreuve")]
    for marque, (ou, manque, remede) in BESOINS.items():
        if ou() is None:
            sans = [i for i in items if i.get_closest_marker(marque) and i not in ecartes]
            if sans and all_required():
                raise pytest.UsageError(f"{manque} and this run must not do without: {remede}")
            config.stash[ECARTES][marque] = len(sans)
            ecartes += sans
    if config.getoption("--base"):
        ecartes += [i for i in items if not meets_database(i)]
    if ecartes:
        config.hook.pytest_deselected(items=ecartes)
        items[:] = [i for i in items if i not in ecartes]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):  # one worker of pytest-xdist: tell the one that prints
        session.config.workeroutput["ecartes"] = session.config.stash[ECARTES]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    total = node.config.stash[ECARTES]
    for marque, n in getattr(node, "workeroutput", {}).get("ecartes", {}).items():
        total[marque] = max(n, total.get(marque, 0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for marque, n in config.stash[ECARTES].items():
        _, manque, remede = BESOINS[marque]
        if n:
            terminalreporter.write_line(f"{manque}, {n} tests were left out; to have it: {remede}", yellow=True)


@pytest.fixture(autouse=True)
def _langue_par_defaut() -> Iterator[None]:
    """A page asked for in English leaves its thread in English: the next test has the language of the settings."""
    yield
    if (translation := sys.modules.get("django.utils.translation")) is not None:
        translation.deactivate()


@pytest.fixture
def fournisseur_certifie(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The certified provider as FranceConnect for the live server; its settings are in place."""
    yield from _certified(request, "franceconnect")


@pytest.fixture
def proconnect_certifie(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The same as ProConnect."""
    yield from _certified(request, "proconnect")


def _certified(request: pytest.FixtureRequest, genre: str) -> Iterator[Any]:
    from tests.fournisseur import certified_provider  # noqa: PLC0415 - only where the tests of the site run

    site, reglages = request.getfixturevalue("live_server"), request.getfixturevalue("settings")
    with certified_provider(site.url, genre) as fournisseur:
        for nom, valeur in fournisseur._asdict().items():
            setattr(reglages, f"{genre}_{nom}".upper(), valeur)
        yield fournisseur
