"""What a library user calls, and the one place where a reader's result is handed to another.

Belongs here: functions that open files, join rooms, and return results. Does not belong here: the
meaning of a norm, a chart, the parsing of command-line arguments.
"""
