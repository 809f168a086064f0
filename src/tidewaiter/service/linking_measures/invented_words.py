"""Words that invented people are made of: names with a heavy tail, places, postcodes and callings. None is of a real person."""

from __future__ import annotations

from random import Random

from tidewaiter.text.names_data import words_in

MEN = words_in(
    "william john thomas george henry james charles robert edward joseph samuel richard frederick francis alfred david "
    "arthur daniel walter peter benjamin alexander andrew hugh philip matthew edmund stephen ralph isaac patrick michael "
    "nathaniel herbert ernest albert harold percy leonard reginald cecil lewis simon adam gilbert roger nicholas anthony "
    "christopher theodore laurence martin owen evan rhys angus duncan archibald malcolm oliver augustus horace jonathan "
    "abraham jacob joshua elias silas amos josiah ambrose barnabas cuthbert crispin denzil everard fulke godfrey hector"
)
WOMEN = words_in(
    "mary elizabeth anne sarah jane margaret catherine frances charlotte caroline emma harriet ellen alice florence maria "
    "louisa eleanor isabella susan martha rebecca dorothy agnes edith constance amelia georgiana lucy matilda helen julia "
    "rachel hannah judith grace ruth beatrice adelaide rosamund winifred philippa henrietta arabella lavinia cordelia"
)
_COMMON = words_in(
    "smith jones taylor brown williams wilson johnson davies robinson wright thompson evans walker white roberts green hall "
    "wood jackson clarke clark harris lewis martin cooper king lee baker morgan ward turner hill moore scott allen campbell "
    "bell murray stewart graham hamilton russell howard grey stanley herbert cavendish percy villiers spencer"
)
_BEGIN = words_in(
    "ash bar bel black brad brom bur cal car chal clif col cran cross dal dar den dun eal ed elm fair far fen ford frith gar "
    "glen gold graf hal ham har hart hath haw hazel hen hol hor hurl ken kil kirk lang lin lock lud mar mel mid mor nant nor "
    "oak or pen pem quen rad red ross row rush sel sher shel stan stock strat swin tal thorn thur tre up wal war wen west whit "
    "win wool wy"
)
_END = words_in(
    "ley ton ford ham worth wick by thorpe well wood field dale bury combe den don er ey gate grave hurst ing land low man mere "
    "more ridge shaw son stead stone tree ville water way wyn burn beck cliffe cott dyke garth head holme house lock minster"
)
CALLINGS = words_in(
    "politician writer painter actor clergyman soldier lawyer merchant engineer physician botanist architect poet composer "
    "cricketer judge historian astronomer bishop diplomat explorer publisher banker chemist sculptor novelist geologist "
    "mathematician entomologist surgeon naturalist organist translator economist footballer photographer suffragist printer "
    "engraver brewer antiquary economist ornithologist playwright journalist singer"
)


def zipf(random: Random, words: list[str], power: float = 1.0) -> str:
    """Return a word, the earlier ones more often: the share of the n-th falls as n to the power."""
    place = int(len(words) ** random.random()) if power == 1.0 else int(len(words) * random.random() ** power)
    return words[min(place - 1 if power == 1.0 else place, len(words) - 1)]


def surnames(random: Random, count: int) -> list[str]:
    """Return surnames, common ones first, then a long tail of made ones."""
    made = {begin + end for begin in _BEGIN for end in _END}
    tail = sorted(made - set(_COMMON))
    random.shuffle(tail)
    return [*_COMMON, *tail[: max(count - len(_COMMON), 0)]]


def places(random: Random, count: int) -> list[str]:
    """Return names of places, a capital first."""
    made = sorted(
        {
            f"{begin}{end}"
            for begin in _BEGIN
            for end in ("ton", "ham", "bury", "chester", "mouth", "pool", "wick", "borough")
        }
    )
    random.shuffle(made)
    double = [
        f"{one} {random.choice(('upon', 'on', 'under', 'st', 'great', 'little'))} {other}"
        for one, other in zip(made[:90], made[90:180], strict=True)
    ]
    rows = ["london", *made[180:]]
    rows[5:5] = double[:20]
    return (rows + double[20:])[:count]


def postcode(random: Random, outward: str) -> str:
    """Return a British-looking postcode of an area."""
    return f"{outward} {random.randint(1, 9)}{random.choice('ABDEFGHJLNPQRSTUWXYZ')}{random.choice('ABDEFGHJLNPQRSTUWXYZ')}"


def typo(random: Random, text: str) -> str:
    """Return a text with one slip of the keyboard."""
    if len(text) < 3:
        return text
    place = random.randrange(len(text))
    kind = random.random()
    letter = random.choice("abcdefghijklmnoprstuvwy") if text[place].isalpha() else random.choice("0123456789")
    if kind < 0.3:
        return text[:place] + letter + text[place + 1 :]
    if kind < 0.55:
        return text[:place] + text[place + 1 :]
    if kind < 0.75:
        return text[:place] + letter + text[place:]
    place = min(place, len(text) - 2)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
