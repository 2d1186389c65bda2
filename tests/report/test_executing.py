from __future__ import annotations

import json
import re
from base64 import b64decode

import pytest

from poc_eval.errors import NotebookError
from poc_eval.report.executing import executed
from poc_eval.report.formats import write_in

DRAWS = """from base64 import b64decode
from IPython.display import Image, display
print(open("beside.txt").read())
HOSTILE = "<svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'><script>pwned()</script>"
display({"text/html": "<script>pwned()</script>", "application/javascript": "pwned()"}, raw=True)
display({"text/latex": "pwned", "application/vnd.plotly.v1+json": {"pwned": 1}}, raw=True)
display({"text/markdown": "[pwned](javascript:1)", "text/html": "<iframe src=pwned>"}, raw=True)
display({"image/svg+xml": HOSTILE + "<rect id='left'/></svg>", "text/html": "pwned"}, raw=True)
display({"image/svg+xml": "<!DOCTYPE svg [<!ENTITY a 'pwned'>]><svg>&a;</svg>"}, raw=True)
display({"image/gif": "pwned", "video/mp4": "pwned"}, raw=True)
print("\\x1b]8;;pwned\\x1b\\\\pwned")
display(Image(data=b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")))"""


def code(source):
    return {
        "cell_type": "code",
        "id": "draws",
        "metadata": {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


@pytest.mark.slow
def test_a_notebook_is_run_in_its_folder_for_what_it_draws_and_its_file_stays(submitted):
    (submitted.notebook.parent / "beside.txt").write_text("daneben", encoding="utf-8")
    submitted.write(code(DRAWS))
    before = submitted.notebook.read_bytes()
    page = write_in("html", submitted.notebook).files[0].read_text(encoding="utf-8")
    assert "data:image/png" not in page
    page = write_in("html", submitted.notebook, execute=True).files[0].read_text(encoding="utf-8")
    assert "data:image/png" in page
    # What is printed is not among what a notebook may contribute; of a drawing, only what draws.
    assert "daneben" not in page
    assert "pwned" not in page
    (drawing,) = (b64decode(one) for one in re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', page))
    assert b'<rect id="left"></rect>' in drawing
    assert b"pwned" not in drawing
    assert submitted.notebook.read_bytes() == before


@pytest.mark.slow
def test_a_cell_that_fails_is_named_with_its_error(tmp_path):
    path = tmp_path / "fails.ipynb"
    cells = [{"cell_type": "markdown", "id": "words", "metadata": {}, "source": "words"}, code("1 / 0")]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    with pytest.raises(NotebookError, match="cell 2 failed: ZeroDivisionError"):
        executed(path)
