"""Plausible small reports with one passage put where a case wants it."""

from __future__ import annotations

from checks.context import Context
from checks.examples import assume
from documents.read import report_from_text
from rules.facts import Facts
from rules.model import Assumption

FACTS = Facts()

_TEXT = """{title}

{opening}
一、推进法治政府建设的主要举措和成效
(一)加强组织领导。专题研究法治建设工作,层层压实责任。
(二){heading}
{achievements}
二、存在的不足和原因
执法力量还有欠缺,主要是专业人员流动较大。
{shortcomings}
三、党政主要负责人履行推进法治建设第一责任人职责情况
主要负责人带头学法,对重大事项亲自部署、亲自过问。
四、{plan_title}
(一)加强行政执法监督,提升办案质量。
{plan}
{signature}
"""


def report_text(year: int, part: str, text: str) -> str:
    """A whole report on ``year`` in which ``text`` stands in ``part``."""
    slots = {
        "title": f"青石县司法局{year}年法治政府建设年度报告",
        "opening": f"{year}年,我局坚持以人民为中心,扎实推进法治政府建设。现将{year}年有关情况报告如下:",
        "heading": "规范行政执法",
        "achievements": "严格执行行政执法各项制度。",
        "shortcomings": "基层普法形式还不够丰富。",
        "plan-title": f"{year + 1}年主要工作安排",
        "plan": "继续加大普法力度。",
        "signature": "",
    }
    if part in ("achievements", "shortcomings", "plan"):
        slots[part] += f"\n{text}"
    elif part == "signature":
        slots[part] = f"青石县司法局\n{text}"
    else:
        slots[part] = text
    return _TEXT.format(**{name.replace("-", "_"): value for name, value in slots.items()})


def report_context(year: int, part: str, text: str) -> Context:
    """The report of :func:`report_text`, its year taken as known."""
    report = report_from_text(report_text(year, part, text))
    return Context(assume(report, Assumption(year=year)), FACTS)
