"""Production's own settings, with one address more: the bare view that bench/espace.py measures the page against."""

from pathlib import Path

from permis.config.settings.prod import *  # noqa: F403
from permis.config.settings.prod import TEMPLATES

ROOT_URLCONF = "bench.adresses"
TEMPLATES[0]["DIRS"] = [Path(__file__).with_name("gabarits")]
