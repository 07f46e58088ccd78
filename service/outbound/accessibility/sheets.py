"""The little of CSS that a mail can use: declarations in tags, rules in the head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK = re.compile(r"@media([^{}]*)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}|([^{}]+)\{([^{}]*)\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BETWEEN = re.compile(r";(?![^(]*\))")
_TAG = re.compile(r"(?:^|[\s>+~])[a-zA-Z]")

Weight = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """``name: value``, and whether ``!important`` stood behind."""

    name: str
    value: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Declarations for what ``selector`` picks. ``media`` is the condition around it, '' for none."""

    media: str
    selector: str
    declarations: tuple[Declaration, ...]

    @property
    def weight(self) -> Weight:
        """Its specificity: the rule with the greater one counts."""
        classes = sum(self.selector.count(mark) for mark in ".[:")
        return self.selector.count("#"), classes, len(_TAG.findall(self.selector))


def parse_style(text: str) -> tuple[Declaration, ...]:
    """What stands in a ``style`` attribute or between the braces of a rule."""
    return tuple(_declarations(text))


def parse_sheet(css: str) -> tuple[Rule, ...]:
    """Every rule, in order; of ``@`` rules only ``@media``, and none inside another."""
    return tuple(_rules(_COMMENT.sub("", css)))


def _declarations(text: str) -> Iterator[Declaration]:
    for one in _BETWEEN.split(text):
        name, colon, value = one.partition(":")
        if colon:
            value, mark, _ = value.strip().lower().partition("!important")
            yield from _spelled_out(Declaration(name.strip().lower(), value.strip(), bool(mark)))


def _spelled_out(one: Declaration) -> Iterator[Declaration]:
    """A ``background`` says the colour too; a ``font`` says size and weight."""
    if one.name == "background":
        colour = next((word for word in re.split(r"\s+(?![^(]*\))", one.value) if "url(" not in word), "none")
        yield Declaration("background-color", colour, one.important)
    elif one.name == "font":
        size = next((word.partition("/")[0] for word in one.value.split() if word[:1].isdigit()), "")
        yield Declaration("font-size", size, one.important)
        yield Declaration("font-weight", "bold" if "bold" in one.value else "normal", one.important)
    else:
        yield one


def _rules(css: str) -> Iterator[Rule]:
    for block in _BLOCK.finditer(css):
        media, inner, selectors, declarations = block.groups()
        if media is None:
            yield from _one_each("", selectors, declarations)
            continue
        for rule in _RULE.finditer(inner):
            yield from _one_each(media.strip().lower(), rule[1], rule[2])


def _one_each(media: str, selectors: str, declarations: str) -> Iterator[Rule]:
    for selector in selectors.split(","):
        yield Rule(media, selector.strip(), parse_style(declarations))
