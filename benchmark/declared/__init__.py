"""What a submission without code may hold: configs, vocabularies, weights and graphs."""
