"""What the search boxes of the site are made of: text encoders and galleries in 8 bits."""
