"""Random lives by the thousand, through every property of the law and through the day-by-day calculation.

`make epreuve` runs each property on PERMIS_EXEMPLES lives (2,000) that Hypothesis draws and shrinks; the millions are
those of millions.py.
"""

import pytest

from tests.droit.test_oracle import *  # noqa: F403
from tests.droit.test_proprietes import *  # noqa: F403

pytestmark = pytest.mark.epreuve
