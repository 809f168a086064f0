"""Train the three light models from the shared labelled data and the packs.

What each learns from:

- *concern*: supply names with their control label and those written for the packs, as one register; officers' phrases for
  licensed goods, declared descriptions (ordinary), the names in the packs and our own wording of the list entries, as
  another; with the signals of the engine.
- *vague*: wordings composed of words that say nothing, ordinary goods and names of concepts in nine languages, and a little of
  the declared descriptions that officers coded or found too vague; with the signals of vagueness.
- *codes*: ordinary goods of the packs, brand phrases, the official nomenclature, then coded descriptions.

Everything is deterministic: same data and packs, same weights.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from tidewaiter.model import GoodsLine
from tidewaiter.packs.nomenclature import read_nomenclature
from tidewaiter.screen.goods.learned import Concern, Learned, LinearModel, NearestWordings, Opinion, register_signals
from tidewaiter.screen.goods.signals import vagueness_signals
from tidewaiter.screen.pipeline import Screener
from tidewaiter.service.classify import Classifier
from tidewaiter.service.learning import data
from tidewaiter.service.learning.code_fitting import CodeLearner
from tidewaiter.service.learning.data import Labelled
from tidewaiter.service.learning.fitting import Signals, fit_linear, fit_wordings
from tidewaiter.service.learning.supply import authored_supply_names
from tidewaiter.service.locations import packs_folder
from tidewaiter.text.hashing import hash_texts

SEED = 20261124
OFFICIAL_WEIGHT = 0.5  # the nomenclature's own wording is not how people declare
CODED_WEIGHT = 1.6
AUTHORED_WEIGHT = 0.3
PHRASE_WEIGHT = 1.0
ORDINARY_SAMPLE = 12000
VAGUE_STRENGTH = 2.0
OFFICER_WEIGHT = 0.15
COMPOSED = 9000
ITSELF = 0.9  # likeness from which a wording is taken for the one the text was made of
SUPPLY_STRENGTH = 12.0
DECLARED_STRENGTH = 20.0
REGISTER_STRENGTH = 8.0
OWN_LABEL = 0.6  # of a supply name's own label against that of its class
TERM_WEIGHT = 0.075
FOREIGN_WEIGHT = (
    0.15  # other languages are taught by ordinary goods and names alone; more of these costs English and them too
)
PRIOR_SHIFT = 3.0  # log odds
SUPPLY_SHIFT = 2.0
TERM_CONCERN = 0.4
ENTRY_WEIGHT = 0.15
NOT_OF_CONCERN = frozenset({"us-chpl"})  # codes of mostly ordinary goods


@dataclass
class Sample:
    """Texts with what is known of each, for one model."""

    texts: list[str] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    signals: list[Signals] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)

    def add(
        self, text: str, label: int, signals: Signals, weight: float, group: str, source: str, supply_class: str = ""
    ) -> None:
        """Add one text. Labels within a supply class are noisy, so the class, where it is given, has a say (`fit`)."""
        self.texts.append(text)
        self.labels.append(label)
        self.signals.append(signals)
        self.weights.append(weight)
        self.groups.append(group)
        self.sources.append(source)
        self.classes.append(supply_class)

    def part(self, chosen: Sequence[int]) -> Sample:
        """Return the chosen rows."""
        return Sample(*([column[i] for i in chosen] for column in self._columns()))  # type: ignore[arg-type]

    def _columns(self) -> tuple[list[object], ...]:
        return (self.texts, self.labels, self.signals, self.weights, self.groups, self.sources, self.classes)  # type: ignore[return-value]

    def fit(self, strength: float) -> LinearModel:
        """Fit a logistic model on all rows; a row with a supply class counts partly as what its class mostly is."""
        shares = _class_shares(self.classes, self.labels)
        targets = [
            label if not name else OWN_LABEL * label + (1 - OWN_LABEL) * shares[name]
            for label, name in zip(self.labels, self.classes, strict=True)
        ]
        return fit_linear(self.texts, targets, self.signals, self.weights, strength)


def _class_shares(classes: Sequence[str], labels: Sequence[int]) -> dict[str, float]:
    """Return the share of controlled rows by supply class, drawn towards that of its group where there are few."""
    counts: dict[str, list[int]] = {}
    for name, label in zip(classes, labels, strict=True):
        for key in {"", name[:2], name} if name else ():
            known = counts.setdefault(key, [0, 0])
            known[0] += label
            known[1] += 1
    overall = counts[""][0] / counts[""][1] if counts else 0.0
    found = {}
    for name in {name for name in classes if name}:
        group = counts[name[:2]]
        drawn = (group[0] + 2 * overall) / (group[1] + 2)
        found[name] = (counts[name][0] + 4 * drawn) / (counts[name][1] + 4)
    return found


def engine_signals(classifier: Classifier, text: str) -> Signals:
    """Return the signals of the engine for a description."""
    return classifier.signals(classifier.read(GoodsLine(text), None))


@cache
def _ordinary() -> tuple[tuple[str, str, str], ...]:
    goods, _ = read_nomenclature(packs_folder())
    return tuple((phrase, row.language, row.hs6) for row in goods for phrase in row.phrases)


def ordinary_phrases(limit: int, seed: int = SEED) -> list[tuple[str, str, str]]:
    """Return (phrase, language, HS6) of ordinary goods in the packs, a reproducible sample of at most `limit`."""
    rows = list(_ordinary())
    if len(rows) > limit:
        rows = random.Random(seed).sample(rows, limit)
    return rows


def supply_sample(classifier: Classifier, folder: Path) -> Sample:
    """Return what the model of supply names learns from."""
    sample = Sample()
    for row in data.supply_names(folder):
        sample.add(
            row.text, row.label != "none", engine_signals(classifier, row.text), 1.0, row.group, "supply", row.more
        )
    for name, supply_class, controlled in authored_supply_names():
        signals = engine_signals(classifier, name)
        sample.add(name, int(controlled), signals, AUTHORED_WEIGHT, "", "authored", supply_class)
    return sample


def declared_sample(classifier: Classifier, folder: Path) -> Sample:
    """Return what the model of declared descriptions learns from: text that people wrote, and the names in the packs.

    A name of a concept teaches in its own language what the engine makes of it: of concern where it meets an entry or is
    likely to, ordinary where no entry is raised; what lies between teaches nothing.
    """
    sample = Sample()
    for row in data.licensing_phrases(folder):
        sample.add(row.text, 1, engine_signals(classifier, row.text), PHRASE_WEIGHT, row.group, "phrase")
    for row in data.coded_parcels(folder) + data.vague_parcels(folder):
        sample.add(row.text, 0, engine_signals(classifier, row.text), 1.0, row.group, "parcel")
    for phrase, language, _ in ordinary_phrases(ORDINARY_SAMPLE):
        sample.add(phrase, 0, {}, TERM_WEIGHT if language == "en" else FOREIGN_WEIGHT, "", "ordinary")
    for concept in classifier.screener.packs.concepts.values():
        for language, terms in concept.strong.items():
            for term in terms:
                signals = engine_signals(classifier, term)
                worth = signals.get("candidate", 0.0)
                if worth == 0.0 or worth >= TERM_CONCERN:
                    weight = TERM_WEIGHT if language == "en" else FOREIGN_WEIGHT / 2
                    sample.add(term, int(worth > 0), {}, weight, "", "term")
    for entry in classifier.screener.packs.entries:
        if entry.list not in NOT_OF_CONCERN:
            sample.add(entry.title, 1, {}, ENTRY_WEIGHT, "", "entry")
            for sentence in (entry.summary, *(paragraph.summary for paragraph in entry.paragraphs)):
                for part in re.split(r"[;,.:]|\band\b", sentence):
                    if len(part.split()) >= 2:
                        sample.add(part.strip(), 1, {}, ENTRY_WEIGHT, "", "entry")
    return sample


def fit_concern(supply: Sample, declared: Sample) -> Concern:
    """Fit the models of concern. Among declared goods far fewer are of concern than in what is learned from: the log odds
    are lowered by that, so that one half means one half in ordinary mail that somebody already finds odd."""
    worded = declared.fit(DECLARED_STRENGTH)
    lowered = replace(worded, bias=worded.bias - PRIOR_SHIFT)
    named = supply.fit(SUPPLY_STRENGTH)
    return Concern(fit_register(supply, declared), replace(named, bias=named.bias - SUPPLY_SHIFT), lowered)


def fit_register(supply: Sample, declared: Sample) -> LinearModel:
    """Fit the model that tells supply names from declared descriptions, whatever the goods are."""
    texts = [*supply.texts, *declared.texts]
    labels = [1] * len(supply.texts) + [0] * len(declared.texts)
    signals = [register_signals(text) for text in texts]
    return fit_linear(texts, labels, signals, [1.0] * len(texts), REGISTER_STRENGTH)


@cache
def _base_wordings(folder: Path) -> tuple[list[tuple[str, str, float]], CodeLearner]:
    """Return the wordings whose codes are known apart from any parcel, and what was learned from them."""
    rows = [(phrase, code, 1.0) for phrase, _, code in ordinary_phrases(1 << 30)]
    rows += [(row.text, row.label, 1.0) for row in data.branded_goods(folder)]
    rows += [(row.text, row.label, OFFICIAL_WEIGHT) for row in data.nomenclature(folder)]
    # of the parcels only which codes there are
    names = sorted({code for _, code, _ in rows} | {row.label for row in data.coded_parcels(folder)})
    return rows, CodeLearner([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], names)


def code_wordings(folder: Path, parcels: Sequence[Labelled]) -> NearestWordings:
    """Return the table of known wordings.

    Args:
        folder: the shared data.
        parcels: coded descriptions to learn from.
    """
    rows, learner = _base_wordings(folder)
    said = [(row.text, row.label, CODED_WEIGHT) for row in parcels]
    model = learner.with_parcels([r[0] for r in said], [r[1] for r in said])
    rows = rows + said
    return fit_wordings([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], learner.names, model)


def only_codes(wordings: NearestWordings) -> Learned:
    """Return models that know codes and nothing else."""
    empty = LinearModel(wordings.rarity * 0, wordings.rarity, 0.0, {})
    return Learned("", Concern(empty, empty, empty), empty, wordings)


def vague_sample(classifier: Classifier, folder: Path, wordings: NearestWordings) -> Sample:
    """Return what the vagueness model learns from.

    Officers' labels are English and noisy and count little. What is vague in nine languages is composed of the words of the
    description pack; what is plain are ordinary goods and names of concepts, with quantities and fillers around them.
    """
    sample = Sample()
    for row in data.coded_parcels(folder):
        sample.add(row.text, 0, {}, OFFICER_WEIGHT, row.group, "parcel")
    for row in data.vague_parcels(folder):
        sample.add(row.text, 1, {}, OFFICER_WEIGHT / 2, row.group, "parcel")
    chance = random.Random(SEED)
    for text in composed_vague(classifier.screener, chance, COMPOSED):
        sample.add(text, 1, {}, 1.0, "", "composed")
    for text in composed_plain(classifier.screener, chance, COMPOSED):
        sample.add(text, 0, {}, 1.0, "", "ordinary")
    sample.signals = [
        vague_signals(classifier, text, wordings, itself=source != "ordinary")
        for text, source in zip(sample.texts, sample.sources, strict=True)
    ]
    return sample


def composed_vague(screener: Screener, chance: random.Random, count: int) -> list[str]:
    """Return wordings made of one to three words that say nothing, all of one language, some with a number or a code."""
    rules = screener.packs.description
    if rules is None:
        return []
    by_language: dict[str, list[str]] = {}
    filler: dict[str, list[str]] = {}
    for kind, words in rules.words.items():
        for language, texts in words.items():
            (filler if kind == "filler" else by_language).setdefault(language, []).extend(texts)
    brands = rules.words.get("brand-only", {}).get("en", ())
    languages = sorted(by_language)
    found = []
    for number in range(count):
        language = languages[number % len(languages)]
        said = [chance.choice(by_language[language])]
        if chance.random() < 0.35:
            said.append(chance.choice(by_language[language]))
        if chance.random() < 0.35 and filler.get(language):
            said.insert(chance.randrange(len(said) + 1), chance.choice(filler[language]))
        if chance.random() < 0.1 and brands:
            said.insert(0, chance.choice(list(brands)))
        found.append(_with_noise("" if language == "zh" else " ", said, chance))
    return found


def composed_plain(screener: Screener, chance: random.Random, count: int) -> list[str]:
    """Return ordinary goods and names of concepts in nine languages, some with a quantity, a size or a filler around."""
    rules = screener.packs.description
    filler = rules.words.get("filler", {}) if rules is not None else {}
    rows = [(phrase, language) for phrase, language, _ in ordinary_phrases(1 << 30)]
    rows += [(t, lang) for c in screener.packs.concepts.values() for lang, ts in c.strong.items() for t in ts]
    by_language: dict[str, list[str]] = {}
    for phrase, language in rows:
        by_language.setdefault(language, []).append(phrase)
    languages = sorted(by_language)
    found = []
    for number in range(count):
        language = languages[number % len(languages)]
        said = [chance.choice(by_language[language])]
        if chance.random() < 0.2 and filler.get(language):
            said.insert(chance.randrange(2), chance.choice(list(filler[language])))
        found.append(_with_noise("" if language == "zh" else " ", said, chance))
    return found


def _with_noise(blank: str, said: list[str], chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.12:
        said.append(str(chance.randint(1, 500)))
    elif draw < 0.2:
        said.insert(0, f"{chance.randint(1, 12)}x")
    elif draw < 0.26:
        said.append(f"{chance.choice('ABDKMRSTX')}{chance.randint(2, 999)}")
    elif draw < 0.32:
        said.append(f"{chance.choice((50, 100, 250, 500))}{chance.choice(('ml', 'g', 'cm', 'mm'))}")
    text = blank.join(said)
    return text[:30] if chance.random() < 0.1 else text


def vague_signals(classifier: Classifier, text: str, wordings: NearestWordings, itself: bool) -> Signals:
    """Return the signals of vagueness; without `itself` the nearest wordings leave out those that the text was made of."""
    hashed = hash_texts([text])
    codes, nearest = wordings.rank_one(hashed.features, leave_out=0.0 if itself else ITSELF)
    read = classifier.read(GoodsLine(text), None)
    return vagueness_signals(text, read.result, read.defect, Opinion((), 0.0, codes, nearest))


def train(classifier: Classifier, folder: Path, version: str) -> Learned:
    """Train every model on all of the data."""
    concern = fit_concern(supply_sample(classifier, folder), declared_sample(classifier, folder))
    parcels = data.coded_parcels(folder)
    # vagueness learns with a table that does not hold the very descriptions it learns from
    vague = vague_sample(classifier, folder, code_wordings(folder, ())).fit(VAGUE_STRENGTH)
    return Learned(version, concern, vague, code_wordings(folder, parcels))
