"""Fails unless two folders of studies have the same bytes: csv and json without their times, parquet by its rows."""

import csv
import json
import re
import sys
from pathlib import Path

import pyarrow.parquet


def content(file: Path) -> object:
    if file.suffix == ".parquet":
        table = pyarrow.parquet.ParquetFile(file).read()
        return [row | {"seconds": None} for row in table.to_pylist()]
    if file.suffix == ".csv":
        with file.open() as rows:
            return [row | {"seconds": None} for row in csv.DictReader(rows)]
    if file.name == "summary.json":
        return json.loads(file.read_text()) | {"seconds": None}
    if file.name == "manifest.json":
        # The hashes of files with times in them, by names of the run's own.
        return json.loads(file.read_text()) | {"files": None, "hash": None}
    return file.read_bytes()


def contents(folder: Path) -> dict[str, object]:
    files = (one for one in folder.rglob("*") if one.is_file())
    # Spark puts a random part into the names of its files.
    return {re.sub(r"part-00000-[-0-9a-f]{36}", "part", str(one.relative_to(folder))): content(one) for one in files}


one, other = (contents(Path(name)) for name in sys.argv[1:3])
if not one or one.keys() != other.keys():
    sys.exit(f"{sys.argv[1:3]}: files {sorted(one.keys() ^ other.keys()) or 'none'}")
different = [name for name in sorted(one) if one[name] != other[name]]
if different:
    sys.exit(f"{sys.argv[1:3]}: {different} differ")
print(f"ok: the same {len(one)} files in {' and '.join(Path(name).name for name in sys.argv[1:3])}")
