import os
from importlib.util import find_spec

import pytest

import service.cli
from service.cli import COMMANDS
from service.errors import Misconfigured, Permanent, Transient

CALL = "import sys; from service.cli import main; sys.exit(main())"


class TestHelp:
    @pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"], []])
    def test_it_names_every_command(self, commonthread, words):
        code, said, _ = commonthread(*words)

        assert code == 0
        assert all(f"  {name} " in said and line in said for name, (_, line) in COMMANDS.items())

    def test_it_is_answered_without_importing_anything_heavy(self, process):
        """README's promise of a quick --help: the table is all that is read."""
        heavy = "; heavy = {'typer', 'rich', 'pydantic', 'asyncio', 'jinja2'} & set(sys.modules)"
        code = f"import sys; from service.cli import main; main(['--help']){heavy}; sys.exit(len(heavy))"

        assert process("-c", code).returncode == 0

    def test_every_command_has_its_module(self):
        assert [name for name, (module, _) in COMMANDS.items() if find_spec(module) is None] == []

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_explains_itself(self, commonthread, name):
        code, said, _ = commonthread(name, "--help")

        assert code == 0
        assert f"Usage: commonthread {name}" in said

    def test_the_version_is_that_of_the_package(self, commonthread):
        assert commonthread("--version") == (0, "commonthread 0.1.0\n", "")


class TestExitCodes:
    def test_an_unknown_command_is_wrong_usage_and_the_near_one_is_named(self, process):
        ended = process("-c", CALL, "previw")

        assert ended.returncode == 2
        assert ended.stderr == "commonthread: there is no command 'previw'. Did you mean \"preview\"?\n"

    def test_an_unknown_option_is_wrong_usage(self, commonthread, process):
        assert commonthread("--verbose")[0] == 2
        assert process("-c", CALL, "init", "--verbose").returncode == 2

    def test_the_console_script_passes_the_exit_code_on(self, process):
        assert process("-c", CALL, "read", os.devnull, "nowhere.eml").returncode == 1


class TestErrors:
    @pytest.fixture
    def failing(self, monkeypatch, tmp_path):
        """A command that ends with the given error."""
        (tmp_path / "failing_command.py").write_text(
            "import typer\napp = typer.Typer()\nerror = None\n@app.command()\ndef fail():\n    raise error\n"
        )
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setitem(service.cli.COMMANDS, "fail", ("failing_command", "Fails"))
        import failing_command

        def fail_with(error):
            monkeypatch.setattr(failing_command, "error", error)

        return fail_with

    @pytest.mark.parametrize(
        ("error", "code", "words"),
        [
            (
                Misconfigured("SMTP_HOST", "it is missing.", "Write SMTP_HOST=mail.example."),
                3,
                "SMTP_HOST=mail",
            ),
            (Transient("mail.example refuses connections."), 4, "try again"),
            (Permanent("The mail is too large."), 1, "too large"),
            (FileNotFoundError(2, "No such file or directory", "plan.toml"), 1, "plan.toml: No such file"),
            (ZeroDivisionError("[bold]x"), 1, "ZeroDivisionError: [bold]x"),
        ],
    )
    def test_an_error_has_its_exit_code_and_says_what_to_do(self, commonthread, failing, error, code, words):
        failing(error)

        ended, said, complained = commonthread("fail")

        assert (ended, said) == (code, "")
        assert words in complained
        assert "Traceback" not in complained

    def test_debug_shows_where_it_came_from(self, commonthread, failing):
        failing(Permanent("The mail is too large."))

        with pytest.raises(Permanent):
            commonthread("fail", "--debug")

    def test_what_a_stranger_wrote_does_not_reach_the_terminal_as_a_command(self, commonthread, failing):
        failing(Permanent("Subject: \x1b]0;owned\x07"))

        assert "\x1b]" not in commonthread("fail")[2]
