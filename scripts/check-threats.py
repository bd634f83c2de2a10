#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks whether every test that docs/threat-model.md names exists: suites, their tests by name or by words, scripts and their parts."""
import os, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def suites():
    """Of each type that is declared or extended among the tests the text of its files."""
    found = {}
    for folder, _, names in os.walk(os.path.join(ROOT, "Tests")):
        for name in names:
            if name.endswith(".swift"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    text = file.read()
                for declared in set(re.findall(r"\b(?:struct|class|enum|actor|extension) (\w+)", text)):
                    found[declared] = found.get(declared, "") + text
    return found


def missing(words, suites):
    """What one cell names that is not there."""
    suite = None
    for item in re.finditer(r"`(scripts/[\w-]+\.py)((?: [\w-]+)*)`|`(\w+)\.(\w+)`|`(\w+)`|\"([^\"]+)\"", words):
        script, parts, owner, test, alone, quoted = item.groups()
        if script:
            place = os.path.join(ROOT, script)
            if not os.path.exists(place):
                yield script
            else:
                with open(place) as file:
                    text = file.read()
                yield from (f"{script} {part}" for part in parts.split() if f"[{part}]" not in text)
        elif owner or (alone and alone[0].isupper()):
            suite = owner or alone
            if suite not in suites:
                yield suite
            elif test and not re.search(rf"\bfunc {test}\b", suites[suite]):
                yield f"{suite}.{test}"
        elif alone and not re.search(rf"\bfunc {alone}\b", suites.get(suite, "")):
            yield f"{suite}.{alone}"
        elif quoted and quoted not in suites.get(suite, ""):
            yield f'{suite}: "{quoted}"'


def main():
    known, rows, bad = suites(), 0, []
    with open(os.path.join(ROOT, "docs", "threat-model.md"), encoding="utf-8") as file:
        for line in file:
            cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
            if not line.startswith("| ") or len(cells) != 3 or cells[0] == "danger":
                continue
            rows += 1
            if "`" not in cells[2]:
                bad.append(f"{cells[0]}: no test")
            bad += [f"{cells[0]}: there is no {name}" for name in missing(cells[2], known)]
    for words in bad:
        print(f"docs/threat-model.md: {words}")
    print(f"{'FAILED' if bad or not rows else 'passed'}: {rows} dangers, {len(bad)} of their tests missing")
    sys.exit(1 if bad or not rows else 0)


if __name__ == "__main__":
    main()
