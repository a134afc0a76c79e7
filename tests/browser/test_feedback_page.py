"""A group's page in a real browser: nothing runs, nothing is asked for, nothing sticks out of a phone's screen."""

import re
import shutil
import subprocess

import pytest

from grading.book.book import opened
from grading.exporting import cohort, pages
from tests.graded import graded

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking "
    "--disable-component-update --disable-sync --enable-logging=stderr --dump-dom --allow-file-access-from-files"
)
MEASURE = """\
<!doctype html><title>waiting</title><iframe src="page.html" width="360" height="800"></iframe>
<script>
onload = () => {
  const page = document.querySelector("iframe").contentDocument;
  const { scrollWidth, clientWidth } = page.documentElement;
  document.title = `${scrollWidth - clientWidth} beyond ${clientWidth}: ${page.title}`;
};
</script>
"""


@pytest.mark.browser
def test_a_hostile_groups_page_fits_360_pixels_and_runs_nothing(tmp_path):
    course = graded(tmp_path / "course")
    with opened(course.folder) as book:
        made = pages.pages(cohort.read(book, course))
    hostile = next(content for name, content in made.items() if name.startswith("g003"))
    (tmp_path / "page.html").write_bytes(hostile)
    (tmp_path / "measure.html").write_text(MEASURE, encoding="utf-8")
    done = subprocess.run(
        [
            CHROMIUM,
            *FLAGS.split(),
            f"--user-data-dir={tmp_path / 'profile'}",
            (tmp_path / "measure.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert re.search(r"<title>0 beyond 3\d\d: Feedback: CS412 homework 4</title>", done.stdout)
    assert "CONSOLE" not in done.stderr  # neither an error nor a refusal of the content security policy
