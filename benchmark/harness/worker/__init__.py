"""What runs behind the walls: it makes one model and answers what is asked of it."""
