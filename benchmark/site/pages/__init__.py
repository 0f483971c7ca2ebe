"""The pages of the site: one file each, with its template beside it."""
