"""The image and ``compose.yaml`` with podman, by the lines of the guide: built, run, killed, updated."""

import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from explorer.domain.sessions import Action
from tests.conftest import missing
from tests.container.engine import BASE, FOLDER, OPEN_FILES, OTHERS, Engine, guide_lines
from tests.platform.test_faults import opened, teaching_on
from tests.platform.test_update import LATER, PEOPLE, answering, columns, each_answers_again
from tests.servers import ROOT
from tests.tls_proxy import certificate

pytestmark = pytest.mark.container

PAGE = (ROOT / "docs/hosting/container.md").read_text(encoding="utf-8")

BUILT = ("Containerfile", ".containerignore", "pyproject.toml", "constraints.txt", "README.md")
FOLDERS = (".streamlit", "data", "pages", "explorer", "docs")

IMAGE = "podman build --format docker -t anakinra-explorer .   #"
UPDATE = "podman build --format docker -t anakinra-explorer .\npodman-compose"
"""How two blocks of the guide begin."""

WORD = "letters5"

DATABASE = f"postgresql+psycopg://explorer:{WORD}@10.87.0.10/explorer"
"""The container's, which root of this machine reaches over the bridge."""

GIVEN = f"""
PUBLIC_URL=https://class.example.org
PASSPHRASE=four words of mine
POSTGRES_PASSWORD={WORD}
"""

HERE = f"""
services:
  app1: {{ ulimits: {{ nofile: {OPEN_FILES}, nproc: 4096 }} }}
  app2: {{ ulimits: {{ nofile: {OPEN_FILES}, nproc: 4096 }} }}
"""
"""What this machine can give, in place of the file's own."""

LATER_IMAGE = """
FROM localhost/anakinra-explorer
USER root
COPY later.sql /
RUN cp /later.sql /opt/explorer/lib/python3*/site-packages/explorer/store/migrations/0099_later.sql
USER 10001:10001
"""


class Site:
    """What the operator has: a folder with the source, a shell, and the containers."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.folder = FOLDER / "site"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name in (*BUILT, "LICENSE", "compose.yaml"):
            shutil.copy(ROOT / name, self.folder)
        for name in FOLDERS:
            shutil.copytree(
                ROOT / name, self.folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        (self.folder / ".env").write_text(GIVEN, encoding="utf-8")
        (self.folder / "here.yaml").write_text(HERE, encoding="utf-8")
        (self.folder / "tls").mkdir()
        self.certificate, _ = certificate(self.folder / "tls")
        engine.environment |= {
            "COMPOSE_FILE": "compose.yaml:here.yaml",
            "COMPOSE_PROJECT_NAME": "explorer",
        }

    def shell(self, line: str, *, code: int = 0) -> str:
        """Do what a line of the guide says, and return what it printed."""
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.folder,
            env=self.engine.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert done.returncode == code, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout + done.stderr

    def shell_all(self, begin: str) -> None:
        """Do a block of the guide, but for what makes an image."""
        for line in guide_lines(PAGE, begin):
            if not line.startswith("podman build"):
                self.shell(line)

    def told(self, service: str, form: str) -> str:
        """Ask podman about the container of a service."""
        return self.engine.run("inspect", f"explorer_{service}_1", "--format", form)

    def layer(self, text: str) -> None:
        """Put a layer upon the image: it stands for a new version."""
        (self.folder / "Layer").write_text(text, encoding="utf-8")
        words = ("build", "-q", "--format", "docker", "--pull=never", "-f", "Layer")
        self.engine.run(*words, "-t", "anakinra-explorer", self.folder)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Build the image by the guide's line upon the base that can be had."""
    for tool in ("podman", "podman-compose", "debootstrap", "openssl"):
        if shutil.which(tool, path=f"{os.environ['PATH']}:/usr/sbin") is None:
            missing(f"{tool} is not installed")
    if os.geteuid() != 0:
        missing("only root may listen on 80 and 443 and make the base")
    engine = Engine()
    for image in (BASE, *OTHERS):
        engine.provide(image)
    made = Site(engine)
    build, _ = guide_lines(PAGE, IMAGE)
    made.shell(build)
    yield made
    made.engine.run("rm", "-f", "-v", "one", is_checked=False)


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


def test_an_app_that_is_killed_loses_nothing(composed: Site, front: Any) -> None:
    """Everybody goes on with the other one; each confirmed answer is in PostgreSQL, and once."""
    with teaching_on(DATABASE) as teaching:
        keys = opened(teaching)
        with answering(front, keys.code) as phones:
            each_answers_again(phones)
            composed.engine.run("kill", "-s", "KILL", "explorer_app2_1")
            each_answers_again(phones)
            assert within(5, f"{front.base}/compare") == 200
            composed.engine.run("start", "explorer_app2_1")
            assert within(60, "http://10.87.0.12:8501/readyz") == 200
        for phone in phones:
            assert teaching.participant(keys.code, phone.token).answer == (phone.confirmed,)
        view = teaching.host(keys.console)
        assert (view.joined, view.answered) == (PEOPLE, PEOPLE)


def image(site: Site, service: str) -> str:
    """Return the image of the container of a service."""
    return site.told(service, "{{.Image}}")


def test_the_apps_are_updated_one_by_one_beside_a_class(composed: Site, front: Any) -> None:
    """Each gets the new image; nginx, not started anew, finds it again; nothing is lost."""
    others = [composed.told(name, "{{.Id}}") for name in ("proxy", "database")]
    composed.layer("FROM localhost/anakinra-explorer\nLABEL version=new\n")
    lines = [line for line in guide_lines(PAGE, UPDATE) if not line.startswith("podman build")]
    with teaching_on(DATABASE) as teaching:
        keys = opened(teaching)
        with answering(front, keys.code) as phones:
            for line in lines:
                if "draining" not in line:  # which would wait for the end of this class
                    composed.shell(line)
            each_answers_again(phones)
        for phone in phones:
            assert teaching.participant(keys.code, phone.token).answer == (phone.confirmed,)
        assert image(composed, "app1") != image(composed, "app2")
        for action in (Action.CLOSE, Action.END):
            teaching.advance(keys.console, action, teaching.host(keys.console).version)
    for line in lines:
        composed.shell(line.replace("app1", "app2").replace("10.87.0.11", "10.87.0.12"))
    assert image(composed, "app1") == image(composed, "app2")
    assert others == [composed.told(name, "{{.Id}}") for name in ("proxy", "database")]
    assert within(5, f"{front.base}/compare") == 200


def test_a_version_that_brings_the_database_forward(composed: Site, front: Any) -> None:
    """It says so before; a dump is kept; both start on the newer database, and nothing is lost."""
    (composed.folder / "later.sql").write_text(LATER, encoding="utf-8")
    composed.layer(LATER_IMAGE)
    (asked,) = guide_lines(PAGE, "podman run --rm --network host")
    with teaching_on(DATABASE) as teaching:
        keys = opened(teaching)
        before = columns(DATABASE)
        with answering(front, keys.code) as phones:
            each_answers_again(phones)
            said = composed.shell(asked.replace("PASSWORD", WORD), code=2)
            assert "is older than this program" in said
            composed.shell_all("podman-compose stop")
            each_answers_again(phones)
        for phone in phones:
            assert teaching.participant(keys.code, phone.token).answer == (phone.confirmed,)
    assert columns(DATABASE) == before + 1
    dump = (composed.folder / "before.dump").read_bytes()
    assert dump.startswith(b"PGDMP")
    composed.engine.run("cp", str(composed.folder / "before.dump"), "explorer_database_1:/tmp/d")
    held = composed.engine.run("exec", "explorer_database_1", "pg_restore", "-l", "/tmp/d")
    assert "TABLE DATA public sessions" in held
