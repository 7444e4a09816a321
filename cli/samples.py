"""The samples of docs/ci.md: what ``check`` really writes about the report in ``docs/ci/收件``, shortened."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from audit.assess import Auditor
from audit.inbox import find_submissions
from audit.packs import load_pack
from audit.reconcile import reconcile
from audit.summary import summary_of
from audit.suppression_file import find_suppressions
from audit.suppressions import Suppressions
from cli.formats import Format, Verdict, rendered
from cli.options import Gate, exit_status
from rules.reference import replaced_part

_INBOX = "收件"
_DAY = date(2026, 1, 1)
_LANGUAGES = {Format.TEXT: "text", Format.GITHUB: "text", Format.JUNIT: "xml"}


def with_samples(page: str, folder: Path) -> str:
    """``page`` with the sample of each format written anew; ``folder`` holds the inbox of the samples."""
    with contextlib.chdir(folder):
        verdict = _verdict()
    for chosen in Format:
        sample = f"```{_LANGUAGES.get(chosen, 'json')}\n{_sample(chosen, rendered(chosen, verdict))}\n```"
        page = replaced_part(page, f"{chosen} 的样例", sample)
    return page


def _verdict() -> Verdict:
    ruleset, facts = load_pack()
    submissions = find_submissions([_INBOX])
    files = find_suppressions([_INBOX], [item.shown for item in submissions])
    suppressions = Suppressions(files, ruleset, _DAY)
    auditor = Auditor(ruleset, facts)
    records = [suppressions.applied(auditor.assess(item)) for item in submissions]
    run = reconcile(submissions, records, ruleset, suppressions.files())
    return Verdict(run, ruleset, Gate.ERROR, exit_status(map(summary_of, run.reports), Gate.ERROR, run.suppressions))


def _sample(chosen: Format, content: bytes) -> str:
    """The whole of the formats for people and for the log; of the others what stands for the first error."""
    text = content.decode()
    match chosen:
        case Format.TEXT | Format.GITHUB:
            return text.rstrip()
        case Format.JUNIT:
            return _first_failure(text)
        case Format.SARIF:
            results = json.loads(text)["runs"][0]["results"]
            return _pretty(next(one for one in results if one["level"] == "error"))
        case Format.GITLAB:
            return _pretty([next(one for one in json.loads(text) if one["severity"] == "major")])
        case Format.JSON:
            return _pretty(next(one for one in _findings(json.loads(text)) if one["level"] == "error"))


def _findings(run: Any) -> Iterator[Any]:
    return (finding for report in run["reports"] for finding in report["findings"])


def _first_failure(text: str) -> str:
    case = next(case for case in Xml.fromstring(text).iter("testcase") if case.find("failure") is not None)
    Xml.indent(case, " ")
    content: str = Xml.tostring(case, encoding="unicode")
    return content.rstrip()


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
