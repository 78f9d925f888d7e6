"""What of Streamlit's protocol reaches Streamlit: a list, and bounds."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from explorer import protocol
from explorer.web import bounds
from explorer.web.visit_socket import MessageVerdict

WANTED = {"rerun_script", "stop_script", "backend_operation_request"}


def run(*widgets: WidgetState) -> bytes:
    """Make a message that asks for a run with these values."""
    message = BackMsg()
    message.rerun_script.widget_states.widgets.extend(widgets)
    return message.SerializeToString()


@pytest.mark.parametrize(
    "kind", [field.name for field in BackMsg.DESCRIPTOR.fields if field.containing_oneof]
)
def test_only_what_a_page_needs_is_carried_out(kind: str) -> None:
    """A run, its end, and the file of a button; whatever Streamlit adds is refused too."""
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(message, kind, True)
    elif kind == "backend_operation_request":
        message.backend_operation_request.deferred_file.file_id = "x"
    else:
        getattr(message, kind).SetInParent()
    found = protocol.judge(message.SerializeToString()).verdict
    assert found is (MessageVerdict.FINE if kind in WANTED else MessageVerdict.UNWANTED)


@pytest.mark.parametrize("operation", ["install_skills", "dismiss_skills_nudge", "dataframe_chunk"])
def test_no_other_operation_than_a_file(operation: str) -> None:
    """One of Streamlit's operations writes into the server's folder."""
    message = BackMsg()
    getattr(message.backend_operation_request, operation).SetInParent()
    assert protocol.judge(message.SerializeToString()).verdict is MessageVerdict.UNWANTED


def test_an_empty_message_and_noise_are_told_apart() -> None:
    """Both are refused: nothing was asked, or nothing can be read."""
    assert protocol.judge(b"").verdict is MessageVerdict.UNWANTED
    assert protocol.judge(b"\xff\xff").verdict is MessageVerdict.GARBLED


@pytest.mark.parametrize(
    "widget",
    [
        WidgetState(id="w", string_value="x" * (bounds.TEXT + 1)),
        WidgetState(id="w", json_value="x" * (bounds.JSON + 1)),
        WidgetState(id="w", json_value="[" * (bounds.NESTING + 1)),
        WidgetState(id="w" * (bounds.NAME + 1), bool_value=True),
    ],
    ids=["text", "value", "depth", "name"],
)
def test_a_value_is_bounded(widget: WidgetState) -> None:
    """What no box of ours takes is refused."""
    assert protocol.judge(run(widget)).verdict is MessageVerdict.TOO_LARGE


@pytest.mark.parametrize("kind", ["double_array_value", "int_array_value", "string_array_value"])
def test_a_list_is_bounded(kind: str) -> None:
    """No list of ours has as many entries."""
    widget = WidgetState(id="w")
    many = range(bounds.ITEMS + 1)
    getattr(widget, kind).data.extend([str(item) for item in many] if kind[0] == "s" else many)
    assert protocol.judge(run(widget)).verdict is MessageVerdict.TOO_LARGE


@pytest.mark.parametrize(
    "kind", ["arrow_value", "bytes_value", "file_uploader_state_value", "chat_input_value"]
)
def test_no_table_no_file_no_chat(kind: str) -> None:
    """No page has a widget with such a value."""
    widget = WidgetState(id="w")
    if kind == "bytes_value":
        widget.bytes_value = b"x"
    else:
        getattr(widget, kind).SetInParent()
    assert protocol.judge(run(widget)).verdict is MessageVerdict.UNWANTED


def test_a_message_is_bounded_in_its_values_and_in_all() -> None:
    """Many small values are as much as one large one."""
    many = [WidgetState(id=str(at), bool_value=True) for at in range(bounds.WIDGETS + 1)]
    assert protocol.judge(run(*many)).verdict is MessageVerdict.TOO_LARGE
    assert protocol.judge(b"\0" * (bounds.MESSAGE + 1)).verdict is MessageVerdict.TOO_LARGE


@pytest.mark.parametrize("name", ["query_string", "page_name", "page_script_hash", "fragment_id"])
def test_what_names_a_page_is_bounded(name: str) -> None:
    """An address is no place to keep something."""
    message = BackMsg()
    setattr(message.rerun_script, name, "x" * (bounds.ADDRESS + 1))
    assert protocol.judge(message.SerializeToString()).verdict is MessageVerdict.TOO_LARGE


def test_sizes_are_of_each_widget() -> None:
    """The newest value of a widget counts, whatever it was before."""
    found = protocol.judge(run(WidgetState(id="a", string_value="x" * 500), WidgetState(id="b")))
    small, large = sorted(found.sizes.values())
    assert small > 0
    assert 500 < large < 800


def test_entries_and_names_weigh_too() -> None:
    """Hundreds of empty texts, and a long name, are not nothing."""
    empty, named = WidgetState(id="w"), WidgetState(id="w" * 1000)
    empty.string_array_value.data.extend([""] * 250)
    for widget, least in ((empty, 250 * bounds.ENTRY), (named, 1000)):
        (size,) = protocol.judge(run(widget)).sizes.values()
        assert size >= least


def test_what_no_version_knows_is_left_out() -> None:
    """Unknown fields of a message would be kept with the page, counted nowhere."""
    unknown = b"\xfa\x3f\x04abcd"  # field 1023, four bytes
    message = protocol.judge(run() + unknown)
    assert message.verdict is MessageVerdict.FINE
    assert b"abcd" not in message.clean


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        *((origin, "127.0.0.1:8501") for origin in ("http://evil.example", "null", "http://[::1")),
        *((origin, "127.0.0.1:8501") for origin in ("", "http://a:b:c")),
        ("https://CLASS.example.org", "class.example.org"),
        ("https://class.example.org", "CLASS.example.org"),
        ("null", None),
        ("http://localhost:8501", "localhost:8501"),
        (None, "localhost:8501"),
    ],
)
def test_what_passes_makes_streamlit_ask_nobody(
    origin: str | None, host: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit's rule would ask a service outside, while everybody waits."""
    from streamlit import net_util
    from streamlit.web.server.starlette.starlette_websocket import _is_origin_allowed

    def asked() -> str:
        raise AssertionError("a service outside was asked")

    monkeypatch.setattr(net_util, "get_external_ip", asked)
    is_ours = origin in {None, "http://localhost:8501"}
    assert protocol.is_own_origin(origin, host) == is_ours
    assert not is_ours or _is_origin_allowed(origin, host)


def test_the_token_of_a_browser_stays_when_its_cookie_changes() -> None:
    """Streamlit writes the cookie anew with each answer; what it stands for is the same."""
    masked = f"2|01010101|{bytes(letter ^ 1 for letter in b'token').hex()}|1"
    plain = f"2|00000000|{b'token'.hex()}|1"
    assert protocol.owner({protocol.COOKIE: masked}) == b"token"
    assert protocol.owner({protocol.COOKIE: plain}) == b"token"
    assert protocol.owner({}) == protocol.owner({protocol.COOKIE: "2|x"}) == b""
