"""Postfix: takes mail from who logs in, delivers it to Dovecot, and reports what nobody takes."""

import shutil
from pathlib import Path

from tests.services.servers.daemon import Daemon, filled_in, free_ports
from tests.services.servers.dovecot import Dovecot
from tests.services.servers.programs import Missing, find_program, is_root


class Postfix(Daemon):
    """``smtp_port`` is for who logs in, ``mx_port`` takes mail for the town from anywhere."""

    def __init__(self, folder: Path, dovecot: Dovecot) -> None:
        program = find_program("postfix", "postfix")
        if not is_root():
            raise Missing("Postfix starts as root only")
        self.smtp_port, self.mx_port = free_ports(2)
        for path in (folder, *(folder / name for name in ("etc", "queue", "data"))):
            path.mkdir()
        shutil.chown(folder / "data", "postfix")
        ports = {"SMTP": self.smtp_port, "MX": self.mx_port, "LMTP": dovecot.lmtp_port}
        words = {"FOLDER": folder, "SASL": dovecot.sasl, **ports}
        for name in ("main.cf", "master.cf"):
            (folder / "etc" / name).write_text(filled_in(name, words))
        (folder / "etc" / "dynamicmaps.cf").touch()
        command = [program, "-c", str(folder / "etc"), "start-fg"]
        super().__init__(folder, command, (self.smtp_port, self.mx_port))

    def master_pid(self, started: int) -> int:
        """A shell was started; the master below it writes down its own."""
        return int((self.folder / "queue" / "pid" / "master.pid").read_text())
