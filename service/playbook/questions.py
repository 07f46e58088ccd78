"""The questions of an instrument file, and everything that could be wrong with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.domain.privacy import PrivacyClass
from service.domain.question import NOTE, Each, Effect, Option, Question, QuestionType
from service.domain.reading import Command
from service.playbook.document import Table

_COMMANDS = frozenset(command.replace(" ", "") for command in Command)
_TAKES_OPTIONS = frozenset({QuestionType.CHOICE, QuestionType.MILESTONE})


@dataclass(frozen=True, slots=True)
class Placed:
    """A question, the group it takes turns in ('' for none), and where it stands in the file."""

    question: Question
    group: str
    table: Table


def parse_question(table: Table) -> Placed:
    """One ``[[questions]]`` table."""
    table.allow(
        *("key", "label", "text", "type", "effect", "default", "prefix", "options", "privacy", "group"),
        *("each", "follows"),
    )
    key = table.slug("key")
    if key == NOTE:
        problem = f'"{NOTE}" is kept for words that fit no question.'
        raise table.wrong("key", problem, "Choose another key.")
    table = replace(table, name=f"question '{key}'")
    question = Question(
        key=key,
        label=table.text("label"),
        text=table.text("text"),
        type=table.one_of("type", QuestionType),
        effect=table.one_of("effect", Effect),
        default=table.flag("default"),
        prefix=table.text("prefix", ""),
        options=tuple(_options(table)),
        privacy=table.one_of("privacy", PrivacyClass) if table.has("privacy") else None,
        each=table.one_of("each", Each) if table.has("each") else None,
        follows=table.slug("follows") if table.has("follows") else "",
    )
    _check_prefix(table, question)
    _check_options(table, question)
    return Placed(question, table.text("group", ""), table)


def check_together(all_placed: Sequence[Placed]) -> None:
    """Refuse questions of one mail that a reply could not tell apart.

    Of a group only one stands in a mail, so its questions may share a label.
    """
    seen: dict[tuple[str, str], str] = {}
    for placed in all_placed:
        _once(placed, seen, "key", placed.question.key)
        _once(placed, seen, "default", "true" if placed.question.default else "")
        _once(placed, seen, "prefix", placed.question.prefix)
        _once(placed, seen, "label", "" if placed.group else placed.question.label.lower())
    keys = {placed.question.key for placed in all_placed}
    for placed in all_placed:
        if placed.question.follows and placed.question.follows not in keys - {placed.question.key}:
            problem = f'no question "{placed.question.follows}" is asked here.'
            raise placed.table.wrong("follows", problem, f"Name one of: {', '.join(sorted(keys))}.")
    for placed in all_placed:
        prefix, key = placed.question.prefix, placed.question.key
        owner = seen.get(("label", prefix), key)
        if owner != key:
            problem = f'"{prefix}" is also the label of question "{owner}".'
            raise placed.table.wrong("prefix", problem, "Choose another word.")


def _once(placed: Placed, seen: dict[tuple[str, str], str], key: str, value: str) -> None:
    if (key, value) in seen:
        problem = f'"{value}" already stands at question "{seen[key, value]}".'
        raise placed.table.wrong(key, problem, "Only one question of a mail may have it.")
    if value:
        seen[key, value] = placed.question.key


def _check_prefix(table: Table, question: Question) -> None:
    prefix = question.prefix
    _refuse_command(table, "prefix", prefix)
    if prefix and not (prefix.isalpha() and prefix.islower()):
        raise table.wrong("prefix", f'"{prefix}" is not one word.', "Use lower-case letters only.")
    if prefix and question.default:
        raise table.wrong("default", "a line question has a word of its own.", "Choose a numbered one.")


def _check_options(table: Table, question: Question) -> None:
    if question.type is QuestionType.CHOICE and len(question.options) < 2:
        place = "options" if table.has("options") else ""
        raise table.wrong(place, "a choice needs two options or more.", 'Write options = ["this", "that"].')
    if question.options and question.type not in _TAKES_OPTIONS:
        mend = 'Write type = "choice" or take the options out.'
        raise table.wrong("options", f'a question of type "{question.type}" has no options.', mend)


def _options(table: Table) -> Iterator[Option]:
    said: set[str] = set()
    for at, item in enumerate(table.items("options")):
        option = _option(table, at, item)
        forms = {form.lower() for form in (option.key, option.label, *option.words)}
        for form in sorted(forms):
            _refuse_command(table, "options", form)
        if clash := sorted(said & forms):
            raise table.wrong("options", f'"{clash[0]}" stands for two options.', "Give each its own words.")
        said |= forms
        yield option


def _option(table: Table, at: int, item: object) -> Option:
    """``"a / b"`` strings are their own key; tables may give key, label and further words."""
    if isinstance(item, str):
        key = "-".join("".join(c if c.isalnum() else " " for c in item.lower()).split())
        item = {"key": key, "label": item}
    if not isinstance(item, dict):
        mend = 'Write "words" or {key = "word", label = "words"}.'
        raise table.wrong("options", f"{item!r} is not an option.", mend)
    row = replace(
        table, values=item, path=(*table.path, "options", at), name=f"{table.name}, option {at + 1}"
    )
    row.allow("key", "label", "words")
    words = row.items("words")
    if not all(isinstance(word, str) and word.strip() for word in words):
        raise row.wrong("words", f"{words!r} is not a list of words.", 'Write words = ["yes", "fine"].')
    return Option(row.slug("key"), row.text("label"), tuple(words))


def _refuse_command(table: Table, key: str, word: str) -> None:
    """Product: no answer option is ever a command word."""
    if "".join(c for c in word.upper() if c.isalnum()) in _COMMANDS:
        mend = f"Choose another; these words are commands: {', '.join(Command)}."
        raise table.wrong(key, f'"{word}" is a command, so nobody could answer it.', mend)
