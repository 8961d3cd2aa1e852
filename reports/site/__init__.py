"""The views of the site. Each is a module with ``pages(report)``: file, from the root of the site, → text."""
