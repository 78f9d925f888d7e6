"""The image and ``compose.yaml`` with podman, by the lines of the guide: built, run, killed, updated."""

import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from explorer.domain.sessions import Action
from tests.container.engine import guide_lines
from tests.container.site import DATABASE, IMAGE, PAGE, WORD, Site
from tests.platform.test_faults import opened, teaching_on
from tests.platform.test_update import (
    LATER,
    PEOPLE,
    Stubborn,
    answering,
    columns,
    each_answers_again,
)

pytestmark = pytest.mark.container

UPDATE = "podman build --format docker -t anakinra-explorer .\npodman-compose"
"""How the block of an update begins."""

LATER_IMAGE = """
FROM localhost/anakinra-explorer
USER root
COPY later /
RUN cd /opt/explorer/lib/python3*/site-packages/explorer/store/migrations && cp /later 0099_later.sql
USER 10001:10001
"""


@pytest.fixture(scope="module")
def composed(site: Site) -> Iterator[Site]:
    """Start everything by the guide's lines."""
    site.shell("podman-compose down -v")
    site.shell_all("podman-compose up")
    yield site
    site.shell("podman-compose down -v")


def within(seconds: float, url: str) -> int:
    """Ask until something answers, and return the status."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)


def test_the_image_runs_by_the_guides_line(site: Site) -> None:
    """Ready, as a user without rights, with nothing to write to and no compiler; USR1 ends it."""
    _, run = guide_lines(PAGE, IMAGE)
    site.shell(run.replace("podman run", "podman run -d --name one"))
    assert within(60, "http://127.0.0.1:8501/readyz") == 200
    assert within(5, "http://127.0.0.1:8501/read/kept") == 200
    site.engine.run("healthcheck", "run", "one")
    inside = "id -u; touch /opt/x; touch /usr/x; command -v gcc cc pip; grep CapEff /proc/1/status"
    user, *tools, capabilities = site.engine.run("exec", "one", "sh", "-c", inside).splitlines()
    assert (user, tools, capabilities.split()[1]) == ("10001", [], "0" * 16)
    site.engine.run(
        "exec", "one", "test", "-s", "/var/lib/explorer/anakinra-explorer/classes.sqlite3"
    )
    changed = [line.split()[1] for line in site.engine.run("diff", "one").splitlines()]
    mounts = ("/etc", "/run", "/dev", "/proc", "/sys", "/tmp", "/var")
    assert [path for path in changed if not path.startswith(mounts)] == []
    site.engine.run("kill", "-s", "USR1", "one")
    assert site.engine.run("wait", "one") == "0"


def test_each_container_is_as_the_file_says(composed: Site) -> None:
    """The runtime took what the file asks for; a page passes nginx, and plain HTTP is led to TLS."""
    for app, last in (("app1", 11), ("app2", 12)):
        form = "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.SecurityOpt}} {{.EffectiveCaps}}"
        assert composed.told(app, form) == "true [no-new-privileges] []"
        address = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
        assert composed.told(app, address) == f"10.87.0.{last}"


@pytest.fixture
def front(composed: Site, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the address where nginx listens, with its certificate trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(composed.certificate))
    assert within(30, "https://127.0.0.1/compare") == 200
    assert within(5, "http://127.0.0.1/join") in {200, 301}
    return SimpleNamespace(base="https://127.0.0.1")


@contextmanager
def taught(front: Any) -> Iterator[list[Stubborn]]:
    """Teach a class of people who answer without a pause: what was confirmed is kept, and once."""
    with teaching_on(DATABASE) as teaching:
        keys = opened(teaching)
        with answering(front, keys.code) as phones:
            each_answers_again(phones)
            yield phones
            each_answers_again(phones)
        for phone in phones:
            assert teaching.participant(keys.code, phone.token).answer == (phone.confirmed,)
        view = teaching.host(keys.console)
        assert (view.joined, view.answered) == (PEOPLE, PEOPLE)
        count = sum(phone.count for phone in phones)
        sys.stdout.write(f"{count} answers of {PEOPLE} phones confirmed, each one's last is kept\n")
        for action in (Action.CLOSE, Action.END):
            teaching.advance(keys.console, action, teaching.host(keys.console).version)


def test_an_app_that_is_killed_loses_nothing(composed: Site, front: Any) -> None:
    """Everybody goes on with the other one, pages too, and it comes back."""
    with taught(front) as phones:
        composed.engine.run("kill", "-s", "KILL", "explorer_app2_1")
        each_answers_again(phones)
        assert within(5, f"{front.base}/compare") == 200
        composed.engine.run("start", "explorer_app2_1")
        assert within(60, "http://10.87.0.12:8501/readyz") == 200


def test_the_apps_are_updated_one_by_one_beside_a_class(composed: Site, front: Any) -> None:
    """Each gets the new image; nginx, not started anew, finds it again; nothing is lost."""
    others = [composed.told(name, "{{.Id}}") for name in ("proxy", "database")]
    old = composed.told("app2", "{{.Image}}")
    composed.layer("FROM localhost/anakinra-explorer\nLABEL version=new\n")
    lines = [line for line in guide_lines(PAGE, UPDATE) if not line.startswith("podman build")]
    with taught(front):
        for line in lines:
            if "draining" not in line:  # which would wait for the end of this class
                composed.shell(line)
    for line in lines:
        composed.shell(line.replace("app1", "app2").replace("10.87.0.11", "10.87.0.12"))
    new = {composed.told(app, "{{.Image}}") for app in ("app1", "app2")}
    assert len(new) == 1
    assert old not in new
    assert others == [composed.told(name, "{{.Id}}") for name in ("proxy", "database")]
    assert within(5, f"{front.base}/compare") == 200


def test_a_version_that_brings_the_database_forward(composed: Site, front: Any) -> None:
    """It says so before; a dump is kept; both start on the newer database, and nothing is lost."""
    composed.layer(LATER_IMAGE, later=LATER)
    (asked,) = guide_lines(PAGE, "podman run --rm --network host")
    before = columns(DATABASE)
    with taught(front):
        said = composed.shell(asked.replace("PASSWORD", WORD), code=2)
        assert "is older than this program" in said
        composed.shell_all("podman-compose stop")
    assert columns(DATABASE) == before + 1
    composed.engine.run("cp", composed.folder / "before.dump", "explorer_database_1:/tmp/dump")
    held = composed.engine.run("exec", "explorer_database_1", "pg_restore", "-l", "/tmp/dump")
    assert "TABLE DATA public sessions" in held
