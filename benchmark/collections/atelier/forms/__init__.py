"""How each thing of the atelier's world looks, kind by kind. One unit is the thing's height."""
