"""The typed form of agreements: vocabulary, norms, instruments, regimes, cases, positions.

Belongs here: frozen values and total functions on them. Does not belong here: reading or
writing files, the network, the clock of today, text of the language (that is `language`),
or the answer to a question about a case (that is a reader's).
"""
