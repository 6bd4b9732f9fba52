"""Text of agreements to the typed form and back.

Belongs here: the grammar, the cutter, the parser, types and their errors, the printer and the
formatter, and the reading of case records. Does not belong here: the meaning of a norm (that is
`explain`), opening files (callers hand in text), or any rule about a country.

The pipeline, left to right, one module each; `resolve` and `printer` have one more for each noun
(`resolve_norms`, `printer_cases`). Records of persons are read by `case_files` and its parts.

    text -> documents -> statements -> syntax -> resolve -> agreement.Instrument -> printer -> text
"""
