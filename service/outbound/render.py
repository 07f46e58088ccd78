"""Templates to texts. The only door to jinja2.

Every email is a triple: ``subject.txt``, ``body.txt``, ``body.html``. Values are escaped in HTML,
left alone in plain text, and are never templates themselves (OUT-23).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from service.errors import Misconfigured
from service.outbound.inlining import MovedMarkupError, Piece, inline_css
from service.outbound.words import breaks, day, one_line, upto

SUBJECT, TEXT, HTML = "subject.txt", "body.txt", "body.html"
TRIPLE = (SUBJECT, TEXT, HTML)
STYLE = "style.css"

_MARKUP_BEGINS = frozenset(("block_begin", "variable_begin", "comment_begin"))


@dataclass(frozen=True, slots=True)
class Rendered:
    """One mail's texts, not yet encoded."""

    subject: str
    text: str
    html: str


class TemplateSet:
    """Every template, compiled. ``sources`` are as people wrote them, ``inlined`` with their styles."""

    def __init__(self, directory: Path, sources: Mapping[str, str], inlined: Mapping[str, str]) -> None:
        self._directory, self._sources = directory, sources
        self._plain = _environment(directory, sources, escaping=False)
        self._html = _environment(directory, inlined, escaping=True)
        self.names = tuple(sorted(name.partition("/")[0] for name in sources if name.endswith(f"/{HTML}")))

    def compile(self) -> None:
        """Compile everything now, so that the first mail is as quick as the last."""
        for name in self._sources:
            environment = self._html if name.endswith(".html") else self._plain
            environment.get_template(name)

    def render(self, name: str, context: Mapping[str, object]) -> Rendered:
        """The texts of the email ``name``. Raises Misconfigured where a template asks for too much."""
        try:
            return Rendered(
                subject=self._plain.get_template(f"{name}/{SUBJECT}").render(context),
                text=self._plain.get_template(f"{name}/{TEXT}").render(context),
                html=self._html.get_template(f"{name}/{HTML}").render(context),
            )
        except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
            raise self._located(name, context, error) from error

    def _located(self, name: str, context: Mapping[str, object], error: Exception) -> Misconfigured:
        """``error`` with the file and line as people wrote it: inlining changes the count of lines."""
        written = _environment(self._directory, self._sources, escaping=True)
        for part in TRIPLE:
            try:
                written.get_template(f"{name}/{part}").render(context)
            except Exception as again:  # whatever it is, its place is what we are after
                return _broken(self._directory, again)
        return _broken(self._directory, error)


def load_templates(directory: Path) -> TemplateSet:
    """The emails in ``directory`` (``templates/emails``), each checked as far as it can be alone.

    Raises Misconfigured for a missing file of a triple, a file that is no UTF-8, and a fault of syntax.
    Unknown names show when ``sample.rehearse`` writes each instrument's
    sample mail.
    """
    sources = dict(_read_sources(directory))
    css = _read(directory / STYLE)
    written = _environment(directory, sources, escaping=True)
    inlined: dict[str, str] = {}
    for name in sources:
        try:
            written.get_template(name)
            if name.endswith(".html"):
                inlined[name] = inline_css(_pieces(written, sources[name]), css)
        except TemplateError as error:
            raise _broken(directory, error) from error
        except MovedMarkupError as error:
            mend = "Put {% statements %} where text may stand, and only {{ expressions }} into attributes."
            where = f"{directory / name} line {error.line}"
            raise Misconfigured(where, "Jinja markup may not stand here.", mend) from error
    templates = TemplateSet(directory, sources, inlined)
    templates.compile()
    return templates


def render_page(path: Path, context: Mapping[str, object]) -> str:
    """A page of HTML from the template in ``path``; every value is escaped.

    Raises Misconfigured where the template is broken or asks for too much.
    """
    environment = _environment(path.parent, {path.name: _read(path)}, escaping=True)
    try:
        return environment.get_template(path.name).render(context)
    except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
        raise _broken(path.parent, error) from error


def _read_sources(directory: Path) -> Iterator[tuple[str, str]]:
    if not directory.is_dir():
        raise Misconfigured(str(directory), "there is no such folder.", "It holds one folder for each email.")
    for shared in sorted(directory.glob("_*.*")):
        yield shared.name, _read(shared)
    for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
        for part in TRIPLE:
            yield f"{folder.name}/{part}", _read(folder / part)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Misconfigured(f"{path} line {line}", "this is not UTF-8.", "Save the file as UTF-8.") from None
    except OSError as error:
        mend = f"Every email is a triple: {', '.join(TRIPLE)}." if path.name in TRIPLE else "Put it back."
        raise Misconfigured(str(path), f"it cannot be read ({error.strerror}).", mend) from None


def _environment(directory: Path, sources: Mapping[str, str], *, escaping: bool) -> Environment:
    environment = _Sandbox(
        loader=_Loader(directory, sources),
        autoescape=escaping,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        auto_reload=False,
    )
    environment.filters |= {"day": day, "upto": upto, "line": one_line, "breaks": breaks}
    return environment


class _Sandbox(ImmutableSandboxedEnvironment):
    """Templates reach plain values only.

    Fields of our own frozen values skip the sandbox's questions: half of the time of a mail.
    """

    def getattr(self, obj: object, attribute: str) -> object:
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class _Loader(BaseLoader):
    """Sources from memory that still know their file, for error messages."""

    def __init__(self, directory: Path, sources: Mapping[str, str]) -> None:
        self._directory, self._sources = directory, sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 - jinja2 names it
        if template not in self._sources:
            raise TemplateNotFound(template)
        return self._sources[template], str(self._directory / template), None


def _pieces(environment: Environment, source: str) -> list[Piece]:
    """``source`` cut where Jinja markup begins and ends."""
    pieces: list[Piece] = []
    for line, kind, value in environment.lex(source):
        if kind == "data":
            pieces.append(Piece(value, line))
        elif kind in _MARKUP_BEGINS:
            pieces.append(Piece(value, line, markup=True))
        else:
            pieces[-1] = Piece(pieces[-1].source + value, pieces[-1].line, markup=True)
    return pieces


def _broken(directory: Path, error: Exception) -> Misconfigured:
    if isinstance(error, TemplateNotFound):
        mend = f"Every instrument has a folder in {directory} with {', '.join(TRIPLE)}."
        return Misconfigured(str(directory / str(error.name)), "there is no such template.", mend)
    if isinstance(error, TemplateSyntaxError):
        where = f"{error.filename} line {error.lineno}"
        return Misconfigured(where, f"{error.message}.", "Mend the Jinja markup on this line.")
    places = [frame for frame in extract_tb(error.__traceback__) if frame.filename.startswith(str(directory))]
    where = f"{places[-1].filename} line {places[-1].lineno}" if places else str(directory)
    mend = "Use a name that this mail has: docs/templates.md lists them, [sample] adds the instrument's own."
    return Misconfigured(where, f"{str(error).rstrip('.')}.", mend)
