"""Makes csv files for the paper's studies of collections that a user has.

    python paper_data.py uci COLLECTION OUT NAME...
    python paper_data.py cifar BINARIES OUT A B

uci reads the collection that the paper used (Fernandez-Delgado et al. 2014): a folder for each data set with NAME.txt, whose
line `fich1= FILE` names the rows: a header, then row number, features and class, between blanks. Two classes become -1 and 1.

cifar reads the binary version of CIFAR-10 (data_batch_1.bin, ..., test_batch.bin: a label byte and 3,072 pixels a row) and
writes the images of classes A (1) and B (-1) as cifar-AvB.csv.gz.
"""
import argparse
import csv
import gzip
import pathlib

PIXELS = 3072


def uci(collection, name):
    """Rows of one data set: features as text, then -1 or 1."""
    folder = collection / name
    settings = dict(line.split()[:2] for line in (folder / f"{name}.txt").read_text().splitlines() if len(line.split()) > 1)
    lines = [line.split()[1:] for line in (folder / settings["fich1="]).read_text().splitlines()[1:] if line.strip()]
    classes = sorted({line[-1] for line in lines}, key=float)
    if len(classes) != 2:
        raise SystemExit(f"{name}: {len(classes)} classes, expected 2")
    if len({len(line) for line in lines}) != 1:
        raise SystemExit(f"{name}: rows of different lengths")
    return [line[:-1] + [1 if line[-1] == classes[1] else -1] for line in lines]


def cifar(binaries, one, other):
    """Rows of two classes of images: pixels, then 1 or -1."""
    rows = []
    files = sorted(binaries.glob("data_batch_*.bin")) + sorted(binaries.glob("test_batch.bin"))
    if not files:
        raise SystemExit(f"{binaries}: no data_batch_*.bin, expected the binary version of CIFAR-10")
    for file in files:
        content = file.read_bytes()
        if len(content) % (PIXELS + 1):
            raise SystemExit(f"{file}: {len(content)} bytes, expected a multiple of {PIXELS + 1}")
        for start in range(0, len(content), PIXELS + 1):
            if content[start] in (one, other):
                rows.append([*content[start + 1:start + 1 + PIXELS], 1 if content[start] == one else -1])
    return rows


def write(file, rows):
    """A header, features, and the label in the last column; packed where the name ends in .gz."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with (gzip.open if file.suffix == ".gz" else open)(file, "wt", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow([f"x{k + 1}" for k in range(len(rows[0]) - 1)] + ["label"])
        table.writerows(rows)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind in ("uci", "cifar"):
        options = kinds.add_parser(kind)
        options.add_argument("source", type=pathlib.Path)
        options.add_argument("out", type=pathlib.Path)
        if kind == "uci":
            options.add_argument("names", nargs="+")
        else:
            options.add_argument("classes", nargs=2, type=int)
    options = parser.parse_args(arguments)
    if options.kind == "uci":
        for name in options.names:
            write(options.out / f"{name}.csv", uci(options.source, name))
    else:
        one, other = options.classes
        write(options.out / f"cifar-{one}v{other}.csv.gz", cifar(options.source, one, other))


if __name__ == "__main__":
    main()
