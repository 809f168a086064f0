"""Units of measure as people write them, and quantities as intervals in base units.

A quantity is held in the base unit of its dimension. Thresholds of law keep the unit they were published in; comparison
converts both sides exactly (fractions, not floats), so that 3.0 km equals 3000 m.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

# (canonical spelling, dimension, factor to the base unit of the dimension, offset added before the factor, spellings)
# Spellings are casefolded. A letter alone that is also an ordinary word or a size ("b", "l") is left out.
_ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("nm", "length", "1/1000000000", "0", "nm нм 纳米 nanometer nanometers nanometre نانومتر"),
    (
        "µm",
        "length",
        "1/1000000",
        "0",
        "µm μm um мкм 微米 micron microns micrometer micrometre mikrometer mikron ميكرون",
    ),
    (
        "mm",
        "length",
        "1/1000",
        "0",
        "mm мм 毫米 millimeter millimetre millimeters millimetres milimetro milímetro milimetros مم ملم",
    ),
    ("cm", "length", "1/100", "0", "cm см 厘米 centimeter centimetre سم"),
    (
        "m",
        "length",
        "1",
        "0",
        "m м 米 meter metre meters metres метров метра метри метрів mtr mètre mètres metro metros متر",
    ),
    (
        "km",
        "length",
        "1000",
        "0",
        "km км 公里 千米 kilometer kilometre kilometers kilometres километров кілометрів kilomètres kilómetros kilometre كم",
    ),
    ("yd", "length", "0.9144", "0", "yd yds yard yards ярд ярдов ярдів"),
    ("ft", "length", "0.3048", "0", "ft feet foot футов"),
    ("in", "length", "0.0254", "0", 'inch inches " дюйм дюймов дюйма дюймів zoll pouces pulgadas 英寸 inç بوصة'),
    ("NM", "length", "1852", "0", "nmi"),
    ("Hz", "frequency", "1", "0", "hz гц 赫兹 hertz fps к/с кадр/с 帧 fps. bilder/s هرتز"),
    ("kHz", "frequency", "1000", "0", "khz кгц 千赫"),
    ("MHz", "frequency", "1000000", "0", "mhz мгц 兆赫 ميجاهرتز"),
    ("GHz", "frequency", "1000000000", "0", "ghz ггц 吉赫 جيجاهرتز"),
    ("THz", "frequency", "1000000000000", "0", "thz тгц"),
    ("rpm", "rotation", "1", "0", "rpm об/мин об/хв u/min tr/min r/min rev/min 转/分 devir/dk"),
    ("mg", "mass", "1/1000000", "0", "mg мг 毫克 ملغ"),
    ("g", "mass", "1/1000", "0", "g г гр gr gram grams 克 gramm gramme grammes gramos gramo غرام جرام"),
    ("kg", "mass", "1", "0", "kg кг kgs kilo kilos 公斤 千克 кілограм килограмм كغ كجم"),
    ("t", "mass", "1000", "0", "tonne tonnes ton tons тонн тонна 吨"),
    ("lb", "mass", "0.45359237", "0", "lb lbs pound pounds"),
    ("µW", "power", "1/1000000", "0", "µw μw uw мквт"),
    ("mW", "power", "1/1000", "0", "mw мвт 毫瓦"),
    ("W", "power", "1", "0", "w вт watt watts ватт 瓦 ватт واط"),
    ("kW", "power", "1000", "0", "kw квт 千瓦"),
    ("MW", "power", "1000000", "0", "megawatt мегаватт"),
    ("hp", "power", "745.699872", "0", "hp л.с. 马力 к.с."),
    ("mV", "voltage", "1/1000", "0", "mv мв"),
    ("V", "voltage", "1", "0", "v в volt volts вольт 伏 vdc vac فولت"),
    ("kV", "voltage", "1000", "0", "kv кв 千伏"),
    ("mA", "current", "1/1000", "0", "ma ма"),
    ("A", "current", "1", "0", "amp amps ampere amperes ампер 安"),
    ("kA", "current", "1000", "0", "ka"),
    ("mAh", "charge", "1", "0", "mah мач ма·ч 毫安时"),
    ("Ah", "charge", "1000", "0", "ah а·ч ач 安时"),
    ("mJ", "energy", "1/1000", "0", "mj мдж 毫焦"),
    ("µJ", "energy", "1/1000000", "0", "µj uj мкдж"),
    ("J", "energy", "1", "0", "j дж joule joules джоуль джоулей 焦耳 焦"),
    ("kJ", "energy", "1000", "0", "kj кдж"),
    ("MJ", "energy", "1000000", "0", "megajoule"),
    ("Wh", "energy", "3600", "0", "wh вт·ч втч 瓦时"),
    ("kWh", "energy", "3600000", "0", "kwh квт·ч"),
    ("Wh/kg", "specific-energy", "1", "0", "wh/kg вт·ч/кг втч/кг 瓦时/千克"),
    ("ps", "time", "1/1000000000000", "0", "ps пс 皮秒 picosecond picoseconds"),
    ("fs", "time", "1/1000000000000000", "0", "fs фс 飞秒 femtosecond femtoseconds"),
    ("ns", "time", "1/1000000000", "0", "ns нс 纳秒 nanosecond nanoseconds"),
    ("µs", "time", "1/1000000", "0", "µs μs us мкс 微秒 microsecond microseconds"),
    ("ms", "time", "1/1000", "0", "ms мс 毫秒 millisecond milliseconds"),
    ("s", "time", "1", "0", "s sec secs с сек seconds 秒 секунд saniye"),
    ("min", "time", "60", "0", "min mins мин minutes minute минут хв 分钟 minuten хвилин minutos dakika dk دقيقة"),
    ("h", "time", "3600", "0", "h hr hrs ч час часов часа hour hours годин 小时 stunden heures horas saat ساعة"),
    ("km/h", "speed", "1/3.6", "0", "km/h kmh км/ч км/год kph 公里/小时"),
    ("m/s", "speed", "1", "0", "m/s м/с 米/秒"),
    ("mph", "speed", "0.44704", "0", "mph"),
    ("kn", "speed", "463/900", "0", "knots knot kn kts узлов"),
    ("mrad", "angle", "1/1000", "0", "mrad мрад 毫弧度"),
    ("µrad", "angle", "1/1000000", "0", "µrad urad мкрад"),
    ("deg", "angle", "0.01745329251994", "0", "deg ° degrees degree градусов grad derece"),
    ("arcsec", "angle", "0.00000484813681", "0", "arcsec arcseconds"),
    ("arcmin", "angle", "0.000290888209", "0", "arcmin moa"),
    ("deg/h", "angular-rate", "1", "0", "deg/h °/h deg/hr °/hr °/ч 度/小时"),
    ("deg/s", "angular-rate", "3600", "0", "deg/s °/s dps °/с 度/秒"),
    ("deg/√h", "random-walk", "1", "0", "deg/√h °/√h deg/sqrt(h)"),
    ("px", "pixels", "1", "0", "px pixel pixels пикс пикселей 像素 пікселів píxeles piksel بكسل"),
    ("MP", "pixels-total", "1000000", "0", "mp megapixel megapixels мп мегапикселей 万像素"),
    ("µA/lm", "sensitivity", "1", "0", "µa/lm μa/lm ua/lm мка/лм 微安/流明"),
    ("mA/W", "responsivity", "1", "0", "ma/w ма/вт"),
    ("K", "temperature", "1", "0", "k kelvin кельвин"),
    ("°C", "temperature", "1", "273.15", "°c ℃ celsius °с deg.c c° degc"),
    ("mK", "temperature-difference", "1", "0", "mk мк"),
    ("µg", "acceleration", "1", "0", "µg μg ug мкg"),
    ("mg0", "acceleration", "1000", "0", "milli-g mgal0"),
    ("gn", "acceleration", "1000000", "0", "gn g-force"),
    ("dBm", "level", "1", "0", "dbm дбм"),
    ("dB", "ratio-level", "1", "0", "db дб"),
    ("dBi", "gain", "1", "0", "dbi дби"),
    ("bit", "bits", "1", "0", "bit bits бит біт 位 битный бітний битная بت"),
    ("bit/s", "bit-rate", "1", "0", "bit/s bps бит/с"),
    ("kbit/s", "bit-rate", "1000", "0", "kbps kbit/s кбит/с"),
    ("Mbit/s", "bit-rate", "1000000", "0", "mbps mbit/s мбит/с 兆比特"),
    ("Gbit/s", "bit-rate", "1000000000", "0", "gbps gbit/s гбит/с"),
    ("Tbit/s", "bit-rate", "1000000000000", "0", "tbps tbit/s"),
    ("S/s", "sample-rate", "1", "0", "s/s sps sa/s"),
    ("kS/s", "sample-rate", "1000", "0", "ks/s ksps ksa/s"),
    ("MS/s", "sample-rate", "1000000", "0", "ms/s msps msa/s"),
    ("GS/s", "sample-rate", "1000000000", "0", "gs/s gsps gsa/s"),
    ("kB", "memory", "1000", "0", "kb кб"),
    ("MB", "memory", "1000000", "0", "mb мб"),
    ("GB", "memory", "1000000000", "0", "gb гб"),
    ("TB", "memory", "1000000000000", "0", "tb тб"),
    ("MB/s", "memory-rate", "1000000", "0", "mb/s"),
    ("GB/s", "memory-rate", "1000000000", "0", "gb/s"),
    ("TB/s", "memory-rate", "1000000000000", "0", "tb/s"),
    ("Pa", "pressure", "1", "0", "pa па"),
    ("hPa", "pressure", "100", "0", "hpa гпа0"),
    ("kPa", "pressure", "1000", "0", "kpa кпа"),
    ("MPa", "pressure", "1000000", "0", "mpa мпа 兆帕"),
    ("GPa", "pressure", "1000000000", "0", "gpa гпа"),
    ("bar", "pressure", "100000", "0", "bar бар"),
    ("mbar", "pressure", "100", "0", "mbar мбар"),
    ("psi", "pressure", "6894.757293", "0", "psi"),
    ("atm", "pressure", "101325", "0", "atm атм"),
    ("Torr", "pressure", "133.322368", "0", "torr торр mmhg"),
    ("mTorr", "pressure", "0.133322368", "0", "mtorr"),
    ("N", "force", "1", "0", "newton newtons ньютон"),
    ("kN", "force", "1000", "0", "kn0 kilonewton кн"),
    ("Nm", "torque", "1", "0", "n·m н·м nm0"),
    ("L", "volume", "1/1000", "0", "l л litre litres liter liters литр литров літрів 升 litro litros لتر"),
    ("ml", "volume", "1/1000000", "0", "ml мл 毫升 مل"),
    ("m³", "volume", "1", "0", "m³ m3 м³ м3 立方米"),
    ("cc", "volume", "1/1000000", "0", "cc ccm cm³ cm3 см³ см3 куб.см"),
    ("L/min", "flow", "1/60000", "0", "l/min л/мин lpm 升/分"),
    ("m³/h", "flow", "1/3600", "0", "m³/h m3/h м³/ч м3/ч"),
    ("L/s", "flow", "1/1000", "0", "l/s л/с"),
    ("m³/s", "flow", "1", "0", "m³/s m3/s м³/с м3/с"),
    ("m³/min", "flow", "1/60", "0", "m³/min m3/min м³/мин м3/мин"),
    ("mm²", "area", "1/1000000", "0", "mm² mm2 мм²"),
    ("cm²", "area", "1/10000", "0", "cm² cm2 см²"),
    ("m²", "area", "1", "0", "m² m2 м² м2 sqm 平方米"),
    ("%", "share", "1/100", "0", "% percent процентов відсотків pct 百分之"),
    ("ppm", "share", "1/1000000", "0", "ppm"),
    ("ppb", "share", "1/1000000000", "0", "ppb"),
    ("rad", "dose", "1/100", "0", "rad(si) rads"),
    ("krad", "dose", "10", "0", "krad krad(si) kradsi крад"),
    ("Mrad", "dose", "10000", "0", "mrad(si)"),
    ("Gy", "dose", "1", "0", "gy грей gray"),
    ("kGy", "dose", "1000", "0", "kgy"),
    ("T", "magnetic-flux-density", "1", "0", "tesla тесла"),
    ("mT", "magnetic-flux-density", "1/1000", "0", "mt мтл"),
    ("nT", "magnetic-flux-density", "1/1000000000", "0", "nt"),
    ("pT", "magnetic-flux-density", "1/1000000000000", "0", "pt"),
    ("lm", "luminous-flux", "1", "0", "lm лм lumen lumens люмен 流明"),
    ("lx", "illuminance", "1", "0", "lx lux люкс"),
    ("dpi", "print-resolution", "1", "0", "dpi"),
    ("lp/mm", "optical-resolution", "1", "0", "lp/mm lpmm штр/мм пар/мм 线对"),
    ("µm/m", "specific-length", "1/1000000", "0", "µm/m"),
    ("kg/m³", "density", "1", "0", "kg/m³ kg/m3"),
    ("g/cm³", "density", "1000", "0", "g/cm³ g/cm3 g/cc г/см³"),
    ("TOPS", "operations", "1000000000000", "0", "tops"),
    ("GFLOPS", "operations", "1000000000", "0", "gflops"),
    ("TFLOPS", "operations", "1000000000000", "0", "tflops"),
    ("PFLOPS", "operations", "1000000000000000", "0", "pflops"),
    ("Ω", "resistance", "1", "0", "ω ohm ohms ом"),
    ("kΩ", "resistance", "1000", "0", "kω kohm ком"),
    ("F", "capacitance", "1", "0", "farad"),
    ("mF", "capacitance", "1/1000", "0", "mf"),
    ("µF", "capacitance", "1/1000000", "0", "µf μf uf мкф 微法"),
    ("nF", "capacitance", "1/1000000000", "0", "nf нф"),
    ("pF", "capacitance", "1/1000000000000", "0", "pf пф"),
    ("H", "inductance", "1", "0", "henry"),
    ("mH", "inductance", "1/1000", "0", "mh мгн"),
    ("nH", "inductance", "1/1000000000", "0", "nh"),
    ("keV", "particle-energy", "1000", "0", "kev кэв"),
    ("MeV", "particle-energy", "1000000", "0", "mev мэв"),
    ("Bq", "activity", "1", "0", "bq бк"),
    ("kBq", "activity", "1000", "0", "kbq"),
    ("MBq", "activity", "1000000", "0", "mbq"),
    ("GBq", "activity", "1000000000", "0", "gbq"),
    ("Ci", "activity", "37000000000", "0", "ci curie"),
    ("axes", "axes", "1", "0", "axis axes осей оси осевой 轴 achsen achsig achse axes. ejes eksen eksenli محاور"),
    ("cores", "cores", "1", "0", "cores ядер core. 核"),
    ("channels", "channels", "1", "0", "channel channels ch каналов каналов. 通道 kanal kanäle canaux canales"),
)


def _fraction(text: str) -> Fraction:
    if "/" in text:
        top, bottom = text.split("/")
        return Fraction(top) / Fraction(bottom)
    return Fraction(text)


# spelling -> (dimension, factor to the base unit of the dimension, canonical spelling)
UNITS: dict[str, tuple[str, Fraction, str]] = {}
# canonical spelling, in its own case (MW is not mW) -> the same
CANONICAL: dict[str, tuple[str, Fraction, str]] = {}
# canonical spelling -> what is added before the factor (degrees Celsius)
OFFSETS: dict[str, Fraction] = {}
for _canonical, _dimension, _factor, _offset, _spellings in _ROWS:
    CANONICAL[_canonical] = (_dimension, _fraction(_factor), _canonical)
    if _offset != "0":
        OFFSETS[_canonical] = _fraction(_offset)
    for _spelling in (_canonical.casefold(), *_spellings.split()):
        UNITS.setdefault(_spelling, CANONICAL[_canonical])


def unit_of(text: str) -> tuple[str, Fraction, str] | None:
    """Return (dimension, factor, canonical spelling) of a unit as a pack writes it, or None: its own case first."""
    return CANONICAL.get(text) or UNITS.get(text.casefold())


def _to_base(value: Fraction, factor: Fraction, unit: str) -> Fraction:
    return (value + OFFSETS.get(unit, Fraction(0))) * factor


# units that only their case tells from a commoner one
CASED = frozenset({"MW", "MJ", "Mrad", "kN"})
DIMENSIONS = frozenset(row[1] for row in _ROWS)

_NUMBER = r"\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?"
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<low>{_NUMBER})(?:\s*(?:-|–|—|…|\.\.|to|до|bis|至|~)\s*(?P<high>{_NUMBER}))?[ \u00a0-]?(?P<unit>{_UNIT})(?![a-zа-яёіїєґµ])"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval in the base unit of `dimension`; `unit` is the unit it was written in, `start`/`end` its span."""

    dimension: str
    low: Fraction
    high: Fraction
    unit: str
    start: int = 0
    end: int = 0


def number(text: str) -> Fraction:
    """Return a written number; a comma counts as the decimal mark unless groups of three follow it (1,500 is 1500).

    Raises:
        ValueError: the text is not a number.
    """
    plain = text.replace(" ", "").replace("\u00a0", "")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    return Fraction(plain.replace(",", "."))


def find_quantities(text: str, original: str = "") -> list[Quantity]:
    """Return every number with a readable unit in casefolded text, with spans.

    Args:
        text: casefolded text.
        original: the same text of the same length in its own case, where that is at hand: tells MW from mW.
    """
    cased = len(original) == len(text) and original != original.upper()
    found = []
    for match in QUANTITY.finditer(text):
        written = original[match.start("unit") : match.end("unit")] if cased else ""
        dimension, factor, unit = CANONICAL[written] if written in CASED else UNITS[match["unit"]]
        low = _to_base(number(match["low"]), factor, unit)
        high = _to_base(number(match["high"]), factor, unit) if match["high"] else low
        if low > high:
            low, high = high, low
        found.append(Quantity(dimension, low, high, unit, match.start(), match.end()))
    return found


def parse_quantity(text: str) -> Quantity:
    """Return one written quantity such as `9 Hz`.

    Raises:
        ValueError: the text is not a number with a known unit.
    """
    match = re.fullmatch(rf"\s*(?P<low>-?(?:{_NUMBER}|\d+))\s*(?P<unit>\S+)\s*", text)
    known = unit_of(match["unit"]) if match is not None else None
    if match is None or known is None:
        raise ValueError(f"not a number with a known unit: {text!r}")
    dimension, factor, unit = known
    value = _to_base(number(match["low"]), factor, unit)
    return Quantity(dimension, value, value, unit)
