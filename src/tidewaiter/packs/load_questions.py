"""Read the questions to a sender and the wording of closed answers, from as many files as a policy pack likes.

A fact is asked in one way: asked in two files (or once as `quantity` and once as `fact:quantity`) it is a problem with both places.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tidewaiter.packs.reader import Fields
from tidewaiter.packs.wording import bare_name

Texts = dict[str, str]


@dataclass
class QuestionTables:
    """Everything worded so far: questions by fact, answers by fact and label, and where each fact is asked."""

    questions: dict[str, Texts] = field(default_factory=dict)
    answers: dict[str, dict[str, Texts]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def is_new(self, table: str, fact: str, fields: Fields) -> bool:
        """Return whether a fact stands in a table for the first time, and report it where it does not."""
        name = f"{table} {bare_name(fact)}"
        source = f"{fields.file}:{fields.line(fact)}"
        if name in self._seen:
            fields.problem(f"{table} {fact!r} is worded twice", fact, hint=f"first in {self._seen[name]}")
            return False
        self._seen[name] = source
        return True


def read_questions(fields: Fields, tables: QuestionTables) -> None:
    """Read one file: `questions` is fact → language → wording, `answers` fact → label → language → wording.

    Args:
        fields: The file.
        tables: What the files before said; added to.
    """
    group = fields.sub("questions")
    for fact in group.node if group is not None else ():
        sub = group.sub(fact) if group is not None else None
        if sub is not None and group is not None and tables.is_new("question", fact, group):
            tables.questions[fact] = _texts(sub)
            tables.sources[fact] = f"{fields.file}:{group.line(fact)}"
    group = fields.sub("answers")
    for fact in group.node if group is not None else ():
        sub = group.sub(fact) if group is not None else None
        if sub is not None and group is not None and tables.is_new("answers", fact, group):
            tables.answers[fact] = {label: _texts(texts) for label in sub.node if (texts := sub.sub(label)) is not None}
            tables.sources[f"answers.{fact}"] = f"{fields.file}:{group.line(fact)}"
    fields.taken |= {"title", "summary", "status", "note"}
    fields.done()


def _texts(sub: Fields) -> Texts:
    return {language: sub.text(language) for language in sub.node}
