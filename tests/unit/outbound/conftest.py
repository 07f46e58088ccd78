from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from shutil import copytree

import pytest

from service.outbound.compose import Composer
from service.outbound.render import TemplateSet, load_templates
from service.outbound.sample import sample_composer, sample_letter
from service.playbook.instruments import Playbook, parse_playbook

TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture(scope="session")
def templates() -> TemplateSet:
    return load_templates(TEMPLATES / "emails")


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    files = (TEMPLATES / "instruments").glob("*.toml")
    return parse_playbook({path.name: path.read_text("utf-8") for path in files})


@pytest.fixture(scope="session")
def composer(templates) -> Composer:
    return sample_composer(templates)


@pytest.fixture
def copied(tmp_path) -> Path:
    """Templates of mails and charts to break."""
    for folder in ("emails", "charts"):
        copytree(TEMPLATES / folder, tmp_path / folder)
    return tmp_path


@dataclass(frozen=True)
class Writing:
    """Writes the sample letter of one instrument, with something about it changed."""

    composer: Composer
    playbook: Playbook

    def letter(self, key="check-in", *, turn=0, person=None, collaboration=None, facts=None, **changes):
        letter = sample_letter(self.playbook.get(key), turn)
        return replace(
            letter,
            person=replace(letter.person, **(person or {})),
            collaboration=replace(letter.collaboration, **(collaboration or {})),
            facts={**letter.facts, **(facts or {})},
            **changes,
        )

    def mail(self, key="check-in", **changes):
        return self.composer.compose(self.playbook.get(key), self.letter(key, **changes))

    def message(self, key="check-in", **changes):
        return parsed(self.mail(key, **changes).raw)


@pytest.fixture
def write(composer, playbook) -> Writing:
    return Writing(composer, playbook)


@pytest.fixture
def every_mail(composer, playbook):
    """The sample mail of every instrument, in each of its turns."""
    return [
        (instrument, composer.compose(instrument, sample_letter(instrument, turn)))
        for instrument in playbook.instruments.values()
        for turn in range(max(1, len(instrument.groups)))
    ]


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def html_of(raw: bytes) -> str:
    return parsed(raw).get_body(("html",)).get_content()


def header_lines(raw: bytes) -> list[bytes]:
    """The header by hand: one entry for each field, still folded."""
    fields: list[bytes] = []
    for line in raw.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
        if line[:1] in b" \t":
            fields[-1] += b"\r\n" + line
        else:
            fields.append(line)
    return fields


def field_names(raw: bytes) -> list[str]:
    return [field.split(b":", 1)[0].decode() for field in header_lines(raw)]
