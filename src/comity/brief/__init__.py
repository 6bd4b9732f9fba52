"""Pages and figures made from readers' results.

Belongs here: drawings (SVG), pages (HTML without script, from a USB stick), tables as files, the
hiding of small numbers. Does not belong here: a position or a count, which a reader computes, or
a look at the network or the clock. `context` holds what a page is made from, `dossier` writes it.
"""
