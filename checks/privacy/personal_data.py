"""Personal data in a text meant for publication. The text itself is masked already when it is read.

Cases: ``sure`` (the number's form or its label leaves no doubt), ``likely``, and ``contact`` (given as a means to reach
the unit, in a line of contacts or on the page).
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from documents.lazy_pattern import lazy_pattern
from documents.personal import PersonalDatum, PersonalKind
from documents.report import ParagraphKind, Report, Span
from rules.model import Parameters

_NAMES = {
    PersonalKind.ID_NUMBER: "居民身份证号码",
    PersonalKind.BANK_CARD: "银行卡号",
    PersonalKind.EMAIL: "电子邮箱",
    PersonalKind.MOBILE: "手机号码",
    PersonalKind.LANDLINE: "个人电话号码",
    PersonalKind.ADDRESS: "个人住址",
}
_REACHABLE = frozenset({PersonalKind.EMAIL, PersonalKind.MOBILE, PersonalKind.LANDLINE})
_CONTACT = lazy_pattern(
    "联系(?:人|电话|方式|我们)|咨询|举报|投诉|热线|监督(?:电话|邮箱)|服务电话|值班|传真|信箱|公开(?:电话|邮箱)|征集|征求意见"
    "|邮箱(?:地址)?:|电子邮[箱件]:|来信|反馈(?:意见|邮箱|电话)|(?:工作|公务|单位|办公)(?:邮箱|手机|电话)"
)
_PERSON = lazy_pattern(
    "某|[男女],|当事人|申请人|原告|被告|嫌疑人|违法行为人|信访人|村民|居民|家庭|本人|个人|身份证|患者|业主|户主|受害人"
)
_BEFORE = 60
_AFTER = 20


class PersonalDataParameters(Parameters):
    """``kinds``: which data to look for; ``official_domains``: ends of e-mail addresses that are an organ's own."""

    kinds: tuple[PersonalKind, ...] = Field(
        min_length=1,
        description="查哪些：id-number 身份证号、mobile 手机号、landline 个人座机、bank-card 银行卡号、"
        "email 邮箱、address 住址",
    )
    official_domains: tuple[str, ...] = Field(
        default=("gov.cn",), description="机关邮箱的域名结尾，这些邮箱不算个人邮箱（输出中仍然遮盖）"
    )


def run(context: Context, parameters: PersonalDataParameters) -> Iterator[Match]:
    """One match for each passage with data of the wanted kinds."""
    report = context.report
    for datum in report.personal:
        if datum.kind in parameters.kinds and not _is_official(report, datum, parameters.official_domains):
            yield Match(
                datum.span,
                f"“{report.quote(datum.span)}”{'是' if datum.sure else '疑似'}{_NAMES[datum.kind]}，公开前应当隐去",
                values={"kind": datum.kind.value},
                case=_case(report, datum),
            )


def _is_official(report: Report, datum: PersonalDatum, domains: tuple[str, ...]) -> bool:
    return datum.kind is PersonalKind.EMAIL and report.normalised(datum.span).lower().endswith(domains)


def _case(report: Report, datum: PersonalDatum) -> str:
    if datum.kind in _REACHABLE and _is_contact(report, datum.span):
        return "contact"
    return "sure" if datum.sure else "likely"


def _is_contact(report: Report, span: Span) -> bool:
    """Whether the unit gives it for people to reach it, and not as a fact about a person."""
    start, end = report.view.from_text(*span)
    words = report.view.text[max(0, start - _BEFORE) : end + _AFTER]
    line = words[: start - max(0, start - _BEFORE)].rpartition("\n")[2]
    if _PERSON.search(line.rpartition("。")[2]):
        return False
    paragraph = report.paragraph_at(span.start)
    kind = None if paragraph is None else report.paragraphs[paragraph].kind
    return (
        kind in (ParagraphKind.SIGNATURE, ParagraphKind.RESIDUE)
        or report.in_residue(span)
        or _CONTACT.search(words) is not None
    )


KIND = Kind(
    name="personal-data",
    summary="公开的报告里有身份证号、手机号、银行卡号、个人邮箱、住址等个人信息",
    parameters=PersonalDataParameters,
    run=run,
    cases=("sure", "likely", "contact"),
)
