"""Whatever is wrong, a command says what and how to mend it, and nothing is lost by it."""

import shutil

import pytest

from service.library import templates_directory
from service.store import outbox

COMMANDS = [
    ("apply", "plan.toml", "--yes"),
    ("send", "check-in"),
    ("status",),
    ("quarantine", "list"),
    ("replay", 1),
]
WRITERS = [("apply", "plan.toml", "--yes"), ("send", "check-in")]


async def outgoing(town):
    return len(await outbox.raws(["ready"]))


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
class TestEveryCommand:
    def test_names_each_wrong_setting(self, commonthread, installation, words):
        installation("SECRET_KEY=short", "IMAP_HOST=")

        code, said, complained = commonthread(*words)

        assert (code, said) == (3, "")
        assert "SECRET_KEY" in complained
        assert "IMAP_HOST is missing" in complained
        assert "short" not in complained.replace("shorter", "")
        assert "Traceback" not in complained

    def test_says_that_a_database_is_away(self, commonthread, installation, words):
        installation("DATABASE_URL=postgres://ada:secret@127.0.0.1:1/town")

        code, said, complained = commonthread(*words)

        assert (code, said) == (4, "")
        assert "DATABASE_URL" in complained
        assert "secret" not in complained
        assert "Traceback" not in complained

    def test_says_where_no_database_can_be(self, commonthread, installation, words):
        installation("DATA_DIR=plan.toml")

        code, said, complained = commonthread(*words)

        assert (code, said) == (3, "")
        assert "plan.toml" in complained


@pytest.mark.parametrize("words", WRITERS, ids=lambda words: words[0])
def test_a_broken_template_is_named_before_anything_changes(
    commonthread, settled, installation, tell, tmp_path, words
):
    shutil.copytree(templates_directory(), tmp_path / "mine")
    (tmp_path / "mine" / "emails" / "check-in" / "body.html").write_text("<p>\n{{ nobody }}")
    (tmp_path / "plan.toml").write_text((tmp_path / "plan.toml").read_text().replace("09:00", "10:00"))
    installation("TEMPLATES_DIR=mine")

    code, said, complained = commonthread(*words)

    assert (code, said) == (3, "")
    assert "check-in/body.html line 2" in complained
    assert tell(outgoing) == 3
