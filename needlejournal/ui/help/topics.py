"""What the help says, topic by topic. Words only: how they are shown stands in `page`."""

from __future__ import annotations

from needlejournal.journal.frozen import frozen
from needlejournal.ui.language import tr
from needlejournal.ui.panels.cover import KEYS


@frozen
class Topic:
    """One short text: its heading, and its paragraphs in the order they are read."""

    title: str
    paragraphs: tuple[str, ...]

    def mentions(self, words: str) -> bool:
        """Whether every one of the words stands somewhere in it, upper and lower case alike."""
        text = " ".join((self.title, *self.paragraphs)).casefold()
        return all(word in text for word in words.casefold().split())


def topics() -> tuple[Topic, ...]:
    """Every topic, in the order in which a new person needs them."""
    return (
        _photographing(),
        _fair_pairs(),
        _side_effects(),
        _from_the_phone(),
        _where_things_are(),
        _passphrase(),
        _backup(),
        _undo_and_trash(),
        _for_the_clinic(),
        _when_something_is_wrong(),
    )


def _photographing() -> Topic:
    return Topic(
        tr("How to photograph"),
        (
            tr("Take every photo in the same place, in the same light, and from the same distance."),
            tr(
                "Keep the camera an arm's length away or more, and zoom in instead of going nearer: close to the "
                "lens a nose grows and ears vanish."
            ),
            tr("Keep a neutral face, with your hair back, and without make-up, glasses or jewellery."),
            tr(
                "Switch beauty filters off. They smooth what you want to see; the app looks for them, but cannot find "
                "all of them."
            ),
            tr(
                "One set before the first session matters most. After that, a few photos for each session are enough: "
                "the plan suggests the days."
            ),
            tr("“Compare” has a guide that shows how to stand so that a new photo matches an earlier one."),
        ),
    )


def _fair_pairs() -> Topic:
    return Topic(
        tr("What a comparison can show"),
        (
            tr(
                "Two photos differ in light, pose, distance and camera long before the skin has changed. The line "
                "under a pair says in a word whether it is fair; unfold it to see what matches, what differs, and "
                "what nobody can know."
            ),
            tr(
                "“Unknown” means just that: it could not be measured in these two photos. It is never counted as a"
                " match."
            ),
            tr(
                "The later photo is shifted, turned and scaled to lie over the earlier one. It is never bent, so "
                "no face is made slimmer and no line shorter."
            ),
            tr(
                "While skin heals it is swollen and red, and lines seem to fade. Such photos are marked as healing"
                " photos and are not offered as results."
            ),
            tr(
                "“Match colours” is for looking only. It can hide redness, says so in every export, and changes no"
                " photo."
            ),
        ),
    )


def _side_effects() -> Topic:
    return Topic(
        tr("Side effects and days"),
        (
            tr("Day 0 is the day of a session. A day you did not write down stays unknown; it never counts as “none”."),
            tr("When there is nothing to write, tick “No side effects today”: then the day is known to be clear."),
            tr(
                "Behind your days stands the usual course with its source. Usual is not a promise, and being slower or "
                "faster than usual is common."
            ),
            tr(
                "A card tells you to call your clinic when what you wrote goes beyond its rule. The app makes no "
                "diagnosis, and no card does not mean that all is well: when you are worried, call."
            ),
        ),
    )


def _from_the_phone() -> Topic:
    return Topic(
        tr("Photos from your phone"),
        (
            tr(
                "Drag photos or a whole folder into the window, paste a picture, or press “Add photos”. Each "
                "photo is shown with its day before anything is saved."
            ),
            tr(
                "The day comes from the camera. Where the camera wrote none, the app suggests one and says where it is "
                "from, such as the file's name; nothing is dated without you."
            ),
            tr("A photo is called saved only when it is on the disk, read back, and in your journal."),
            tr("The files on your phone or in the folder they came from are never moved, changed or deleted."),
        ),
    )


def _where_things_are() -> Topic:
    return Topic(
        tr("What is saved where"),
        (
            tr(
                "A journal is one folder on your computer. The menu at its name, at the top left, shows you where."
                " Your photos are in it exactly as your phone took them, with everything the phone wrote into "
                "them."
            ),
            tr("Nothing leaves your computer: there is no account, and the app never uses the network."),
            tr(
                "Outside that folder the app remembers only how the window looks and where your journals are. A note "
                "about a fault of the app holds nothing you wrote."
            ),
            tr(
                "To move a journal to another computer, close it and copy the whole folder. In a folder that is "
                "synced, open it on one computer at a time."
            ),
        ),
    )


def _passphrase() -> Topic:
    return Topic(
        tr("Passphrase and lock"),
        (
            tr(
                "Without a passphrase, everybody who can use this computer can open your journal. With one, notes,"
                " photos and previews are encrypted. You can choose it when you make a journal, or later in "
                "“Settings”."
            ),
            tr("Several words that have nothing to do with each other are easier to remember than a short riddle."),
            tr(
                "Print the recovery sheet and keep it where you keep important papers. Without the passphrase and "
                "without the sheet the journal cannot be opened again by anybody, not even by us."
            ),
            tr(
                "“Lock” hides everything until you type the passphrase again. It also locks by itself when nobody is "
                "there, and when the computer sleeps."
            ),
            tr("{keys} covers what the window shows at once, and brings it back.").format(keys=KEYS),
            tr("Exports, prints and reports are not encrypted. Whoever has the file can read it."),
        ),
    )


def _backup() -> Topic:
    return Topic(
        tr("Backups"),
        (
            tr(
                "Choose a folder on another disk in “Settings”. A backup takes only what is new, and reads back "
                "what it wrote. It can run by itself whenever the disk is there."
            ),
            tr("The last days, weeks and months are kept, so that you can also go back to an earlier state."),
            tr("“Restore a backup” makes a new journal beside the one you have. Nothing is written over."),
            tr("“Bring single things back” lists what a backup holds and your journal does not have any more."),
            tr("The backup of an encrypted journal is encrypted too, with the passphrase it had on that day."),
        ),
    )


def _undo_and_trash() -> Topic:
    return Topic(
        tr("Taking something back"),
        (
            tr(
                "What you type is saved as you type. Undo goes back step by step, on every page, until you close "
                "the journal."
            ),
            tr(
                "What you delete stays in the trash for 30 days. After that it is gone for good, text and photo, and "
                "nothing of it is left in the folder."
            ),
        ),
    )


def _for_the_clinic() -> Topic:
    return Topic(
        tr("Something for your clinic"),
        (
            tr(
                "“For the clinic” makes a PDF of what you tick: the visit pack, with one page that can be read in a "
                "minute, or the report of a reaction, with the original photos beside it."
            ),
            tr("You see every page before it is saved, and can crop faces or cover eyes."),
            tr("Write your questions down whenever they come to you. They stand on the first page."),
        ),
    )


def _when_something_is_wrong() -> Topic:
    return Topic(
        tr("When something is wrong"),
        (
            tr(
                "A full disk, a missing folder or a damaged file gets a sentence that says what happened, what is "
                "still safe, and what to do. What you typed stays on the screen until it can be saved."
            ),
            tr(
                "The app checks your photos in the background. A damaged one is named, and put back from your backup "
                "when there is one."
            ),
            tr(
                "A damaged journal stays as it is. The app offers to copy everything that can be read into a new "
                "one, and says what could not be read."
            ),
        ),
    )
