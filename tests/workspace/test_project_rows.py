import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poc_eval.errors import InputError
from poc_eval.i18n import Text
from poc_eval.workspace.project_rows import project_content, project_from
from poc_eval.workspace.records import Project, ProjectFact

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
texts = st.builds(Text, words, words)
projects = st.builds(
    Project,
    id=words,
    title=texts,
    applicant=st.none() | texts,
    field=st.none() | texts,
    kind=st.sampled_from(["project", "platform"]),
    stage=st.none() | texts,
    summary=st.none() | texts,
    facts=st.lists(st.builds(ProjectFact, texts, texts, st.none() | words), max_size=3).map(tuple),
    source=st.none() | words,
    example=st.booleans(),
)


@given(projects)
def test_a_project_comes_back_as_it_was_written(project):
    assert project_from(json.loads(json.dumps(project_content(project)))) == project


def test_what_is_not_stated_stays_empty(project):
    content = project_content(project)
    assert content["applicant"] is None
    assert content["facts"] == []


@pytest.mark.parametrize("project_id", ["", "  "])
def test_a_project_needs_an_id(store, project, project_id):
    with pytest.raises(InputError):
        store.add_project(replace(project, id=project_id))


def test_projects_stand_in_the_order_in_which_they_came(store, project):
    for name in ("b", "a"):
        store.add_project(replace(project, id=name))
    assert [one.id for one in store.projects()] == ["P1", "b", "a"]
