"""Composes fictitious reports together with their exact gold: what scripts/make_reports.py is made of.

`writer` sets words down and records the gold of each number in the same breath; `manner` is how one report writes
(decimals, punctuation, numbering, line breaks); `books` the true amounts; `trades` and `places` what an invented office
does and where; the passages (`organisation`, `accounts`, `threepublic`, `matters`, `performance`, `remarks`) are parts of a
report; `outlines` puts them in order; `slips` spoils one number on purpose. Nothing here reads the parser's rules.
"""
