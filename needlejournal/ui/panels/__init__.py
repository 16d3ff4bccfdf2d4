"""Parts of pages that know the open journal and stand on more than one page. They know widgets and models, no page."""
