import pytest

from service.domain.addresses import check_addr_spec


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("grace@town.example", "grace@town.example"),
        ("  Grace.Fielding@Town.Example ", "grace.fielding@town.example"),
        ("o'neil+trail@town.example", "o'neil+trail@town.example"),
        ("linus@bücher.example", "linus@xn--bcher-kva.example"),
        ("linus@XN--BCHER-KVA.example", "linus@xn--bcher-kva.example"),
        ("a" * 64 + "@town.example", "a" * 64 + "@town.example"),
        ("grace@a-1.b-2.c3.example", "grace@a-1.b-2.c3.example"),
        ("grace@town。example", "grace@town.example"),
    ],
)
def test_an_address_is_kept_in_lower_case_with_its_domain_in_a_labels(written, kept):
    """OUT-5."""
    assert check_addr_spec(written) == kept


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "no @"),
        ("grace", "no @"),
        ("@town.example", "before the @"),
        ("grace@", "no domain"),
        ("jörg@town.example", "plain ASCII"),
        ("grace@bob@town.example", "before the @"),
        ('"grace fielding"@town.example', "before the @"),
        ("grace fielding@town.example", "before the @"),
        (".grace@town.example", "before the @"),
        ("grace.@town.example", "before the @"),
        ("grace..f@town.example", "before the @"),
        ("grace\r\nBcc: mallory@evil.test, x@town.example", "before the @"),
        ("grace@town.example\r\nBcc: x", "no domain"),
        ("Grace <grace@town.example>", "before the @"),
        ("grace,ada@town.example", "before the @"),
        ("grace(desk)@town.example", "before the @"),
        ("grace@town.example>", "no domain"),
        ("grace@[192.0.2.1]", "no domain"),
        ("grace@localhost", "no domain"),
        ("grace@-town.example", "no domain"),
        ("grace@town-.example", "no domain"),
        ("grace@town..example", "no domain"),
        ("grace@town.example.", "no domain"),
        ("grace@to wn.example", "no domain"),
        ("grace@town_hall.example", "no domain"),
        ("grace@" + "a" * 64 + ".example", "no domain"),
        ("grace@" + ".".join(["a" * 60] * 4) + ".example", "too long"),
        ("a" * 65 + "@town.example", "longer than 64"),
        ("grace@straße.example", "two domains"),
        ("grace@a\u200db.example", "two domains"),
        ("grace@\ud800.example", "no domain"),
        ("=?utf-8?q?grace?= @town.example", "before the @"),
    ],
)
def test_what_some_server_or_parser_would_read_differently_is_refused_with_its_reason(written, reason):
    """OUT-5."""
    with pytest.raises(ValueError, match=reason):
        check_addr_spec(written)
