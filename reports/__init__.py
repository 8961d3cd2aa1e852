"""What was seen, for people: the page, Markdown, JUnit XML, badges, and the difference between two runs."""
