"""A new instrument as an operator would write it: one file of questions and three templates."""

import shutil
from pathlib import Path

from tests.flows.town import TEMPLATES

INSTRUMENT = """
title = "Site visit"
audience = ["member"]
trigger = "by_hand"
privacy = "T"
header = "prompt"

[[questions]]
key = "saw"
label = "Seen"
text = "What did you see at the other place?"
type = "text"
effect = "progress"
default = true

[[questions]]
key = "bring"
label = "Bring home"
text = "Which things would you bring home?"
type = "list"
effect = "reflection"

[[questions]]
key = "welcome"
label = "Felt welcome"
text = "How welcome did you feel there?"
type = "scale"
effect = "reflection"

[[questions]]
key = "size"
label = "Group size"
text = "Was the group too big, too small or right?"
type = "choice"
effect = "reflection"
options = ["too big", "too small", "just right"]

[[questions]]
key = "again"
label = "Once more"
text = "Would you go there again?"
type = "yes_no"
effect = "reflection"

[[questions]]
key = "when"
label = "Next visit"
text = "Which day would suit you for the next visit?"
type = "date"
effect = "next_step"

[[questions]]
key = "host"
label = "Hosts"
text = "Who took good care of you?"
type = "people"
effect = "thanks"

[[questions]]
key = "step"
label = "Milestone"
text = "Which milestone moved, and how does it stand?"
type = "milestone"
effect = "milestone"

[[questions]]
key = "need"
label = "Need"
prefix = "need"
text = "something that the other place may have"
type = "need_offer"
effect = "need"
privacy = "C"
"""
SUBJECT = "[{{ collaboration.name | line(28) }}] Your visit\n"
TEXT = """{% extends "_layout.txt" %}
{% from "_questions.txt" import ask, invite %}
{% block content %}
You have been visiting. Tell us in {{ minutes }} minutes.

{{ ask(numbered) -}}
{{ invite(lines) -}}
{% endblock %}
"""
HTML = """{% extends "_layout.html" %}
{% from "_questions.html" import ask, invite %}
{% block headline %}Your visit{% endblock %}
{% block content %}
<p>You have been visiting.</p>
{{ ask(numbered) }}
{{ invite(lines) }}
{% endblock %}
"""


def templates_with_it(folder: Path) -> Path:
    """A copy of the templates that come with the service, and this one more."""
    templates = folder / "templates"
    shutil.copytree(TEMPLATES, templates)
    (templates / "instruments" / "site-visit.toml").write_text(INSTRUMENT, "utf-8")
    mail = templates / "emails" / "site-visit"
    mail.mkdir()
    for name, words in (("subject.txt", SUBJECT), ("body.txt", TEXT), ("body.html", HTML)):
        (mail / name).write_text(words, "utf-8")
    return templates
