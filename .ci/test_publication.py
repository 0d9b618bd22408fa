"""What the DAG refuses to publish, and what a publication that was cut short leaves."""

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

os.environ.setdefault("RELUPATH_INPUT", "rows.csv")
os.environ.setdefault("RELUPATH_OUTPUT", "studies")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "submit-scripts/airflow"))

import relupath_study as dag  # noqa: E402
from airflow.sdk import ObjectStoragePath  # noqa: E402
from airflow.sdk.exceptions import AirflowFailException  # noqa: E402

SUMMARY = {
    "dataSets": ["rows"],
    "models": ["relu", "gated"],
    "gateCounts": [100],
    "seeds": [1, 2],
    "folds": 3,
    "lambdas": 20,
    "rows": 240,
    "tolerance": 1e-3,
    "worstRelativeGap": 9e-4,
    "status": "optimal",
}


PART = "results/dataset=rows/model=relu/part-1.parquet"


class PublicationTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.staged = Path(folder.name) / "staged"
        self.published = Path(folder.name) / "published"
        self.write("summary.json", json.dumps(SUMMARY))
        self.manifest("code 1")
        self.write("choices.csv", "choices")
        for model in SUMMARY["models"]:
            self.write(f"results/dataset=rows/model={model}/part-1.parquet", "results")
            self.write(f"networks/rows/{model}/network.json", model)

    def write(self, name, text):
        file = self.staged / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def manifest(self, code):
        """A manifest that lists files, as every run has them by names of its own."""
        parts = [one.name for one in self.staged.rglob("*.parquet")]
        self.write("manifest.json", json.dumps({"codeHash": code, "files": parts, "hash": f"{code} {parts}"}))

    def rename_a_part(self):
        (self.staged / PART).rename((self.staged / PART).with_name("part-2.parquet"))
        self.manifest("code 1")

    def refusal(self, tolerance=1e-3, **changes):
        self.write("summary.json", json.dumps(SUMMARY | changes))
        return dag.refusal(ObjectStoragePath(str(self.staged)), tolerance)

    def publish(self):
        return dag.put_in_place(ObjectStoragePath(str(self.staged)), ObjectStoragePath(str(self.published)))

    def assert_published(self):
        names = sorted(str(one.relative_to(self.staged)) for one in self.staged.rglob("*") if one.is_file())
        found = sorted(str(one.relative_to(self.published)) for one in self.published.rglob("*") if one.is_file())
        self.assertEqual(names, found)
        for name in names:
            self.assertEqual((self.staged / name).read_bytes(), (self.published / name).read_bytes())

    def test_only_what_is_certified_is_published(self):
        self.assertIsNone(self.refusal())
        self.assertIn("status not converged", self.refusal(status="not converged"))
        self.assertIn("relative gap 0.0011", self.refusal(worstRelativeGap=1.1e-3))
        self.assertIn("relative gap nan", self.refusal(worstRelativeGap=float("nan")))
        self.assertIn("relative gap", self.refusal(tolerance=9.5e-4))
        self.assertIn("239 rows, expected 240", self.refusal(rows=239))
        part = self.staged / PART
        part.rename(part.with_suffix(".crc"))
        self.assertIn("no rows of rows relu in results", self.refusal())
        part.with_suffix(".crc").rename(part)
        (self.staged / "networks/rows/relu/network.json").unlink()
        self.assertIn("has no networks/rows/relu/network.json", self.refusal())
        (self.staged / "manifest.json").unlink()
        self.assertIn("has no manifest.json", self.refusal())

    def test_the_manifest_comes_last(self):
        order = []
        put = dag.put
        with mock.patch.object(dag, "put", lambda *args: (order.append(args[2]), put(*args))):
            self.assertIn("published", self.publish())
        self.assertEqual(7, len(order))
        self.assertEqual("manifest.json", order[-1])
        self.assert_published()

    def test_a_publication_that_was_cut_short_has_no_manifest_and_is_made_whole(self):
        put = dag.put
        for most in range(7):
            with self.subTest(files=most):
                # From the second on this replaces a study of other rows.
                self.manifest(f"rows {most}")
                self.write("choices.csv", f"choices {most}")
                left = [None] * most

                def cut(*args):
                    left.pop()
                    put(*args)

                with mock.patch.object(dag, "put", cut), self.assertRaises(IndexError):
                    self.publish()
                self.assertFalse((self.published / "manifest.json").exists())
                self.publish()
                self.assert_published()

    def test_the_same_again_stays_as_it_is(self):
        self.publish()
        before = (self.published / "manifest.json").stat().st_mtime_ns
        self.rename_a_part()
        self.assertIn("the same bytes", self.publish())
        self.assertEqual(before, (self.published / "manifest.json").stat().st_mtime_ns)
        self.assertTrue((self.published / PART).exists())

    def test_other_bytes_of_the_same_rows_settings_and_code_are_refused(self):
        self.publish()
        self.write("choices.csv", "others")
        with self.assertRaises(AirflowFailException):
            self.publish()
        self.assertEqual("choices", (self.published / "choices.csv").read_text())

    def test_a_study_of_other_rows_settings_or_code_replaces_what_is_there(self):
        self.publish()
        self.write("choices.csv", "others")
        self.rename_a_part()
        self.manifest("code 2")
        self.assertIn("published", self.publish())
        self.assert_published()
