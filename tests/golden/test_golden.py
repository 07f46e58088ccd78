"""`python -m tests.golden.update` writes these files anew after a change that is meant."""

import pytest

from tests.golden.update import HERE, files_here, golden_files

GOLDEN = golden_files()


@pytest.mark.parametrize("name", sorted(name for name in GOLDEN if name.endswith(".eml")))
def test_a_mail_is_what_it_was_to_the_last_byte(name):
    """OUT-2, REL-4. Only pictures are left out."""
    assert GOLDEN[name].decode() == (HERE / name).read_bytes().decode()


@pytest.mark.parametrize("name", sorted(name for name in GOLDEN if name.endswith(".heard.txt")))
def test_a_screen_reader_says_what_it_said_in_the_same_order(name):
    """OUT-8."""
    assert GOLDEN[name].decode() == (HERE / name).read_text("utf-8")


def test_no_golden_file_is_left_over():
    assert {path.name for path in files_here()} == set(GOLDEN)
