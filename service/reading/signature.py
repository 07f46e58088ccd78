"""What stands at the end of many mails and says nothing: signatures, device lines, disclaimers."""

import re
from collections.abc import Sequence

from service.reading import evidence
from service.reading.delimiters import is_rule
from service.reading.furniture import (
    BANNERS,
    CLOSINGS,
    DEVICE,
    DEVICES,
    DISCLAIMERS,
    EXCUSES,
    FOR_DEVICE,
    FROM_DEVICE,
    OWN_DEVICE,
    SENT,
    STRANGERS,
    WARNINGS,
)
from service.reading.lines import Line, Origin
from service.reading.words import LONG, normal

LONGEST_SIGNATURE = 14
CARD_LINES = 5
LONGEST_NAME = 120
LONGEST_BANNER = 6  # lines
LONGEST_DISCLAIMER = 40  # lines
SHORTEST_DISCLAIMER = 50  # characters
LONGEST_NAME_WORDS = 5
CARD_WIDTH = 60
SENTENCE_WORDS = 5
LONGEST_STROKE = 5
WIDEST_WRAP = 80
MOST_DEVICE_WORDS = 6
SHORTEST_DEVICE = 3  # words
TAG = re.compile(r"\s*[\[*(<]{1,3} ?ext(?:ern\w{0,2})?(?: e-?mail| sender| message)? ?[\])*>]{1,3}:?\s*")
DELIMITER = re.compile(r"\s*(?:--|—|__+|-- -)\s*")
USUAL_DELIMITER = re.compile(r"--\s*")
SHORT_RULE = re.compile(r"\s*(?:-{2,5}|\*{2,5}|={2,5}|~{2,5}|–{1,3})\s*")
DASHED_NAME = re.compile(r"\s*[-–—/~]{1,2}[^\W\d_]\w{0,20}\.?(?: [^\W\d_][\w.]{0,20}){0,2}\s*")


def end(lines: Sequence[Line], name: str = "") -> int:
    """Where the author's words end: the index after the last line to keep. ``name``: the author's."""
    last = len(lines)
    while True:
        before = last
        for cut in (_blank, _rule, _device, _marked, _delimited, _disclaimer, _dashed_name):
            last = cut(lines, last)
        last = _contact(lines, last, name)
        if last == before:
            return last


def banner_length(lines: Sequence[Line]) -> int:
    """How many lines at the start are a gateway's warnings ("This email originated from outside …")."""
    end = _fenced(lines)
    while length := _warning_length(lines[end : end + 2 * LONGEST_BANNER]):
        end += length
    return end


def _fenced(lines: Sequence[Line]) -> int:
    """Lines between a gateway's own marks, "…BannerStart" and "…BannerEnd"."""
    first = next((line.text for line in lines if not line.blank), "")
    if not first.endswith("BannerStart"):
        return 0
    ends = (at + 1 for at, line in enumerate(lines[:LONGEST_DISCLAIMER]) if line.text.endswith("BannerEnd"))
    return next(ends, 0)


def _warning_length(lines: Sequence[Line]) -> int:
    """Up to the last line that warns, and to the end of its sentence: the author's may stand right below."""
    start = next((at for at, line in enumerate(lines) if not line.blank), len(lines))
    end = next((at for at in range(start, len(lines)) if lines[at].blank), len(lines))
    paragraph = [line.text.lower() for line in lines[start : min(end, start + LONGEST_BANNER)]]
    if not paragraph:
        return 0
    if TAG.fullmatch(paragraph[0]):
        return start + 1
    marked = paragraph[0].lstrip("[*-!( ").startswith(WARNINGS) or any(map(_names_a_stranger, paragraph))
    warning = [at for at, text in enumerate(paragraph) if _warns(text)]
    if not (marked and warning):
        return 0
    last = warning[-1]
    while last + 1 < len(paragraph) and _runs_on(paragraph[last], lines[start + last + 1].text):
        last += 1
    return start + last + 1


def _warns(text: str) -> bool:
    return any(phrase in text for phrase in BANNERS) or _names_a_stranger(text)


def _names_a_stranger(text: str) -> bool:
    """Microsoft's "You don't often get email from ada@town.example."."""
    return evidence.has_address(text) and any(phrase in text for phrase in STRANGERS)


def _runs_on(text: str, below: str) -> bool:
    """In mid-sentence, before a small letter, or where programs break lines."""
    wrapped = text.rstrip()[-1] not in ".!?:>])*" and not _names_a_stranger(text)
    return wrapped and (below.lstrip()[:1].islower() or LONG <= len(text) <= WIDEST_WRAP)


def is_device(text: str) -> bool:
    """A line such as "Sent from my phone", in many languages."""
    bare = text.strip(" *_>-–—[]\t").lower()
    leads = bare.startswith(DEVICE)
    if not (leads or _is_around_a_device(bare)) or _is_told(bare):
        return False
    if len(bare.partition("http")[0]) > LONGEST_NAME:
        return False
    if not leads:
        return len(bare.split()) <= MOST_DEVICE_WORDS and _names_a_device(bare)
    lead = max((start for start in DEVICE if bare.startswith(start)), key=len)
    _, colon, goods = bare[len(lead) :].partition(": ")
    return not colon or goods.startswith("http")  # and not "Sent from the depot: twelve chairs"


def _is_around_a_device(bare: str) -> bool:
    """It ends, or begins and ends, as where the verb stands last: "Von meinem Telefon gesendet"."""
    if bare.startswith(OWN_DEVICE):
        return bare.endswith(SENT) or len(bare.split()) <= SHORTEST_DEVICE
    return bare.endswith(FROM_DEVICE) or (bare.startswith("get ") and bare.endswith(FOR_DEVICE))


def _is_told(bare: str) -> bool:
    """A sentence: "Sent from the depot, they arrive on Friday.", "Sent with love from all of us!"."""
    if bare[-1] in "。！？":  # nothing stands between its words
        return not _names_a_device(bare)
    if bare[-1] not in ".!?" or any(word in bare for word in EXCUSES):
        return False
    return "," in bare or (len(bare.split()) >= SENTENCE_WORDS and not _names_a_device(bare))


def _names_a_device(bare: str) -> bool:
    return any(name in bare for name in DEVICES)


def is_closing(text: str) -> bool:
    """A line such as "Kind regards,", alone or with a name after it."""
    bare = text.strip(" *_-–—\t").lower()
    words = bare.rstrip(" ,.!;:-–—")
    if len(bare) > 60 or not words:
        return False
    closing, comma, behind = text.strip(" *_-–—\t").partition(",")
    return words in CLOSINGS or (bool(comma) and closing.lower() in CLOSINGS and _names_somebody(behind))


def _names_somebody(text: str) -> bool:
    """A few words with capitals: "Thanks, Ada and Grace", and not "Thanks, everybody helped."."""
    words = [word.strip(".!,-–—") for word in text.split()]
    return len(words) <= LONGEST_NAME_WORDS and all(
        word[:1].isupper() or word in ("", "and", "&", "all") for word in words
    )


def _blank(lines: Sequence[Line], last: int) -> int:
    while last and lines[last - 1].blank:
        last -= 1
    return last


def _rule(lines: Sequence[Line], last: int) -> int:
    """A drawn line; alone a short one may be somebody's way to say nothing."""
    while (
        last and is_rule(lines[last - 1].text) and (last > 1 or len(lines[0].text.strip()) > LONGEST_STROKE)
    ):
        last -= 1
    return last


def _dashed_name(lines: Sequence[Line], last: int) -> int:
    """A "-Grace" below the text; a line of a list has a space behind its dash, or a dash above it."""
    if last < 2 or not DASHED_NAME.fullmatch(lines[last - 1].text):
        return last
    if not lines[last - 1].text.strip().lstrip("-–—/~")[0].isupper():
        return last  # "-paint"
    above = next((line.text.lstrip() for line in reversed(lines[: last - 1]) if not line.blank), "-")
    return last if above[0] in "-–—" else last - 1


def _device(lines: Sequence[Line], last: int) -> int:
    while last and is_device(lines[last - 1].text):
        last -= 1
    return last


def _marked(lines: Sequence[Line], last: int) -> int:
    while last and (lines[last - 1].origin is Origin.SIGNATURE or lines[last - 1].blank):
        last -= 1
    return last


def _delimited(lines: Sequence[Line], last: int) -> int:
    """The first delimiter that has no more than a signature's length of lines below it."""
    spoken = 0
    cut = last
    for index in range(last - 1, 0, -1):
        if _delimits(lines, index, cut):
            cut = index
        spoken += not lines[index].blank
        if spoken > LONGEST_SIGNATURE:
            break
    near = 0 < last <= LONGEST_SIGNATURE
    alone = near and USUAL_DELIMITER.fullmatch(lines[0].text) and _is_card(lines[1:last])
    return 0 if alone else cut


def _delimits(lines: Sequence[Line], at: int, end: int) -> bool:
    """A stroke below "Thanks to:" is an answer, whatever follows; as long as a word above, it underlines."""
    if DELIMITER.fullmatch(lines[at].text):
        above = next((line.text for line in reversed(lines[:at]) if not line.blank), "")
        return not above.rstrip().endswith((":", "："))
    above = lines[at - 1].text.strip()
    underlines = len(above) > LONGEST_STROKE // 2 and abs(len(above) - len(lines[at].text.strip())) <= 1
    return bool(SHORT_RULE.fullmatch(lines[at].text)) and not underlines and _is_card(lines[at + 1 : end])


def _is_card(lines: Sequence[Line]) -> bool:
    """A few short lines, as a name and a place, and no sentence."""
    filled = [line.text.strip() for line in lines if not line.blank]
    fits = all(len(text) <= CARD_WIDTH and not _is_sentence(text) for text in filled)
    return 0 < len(filled) <= CARD_LINES and fits


def _is_sentence(text: str) -> bool:
    return text.endswith(".") and len(text.split()) >= SENTENCE_WORDS


def _disclaimer(lines: Sequence[Line], last: int) -> int:
    """A closing paragraph that speaks of confidentiality, or of the paper that it saves."""
    start = last
    while start and not lines[start - 1].blank and last - start < LONGEST_DISCLAIMER:
        start -= 1
    paragraph = " ".join(line.text for line in lines[start:last]).lower()[:3000]
    told = sum(word in paragraph for word in DISCLAIMERS)
    # a mail that is nothing else takes one sign more
    return start if told >= (2 if start else 3) and len(paragraph) > SHORTEST_DISCLAIMER else last


def _contact(lines: Sequence[Line], last: int, name: str) -> int:
    """The author's full name alone on a line, and below it how to reach them, or what they are."""
    wanted = normal(name)
    if " " not in wanted:
        return last
    for index in range(last - 1, max(-1, last - LONGEST_SIGNATURE), -1):
        text = lines[index].text
        below = lines[index + 1 : last]
        named = normal(text[:LONGEST_NAME]) == wanted
        if named and (_reaches(" ".join(line.text for line in below)) or _is_title(lines[:index], below)):
            return index
        if _is_one_line_card(text, wanted) and not below:
            return index
    return last


def _is_title(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """A paragraph of its own, with a few short lines in it ("Third Grade", "Hillside School")."""
    alone = not above or above[-1].blank
    figures = any(character.isdigit() for line in below for character in line.text)
    return alone and not figures and _is_card(below) and not any(line.blank for line in below)


def _is_one_line_card(text: str, wanted: str) -> bool:
    """Name, title and place between bars: "Ada Byron | Director | City Library"."""
    name, bar, _ = text.replace("•", "|").replace("·", "|").partition("|")
    return bool(bar) and len(text) <= LONGEST_NAME and normal(name) == wanted


def _reaches(text: str) -> bool:
    """A way to reach somebody: an address, a page, a telephone number."""
    digits = sum(character.isdigit() for character in text)
    return evidence.has_address(text) or "www." in text or "://" in text or digits >= 7
