"""``python -m tests.machine.measure``: what is known of automatic replies, people and days of return."""

from collections.abc import Sequence

from service.domain.mail import Kind
from service.inbound import classify
from service.inbound.away import back_on
from service.message import parse
from tests.machine.samples import automatic, human, machinery


def main() -> None:
    """Prints the figures."""
    dated = [sample for sample in automatic() if sample.back]
    days = [back_on(parse(one.raw()), one.sent, one.locale) for one in dated]
    right = sum(day == one.back for day, one in zip(days, dated, strict=True))
    wrong = sum(day not in (None, one.back) for day, one in zip(days, dated, strict=True))
    rows = {
        "languages of automatic replies": f"{len({sample.language for sample in automatic()})}",
        "known by their header": _machines([one.raw() for one in automatic() if one.headers]),
        "known with a silent header": _machines([one.raw() for one in automatic() if not one.headers]),
        "other machinery known": _machines(list(machinery().values())),
        "people taken for a machine": _machines([one.raw() for one in human()]),
        "days of return": f"{right} of {len(dated)} read, {wrong} wrong",
    }
    for name, figure in rows.items():
        print(f"{name:32}{figure}")


def _machines(raws: Sequence[bytes]) -> str:
    return f"{sum(classify(parse(raw)).kind is Kind.AUTO_REPLY for raw in raws)} of {len(raws)}"


if __name__ == "__main__":
    main()
