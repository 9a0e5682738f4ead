"""Who may ask a route: each view names its permission, and an architecture test refuses a route that names none."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

ATTRIBUT: Final = "permission"
PERMISSIONS: Final = frozenset({"ouvert_a_tous"})

Vue = TypeVar("Vue", bound=Callable[..., Any])


def ouvert_a_tous(vue: Vue) -> Vue:
    """Name the view open to everyone, without an account; works on a function and on what `as_view()` returns."""
    setattr(vue, ATTRIBUT, "ouvert_a_tous")
    return vue
