from service.playbook.lines import key_lines, line_of

TOWN = (
    '''# a comment with = and [brackets]
title = "one"
audience = [
  "champion",  # not a ] bracket
  "member = x",
]
text = """
two = lines
"""

[sample]
"a key" = {inner = 1, other = "}"}
dotted.name = 1

[[questions]]
key = "moved"
[[questions.options]]
key = "a"
[[questions.options]]
key = "b"

[[questions]]
key = 'it'''
    + """'''"""
)


def test_each_key_is_found_on_its_own_line():
    lines = key_lines(TOWN.removesuffix("'''") + "'")

    assert line_of(lines, ("title",)) == 2
    assert line_of(lines, ("text",)) == 7
    assert line_of(lines, ("sample", "a key")) == 12
    assert line_of(lines, ("sample", "dotted", "name")) == 13
    assert line_of(lines, ("questions", 0, "key")) == 16
    assert line_of(lines, ("questions", 0, "options", 1, "key")) == 20
    assert line_of(lines, ("questions", 1)) == 22


def test_what_looks_like_toml_inside_a_text_is_no_key():
    assert ("two",) not in key_lines(TOWN.removesuffix("'''") + "'")


def test_a_place_without_a_line_of_its_own_takes_the_line_around_it():
    lines = key_lines("\noptions = [{key = 1},\n {key = 2}]\n")

    assert line_of(lines, ("options", 1, "key")) == 2
    assert line_of(lines, ("missing",)) == 1
