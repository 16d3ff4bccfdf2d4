"""The facts of the app: treatments, symptoms, views, zones, concerns, each statement with its source.

They are data files that a clinician can read and correct; here they are checked and become plain values.
Keys that the files do not know (a patient's own symptom, a newer version's treatment) still get a name.
"""

from needlejournal.journal.catalogue.catalogue import Catalogue, plain_name
from needlejournal.journal.catalogue.facts import (
    AskFirst,
    ClinicRule,
    Concern,
    PhotoPlan,
    Scales,
    Source,
    Statement,
    Symptom,
    UsualEnds,
    View,
    Zone,
    labelled,
)
from needlejournal.journal.catalogue.loading import load_catalogue
from needlejournal.journal.catalogue.schema import CatalogueError
from needlejournal.journal.catalogue.treatments import (
    DiaryPlan,
    ExpectedResult,
    Glow,
    HealingDays,
    Interval,
    Looks,
    NeedleHint,
    NeedleLengths,
    SessionCount,
    Treatment,
    UsualCourse,
)

__all__ = [
    "AskFirst",
    "Catalogue",
    "CatalogueError",
    "ClinicRule",
    "Concern",
    "DiaryPlan",
    "ExpectedResult",
    "Glow",
    "HealingDays",
    "Interval",
    "Looks",
    "NeedleHint",
    "NeedleLengths",
    "PhotoPlan",
    "Scales",
    "SessionCount",
    "Source",
    "Statement",
    "Symptom",
    "Treatment",
    "UsualCourse",
    "UsualEnds",
    "View",
    "Zone",
    "labelled",
    "load_catalogue",
    "plain_name",
]
