"""The Chinese names that every output uses for levels, statuses, families and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from audit.record import Status
from audit.rectification import Progress
from checks.sections.places import Presence
from documents.report import UNIT_LEVEL_NAMES
from rules.model import Applies, Level

_BEFORE_BRACKET = re.compile(r"(?<=[一二三四五六七八九十])/(?=[(（])")
_BEFORE_ITEM = re.compile(r"(?<=[)）])/(?=\d)")

LEVEL_NAMES: Final[Mapping[Level, str]] = {Level.ERROR: "错误", Level.WARNING: "警告", Level.INFO: "提示"}

FAMILY_NAMES: Final[Mapping[str, str]] = {
    "sections": "必备内容",
    "years": "年份时点",
    "duplicates": "重复雷同",
    "metrics": "指标数据",
    "figures": "数据勾稽",
    "citations": "法规引用",
    "wording": "文字差错",
    "identity": "单位名称",
    "privacy": "信息安全",
    "timeliness": "报送时限",
}

PRESENCE_NAMES: Final[Mapping[str, str]] = {
    Presence.OWN.value: "√ 单独成章",
    Presence.FOLDED.value: "○ 并入他处",
    Presence.ABSENT.value: "× 缺少",
}

STATUS_NAMES: Final[Mapping[Status, str]] = {
    Status.READ: "已读取",
    Status.PARTLY_READ: "部分读取",
    Status.NO_TEXT: "没有文字",
    Status.EMPTY: "空文件",
    Status.ENCRYPTED: "已加密",
    Status.UNSUPPORTED: "格式不支持",
    Status.CORRUPT: "文件损坏",
    Status.OVER_LIMIT: "超过限制",
    Status.TIMED_OUT: "读取超时",
    Status.CRASHED: "读取中断",
    Status.UNREADABLE: "无法打开",
    Status.CHANGED: "读取时有变动",
    Status.DUPLICATE: "重复文件",
    Status.IGNORED: "已略过",
}

PROGRESS_NAMES: Final[Mapping[Progress, str]] = {
    Progress.NEW: "新增",
    Progress.OPEN: "未整改",
    Progress.RETURNED: "复发",
    Progress.RESOLVED: "已整改",
    Progress.RULE_CHANGED: "规则变化",
    Progress.UNDECIDED: "未能判断",
    Progress.GONE_BEFORE: "上期已无",
}


def family_name(family: str) -> str:
    """The Chinese name of a family of rules; a family of an inspector's own pack keeps its id."""
    return FAMILY_NAMES.get(family, family)


def section_in_words(section: str) -> str:
    """A path of heading numbers (``二/(一)``) as people write it (``二、(一)``); 开头 before the first heading."""
    return _BEFORE_ITEM.sub("", _BEFORE_BRACKET.sub("、", section)) or "开头"


def scope_in_words(applies: Applies) -> str:
    """The reports that a rule is meant for: levels first, then reported years (``县级、部门，2019年度起``)."""
    first, last = applies.years.first, applies.years.last
    years = f"{first or ''}—{last or ''}年度" if first and last else f"{first}年度起" if first else f"至{last}年度"
    levels = "、".join(UNIT_LEVEL_NAMES[level] for level in applies.levels) or "各层级"
    return f"{levels}，{years}" if first or last else levels
