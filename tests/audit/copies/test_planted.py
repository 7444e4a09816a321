"""A small batch with planted copies: most are found, and hardly anything else."""

from random import Random

from tests.audit.copies.copy_reports import batch, honest, name, pairs_of, report, sentence

_LETTERS = "的一在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"


def edited(chance: Random, text: str, edits: int) -> str:
    for _ in range(edits):
        at = chance.randrange(len(text) - 1)
        text = text[:at] + chance.choice(_LETTERS) + text[at + 1 :]
    return text


def test_single_sentences_copied_with_and_without_edits_are_found() -> None:
    chance = Random(20240401)
    contexts = honest(300, seed=5)
    planted: dict[int, list[frozenset[str]]] = {0: [], 1: [], 2: [], 3: []}
    for number in range(120):
        edits = number % 4
        shared = sentence(chance)
        own = [[sentence(chance) for _ in range(7)] for _ in range(2)]
        contexts += [
            report([*own[0], shared], f"{name(number)}乡人民政府", path=f"{number}甲"),
            report([edited(chance, shared, edits), *own[1]], f"{name(number)}街道", path=f"{number}乙"),
        ]
        planted[edits].append(frozenset((f"{number}甲", f"{number}乙")))
    found = pairs_of(batch(contexts))
    for edits, pairs in planted.items():
        assert sum(pair in found for pair in pairs) >= (30 if edits == 0 else 27), edits
    right = {pair for pairs in planted.values() for pair in pairs}
    assert len(found - right) <= 3
