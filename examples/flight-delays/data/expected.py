#!/usr/bin/env python3
"""The events of the flight-delays example, and what a reader must make of them (see ../events.md).

    python expected.py                  # makes all events, reads them strictly, prints every count
    python expected.py --json           # the same as one JSON object
    python expected.py --show unknown_field   # the events of one kind, as they lie in the topic

The publisher of the workflow is written in Java; this is the reference that it is compared with, event for event,
through `events_sha256`. Needs flights.parquet beside it and the packages of requirements.txt.
"""

import argparse
import hashlib
import json
import pathlib
import re
import signal
from collections import Counter
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).resolve().parent
NEW_YORK = ZoneInfo("America/New_York")
FROM = datetime(2013, 1, 1, tzinfo=NEW_YORK).astimezone(timezone.utc)
TO = datetime(2014, 1, 1, tzinfo=NEW_YORK).astimezone(timezone.utc)
MICROSECOND = timedelta(microseconds=1)
PARTITIONS = 4
MAX_STRING_BYTES = 65_536

OUTCOMES = ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]  # null in a first announcement


# ---------------------------------------------------------------------------------------------- writing

def instant(moment):
    """ISO-8601 with Z; a fraction only where there is one."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + (f".{moment.microsecond:06}" if moment.microsecond else "") + "Z"


def json_text(value):
    """One value as compact JSON. Every double of flights.parquet is whole, so it is written without a fraction."""
    if value is None:
        return "null"
    if isinstance(value, datetime):
        return f'"{instant(value)}"'
    if isinstance(value, str):
        assert re.fullmatch("[A-Za-z0-9-]*", value), value  # nothing to escape
        return f'"{value}"'
    assert value == int(value), value
    return str(int(value))


def event_of(flight, edits=None, without=(), more=""):
    """A flight as a JSON object in the order of the columns; edits replace the JSON text of fields."""
    edits = edits or {}
    parts = [f'"{name}":{edits.get(name) or json_text(value)}' for name, value in flight.items() if name not in without]
    return ("{" + ",".join(parts) + more + "}").encode("utf-8")


def edited(**edits):
    return lambda flight: event_of(flight, edits)


def reformatted(flight):
    """The same row in other bytes: fields backwards, spaces, local offsets, fractions, escapes."""
    texts = {name: json_text(value) for name, value in flight.items()}
    for name in ("sched_dep", "time_hour"):
        texts[name] = f'"{flight[name].astimezone(NEW_YORK).isoformat(timespec="seconds")}"'
    for name in ("dep_delay", "arr_delay", "air_time", "distance"):
        texts[name] += "" if flight[name] is None else ".0"
    texts["carrier"] = '"' + "".join(f"\\u{ord(letter):04x}" for letter in flight["carrier"]) + '"'
    return ("{ " + ", ".join(f'"{name}": {text}' for name, text in reversed(texts.items())) + " }").encode("utf-8")


def first_announcement(flight):
    return event_of({**flight, "sched_dep": flight["sched_dep"] - timedelta(minutes=30), **dict.fromkeys(OUTCOMES)})


def cut_off(flight):
    whole = event_of(flight)
    return whole[: len(whole) // 2]


def invalid_utf8(flight):
    return event_of(flight, {"dest": '"?"'}).replace(b'"dest":"?"', b'"dest":"\xc3\x28"')


def local(flight, pattern):
    return '"' + flight["sched_dep"].astimezone(NEW_YORK).strftime(pattern) + '"'


COPIES = [  # (kind, flights, events a flight, value)
    ("copy", 700, 1, event_of),
    ("copy_twice", 11, 2, event_of),
    ("reformatted", 200, 1, reformatted),
    ("first_announcement", 100, 1, first_announcement),
]

# Every kind has another count (1 to 27), so that no two can be mistaken for each other unnoticed.
BAD = [
    ("deep_nesting", 1, edited(tailnum="[" * 5_000 + "]" * 5_000)),
    ("huge_string", 2, edited(tailnum='"' + "N" * 200_000 + '"')),
    ("not_json", 3, lambda flight: f"{flight['carrier']} {flight['flight']} is on its way".encode("utf-8")),
    ("top_level_array", 4, lambda flight: b"[" + event_of(flight) + b"]"),
    ("two_objects", 5, lambda flight: event_of(flight) * 2),
    ("repeated_field", 6, lambda flight: event_of(flight, more=',"carrier":"XX"')),
    ("time_as_number", 7, lambda flight: event_of(flight, {"sched_dep": str(int(flight["sched_dep"].timestamp()))})),
    ("time_too_fine", 8, lambda flight: event_of(flight, {"sched_dep": f'"{instant(flight["sched_dep"])[:-1]}.1234567Z"'})),
    ("time_without_zone", 9, lambda flight: event_of(flight, {"sched_dep": local(flight, "%Y-%m-%dT%H:%M:%S")})),
    ("impossible_time", 10, edited(sched_dep='"2013-02-30T10:15:00Z"')),
    ("wrong_time_format", 11, lambda flight: event_of(flight, {"sched_dep": local(flight, "%m/%d/%Y %H:%M")})),
    ("lone_surrogate", 12, edited(dest='"\\ud800"')),
    ("invalid_utf8", 13, invalid_utf8),
    ("double_out_of_range", 14, edited(distance="1e999")),
    ("integer_out_of_range", 15, edited(flight="9223372036854775808")),
    ("fraction_for_integer", 16, edited(flight="1545.5")),
    ("nested_object", 17, edited(arr_delay='{"minutes":11}')),
    ("nan_word", 18, edited(distance="NaN")),
    ("nan_text", 19, edited(arr_delay='"NaN"')),
    ("number_as_text", 20, lambda flight: event_of(flight, {"distance": f'"{json_text(flight["distance"])}"'})),
    ("wrong_type", 21, edited(carrier="true")),
    ("null_for_required", 22, edited(origin="null")),
    ("missing_required", 23, lambda flight: event_of(flight, without=("carrier",))),
    ("unknown_field", 24, lambda flight: event_of(flight, more=',"gate":"B42"')),
    ("cut_off", 25, cut_off),
    ("empty_value", 26, lambda flight: b""),
    ("tombstone", 27, lambda flight: None),
]


def shifted(flight, days, sched_dep=None):
    """The flight on another day: its id, calendar parts and instants move."""
    day = timedelta(days=days)
    date = datetime(flight["year"], flight["month"], flight["day"]) + day
    return event_of({
        **flight,
        "id": date.strftime("%Y-%m-%d") + flight["id"][10:],
        "sched_dep": sched_dep or flight["sched_dep"] + day,
        "year": date.year, "month": date.month, "day": date.day,
        "time_hour": flight["time_hour"] + day,
    })


OUTSIDE = [  # (kind, flights, day that they are taken from, value)
    ("day_before", 119, (1, 1), lambda flight: shifted(flight, -1)),
    ("last_microsecond_before", 1, (1, 1), lambda flight: shifted(flight, -1, FROM - MICROSECOND)),
    ("day_after", 79, (12, 31), lambda flight: shifted(flight, 1)),
    ("first_instant_after", 1, (12, 31), lambda flight: shifted(flight, 1, TO)),
]


def event(flight, kind, value, number=""):
    """(order, kind, record key, value): the order is a hash of the flight's id and the kind."""
    order = hashlib.sha256(f"{flight['id']}#{kind}{number}".encode("utf-8")).digest()
    return order, kind, flight["id"].encode("utf-8"), value


def all_events(flights):
    ranked = sorted(flights, key=lambda flight: hashlib.sha256(f"{flight['id']}#flight".encode("utf-8")).digest())
    events = [event(flight, "flight", event_of(flight)) for flight in ranked]
    rank = 0
    for kind, count, times, value in COPIES:
        for flight in ranked[rank:rank + count]:
            for number in range(1, times + 1):
                events.append(event(flight, kind, value(flight), f"-{number}" if times > 1 else ""))
        rank += count
    for kind, count, value in BAD:
        events += [event(flight, kind, value(flight)) for flight in ranked[rank:rank + count]]
        rank += count
    used = Counter()
    for kind, count, day, value in OUTSIDE:
        of_day = [flight for flight in ranked if (flight["month"], flight["day"]) == day][used[day]:][:count]
        events += [event(flight, kind, value(flight)) for flight in of_day]
        used[day] += count
    return sorted(events, key=lambda each: each[0])


def partition(order, partitions=PARTITIONS):
    return int.from_bytes(order[8:12], "big") % partitions


# ---------------------------------------------------------------------------------------------- reading

class Bad(Exception):
    """A record that cannot be read, with its reason."""


def once_each(pairs):
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Bad("repeated field")
    return fields


def no_constant(word):
    raise Bad(f"{word} is not JSON")


def parsed_time(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", text):
        raise Bad("not an ISO-8601 time with zone and at most microseconds")
    try:
        return datetime.fromisoformat(text).astimezone(timezone.utc)
    except ValueError as problem:
        raise Bad("no such time") from problem


def checked(value, field):
    """The value as the field's type; nothing is converted that would lose or guess anything."""
    if value is None:
        if field.nullable:
            return None
        raise Bad("null for a required field")
    kind = field.type
    if kind == pa.int64():
        if type(value) is not int or not -(2**63) <= value < 2**63:
            raise Bad("not an int64")
        return value
    if kind == pa.float64():
        if type(value) not in (int, float) or abs(value) == float("inf"):
            raise Bad("not a finite number")
        return float(value)
    if type(value) is not str:
        raise Bad("not text")
    if any(0xD800 <= ord(letter) < 0xE000 for letter in value):
        raise Bad("lone surrogate")
    if len(value.encode("utf-8")) > MAX_STRING_BYTES:
        raise Bad("text too long")
    return parsed_time(value) if pa.types.is_timestamp(kind) else value


def read(value, schema):
    if value is None:
        raise Bad("tombstone")
    if not value:
        raise Bad("empty value")
    try:
        record = json.loads(value.decode("utf-8"), object_pairs_hook=once_each, parse_constant=no_constant)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise Bad("not JSON in UTF-8") from problem
    if not isinstance(record, dict):
        raise Bad("not an object")
    unknown = record.keys() - set(schema.names)
    if unknown:
        raise Bad("unknown field")
    return {field.name: checked(record.get(field.name), field) for field in schema}


def read_all(events, schema):
    """Rows by id, and the number of duplicates, dead letters by kind and events outside the window."""
    rows, duplicates, letters, outside = {}, 0, Counter(), 0
    for _, kind, _, value in events:
        try:
            row = read(value, schema)
        except Bad:
            letters[kind] += 1
            continue
        if not FROM <= row["sched_dep"] < TO:
            outside += 1
            continue
        kept = rows.setdefault(row["id"], row)
        if kept is not row:
            duplicates += 1
            if row["sched_dep"] > kept["sched_dep"]:
                rows[row["id"]] = row
            elif row["sched_dep"] == kept["sched_dep"]:
                assert row == kept, row  # the row hash never has to decide here
    return rows, duplicates, letters, outside


def digest(events):
    """SHA-256 over key, 0x00, 0x01 and value (only 0x00 for a tombstone), 0x0A of each event in order."""
    total = hashlib.sha256()
    for _, _, key, value in events:
        total.update(key + b"\x00" + (b"\x00" if value is None else b"\x01" + value) + b"\n")
    return total.hexdigest()


def late(events):
    """How many events have one before them in their partition that departs more than a day later."""
    newest, count = {}, 0
    for order, kind, _, value in events:
        if kind != "flight":
            continue
        at = partition(order)
        departure = json.loads(value)["sched_dep"]
        moment = datetime.fromisoformat(departure)
        count += moment + timedelta(days=1) < newest.get(at, moment)
        newest[at] = max(moment, newest.get(at, moment))
    return count


def split_counts(rows):
    names = {"train": range(1, 10), "validation": range(10, 11), "test": range(11, 13)}
    labelled = [row for row in rows.values() if row["arr_delay"] is not None]
    counts = {"without_label": len(rows) - len(labelled), "labelled": len(labelled)}
    for name, months in names.items():
        part = [row for row in labelled if row["month"] in months]
        counts[name] = {"rows": len(part), "late": sum(row["arr_delay"] > 15 for row in part)}
    return counts


def report():
    table = pq.read_table(HERE / "flights.parquet")
    flights = table.to_pylist()
    events = all_events(flights)
    rows, duplicates, letters, outside = read_all(events, table.schema)
    kinds = Counter(kind for _, kind, _, _ in events)
    assert rows == {flight["id"]: flight for flight in flights}  # what stays is flights.parquet again
    assert letters == {kind: count for kind, count, _ in BAD}
    assert len(events) == len(rows) + duplicates + sum(letters.values()) + outside
    return events, {
        "events": len(events), "rows": len(rows), "duplicates": duplicates, "dead_letters": sum(letters.values()),
        "outside_window": outside, "events_by_kind": dict(kinds),
        "events_by_partition": [Counter(partition(order) for order, *_ in events)[at] for at in range(PARTITIONS)],
        "value_bytes": sum(len(value or b"") for *_, value in events),
        "late_by_more_than_a_day": late(events), "splits": split_counts(rows), "events_sha256": digest(events),
        "first_ids": [key.decode("utf-8") for _, _, key, _ in events[:3]],
    }


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--show", metavar="KIND", help="print the events of this kind, cut at 600 bytes")
    arguments = parser.parse_args()
    events, counts = report()
    if arguments.show:
        for order, kind, key, value in events:
            if kind == arguments.show:
                print(partition(order), key.decode("utf-8"), None if value is None else value[:600])
    elif arguments.json:
        print(json.dumps(counts, indent=1))
    else:
        for name, value in counts.items():
            print(f"{name}: {value}")


if __name__ == "__main__":
    main()
