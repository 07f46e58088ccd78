"""The words of replies are read in tests/unit/reading; here it counts what the command makes of them."""

import json
from email.message import EmailMessage

import pytest

FIELDS = ["file", "kind", "text", "answers", "unread", "missing", "note"]


@pytest.fixture
def sent(commonthread, tmp_path):
    """A check-in as it was sent."""
    commonthread("preview", "check-in", "--eml", tmp_path / "sent.eml")
    return tmp_path / "sent.eml"


@pytest.fixture
def reply(tmp_path):
    """Writes a reply to a file."""

    def write(text, name="reply.eml", **fields):
        mail = EmailMessage()
        mail["From"] = "Grace <grace@town.example>"
        mail["To"] = "thread@town.example"
        mail["Subject"] = "Re: How did it go?"
        mail["Date"] = "Mon, 23 Nov 2026 10:00:00 -0700"
        for field, value in fields.items():
            mail[field.replace("_", "-")] = value
        mail.set_content(text)
        (tmp_path / name).write_bytes(mail.as_bytes())
        return tmp_path / name

    return write


def lines(said):
    return [json.loads(line) for line in said.splitlines()]


def test_each_file_is_one_line_of_json_with_stable_fields(commonthread, reply, sent):
    files = [reply("1. The map is printed.", "one.eml"), reply("Hello", "two.eml")]

    code, said, _ = commonthread("read", *files, "--prompt", sent, "--json")

    assert code == 0
    assert [list(line) for line in lines(said)] == [FIELDS, FIELDS]
    assert [line["file"] for line in lines(said)] == [str(file) for file in files]


def test_with_the_mail_that_was_sent_answers_are_read(commonthread, reply, sent):
    _, said, _ = commonthread("read", reply("1. The map is printed."), "--prompt", sent, "--json")

    (line,) = lines(said)
    (answer,) = line["answers"]
    assert line["kind"] == "human"
    assert (answer["question"], answer["value"]) == ("moved", "The map is printed.")
    assert answer["text"] == "The map is printed."
    assert 0 < answer["confidence"] <= 1
    assert "next" in line["missing"]
    assert line["unread"] == []


def test_without_it_there_are_no_answers_and_the_text_is_what_its_author_wrote(commonthread, reply):
    text = "The map is printed.\n\nOn Mon, Nov 23, 2026 Common Thread wrote:\n> 1. Moved forward: What?\n"

    _, said, _ = commonthread("read", reply(text), "--json")

    (line,) = lines(said)
    assert line["text"] == "The map is printed."
    assert line["answers"] == line["missing"] == []


def test_a_machines_words_are_never_an_answer(commonthread, reply, sent):
    away = reply("1. I am away until Monday.", Auto_Submitted="auto-replied")

    _, said, _ = commonthread("read", away, "--prompt", sent, "--json")

    (line,) = lines(said)
    assert line["kind"] == "auto_reply"
    assert line["answers"] == []


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(commonthread, reply, tmp_path):
    code, said, complained = commonthread("read", tmp_path / "gone.eml", tmp_path, reply("Hello"), "--json")

    assert code == 1
    assert [line["text"] for line in lines(said)] == ["Hello"]
    assert "gone.eml: No such file" in complained
    assert f"{tmp_path}: Is a directory" in complained


def test_a_mail_that_is_too_large_is_named(commonthread, tmp_path):
    (tmp_path / "huge.eml").write_bytes(b"Subject: x\r\n" + b"y" * 70_000_000)

    code, said, complained = commonthread("read", tmp_path / "huge.eml", "--json")

    assert (code, said) == (1, "")
    assert "huge.eml" in complained


@pytest.mark.parametrize("raw", [b"", b"\xff\x00", b"no header at all", b"Subject: \xe9\r\n\r\n\x80\r\n"])
def test_bytes_that_are_hardly_a_mail_are_read_all_the_same(commonthread, tmp_path, sent, raw):
    (tmp_path / "odd.eml").write_bytes(raw)

    code, said, _ = commonthread("read", tmp_path / "odd.eml", "--prompt", sent, "--json")

    assert code == 0
    assert said.isascii()
    assert len(lines(said)) == 1


def test_a_mail_that_asks_nothing_is_no_prompt(commonthread, reply):
    mail = reply("Hello")

    code, _, complained = commonthread("read", mail, "--prompt", mail)

    assert code == 2
    assert "asks something" in complained


def test_without_json_people_get_a_table(commonthread, reply, sent):
    _, said, _ = commonthread("read", reply("1. The map is \x1b]0;printed."), "--prompt", sent)

    assert "moved" in said
    assert "not answered: next" in said
    assert "\x1b]" not in said


def test_where_nothing_is_answered_people_see_the_text(commonthread, reply):
    _, said, _ = commonthread("read", reply("The map is printed."))

    assert "reply.eml: human" in said.replace("\n", "")
    assert "The map is printed." in said
