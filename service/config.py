"""Settings: the environment, read once and typed. No other module reads it.

They come from the environment or from a file ``commonthread.env`` in the working directory
(the environment wins). ``commonthread init`` writes that file.
"""

from datetime import date
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.addressing import MAILBOX_NAME_LIMIT
from service.domain.addresses import check_addr_spec
from service.errors import Misconfigured
from service.inbound.authenticate.profiles import SPELLINGS, read_profile

SETTINGS_FILE = "commonthread.env"
SECRET_LENGTH = 32
LAST_DAY = " until "
Security = Literal["tls", "starttls", "none"]


class Settings(BaseSettings):
    """Every setting of the service, with its default. Durations are in seconds."""

    model_config = SettingsConfigDict(env_file=SETTINGS_FILE, extra="ignore", frozen=True)

    organisation: str = Field(min_length=1, description="Who runs this, as people know it")
    operator_address: str = Field(description="Where alarms go")
    mail_name: str = Field(default="Common Thread", description="The name in From")
    mail_address: str = Field(description="The mailbox we send from and read, e.g. thread@town.example")
    secret_key: SecretStr = Field(
        description="Signs addresses. A new key goes in front: NEW, OLD until 2027-02-21"
    )
    operator_zone: str = Field(default="America/New_York", description="Whose clock the operator lives by")
    authentication: str = Field(
        default="internal", description=f"Whose word about senders we take: {SPELLINGS}"
    )

    data_dir: Path = Path("data")
    database_url: str = Field(default="", description="postgres://…; empty: SQLite in DATA_DIR")
    redis_url: str = Field(default="", description="redis://…; empty: a Valkey of our own in DATA_DIR")
    templates_dir: Path | None = Field(default=None, description="Your own copy of templates/")

    smtp_host: str = Field(min_length=1)
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Security = "starttls"
    smtp_username: str = ""
    smtp_password: SecretStr = SecretStr("")

    imap_host: str = Field(min_length=1)
    imap_port: int = Field(default=993, ge=1, le=65535)
    imap_security: Security = "tls"
    imap_username: str = ""
    imap_password: SecretStr = SecretStr("")
    imap_folder: str = "INBOX"
    imap_done_folder: str = "Processed"
    imap_sent_folder: str = Field(default="", description="Where the server files what we send, as proof")

    hold_days: int = Field(default=14, ge=1, le=90, description="Days that a held reply waits for a word")
    lease: float = Field(default=60, gt=0, description="How long a claim holds without a sign of life")
    sweep_every: int = Field(default=30, ge=1, le=60, description="How often to look for missed work")
    uncertain_wait: float = Field(default=900, ge=0, description="Before an uncertain mail is sent again")
    phase_window: int = Field(default=50, ge=1, le=500, description="Mails whose dots one commit announces")
    smtp_connections: int = Field(default=2, ge=1, le=20)
    queue_poll: float = Field(default=0.05, gt=0, le=5, description="How often to look at the doorbell")

    @field_validator("secret_key")
    @classmethod
    def _are_secrets(cls, value: SecretStr) -> SecretStr:
        _read_secrets(value.get_secret_value())
        return value

    @field_validator("authentication")
    @classmethod
    def _is_profile(cls, value: str) -> str:
        try:
            read_profile(value)
        except Misconfigured as error:
            raise ValueError(f"{error.problem} {error.mend}") from None
        return value

    @field_validator("operator_address", "mail_address")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return check_addr_spec(value)

    @field_validator("operator_zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(
                f"{value!r} is no zone of the tz database; write one such as America/Denver"
            ) from None
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("postgres", "postgresql", "sqlite"):
            raise ValueError("write postgres://user:password@host/name, or leave it empty for SQLite")
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("redis", "rediss", "unix") or parts.port == 0):
            raise ValueError("write redis://:password@host:6379, or leave it empty for a Valkey of our own")
        return value

    @model_validator(mode="after")
    def _fits_an_address(self) -> Self:
        local = self.mail_address.partition("@")[0]
        if len(local) > MAILBOX_NAME_LIMIT:
            room = f"at most {MAILBOX_NAME_LIMIT} characters before the @"
            raise ValueError(f"MAIL_ADDRESS: {room}, our signature needs the rest")
        return self

    @property
    def secrets(self) -> tuple[bytes, ...]:
        """The signing secrets, current one first."""
        return tuple(secret for secret, _ in _read_secrets(self.secret_key.get_secret_value()))

    @property
    def last_days(self) -> dict[bytes, date]:
        """Until when each retired secret opens what it signed."""
        secrets = _read_secrets(self.secret_key.get_secret_value())
        return {secret: last_day for secret, last_day in secrets if last_day}

    @property
    def database(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite://{self.data_dir.absolute() / 'commonthread.db'}"

    @property
    def valkey_dir(self) -> Path:
        """Where a Valkey of our own keeps its file and its socket."""
        return self.data_dir / "valkey"

    @property
    def embedded(self) -> bool:
        """Whether SQLite serves as the database: then one worker on one machine does all writing."""
        return self.database.startswith("sqlite:")


def _read_secrets(text: str) -> list[tuple[bytes, date | None]]:
    """``NEW, OLD until 2027-02-21``: the current secret, then retired ones with their last days."""
    current, *retired = text.split(",")
    if _split_last_day(current)[1]:
        raise ValueError("key 1 signs from now on and has no last day; write it without one")
    found: list[tuple[bytes, date | None]] = [(_long_enough(current), None)]
    for number, one in enumerate(retired, start=2):
        secret, last_day = _split_last_day(one)
        if last_day is None:
            raise ValueError(
                f"key {number} was replaced and needs its last day, 90 days after that: "
                "KEY until YYYY-MM-DD. Mails signed with it can be answered until then"
            )
        found.append((_long_enough(secret), last_day))
    if len({secret for secret, _ in found}) < len(found):
        raise ValueError("the same key stands twice; each change needs a fresh one")
    return found


def _split_last_day(text: str) -> tuple[str, date | None]:
    secret, until, day = text.rpartition(LAST_DAY)
    try:
        return (secret, date.fromisoformat(day.strip())) if until else (text, None)
    except ValueError:
        return text, None


def _long_enough(secret: str) -> bytes:
    if len(secret.strip()) < SECRET_LENGTH:
        raise ValueError(f"each key needs {SECRET_LENGTH} characters, or others can sign as we do")
    return secret.strip().encode()


def read_settings(env_file: Path | str | None = None) -> Settings:
    """The settings in force. Raises Misconfigured naming each wrong setting and its mend."""
    try:
        return Settings(_env_file=env_file or SETTINGS_FILE)  # type: ignore[call-arg]  # pydantic-settings' own argument
    except ValidationError as error:
        lines = [
            _explain(problem["loc"], problem["input"] == "" or problem["type"] == "missing", problem["msg"])
            for problem in error.errors()
        ]
        raise Misconfigured(
            "settings",
            "; ".join(lines) + ".",
            f"Set them in {SETTINGS_FILE} or the environment; `commonthread init` writes that file.",
        ) from None


def _explain(where: tuple[int | str, ...], missing: bool, message: str) -> str:
    name = ".".join(str(part) for part in where).upper()
    words = "is missing" if missing else message.removeprefix("Value error, ")
    return f"{name} {words}" if name else words
