"""What every test run shares: Django's settings where Django is, Hypothesis profiles, long campaigns, Chromium."""

import importlib.util
import os
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

PARCOURS: Final = Path(__file__).parent / "parcours"
ECARTES: Final = pytest.StashKey[int]()
SANS_NAVIGATEUR: Final = "Chromium is missing, {n} browser tests were left out; to have it: apt-get install chromium"

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


def chromium_exige() -> bool:
    """Whether a run without browser must fail instead of leaving its tests out."""
    return bool(os.environ.get("CI")) or os.environ.get("PERMIS_NAVIGATEUR") == "exige"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--epreuve", action="store_true", help="run the long campaigns too (marker epreuve)")


def pytest_configure(config: pytest.Config) -> None:
    if importlib.util.find_spec("django") is not None:
        from tests.vidage import let_flush_pass  # noqa: PLC0415  the tests of the law run without Django

        let_flush_pass()
    config.stash[ECARTES] = 0
    avec_playwright = importlib.util.find_spec("playwright") is not None
    if avec_playwright and chromium() is None and chromium_exige():
        raise pytest.UsageError("Chromium is missing and this run must not do without: apt-get install chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if PARCOURS in item.path.parents:
            item.add_marker("navigateur")
    ecartes = [] if config.getoption("--epreuve") else [i for i in items if i.get_closest_marker("epreuve")]
    if chromium() is None:
        sans = [i for i in items if i.get_closest_marker("navigateur") and i not in ecartes]
        config.stash[ECARTES] = len(sans)
        ecartes += sans
    if ecartes:
        config.hook.pytest_deselected(items=ecartes)
        items[:] = [i for i in items if i not in ecartes]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):  # one worker of pytest-xdist: tell the one that prints
        session.config.workeroutput["navigateur"] = session.config.stash[ECARTES]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    ecartes = getattr(node, "workeroutput", {}).get("navigateur", 0)
    node.config.stash[ECARTES] = max(ecartes, node.config.stash[ECARTES])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if n := config.stash[ECARTES]:
        terminalreporter.write_line(SANS_NAVIGATEUR.format(n=n), yellow=True)
