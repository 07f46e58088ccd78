"""Loading templates: what is wrong is named with its file, line and mend."""

import pytest

from service.errors import Misconfigured
from service.outbound.inlining import MovedMarkupError, Piece, inline_css
from service.outbound.render import load_templates
from service.outbound.sample import rehearse
from service.playbook.instruments import Playbook, parse_instrument
from tests.unit.outbound.conftest import TEMPLATES


@pytest.fixture
def folder(copied):
    return copied / "emails"


@pytest.fixture
def complaint(folder, playbook):
    """What is said about a folder in which one file was changed."""

    def complain(name, *, find="", put="", text=None):
        path = folder / name
        before = path.read_text("utf-8") if path.exists() else ""
        assert find in before
        path.parent.mkdir(exist_ok=True)
        path.write_text(before.replace(find, put, 1) if text is None else text, "utf-8")
        with pytest.raises(Misconfigured) as caught:
            rehearse(load_templates(folder), playbook)
        assert caught.value.where.startswith(str(folder))
        assert caught.value.mend
        return caught.value.where.removeprefix(f"{folder}/"), caught.value.problem

    return complain


def test_the_templates_as_they_are_pass_the_rehearsal(templates, playbook):
    rehearse(templates, playbook)

    assert set(templates.names) == set(playbook.instruments)


def line_of(name, words):
    """The number of the first line with ``words`` in a template as it is."""
    lines = (TEMPLATES / "emails" / name).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_fault_of_syntax_is_named_with_its_line(complaint):
    where, problem = complaint("check-in/body.html", find="{% if lines %}", put="{% if lines")

    assert where == f"check-in/body.html line {line_of('check-in/body.html', '{% if lines %}') + 1}"
    assert "end of statement block" in problem


def test_an_unknown_filter_is_named_with_its_line(complaint):
    where, _ = complaint("receipt/body.txt", find="| upto(500)", put="| shorten")

    assert where == f"receipt/body.txt line {line_of('receipt/body.txt', '| upto(500)')}"


@pytest.mark.parametrize(
    ("name", "find"),
    [
        ("check-in/subject.txt", "collaboration.name"),
        ("check-in/body.txt", "collaboration.name"),
        ("check-in/body.html", "first_name"),
        ("_layout.html", "footer_code"),
        ("_questions.html", "question.label"),
    ],
)
def test_an_unknown_name_is_found_at_the_rehearsal_with_the_line_as_it_was_written(complaint, name, find):
    where, problem = complaint(name, find=find, put="x" + find)

    assert where == f"{name} line {line_of(name, find)}"
    assert "is undefined" in problem


def test_a_fact_of_the_wrong_kind_is_found_where_it_is_used(complaint):
    where, problem = complaint("paused/body.txt", find="until | day", put="first_name | day")

    assert where == f"paused/body.txt line {line_of('paused/body.txt', 'until | day')}"
    assert problem


@pytest.mark.parametrize("part", ["subject.txt", "body.txt", "body.html"])
def test_a_missing_file_of_a_triple_is_named(folder, part):
    (folder / "help" / part).unlink()

    with pytest.raises(Misconfigured, match=r"a triple: subject\.txt, body\.txt, body\.html") as caught:
        load_templates(folder)

    assert caught.value.where == str(folder / "help" / part)


def test_a_missing_stylesheet_or_layout_is_named(folder):
    (folder / "style.css").unlink()
    with pytest.raises(Misconfigured, match=r"style\.css"):
        load_templates(folder)


def test_a_layout_that_is_not_there_is_named(complaint):
    where, problem = complaint("help/body.txt", find="_layout.txt", put="_lay.txt")

    assert where == "_lay.txt"
    assert "no such template" in problem


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Misconfigured, match="there is no such folder"):
        load_templates(tmp_path / "nowhere")


def test_a_file_that_is_no_utf_8_is_named_with_its_line(folder):
    (folder / "help" / "body.txt").write_bytes(b"one\ntwo \xff\n")

    with pytest.raises(Misconfigured, match="not UTF-8") as caught:
        load_templates(folder)

    assert caught.value.where.endswith("help/body.txt line 2")


def test_an_instrument_without_templates_is_named(templates):
    toml = 'title = "New"\naudience = ["member"]\ntrigger = "by_hand"\nprivacy = "T"\n'
    alone = Playbook({"new-one": parse_instrument("new-one.toml", toml)})

    with pytest.raises(Misconfigured, match="no such template") as caught:
        rehearse(templates, alone)

    assert "emails/new-one/" in caught.value.where


def test_a_template_cannot_reach_behind_its_values(complaint):
    """OUT-23: templates that an organisation edits run in the sandbox."""
    for expression in ("first_name.__class__", "questions.__class__.__mro__", "minutes.__class__.__base__"):
        where, problem = complaint("help/body.txt", text="{{ " + expression + " }}")
        assert where == "help/body.txt line 1"
        assert "unsafe" in problem


class TestInlining:
    @pytest.fixture
    def inline(self):
        def run(*pieces):
            marked = [Piece(piece, line, piece.startswith("{")) for line, piece in enumerate(pieces, 1)]
            return inline_css(
                marked, ".a { color: red } @media (prefers-color-scheme: dark) { .a { color: blue } }"
            )

        return run

    def test_styles_stand_in_the_tags_and_markup_where_it_was(self, inline):
        inlined = inline(
            '<p class="a">',
            "{{ a < b and 'c' or \"d\" }}",
            "</p>",
            "{% if x > 1 %}",
            "<b>",
            "{# <i> #}",
            "</b>",
        )

        assert inlined == (
            '<p class="a" style="color:red">{{ a < b and \'c\' or "d" }}</p>{% if x > 1 %}<b>{# <i> #}</b>'
        )

    def test_statements_may_stand_between_the_rows_of_a_table(self, inline):
        inlined = inline(
            "<table><tbody>",
            "{% for a in b %}",
            '<tr><td class="a">',
            "{{ a }}",
            "</td></tr>",
            "{% endfor %}",
            "</tbody></table>",
        )

        assert inlined == (
            '<table><tbody>{% for a in b %}<tr><td class="a" style="color:red">{{ a }}</td></tr>'
            "{% endfor %}</tbody></table>"
        )

    def test_expressions_may_stand_in_attributes(self, inline):
        inlined = inline('<p id="', "{{ b }}", '" class="', "{{ c }}", '">x</p>')

        assert 'id="{{ b }}"' in inlined
        assert 'class="{{ c }}"' in inlined

    def test_rules_for_the_dark_stay_in_the_head(self, inline):
        inlined = inline(
            "<html><head><title>", "{{ t }}", '</title></head><body><p class="a">x</p></body></html>'
        )

        assert "<style>@media (prefers-color-scheme: dark)" in inlined
        assert '<p class="a" style="color:red">' in inlined

    @pytest.mark.parametrize(
        ("pieces", "line"),
        [
            (("<p ", "{% if a %}", 'id="b"', "{% endif %}", ">x</p>"), 2),
            (("<html><head><title>", "{% if a %}", "</title></head></html>"), 2),
        ],
    )
    def test_markup_that_html_would_move_is_refused_with_its_line(self, inline, pieces, line):
        with pytest.raises(MovedMarkupError) as caught:
            inline(*pieces)

        assert caught.value.line == line

    def test_the_loader_says_so_in_words(self, complaint):
        where, problem = complaint(
            "help/body.html", find="<p>Here", put="<p {% if week %}id=x{% endif %}>Here"
        )

        assert where == f"help/body.html line {line_of('help/body.html', '<p>Here')}"
        assert "may not stand here" in problem
