"""A Moodle of the test's own: its code copied, installed into a database, gone afterwards.

Moodle is not ours to ship: ``MOODLE`` names a folder with its code (see docs/exchange.md).
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

CODE = os.environ.get("MOODLE", "")
"""Folder with the code of Moodle 4.5, without a ``config.php``."""

CMI5 = os.environ.get("MOODLE_CMI5", "")
"""Folder with the plugin mod_cmi5, a player of cmi5 with a store of xAPI of its own."""

PASSWORD = "Moodle-17-test"
"""Of the administrator of a site that only this test reaches."""

needs_moodle = pytest.mark.skipif(not CODE, reason="MOODLE is not set: see docs/exchange.md")

needs_cmi5 = pytest.mark.skipif(not CMI5, reason="MOODLE_CMI5 is not set: see docs/exchange.md")

HERE = Path(__file__).parent

_CONFIG = """<?php
unset($CFG); global $CFG; $CFG = new stdClass();
$CFG->dbtype = 'pgsql'; $CFG->dblibrary = 'native'; $CFG->prefix = 'mdl_'; $CFG->admin = 'admin';
foreach (json_decode('SETTINGS', true) as $name => $value) { $CFG->$name = $value; }
require_once __DIR__ . '/lib/setup.php';
"""


@dataclass(frozen=True)
class Moodle:
    """An installed site."""

    code: Path
    address: str
    """Where it takes itself to be: a server of PHP has to be started there by who wants pages."""

    def said_by(self, script: str, *arguments: object) -> Any:
        """Run a script of this folder in the site; what it says is JSON.

        Args:
            script: the name of its file.
            arguments: what it is given after the folder of the site.

        Raises:
            AssertionError: the script ended with an error.
        """
        found = subprocess.run(
            [*php(), HERE / script, self.code, *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert found.returncode == 0, (found.stderr + found.stdout)[-2000:]
        return json.loads(found.stdout)


def php() -> list[str]:
    """Give the command of PHP, with the one setting that Moodle asks for beside the usual."""
    program = shutil.which("php")
    assert program, "needs PHP for the command line (Debian: php-cli, see docs/exchange.md)"
    return [
        program,
        "-d",
        "max_input_vars=5000",
        "-d",
        "display_errors=stderr",
        "-d",
        "log_errors=0",
    ]


def plugins() -> dict[str, str]:
    """Give the folders of the plugins that are named, each by its place in Moodle's code."""
    return {"mod/cmi5": CMI5} if CMI5 else {}


def install(where: Path, database: str, port: int, plugins: Mapping[str, str]) -> Moodle:
    """Copy Moodle's code and install a site from it.

    Args:
        where: an empty folder.
        database: address of an empty database.
        port: where the site will be served, on this machine.
        plugins: folders of plugins, each by its place in Moodle's code.

    Raises:
        AssertionError: the installation failed.
    """
    code, data = where / "code", where / "data"
    shutil.copytree(CODE, code, ignore=shutil.ignore_patterns(".git"))
    for place, plugin in plugins.items():
        shutil.copytree(plugin, code / place, ignore=shutil.ignore_patterns(".git"))
    data.mkdir()
    url = make_url(database)
    socket = url.query.get("host", "")
    settings = {
        "dbhost": url.host or "localhost",
        "dbname": url.database,
        "dbuser": url.username,
        "dbpass": url.password or "",
        "dboptions": {"dbport": url.port or "", "dbsocket": socket},
        "wwwroot": f"http://127.0.0.1:{port}",
        "dataroot": str(data),
        "noemailever": True,
    }
    (code / "config.php").write_text(_CONFIG.replace("SETTINGS", json.dumps(settings)))
    found = subprocess.run(
        [*php(), "admin/cli/install_database.php", "--agree-license", f"--adminpass={PASSWORD}",
         "--adminemail=admin@example.invalid", "--fullname=Try", "--shortname=try"],
        cwd=code,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert found.returncode == 0, (found.stderr + found.stdout)[-2000:]
    return Moodle(code=code, address=str(settings["wwwroot"]))
