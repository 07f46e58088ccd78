"""Real servers on loopback and real closed ports: every check speaks, whatever the others found."""

import asyncio
import shutil

import pytest

from service.jobs import utc_now
from service.library import templates_directory
from service.sandbox.mail import EmbeddedMail
from service.valkey import EmbeddedValkey

CHECKS = ("Settings", "Templates", "Addresses", "Database", "Outgoing mail", "Incoming mail", "Doorbell")


@pytest.fixture
async def mail(installation):
    """A mail server that wants a login, and settings that fit it."""
    accounts = {"thread@town.example": "loom"}
    async with EmbeddedMail(accounts, clock=utc_now, require_auth=True) as server:
        yield server


def logging_in(mail, password="loom"):
    return (
        f"SMTP_PORT={mail.smtp_port}",
        f"IMAP_PORT={mail.imap_port}",
        *(f"{side}_USERNAME=thread@town.example" for side in ("SMTP", "IMAP")),
        *(f"{side}_PASSWORD={password}" for side in ("SMTP", "IMAP")),
    )


@pytest.fixture
def doctor(commonthread):
    """Runs the doctor in a thread: its exit code, its marks by check, and all it said."""

    async def run():
        code, said, complained = await asyncio.to_thread(commonthread, "doctor")
        assert complained == ""
        marks = {name: line[0] for line in said.splitlines() for name in CHECKS if line[2:].startswith(name)}
        return code, "".join(marks.get(name, " ") for name in CHECKS), said

    return run


async def test_where_all_is_well_each_check_says_so(installation, mail, doctor):
    installation(*logging_in(mail))

    code, marks, said = await doctor()

    assert (code, marks) == (0, "✔✔✔✔✔✔✔")
    assert "its tables are up to date" in said
    assert "not encrypted, logged in, mails up to 35 MiB; offers SIZE" in said
    assert "offers IDLE, MOVE, UIDPLUS" in said


async def test_a_wrong_password_is_named_with_its_setting(installation, mail, doctor):
    installation(*logging_in(mail, password="lom"))

    code, marks, said = await doctor()

    assert (code, marks) == (3, "✔✔✔✔✘✘✔")
    assert said.count("Check the user name and the password.") == 2
    assert "SMTP_PASSWORD" in said
    assert "IMAP_PASSWORD" in said


async def test_servers_that_are_away_are_named_and_the_rest_is_checked(installation, doctor):
    code, marks, said = await doctor()

    assert (code, marks) == (4, "✔✔✔✔✘✘✔")
    assert said.count("127.0.0.1:1") == 2


async def test_folders_that_are_not_there_are_named(installation, mail, doctor):
    installation(*logging_in(mail), "IMAP_SENT_FOLDER=Gone")

    code, marks, said = await doctor()

    assert (code, marks) == (3, "✔✔✔✔✔✘✔")
    assert "'Gone'" in said


async def test_wrong_settings_are_all_named_at_once(installation, doctor):
    installation("ORGANISATION=", "SMTP_PORT=many", "OPERATOR_ZONE=Mars/Olympus", "REDIS_URL=localhost")

    code, marks, said = await doctor()

    assert (code, marks) == (3, "✘      ")
    assert "ORGANISATION is missing" in said
    assert "SMTP_PORT Input should be a valid integer" in said
    assert "America/Denver" in said
    assert "REDIS_URL write redis://" in said


@pytest.mark.parametrize(
    ("lines", "code", "marks", "words"),
    [
        (["OPERATOR_ADDRESS=Thread@town.example"], 3, "✔✔✘✔✘✘✔", "OPERATOR_ADDRESS: is the mailbox"),
        (["DATABASE_URL=postgres://ada:x@127.0.0.1:1/town"], 4, "✔✔✔✘✘✘✔", "Check DATABASE_URL"),
        (["REDIS_URL=redis://127.0.0.1:1"], 4, "✔✔✔✔✘✘✘", "REDIS_URL: the server does not answer"),
        (["DATA_DIR=plan.toml"], 3, "✔✔✔✘✘✘✘", "plan.toml"),
        (["SMTP_HOST=mail.town.example", "SMTP_USERNAME=thread"], 3, "✔✔✔✔✘✘✔", "without encryption"),
    ],
)
async def test_each_fault_is_named_with_its_setting(installation, doctor, lines, code, marks, words):
    installation(*lines)

    found = await doctor()

    assert found[:2] == (code, marks)
    assert words in found[2]


async def test_an_address_that_leaves_no_room_for_our_signature_is_named(installation, doctor):
    installation("MAIL_ADDRESS=the-common-thread-of-our-lovely-town@town.example")

    code, marks, said = await doctor()

    assert (code, marks) == (3, "✘      ")
    assert "at most 30 characters" in said


async def test_a_broken_template_is_named_with_its_line(installation, doctor, tmp_path):
    shutil.copytree(templates_directory(), tmp_path / "mine")
    (tmp_path / "mine" / "emails" / "check-in" / "body.txt").write_text("fine\n{% if %}")
    installation("TEMPLATES_DIR=mine")

    code, marks, said = await doctor()

    assert (code, marks) == (3, "✔✘✔✔✘✘✔")
    assert "check-in/body.txt line 2" in said


async def test_a_password_that_redis_refuses_is_named(installation, doctor, tmp_path):
    async with EmbeddedValkey(tmp_path / "redis") as valkey:
        installation(f"REDIS_URL=unix://ada:wrong@{valkey.socket}")

        code, marks, said = await doctor()

    assert (code, marks) == (3, "✔✔✔✔✘✘✘")
    assert "REDIS_URL: the server refused the login" in said


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ("internal", "whoever hands us mail is trusted to have checked its sender"),
        ("rfc8601:mx.town.example", "senders are checked by mx.town.example"),
        ("google", "senders are checked by mx.google.com"),
        ("exchange-online", "senders are checked by Exchange Online"),
        ("none", "senders are UNVERIFIED but for signatures that we verify ourselves"),
    ],
)
async def test_it_says_plainly_who_checks_that_people_are_who_they_say(installation, doctor, profile, words):
    """IN-6."""
    installation(f"AUTHENTICATION={profile}")

    _, _, said = await doctor()

    assert words in " ".join(said.split())
