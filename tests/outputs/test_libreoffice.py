"""LibreOffice opens the workbook and keeps what is in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from outputs.workbook import write_workbook
from tests.outputs import builders
from tests.outputs.test_hostile import hostile_info, hostile_report

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），不能试打开工作簿")


def through_libreoffice(file: Path, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder / "saved"),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "saved" / file.name


def test_a_workbook_survives_a_save_by_libreoffice(tmp_path: Path) -> None:
    saved = write_workbook(tmp_path / "审核.xlsx", builders.sample_run(), builders.info())
    before, after = load_workbook(saved.path), load_workbook(through_libreoffice(saved.path, tmp_path))
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        kept = after[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                assert kept[cell.coordinate].value == cell.value, (sheet.title, cell.coordinate)
                if cell.hyperlink:
                    assert kept[cell.coordinate].hyperlink.location.replace("#", "") == cell.hyperlink.location
        assert len(kept._charts) == len(sheet._charts)
    checks = after["问题清单"].data_validations.dataValidation
    assert {check.type for check in checks} == {"list", "date"}
    assert after["问题清单"].auto_filter.ref == before["问题清单"].auto_filter.ref
    assert after["问题清单"].print_title_rows == "$1:$1"
    assert after["问题清单"].column_dimensions["T"].hidden


def test_hostile_text_survives_a_save_by_libreoffice(tmp_path: Path) -> None:
    text = "=cmd|' /C calc'!A0"
    saved = write_workbook(tmp_path / "审核.xlsx", builders.run([hostile_report(text)]), hostile_info(text))
    sheet = load_workbook(through_libreoffice(saved.path, tmp_path))["问题清单"]
    for letter in "BCHJKLT":
        assert (sheet[f"{letter}2"].value, sheet[f"{letter}2"].data_type) == (text, "s")
