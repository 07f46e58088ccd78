import json
from email import message_from_bytes, policy
from shutil import copytree

import pytest

from service.library import read_playbook, templates_directory
from tests.unit.cli.test_pictures import needs_chromium

KEYS = sorted(read_playbook(templates_directory()).instruments)


def as_json(commonthread, key):
    code, said, _ = commonthread("preview", key, "--json")
    assert code == 0
    return json.loads(said)


@pytest.mark.parametrize("key", KEYS)
def test_every_instrument_can_be_previewed(commonthread, key):
    seen = as_json(commonthread, key)

    assert seen["key"] == key
    assert seen["subject"]
    assert seen["text"]
    assert "<html" in seen["html"]
    assert seen["headers"]["From"].endswith("@town.example>")


def test_json_lists_the_questions_as_they_are_asked(commonthread):
    seen = as_json(commonthread, "check-in")

    assert seen["questions"][0] == {
        "key": "moved",
        "text": "What moved forward since we last wrote?",
        "type": "text",
        "label": "Moved forward",
        "options": [],
    }
    assert all(f"{one['label']}: {one['text']}" in seen["text"] for one in seen["questions"][:4])


def test_it_is_the_same_each_time(commonthread, tmp_path):
    for name in ("one.eml", "two.eml"):
        commonthread("preview", "check-in", "--eml", tmp_path / name)

    assert (tmp_path / "one.eml").read_bytes() == (tmp_path / "two.eml").read_bytes()


def test_the_files_hold_the_mail_and_its_html(commonthread, tmp_path):
    code, said, _ = commonthread(
        "preview", "check-in", "--eml", tmp_path / "a.eml", "--html", tmp_path / "a.html"
    )

    mail = message_from_bytes((tmp_path / "a.eml").read_bytes(), policy=policy.default)
    html = mail.get_body(("html",)).get_content()
    assert code == 0
    assert "a.eml written" in said
    assert (tmp_path / "a.html").read_text("utf-8").split() == html.split()


def test_nothing_keeps_anybody_from_reading_our_mails(commonthread):
    """OUT-8."""
    for key in KEYS:
        assert as_json(commonthread, key)["accessibility"] == []


@pytest.fixture
def no_chromium(monkeypatch, tmp_path):
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def test_a_picture_needs_chromium_and_says_so(commonthread, no_chromium, tmp_path):
    code, _, complained = commonthread("preview", "help", "--picture", tmp_path / "help.png")

    assert code == 3
    assert "Debian's package chromium" in complained


def test_text_and_html_of_every_mail_need_no_chromium(commonthread, no_chromium, tmp_path):
    code, _, complained = commonthread("preview", "--all", tmp_path / "mails")

    assert code == 3
    assert "chromium" in complained
    for key in KEYS:
        seen = as_json(commonthread, key)
        assert (tmp_path / "mails" / f"{key}.txt").read_text("utf-8") == seen["text"]
        assert "</html>" in (tmp_path / "mails" / f"{key}.html").read_text("utf-8")


@needs_chromium
def test_every_mail_has_its_picture_wherever_it_is_asked_for(commonthread, tmp_path):
    folder = copytree(templates_directory(), tmp_path / "templates")
    for path in folder.glob("instruments/*.toml"):
        if path.stem not in ("help", "paused"):
            path.unlink()

    code, said, _ = commonthread(
        *("preview", "--templates", folder, "--all", tmp_path / "mails", "--book", tmp_path / "emails.md")
    )
    commonthread("preview", "help", "--picture", tmp_path / "dark.png", "--dark", "--width", "360")

    assert code == 0
    assert "emails.md written" in said
    assert width((tmp_path / "dark.png").read_bytes()) == 360
    for key in ("help", "paused"):
        assert width((tmp_path / "mails" / f"{key}.png").read_bytes()) == 680
        assert width((tmp_path / "pictures" / "emails" / f"{key}.png").read_bytes()) == 600


def width(png):
    return int.from_bytes(png[16:20])


def test_without_a_key_all_are_listed(commonthread):
    _, said, _ = commonthread("preview")
    _, lines, _ = commonthread("preview", "--json")

    assert all(key in said for key in KEYS)
    assert [json.loads(line)["key"] for line in lines.splitlines()] == KEYS


def test_without_a_file_the_text_is_shown(commonthread):
    _, said, _ = commonthread("preview", "check-in")

    assert said.startswith("From: Common Thread <")
    assert "1. Moved forward: " in said


def test_an_unknown_key_is_wrong_usage_and_the_near_one_is_named(commonthread):
    code, _, complained = commonthread("preview", "chekin")

    assert code == 2
    assert '"check-in"' in complained


class TestTemplatesOfOnesOwn:
    @pytest.fixture
    def folder(self, tmp_path):
        return copytree(templates_directory(), tmp_path / "templates")

    def test_a_mail_is_added_by_files_alone(self, commonthread, folder):
        toml = (folder / "instruments" / "check-in.toml").read_text("utf-8")
        (folder / "instruments" / "spring-check.toml").write_text(toml.replace("Weekly", "Spring"))
        copytree(folder / "emails" / "check-in", folder / "emails" / "spring-check")

        _, said, _ = commonthread("preview", "spring-check", "--json", "--templates", folder)

        assert json.loads(said)["title"] == "Spring check-in"

    @pytest.mark.parametrize(
        ("file", "words", "place"),
        [
            (
                "instruments/check-in.toml",
                b'title = "x"\nnonsense = 1',
                "check-in.toml line 2, key 'nonsense'",
            ),
            ("instruments/check-in.toml", b"# fine\n\xff", "check-in.toml line 2: this is not UTF-8"),
            ("emails/check-in/body.txt", b"{% extends '_layout.txt' %}\n{% block %}", "body.txt line 2"),
        ],
    )
    def test_a_fault_is_named_with_its_file_and_line(self, commonthread, folder, file, words, place):
        (folder / file).write_bytes(words)

        code, _, complained = commonthread("preview", "check-in", "--templates", folder)

        assert code == 3
        assert place in complained

    def test_a_barrier_is_warned_of_and_the_mail_is_shown(self, commonthread, folder):
        """OUT-8: an organisation sees what its changes broke."""
        body = folder / "emails" / "help" / "body.html"
        body.write_text(body.read_text("utf-8").replace("<p>Hello", '<p style="color: #ccc">Hello'), "utf-8")

        code, said, warned = commonthread("preview", "help", "--templates", folder)
        _, facts, no_warning = commonthread("preview", "help", "--templates", folder, "--json")

        assert code == 0
        assert "Hello Grace" in said
        assert "warning: help, p “Hello Grace,”: #cccccc on #ffffff has a contrast of 1.6." in warned
        assert not no_warning
        (barrier,) = json.loads(facts)["accessibility"]
        assert list(barrier) == ["rule", "where", "problem", "mend"]
        assert barrier["rule"] == "contrast-light"

    def test_a_folder_without_instruments_is_named(self, commonthread, tmp_path):
        code, _, complained = commonthread("preview", "--templates", tmp_path)

        assert code == 3
        assert "there is no instrument" in complained
