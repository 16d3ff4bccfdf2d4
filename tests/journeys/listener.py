"""What a screen reader hears of the main job, by AT-SPI. Runs in the system's Python, which has its bindings.

    listener.py PYTHON PHOTO

starts the program with PYTHON on the display of now, strikes keys as a person would, and prints each key with what was
heard after it. PHOTO is brought in. Only keys are used, no mouse and no call of a widget's actions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib import import_module
from typing import Any

QUIET, LONGEST = 0.7, 40.0  # seconds: nothing more comes after so long; a step may take so long at most
STARTED = 1.5
MODIFIERS = {"ctrl": 37, "shift": 50, "alt": 64}  # key codes of an X server
SIGNS = {"Tab": 0xFF09, "Return": 0xFF0D, "Escape": 0xFF1B, "Space": 0x20, "Left": 0xFF51, "Up": 0xFF52,
         "Right": 0xFF53, "Down": 0xFF54, "End": 0xFF57, "Home": 0xFF50, "F1": 0xFFBE, "F7": 0xFFC4}  # fmt: skip
EVENTS = ("object:state-changed:focused", "object:state-changed:checked", "object:state-changed:showing",
          "object:announcement", "object:property-change", "object:selection-changed", "window:activate")  # fmt: skip


def bindings() -> Any:
    """The library that AT-SPI is spoken with."""
    import_module("gi").require_version("Atspi", "2.0")
    return import_module("gi.repository.Atspi")


class Listener:
    """Collects what is heard. A sentence that comes as announcement and as notification counts once."""

    def __init__(self, atspi: Any, folder: str) -> None:
        self.atspi = atspi
        self.folder = folder
        self.heard: list[str] = []
        self._around: list[str] = []
        self.last = time.monotonic()
        self._main = import_module("gi.repository.GLib").MainContext.default()
        self._listener = atspi.EventListener.new(self._take)
        for event in EVENTS:
            self._listener.register(event)

    def _take(self, event: Any) -> None:
        self.last = time.monotonic()
        try:
            words = self._words(event)
        except Exception:  # noqa: BLE001 (what is gone by the time it is asked says nothing)
            return
        if words and words != "says “”" and words not in self.heard[-1:]:
            self.heard.append(words)

    def _words(self, event: Any) -> str:
        kind, source = event.type, event.source
        words = ""
        if kind.endswith("focused") and event.detail1 and self._has_keyboard(source):
            words = self.entered(source) + self.describe(source)
        elif kind.endswith("showing") and event.detail1 and source.get_role() == self.atspi.Role.NOTIFICATION:
            words = f"says “{source.get_name()}”"
        elif kind.startswith("object:announcement"):
            words = f"says “{event.any_data}”"
        elif kind.endswith("selection-changed"):
            words = self._chosen(source)
        elif kind.startswith("window:activate"):
            words = f"window “{source.get_name()}”"
        elif source.get_state_set().contains(self.atspi.StateType.FOCUSED):
            words = self._changed(kind, source, event.detail1)
        return words

    def _changed(self, kind: str, source: Any, now: int) -> str:
        """What has become of the thing that has the keyboard."""
        if kind.endswith("checked"):
            return f"{'checked' if now else 'not checked'}: {source.get_name()}"
        return self.describe(source) if kind.endswith(("accessible-value", "accessible-name")) else ""

    def _chosen(self, source: Any) -> str:
        """What is chosen now in a closed list that has the keyboard."""
        within = source
        while within is not None and within.get_role() != self.atspi.Role.COMBO_BOX:
            within = within.get_parent()
        return self.describe(within) if within is not None and self._has_keyboard(within) else ""

    def _has_keyboard(self, source: Any) -> bool:
        """Whether it still has it: what only had it on the way to somewhere else is not said."""
        return bool(source.get_state_set().contains(self.atspi.StateType.FOCUSED))

    def entered(self, source: Any) -> str:
        """The named groups around it that were not around what had the keyboard before."""
        around, within = [], source.get_parent()
        while within is not None and within.get_role() not in {self.atspi.Role.FRAME, self.atspi.Role.APPLICATION}:
            if within.get_name():
                around.append(f"“{within.get_name()}”, {within.get_role_name()}: ")
            within = within.get_parent()
        new = [words for words in reversed(around) if words not in self._around]
        self._around = around
        return "".join(new)

    def describe(self, source: Any) -> str:
        """Name, role, states, value or text, and description, as a screen reader puts them together."""
        kinds, states = self.atspi.StateType, source.get_state_set()
        named = {"checked": kinds.CHECKED, "selected": kinds.SELECTED, "expanded": kinds.EXPANDED}
        parts = [f"“{source.get_name()}”", source.get_role_name()]
        parts += [name for name, state in named.items() if states.contains(state)]
        parts += ["off"] if not states.contains(kinds.SENSITIVE) else []
        text, value = source.get_text_iface(), source.get_value_iface()
        if text:
            written = self.atspi.Text.get_text(text, 0, self.atspi.Text.get_character_count(text))
            parts += [f"holds “{written}”"] if written and written != source.get_name() else []
        if value:
            parts.append(f"at {self.atspi.Value.get_current_value(value):g}")
        about = source.get_description()
        parts += [f"({about})"] if about and about != source.get_name() else []
        return ", ".join(parts)

    def wait(self, sentence: str = "") -> None:
        """Listen until nothing more comes, and `sentence` was heard. TimeoutError when it is not."""
        begun = self.last = time.monotonic()
        while time.monotonic() - self.last < QUIET or not (
            not sentence or any(sentence in words for words in self.heard)
        ):
            while self._main.iteration(False):
                pass
            time.sleep(0.01)
            if time.monotonic() - begun > LONGEST:
                raise TimeoutError(f"“{sentence}” was not heard, but {self.heard}")

    def report(self) -> str:
        """What was heard since the last time, as lines."""
        lines = [f"- {words}".replace(self.folder, "…") for words in self.heard] or ["- *nothing*"]
        self.heard = []
        return "\n".join(lines)


class Evening:
    """A person at the keyboard."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self._synth = listener.atspi.KeySynthType

    def title(self, words: str) -> None:
        """A part of the evening."""
        say(f"\n## {words}")

    def key(self, *keys: str, until: str = "") -> None:
        """Strike keys one after the other ("ctrl+3"), and say what is heard after each."""
        for key in keys:
            self._strike(key)
            self.listener.wait(until)
            say(f"\n`{key}`\n{self.listener.report()}")

    def write(self, text: str, until: str = "") -> None:
        """Type words."""
        for sign in text:
            self._strike(sign)
        self.listener.wait(until)
        say(f"\ntyped “{text}”\n{self.listener.report()}")

    def _strike(self, key: str) -> None:
        *held, sign = key.split("+") if len(key) > 1 else [key]
        press = self.listener.atspi.generate_keyboard_event
        for one in held:
            press(MODIFIERS[one], None, self._synth.PRESS)
        press(SIGNS.get(sign, ord(sign[0])), None, self._synth.SYM)
        for one in reversed(held):
            press(MODIFIERS[one], None, self._synth.RELEASE)
        time.sleep(0.03)


def say(text: str) -> None:
    """A line of the record."""
    print(text, flush=True)  # noqa: T201 (this is what is compared)


def main_job(person: Evening, start: list[str], photo: str) -> None:
    """Open the sample, look round, bring a photo in, compare, write tonight, read the grid."""
    listener = person.listener
    person.title("Open the sample journal")
    person.key("Tab", "Tab", "Tab")
    person.key("Return", until="First steps")
    person.key("Escape", until="Timeline")

    person.title("The timeline")
    person.key(*["Tab"] * 7)
    person.key("Down", "Up", "Right", "Right", "F7", "Down", "Escape")

    person.title("Bring a photo in, opened with the program")
    subprocess.run([*start, photo], check=True)
    listener.wait("“Add photos”, panel")
    say(f"\n{listener.report()}")
    person.key(*["Tab"] * 8)
    person.key("Space")
    person.key("1")
    person.key("ctrl+s", until="says")

    person.title("Compare")
    person.key("ctrl+3", until="The head is turned")
    person.key("Left", until="The head is turned")
    person.key("2", "Up", "Up", "F7", "Escape")
    person.key("Tab", "Tab")
    person.key("Right", until="The head is turned")
    person.key(*["Tab"] * 17)  # all the way round

    person.title("Write tonight")
    person.key("ctrl+d", until="Day note")
    person.key(*["Tab"] * 7)
    person.key("Right")
    person.key("Space", until="Saved")
    person.key("ctrl+Return", "ctrl+z")

    person.title("Read the days after the last session")
    person.key("ctrl+4", "Tab", "Down", "Tab", "Tab")
    person.key("Left", "Down", "Up", "F7", "Down", "Escape")
    person.key("Tab", "Right", "Right")


def main() -> int:
    """Listen to one evening and print it."""
    python, photo = sys.argv[1:]
    start = [python, "-m", "tests.journeys.evening"]
    listener = Listener(bindings(), os.environ["HOME"])
    program = subprocess.Popen(start, env=os.environ | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"})
    try:
        listener.wait("window")
        main_job(Evening(listener), start, photo)
    finally:
        program.terminate()
        program.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
