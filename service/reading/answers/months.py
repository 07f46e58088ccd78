"""Names of months, weekdays and small numbers in the languages that people write dates in most."""

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
