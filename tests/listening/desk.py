"""A desk without display or sound: Xvfb, a bus, a window manager, Chromium and Orca, and their end.

Everything runs in a fresh home and a fresh profile, and what was started here is ended by its
number. Debian's packages: xvfb at-spi2-core orca dbus openbox xdotool chromium.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.listening.voice import Spoken, Voice

PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "xdotool", "orca", "chromium")
A11Y_BUS = Path("/usr/libexec/at-spi-bus-launcher")

ATTEMPTS = 2

PR_SET_CHILD_SUBREAPER = 36
SETTLED = 1.5
"""Seconds of silence after which a step counts as said."""

QUIET_BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-dev-shm-usage",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-networking",
    "--password-store=basic",
    "--force-renderer-accessibility",
    "--window-position=0,0",
    "--lang=en-US",
)

ORCA = """
import importlib.machinery, importlib.util, sys
loader = importlib.machinery.SourceFileLoader("orca_command", {program!r})
command = importlib.util.module_from_spec(importlib.util.spec_from_loader("orca_command", loader))
sys.argv[0] = "orca"
loader.exec_module(command)
command.otherOrcas = lambda: []  # it would end those of other people
command.setProcessName = lambda name: True
from orca import settings
settings.enableKeyEcho = False
sys.exit(command.main())
"""
"""Starts Orca as its own command does, but leaves other ones alone and does not repeat keys."""


def what_is_missing() -> str:
    """Return the names of the programs that are not on this machine; empty where none is."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    return ", ".join(missing + ([] if A11Y_BUS.exists() else [A11Y_BUS.name]))


def versions() -> str:
    """Return which Orca and which Chromium are heard here, in one line."""
    orca, chromium = (
        subprocess.run([name, "--version"], capture_output=True, text=True, check=True).stdout
        for name in ("orca", "chromium")
    )
    browser = chromium.split(" built")[0].strip()
    return f"Orca {orca.strip()}, {browser}"


class Desk:
    """Everything that runs beside the one who listens.

    Args:
        folder: an empty folder for homes, logs and sockets; its path must be short.
        size: width and height of the window.
        words_a_minute: how fast the voice is; 180 is what a beginner listens to.
    """

    def __init__(
        self, folder: Path, size: tuple[int, int] = (1280, 900), words_a_minute: float = 180
    ) -> None:
        self._folder = folder
        self._size = size
        self._running: list[subprocess.Popen[bytes]] = []
        home, runtime = folder / "home", folder / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        self._environment: dict[str, str] = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "LANGUAGE": "en",
            "ACCESSIBILITY_ENABLED": "1",
            "GNOME_ACCESSIBILITY": "1",
            "SPEECHD_ADDRESS": f"unix_socket:{runtime / 'voice.sock'}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.voice = Voice(runtime / "voice.sock", words_a_minute)

    def __enter__(self) -> "Desk":
        try:
            self._start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def press(self, key: str) -> None:
        """Press a key, by the name that xdotool has for it.

        Args:
            key: such as ``Tab``, ``h`` or ``alt+shift+Down``.
        """
        self._xdotool("key", key)

    def type_text(self, text: str) -> None:
        """Type a text.

        Args:
            text: what to type.
        """
        self._xdotool("type", "--delay", "60", text)

    def load(self, address: str) -> int:
        """Load an address by the location bar, and return from where on its speech is counted.

        Args:
            address: the whole address.
        """
        self.press("ctrl+l")
        time.sleep(0.5)
        self._xdotool("type", "--delay", "12", address)
        time.sleep(0.5)
        self.press("Delete")  # no completion of the address
        end, calm = time.monotonic() + 8, time.monotonic()
        while time.monotonic() < end and time.monotonic() - max(calm, self.voice.last) < 1:
            if self.voice.is_busy:
                self.voice.stop()
            time.sleep(0.1)
        mark = len(self.voice.all)
        self.press("Return")
        return mark

    def listen(
        self, patience: float, has_come: Callable[[], bool] = lambda: True, more: float = 30
    ) -> bool:
        """Listen until nothing more is said; tell whether that came before the patience ended.

        Args:
            patience: seconds.
            has_come: whether what is waited for was said; a busy machine is late with it.
            more: seconds of further speech that are listened to: a reader may read a whole page.
        """
        begun, came = time.monotonic(), 0.0
        while time.monotonic() - begun < patience:
            time.sleep(0.1)
            if not has_come():
                continue
            came = came or time.monotonic()
            if self.voice.is_busy:
                if time.monotonic() - came > more:
                    return False
                continue
            if time.monotonic() - max(self.voice.last, begun) > SETTLED:
                return True
        return False

    def since(self, mark: int) -> list[Spoken]:
        """Return what was said from a mark on, without signs that have no words.

        Args:
            mark: how many messages there were before.
        """
        return [item for item in self.voice.all[mark:] if item.text.strip()]

    def _start(self) -> None:
        if sys.platform == "linux":  # orphans of what is started here come to us, and are ended
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
        width, height = self._size
        read, write = os.pipe()
        screen = ("-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset")
        self._run("Xvfb", "-displayfd", str(write), *screen, keep=write)
        os.close(write)
        # Xvfb writes the number and the end of its line apart, and ends where nobody reads the second.
        with os.fdopen(read) as told:
            self._environment["DISPLAY"] = f":{told.readline().strip()}"
        bus = self._run(
            "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1", reads=True
        )
        assert bus.stdout is not None
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        self._run(str(A11Y_BUS), "--launch-immediately", "--a11y=1", "--screen-reader=1")
        # A window manager for the focus, without keys of its own: it would take Orca's for tables.
        plain = self._folder / "openbox.xml"
        plain.write_text(
            '<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/></openbox_config>'
        )
        self._run("openbox", "--config-file", str(plain))
        time.sleep(1)
        self._open_browser(f"--window-size={width},{height}")
        program = shutil.which("orca")
        self._run(
            "/usr/bin/python3", "-c", ORCA.format(program=program)
        )  # Debian's, with its modules
        _wait(lambda: any("Screen reader on" in item.text for item in self.voice.all), 150, "Orca")
        self.listen(30)

    def _open_browser(self, size: str) -> None:
        """Start Chromium; on a busy machine its window may be late, and it is started anew."""
        for attempt in range(ATTEMPTS):
            profile = f"--user-data-dir={self._folder / f'profile-{attempt}'}"
            started = self._run("chromium", *QUIET_BROWSER, profile, size, "about:blank")
            try:
                _wait(self._has_window, 90, "a window of Chromium")
                return
            except TimeoutError:
                started.kill()
                if attempt + 1 == ATTEMPTS:
                    raise

    def _has_window(self) -> bool:
        return bool(self._xdotool("search", "--onlyvisible", "--class", "chromium"))

    def _run(
        self, *command: str, keep: int | None = None, reads: bool = False
    ) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{len(self._running)}-{Path(command[0]).name}.log").open("wb")
        started = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if reads else log,
            stderr=log,
            env=self._environment,
            pass_fds=() if keep is None else (keep,),
            start_new_session=True,
        )
        log.close()
        self._running.append(started)
        return started

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def _end(self) -> None:
        for how, seconds in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 3.0)):
            end = time.monotonic() + seconds
            told: set[int] = set()
            while time.monotonic() < end and (left := self._ours()):
                for number in left - told:
                    _tell(number, how)
                told |= left
                for process in self._running:
                    process.poll()
                time.sleep(0.1)
        self.voice.close()

    def _ours(self) -> set[int]:
        """Return the processes of this desk: those started here, and all with its home.

        Chromium writes its command over its environment, so that its home is not found there.
        """
        mark = f"HOME={self._folder / 'home'}".encode()
        found = {process.pid for process in self._running if process.poll() is None}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                try:
                    if mark in (entry / "environ").read_bytes().split(b"\0"):
                        found.add(int(entry.name))
                except OSError:
                    continue  # ended meanwhile, or not ours to read
        return found


def _tell(number: int, how: signal.Signals) -> None:
    try:
        os.kill(number, how)
    except ProcessLookupError:
        return  # it has ended by itself


def _wait(has_come: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if has_come():
            return
        time.sleep(0.15)
    raise TimeoutError(f"{what} did not come within {seconds:.0f} seconds")


def settings_of(route: Mapping[str, str]) -> tuple[int, int]:
    """Return the window's size that a route asks for: a phone's or a desk's.

    Args:
        route: its head.
    """
    return (412, 900) if route.get("window") == "phone" else (1280, 900)
