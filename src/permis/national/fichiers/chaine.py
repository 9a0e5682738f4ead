"""Work done by threads, its results taken one by one in the order asked; a bounded number is in hand."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import BoundedSemaphore, Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")


class Chaine(Generic[T]):
    """`submit` hands over some work, and waits where too much is in hand; `take` gets each result, in order.

    What fails, work or taking, is raised by the next `submit` or by the end of the `with`; what was in hand is then
    dropped. Leaving normally waits for all of it.
    """

    def __init__(self, fils: int, take: Callable[[T], None]) -> None:
        self._take = take
        self._bassin = ThreadPoolExecutor(fils, thread_name_prefix="permis")
        self._en_main: SimpleQueue[Future[T] | None] = SimpleQueue()
        self._places = BoundedSemaphore(2 * fils + 2)
        self._echec: BaseException | None = None
        self._receveur = Thread(target=self._receive, name="permis-ordre", daemon=True)
        self._receveur.start()

    def submit(self, travail: Callable[[], T]) -> None:
        """Hand over some work; whatever failed before is raised here."""
        self._places.acquire()
        if self._echec is not None:
            self._places.release()
            raise self._echec
        self._en_main.put(self._bassin.submit(travail))

    def _receive(self) -> None:
        while (futur := self._en_main.get()) is not None:
            try:
                resultat = futur.result()
                if self._echec is None:
                    self._take(resultat)
            except BaseException as erreur:  # noqa: BLE001  raised again in the thread that submits
                self._echec = self._echec or erreur
            finally:
                del futur
                self._places.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        if erreur is not None and self._echec is None:
            self._echec = erreur
        self._en_main.put(None)
        self._receveur.join()
        self._bassin.shutdown()
        if self._echec is not None and erreur is None:
            raise self._echec
