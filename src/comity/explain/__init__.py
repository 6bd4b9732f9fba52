"""The reference meaning: one person's position under a regime, with the reasons.

Belongs here: the three-valued evaluator, the trace, why a level is not reached, which questions
decide. Everything is plain Python, short enough to read aloud, and independent of every other
reader, so that they can disagree with it. Does not belong here: speed, files, another reader.
"""
