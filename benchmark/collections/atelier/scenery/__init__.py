"""What stands behind the things: sky and ground, rooms and walls, light and weather."""
