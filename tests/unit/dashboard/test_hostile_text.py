"""No text that somebody else wrote reaches Markdown: every argument that Streamlit reads as Markdown is our own."""

import ast
import textwrap
from pathlib import Path

import pytest

import dashboard

ROOT = Path(dashboard.__file__).parent
MARKDOWN = {
    "badge",
    "button",
    "caption",
    "chat_message",
    "checkbox",
    "color_picker",
    "date_input",
    "dialog",
    "download_button",
    "error",
    "exception",
    "expander",
    "feedback",
    "file_uploader",
    "form_submit_button",
    "header",
    "image",
    "info",
    "latex",
    "link_button",
    "markdown",
    "menu_button",
    "metric",
    "multiselect",
    "number_input",
    "page_link",
    "pills",
    "popover",
    "radio",
    "segmented_control",
    "select_slider",
    "selectbox",
    "set_page_config",
    "slider",
    "space",
    "spinner",
    "status",
    "subheader",
    "success",
    "table",
    "tabs",
    "text_area",
    "text_input",
    "time_input",
    "title",
    "toast",
    "toggle",
    "warning",
    "write",
    "write_stream",
}
"""What Streamlit makes Markdown of, or puts into a place where nobody expects foreign text."""
COLUMNS = {
    "Column",
    "TextColumn",
    "NumberColumn",
    "CheckboxColumn",
    "SelectboxColumn",
    "ListColumn",
    "ProgressColumn",
}
FIRST = MARKDOWN | COLUMNS
BY_NAME = {
    "help",
    "label",
    "title",
    "page_title",
    "body",
    "icon",
    "delta",
    "caption",
    "placeholder",
    "alt",
    "text",
}
"""Arguments that are held to it by name, whatever is called on Streamlit."""
SHOWN = {"metric": 3, "badge": 1, "tabs": 1}
"""How many of the first arguments are shown, where it is not one."""
NEVER = {"unsafe_allow_html", "unsafe_allow_javascript", "components", "iframe", "exception"}
OURS = {"plain", "count", "percent", "len", "round", "int", "float", "sum", "markdown_of"}
"""Functions whose result holds nothing but our own words and numbers, or text in which nothing is Markdown."""
NUMBERS = {"int", "float", "LiteralString"}
"""Annotations of what cannot hold foreign text; pyright holds every caller to `LiteralString`."""
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def faults(source, *, shown=False):
    """Line and reason of every argument that could hold foreign text.

    Args:
        shown: The file is one of dashboard/shown, which may make HTML.
    """
    tree = ast.parse(source)
    drawn, imported = _imports(tree)
    called = {id(one) for node in ast.walk(tree) if isinstance(node, ast.Call) for one in ast.walk(node.func)}
    found = []

    def visit(node, known):
        if isinstance(node, DEFINED):
            known = known | _bound(node)
        if isinstance(node, ast.keyword) and node.arg in NEVER:
            found.append((node.value.lineno, f"{node.arg} is never used"))
        if isinstance(node, ast.Call):
            for call in _called(node.func, drawn, imported):
                found.extend(_of_call(node, call, known, shown=shown))
        if id(node) not in called and any(one in MARKDOWN for one in _called(node, drawn, set(), made=False)):
            found.append((node.lineno, f"{ast.unparse(node)} is called under no other name"))
        for child in ast.iter_child_nodes(node):
            visit(child, known)

    visit(tree, _bound(tree))
    return found


def _of_call(node, call, known, *, shown):
    if call in NEVER and node.args:  # `future.exception()` is another thing
        yield node.lineno, f"st.{call} is never used"
    if call == "html" and not shown:
        yield node.lineno, "st.html belongs to dashboard/shown"
    arguments = node.args[: SHOWN.get(call, 1)] if call in FIRST else []
    for argument in arguments:
        if not _ours(argument, known):
            yield argument.lineno, f"st.{call} is given {ast.unparse(argument)}"
    for keyword in node.keywords:
        if keyword.arg in BY_NAME and not _ours(keyword.value, known):
            yield keyword.value.lineno, f"{keyword.arg}= of st.{call} is {ast.unparse(keyword.value)}"


def _imports(tree):
    """The names under which the file has Streamlit, and all that it imports."""
    drawn, imported = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {(one.asname or one.name).split(".")[0] for one in node.names}
            imported |= names
            module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            if (module or "").split(".")[0] == "streamlit":
                drawn |= names
    return drawn, imported


def _called(function, drawn, imported, *, made=True):
    """What is called on Streamlit or, with `made`, on something that it made (`left.metric`): each branch of it."""
    if isinstance(function, ast.IfExp):
        for one in (function.body, function.orelse):
            yield from _called(one, drawn, imported, made=made)
        return
    if isinstance(function, ast.Name) and function.id in drawn:
        yield function.id
    on, name = _attribute(function)
    if on is None or not drawn:
        return
    root = on
    while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(root, ast.Call) and getattr(root.func, "id", "") == "cast":
            root = root.args[1]
        else:
            root = root.func if isinstance(root, ast.Call) else root.value
    if not isinstance(root, ast.Name):
        return
    of_part = name in MARKDOWN and root.id not in imported and not isinstance(on, ast.Attribute)
    if root.id in drawn or (made and of_part):
        yield name


def _attribute(function):
    """Of `left.metric` and `getattr(left, "metric")`: `left` and the name; (None, "") of anything else."""
    if isinstance(function, ast.Attribute):
        return function.value, function.attr
    if isinstance(function, ast.Call) and getattr(function.func, "id", "") == "getattr":
        return function.args[0], getattr(function.args[1], "value", "")
    return None, ""


def _bound(scope):
    """Name → whether only our own words and numbers are ever put into it here."""
    found = {}

    def put(target, good):
        names = [one.id for one in ast.walk(target) if isinstance(one, ast.Name)]
        for name in names:
            found[name] = found.get(name, True) and good

    if isinstance(scope, DEFINED):
        arguments = scope.args
        for one in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            found[one.arg] = getattr(one.annotation, "id", "") in NUMBERS
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                put(target, _constant(node.value))
        if isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            put(node.target, _constant(node.value))
        if isinstance(node, ast.For | ast.comprehension):
            put(node.target, _constant(node.iter))
    return found


def _constant(node):
    """Whether a value is written out in the file, be it in several branches; names in capitals are."""
    if isinstance(node, ast.Tuple | ast.List):
        return all(map(_constant, node.elts))
    if isinstance(node, ast.IfExp):
        return _constant(node.body) and _constant(node.orelse)
    if isinstance(node, ast.UnaryOp):
        return _constant(node.operand)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in {"enumerate", "items", "values"}:
            return _constant(node.args[0] if node.args else node.func.value)
    return isinstance(node, ast.Constant) or _capitals(node) or _ours(node, {})


def _capitals(node):
    name = getattr(node, "id", getattr(node, "attr", ""))
    return isinstance(node, ast.Name | ast.Attribute) and name.isupper()


def _ours(node, known):
    """Whether the expression can hold nothing but our own words and numbers."""
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id.isupper())
    if isinstance(node, ast.JoinedStr):
        return all(isinstance(one, ast.Constant) or _ours_formatted(one, known) for one in node.values)
    if isinstance(node, ast.IfExp):
        return _ours(node.body, known) and _ours(node.orelse, known)
    if isinstance(node, ast.List | ast.Tuple):
        return all(_ours(one, known) for one in node.elts)
    if isinstance(node, ast.BinOp | ast.BoolOp):
        sides = node.values if isinstance(node, ast.BoolOp) else (node.left, node.right)
        return all(_ours(one, known) for one in sides)
    if isinstance(node, ast.Subscript):  # of a table of ours, whatever the key
        return _capitals(node.value)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return name in OURS and (name != "count" or all(_ours(one, known) for one in node.args[1:]))
    return isinstance(node, ast.Constant) or _capitals(node)


def _ours_formatted(value, known):
    """A number formatted as one (`{n:,}`, `{x:.1f}`), which no text passes, or an expression of ours."""
    spec = value.format_spec
    if spec is not None and all(isinstance(one, ast.Constant) for one in spec.values):
        return "".join(one.value for one in spec.values)[-1:] in set(",fdg%")
    return _ours(value.value, known)


FILES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_foreign_text_reaches_markdown(path):
    found = faults(path.read_text(encoding="utf-8"), shown=path.parent.name == "shown")
    assert not found, "\n".join(f"{path.relative_to(ROOT)}:{line}: {why}" for line, why in found)


PLANTED = """
    st.markdown(text)
    st.write(f"a {text}")
    st.error(str(error))
    st.caption("a " + text)
    st.metric("a", text)
    st.metric("a", 1, delta=text)
    st.tabs(["a", text])
    st.tabs(names)
    st.button("a", help=text)
    st.button(label=text)
    st.selectbox(text, [])
    st.toast(shown.label(text))
    st.expander(f"{text:>5}")
    st.sidebar.title(text)
    st.columns(2)[0].write(text)
    left.header(text)
    st.html("<b>")
    st.markdown("a", unsafe_allow_html=True)
    st.html("a", unsafe_allow_javascript=True)
    st.exception(error)
    st.components.v1.html("a")
    st.column_config.TextColumn(text)
    st.dataframe([], column_config={"a": st.column_config.Column(help=text)})
    st.error("a" if error else text)
    st.info("a" or text)
    st.set_page_config(page_title=text)
    [st.subheader(one) for one in names]
    st.warning(TABLE.get(text))
    st.text_input("a", placeholder=text)
    markdown(text)
    (st.warning if names else st.success)(text)
    getattr(st, "markdown")(text)
    cast("Any", st).markdown(text)
    f = st.markdown; f("a")
    list(map(st.write, names))
    st.button("a", on_click=st.toast)
    st.info(count(1, text))
"""


@pytest.mark.parametrize("line", textwrap.dedent(PLANTED).strip().splitlines())
def test_a_planted_fault_is_found(line):
    source = "import streamlit as st\nfrom streamlit import markdown\n"
    source += f"def page(site, text: str, names, left, error):\n    {line}\n"
    assert [at for at, _ in faults(source)] in ([4], [4, 4])


CLEAN = """
    st.markdown("a")
    st.write(f"{len(text)} rows")
    st.error(shown.plain(text))
    st.metric("a", plain(text), delta=plain(text))
    st.caption(f"{share:.1f} of {n:,} {count(n, 'row')}")
    st.tabs(["a", "b"])
    st.tabs(NAMES)
    st.text(text)
    st.code(text)
    st.json(text)
    st.dataframe({"a": [text]})
    st.selectbox("a", [text], format_func=label)
    st.title(TITLES[text])
    [st.subheader(one) for one in ("a", "b")]
    st.button(head)
    (st.warning if names else st.success)("a")
    cast("Any", st).selectbox("a", names)
    listing.table(text)
    site.index.table(text)
"""


@pytest.mark.parametrize("line", textwrap.dedent(CLEAN).strip().splitlines())
def test_our_own_words_and_numbers_pass(line):
    source = "import streamlit as st\nfrom dashboard.shown import listing\n"
    source += f"def page(site, text: str, n: int, share: float, head: LiteralString):\n    {line}\n"
    assert faults(source) == []
