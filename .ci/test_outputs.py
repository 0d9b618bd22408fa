"""What a comparison of two recordings finds, and what it leaves out."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

OUTPUTS = Path(__file__).with_name("outputs")
TABLE = "lambda,objective,seconds,status\n0.5,113.67124938292932,{},optimal\n"
SUMMARY = '{{\n  "neurons" : 6,\n  "input" : "{}/data.csv",\n  "seconds" : {{\n    "read" : {}\n  }}\n}}\n'
PAGE = "<dt>spark</dt><dd>{}</dd><p>113.7 at lambda 0.5</p>"


class ComparisonTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.one, self.two = (Path(folder.name) / name for name in ("one", "two"))
        for recording, time in ((self.one, "0.25"), (self.two, "1.5E-4")):
            fit = recording / "outputs/fit"
            fit.mkdir(parents=True)
            (fit / "path.csv").write_text(TABLE.format(time))
            (fit / "summary.json").write_text(SUMMARY.format(recording / "outputs", time))
            (fit / "report.html").write_text(PAGE.format(time))
            said = {"command": "relupath fit", "status": 0, "lines": f"{recording}/outputs/fit/path.csv\n", "errors": ""}
            home = {"work": str(recording / "outputs"), "home": "/installation"}
            (recording / "recording.json").write_text(json.dumps(home | {"commands": [said]}))

    def compare(self, *options: str, mode: str = "compare") -> tuple[int, list[str]]:
        command = [sys.executable, OUTPUTS, mode, self.one, self.two, *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, (done.stdout + done.stderr).splitlines()

    def change(self, name: str, old: str, new: str) -> None:
        file = self.two / name
        self.assertIn(old, file.read_text())
        file.write_text(file.read_text().replace(old, new))

    def assertDiffers(self, name: str, words: str, *options: str) -> None:
        status, lines = self.compare(*options)
        self.assertEqual((status, len(lines)), (1, 1), lines)
        self.assertTrue(lines[0].startswith(name) and words in lines[0], lines)

    def test_times_versions_and_places_are_left_out(self) -> None:
        self.assertEqual(self.compare(), (0, ["ok: the same 3 files and 1 commands"]))

    def test_folders_of_results_alone(self) -> None:
        self.one, self.two = (folder / "outputs/fit" for folder in (self.one, self.two))
        # Both name the input that they were made from.
        (self.two / "summary.json").write_text((self.one / "summary.json").read_text())
        self.assertEqual(self.compare(mode="same"), (0, ["ok: the same 3 files and 0 commands"]))
        self.change("path.csv", "optimal", "inexact")
        self.assertEqual(self.compare(mode="same")[0], 1)

    def test_a_changed_number(self) -> None:
        self.change("outputs/fit/path.csv", "113.67124938292932", "113.67124938292931")
        self.assertDiffers("file fit/path.csv: line 2", "2931")
        self.assertEqual(self.compare("--numbers", "1e-9")[0], 0)
        self.change("outputs/fit/path.csv", "113.67124938292931", "113.6712500")
        self.assertDiffers("file fit/path.csv: line 2", "113.6712500", "--numbers", "1e-9")

    def test_a_changed_integer_or_word_is_no_number_that_is_near(self) -> None:
        self.change("outputs/fit/summary.json", ": 6", ": 7")
        self.assertDiffers("file fit/summary.json: line 2", ": 7", "--numbers", "1")
        self.change("outputs/fit/summary.json", ": 7", ": 6")
        self.change("outputs/fit/path.csv", "optimal", "inexact")
        self.assertDiffers("file fit/path.csv: line 2", "inexact", "--numbers", "1")

    def test_one_in_the_last_digit_of_a_page(self) -> None:
        self.change("outputs/fit/report.html", "113.7", "113.8")
        self.assertDiffers("file fit/report.html: line 1", "113.8")
        self.assertEqual(self.compare("--numbers", "1e-9")[0], 0)
        self.change("outputs/fit/report.html", "113.8", "113.9")
        self.assertDiffers("file fit/report.html: line 1", "113.9", "--numbers", "1e-9")

    def test_a_changed_status_and_line(self) -> None:
        self.change("recording.json", '"status": 0', '"status": 3')
        self.assertDiffers("command relupath fit: line 1", "status 3", "--numbers", "1")
        self.change("recording.json", '"status": 3', '"status": 0')
        self.change("recording.json", '"errors": ""', '"errors": "relupath: warning"')
        self.assertDiffers("command relupath fit: line 3", "warning")

    def test_what_one_recording_lacks(self) -> None:
        (self.two / "outputs/fit/path.csv").unlink()
        self.assertDiffers("file fit/path.csv", "only in the first")
        (self.two / "outputs/fit/path.csv").write_text((self.one / "outputs/fit/path.csv").read_text())
        (self.two / "outputs/more").write_text("")
        self.assertDiffers("file more", "only in the second")
        (self.two / "outputs/more").unlink()
        self.change("recording.json", "relupath fit", "relupath path")
        status, lines = self.compare()
        self.assertEqual((status, [line.split(":")[0] for line in lines]), (1, ["command relupath fit", "command relupath path"]))

    def test_recordings_of_nothing(self) -> None:
        said = json.loads((self.one / "recording.json").read_text())
        for recording in (self.one, self.two):
            (recording / "recording.json").write_text(json.dumps(said | {"commands": []}))
        self.assertDiffers(str(self.one), "expected some")
        for recording in (self.one, self.two):
            (recording / "recording.json").unlink()
        self.assertDiffers(str(self.one), "is no recording")


if __name__ == "__main__":
    unittest.main()
