"""Random lives by the hundred thousand, through every property of the law and through the day-by-day calculation.

`make epreuve` runs each property on PERMIS_EXEMPLES lives (100,000): two millions and more in all.
"""

import pytest

from tests.droit.test_oracle import *  # noqa: F403
from tests.droit.test_proprietes import *  # noqa: F403

pytestmark = pytest.mark.epreuve
