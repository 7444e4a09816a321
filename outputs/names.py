"""The Chinese names that every output uses for levels, statuses, families and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from audit.record import Status
from checks.sections.contents import Presence
from documents.report import UnitLevel
from rules.model import Level

_BEFORE_BRACKET = re.compile(r"(?<=[一二三四五六七八九十])/(?=[(（])")
_BEFORE_ITEM = re.compile(r"(?<=[)）])/(?=\d)")

LEVEL_NAMES: Final[Mapping[Level, str]] = {Level.ERROR: "错误", Level.WARNING: "警告", Level.INFO: "提示"}

UNIT_LEVEL_NAMES: Final[Mapping[UnitLevel, str]] = {
    UnitLevel.PROVINCE: "省级",
    UnitLevel.CITY: "市级",
    UnitLevel.COUNTY: "县级",
    UnitLevel.DEPARTMENT: "部门",
    UnitLevel.TOWNSHIP: "乡镇街道",
}

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

NEXT_STEPS: Final[Mapping[Status, str]] = {
    Status.READ: "无需处理",
    Status.PARTLY_READ: "请对照原件核对未读出的部分",
    Status.NO_TEXT: "请提供可复制文字的电子版（扫描件须先识别文字）",
    Status.EMPTY: "请报送单位重新提供文件",
    Status.ENCRYPTED: "请去除密码后重新提交",
    Status.UNSUPPORTED: "请另存为支持的格式后重新提交",
    Status.CORRUPT: "请报送单位重新提供完好的文件",
    Status.OVER_LIMIT: "请拆分或精简文件，或调整上限后重新审核",
    Status.TIMED_OUT: "请另存为纯文本或调整时限后重新审核",
    Status.CRASHED: "请另存为其他格式后重新审核；仍不成功时请人工审核",
    Status.UNREADABLE: "请检查文件权限，关闭占用该文件的程序后重新审核",
    Status.CHANGED: "请待文件保存完毕后重新审核",
    Status.DUPLICATE: "与另一文件内容相同，不重复审核",
    Status.IGNORED: "不是报告文件，无需处理",
}

JUDGED: Final = frozenset({Status.READ, Status.PARTLY_READ})
"""The statuses of files that were read and so carry findings."""

SET_ASIDE: Final = frozenset({Status.DUPLICATE, Status.IGNORED})
"""The statuses of files that need no reading."""


def family_name(family: str) -> str:
    """The Chinese name of a family of rules; a family of an inspector's own pack keeps its id."""
    return FAMILY_NAMES.get(family, family)


def section_in_words(section: str) -> str:
    """A path of heading numbers (``二/(一)``) as people write it (``二、(一)``); 开头 before the first heading."""
    return _BEFORE_ITEM.sub("", _BEFORE_BRACKET.sub("、", section)) or "开头"
