"""What paper_data.py makes of small files in the formats that it reads."""
import contextlib
import csv
import gzip
import io
import pathlib
import random
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "core" / "benchmark"))
import paper_data


class PaperData(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def rows(self, name):
        file = self.folder / "out" / name
        with (gzip.open if name.endswith(".gz") else open)(file, "rt") as text:
            return list(csv.reader(text))

    def test_uci(self):
        own = self.folder / "sets" / "two"
        own.mkdir(parents=True)
        (own / "two.txt").write_text("n_patrons1= 3\nn_entradas= 2\nfich1= two_R.dat\n")
        (own / "two_R.dat").write_text("\tf1\tf2\tclase\n1\t-0.5\t2\t0\n2\t1e-3\t4\t1\n3\t7\t8\t0\n")
        paper_data.main(["uci", str(self.folder / "sets"), str(self.folder / "out"), "two"])
        expected = [["x1", "x2", "label"], ["-0.5", "2", "-1"], ["1e-3", "4", "1"], ["7", "8", "-1"]]
        self.assertEqual(self.rows("two.csv"), expected)
        (own / "two_R.dat").write_text("\tf1\tclase\n1\t1\t0\n2\t2\t1\n3\t3\t2\n")
        with self.assertRaisesRegex(SystemExit, "3 classes, expected 2"):
            paper_data.main(["uci", str(self.folder / "sets"), str(self.folder / "out"), "two"])

    def test_cifar(self):
        seed = random.randrange(2**32)
        with self.subTest(seed=seed):
            draw = random.Random(seed)
            images = [(draw.choice([3, 5, 7]), draw.randbytes(3072)) for _ in range(20)] + [(3, bytes(3072)), (5, bytes(3072))]
            for name, part in (("data_batch_1.bin", images[:11]), ("test_batch.bin", images[11:])):
                (self.folder / name).write_bytes(b"".join(bytes([label]) + pixels for label, pixels in part))
            paper_data.main(["cifar", str(self.folder), str(self.folder / "out"), "3", "5"])
            header, *rows = self.rows("cifar-3v5.csv.gz")
            self.assertEqual(header, [f"x{k}" for k in range(1, 3073)] + ["label"])
            expected = [[*map(str, pixels), "1" if label == 3 else "-1"] for label, pixels in images if label != 7]
            self.assertEqual(rows, expected)
            (self.folder / "test_batch.bin").write_bytes(b"123")
            with self.assertRaisesRegex(SystemExit, "3 bytes, expected a multiple of 3073"):
                paper_data.main(["cifar", str(self.folder), str(self.folder / "out"), "3", "5"])

    def test_nothing_there(self):
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaisesRegex(SystemExit, "no data_batch"):
            paper_data.main(["cifar", str(self.folder), str(self.folder / "out"), "3", "5"])


if __name__ == "__main__":
    unittest.main()
