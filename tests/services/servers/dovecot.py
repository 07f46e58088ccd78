"""Dovecot: mailboxes by IMAP, deliveries by LMTP, and who may log in, for Postfix too."""

from collections.abc import Mapping
from pathlib import Path

from tests.services.servers.daemon import Daemon, filled_in, free_ports, give_away, names_of
from tests.services.servers.programs import find_program, ordinary_user


class Dovecot(Daemon):
    """``accounts``: address to password."""

    def __init__(self, folder: Path, accounts: Mapping[str, str]) -> None:
        program = find_program("dovecot", "dovecot-imapd")
        find_program("lmtp", "dovecot-lmtpd")
        user = ordinary_user()
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
