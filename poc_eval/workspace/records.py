"""What a workspace keeps, as plain values. Instants are UTC; text is as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from poc_eval.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from decimal import Decimal

    from poc_eval.workspace.panel_records import Roster

ReviewStatus = Literal["draft", "submitted"]


@dataclass(frozen=True, slots=True)
class DefinitionRef:
    """A rubric (later: a policy, programme, deal) as it was used: ``id@version#hash``."""

    id: str
    version: str
    hash: str
    """SHA-256 of the content, hex."""

    def __str__(self) -> str:
        return f"{self.id}@{self.version}#{self.hash[:12]}"


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """One stated fact of a project: a label, a value, and where it stands."""

    label: Text
    value: Text
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project or platform under evaluation; what is not stated stays empty."""

    id: str
    title: Text
    applicant: Text | None = None
    """承担单位."""
    field: Text | None = None
    kind: Literal["project", "platform"] = "project"
    stage: Text | None = None
    summary: Text | None = None
    facts: tuple[ProjectFact, ...] = ()
    source: str | None = None
    example: bool = False
    """True for the shipped example, which says so wherever it is shown."""
    amount: Decimal | None = None
    """What is applied for (申请金额), in yuan."""

    @property
    def stated(self) -> tuple[ProjectFact, ...]:
        """All that is to be shown as a fact: the amount first, then the others."""
        if self.amount is None:
            return self.facts
        value = f"{self.amount:,.2f}"
        label = Text("申请金额", "Amount applied for")
        return (ProjectFact(label, Text(f"{value} 元", f"{value} yuan")), *self.facts)


@dataclass(frozen=True, slots=True)
class Answer:
    """One field as typed, with the revision of the review at which it was last written."""

    value: str
    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewOrigin:
    """How a review came in that its reviewer did not fill in: from a table, or from paper (代录、复核)."""

    kind: Literal["import", "paper"]
    entered_by: str | None
    """Who brought it in; None after their name was deleted."""
    checked_by: str | None
    """Who typed the paper a second time."""
    file: str | None
    sha256: str | None
    """Of the file."""
    revision: int
    """The review's revision as it was brought in; a later one was written by hand."""
    detail: Mapping[str, Any]
    """What the source said beside the answers, such as ``confidence`` by criterion."""
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One reviewer's review of one project by one rubric; an amendment is a new version and both stay."""

    id: str
    project_id: str
    reviewer: str
    rubric: DefinitionRef
    version: int
    status: ReviewStatus
    revision: int
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    amends: str | None
    """The id of the version before."""
    amendment_reason: str | None
    example: bool
    answers: Mapping[str, Answer] = field(default_factory=dict)
    origin: ReviewOrigin | None = None
    """None for a review that its reviewer filled in."""

    def values(self) -> dict[str, str]:
        """Return the answers alone: field name to text."""
        return {name: answer.value for name, answer in self.answers.items()}


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the append-only log; hashes are keyed, so that the person can be forgotten."""

    seq: int
    at: datetime
    actor: str
    """Keyed hash of the name."""
    assurance: Literal["self-declared", "system"]
    action: str
    subject: str
    content: str
    """Keyed hash of what was written."""
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A review as it was sealed: its text and the hash of that text."""

    review_id: str
    snapshot: str
    """Canonical JSON of the review, the project as it stood, the rubric's reference, answers and outcome."""
    sha256: str
    """Of ``snapshot`` in UTF-8, hex."""
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class PinnedDefinition:
    """A definition as it was copied on first use; it never changes after."""

    kind: Literal["rubric", "scale", "policy", "programme", "deal", "sharing", "conflicts", "checklist"]
    ref: DefinitionRef
    file: str
    """The file that it was read from, for a person to find."""
    text: str
    pinned_at: datetime


@dataclass(frozen=True, slots=True)
class SteppedAside:
    """A reviewer who steps aside on a project, and why; the name is a letter where names are left out."""

    project_id: str
    reviewer: str
    reason: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class PanelBasis:
    """What a panel's result rests on: the newest submitted reviews by one rubric."""

    rubric: DefinitionRef
    projects: tuple[Project, ...]
    """Those with a submitted review, in the order in which they came."""
    reviews: int
    """How many submitted reviews there are, those who stepped aside among them."""
    drafts: int
    """How many reviews of these projects are begun or being amended, and not counted."""
    waiting: tuple[Project, ...]
    """Projects that have drafts and nothing submitted."""
    aside: tuple[SteppedAside, ...]
    latest: datetime
    """When the last of the reviews was submitted."""
    example: bool
    """True where a project or a review is the shipped example."""
    named: bool
    """False where reviewers are letters, given in an order that tells nothing of who they are."""
    zone: str = "Asia/Shanghai"
    roster: Roster | None = None
    decisions: tuple[Decision, ...] = ()
    """What was decided on these projects by this rubric and holds."""


@dataclass(frozen=True, slots=True)
class Member:
    """An expert on a panel."""

    name: str
    unit: str
    """工作单位."""
    title: str
    """职称."""
    field: str
    """专业领域."""
    chair: bool = False
    """组长."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What is known to tie an expert to a project; ``kind`` is what a conflict rule looks at."""

    id: str
    person: str
    project_id: str
    kind: str
    note: str
    until: date | None
    """The day on which it ended; None where it goes on, or has no end."""


@dataclass(frozen=True, slots=True)
class StepAside:
    """Who is out on which project (回避), by which rule, and who takes the place."""

    person: str
    project_id: str
    rule: str
    reason: str
    decided_by: str | None
    """None after their name was deleted, as with all names of people who only acted."""
    at: datetime
    replaced_by: str | None
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class PanelRecord:
    """A panel (专家组): its projects, its members in their order, and who stepped aside."""

    id: str
    title: str
    rubric: str | None
    """The id of the rubric that it judges by; None where it was not said."""
    projects: tuple[str, ...]
    members: tuple[Member, ...]
    step_asides: tuple[StepAside, ...]
    held_on: date | None
    place: str | None
    created_at: datetime

    def aside(self, project_id: str) -> frozenset[str]:
        """Return the names of those who are out on a project."""
        return frozenset(one.person for one in self.step_asides if one.project_id == project_id)

    def judges(self, project_id: str) -> tuple[Member, ...]:
        """Return the members who judge a project."""
        aside = self.aside(project_id)
        return tuple(member for member in self.members if member.name not in aside)


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that shows what a record says; ``subject`` is the record, such as ``paper:ID``."""

    id: str
    subject: str
    file: str
    """Relative to the workspace, with forward slashes."""
    name: str
    """What the file was called."""
    kind: str
    """pdf, png, jpg, tif or ofd."""
    size: int
    """Bytes."""
    sha256: str
    attached_by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people read differently off the same paper."""

    field: str
    entered: str
    checked: str


@dataclass(frozen=True, slots=True)
class PaperScore:
    """A score sheet on paper, entered by one person (代录) and checked by another (复核)."""

    id: str
    project_id: str
    expert: str
    rubric: DefinitionRef
    status: Literal["entered", "differs", "confirmed"]
    entered: Mapping[str, str]
    entered_by: str | None
    entered_at: datetime
    checked: Mapping[str, str] | None
    checked_by: str | None
    checked_at: datetime | None
    review_id: str | None
    """The review that it became."""

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Return what the two read differently, by field; nothing before the check."""
        if self.checked is None:
            return ()
        fields = sorted({*self.entered, *self.checked})
        pairs = [(one, self.entered.get(one, ""), self.checked.get(one, "")) for one in fields]
        return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """One item of a formal check as it was found."""

    answer: Literal["yes", "no", "not_applicable"]
    pages: str = ""
    """Where in the papers, such as ``3-5``."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormalCheck:
    """One round of a formal check (形式审查); what was handed in later is looked at in the next."""

    id: str
    project_id: str
    number: int
    checklist: DefinitionRef
    items: Mapping[str, CheckedItem]
    result: Literal["passed", "to_complete", "refused"]
    """通过、补正、不通过."""
    deadline: date | None
    """Until when to complete what is missing (补正期限)."""
    note: str
    checked_by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a project, why, and by whom; the last one holds, all stay."""

    id: str
    project_id: str
    number: int
    panel_id: str | None
    outcome: str
    """An id of the rubric's decisions or recommendations."""
    title: Text
    reasons: str
    decided_on: date
    decided_by: str | None
    body: str
    """The meeting or office that decided, such as 主任办公会."""
    amount: Decimal | None
    """What is granted, in yuan."""
    rubric: DefinitionRef | None
    figures: Mapping[str, str]
    """The official figures as they stood, such as total and rank."""
    recorded_by: str | None
    at: datetime
