from __future__ import annotations

import json

import pytest

from poc_eval.errors import NotebookError
from poc_eval.report.executing import executed
from poc_eval.report.formats import write_in

DRAWS = """from base64 import b64decode
from IPython.display import Image, display
print(open("beside.txt").read())
display(Image(data=b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")))"""


def code(source, name="draws"):
    return {
        "cell_type": "code",
        "id": name,
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
    assert "daneben" not in page  # what is printed is not among what a notebook may contribute
    assert submitted.notebook.read_bytes() == before
    submitted.write(code("1 / 0", "fails"))
    number = len(executed_cells(submitted))
    with pytest.raises(NotebookError, match=f"cell {number} failed: ZeroDivisionError"):
        executed(submitted.notebook)


def executed_cells(case):
    return json.loads(case.notebook.read_text(encoding="utf-8"))["cells"]
