"""One command from its words to its exit code."""

from importlib import import_module

from typer.main import get_command

from service.cli.errors import exit_code, explain


def run(name: str, module: str, arguments: list[str], debug: bool) -> int:
    """Run the typer app of ``module``. An error is explained in one line, unless ``debug``."""
    try:
        command = get_command(import_module(module).app)
        command(args=arguments, prog_name=f"commonthread {name}")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except Exception as error:
        if debug:
            raise
        explain(error)
        return exit_code(error)
    return 0
