"""What stands at the end of many mails, and what only looks like it: no word of the author's is cut off."""

import pytest

from service.reading.lines import Line, Origin
from service.reading.signature import banner_length, end, is_closing, is_device

ROOM = "The room is open."


def lines_of(text: str) -> list[Line]:
    return [Line(raw) for raw in text.split("\n")]


def kept(text: str, name: str = "Grace Murray") -> str:
    lines = lines_of(text)
    return "\n".join(line.text for line in lines[: end(lines, name)])


@pytest.mark.parametrize(
    "ending",
    [
        "-- \nGrace",
        "—\nGrace\nSenior Center",
        "-- -\nGrace",
        "***\nGrace",
        "-Grace",
        "~Grace M.",
        "–Grace B. Murray",
        "Grace Murray\ngrace@town.example",
        "Grace Murray\n\nwww.town.example",
        "GRACE  MURRAY\n555 0100",
        "Grace Murray\nhttps://town.example",
        "Grace Murray | Director | City Library",
        "Grace Murray · Director",
        "Grace Murray • Director",
        "Sent from my iPhone\n-- \nGrace",
        "====",
        "Grace Murray\n555 0100\n\nSent from my iPhone",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_signature_is_cut_off(ending: str, gap: str) -> None:
    assert kept(ROOM + gap + ending) == ROOM


@pytest.mark.parametrize(
    "words",
    [
        "---\nWe meet on Friday at the mill again.",
        "Thanks to:\n--\nMaria",
        "Thanks to: \n\n--\nMaria",
        "name\n----\nGrace",
        "Chairs\n-----\ntwelve",
        "- Grace",
        "- paint\n-keys",
        "– paint\n\n-keys",
        "-Grace Murray of the Senior Center",
        "/Grace/",
        "Grace Murray",
        "Grace Murray\nWe meet on the third of May.",
        "Grace Murray | Director\npaint",
        "Grace\nwww.town.example",
        "Grace Field\nwww.town.example",
        "Grace Murray\n12 chairs, 3 May",
        "This email is confidential.",
        "***\none\ntwo\nthree\nfour\nfive\nsix",
        f"***\n{'chairs ' * 10}",
    ],
)
def test_words_that_only_look_like_a_signature_are_kept(words: str) -> None:
    assert kept(f"{ROOM}\n\n{words}") == f"{ROOM}\n\n{words}"


def test_a_title_below_a_name_is_a_card_where_it_is_a_paragraph_of_its_own() -> None:
    card = "Grace Murray\nThird Grade\nHillside School"

    assert kept(f"{ROOM}\n\n{card}") == ROOM
    assert kept(f"{ROOM}\n{card}") == f"{ROOM}\n{card}"
    assert kept(f"{ROOM}\n\n{card}\n\nPaint") == f"{ROOM}\n\n{card}\n\nPaint"
    assert kept(card) == ""


def test_without_a_full_name_nobody_is_looked_for() -> None:
    assert kept(f"{ROOM}\n\nGrace\ngrace@town.example", "Grace") == f"{ROOM}\n\nGrace\ngrace@town.example"


def test_a_name_far_above_an_address_is_no_signature() -> None:
    text = f"{ROOM}\nGrace Murray\n" + "More of it.\n" * 14 + "Ask grace@town.example"

    assert kept(text) == text


@pytest.mark.parametrize(("count", "cut"), [(1, True), (13, True), (20, False)])
def test_a_delimiter_has_no_more_than_a_signature_below_it(count: int, cut: bool) -> None:
    below = "\n".join(["Town of Example"] * count)

    assert (kept(f"{ROOM}\n-- \n{below}") == ROOM) is cut


def test_of_several_delimiters_the_first_one_counts() -> None:
    assert kept(f"{ROOM}\n\n-- \nGrace\n-- \nTown") == ROOM
    assert kept(f"{ROOM}\n-- \n" + "Paint it.\n" * 20 + "-- \nGrace").endswith("Paint it.")


def test_a_mail_that_is_nothing_but_a_signature_says_nothing() -> None:
    assert kept("-- \nGrace\nTown") == ""
    assert end([], "Grace Murray") == 0
    assert kept("-- \nWe meet on the third of May.") != ""
    assert kept("--") == "--"
    assert kept("---\nGrace") == "---\nGrace"
    assert kept("\n-Grace") == "\n-Grace"
    assert kept("\n\n-- \nGrace") == ""


def test_a_rule_below_two_letters_is_no_underline() -> None:
    assert kept(f"{ROOM}\n\nok\n---\nGrace") == f"{ROOM}\n\nok"


@pytest.mark.parametrize(
    ("text", "rest"), [("-----", "-----"), ("------", ""), (" -- ", " -- "), ("-----\n-----", "-----")]
)
def test_a_short_stroke_may_be_somebodys_way_to_say_nothing(text: str, rest: str) -> None:
    assert kept(text) == rest


LAW = "This message is confidential and intended only for the person named above."


def test_a_paragraph_of_law_at_the_end_is_cut_off() -> None:
    assert kept(f"{ROOM}\n\n{LAW.replace(' and', chr(10) + 'and')}") == ROOM
    assert kept(f"{ROOM}\n{LAW}") == f"{ROOM}\n{LAW}"
    assert kept("Paint.\n" * 50 + f"\n{LAW}\nPlease delete it.").endswith("Paint.")
    assert kept(f"{LAW}\n\n{ROOM}") == f"{LAW}\n\n{ROOM}"


def test_a_mail_that_is_nothing_else_takes_one_sign_more() -> None:
    assert kept(LAW) == LAW
    assert kept(f"{LAW} If it was received in error, delete it.") == ""


def test_what_a_client_marks_as_a_signature_is_cut_off_at_the_end() -> None:
    marked, words = Line("Grace", origin=Origin.SIGNATURE), Line(ROOM)

    assert end([words, marked, Line(""), marked, Line("")]) == 1
    assert end([words, marked, words]) == 3


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "*Sent from my iPad.*",
        "Sent from my phone in the park today.",
        "Sent from: https://mail.example",
        f"Sent from https://mail.example/{'x' * 150}",
        "Von meinem iPhone gesendet",
        "vom Handy",
        "Get Outlook for Android",
        "Get Ada's mail program for iOS",
        "Galaxy S20'den gönderildi",
        "iPhoneから送信",
        "发自我的iPhone。",
        "Sent from my phone, please excuse any typos.",
        "Sent from a small screen, excuse the brevity and the typos!",
    ],
)
def test_a_device_line_is_known(line: str) -> None:
    assert is_device(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sent from the depot: twelve chairs",
        "Sent from the depot, the chairs arrive.",
        "Sent with love from all of us!",
        "Sent via the long way round, in my own phone!",
        f"Sent from {'the depot ' * 15}",
        "Von meinem Nachbarn kam ein Gruß",
        "Von meinem lieben Nachbarn heute morgen mit dem Rad am Telefon gesendet",
        "get it for ios users",
        "Ada'dan gönderildi",
        "从我的院子看见花开。",
        "We got it for Android",
        "The room",
    ],
)
def test_a_sentence_that_begins_or_ends_like_a_device_line_is_none(line: str) -> None:
    assert not is_device(line)


@pytest.mark.parametrize(
    "line",
    [
        "Kind regards,",
        "Thanks",
        "-- Thanks! --",
        "Thanks, Ada and Grace",
        "LG, Ada",
        "Danke – ",
        "Thanks, all",
        "Thanks, Ada – Grace",
        "Merci, A. B. & C. D.",
    ],
)
def test_a_closing_may_name_somebody(line: str) -> None:
    assert is_closing(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "...",
        "Thanks Ada",
        "Thanks, everybody helped.",
        "Thanks, Ada Grace Linus Ruth Mei Tom",
        "Merci, ada",
        "We, Ada",
    ],
)
def test_thanks_for_something_are_no_closing(line: str) -> None:
    assert not is_closing(line)


def test_a_line_longer_than_any_closing_is_none() -> None:
    assert is_closing("Best, " + "A" * 40)
    assert not is_closing("Best, " + "A" * 60)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("[EXTERNAL]\nhi", 1),
        ("[EXT]: \nhi", 1),
        ("*** External sender ***\nhi", 1),
        ("CAUTION: This email originated from outside of your town.\nDo not click links\n\nhi", 2),
        (
            "CAUTION: This email originated from outside of\nour town and is maybe not safe\nto open.\nhi",
            3,
        ),
        ("Warning: external sender.\nhi", 1),
        ("Warning: external sender\nHi", 1),
        ("Warning: external sender of\n  this mail\nHi", 2),
        ("(Caution) external sender: see\nhi", 2),
        ("This email originated from outside", 1),
        ("You don't often get email from ada@town.example. Learn why\nhi", 1),
        ("Hello.\nYou don't often get email from ada@town.example\nhi", 2),
        ("\n\n[EXTERNAL]\n\nWarning: external sender\n\nhi", 5),
        ("Warning\n1\n2\n3\n4\nexternal sender\nHi", 6),
        ("GatewayBannerStart\na\nb\nGatewayBannerEnd\nhi", 4),
        ("\nGatewayBannerStart\nGatewayBannerEnd\n[EXTERNAL]\nhi", 4),
    ],
)
def test_a_gateways_warning_is_measured_to_the_end_of_its_sentence(text: str, length: int) -> None:
    assert banner_length(lines_of(text)) == length


@pytest.mark.parametrize(
    "text",
    [
        "CAUTION: wet paint\n\nhi",
        "You don't often get email from Ada.\nhi",
        "We met. Warning: external sender:",
        "I wrote to ada@town.example\nhi",
        "Warning\n1\n2\n3\n4\n5\nexternal sender",
        "GatewayBannerStart\na\nb",
        "hi\nGatewayBannerStart\nGatewayBannerEnd",
        "The external sender of the week",
        "[EXTRA]\nhi",
    ],
)
def test_words_that_only_look_like_a_warning_are_kept(text: str) -> None:
    assert banner_length(lines_of(text)) == 0


@pytest.mark.parametrize(("width", "length"), [(59, 1), (60, 2), (80, 2), (81, 1)])
def test_a_warning_goes_on_where_programs_break_lines(width: int, length: int) -> None:
    warning = "Caution external sender ".ljust(width, "x")

    assert banner_length(lines_of(f"{warning}\nWith more of it\nHi.")) == length
