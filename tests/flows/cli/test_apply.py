import pytest
from arq import ArqRedis

from service.cli import apply
from service.cli.house import wake_workers
from service.config import read_settings
from service.flows.apply_plan import Change
from service.store import outbox
from service.valkey import EmbeddedValkey
from tests.flows.town import ADA, GRACE, LINUS, PLAN


async def welcomed(town):
    return {address for address, _ in await outbox.raws(["ready"])}


@pytest.fixture
def at_a_terminal(monkeypatch):
    """Somebody sits there and says this."""

    def answers(word):
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("typer.confirm", lambda question: word == "yes")

    return answers


def test_the_plan_is_shown_and_carried_out_and_the_new_people_get_their_welcome(
    commonthread, installation, tell
):
    code, said, _ = commonthread("apply", "plan.toml", "--yes")

    assert code == 0
    assert all(words in said for words in ("Reading Trail", "Senior Center", GRACE, "mon 09:00"))
    assert "3 welcomes in the outbox" in said
    assert tell(welcomed) == {ADA, GRACE, LINUS}


def test_a_second_time_changes_nothing_and_says_so(commonthread, settled, tell):
    code, said, _ = commonthread("apply", "plan.toml")

    assert code == 0
    assert said.startswith("Nothing to change")
    assert len(tell(welcomed)) == 3


def test_only_what_differs_is_shown(commonthread, settled, tmp_path):
    (tmp_path / "plan.toml").write_text(PLAN.replace("mon 09:00", "tue 10:30"))

    _, said, _ = commonthread("apply", "plan.toml", "--yes")

    assert "mon 09:00 → tue 10:30" in said
    assert GRACE not in said
    assert "Nobody is new" in said


def test_where_nobody_can_be_asked_nothing_changes(commonthread, installation, tell, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)

    code, said, complained = commonthread("apply", "plan.toml")

    assert code == 2
    assert GRACE in said
    assert "--yes" in complained
    assert tell(welcomed) == set()


@pytest.mark.parametrize(("word", "code", "count"), [("yes", 0, 3), ("no", 1, 0)])
def test_at_a_terminal_somebody_is_asked(commonthread, installation, tell, at_a_terminal, word, code, count):
    at_a_terminal(word)

    assert commonthread("apply", "plan.toml")[0] == code
    assert len(tell(welcomed)) == count


def test_people_may_come_from_a_csv_file_beside_the_plan(commonthread, installation, tell, tmp_path):
    (tmp_path / "plans").mkdir()
    plan = PLAN.replace('zone = "America/New_York"', 'zone = "America/New_York"\npeople_csv = "more.csv"', 1)
    (tmp_path / "plans" / "plan.toml").write_text(plan)
    (tmp_path / "plans" / "more.csv").write_text(
        "name,email,department\nAlan Reed,alan@town.example,School\n"
    )

    commonthread("apply", "plans/plan.toml", "--yes")

    assert "alan@town.example" in tell(welcomed)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[cadence]", "[cadence", "plan.toml line 6: this is not TOML"),
        ('department = "School"', 'department = "Scool"', 'Did you mean "School"?'),
        ('email = "grace@town.example"', 'email = "grace"', "key 'email'"),
        ('key = "trail"', 'key = "trail"\npeople_csv = "gone.csv"', "gone.csv is not there"),
        ("check-in =", "chekin =", 'Did you mean "check-in"?'),
    ],
)
def test_a_malformed_plan_is_named_with_its_line_and_changes_nothing(
    commonthread, installation, tell, tmp_path, old, new, words
):
    assert old in PLAN
    (tmp_path / "plan.toml").write_text(PLAN.replace(old, new))

    code, said, complained = commonthread("apply", "plan.toml", "--yes")

    assert (code, said) == (3, "")
    assert words in complained
    assert "Traceback" not in complained
    assert tell(welcomed) == set()


def test_a_plan_that_is_not_there_is_wrong_usage(commonthread, installation):
    code, _, complained = commonthread("apply", "plam.toml", "--yes")

    assert code == 2
    assert "plam.toml" in complained


async def test_a_running_worker_hears_the_doorbell(tmp_path, installation):
    """The doorbell of an embedded Valkey is found in the data directory."""
    settings = read_settings()
    async with EmbeddedValkey(settings.valkey_dir) as valkey:
        await wake_workers(settings)

        async with ArqRedis.from_url(valkey.dsn) as redis:
            assert await redis.zcard("arq:queue") == 1


def test_the_table_shows_no_control_characters_of_a_plan(capsys):
    apply.show(apply._picture([Change("add", "person", "mallory@evil.example", "\x1b]0;owned\x07")]))

    assert "\x1b]" not in capsys.readouterr().out
