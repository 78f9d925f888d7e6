"""What the operator of the containers has: the source, a shell, and the two files of the certificate."""

import shutil
import subprocess
from typing import Final

from tests.container.engine import FOLDER, OPEN_FILES, Engine, guide_lines
from tests.servers import ROOT
from tests.tls_proxy import certificate

PAGE: Final = (ROOT / "docs/hosting/container.md").read_text(encoding="utf-8")

BUILT: Final = (
    "Containerfile",
    ".dockerignore",
    "pyproject.toml",
    "constraints.txt",
    "README.md",
)
FOLDERS: Final = (".streamlit", "data", "pages", "explorer", "docs")

IMAGE: Final = "podman build --format docker -t anakinra-explorer .   #"
"""How the first block of the page begins."""

WORD: Final = "letters5"

DATABASE: Final = f"postgresql+psycopg://explorer:{WORD}@10.87.0.10/explorer"
"""The container's, which root of this machine reaches over the bridge."""

GIVEN: Final = f"""
PUBLIC_URL=https://class.example.org
PASSPHRASE=four words of mine
POSTGRES_PASSWORD={WORD}
"""

HERE: Final = f"""
services:
  app1: {{ ulimits: {{ nofile: {OPEN_FILES}, nproc: 4096 }} }}
  app2: {{ ulimits: {{ nofile: {OPEN_FILES}, nproc: 4096 }} }}
"""
"""What this machine can give, in place of the file's own."""


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

    def layer(self, text: str, **files: str) -> None:
        """Put a layer upon the image: it stands for a new version.

        Args:
            text: of its Containerfile.
            files: what it copies, by name.
        """
        place = self.folder / "layer"
        place.mkdir(exist_ok=True)
        for name, content in {"Containerfile": text, **files}.items():
            (place / name).write_text(content, encoding="utf-8")
        words = ("build", "-q", "--format", "docker", "--pull=never", "-t", "anakinra-explorer")
        self.engine.run(*words, place)
