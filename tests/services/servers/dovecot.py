"""Dovecot: mailboxes by IMAP, deliveries by LMTP, and who may log in, for Postfix too."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.services.servers.daemon import Daemon, filled_in, free_ports, give_away, names_of
from tests.services.servers.programs import find_program, ordinary_user


class Dovecot(Daemon):
    """``accounts``: address to password."""

    def __init__(self, folder: Path, accounts: Mapping[str, str]) -> None:
        program = find_program("dovecot", "dovecot-imapd")
        find_program("lmtp", "dovecot-lmtpd")
        user = ordinary_user()
        self.accounts = accounts
        self.imap_port, self.lmtp_port = free_ports(2)
        self.sasl = folder / "run" / "auth-client"
        for path in (folder, *(folder / name for name in ("run", "state", "mail"))):
            path.mkdir()
            give_away(path, user)
        users = (f"{name}:{password}::::::\n" for name, password in accounts.items())
        (folder / "users").write_text("".join(users))
        owner, group = names_of(user)
        ports = {"IMAP": self.imap_port, "LMTP": self.lmtp_port}
        words = {"FOLDER": folder, "USER": owner, "GROUP": group, **ports}
        (folder / "dovecot.conf").write_text(filled_in("dovecot.conf", words))
        command = [program, "-F", "-c", str(folder / "dovecot.conf")]
        super().__init__(folder, command, (self.imap_port, self.lmtp_port), user)

    def inbox(self, address: str) -> list[bytes]:
        """What lies in somebody's inbox, oldest first: read from the disk, where many logins take long."""
        return [path.read_bytes() for path in sorted(self._files(address), key=_delivered)]

    def count(self, address: str) -> int:
        """How many mails lie in somebody's inbox."""
        return sum(1 for _ in self._files(address))

    def _files(self, address: str) -> Iterator[Path]:
        maildir = self.folder / "mail" / address / "Maildir"
        return (path for place in ("new", "cur") for path in maildir.glob(f"{place}/*"))


def _delivered(path: Path) -> tuple[int, int]:
    """Seconds and microseconds: 1795473608.M123456P789.town."""
    seconds, _, rest = path.name.partition(".M")
    return int(seconds), int(rest.partition("P")[0])
