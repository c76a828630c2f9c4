# SPDX-License-Identifier: BSL-1.0
"""Whether docs/errors.md is what the cases give; with GRADUS_APPROVE=1 it is written.

python3 tests/refuse/errors_page.py [words for tools/gallery]
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    command = "--write" if os.environ.get("GRADUS_APPROVE") else "--check"
    sys.exit(subprocess.run([sys.executable, str(ROOT / "tools" / "gallery"), command, *sys.argv[1:]]).returncode)
