"""What of a document was met and left out, and how people are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class Met(Enum):
    """Something in a document that is left out or needs a word; the value is how people are told, with its count."""

    DELETED = "含未接受的修订：删除 {} 处，未审核删除的文字"
    MOVED = "含未接受的修订：移走 {} 处，按移动后的位置审核"
    INSERTED = "含未接受的修订：插入 {} 处，已按插入后的文字审核"
    COMMENT = "含批注 {} 条，未审核"
    HIDDEN = "含隐藏文字 {} 处，未审核"
    PICTURE = "含图片 {} 张，图片中的文字未审核"
    CHART = "含图表 {} 个，图表中的文字未审核"
    OBJECT = "含嵌入的其他文件 {} 个，未审核"
    CONTENTS = "含自动目录 {} 处，不作为正文审核"
    EXTERNAL = "引用了文件以外的内容 {} 处（链接、模板等），均未打开"


class Missing(Enum):
    """Something of a document that should have been read and was not; the value is how people are told."""

    NUMBERING = "自动编号的定义无法读取，标题和条目缺少编号"
    STYLES = "样式的定义无法读取，按样式设置的标题和编号可能有误"
    NOTES = "脚注或尾注无法读取"
    MARGINS = "页眉或页脚无法读取"
    CHUNK = "嵌入的外部格式内容（altChunk）有 {} 处无法读取"
    SUBDOCUMENT = "引用的子文档有 {} 处不在文件内，未读取"
    DIAGRAM = "智能图形中的文字有 {} 处无法读取"
    REPEATED = "文件内有同名的部件 {} 个，只读取了最后一个，可能与 Word 中看到的不同"


@dataclass(slots=True)
class Ledger:
    """Counts of what was met and what is missing, and of characters: delivered, and left out on purpose."""

    met: Counter[Met] = field(default_factory=Counter)
    missing: Counter[Missing] = field(default_factory=Counter)
    delivered: int = 0
    left_out: int = 0
    held: int = 0

    def notes(self) -> tuple[str, ...]:
        """A sentence for each kind of thing that was met, without its full stop."""
        return tuple(kind.value.format(self.met[kind]) for kind in Met if self.met[kind])

    def incomplete(self) -> str | None:
        """What could not be read, ``None`` where all was."""
        return "；".join(self._missing()) or None

    def _missing(self) -> Iterator[str]:
        yield from (kind.value.format(self.missing[kind]) for kind in Missing if self.missing[kind])
        lost = self.held - self.delivered - self.left_out
        if lost > _LOSS * self.held:
            yield f"文件中约 {lost:,} 字未能读出（共 {self.held:,} 字），文件结构可能已损坏"


_LOSS = 0.005
