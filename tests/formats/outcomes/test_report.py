"""The HTML report."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tidewaiter.formats.outcomes import HtmlReportWriter, RunInfo
from tidewaiter.formats.outcomes.view import bars, path_label, safe_url
from tidewaiter.model import Contribution, Declaration, Evidence, GoodsLine, Party, Problem, Screening, Source

from .samples import night_vision, ordinary, party, plates, samples, vague

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}\u202egnp.exe"


class Page(HTMLParser):
    """The text, tags and marks of a page; fails on tags that do not nest."""

    INLINE = frozenset(("mark", "bdi", "span", "strong", "code", "a", "em"))
    VOID = frozenset(("meta", "br", "img", "link", "hr", "input"))

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marks: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._stack: list[str] = []
        self.words: list[str] = []
        self.feed(source)
        self.close()
        assert not self._stack

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._space(tag)
        values = dict(attrs)
        assert not [name for name in values if name.startswith("on")]
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        if tag == "mark":
            self.marks.append("")
        if tag not in self.VOID:
            self._stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._stack.pop() == tag
        self._space(tag)

    def _space(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if "style" in self._stack:
            return
        self.words.append(data)
        if "mark" in self._stack:
            self.marks[-1] += data


def report(path: Path, screenings: list[Screening], **options: int) -> str:
    with HtmlReportWriter(path, run=RunInfo(full_results="results.jsonl"), **options) as writer:
        for item in screenings:
            writer.write(item)
    return path.read_text(encoding="utf-8")


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(report(tmp_path / "r.html", samples()))


def test_the_page_needs_no_network_and_no_script(tmp_path: Path) -> None:
    source = report(tmp_path / "r.html", samples())
    page = Page(source)
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert "@import" not in source
    assert "url(" not in source
    assert "default-src 'none'" in source


def test_every_link_inside_the_page_has_a_target_and_every_id_is_unique(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_holds_come_first_then_reviews_each_in_the_order_they_came(tmp_path: Path) -> None:
    source = report(tmp_path / "r.html", samples())
    order = re.findall(r'<h3 id="item-\d+-t" class="mono"><bdi>(\w+)</bdi>', source)
    assert order == [item.id for item in (plates(), party(), vague(), night_vision())]


def test_matched_words_are_marked_and_overlapping_spans_merged(page: Page) -> None:
    assert {"Бронежилет", "бронеплиты", "Level IV", "夜视仪", "PVS-14 housing", "المثال"} == set(page.marks) - {
        "onderdelen"
    }


def test_the_page_says_the_date_the_ground_and_that_an_encoding_is_a_draft(page: Page) -> None:
    for words in (
        "2026-09-14: the law and the lists were read as they stood on this day",
        "us-ccl/1A613.d.1",
        "15 CFR part 774, Supplement No. 1, ECCN 1A613",
        "2014-07-01",
        "2026-08-20, read on 2026-08-21",
        "DRAFT ENCODING",
        "Draft encoding: no second reader has checked it",
        "+0.620",
        "−0.040",
        "0.920",
        "excluded: plates above level III are named by 1A613",
        "该设备是否装有像增强管",
        "Does the device contain an image intensifier tube?",
        "If the plates were rated IIA and not IV",
        "the snapshot is 12 days old and the limit is 7",
        "sha256:5f1c0aa1b2c3d4e5f60718293a4b5c6d7e8f97a0d1e5c9b1f4e55a8a6b0d8e2f",
        "Nothing found in what was checked",
        "Hold it",
        "Look at it",
    ):
        assert words in page.text, words
    assert "Есть ли" not in page.text


def test_no_outcome_claims_to_be_clear_or_legal(page: Page) -> None:
    assert not re.findall(r"\bclear(?:ed|ance)?\b", page.text, re.IGNORECASE)
    assert set(re.findall(r"\blegal\b \w+", page.text, re.IGNORECASE)) <= {"Legal date", "legal date"}


def test_only_a_web_address_becomes_a_link(page: Page) -> None:
    outside = [link for link in page.links if not link.startswith("#")]
    assert outside
    assert all(link.startswith("https://") for link in outside)
    basis = party().findings[0].legal_basis[0]
    for url in ("javascript:alert(1)", "http:///x", "data:text/html,x", "//x", "https://[", ""):
        assert safe_url(replace(basis, url=url)) == ""


def hostile() -> Screening:
    base = plates()
    finding = base.findings[1]
    text = HOSTILE
    return Screening(
        id=text,
        outcome="hold",
        findings=(
            replace(
                finding,
                code=text,
                message=text,
                evidence=(Evidence("lines[0].description", text, 0, 8, text, text), Evidence(text, text, 5, 900)),
                contributions=(Contribution(text, 920, text, text, text, text, text),),
                legal_basis=tuple(
                    replace(basis, summary=text, citation=text, url=f"https://x/{text}", jurisdiction=text, effect=text)
                    for basis in finding.legal_basis
                ),
                details=((text, text),),
                pack=text,
            ),
        ),
        questions=tuple(
            replace(item, texts=((text, text),), language=text, settles=(text,), why=text)
            for item in night_vision().questions
        ),
        counterfactuals=tuple(replace(item, sentence=text) for item in base.counterfactuals),
        coverage=base.coverage,
        versions=base.versions,
        problems=(Problem(text, text, "error", text, 1, text, text, text, text),),
        declaration=Declaration(
            text,
            (GoodsLine(text, text, currency=text, origin=text),),
            consignor=Party(text, text),
            extra=((text, text),),
        ),
    )


def test_hostile_text_stays_text_everywhere(tmp_path: Path) -> None:
    run = RunInfo(title=HOSTILE, command=HOSTILE, files=(HOSTILE,), full_results=HOSTILE)
    with HtmlReportWriter(tmp_path / "r.html", run=run, problem_cap=1) as writer:
        writer.write(hostile())
        writer.write(replace(hostile(), outcome="no-finding", findings=(), questions=()))
        writer.write_rejected(HOSTILE, hostile().problems, HOSTILE)
        writer.write_rejected(HOSTILE, ())
        writer.write_problems(hostile().problems)
    source = (tmp_path / "r.html").read_text(encoding="utf-8")
    page = Page(source)
    assert not {"script", "img"} & set(page.tags)
    assert "{{ 7*7 }}" in page.text
    assert "U+202E" in page.text
    assert "\u202e" not in source


def test_a_cap_keeps_the_gravest_and_says_what_is_left_out(tmp_path: Path) -> None:
    many = [vague()] * 5 + [plates()] * 3 + [ordinary(number) for number in range(7)]
    source = report(tmp_path / "r.html", many, detail_cap=4, ordinary_cap=2)
    text = Page(source).text
    assert source.count("<article") == 4
    assert source.count('<article class="hold"') == 3
    assert (
        "4 of 8 are shown, the gravest first; 4 are left out of this report. All of them are in results.jsonl." in text
    )
    assert "5 more are not listed; all are in results.jsonl." in text
    assert "15 declarations in, 15 screened" in text


def test_memory_is_bounded_by_the_cap(tmp_path: Path) -> None:
    with HtmlReportWriter(tmp_path / "r.html", detail_cap=3, ordinary_cap=2, problem_cap=2) as writer:
        for number in range(50):
            writer.write(ordinary(number))
            writer.write(vague())
            writer.write_rejected(str(number), vague().problems)
        assert sum(map(len, writer._kept)) == 3
        assert (len(writer._ordinary), len(writer._rejected), len(writer._problems)) == (2, 2, 2)


def test_rejected_rows_are_located_and_counted_apart_from_what_was_screened(tmp_path: Path) -> None:
    problem = Problem(
        "format.no-id", "the row has no identifier", "error", "s.csv", 61, "id", hint="write an S10 identifier"
    )
    with HtmlReportWriter(tmp_path / "r.html") as writer:
        writer.write(ordinary())
        writer.write_rejected("", [problem], Source("s.csv", 61))
        writer.write_rejected("B", [problem])
    text = Page((tmp_path / "r.html").read_text(encoding="utf-8")).text
    assert "3 declarations in, 1 screened, 2 not screened" in text
    assert "s.csv:61 no identifier id: the row has no identifier; write an S10 identifier" in text
    assert "s.csv:61 B" in text


def test_an_empty_run_is_a_page_too(tmp_path: Path) -> None:
    text = Page(report(tmp_path / "r.html", [])).text
    assert "No postal item has a finding or a question" in text
    assert "0 declarations in, 0 screened" in text


def test_a_screening_without_declaration_or_versions_is_shown(tmp_path: Path) -> None:
    bare = Screening("X", "review", plates().findings)
    text = Page(report(tmp_path / "r.html", [bare])).text
    assert "The declaration was not kept with this screening." in text
    assert "Nothing is recorded as checked." in text


def test_a_score_that_does_not_add_up_is_called_a_defect(tmp_path: Path) -> None:
    wrong = replace(plates().findings[1], score=999)
    text = Page(report(tmp_path / "r.html", [replace(plates(), findings=(wrong,))])).text
    assert "These terms add up to 0.920, not to the score." in text


def test_the_bars_are_a_waterfall_that_ends_at_the_score() -> None:
    made, start, width = bars(night_vision().findings[0])
    assert [(bar.start, bar.width, bar.negative) for bar in made] == [(0, 54, False), (54, 30, False), (63, 21, True)]
    assert (start, width) == (0, 63)


def test_bars_below_nothing_stay_on_the_scale() -> None:
    terms = (Contribution("a", -500), Contribution("b", 1500))
    made, start, width = bars(replace(plates().findings[0], contributions=terms, score=1000))
    assert all(bar.start >= 0 and bar.start + bar.width <= 100.01 for bar in made)
    assert (start, width) == (33.33, 66.67)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("lines[0].description", "Line 1, description"),
        ("lines[11].hs", "Line 12, HS code"),
        ("consignee.name", "Consignee, name"),
        ("gross_mass_g", "gross mass g"),
        ("lines[x].hs", "lines[x], HS code"),
        ("", ""),
    ],
)
def test_a_path_reads_as_a_person_would_say_it(path: str, label: str) -> None:
    assert path_label(path) == label


@pytest.mark.parametrize(
    ("ink", "paper"),
    [("ink", "paper"), ("soft", "paper"), ("soft", "wash"), ("soft", "question-wash"), ("link", "paper"), ("hold", "paper"),
     ("paper", "hold"), ("review", "review-wash"), ("question", "question-wash"), ("plain", "wash"), ("ink", "mark")],
)  # fmt: skip
def test_every_pair_of_colours_has_the_contrast_of_wcag_aa(ink: str, paper: str) -> None:
    import tidewaiter.formats.outcomes as package

    css = (Path(package.__file__).parent / "templates" / "report.css").read_text()
    colours = dict(re.findall(r"--([\w-]+): #(\w{3,6})[;\s]", css))

    def luminance(name: str) -> float:
        code = colours[name] if len(colours[name]) == 6 else "".join(letter * 2 for letter in colours[name])
        parts = [int(code[index : index + 2], 16) / 255 for index in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(ink), luminance(paper)))
    assert (high + 0.05) / (low + 0.05) >= 4.5
