"""Which part is the text that a person wrote: one is chosen, parts are never joined (IN-11)."""

from service.message.part import Part

Body = tuple[Part | None, Part | None]
"""The text/plain and the text/html of one body; two ways to write the same words."""

_NOTHING: Body = (None, None)


def choose_body(part: Part) -> Body:
    """The first body that is not blank; files and other people's mails are no bodies."""
    if not part.children:
        return _leaf(part)
    bodies = [choose_body(child) for child in part.children]
    if part.content_type == "multipart/alternative":
        return next((b[0] for b in bodies if b[0]), None), next((b[1] for b in bodies if b[1]), None)
    return next((body for body in bodies if not _is_blank(body)), _NOTHING)


def _leaf(part: Part) -> Body:
    if part.is_file:
        return _NOTHING
    if part.content_type == "text/plain":
        return part, None
    return (None, part) if part.content_type == "text/html" else _NOTHING


def _is_blank(body: Body) -> bool:
    return all(part is None or not part.body.strip() for part in body)
