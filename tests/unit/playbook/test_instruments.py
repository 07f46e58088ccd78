from pathlib import Path

import pytest

from service.domain.people import Role
from service.domain.privacy import PrivacyClass
from service.domain.question import Effect, Option, QuestionType
from service.domain.reading import Command
from service.errors import Misconfigured
from service.playbook.instruments import HeaderProfile, Trigger, parse_instrument, parse_playbook

TEMPLATES = Path(__file__).parents[3] / "templates" / "instruments"

TALK = """title = "A talk"
audience = ["champion"]
trigger = "by_hand"
privacy = "C"

[sample]
town = "Fairbrook"

[[questions]]
key = "who"
label = "Who"
text = "Who was it?"
type = "people"
effect = "note"
default = true

[[questions]]
key = "mood"
label = "Mood"
text = "How was it?"
type = "choice"
effect = "note"
options = ["Warm", {key = "cool", label = "Rather cool", words = ["cold", "so-so"]}]
"""

NOTICE = 'title = "Help"\naudience = ["member"]\ntrigger = "command:help"\nprivacy = "S"\n'


def complaint(text: str, filename: str = "talk.toml") -> Misconfigured:
    with pytest.raises(Misconfigured) as caught:
        parse_instrument(filename, text)
    return caught.value


class TestAGoodFile:
    def test_its_name_is_the_key_of_the_instrument(self):
        assert parse_instrument("instruments/talk.toml", TALK).key == "talk"

    def test_words_become_values_of_the_closed_vocabularies(self):
        talk = parse_instrument("talk.toml", TALK)

        assert talk.audience == frozenset({Role.CHAMPION})
        assert talk.triggers == {Trigger.BY_HAND}
        assert talk.privacy is PrivacyClass.CHAMPION
        assert talk.questions[0].type is QuestionType.PEOPLE
        assert talk.questions[0].effect is Effect.NOTE

    def test_what_is_not_said_has_a_default(self):
        talk = parse_instrument("talk.toml", TALK)

        assert (talk.minutes, talk.open_days, talk.rotate) == (2, 14, "")
        assert talk.header is HeaderProfile.PROMPT
        assert parse_instrument("help.toml", NOTICE).header is HeaderProfile.NOTICE

    def test_options_may_be_words_or_tables(self):
        options = parse_instrument("talk.toml", TALK).questions[1].options

        assert options == (Option("warm", "Warm"), Option("cool", "Rather cool", ("cold", "so-so")))

    def test_sample_facts_are_kept_for_the_preview(self):
        assert parse_instrument("talk.toml", TALK).sample == {"town": "Fairbrook"}

    def test_a_byte_order_mark_in_front_does_no_harm(self):
        assert parse_instrument("talk.toml", "\ufeff" + TALK) == parse_instrument("talk.toml", TALK)


class TestRotation:
    checkin = parse_instrument("check-in.toml", (TEMPLATES / "check-in.toml").read_text("utf-8"))

    def asked(self, turn: int) -> list[str]:
        return [question.key for question in self.checkin.asked(turn)]

    def test_one_question_of_the_group_is_asked_beside_the_fixed_ones_in_file_order(self):
        assert self.asked(1) == [
            "moved",
            "next",
            "way",
            "thanks",
            "reflection-pace",
            "need",
            "offer",
            "private",
            "milestone",
        ]

    def test_a_decision_is_asked_for_in_the_third_week_and_a_win_in_the_sixth(self):
        rotating = [key for turn in range(6) for key in self.asked(turn) if key in self.checkin.groups]

        assert rotating == [
            "reflection-learned",
            "reflection-pace",
            "decide",
            "reflection-ask",
            "reflection-visit",
            "win",
        ]

    def test_turns_go_round(self):
        rotating = [key for key, group in self.checkin.groups.items() if group == self.checkin.rotate]

        assert self.asked(len(rotating)) == self.asked(0)
        assert {key for turn in range(len(rotating)) for key in self.asked(turn)} >= set(rotating)

    def test_without_a_group_every_question_is_asked_each_time(self):
        talk = parse_instrument("talk.toml", TALK)

        assert talk.asked(0) == talk.asked(7) == talk.questions


FOLLOWED = """
[[questions]]
key = "pass-on"
label = "Pass on"
text = "May we pass it on?"
type = "yes_no"
effect = "pass_on"
each = "thanks"
follows = "who"
"""


class TestWhatAMailMaySay:
    def test_several_things_may_set_it_off(self):
        talk = parse_instrument("talk.toml", TALK.replace('"by_hand"', '["rhythm", "milestone_done"]'))

        assert talk.triggers == {Trigger.RHYTHM, Trigger.MILESTONE_DONE}

    def test_it_is_found_by_each_of_them(self):
        talk = TALK.replace('"by_hand"', '["rhythm", "milestone_done"]')
        playbook = parse_playbook({"talk.toml": talk, "help.toml": NOTICE})

        assert [one.key for one in playbook.for_trigger(Trigger.RHYTHM)] == ["talk"]
        assert [one.key for one in playbook.for_any({Trigger.RHYTHM, Trigger.COMMAND_HELP})] == [
            "help",
            "talk",
        ]

    def test_a_question_that_follows_another_is_no_part_of_the_mail(self):
        talk = parse_instrument("talk.toml", TALK + FOLLOWED)

        assert [question.key for question in talk.asked(0)] == ["who", "mood"]
        assert [question.key for question in talk.following({"who"})] == ["pass-on"]
        assert talk.following({"mood"}) == ()

    def test_it_may_be_blind_show_notes_and_have_pictures(self):
        said = 'blind = true\nnotes = true\npictures = ["timeline"]\n[sample]'
        talk = parse_instrument("talk.toml", TALK.replace("[sample]", said))

        assert (talk.blind, talk.notes, talk.pictures) == (True, True, ("timeline",))


WRONG = {
    "a picture that is no name": (
        "[sample]",
        "pictures = [1]\n[sample]",
        "line 6, key 'pictures'",
        "timeline",
    ),
    "an answer that nothing follows": (
        'label = "Mood"',
        'label = "Mood"\nfollows = "whom"',
        "question 'mood', key 'follows'",
        "who",
    ),
    "a question that follows itself": (
        'label = "Mood"',
        'label = "Mood"\nfollows = "mood"',
        "question 'mood', key 'follows'",
        "who",
    ),
    "one for each of nothing known": (
        'label = "Mood"',
        'label = "Mood"\neach = "tree"',
        "question 'mood', key 'each'",
        "decision",
    ),
    "broken syntax": ("title = ", "title == ", "line 1:", "toml.io"),
    "an unknown key": (
        "[sample]",
        "audiense = 1\n[sample]",
        "line 6, key 'audiense'",
        'Did you mean "audience"?',
    ),
    "an unknown key of a question": ("label =", "labl =", "line 11, question 1, key 'labl'", '"label"'),
    "a missing key": ('title = "A talk"\n', "", "line 1:", "'title' is missing. Write title ="),
    "a missing key of a question": (
        'text = "Who was it?"\n',
        "",
        "line 9, question 'who'",
        "'text' is missing",
    ),
    "an empty text": ('"Who was it?"', '" "', "line 12, question 'who', key 'text'", "empty"),
    "a text over two lines": ('"A talk"', r'"A\ntalk"', "key 'title'", "one line"),
    "a wrong type": ('"A talk"', "7", "line 1, key 'title'", "7 is not what belongs here"),
    "a number below 1": ("[sample]", "minutes = 0\n[sample]", "key 'minutes'", "1 or more"),
    "true for a number": ("[sample]", "minutes = true\n[sample]", "key 'minutes'", "true is not"),
    "an unknown trigger": ('"by_hand"', '"sometimes"', "line 3, key 'trigger'", "Use one of: weekly, rhythm"),
    "an unknown role": ('["champion"]', '["boss"]', "line 2, key 'audience'", "partner_lead"),
    "nobody in the audience": ('["champion"]', "[]", "line 2, key 'audience'", "Name one or more of"),
    "an unknown type": ('type = "people"', 'type = "peple"', "line 13, question 'who', key 'type'", "scale"),
    "an unknown effect": ('"note"\ndefault', '"fame"\ndefault', "key 'effect'", "obstacle"),
    "a key with spaces": ('key = "who"', 'key = "Who is"', "line 10, question 1, key 'key'", "hyphens"),
    "a key that is taken by the house": (
        'key = "who"',
        'key = "note"',
        "line 10, question 1, key 'key'",
        "another key",
    ),
    "the same key twice": ('key = "mood"', 'key = "who"', "line 18, question 'who', key 'key'", "Only one"),
    "the same label twice": ('"Mood"', '"who"', "line 19, question 'mood', key 'label'", "Only one"),
    "two defaults": (
        '"Mood"',
        '"Mood"\ndefault = true',
        "line 20, question 'mood', key 'default'",
        "Only one",
    ),
    "a choice without options": ("options =", "prefix = 'x'\n#", "line 17, question 'mood'", "two options"),
    "a choice of one": ('["Warm", ', "[", "line 23, question 'mood', key 'options'", "two options"),
    "options of a text": ('"choice"', '"text"', "key 'options'", 'type "text" has no options'),
    "an option that is a command": ('"Warm"', '"Stop!"', "key 'options'", "these words are commands: HELP"),
    "two options with one word": ('"so-so"', '"warm"', "key 'options'", '"warm" stands for two options'),
    "an option that is a number": ('"Warm"', "1", "key 'options'", "1 is not an option"),
    "a word that is a number": ('"so-so"', "1", "question 'mood', option 2, key 'words'", "list of words"),
    "an option with an unknown key": ("words", "word", "option 2, key 'word'", 'Did you mean "words"?'),
    "a prefix that is a command": ('"Mood"', '"Mood"\nprefix = "skip"', "key 'prefix'", "is a command"),
    "a prefix of two words": ('"Mood"', '"Mood"\nprefix = "my mood"', "key 'prefix'", "not one word"),
    "a prefix with capitals": ('"Mood"', '"Mood"\nprefix = "Mood"', "key 'prefix'", "lower-case"),
    "a prefix that is another's label": ('"Mood"', '"Mood"\nprefix = "who"', "key 'prefix'", "another word"),
    "a line question as default": (
        "default = true",
        'default = true\nprefix = "met"',
        "key 'default'",
        "numbered",
    ),
    "a group that does not rotate": (
        "default = true",
        'group = "g"',
        "question 'who', key 'group'",
        'rotate = "g"',
    ),
    "a rotation without questions": ("[sample]", 'rotate = "g"\n[sample]', "key 'rotate'", 'group = "g"'),
}


class TestABadFile:
    @pytest.mark.parametrize(("old", "new", "where", "mend"), WRONG.values(), ids=WRONG.keys())
    def test_a_complaint_names_the_file_the_line_the_key_and_the_mend(self, old, new, where, mend):
        assert old in TALK

        said = complaint(TALK.replace(old, new, 1))

        assert said.where.startswith("talk.toml line ")
        assert where in str(said)
        assert mend in str(said)
        assert said.mend

    def test_two_prefixes_that_are_equal_cannot_be_told_apart(self):
        two = TALK.replace("default = true", 'prefix = "met"') + 'prefix = "met"\n'

        assert "question 'mood', key 'prefix'" in complaint(two).where

    @pytest.mark.parametrize("questions", ["questions = 1", "questions = [1]"])
    def test_questions_that_are_no_tables_are_refused(self, questions):
        said = complaint(f"{NOTICE}{questions}")

        assert said.where == "talk.toml line 5, key 'questions'"
        assert "[[questions]]" in said.mend

    def test_a_file_name_that_is_no_key_is_refused(self):
        assert "check-in.toml" in complaint(NOTICE, "My Mail.toml").mend


class TestAPlaybook:
    def test_an_instrument_is_found_by_its_key_and_by_its_trigger(self):
        playbook = parse_playbook({"talk.toml": TALK, "help.toml": NOTICE})

        assert playbook.get("talk").title == "A talk"
        assert [found.key for found in playbook.for_trigger(Trigger.COMMAND_HELP)] == ["help"]
        assert playbook.for_trigger(Trigger.WEEKLY) == ()

    def test_an_unknown_key_is_answered_with_the_near_one(self):
        with pytest.raises(Misconfigured, match=r'"tlak": there is no such instrument\. Did you mean "talk"'):
            parse_playbook({"talk.toml": TALK}).get("tlak")

    def test_two_answers_to_one_command_are_refused(self):
        with pytest.raises(Misconfigured, match=r"other.toml line 3, key 'trigger'.*help.toml does already"):
            parse_playbook({"help.toml": NOTICE, "other.toml": NOTICE})

    def test_every_command_has_a_trigger(self):
        assert {Trigger.of_command(command) for command in Command} == {
            trigger for trigger in Trigger if trigger.is_command
        }

    def test_every_instrument_of_the_house_is_sound(self):
        files = {path.name: path.read_text("utf-8") for path in TEMPLATES.glob("*.toml")}

        assert set(parse_playbook(files).instruments) == {name.removesuffix(".toml") for name in files}
