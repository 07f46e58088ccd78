import re
import stat

from service.config import Settings, read_settings
from service.playbook.plan import parse_plan


def settings_in(folder):
    return (folder / "commonthread.env").read_text("utf-8")


def test_the_settings_file_holds_every_setting_and_no_other(commonthread, tmp_path):
    commonthread("init", tmp_path)

    names = re.findall(r"^#?([A-Z_]+)=", settings_in(tmp_path), re.MULTILINE)

    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def test_a_default_in_the_settings_file_is_the_one_in_force(commonthread, tmp_path):
    commonthread("init", tmp_path)

    shown = dict(re.findall(r"^#([A-Z_]+)=(.*)$", settings_in(tmp_path), re.MULTILINE))

    defaults = {name: Settings.model_fields[name.lower()].default for name in shown}
    assert {name: str("" if value is None else value) for name, value in defaults.items()} == shown


def test_filled_in_it_is_accepted(commonthread, tmp_path):
    commonthread("init", tmp_path)
    filled = (
        settings_in(tmp_path)
        .replace("ORGANISATION=", "ORGANISATION=City of Fairbrook")
        .replace("OPERATOR_ADDRESS=", "OPERATOR_ADDRESS=it@town.example")
        .replace("MAIL_ADDRESS=", "MAIL_ADDRESS=thread@town.example")
        .replace("SMTP_HOST=", "SMTP_HOST=mail.town.example")
        .replace("IMAP_HOST=", "IMAP_HOST=mail.town.example")
    )
    (tmp_path / "commonthread.env").write_text(filled)

    assert read_settings(tmp_path / "commonthread.env").organisation == "City of Fairbrook"


def test_each_secret_is_fresh_and_only_its_owner_can_read_it(commonthread, tmp_path):
    commonthread("init", tmp_path / "one")
    commonthread("init", tmp_path / "two")

    secrets = {
        re.search("^SECRET_KEY=(.{32,})$", settings_in(tmp_path / name), re.M)[1] for name in ("one", "two")
    }

    assert len(secrets) == 2
    assert stat.S_IMODE((tmp_path / "one" / "commonthread.env").stat().st_mode) == 0o600


def test_the_example_plan_is_a_sound_plan(commonthread, tmp_path):
    commonthread("init", tmp_path)

    plan = parse_plan("plan.toml", (tmp_path / "plan.toml").read_text("utf-8"), {})

    assert {person.addr_spec.partition("@")[2] for person in plan.people} == {"town.example"}


def test_a_file_that_is_there_stays_as_it_is(commonthread, tmp_path):
    (tmp_path / "commonthread.env").write_text("SECRET_KEY=mine\n")

    code, said, _ = commonthread("init", tmp_path)

    assert code == 0
    assert settings_in(tmp_path) == "SECRET_KEY=mine\n"
    assert "commonthread.env is there already" in said
    assert (tmp_path / "plan.toml").exists()


def test_it_says_what_to_do_next(commonthread, tmp_path):
    _, said, _ = commonthread("init", tmp_path)

    assert "commonthread apply plan.toml" in said
