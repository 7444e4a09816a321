"""A large run goes into the history while its outputs are being made, in a thread of its own.

One transaction holds it, which is kept only when the run has appeared: of an audit that is killed or fails before,
nothing is left, and after that there is the note of the run (:mod:`flows.recording`). So there is where the history
cannot be written, or where nobody could read it meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final

import msgspec

from flows.recording import remove_note
from flows.steps import RunPlan
from history.database import Database, open_database
from history.errors import HistoryError
from history.location import OFF, history_url
from history.recording import new_run
from history.records import RunHeader
from history.rows import unpack_batch

_SECONDS_TO_GIVE_UP: Final = 5.0


class _GivenUpError(Exception):
    """The run has not appeared."""


class RecordingAhead:
    """A run that is being recorded; ``header`` is the run's. Only what :meth:`appeared` says makes it one."""

    def __init__(self, plan: RunPlan, header: RunHeader) -> None:
        self._plan = plan
        self._header = header
        self._files: SimpleQueue[Path | None] = SimpleQueue()
        self._has_appeared = False
        self._is_recorded = False
        self._thread = Thread(target=self._record, name="history", daemon=True)
        self._thread.start()

    def add(self, file: Path) -> None:
        """Record the next reports of the run, whose rows (:func:`history.rows.pack_batch`) are in a file."""
        self._files.put(file)

    def appeared(self, folder: Path) -> None:
        """Keep what was recorded, for the run has appeared in ``folder`` with all that was added. Raises OSError."""
        with self._plan.timings.stage("history"):
            self._has_appeared = folder.name == self._header.id
            self._files.put(None)
            self._thread.join()
            if self._is_recorded:
                remove_note(self._plan, self._header)

    def give_up(self) -> None:
        """Leave nothing behind of a run that has not appeared."""
        self._files.put(None)
        # Whoever waits for another writer finds out when it is his turn.
        self._thread.join(_SECONDS_TO_GIVE_UP)

    def _record(self) -> None:
        try:
            url = history_url(self._plan.request.history, self._plan.output.state)
            if url is not None:
                with open_database(url) as database:
                    self._record_in(database)
        except (HistoryError, OSError, msgspec.MsgspecError, _GivenUpError):
            # Where it has appeared the note is still there, and with it another try that says what is wrong.
            return

    def _record_in(self, database: Database) -> None:
        if not database.serves_readers_meanwhile():
            return
        with new_run(database, self._header) as run:
            while (file := self._files.get()) is not None:
                with self._plan.timings.aside("history"):
                    if run is not None:
                        run.add(unpack_batch(file.read_bytes()))
                    file.unlink()
            if not self._has_appeared:
                raise _GivenUpError
        self._is_recorded = True


@contextmanager
def recording_ahead(plan: RunPlan, header: RunHeader, *, is_large: bool) -> Iterator[RecordingAhead | None]:
    """A recording for the outputs and the appearance of a run in the block; ``None`` where it is not worth it, or no
    history is kept."""
    if not is_large or plan.request.history == OFF:
        yield None
        return
    recording = RecordingAhead(plan, header)
    try:
        yield recording
    finally:
        recording.give_up()
