"""Which numbers at the start of lines are ours, and which are a list of the author's own."""

from service.reading.numbering import free_standing


def ours(*lines):
    return [one.number if one else None for one in free_standing(lines, questions=5)]


def test_signs_may_change_while_the_numbers_count_up():
    assert ours("1. the room", "2) call Linus", "3 - no", "5: the kiln") == [1, 2, 3, 5]


def test_a_list_inside_an_answer_that_starts_again_is_the_authors_own():
    assert ours("1: these two", "1) the room", "2) the key", "2: paint") == [1, None, None, 2]


def test_numbers_of_one_sign_may_come_in_any_order():
    assert ours("4: Linus", "1: the room") == [4, 1]
