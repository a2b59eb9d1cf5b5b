"""Recomputes each step of an explanation from its own formula and inputs; the language is stated in service/scoring/explanation.h."""

import re
from fractions import Fraction as F

TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9]*|[-+×/(),])")


def tokens(text):
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"unknown token at {text[at:]!r}")
        found.append(match.group(1))
        at = match.end()
    return found


def rounded(x, decimals, mode):
    scaled = abs(x) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    half = 2 * rest - scaled.denominator
    if mode == "half_away" and half >= 0 or mode == "half_even" and (half > 0 or half == 0 and whole % 2):
        whole += 1
    return F(whole if x >= 0 else -whole, 10**decimals)


class Evaluator:
    """A recursive descent over one formula."""

    def __init__(self, text, symbols, rounding):
        self.tokens, self.symbols, self.rounding = tokens(text) + [""], symbols, rounding
        self.outer = None  # the argument of the last rounding

    def value(self):
        result = self.expr()
        if self.tokens != [""]:
            raise ValueError(f"left over: {self.tokens}")
        return result

    def take(self, *expected):
        token = self.tokens[0]
        if not token:
            raise ValueError("the formula ends early")
        if expected and token not in expected:
            raise ValueError(f"expected {expected}, found {token!r}")
        del self.tokens[0]
        return token

    def expr(self):
        result = self.term()
        while self.tokens[0] in ("+", "-"):
            result = result + self.term() if self.take() == "+" else result - self.term()
        return result

    def term(self):
        result = self.factor()
        while self.tokens[0] in ("×", "/"):
            result = result * self.factor() if self.take() == "×" else result / self.factor()
        return result

    def factor(self):
        token = self.take()
        if token == "(":
            negative = self.tokens[0] == "-" and self.take() == "-"
            result = self.expr()
            self.take(")")
            return -result if negative else result
        if token and token[0].isdigit():
            return F(token)
        if self.tokens[0] == "(":
            return self.call(token)
        return self.symbols[token]

    def call(self, name):
        self.take("(")
        arguments = [self.expr()]
        while self.take(",", ")") == ",":
            arguments.append(self.expr())
        if name in ("min", "max"):
            return {"min": min, "max": max}[name](arguments)
        if len(arguments) == 1 and name == "ceil":
            return F(-((-arguments[0]).__floor__()))
        if len(arguments) == 1 and re.fullmatch(r"r\d", name):
            self.outer = arguments[0]
            return rounded(arguments[0], int(name[1]), self.rounding)
        raise ValueError(f"unknown function {name}")


def is_one_rounding(formula):
    """Whether the formula as a whole is rN(…)."""
    if not re.match(r"r\d\(", formula):
        return False
    depth = 0
    for at, c in enumerate(formula):
        depth += (c == "(") - (c == ")")
        if c == ")" and depth == 0:
            return at == len(formula) - 1
    return False


def same(text, value):
    """Whether the text shows the value: whole, or its first ten decimals and an ellipsis."""
    if not text.endswith("…"):
        return F(text) == value and len(text.partition(".")[2]) <= 60
    cut = rounded(value, 10, "down")
    return F(text[:-1]) == cut and cut != value and len(text[:-1].partition(".")[2]) == 10


def check_step(step, differ):
    inputs = {i["symbol"]: i["value"] for i in step["inputs"]}
    rounding = inputs.pop("rounding", "half_away")
    symbols = {}
    for symbol, value in inputs.items():
        try:
            symbols[symbol] = F(value)
        except ValueError:
            pass  # a level or a word: no formula may use it
    formula, worked = step["formula"], step["worked"]
    evaluator = Evaluator(formula, symbols, rounding)
    result = evaluator.value()
    shown = evaluator.outer if is_one_rounding(formula) else result
    left, separator, right = worked.rpartition(" = ")
    if not separator or not same(right, shown):
        differ(f"worked {worked!r} of {formula!r} shows another value than {shown}")
    if Evaluator(left, {}, rounding).value() != shown:
        differ(f"the left side of {worked!r} is not {shown}")
    if not same(step["result"], result):
        differ(f"result {step['result']!r} of {formula!r} with {inputs} should be {result}")


def check(explanation, differ):
    """Checks an explanation and all its steps; returns how many had a formula."""
    checked = 0
    if explanation["formula"]:
        checked += 1
        try:
            check_step(explanation, differ)
        except (ValueError, KeyError, ZeroDivisionError) as error:
            differ(f"formula {explanation['formula']!r} cannot be recomputed: {error!r}")
    elif explanation["worked"]:
        differ(f"worked without formula: {explanation['worked']!r}")
    return checked + sum(check(step, differ) for step in explanation["steps"])
