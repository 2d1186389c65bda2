"""One folder of work: projects, reviews, pinned definitions and the log."""
