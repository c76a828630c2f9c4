# SPDX-License-Identifier: BSL-1.0
"""README.md shows what is there: its code is cut from compiled files, its output is what the program prints, its error
is what g++ prints. `readme.py ROOT PROGRAM` checks, `readme.py ROOT PROGRAM --approve` writes blocks and pictures anew.

A block is marked by the line above it: <!-- code: FILE#MARK -->, <!-- output: NAME --> or <!-- error: FILE -->.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

root, program = sys.argv[1], os.path.abspath(sys.argv[2])
approve = "--approve" in sys.argv
environment = dict(os.environ, LC_ALL="C")
passed = failed = 0


def report(good, what, detail=""):
    global passed, failed
    passed, failed = passed + good, failed + (not good)
    if not good:
        print(f"FAILED {what}\n{detail}")


def marked(name):
    path, mark = name.split("#")
    text = open(os.path.join(root, path), encoding="utf-8").read()
    found = re.search(rf"^ *//> {mark}\n(.*?)^ *//< {mark}\n", text, re.M | re.S)
    if not found:
        raise SystemExit(f"README.md: {path} has no part //> {mark} ... //< {mark}")
    lines = found.group(1).strip("\n").split("\n")
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[margin:] for line in lines)


# Times, folders and the last digit of an accuracy differ from machine to machine.
def comparable(line):
    return re.sub(r"\d+\.\d+ %|\d+\.\d+ s|(?<=Pictures in ).*", "*", line).strip()


def run_program(folder):
    done = subprocess.run([program], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{program} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout.rstrip("\n")


def compiler_says(path):
    done = subprocess.run(["g++", "-std=c++20", "-Iinclude", "-fsyntax-only", path],
                          cwd=root, env=environment, capture_output=True, text=True)
    return done.stderr.rstrip("\n")


folder = tempfile.mkdtemp()
page = open(os.path.join(root, "README.md"), encoding="utf-8").read()
out, at = [], 0
for block in re.finditer(r"<!-- (code|output|error): (\S+) -->\n```(\w*)\n(.*?)```", page, re.S):
    kind, name, language, old = block.groups()
    old = old.rstrip("\n")
    if kind == "code":
        new = marked(name)
        report(approve or new == old, f"the code of {name}", f"README.md:\n{old}\n{name}:\n{new}")
    elif kind == "output":
        new = run_program(folder)
        # The confusion matrix depends on the last bits of the processor: its form is compared, not its counts.
        form = lambda text: [re.sub(r"[\d.]+", "#", comparable(l)) if re.match(r" +\d ", l) else comparable(l)
                             for l in text.split("\n")]
        report(approve or form(new) == form(old), f"the output of {name}", f"README.md:\n{old}\n{name}:\n{new}")
        new = re.sub(r"(Pictures in )\S+", r"\1the folder where you are", new) if approve else new
    else:
        version = subprocess.run(["g++", "-dumpversion"], capture_output=True, text=True).stdout.strip()
        if version != "12":
            print(f"skipped: the error of {name} is the text of g++ 12, this is g++ {version}")
            new = old
        else:
            new = compiler_says(name)
            # Where a line of the library stands changes often; what is said does not.
            said = lambda text: re.sub(r"((?:include|gradus)/[^:]*)(:\d+)+|^ +\d+ \|", r"\1", text, flags=re.M)
            report(approve or said(new) == said(old), f"the error of {name}", f"README.md:\n{old}\ng++:\n{new}")
            report(new.count("error:") == 1 and len(new.split("\n")) <= 9, f"the length of the error of {name}", new)
    out += [page[at:block.start()], f"<!-- {kind}: {name} -->\n```{language}\n{new}\n```"]
    at = block.end()
out.append(page[at:])

for picture in re.findall(r"!\[[^\]]*\]\((\S+?)\)", page):
    report(approve or os.path.exists(os.path.join(root, picture)), f"the picture {picture}")
for link in re.findall(r"\]\((?!http)([^)#]+)\)", page):
    report(os.path.exists(os.path.join(root, link)) or approve, f"the link {link}")

if approve:
    open(os.path.join(root, "README.md"), "w", encoding="utf-8").write("".join(out))
    os.makedirs(os.path.join(root, "docs/pictures"), exist_ok=True)
    for name in ("layers.png", "expression.png", "gradient.png", "layers.svg", "expression.svg", "gradient.svg"):
        shutil.copy(os.path.join(folder, name), os.path.join(root, "docs/pictures", name))
shutil.rmtree(folder)
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
