"""A metric stated by 若干, 多次, 一批 or 大量 where the whole report gives no number for it.

Fails: 全年举办执法培训班若干期。 Passes: 多次开展执法培训,全年共12场次。 Cases: ``expected`` for an uncounted
number of something that the unit's level is expected to state, ``optional`` for others and for 大量 and the like,
``other`` for 若干 with a measure word and no metric of the catalogue (查处违法车辆若干辆).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.metrics.claims import fitting_metric, words_apart
from checks.metrics.clauses import MeasuredSentence, sentences_with
from checks.metrics.lexicon import Hit, Lexicon, any_of, lexicon_of
from checks.metrics.signs import Sign
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.facts.metrics import Metric
from rules.model import Parameters

_UNIT = "(?:{})".format(
    any_of(
        "人次 场次 件次 批次 家次 期次 户次 次(?![序数]) 场(?![景所地合面]) 件 起(?![来草]) 期(?![间待]) 轮 宗"
        " 份(?!额) 批 名(?![单称]) 例(?!如)"
    )
)
_MANY = any_of(
    r"若干 (?<![\d〇零一二两三四五六七八九十百千万许众很更较最增过])多 (?<![\d次总件人户个场份指函参])数[十百千]?"
    r" 上[百千]"
    " (?<!第)几十? 好几"
)
_VAGUE = lazy_pattern(
    f"(?=[若多数上几好大一许众不])(?:(?:{_MANY})(?P<unit>{_UNIT})|(?P<loose>若干|大量|一大?批(?!次)|许多|众多|不少(?!于)))"
)
_UNCOUNTED = lazy_pattern(
    f"[若多](?:(?<=若)干(?:{_UNIT}|[辆家户处艘条篇册人卷张](?![才民员])|个(?![方月])|项(?!目)|部(?![门分委署位]))"
    "|(?<=多)(?<![\\d〇零一二两三四五六七八九十百千万许众更较最增过]多)(?:[件场]次?|宗|人次)(?![^,;。、]))"
)
# 信访积案化解一大批: words that need no measure word after them.
_ALONE = ("若干", "一批", "一大批")
_LEAD = lazy_pattern("[^,;:。、!?《》()\\n]{0,16}$")
_MOST_APART = 8

_Place: TypeAlias = tuple[Metric, Span, str, bool]


class VagueParameters(Parameters):
    """``groups`` of the catalogue that are left out, such as those where counts are not customary."""

    except_groups: tuple[str, ...] = Field(default=(), description="不查的指标类别，习惯上不写数字的")


def run(context: Context, parameters: VagueParameters) -> Iterator[Match]:
    """One match for each group of metrics that is only vaguely stated, at its first place."""
    signs = context.found_words.signs[Sign.VAGUE]
    if not signs:
        return
    found: dict[str, list[_Place]] = {}
    for place in _uncounted_metrics(context, signs, parameters.except_groups):
        found.setdefault(place[0].group, []).append(place)
    for places in found.values():
        yield _match(context, places)
    metric_spans = [span for places in found.values() for _, span, _, _ in places]
    yield from _other_counts(context, signs, metric_spans)


def _uncounted_metrics(context: Context, signs: list[int], except_groups: tuple[str, ...]) -> Iterator[_Place]:
    """The vague statements about metrics of groups for which the report gives no number."""
    lexicon = lexicon_of(context.facts.metrics)
    settled = {*except_groups, *[lexicon.groups[value.id] for value in context.metric_values]}
    for sentence in sentences_with(signs, context.naming_sentences, lexicon, context.quantities):
        for metric, start, end, vague in _vague_statements(sentence, lexicon):
            span = Span(*context.report.view.to_text(start, end))
            if metric.group not in settled and context.contents.content_at(span.start) != "shortcomings":
                yield metric, span, vague.group(), vague["loose"] is not None


def _other_counts(context: Context, signs: list[int], metric_spans: list[Span]) -> Iterator[Match]:
    report = context.report
    for sign in signs:
        match = _UNCOUNTED.match(report.view.text, sign)
        if match is None:
            continue
        lead = _LEAD.search(match.string, max(match.start() - 16, 0), match.start())
        span = Span(*report.view.to_text(lead.start() if lead else match.start(), match.end()))
        content = context.contents.content_at(span.start)
        if content in ("plan", "shortcomings") or report.in_residue(span):
            continue
        if not any(span.overlaps(other) for other in metric_spans):
            message = f"“{report.quote(span)}”没有写明具体数量"
            yield Match(span, message, values={"word": match.group()}, case="other")


def _vague_statements(sentence: MeasuredSentence, lexicon: Lexicon) -> Iterator[tuple[Metric, int, int, re.Match[str]]]:
    for vague in _VAGUE.finditer(sentence.text, sentence.start, sentence.end):
        for hit in sentence.hits:
            if _belongs(sentence, hit, vague) and (metric := fitting_metric(sentence, lexicon, hit, vague["unit"])):
                yield metric, min(hit.start, vague.start()), max(hit.end, vague.end()), vague
                break


def _belongs(sentence: MeasuredSentence, hit: Hit, vague: re.Match[str]) -> bool:
    if sentence.clause_at(hit.start) != sentence.clause_at(vague.start()):
        return False
    if hit.end <= vague.start():
        counted = vague["unit"] or (vague.group() in _ALONE and sentence.text[vague.end()] in ",;。、")
        between = sentence.text[hit.end : vague.start()] if counted else None
    else:
        between = sentence.text[vague.end() : hit.start] if hit.start >= vague.end() else None
    apart = None if between is None else words_apart(between, _MOST_APART)
    return apart is not None


def _match(context: Context, places: list[_Place]) -> Match:
    metric, span, word, loose = places[0]
    report = context.report
    firm = not loose and _is_expected(context, metric.group)
    return Match(
        span,
        f"“{metric.group}”只写了“{report.quote(span)}”（“{word}”），全文没有具体数字",
        related=tuple(other for _, other, _, _ in places[1:4]),
        values={"metric": metric.id, "group": metric.group, "word": word},
        case="expected" if firm else "optional",
    )


def _is_expected(context: Context, group: str) -> bool:
    level = context.report.level
    metrics = (metric for metric in context.facts.metrics if metric.group == group)
    return level is not None and any(level.value in metric.expected for metric in metrics)


KIND = Kind(
    name="metric-vague",
    summary="指标只用“若干”“多次”“一批”“大量”等词，全文没有数字",
    parameters=VagueParameters,
    run=run,
    cases=("expected", "optional", "other"),
)
