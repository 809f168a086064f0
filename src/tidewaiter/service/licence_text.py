"""A licence outcome in plain words: one sentence a ground, each with its citation and date."""

from __future__ import annotations

from typing import Any

from tidewaiter.service.licence_answers import Asked

Row = dict[str, Any]
_PLAIN = {
    "draft": "what the draft rule leaves open",
    "requirement-rows": "what the entry requires for this destination",
}
MOST_NAMES = 4  # names of one open fact shown in a sentence
_ANSWER = {
    "yes": "An individual licence must be applied for, or the export is prohibited, by the rules read here.",
    "no": "By the rules read here, no individual licence has to be applied for. That is not a permission: what was not read is named below.",
    "open": "Open: a fact is missing that decides.",
}
_EFFECT = {
    "prohibited": "is prohibited",
    "licence": "needs a licence",
    "general-authorisation": "is covered by a general authorisation, with its conditions",
    "none": "needs no licence",
}
_STATE = {
    "applies": "applies",
    "may-apply": "would apply if this were known: {facts}",
    "may-be-authorised": "may be granted by the authority",
    "draft": "is not yet encoded with certainty; read it yourself",
}


def question_text(asked: Asked) -> str:
    """Return a question as lines for a terminal: the wording, the answers to choose from, and the name an answer file uses."""
    lines = [asked.text]
    if asked.is_yes_or_no:
        lines[0] += f" [{' / '.join(asked.wordings)}]"
    elif asked.choices:
        for number, (label, wording) in enumerate(zip(asked.choices, asked.wordings, strict=True), 1):
            lines.append(f"  {number}  {wording}" if wording == label else f"  {number}  {wording} ({label})")
    elif asked.units:
        lines[0] += f" [{' / '.join(asked.units)}]"
    lines.append(f"  ({'; '.join(part for part in ('?', asked.fact, ', '.join(asked.settles)) if part)})")
    return "\n".join(lines)


def outcome_text(outcome: Row) -> str:
    """Return the outcome of a licence walk as text for a person.

    Args:
        outcome: The row of `LicenceWalk.outcome`.
    """
    lines = [f"{outcome['goods']}: {outcome['origin']} to {outcome['destination']}, law of {outcome['on']}"]
    lines += [_ANSWER[outcome["required"]], ""]
    if outcome["told"]:
        lines += ["As told, not verified:", *(f"  {fact} = {said}" for fact, said in outcome["told"].items()), ""]
    for answer in outcome["answers"]:
        lines.append(f"{answer['jurisdiction'].upper()}: {answer['required']}")
        if answer["in_every_case"]:
            lines.append(f"  The same in every case of what is not known: {'; '.join(answer['in_every_case'])}.")
        lines += [f"  - {ground_sentence(ground)}" for ground in answer["grounds"]]
        lines += [f"  * {exception_sentence(exception)}" for exception in answer["exceptions"]]
        if not answer["grounds"]:
            lines.append("  No rule read here applies to what was found in the description.")
    if outcome["information"]:
        lines += ["", "Also said by the law read (nothing to apply for):"]
        lines += [f"  - {note['title']}: {note['citation']}." for note in outcome["information"]]
    if outcome["open_facts"]:
        lines += ["", "Open:", *(f"  - {_short(fact)}" for fact in outcome["open_facts"])]
    if outcome["request"]:
        lines += ["", "Draft of a request:", "", outcome["request"]]
    return "\n".join(lines) + "\n"


def _short(fact: str) -> str:
    """Return an open fact in few words: its name, of a long list of entries or kinds the first ones."""
    if fact in _PLAIN:
        return _PLAIN[fact]
    first, *rest = fact.split(",")
    return (
        ",".join([first, *rest])
        if len(rest) < MOST_NAMES
        else f"{','.join([first, *rest[:2]])} and {len(rest) - 2} more"
    )


def ground_sentence(ground: Row) -> str:
    """Return one ground as a sentence with its citation, date and authority."""
    what = _EFFECT.get(ground["effect"], ground["effect"])
    entry = f"{ground['entry']} " if ground["entry"] else "The item "
    sure = (
        ""
        if ground["applies"] == "yes"
        else f", if {' and '.join(map(_short, ground['open_facts'])) or 'an open fact'} is settled that way"
    )
    reasons = f" ({', '.join(ground['reasons'])})" if ground["reasons"] else ""
    since = f", in force since {ground['in_force_from']}" if ground["in_force_from"] else ""
    text = f"{entry}{what}{reasons}{sure}: {ground['citation']}{since}, text of {ground['date'] or 'no stated date'}."
    if ground["status"] == "draft":
        text += " This rule is a draft; ask the authority."
    return f"{text} Authority: {ground['authority']}." if ground["authority"] else text


def exception_sentence(exception: Row) -> str:
    """Return one exception as a sentence with its state, conditions and citation."""
    state = str(_STATE.get(exception["state"], exception["state"])).format(
        facts=", ".join(map(_short, exception["open_facts"]))
    )
    conditions = f" Conditions: {'; '.join(exception['conditions'])}." if exception["conditions"] else ""
    return f"{exception['id']}, {exception['title']}: {state}.{conditions} {exception['citation']}".rstrip()
