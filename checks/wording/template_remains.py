"""Instructions and samples of a template, or of a writing aid, that nobody took out.

Cases: ``instruction`` (此处填写…), ``sample`` (本模板仅供参考), ``name`` (某某局) and ``aid`` (希望以上内容对您有帮助).
Blanks are the business of the kind ``placeholder``; what it reports is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.metrics import placeholder
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters
from rules.pattern import Re2Pattern

_INSIDE = r"[^()\[\]【】。;\n]"
# The second column: signs one of which every remainder of the case holds; most reports have none of any case.
_PATTERNS: tuple[tuple[str, str, re.Pattern[str], str], ...] = (
    (
        "instruction",
        r"[(\[【<]\s?(?:此|这里|本[处段节部]|请|填|示例|样例|例如?:|说明|提示|单位|年[份度]|数[字据]|姓名|地名|内容|日期|模板|范文|标题"
        r"|正文|如无|没有|无|可)|此处|这里|请在此|字(?:左右|以内)?\)",
        lazy_pattern(
            rf"[(\[【<]\s?(?:此处|这里|本处|本段|本节|本部分|请|填写|示例|样例|例如?:|说明:|提示|单位名称|年份|年度|数字|数据|姓名|地名|内容){_INSIDE}{{0,40}}"
            rf"(?:填写|填入|插入|写明|补充|简述|概述|列出|描述|填报|修改|替换|删除|名称|示例|说明|具体情况){_INSIDE}{{0,20}}[)\]】>]"
            r"|【(?:请填写|单位名称|单位|年份|年度|数字|数据|姓名|地名|日期|示例|样例|模板|范文|标题|正文|内容)】"
            r"|\[(?:单位名称|年份|年度|数字|姓名|地名|日期|填写内容)\]"
            r"|(?:此处|这里|请在此(?:处)?)(?:填写|填入|插入|写明|简述|概述|列出)[^,。;\n]{0,20}"
            rf"|\({_INSIDE}{{0,16}}(?:不少于|不超过|控制在|限)\d{{2,4}}字(?:左右|以内)?\)"
            r"|\((?:如无|没有|无)(?:的|此项)?,?(?:可|请|则)?(?:删除|不填|填写?[“\"]?无[”\"]?|略)\)|\((?:可(?:自行)?(?:删除|增减|增删)|可另附页|此行可删)\)"
        ),
        "“{}”是模板中的填写说明，没有删去",
    ),
    (
        "sample",
        "模板|范[文本]|样[本稿表]|示例|参考文本|供参考",
        lazy_pattern(
            r"(?:本|此|该)(?:模板|范文|范本|样本|示例|参考文本)(?:仅供参考|供参考|可)|(?:以下|以上)(?:为|是)(?:模板|范文|示例|样本|参考模板)"
            r"|[(\[【](?:模板|范文|范本|样稿|参考模板|示例|样表|供参考|仅供参考)[)\]】]|(?:模板|范文)(?:[一二三1-3])?[::](?=\S)"
        ),
        "“{}”是模板或范文的字样，没有删去",
    ),
    (
        "name",
        r"[Xx×*某]{2}",
        lazy_pattern(
            r"[Xx×*某](?<![0-9A-Za-z+×*].)(?:(?<=[Xx])[Xx]{1,3}|(?<=×)×{1,3}|(?<=\*)\*{1,3}|(?<=某)某)(?:单位|部门|社区|村委会?|居委会?|同志|书记|公司|街道办?|[镇乡县区市局](?![长域]))"
        ),
        "“{}”没有换成实际名称",
    ),
    (
        "aid",
        "AI|人工智能|希望|[您你]|仅供参考|如需进一步",
        lazy_pattern(
            r"作为(?:一个|一名)?(?:AI|人工智能)(?:语言)?(?:模型|助手)|希望(?:以上|这[份篇])[^。\n]{0,16}(?:对您|能帮到您|有所帮助)"
            r"|以(?:下|上)(?:是|为)(?:根据|按照)(?:您|你)的?(?:要求|需求)[^。\n]{0,20}|(?:您|你)可以?根据实际情况(?:进行)?(?:修改|调整|补充)"
            r"|(?:以上|上述)内容仅供参考[^。\n]{0,20}|如(?:需|果您需要)进一步(?:修改|调整|补充),?请"
        ),
        "“{}”不是报告的内容，像是写作工具的答复，请删去",
    ),
)
_CASE_STUDY = lazy_pattern("案例|典型案|当事人|原告|被告|申请人|诉|化名|案情|一案|罚款")
_REACH = 40
_SIGNS = {case: Re2Pattern(signs) for case, signs, _, _ in _PATTERNS}
_SIGNS_OF_ANY = Re2Pattern("|".join(signs for _, signs, _, _ in _PATTERNS))


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """One match for each remainder outside web residue."""
    report = context.report
    text = report.view.text
    if not _SIGNS_OF_ANY.search(text):
        return
    taken: set[int] = set()
    blanks: set[int] | None = None
    likely = [row for row in _PATTERNS if _SIGNS[row[0]].search(text)]
    for case, _, pattern, message in likely:
        for match, span in report.find(pattern):
            places = range(*span)
            if report.in_residue(span) or not taken.isdisjoint(places):
                continue
            if blanks is None:
                blanks = _blanks(context)
            if (case == "name" and _in_a_case_study(match)) or not blanks.isdisjoint(places):
                continue
            taken.update(places)
            yield Match(span, message.format(_words(report, span)), case=case)


def _in_a_case_study(match: re.Match[str]) -> bool:
    around = match.string[max(match.start() - _REACH, 0) : match.end() + _REACH]
    return _CASE_STUDY.search(around) is not None


def _blanks(context: Context) -> set[int]:
    """The places of the text that the kind ``placeholder`` reports."""
    matches = placeholder.run(context, placeholder.PlaceholderParameters())
    return {place for match in matches for place in range(*match.span)}


def _words(report: Report, span: Span) -> str:
    return " ".join(report.quote(span).split())


KIND = Kind(
    name="template-remains",
    summary="模板的填写说明、示例字样没有删去",
    parameters=Parameters,
    run=run,
    cases=("instruction", "sample", "name", "aid"),
)
