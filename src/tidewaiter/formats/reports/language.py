"""Which language a text is in, by py3langid, whose model is inside the package."""

from __future__ import annotations

from functools import cache
from typing import Any

OURS = ("en", "ru", "uk", "de", "fr", "it", "es")
# Languages that a report may be in and that would else be taken for one of ours.
OTHERS = (
    *("be", "bg", "sr", "mk", "kk", "ky", "mn", "pl", "cs", "sk", "sl", "hr", "ro", "hu", "nl", "da", "sv", "no", "fi", "et", "lv", "lt"),
    *("pt", "ca", "gl", "tr", "az", "el", "he", "ar", "fa", "hy", "ka", "hi", "zh", "ja", "ko", "vi", "id"),
)  # fmt: skip
UNKNOWN = "und"
SAMPLE = 4_000
MIN_LETTERS = 20
# Short texts of close languages share one another's words: another language must be nearly sure, one of ours the likeliest of ours.
SURE_OF_OTHERS, SURE_OF_OURS = 0.9, 0.2


@cache
def _identifier() -> Any:
    # Loaded with the first text: the child process that takes pages apart imports this package and needs no model.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    make: Any = LanguageIdentifier.from_model_file
    identifier = make(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*OURS, *OTHERS])
    return identifier


def language_of(text: str, stated: str = "") -> str:
    """Return the ISO 639-1 code of a text's language, or `und` where neither the text nor its page says it surely.

    Args:
        text: the text; its first 4,000 characters are looked at.
        stated: what the page says of itself ("de-AT"), believed only where the text leaves it open.
    """
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) >= MIN_LETTERS:
        ranked = _identifier().rank(sample)
        best, sure = ranked[0]
        if best not in OURS and sure >= SURE_OF_OTHERS:
            return str(best)
        ours, sure = next(pair for pair in ranked if pair[0] in OURS)
        if sure >= SURE_OF_OURS:
            return str(ours)
    code = stated.strip().lower().replace("_", "-").partition("-")[0]
    return code if code in OURS or code in OTHERS else UNKNOWN
