"""Values never become markup or templates (OUT-23, OUT-9)."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from html.parser import HTMLParser

import pytest

from service.domain.question import Effect, Option, Question, QuestionType
from service.domain.receipt import Recorded, Understood
from tests.unit.outbound.conftest import TEMPLATES, html_of

POLYGLOTS = [
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//%0D%0A//</stYle/</titLe/</teXtarEa/"
    "</scRipt/--!>\\x3csVg/<sVg/oNloAd=alert()//>\\x3e",
    '"><img src=https://evil.test/p.gif onerror=alert(1)>',
    "'><a href='https://evil.test'>x</a>",
    "</title><script>alert(1)</script>",
    "--><base href=//evil.test><!--",
    "<style>*{background:url(//evil.test)}</style>",
    "]]><x/><![CDATA[",
    "&lt;b&gt; &#x3c;i&#x3e; <\0b>",
]
INERT = [
    "{{ 7 * 7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ '%s' | format(first_name) }}{{ '{0.__class__}'.format(first_name) }}",
    "{# gone #}{% raw %}x{% endraw %}{% include '_layout.html' %}",
    "${7*7} #{7*7} <%= 7*7 %> {{=7*7}}",
]
RESULTS = ("49", "<class", "<function", "<bound", "uid=", "__builtins__", "<!DOCTYPE")


class Structure(HTMLParser):
    """Counts tags and attributes; values count too where a browser would act on them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.seen[tag, *sorted(name for name, _ in attrs)] += 1

    def handle_comment(self, data):
        self.seen["comment"] += 1

    def handle_data(self, data):
        self.text += data


def structure_of(html: str) -> Structure:
    structure = Structure()
    structure.feed(html)
    structure.close()
    return structure


def questions(words):
    options = (Option("a", words), Option("b", words))
    return tuple(
        Question(f"q-{kind}", words, words, kind, Effect.NOTE, options=options, prefix=prefix)
        for kind in QuestionType
        for prefix in ("", "word")
    )


OURS = frozenset(
    ("id", "section", "state", "period", "week", "how", "key", "type", "prefix", "momentum", "turn", "hidden")
)
"""Names of facts that nobody but the service writes."""


def said(value, words):
    """``value`` with ``words`` in everything in it that anybody can write."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return words
    if isinstance(value, Mapping):
        return {name: one if name in OURS else said(one, words) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(said(one, words) for one in value)
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name not in OURS]
        return replace(value, **{name: said(getattr(value, name), words) for name in names})
    return value


def filled(write, key, words):
    """The mail ``key`` with ``words`` in every value that anybody can write."""
    understood = Understood(
        recorded=(Recorded(words, words, words),),
        note=words,
        again=questions(words)[:2],
        ignored_files=(words,),
        late=True,
        again_text={question.key: words for question in questions(words)},
    )
    facts = said(write.letter(key).facts, words)
    return write.mail(
        key,
        person={"name": words},
        collaboration={"name": words, "why": words},
        questions=questions(words),
        facts=facts | ({"understood": understood} if key == "receipt" else {}),
    )


KEYS = sorted(path.stem for path in (TEMPLATES / "instruments").glob("*.toml"))


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("words", POLYGLOTS)
def test_markup_in_any_value_leaves_tags_and_attributes_as_they_were(write, key, words):
    """OUT-23."""
    benign = structure_of(html_of(filled(write, key, "harmless words").raw))

    hostile = structure_of(html_of(filled(write, key, words).raw))

    assert hostile.seen == benign.seen


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("words", INERT)
def test_a_template_in_a_value_is_only_text(write, key, words):
    """OUT-23: user text is never itself a template."""
    mail = filled(write, key, words)
    shown = structure_of(html_of(mail.raw)).text

    assert not [result for result in RESULTS if result in mail.text or result in shown]


def test_inert_words_are_shown_as_they_were_written(write):
    words = INERT[0]

    mail = filled(write, "receipt", words)

    assert words in mail.text
    assert words in structure_of(html_of(mail.raw)).text


def test_nothing_is_fetched_and_nothing_is_clicked(every_mail):
    """OUT-9: no pixel, no redirect, no remote image or font; no core action needs a link."""
    for instrument, mail in every_mail:
        html = html_of(mail.raw).lower()
        assert not [word for word in ("url(", "href=", "@import", "http", "<script") if word in html], (
            instrument.key
        )
        assert all(source.startswith("cid:") for source in re.findall(r'src="([^"]*)', html)), instrument.key
