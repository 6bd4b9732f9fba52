"""Faults as the command line tells them: what it may know of the language, and nothing more."""

from __future__ import annotations

from comity.language.faults import ComityError, Fault, render, render_gnu

__all__ = ["ComityError", "Fault", "render", "render_gnu"]
