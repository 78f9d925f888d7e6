"""Podman with a store of its own, and the images that ``compose.yaml`` names.

Where a registry answers they are pulled. Where none does, Debian stands in: ``debootstrap`` makes the
base, and two files beside this one put Debian's PostgreSQL and nginx upon it, under the same names.
"""

import os
import resource
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.servers import ROOT

FOLDER: Final = ROOT / "build" / "container"

BASE: Final = "docker.io/library/python:3.11-slim"

OTHERS: Final = {
    "docker.io/library/postgres:16": "postgres",
    "docker.io/library/nginx:1.28": "nginx",
}
"""Images of others that ``compose.yaml`` names, and the folder of what stands in for each."""

MIRROR: Final = "http://deb.debian.org/debian"

OPEN_FILES: Final = min(65_536, resource.getrlimit(resource.RLIMIT_NOFILE)[1] * 4 // 5)
"""What this machine can give a container: without CAP_SYS_RESOURCE no more than it has itself."""

_CONFIGURATION: Final = """
[containers]
default_ulimits = ["nofile={files}:{files}", "nproc=4096:4096"]
[engine]
runtime = "{runtime}"
[network]
network_backend = "netavark"
"""

_STORAGE: Final = """
[storage]
driver = "overlay"
graphroot = "{folder}/storage"
runroot = "{folder}/run"
"""


class Engine:
    """Podman, as root, with its store in ``build/container`` and settings that any machine takes."""

    def __init__(self) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        runtime = "runc" if shutil.which("runc", path="/usr/sbin:/usr/bin") else "crun"
        texts = {
            "containers.conf": _CONFIGURATION.format(files=OPEN_FILES, runtime=runtime),
            "storage.conf": _STORAGE.format(folder=FOLDER),
        }
        for name, text in texts.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        self.environment = {
            **os.environ,
            "CONTAINERS_CONF": str(FOLDER / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(FOLDER / "storage.conf"),
            "PATH": f"{os.environ['PATH']}:/usr/sbin",
        }

    def run(self, *words: str | Path, is_checked: bool = True) -> str:
        """Run podman and return what it printed."""
        done = subprocess.run(
            ["podman", *words], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or not is_checked, done.stderr
        return done.stdout.strip()

    def has(self, image: str) -> bool:
        """Return whether an image is in the store."""
        return (
            subprocess.run(["podman", "image", "exists", image], env=self.environment).returncode
            == 0
        )

    def provide(self, image: str) -> None:
        """Pull an image, or make what stands in for it, and say which."""
        if self.has(image):
            return
        pulled = subprocess.run(
            ["podman", "pull", "-q", image], env=self.environment, capture_output=True, check=False
        )
        if pulled.returncode == 0:
            sys.stdout.write(f"{image}: pulled\n")
            return
        if image == BASE:
            self._bootstrap()
        else:
            self.provide(BASE)
            place = Path(__file__).parent / OTHERS[image]
            self.run("build", "-q", "--pull=never", "-t", image, place)
        sys.stdout.write(f"{image}: no registry answers, Debian stands in\n")

    def _bootstrap(self) -> None:
        """Make the base of Debian, with the certificates that this machine trusts."""
        place, archive = FOLDER / "base", FOLDER / "base.tar"
        shutil.rmtree(place, ignore_errors=True)
        wanted = "--include=python3,python3-venv,ca-certificates"
        subprocess.run(
            ["debootstrap", "--variant=minbase", wanted, "bookworm", place, MIRROR],
            env=self.environment,
            check=True,
            capture_output=True,
        )
        trusted = Path("/etc/ssl/certs/ca-certificates.crt")
        shutil.copy(trusted, place / trusted.relative_to("/"))
        (place / "etc/pip.conf").write_text(f"[global]\ncert = {trusted}\n", encoding="utf-8")
        with tarfile.open(archive, "w") as file:
            file.add(place, arcname=".")
        self.run("import", "-q", archive, BASE)
        archive.unlink()
        shutil.rmtree(place)


def guide_lines(page: str, begin: str) -> Sequence[str]:
    """Take the commands of a block of a page, by its first words."""
    blocks = (part.partition("```")[0] for part in page.split("```sh\n")[1:])
    (block,) = (item for item in blocks if item.startswith(begin))
    return [line.partition("  #")[0].rstrip() for line in block.splitlines()]
