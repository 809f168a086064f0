"""Five screenings built by hand, rich enough to show everything a writer must show.

The people, addresses and list identifiers are invented; the legal citations serve as examples of form, not of law.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tidewaiter.model import (
    Checked,
    Contribution,
    Counterfactual,
    Coverage,
    Declaration,
    Document,
    Evidence,
    Finding,
    GoodsLine,
    LegalBasis,
    NotChecked,
    Party,
    Problem,
    Question,
    Screening,
    Source,
    Versions,
)

LEGAL_DATE = date(2026, 9, 14)
COVERAGE = Coverage(
    checked=(
        Checked("control list", "eu-military", date(2026, 3, 2), "eu-military@2026.9.0", "ML1 to ML22, 61 entries"),
        Checked("control list", "us-ccl", date(2026, 8, 20), "us-ccl@2026.9.1", "categories 1, 5, 6 and 9 only"),
        Checked("licence rules", "US", date(2026, 8, 20), "us-licensing@2026.9.1"),
        Checked("party list", "us-csl", date(2026, 9, 11), "sha256:5f1c…", "24,310 parties"),
        Checked("description quality", "description", None, "quality@2026.9.0"),
    ),
    not_checked=(
        NotChecked("control list", "cn-dual-use", "no pack is installed for it"),
        NotChecked("party list", "un", "the snapshot is 12 days old and the limit is 7: import it again"),
    ),
)
VERSIONS = Versions(
    code="0.1.0",
    legal_date=LEGAL_DATE,
    packs=(
        ("concepts@2026.9.0", "sha256:7a0d1e5c9b1f4e55a8a6b0d8e2f0c7719a2b8c1d4e5f60718293a4b5c6d7e8f9"),
        ("us-ccl@2026.9.1", "sha256:19c3b7e4d5f60718293a4b5c6d7e8f97a0d1e5c9b1f4e55a8a6b0d8e2f0c771"),
    ),
    lists=(("us-csl", "sha256:5f1c0aa1b2c3d4e5f60718293a4b5c6d7e8f97a0d1e5c9b1f4e55a8a6b0d8e2f"),),
)
_PLATE_TEXT = "Бронежилет, две бронеплиты Level IV, б/у"


def plates() -> Screening:
    """A hold: armour plates from a private person, a licence is required in every case."""
    declaration = Declaration(
        id="RR473124829XX",
        form="CN23",
        posted=LEGAL_DATE,
        nature="gift",
        nature_code="31",
        consignor=Party("Анна Образцова", "ул. Примерная, 5-12", "Примерск", "000000", "RU", "+7 000 000-00-00"),
        consignee=Party("J. Specimen", "12 Example Street", "Springfield", "00000", "US", email="js@example.org"),
        route=("AE",),
        lines=(
            GoodsLine(_PLATE_TEXT, "621133", Decimal(1), Decimal(8600), Decimal("210.00"), "EUR", "RU"),
            GoodsLine("шарф шерстяной", "611710", Decimal(2), Decimal(300), Decimal("18.50"), "EUR", "RU"),
        ),
        gross_mass_g=Decimal(9206),
        documents=(Document("invoice", "INV-7", "kvitanciya.pdf"),),
        source=Source("september.jsonl", 17),
        extra=(("batch_no", "B-0914"), ("route", "see waybill")),
    )
    goods = Finding(
        code="goods.controlled",
        severity="hold",
        message="Armour plates at level IV meet 1A613.d.1; a licence is required from RU to US in every case",
        evidence=(
            Evidence(
                "lines[0].description",
                _PLATE_TEXT,
                16,
                26,
                "names the kind of thing: armour plate",
                "concepts/body-armour/armour-plate.yaml:14",
            ),
            Evidence(
                "lines[0].description",
                _PLATE_TEXT,
                27,
                35,
                "protection level IV (NIJ), stated in the text",
                "concepts/body-armour/armour-plate.yaml:41",
            ),
            Evidence(
                "lines[0].description", _PLATE_TEXT, 0, 10, "context: body armour", "concepts/body-armour/vest.yaml:9"
            ),
        ),
        contributions=(
            Contribution(
                "concept.term",
                620,
                "бронеплиты",
                "бронеплита (ru, strong)",
                "line 1",
                "armour-plate.yaml:14",
                "“бронеплиты” is a strong Russian term for armour plate",
            ),
            Contribution(
                "concept.context",
                180,
                "Бронежилет",
                "body armour",
                "line 1",
                "vest.yaml:9",
                "“Бронежилет” in the same line supports it",
            ),
            Contribution(
                "parameter.stated",
                160,
                "Level IV",
                "armour.level ≥ III",
                "line 1",
                "1A613.yaml:22",
                "the stated level is one the paragraph covers",
            ),
            Contribution(
                "hs.disagrees",
                -40,
                "621133",
                "392690, 732690",
                "line 1",
                "armour-plate.yaml:60",
                "the declared HS code is for clothing, not for plates",
            ),
        ),
        score=920,
        legal_basis=(
            LegalBasis(
                jurisdiction="US",
                instrument="Export Administration Regulations",
                citation="15 CFR part 774, Supplement No. 1, ECCN 1A613",
                effect="licence",
                list="us-ccl",
                entry="1A613",
                paragraph="d.1",
                in_force_from=date(2014, 7, 1),
                as_of=date(2026, 8, 20),
                read_on=date(2026, 8, 21),
                status="reviewed",
                url="https://www.ecfr.gov/current/title-15/section-774",
                authority="Bureau of Industry and Security",
                summary="Body armour and plates giving protection at or above a stated level.",
            ),
            LegalBasis(
                jurisdiction="EU",
                instrument="Common Military List",
                citation="Common Military List, ML13.d.2",
                effect="licence",
                list="eu-military",
                entry="ML13",
                paragraph="d.2",
                as_of=date(2026, 3, 2),
                status="draft",
                summary="Hard body armour plates at or above level III.",
            ),
        ),
        pack="us-ccl@2026.9.1",
        line=0,
        details=(("1A005.b", "excluded: plates above level III are named by 1A613"), ("decision", "in every case")),
    )
    mass = Finding(
        code="description.contradicts-hs",
        severity="review",
        message="The wording and the HS code disagree: 6211 is clothing, the words name armour plates",
        evidence=(Evidence("lines[0].hs", "621133", None, None, "heading 6211: track suits and other garments"),),
        contributions=(
            Contribution("hs.margin", 430, "6211", "7326", sentence="the best heading for these words is 7326"),
        ),
        score=430,
        pack="quality@2026.9.0",
        line=0,
    )
    return Screening(
        id=declaration.id,
        outcome="hold",
        findings=(mass, goods),
        counterfactuals=(
            Counterfactual(
                "armour.level",
                "IV",
                "IIA",
                "review",
                "If the plates were rated IIA and not IV, the outcome would be “review”: 1A613.d.1 would not be met.",
            ),
        ),
        coverage=COVERAGE,
        versions=VERSIONS,
        problems=(
            Problem(
                "format.unknown-column",
                "column is not one we know; kept under input",
                "note",
                "september.jsonl",
                17,
                "batch_no",
                "B-0914",
            ),
        ),
        declaration=declaration,
    )


def night_vision() -> Screening:
    """A review: night vision whose generation is not stated, with the question that settles it."""
    text = "夜视仪 单筒 PVS-14 housing kit"
    declaration = Declaration(
        id="CP900000016XX",
        form="ITMATT",
        posted=LEGAL_DATE,
        nature="sale",
        consignor=Party("Shenzhen Example Optics Co., Ltd", "No. 1 Sample Road", "Shenzhen", "518000", "CN"),
        consignee=Party("Example Outdoor s.r.o.", "Vzorová 3", "Praha", "11000", "CZ"),
        lines=(GoodsLine(text, "900580", Decimal(3), Decimal(1250), Decimal("1890"), "USD", "CN"),),
        consignee_type="business",
        source=Source("september.jsonl", 18),
    )
    finding = Finding(
        code="goods.open",
        severity="review",
        message="Night vision: 6A002.c is open because the image intensifier is not described",
        evidence=(
            Evidence(
                "lines[0].description",
                text,
                0,
                3,
                "夜视仪: night vision device",
                "concepts/optics/night-vision.yaml:20",
            ),
            Evidence(
                "lines[0].description", text, 7, 13, "model designator PVS-14", "concepts/optics/night-vision.yaml:33"
            ),
            Evidence("lines[0].description", text, 7, 21, "“housing kit” may mean parts only"),
        ),
        contributions=(
            Contribution(
                "concept.term", 540, "夜视仪", "night vision device", sentence="“夜视仪” is a strong Chinese term"
            ),
            Contribution("concept.model", 300, "PVS-14", "PVS-[0-9]{1,2}", sentence="“PVS-14” is a model designator"),
            Contribution(
                "concept.head", -210, "housing kit", "parts", sentence="the head word suggests a housing only"
            ),
        ),
        score=630,
        legal_basis=(
            LegalBasis(
                "EU",
                "Regulation (EU) 2021/821",
                "Regulation (EU) 2021/821, Annex I, 6A002.c",
                "licence",
                "eu-dual-use",
                "6A002",
                "c",
                date(2021, 9, 9),
                date(2026, 1, 8),
                date(2026, 7, 2),
                "draft",
                "https://eur-lex.europa.eu/eli/reg/2021/821/oj",
                "national licensing authority of the exporter",
                "Direct view imaging equipment incorporating listed image intensifier tubes or focal plane arrays.",
            ),
        ),
        pack="eu-dual-use@2026.9.0",
        line=0,
        details=(("open facts", "nv.tube-generation, nv.complete"), ("likelihood", "0.41 (estimate)")),
    )
    question = Question(
        fact="nv.tube-generation",
        line=0,
        texts=(
            (
                "en",
                "Does the device contain an image intensifier tube? If so, of which generation and figure of merit?",
            ),
            ("zh", "该设备是否装有像增强管？如有，请说明代数和品质因数（FOM）。"),
            ("ru", "Есть ли в приборе электронно-оптический преобразователь? Какого поколения?"),
        ),
        language="zh",
        settles=("eu-dual-use/6A002.c", "us-ccl/6A002.c"),
        why="Without a tube neither entry is met; with a tube of generation 2 or above one of them is.",
    )
    return Screening(
        id=declaration.id,
        outcome="review",
        findings=(finding,),
        questions=(question,),
        counterfactuals=(
            Counterfactual(
                "nv.complete",
                "not stated",
                "housing without a tube",
                "no-finding",
                "If the sender states that no tube is inside, nothing would be found in what was checked.",
            ),
        ),
        coverage=COVERAGE,
        versions=VERSIONS,
        declaration=declaration,
    )


def party() -> Screening:
    """A hold: the consignee resembles a listed party."""
    declaration = Declaration(
        id="RB000000015XX",
        form="CN22",
        posted=LEGAL_DATE,
        nature="documents",
        consignor=Party("Fatima Muster", "Musterweg 4", "Wien", "1010", "AT"),
        consignee=Party("شركة المثال للتجارة", "Free Zone, Office 12", "Dubai", "", "AE", birth_date=""),
        lines=(GoodsLine("catalogues", "491110", Decimal(4), Decimal(900), Decimal("12"), "EUR", "AT"),),
        source=Source("september.jsonl", 19),
    )
    finding = Finding(
        code="party.match",
        severity="hold",
        message="The consignee resembles Al Mithal Trading Company, listed on us-csl since 2023",
        evidence=(
            Evidence("consignee.name", declaration.consignee.name, 5, 11, "al-mithal: the rare word of the name"),
            Evidence(
                "consignee.address", "Free Zone, Office 12", None, None, "same office as listed", "us-csl EXAMPLE-77"
            ),
        ),
        contributions=(
            Contribution(
                "name.tokens",
                690,
                declaration.consignee.name,
                "Al Mithal Trading Company",
                "consignee.name",
                "us-csl EXAMPLE-77",
                "all words of the listed name are there, in another script",
            ),
            Contribution("country.same", 90, "AE", "AE", "consignee.country", "us-csl", "the country agrees"),
            Contribution("id.no-data", 0, "", "", sentence="no identity number to compare"),
        ),
        score=780,
        legal_basis=(
            LegalBasis(
                "US",
                "Entity List",
                "15 CFR part 744, Supplement No. 4",
                "licence",
                "us-csl",
                "EXAMPLE-77",
                in_force_from=date(2023, 2, 24),
                as_of=date(2026, 9, 11),
                status="stable",
                url="javascript:alert(1)",
                summary="Licence required for all items subject to the EAR.",
            ),
        ),
        pack="us-csl@2026-09-11",
        details=(("programmes", "Entity List"), ("evidence", "0.62: how much there was to compare")),
    )
    return Screening(declaration.id, "hold", (finding,), coverage=COVERAGE, versions=VERSIONS, declaration=declaration)


def vague() -> Screening:
    """Nothing found, but the wording says too little: one question in the sender's language."""
    declaration = Declaration(
        id="LX000000028XX",
        form="CN22",
        consignor=Party("Jan Voorbeeld", "Voorbeeldstraat 1", "Utrecht", "3500", "NL"),
        consignee=Party("Eva Beispiel", "Beispielweg 2", "Bern", "3000", "CH"),
        lines=(GoodsLine("onderdelen"),),
        source=Source("september.jsonl", 20),
    )
    finding = Finding(
        code="description.vague",
        severity="question",
        message="“onderdelen” (parts) does not say parts of what",
        evidence=(Evidence("lines[0].description", "onderdelen", 0, 10, "a word for any kind of part"),),
        contributions=(Contribution("vague.head", 900, "onderdelen", sentence="a head word with no kind of thing"),),
        score=900,
        pack="quality@2026.9.0",
        line=0,
    )
    question = Question(
        "goods.kind",
        0,
        (("nl", "Onderdelen waarvan?"), ("en", "Parts of what?")),
        "nl",
        why="Any entry may apply to parts.",
    )
    return Screening(
        declaration.id,
        "review",
        (finding,),
        (question,),
        coverage=COVERAGE,
        versions=VERSIONS,
        problems=(
            Problem(
                "format.missing-mass",
                "no net mass",
                "warning",
                "september.jsonl",
                20,
                "lines[0].net_mass_g",
                expected="grams for the line",
                hint="ask the sender",
            ),
        ),
        declaration=declaration,
    )


def ordinary(number: int = 1) -> Screening:
    """Nothing found."""
    declaration = Declaration(
        id=f"RA{number:09d}XX",
        form="CN22",
        posted=LEGAL_DATE,
        consignor=Party("Mia Exemple", "1 rue de l’Exemple", "Lyon", "69000", "FR"),
        consignee=Party("Luca Esempio", "Via Esempio 9", "Torino", "10100", "IT"),
        lines=(GoodsLine("livre de cuisine", "490199", Decimal(1), Decimal(700), Decimal("25.00"), "EUR", "FR"),),
        source=Source("september.jsonl", 20 + number),
    )
    return Screening(declaration.id, "no-finding", coverage=COVERAGE, versions=VERSIONS, declaration=declaration)


def samples() -> list[Screening]:
    """All five, in the order a file might have them."""
    return [ordinary(), vague(), plates(), night_vision(), party()]
