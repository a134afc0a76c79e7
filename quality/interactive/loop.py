"""Asks until nothing is left or the annotator stops; every answer is saved before the next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from quality import fix as fixing
from quality.errors import ConfigError, InputError
from quality.interactive import editing, screen
from quality.interactive.answers import Reply
from quality.interactive.questions import Question
from quality.interactive.session import Places, Session
from quality.interactive.terminal import Terminal
from quality.reports.escape import visible
from quality.reports.mask import masked_text
from quality.rule import Rule
from quality.run import rules
from quality.version_diff.headline import since
from quality.wording import count

INLINE_CHARACTERS = 500
"""The longest text that is edited in the line."""
HELP = """\
  a  apply the fix that is shown
  e  edit the text in $VISUAL or $EDITOR; without one, a short text in the line
  s  leave it as it is: it is not asked again until these words change
  l  choose the fail mode of the row, the fault that its response had before correction
  u  take the last answer back
  q  quit: all answers are saved, and the same command goes on from here"""


def answer(session: Session, terminal: Terminal) -> int:
    """Asks until nothing is left or the answer is to quit; 0."""
    asking = _Asking(session, terminal, rules())
    while (question := session.next()) is not None:
        if not asking.ask(question):
            terminal.show(f"not saved: {visible(text)}" for text in asking.drafts.values())
            terminal.show([stopped(session.places) if session.answers else "nothing is changed"])
            return 0
    terminal.show([_done(session)])
    return 0


def stopped(places: Places) -> str:
    """What is true however the session ends."""
    return f"stopped; every answer is saved in {visible(str(places.target))}: the same command goes on from there"


def _done(session: Session) -> str:
    if not session.answers:
        return "No row has a finding to answer: nothing is changed."
    rows = count(len({one.row for one in session.answers}), "row")
    told = f"All is answered: {count(len(session.answers), 'answer')} in {rows}."
    about = sum(one.row is None and one.is_open for one in session.report.findings)
    told += f" {count(about, 'finding')} about the table as a whole: see the check." if about else ""
    target = visible(str(session.places.target))
    return f"{told} Next: quality check {target}" if session.places.target.exists() else told


@dataclass(frozen=True, slots=True)
class _Said:
    """What was done, in words; `done` when another question is due."""

    text: str
    done: bool = False


@dataclass(slots=True)
class _Asking:
    """One question after the other, and what was typed and could not be saved.

    Attributes:
        drafts: (id, column) → text that was refused, for the next edit to begin with.
    """

    session: Session
    terminal: Terminal
    rules: Mapping[str, Rule]
    drafts: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def ask(self, question: Question) -> bool:
        """Shows the question and does as the annotator says, until it is answered; False to quit."""
        session, terminal = self.session, self.terminal
        place, rows = session.progress()
        left = sum(one.row.row == question.row.row for one in session.questions())
        where = screen.Where(str(session.places.target), place, rows, left)
        guide, width, color = session.request.guide, terminal.width, terminal.color
        terminal.show(screen.question(question, where, self.rules, guide, width=width, color=color))
        choices = screen.choices(
            question, can_label="fail_mode" in session.current.names, can_undo=bool(session.answers)
        )
        while True:
            try:
                word = terminal.ask(f"{choices} > ").strip().casefold()
                if word in ("q", "quit"):
                    return False
            except EOFError:
                return False
            before = session.report
            said = self._answered(word, question)
            if session.report is not before:
                said = replace(said, text=f"{said.text}; {since(before, session.report)}", done=True)
            terminal.show([said.text])
            if said.done:
                return True

    def _answered(self, word: str, question: Question) -> _Said:
        try:
            return self._do(word, question)
        except EOFError:  # Ctrl-D where a text or a label was asked for
            return _Said("nothing is changed")
        except (InputError, ConfigError) as error:
            where = f"{visible(error.where)}: " if error.where else ""
            return _Said(f"error: {where}{visible(error.what)}\n  → {visible(error.remedy)}")

    def _do(self, word: str, question: Question) -> _Said:
        match word:
            case "a" | "accept":
                return self._accept(question)
            case "e" | "edit":
                return self._edit(question)
            case "s" | "skip":
                self.session.give(question, Reply.SKIP)
                return _Said("skipped", done=True)
            case "l" | "label":
                return self._label(question)
            case "u" | "undo":
                undone = self.session.undo()
                if undone is None:
                    return _Said("there is nothing to take back")
                named = visible(masked_text(undone.id)) or f"row {undone.row}"
                return _Said(f"taken back: {undone.reply} at {undone.code} in {named}", done=True)
            case "?" | "h" | "help":
                return _Said(HELP)
            case _:
                return _Said("answer with one of the letters in brackets, then Enter")

    def _accept(self, question: Question) -> _Said:
        fix, column = question.finding.fix, question.finding.column
        if fix is None or not screen.can_accept(question):
            return _Said("there is no correction to apply here: [e]dit the text, or [s]kip")
        text = fixing.apply(getattr(question.row, column), [fix])
        self.session.give(question, Reply.ACCEPT, cell=column, text=text, safe=fix.safe)
        return _Said("applied", done=True)

    def _edit(self, question: Question) -> _Said:
        """The response as the annotator writes it; the prompt only where the finding is about it."""
        column = "instruction" if question.finding.column == "instruction" else "output"
        text: str = getattr(question.row, column)
        draft = self.drafts.get((question.row.id, column), text)
        command = editing.editor()
        new = editing.in_editor(draft, command) if command else self._in_line(question, column, draft)
        if new == text:
            return _Said("the text is as it was")
        self.drafts[question.row.id, column] = new  # the next edit begins with it if it cannot be saved
        self.session.give(question, Reply.EDIT, cell=column, text=new)
        del self.drafts[question.row.id, column]
        return _Said("saved", done=True)

    def _in_line(self, question: Question, column: str, text: str) -> str:
        """The text with the marked words edited at the prompt; a short text wholly, where none are marked."""
        finding = question.finding
        start, end = 0, len(text)
        if finding.column == column and finding.start is not None and text == getattr(question.row, column):
            start, end = finding.start, finding.end or finding.start
        piece = text[start:end]
        if len(piece) > INLINE_CHARACTERS or visible(piece) != piece:
            raise ConfigError(
                "this text is too long for the line, or has line ends or hidden characters in it",
                where="edit",
                remedy="quit, name your editor (such as: export EDITOR=nano) and go on; every answer is saved",
            )
        return text[:start] + self.terminal.ask("new text: ", piece) + text[end:]

    def _label(self, question: Question) -> _Said:
        guide = self.session.request.guide
        if "fail_mode" not in self.session.current.names:
            return _Said("this file has no column for fail modes")
        self.terminal.show(screen.labels(guide))
        word = self.terminal.ask("fail mode (number or name) > ").strip()
        names = list(guide.fail_modes)
        number = int(word) if word.isascii() and word.isdigit() and len(word) < 4 else 0
        mode = guide.fail_modes[names[number - 1]] if 0 < number <= len(names) else guide.fail_mode(word)
        if mode is None:
            return _Said("no such fail mode: the label stays as it is")
        if mode.name == question.row.fail_mode:
            return _Said(f"the label is {visible(mode.name)} already")
        self.session.give(question, Reply.LABEL, cell="fail_mode", text=mode.name)
        return _Said(f"labelled {visible(mode.name)}", done=True)
