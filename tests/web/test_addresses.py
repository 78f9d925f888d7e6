"""The address that phones in the room are given."""

import pytest

from explorer.web.addresses import join_base, only_this_machine


@pytest.mark.parametrize(
    ("public", "host", "lan", "expected"),
    [
        ("https://teach.example.org/", "127.0.0.1", "192.168.1.5", "https://teach.example.org"),
        ("", "0.0.0.0", "192.168.1.5", "http://192.168.1.5:8501"),
        ("", "0.0.0.0", None, "http://localhost:8501"),
        ("", "127.0.0.1", "192.168.1.5", "http://127.0.0.1:8501"),
        ("", "fd00::5", None, "http://[fd00::5]:8501"),
    ],
)
def test_where_the_address_comes_from(
    public: str, host: str, lan: str | None, expected: str
) -> None:
    """The operator's address wins; then the local network, only if the server listens there."""
    assert join_base(public, host, 8501, lan) == expected


@pytest.mark.parametrize(
    ("public", "base", "expected"),
    [
        ("", "/anakinra", "http://127.0.0.1:8501/anakinra"),
        ("https://portal.example.org", "/anakinra", "https://portal.example.org/anakinra"),
        ("https://portal.example.org/kin", "/anakinra", "https://portal.example.org/kin"),
    ],
)
def test_the_path_is_in_the_address(public: str, base: str, expected: str) -> None:
    """Phones get the path too; an address of the operator's that has one wins."""
    assert join_base(public, "127.0.0.1", 8501, base=base) == expected


@pytest.mark.parametrize(
    ("base", "only"),
    [
        ("http://localhost:8501", True),
        ("http://127.0.0.1:8501", True),
        ("http://[::1]:8501", True),
        ("http://192.168.1.5:8501", False),
        ("https://teach.example.org", False),
    ],
)
def test_an_address_for_this_machine_only_is_known(base: str, only: bool) -> None:
    """A phone cannot reach localhost, so the educator must be warned."""
    assert only_this_machine(base) is only
