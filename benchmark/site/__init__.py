"""What is published: pages made from stored results, without a model in sight."""
