"""Every sentence a person can see is a literal, so that a language is a file."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import dev_words

ROOT = Path(__file__).parents[1]


def test_only_literals_are_said() -> None:
    assert [sentence.where for sentence in dev_words.sentences() if sentence.words is None] == []


def test_what_is_no_literal_is_found() -> None:
    source = 'tr("one")\nmessage(f"two {x}")\ntr("a" if x else "b", 3)\ntr(name)\nother(name)\n'
    found = [tuple(sentence) for sentence in dev_words.sentences_of(source, "x.py")]
    assert found == [("x.py:1", "one"), ("x.py:2", None), ("x.py:3", "a"), ("x.py:3", "b"), ("x.py:4", None)]


def test_they_are_printed_with_the_place_they_stand_in() -> None:
    done = subprocess.run([sys.executable, ROOT / "dev_words.py"], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) > 1000
    assert any(line.startswith("needlejournal/ui/page_list.py:") and line.endswith("  Timeline") for line in lines)


# What is read elsewhere than in the app, in English: texts in a journal's folder, a developer's command.
IN_ENGLISH = {"folder.py", "backup_folder.py", "archiving.py", "passphrases.py", "keyring.py", "fetch_models.py"}
BASES = {"WorldError", "as_world_error"}


def errors_of_the_world() -> set[str]:
    """Every class of errors that a person is shown, and the function that makes one of the system's."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "needlejournal").rglob("*.py")]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = set(BASES)
    while more := {c.name for c in classes if {getattr(base, "id", "") for base in c.bases} & found} - found:
        found |= more
    return found


def glued(source: str, raised: set[str] = BASES) -> list[int]:
    """The lines on which an error gets a text that no language can have, instead of a message."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in raised
        and any(is_text(given) for given in (*call.args, *(more.value for more in call.keywords)))
    ]


def is_text(node: ast.expr) -> bool:
    """Whether this is a text put together here: a literal, an f-string, a sum of such, one that is formatted."""
    if isinstance(node, ast.BinOp):
        return is_text(node.left) or is_text(node.right)
    if isinstance(node, ast.IfExp):
        return is_text(node.body) or is_text(node.orelse)
    if isinstance(node, ast.Call):
        formats = getattr(node.func, "attr", "") in {"format", "join"}
        return getattr(node.func, "id", "") in {"str", "repr"} or (formats and is_text(node.func.value))  # type: ignore[attr-defined]
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_every_error_below_the_window_says_a_message() -> None:
    below = [ROOT / "needlejournal" / name for name in ("journal", "store", "imaging", "workflows", "cli")]
    raised = errors_of_the_world()
    assert {"BadInput", "Damaged", "PhotoGone", "UnreadableList"} < raised
    found = {
        str(path.relative_to(ROOT)): lines
        for folder in below
        for path in folder.rglob("*.py")
        if path.name not in IN_ENGLISH and "accuracy" not in path.parts
        if (lines := glued(path.read_text(encoding="utf-8"), raised))
    }
    assert found == {}


def test_a_glued_sentence_would_be_noticed() -> None:
    assert glued('raise WorldError(f"“{name}” is gone")') == [1]
    assert glued('raise as_world_error(error, "It is gone")') == [1]
    assert glued('raise WorldError("It is gone: " + name)') == [1]
    assert glued('raise WorldError("{} is gone".format(name))') == [1]
    assert glued('raise WorldError("gone" if name else message("It is gone"))') == [1]
    assert glued("raise WorldError(str(error))") == [1]
    assert glued('raise Gone(sentence="It is gone")', {"Gone"}) == [1]
    assert glued('raise WorldError(message("It is gone"))') == []


def bare_sentences(source: str) -> list[int]:
    """The lines on which a whole sentence stands outside a message: no language could have it."""
    tree = ast.parse(source)
    inside = {
        id(part)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "message"
        for part in ast.walk(call)
    }
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = []
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        texts = [part.value if isinstance(part, ast.Constant) else "x" for part in parts]
        words = "".join(text for text in texts if isinstance(text, str))
        is_text = isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in inside | described
        is_sql = words.split(" ")[0].isupper()
        if is_text and not is_sql and words.count(" ") > 2 and words[0].isupper() and words[-1] in ".!?":
            found.append(node.lineno)
    return found


def test_every_sentence_below_the_window_is_a_message() -> None:
    below = [ROOT / "needlejournal" / name for name in ("journal", "store", "imaging", "workflows")]
    found = {
        str(path.relative_to(ROOT)): lines
        for folder in below
        for path in folder.rglob("*.py")
        if path.name not in IN_ENGLISH and "accuracy" not in path.parts
        if (lines := bare_sentences(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_a_bare_sentence_would_be_noticed() -> None:
    assert bare_sentences('found = f"Redness lasted {days} than before."') == [1]
    assert bare_sentences('found = "No skin was found here."') == [1]
    assert bare_sentences('found = message("No skin was found here.")') == []
    assert bare_sentences('"""No skin was found here."""') == []


def english_errors(source: str) -> list[int]:
    """The lines on which an error is put into words by `str` or an f-string: those are English in any language."""
    nodes = list(ast.walk(ast.parse(source)))
    caught = {node.name for node in nodes if isinstance(node, ast.ExceptHandler) and node.name} | {"error"}
    into_words = {"str", "repr", "format"}
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    put = [given for call in calls if getattr(call.func, "id", "") in into_words for given in call.args]
    put += [given for call in calls if getattr(call.func, "attr", "") == "format" for given in call.args]
    put += [more.value for call in calls if getattr(call.func, "attr", "") == "format" for more in call.keywords]
    put += [node.value for node in nodes if isinstance(node, ast.FormattedValue)]
    put += [node.right for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)]
    english = {f"{name}{part}" for name in caught for part in ("", ".message", ".strerror")}
    put += [node.value for node in nodes if isinstance(node, ast.Attribute) and node.attr == "args"]
    return [node.lineno for node in put if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node) in english]


def test_errors_reach_the_window_in_the_persons_language() -> None:
    modules = (ROOT / "needlejournal" / "ui").rglob("*.py")
    found = {path.name: lines for path in modules if (lines := english_errors(path.read_text(encoding="utf-8")))}
    assert found == {}, "say tr_message(error.message), or message_for(error).sentence"


def test_an_error_in_english_would_be_noticed() -> None:
    assert english_errors("say(str(error))") == [1]
    assert english_errors('say(f"{name}: {error}")') == [1]
    assert english_errors("try:\n    go()\nexcept Gone as gone:\n    say(str(gone))") == [4]
    assert english_errors('say(tr("It failed: {why}").format(why=error))') == [1]
    assert english_errors('say("It failed: %s" % error)') == [1]
    assert english_errors("say(error.args[0])") == [1]
    assert english_errors("say(tr_message(error.message))") == []
