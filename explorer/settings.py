"""What an operator can set, all of it in environment variables that start with EXPLORER_."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from explorer.paths import DATA

PREFIX = "EXPLORER_"
"""What the name of each environment variable starts with."""


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it."""


class Settings(BaseSettings):
    """The settings in force; see the table in the README."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    data: Path = Field(default=DATA, description="Folder with the content.")
    host: str = Field(
        default="127.0.0.1", min_length=1, description="Address that the server listens on."
    )
    port: int = Field(default=8501, ge=1, le=65535, description="Port that the server listens on.")


def load_settings() -> Settings:
    """Read the settings from the environment.

    Returns:
        The settings; what is not set, or set to nothing, has its default. A relative data folder
        is taken from the working folder.

    Raises:
        SettingsError: A value cannot be used. The message is one line and names the variable.
    """
    try:
        found = Settings()
    except ValidationError as error:
        problems = (
            f"{PREFIX}{'.'.join(str(part) for part in item['loc']).upper()}: {item['msg']}"
            f" (got {item['input']!r})"
            for item in error.errors()
        )
        raise SettingsError("; ".join(problems)) from None
    return found.model_copy(update={"data": found.data.expanduser().resolve()})
