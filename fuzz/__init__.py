"""Fuzzing of the parser: what is fuzzed and under which contracts is in ``targets``, the runner in ``run``."""
