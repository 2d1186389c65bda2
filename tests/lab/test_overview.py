import pytest

pytestmark = pytest.mark.slow
OVERVIEW = "/poc-eval/api/overview"


def test_every_project_is_told_with_its_reviews_and_their_notebooks(lab, home):
    told = lab.ask("GET", f"{OVERVIEW}?lang=zh").json
    assert [project["id"] for project in told["projects"]] == [project.id for project in home.projects()]
    reviews = [review for project in told["projects"] for review in project["reviews"]]
    assert {review["id"] for review in reviews} == {review.id for review in home.reviews()}
    for review in reviews:
        assert review["notebook"] is None or (home.path / review["notebook"]).is_file()
        submitted = review["status"] == "submitted"
        assert (review["missing"] == 0) or not submitted
    assert any(review["total"] and review["notebook"] for review in reviews)


def test_of_an_amended_review_the_newest_version_is_told(lab, home):
    submitted = next(review for review in home.reviews() if review.status == "submitted")
    amendment = home.store.amend(submitted.id, reason="补充材料已到，重新核对得分。")
    told = lab.ask("GET", OVERVIEW).json
    mine = {review["id"]: review for project in told["projects"] for review in project["reviews"]}
    assert submitted.id not in mine
    assert (mine[amendment.id]["version"], mine[amendment.id]["notebook"]) == (2, None)
