"""Mails that make readers of mail hang: of any length, each grows by one thing (IN-10, IN-13)."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import product
from string import ascii_lowercase

from tests.replies.prompts import Sent, sent

PROMPT = "check-in 0"
Make = Callable[[int], bytes]
"""A raw mail of about so many octets."""


def prompt() -> Sent:
    """The prompt that all of these answer."""
    return sent(PROMPT)


def mail(body: str, subtype: str = "plain", head: str = "") -> bytes:
    fields = (
        "From: Grace Fielding <grace@town.example>\r\nSubject: Re: Two minutes\r\n"
        f"{head}Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return fields.encode() + body.encode()


def _repeated(unit: str, size: int, subtype: str = "plain", before: str = "", after: str = "") -> bytes:
    return mail(f"{before}{unit * (size // len(unit))}{after}", subtype)


_UNITS = {
    "marks": ">",
    "marks with spaces": "> ",
    "bars": "|",
    "on x at y": " on x at y",
    "On": "On ",
    "On, in lines": "On 5 December 2026 at\n",
    "From:": "From: ",
    "From:, in lines": "From: a@b.example\n",
    "wrote:": "wrote: ",
    "wrote:, in lines": "Ada wrote:\n",
    "dashes": "-",
    "dashes in lines": "-\n",
    "delimiters": "-- \n",
    "underscores": "_ ",
    "rules": "________________\n",
    "stars": "*",
    "angles": "<",
    "ampersands": "&",
    "addresses": "a@b ",
    "at signs": "@",
    "addresses in lines": "ada@town.example\n",
    "digits": "7",
    "digits and points": "1.",
    "numbers": "1 2 3 ",
    "numbered lines": "1. \n",
    "numbered lines with words": "1. paint\n",
    "numbers of ours": "1: a\n2: b\n3: c\n",
    "need:": "need: ",
    "need:, in lines": "need: a van\n",
    "colons": ":",
    "colons and spaces": ":  ",
    "brackets": "[",
    "parentheses": "(",
    "spaces": " ",
    "tabs": "\t",
    "empty lines": "\n",
    "carriage returns": "\r",
    "no-break spaces": "\u00a0",
    "zero-width spaces": "\u200b",
    "joiners": "\u200d",
    "joiners in words": "a\u200d\u200cb",
    "combining marks": "e\u0301\u0327",
    "ligatures that grow": "\ufdfa ",
    "emoji": "👍🏽",
    "Chinese": "進捗",
    "one word": "a",
    "words": "ab ",
    "short lines": "a\n",
    "quoted lines": "> a\n",
    "quotes in and out": "> a\nb\n",
    "thanks": "Thanks,\n",
    "names": "Grace Fielding ",
    "names in lines": "Grace Fielding\n",
    "dates": "5 dec 2026, ",
    "dates in lines": "5 dec 2026\n",
    "times": "10:30 ",
    "years": "2026 ",
    "greetings": "Hi Ada,\n",
    "device lines": "Sent from my phone\n",
    "disclaimers": "This confidential mail is for the intended recipient, notify the sender.\n",
    "banners": "CAUTION: this email originated from outside\n",
    "postscripts": "P.S. one more\n",
    "originals": "-----Original Message-----\n",
    "links": "https://town.example/a?b=c&d=e ",
    "stars for a scale": "★",
    "yes": "yes no ",
    "or": "5 or 6 dec ",
    "codes": "Ref f-abcdefgh234567abcdefgh234567abc ",
    "labels": "Moved forward: Next: In the way: ",
    "label alone in lines": "Moved forward:\n",
    "labels in lines": "Next - ",
    "a list in one line": "a, b; ",
}
_NESTED = {
    "divs": "<div>",
    "divs that close wrongly": "<div></q>",
    "blockquotes": "<blockquote>",
    "tables": "<table><tr><td>",
    "lists": "<ul><li>",
    "spans": "<span>",
    "bold": "<b>",
    "links": '<a href="https://town.example/">',
    "tags without an end": "<a ",
}
_TAGS = {
    "closing tags": "</div>",
    "blockquotes that close": "<blockquote>a</blockquote>",
    "items": "<li>",
    "paragraphs": "<p>a",
    "breaks": "<br>",
    "comments without an end": "<!--",
    "comments": "<!-- a -->",
    "angles": "<",
    "ampersands": "&",
    "entities": "&amp;",
    "long entities": "&#9",
    "anchors": '<div id="q-moved">a</div>',
    "signatures": '<div class="gmail_signature">a</div>',
    "Outlook headers": '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">a</div>',
    "Outlook paragraphs": '<p class="MsoNormal">a</p>',
    "style sheets": "<style>a{b:c}</style>",
    "preformatted": "<pre>a\n",
    "spaces": "&nbsp; ",
}


def _depths(size: int) -> bytes:
    """Quotes that grow deeper and shallower, line by line."""
    return mail("".join(f"{'>' * (1 + at % 7)} word {at}\n" for at in range(size // 14)))


def _staircase(size: int) -> bytes:
    """Each line one level deeper than the last."""
    levels = int((2 * size) ** 0.5)
    return mail("".join(f"{'>' * at} a\n" for at in range(levels)))


def _prompts(size: int, mark: str = "") -> bytes:
    """Our own mail, again and again."""
    ours = "".join(f"{mark}{line}\n" for line in prompt().text.split("\n"))
    return _repeated(ours, size)


def _like_ours(size: int) -> bytes:
    """Each line is nearly one of ours."""
    lines = [line for line in prompt().text.split("\n") if len(line.split()) > 3]
    changed = [" ".join([*line.split()[:-2], "else", line.split()[-1]]) for line in lines]
    return _repeated("\n".join(changed) + "\n", size)


def _one_phrase(size: int) -> bytes:
    """Three words of ours that stand in it most often."""
    words = prompt().text.split()
    phrases = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
    return _repeated(max(phrases, key=phrases.count) + " ", size)


def _beginnings(size: int) -> bytes:
    """The beginning of a line of ours, over and over: each may be a line that a program cut off."""
    longest = max(prompt().text.split("\n"), key=len)
    return _repeated(f"> {longest[: len(longest) // 2]}\n", size)


def _labels(size: int) -> bytes:
    """Lines like labels, each another word."""
    return mail("".join(f"label{at}: word\n" for at in range(size // 15)))


def _words(size: int) -> bytes:
    """No word twice."""
    return mail(" ".join(f"w{at}" for at in range(size // 6)))


def _fonts(size: int) -> bytes:
    """Formatting that is never closed: HTML opens all of it again in each paragraph."""
    fonts = "".join(f"<font a={at}>" for at in range(size // 28))
    return mail(f"<p>{fonts}{'<p>a' * (size // 8)}", "html")


def _attributes(size: int) -> bytes:
    names = map("".join, product(ascii_lowercase, repeat=4))
    return mail(f"<div {' '.join(name for name, _ in zip(names, range(size // 5), strict=False))}>a", "html")


def _encoded_words(size: int) -> bytes:
    """A header of encoded-words, as long as headers may be."""
    words = "=?utf-8?q?=41?= " * (min(size, 15_000) // 16)
    return mail("4\n" * (size // 8), head=f"Subject: {words}\r\n")


def _addresses(size: int) -> bytes:
    names = ", ".join(f"a{at}@town.example" for at in range(min(size, 15_000) // 18))
    return mail("4\n" * (size // 8), head=f"To: {names}\r\nReferences: {'<' * 7000}\r\n")


def _comments(size: int) -> bytes:
    return mail(
        "4\n" * (size // 8), head=f"To: {'(' * min(size, 15_000)}\r\nDate: {'(' * min(size, 15_000)}\r\n"
    )


def _parts(size: int) -> bytes:
    """Parts in a sea of lines that are nearly a delimiter."""
    head = b'From: grace@town.example\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    part = b"--b\r\nContent-Type: text/plain\r\n\r\n1: 4\r\n"
    return head + part + b"--bb\r\n" * min(size // 6, 9000) + part + b"--b--\r\n"


def _many_parts(size: int) -> bytes:
    head = b'From: grace@town.example\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    return head + b"--b\r\n\r\n4\r\n" * (1 + size // 10) + b"--b--\r\n"


def _nested_parts(size: int) -> bytes:
    """Parts inside of parts, deeper than anybody reads."""
    levels = 1 + size // 60
    opened = "".join(
        f'Content-Type: multipart/mixed; boundary="b{at}"\r\n\r\n--b{at}\r\n' for at in range(levels)
    )
    return f"From: grace@town.example\r\n{opened}\r\n4".encode()


def _quoted_printable(size: int) -> bytes:
    body = "=\r\n" * (size // 3)
    return mail(body).replace(b"8bit", b"quoted-printable")


KILLERS: Mapping[str, Make] = {
    **{f"text: {name}": partial(_repeated, unit) for name, unit in _UNITS.items()},
    **{f"html: {name}": partial(_repeated, unit, subtype="html") for name, unit in (_NESTED | _TAGS).items()},
    "text: quotes of all depths": _depths,
    "text: quotes like a staircase": _staircase,
    "text: our own prompt": _prompts,
    "text: our own prompt, quoted": partial(_prompts, mark="> "),
    "text: lines like ours": _like_ours,
    "text: our commonest phrase": _one_phrase,
    "text: beginnings of ours": _beginnings,
    "text: labels of nobody": _labels,
    "text: words, none twice": _words,
    "text: joiners inside of a word": partial(_repeated, "\u200d", before="a", after="b"),
    "text: introduction without an end": partial(
        _repeated, "On 5 December 2026 at 10:30 Ada ", before="1: a\n"
    ),
    "html: fonts in paragraphs": _fonts,
    "html: attributes": _attributes,
    "html: a long class": partial(_repeated, "x ", subtype="html", before='<div class="', after='">a'),
    "html: a long style": partial(_repeated, "a:b;", subtype="html", before='<div style="', after='">a'),
    "header: encoded-words": _encoded_words,
    "header: addresses": _addresses,
    "header: comments": _comments,
    "mime: lines like a delimiter": _parts,
    "mime: parts": _many_parts,
    "mime: nested parts": _nested_parts,
    "mime: soft line breaks": _quoted_printable,
}
"""By the part of a mail that grows, and what it is full of."""

SMALLEST = 1200
_SMALLEST = {
    **dict.fromkeys((f"html: {name}" for name in _NESTED), 18_000),  # markup this deep is read as text
    "html: links": 33_000,
    "html: attributes": 20_000,
    "text: our own prompt": 4000,  # some of it
    "text: our own prompt, quoted": 4500,
    "text: lines like ours": 4000,
    "text: disclaimers": 4000,  # more than one may be long
    "mime: parts": 200,  # and not yet past the limits
    "mime: nested parts": 240,
}


def smallest(name: str) -> int:
    """Octets from which on the killer ``name`` grows evenly: one line more or less says nothing."""
    return _SMALLEST.get(name, SMALLEST)
