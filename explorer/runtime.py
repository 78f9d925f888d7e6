"""The composition root: settings, checked content and live classes, built once a process.

Pages, phones, readiness and the command all work with the one ``Runtime`` that is made here. Its
content comes from one reading of the data folder, and that reading is the one that was checked: a
file that changes later is looked at again at the next start, and not before.
"""

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, NoReturn

from explorer.classes.service import ClassService
from explorer.content.checked import read_checked as read_checked
from explorer.content.findings import ContentError
from explorer.content.load import Content
from explorer.output import say
from explorer.settings import Settings, SettingsError, database_file, load_settings
from explorer.store import DatabaseError, open_store, place

if TYPE_CHECKING:  # imported where drafts are shown: it imports every rule of the content
    from explorer.editing.preview import Preview as Preview
    from explorer.editing.preview import PreviewState as PreviewState

PROGRAM = "anakinra-explorer"
"""The name of the command, which starts each of its messages."""

WRONG_CONTENT = 1
CANNOT = 2
"""Exit codes of a start that is refused, as those of the command."""

FROM_STAMP = "these files passed these rules before (content/checked.toml); not applied again"
JUST_CHECKED = "the rules were applied to the content now"


@dataclass(frozen=True, slots=True)
class Runtime:
    """What a process works with from its start to its end."""

    settings: Settings
    content: Content
    classes: ClassService
    preview: "Preview | None" = None

    @property
    def shown(self) -> Content:
        """The content that pages show: what was checked at the start, or the preview's."""
        return self.content if self.preview is None else self.preview.seen().content

    @property
    def lines(self) -> tuple[str, ...]:
        """What an operator has to know of this start: versions and settings, and no secret."""
        held = self.settings
        asked = "is asked" if held.teach_passphrase.get_secret_value() else "is not set"
        kept = place(held.database.get_secret_value(), database_file())
        reached = held.public_url or "its address in the local network"
        return (
            f"content {self.content.version}, emergency numbers of {held.jurisdiction}",
            FROM_STAMP if self.content.from_stamp else JUST_CHECKED,
            f"classes are kept in {kept}, each for {held.class_days} days",
            f"the passphrase for opening a class {asked}; phones reach this server at {reached}",
        )

    def purge(self) -> int:
        """Delete the classes that are older than the setting allows, announced a day before.

        Returns:
            How many were deleted.
        """
        return self.classes.tidy(self.settings.class_days)


def open_classes(settings: Settings) -> ClassService:
    """Open the live classes.

    Raises:
        DatabaseError: the database cannot be opened, or is newer than this program.
    """
    store = open_store(settings.database.get_secret_value(), database_file())
    if "saving" in store.faults():
        store.close()
        kept = place(settings.database.get_secret_value(), database_file())
        raise DatabaseError(
            f"nothing can be saved in {kept}: it can only be read, or another program holds it"
        )
    return ClassService(
        store,
        capacity=settings.class_size,
        classes=settings.classes,
    )


def make(
    settings: Settings, *, drafts: bool = False, meanwhile: Callable[[], None] | None = None
) -> Runtime:
    """Make a runtime of its own, without putting it in force.

    Args:
        settings: the settings.
        drafts: show drafts too, and read the content again when a file is saved.
        meanwhile: see ``read_checked``.

    Raises:
        DatabaseError: the database cannot be used.
        ContentError: the content has errors.
    """
    if drafts:
        from explorer.editing.preview import Preview

        preview = Preview(settings.data, settings.jurisdiction)
        content = preview.seen().content
        return Runtime(settings, content, open_classes(settings), preview)
    # The content first: a start that is refused for it must leave the database as it is.
    content = read_checked(
        settings.data,
        jurisdiction=settings.jurisdiction,
        meanwhile=meanwhile,
        local=settings.local_data,
    )
    return Runtime(settings=settings, content=content, classes=open_classes(settings))


_current: Runtime | None = None
_lock = RLock()


def current() -> Runtime:
    """Return the runtime in force; the first call makes it from the environment.

    Raises:
        SettingsError: a setting has a value that cannot be used.
        DatabaseError: the database cannot be used.
        ContentError: the content has errors.
    """
    with _lock:  # first callers at the same time wait for one reading
        return _current or install(make(load_settings()))


def install(runtime: Runtime) -> Runtime:
    """Put a runtime in force, in place of any other.

    Returns:
        The runtime.
    """
    global _current
    with _lock:
        _current = runtime
    return runtime


def start(
    settings: Settings | None = None,
    *,
    drafts: bool = False,
    meanwhile: Callable[[], None] | None = None,
) -> Runtime:
    """Make the runtime of a server before its first visitor, or end the program.

    Args:
        settings: the settings in force; by default those of the environment. They are ignored
            where the process has its runtime already.
        drafts: show drafts too; see ``make``.
        meanwhile: what can be done while the content is checked; see ``read_checked``.

    Returns:
        The runtime in force.

    Raises:
        SystemExit: after a line on stderr for each thing that is wrong; with code 1 where that is
            the content, and 2 where it is a setting or the database.
    """
    with _lock:
        if _current is not None:
            return _current
        gc.disable()  # what is made here stays: looking through it again and again costs 0.2 s
        try:
            return install(make(settings or load_settings(), drafts=drafts, meanwhile=meanwhile))
        except (DatabaseError, SettingsError) as error:
            _refuse(f": {error}", CANNOT)
        except ContentError as error:
            for finding in error.findings:
                say(str(finding), stream=sys.stderr)
            _refuse(f", errors in the content: {len(error.findings)}", WRONG_CONTENT)
        finally:
            gc.enable()


def _refuse(reason: str, code: int) -> NoReturn:
    say(f"{PROGRAM}: not started{reason}", stream=sys.stderr)
    raise SystemExit(code) from None
