"""The container's two files say what the app and the proxy's block know; its health check works."""

import json
import re
import shlex
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from explorer import paths
from explorer.settings import SETTINGS, load_settings
from explorer.web.ending import LONGEST_END
from tests.servers import free_port

COMPOSE: dict[str, Any] = yaml.safe_load((paths.ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APPS = [name for name, item in SERVICES.items() if item["image"] == "anakinra-explorer"]
CONTAINER = (paths.ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
BLOCK = (paths.ROOT / "docs/hosting/nginx.compose.conf").read_text(encoding="utf-8")
UNIT = (paths.ROOT / "docs/hosting/anakinra-explorer@.service").read_text(encoding="utf-8")

GIVEN = {
    "PUBLIC_URL": "https://class.example.org",
    "PASSPHRASE": "four words of mine",
    "POSTGRES_PASSWORD": "letters5",
}
"""What the operator writes into ``.env``, as the head of the file says."""

_VARIABLE = re.compile(r"\$\{(\w+)(:\?)?\}")


def instructions(name: str) -> list[str]:
    """Take what follows an instruction of the Containerfile, each time it stands there."""
    return re.findall(rf"^{name} +(.*)$", CONTAINER, re.MULTILINE)


def address(service: str) -> str:
    """Return the fixed address of a service."""
    found: str = SERVICES[service]["networks"]["inside"]["ipv4_address"]
    return found


def unknown(environment: dict[str, str]) -> list[str]:
    """Name the variables that look like settings of ours and are none."""
    ours = {f"EXPLORER_{name}" for name in SETTINGS}
    return [name for name in environment if name.startswith("EXPLORER_") and name not in ours]


def test_each_app_starts_with_settings_that_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the operator gives, each value can be used; without it compose itself refuses."""
    assert len(APPS) == 2
    for app in APPS:
        environment = SERVICES[app]["environment"]
        assert unknown(environment) == []
        for name, value in environment.items():
            for asked, required in _VARIABLE.findall(value):
                assert asked in GIVEN
                assert required, f"{name}: compose would start without {asked}"
            monkeypatch.setenv(name, _VARIABLE.sub(lambda found: GIVEN[found[1]], value))
        settings = load_settings()
        assert settings.origin == GIVEN["PUBLIC_URL"]
        host = urlsplit(settings.database.get_secret_value()).hostname
        assert SERVICES[host or ""]["environment"]["POSTGRES_USER"] == "explorer"
    assert unknown({"EXPLORER_PUBLICURL": "x"}) == ["EXPLORER_PUBLICURL"]


def test_what_is_named_is_there() -> None:
    """Services, networks and volumes; files that are mounted, but for the operator's certificate."""
    for item in SERVICES.values():
        assert set(item.get("depends_on", ())) <= set(SERVICES)
        assert set(item["networks"]) <= set(COMPOSE["networks"])
        for volume in item.get("volumes", ()):
            source, target, *mode = volume.split(":")
            if not source.startswith("."):
                assert source in COMPOSE["volumes"]
                continue
            assert mode == ["ro"]
            is_certificate = source.startswith("./tls/")
            assert is_certificate or (paths.ROOT / source).is_file(), source
            assert not is_certificate or f" {target};" in BLOCK
        if build := item.get("build"):
            assert (paths.ROOT / build["context"] / build["dockerfile"]).is_file()


def test_the_proxy_reaches_each_app_and_is_believed() -> None:
    """Both upstreams name the apps with the image's port, at addresses that stay theirs."""
    (port,) = instructions("EXPOSE")
    assert re.findall(r"server (\S+) ", BLOCK) == [f"{app}:{port}" for app in APPS] * 2
    (network,) = COMPOSE["networks"]["inside"]["ipam"]["config"]
    known = dict(item.split(":") for item in SERVICES["proxy"]["extra_hosts"])
    assert known == {app: address(app) for app in APPS}
    addresses = {address(name) for name in SERVICES}
    assert len(addresses) == len(SERVICES)
    assert all(ip_address(item) in ip_network(network["subnet"]) for item in addresses)
    for app in APPS:
        assert SERVICES[app]["environment"]["EXPLORER_TRUSTED_PROXIES"] == network["subnet"]


def test_the_guide_names_the_addresses_of_the_file() -> None:
    """Both apps and the database; the loop of an update asks the one that was replaced."""
    page = (paths.ROOT / "docs/hosting/container.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b10\.87\.0\.\d+(?!/\d|\d)", page))
    assert named == {address(name) for name in (*APPS, "database")}


def test_an_app_can_write_nothing_and_is_given_time_to_end() -> None:
    """A root that is read only, no privilege, and longer than the app itself takes to end."""
    for app in APPS:
        item = SERVICES[app]
        assert item["read_only"] is True
        assert item["cap_drop"] == ["ALL"]
        assert float(item["stop_grace_period"].removesuffix("s")) > LONGEST_END
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)
    assert float(seconds) > LONGEST_END


def test_the_image_is_made_of_what_is_here() -> None:
    """Sources exist, settings are known, and what runs is a user without rights."""
    copied = [line.split()[:-1] for line in instructions("COPY") if "--from" not in line]
    assert all((paths.ROOT / name).exists() for line in copied for name in line)
    names = [part.partition("=")[0] for line in instructions("ENV") for part in line.split()]
    assert unknown(dict.fromkeys(names, "")) == []
    assert instructions("USER") == ["10001:10001"]
    assert instructions("CMD") == ['["anakinra-explorer"]']


@pytest.mark.server
def test_the_health_check_tells_a_server_from_none(server: str) -> None:
    """The image's own words, with another port: 0 where it is ready, else not 0."""
    (line,) = instructions("HEALTHCHECK")
    program, *words = json.loads(line.partition("CMD ")[2])
    assert program == "python3"

    def code(port: int | None) -> int:
        asked = [word.replace("8501", str(port)) for word in words]
        done = subprocess.run([sys.executable, *asked], capture_output=True, check=False)
        return done.returncode

    assert code(urlsplit(server).port) == 0
    assert code(free_port()) != 0


def test_the_words_of_the_guide_build_the_image() -> None:
    """The commands of the page name files and flags of these two."""
    page = Path(paths.ROOT / "docs/hosting/container.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    build, run = (shlex.split(line, comments=True) for line in blocks[0].splitlines())
    assert build[:2] == ["podman", "build"]
    assert (paths.ROOT / build[-1]).is_dir()
    (volume,) = instructions("VOLUME")
    assert f"classes:{volume}" in run
    assert "--read-only" in run
