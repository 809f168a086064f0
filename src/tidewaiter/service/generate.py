"""Generate declarations for measuring: seeded, with names and wording of seven languages that repeat as mail does.

Shares (stated, tested): 0.1 % of goods lines name a controlled thing; about half of the names and most of the wording repeat;
1.4 goods lines an item on average; two per cent of descriptions carry a typing error. Nobody in it is real.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tidewaiter.model import Declaration, GoodsLine, Party

CONTROLLED_SHARE = 0.001
TYPO_SHARE = 0.02
REPEAT_SHARE = 0.45

_GIVEN = {
    "en": "James Mary Robert Linda Michael Susan David Karen Emma Oliver Grace Henry Chloe Samuel",
    "ru": "Александр Мария Дмитрий Анна Сергей Елена Иван Ольга Николай Татьяна Павел Ирина",
    "uk": "Олексій Оксана Андрій Наталія Тарас Людмила Богдан Ірина Юрій Марія Василь Галина",
    "zh": "Wei Fang Min Jie Lei Yan Ting Hao Xiaoming Yuxin Jiahui Zhihao",
    "de": "Lukas Anna Felix Sophie Jonas Marie Stefan Julia Jürgen Petra Heinz Ute",
    "fr": "Lucas Camille Hugo Léa Louis Manon Pierre Chantal Antoine Élodie Benoît Sylvie",
    "es": "José María Carlos Lucía Miguel Carmen Javier Elena Diego Pilar Andrés Rocío",
    "ar": "Ahmed Fatima Omar Layla Youssef Mariam Khalid Noura Hassan Amina Tariq Salma",
    "hi": "Arjun Priya Rahul Anjali Vikram Sunita Rohan Kavya Sanjay Meena",
    "tr": "Mehmet Ayşe Mustafa Fatma Emre Zeynep Hakan Elif",
}
_FAMILY = {
    "en": "Smith Johnson Miller Wilson Taylor Clark Walker Turner Bennett Hughes Foster Palmer",
    "ru": "Иванов Смирнова Кузнецов Попова Соколов Морозова Волков Лебедева Козлов Новикова",
    "uk": "Шевченко Бондаренко Коваленко Ткаченко Кравчук Олійник Мельник Поліщук Лисенко Савчук",
    "zh": "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun",
    "de": "Müller Schmidt Schneider Fischer Weber Becker Wagner Hoffmann Koch Richter",
    "fr": "Martin Bernard Dubois Durand Moreau Laurent Lefèvre Garnier Rousseau Girard",
    "es": "García Fernández López Martínez Sánchez Romero Navarro Torres Domínguez Vega",
    "ar": "Al-Masri Haddad Khoury Mansour Nasser Saleh Aziz Farouk Rahman Qureshi",
    "hi": "Sharma Patel Gupta Singh Kumar Reddy Iyer Mehta Joshi Nair",
    "tr": "Yılmaz Kaya Demir Çelik Şahin Aydın Arslan Doğan",
}
_ORDINARY = {
    "en": "cotton t-shirt|phone case|children's books|ceramic mug|running shoes|wool scarf|board game|usb cable|vitamin tablets|wooden toy train|leather wallet|bicycle helmet|dinner plate set|fishing vest|kitchen knife|yoga mat|car floor mats|guitar strings|wall clock|baby clothes|led desk lamp|sunglasses|tea 200g|coffee beans|photo frame",
    "ru": "футболка хлопок|книги детские|чехол для телефона|кроссовки|шарф шерстяной|кружка керамическая|настольная игра|чай чёрный|конфеты шоколадные|платок пуховый|игрушка деревянная|посуда|косметика крем|рюкзак школьный|велошлем|жилет рыболовный|джинсы|сувениры матрёшка|шампунь|постельное бельё",
    "uk": "вишиванка жіноча|книги|чохол для телефона|кросівки|шарф|чашка керамічна|чай трав'яний|цукерки|іграшка м'яка|рушник|дитячий одяг|мед 500 г|прикраси біжутерія|листівки|шкарпетки вовняні",
    "zh": "手机壳|棉质T恤|儿童玩具|茶叶|女士连衣裙|蓝牙耳机|陶瓷杯|运动鞋|数据线|化妆品|书籍|台灯|背包|餐盘|自行车头盔|围巾|首饰|拼图|手表带|毛绒玩具",
    "de": "Baumwoll T-Shirt|Handyhülle|Kinderbücher|Keramiktasse|Laufschuhe|Wollschal|Brettspiel|USB Kabel|Schokolade|Holzeisenbahn|Fahrradhelm|Essteller Set|Angelweste|Küchenmesser|Gitarrensaiten|Wanduhr|Babykleidung|Sonnenbrille",
    "fr": "t-shirt coton|coque téléphone|livres enfants|tasse céramique|chaussures de sport|écharpe laine|jeu de société|chocolat|jouet en bois|casque vélo|assiettes|gilet de pêche|lampe de bureau|cadre photo|vêtements bébé|parfum 50ml",
    "es": "camiseta algodón|funda móvil|libros infantiles|taza cerámica|zapatillas|bufanda lana|juego de mesa|turrón|juguete de madera|casco bicicleta|platos de cena|chaleco de pesca|lámpara led|marco de fotos|ropa de bebé",
}
_CONTROLLED = (
    "ballistic plate NIJ level IV", "night vision monocular gen 3", "rifle scope 4-16x44", "бронежилет 6Б45", "тепловизионный прицел",
    "防弹插板", "GPS jammer", "plate carrier army issue", "AK magazine 30 rounds", "holographic weapon sight",
)  # fmt: skip
_PLACES = {
    "en": ("US", "GB", "CA", "AU"), "ru": ("RU", "KZ", "BY"), "uk": ("UA",), "zh": ("CN", "HK", "SG"), "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE", "CA"), "es": ("ES", "MX", "AR"), "ar": ("AE", "EG", "MA"), "hi": ("IN",), "tr": ("TR",),
}  # fmt: skip
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def s10(serial: int, country: str) -> str:
    """Return an S10 identifier with its check digit (UPU S10)."""
    digits = f"{serial % 10**8:08d}"
    rest = 11 - sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11
    check = 0 if rest == 10 else 5 if rest == 11 else rest
    return f"RR{digits}{check}{country}"


def generate(count: int, seed: int = 20261124) -> Iterator[Declaration]:
    """Yield declarations; the same count and seed give the same declarations."""
    chance = random.Random(seed)
    languages = list(_ORDINARY)
    names = {language: (_GIVEN[language].split(), _FAMILY[language].split()) for language in _GIVEN}
    goods = {language: texts.split("|") for language, texts in _ORDINARY.items()}
    known: list[Party] = []
    for number in range(count):
        language = chance.choices(languages, (30, 10, 6, 22, 12, 11, 9))[0]
        origin = chance.choice(_PLACES[language])
        target = chance.choice(list(_PLACES))
        consignor = _party(chance, names, chance.choice((language, language, "ar", "hi", "tr")), origin, known)
        consignee = _party(chance, names, target, chance.choice(_PLACES[target]), known)
        lines = tuple(_line(chance, goods, language) for _ in range(chance.choices((1, 2, 3), (70, 20, 10))[0]))
        yield Declaration(
            s10(number, origin),
            lines,
            "CN23",
            date(2026, 9, 1) + timedelta(days=number % 60),
            chance.choice(("gift", "sale", "sale", "documents", "sample", "")),
            "",
            consignor,
            consignee,
            gross_mass_g=sum((line.net_mass_g or Decimal(0) for line in lines), Decimal(50)),
        )


def _party(
    chance: random.Random, names: dict[str, tuple[list[str], list[str]]], culture: str, country: str, known: list[Party]
) -> Party:
    if known and chance.random() < REPEAT_SHARE:
        return chance.choice(known)
    given, family = names[culture]
    middle = f" {chance.choice(given)}" if chance.random() < 0.3 else ""
    # Two letters make most names different, as in real mail; ordinary lists of names are far longer than these.
    tail = "".join(chance.choice("aeioubdlmnrst") for _ in range(2)) if chance.random() < 0.6 else ""
    name = f"{chance.choice(given)}{middle} {chance.choice(family)}{tail}"
    party = Party(
        name, f"{chance.randint(1, 220)} {chance.choice(family)} St", "", f"{chance.randint(10000, 99999)}", country
    )
    if len(known) < 5000:
        known.append(party)
    else:
        known[chance.randrange(5000)] = party
    return party


def _line(chance: random.Random, goods: dict[str, list[str]], language: str) -> GoodsLine:
    if chance.random() < CONTROLLED_SHARE:
        text = chance.choice(_CONTROLLED)
    else:
        text = chance.choice(goods[language])
        if chance.random() < 0.5:
            text = f"{text} {chance.randint(1, 999)}"
    if chance.random() < TYPO_SHARE and len(text) > 6:
        at = chance.randrange(1, len(text) - 2)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    mass = Decimal(chance.randint(40, 1900))
    return GoodsLine(
        text, "", Decimal(chance.randint(1, 3)), mass, Decimal(chance.randint(300, 20000)) / 100, "EUR", ""
    )
