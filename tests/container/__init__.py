"""The image and ``compose.yaml`` where containers run; ``make container`` runs these as root."""
