"""The painter's hand: twelve ways of turning one drawing into a painting."""
