"""Who says it: before, after, around; through an outlet; in quotations; in the sentences that follow."""

from __future__ import annotations

import pytest

from tests.claims.readers_who import said, speakers_of

ONE = [
    ("en", "Police said that two vests were found.", "vests", "Police"),
    ("en", "Two vests were found, the FSB said on Tuesday.", "vests", "the FSB"),
    ("en", "Two vests, according to customs officers, were found.", "vests", "customs officers"),
    (
        "en",
        "Ruslan Shapiev, CEO of defense contractor RUSARM, believes that spies did it.",
        "spies",
        "Ruslan Shapiev, CEO of defense contractor RUSARM",
    ),
    ("ru", "По данным ФСБ, найдены два жилета.", "жилета", "ФСБ"),
    ("ru", "Найдены два жилета, сообщили в ФСБ.", "жилета", "ФСБ"),
    ("ru", "Следователи считают, что жилеты купили.", "жилеты", "Следователи"),
    ("uk", "За даними СБУ, знайдено два жилети.", "жилети", "СБУ"),
    ("uk", "Знайдено два жилети, повідомили в СБУ.", "жилети", "СБУ"),
    ("de", "Laut Staatsanwaltschaft wurden zwei Westen gefunden.", "Westen", "Staatsanwaltschaft"),
    ("de", "Zwei Westen wurden gefunden, teilte der Zoll mit.", "Westen", "der Zoll"),
    ("de", "Der Zoll erklärte, dass zwei Westen gefunden wurden.", "Westen", "Der Zoll"),
    ("fr", "Selon la douane, deux gilets ont été trouvés.", "gilets", "la douane"),
    ("fr", "Le parquet a déclaré que deux gilets avaient été trouvés.", "gilets", "Le parquet"),
    ("it", "Secondo la Guardia di Finanza, due giubbotti sono stati trovati.", "giubbotti", "la Guardia di Finanza"),
    ("it", "Due giubbotti sono stati trovati, ha detto la procura.", "giubbotti", "la procura"),
    ("es", "Según la Guardia Civil, se hallaron dos chalecos.", "chalecos", "la Guardia Civil"),
    ("es", "La Fiscalía dijo que se hallaron dos chalecos.", "chalecos", "La Fiscalía"),
]
THROUGH = [
    (
        "en",
        "Two vests were found, Izvestia reported, citing a law-enforcement source.",
        "vests",
        ["izvestia", "izvestia/anonymous"],
    ),
    (
        "en",
        "A law-enforcement source told Izvestia that two vests were found.",
        "vests",
        ["izvestia", "izvestia/anonymous"],
    ),
    (
        "ru",
        "Найдены два жилета, сообщает «Известия» со ссылкой на источник в правоохранительных органах.",
        "жилета",
        ["izvestia", "izvestia/anonymous"],
    ),
    ("ru", "Источник рассказал ТАСС, что нашли два жилета.", "жилета", ["tass", "tass/anonymous"]),
    ("uk", "Знайдено два жилети, повідомляє Укрінформ із посиланням на СБУ.", "жилети", ["ukrinform", "sbu"]),
    (
        "de",
        "Zwei Westen wurden gefunden, berichtet die Süddeutsche Zeitung unter Berufung auf die Polizei.",
        "Westen",
        ["sueddeutsche", "police"],
    ),
    ("fr", "Deux gilets ont été trouvés, rapporte l'AFP, citant la douane.", "gilets", ["afp", "customs"]),
    (
        "it",
        "Due giubbotti sono stati trovati, riferisce l'ANSA citando la procura.",
        "giubbotti",
        ["ansa", "prosecutor"],
    ),
    ("es", "Se hallaron dos chalecos, informó EFE citando a la Guardia Civil.", "chalecos", ["efe", "guardia-civil"]),
]
QUOTED = [
    ("en", "“We found two old vests,” said Juan García.", "vests", "Juan García"),
    ("ru", "«Мы нашли два старых жилета», — сообщил следователь Иван Петров.", "жилета", "следователь Иван Петров"),
    ("uk", "«Ми знайшли два старі жилети», — сказала речниця Олена Коваль.", "жилети", "речниця Олена Коваль"),
    ("de", "„Wir fanden zwei alte Westen“, sagte Peter Müller.", "Westen", "Peter Müller"),
    ("fr", "« Nous avons trouvé deux vieux gilets », a déclaré Jean Dupont.", "gilets", "Jean Dupont"),
    ("it", "«Abbiamo trovato due vecchi giubbotti», ha detto Marco Rossi.", "giubbotti", "Marco Rossi"),
    ("es", "«Hallamos dos viejos chalecos», dijo Juan García.", "chalecos", "Juan García"),
]


@pytest.mark.parametrize(("language", "text", "part", "speaker"), ONE)
def test_reported_speech_has_its_speaker(language: str, text: str, part: str, speaker: str) -> None:
    assert said(text, language, part) == [speaker]


@pytest.mark.parametrize(("language", "text", "part", "keys"), THROUGH)
def test_an_outlet_and_its_source_are_a_chain(language: str, text: str, part: str, keys: list[str]) -> None:
    assert [speaker.key for speaker in speakers_of(text, language, part)] == keys


@pytest.mark.parametrize(("language", "text", "part", "speaker"), QUOTED)
def test_a_quotation_belongs_to_who_speaks_beside_it(language: str, text: str, part: str, speaker: str) -> None:
    assert said(text, language, part) == [speaker]


def test_what_nobody_is_said_to_say_is_the_outlets_own() -> None:
    assert said("Two vests were found in Moscow.", "en", "vests") == []


def test_a_chain_goes_on_in_its_paragraph_and_not_over_it() -> None:
    text = "Two vests were found, the FSB said. The parcel was opened.\n\nThe trial begins soon."
    assert said(text, "en", "parcel") == ["the FSB"]
    assert said(text, "en", "trial") == []


def test_the_outlets_own_voice_ends_a_chain() -> None:
    text = "Two vests were found, the FSB said. The claims have not been verified. The parcel was opened."
    assert said(text, "en", "claims") == []
    assert said(text, "en", "parcel") == []


def test_a_suspects_word_does_not_go_on() -> None:
    assert said("The student claimed that he bought it. The court fined him.", "en", "fined") == []


def test_a_german_subjunctive_goes_on_over_a_paragraph() -> None:
    text = "Zwei Westen wurden gefunden, teilte der Zoll mit.\n\nDas Paket sei geöffnet worden."
    assert said(text, "de", "Paket") == ["der Zoll"]


def test_the_newspaper_is_the_outlet_named_before() -> None:
    text = "Two vests were found, Izvestia reported.\n\nThe parcel was opened, the newspaper wrote."
    assert [speaker.key for speaker in speakers_of(text, "en", "parcel")] == ["izvestia"]


def test_a_source_of_an_outlet_stays_that_outlets() -> None:
    text = "Two vests were found, Izvestia reported, citing a source.\n\nThe parcel was opened, the source said."
    assert [speaker.key for speaker in speakers_of(text, "en", "parcel")] == ["izvestia", "izvestia/anonymous"]


def test_what_is_told_afterwards_is_given_back() -> None:
    text = "Мужчина отправил два жилета. Об этом сообщили в ФСБ."
    assert said(text, "ru", "жилета") == ["ФСБ"]


def test_a_quotation_of_several_sentences_is_one_speakers() -> None:
    text = "“We found two old vests. The parcel was opened,” said Juan García."
    assert said(text, "en", "vests") == ["Juan García"]
    assert said(text, "en", "parcel") == ["Juan García"]


def test_a_quotation_in_a_quotation_has_both_speakers() -> None:
    text = "“My customer told me that it was a lamp,” said Juan García."
    assert said(text, "en", "lamp") == ["Juan García", "customer"]


def test_media_without_a_name_have_no_key() -> None:
    (speaker,) = speakers_of("Two vests were found, local media reported.", "en", "vests")
    assert (speaker.type, speaker.key, speaker.reliability) == ("outlet", "", "F")


def test_the_outlet_itself_is_no_link_of_the_chain() -> None:
    assert said("Izvestia reported that two vests were found.", "en", "vests", "Izvestia") == []


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Two vests were found, Izvestia reported, citing an unnamed official.", ["C", "C"]),
        ("Two vests were found, Reuters reported, citing a source.", ["B", "C"]),
        ("Two vests were found, a source said.", ["F"]),
        ("Two vests were found, the court said.", ["A"]),
        ("The student said that two vests were found.", ["F"]),
    ],
)
def test_letters_follow_the_stated_rules(text: str, letters: list[str]) -> None:
    assert [speaker.reliability for speaker in speakers_of(text, "en", "vests")] == letters


def test_hostile_text_is_bounded() -> None:
    assert said("said " * 5_000 + "vests", "en", "vests") == []
    assert said("“" * 3_000 + "vests" + "”" * 10, "en", "vests") == []
