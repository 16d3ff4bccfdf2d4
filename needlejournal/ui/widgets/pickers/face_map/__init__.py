"""The face map: zones of a drawn face to choose, with values written into them."""

from needlejournal.ui.widgets.pickers.face_map.drawing import ZoneValue
from needlejournal.ui.widgets.pickers.face_map.widget import AreaNamed, FaceMap, ZoneActivated

__all__ = ["AreaNamed", "FaceMap", "ZoneActivated", "ZoneValue"]
