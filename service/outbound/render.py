"""Templates to texts. The only door to jinja2.

Every email is a triple: ``subject.txt``, ``body.txt``, ``body.html``; beside it ``part.txt`` and
``part.html`` hold what all its readers share. A chart is an SVG and its words. Values are escaped
in HTML and SVG, left alone in plain text, and are never templates themselves (OUT-23).
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from service.errors import Misconfigured
from service.outbound.inlining import MovedMarkupError, Piece, inline_css
from service.outbound.sources import (
    ALT,
    CHARTS,
    HTML,
    PART,
    PICTURE,
    STYLE,
    TRIPLE,
    Folder,
    Source,
    read,
    read_folder,
)
from service.outbound.words import FILTERS

_MARKUP_BEGINS = frozenset(("block_begin", "variable_begin", "comment_begin"))
_REPEATED = ("_questions.txt", "_questions.html")
_FAULTS = (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError)
"""What a template can do wrong when it is rendered."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One mail's texts, not yet encoded."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Part:
    """What all readers of a mail share, in plain text and HTML."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture to be drawn, and the words that say what it shows."""

    svg: str
    alt: str


class TemplateSet:
    """Every template, compiled. ``written`` is as people wrote it, ``inlined`` has the styles in its tags."""

    def __init__(self, written: Folder, inlined: Folder) -> None:
        self._folder = written
        self._written = _environment(written, escaping=True)
        plain, html = _environment(written, escaping=False), _environment(inlined, escaping=True)
        # All of it is compiled now, so that the first mail is as quick as the last.
        self._compiled = {
            name: (html if name.endswith((".html", PICTURE)) else plain).get_template(name)
            for name in written.files
        }
        for name in _REPEATED:
            if name in self._compiled:
                _remember_macros(self._compiled[name])
        bodies = [name for name in sorted(written.files) if name.endswith(f"/{HTML}")]
        self.names = tuple(name.partition("/")[0] for name in bodies)

    def has_part(self, name: str) -> bool:
        """Whether the readers of the email ``name`` share a part of it."""
        return f"{name}/{PART[0]}" in self._compiled

    def render(self, name: str, context: Mapping[str, object]) -> Rendered:
        """The texts of the email ``name``. Raises Misconfigured where a template asks for too much."""
        return Rendered(*self._render([f"{name}/{file}" for file in TRIPLE], context))

    def render_part(self, name: str, context: Mapping[str, object]) -> Part:
        """What the readers of the email ``name`` share. Raises as ``render`` does."""
        return Part(*self._render([f"{name}/{file}" for file in PART], context))

    def render_chart(self, name: str, context: Mapping[str, object]) -> Chart:
        """The chart ``name``. Raises as ``render`` does."""
        return Chart(*self._render([f"{CHARTS}/{name}{ending}" for ending in (PICTURE, ALT)], context))

    def _render(self, names: Sequence[str], context: Mapping[str, object]) -> list[str]:
        try:
            return [self._compiled[name].render(context) for name in names]
        except _FAULTS as error:
            raise self._located(names, context, error) from error

    def _located(
        self, names: Sequence[str], context: Mapping[str, object], error: Exception
    ) -> Misconfigured:
        """``error`` with the file and line as people wrote it: inlining changes the count of lines."""
        for name in names:
            try:
                self._written.get_template(name).render(context)
            except Exception as again:  # whatever it is, its place is what we are after
                return _broken(self._folder, again)
        return _broken(self._folder, error)


def load_templates(directory: Path) -> TemplateSet:
    """The emails in ``directory`` (``templates/emails``) and the charts in the folder beside it.

    Each is checked as far as it can be alone. Raises Misconfigured for a missing file, one that is
    no UTF-8, and a fault of syntax. Unknown names show when ``sample.rehearse`` writes each
    instrument's sample mail.
    """
    folder = read_folder(directory)
    css = read(directory / STYLE)
    written = _environment(folder, escaping=True)
    inlined: dict[str, Source] = {}
    for name, file in folder.files.items():
        try:
            written.get_template(name)
            inlined[name] = _inlined(written, file, css) if name.endswith(".html") else file
        except TemplateError as error:
            raise _broken(folder, error) from error
    return TemplateSet(folder, Folder(directory, inlined))


def _inlined(environment: Environment, file: Source, css: str) -> Source:
    try:
        return Source(file.path, inline_css(_pieces(environment, file.text), css))
    except MovedMarkupError as error:
        mend = "Put {% statements %} where text may stand, and only {{ expressions }} into attributes."
        where = f"{file.path} line {error.line}"
        raise Misconfigured(where, "Jinja markup may not stand here.", mend) from error


def render_page(path: Path, context: Mapping[str, object]) -> str:
    """A page of HTML from the template in ``path``; every value is escaped.

    Raises Misconfigured where the template is broken or asks for too much.
    """
    folder = Folder(path.parent, {path.name: Source(path, read(path))})
    try:
        return _environment(folder, escaping=True).get_template(path.name).render(context)
    except _FAULTS as error:
        raise _broken(folder, error) from error


def _environment(folder: Folder, *, escaping: bool) -> Environment:
    environment = _Sandbox(
        loader=_Loader(folder),
        autoescape=escaping,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        auto_reload=False,
    )
    environment.filters |= FILTERS
    return environment


def _remember_macros(template: Template) -> None:
    """Most readers of a mail are asked the same questions, so each set of them is written once."""
    macros = {name: macro for name, macro in vars(template.module).items() if isinstance(macro, Macro)}
    for name, macro in macros.items():
        setattr(template.module, name, _remembered(macro))


def _remembered(macro: Macro) -> Callable[[object], str]:
    """A macro of one argument that knows what it wrote for a tuple; its result depends on nothing else."""
    kept = lru_cache(maxsize=256)(macro)
    return lambda questions: kept(questions) if isinstance(questions, tuple) else macro(questions)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Templates reach plain values only.

    Fields of our own frozen values skip the sandbox's questions, and globals are a plain dict: both
    together are half of the time of a mail.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}

    def getattr(self, obj: object, attribute: str) -> object:
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class _Loader(BaseLoader):
    """Sources from memory that still know their file, for error messages."""

    def __init__(self, folder: Folder) -> None:
        self._files = folder.files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 - jinja2 names it
        if template not in self._files:
            raise TemplateNotFound(template)
        file = self._files[template]
        return file.text, str(file.path), None


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


def _broken(folder: Folder, error: Exception) -> Misconfigured:
    if isinstance(error, TemplateNotFound):
        mend = f"Every instrument has a folder in {folder.path} with {', '.join(TRIPLE)}."
        if str(error.name).startswith(f"{CHARTS}/"):
            charts = folder.path.parent / CHARTS
            mend = f"Every picture has a file NAME{PICTURE} and a file NAME{ALT} in {charts}."
        return Misconfigured(str(folder.path / str(error.name)), "there is no such template.", mend)
    if isinstance(error, TemplateSyntaxError):
        where = f"{error.filename} line {error.lineno}"
        return Misconfigured(where, f"{error.message}.", "Mend the Jinja markup on this line.")
    ours = {str(file.path) for file in folder.files.values()}
    places = [frame for frame in extract_tb(error.__traceback__) if frame.filename in ours]
    where = f"{places[-1].filename} line {places[-1].lineno}" if places else str(folder.path)
    mend = "Use a name that this mail has: docs/templates.md lists them, [sample] adds the instrument's own."
    return Misconfigured(where, f"{str(error).rstrip('.')}.", mend)
