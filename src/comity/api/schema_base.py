"""The base of every JSON document that a command prints."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Document(BaseModel):
    """Base of every document: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
