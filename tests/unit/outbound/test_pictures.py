"""Pictures inside a mail: charts of facts, never fetched from anywhere (OUT-6, OUT-9)."""

import re
import struct
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from service.domain.digest import Digest, Item, Section, build
from service.errors import Misconfigured
from service.message import parse
from service.outbound.charts import draw, rasterise
from service.outbound.png import shrink
from service.outbound.render import load_templates
from service.outbound.sample import rehearse
from tests.unit.outbound.conftest import html_of, parsed
from tests.unit.outbound.digests import MONDAY, full_digest

NAMES = ("timeline", "momentum")
PNG = b"\x89PNG\r\n\x1a\n"


def digest_of(*items: Item, **facts) -> Digest:
    return build("2026-W48", "", items, **facts)


def milestone(number, days, state="ahead", section=Section.AHEAD, **facts):
    day = MONDAY + timedelta(days=days)
    return Item(f"m{number}", section, "", subject="Signs", number=number, day=day, state=state, **facts)


@pytest.fixture
def drawn(templates):
    """The charts of a digest, by name."""
    return lambda digest: draw(templates, NAMES, {"digest": digest, "today": MONDAY}, "town.example")


def pictures_of(raw):
    return [part for part in parsed(raw).walk() if part.get_content_maintype() == "image"]


class TestTheMail:
    def test_pictures_stand_beside_the_html_inside_the_alternative(self, write):
        """OUT-6; RFC 2387: whoever shows plain text shows no picture."""
        raw = write.mail("digest").raw

        for how in (policy.default, policy.compat32):
            message = message_from_bytes(raw, policy=how)
            assert [part.get_content_type() for part in message.walk()] == [
                *("multipart/alternative", "text/plain", "multipart/related"),
                *("text/html", "image/png", "image/png"),
            ]
            related = message.get_payload(1)
            assert related.get_param("type") == "text/html"
            assert not [defect for part in message.walk() for defect in part.defects]

    def test_our_own_parser_finds_the_same_parts(self, write):
        """OUT-1: three parsers, one result."""
        mail = write.mail("digest")
        new, own = parsed(mail.raw), parse(mail.raw)

        assert [part.content_type for part in own.parts] == [
            part.get_content_type() for part in new.walk() if not part.is_multipart()
        ]
        assert own.html.replace("\r\n", "\n").rstrip() == html_of(mail.raw).replace("\r\n", "\n").rstrip()
        assert own.text.replace("\r\n", "\n").rstrip() == mail.text.rstrip()

    def test_every_picture_is_shown_and_every_picture_shown_is_there(self, write):
        """RFC 2392."""
        raw = write.mail("digest").raw

        shown = re.findall(r'src="cid:([^"]+)"', html_of(raw))
        there = [part["Content-ID"].strip("<>") for part in pictures_of(raw)]

        assert sorted(shown) == sorted(there)
        assert len(set(there)) == 2

    def test_a_picture_says_in_words_what_it_shows_and_keeps_its_place(self, write):
        """OUT-8."""
        html = html_of(write.mail("digest").raw)
        images = re.findall(r"<img [^>]*>", html)

        for image, words in zip(images, ("Steps in week 41: 2,", "Milestones from"), strict=True):
            assert f'alt="{words}' in image
            assert 'width="552"' in image
            assert re.search(r'height="\d+"', image)

    def test_the_files_are_sharp_and_small(self, write):
        """OUT-7: twice as many pixels as the page has, in at most 10 KB."""
        for part in pictures_of(write.mail("digest").raw):
            png = part.get_payload(decode=True)

            assert png.startswith(PNG)
            assert struct.unpack_from(">I", png, 16) == (2 * 552,)
            assert len(png) <= 10_000

    def test_the_plain_text_has_the_facts_of_the_pictures(self, write):
        """OUT-6: it is complete on its own."""
        text = write.mail("digest").text

        assert "week 47: 7, week 48: 9." in text
        assert "- 4, Dec 18: Twelve story signs are printed (a hand would help)" in text

    def test_a_mail_without_anything_to_show_has_no_pictures(self, write):
        alone = digest_of(Item("e1", Section.PROGRESS, "The map is at the printer."))

        raw = write.mail("digest", facts={"digest": alone}).raw

        assert [part.get_content_type() for part in parsed(raw).iter_parts()] == ["text/plain", "text/html"]
        assert "<img" not in html_of(raw)


class TestTheTimeline:
    def test_the_same_facts_give_the_same_picture(self, drawn):
        digest = digest_of(milestone(4, 10))

        first = drawn(digest)
        rasterise.cache_clear()

        assert drawn(digest) == first

    def test_another_date_gives_another_picture_and_another_name(self, drawn):
        one, other = (drawn(digest_of(milestone(4, days)))["timeline"] for days in (10, 11))

        assert one.cid != other.cid
        assert one.file.octets != other.file.octets

    @pytest.mark.parametrize(
        ("item", "words"),
        [
            (milestone(4, 10), "number 4 on Dec 3."),
            (milestone(4, 10, "moved"), "number 4 on Dec 3, moved."),
            (milestone(4, 10, "hand_wanted"), "number 4 on Dec 3, where a hand would help."),
            (milestone(4, 10, "at_risk"), "number 4 on Dec 3, where a hand would help."),
            (milestone(4, -2, "done", Section.WINS), "number 4 is reached."),
            (milestone(4, -9), "number 4 on Nov 14."),
        ],
    )
    def test_its_words_say_how_each_milestone_stands(self, drawn, item, words):
        assert drawn(digest_of(item))["timeline"].alt == f"Milestones from Nov 23 to Dec 21: {words}"

    def test_how_a_milestone_stands_is_told_by_its_shape(self, templates):
        """OUT-8: not by colour alone."""
        digests = [
            *(digest_of(milestone(4, 10, state)) for state in ("ahead", "moved", "hand_wanted")),
            digest_of(milestone(4, 10, "done", Section.WINS)),
        ]
        drawings = [
            templates.render_chart("timeline", {"digest": digest, "today": MONDAY}).svg for digest in digests
        ]

        assert len({tuple(re.findall(r"<(\w+)", svg)) for svg in drawings}) == 4

    def test_a_moved_milestone_is_tied_to_its_old_day(self, templates):
        moved = milestone(4, 18, "moved", Section.MOVED, day_before=MONDAY + timedelta(days=11))
        digest = digest_of(milestone(4, 18, "moved"), replace(moved, id="v1"))

        svg = templates.render_chart("timeline", {"digest": digest, "today": MONDAY}).svg

        assert "M283 0Q" in svg
        assert 'cx="283" cy="0"' in svg

    def test_milestones_of_one_day_stand_above_each_other(self, templates):
        digest = digest_of(*(milestone(number, 10) for number in (1, 2, 3)))

        svg = templates.render_chart("timeline", {"digest": digest, "today": MONDAY}).svg

        assert len(set(re.findall(r'<text x="270" y="(-\d+)"', svg))) == 3

    def test_what_lies_further_ahead_is_not_in_it(self, drawn):
        assert "timeline" not in drawn(digest_of(milestone(4, 29)))


class TestTheMomentum:
    def test_its_words_say_each_week(self, drawn):
        digest = digest_of(momentum=[("2026-W47", 7), ("2026-W48", 0)])

        assert drawn(digest)["momentum"].alt == "Steps in week 47: 7, week 48: 0."

    @pytest.mark.parametrize("momentum", [[], [("2026-W48", 5)], [("2026-W47", 0), ("2026-W48", 0)]])
    def test_without_two_weeks_and_a_step_there_is_nothing_to_show(self, drawn, momentum):
        assert "momentum" not in drawn(digest_of(momentum=momentum))


def test_the_fullest_pictures_stay_small(drawn):
    """OUT-7."""
    for picture in drawn(full_digest("word")).values():
        assert len(picture.file.octets) <= 10_000
        assert len(picture.alt) <= 600


def test_no_words_of_people_stand_in_a_picture(drawn, templates):
    """A font has not every letter, and an alt is an attribute."""
    digest = full_digest('"><script>')

    for name in NAMES:
        chart = templates.render_chart(name, {"digest": digest, "today": MONDAY})
        assert "script" not in chart.svg + chart.alt


class TestTemplates:
    def complaint(self, copied, playbook):
        with pytest.raises(Misconfigured) as caught:
            rehearse(load_templates(copied / "emails"), playbook)
        return caught.value

    def test_a_chart_that_is_not_there_is_named(self, copied, playbook):
        for file in (copied / "charts").iterdir():
            file.unlink()

        complaint = self.complaint(copied, playbook)

        assert complaint.where.endswith("charts/timeline.svg")
        assert "NAME.svg" in complaint.mend

    def test_a_chart_without_words_is_named(self, copied, playbook):
        (copied / "charts" / "timeline.txt").unlink()

        assert self.complaint(copied, playbook).where == str(copied / "charts" / "timeline.txt")

    def test_an_unknown_name_in_a_chart_has_its_line(self, copied, playbook):
        (copied / "charts" / "timeline.svg").write_text("<svg>\n{{ first_name }}</svg>")

        assert self.complaint(copied, playbook).where == f"{copied / 'charts' / 'timeline.svg'} line 2"

    def test_what_is_no_svg_is_named(self, copied, playbook):
        (copied / "charts" / "timeline.svg").write_text("<p>")

        assert self.complaint(copied, playbook).where == "charts/timeline.svg"


class TestShrinking:
    SQUARE = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="{}"/>'
        '<circle cx="4" cy="4" r="3" fill="{}"/></svg>'
    )

    def test_the_few_colours_of_a_drawing_stay_as_they_are(self):
        png = rasterise(self.SQUARE.format("#efe6d7", "#1f5f63"))

        palette = png.split(b"PLTE", 1)[1][:48]

        colours = {palette[at : at + 3].hex() for at in range(0, 48, 3)}
        assert {"efe6d7", "1f5f63"} <= colours

    def test_a_picture_of_another_kind_is_refused(self):
        png = rasterise(self.SQUARE.format("#ffffff", "#000000"))

        with pytest.raises(ValueError, match="of another kind"):
            shrink(png)
