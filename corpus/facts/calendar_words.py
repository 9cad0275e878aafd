"""The words of dates: months and weekdays in a dozen languages, and the zones of clocks."""

from __future__ import annotations

MONTH_NAMES = {
    name: month
    for month, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari января"
            " يناير जनवरी",
            "february feb februar février fevrier févr fév febrero febbraio fevereiro fev februari"
            " февраля فبراير फरवरी",
            "march mar märz maerz mrz mars marzo março maart mrt марта مارس मार्च",
            "april apr avril avr abril abr aprile апреля أبريل अप्रैल",
            "may mai mayo maggio mag maio mei мая مايو मई",
            "june jun juni juin junio giugno giu junho июня يونيو जून",
            "july jul juli juillet juil julio luglio lug julho июля يوليو जुलाई",
            "august aug août aout agosto ago augustus августа أغسطس अगस्त",
            "september sept sep septembre septiembre setiembre settembre set setembro сентября"
            " سبتمبر सितंबर सितम्बर",
            "october oct oktober okt octobre octubre ottobre ott outubro out октября أكتوبر"
            " अक्टूबर अक्तूबर",
            "november nov novembre noviembre novembro ноября نوفمبر नवंबर नवम्बर",
            "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro"
            " декабря ديسمبر दिसंबर दिसम्बर",
        ),
        start=1,
    )
    for name in names.split()
}

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri"
    " sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr"
    " sa so lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves"
    " viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica segunda-feira"
    " terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag"
    " zaterdag zondag понедельник вторник среда четверг пятница суббота воскресенье"
    " 星期一 星期二 星期三 星期四 星期五 星期六 星期日"
    " 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日".split()
)

# Hours from UTC. IST, AST, CST (but for American clock times) and their like mean several things.
ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "MEZ": 1, "WEST": 1, "CEST": 2,
    "MESZ": 2, "SAST": 2, "EET": 2, "EEST": 3, "MSK": 3, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EDT": -4, "EST": -5, "CDT": -5, "MDT": -6,
    "MST": -7, "PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10,
}  # fmt: skip
AMERICAN_ZONES = {"ET": -5, "CT": -6, "MT": -7, "PT": -8}
"""Standard time of zones that are named without saying whether it is summer."""

_DAY_FIRST = frozenset(
    "de fr es it pt nl ca gl eu ru uk pl cs sk da no nb fi sv tr el ro ar hi id".split()
)
_BRITISH = frozenset("en-gb en-ie en-au en-nz en-in en-za".split())


def is_day_first(language: str | None, read: str | None = None) -> bool | None:
    """Say whether "03/04/2018" is the third of April in a language; None where nobody can tell.

    English alone does not tell, nor does "en-US": programs say it where nobody has chosen. Nor does
    a language that is stated over a text that reads as another, `read`.

    >>> is_day_first("fr"), is_day_first("en-GB", "en"), is_day_first("en-US")
    (True, True, None)
    >>> is_day_first("de", "en") is None
    True
    """
    if language and read and language.replace("_", "-").casefold().split("-")[0] != read:
        return None
    language = language or read
    name = (language or "").replace("_", "-").casefold()
    return True if name in _BRITISH or name.split("-")[0] in _DAY_FIRST else None
