"""The notebook runs from its first cell to its last."""

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")


def test_the_tour_runs():
    path = Path(__file__).parents[1] / "tour.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "commit it without outputs"
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    text = str([cell.get("outputs") for cell in notebook.cells])
    assert "the areas add up to 16" in text and "image/svg+xml" in text
