"""The seal printed on a letter or a statement: a 2D-Doc (ANTS, specifications v3.3.8), made once and kept.

What it says is under an ECDSA signature: a balance changed on the paper no longer agrees with it, and nobody has to
be asked.
"""

from permis.courriers.sceau.a1 import seal_courrier
from permis.courriers.sceau.ab import seal_document
from permis.courriers.sceau.deux_d_doc import Sceau, SceauIllisibleError, read_sceau

__all__ = ["Sceau", "SceauIllisibleError", "read_sceau", "seal_courrier", "seal_document"]
