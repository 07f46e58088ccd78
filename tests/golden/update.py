"""The mails that we mean to send, byte for byte, as files to look at, and what a screen reader says of them.

After a change that is meant, write them anew and read the difference:

    python -m tests.golden.update
    git diff tests/golden
"""

import re
from pathlib import Path

from service.message import parse
from service.outbound.accessibility import reading_order
from service.outbound.render import load_templates
from service.outbound.sample import rehearse, sample_composer, sample_letter
from service.playbook.instruments import parse_playbook

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[1] / "templates"
KINDS = ("*.eml", "*.heard.txt")
_PICTURE = re.compile(rb"(\r\nContent-Disposition: inline[^\r]*\r\n\r\n)[A-Za-z0-9+/=\r\n]+?(?=--=_)")


def golden_files() -> dict[str, bytes]:
    """The golden mails, and for the first one of every instrument how it is heard, by file name."""
    mails = golden_mails()
    first = {name.removesuffix(".0.eml"): raw for name, raw in mails.items() if name.endswith(".0.eml")}
    heard = {f"{key}.heard.txt": reading_order(parse(raw).html).encode() for key, raw in first.items()}
    return mails | heard


def golden_mails() -> dict[str, bytes]:
    """The sample mail of every instrument, in each of its turns, by file name.

    Pictures are left out: another zlib packs the same pixels in other octets. Their Content-IDs,
    made from what is drawn, stay.
    """
    files = (TEMPLATES / "instruments").glob("*.toml")
    playbook = parse_playbook({path.name: path.read_text("utf-8") for path in files})
    templates = load_templates(TEMPLATES / "emails")
    rehearse(templates, playbook)
    composer = sample_composer(templates)
    mails = {
        f"{key}.{turn}.eml": composer.compose(instrument, sample_letter(instrument, turn))
        for key, instrument in playbook.instruments.items()
        for turn in range(max(1, len(instrument.groups)))
    }
    return {name: _without_pictures(mail.raw) for name, mail in mails.items()}


def _without_pictures(raw: bytes) -> bytes:
    return _PICTURE.sub(rb"\1(a picture)\r\n", raw)


def files_here() -> list[Path]:
    """The golden files as they are now."""
    return [path for kind in KINDS for path in HERE.glob(kind)]


def main() -> None:
    """Write every file anew and drop those of mails that are gone."""
    golden = golden_files()
    for old in files_here():
        if old.name not in golden:
            old.unlink()
    for name, content in golden.items():
        (HERE / name).write_bytes(content)
    print(f"{len(golden)} files in {HERE}")


if __name__ == "__main__":
    main()
