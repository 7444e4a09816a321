"""Reads a baseline: the ``findings.json`` of an earlier run, its folder, or the SARIF file of an earlier check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from audit.baseline import Baseline, KnownFinding, KnownReport, known_finding, known_report
from documents.errors import fault_in_words
from documents.personal import without_personal_data
from rules.model import Level

SARIF_FINGERPRINT = "fazhiAuditFinding/v1"
"""The name of the fingerprint among the partialFingerprints of a SARIF result."""

SUPPRESSION_FAMILY = "suppressions/"
"""How the ids of findings of a file of suppressions begin; they are compared with no baseline."""

_RUN_FILE = "findings.json"
_TOOL = "fazhi-audit"
_SCHEMA = 1


class BaselineError(Exception):
    """The baseline cannot be used; as a string, one clear sentence in Chinese. ``english`` says the same."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese, english)
        self.english = english

    def __str__(self) -> str:
        return str(self.args[0])


class _Finding(msgspec.Struct):
    rule: str
    level: Level
    title: str
    quote: str
    place: str
    excerpt: str
    fingerprint: str
    number: str
    values: dict[str, Any]


class _Report(msgspec.Struct):
    path: str
    unit: str | None
    year: int | None
    title: str | None
    findings: list[_Finding]


class _Rules(msgspec.Struct):
    sha256: str


class _Tool(msgspec.Struct):
    name: Literal["fazhi-audit"]
    rules: _Rules


class _Run(msgspec.Struct):
    """The part of ``findings.json`` that is needed."""

    schema: int
    tool: _Tool
    reports: list[_Report]


class _Kind(msgspec.Struct):
    """Tells the two formats apart."""

    schema: Any = None
    runs: Any = None


def read_baseline(path: Path) -> Baseline:
    """The earlier run at ``path``. Raises :class:`BaselineError`: an unreadable baseline is never an empty one."""
    file = path / _RUN_FILE if path.is_dir() else path
    if path.is_dir() and not file.is_file():
        raise BaselineError(
            f"文件夹“{path}”里没有 {_RUN_FILE}，请给出一次审核的结果文件夹，或者 findings.json、SARIF 文件。",
            f"There is no {_RUN_FILE} in {path}: give the folder of one run, its {_RUN_FILE}, or a SARIF file.",
        )
    try:
        data = file.read_bytes()
    except OSError as fault:
        told = fault_in_words(fault)
        raise BaselineError(f"基线“{file}”无法读取（{told}）。", f"Cannot read the baseline: {fault}") from fault
    return _parsed(file, data)


def _parsed(file: Path, data: bytes) -> Baseline:
    source = without_personal_data(file.as_posix())
    try:
        kind = msgspec.json.decode(data, type=_Kind)
        if kind.runs is not None:
            return _from_sarif(source, msgspec.json.decode(data))
        if isinstance(kind.schema, int) and kind.schema != _SCHEMA:
            chinese = f"基线“{file}”的格式版本是 {kind.schema}，本程序只能读版本 {_SCHEMA}。"
            raise BaselineError(chinese, f"The baseline {file} has format version {kind.schema}, not {_SCHEMA}.")
        run = msgspec.json.decode(data, type=_Run)
    except (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError, ValueError) as fault:
        raise BaselineError(
            f"基线“{file}”不是本程序写出的 findings.json 或 SARIF 文件，或者已经损坏。",
            f"The baseline {file} is no findings.json or SARIF file of {_TOOL}, or it is damaged ({fault}).",
        ) from fault
    return Baseline(source, run.tool.rules.sha256, tuple(map(known_report, run.reports)))


def _from_sarif(source: str, log: Any) -> Baseline:
    """Raises LookupError, TypeError or ValueError for a log that is not ours."""
    (run,) = log["runs"]
    if run["tool"]["driver"]["name"] != _TOOL:
        raise ValueError("another tool")
    findings: list[list[KnownFinding]] = [[] for _ in run["artifacts"]]
    for result in run["results"]:
        if result.get("baselineState") != "absent" and not result["ruleId"].startswith(SUPPRESSION_FAMILY):
            index = result["locations"][0]["physicalLocation"]["artifactLocation"]["index"]
            findings[index].append(_known_result(result))
    described = [artifact["properties"] for artifact in run["artifacts"]]
    # A file of suppressions is no report and has no status.
    reports = [
        _sarif_report(properties, known)
        for properties, known in zip(described, findings, strict=True)
        if "status" in properties
    ]
    return Baseline(source, run["properties"]["rules"]["sha256"], tuple(reports))


def _known_result(result: Any) -> KnownFinding:
    properties = result["properties"]
    known = _Finding(
        rule=result["ruleId"],
        level=Level(properties["level"]),
        title=properties["title"],
        quote=properties["quote"],
        place=properties["place"],
        excerpt=properties["excerpt"],
        fingerprint=result["partialFingerprints"][SARIF_FINGERPRINT],
        number=properties["number"],
        values=properties["values"],
    )
    return known_finding(known)


def _sarif_report(properties: Any, findings: Sequence[KnownFinding]) -> KnownReport:
    return KnownReport(
        properties["path"], properties.get("unit"), properties.get("year"), properties.get("title"), tuple(findings)
    )
