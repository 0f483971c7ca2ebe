"""What the commands do: call the stages, print for people, or JSON for scripts."""
