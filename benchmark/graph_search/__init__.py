"""Search by what a catalogue graph says: words are linked to its terms, terms to paintings."""
