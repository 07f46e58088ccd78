"""A broken instrument is refused before anything is sent, naming file, line, key and mend."""

from pathlib import Path

import pytest

from service.errors import Misconfigured
from service.library import read_playbook
from service.outbound.render import load_templates
from service.outbound.sample import rehearse
from tests.flows.site_visit import HTML, INSTRUMENT, TEXT, templates_with_it
from tests.flows.town import open_desk


@pytest.fixture
def templates(tmp_path) -> Path:
    return templates_with_it(tmp_path)


BROKEN = {
    "an unknown type": (('type = "scale"', 'type = "stars"'), ("question 'welcome'", "key 'type'")),
    "an unknown effect": (('effect = "thanks"', 'effect = "applause"'), ("question 'host'", "key 'effect'")),
    "a choice of one": (
        ('options = ["too big", "too small", "just right"]', 'options = ["yes"]'),
        ("question 'size'", "key 'options'"),
    ),
    "a command as an option": (
        ('"too big", "too small"', '"stop", "too small"'),
        ("question 'size'", "key 'options'"),
    ),
    "two default questions": (
        ('type = "list"\n', 'type = "list"\ndefault = true\n'),
        ("question 'bring'", "key 'default'"),
    ),
    "a key that nobody knows": (
        ('label = "Seen"', 'lable = "Seen"'),
        ("question", "key 'lable'"),
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_one_is_refused_with_file_line_key_and_mend(templates, fault):
    (good, bad), places = BROKEN[fault]
    text = INSTRUMENT.replace(good, bad, 1)
    (templates / "instruments" / "site-visit.toml").write_text(text, "utf-8")

    with pytest.raises(Misconfigured) as caught:
        open_desk(templates)

    line = text[: text.index(bad) + len(bad.rstrip())].count("\n") + 1
    assert str(caught.value).startswith(f"site-visit.toml line {line}, ")
    assert all(place in str(caught.value) for place in places)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("name", "words", "places"),
    [
        ("body.txt", TEXT.replace("minutes }}", "minuets }}"), ("site-visit/body.txt", "minuets")),
        ("body.html", HTML.replace("{% endblock %}\n{% block c", "{% block c"), ("site-visit/body.html",)),
        ("subject.txt", None, ("site-visit",)),
    ],
)
def test_broken_templates_are_refused_before_anything_is_sent(templates, name, words, places):
    path = templates / "emails" / "site-visit" / name
    path.write_text(words, "utf-8") if words else path.unlink()

    with pytest.raises(Misconfigured) as caught:
        rehearse(load_templates(templates / "emails"), read_playbook(templates))

    assert all(place in str(caught.value) for place in places)
    assert caught.value.mend
