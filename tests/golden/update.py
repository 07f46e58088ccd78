"""The mails that we mean to send, byte for byte, as files to look at.

After a change that is meant, write them anew and read the difference:

    python -m tests.golden.update
    git diff tests/golden
"""

from pathlib import Path

from service.outbound.render import load_templates
from service.outbound.sample import rehearse, sample_composer, sample_letter
from service.playbook.instruments import parse_playbook

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "templates"


def golden_mails() -> dict[str, bytes]:
    """The sample mail of every instrument, in each of its turns, by file name."""
    files = (TEMPLATES / "instruments").glob("*.toml")
    playbook = parse_playbook({path.name: path.read_text("utf-8") for path in files})
    templates = load_templates(TEMPLATES / "emails")
    rehearse(templates, playbook)
    composer = sample_composer(templates)
    return {
        f"{key}.{turn}.eml": composer.compose(instrument, sample_letter(instrument, turn)).raw
        for key, instrument in playbook.instruments.items()
        for turn in range(max(1, len(instrument.groups)))
    }


def main() -> None:
    """Write every file anew and drop those of mails that are gone."""
    mails = golden_mails()
    for old in HERE.glob("*.eml"):
        if old.name not in mails:
            old.unlink()
    for name, raw in mails.items():
        (HERE / name).write_bytes(raw)
    print(f"{len(mails)} mails in {HERE}")


if __name__ == "__main__":
    main()
