"""Whether the letters before 县 or 镇 are a common word (组织镇…, 调整县…) rather than the name of a place."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from documents.lazy_pattern import lazy_pattern

# The verbs and modifiers with which clauses of reports begin; most candidates end here.
_FREQUENT = lazy_pattern(
    "申[报请领]|争取|获[得评]|荣获|对接|衔接|移[送交]|报[送请]|承担|负责|参与|推[荐选行广]|举[办行]|印[发制]|出台|发[布放]|汇[报总]"
    "|接[受待]|完成|落[实细]|贯[彻穿]|履行|执行|巩固|拓展|扩大|搭建|运用|利用|借[助鉴]|总结|开[设通]|启[动用]|设[立置]|改[革进]|修编"
    "|清理|梳理|公[布开示]|被|让|使|凡|如|若|因|至|从(?!化|江)|到|自(?!贡)|以及|其他|所有|共|已|均|还|又|也|再|先后|累计"
    "|[办受处审管代]理|组织|调整|指导|推动|督促|带动|带领|引导|促[使进]|推进|召开|成立|牵头|协调|统筹|依托|要求|安排|部署|明确|压实|落实|健全|完善"
    "|强化|加强|加快|加大|提[升高]|发挥|建[立设]|构建|实[施行现]|动员|发动|号召|鼓励|确保|保障|保持|做[好到优强]|抓[好实]|打造|创[建新]"
    "|监督|检查|考核|评选|表彰|选派|聘请|配[备齐强合]|下沉|深[入化]|走进|来到|面向|针对|立足|聚焦|规范|优化|整[治合]|编制|制定|修订|开展"
    "|全[面省市县区镇乡体]|各|本|我|该|其|省|市|县|州|区[县委级]|地方|基层|农村|乡[镇村]|镇[街村]|街[镇道]|村|社区|城[市镇乡]|持续|坚持|积极|切实"
    "|严格|认真|主动|充分|大力|着力|有[序效力]|稳步|不断|进一步|同时|目前|截至|全年|每[年月季]|通过|根据|按照|围绕|结合|针对|对于|由|向|对|为|在|以|把|将|与|和|及"
    "|联合|协同|会同|邀请|赴|协助|帮助|支持|结对|对口|学习|借鉴|参照|参加|接受|承接|位于|来自|其中|例如|比如|原|新|老|某|一个|两个|多个|部分|个别|有的|相关|有关"
)
_PARTICLE = lazy_pattern("[以向对由在为与和被把将给从到及等至于的]$")
# Verbs and the like; before a further letter only these, since 核桃箐 is a name and 年终向 is none.
_OF_A_CLAUSE = ("v", "d", "p", "c", "r", "m", "u", "f", "q", "l", "i", "t")
_NAMES = ("ns", "nr", "nz", "nt")
_SHORTEST = 2


def is_common_word(stem: str) -> bool:
    """Whether ``stem`` begins with a frequent word of reports, or is a word of the dictionary that names no place."""
    if _FREQUENT.match(stem) or _PARTICLE.search(stem):
        return True
    tag = _tag(stem)
    if tag:
        return not tag.startswith(_NAMES)
    return len(stem) > _SHORTEST and _tag(stem[:_SHORTEST]).startswith(_OF_A_CLAUSE)


@lru_cache(maxsize=1024)
def _tag(word: str) -> str:
    """The part of speech that jieba's dictionary gives the word, empty for a word it does not have."""
    dictionary = _dictionary()
    start = dictionary.find(f"\n{word} ")
    line = dictionary[start + 1 : dictionary.find("\n", start + 1)] if start >= 0 else ""
    return line.rpartition(" ")[2].strip()


@lru_cache(maxsize=1)
def _dictionary() -> str:
    # Read as a text: loading it into the library takes a second, and only a handful of words are ever asked for.
    package = find_spec("jieba")
    if package is None or package.origin is None:
        return ""
    return "\n" + (Path(package.origin).parent / "dict.txt").read_text(encoding="utf-8")
