"""The museum: real paintings, known by what Wikidata says of them.

The facts of two galleries, `museum` and `museum-core`, follow from one table (`source_table`),
cleaned by stated rules (`cleaning`), joined with painters' lives (`lives`) and chosen by whether a
work is in the public domain (`admission`). `publishing` writes manifests and graphs. No picture
lies here.
"""
