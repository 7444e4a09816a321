"""Settings of audits and schedules, from the environment (``FAZHI_AUDIT_…``) and a settings file (TOML)."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from audit.limits import Limits
from audit.packs import DEFAULT_PACK
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from flows.errors import SettingsError
from rules.errors import Location, Place
from rules.validation import in_chinese

CONFIG_VARIABLE = "FAZHI_AUDIT_CONFIG"
CONFIG_NAME = "fazhi-audit.toml"
_LIMITS = Limits()


class Settings(BaseSettings):
    """Every setting, its default and its meaning. An environment variable wins over the settings file."""

    model_config = SettingsConfigDict(env_prefix="FAZHI_AUDIT_", extra="forbid", frozen=True)

    inbox: Path = Field(Path("收件箱"), description="定时审核的收件文件夹")
    full_inbox: Path | None = Field(None, description="每月全面审核的文件夹；不设则与收件文件夹相同")
    out: Path = Field(Path("reports_out"), description="审核结果文件夹")
    pack: str = Field(DEFAULT_PACK, description="规则包：内置名称或文件夹")
    year: int | None = Field(None, ge=2000, le=2100, description="本次审核的报告年度")
    engine: Literal["prefect", "plain"] = Field("prefect", description="执行方式")
    history: str = Field("", description="历史库：PostgreSQL 地址或 SQLite 文件，off 为不记录")
    chunk_size: int = Field(500, ge=1, le=1000, description="每批份数")
    findings_per_workbook: int = Field(20_000, ge=100, description="问题数超过此数时，工作簿按地区拆分")
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="并行进程数")
    document_seconds: float = Field(_LIMITS.seconds, gt=0, description="每份报告的处理时限（秒）")
    document_memory_mb: int = Field(_LIMITS.memory_mb, ge=512, description="每个处理进程的内存上限（MB）")
    max_file_mb: int = Field(DEFAULT_LIMITS.file_mb, ge=1, description="单个文件大小上限（MB）")
    max_characters: int = Field(DEFAULT_LIMITS.characters, ge=1000, description="单份报告字数上限")
    max_pages: int = Field(DEFAULT_LIMITS.pages, ge=1, description="PDF、OFD 页数上限")
    max_members: int = Field(DEFAULT_LIMITS.members, ge=1, description="压缩包所含文件数上限（docx、OFD 也是压缩包）")
    max_unpacked_mb: int = Field(DEFAULT_LIMITS.unpacked_mb, ge=1, description="压缩包解压后大小上限（MB）")
    max_ratio: int = Field(DEFAULT_LIMITS.ratio, ge=2, description="压缩比上限（解压后超过 20 MB 时适用）")
    max_xml_depth: int = Field(DEFAULT_LIMITS.xml_depth, ge=32, description="文档内部 XML 嵌套层数上限")
    server_start_seconds: float = Field(120.0, gt=0, description="等待 Prefect 服务就绪的时限（秒）")
    prefect_home: Path = Field(
        Path.home() / ".fazhi-audit" / "prefect", description="Prefect 数据文件夹（应在本机磁盘）"
    )
    daily_cron: str = Field("0 2 * * 1-5", description="日常审核的时间（cron）")
    monthly_cron: str = Field("0 3 1 * *", description="每月全面审核的时间（cron）")
    timezone: str = Field("Asia/Shanghai", description="定时所用的时区")

    @property
    def limits(self) -> Limits:
        """The limits of one document and the number of child processes."""
        return Limits(self.document_seconds, self.document_memory_mb, self.workers, self.reading_limits)

    @property
    def reading_limits(self) -> ReadingLimits:
        """The largest file that is read."""
        return ReadingLimits(
            file_mb=self.max_file_mb,
            characters=self.max_characters,
            pages=self.max_pages,
            members=self.max_members,
            unpacked_mb=self.max_unpacked_mb,
            ratio=self.max_ratio,
            xml_depth=self.max_xml_depth,
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, then environment, then the settings file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _settings_file())


def load_settings(**given: object) -> Settings:
    """The settings in force; ``given`` are the command line's, ``None`` for not given. Raises SettingsError."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as fault:
        raise SettingsError(f"设置有误（{_settings_file() or '环境变量'}）：{_mistakes(fault)}。") from fault
    except UnicodeDecodeError as fault:
        raise SettingsError(f"设置文件“{_settings_file()}”不是 UTF-8 编码，请另存为 UTF-8 编码。") from fault
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(f"设置文件“{_settings_file()}”{_place(fault)}写法不对，写法如 year = 2024。") from fault


def _mistakes(fault: ValidationError) -> str:
    given = {str(item["loc"][0]): item["input"] for item in fault.errors()}
    problems = in_chinese(fault, TypeAdapter(Settings), given, _somewhere)
    return "；".join(problem.message + (f"（{problem.hint}）" if problem.hint else "") for problem in problems)


def _somewhere(location: Location, *, at_key: bool = False) -> Place:
    """The settings in force come from several sources, which pydantic does not tell apart."""
    return Place("", None, None)


def _place(fault: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"at line (\d+), column (\d+)", str(fault))
    return f"第 {found[1]} 行第 {found[2]} 列" if found else "末尾"


def _settings_file() -> Path | None:
    """The file named by FAZHI_AUDIT_CONFIG, else ``fazhi-audit.toml`` in the current folder if there is one."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        if not Path(named).is_file():
            raise SettingsError(f"找不到 {CONFIG_VARIABLE} 指定的设置文件“{named}”。")
        return Path(named)
    return Path(CONFIG_NAME) if Path(CONFIG_NAME).is_file() else None
