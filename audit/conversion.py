"""Converts the doc, wps and rtf files of a chunk before it is judged: LibreOffice starts once, not once a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from audit.inbox import Submission
from documents.errors import Unreadable
from documents.limits import ReadingLimits
from documents.read import Location, load
from documents.sniff import HEAD, OFFICE_LEGACY, may_be_office_legacy, sniff_head

Conversion = Path | Unreadable
# The stream that holds a docx with a password; reading names it, and LibreOffice could do nothing with it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def convert_legacy(
    submissions: Sequence[Submission], workspace: Path, limits: ReadingLimits, seconds: float
) -> Mapping[int, Conversion]:
    """For each doc, wps and rtf file, by its index: the same document as docx below ``workspace``, or why not.

    ``seconds`` is what one document may take. Nothing of a file but its first bytes is looked at in this process.
    """
    originals: dict[Path, int] = {}
    for index, submission in enumerate(submissions):
        data = None if submission.ignored else _legacy_bytes(submission, limits)
        if data is not None:
            original = workspace / "originals" / f"{index:05}"
            original.parent.mkdir(exist_ok=True)
            original.write_bytes(data)
            originals[original] = index
    if not originals:
        return {}
    from documents.readers.legacy import convert_to_docx  # noqa: PLC0415 - most inboxes hold none

    outcomes = convert_to_docx(list(originals), workspace / "converted", seconds)
    return {originals[original]: outcome for original, outcome in outcomes.items()}


def _legacy_bytes(submission: Submission, limits: ReadingLimits) -> bytes | None:
    """The bytes of a file that has to be converted; ``None`` for every other, and for one that cannot be opened."""
    try:
        if submission.member is None:
            with open(submission.path, "rb", buffering=0) as file:  # noqa: PTH123 - a path takes longer than the rest
                head = file.read(HEAD)
            # Most files are texts, of which it takes longer to tell what they are.
            if not may_be_office_legacy(head) or sniff_head(head) not in OFFICE_LEGACY:
                return None
        data = load(Location(Path(submission.path), submission.member), limits)
        convertible = sniff_head(data[:HEAD]) in OFFICE_LEGACY and _ENCRYPTED not in data
    except (OSError, Unreadable):
        return None
    return data if convertible else None
