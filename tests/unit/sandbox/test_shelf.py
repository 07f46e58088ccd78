"""What many mails of the page have in common stands in it once."""

from service.sandbox.shelf import OPENS, Shelf, whole

PICTURE = "data:image/png;base64," + "A" * 500
STYLE = "<style>" + "p { color: red; } " * 40 + "</style>"


def test_the_same_body_lies_there_once() -> None:
    shelf = Shelf()

    assert shelf.put("<p>one</p>") == shelf.put("<p>one</p>") == 0
    assert shelf.put("<p>two</p>") == 1
    assert shelf.bodies == ["<p>one</p>", "<p>two</p>"]


def test_a_picture_and_a_style_that_two_mails_show_are_there_once() -> None:
    shelf = Shelf()
    bodies = [f'{STYLE}<p>{name}</p><img src="{PICTURE}">' for name in ("Ada", "Grace")]

    numbers = [shelf.put(body) for body in bodies]

    assert sorted(shelf.pieces) == sorted([PICTURE, STYLE])
    assert [whole(number, shelf.bodies, shelf.pieces) for number in numbers] == bodies
    assert all(PICTURE not in body and STYLE not in body for body in shelf.bodies)


def test_a_mail_cannot_name_a_piece_by_itself() -> None:
    shelf = Shelf()
    shelf.put(f'<img src="{PICTURE}">')

    number = shelf.put(f"<p>{OPENS}0\ue001</p>")

    assert whole(number, shelf.bodies, shelf.pieces) == "<p>0</p>"
