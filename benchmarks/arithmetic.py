"""Small statements about numbers, such as ``42+31 != 75`` or ``19/361 == 5.26%``, worked out exactly."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from fractions import Fraction

_COMPARISON = re.compile(r"\s*(==|!=|>=|<=)\s*")
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
}
_COMPUTE: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def holds(statement: str) -> bool:
    """Whether ``statement`` is true. A right side in per cent is compared at its own number of decimals.

    Raises ValueError for anything but one comparison of sums, differences, products and quotients of numbers.
    """
    parts = _COMPARISON.split(statement)
    if len(parts) != 3:
        raise ValueError(f"not one comparison: {statement}")
    left, sign, right = parts
    value = _value(left)
    if right.endswith("%"):
        decimals = len(right.rstrip("%").partition(".")[2])
        return _COMPARE[sign](_rounded(value * 100, decimals), _value(right.rstrip("%")))
    return _COMPARE[sign](value, _value(right))


def worked_out(statement: str) -> tuple[str, str] | None:
    """Of ``expression != figure`` the figure and what it should be, as written; ``None`` for any other statement.

    Signs and the per cent sign are left out: 增长 and 下降 say the direction.
    """
    left, sign, figure = statement.partition("!=")
    shown = figure.strip().rstrip("%").lstrip("-")
    if not sign or not shown.replace(".", "").isdigit():
        return None
    decimals = len(shown.partition(".")[2])
    value = abs(_rounded(_value(left) * (100 if "%" in figure else 1), decimals))
    return shown, f"{float(value):.{decimals}f}"


def _rounded(value: Fraction, decimals: int) -> Fraction:
    """Half up by magnitude, as people round."""
    scale = 10**decimals
    size = (abs(value) * scale + Fraction(1, 2)).__floor__()
    return Fraction(size if value >= 0 else -size, scale)


def _value(expression: str) -> Fraction:
    try:
        return _evaluate(ast.parse(expression.strip(), mode="eval").body, expression)
    except (SyntaxError, ZeroDivisionError) as error:
        raise ValueError(f"not arithmetic: {expression}") from error


def _evaluate(node: ast.expr, expression: str) -> Fraction:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Fraction(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluate(node.operand, expression)
    if isinstance(node, ast.BinOp) and type(node.op) in _COMPUTE:
        return _COMPUTE[type(node.op)](_evaluate(node.left, expression), _evaluate(node.right, expression))
    raise ValueError(f"not arithmetic: {expression}")
