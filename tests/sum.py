# SPDX-License-Identifier: BSL-1.0
# Adds up the cases of a `meson test` run: each test ends its output with `N passed, N failed` (some: `, N skipped`).
# A test that went wrong without counting a failure (a crash, a time-out) counts as one failed case.
# Use: python3 tests/sum.py <testlog.json> [yes, if meson test itself failed]
import json
import pathlib
import re
import sys


def cases(test):
    """Passed, failed and skipped cases of one test."""
    lines = (test.get("stdout") or "").splitlines()
    counts = [re.fullmatch(r"(\d+) passed, (\d+) failed(?:, (\d+) skipped)?", line.strip()) for line in lines]
    counts = [c for c in counts if c]
    passed, failed, skipped = [int(n or 0) for n in counts[-1].groups()] if counts else (0, 0, 0)
    if test["result"] == "SKIP":
        skipped = max(skipped, 1)
    elif test["result"] not in ("OK", "EXPECTEDFAIL") and failed == 0:
        failed = 1
    elif not counts and failed == 0:
        passed = 1  # a test that is one case and counts nothing
    return passed, failed, skipped


def main():
    sums = {}
    log = pathlib.Path(sys.argv[1])
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
        test = json.loads(line)
        sums[re.split("[/:] ?", test["name"])[-1]] = cases(test)
    width = max([len(name) for name in sums], default=0)
    for name, (passed, failed, skipped) in sums.items():
        print(f"  {name:{width}}  {passed:5} passed  {failed:3} failed" + (f"  {skipped} skipped" if skipped else ""))
    passed, failed, skipped = [sum(column) for column in zip(*sums.values())] if sums else (0, 0, 0)
    if failed == 0 and (not sums or "yes" in sys.argv[2:]):
        failed = 1  # nothing ran, or meson test found fault where no test did
    if skipped:
        print(f"{skipped} skipped (tools/check --full has what they need)")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
