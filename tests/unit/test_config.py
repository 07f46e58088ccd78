"""Settings: each wrong one is named with its mend, and nothing secret is shown."""

from datetime import date
from pathlib import Path

import pytest

from service.config import Settings, read_settings
from service.errors import Misconfigured

RIGHT = {
    "ORGANISATION": "City of Fairbrook",
    "OPERATOR_ADDRESS": "it@town.example",
    "MAIL_ADDRESS": "thread@town.example",
    "SECRET_KEY": "k" * 32,
    "SMTP_HOST": "smtp.town.example",
    "IMAP_HOST": "imap.town.example",
}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(folder: Path, **changes: str | None) -> Settings:
    """The settings of a file with these changes; None leaves a line out."""
    lines = {name: value for name, value in (RIGHT | changes).items() if value is not None}
    path = folder / "commonthread.env"
    path.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
    return read_settings(path)


def complaint(folder: Path, **changes: str | None) -> str:
    with pytest.raises(Misconfigured) as refused:
        read(folder, **changes)
    return str(refused.value)


def test_what_must_be_said_is_enough(tmp_path: Path):
    settings = read(tmp_path)

    assert settings.mail_address == "thread@town.example"
    assert (settings.smtp_port, settings.smtp_security) == (587, "starttls")
    assert (settings.imap_port, settings.imap_security) == (993, "tls")


@pytest.mark.parametrize("name", RIGHT)
def test_a_setting_that_is_missing_is_named_with_the_way_to_set_it(tmp_path: Path, name: str):
    words = complaint(tmp_path, **{name: None})

    assert f"{name} is missing" in words
    assert "commonthread init" in words
    assert "commonthread.env" in words


def test_all_that_is_wrong_is_named_at_once(tmp_path: Path):
    words = complaint(tmp_path, ORGANISATION=None, SMTP_PORT="many", OPERATOR_ADDRESS="nobody")

    assert all(name in words for name in ("ORGANISATION", "SMTP_PORT", "OPERATOR_ADDRESS"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ORGANISATION", ""),
        ("OPERATOR_ADDRESS", "it"),
        ("OPERATOR_ADDRESS", "IT <it@town.example>"),
        ("MAIL_ADDRESS", "thread@town"),
        ("MAIL_ADDRESS", f"{'t' * 31}@town.example"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "k" * 32 + ","),
        ("SECRET_KEY", "k" * 32 + ",short"),
        ("SECRET_KEY", "," + "k" * 32),
        ("SECRET_KEY", "k" * 32 + ", " + "o" * 32),
        ("SECRET_KEY", "k" * 32 + ", " + "o" * 32 + " until"),
        ("SECRET_KEY", "k" * 32 + ", " + "o" * 32 + " until soon"),
        ("SECRET_KEY", "k" * 32 + ", " + "o" * 32 + " until 2027-02-30"),
        ("SECRET_KEY", "k" * 32 + ", short until 2027-02-21"),
        ("SECRET_KEY", "k" * 32 + ", " + "k" * 32 + " until 2027-02-21"),
        ("SECRET_KEY", "k" * 32 + " until 2027-02-21"),
        ("AUTHENTICATION", ""),
        ("AUTHENTICATION", "rfc8601"),
        ("AUTHENTICATION", "rfc8601:"),
        ("AUTHENTICATION", "rfc8601:mx town"),
        ("AUTHENTICATION", "exchange-online:outside"),
        ("AUTHENTICATION", "Internal"),
        ("OPERATOR_ZONE", "Denver"),
        ("OPERATOR_ZONE", "../../etc/passwd"),
        ("DATABASE_URL", "mysql://town:word@host/name"),
        ("DATABASE_URL", "/var/lib/town.db"),
        ("REDIS_URL", "http://host"),
        ("SMTP_HOST", ""),
        ("SMTP_PORT", "many"),
        ("SMTP_PORT", "0"),
        ("SMTP_PORT", "65536"),
        ("SMTP_SECURITY", "maybe"),
        ("IMAP_HOST", ""),
        ("IMAP_PORT", "993.5"),
        ("IMAP_SECURITY", "ssl"),
        ("LEASE", "0"),
        ("SWEEP_EVERY", "61"),
        ("UNCERTAIN_WAIT", "-1"),
        ("PHASE_WINDOW", "0"),
        ("SMTP_CONNECTIONS", "21"),
        ("QUEUE_POLL", "0"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str):
    assert name in complaint(tmp_path, **{name: value})


@pytest.mark.parametrize("name", ["SECRET_KEY", "SMTP_PASSWORD", "IMAP_PASSWORD"])
def test_what_is_secret_is_shown_nowhere(tmp_path: Path, name: str):
    """I6."""
    secret = "hush-" * 8
    settings = read(tmp_path, **{name: secret})

    assert secret not in repr(settings)
    assert secret not in str(settings.model_dump())
    assert "hush" not in complaint(tmp_path, SECRET_KEY="hush", SMTP_PASSWORD=secret, SMTP_PORT="many")


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ORGANISATION", "Town of Brookfair")

    assert read(tmp_path).organisation == "Town of Brookfair"


def test_a_line_that_we_do_not_know_is_no_error(tmp_path: Path):
    """Other programs may read the same file."""
    assert read(tmp_path, COMPOSE_PROJECT_NAME="town").organisation == "City of Fairbrook"


def test_without_a_database_url_everything_is_in_the_data_directory(tmp_path: Path):
    settings = read(tmp_path, DATA_DIR=str(tmp_path / "data"))

    assert settings.database == f"sqlite://{tmp_path / 'data' / 'commonthread.db'}"
    assert settings.embedded


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_is_used_as_it_is_named(tmp_path: Path, scheme: str):
    settings = read(tmp_path, DATABASE_URL=f"{scheme}://town:word@db.town.example/thread")

    assert settings.database == f"{scheme}://town:word@db.town.example/thread"
    assert not settings.embedded


def test_a_new_key_stands_in_front_of_the_old_ones_and_these_have_their_last_days(tmp_path: Path):
    """F47, IN-4."""
    written = f"{'n' * 32}, {'o' * 32} until 2027-02-21,{'p' * 32}  until  2026-12-01 "

    settings = read(tmp_path, SECRET_KEY=written)

    assert settings.secrets == (b"n" * 32, b"o" * 32, b"p" * 32)
    assert settings.last_days == {b"o" * 32: date(2027, 2, 21), b"p" * 32: date(2026, 12, 1)}


def test_one_key_has_no_last_day(tmp_path: Path):
    assert read(tmp_path).last_days == {}


def test_an_old_key_without_its_last_day_is_refused_with_the_way_to_write_it(tmp_path: Path):
    """Else a secret that was retired would open our addresses for ever."""
    words = complaint(tmp_path, SECRET_KEY=f"{'n' * 32},{'o' * 32}")

    assert "SECRET_KEY key 2 was replaced and needs its last day" in words
    assert "KEY until YYYY-MM-DD" in words
    assert "oooo" not in words


@pytest.mark.parametrize(
    "profile",
    ["internal", "none", "google", "exchange-online", "exchange-online:internal", "rfc8601:mx.town.example"],
)
def test_a_profile_is_taken_as_it_is_written(tmp_path: Path, profile: str):
    assert read(tmp_path, AUTHENTICATION=profile).authentication == profile


def test_a_profile_that_we_do_not_know_is_refused_with_all_that_we_know(tmp_path: Path):
    words = complaint(tmp_path, AUTHENTICATION="outlook")

    assert "AUTHENTICATION 'outlook' is no profile. Write internal, none, rfc8601:SERVER, google" in words


def test_an_address_is_stored_in_one_spelling(tmp_path: Path):
    assert read(tmp_path, MAIL_ADDRESS="Thread@Town.Example").mail_address == "thread@town.example"


def test_settings_cannot_be_changed_once_they_are_read(tmp_path: Path):
    with pytest.raises(ValueError, match="frozen"):
        read(tmp_path).organisation = "somebody else"
