"""Han names in Latin letters: company words translated, personal names read by pinyin, family name first.

`alternatives` adds what lists and passports also hold: everything in pinyin, the second reading of a character, the
spellings of Hong Kong, of Taiwan (Wade-Giles) and, for names that look Japanese, the reading of their usual kanji.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from anyascii import anyascii

from tidewaiter.text.names_data import cantonese, han_terms, kanji, words_in
from tidewaiter.text.names_han_words import segments
from tidewaiter.text.names_pinyin import to_wade

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005]+")
_REPEAT = re.compile("(.)々")
# Readings that differ when the character is a family name.
_FAMILY = {
    "曾": "zeng", "单": "shan", "單": "shan", "仇": "qiu", "解": "xie", "区": "ou", "區": "ou", "任": "ren", "查": "zha",
    "盖": "ge", "覃": "qin", "朴": "piao", "翟": "zhai", "乐": "yue", "樂": "yue", "尉": "wei", "缪": "miao", "纪": "ji",
    "宁": "ning", "华": "hua", "華": "hua", "万": "wan", "俞": "yu", "沈": "shen", "石": "shi", "葛": "ge", "冼": "xian",
    "员": "yun", "黑": "he", "折": "she", "召": "shao", "繁": "po", "朝": "chao", "晟": "cheng", "种": "chong", "柏": "bai",
    "薄": "bo", "贾": "jia", "賈": "jia", "车": "che", "車": "che", "隗": "wei", "燕": "yan", "那": "na", "阚": "kan",
}  # fmt: skip
# Readings the general dictionary gets wrong for names.
_USUAL = {"似": "si", "埔": "pu", "拓": "tuo", "焘": "tao", "燾": "tao", "徵": "zheng", "伽": "jia", "长": "chang"}
# Characters of given and family names with a second usual reading.
_SECOND = {
    "单": "dan", "曾": "ceng", "行": "hang", "朝": "zhao", "乐": "le", "樂": "le", "长": "zhang", "長": "zhang",
    "重": "zhong", "盛": "cheng", "朴": "pu", "解": "jie", "翟": "di", "柏": "bo", "车": "ju", "召": "zhao", "晟": "cheng",
    "茜": "xi", "吕": "lyu", "呂": "lyu", "绿": "lyu", "律": "lyu", "旅": "lyu", "女": "nyu", "兴": "hing", "覃": "tan",
    "缪": "mou", "都": "dou", "藏": "zang", "奇": "ji", "和": "he", "传": "zhuan", "调": "tiao", "降": "xiang", "省": "xing",
    "石": "dan", "尉": "yu", "盖": "gai", "葛": "ge", "郇": "huan", "纪": "ji", "佟": "tong", "祭": "zhai", "逄": "pang",
    "隗": "kui", "查": "cha", "仇": "chou", "任": "ren", "宓": "mi", "贾": "gu", "洗": "xi", "薄": "bao", "曲": "qu",
    "铅": "yan", "蔚": "yu", "六": "lu", "尹": "yun", "南": "na", "桧": "hui", "若": "re", "万": "mo", "角": "jue", "颉": "jie",
}  # fmt: skip
# Spellings of family names in Hong Kong, where usage differs from the scheme of given names.
_HONG_KONG_SPELLINGS = (
    "陳chan 陈chan 李lee 黃wong 黄wong 張cheung 张cheung 鄭cheng 郑cheng 周chow 吳ng 吴ng 蔡choi 楊yeung 杨yeung 謝tse 谢tse 羅law "
    "罗law 徐tsui 蕭siu 萧siu 曾tsang 潘poon 關kwan 关kwan 趙chiu 赵chiu 唐tong 蘇so 苏so 區au 区au 歐au 欧au 石shek 崔chui 孫suen 孙suen "
    "戴tai 杜to 沈shum 岑shum 湯tong 汤tong 薛sit 施sze 史sze 柯or 邱yau 丘yau 冼sin 利lee 任yam 侯hau 成shing 左cho 范fan 雷lui 魏ngai "
    "蔣tseung 蒋tseung 秦chun 鮑pau 鲍pau 包pau 傅fu 古koo 顧koo 顾koo 鄒chow 邹chow 俞yu 尹wan 康hong 阮yuen 倪ngai 許hui 许hui 馮fung "
    "冯fung 霍fok 袁yuen 錢chin 钱chin 金kam 馬ma 马ma 何ho 林lam 梁leung 劉lau 刘lau 胡wu 方fong 江kong 容yung 龍lung 龙lung 司徒szeto "
    "歐陽auyeung 欧阳auyeung 諸葛chukot 诸葛chukot 上官sheungkoon 夏侯hahau"
)
_USUAL_FAMILY = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈"
    "丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀"
    "赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛叢焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹"
    "关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解强柴华華车車冉房边邊"
)
_COMPOUND = frozenset(
    words_in(
        "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 东方 東方 夏侯 端木 南宫 南宮 独孤 宇文 长孙 長孫 轩辕 鲜于 闻人 澹台 公冶 钟离 赫连 呼延 百里 东郭 "
        "西门 第五 太史 申屠 拓跋 完颜 張簡 范姜"
    )
)


@cache
def _pattern() -> re.Pattern[str]:
    """Match words of two and more characters; a single one is too often part of a given name."""
    terms = sorted((term for term in han_terms() if len(term) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, terms)))


@cache
def pinyin(char: str) -> str:
    """Return the usual Mandarin reading of one Han character without tone."""
    return _USUAL.get(char) or anyascii(char).lower().strip()


def _second(char: str) -> str:
    return _SECOND.get(char) or pinyin(char)


def _hong_kong(char: str) -> str:
    return cantonese().get(char) or pinyin(char)


def _wade(char: str) -> str:
    return to_wade(pinyin(char))


def is_name(run: str) -> bool:
    """Return whether a run of two to four Han is read as a person's name.

    A word within a name of three is allowed after a usual family name: 李建设 is Li Jianshe, not Li Construction.
    """
    if not 2 <= len(run) <= 4 or run in han_terms():
        return False
    found = _pattern().search(run)
    return found is None or (len(run) < 4 and found.start() > 0 and run[0] in _USUAL_FAMILY)


def family_length(run: str) -> int:
    """Return how many characters at the start of a personal name are the family name."""
    return 2 if len(run) > 2 and run[:2] in _COMPOUND else 1


def _name(run: str, read: dict[str, str] | None, scheme: str) -> str:
    """Write a personal name: family name, then the given name in one word."""
    cut = family_length(run)
    reader = _READERS[scheme]
    family = (read or {}).get(run[:cut]) or "".join((read or {}).get(char) or reader(char) for char in run[:cut])
    return f" {family} {''.join(map(reader, run[cut:]))} "


_READERS: dict[str, Callable[[str], str]] = {
    "pinyin": pinyin,
    "second": _second,
    "hong-kong": _hong_kong,
    "wade": _wade,
}


@cache
def _families(scheme: str) -> dict[str, str]:
    if scheme == "pinyin":
        return _FAMILY
    if scheme == "wade":
        return {char: to_wade(reading) for char, reading in _FAMILY.items()}
    return dict(re.findall("([^a-z ]+)([a-z]+)", _HONG_KONG_SPELLINGS)) if scheme == "hong-kong" else {}


def _translated(run: str, scheme: str) -> str:
    """Write known words in English and each unknown stretch between them as one word."""
    terms, reader = han_terms(), _READERS[scheme]
    return f" {' '.join(terms[text] if known else ''.join(map(reader, text)) for text, known in segments(run))} "


def _untranslated(run: str) -> str:
    """Write everything in pinyin, one word for each known word and each stretch between; legal forms translated."""
    terms = han_terms()
    pieces = (
        terms[text] if known and "company" in terms[text] else "".join(map(pinyin, text))
        for text, known in segments(run)
    )
    return f" {' '.join(pieces)} "


def _write(run: str, scheme: str) -> str:
    if scheme == "pinyin" and len(run) > 3 and run[:2] not in _COMPOUND:
        # Four and more characters that all are in the table of Japanese names are a Japanese name.
        japanese = _japanese(run)
        if japanese != run:
            return japanese
    if "々" in run:
        run = _REPEAT.sub(lambda found: found.group(1) * 2, run)
    if is_name(run):
        return _name(run, _families(scheme), scheme)
    return _translated(run, scheme)


_DIGIT = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMBER = re.compile("第([〇零一二三四五六七八九十百]{1,6}|[0-9]{1,6})")


def _number(found: re.Match[str]) -> str:
    """Write 第十三 as 13."""
    if found.group(1).isdigit() and found.group(1).isascii():
        return f" {found.group(1)} "
    total = current = 0
    for char in found.group(1):
        if char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            current = current * 10 + _DIGIT[char]
    return f" {total + current} "


def romanise(text: str) -> str:
    """Return the text with its Han characters in Latin: known words translated, the rest by pinyin."""
    if "第" in text:
        text = _NUMBER.sub(_number, text)
    return HAN.sub(lambda found: _write(found.group(), "pinyin"), text)


def alternatives(text: str) -> list[str]:
    """Return other Latin spellings of Han text, the likeliest first."""
    text = _NUMBER.sub(_number, text)
    runs = HAN.findall(text)
    found: list[str] = []
    if any(not is_name(run) for run in runs):
        found.append(HAN.sub(lambda match: _untranslated(match.group()), text))
    japanese = HAN.sub(lambda match: _japanese(match.group()), text)
    if japanese and not HAN.search(japanese):
        found.append(japanese)
    if any(char in _SECOND for run in runs for char in run):
        found.append(HAN.sub(lambda match: _write(match.group(), "second"), text))
    found.append(HAN.sub(lambda match: _write(match.group(), "hong-kong"), text))
    found.append(HAN.sub(lambda match: _write(match.group(), "wade"), text))
    return found


def _japanese(run: str) -> str:
    """Read kanji by the table of usual names and words; the run unchanged when a part is not in it."""
    table = kanji()
    pieces: list[str] = []
    position = 0
    while position < len(run):
        for size in range(min(6, len(run) - position), 0, -1):
            reading = table.get(run[position : position + size])
            alone = size == 1 and position == 0 and (len(run) != 3 or run[1:] not in table)
            if reading is not None and not alone:
                pieces.append(reading)
                position += size
                break
        else:
            return run
    return f" {' '.join(pieces)} "


def romanise_kanji(text: str) -> str:
    """Return text that also holds kana with the kanji that are known read as Japanese, the rest by pinyin."""
    return HAN.sub(lambda found: _kanji_or_pinyin(found.group()), text)


def _kanji_or_pinyin(run: str) -> str:
    reading = kanji().get(run) or _japanese(run)
    return f" {reading} " if not HAN.search(reading) else _write(run, "pinyin")
