"""What all readers share is rendered once, and changes nothing of their mail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.digest import shortened
from service.errors import Misconfigured
from service.outbound.mime import quoted_printable
from service.outbound.render import load_templates
from service.outbound.sample import rehearse
from service.outbound.shared import HTML_LIMIT, NOTHING_SHARED
from tests.unit.outbound.conftest import html_of
from tests.unit.outbound.digests import MONDAY, full_digest

LENGTHS = (280, 140, 70, 30, 8)
"""As flows.send_digests tries them."""


@pytest.fixture
def share(composer, write):
    """The shared part of the sample digest, with some facts changed."""

    def shared(**facts):
        letter = write.letter("digest")
        facts = {**letter.facts, "today": MONDAY, **facts}
        return composer.share(write.playbook.get("digest"), facts, letter.collaboration)

    return shared


def pieces(shared) -> tuple[bytes, ...]:
    return (shared.text.octets, shared.html.octets, shared.pictures.octets)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"person": {"name": "Linus Bergmann", "addr_spec": "linus@school.example"}},
        {"facts": {"observer": True}, "questions": ()},
        {"facts": {"goes_out": datetime(2026, 11, 24, 14, tzinfo=UTC)}},
    ],
)
def test_a_mail_with_the_shared_part_is_the_mail_without_it_to_the_last_byte(composer, write, share, changes):
    instrument, letter = write.playbook.get("digest"), write.letter("digest", **changes)

    assert composer.compose(instrument, letter, share()) == composer.compose(instrument, letter)


def test_the_shared_pieces_stand_in_the_mail_in_their_order(write, share):
    mail = write.mail("digest")

    at, places = 0, []
    for piece in mail.shared:
        at = mail.raw.find(piece, at) + len(piece)
        places.append(at)

    assert mail.shared == pieces(share())
    assert len(mail.shared) == 3
    assert places == sorted(places)
    assert sum(map(len, mail.shared)) > 0.7 * len(mail.raw)


def test_readers_share_all_but_a_few_words(composer, write, share):
    instrument, shared = write.playbook.get("digest"), share()
    ada = write.letter("digest", person={"name": "Ada Marlow", "addr_spec": "ada@town.example"})

    to_grace = composer.compose(instrument, write.letter("digest"), shared)
    to_ada = composer.compose(instrument, replace(ada, key="another"), shared)

    assert to_grace.shared == to_ada.shared
    assert to_grace.raw != to_ada.raw


def test_encoding_by_pieces_is_encoding_as_a_whole(write):
    """Quoted-printable goes line by line."""
    mail = write.mail("digest")

    assert quoted_printable(mail.text) in mail.raw


def test_a_mail_without_a_part_shares_nothing(composer, write):
    instrument = write.playbook.get("check-in")

    assert composer.share(instrument, {}, None) is NOTHING_SHARED
    assert write.mail("check-in").shared == ()


def test_no_words_can_move_the_shared_part(composer, write, share):
    """Its place is marked by what only this service can write."""
    stolen = str(composer._mark)
    mail = write.mail("digest", person={"name": f"{stolen[1:-1]} \0part\0"})

    assert mail.shared == pieces(share())
    assert stolen[1:-1] not in mail.text.split("WINS")[1]


@pytest.mark.parametrize("words", ["x" * 2_000, "word " * 400, "&" * 2_000, "😀" * 2_000, "<é\"'" * 500])
def test_a_digest_of_500_people_who_wrote_2000_characters_stays_small(composer, write, share, words):
    """OUT-7: the words become fewer until it fits; the footer and the count of what is hidden stay."""
    digest = full_digest(words)

    fitting = next(shared for length in LENGTHS if (shared := share(digest=shortened(digest, length))).fits)
    mail = composer.compose(
        write.playbook.get("digest"), write.letter("digest", facts={"digest": digest}), fitting
    )

    html = mail.raw.split(b"Content-Type: text/html", 1)[1].split(b"\r\n--=_", 1)[0]
    assert len(html) <= HTML_LIMIT
    assert len(mail.raw) <= 200_000
    for shown in (mail.text, html_of(mail.raw)):
        assert "Ref f-" in shown
        assert all(f"… and {500 - kept} more" in shown for kept in (2, 5, 6, 8, 12))


def test_a_part_that_is_too_large_says_so(share):
    assert share().fits
    assert not share(digest=full_digest("😀" * 2_000)).fits


def test_names_of_many_octets_do_not_make_a_mail_large(write, share):
    """OUT-7, for people whose every letter takes twelve octets."""
    digest = full_digest("😀" * 2_000, who="😀" * 64, department="😀" * 64)

    shared = share(digest=shortened(digest, LENGTHS[-1]))

    assert len(shared.html.octets) <= 60_000
    assert len(shared.text.octets) <= 60_000


class TestTemplates:
    @pytest.fixture
    def folder(self, copied):
        return copied / "emails" / "digest"

    def complaint(self, folder, playbook):
        with pytest.raises(Misconfigured) as caught:
            rehearse(load_templates(folder.parent), playbook)
        return caught.value

    @pytest.mark.parametrize("part", ["part.txt", "part.html"])
    def test_a_part_is_a_pair(self, folder, playbook, part):
        (folder / part).unlink()

        assert self.complaint(folder, playbook).where == str(folder / part)

    @pytest.mark.parametrize("body", ["body.txt", "body.html"])
    def test_a_body_says_where_the_part_stands(self, folder, playbook, body):
        text = (folder / body).read_text()
        for instead in ("", "here: {{ part }}", "{{ part }}!"):
            (folder / body).write_text(text.replace("{{ part }}", instead))

            assert "{{ part }} on a line of its own" in self.complaint(folder, playbook).mend

    def test_pictures_need_a_part_that_shows_them(self, folder, playbook):
        for part in ("part.txt", "part.html"):
            (folder / part).unlink()

        assert self.complaint(folder, playbook).where == str(folder / "part.txt")

    def test_a_part_knows_nothing_of_its_reader(self, folder, playbook):
        (folder / "part.html").write_text("<p>\n{{ first_name }}</p>")

        complaint = self.complaint(folder, playbook)

        assert complaint.where == f"{folder / 'part.html'} line 2"
        assert "first_name" in complaint.problem


def test_moments_are_told_on_the_readers_clock(write):
    """TIME-4."""
    at = datetime(2026, 11, 24, 14, tzinfo=UTC)

    text = {
        zone: write.mail("digest", person={"zone": zone}, facts={"goes_out": at}).text
        for zone in ("America/New_York", "Europe/Berlin", "Asia/Tokyo")
    }

    assert "Tuesday, November 24, 9:00 AM EST." in text["America/New_York"]
    assert "Tuesday, November 24, 3:00 PM CET." in text["Europe/Berlin"]
    assert "Tuesday, November 24, 11:00 PM JST." in text["Asia/Tokyo"]
    assert "You see this digest first" not in write.mail("digest").text


def test_what_all_share_is_dated_where_the_collaboration_is(write, share):
    """Without ``today`` among the facts, a letter's own moment says it."""
    late = datetime(2026, 11, 24, 3, tzinfo=UTC)
    tomorrow = late + timedelta(days=1)

    assert write.mail("digest", at=late, person={"zone": "Asia/Tokyo"}).shared == pieces(share())
    assert write.mail("digest", at=tomorrow).shared != pieces(share())
