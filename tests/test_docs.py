"""Whatever a person can call, set or run into is in docs/."""

from __future__ import annotations

import dataclasses
import inspect
import re
import tomllib
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from pydantic import BaseModel

from poc_eval import errors
from poc_eval.cli import COMMANDS, module_of
from poc_eval.commands.parser import Parser
from poc_eval.i18n import _
from poc_eval.scoring.rubric import Rubric
from poc_eval.workspace.settings import Settings

FOREIGN = re.compile(r"/work/|/tmp/|https?://(?!keepachangelog\.com|semver\.org|127\.0\.0\.1)\S+")


@pytest.fixture(scope="module")
def reference(root):
    return (root / "docs" / "reference.md").read_text(encoding="utf-8")


def section(reference, name):
    found = re.search(rf"^### `{name}\b.*?(?=^##|\Z)", reference, re.MULTILINE | re.DOTALL)
    assert found, f"docs/reference.md has no section on {name}"
    return found.group(0)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_described_with_all_its_options(reference, name):
    parser = Parser(lang="en", about=_("Commands"), prog=name)
    import_module(module_of(name)).arguments(parser)
    described = section(reference, name)
    for action in parser._actions:  # noqa: SLF001 argparse has no public list
        if action.dest != "help":
            said = action.option_strings[-1] if action.option_strings else action.metavar
            assert said in described


def test_no_command_is_described_that_does_not_exist(reference):
    assert set(re.findall(r"^### `([a-z-]+)", reference, re.MULTILINE)) == set(COMMANDS)


def test_every_setting_of_the_environment_is_described(root, reference):
    files = [root / "start.py", root / "tests" / "conftest.py", *(root / "poc_eval").rglob("*.py")]
    used = {name for file in files for name in re.findall(r"\bPOC_EVAL_[A-Z_]+\b", file.read_text("utf-8"))}
    assert used == set(re.findall(r"\bPOC_EVAL_[A-Z_]+\b", reference))


def test_every_key_of_the_workspaces_file_is_described(reference):
    for field in dataclasses.fields(Settings):
        assert f"| `{field.name}` |" in reference


def test_every_error_is_described(reference):
    for name, error in inspect.getmembers(errors, inspect.isclass):
        if issubclass(error, errors.PocEvalError) and error is not errors.PocEvalError:
            assert f"| `{name}` |" in reference


def models_in(model, seen):
    seen.add(model)
    for field in model.model_fields.values():
        for part in parts(field.annotation):
            if part not in seen:
                models_in(part, seen)
    return seen


def parts(annotation):
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from parts(inner)


def test_every_key_of_a_rubric_is_described(root):
    page = (root / "docs" / "rubrics.md").read_text(encoding="utf-8")
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", page))))
    keys = {
        field.alias or name
        for model in models_in(Rubric, set())
        for name, field in model.model_fields.items()
    }
    assert keys - told == set()


FAMILIES = ("AGPL", "LGPL", "GPL", "MPL", "Apache", "BSD", "MIT", "ISC", "PSF", "0BSD", "Zlib")


def families(stated):
    """Return the families of licences that a statement names; packages change its wording now and then."""
    return {name for name in FAMILIES if re.search(rf"(?<![A-Za-z0-9]){name}", stated)}


def stated_licence(name):
    """Return what an installed package says of its licence; the licence itself only where it says nothing."""
    installed = distribution(name)
    classifiers = installed.metadata.get_all("Classifier") or []
    said = [one for one in classifiers if one.startswith("License ::")]
    said += [installed.metadata.get("License-Expression") or "", installed.metadata.get("License") or ""]
    if not families(" ".join(said)):
        said += [file.read_text() for file in installed.files or () if "LICENSE" in file.name.upper()]
    return " ".join(said)


def bare_name(requirement):
    return re.match(r"[A-Za-z0-9._-]+", requirement).group(0)


def installed_with(name, seen):
    """Gather what a package needs, and what that needs, as far as it is installed here."""
    for requirement in distribution(name).requires or ():
        needed = bare_name(requirement).lower()
        try:
            distribution(needed)
        except PackageNotFoundError:
            continue
        if needed not in seen and "extra ==" not in requirement:
            seen.add(needed)
            installed_with(needed, seen)
    return seen


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_dependency_stands_in_third_party_with_the_licence_that_it_states(root, project):
    page = (root / "THIRD_PARTY.md").read_text(encoding="utf-8")
    optional = [one for extra in project["optional-dependencies"].values() for one in extra]
    # The peers of benchmarks are installed nowhere but where somebody measures, Numba where it is wished.
    extras = project["optional-dependencies"]
    elsewhere = set(map(bare_name, extras["benchmarks"] + extras["fast"]))
    for name in map(bare_name, [*project["dependencies"], *optional]):
        row = re.search(rf"^\| {re.escape(name)} \| ([^|]+) \|", page, re.MULTILINE)
        assert row, f"{name} is not in THIRD_PARTY.md"
        if name not in elsewhere:
            assert families(row.group(1)) <= families(stated_licence(name)), name


def test_nothing_under_the_gpl_comes_with_the_package(project):
    direct = {bare_name(one) for one in project["dependencies"]}
    everything = direct.union(*(installed_with(name, set()) for name in direct))
    assert len(everything) > len(direct)
    for name in everything:
        metadata = distribution(name).metadata
        said = [metadata.get("License-Expression") or "", *(metadata.get_all("Classifier") or ())]
        assert not {"GPL", "AGPL"} & families(" ".join(said)), name


def test_links_between_the_pages_lead_somewhere(root):
    for page in [*root.glob("*.md"), *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_page_is_found_from_the_readme(root, name):
    readme = (root / name).read_text(encoding="utf-8")
    assert [page.name for page in (root / "docs").glob("*.md") if f"(docs/{page.name})" not in readme] == []


def test_the_pages_name_no_place_of_their_making(root):
    for page in [*root.glob("*.md"), *(root / "docs").glob("*.md")]:
        assert not FOREIGN.findall(page.read_text(encoding="utf-8")), page
