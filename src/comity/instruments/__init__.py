"""The agreements, one literate Markdown file each, and the vocabulary that they share.

Belongs here: documents (`*.md`) whose prose is our own words. Does not belong here: Python, or a
text copied from an instrument.
"""
