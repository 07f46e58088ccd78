"""Names of months, weekdays, spans of time and small numbers, in the languages of most dates."""

from service.reading.tables import table

_MONTHS = (
    "january jan januar janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février fév febrero febbraio fevereiro fev februari",
    "march mar märz mrz mars marzo março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei maj",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus augusti",
    "september sep sept septembre septiembre settembre setembro set",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember",
)
_WEEKDAYS = (
    "monday mon montag lundi lunes lunedì segunda maandag måndag mandag",
    "tuesday tue tues dienstag mardi martes martedì terça dinsdag tisdag tirsdag",
    "wednesday wed mittwoch mercredi miércoles mercoledì quarta woensdag onsdag",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta donderdag torsdag",
    "friday fri freitag vendredi viernes venerdì sexta vrijdag fredag",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag",
)
_NUMBERS = (
    "a an one ein einem einer un une uno una een en ett",
    "two zwei deux dos due dois duas twee två to",
    "three drei trois tres tre três drie",
    "four vier quatre cuatro quattro quatro fyra fire",
    "five fünf cinq cinco cinque vijf fem",
    "six sechs seis sei zes sex seks",
    "seven sieben sept siete sette sete zeven sju syv",
    "eight acht huit ocho otto oito åtta otte",
    "nine neun neuf nueve nove negen nio ni",
    "ten zehn dix diez dieci dez tien tio ti",
)


def _table(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {name: number for number, names in enumerate(rows, first) for name in names.split()}


MONTHS = _table(_MONTHS, 1)
WEEKDAYS = _table(_WEEKDAYS, 0)
NUMBERS = _table(_NUMBERS, 1)
UNITS = {
    **dict.fromkeys(
        table("day days tag tage tagen jour jours día días giorno giorni dia dias dag dagen dagar dage"), 1
    ),
    **dict.fromkeys(
        table(
            "week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor"
        ),
        7,
    ),
}
WEEKS = frozenset(unit for unit, days in UNITS.items() if days == 7)
MONTH_UNITS = table(
    """
    month months monat monate monaten mois mes meses mese mesi mês maand maanden månad månader måned
    måneder
    """
)
NEXT = table(
    """
    next nächsten nächste nächster kommenden prochain próximo prossimo volgende nästa næste
    """
)
THIS = table("this diesen dieser ce este questo deze denna denne coming")
