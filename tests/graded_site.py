"""The site of the graded course of `tests.graded`, opened as the command opens one."""

from contextlib import ExitStack, contextmanager

from dashboard.opening import ready
from dashboard.site import Named
from quality.cli_inputs import Options
from tests.graded import graded
from tests.sites import TA


@contextmanager
def graded_site(folder):
    """The site, closed in the end."""
    graded(folder)
    with ExitStack() as stack:
        yield ready(folder, Options(folder), Named()).open(stack, lambda: TA, lambda opening: None)
