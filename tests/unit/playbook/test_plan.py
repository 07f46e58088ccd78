from datetime import date, time

import pytest

from service.domain.cadence import Cadence
from service.domain.people import Role
from service.errors import Misconfigured
from service.playbook.instruments import parse_playbook
from service.playbook.plan import PlannedMilestone, PlannedPerson, csv_names, parse_plan

STORIES = """key = "reading-together"
name = "Reading together"
why = "Nobody in Fairbrook should grow old without somebody to read with."
zone = "America/Denver"

[cadence]
check-in = "mon 09:00"

[[departments]]
name = "City Library"
[[departments]]
name = "Parks & Recreation"

[[people]]
name = "Ada Park"
email = "Ada@town.example"
department = "City Library"
roles = ["champion", "member"]

[[people]]
name = "Grace Moreno"
email = "grace@town.example"
department = "parks & recreation"
zone = "America/New_York"
locale = "es"
shared_mailbox = true

[[milestones]]
title = "First reading hour"
due = 2026-12-10
owner = "grace@town.example"
"""

TABLE = "name,email,department,roles,zone,locale\n"
CHECK_IN = 'title = "Check-in"\naudience = ["member"]\ntrigger = "weekly"\nprivacy = "T"\n'


def complaint(text, people=None, playbook=None):
    with pytest.raises(Misconfigured) as caught:
        parse_plan("plan.toml", text, people or {}, playbook)
    return caught.value


def with_people(rows):
    return parse_plan("plan.toml", 'people_csv = "people.csv"\n' + STORIES, {"people.csv": rows})


def complaint_about_rows(rows):
    return complaint('people_csv = "people.csv"\n' + STORIES, {"people.csv": rows})


class TestAGoodPlan:
    plan = parse_plan("plan.toml", STORIES, {})

    def test_it_says_what_the_collaboration_is_called_and_why_it_is(self):
        assert (self.plan.key, self.plan.name, self.plan.zone) == (
            "reading-together",
            "Reading together",
            "America/Denver",
        )
        assert self.plan.why.startswith("Nobody in Fairbrook")
        assert self.plan.departments == ("City Library", "Parks & Recreation")

    def test_a_person_takes_the_plans_zone_and_the_role_of_a_member_unless_told_otherwise(self):
        ada, grace = self.plan.people

        assert ada == PlannedPerson(
            name="Ada Park",
            addr_spec="ada@town.example",
            department="City Library",
            roles=frozenset({Role.CHAMPION, Role.MEMBER}),
            zone="America/Denver",
            locale="en-US",
            shared_mailbox=False,
        )
        assert grace.department == "Parks & Recreation"
        assert grace.roles == frozenset({Role.MEMBER})
        assert (grace.zone, grace.locale, grace.shared_mailbox) == ("America/New_York", "es", True)

    def test_milestones_are_numbered_by_their_order(self):
        expected = PlannedMilestone(1, "First reading hour", date(2026, 12, 10), "grace@town.example")

        assert self.plan.milestones == (expected,)

    def test_a_cadence_is_a_weekday_and_a_local_time(self):
        assert self.plan.cadence == {"check-in": Cadence(0, time(9))}
        assert str(self.plan.cadence["check-in"]) == "mon 09:00"


class TestPeopleFromASpreadsheet:
    def test_rows_join_the_people_of_the_plan(self):
        people = with_people(
            TABLE + "\nLinus Okafor,linus@school.example,City Library,partner_lead; member,,\n"
        ).people

        assert [person.name for person in people] == ["Ada Park", "Grace Moreno", "Linus Okafor"]
        assert people[2].roles == frozenset({Role.PARTNER_LEAD, Role.MEMBER})
        assert people[2].zone == "America/Denver"

    def test_columns_stand_in_any_order_and_a_shared_mailbox_says_yes(self):
        rows = "\ufeffEmail,Name,shared_mailbox,department\r\ncrew@town.example,The Crew,Yes,City Library\r\n"

        crew = with_people(rows).people[2]

        assert (crew.name, crew.shared_mailbox) == ("The Crew", True)

    def test_the_plan_says_which_file_it_wants(self):
        assert csv_names("plan.toml", 'people_csv = "people.csv"\n' + STORIES) == ("people.csv",)
        assert csv_names("plan.toml", STORIES) == ()

    @pytest.mark.parametrize(
        ("rows", "where", "problem"),
        [
            ("name,email\n", "people.csv line 1", '"department" has to stand here once'),
            ("name;email;department\n", "people.csv line 1", "split by commas"),
            ("name,emale,department\n", "people.csv line 1", 'Did you mean "email"?'),
            (
                TABLE + "L,linus@school.example,Zoo,,,\n",
                "people.csv line 2, key 'department'",
                "not a department",
            ),
            (TABLE + "\nL,linus,City Library,,,\n", "people.csv line 3, key 'email'", "has no @"),
            (TABLE + "L,ada@town.example,City Library,,,\n", "people.csv line 2, key 'email'", "twice"),
            (TABLE + "L,linus@school.example,City Library,lead,,\n", "line 2, key 'roles'", "partner_lead"),
            (
                TABLE + "L,linus@school.example,City Library,,Denver,\n",
                "line 2, key 'zone'",
                '"America/Denver"',
            ),
            (TABLE + "L,linus@school.example,City Library,,,,,\n", "people.csv line 2", "8 cells under 6"),
            (TABLE + ",linus@school.example,City Library,,,\n", "people.csv line 2", "'name' is missing"),
            (TABLE + '"L\n', "people.csv line 2", "Save it again as CSV"),
            (
                TABLE[:-1] + ",shared_mailbox\nL,l@b.example,City Library,,,,maybe\n",
                "line 2",
                '"maybe" is not',
            ),
        ],
    )
    def test_a_complaint_names_the_file_and_the_row(self, rows, where, problem):
        said = complaint_about_rows(rows)

        assert where in said.where
        assert problem in str(said)

    def test_a_file_that_is_not_there_is_named(self):
        said = complaint('people_csv = "staff.csv"\n' + STORIES)

        assert said.where == "plan.toml line 1, key 'people_csv'"
        assert "staff.csv is not there" in said.problem


WRONG = {
    "broken syntax": ("[cadence]", "[cadence", "line 6", "not TOML"),
    "an unknown key": ("why =", "because =", "line 3, key 'because'", "not known here"),
    "no why": ('why = "Nobody', '#"', "line 1", "'why' is missing"),
    "a key that is no slug": ('"reading-together"', '"Reading!"', "line 1, key 'key'", "hyphens"),
    "an unknown zone": ("America/Denver", "America/Denvr", "line 4, key 'zone'", 'mean "America/Denver"?'),
    "a folder of zones": ("America/Denver", "America", "line 4, key 'zone'", "no zone of the tz database"),
    "a zone from nowhere": ("America/Denver", "qqqq", "line 4, key 'zone'", "such as America/Denver"),
    "a cadence without a day": ("mon 09:00", "09:00", "line 7, [cadence], key 'check-in'", '"mon 09:00"'),
    "a cadence at 25 o'clock": ("mon 09:00", "mon 25:00", "line 7, [cadence], key 'check-in'", '"mon 09:00"'),
    "no department": ("[[departments]]\nname", "[[departments]]\n#", "department 1", "'name' is missing"),
    "a department twice": ("Parks & Recreation", "city library", "department 2, key 'name'", "twice"),
    "an unknown department": (
        '"parks & recreation"',
        '"Park Recreation"',
        "line 23, person 2",
        'mean "Parks & Recreation"?',
    ),
    "a bad address": ("Ada@town.example", "Ada at town", "line 16, person 1, key 'email'", "has no @"),
    "an address twice": ('"grace@', '"ADA@', "line 22, person 2, key 'email'", "twice"),
    "an unknown role": ('"champion"', '"boss"', "line 18, person 1, key 'roles'", "champion, deputy"),
    "no champion": ('"champion", ', "", "line 1", "nobody is the champion"),
    "a locale that is none": ('"es"', '"Español"', "line 25, person 2, key 'locale'", "such as en-US"),
    "a due date in quotes": ("2026-12-10", '"2026-12-10"', "milestone 1, key 'due'", "without quotes"),
    "a due date with a time": ("2026-12-10", "2026-12-10T09:00:00", "milestone 1, key 'due'", "time of day"),
    "an unknown owner": (
        'owner = "grace@',
        'owner = "gracie@',
        "milestone 1, key 'owner'",
        'mean "grace@town',
    ),
}


class TestABadPlan:
    @pytest.mark.parametrize(("old", "new", "where", "problem"), WRONG.values(), ids=WRONG.keys())
    def test_a_complaint_names_the_line_and_the_mend(self, old, new, where, problem):
        assert old in STORIES

        said = complaint(STORIES.replace(old, new, 1))

        assert said.where.startswith("plan.toml line ")
        assert where in said.where
        assert problem in str(said)

    def test_a_plan_without_departments_is_refused(self):
        head = STORIES.partition("[cadence]")[0]

        assert "there is no department" in complaint(head).problem

    def test_two_milestones_with_one_number_are_refused(self):
        step = '[[milestones]]\nnumber = 1\ntitle = "x"\ndue = 2026-12-11\nowner = "ada@town.example"\n'

        assert "milestone 2, key 'number'" in complaint(STORIES + step).where

    def test_what_comes_once_a_month_is_not_planned_by_the_week_nor_the_other_way_round(self):
        monthly = parse_playbook({"check-in.toml": CHECK_IN.replace('"weekly"', '"monthly"')})

        said = complaint(STORIES, playbook=monthly)

        assert said.where == "plan.toml line 7, [cadence], key 'check-in'"
        assert "first mon 09:00" in said.mend
        assert parse_plan("plan.toml", STORIES.replace("mon 09", "first mon 09"), {}, monthly).cadence

    def test_a_cadence_names_only_recurring_instruments_of_the_playbook(self):
        weekly = parse_playbook({"check-in.toml": CHECK_IN})

        assert parse_plan("plan.toml", STORIES, {}, weekly).cadence
        said = complaint(STORIES.replace("check-in =", "chekin ="), playbook=weekly)
        assert said.where == "plan.toml line 7, [cadence], key 'chekin'"
        assert said.mend == 'Did you mean "check-in"?'
