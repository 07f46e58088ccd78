"""What a digest keeps, what it cuts, and that nothing goes unmentioned."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from service.domain.digest import (
    LENGTH,
    LIMITS,
    Item,
    Section,
    build,
    from_stored,
    is_news,
    opening,
    shortened,
    to_stored,
)

LIBRARY, SENIORS, SCHOOL = "City Library", "Senior Center", "School"


def item(key: int, section: Section = Section.PROGRESS, **facts: object) -> Item:
    return Item(f"e{key}", section, **{"words": f"step {key}", **facts})


def digest_of(*items: Item):
    return build("2026-W48", "Children and elders read together.", items)


def test_wins_come_first_and_each_section_keeps_the_order_in_which_things_came():
    digest = digest_of(
        item(1), item(2, Section.THANKS), item(3, Section.WINS), item(4), item(5, Section.AHEAD)
    )

    assert digest.ids == ("e3", "e1", "e4", "e5", "e2")
    assert list(digest.sections) == ["wins", "progress", "ahead", "thanks"]


def test_a_talkative_department_does_not_cut_the_others_out():
    """Fair: departments take turns until the section is full."""
    many = [item(n, department=LIBRARY) for n in range(100)]
    few = [item(200, department=SENIORS), item(201, department=SCHOOL)]

    digest = digest_of(*many, *few)

    assert {"e200", "e201"} <= set(digest.ids)
    assert len(digest.items) == LIMITS[Section.PROGRESS]
    assert digest.hidden == {"progress": 102 - LIMITS[Section.PROGRESS]}


def test_long_words_are_cut_behind_a_word_and_line_breaks_go():
    digest = digest_of(item(1, words="walk the\nriver " * 100))

    (only,) = digest.items
    assert len(only.words) <= LENGTH
    assert only.words.endswith(("walk…", "the…", "river…"))
    assert "\n" not in only.words


def test_a_shorter_digest_has_the_same_facts():
    """OUT-7: where a mail would be too large, words are cut, never facts."""
    digest = digest_of(item(1, words="x" * 500), item(2, words="short"))

    shorter = shortened(digest, 70)

    assert shorter.ids == digest.ids
    assert [len(one.words) for one in shorter.items] == [70, 5]


def test_milestones_ahead_alone_are_no_news_and_neither_is_a_decision_that_waits_since_long():
    """An empty digest is not sent (product)."""
    standing = [item(1, Section.AHEAD), item(2, Section.DECISIONS, news=False)]

    assert not is_news(standing)
    assert is_news([*standing, item(3, Section.DECISIONS)])
    assert is_news([*standing, item(4)])


def test_a_digest_is_stored_and_read_back_whole():
    digest = digest_of(
        item(1, department=LIBRARY, who="Ada", week="2026-W47", corrected=True),
        item(2, Section.MOVED, day=date(2026, 12, 18), day_before=date(2026, 12, 4), number=2, state="moved"),
        *(item(n, Section.THANKS) for n in range(10, 40)),
    )

    assert from_stored(json.loads(json.dumps(to_stored(digest)))) == digest


def test_each_department_is_greeted_with_its_own_part():
    digest = digest_of(
        item(1, department=SENIORS),
        item(2, department=LIBRARY),
        item(3, Section.THANKS, department=LIBRARY, subject="Grace Fielding"),
        item(4, Section.AHEAD, department=SENIORS, day=date(2026, 12, 20), number=3),
        item(5, Section.AHEAD, department=SENIORS, day=date(2026, 12, 4), number=9),
    )

    greeting = opening(digest, SENIORS, ["Grace Fielding", "Ruth Calloway"])

    assert (greeting.lines, greeting.thanks) == (1, 1)
    assert greeting.next is not None
    assert greeting.next.id == "e5"


ITEMS = st.lists(
    st.builds(
        Item,
        id=st.integers(0, 10_000).map(lambda n: f"e{n}"),
        section=st.sampled_from(Section),
        words=st.text(max_size=600),
        department=st.sampled_from([LIBRARY, SENIORS, SCHOOL, ""]),
    ),
    max_size=80,
    unique_by=lambda one: one.id,
)


@given(ITEMS)
def test_every_item_is_shown_or_counted(items):
    digest = digest_of(*items)

    assert len(digest.items) + sum(digest.hidden.values()) == len(items)
    assert set(digest.ids) <= {one.id for one in items}
    assert all(len(digest.section(s)) <= LIMITS[s] for s in Section)
