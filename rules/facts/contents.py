"""The models of a required content: one that the law names, and one that a rule of a house pack defines."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from documents.lazy_pattern import lazy_pattern
from rules.model import Strict, Text
from rules.pattern import Re2Pattern, TextPattern

_WORD = lazy_pattern(r"<(\w+)>")
_NEVER = "(?!)"
_STEM = lazy_pattern(r"本年|往年|来年|某年|(?<!下)(?:上?一?年度)|推[进荐]|法治政府建设|法治建设|的|[^\u4e00-\u9fff]+")
_SHORTEST_STEM = 4
_BITS = 251


def stem(words: str) -> str:
    """The words of a heading without those that tell no content from another."""
    return _STEM.sub("", words)


def characters_used(words: str) -> int:
    """The characters of ``words`` as a set of bits; the sets of two texts differ by no more bits than characters."""
    bits = 0
    for character in words:
        bits |= 1 << ord(character) % _BITS
    return bits


class RequiredContent(Strict):
    """One of the contents that the annual report must have, with the forms real reports give it.

    ``forms`` are whole headings without year and unit, compared tolerantly (a slip of the pen must not hide a section).
    ``headings`` are patterns that make any heading this content's; ``plain_headings`` do so only where the heading says
    nothing else. ``mentions`` are patterns of headings that treat the content among other things. ``not_headings`` and
    ``not_sentences`` are passages to be overlooked: they are cut out before the other patterns are tried.
    ``sentences`` are patterns of sentences that carry the content outside a section of its own, ``implied`` of those
    that carry it without naming it. In every pattern ``<word>`` stands for any of the ``words`` of that name. Patterns
    see the normalised text with years told by their relation to the reported one: 往年, 本年, 来年, 某年.
    """

    id: str
    name: Text
    words: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    forms: tuple[Text, ...] = Field(min_length=1)
    headings: tuple[Text, ...] = ()
    plain_headings: tuple[Text, ...] = ()
    mentions: tuple[Text, ...] = ()
    not_headings: tuple[Text, ...] = ()
    sentences: tuple[Text, ...] = ()
    implied: tuple[Text, ...] = ()
    not_sentences: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _words_are_known(self) -> Self:
        patterns = (
            *(self.headings + self.plain_headings + self.mentions + self.not_headings),
            *(self.sentences + self.implied + self.not_sentences),
        )
        for word in {word for pattern in patterns for word in _WORD.findall(pattern)}:
            if word not in self.words:
                raise ValueError(f"用到了没有定义的词 <{word}>", f"请在 words 里写明 {word} 代表哪些词")
        return self

    @cached_property
    def stems(self) -> dict[int, list[tuple[str, int]]]:
        """By their length, the stems of the forms, each with the characters used."""
        stems: dict[int, list[tuple[str, int]]] = {}
        for form in dict.fromkeys(map(stem, self.forms)):
            if len(form) >= _SHORTEST_STEM:
                stems.setdefault(len(form), []).append((form, characters_used(form)))
        return stems

    @cached_property
    def announcing_pattern(self) -> TextPattern:
        """Headings that may announce this content."""
        return self._any_of(self.headings + self.plain_headings + self.mentions)

    @cached_property
    def heading_pattern(self) -> TextPattern:
        """Headings that are this content's, whatever else they say."""
        return self._any_of(self.headings)

    @cached_property
    def plain_heading_pattern(self) -> TextPattern:
        """Headings that are this content's if they say nothing else."""
        return self._any_of(self.plain_headings)

    @cached_property
    def mention_pattern(self) -> TextPattern:
        """Headings that treat this content among other things."""
        return self._any_of(self.mentions)

    @cached_property
    def overlooked_heading_pattern(self) -> TextPattern:
        """Words of a heading that look like this content and are not."""
        return self._any_of(self.not_headings)

    @cached_property
    def sentence_pattern(self) -> TextPattern:
        """Sentences that carry this content."""
        return self._any_of(self.sentences)

    @cached_property
    def implied_pattern(self) -> TextPattern:
        """Sentences that carry this content without naming it."""
        return self._any_of(self.implied)

    @cached_property
    def overlooked_sentence_pattern(self) -> TextPattern:
        """Words of a sentence that look like this content and are not."""
        return self._any_of(self.not_sentences)

    def _any_of(self, patterns: tuple[str, ...]) -> TextPattern:
        return re.compile("|".join(self._spelled_out(pattern) for pattern in patterns) or _NEVER)

    def _spelled_out(self, pattern: str) -> str:
        return _WORD.sub(lambda word: f"(?:{'|'.join(map(re.escape, self.words[word[1]]))})", pattern)


class DefinedContent(RequiredContent):
    """A content that a rule defines itself. Its patterns come from people and so are run by RE2."""

    def _any_of(self, patterns: tuple[str, ...]) -> TextPattern:
        return Re2Pattern("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else re.compile(_NEVER)
