"""The pages that the gate answers itself: before a log-in nobody gets anything of Streamlit."""

from __future__ import annotations

from html import escape

from quality.reports.escape import visible

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{refresh}<title>{title} · proofgate</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto; padding: 0 1rem;
  color: light-dark(#1f2430, #f0f1f4); background: light-dark(#fff, #14171f); }}
h1 {{ font-size: 1.5rem; }}
code {{ background: light-dark(#eef0f4, #262b36); padding: .1em .3em; border-radius: .2em; }}
a {{ color: light-dark(#0b57b5, #8ab8ff); }}
button, a.button {{ font: inherit; font-weight: 600; display: inline-block; padding: .6em 1.2em; border: 0;
  border-radius: .4em; color: #fff; background: #0b57b5; text-decoration: none; cursor: pointer; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(title: str, body: str, *, refresh: str | None = None) -> bytes:
    """A page of ours.

    Args:
        title: Plain text.
        body: HTML, escaped already.
        refresh: A path of this server that the browser goes to at once.
    """
    again = "" if refresh is None else f'<meta http-equiv="refresh" content="0;url={escape(refresh)}">\n'
    return _PAGE.format(title=escape(title), body=body, refresh=again).encode("utf-8", "replace")


def onwards(path: str) -> bytes:
    """Goes to that path as if the user had typed it; a browser that comes from another site keeps its cookie back."""
    return page("Opening", f'<p><a href="{escape(path)}">Go on</a></p>', refresh=path)


def not_signed_in() -> bytes:
    """For whoever has no session."""
    return page(
        "Not signed in",
        "<p>Open the dashboard with the link that <code>dashboard</code> printed when it was started. It opens once, "
        "in one browser.</p><p>Another browser or another person needs a link of their own: whoever runs the "
        "dashboard of a course makes one with <code>dashboard invite NAME</code>; the dashboard of a single file is "
        "started again.</p>",
    )


def spent() -> bytes:
    """For a link that opens nothing."""
    return page(
        "This link opens nothing",
        '<p>It was opened already, has expired, or was taken back. If you opened it in this browser, <a href="/">go '
        "on here</a>.</p><p>Otherwise ask for a new one: whoever runs the dashboard of a course makes it with "
        "<code>dashboard invite NAME</code>; the dashboard of a single file is started again.</p>",
    )


def invitation(name: str, token: str, *, instead_of: str | None = None) -> bytes:
    """The button that opens an invitation: programs that look at links in messages press none.

    Args:
        instead_of: Who is signed in with this browser.
    """
    other = (
        ""
        if instead_of is None
        else f"<p>You are signed in as <strong>{escape(visible(instead_of))}</strong> here, which ends with it.</p>"
    )
    return page(
        "Open the dashboard",
        f"<p>This link is for <strong>{escape(visible(name))}</strong> and opens once, in this browser. What you "
        f"decide there is kept under that name.</p>{other}"
        f'<form method="post" action="/"><input type="hidden" name="token" value="{escape(token)}">'
        "<button>Open</button></form>",
    )


def log_in(path: str) -> bytes:
    """The button that leads to the organisation's log-in."""
    return page(
        "Sign in",
        "<p>The dashboard is for the people whom its owner has named.</p>"
        f'<p><a class="button" href="{escape(path)}">Sign in</a></p>',
    )


def not_named(who: str) -> bytes:
    """For an account that the owner has not named."""
    return page(
        "No access",
        f"<p>You are signed in as <strong>{escape(visible(who))}</strong>, whom the owner of this dashboard has not "
        'named. Ask them, or <a href="/auth/logout">sign in as somebody else</a>.</p>',
    )


def out_of_order() -> bytes:
    """For a request that cannot be checked."""
    return page("Out of order", "<p>The grade book cannot be read just now; nobody is let in unchecked.</p>")


def wrong_address() -> bytes:
    """For a request under a name that is not ours."""
    return page(
        "Not this address", "<p>Open the dashboard under the address that <code>dashboard</code> printed.</p>"
    )
