"""The work on a batch shared out to processes: the same is found as in one."""

from random import Random

import pytest

from audit import run_comparison
from audit.copies.comparison import BatchInput, settings_of
from audit.copies.findings import header_of
from audit.copies.passages import collect
from audit.copies.store import encode
from audit.packs import load_pack
from audit.side_by_side import parts
from tests.audit.copies.copy_reports import honest, report, sentence


def test_parts_leave_nothing_out() -> None:
    assert parts(range(7), 3) == [range(3), range(3, 6), range(6, 7)]
    assert parts((), 3) == []


def test_several_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(5)
    copied = [sentence(chance) for _ in range(6)]
    contexts = [
        *honest(30),
        report(copied, "远山镇人民政府", 2022),
        report(copied, "远山镇人民政府", 2023),
        report([*copied[:4], sentence(chance)], "近水乡人民政府"),
    ]
    rules, facts = load_pack()
    headers = [header_of(context.report) for context in contexts]
    given = BatchInput(
        [encode([collect(context) for context in contexts])], headers, settings_of(rules), facts, len(contexts)
    )
    alone = run_comparison.compare_batch(given, rules, ())
    monkeypatch.setattr(run_comparison, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr(run_comparison, "_PART", 2)
    assert run_comparison.compare_batch(given, rules, (), workers=2) == alone
    assert {frozenset((pair.path, pair.other_path)) for pair in alone.pairs} == {
        frozenset({"远山镇人民政府_2022.txt", "远山镇人民政府_2023.txt"}),
        frozenset({"远山镇人民政府_2022.txt", "近水乡人民政府_2023.txt"}),
        frozenset({"远山镇人民政府_2023.txt", "近水乡人民政府_2023.txt"}),
    }
    assert {30, 31, 32} == set(alone.judgements)
