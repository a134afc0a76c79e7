"""What Moodle's sites call the columns of the offline grading worksheet, and what they write in them.

Source: Moodle's language strings for `mod_assign` and its plug-ins, English and Turkish (packs 3.9 and 4.5; both
wordings are known where they differ). A site can rename any of them: `renamed` says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from quality.errors import ConfigError, InputError
from quality.reports.escape import visible
from quality.table.delimited import folded
from quality.wording import cut, listed


class Field(StrEnum):
    """A column whose meaning is known here."""

    IDENTIFIER = "identifier"
    NAME = "name"
    EMAIL = "email"
    STATUS = "status"
    GROUP = "group"
    GRADE = "grade"
    MAXIMUM = "maximum"
    SCALE = "scale"
    CHANGEABLE = "changeable"
    SUBMITTED = "submitted"
    GRADED = "graded"
    COMMENTS = "comments"


NEEDED = (Field.IDENTIFIER, Field.GRADE, Field.GRADED)
"""Columns without which Moodle refuses the file."""

_HEADERS: Mapping[str, Mapping[Field, tuple[str, ...]]] = MappingProxyType(
    {
        "en": {
            Field.IDENTIFIER: ("Identifier",),
            Field.NAME: ("Full name",),
            Field.EMAIL: ("Email address",),
            Field.STATUS: ("Status",),
            Field.GROUP: ("Group",),
            Field.GRADE: ("Grade",),
            Field.MAXIMUM: ("Maximum grade",),
            Field.SCALE: ("Scale",),
            Field.CHANGEABLE: ("Grade can be changed",),
            Field.SUBMITTED: ("Last modified (submission)",),
            Field.GRADED: ("Last modified (grade)",),
            Field.COMMENTS: ("Feedback comments",),
        },
        "tr": {
            Field.IDENTIFIER: ("Tanımlayıcı",),
            Field.NAME: ("Tam adı",),
            Field.EMAIL: ("E-posta adresi",),
            Field.STATUS: ("Durum",),
            Field.GROUP: ("Grup",),
            Field.GRADE: ("Not",),
            Field.MAXIMUM: ("Enyüksek not", "Maksimum not"),
            Field.SCALE: ("Ölçek", "Skala"),
            Field.CHANGEABLE: ("Not değiştirilebilir",),
            Field.SUBMITTED: ("Son düzenleme (gönderim)",),
            Field.GRADED: ("Son düzenleme (not)",),
            Field.COMMENTS: ("Geri bildirim yorumları",),
        },
    }
)

EXTENDED = MappingProxyType({"en": "Extension granted until", "tr": "Şu zamana kadar ek süre tanındı"})
"""In the status, before the time until which somebody may hand in."""
CHANGEABLE = MappingProxyType({"yes": True, "evet": True, "no": False, "hayır": False})
"""Whether a grade can be changed, in the words of either language."""
NO_GROUP = frozenset(
    {
        "default group",
        "not a member of any group, so unable to make submissions.",
        "member of more than one group, so unable to make submissions.",
        "varsayılan grup",
        "herhangi bir grubun üyesi değil, bu nedenle gönderim yapamıyor.",
        "birden fazla grubun üyesi, bu nedenle gönderim yapamıyor.",
    }
)
"""What stands in the group's column for somebody who is in none, in lower case."""


def names(language: str, renamed: Mapping[str, str] | None = None) -> Mapping[Field, tuple[str, ...]]:
    """What the columns are called on a site in that language.

    Args:
        renamed: A field's key, such as `grade` → what this site calls it.

    Raises:
        ConfigError: It renames a column that is not known here.
    """
    own = dict(_HEADERS[language])
    for key, name in (renamed or {}).items():
        if key not in set(Field):
            raise ConfigError(
                f"no column of a worksheet is known as `{visible(cut(key, 40))}`",
                remedy=f"known here: {', '.join(Field)}",
            )
        own[Field(key)] = (name,)
    return own


def found(
    columns: Sequence[str], language: str, renamed: Mapping[str, str] | None, where: str
) -> dict[Field, int]:
    """Where each known column stands.

    Raises:
        InputError: A column without which Moodle refuses the file is missing, or a known one is there twice.
        ConfigError: The headers are another language's.
    """
    at: dict[Field, int] = {}
    keys = [folded(column) for column in columns]
    for field, called in names(language, renamed).items():
        wanted = {folded(name) for name in called}
        places = [place for place, key in enumerate(keys) if key in wanted]
        if len(places) > 1:
            what = f"the column `{visible(cut(columns[places[0]], 40))}` is there {len(places)} times"
            raise InputError(what, where=where, remedy="download the worksheet again")
        if places:
            at[field] = places[0]
    missing = [field for field in NEEDED if field not in at]
    if missing:
        raise _without(missing, keys, language, names(language, renamed), where)
    return at


def _without(
    missing: Sequence[Field],
    keys: Sequence[str],
    language: str,
    called: Mapping[Field, tuple[str, ...]],
    where: str,
) -> InputError | ConfigError:
    for other, headers in _HEADERS.items():
        if other != language and all(folded(headers[field][0]) in keys for field in NEEDED):
            what = (
                f"the worksheet's headers are in another language than the course says, which is `{language}`"
            )
            return ConfigError(what, where=where, remedy=f'set language = "{other}" in course.toml')
    return InputError(
        f"the worksheet has no column {listed(f'`{called[field][0]}`' for field in missing)}",
        where=where,
        remedy="download it in Moodle: the assignment's submissions → Actions → Download grading worksheet",
    )
