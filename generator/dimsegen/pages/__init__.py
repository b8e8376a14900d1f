"""What the pages of any table need: reStructuredText, links, and sessions that are run."""
