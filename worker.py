"""``python worker.py`` runs one worker, as ``commonthread worker`` does."""

import sys

from service.cli import main

if __name__ == "__main__":
    sys.exit(main(["worker", *sys.argv[1:]]))
