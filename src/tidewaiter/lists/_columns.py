"""What the columns of a list of one's own may be called, in several languages, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidewaiter.lists._tables import key_of

_MEANINGS: dict[str, str] = {
    "list_id": "list id|id|uid|entity id|reference|reference number|ref|record id|party id|number|no|nr|№|номер",
    "name": "name|full name|whole name|primary name|party name|entity name|company name|company|organisation|organization|"
    "caption|legal name|firma|firmenname|bezeichnung|nom|raison sociale|nombre|razon social|razón social|nazwa|unvan|"
    "имя|фио|наименование|название|姓名|名称|公司名称|الاسم",
    "first_name": "first name|given name|given names|forename|forenames|vorname|prénom|prenom|имя отчество",
    "middle_name": "middle name|patronymic|second name|отчество",
    "last_name": "last name|surname|family name|nachname|familienname|nom de famille|apellido|apellidos|фамилия",
    "aliases": "aliases|alias|aka|a.k.a.|akas|also known as|other names|other name|alt names|alternate names|"
    "alternative names|former names|aliasnamen|псевдонимы|别名",
    "weak_aliases": "weak aliases|weak alias|weak aka|low quality aliases|nicknames|nickname",
    "original_name": "original name|name original script|name in original script|native name|local name|"
    "non-latin name|оригинальное имя",
    "schema": "schema|type|kind|entity type|party type|subject type|category|art|typ|тип|类型",
    "birth_date": "birth date|birth dates|date of birth|dates of birth|dob|born|geburtsdatum|date de naissance|"
    "fecha de nacimiento|дата рождения|出生日期",
    "country": "country|countries|country code|country name|jurisdiction|land|pays|país|pais|kraj|страна|国家|flag|"
    "vessel flag",
    "address": "address|addresses|full address|street address|street|address line 1|address1|adresse|dirección|direccion|"
    "adres|адрес|地址",
    "address_2": "address line 2|address2",
    "postcode": "postcode|post code|postal code|zip|zip code|plz",
    "city": "city|town|ort|ville|ciudad|город|城市",
    "state": "state|province|region|state or province|область",
    "id_number": "id number|id numbers|identifier|identifiers|identification number|document number|ids|ausweisnummer",
    "passport": "passport|passport number|passport no|passports|reisepass|паспорт|护照",
    "inn": "inn|инн|inn code",
    "ogrn": "ogrn|огрн|psrn|ogrn code",
    "imo": "imo|imo number|imo no",
    "mmsi": "mmsi",
    "lei": "lei|lei code|legal entity identifier",
    "tax": "tax|tax number|tax id|tax identification number|tin|vat|vat number|vat code|steuernummer|ust-idnr|nip|cif",
    "registration": "registration number|registration no|company number|registry number|business registration number|"
    "handelsregisternummer|krs|siren|unified social credit code|uscc|统一社会信用代码",
    "swift": "swift|bic|swift bic|swift code",
    "programme": "programme|programm|programmes|program|programs|program ids|regime|sanctions|sanctions programme|list name",
    "legal_basis": "legal basis|basis|citation|regulation|instrument|ground|rechtsgrundlage|основание",
    "listed_on": "listed on|date listed|listing date|date of listing|date added|added on|added|since|effective date|"
    "date designated|дата включения",
    "licence_requirement": "licence requirement|license requirement",
    "licence_policy": "licence policy|license policy",
    "source_list": "source list|source|dataset|datasets|list|quelle|источник",
    "remarks": "remarks|remark|notes|note|comment|comments|additional information|bemerkung|bemerkungen|примечание|备注",
}
IDENTIFIERS: dict[str, str] = {
    "id_number": "id number", "passport": "passport", "inn": "INN", "ogrn": "OGRN", "imo": "IMO", "mmsi": "MMSI",
    "lei": "LEI", "tax": "tax number", "registration": "registration number", "swift": "SWIFT/BIC",
}  # fmt: skip
FIELDS = tuple(_MEANINGS)
_BY_KEY = {key_of(name): field for field, names in _MEANINGS.items() for name in (field, *names.split("|"))}
# The earlier a name stands among those of its meaning, the plainer it says it.
_RANK = {
    key_of(name): rank for field, names in _MEANINGS.items() for rank, name in enumerate((field, *names.split("|")))
}


def field_of(column: str) -> str:
    """Return what a column means, or an empty string when that is not known."""
    return _BY_KEY.get(key_of(column), "")


def fields_of(columns: Sequence[str], mapping: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the meaning of each column, by its compared name.

    Args:
        columns: Column names as written.
        mapping: Meaning to column name, as a user states it; it goes before everything else.

    Returns:
        Compared column name to field; columns without a known meaning are left out. Of several columns of one meaning
        the one counts whose name says it plainest.
    """
    stated = {key_of(column): field for field, column in (mapping or {}).items()}
    found = {key_of(column): stated[key_of(column)] for column in columns if key_of(column) in stated}
    taken = set(found.values())
    for column in sorted(columns, key=lambda column: _RANK.get(key_of(column), 0)):
        field = field_of(column)
        if field and field not in taken and key_of(column) not in found:
            found[key_of(column)] = field
            taken.add(field)
    return found


def is_own(columns: Sequence[str], mapping: Mapping[str, str] | None = None) -> bool:
    """Return whether columns can be those of a list of one's own: at least a name among them."""
    fields = set(fields_of(columns, mapping).values())
    return "name" in fields or "last_name" in fields
