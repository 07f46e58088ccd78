"""People from a spreadsheet: each row becomes a table, so one set of checks serves both forms."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from service.playbook.document import Table
from service.playbook.near import did_you_mean

COLUMNS = ("name", "email", "department", "roles", "zone", "locale", "shared_mailbox")
_NEEDED = COLUMNS[:3]
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def csv_rows(top: Table, csv_texts: Mapping[str, str]) -> Iterator[Table]:
    """The rows of the file that ``people_csv`` names; none where it names none."""
    if not top.has("people_csv"):
        return
    filename = top.text("people_csv")
    if filename not in csv_texts:
        raise top.wrong("people_csv", f"{filename} is not there.", "The path counts from the plan file.")
    reader = csv.reader(StringIO(csv_texts[filename].removeprefix("\ufeff"), newline=""), strict=True)
    columns: list[str] | None = None
    try:
        for cells in reader:
            place = Table(filename, {}, {(): reader.line_num})
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(place, cells)
            else:
                yield _row(place, columns, cells)
    except csv.Error as error:
        raise Table(filename, {}, {(): reader.line_num}).wrong(
            "", f"{error}.", "Save it again as CSV."
        ) from None


def _columns(place: Table, cells: list[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    for column in columns:
        if column not in COLUMNS:
            mend = f"{did_you_mean(column, COLUMNS)} Columns are split by commas."
            raise place.wrong("", f'the column "{column}" is not known.', mend)
    for column in _NEEDED:
        if columns.count(column) != 1:
            mend = f"The first line names the columns: {','.join(COLUMNS)}."
            raise place.wrong("", f'the column "{column}" has to stand here once.', mend)
    return columns


def _row(place: Table, columns: list[str], cells: list[str]) -> Table:
    if len(cells) > len(columns):
        mend = "Put quotes around words that hold a comma."
        raise place.wrong("", f"{len(cells)} cells under {len(columns)} columns.", mend)
    said = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()}
    values: dict[str, Any] = dict(said)
    if "roles" in said:
        values["roles"] = said["roles"].replace(";", " ").split()
    if "shared_mailbox" in said:
        values["shared_mailbox"] = _YES_NO.get(said["shared_mailbox"].lower(), said["shared_mailbox"])
    return Table(place.filename, values, place.lines)
