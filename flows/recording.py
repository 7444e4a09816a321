"""Runs go into the history: each is noted before it appears and recorded from its ``findings.json`` afterwards.

Whatever ends an audit between the two, the next one of the same output folder finds the note and records the run; so it
does where the history could not be written. A note of a run that never appeared is removed. A large run is recorded
while its outputs are being made (:mod:`flows.recording_ahead`); nobody sees that before it has appeared.
"""

from __future__ import annotations

import socket
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from audit.atomic import save_atomically
from audit.findings_file import NAME, FindingsFileError, read_reports
from audit.packs import load_pack
from audit.reconcile import tool_record
from audit.record import Summary
from documents.errors import fault_in_words
from documents.personal import without_personal_data
from flows.steps import RunPlan
from history.database import Database, open_database
from history.errors import HistoryError
from history.location import OFF, history_url
from history.recording import add_repetition, add_run
from history.records import RunHeader

_FOLDER: Final = "unrecorded"
_LATER: Final = "下次审核时会补记"


def note_run(plan: RunPlan, header: RunHeader) -> None:
    """Note a run that is about to be published, if a history is kept. Raises OSError where that cannot be written."""
    if plan.request.history != OFF:
        packed = msgspec.json.encode(header)
        save_atomically(_note(plan, header.id), lambda stream: stream.write(packed))


def remove_note(plan: RunPlan, header: RunHeader) -> None:
    """Remove the note of a run that has been recorded. Raises OSError."""
    _note(plan, header.id).unlink(missing_ok=True)


def record_noted(plan: RunPlan) -> tuple[str, ...]:
    """Record the published runs that are noted. Returns sentences for the user where that was not possible."""
    notes = sorted(_notes(plan).glob("*.json"))
    if not notes:
        return ()
    with plan.timings.stage("history"):
        try:
            url = history_url(plan.request.history, plan.output.state)
            if url is None:
                return ()
            with open_database(url) as database:
                return tuple(notice for note in notes for notice in _record(database, note, plan.output.path))
        except HistoryError as fault:
            return (f"审核已完成，但没有记入历史库：{fault}。{_LATER}。",)


def _record(database: Database, note: Path, out: Path) -> tuple[str, ...]:
    run = out / note.stem
    try:
        if run.is_dir():
            header = msgspec.json.decode(note.read_bytes(), type=RunHeader)
            if header.repeats is None or not add_repetition(database, header):
                add_run(database, header, read_reports(run / NAME))
    except OSError as fault:
        return (f"审核“{run.name}”没有记入历史库：{fault_in_words(fault)}。{_LATER}。",)
    except (FindingsFileError, msgspec.MsgspecError) as fault:
        note.unlink(missing_ok=True)
        return (f"审核“{run.name}”没有记入历史库：{fault}。",)
    note.unlink(missing_ok=True)
    return ()


def _notes(plan: RunPlan) -> Path:
    return plan.output.state / _FOLDER


def _note(plan: RunPlan, name: str) -> Path:
    return _notes(plan) / f"{name}.json"


def run_header(plan: RunPlan, engine: str, summary: Summary, repeats: str | None = None) -> RunHeader:
    """What the history keeps of a run that is finished now, under the name that it will have; it ``repeats`` the run of
    that name if it has its files."""
    ruleset, _ = load_pack(plan.request.choice.pack)
    tool = tool_record(ruleset)
    return RunHeader(
        id=plan.output.free_name(plan.name),
        origin=without_personal_data(f"{socket.gethostname()}:{plan.output.path.absolute()}"),
        started=plan.started,
        finished=datetime.now().astimezone(),
        scope=tuple(map(without_personal_data, plan.request.paths)),
        engine=engine,
        pack=tool.rules.pack,
        rules=tool.rules.sha256,
        version=tool.version,
        summary=summary,
        repeats=repeats,
    )
