"""The operator's settings, all of them environment variables that start with EXPLORER_."""

import difflib
import ipaddress
import os
import re
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from explorer.paths import DATA

PREFIX = "EXPLORER_"
"""What the name of each environment variable starts with."""


_ORIGIN: Final = re.compile(r"https?://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?", re.IGNORECASE)
"""An origin as in RFC 6454: scheme, host and port, and nothing after them."""

_DATABASES: Final = ("sqlite:", "postgresql:", "postgres:", "postgresql+psycopg:")
"""What the setting of a database starts with."""

_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]{20,200}=*")
"""A bearer token (RFC 6750) that nobody guesses."""

_OF_TESTS: Final = ("EXPLORER_CI", "EXPLORER_TEST_")
"""Variables of the tests, which are no settings."""

_UVICORNS_OWN: Final = "FORWARDED_ALLOW_IPS"
"""Its own list of trusted proxies, which takes anything for an address, and ``*`` for everybody."""

_STREAMLITS_OWN: Final = "STREAMLIT_SERVER_BASE_URL_PATH"
"""Streamlit's own setting of a path. Its pages would work under it, and ours would not."""


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it."""


class Settings(BaseSettings):
    """The settings in force; see the table in `docs/hosting.md`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    data: Path = Field(default=DATA, description="Folder with the content.")
    local_data: Path | None = Field(
        default=None, description="Folder with a clinic's own contact, notes and questions."
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="Address that the server listens on."
    )
    port: int = Field(default=8501, ge=1, le=65535, description="Port that the server listens on.")
    max_sessions: int = Field(
        default=500, ge=1, le=5000, description="Most pages that are connected at once."
    )
    sessions_per_address: int = Field(
        default=0,
        ge=0,
        le=5000,
        description="Most of them from one address; 0 means three fifths of what there is.",
    )
    address_share: int = Field(
        default=40,
        ge=5,
        le=100,
        description="Percent of a core that one address may use while another is busy.",
    )
    jurisdiction: str = Field(
        default="us",
        pattern=r"^[a-z][a-z0-9-]*$",
        description="Whose emergency numbers are shown: an entry of contacts.toml.",
    )
    pass_mark: int = Field(
        default=80,
        ge=50,
        le=100,
        description="Percent of a nurse's check that must be right at the first try.",
    )
    class_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days after a class was last used until it is deleted.",
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$",
        description="Address under which phones reach this server, such as https://class.example.",
    )
    base_path: str = Field(
        default="",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="Path under which a proxy serves this site, such as /anakinra.",
    )
    frame_ancestors: str = Field(
        default="",
        description="Sites that may show our pages in a frame, such as https://portal.example.org.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks of proxies on other machines, such as 10.0.0.5.",
    )
    security_contact: str = Field(
        default="",
        pattern=r"^((mailto:[^\s@/?#]+@[^\s@/?#]+|https://[^\s@]+))?$",
        description="Whom to tell about a hole, such as mailto:security@clinic.example.",
    )
    teach_passphrase: SecretStr = Field(
        default=SecretStr(""), description="Asked before anyone may open a class."
    )
    database: SecretStr = Field(default=SecretStr(""), description="Where classes are kept.")
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Asked of whoever reads the figures at /metrics."
    )
    log: str = Field(
        default="text",
        pattern=r"^(text|json)$",
        description="How lines of the log are written: text or json.",
    )
    class_size: int = Field(default=250, ge=5, le=2000, description="Most people in a class.")
    drain_minutes: int = Field(
        default=90,
        ge=0,
        le=1440,
        description="Most minutes from USR1 until the process ends, whatever class goes on.",
    )
    classes: int = Field(default=200, ge=1, le=100_000, description="Most classes in 24 hours.")

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        """Refuse what looks like an address and cannot be read as one: a bad port, an open [."""
        parts = urlsplit(value)
        if value and (parts.hostname is None or parts.port == 0):
            raise ValueError("the address has no host")
        if "@" in parts.netloc:
            raise ValueError("a user or a password has no place in it")
        return value

    @field_validator("database")
    @classmethod
    def _is_a_database(cls, value: SecretStr) -> SecretStr:
        """Refuse at once what can be no database; what is wrong inside it the store tells."""
        given = value.get_secret_value()
        if given and given != "memory" and not given.startswith(_DATABASES):
            raise ValueError("it has to be sqlite:///FILE, postgresql://USER@HOST/NAME or memory")
        return value

    @field_validator("metrics_token")
    @classmethod
    def _is_a_token(cls, value: SecretStr) -> SecretStr:
        """Refuse what no header can carry, what can be guessed, and figures that nothing makes."""
        given = value.get_secret_value()
        if given and not _TOKEN.fullmatch(given):
            raise ValueError(
                "it has to be 20 to 200 letters, digits or -._~+/ without spaces, such as "
                "`openssl rand -hex 16` prints"
            )
        if given and find_spec("prometheus_client") is None:
            raise ValueError(
                "first, in the folder of the source: pip install -c constraints.txt '.[metrics]'"
            )
        return value

    @field_validator("frame_ancestors")
    @classmethod
    def _is_a_list_of_origins(cls, value: str) -> str:
        """Refuse whatever is no origin: a path, a wildcard, a word."""
        for origin in value.split():
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(
                    "it is a list of origins with spaces between, such as "
                    f"https://portal.example.org{_named(origin)}"
                )
        return " ".join(value.split())

    @field_validator("trusted_proxies")
    @classmethod
    def _is_a_list_of_networks(cls, value: str) -> str:
        """Refuse names, and a network that is the whole world: then anybody is anybody."""
        for item in value.split():
            try:
                network = ipaddress.ip_network(item)
            except ValueError:
                network = None
            if network is None or network.prefixlen == 0:
                raise ValueError(
                    "it is a list of IP addresses or networks with spaces between, such as "
                    f"10.0.0.5 10.1.0.0/24{_named(item)}"
                )
        return " ".join(value.split())

    @property
    def origin(self) -> str:
        """Scheme and host of the public URL, such as ``https://class.example``; may be empty."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    @property
    def path(self) -> str:
        """The path under which the site is reached: what is set, else that of the public URL."""
        return self.base_path or urlsplit(self.public_url).path.rstrip("/")


SETTINGS: Final = tuple(name.upper() for name in Settings.model_fields)
"""The names of all settings, without what each starts with."""

SECRETS: Final = frozenset({"teach_passphrase", "database", "metrics_token"})
"""Settings whose value is in no message."""

LONGEST_SHOWN: Final = 80
"""Most characters of a wrong value that a message repeats."""


def load_settings(
    *,
    data: str | None = None,
    host: str | None = None,
    port: str | None = None,
    database: str | None = None,
) -> Settings:
    """Read the settings from the environment.

    Args:
        data: Folder with the content, in place of the environment's.
        host: Address to listen on, in place of the environment's.
        port: Port to listen on, in place of the environment's.
        database: Where classes are kept, in place of the environment's.

    Returns:
        The settings; what is not set, or set to nothing, has its default. A relative data folder
        is taken from the working folder.

    Raises:
        SettingsError: A value cannot be used. The message is one line and names the setting.
    """
    if os.environ.get(_STREAMLITS_OWN, "").strip("/"):
        raise SettingsError(f"{_STREAMLITS_OWN}: set {PREFIX}BASE_PATH in its place")
    if os.environ.get(_UVICORNS_OWN, ""):
        raise SettingsError(f"{_UVICORNS_OWN}: set {PREFIX}TRUSTED_PROXIES in its place")
    _refuse_names(os.environ)
    given: dict[str, Any] = {"data": data, "host": host, "port": port, "database": database}
    try:
        found = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        problems = (
            f"{name} ({PREFIX}{name.upper()}): {item['msg'].removeprefix('Value error, ')}"
            f"{_shown(name, item['input'])}"
            f"; {_meaning(name)}"
            for item in error.errors(include_url=False)
            for name in [".".join(str(part) for part in item["loc"])]
        )
        raise SettingsError("; ".join(problems)) from None
    try:
        folder = found.data.expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, no such user, a NUL
        raise SettingsError(f"data ({PREFIX}DATA): {error}, got {str(found.data)!r}") from None
    own = None
    if found.local_data is not None:
        try:
            own = found.local_data.expanduser().resolve()
        except (OSError, RuntimeError, ValueError) as error:
            given_path = str(found.local_data)
            raise SettingsError(
                f"local_data ({PREFIX}LOCAL_DATA): {error}, got {given_path!r}"
            ) from None
    if own is not None and not own.is_dir():
        raise SettingsError(f"local_data ({PREFIX}LOCAL_DATA): there is no such folder{shown(own)}")
    return Settings.model_validate({**dict(found), "data": folder, "local_data": own})


def _refuse_names(names: Iterable[str]) -> None:
    """Refuse variables that look like settings and are none, or that are set to nothing.

    Their values are in no message: a misspelt name may well hold the password of the right one.

    Raises:
        SettingsError: there is such a variable.
    """
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(names):
        if not name.upper().startswith(PREFIX) or name.startswith(_OF_TESTS):
            continue
        if name not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.7)
            hint = f"; did you mean {near[0]}?" if near else "; see docs/hosting.md"
            raise SettingsError(f"{name[:LONGEST_SHOWN]}: there is no such setting{hint}")
        if not os.environ.get(name, "x").strip():
            meant = _meaning(name.removeprefix(PREFIX).lower())
            raise SettingsError(f"{name}: it is set to nothing; set it or leave it out; {meant}")


def _meaning(name: str) -> str:
    """Say what a setting is, and its default."""
    field = Settings.model_fields.get(name.split(".")[0])
    if field is None:
        return "see docs/hosting.md"
    about = str(field.description).rstrip(".")
    plain = field.default if isinstance(field.default, int) else str(field.default or "")
    has_default = name not in SECRETS and name not in {"data", "local_data"} and plain != ""
    return f"it is: {about}{f' (default {plain})' if has_default else ''}"


def _named(value: str) -> str:
    """Show a value that may be shown, its start where it is long, or nothing of it."""
    return (
        ""
        if "@" in value or "password" in value.lower()
        else f"; {value[:LONGEST_SHOWN]!r} is none"
    )


def shown(value: object) -> str:
    """Show the start of a value, unless it may hold a password."""
    given = str(value)
    return f": {given[:LONGEST_SHOWN]}" if _named(given) else ""


def _shown(name: str, given: object) -> str:
    """Show what was given, its start where it is long; a secret never, nor what may hold one."""
    if name in SECRETS or not _named(str(given)):
        return ""
    said = repr(given)
    return f", got {said if len(said) <= LONGEST_SHOWN else said[:LONGEST_SHOWN] + '...'}"


def database_file() -> Path:
    """Name the file in which classes are kept where no database is set.

    Returns:
        A file under ``XDG_DATA_HOME`` or, where that is not set, under ``~/.local/share``. It need
        not exist.
    """
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    if not base.is_absolute():
        try:
            base = Path("~/.local/share").expanduser()
        except RuntimeError:  # a user without a home: opening it is refused by the store
            base = Path(os.devnull) / "no-home-folder"
    return base / "anakinra-explorer" / "classes.sqlite3"
