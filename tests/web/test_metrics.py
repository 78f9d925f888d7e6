"""Figures for monitoring: off unless a token is set, read by the format's own reader, and no word of a person."""

import asyncio
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from threading import Event

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from explorer import paths
from explorer.settings import SettingsError, load_settings
from explorer.web.asked import Asked
from explorer.web.metrics import FigureSources, Measured, Metrics, StoreFigures, metrics_route
from tests.hostile.tab import run

TOKEN = "Xq0-9.test~token+of/thirty-two=="
MARKER = "kneeache7261"

Figures = dict[tuple[str, tuple[str, ...]], float]


def read(text: str) -> Figures:
    """Read figures with Prometheus's own parser, by name and the labels' values."""
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


class Held:
    """A store that says what a test sets."""

    figures: StoreFigures | None = StoreFigures.of(
        [("open", 3, 7), ("open", 2, 1), ("ended", 4, 9)]
    )
    missing: tuple[str, ...] = ("saving",)

    async def says(self) -> StoreFigures | None:
        return self.figures

    async def lacks(self) -> tuple[str, ...]:
        return self.missing


async def _answer(request: Request) -> Response:
    return PlainTextResponse("x", status_code=int(request.query_params["status"]))


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def client(held: Held) -> Iterator[TestClient]:
    """Open a browser on an app that is measured."""
    sources = FigureSources(
        pages=lambda: (2, 500),
        guesses=lambda: {"code": 5, "passphrase": 0},
        store=held.says,
        missing=held.lacks,
    )
    metrics = Metrics("0.2", "abc", sources)
    metrics.refused("no room")
    metrics.ran(0.3)
    app = Starlette(
        routes=[metrics_route(metrics, TOKEN), Route("/{path:path}", _answer)],
        middleware=[Middleware(Measured, metrics=metrics)],
    )
    with TestClient(app) as found:
        yield found


def scraped(client: TestClient) -> Figures:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return read(answer.text)


def test_figures_are_read_by_the_formats_own_reader(client: TestClient) -> None:
    """People, classes, answers, times, refusals with their reasons and the store's state."""
    client.get("/join/answer?status=200")
    client.get(f"/read/{MARKER}?status=404")
    client.get(f"/{MARKER}?status=503")
    found = scraped(client)
    assert found["explorer_pages_connected", ()] == 2
    assert found["explorer_classes", ("open",)] == 2
    assert found["explorer_class_people", ()] == 9
    assert found["explorer_answers_kept", ()] == 17
    assert found["explorer_wrong_guesses_total", ("code",)] == 5
    assert found["explorer_store_missing", ("saving",)] == 1
    assert found["explorer_store_missing", ("store",)] == 0
    assert found["explorer_request_seconds_count", ("answer", "200")] == 1
    assert found["explorer_request_seconds_bucket", ("+Inf", "answer", "200")] == 1
    assert found["explorer_page_run_seconds_bucket", ("0.25",)] == 0
    assert found["explorer_page_run_seconds_bucket", ("0.5",)] == 1
    assert found["explorer_refused_total", ("no room", "socket")] == 1
    assert found["explorer_refused_total", ("not there", "reading")] == 1
    assert found["explorer_refused_total", ("no room, or the store is away", "page")] == 1
    assert found["explorer_phone_streams", ()] == 0
    assert found["explorer_build", ("abc", "0.2")] == 1
    assert not any(MARKER in str(name) for name in found)


def test_the_page_for_operators_names_the_figures_that_there_are(client: TestClient) -> None:
    """No alert of the page waits for a figure with another name, and none is left out."""
    page = (paths.ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    client.get("/?status=200")
    told = set(re.findall(r"\bexplorer_[a-z_]+", page))
    kinds = re.compile(r"_(?:bucket|count|sum)$")
    assert told == {kinds.sub("", name) for name, _ in scraped(client) if name[:8] == "explorer"}


def test_the_alerting_rules_are_those_of_the_page_and_wait_for_what_there_is(
    client: TestClient,
) -> None:
    """An operator who loads the file is woken by what the guide says, at the same bounds."""
    folder = paths.ROOT / "docs"
    groups = yaml.safe_load((folder / "hosting/alerts.yml").read_text(encoding="utf-8"))["groups"]
    rules = [rule["expr"] for group in groups for rule in group["rules"]]
    page = (folder / "hosting.md").read_text(encoding="utf-8")
    told = page.partition("**What to be woken for:**")[2].partition("\n## ")[0]
    named = re.compile(r"\b(?:explorer|process)_[a-z_]+|\bup\b")
    client.get("/?status=200")
    assert {*named.findall(" ".join(rules))} <= {name for name, _ in scraped(client)} | {"up"}
    assert {*named.findall(told)} == {
        name.removesuffix("_bucket") for name in named.findall(" ".join(rules))
    }
    bound = re.compile(r"(?:[>=] |above )([\d.]+)")
    bounds = [found[1] for line in told.splitlines() if (found := bound.search(line))]
    assert bounds == [bound.findall(rule)[-1] for rule in rules if "unless" not in rule]


def test_a_silent_store_says_nothing_of_classes(client: TestClient, held: Held) -> None:
    """Where the store does not answer, no figure says that there are no classes."""
    held.figures, held.missing = None, ("store",)
    found = scraped(client)
    assert found["explorer_store_missing", ("store",)] == 1
    assert ("explorer_answers_kept", ()) not in found


@pytest.mark.parametrize(
    "given", ["", TOKEN, f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer \u00e9"]
)
def test_without_the_token_nothing_is_told(client: TestClient, given: str) -> None:
    """No header, another scheme or another token gets 401 and no figure."""
    answer = client.get("/metrics", headers={"Authorization": given.encode()} if given else {})
    assert (answer.status_code, answer.text) == (401, "Unauthorized")


def test_a_store_that_hangs_is_asked_once() -> None:
    """Whoever asks meanwhile gets no answer in time, and no second thread."""
    asked: list[int] = []
    gate = Event()

    def ask() -> int | None:
        asked.append(1)
        gate.wait(5)
        return 1

    found = Asked(ask, patience=0.05)

    async def twice() -> list[int | None]:
        answers = [await found.answer(), await found.answer()]
        gate.set()
        while (last := await found.answer()) is None:
            await asyncio.sleep(0.01)
        return [*answers, last]

    assert run(twice()) == [None, None, 1]
    assert asked == [1]


@pytest.mark.parametrize("wrong", ["short", "with a space in a long token", "x" * 201, "ä" * 30])
def test_a_token_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    """One line names the setting and repeats nothing of the token."""
    monkeypatch.setenv("EXPLORER_METRICS_TOKEN", wrong)
    with pytest.raises(SettingsError, match="EXPLORER_METRICS_TOKEN") as caught:
        load_settings()
    assert wrong not in str(caught.value)
    assert "\n" not in str(caught.value)
    monkeypatch.setenv("EXPLORER_METRICS_TOKEN", TOKEN)
    assert load_settings().metrics_token.get_secret_value() == TOKEN


def test_figures_without_their_library_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says what to install."""
    monkeypatch.setenv("EXPLORER_METRICS_TOKEN", TOKEN)
    monkeypatch.setattr("explorer.settings.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"pip install -c constraints.txt '\.\[metrics\]'"):
        load_settings()


def test_the_way_lines_are_written_is_one_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything but text or JSON stops the start with a line that says which there are."""
    monkeypatch.setenv("EXPLORER_LOG", "xml")
    with pytest.raises(SettingsError, match=r"EXPLORER_LOG.*text or json"):
        load_settings()


@pytest.mark.server
def test_without_a_token_there_are_no_figures(server: str) -> None:
    """The address is no page either: a scraper that was not set up is told so."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{server}/metrics")
    assert caught.value.code == 404
    caught.value.close()
