"""Two processes behind nginx, as the guide has it, and one of them is killed in a burst."""

import shutil
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.benchmarks.room import proxied
from tests.conftest import missing
from tests.platform.test_faults import opened, teaching_on
from tests.platform.test_update import PEOPLE, answering, each_answers_again
from tests.servers import Server

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@pytest.mark.server
@pytest.mark.slow
def test_a_process_killed_in_a_burst_loses_nothing(tmp_path: Path) -> None:
    """Everybody goes on with the other one; each confirmed answer is kept, and once."""
    if NGINX is None:
        missing("nginx is not installed")
    address = f"sqlite:///{tmp_path / 'classes.sqlite3'}"
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    servers = [Server(folder=it, database=address, log=it / "log") for it in folders]
    with ExitStack() as stack:
        for server in servers:
            stack.callback(server.close)
            server.start()
        watched: Any = servers
        front: Any = SimpleNamespace(base=stack.enter_context(proxied(tmp_path, watched, NGINX)))
        teaching = stack.enter_context(teaching_on(address))
        keys = opened(teaching)
        with answering(front, keys.code) as phones:
            each_answers_again(phones)
            servers[1].kill()
            each_answers_again(phones)
            with urllib.request.urlopen(f"{front.base}/compare", timeout=20) as answer:
                assert answer.status == 200
        for phone in phones:
            assert teaching.participant(keys.code, phone.token).answer == (phone.confirmed,)
        view = teaching.host(keys.console)
        assert (view.joined, view.answered) == (PEOPLE, PEOPLE)
