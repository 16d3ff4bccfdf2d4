"""The photos page: a contact sheet whose rows are series and whose columns are dates, and the details of a photo."""

from needlejournal.ui.photos.page import PhotosPage

__all__ = ["PhotosPage"]
