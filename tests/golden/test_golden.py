"""`python -m tests.golden.update` writes these files anew after a change that is meant."""

import pytest

from tests.golden.update import HERE, golden_mails

MAILS = golden_mails()


@pytest.mark.parametrize("name", sorted(MAILS))
def test_a_mail_is_what_it_was_to_the_last_byte(name):
    """OUT-2, REL-4."""
    assert MAILS[name].decode() == (HERE / name).read_bytes().decode()


def test_no_golden_mail_is_left_over():
    assert {path.name for path in HERE.glob("*.eml")} == set(MAILS)
