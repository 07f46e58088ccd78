"""Time zones as people write them."""

from zoneinfo import ZoneInfo, available_timezones

from service.playbook.near import nearest


def check_zone(name: str) -> str:
    """``name`` if it is a zone of the tz database. Raises ValueError with the probable one."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):  # OSError: "America" is a folder of the database
        raise ValueError(f'"{name}" is no zone of the tz database. {_suggestion(name)}') from None


def _suggestion(name: str) -> str:
    zones = available_timezones()
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(zones)}
    city = nearest(name.rpartition("/")[2].replace(" ", "_"), cities)
    zone = nearest(name, zones) or (cities[city] if city else "")
    return f'Did you mean "{zone}"?' if zone else "Write one such as America/Denver."
