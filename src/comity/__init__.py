"""Agreements on the movement of people, written as code beside their own articles.

What a library user calls is in `comity.api`; the rooms below it are described in docs/explanation.
"""

__version__ = "0.1.0"
