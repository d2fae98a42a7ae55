"""Composes fictitious reports together with their exact gold: what scripts/make_reports.py is made of.

`writer` sets words down and records the gold of each number in the same breath; `manner` is how one report writes
(decimals, punctuation, numbering, line breaks); `books` the true amounts; `trades` and `places` what an invented office
does and where; the passages (`organisation`, `accounts`, `appropriations`, `threepublic`, `matters`, `performance`, `remarks`)
are what a report is made of; `parts`, `outlines`, `planned` and `projects` put them in order, `front` before and after;
`page` breaks lines; `slips` spoils one number on purpose. Nothing here reads the parser's rules.
"""
