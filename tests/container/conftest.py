"""The image is built once, for all that runs it."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.conftest import missing
from tests.container.engine import BASE, OTHERS, Engine, guide_lines
from tests.container.site import IMAGE, PAGE, Site


@pytest.fixture(scope="session")
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
