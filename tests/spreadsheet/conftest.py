"""Engines that are not ours recompute what we write: the ``formulas`` package, and LibreOffice."""

from __future__ import annotations

import re
import subprocess
import warnings
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from openpyxl import load_workbook

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item
 oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"
><value>0</value></prop></item></oor:items>
"""


def by_formulas(path):
    """Return every cell of a workbook as ``formulas`` computes it, by sheet and address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, of its own parser
        from formulas import ExcelModel  # noqa: PLC0415 takes seconds, and few tests need it

        solution = ExcelModel().loads(str(path)).finish().calculate()
    names = {sheet.upper(): sheet for sheet in load_workbook(path).sheetnames}
    found = {}
    for key, ranges in solution.items():
        match = re.fullmatch(r"'\[.*\](.*)'!([A-Z]+[0-9]+)", str(key))
        if match:
            sheet = names[match[1].replace("''", "'")]
            found[sheet, match[2]] = ranges.value[0, 0]
    return found


@pytest.fixture(scope="session")
def libreoffice(start, tmp_path_factory):
    """Return a function that converts a workbook with LibreOffice, which recomputes every formula."""
    program = start.find_libreoffice()
    if not program:
        pytest.fail("LibreOffice is missing: install it (Debian: sudo apt install libreoffice-calc-nogui)")
    home = tmp_path_factory.mktemp("libreoffice")
    (home / "user").mkdir()
    (home / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")

    def convert(path, kind="xlsx"):
        out = path.parent / "recomputed"
        command = [program, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", kind]
        done = subprocess.run(
            [*command, "--outdir", out, path], capture_output=True, text=True, check=False, timeout=240
        )
        made = out / f"{path.stem}.{kind}"
        assert made.exists(), done.stdout + done.stderr
        return made

    return convert


@pytest.fixture(scope="session")
def by_libreoffice(libreoffice):
    """Return a function that returns every cell as LibreOffice computes it, by sheet and address."""

    def values(path):
        book = load_workbook(libreoffice(path), data_only=True)
        return {
            (page.title, cell.coordinate): cell.value
            for page in book
            for row in page.iter_rows()
            for cell in row
            if cell.value is not None
        }

    return values


@pytest.fixture(scope="session")
def cases():
    """Return the module with rules of every kind and claims for them."""
    file = Path(__file__).parent / "payout_cases.py"
    spec = spec_from_file_location("payout_cases", file)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def engine():
    """Return the function that recomputes a workbook with ``formulas``."""
    return by_formulas
