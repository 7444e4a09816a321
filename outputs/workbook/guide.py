"""The words of the sheet 说明 that do not depend on the look of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from audit.record import Status
from outputs.workbook import copies
from outputs.workbook.cells import MAX_LINKS
from outputs.workbook.digest import Digest
from outputs.workbook.figures import Figures
from outputs.workbook.info import ScoreWeights
from rules.model import Level

NOTICE: Final = "机器审核结论须经人工确认，确认前不得作为通报、考核的依据"

LEVEL_MEANINGS: Final[Mapping[Level, str]] = {
    Level.ERROR: "明显不符合规定或自相矛盾，一般应当改正后重新报送或者公开。",
    Level.WARNING: "很可能有问题，需要报送单位说明理由或者核对改正。",
    Level.INFO: "供审核人员参考，是否要求整改由审核人员决定。",
}

FILLING: Final = (
    (
        "审核意见",
        "在“问题清单”中逐条选择：确认（问题属实）、误报（机器判断有误）、豁免（属实但不要求整改）、"
        "待定（需进一步核实）。",
    ),
    ("整改状态", "由责任单位整改后选择：未整改、整改中、已整改、长期坚持（需持续推进、不能一次销号的）。"),
    ("责任人、时限", "填写责任人和整改时限；超过时限仍未销号的，时限自动标红。日期请写成 2025-06-30 的形式。"),
    (
        "复核与销号",
        "复核后填写复核意见和销号日期。问题编号（如 F-7K3QZ）在每次审核中保持不变，电话沟通时请报编号。",
    ),
    (
        "导入审核意见",
        "填写后用 fazhi-audit review import 工作簿 导入；下次审核时意见自动回填，误报和豁免不再计数。"
        "豁免可在复核意见里写明期限，如“豁免至2026年”。",
    ),
    (
        "不要改动",
        "请勿删除“问题编号”列和隐藏的列，请勿改动表头；可以筛选、排序、调整列宽。"
        "排序后“汇总”表中的链接可能不再指向原行。",
    ),
)

SHEETS: Final[Mapping[str, str]] = {
    "汇总": "每份报告一行：单位、层级、年度、处理状态、得分、各级别和各类别的问题数量。",
    "问题清单": "每个问题一行：位置、原文（问题处加【】）、说明、依据、建议；黄色列由审核人员填写。",
    "整改台账": "错误和警告，共十列，可直接打印下发和手工填写。",
    "整改对比": "与同一报告的上一次审核相比：新增、未整改、复发、已整改的问题；规则有变动的、未能读取的另行标明。",
    "必备内容": "每份报告是否写明规定的必备内容，写在哪里。",
    "指标": "每份报告写明的指标数值；空白表示没有写明；同一指标有多个数值的，分行列出。",
    "指标明细": "每个指标数值及其原文出处。",
    "指标对比": "同一单位历年的指标并排对照，大幅升降和完全相同的予以提示。",
    "年份引用": "报告中出现的每个年份、所属类别和判断理由。",
    "重复比对": "重复或雷同的两处文字并排对照；先列两份报告之间的，再列一份报告之内的。",
    "雷同组": "相互雷同的三份以上报告，每组一行。",
    "处理情况": "收到的每个文件：是否读取，未读取的原因和下一步办法。",
    "规则": "本次使用的每条规则：依据、正反示例、命中次数；从未命中的规则单独标明。",
    "统计": "按类别、级别、处理状态和得分统计的图表。",
}

SUMMARY_SHEETS: Final[Mapping[str, str]] = {
    "分地区汇总": "每个分册一行：份数、各级别和各类别的问题数量、有错误的报告占比、平均得分；点“查看”打开分册。",
    "汇总": "每份报告一行：单位、层级、年度、处理状态、得分、各级别和各类别的问题数量，在哪个分册。",
    "问题类型": "每条规则一行：涉及多少份报告、多少个问题；从未命中、未能判断的规则另行标明。",
    "重复比对": "全部报告中文字雷同的报告对，相同文字最多的在前，两处文字并排对照。",
    "雷同组": "相互雷同的三份以上报告，每组一行。",
    "处理情况": "没有读取或者没有完整读取的文件：原因和下一步办法。全部文件见各分册。",
    "统计": "按类别、级别、处理状态和得分统计的图表。",
}

PARTS_TOGETHER: Final = "总册中的链接按相对位置打开分册，移动或者下发时请将总册和分册放在一起，不要改名。"


def scoring(weights: ScoreWeights) -> str:
    """How the score is made, with the weights of this run."""
    return (
        f"得分 ＝ 100 － {weights.error:g}×错误 － {weights.warning:g}×警告 － {weights.info:g}×提示，最低为 0 分。"
        "这是审查口径（可调整），没有法定依据，只用来安排核查的先后，不作为考核评分。未能读取的报告不计分。"
    )


def attention(figures: Figures) -> list[str]:
    """What a reader must know lest a count mislead: unread files, rules that could not judge."""
    remarks: list[str] = []
    if figures.unread:
        remarks.append(f"有 {figures.unread} 份文件未能审核，不等于没有问题；原因和办法见“处理情况”。")
    aside = len(figures.summaries) - len(figures.judged) - figures.unread
    if aside:
        remarks.append(f"有 {aside} 份文件不需要审核（内容重复的，或者不是报告的），见“处理情况”。")
    partly = sum(report.status is Status.PARTLY_READ for report in figures.judged)
    if partly:
        remarks.append(f"有 {partly} 份报告只读出部分内容，结论可能不全，请对照原件核对。")
    return remarks


def limits(digest: Digest, sheets: int) -> list[str]:
    """What an ordinary workbook could not show in full: rules that could not judge, split sheets, sheets left out."""
    remarks: list[str] = []
    unassessed = sum(bool(report.unassessed) for report in digest.judged)
    if unassessed:
        remarks.append(f"有 {unassessed} 份报告的部分规则未能判断（不等于合格），见“处理情况”的“未能判断的规则”列。")
    if sheets > 1:
        remarks.append(f"问题数量超过一张工作表的行数上限，续表为“问题清单(2)”等，共 {sheets} 张。")
    if not digest.info.details:
        remarks.append("“指标明细”“年份引用”两张表篇幅过大，本册从略，其内容见同一批次的 findings.json。")
    remarks += copies.remark(len(digest.run.copies))
    if len(digest.first_entry) > MAX_LINKS:
        remarks.append(f"链接超过 {MAX_LINKS:,} 处的部分以文字显示。")
    return remarks
