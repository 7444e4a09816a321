"""Personal data in a text: numbers of identity cards, telephones and bank cards, e-mail addresses, home addresses.

They are masked as soon as a text is read, one ``*`` for each character, so that no output can show them and every
offset still holds. What is kept is what an inspector needs to find the place again: ``110101********1234``,
``138****0000``, the last four digits of a bank card, the first letter of an e-mail address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from documents.folded import fold_half_width, half_width, unusual_signs
from documents.identity_cards import read_identity_card
from documents.lazy_pattern import lazy_pattern
from documents.report import Span


class PersonalKind(StrEnum):
    """What a passage tells of a person."""

    ID_NUMBER = "id-number"
    BANK_CARD = "bank-card"
    EMAIL = "email"
    MOBILE = "mobile"
    LANDLINE = "landline"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """One passage with personal data. ``sure``: its form leaves no doubt (check digit), or its label says what it is.

    ``hidden`` are the places, in code points of the text, whose characters are masked.
    """

    kind: PersonalKind
    span: Span
    sure: bool
    hidden: tuple[int, ...]


_MASK = "*"
# Most texts hold no such run, and looking for it is ten times as fast as looking for each kind of number.
_LONG_NUMBER = lazy_pattern(r"[0-9０-９](?:[\s－\-\u200b-\u200f\u2060\ufeff]{0,2}[0-9０-９]){10}")
_UNUSUAL_IN_NUMBERS = frozenset(
    "０１２３４５６７８９－\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u202f\u205f\u2028\u2029\u2060\ufeff"
) | {chr(code) for code in range(0x2000, 0x2010)}
_GAPS = b" \n-"
_RUNS = bytes(0x30 if chr(code).isdigit() else 0x20 if code in _GAPS else 0x3F for code in range(256))
_DIGITS = b"0" * 11
_LONG_RUN = re.compile(b"0(?: {0,2}0){10}")
_HOUSE_AHEAD = "[^。；;\n]{0,40}?[号弄室栋幢组户楼层座]"
_LIVES_AT = lazy_pattern(f"住{_HOUSE_AHEAD}")
_REGISTERED_AT = lazy_pattern(f"户籍{_HOUSE_AHEAD}")
_GAP = r"[ \n-]{0,2}"

# To look back from the first digit, not before it, lets a search skip at once all that is none.
_ID_NUMBER = lazy_pattern(rf"[1-8](?<![0-9].)(?:(?:{_GAP}[0-9]){{16}}{_GAP}[0-9Xx]|[0-9]{{14}})(?![0-9])")
_CARD = lazy_pattern(r"[2-689](?<![0-9].)(?:[ -]?[0-9]){14,18}(?![0-9])")
_MOBILE_PREFIX = "(?:13[0-9]|14[014-9]|15[0-35-9]|16[2567]|17[0-8]|18[0-9]|19[0-35-9])"
_MOBILE = lazy_pattern(
    rf"(?<![0-9])(?:(?:\+|00)?86[ -]?|0)?(?P<number>{_MOBILE_PREFIX}(?:[0-9]{{8}}|[ -][0-9]{{4}}[ -]?[0-9]{{4}}"
    "|[0-9]{4}[ -][0-9]{4}|[0-9][ -][0-9]{7}))(?![0-9])"
)
_BROKEN_MOBILE = lazy_pattern(rf"(?<![0-9\n\t ])(?P<number>{_MOBILE_PREFIX}(?:[0-9\n]{{9}}))(?![0-9\n\t ])")
_MOBILE_BEGINS = lazy_pattern("[+081](?<![0-9].)")
_EMAIL = lazy_pattern(r"(?P<local>[A-Za-z0-9][A-Za-z0-9._%+-]{0,63})@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10}")
_LANDLINE = lazy_pattern(r"[(0](?<![0-9-].)(?:(?<=\()0[0-9]{2,3}\)|(?<=0)[0-9]{2,3}-)[2-9][0-9]{6,7}(?![0-9])")
_ADDRESS = lazy_pattern(
    r"(?:家住|现住|租住|住址|住所|居住|户籍|住)(?:地|所在地|地址)?(?:在|于|为|是|:)?"
    r"(?P<place>[^\s,。;:()、]{2,40}?(?:[0-9一二三四五六七八九十百〇零A-Za-z-]+(?:号|弄|室|单元|栋|幢|组|户|楼|层|座)[^\s,。;:()、0-9一二三四五六七八九十]{0,2}){1,5})"
)
_HOUSE_NUMBER = lazy_pattern(r"[0-9一二三四五六七八九十百〇零A-Za-z-]+(?=号|弄|室|单元|栋|幢|组|户|楼|层|座)")

# A number that is called something else is no card and no telephone, whatever its digits are.
_OTHER_NUMBER = lazy_pattern(
    "(?:编号|文号|案号|单号|工单|流水号|受理号|注册号|登记号|备案号|许可证|执照|(?<!份)证号|代码|税号|识别号|订单号|合同号|证书号|索引号"
    r"|字第|字号|字|第|〕|条码|批号|项目号|准字|金额|收入|支出|总额)(?:码|号)?[:为是]? ?\Z"
)
_NAMED_ID = lazy_pattern("身份证|公民身份号码|证件号码?|居民身份")
_NAMED_CARD = lazy_pattern(
    "银行卡|信用卡|借记卡|储蓄卡|社保卡|卡号|账号|帐号|账户|帐户|开户行|[农工建中]行|邮储|信用社|农商行"
)
_AMOUNT = lazy_pattern(r"(?:\.[0-9]+)? ?(?:[余多]?[万亿]?(?:美|欧|日)?元|千瓦|立方|平方|吨|公斤|字节|[万亿])")
_CODE_BEFORE = lazy_pattern(r"[0-9A-Za-z]+\Z")
_CODE_AFTER = lazy_pattern("[0-9A-Za-z]+")
_HOME = lazy_pattern(
    r"(?:家庭|家中|住宅|家里|个人|本人)(?:固定)?电话(?:号码)?[:为是]? ?\Z|某[^,。;:]{0,2}[,(]?(?:联系)?电话[:为是]? ?\Z"
)
_PERSON = lazy_pattern(
    "某|[男女],|先生|女士|同志|居民|村民|当事人|申请人|原告|被告|嫌疑人|违法行为人|患者|老人|信访人|身份证|出生"
)
# A whole address tells who is meant by the words after it: 家住解放路12号3单元501室的低保户刘某.
_FULL = lazy_pattern("^[^某×*]*[路街巷村镇乡道弄里苑园区庄屯][^某×*]*[0-9一二三四五六七八九十]+(?:号|组|幢|栋)")
_OF_A_PERSON = lazy_pattern(
    "的?[^,。;]{0,8}?(?:某|先生|女士|同志|老人|居民|村民|群众|[低五]保户|贫困户|特困|患者|老党员|大爷|大妈|阿姨|奶奶|爷爷|一家|夫妇|夫妻)"
)
_COMPANY = lazy_pattern("公司|企业|合作社|经营部|商行|门店|单位|机构|中心|超市|酒店|餐厅|厂")
_REACH = 30
_SENTENCE = 80
_CLAUSE = 16
_MOBILE_DIGITS = 11
_FIRST_YEAR_OF_FILES = 2000


def find_personal_data(text: str, unusual: Set[str] | None = None) -> tuple[PersonalDatum, ...]:
    """Every passage with personal data, in order and without overlap.

    ``unusual`` are the :func:`~documents.folded.unusual_signs` of ``text``, where they are known.
    """
    signs = unusual_signs(text) if unusual is None else unusual
    finders = list(_finders(text, signs))
    folded = fold_half_width(half_width(text, signs), signs) if finders else ""
    taken: list[PersonalDatum] = []
    for find in finders:
        for datum in find(folded):
            index = bisect_right(taken, datum.span.start, key=lambda other: other.span.start)
            if not any(other.span.overlaps(datum.span) for other in taken[max(0, index - 1) : index + 1]):
                taken.insert(index, datum)
    return tuple(taken)


def _finders(text: str, unusual: Set[str]) -> Iterator[Callable[[str], Iterator[PersonalDatum]]]:
    """The readers of kinds of which the text holds at least a sign; an earlier one has the first word."""
    if "@" in text or "＠" in unusual:
        yield _emails
    if _holds_long_number(text, unusual):
        yield from (_id_numbers, _bank_cards, _mobiles, _landlines)
    if ("住" in text and _LIVES_AT.search(text)) or ("户籍" in text and _REGISTERED_AT.search(text)):
        yield _addresses


def _holds_long_number(text: str, unusual: Set[str]) -> bool:
    if unusual & _UNUSUAL_IN_NUMBERS:
        return _LONG_NUMBER.search(text) is not None
    # Between the bytes of so simple a text a run of digits is found much faster, and most hold none of any kind.
    written = text.replace("\u3000", " ").encode("ascii", "replace")
    return _DIGITS in written.translate(_RUNS, _GAPS) and _LONG_RUN.search(written.translate(_RUNS)) is not None


def masked(text: str, data: Sequence[PersonalDatum]) -> str:
    """``text`` with the hidden characters of ``data`` masked; equally long."""
    if not data:
        return text
    characters = list(text)
    for datum in data:
        for place in datum.hidden:
            characters[place] = _MASK
    return "".join(characters)


def without_personal_data(words: str) -> str:
    """Any words, such as a file name or a reason, with the personal data in them masked."""
    return masked(words, find_personal_data(words))


def _id_numbers(folded: str) -> Iterator[PersonalDatum]:
    for match in _overlapping(_ID_NUMBER, folded):
        digits = re.sub(r"[^0-9Xx]", "", match.group()).upper()
        card = read_identity_card(digits)
        if card is None:
            continue
        named = _NAMED_ID.search(_before(folded, match)) is not None
        if not named and (_OTHER_NUMBER.search(_before(folded, match)) or _AMOUNT.match(folded, match.end())):
            continue
        # Numbers of files and cases hold the year they were given; a wrong digit in one of them makes it no card.
        if card.checked or named or card.born.year < _FIRST_YEAR_OF_FILES:
            kept = 4 if len(digits) == 18 else 3
            yield _datum(PersonalKind.ID_NUMBER, match, card.checked or named, _between(6, kept))


def _bank_cards(folded: str) -> Iterator[PersonalDatum]:
    for match in _overlapping(_CARD, folded):
        digits = re.sub(r"[^0-9]", "", match.group())
        named = _NAMED_CARD.search(_before(folded, match)) is not None
        issued = _has_issuer(digits) if named else _is_plainly_a_card(digits) and not _is_called_other(folded, match)
        if issued and _passes_luhn(digits):
            yield _datum(PersonalKind.BANK_CARD, match, named, _between(0, 4))


def _has_issuer(digits: str) -> bool:
    """Whether an organisation issues cards of this length with these first digits (ISO/IEC 7812, UnionPay)."""
    if digits.startswith(("62", "81", "9558", "60")):
        return True
    if len(digits) == 15:
        return digits.startswith(("34", "37"))
    first = digits[:4]
    return len(digits) == 16 and (digits[0] in "45" or "2221" <= first <= "2720" or "3528" <= first <= "3589")


def _is_plainly_a_card(digits: str) -> bool:
    """A code made of region, year and serial number has its year at the seventh place; it is no card unless named."""
    return len(digits) >= 16 and _has_issuer(digits) and not "1980" <= digits[6:10] <= "2039"


def _passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def _mobiles(folded: str) -> Iterator[PersonalDatum]:
    for pattern in (_MOBILE, _BROKEN_MOBILE):
        for begin in _MOBILE_BEGINS.finditer(folded):
            match = pattern.match(folded, begin.start())
            if match is None:
                continue
            complete = sum(map(str.isdigit, match["number"])) == _MOBILE_DIGITS
            if complete and not _is_called_other(folded, match):
                yield _datum(PersonalKind.MOBILE, match, True, _between(3, 4), match.start("number"))


def _emails(folded: str) -> Iterator[PersonalDatum]:
    for match in _EMAIL.finditer(folded):
        start, end = match.span("local")
        kept = 1 if end - start > 1 else 0
        yield PersonalDatum(PersonalKind.EMAIL, Span(*match.span()), True, tuple(range(start + kept, end)))


def _landlines(folded: str) -> Iterator[PersonalDatum]:
    """Those of homes only: the telephones of offices are there to be published."""
    for match in _LANDLINE.finditer(folded):
        if _HOME.search(_before(folded, match)):
            yield _datum(PersonalKind.LANDLINE, match, True, lambda count: range(count - 4, count))


def _addresses(folded: str) -> Iterator[PersonalDatum]:
    for match in _ADDRESS.finditer(folded):
        before = folded[max(0, match.start() - _SENTENCE) : match.start()]
        sentence = before.rpartition("。")[2].rpartition("\n")[2]
        if _COMPANY.search(sentence[-_CLAUSE:]):
            continue
        if not (_PERSON.search(sentence) or (_FULL.search(match["place"]) and _OF_A_PERSON.match(folded, match.end()))):
            continue
        numbers = _HOUSE_NUMBER.finditer(folded, *match.span("place"))
        hidden = tuple(place for number in numbers for place in range(*number.span()) if folded[place] != "-")
        yield PersonalDatum(PersonalKind.ADDRESS, Span(*match.span("place")), True, hidden)


def _overlapping(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Every match, also those that begin inside another one: a number may follow another after a blank."""
    match = pattern.search(folded)
    while match:
        yield match
        match = pattern.search(folded, match.start() + 1)


def _before(folded: str, match: re.Match[str]) -> str:
    return folded[max(0, match.start() - _REACH) : match.start()]


def _is_called_other(folded: str, match: re.Match[str]) -> bool:
    """Whether the words around say that it is another number, or an amount, or part of a code such as a hash."""
    if _OTHER_NUMBER.search(_before(folded, match)) or _AMOUNT.match(folded, match.end()):
        return True
    code = (_CODE_BEFORE.search(_before(folded, match)), _CODE_AFTER.match(folded, match.end()))
    return any(part is not None and any(map(str.isdigit, part.group())) for part in code)


def _between(first: int, last: int) -> Callable[[int], range]:
    """The ordinals of the digits to hide: all but the ``first`` and the ``last`` ones."""
    return lambda count: range(first, count - last)


def _datum(
    kind: PersonalKind, match: re.Match[str], sure: bool, hidden: Callable[[int], range], start: int | None = None
) -> PersonalDatum:
    begin = match.start() if start is None else start
    digits = [begin + place for place, character in enumerate(match.string[begin : match.end()]) if character.isalnum()]
    return PersonalDatum(kind, Span(begin, match.end()), sure, tuple(digits[index] for index in hidden(len(digits))))
