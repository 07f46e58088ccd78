"""Writing a mail: Composer beside the standard library's EmailMessage, in turn, in one process.

``python -m bench.compose [--mails 300] [--rounds 5]``. Composer renders the templates for each reader, signs
the addresses and serialises; EmailMessage (policy SMTP) gets the finished header fields, texts and pictures
of the same mail and only has to put them together. What readers of a digest share was rendered before.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from service.library import read_playbook, templates_directory
from service.outbound.compose import Composer, Letter, Shared
from service.outbound.render import load_templates
from service.outbound.sample import sample_composer, sample_letter
from service.playbook.instruments import Instrument

OURS_TO_WRITE = ("mime-version", "content-type")


@dataclass(frozen=True)
class Contents:
    """What a mail is made of. ``pictures``: Content-ID, file name and octets of PNG files."""

    fields: tuple[tuple[str, str], ...]
    text: str
    html: str
    pictures: tuple[tuple[str, str, bytes], ...]


def taken_apart(raw: bytes) -> Contents:
    """The contents of a mail that Composer wrote."""
    mail = message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    images = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    return Contents(
        tuple((name, str(value)) for name, value in mail.items() if name.lower() not in OURS_TO_WRITE),
        text.get_content(),
        html.get_content(),
        tuple((part["Content-ID"], part.get_filename(), part.get_content()) for part in images),
    )


def put_together(contents: Contents) -> bytes:
    """The same mail by the standard library."""
    mail = EmailMessage(policy=policy.SMTP)
    for name, value in contents.fields:
        mail[name] = value
    mail.set_content(contents.text)
    mail.add_alternative(contents.html, subtype="html")
    html = mail.get_payload()[1]
    for content_id, filename, octets in contents.pictures:
        html.add_related(octets, "image", "png", cid=content_id, filename=filename, disposition="inline")
    return mail.as_bytes()


def readers(letter: Letter, count: int) -> list[Letter]:
    """The letter to ``count`` people: each has their own name, address and keys."""
    return [
        replace(
            letter,
            key=f"{letter.key}:{n}",
            prompt_handle=f"{n:016x}",
            person=replace(letter.person, name=f"Grace Fielding {n}", addr_spec=f"grace{n}@town.example"),
        )
        for n in range(count)
    ]


def share(composer: Composer, instrument: Instrument, letter: Letter) -> Shared:
    today = letter.at.astimezone(ZoneInfo(letter.person.zone)).date()
    return composer.share(instrument, {"today": today, **letter.facts}, letter.collaboration)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(composer: Composer, instrument: Instrument, mails: int, rounds: int) -> float:
    """The median ratio of the two ways, for one instrument."""
    letters = readers(sample_letter(instrument), mails)
    shared = share(composer, instrument, letters[0])
    written = [composer.compose(instrument, letter, shared).raw for letter in letters]
    contents = [taken_apart(raw) for raw in written]
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        ours.append(seconds(lambda: [composer.compose(instrument, letter, shared) for letter in letters]))
        theirs.append(seconds(lambda: [put_together(each) for each in contents]))
    ratio = statistics.median(slow / quick for slow, quick in zip(theirs, ours, strict=True))
    print(
        f"{instrument.key}: {_mean(written)} octets, {len(contents[0].pictures)} pictures; "
        f"Composer {statistics.median(ours) / mails * 1e6:.0f} us a mail, "
        f"EmailMessage {statistics.median(theirs) / mails * 1e6:.0f} us; ratio {ratio:.1f}"
    )
    return ratio


def _mean(written: Sequence[bytes]) -> int:
    return sum(map(len, written)) // len(written)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    playbook = read_playbook(templates_directory())
    composer = sample_composer(load_templates(templates_directory() / "emails"))
    for key in ("digest", "check-in"):
        compare(composer, playbook.get(key), wanted.mails, wanted.rounds)


if __name__ == "__main__":
    main()
