"""The words and spellings that names are altered with: transliterations, abbreviations, legal forms, places within a firm."""

from __future__ import annotations

import re

# Letters and groups that national and passport spellings of one name exchange; each group is one sound or nearly.
SPELLINGS = (
    ("kh", "h", "x"), ("sh", "ch", "sch"), ("zh", "j"), ("ts", "tz", "c"), ("dzh", "dj", "j"), ("tch", "ch"),
    ("yu", "iu", "ju"), ("ya", "ia", "ja"), ("iy", "y", "ii", "i"), ("ey", "ei", "ay", "ai"), ("ou", "u", "oo"),
    ("ee", "i"), ("q", "k"), ("gh", "g"), ("dh", "d", "z"), ("th", "t"), ("w", "v", "ou"), ("ph", "f"), ("ks", "x"),
    ("aa", "a"), ("ll", "l"), ("mm", "m"), ("ss", "s"), ("dd", "d"), ("bb", "b"), ("rr", "r"), ("tt", "t"),
)  # fmt: skip
ARTICLE = re.compile(r"\b(al|el|ul)[- ]", re.IGNORECASE)
SHORT = {
    "international": "Intl", "technology": "Tech", "technologies": "Tech", "company": "Co", "corporation": "Corp",
    "limited": "Ltd", "industries": "Ind", "industrial": "Indl", "engineering": "Eng", "trading": "Trdg", "general": "Gen",
    "development": "Dev", "research": "Res", "institute": "Inst", "university": "Univ", "electronics": "Elec",
    "electronic": "Elec", "manufacturing": "Mfg", "services": "Svcs", "service": "Svc", "management": "Mgmt",
    "investment": "Inv", "investments": "Inv", "enterprise": "Ent", "enterprises": "Ent", "national": "Natl",
    "department": "Dept", "transport": "Transp", "construction": "Constr", "equipment": "Equip", "center": "Ctr",
    "centre": "Ctr", "group": "Grp", "brothers": "Bros", "association": "Assn", "organization": "Org", "petroleum": "Petr",
    "aviation": "Avn", "aerospace": "Aero", "machinery": "Mach", "production": "Prod", "laboratory": "Lab",
    "scientific": "Sci", "systems": "Sys", "system": "Sys", "products": "Prods", "commercial": "Coml", "factory": "Fcty",
    "federal": "Fed", "government": "Govt", "import": "Imp", "export": "Exp", "chemical": "Chem", "chemicals": "Chem",
}  # fmt: skip
# Legal forms as they stand at the end of a name, longest first; the second group holds what each is swapped for.
FORMS = re.compile(
    r"[,\s]+(company limited|co\.?,? ?ltd\.?|limited liability company|joint stock company|public joint stock company|"
    r"sdn\.? bhd\.?|pte\.? ltd\.?|pvt\.? ltd\.?|private limited|limited|l\.l\.c\.?|l\.t\.d\.?|corporation|incorporated|"
    r"s\.a\.r\.l\.?|s\.r\.l\.?|s\.p\.a\.?|gmbh|company|corp\.?|inc\.?|ltd\.?|llc\.?|llp|jsc|pjsc|ojsc|ooo|oao|zao|ao|fze|fzco|fzc|"
    r"dmcc|sarl|srl|spa|s\.a\.?|ag|bv|b\.v\.?|co\.?|a\.s\.?|ltda\.?)\s*$",
    re.IGNORECASE,
)
OTHER_FORMS = ("LLC", "Ltd", "Limited", "GmbH", "JSC", "Inc.", "Co., Ltd.", "S.A.", "Corporation", "FZE", "OOO")
APPENDED = (
    " Warehouse Dept {n}",
    " Warehouse {n}",
    " Dept {n}",
    " Logistics Dept",
    " Receiving Dept",
    " Office {n}",
    ", Unit {n}",
    " c/o Reception",
)
